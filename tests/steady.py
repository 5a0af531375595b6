"""steady.py PROGRAM - the memory of a document must not grow with its rows, and every row must be in every format.

One ledger, so that all runs load the same; reports list 2,000 and 20,000 of its rows in two tables: one with a header of
two levels, a ratio and a total, one in groups with subtotals. What may grow is a few hundred bytes a row (places on pages,
heights of rows); as values in memory a row took several kilobytes. The workbook's details end at 20,000 rows and say so.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
import zipfile

import openpyxl

PROGRAM = os.path.abspath(sys.argv[1])
FEW, MANY, CAP, BYTES_A_ROW = 2000, 20000, 20000, 450
PEAK = """
import resource, subprocess, sys
status = subprocess.run(sys.argv[1:]).returncode
print(status, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
"""
LIST = """---
title: BÁO CÁO
subject: danh sách {{period.phrase}}
document: BC
period: year
---
```sql plain
SELECT plan_id, 'Phát triển số ' || plan_id AS subject, unit_name(org_id) AS unit, target, target * 2 AS twice,
       'Ghi chú về chỉ tiêu phát triển số ' || plan_id AS note
  FROM plans ORDER BY CAST(plan_id AS INTEGER) LIMIT ROWS / 2
```
```sql grouped
SELECT 'Khối ' || (CAST(plan_id AS INTEGER) / 500) AS block, plan_id, unit_name(org_id) AS unit, target
  FROM plans ORDER BY CAST(plan_id AS INTEGER) LIMIT ROWS / 2
```

# Danh sách

```table plain
caption = Danh sách chỉ tiêu
counter = TT
total = Tổng cộng
[plan_id]
label = Mã
[subject]
label = Chỉ tiêu
[unit]
label = Đơn vị
[target]
label = Giao
group = Số lượng
[twice]
label = Gấp đôi
group = Số lượng
[share]
label = Tỷ lệ (%)
ratio = target / sum(target)
format = 0.00
[note]
label = Ghi chú
```

```table grouped
caption = Danh sách theo khối
counter = TT
groups = block
subtotal = Cộng
total = Tổng cộng
[plan_id]
label = Mã
[unit]
label = Đơn vị
[target]
label = Giao
```
"""
FIGURE = """---
title: BÁO CÁO
subject: chỉ tiêu {{period.phrase}}
document: BC
period: year
details: all.n
---
```sql all
SELECT sum(n) AS n FROM plans_tally
```
Có {{all.n}} chỉ tiêu.
"""


def write_workspace(here):
    shutil.copytree("templates", here + "/templates", ignore=shutil.ignore_patterns("*.md"))
    os.chdir(here)
    os.makedirs("inputs")
    with open("inputs/organizations.csv", "w", encoding="utf-8") as file:
        file.write("Mã TCĐ,Tên tổ chức đảng,Loại hình tổ chức,Loại hình cơ sở,Mã cấp trên\n")
        file.write("T,Đảng bộ huyện Mẫu Sơn,Đảng bộ huyện,Cơ quan hành chính,\n")
        for unit in range(400):
            file.write(f"T.{unit},Đảng bộ xã Mẫu số {unit},Đảng bộ cơ sở,Xã,T\n")
    with open("inputs/plans.csv", "w", encoding="utf-8") as file:
        file.write("Mã kế hoạch,Tên chỉ tiêu,Năm,Mã đơn vị,Chỉ tiêu giao\n")
        for row in range(1, CAP + 2):
            file.write(f"{row},kết nạp,{1960 + row // 400},T.{row % 400},{1 + row % 5}\n")
    for name, text in (("few", LIST.replace("ROWS", str(FEW))), ("many", LIST.replace("ROWS", str(MANY))),
                       ("figure", FIGURE)):
        with open(f"templates/{name}.md", "w", encoding="utf-8") as file:
            file.write(text)


def peak(report):
    """The largest memory of the run in KiB."""
    made = subprocess.run(
        [sys.executable, "-c", PEAK, PROGRAM, "report", report, "--period", "2017", "--format", "pdf,xlsx,html", "--quiet"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=True)
    status, memory = made.stdout.split()
    assert status == "0", f"the report {report} ends with status {status}"
    return int(memory)


def wanted(rows):
    """Of the first table: plan, target; and their sum."""
    targets = [1 + row % 5 for row in range(1, rows + 1)]
    return {row: target for row, target in enumerate(targets, 1)}, sum(targets)


def look_at_workbook(path, rows):
    targets, total = wanted(rows)
    with zipfile.ZipFile(path) as parts:
        assert any(name.startswith("xl/tables/") for name in parts.namelist()), "no table with filters"
        formula = f"<f>SUM(E4:E{3 + rows})</f><v>{total}</v>"
        assert formula in parts.read("xl/worksheets/sheet2.xml").decode(), f"no {formula}"
    values = openpyxl.load_workbook(path, read_only=True, data_only=True)
    plain = list(values["Bảng 1"].iter_rows(min_row=4, values_only=True))
    assert [row[4] for row in plain[:3]] == [targets[1], targets[2], targets[3]], plain[:3]
    assert {int(row[1]): row[4] for row in plain[:rows]} == targets, "rows of the first table"
    assert plain[rows][1] == "Tổng cộng" and plain[rows][4] == total and plain[rows][5] == 2 * total, plain[rows]
    grouped = list(values["Bảng 2"].iter_rows(min_row=3, values_only=True))
    assert sum(row[3] for row in grouped if row[1] == "Cộng") == total, "subtotals"
    assert sum(1 for row in grouped if isinstance(row[0], int)) == rows, "rows of the second table"
    assert grouped[-1][1] == "Tổng cộng" and grouped[-1][3] == total, grouped[-1]


def look_at_page(path, rows):
    with open(path, encoding="utf-8") as file:
        page = file.read()
    assert page.endswith("</html>\n"), "the page is cut"
    found = re.findall(r">Ghi chú về chỉ tiêu phát triển số (\d+)<", page)
    assert found == [str(row) for row in range(1, rows + 1)], "rows of the page"


def look_at_print(path, rows):
    text = subprocess.run(["pdftotext", "-layout", path, "-"], stdout=subprocess.PIPE, text=True, check=True).stdout
    # The counter and the plan stand beside each other in both tables.
    found = [int(number) for number, plan in re.findall(r"^ *(\d[\d.]*) +(\d+)\b", text.replace(".", ""), re.M) if number == plan]
    assert set(range(1, rows + 1)) <= set(found), f"{rows - len(set(found))} rows are not printed"
    subprocess.run(["qpdf", "--check", path], stdout=subprocess.DEVNULL, check=True)


def look_at_details(path):
    rows = list(openpyxl.load_workbook(path, read_only=True)["Chi tiết 1"].iter_rows(values_only=True))
    assert f"{CAP} dòng đầu trong số {CAP + 1} dòng" in rows[0][0], rows[0]
    assert len(rows) == CAP + 2 and rows[-1][2] == CAP + 1, (len(rows), rows[-1])


def say(name, problem, figures=""):
    print(f"FAILED steady: {name}: {problem}" if problem else f"ok steady: {name}{figures}")
    return bool(problem)


def tried(name, look, *arguments):
    try:
        look(*arguments)
    except AssertionError as error:
        return say(name, str(error) or "differs")
    return say(name, None)


def main():
    warnings.filterwarnings("ignore", message=".*extension is not supported.*")
    here = tempfile.mkdtemp()
    try:
        write_workspace(here)
        few, many, figure = peak("few"), peak("many"), peak("figure")
        most = few + BYTES_A_ROW * (MANY - FEW) // 1024
        figures = f" ({few} KiB for {FEW} rows, {many} for {MANY}, {figure} for {CAP} rows of details)"
        failed = say("memory", many > most and f"more than {most} KiB{figures}", figures)
        failed |= say("memory of details", figure > most and f"more than {most} KiB{figures}")
        for report, rows in (("few", FEW // 2), ("many", MANY // 2)):
            failed |= tried(f"{report}, workbook", look_at_workbook, f"outputs/2017/{report}.xlsx", rows)
            failed |= tried(f"{report}, page for browsers", look_at_page, f"outputs/2017/{report}.html", rows)
            failed |= tried(f"{report}, print", look_at_print, f"outputs/2017/{report}.pdf", rows)
        failed |= tried("details end at their limit and say so", look_at_details, "outputs/2017/figure.xlsx")
    finally:
        shutil.rmtree(here)
    return failed


sys.exit(main())
