#!/bin/sh
# office.sh - LibreOffice opens every workbook that we write and calculates it anew: each formula must give the value that
# we wrote beside it. Prints "ok NAME" or "FAILED NAME" for each workbook and ends with one line of counts.
#
# Not part of make test: it needs LibreOffice, half a gigabyte. Run it with make test-office.
set -e
cd "$(dirname "$0")/.."
. tests/common.sh
# The office program gets a home of its own: containers have none, or one that may not be written to.
HOME=$scratch/home XDG_CONFIG_HOME=$scratch/home XDG_CACHE_HOME=$scratch/home XDG_RUNTIME_DIR=$scratch/home
export HOME XDG_CONFIG_HOME XDG_CACHE_HOME XDG_RUNTIME_DIR
mkdir -p "$scratch/home" "$scratch/profile/user"
chmod 700 "$scratch/home"
unset DISPLAY
LANG=C.UTF-8

"$python" -c 'import openpyxl' || { echo "FAILED office: python3-openpyxl is missing" && exit 1; }
command -v soffice >/dev/null || { echo "FAILED office: soffice (libreoffice-calc-nogui) is missing" && exit 1; }

# Everything that writes a workbook: reports for both audiences, one for every unit and their index, forms, data quality.
make_books() {
    for period in $(cat tests/periods); do
        ./tongket report --quiet --period "$period" --format xlsx --output "$scratch/made/internal"
        ./tongket report --quiet --period "$period" --format xlsx --output "$scratch/made/public" --audience public || [ $? -eq 1 ]
    done
    ./tongket report --quiet discipline-bulletin --period 2017-H2 --each DBCS --format xlsx --output "$scratch/made/each"
    ./tongket forms --quiet --output "$scratch/made" >/dev/null
    # Groups of rows with subtotals, 3,000 rows, 25 columns.
    ledgers_in "$scratch/torture" tests/torture
    ./tongket report --quiet -C "$scratch/torture" --period 2017 --format xlsx --output "$scratch/made/torture" 2>/dev/null || [ $? -eq 1 ]
    office_in "$scratch/wrong"
    sed -i '4s/2014,MS/20x4,MS/' "$scratch/wrong/inputs/plans.csv"
    ./tongket check -C "$scratch/wrong" --output "$scratch/made" --quiet >/dev/null 2>&1 || [ $? -eq 1 ]
    [ -s "$scratch/made/check/quality.xlsx" ] || { echo "FAILED office: no quality workbook was written" && exit 1; }
}
make_books

# Always, also for files that say Excel calculated them.
cat >"$scratch/profile/user/registrymodifications.xcu" <<'XCU'
<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
XCU

# One folder, one process: starting the office program takes longer than calculating a workbook.
"$python" tests/office.py gather "$scratch/made" "$scratch/flat"
timeout -k 10 900 soffice --headless --norestore -env:UserInstallation="file://$scratch/profile" --convert-to xlsx \
    --outdir "$scratch/calculated" "$scratch"/flat/*.xlsx >"$scratch/said" 2>&1 </dev/null || {
    echo "FAILED office: soffice ended with status $?"
    sed 's/^/    /' "$scratch/said" | tail -n 20
    exit 1
}
"$python" tests/office.py compare "$scratch/flat" "$scratch/calculated"
