#!/bin/sh
# public.sh - the public version, in every format, holds nothing of what its settings keep back.
set -u
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tongket=$PWD/build/careful/tongket
status=0
for period in 2014 2017 2017-H2; do
    for audience in public internal; do
        "$tongket" report --quiet --period "$period" --output "$scratch/made" --format pdf,xlsx,html,tree --audience "$audience" 2>"$scratch/said" ||
            { status=1 && echo "FAILED public: $period, $audience" && sed 's/^/    /' "$scratch/said"; }
    done
done
find "$scratch/made" -name '*.pdf' | while read -r file; do pdftotext "$file" "$file.text"; done
python3 - "$scratch/made" inputs/discipline.csv <<'PYTHON' || status=1
import csv, glob, io, os, re, sys, zipfile

folder, ledger, failed = sys.argv[1], sys.argv[2], 0

def report(name, problems):
    global failed
    failed += bool(problems)
    print(("FAILED public: " if problems else "ok public: ") + name)
    for problem in problems[:20]:
        print("    " + problem)

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
report("the ledger has cases to keep back", [] if kept_back and shown else ["%d kept back, %d shown" % (len(kept_back), len(shown))])

made = [path for path in glob.glob(folder + "/*/public/*") if re.search(r"\.(pdf|xlsx|html|tree)$", path)]
report("all formats were made", [] if len(made) >= 14 else made)
for path in sorted(made):
    text, name = contents(path), path[len(folder) + 1:]
    problems = ["names " + person for person in kept_back if person in text]
    problems += ["tells " + violation for violation in violations if violation in text]
    problems += ["holds " + word for word in ("Đối chiếu", "Nguồn số liệu", "inputs/", "SHA-256") if word in text]
    report(name + " keeps back what it must", problems)

# A hidden count is in no file: neither as a cell, nor in a chart's cache, nor in a formula or a named range.
public, internal = (open("%s/2017/%syear-end.tree" % (folder, part), encoding="utf-8").read() for part in ("public/", ""))
form = re.compile(r'form text "Cảnh cáo" "Cảnh cáo"\n\s+members (\w+)')
report("a small count is hidden in public, told in the office", [] if form.search(public)[1] == "hidden" and form.search(internal)[1] == "integer" else [form.search(public)[0]])
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
report("no formula of the workbook reaches over what is hidden", problems or ([] if seen > 5 else ["only %d hidden cells were found" % seen]))
sys.exit(failed > 0)
PYTHON
"$tongket" explain year-end discipline_posts.members --period 2017 --audience public >"$scratch/said" 2>/dev/null
if [ $? -eq 2 ] && [ ! -s "$scratch/said" ]; then
    echo "ok public: explain names no rows to the public"
else
    status=1
    echo "FAILED public: explain names rows to the public"
fi
exit "$status"
