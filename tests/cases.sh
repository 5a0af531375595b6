#!/bin/sh
# cases.sh - runs one case folder: sh tests/cases.sh MODE BASE CASE, with MODE check or accept.
#
# A case is a folder tests/cases/AREA/NAME/ with
#   cmd                  shell lines run in a workspace of its own; $TONGKET is the program, $PYTHON knows openpyxl
#   inputs/, templates/  files put over that workspace, which is the shipped templates and tests/cases/base
#   stdout, stderr, status   what must come out, exactly; the workspace's path reads WORKSPACE; a missing file is empty
#   stderr.en            what stderr must be when the environment asks for English: the case is run again
#   files                what must stand in outputs/; without it nothing may when the run failed (status 2 and above)
# A case that cannot be run on this machine ends with "|| exit 77 # why".
# Whatever the case, no file may be left half-written: nothing set aside, every PDF and XLSX with its end.
set -u
mode=$1 base=$2 folder=$3
name=${folder#tests/cases/}
folder=$PWD/$folder
here=$(mktemp -d "$base.XXXXXX") || exit 1
trap 'rm -rf "$here"' EXIT
workspace=$here/workspace
mkdir "$here/got"
TONGKET=$PWD/build/careful/tongket
export TONGKET

run() { # STDERR: runs the case in a fresh workspace, its stderr into the file of that name
    rm -rf "$workspace"
    cp -R "$base" "$workspace"
    for part in inputs templates; do
        [ -d "$folder/$part" ] && cp -R "$folder/$part" "$workspace/"
    done
    (cd "$workspace" && sh -u "$folder/cmd") >"$here/stdout" 2>"$here/stderr" </dev/null
    echo $? >"$here/got/status"
    sed "s|$workspace|WORKSPACE|g" "$here/stderr" >"$here/got/$1"
}

parts='stdout stderr status files'
if [ -e "$folder/stderr.en" ]; then
    parts="$parts stderr.en"
    (LANG=en_US.UTF-8 && run stderr.en)
fi
run stderr
sed "s|$workspace|WORKSPACE|g" "$here/stdout" >"$here/got/stdout"
(cd "$workspace" && find outputs -mindepth 1 -type f ! -name .lock 2>/dev/null | sort) >"$here/got/files"

if [ "$(cat "$here/got/status")" = 77 ]; then
    echo "skipped $name: $(sed -n 's/.*|| exit 77 # //p' "$folder/cmd")"
    exit 0
fi

if [ "$mode" = accept ]; then
    for part in stdout stderr status; do
        if [ -s "$here/got/$part" ]; then cp "$here/got/$part" "$folder/$part"; else rm -f "$folder/$part"; fi
    done
    for part in files stderr.en; do
        [ -e "$folder/$part" ] && cp "$here/got/$part" "$folder/$part"
    done
fi

problems=$here/problems
for part in $parts; do
    expected=$folder/$part
    if [ ! -e "$expected" ]; then
        expected=/dev/null
        if [ "$part" = files ]; then
            [ "$(cat "$here/got/status")" -ge 2 ] || continue
            sed -i '/^outputs\/check\//d' "$here/got/files" # what is wrong with the inputs is said there as well
        fi
    fi
    diff -u --label "expected $part" --label "got $part" "$expected" "$here/got/$part"
done >"$problems"
find "$workspace" -name '.tongket-*' | sed 's/^/left behind: /' >>"$problems"
while read -r file; do
    case $file in
    *.pdf) tail -c 8 "$workspace/$file" | grep -q '%%EOF' || echo "cut short: $file" ;;
    *.xlsx) tail -c 22 "$workspace/$file" | head -c 4 | grep -q '^PK' || echo "cut short: $file" ;;
    esac
done <"$here/got/files" >>"$problems"
case $name in
diagnostics/*)
    for part in stderr stderr.en; do
        grep -qF "[${name#*/}]" "$here/got/$part" || echo "$part does not say [${name#*/}]"
    done >>"$problems"
    ;;
esac
if [ -s "$problems" ]; then
    echo "FAILED $name"
    sed 's/^/    /' "$problems"
    exit 1
fi
echo "ok $name"
