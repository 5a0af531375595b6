"""inspections: delegations of inspection and supervision, and whom they looked at. inspected() is in other reports too."""
from claims import List, Piece
from values import Change

from reports.counting import by_code, check_if_any
from reports.kept import inspection_part


def delegations(rows):
    """A delegation is named by its name, the number of its decision and its day: numbers begin anew in each office and year."""
    return {(row.delegation, row.decision_no, row.decision_date): row for row in rows}


def subjects(rows):
    """(organizations, persons) looked at."""
    return sum(row.subject_kind == "TC" for row in rows), sum(row.subject_kind == "DV" for row in rows)


class Inspections:
    def __init__(self, o):
        self.rows = o.during("inspections", "decision_date")
        self.number = len(delegations(self.rows))
        self.organizations, self.persons = subjects(self.rows)
        self.surprise = len(delegations([row for row in self.rows if row.surprise]))
        self.violations = sum(1 for row in self.rows if row.violation)
        self.before = None
        if o.comparable("inspections", "decision_date"):
            self.before = len(delegations(o.during_before("inspections", "decision_date")))
        self.kinds = by_code(self.rows, "kind", o.words("inspection-kind"))


def checks(d, it):
    check_if_any(d, "Kiểm tra, giám sát: số đoàn theo hình thức cộng lại = tổng số đoàn", it.number,
                sum(len(delegations(rows)) for _, rows in it.kinds))
    check_if_any(d, "Kiểm tra, giám sát: tổ chức + đảng viên = số đối tượng", len(it.rows), it.organizations + it.persons)


def inspected(o, d):
    """The sentences on inspection; nothing is returned where no delegation was sent."""
    it, kinds = Inspections(o), o.words("inspection-kind")
    checks(d, it)
    if not it.number:
        d.absent("đoàn kiểm tra, giám sát")
        return None
    change = Piece(" ({} so với {})", Change(it.number, it.before), o.previous_phrase) if it.before else Piece("")
    d.say("Tổ chức {} đoàn kiểm tra, giám sát{} đối với {} tổ chức đảng và {} đảng viên, gồm: {}.", it.number, change,
          it.organizations, it.persons,
          List("{} {} đoàn ({} tổ chức, {} đảng viên)",
               [(kinds.label(code), len(delegations(rows)), *subjects(rows)) for code, rows in it.kinds], "; "))
    if it.surprise:
        d.say("Trong đó kiểm tra đột xuất {} đoàn.", it.surprise)
    else:
        d.absent("Trong đó kiểm tra đột xuất")
    if it.violations:
        d.say("Qua kiểm tra phát hiện {} trường hợp có vi phạm.", it.violations)
    else:
        d.absent("Qua kiểm tra phát hiện")
    return it


def kinds_table(o, d, it):
    kinds = o.words("inspection-kind")
    line = lambda rows: dict(zip(("organizations", "persons"), subjects(rows)), delegations=len(delegations(rows)))
    d.table("inspections_by_kind",
            [dict(line(rows), kind=kinds.titled(code), violations=sum(1 for row in rows if row.violation)) for code, rows in it.kinds],
            total=dict(line(it.rows), violations=it.violations),
            groups={"organizations": "Đối tượng", "persons": "Đối tượng"})


def claims(o, d):
    d.head(subject="kết quả công tác kiểm tra, giám sát " + o.phrase)
    it = inspected(o, d)
    if not inspection_part(o, d, it):
        return
    kinds_table(o, d, it)
    kinds, bodies = o.words("inspection-kind"), o.words("lead-body")
    d.chart("inspections_by_kind", [kinds.titled(code) for code, _ in it.kinds],
            {"Tổ chức đảng": [subjects(rows)[0] for _, rows in it.kinds], "Đảng viên": [subjects(rows)[1] for _, rows in it.kinds]})
    line = lambda rows: dict(zip(("organizations", "persons"), subjects(rows)), delegations=len(delegations(rows)))
    d.table("inspections_by_lead",
            [dict(line(rows), lead=bodies.titled(code) if code else "Không ghi") for code, rows in by_code(it.rows, "lead_body", bodies)],
            total=line(it.rows), ordered=False)
    found = {}
    for row in it.rows:
        found.setdefault((row.delegation, row.decision_no, row.decision_date), []).append(row)
    listed = []
    for (name, number, day), rows in found.items():
        theme = next((row.theme for row in rows if row.theme), "")
        listed.append({"decision": number, "day": day, "delegation": name, "kind": kinds.titled(rows[0].kind),
                       "theme": theme[:1].upper() + theme[1:], "organizations": subjects(rows)[0], "persons": subjects(rows)[1]})
    d.table("delegation_list", listed, total={"organizations": it.organizations, "persons": it.persons},
            key=["decision", "day", "delegation"], ordered=False)
