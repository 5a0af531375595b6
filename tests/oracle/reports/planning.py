"""Cadre planning: places in the lists on day T, and what came and went in the period.

A person is a name and a year of birth at a unit. Who was taken out on T is not in the lists of T.
"""
from claims import List
from ledgers import folded
from reports.pieces import UNKNOWN_WORDS
from reports.kept import not_kept
from values import Ratio, UNKNOWN, Year


def person(row):
    return folded(row.full_name), row.birth_year, row.org_id


def listed_on(o, row, day):
    return o.by(row.added_date, day) is True and o.by(row.removed_date, day) is False


def claims(o, d):
    def known(column, value):
        return value if o.has("planning", column) else UNKNOWN

    nothing = "Chưa có danh sách quy hoạch có hiệu lực."
    if not_kept(o, d, "planning", nothing):
        return
    rows = o.rows("planning")
    stock = [row for row in rows if listed_on(o, row, o.T)]
    before = [row for row in rows if listed_on(o, row, o.day_before)]
    added = [row for row in rows if o.in_period(row.added_date) is True]
    removed = [row for row in rows if o.in_period(row.removed_date) is True]
    lists = o.words("planning-list")
    if o.has("planning", "removed_date"):
        d.check("Cuối kỳ = đầu kỳ + đưa vào - đưa ra", len(stock), len(before) + len(added) - len(removed))
    if stock:
        d.absent(nothing)
        women, young = (sum(row.sex == "NU" for row in stock),
                        sum(row.birth_year is not None and o.T.year - row.birth_year <= 40 for row in stock))
        groups = sorted({(row.term, lists.rank(row.list)) for row in stock})
        d.say("Đến ngày {} có {} lượt quy hoạch của {} cán bộ: {}. Nữ {} ({}); từ 40 tuổi trở xuống {} ({}).", o.T, len(stock),
              len({person(row) for row in stock}),
              List("{} có {} lượt", [("%s nhiệm kỳ %s" % (lists.label(lists.codes[rank]), term),
                                      sum((row.term, lists.rank(row.list)) == (term, rank) for row in stock)) for term, rank in groups], "; "),
              known("sex", women), known("sex", Ratio(women, len(stock))), known("birth_year", young), known("birth_year", Ratio(young, len(stock))))
        d.say("Đầu kỳ có {} lượt; trong kỳ đưa vào quy hoạch {}, đưa ra {}.", len(before), len(added), known("removed_date", len(removed)))

        def tally(some):
            cells = {"places.%d" % (place + 1): sum(row.list == code for row in some) for place, code in enumerate(lists.codes)}
            return dict(cells, total=len(some), women=known("sex", sum(row.sex == "NU" for row in some)))

        posts = {}
        for row in stock:
            posts.setdefault((row.term, row.planned_post), []).append(row)
        d.table("by_post", [dict(tally(some), term=term, post=post) for (term, post), some in posts.items()], tally(stock),
                key=["term", "post"], ordered=False)
        d.table("people", [dict(person=row.full_name, born=row.birth_year and Year(row.birth_year), post=row.planned_post, list=row.list, added=row.added_date,
                                current=", ".join(filter(None, [row.current_post, o.name(row.org_id) if row.org_id else None])))
                           for row in stock], key=["person", "post", "list", "added", "current"], ordered=False)
    else:
        d.say(nothing)
    if removed:
        d.table("gone", [dict(person=row.full_name, post=row.planned_post, list=row.list, removed=row.removed_date, reason=row.removed_reason)
                         for row in removed], key=["person", "post", "list", "removed"], ordered=False)
    if not o.has("planning", "removed_date"):
        d.mentions(UNKNOWN_WORDS)
