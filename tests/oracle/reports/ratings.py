"""ratings: how party organizations were rated. rated() is in the year-end report too."""
from claims import List, Piece
from reports.pieces import UNKNOWN_WORDS
from values import Ratio, UNKNOWN

GRADES = ["HTXSNV", "HTTNV", "HTNV", "KHTNV"]
COLUMNS = dict(zip(("best", "good", "fair", "poor"), GRADES))


def subordinate(o):
    """The party organizations directly below the one reported on, of day T, in the order of the ledger of units."""
    found = []
    for code, row in o.workspace.units.items():
        line = o.above(code)
        if code in line and len(line) > 1 and line[1] == o.top and row.kind != "CQ":
            found.append(code)
    return found


class Ratings:
    def __init__(self, o):
        self.o = o
        self.units = subordinate(o)
        self.order = {code: number for number, code in enumerate(self.units)}

    def exists(self, row):
        """A rating is of its year; while that year runs, what was decided by day T."""
        if row.year != self.o.T.year or (self.o.T.month, self.o.T.day) == (12, 31):
            return row.year <= self.o.T.year
        return row.decision_date is not None and row.decision_date.last <= self.o.T

    def of_committee(self, year):
        """The row of the unit itself; a blank unit is the whole office."""
        for row in self.o.all("ratings"):
            if row.year == year and self.exists(row) and (row.org_id == self.o.top or (row.org_id is None and self.o.whole())):
                return row
        return None

    def of_units(self, year):
        found = [row for row in self.o.all("ratings") if row.year == year and self.exists(row) and row.org_id in self.order]
        return sorted(found, key=lambda row: (GRADES.index(row.rating), self.order[row.org_id]))

    def years(self):
        return sorted({row.year for row in self.o.all("ratings") if row.year <= self.o.year
                       and (self.of_committee(row.year) or self.of_units(row.year))})


def rated(o, d):
    """The sentences on ratings; the ratings are returned."""
    it, words = Ratings(o), o.words("rating")
    it.now, own = it.of_units(o.year), it.of_committee(o.year)
    for label in [check.label for check in d.document.checks if check.label.startswith("Xếp loại: số đơn vị được xếp loại = ")]:
        d.check(label, len(it.units) if it.now else 0, len(it.now))
    if own:
        d.say("{} được {} xếp loại {}{}.", o.name(o.top), own.rater, words.label(own.rating),
              Piece(" ({})", own.decision_no) if own.decision_no else Piece(""))
    else:
        d.absent("được {} xếp loại")
    if not o.has("ratings"):
        d.mentions("Chưa có số liệu: Sổ xếp loại tổ chức đảng")
    elif not o.has("ratings", "org_id"):
        d.mentions("Chưa có số liệu: cột Đơn vị")
    elif it.now:
        d.say("Xếp loại {} đơn vị trực thuộc: {}.", len(it.now),
              List("{} {} ({})", [(words.label(grade), n, Ratio(n, len(it.now))) for grade, n in graded(it.now)]))
    else:
        d.absent("đơn vị trực thuộc:")
    return it


def graded(rows):
    """[(grade, how many)], the best one first, also those that nobody has."""
    return [(grade, sum(row.rating == grade for row in rows)) for grade in GRADES]


def comparable(o):
    """Whether ratings were kept in the year before."""
    return any(row.year <= o.year - 1 for row in o.all("ratings"))


def claims(o, d):
    d.head(subject="kết quả xếp loại tổ chức đảng " + o.phrase)
    it, words = rated(o, d), o.words("rating")
    poor = [row for row in it.now if row.rating == "KHTNV"]
    if poor:
        d.say("Đơn vị không hoàn thành nhiệm vụ: {}.", List("{}", [o.name(row.org_id) for row in poor], "; ", any_order=True))
    else:
        d.absent("Đơn vị không hoàn thành nhiệm vụ")
    if it.now:
        before = it.of_units(o.year - 1)
        old = dict(graded(before))
        rows = []
        for grade, n in graded(it.now):
            row = {"rating": words.titled(grade), "units": n, "share": Ratio(n, len(it.now), "0.0")}
            if comparable(o):
                row.update(before=old[grade], share_before=Ratio(old[grade], len(before), "0.0"))
            rows.append(row)
        total = {"units": len(it.now), "share": Ratio(len(it.now), len(it.now), "0.0")}
        groups = {"units": "Năm %d" % o.year, "share": "Năm %d" % o.year}
        if comparable(o):
            total.update(before=len(before), share_before=Ratio(len(before), len(before), "0.0"))
            groups.update(before="Năm %d" % (o.year - 1), share_before="Năm %d" % (o.year - 1))
        d.table("ratings_by_grade", rows, total=total, groups=groups)
    years = it.years()
    if not o.has("ratings", "org_id"):  # which unit a grade is of is not known: the passage on units says so, and their years may be left out
        d.mentions(UNKNOWN_WORDS)
    if years and (o.has("ratings", "org_id") or d.document.table("over_years")):
        rows = []
        for year in years:
            own, units = it.of_committee(year), dict(graded(it.of_units(year)))
            rows.append(dict({column: units[grade] if o.has("ratings", "org_id") else UNKNOWN for column, grade in COLUMNS.items()}, year=str(year),
                             committee=words.label(own.rating) if own else None, rater=own.rater if own else None))
        d.table("over_years", rows)
    if it.now:
        d.table("list", [{"unit": o.name(row.org_id), "rating": words.titled(row.rating), "decision": row.decision_no} for row in it.now])
