#!/bin/sh
# run.sh - runs all tests and ends with one line of counts. Every test says what failed on its own line.
#
# The programs build/unit/test_* are cmocka's, which counts its tests itself. A suite tests/suites/*.sh prints a line
# "ok NAME" or "FAILED NAME" for each of its tests, indented lines to explain a failure, and "skipped NAME: why".
set -u
passed=0 failed=0
log=build/test.out
mkdir -p build

number() { # PATTERN: the number in the last line of the log that has it
    sed -n "s/.*$1 *\([0-9][0-9]*\) test.*/\1/p" "$log" | tail -n 1
}

unit() { # PROGRAM
    "$1" >"$log" 2>&1
    status=$?
    good=$(number '\[  PASSED  \]') bad=$(number '\[  FAILED  \]')
    passed=$((passed + ${good:-0})) failed=$((failed + ${bad:-0}))
    [ "$status" -eq 0 ] && [ -n "$good" ] && return
    [ "${bad:-0}" -gt 0 ] || failed=$((failed + 1))
    echo "FAILED $1 (status $status)"
    grep -v '^\[ *\(RUN\|OK\|=*\|-*\) *\]' "$log" | sed 's/^/    /' | head -n 60
}

suite() { # SCRIPT
    sh "$1" >"$log" 2>&1
    status=$?
    good=$(grep -c '^ok ' "$log") bad=$(grep -c '^FAILED ' "$log")
    passed=$((passed + good)) failed=$((failed + bad))
    grep '^skipped ' "$log"
    [ "$status" -eq 0 ] && [ "$bad" -eq 0 ] && [ "$good" -gt 0 ] && return
    [ "$bad" -gt 0 ] || failed=$((failed + 1))
    echo "FAILED $1 (status $status)"
    grep -v '^ok ' "$log" | head -n 400
}

for program in build/unit/test_*; do
    case $program in
    *.d) ;;
    *) [ -x "$program" ] && unit "$program" ;;
    esac
done
for script in tests/suites/*.sh; do
    [ -e "$script" ] && suite "$script"
done
echo "left out: the second opinion on every figure (not in yet); run make oracle"
echo "left out: what LibreOffice makes of the workbooks; run make test-office"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
