#!/bin/sh
# check.sh FOLDER… - what a compiler does not look at; the folders of src/ stand in the order of the data.
#
# Prints what is wrong and where, a line for each check, and ends with status 1 when any failed.
set -u
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
failed=0
sources=$(find src -name '*.[ch]' | sort)
tests=$(find tests/unit -name '*.[ch]' 2>/dev/null | sort)

report() { # NAME FILE: the check failed when the file holds anything
    if [ -s "$2" ]; then
        failed=1
        sed 's/^/    /' "$2"
        echo "FAILED $1"
    else
        echo "ok $1"
    fi
}

# An include points to its own folder or to one above it in the order, and names the folder.
grep -n '^ *#include "' $sources | awk -v order="$*" '
    BEGIN { count = split(order, names, " "); for (i = 1; i <= count; i++) place[names[i]] = i }
    {
        split($0, words, "\""); split($0, parts, ":"); split(parts[1], path, "/"); split(words[2], target, "/")
        where = parts[1] ":" parts[2] ": "
        if (!(path[2] in place)) print where "the folder is not in FOLDERS"
        else if (!(target[1] in place)) print where "\"" words[2] "\" names no folder"
        else if (place[target[1]] > place[path[2]]) print where path[2] "/ must not include \"" words[2] "\""
    }' >"$out/layers"
report layers "$out/layers"

# Each outside library has one owner.
owner() { # HEADER… FILES: headers and files are patterns of grep -E
    grep -nE "^ *#include <($1)>" $sources | grep -vE "^src/($2):" |
        sed -E "s#^([^:]*:[0-9]+):.*<(.*)>#\1: <\2> belongs to $2#"
}
{
    owner 'csv\.h' 'sheet/csv\.c'
    owner 'zip\.h' 'sheet/zip\.c'
    owner 'expat.*\.h' 'sheet/xml\.c'
    owner '(cpuid|.mmintrin)\.h' 'base/(sha256|utf8)\.c|sheet/csv_marks\.c'
    owner 'link\.h' 'base/build\.c'
    owner 'iconv\.h' 'sheet/charset[^/]*'
    owner 'ini\.h' 'base/settings\.c'
    owner '(pthread|sched)\.h' 'base/crew\.c'
    owner 'sqlite3.*\.h' 'store/[^/]*'
    owner 'cmark.*\.h' 'template/prose\.c'
    owner 'utf8proc\.h' 'base/text\.c|render/xlsx_text\.c'
    owner 'hpdf.*\.h' 'render/pdf[^/]*'
    owner '(libdeflate|zlib)\.h' 'render/deflate\.c'
    owner 'hb.*\.h' 'render/pdf_faces\.c'
    owner 'xlsxwriter.*' 'render/xlsx[^/]*'
} >"$out/owners"
grep -nE '^ *#include <[^>]*>' $sources |
    grep -vE '<((csv|cpuid|.mmintrin|ini|link|pthread|sched|utf8proc|zip|zlib|iconv|libdeflate)\.h|(sqlite3|cmark|expat|hpdf|hb|xlsxwriter)[^>]*\.h)>' |
    grep -vE '<(ctype|dirent|endian|errno|fcntl|ftw|getopt|grp|inttypes|limits|locale|malloc|math|pwd|regex|signal|stdarg|stdbool|stddef|stdint|stdio|stdio_ext|stdlib|string|strings|sys/(file|mman|prctl|random|resource|stat|types|wait)|time|unistd)\.h>' |
    sed 's/$/ has no owner/' >>"$out/owners"
report libraries "$out/owners"

wc -l $sources $tests | awk '$2 != "total" && $1 > 700 { print $2 ": " $1 " lines, at most 700" }' >"$out/lines"
report lines "$out/lines"

# A code that nobody says would be a message that nobody can get.
sed -n 's/^D(\([A-Z0-9_]*\),.*/\1/p' src/base/diagnostics.def | while read -r code; do
    cat $sources | tr -s ' \n' ' ' | grep -qE "diagnose\( ?[^,]*, $code,|DIAGNOSTIC_${code}[^A-Z0-9_]" ||
        echo "src/base/diagnostics.def: $code is never said"
done >"$out/codes"
report diagnostics "$out/codes"

clang-format --dry-run -Werror $sources $tests >"$out/format" 2>&1
report clang-format "$out/format"

# CastIntegerToAddressAtReturn: cppcheck takes the struct's name "template" for the word of C++.
cppcheck --quiet -j2 --enable=warning,performance,portability --inline-suppr --std=c11 --language=c -D_GNU_SOURCE -Isrc \
    --suppress='CastIntegerToAddressAtReturn:src/template/template.c' src >"$out/cppcheck" 2>&1
report cppcheck "$out/cppcheck"

# What clang-tidy looks for, and what not and why, stands in .clang-tidy.
find src -name '*.c' | sort | xargs -P2 -I{} sh -c '
    clang-tidy --quiet "$1" -- -std=c11 -D_GNU_SOURCE -Isrc $(pkg-config --cflags harfbuzz-subset) 2>/dev/null' \
    sh {} >"$out/tidy"
report clang-tidy "$out/tidy"

exit $failed
