#!/bin/sh
# added.sh - a ledger of its own vocabulary and a report over it, added as files alone: right figures in PDF, XLSX, tree.
. tests/common.sh
mkdir -p "$scratch/inputs" "$scratch/templates/ledgers" "$scratch/templates/vocabularies" "$scratch/templates/views"
cp -RL templates/pages "$scratch/templates/"
cd "$scratch" || exit 1

cat >inputs/office.ini <<'END'
[office]
superior = TỈNH ỦY MẪU
name = HUYỆN ỦY MẪU SƠN
place = Mẫu Sơn
code = HU
[signer]
post = CHÁNH VĂN PHÒNG
name = Lý A Páo
END
cat >templates/vocabularies/petition-kind.ini <<'END'
[vocabulary]
label = Loại đơn

[KN]
label = khiếu nại
group = formal

[TC]
label = tố cáo
group = formal

[PA]
label = kiến nghị, phản ánh
aliases = kiến nghị | phản ánh
END
cat >templates/ledgers/petitions.ini <<'END'
[ledger]
label = Sổ tiếp nhận đơn thư
key = number

[number]
label = Số đơn
type = id
required = yes

[received]
label = Ngày nhận
type = date
required = yes

[kind]
label = Loại đơn
type = enum
vocabulary = petition-kind
required = yes

[solved]
label = Ngày giải quyết
type = date

[people]
label = Số người ký
type = integer
default = 1
minimum = 1

[cost]
label = Chi phí (triệu đồng)
type = decimal

[check solved_after]
rule = solved IS NULL OR last_day(solved) >= first_day(received)
message = Ngày giải quyết sớm hơn ngày nhận
END
cat >templates/views/open_petitions.sql <<'END'
SELECT * FROM petitions WHERE solved IS NULL OR first_day(solved) > period_end()
END
cat >templates/petitions.md <<'END'
---
title: BÁO CÁO
subject: tiếp nhận, giải quyết đơn thư {{period.phrase}}
period: quarter
---
```sql tally
SELECT sum(n) AS total, sum(n) FILTER (WHERE last_day(solved) <= period_end()) AS solved, sum(n * people) AS people
  FROM petitions_tally WHERE in_period(received)
```
```sql by_kind
SELECT capital(v.label) AS kind, coalesce(sum(t.n), 0) AS total, coalesce(sum(t.n) FILTER (WHERE last_day(t.solved) <= period_end()), 0) AS solved,
       coalesce(sum(t.n * t.cost), 0) AS cost
  FROM vocabulary v LEFT JOIN petitions_tally t ON t.kind = v.code AND in_period(t.received)
 WHERE v.vocabulary = 'petition-kind' GROUP BY v.code ORDER BY v.position
```
```sql waiting
SELECT number, received, label('petition-kind', kind) AS kind FROM open_petitions WHERE in_period(received) ORDER BY received
```
```check sums
SELECT 'Cộng theo loại = tổng số', (SELECT count(*) FROM petitions WHERE in_period(received)),
       (SELECT sum(n) FROM petitions_tally WHERE in_period(received) AND (in_group('petition-kind', kind, 'formal') OR kind = 'PA'))
```
```figures
[tally]
total = Đơn nhận trong kỳ
```
# I- KẾT QUẢ

