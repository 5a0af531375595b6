"""roll-up: what the units directly below sent in for the year, added up."""
import re

from claims import List
from values import Ratio

from reports.ratings import subordinate

FIRST = "year-end"
COLUMNS = {"grassroots": "units.grassroots", "cells": "cells.total", "members": "members.total", "target": "admitted.target",
           "admitted": "admitted.total", "disciplined": "discipline.total", "tasks": "tasks.total", "done": "tasks.done"}


class Sent:
    """The figures that each unit directly below sent of the year; each of its figures once, however many reports carry it."""

    def __init__(self, o):
        self.units = subordinate(o)
        self.figures = {}
        for row in o.all("figures"):
            whole_year = row.period.precision == "year" and row.period.first.year == o.year
            if whole_year and o.in_period(row.period) and row.org_id in self.units:
                self.figures.setdefault(row.org_id, {}).setdefault(row.report, []).append(row)
        self.sent = [code for code in self.units if code in self.figures]
        self.missing = [code for code in self.units if code not in self.figures]

    def named(self, code, name):
        """The value of the year-end report's figure of that name, or None."""
        for row in self.figures[code].get(FIRST, []):
            if row.name == name:
                return None if row.value is None else int(row.value)
        return None

    def known(self):
        """{figure: {unit: row}}: a figure is its words; the second one of the same words in a report is another figure."""
        found = {}
        for code in self.sent:
            reports = self.figures[code]
            for report in sorted(reports, key=lambda name: (name != FIRST, name)):
                times = {}
                for row in reports[report]:
                    stem = re.sub(r"_\d+$", "", row.name)
                    times[stem, row.figure] = times.get((stem, row.figure), 0) + 1
                    found.setdefault((stem, row.figure, times[stem, row.figure]), {}).setdefault(code, row)
        return found


def is_rate(row):
    return row.denominator is not None


def adds(row):
    """The workbook says of each of its figures whether it adds up; what is measured with decimals does not in any case."""
    return row.value is not None and not is_rate(row) and row.value == int(row.value) and row.adds == 1


def added(values):
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def quotient(part, whole):
    return None if part is None or whole is None else Ratio(part, whole, "0.0")


def claims(o, d):
    d.head(subject="tổng hợp số liệu của các đảng bộ trực thuộc năm %d" % o.year)
    if not o.has("figures"):
        d.say("Chưa có số liệu của cấp dưới.")
        return
    d.absent("Chưa có số liệu của cấp dưới.")
    it = Sent(o)
    d.say("Tổng hợp từ báo cáo năm {} của {} đảng bộ trực thuộc; số liệu của từng đơn vị lấy nguyên từ báo cáo đơn vị gửi.",
          str(o.year), len(it.sent))
    if it.missing:
        d.say("Chưa gửi báo cáo: {}.", List("{}", [o.name(code) for code in it.missing], "; ", any_order=True))
    else:
        d.absent("Chưa gửi báo cáo:")
    values = {code: {column: it.named(code, name) for column, name in COLUMNS.items()} for code in it.sent}
    whole = {column: added(of[column] for of in values.values()) for column in COLUMNS}
    line = lambda of: dict(of, rate=quotient(of["admitted"], of["target"]), done_rate=quotient(of["done"], of["tasks"]))
    rate = quotient(whole["admitted"], whole["target"])
    if rate is not None:
        rate.form = "0.0%"
    if not o.has("figures", "value"):
        d.mentions("Chưa có số liệu: cột Giá trị")
        return
    d.say("Toàn Đảng bộ có {} đảng viên; kết nạp {} đảng viên, đạt {} kế hoạch; thi hành kỷ luật {} đảng viên.", whole["members"],
          whole["admitted"], rate, whole["disciplined"])
    d.table("by_unit", [dict(line(values[code]), unit=o.name(code)) for code in it.sent], total=line(whole), ordered=False,
            groups={"target": "Kết nạp đảng viên", "admitted": "Kết nạp đảng viên", "tasks": "Nhiệm vụ", "done": "Nhiệm vụ"})
    sums, rates = [], []
    for (_, words, _), of in it.known().items():
        rows = list(of.values())
        if all(is_rate(row) for row in rows):
            top, base = sum(row.numerator for row in rows), sum(row.denominator for row in rows)
            rates.append({"figure": words, "units": len(rows), "top": top, "base": base, "rate": Ratio(top, base, "0.0")})
        elif all(adds(row) for row in rows):
            sums.append({"figure": words, "units": len(rows), "total": sum(int(row.value) for row in rows)})
    d.table("sums", sums, key=["figure", "units", "total"], ordered=False)
    d.table("rates", rates, key=["figure", "units", "top"], ordered=False)
