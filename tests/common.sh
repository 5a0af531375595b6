# common.sh - what suites share. A suite is run from the root of the checkout, begins with ". tests/common.sh", and ends
# with "exit $status".
#
#   $suite     its name      $scratch   a folder of its own, gone when it ends
#   $tongket   the program under the sanitizers           $python    a Python that knows openpyxl
set -u
suite=$(basename "$0" .sh)
status=0
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
tongket=$PWD/build/careful/tongket
for python in python3 /usr/bin/python3; do
    if "$python" -c 'import openpyxl' 2>/dev/null; then break; fi
done

# Vietnamese, whoever runs the tests. A finding of the sanitizers must not look like one of tongket's own statuses.
unset LC_ALL LC_MESSAGES LANGUAGE TZ
LANG=vi_VN.UTF-8
ASAN_OPTIONS=exitcode=86 UBSAN_OPTIONS=exitcode=86:print_stacktrace=1
PYTHONPATH=$PWD/tests PYTHONDONTWRITEBYTECODE=1
export LANG ASAN_OPTIONS UBSAN_OPTIONS PYTHONPATH PYTHONDONTWRITEBYTECODE

verdict() { # NAME STATUS [FILE…]: passed when the status is 0; the files explain a failure
    name=$1
    if [ "$2" -eq 0 ]; then
        echo "ok $suite: $name"
        return
    fi
    status=1
    echo "FAILED $suite: $name"
    shift 2
    for file; do sed 's/^/    /' "$file" | cut -c 1-400 | head -n 40; done
}

silent() { # NAME FILE: passed when the file says nothing
    [ ! -s "$2" ]
    verdict "$1" $? "$2"
}

skipped() { # NAME WHY
    echo "skipped $suite: $1: $2"
}

through_office() { # FILE: as LibreOffice saves it; false where there is none
    command -v soffice >/dev/null || return 1
    soffice -env:UserInstallation="file://$scratch/profile" --headless --convert-to xlsx --outdir "$scratch/office" "$1" >/dev/null 2>&1
    mv "$scratch/office/$(basename "$1")" "$1" || verdict "LibreOffice saves $1" 1
}

ledgers_in() { # FOLDER OVERLAY: the shipped templates but for the reports, and what the overlay holds
    mkdir -p "$1"
    cp -RL templates "$1/templates"
    rm -f "$1"/templates/*.md
    cp -R "$2/." "$1"
}

office_in() { # FOLDER: the shipped inputs and templates
    mkdir -p "$1"
    cp -RL inputs templates "$1"
}