Tiếp nhận {{tally.total 00}} đơn của {{tally.people 00}} người, đã giải quyết {{tally.solved / tally.total 0.0%}}:
{{#by_kind}}{{kind}} {{total 00}}{{^row.last}}; {{/row.last}}{{/by_kind}}.

{{#waiting}}
- Đơn số {{number}} ({{kind}}) nhận ngày {{received dd/m/yyyy}} chưa giải quyết.
{{/waiting}}
{{^waiting}}
Không còn đơn tồn đọng.
{{/waiting}}

```table by_kind
caption = Đơn theo loại
total = Tổng cộng
counter = TT
[kind]
label = Loại đơn
[total]
label = Tiếp nhận
[solved]
label = Giải quyết
[rate]
label = Tỷ lệ (%)
ratio = solved / total
format = 0.0
[cost]
label = Chi phí
format = #,##0.0
```
```chart by_kind
type = stacked
caption = Đơn theo loại
category = kind
value = total | solved
label = Tiếp nhận | Giải quyết
```
END
cat >inputs/don-thu.csv <<'END'
SỔ TIẾP NHẬN ĐƠN THƯ;;;;;
Số đơn;Ngày nhận;Loại đơn;Ngày giải quyết;Số người ký;Chi phí (triệu đồng)
D1;05/4/2024;Khiếu nại;20/4/2024;3;1,5
D2;06/5/2024;tố cáo;;;
D3;01/6/2024;phản ánh;02/7/2024;12;0,25
D4;30/6/2024;Kiến nghị;30/6/2024;;2
D5;01/7/2024;Khiếu nại;;;
END

"$tongket" report --period 2024-Q2 --format pdf,xlsx,tree >said 2>&1
verdict 'made' $? said
[ "$status" -eq 0 ] || exit 1
pdftotext -layout outputs/2024-Q2/petitions.pdf petitions.txt
tr -s ' \n' ' ' <petitions.txt >petitions.line
tr -s ' ' <petitions.txt >petitions.rows

has() { # NAME FILE FIXED-STRING
    grep -qF -e "$3" "$2"
    verdict "$1 says «$3»" $? "$2"
}
has 'prose' petitions.line 'Tiếp nhận 04 đơn của 17 người, đã giải quyết 50,0%: Khiếu nại 01; Tố cáo 01; Kiến nghị, phản ánh 02.'
has 'list' petitions.line 'Đơn số D2 (tố cáo) nhận ngày 06/5/2024 chưa giải quyết.'
has 'list, second' petitions.line 'Đơn số D3 (kiến nghị, phản ánh) nhận ngày 01/6/2024 chưa giải quyết.'
has 'row' petitions.rows ' 3 Kiến nghị, phản ánh 2 1 50,0 2,3'
has 'total' petitions.rows ' Tổng cộng 4 2 50,0 3,8'
has 'chart' petitions.line 'Biểu đồ 1. Đơn theo loại'
has 'tree' outputs/2024-Q2/petitions.tree 'ratio 2/4 "50,0%"'
has 'check' outputs/2024-Q2/petitions.tree 'equal "Cộng theo loại = tổng số"'

"$python" - <<'PYTHON' || status=1
import openpyxl
from report import Suite
book = openpyxl.load_workbook("outputs/2024-Q2/petitions.xlsx", data_only=True)
live = openpyxl.load_workbook("outputs/2024-Q2/petitions.xlsx")
rows = [[cell.value for cell in row] for row in book["Bảng 1"].iter_rows()]
total = next((row for row in rows if "Tổng cộng" in row), None)
problems = []
if [1, "Khiếu nại", 1, 1, 100, 1.5] not in rows:
    problems.append("no row [1, 'Khiếu nại', 1, 1, 100, 1.5]")
if [3, "Kiến nghị, phản ánh", 2, 1, 50, 2.25] not in rows:
    problems.append("no row [3, 'Kiến nghị, phản ánh', 2, 1, 50, 2.25]")
if not total or total[2:] != [4, 2, 50, 3.75]:
    problems.append("the total is %s" % total)
formulas = [cell.value for row in live["Bảng 1"].iter_rows() for cell in row if isinstance(cell.value, str) and cell.value.startswith("=")]
if not any("SUM" in formula for formula in formulas):
    problems.append("no live sum: %s" % formulas)
if not any("Bảng 1" in name for name in book.sheetnames) or not any(sheet._charts for sheet in live.worksheets):
    problems.append("no chart in %s" % book.sheetnames)
suite = Suite("added")
suite.report("workbook", problems + rows if problems else [])
suite.end()
PYTHON

# Cells that are wrong by the added schema are said by it.
printf 'D6;31/6/2024;Khiếu nại;;;\nD7;10/6/2024;đơn;09/6/2024;0;\nD8;10/6/2024;tố cáo;09/6/2024;2;\n' >>inputs/don-thu.csv
"$tongket" check >said 2>&1
[ $? -eq 1 ]
verdict 'wrong cells end with status 1' $? said
has 'wrong day' said '«31/6/2024»'
has 'wrong word' said '«đơn» không có trong danh mục «Loại đơn»'
has 'wrong number' said '«0» ngoài khoảng cho phép'
has 'broken rule' said 'Ngày giải quyết sớm hơn ngày nhận'
exit "$status"
