#!/bin/sh
# cases.sh - every case folder (see tests/cases.sh), two at a time, and one case for every diagnostic.
#
#   sh tests/suites/cases.sh [--accept] [AREA/NAME…]    --accept writes what comes out as what must come out
. tests/common.sh
export PYTHON="$python"
mode=check
if [ "${1-}" = --accept ]; then
    mode=accept
    shift
fi
base=$scratch/base
ledgers_in "$base" tests/cases/base

if [ $# -gt 0 ]; then
    for name; do echo "tests/cases/$name"; done
else
    find tests/cases -name cmd | sed 's|/cmd$||' | sort
fi >"$scratch/names"
xargs -P 2 -I CASE sh tests/cases.sh "$mode" "$base" CASE <"$scratch/names"
status=$?

# The table of diagnostics and the case folders name the same things.
if [ $# -eq 0 ]; then
    sed -n 's/^D([A-Z_]*, "\([a-z-]*\)".*/\1/p' src/base/diagnostics.def | sort >"$scratch/codes"
    find tests/cases/diagnostics -mindepth 1 -maxdepth 1 | sed 's|.*/||' | sort >"$scratch/cases"
    if diff "$scratch/codes" "$scratch/cases" >"$scratch/differences"; then
        echo "ok diagnostics: a case for every code"
    else
        status=1
        echo "FAILED diagnostics: codes and cases differ"
        sed -n 's/^< /    no case tests\/cases\/diagnostics\//p; s/^> /    no code for the case /p' "$scratch/differences"
    fi
fi
[ "$status" -eq 0 ]
