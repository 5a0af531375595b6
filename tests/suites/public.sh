#!/bin/sh
# public.sh - the public version, in every format, holds nothing of what its settings keep back.
. tests/common.sh

make_all() { # audience, periods: every report that has a version for that audience, in all formats, without a complaint
    for period in $2; do
        "$tongket" report --quiet --period "$period" --skip-empty --output "$scratch/made" --format pdf,xlsx,html,tree --audience "$1" 2>"$scratch/said"
        verdict "$period, $1, ends with status 0" $? "$scratch/said"
    done
}
make_all public "$(cat tests/periods)"
make_all internal "2014 2014-11 2017 2017-H2"
find "$scratch/made" -name '*.pdf' | while read -r file; do pdftotext -raw "$file" "$file.text"; done
"$python" - "$scratch/made" inputs/discipline.csv <<'PYTHON' || status=1
import csv, glob, io, re, sys, warnings, zipfile

import openpyxl, openpyxl.utils
from report import Suite

warnings.simplefilter("ignore")  # extensions that openpyxl does not keep

folder, ledger, suite = sys.argv[1], sys.argv[2], Suite("public")

def contents(path):
    """All that a program could find in the file."""
    if path.endswith(".xlsx"):
        with zipfile.ZipFile(path) as book:
            return "\n".join(book.read(part).decode("utf-8") for part in book.namelist())
    if path.endswith(".pdf"):
        return " ".join(open(path + ".text", encoding="utf-8").read().split())
    return open(path, encoding="utf-8").read()

rows = list(csv.reader(io.open(ledger, encoding="utf-8-sig")))
head = next(i for i, row in enumerate(rows) if "Họ và tên" in row)
names = [name.strip() for name in rows[head]]
cases = [dict(zip(names, row)) for row in rows[head + 1:] if len(row) > 5 and row[names.index("Họ và tên")].strip()]
told = lambda case: case["Công khai"].strip() not in ("", "0", "không") and not re.search("khiếu nại|thu hồi|hủy", case["Hiệu lực"].lower())
shown = {case["Họ và tên"].strip() for case in cases if told(case)}
kept_back = {case["Họ và tên"].strip() for case in cases} - shown
violations = {case["Nội dung vi phạm"].strip() for case in cases if len(case["Nội dung vi phạm"].strip()) > 25}
violations -= {case["Nội dung công khai"].strip() for case in cases}
suite.report("the ledger has cases to keep back", [] if kept_back and shown else ["%d kept back, %d shown" % (len(kept_back), len(shown))])

# Everybody whom a column names that is not public.
PERSON = re.compile(r"(?i)họ và tên|người|cán bộ|đồng chí")
people = set()
for schema in glob.glob("templates/ledgers/*.ini"):
    fields = re.findall(r"^\[[a-z_]+\]\n((?:[^\[\n].*\n)*)", open(schema, encoding="utf-8").read(), re.M)
    private = {re.search(r"^label = (.*)$", field, re.M)[1] for field in fields
               if PERSON.search((re.search(r"^label = (.*)$", field, re.M) or [0, ""])[1]) and "public = yes" not in field}
    for path in glob.glob("inputs/*.csv") if private else []:
        text = io.open(path, encoding="utf-8-sig").read()
        lines = list(csv.reader(io.StringIO(text), delimiter=max(",;", key=text.count)))
        top = next((i for i, line in enumerate(lines) if len(private.intersection(map(str.strip, line)))), None)
        for column in [i for i, cell in enumerate(lines[top]) if cell.strip() in private] if top is not None else []:
            for line in lines[top + 1:]:
                for person in re.split(r"[;,]", line[column]) if column < len(line) else []:
                    if len(person.split()) > 2 and person.strip().istitle():
                        people.add(person.strip())
signer = re.findall(r"=\s*(.*)", open("inputs/office.ini", encoding="utf-8").read())
people -= shown.union(map(str.strip, signer))
suite.report("the ledgers name people whom the public must not find", [] if len(people) > 1000 else ["only %d" % len(people)])

made = [path for path in glob.glob(folder + "/*/public/*") if re.search(r"\.(pdf|xlsx|html|tree)$", path)]
suite.report("all formats were made", [] if len(made) >= 14 else made)
for path in sorted(made):
    text, name = contents(path), path[len(folder) + 1:]
    problems = ["names " + person for person in kept_back if person in text]
    problems += ["tells " + violation for violation in violations if violation in text]
    problems += ["holds " + word for word in ("Đối chiếu số liệu", "Nguồn số liệu", "Chi tiết ", "inputs/", "SHA-256") if word in text]
    for person in sorted(shown, key=len, reverse=True):  # others may be called the same but for a last word
        text = text.replace(person, "")
    problems += ["names " + person for person in people if person in text]
    suite.report(name + " keeps back what it must", problems)

