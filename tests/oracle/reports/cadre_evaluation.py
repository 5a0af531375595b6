"""The grades of a month. The limit of grade A is a unit's own, else that of the whole office; both are the year's plan."""
from decimal import Decimal

from claims import List, Piece
from reports.kept import settled
from values import Change, NOT_COMPARABLE, Number, Ratio, Said, TableNumber, UNKNOWN
import spans

GRADES = ("A", "B", "C", "D")
OVER = Said("vượt tỷ lệ", ("vượt",))


def month_before(o):
    year, month = (o.year, int(o.period.name[5:]) - 1) if o.period.name[5:] != "01" else (o.year - 1, 12)
    return spans.Period("%04d-%02d" % (year, month), o.workspace.windows)


def quota_of(o, code):
    """(limit of a unit or None, whether it is its own)"""
    rows = [row for row in o.all("plans") if row.indicator == "TLA" and row.year == o.year and row.period_type == "NAM"]
    own = [row.target for row in rows if code is not None and row.org_id == code]
    common = [row.target for row in rows if row.org_id is None] or [row.target for row in rows if row.org_id in o.workspace.roots()]
    return (own or common or [None])[0]


def number(value):
    return value if value is None or isinstance(value, int) else int(value) if value == int(value) else Number(value)


def claims(o, d):
    nothing = "Trong tháng chưa có số liệu đánh giá, xếp loại cán bộ."
    if not o.has("monthly_ratings"):
        d.say(nothing)
        d.check("Loại A + B + C + D = số cán bộ được đánh giá", 0, 0)
        return
    rated = o.during("monthly_ratings", "month")
    earlier = month_before(o)
    before = [row for row in o.rows("monthly_ratings") if row.month.within(earlier.first, earlier.last) is True]
    since = o.since("monthly_ratings", "month")
    comparable = since is not None and since <= earlier.first
    grades = o.words("grade")
    d.check("Loại A + B + C + D = số cán bộ được đánh giá", len(rated), len(rated))
    if not rated:
        d.say(nothing)
        return
    d.absent(nothing)
    units = {}
    for row in rated:
        units.setdefault(settled(o, row.org_id), []).append(row)

    def of(grade, rows):
        return sum(row.grade == grade for row in rows)

    lowered = sum(row.self_grade is not None and grades.rank(row.grade) > grades.rank(row.self_grade) for row in rated)
    raised = sum(row.self_grade is not None and grades.rank(row.grade) < grades.rank(row.self_grade) for row in rated)
    if not o.has("monthly_ratings", "self_grade"):
        lowered = raised = UNKNOWN
    a = of("A", rated)
    d.say("Có {} đơn vị đánh giá {} cán bộ: {}. Cán bộ loại A {} so với {}. Xếp loại được duyệt thấp hơn tự xếp loại {} trường hợp, "
          "cao hơn {} trường hợp.", len(units), len(rated),
          List("{} {} ({})", [(grades.label(grade), of(grade, rated), Ratio(of(grade, rated), len(rated))) for grade in GRADES]),
          Change(a, of("A", before)) if comparable else NOT_COMPARABLE, earlier.phrase, lowered, raised)

    def sizes(now, then):
        row = {"people": now, "share": Ratio(now, len(rated), "0.0")}
        return dict(row, before=then, share_before=Ratio(then, len(before), "0.0")) if comparable else row

    d.table("by_grade", [dict(sizes(of(grade, rated), of(grade, before)), grade=grades.titled(grade)) for grade in GRADES],
            sizes(len(rated), len(before)))

    limits = {code: quota_of(o, code) for code in units}
    over = [code for code, rows in units.items() if limits[code] is not None and of("A", rows) * 100 > limits[code] * len(rows)]
    common = quota_of(o, None)
    nobody, no_limit = "Không có đơn vị vượt tỷ lệ.", "Chưa giao tỷ lệ loại A nên chưa kiểm tra được tỷ lệ."
    if common is not None:
        d.say("Tỷ lệ cán bộ loại A tối đa là {}%, trừ đơn vị được giao tỷ lệ riêng (Bảng {}).", number(common), TableNumber("by_unit"))
        d.absent(no_limit)
    elif any(limit is not None for limit in limits.values()):
        d.say("chỉ có tỷ lệ giao riêng cho từng đơn vị (Bảng {}).", TableNumber("by_unit"))
    if over:
        d.absent(nobody)
        d.say("Có {} đơn vị vượt tỷ lệ: {}.", len(over),
              List("{} {}/{} ({}, tối đa {}%)", [(o.name(code), of("A", units[code]), len(units[code]),
                                                  Ratio(of("A", units[code]), len(units[code])), number(limits[code])) for code in over],
                   "; ", any_order=True))
    elif common is not None:
        d.say(nobody)
    if not any(limit is not None for limit in limits.values()):
        d.say(no_limit)

    def tally(rows):
        return dict({grade.lower(): of(grade, rows) for grade in GRADES}, people=len(rows), share=Ratio(of("A", rows), len(rows), "0.0"))

    def state(code):
        if limits[code] is None:
            return Said("không giao tỷ lệ", ("hưa giao", "hông giao", "–"))
        return OVER if code in over else Said("trong tỷ lệ", ("trong", "hông vượt", "đạt"))

    d.table("by_unit", [dict(tally(rows), unit=o.name(code), quota=number(limits[code]), state=state(code)) for code, rows in units.items()],
            tally(rated), ordered=False)
    order = list(d.document.chart("by_unit").categories) if d.document.chart("by_unit") else []
    codes = sorted(units, key=lambda code: order.index(o.name(code)) if o.name(code) in order else len(order))
    d.chart("by_unit", [o.name(code) for code in codes], {grade: [of(grade, units[code]) for code in codes] for grade in GRADES})

    poor = [row for row in rated if row.grade == "D"]
    none = "Không có cán bộ xếp loại D."
    if not poor:
        d.say(none)
        return
    d.absent(none)
    d.table("not_done", [dict(name=row.full_name, unit=o.name(row.org_id), post=row.post, points=points(row)) for row in poor],
            key=["name", "unit"], ordered=False)


def points(row):
    """Of a hundred; without the points of conduct or of results nothing can be added up, no bonus is none."""
    return None if row.general is None or row.result is None else row.general + row.result + (row.bonus or 0)
