#!/bin/sh
# run.sh - runs all tests and ends with one line of counts. Every test says what failed on its own line.
set -u
passed=0 failed=0
one() { # NAME COMMAND…
    name=$1; shift
    if "$@" >build/test.out 2>&1; then passed=$((passed + 1)); else
        failed=$((failed + 1)); echo "FAILED $name"; sed 's/^/    /' build/test.out | head -n 40; fi
}
for unit in build/unit/test_*; do
    [ -x "$unit" ] && case $unit in *.d) ;; *) one "$unit" "$unit" ;; esac
done
for script in tests/suites/*.sh; do
    [ -e "$script" ] && one "$script" sh "$script"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
