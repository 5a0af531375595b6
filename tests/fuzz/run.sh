#!/bin/sh
# run.sh SECONDS TARGET… - fuzzes build/fuzz/TARGET that long each, beginning with tests/fuzz/seeds.py and with whatever
# an earlier run has found worth keeping in build/fuzz/TARGET.corpus. Ends with status 1 at the first finding, whose input
# stands in build/fuzz/.
set -e
. tests/common.sh
seconds=$1
shift
for target; do
    at=build/fuzz/$target
    "$python" tests/fuzz/seeds.py "$target" "$at.seeds"
    mkdir -p "$at.corpus"
    if "$at" -max_total_time="$seconds" -max_len=16384 -timeout=20 -artifact_prefix="$at-" "$at.corpus" "$at.seeds" \
        >"$at.log" 2>&1; then
        echo "ok fuzz $target: $(sed -n 's/^Done \([0-9]*\) runs in \([0-9]*\).*/\1 inputs in \2 seconds/p' "$at.log")"
    else
        echo "FAILED fuzz $target: see $at.log"
        tail -n 30 "$at.log" | sed 's/^/    /'
        exit 1
    fi
done
