#!/bin/sh
# dirty.sh - the samples in the worst of habits (tests/samples/dirty.py) give exactly the reports that the clean ones give.
set -u
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
PYTHON=python3
for candidate in /usr/bin/python3 python3; do
    if "$candidate" -c 'import openpyxl' 2>/dev/null; then PYTHON=$candidate; fi
done
"$PYTHON" tests/samples/dirty.py inputs "$scratch/inputs" || exit 1
cp -R templates "$scratch/templates"
tongket=$PWD/build/careful/tongket
status=0
for period in $(cat tests/periods); do
    "$tongket" report --period "$period" --format tree --output "$scratch/clean" >/dev/null 2>"$scratch/said"
    "$tongket" report --period "$period" --format tree -C "$scratch" --output dirty >/dev/null 2>>"$scratch/said"
    for tree in "$scratch/clean/$period"/*.tree; do
        name=$period/$(basename "$tree")
        # The sources differ, of course: what the reports say must not.
        sed '/^sources/,$d' "$tree" >"$scratch/one"
        sed '/^sources/,$d' "$scratch/dirty/$name" >"$scratch/two" 2>/dev/null
        if [ -s "$scratch/one" ] && cmp -s "$scratch/one" "$scratch/two"; then
            echo "ok dirty: $name"
        else
            echo "FAILED dirty: $name"
            diff "$scratch/one" "$scratch/two" | head -n 8
            grep -v 'ghi chú' "$scratch/said" | head -n 12
            status=1
        fi
    done
done
exit $status
