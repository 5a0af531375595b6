#!/bin/sh
# scope.sh - one document says one thing, at every level of the tree: for the whole office, for each unit of each kind, in
# every shipped period, prose, tables, charts and checks agree (tests/scope.py). README's own example is one of them.
. tests/common.sh

for period in $(cat tests/periods); do
    "$tongket" report --period "$period" --output "$scratch" --format tree >"$scratch/said" 2>&1
    verdict "$period" $? "$scratch/said"
done
# One period of each length, every report of it, for each unit of each kind; of the cells, in their hundreds, those of a few
# communes.
for period in 2014 2017-H1 2017-H2 2017-Q4 2018-03; do
    for kind in DBCS CBCS CQ; do
        "$tongket" report --period "$period" --each "$kind" --jobs 2 --output "$scratch/$kind" --format tree >"$scratch/said" 2>&1
        [ $? -le 1 ]
        verdict "$period --each $kind" $? "$scratch/said"
    done
    for unit in MS.01 MS.22 MS.62; do
        "$tongket" report --period "$period" --each CBTT --unit "$unit" --jobs 2 --output "$scratch/CBTT" --format tree >"$scratch/said" 2>&1
        [ $? -le 1 ]
        verdict "$period --each CBTT --unit $unit" $? "$scratch/said"
    done
done
"$python" tests/scope.py "$scratch" || status=1
exit "$status"