# A hidden count is in no file: neither as a cell, nor in a chart's cache, nor in a formula or a named range.
public, internal = (open("%s/2017/%syear-end.tree" % (folder, part), encoding="utf-8").read() for part in ("public/", ""))
form = re.compile(r'form text "Cảnh cáo" "Cảnh cáo"\n\s+members (\w+)')
suite.report("a small count is hidden in public, told in the office", [] if form.search(public)[1] == "hidden" and form.search(internal)[1] == "integer" else [form.search(public)[0]])
with zipfile.ZipFile(folder + "/2017/public/year-end.xlsx") as book:
    sheets = [book.read(part).decode() for part in book.namelist() if part.startswith("xl/worksheets/sheet") or part.startswith("xl/charts/chart")]
    strings = re.findall(r"<si><t[^>]*>(.*?)</t></si>", book.read("xl/sharedStrings.xml").decode())
hidden = strings.index("(*)") if "(*)" in strings else -1
marked = [sheet for sheet in sheets if "<v>%d</v>" % hidden in sheet and "Cảnh cáo" in "".join(strings)]
problems, seen = [], 0
for sheet in marked:
    cells = set(re.findall(r'<c r="([A-Z]+\d+)"[^>]*t="s"><v>%d</v>' % hidden, sheet))
    seen += len(cells)
    for formula in re.findall(r"<f>(.*?)</f>", sheet):
        for first, top, last, bottom in re.findall(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?", formula):
            inside = {"%s%d" % (first, row) for row in range(int(top), int(bottom or top) + 1)}
            problems += ["%s reaches over %s" % (formula, cell) for cell in inside & cells]
suite.report("no formula of the workbook reaches over what is hidden", problems or ([] if seen > 5 else ["only %d hidden cells were found" % seen]))

# The rows behind a figure: as many as it counts, each found where it says it stands; a link leads there.
def text_of(cell):
    return "" if cell is None else str(cell)

for path, figures in (("2014/year-end", ("admitted.total", "changes.gone", "moves_total.total", "tasks.overdue")),
                      ("2017-H2/discipline-bulletin", ("tally.total",)),
                      ("2014-11/monthly-tasks", ("given.total", "tasks.done", "tasks.overdue"))):
    book, problems = openpyxl.load_workbook("%s/%s.xlsx" % (folder, path)), []
    summary = list(book["Tóm tắt"].iter_rows())
    area = book["Tóm tắt"].print_area  # a list or a text, by openpyxl's version
    last = openpyxl.utils.range_boundaries((area if isinstance(area, str) else area[0]).rsplit("!", 1)[-1])[2]
    problems += ["%s is not all on paper" % merged for merged in book["Tóm tắt"].merged_cells.ranges if merged.max_col > last]
    head = next(row for row in summary if "Tên ô" in [cell.value for cell in row])
    column = {cell.value: cell.column - 1 for cell in head}
    for figure in figures:
        row = next((row for row in summary if row[column["Tên ô"]].value == figure), None)
        lead = row and row[column["Chi tiết"]]
        if not lead or not lead.value or not lead.hyperlink:
            problems.append("no link from " + figure)
            continue
        lines = list(book[lead.value].iter_rows(values_only=True))
        at = next(i for i, line in enumerate(lines) if line[0] == "Tệp")
        rows = lines[at + 1:]
        if len(rows) != row[column["Giá trị"]].value:
            problems.append("%s counts %s, %d rows are listed" % (figure, row[column["Giá trị"]].value, len(rows)))
        problems += ["a code for its label: %s" % cell for row in rows for cell in row if re.match("(DVIEN|DQ|VC|ND)(;|$)", text_of(cell))]
        if any(book[lead.value].cell(at + 2 + i, 3).number_format != "[$-42A]0" for i in range(len(rows))):
            problems.append("the numbers of rows look like counts")
        for line in rows[:3] + rows[-3:]:
            source = io.open(line[0], encoding="utf-8-sig").read().split("\n")[line[2] - 1]
            if not any(key and text_of(key) in source for key in line[3:5]):
                problems.append("%s:%s does not hold %s" % (line[0], line[2], line[3]))
    suite.report(path + " lists the rows behind its figures", problems)
suite.end()
PYTHON
"$tongket" explain year-end discipline_posts.members --period 2017 --audience public >"$scratch/said" 2>/dev/null
[ $? -eq 2 ] && [ ! -s "$scratch/said" ]
verdict "explain names no rows to the public" $? "$scratch/said"
exit "$status"
