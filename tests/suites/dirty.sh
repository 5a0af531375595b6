#!/bin/sh
# dirty.sh - the samples in the worst of habits (tests/samples/dirty.py) give exactly the reports that the clean ones give.
. tests/common.sh
"$python" tests/samples/dirty.py inputs "$scratch/inputs" || exit 1
cp -R templates "$scratch/templates"
for period in $(cat tests/periods); do
    "$tongket" report --period "$period" --format tree --output "$scratch/clean" >/dev/null 2>"$scratch/said"
    "$tongket" report --period "$period" --format tree -C "$scratch" --output dirty >/dev/null 2>>"$scratch/said"
    for tree in "$scratch/clean/$period"/*.tree; do
        name=$period/$(basename "$tree")
        # The sources differ, of course: what the reports say must not.
        sed '/^sources/,$d' "$tree" >"$scratch/one"
        sed '/^sources/,$d' "$scratch/dirty/$name" >"$scratch/two" 2>/dev/null
        grep -v 'ghi chú' "$scratch/said" >"$scratch/complaints"
        [ -s "$scratch/one" ] && diff "$scratch/one" "$scratch/two" >"$scratch/differences"
        verdict "$name" $? "$scratch/differences" "$scratch/complaints"
    done
done
exit "$status"
