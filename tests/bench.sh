#!/bin/sh
# bench.sh [SIZE…] - how long the bench's report takes and how it grows, beside peers that are installed (tests/bench).
# Sizes: district province national; the last takes minutes and some 3 GB in TMPDIR.
set -eu
top=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
[ $# -gt 0 ] || set -- district province
python3 "$top/tests/bench/bench.py" "$top/tongket" "$work" "$@"
