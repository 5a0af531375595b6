"""cell-meetings: committee members at the meetings of the cells given to them. attendance() is in the year-end report too."""
from datetime import date

import spans
from values import Ratio

from reports.counting import check_if_any

STATES = {"attended": "DU", "excused": "VCP", "absent": "VKP"}


def people(o, rows):
    """{person: rows}. A person is a card number; a row without one is the only person of that name, where there is only one."""
    numbers = {}
    for row in o.all("cell_meetings"):
        if row.member_id:
            numbers.setdefault(row.full_name, set()).add(row.member_id)
    found = {}
    for row in rows:
        known = numbers.get(row.full_name, set())
        person = row.member_id or (next(iter(known)) if len(known) == 1 else row.full_name)
        found.setdefault(person, []).append(row)
    return found


def counted(rows):
    return dict({name: sum(row.attended == code for row in rows) for name, code in STATES.items()}, assigned=len(rows))


class Meetings:
    def __init__(self, o):
        self.rows = o.during("cell_meetings", "month")
        self.counts = counted(self.rows)
        self.people = people(o, self.rows)
        self.cells = {row.org_id for row in self.rows}


def attendance(o, d):
    """The sentence on attendance; nothing is returned where nobody was given a cell."""
    it = Meetings(o)
    c = it.counts
    check_if_any(d, "Dự sinh hoạt chi bộ: có dự + vắng có lý do + vắng không lý do = số lượt phân công", len(it.rows),
                c["attended"] + c["excused"] + c["absent"])
    if not it.rows:
        d.absent("cấp ủy viên phụ trách")
        return None
    d.say("Phân công {} cấp ủy viên phụ trách {} chi bộ; dự sinh hoạt {}/{} lượt ({}), vắng có lý do {}, vắng không lý do {}.",
          len(it.people), len(it.cells), c["attended"], c["assigned"], Ratio(c["attended"], c["assigned"]), c["excused"], c["absent"])
    return it


def claims(o, d):
    d.head(subject="việc cấp ủy viên dự sinh hoạt chi bộ được phân công phụ trách " + o.phrase)
    it = attendance(o, d)
    if not it:
        d.say("Trong kỳ chưa có số liệu theo dõi.")
        return
    d.absent("Trong kỳ chưa có số liệu theo dõi.")
    missing = sum(1 for rows in it.people.values() if any(row.attended == "VKP" for row in rows))
    if missing:
        d.say("Có {} cấp ủy viên vắng không lý do ít nhất một lần.", missing)
    else:
        d.absent("cấp ủy viên vắng không lý do ít nhất một lần")
    # The months of the period that have begun by T.
    months, day = [], date(o.start.year, o.start.month, 1)
    while day <= o.T:
        last = spans.month_end(day.year, day.month)
        months.append(("T%d" % day.month, [row for row in it.rows if row.month.within(day, last)]))
        day = spans.add_months(day, 1)
    d.chart("by_month", [name for name, _ in months],
            {"Phân công": [len(rows) for _, rows in months], "Có dự": [counted(rows)["attended"] for _, rows in months]})
    rows = []
    for person, met in it.people.items():
        for cell in {row.org_id: None for row in met}:
            here = [row for row in met if row.org_id == cell]
            c = counted(here)
            rows.append(dict(c, name=here[0].full_name, cell=o.name(cell), rate=Ratio(c["attended"], c["assigned"], "0.0")))
    c = it.counts
    d.table("by_person", rows, total=dict(c, rate=Ratio(c["attended"], c["assigned"], "0.0")), key=["name", "cell", "assigned", "attended"],
            ordered=False, groups={"excused": "Vắng", "absent": "Vắng"})
