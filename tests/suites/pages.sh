#!/bin/sh
# pages.sh - every page of every shipped report: it looks like its committed picture, other programs read the file
# without a word, and it keeps the rules of the archive.
#
#   sh tests/suites/pages.sh [--accept]    --accept draws tests/pages/PERIOD/REPORT-PAGE.png anew; look before committing
#
# The periods are those of tests/golden, so a report that is added there is looked at here.
. tests/common.sh
accept=
[ "${1-}" = --accept ] && accept=--accept && rm -rf tests/pages

look() { # PDF NAME: other programs are silent
    {
        qpdf --check "$1" >"$scratch/checked" 2>&1 || cat "$scratch/checked"
        pdftotext "$1" /dev/null
        pdftotext -bbox "$1" /dev/null
        pdffonts "$1" | awk 'NR > 2 && ($(NF - 4) != "yes" || $(NF - 3) != "yes" || $(NF - 2) != "yes") { print "not embedded: " $0 }'
        if command -v mutool >/dev/null; then mutool draw -q -N -o /dev/null "$1"; fi
    } >"$scratch/said" 2>&1
    silent "$2: other programs read it in silence" "$scratch/said"
    "$python" tests/archive.py "$1" >"$scratch/said" 2>&1
    silent "$2: PDF/A-2b" "$scratch/said"
}

for folder in tests/golden/*/; do
    period=$(basename "$folder")
    "$tongket" report --quiet --skip-empty --period "$period" --output "$scratch/made" --format pdf 2>"$scratch/said"
    [ $? -le 1 ] || verdict "$period is made" 1 "$scratch/said"
done
# The bulletin under the other page profiles, as a draft, on both sides of the sheet: tests/pages/PROFILE.
office_in "$scratch/office"
for page in hd36 nd30; do
    sed -i "s/^page = .*/page = $page/; /^draft/d; /^duplex/d; /^\[office\]/a duplex = yes\ndraft = lần 2\ndrafter = NVA.12" "$scratch/office/inputs/office.ini"
    "$tongket" report discipline-bulletin -C "$scratch/office" --quiet --period 2017-H2 --output "$scratch/$page" \
        --format pdf 2>"$scratch/said"
    [ $? -le 1 ] || verdict "$page is made" 1 "$scratch/said"
    mkdir "$scratch/made/$page"
    mv "$scratch/$page"/2017-H2/*.pdf "$scratch/made/$page/"
done
# A report for every unit of a kind: what one of them is too short or too long for, another shows.
"$tongket" report discipline-bulletin --quiet --period 2017-H2 --each DBCS --output "$scratch/each" --format pdf \
    2>"$scratch/said" || echo "status $?" >>"$scratch/said"
silent "a bulletin for every unit" "$scratch/said"

for pdf in "$scratch"/made/*/*.pdf; do
    report=$(basename "$pdf" .pdf) period=$(basename "$(dirname "$pdf")")
    mkdir -p "$scratch/drawn/$period"
    pdftoppm -r 40 -gray "$pdf" "$scratch/drawn/$period/$report" >"$scratch/said" 2>&1
    silent "$period/$report is drawn" "$scratch/said"
    look "$pdf" "$period/$report"
    # shellcheck disable=SC2086
    "$python" tests/pictures.py $accept "tests/pages/$period" "$scratch/drawn/$period/$report"-*.pgm >"$scratch/said" 2>&1
    silent "$period/$report looks like its pictures" "$scratch/said"
done

# No picture is left of a page that is no more.
for picture in tests/pages/*/*.png; do
    drawn=${picture#tests/pages/}
    [ -e "$scratch/drawn/${drawn%.png}.pgm" ] || echo "$picture: the report has no such page"
done >"$scratch/said"
silent "no picture too many" "$scratch/said"

# The checks see what they are for: the same file with a word changed, another page for a page.
pdf=$scratch/made/2017-H2/discipline-bulletin.pdf
for word in GTS_PDFA1/GTS_PDFX1 pdfaid:part/pdfaid:pert FontFile2/FontFileX; do
    LC_ALL=C sed "s/$word/" "$pdf" >"$scratch/changed.pdf"
    if "$python" tests/archive.py "$scratch/changed.pdf" >/dev/null 2>&1; then echo "a file without ${word%/*} passes"; fi
done >"$scratch/said"
mkdir "$scratch/other"
cp "$scratch/drawn/2017-H2/discipline-bulletin-2.pgm" "$scratch/other/discipline-bulletin-1.pgm"
if "$python" tests/pictures.py tests/pages/2017-H2 "$scratch/other/discipline-bulletin-1.pgm" >/dev/null; then
    echo "page two passes for page one"
fi >>"$scratch/said"
silent "the checks can fail" "$scratch/said"
exit "$status"
