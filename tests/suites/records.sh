#!/bin/sh
# records.sh - what the office's records must keep: secret ballots, the internal from the public, one notice on one page.
. tests/common.sh
office_in "$scratch/office"
cd "$scratch/office" || exit 1

say() { # NAME: the result of the last command, with what was said
    verdict "$1" $? ../said
}

make_report() { # OUTPUT WORD…
    output=$1
    shift
    "$tongket" report "$@" --output "$output" >../said 2>&1
}

words() { # PDF: its text on one line
    pdftotext "$1" - | tr -s ' \n\f' ' '
}

holds() { # NAME PDF FIXED-STRING
    words "$2" >../said
    grep -qF -e "$3" ../said
    say "$1"
}

lacks() { # NAME PDF FIXED-STRING
    words "$2" >../said
    [ -s ../said ] && ! grep -qF -e "$3" ../said
    say "$1"
}

# Contact notices: one page for each hamlet, published people only.
make_report notices contact-notice --period 2017-Q4 --format pdf
say "the notices are made"
find notices -name '*.pdf' | wc -l | grep -qx ' *269' 2>../said
say "269 notices"
for notice in notices/2017-Q4/contact-notice/*.pdf; do
    pdfinfo "$notice" | grep -q '^Pages: *1$' || echo "$notice"
done >../said
[ ! -s ../said ]
say "every notice is one page"
holds "a notice names its hamlet" notices/2017-Q4/contact-notice/T269.pdf 'khối 12, thị trấn Mẫu Sơn'
holds "a notice gives the numbers in groups" notices/2017-Q4/contact-notice/T001.pdf '0900 000 001'
lacks "who is not published is in no notice" notices/2017-Q4/contact-notice/T001.pdf '0900 000 011'
lacks "who has left is in no notice" notices/2017-Q4/contact-notice/T001.pdf '0900 000 013'

# Complaints and names stay inside.
make_report internal working-sessions quarterly-ballot --period 2017-Q4 --format pdf,xlsx
say "the internal versions are made"
make_report public working-sessions quarterly-ballot --period 2017-Q4 --format pdf,xlsx --audience public
say "the public versions are made"
holds "complaints are in the internal version" internal/2017-Q4/working-sessions.pdf 'PHẢN ÁNH VỀ SÁCH NHIỄU'
for version in 'SÁCH NHIỄU' 'sách nhiễu' 'phiền hà'; do
    lacks "the public version does not say «$version»" public/2017-Q4/public/working-sessions.pdf "$version"
done
name=$(sed -n '3,$p' inputs/ballots.csv | cut -d';' -f5 | head -n 1)
holds "who was named is in the internal version" internal/2017-Q4/quarterly-ballot.pdf "$(sed -n 's/.*;CB-04;\([^;]*\);.*/\1/p' inputs/ballots.csv | head -n 1)"
lacks "the public version names nobody" public/2017-Q4/public/quarterly-ballot.pdf "$name"
for book in working-sessions quarterly-ballot; do
    "$python" -m zipfile -e "public/2017-Q4/public/$book.xlsx" "../$book"
    grep -rhoF -e "$name" -e 'sách nhiễu' "../$book" >../said
    [ -d "../$book/xl" ] && [ ! -s ../said ]
    say "the public workbook $book neither"
done

# A commune's own notebook: with sessions, with nothing, not handed in.
make_report units working-sessions --period 2017-Q4 --unit MS.03 --format pdf
holds "a commune's quarter" units/2017-Q4/working-sessions/MS.03.pdf 'có 04 cuộc làm việc, với 06 lượt'
make_report units working-sessions --period 2017-Q4 --unit MS.08 --format pdf
holds "a commune where nothing happened" units/2017-Q4/working-sessions/MS.08.pdf 'không có cuộc làm việc nào'
make_report units working-sessions --period 2017-Q4 --unit MS.13 --format pdf
holds "a commune that has not handed in" units/2017-Q4/working-sessions/MS.13.pdf 'Chưa nhận được sổ theo dõi'

# Thresholds are settings.
sed 's/^minimum = 5/minimum = 4/' inputs/office.ini >inputs/office.new && mv inputs/office.new inputs/office.ini
make_report settings quarterly-ballot --period 2017-Q4 --format pdf
holds "four ballots are shown when the office allows four" settings/2017-Q4/quarterly-ballot.pdf 'có 05 biểu hiện nêu lần đầu'
lacks "and nothing is hidden" settings/2017-Q4/quarterly-ballot.pdf 'không đưa vào các bảng'
sed 's/^named = 2/named = 1/' inputs/office.ini >inputs/office.new && mv inputs/office.new inputs/office.ini
make_report settings quarterly-ballot --period 2017-Q4 --format pdf
holds "one ballot is a mention when the office says so" settings/2017-Q4/quarterly-ballot.pdf 'Có 03 biểu hiện của 03 người'
for base in 'issued:phát ra (597' 'valid:hợp lệ (583'; do
    sed "s/^base = .*/base = ${base%%:*}/" inputs/office.ini >inputs/office.new && mv inputs/office.new inputs/office.ini
    make_report settings trust-survey --period 2014 --format pdf
    holds "percentages of trust on the base ${base%%:*}" settings/2014/trust-survey.pdf "tính trên số phiếu ${base#*:} lượt phiếu)"
done
sed -i 's/^base = .*/base = all/' inputs/office.ini
make_report settings trust-survey --period 2014 --format pdf
grep -q 'check-failed' ../said
say "a base that is none is pointed out"

# One criterion more is an entry in a vocabulary.
printf '\n[LE]\nlabel = lề lối làm việc\ngroup = BAY\n' >>templates/vocabularies/ballot-criterion.ini
make_report settings quarterly-ballot --period 2017-Q4 --format pdf
holds "an eighth criterion is an entry of the vocabulary" settings/2017-Q4/quarterly-ballot.pdf 'theo 08 tiêu chí'
holds "and has its row" settings/2017-Q4/quarterly-ballot.pdf 'Lề lối làm việc'

# The shipped templates leave nothing unused.
"$tongket" check --templates >../checked 2>../said
! grep -q 'query-unused\|figure-unused\|lỗi' ../said
say "no template has a query or a figure in vain"
exit "$status"
