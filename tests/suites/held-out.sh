#!/bin/sh
# held-out.sh - a half-year of another office, dropped in as it came, gives its figures with the shipped templates as they are.
. tests/common.sh
mkdir "$scratch/office"
cp -RL templates "$scratch/office/templates"
"$python" tests/samples/held_out.py "$scratch/office" || exit 1
cat >"$scratch/office/inputs/office.ini" <<'END'
[office]
superior = THÀNH ỦY VẢI
name = QUẬN ỦY BÃI SIM
short = Quận ủy Bãi Sim
place = Bãi Sim
code = QU
[signer]
authority = T/M BAN THƯỜNG VỤ
post = BÍ THƯ
name = Đinh Thu Khánh
[recipients]
to = Thường trực Thành ủy | Lưu Văn phòng Quận ủy
END
mkdir -p "$scratch/office/inputs/texts/2019-H1/directive-half-year"
echo 'Một số nhiệm vụ cấp trên giao còn quá hạn.' >"$scratch/office/inputs/texts/2019-H1/directive-half-year/han-che.md"

"$tongket" report directive-half-year --period 2019-H1 -C "$scratch/office" --format pdf,xlsx,tree >"$scratch/said" 2>&1
[ $? -eq 1 ] # a draft: the office keeps no ledger of documents
verdict "the report is made" $? "$scratch/said"
"$tongket" list -C "$scratch/office" 2>/dev/null | grep '^  inputs/' >"$scratch/said"
! grep -v ' = [0-9]* + 0 + [0-9]* ([^)]*)$' "$scratch/said" && [ "$(wc -l <"$scratch/said")" -eq 10 ]
verdict "every file is a ledger, no row is lost" $? "$scratch/said"
diff -r templates "$scratch/office/templates" >"$scratch/said"
verdict "no template was changed" $? "$scratch/said"

pdftotext "$scratch/office/outputs/2019-H1/directive-half-year.draft.pdf" "$scratch/text" 2>"$scratch/said"
"$python" - "$scratch" <<'PYTHON' || status=1
import sys
import openpyxl

from report import Suite
from samples.held_out import FIGURES as f

folder = sys.argv[1]
text = "".join(open(folder + "/text", encoding="utf-8").read().split())
book = openpyxl.load_workbook(folder + "/office/outputs/2019-H1/directive-half-year.draft.xlsx", data_only=True)
summary = [[cell.value for cell in row] for row in book["Tóm tắt"].iter_rows()]
suite = Suite("held-out")

def thousands(n):
    return "{:,}".format(n).replace(",", ".")

def percent(top, bottom, cut=False):
    tenths = top * 1000 // bottom if cut else (2 * top * 1000 + bottom) // (2 * bottom)
    return "%d,%d%%" % divmod(tenths, 10)

def expect(name, phrases, numbers=()):
    problems = ["not in the PDF: " + p for p in phrases if "".join(p.split()) not in text]
    for label, value in numbers:
        if not any(row[1] == label and row[2] == value for row in summary):
            problems.append("%s: want %s, the summary has %s" % (label, value, [row[2] for row in summary if row[1] == label]))
    suite.report(name, problems)

expect("inspections", ["%02d đoàn kiểm tra, giám sát đối với %d tổ chức đảng và %d đảng viên" % (f["delegations"], f["organizations"], f["persons"])],
       [("Đoàn kiểm tra, giám sát", f["delegations"]), ("Tổ chức đảng được kiểm tra, giám sát", f["organizations"]),
        ("Đảng viên được kiểm tra, giám sát", f["persons"])])
total = sum(f["forms"])
expect("discipline", ["kỷ luật %d đảng viên (%s)" % (total, ", ".join(
    "%s %02d (%s)" % (form, n, percent(n, total)) for form, n in zip(("khiển trách", "cảnh cáo", "cách chức", "khai trừ"), f["forms"])))],
       [("Đảng viên bị kỷ luật", total), ("Kỷ luật: Khiển trách", f["forms"][0])])
value, base, rank, of = f["index"]
difference = "%.2f" % (float(value.replace(",", ".")) - float(base.replace(",", ".")))
expect("index", ["năm 2018 của Quận Bãi Sim đạt %s%%, cao hơn mức bình quân %s điểm" % (value, difference.replace(".", ",")), "xếp thứ %d/%d" % (rank, of)],
       [("Xếp hạng: Chỉ số cải cách hành chính", rank), ("Số đơn vị xếp hạng: Chỉ số cải cách hành chính", of)])
expect("admissions, truncated as the plan declares", [
    "Kết nạp %d đảng viên, đạt %s chỉ tiêu năm (%d)" % (f["admitted"], percent(f["admitted"], f["target"], True), f["target"]),
    ", ".join("%s %02d" % group for group in f["groups"].items())],
       [("Kết nạp đảng viên", f["admitted"])] + [("Kết nạp theo đối tượng: " + g[0].upper() + g[1:], n) for g, n in f["groups"].items()])
if percent(f["admitted"], f["target"], True) == percent(f["admitted"], f["target"]):
    raise SystemExit("FAILED held-out: the figures tell nothing about truncation")
moves = sum(f["moves"])
expect("moves and persons", ["%02d lượt, %02d cán bộ" % (moves, moves - f["twice"]), "Bổ sung %02d ủy viên ban thường vụ" % f["standing"],
                             "Bổ sung %02d ủy viên ban chấp hành" % f["executive"]],
       [("Luân chuyển, điều động, chuyển đổi vị trí (lượt)", moves), ("Luân chuyển, điều động, chuyển đổi vị trí (người)", moves - f["twice"])])
visits, handled = (sum(pair[i] for pair in f["reception"].values()) for i in range(2))
expect("reception by level", ["%s/%s lượt (%s)" % (thousands(handled), thousands(visits), percent(handled, visits))] + [
    "%s %d/%d (%s)" % (level, h, v, percent(h, v)) for level, (v, h) in f["reception"].items()],
       [("Lượt tiếp công dân", visits), ("Lượt đã giải quyết, trả lời", handled)])
received, carried, resolved = f["petitions"]
expect("petitions with what was carried over", [
    "Tiếp nhận %d đơn, kỳ trước chuyển sang %d đơn; đã giải quyết %d đơn, bằng %s số tiếp nhận (số giải quyết gồm cả đơn kỳ trước chuyển sang)"
    % (received, carried, resolved, percent(resolved, received))],
       [("Đơn tiếp nhận", received), ("Đơn đã giải quyết", resolved), ("Đơn còn lại", received + carried - resolved)])
on_time, late, within, overdue = f["above"]
expect("tasks from above", [
    "đã hoàn thành %d/%d" % (on_time + late, sum(f["above"])), "đúng hạn %02d, quá hạn %02d" % (on_time, late),
    "%02d nhiệm vụ trong hạn, %02d nhiệm vụ quá hạn" % (within, overdue)],
       [("Nhiệm vụ cấp trên giao đang theo dõi", sum(f["above"])), ("Đang thực hiện trong hạn", within)])
suite.end()
PYTHON
exit "$status"
