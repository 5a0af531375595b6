#!/bin/sh
# bench.sh - how long the shipped job takes, and how it grows: the same reports over the samples, 10 and 30 times as many
# members and tasks. Times are of this machine at this moment: only ratios within one run mean anything.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$top/templates" "$work/templates"
for factor in 1 10 30; do
    rm -rf "$work/inputs" "$work/outputs"
    python3 "$top/tests/samples/enlarge.py" "$top/inputs" "$work/inputs" "$factor"
    best=
    for _ in 1 2 3; do
        start=$(date +%s%N)
        "$top/tongket" report --period 2014 -C "$work" --quiet 2>/dev/null || [ $? -le 1 ]
        took=$((($(date +%s%N) - start) / 1000000))
        if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
    done
    printf '%3d x  %8d rows  %6d ms\n' "$factor" "$(cat "$work"/inputs/*.csv | wc -l)" "$best"
done
