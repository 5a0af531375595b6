#!/bin/sh
# golden.sh - the trees of the shipped reports are those of tests/golden/PERIOD/REPORT.tree.
#
#   sh tests/suites/golden.sh [--accept]    --accept writes them anew; read the difference before committing it
. tests/common.sh
for period in $(cat tests/periods); do
    "$tongket" report --quiet --period "$period" --output "$scratch" --format tree ||
        verdict "$period is made" 1
done
if [ "${1-}" = --accept ]; then
    rm -rf tests/golden
    mkdir tests/golden
    (cd "$scratch" && find . -name '*.tree') | while read -r tree; do
        mkdir -p "tests/golden/${tree%/*}"
        cp "$scratch/$tree" "tests/golden/$tree"
        chmod 644 "tests/golden/$tree"
    done
fi
for tree in $( (cd tests/golden && find . -name '*.tree'; cd "$scratch" && find . -name '*.tree') | sort -u); do
    name=${tree#./}
    diff -u --label "golden $name" --label "made $name" "tests/golden/$name" "$scratch/$name" >"$scratch/differences" 2>&1
    verdict "$name" $? "$scratch/differences"
done
exit "$status"
