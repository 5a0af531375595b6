#!/bin/sh
# torture.sh - a report of everything at its worst (tests/torture): 3,000 rows, 25 columns, a cell of 6,000 letters, a
# heading of 400, twelve series, no rows at all, every letter. Nothing overlaps, nothing is cut, nothing is lost; in each
# page profile, and on both sides of the sheet.
. tests/common.sh
here=$PWD
ledgers_in "$scratch/work" tests/torture
cd "$scratch/work" || exit 1

for look in ${LOOKS:-hd05/no hd36/no nd30/yes}; do
    page=${look%/*}
    sed -i "s/^page = .*/page = $page\nduplex = ${look#*/}\ndraft = lần 2/; /^duplex/d; /^draft/d" inputs/office.ini
    rm -rf outputs
    # Status 1: the workspace holds no spreadsheet, which is said.
    timeout 300 "$tongket" report --period 2017 --format pdf,tree >said.out 2>said
    [ $? -le 1 ] || { verdict "$page: it is made" 1 said && exit 1; }
    pdf=outputs/2017/torture.pdf
    {
        qpdf --check "$pdf" >checked 2>&1 || cat checked
        pdftotext -bbox "$pdf" words.html
        "$python" "$here/tests/archive.py" "$pdf"
    } >said.pdf 2>&1
    silent "$page: other programs read it in silence, PDF/A-2b" said.pdf
    "$python" "$here/tests/torture/look.py" "templates/pages/$page.ini" "${look#*/}" outputs/2017/torture.tree words.html >problems 2>&1
    silent "$page: nothing overlaps, is cut or lost" problems
done
grep -c 'table-split' said | grep -qx 2 || cp said missing
[ -e missing ] || : >missing
silent "what is too wide is said" missing

exit "$status"
