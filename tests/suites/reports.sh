# The shipped inputs make every report, under the sanitizers, with nothing rejected.
set -eu
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for period in 2014 2014-11 2017-H1 2017-H2 2017; do
    build/careful/tongket report --period "$period" --output "$out" --format pdf,xlsx,tree
done
pdftotext -layout "$out/2017/year-end.pdf" - | grep -q 'khiển trách 11'
