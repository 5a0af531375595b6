#!/bin/sh
# suite.sh - the words of SQL are read right, and a few slips in the SQL of templates are noticed by the second opinion, so that
# `make mutants` can be believed. tests/mutants/smoke.txt names them.
#
#   sh tests/mutants/suite.sh     is tests/suites/mutants.sh as soon as the oracle is in `make test`
. tests/common.sh
"$python" tests/mutants/smoke.py --program "$PWD/tongket" || status=1
exit "$status"
