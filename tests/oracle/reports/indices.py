"""indices: what was measured of the locality and of its units, beside the average. measured() is in other reports too."""
from claims import Piece
from values import Number, Ratio, UNKNOWN

from reports.kept import indices_part


def exists(o, row):
    """An index is of a year that is over on day T."""
    return row.year < o.T.year or (row.year == o.T.year and (o.T.month, o.T.day) == (12, 31))


class Indices:
    """For each indicator of the locality and each of its units the newest one, with that of the year before."""

    def __init__(self, o):
        words = o.words("indicator")
        rows = [row for row in o.all("indicators") if exists(o, row) and words.in_group(row.indicator, "administration")]
        self.rows = []
        for indicator in words.of_group("administration"):
            newest = {}
            for row in rows:
                if row.indicator == indicator and (row.org not in newest or row.year > newest[row.org].year):
                    newest[row.org] = row
            for row in newest.values():
                before = next((old for old in rows if old.indicator == indicator and old.org == row.org and old.year == row.year - 1), None)
                self.rows.append((row, before))


def place(o, row):
    """The unit as it is called: its name where its code was typed."""
    return o.name(row.org)


def written(o, column, value):
    """A blank, or not known where the column came in no file."""
    return value if value is not None else None if o.has("indicators", column) else UNKNOWN


def difference(row):
    return None if row.base is None else row.value - row.base


def measured(o, d):
    """A sentence for each index; the indices are returned."""
    it, words = Indices(o), o.words("indicator")
    # Several units may have the same index: their sentences are told apart by the unit, in whatever order they come.
    words_of_all = "\n".join(paragraph.shown() for paragraph in d.document.paragraphs)
    start = lambda row: words_of_all.find("%s năm %d của %s đạt" % (words.titled(row.indicator), row.year, place(o, row)))
    it.rows.sort(key=lambda pair: start(pair[0]) if start(pair[0]) >= 0 else len(words_of_all))
    for row, before in it.rows:
        beside = Piece("")
        unit = row.unit or ""
        if row.base is not None:
            more = difference(row)
            how = (Piece("cao hơn mức bình quân {} điểm", Number(more)) if more > 0 else
                   Piece("thấp hơn mức bình quân {} điểm", Number(-more)) if more < 0 else Piece("bằng mức bình quân"))
            beside = Piece(", {} (bình quân {}{})", how, Number(row.base), unit)
        ranked = Piece("")
        if row.rank is not None:
            ranked = Piece(", xếp thứ {}{}", row.rank, Piece("/{}", row.rank_of) if row.rank_of is not None else Piece(""))
        was = Piece("; năm {} đạt {}{}", str(before.year), Number(before.value), before.unit or "") if before else Piece("")
        d.say("{} năm {} của {} đạt {}{}{}{}{}.", words.titled(row.indicator), str(row.year), place(o, row), Number(row.value), unit,
              beside, ranked, was)
    return it


def indices_table(o, d, it):
    words = o.words("indicator")
    if it.rows:
        d.table("indices",
                [{"indicator": words.titled(row.indicator), "year_of": str(row.year), "org": place(o, row), "value": Number(row.value),
                  "base": written(o, "base", row.base if row.base is None else Number(row.base)),
                  "difference": written(o, "base", None if row.base is None else Number(difference(row), 2, signed=True)),
                  "rank": written(o, "rank", row.rank), "rank_of": written(o, "rank_of", row.rank_of)} for row, _ in it.rows], key=["indicator", "org"], ordered=False)


def satisfaction(o, d):
    rows = [row for row in o.all("indicators") if row.indicator == "HLDV" and exists(o, row)]
    if not rows:
        d.say("Chưa có số liệu theo đơn vị.")
        return
    d.absent("Chưa có số liệu theo đơn vị.")
    year = max(row.year for row in rows)
    rows = [row for row in rows if row.year == year]
    below = sum(1 for row in rows if row.base is not None and row.value < row.base) if o.has("indicators", "base") else UNKNOWN
    d.say("Năm {} đo mức độ hài lòng của người dân tại {} đơn vị; {}/{} đơn vị ({}) thấp hơn mức bình quân.", str(year), len(rows),
          below, len(rows), Ratio(below, len(rows)) if below is not UNKNOWN else UNKNOWN)
    rows.sort(key=lambda row: -row.value)
    d.table("satisfaction",
            [{"org": place(o, row), "value": Number(row.value, 1), "base": written(o, "base", None if row.base is None else Number(row.base, 1)),
              "difference": written(o, "base", None if row.base is None else Number(difference(row), 1, signed=True)),
              "rank": written(o, "rank", row.rank)} for row in rows],
            ordered=False)
    # The order among equals is nobody's business: points are looked for under their unit.
    chart = d.document.chart("satisfaction")
    names = [place(o, row) for row in rows]
    if chart is not None and sorted(chart.categories) == sorted(names):
        names = chart.categories
    value = {place(o, row): Number(row.value) for row in rows}
    d.chart("satisfaction", names, {"Mức độ hài lòng": [value[name] for name in names]})
    ranked = [row.rank_of for row in rows if row.rank_of is not None]
    if ranked:
        d.check("Mức độ hài lòng: số đơn vị có số liệu = số đơn vị được xếp hạng", max(ranked), len(rows))


def claims(o, d):
    d.head(subject="chỉ số cải cách hành chính và mức độ hài lòng, báo cáo năm %d" % o.year)
    it = measured(o, d)
    indices_part(o, d, it.rows)
    if not o.has("indicators"):
        return
    indices_table(o, d, it)
    satisfaction(o, d)
