#!/bin/sh
# quality.sh - what the command check writes: rejected rows to be mended and dropped back in, what is worth a look, who has
# not handed in; and nothing when there is nothing to say.
. tests/common.sh
here=$scratch
ledgers_in "$here/workspace" tests/cases/base
cd "$here/workspace" || exit 1

check() { # STATUS: runs check, stdout and stderr into files; true when it ends so
    "$tongket" check >"$here/out" 2>"$here/err"
    [ $? -eq "$1" ]
}

# ---- Nothing to say ------------------------------------------------------------------------------------------------

check 0 && [ ! -e outputs ]
verdict 'nothing is written when there is nothing to say' $? "$here/out" "$here/err"

mkdir -p outputs/check
echo cũ >outputs/check/quality.xlsx
echo cũ >outputs/check/quality.pdf
check 0 && [ -z "$(find outputs -name 'quality*')" ] && ! grep -q quality "$here/out"
verdict 'what is left of an earlier check goes' $? "$here/out" "$here/err"

# ---- Rejected rows -------------------------------------------------------------------------------------------------

cat >inputs/wrong-members.csv <<'EOF'
DANH SÁCH ĐẢNG VIÊN BỔ SUNG;;;;;;;;
Số thẻ ĐV;Họ và tên;Ngày sinh;Giới tính;Chi bộ đang sinh hoạt;Ngày vào Đảng;Dân tộc;SĐT;Số CCCD
99.000201;Triệu Văn Tám;31/02/1980;Nam;MS.01.01;3/2/2005;Kinh;912345678;038075001234
99.000202;Lê Thị Chín;5/6/1981;nữu;MS.01.99;19-5-2006;Kinhh;0912345678;38075001234
;Mai Văn Mười;7/8/1982;Nam;MS.01.01;2007;;;
99.000001;Vũ Thị Hai;9/10/1983;Nữ;MS.01.01;2008;;=1+2;
99.000203;Đỗ Văn Ba;1/1/2004;Nam;MS.01.01;1/1/2010;;;
99.000204;Nguyễn Văn An;02/3/1970;Nam;MS.02.01;03/02/1996;Kinh;912345679;38075001235
EOF
cat >inputs/wrong-rotations.csv <<'EOF'
Mã biến động,Số thẻ ĐV,Họ và tên,Hình thức,Số QĐ,Ngày QĐ,Đơn vị đến,Lý do
BD-1,99.000002,Lò Thị Bình,luân chuyển,7-QĐ/HU,35/5/2017,MS.02.01,
EOF
check 1 && [ "$(tail -n 2 "$here/out")" = "outputs/check/quality.xlsx
outputs/check/quality.pdf" ] && grep -q 'loại 6 ' "$here/out" && [ -z "$(find outputs -name '.tongket*')" ]
verdict 'written when rows are rejected' $? "$here/out" "$here/err"

cat >"$here/look.py" <<'EOF'
import openpyxl
book = openpyxl.load_workbook('outputs/check/quality.xlsx')
assert book.sheetnames == ['_tongket', 'Tổng hợp', 'Danh sách đảng viên', 'Sổ theo dõi biến động cán bộ', 'Nên xem lại'], book.sheetnames
assert book.worksheets[0].sheet_state == 'hidden' and book.active.title == 'Tổng hợp'
sheet, form = book['Danh sách đảng viên'], openpyxl.load_workbook('form/forms/members.xlsx').worksheets[1]
header = [c.value for c in sheet[3]]
assert header == [c.value for c in form[3]] + ['Tệp, dòng', 'Lý do'], header
assert [c.comment.text for c in sheet[3][:-2]] == [c.comment.text for c in form[3]]
assert not sheet.protection.sheet and len(sheet.data_validations.dataValidation) == len(form.data_validations.dataValidation)
rows = [{header[i]: c for i, c in enumerate(row)} for row in sheet.iter_rows(min_row=4)]
def wrong(row):
    return {name for name, c in row.items() if c.fill.fill_type == 'solid' and c.fill.fgColor.rgb == 'FFFFC7CE'}
assert [r['Tệp, dòng'].value for r in rows] == ['inputs/wrong-members.csv:%d' % n for n in (3, 4, 5, 6, 7)]
a, b, c, d, e = rows
assert wrong(a) == {'Ngày sinh'} and a['Ngày sinh'].value == '31/02/1980' and 'không có ngày' in a['Ngày sinh'].comment.text
assert a['Ngày kết nạp'].value == '3/2/2005' and a['Ngày kết nạp'].comment is None and a['Số căn cước'].value == '038075001234'
assert wrong(b) == {'Giới tính', 'Dân tộc'} and 'nữu' in b['Giới tính'].comment.text and b['Dân tộc'].value == 'Kinhh'
assert b['Lý do'].value == b['Giới tính'].comment.text + '\n' + b['Dân tộc'].comment.text, b['Lý do'].value
assert wrong(c) == {'Số thẻ đảng viên'} and not c['Số thẻ đảng viên'].value and 'để trống' in c['Lý do'].value
assert wrong(d) == {'Số thẻ đảng viên'} and 'đã có ở inputs/members.csv' in d['Lý do'].value
assert d['Số điện thoại'].value == '=1+2' and d['Số điện thoại'].data_type in 'sf'
assert wrong(e) == {'Ngày sinh'} and 'dưới 16' in e['Lý do'].value
look = [[c.value for c in row] for row in book['Nên xem lại'].iter_rows(min_row=3)]
assert [(r[0], r[2]) for r in look] == [('inputs/members.csv', 2), ('inputs/wrong-members.csv', 8), ('inputs/wrong-members.csv', 8), ('inputs/wrong-members.csv', 8)], look
assert 'Trùng họ và tên' in look[0][3] and 'Số điện thoại' in look[2][3] and 'Số căn cước' in look[3][3], look
summary = [[c.value for c in row] for row in book['Tổng hợp'].iter_rows()]
assert ['inputs/wrong-members.csv', 'Danh sách đảng viên', 8, 1, 5, 2] in [r[:6] for r in summary]
assert any(r[:3] == ['inputs/wrong-members.csv', 'cell-enum', 2] for r in summary), summary
assert any(r[0] == 'row-suspect' and r[2] == 4 for r in summary), summary
total = [r for r in summary if r[0] == 'Tổng cộng'][0]
assert total[4].startswith('=SUM('), total
values = openpyxl.load_workbook('outputs/check/quality.xlsx', data_only=True)['Tổng hợp']
assert [r[4].value for r in values.iter_rows() if r[0].value == 'Tổng cộng'][0] == 6
assert any(r[0] == 'Danh sách đảng viên' and r[1:4] == [2, 2, 0] for r in summary), summary
EOF
"$tongket" forms members --quiet --output form 2>"$here/err" && "$python" "$here/look.py" >"$here/out" 2>&1
verdict 'sheets, cells, colours, comments, counts' $? "$here/out" "$here/err"

pdftotext -layout outputs/check/quality.pdf "$here/text" && qpdf --check outputs/check/quality.pdf >/dev/null 2>"$here/err" &&
    grep -q 'inputs/wrong-members.csv  *Danh sách đảng viên  *8  *1  *5  *2' "$here/text" &&
    grep -q 'inputs/wrong-rotations.csv  *date-impossible  *1  *2' "$here/text" && grep -q 'Phát hiện theo kiểu' "$here/text"
verdict 'the same on paper' $? "$here/err" "$here/text"

cp -R outputs/check "$here/first"
check 1 && diff -r "$here/first" outputs/check >"$here/diff"
verdict 'the same bytes again' $? "$here/diff"

# ---- Mended and dropped back in ------------------------------------------------------------------------------------

cat >templates/roll.md <<'EOF'
---
title: BÁO CÁO
subject: đảng viên và biến động
period: year
---
```sql stock
SELECT (SELECT count(*) FROM members) AS members, (SELECT count(*) FROM rotations) AS moves
```
Có {{stock.members}} đảng viên, {{stock.moves}} biến động.
EOF
report() { # NAME: makes the report; true when only that of its document stands there, and its cover sheet
    rm -rf "$here/reported"
    "$tongket" report roll --period 2017 --format tree --quiet --output "$here/reported" >"$here/out" 2>"$here/err"
    [ "$(cd "$here/reported/2017" && echo roll.*)" = "$1" ]
}
report 'roll.cover.tree roll.draft.tree' && grep -q '5 dòng bị loại' "$here/reported/2017/roll.cover.tree"
verdict 'rejected rows make a draft' $? "$here/out" "$here/err"

cat >"$here/mend.py" <<'EOF'
import datetime, sys
import openpyxl
book = openpyxl.load_workbook('outputs/check/quality.xlsx')
sheet = book['Danh sách đảng viên']
at = {c.value: i for i, c in enumerate(sheet[3], 1)}
mended = {4: {'Ngày sinh': datetime.datetime(1980, 2, 28)}, 5: {'Giới tính': 'nữ', 'Dân tộc': 'Kinh', 'Chi bộ đang sinh hoạt': 'MS.02.01'},
          6: {'Số thẻ đảng viên': '99.000205'}, 7: {'Số thẻ đảng viên': '99.000206'}, 8: {'Ngày kết nạp': '1/1/2024'}}
for row, cells in mended.items():
    for name, value in cells.items():
        sheet.cell(row, at[name]).value = value
book['Sổ theo dõi biến động cán bộ']['F4'].value = '25/5/2017'
book.save('inputs/mended.xlsx')
EOF
back() { # NAME: all six are taken now, and the book causes no word of its own
    check 1
    grep -v '^inputs/wrong-\|ghi chú: nên xem lại' "$here/err" >"$here/own"
    "$tongket" query "SELECT member_id, birth, sex, phone FROM members WHERE _file = 'inputs/mended.xlsx' ORDER BY 1" --format csv \
        2>/dev/null >"$here/rows"
    printf 'member_id,birth,sex,phone\r\n99.000201,1980-02-28,NAM,912345678\r\n99.000202,1981-06-05,NU,0912345678\r\n99.000203,2004-01-01,NAM,\r\n99.000205,1982-08-07,NAM,\r\n99.000206,1983-10-09,NU,"'"'=1+2"'"\r\n' >"$here/expected"
    [ ! -s "$here/own" ] && grep -q 'loại 6 ' "$here/out" && diff "$here/expected" "$here/rows" >"$here/diff" &&
        [ "$("$tongket" query "SELECT count(*) FROM rotations WHERE first_day(decision_date) = '2017-05-25'" --format csv 2>/dev/null | tail -n 1 | tr -d '\r')" = 1 ]
    verdict "$1" $? "$here/own" "$here/diff" "$here/out"
}
: >"$here/diff"
"$python" "$here/mend.py" >"$here/out" 2>&1 || verdict 'mending by openpyxl' 1 "$here/out"
back 'mended, the workbook is taken as it is'
report roll.tree
verdict 'rows that came back corrected make no draft' $? "$here/out" "$here/err"
if through_office inputs/mended.xlsx; then
    back 'saved by LibreOffice, it is taken too'
else
    skipped 'saved by LibreOffice' 'no soffice here'
fi
sed -i '3s/.*/99.000301;Hoàng Văn Khác;31\/02\/1990;Nữ;MS.02.01;3\/2\/2015;Tày;;/' inputs/wrong-members.csv
report 'roll.cover.tree roll.draft.tree' && grep -q '1 dòng bị loại' "$here/reported/2017/roll.cover.tree"
verdict 'another row where one stood that came back is lost' $? "$here/out" "$here/err"
rm inputs/wrong-* inputs/mended.xlsx templates/roll.md

# ---- Group rows, many rows, missing units --------------------------------------------------------------------------

sed 's/^key = task_id/&\ncarry = lead_org/' templates/ledgers/tasks.ini >"$here/tasks.ini" && cp "$here/tasks.ini" templates/ledgers/
cat >inputs/tasks.csv <<'EOF'
Số TT,Văn bản giao,Ngày văn bản,Cơ quan giao,Nội dung,Đơn vị chủ trì,Trạng thái,Ngày hoàn thành
,II. Đảng bộ xã Mẫu Bình,,,,,,
NV-1,KL 01,32/1/2017,Ban Thường vụ,Rà soát,,,
NV-2,KL 02,2/1/2017,Ban Thường vụ,Rà soát,,hoàn thành,
NV-3,KL 03,2/1/2017,Ban Thường vụ,Rà soát,,đang làm,5/2/2017
EOF
cat >"$here/carry.py" <<'EOF'
import openpyxl
book = openpyxl.load_workbook('outputs/check/quality.xlsx')
sheet = book['Sổ theo dõi nhiệm vụ']
at = {c.value: i for i, c in enumerate(sheet[3], 1)}
assert sheet.cell(4, at['Đơn vị chủ trì']).value == 'Đảng bộ xã Mẫu Bình'
look = [c.value for c in book['Nên xem lại']['D'][2:]]
assert len(look) == 2 and 'không có ngày hoàn thành' in look[0] and 'chưa phải là hoàn thành' in look[1], look
EOF
check 1 && "$python" "$here/carry.py" >"$here/out" 2>&1
verdict 'a group row above goes along; status against dates' $? "$here/out" "$here/err"
rm inputs/tasks.csv

{
    echo 'Mã TCĐ,Tên tổ chức đảng,Loại hình tổ chức,Loại hình cơ sở,Mã cấp trên,Ngày kết thúc'
    echo 'MS.03,Đảng bộ xã Mẫu Lâm,Đảng bộ cơ sở,xã,MS,'
    echo 'MS.04,Đảng bộ xã Mẫu Cũ,Đảng bộ cơ sở,xã,MS,1/1/2001'
} >inputs/more-organizations.csv
cat >"$here/missing.py" <<'EOF'
import openpyxl
book = openpyxl.load_workbook('outputs/check/quality.xlsx')
assert book.sheetnames == ['_tongket', 'Tổng hợp'], book.sheetnames
rows = [[c.value for c in row] for row in book['Tổng hợp'].iter_rows()]
assert any(r[0] == 'Danh sách đảng viên' and r[1:4] == [3, 2, 1] for r in rows), rows
at = [i for i, r in enumerate(rows) if r[0] and 'chưa có dòng nào trong sổ «Danh sách đảng viên»' in str(r[0])][0]
assert rows[at + 2][:2] == ['MS.03', 'Đảng bộ xã Mẫu Lâm'] and not any(r[0] == 'MS.04' for r in rows), rows
EOF
check 0 && "$python" "$here/missing.py" >"$here/out" 2>&1
verdict 'units that have not handed in' $? "$here/out" "$here/err"
rm inputs/more-organizations.csv

{
    echo 'Số thẻ ĐV,Họ và tên,Ngày sinh,Giới tính,Chi bộ đang sinh hoạt,Ngày vào Đảng'
    awk 'BEGIN { for (i = 1; i <= 10020; i++) printf "98.%06d,Nguyễn Văn Sai,,Nam,MS.01.01,2010\n", i }'
} >inputs/many.csv
cat >"$here/many.py" <<'EOF'
import openpyxl
book = openpyxl.load_workbook('outputs/check/quality.xlsx', read_only=True)
assert sum(1 for _ in book['Danh sách đảng viên'].iter_rows(min_row=4)) == 10000
said = [str(r[0]) for r in book['Tổng hợp'].iter_rows(values_only=True)]
assert any(s.startswith('20 dòng bị loại không có') for s in said), said
EOF
check 1 && "$python" "$here/many.py" >"$here/out" 2>&1
verdict 'rows beyond those kept are told' $? "$here/out" "$here/err"
exit "$status"
