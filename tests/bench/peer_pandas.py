#!/usr/bin/env python3
"""peer_pandas.py INPUTS OUT - the half-year report of the bench as an analyst would script it: pandas, XlsxWriter, ReportLab.

No cell is checked here; tongket checks each. Without pandas, XlsxWriter and ReportLab: status 77.
"""
import os
import sys

try:
    import pandas
    import reportlab.pdfbase.pdfmetrics
    import reportlab.pdfbase.ttfonts
    from reportlab.platypus import LongTable, SimpleDocTemplate
    import xlsxwriter  # noqa: F401 (the engine below)
except ImportError:
    sys.exit(77)

inputs, out = sys.argv[1], sys.argv[2]
START, END = pandas.Timestamp(2025, 1, 1), pandas.Timestamp(2025, 6, 30)


def read(name, dates=(), columns=None):
    table = pandas.read_csv(os.path.join(inputs, name + ".csv"), dtype=str, keep_default_na=False, usecols=columns)
    for date in dates:
        table[date] = pandas.to_datetime(table[date], format="%d/%m/%Y", errors="coerce")
    return table


def inside(dates):
    return (dates >= START) & (dates <= END)


units = read("organizations")
above = dict(zip(units.code, units.parent_code))
top = {}
for code in units.code:
    at = code
    while above[at] and above[above[at]]:
        at = above[at]
    top[code] = at
members = read("members", ["admission_date"], ["sex", "ethnicity", "org_code", "admission_date", "education", "status"])
tasks = read("tasks", ["assigned_date", "due_date", "completed_date"],
             ["org_code", "assigned_date", "due_date", "completed_date"])
discipline, moves, plans = read("discipline", ["decision_date"]), read("rotations", ["decision_date"]), read("plans")
tables = {}
tables["discipline"] = pandas.crosstab(discipline.form[inside(discipline.decision_date)], discipline.position_level)
joined = members.org_code[inside(members.admission_date)].map(top).value_counts()
target = plans.target.astype(int).groupby(plans.org_code.map(top)).sum()
tables["admissions"] = pandas.DataFrame({"admitted": joined, "target": target}).fillna(0).astype(int)
tables["rotations"] = moves.kind[inside(moves.decision_date)].value_counts().to_frame("moves")
tasks = tasks[inside(tasks.assigned_date)]
done = tasks.completed_date <= END
flags = pandas.DataFrame({"assigned": True, "on_time": done & (tasks.completed_date <= tasks.due_date),
                          "late": done & (tasks.completed_date > tasks.due_date), "progress": ~done & (tasks.due_date >= END),
                          "overdue": ~done & (tasks.due_date < END)})
tables["tasks"] = flags.groupby(tasks.org_code.map(top)).sum()
active = members[~members.status.isin(["Chuyển đi"])]
flags = pandas.DataFrame({"total": True, "women": active.sex == "Nữ", "minority": active.ethnicity != "Kinh",
                          "degree": active.education == "Đại học"})
tables["members"] = flags.groupby(active.org_code.map(dict(zip(units.code, units.type)))).sum()

with pandas.ExcelWriter(os.path.join(out, "report.xlsx"), engine="xlsxwriter") as book:
    for name, table in tables.items():
        table.to_excel(book, sheet_name=name)
    chart = book.book.add_chart({"type": "column"})
    chart.add_series({"values": "=rotations!$B$2:$B$7"})
    book.sheets["rotations"].insert_chart("D2", chart)
font = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf"
reportlab.pdfbase.pdfmetrics.registerFont(reportlab.pdfbase.ttfonts.TTFont("Serif", font))
story = [LongTable([[""] + list(map(str, table.columns))] + [[str(index)] + list(map(str, row)) for index, row in zip(table.index, table.values)],
                   repeatRows=1, style=[("FONTNAME", (0, 0), (-1, -1), "Serif"), ("GRID", (0, 0), (-1, -1), 0.5, "black")])
         for table in tables.values()]
SimpleDocTemplate(os.path.join(out, "report.pdf")).build(story)
