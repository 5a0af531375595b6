"""reception: what citizens were received and what petitions were resolved. visits() and petitions() are in other reports too."""
from claims import List, Piece
from values import Change, Ratio, UNKNOWN

from reports.counting import by_code, check_if_any, share, total
from reports.kept import petitions_part, visits_part

LATE_AFTER = 30


# Reception of citizens

class Visits:
    def __init__(self, o):
        self.o = o
        self.rows = o.during("reception", "day")
        self.visits, self.handled = total(self.rows, "visits"), self.handled_of(self.rows)
        self.crowds = total(self.rows, "groups")
        self.before = total(o.during_before("reception", "day"), "visits") if o.comparable("reception", "day") else None

    def handled_of(self, rows):
        return total(rows, "handled") if self.o.has("reception", "handled") else UNKNOWN

    def levels(self):
        """[(code, visits, handled)]"""
        return [(code, total(rows, "visits"), self.handled_of(rows))
                for code, rows in by_code(self.rows, "level", self.o.words("reception-level"))]


def visits(o, d):
    """The sentences on reception; nothing is returned where nobody was received."""
    it, levels = Visits(o), o.words("reception-level")
    if not it.visits:
        d.absent("lượt công dân")
        return None
    change = Piece(" ({} so với {})", Change(it.visits, it.before), o.previous_phrase) if it.before else Piece("")
    d.say("Tiếp {} lượt công dân{}, đã giải quyết, trả lời {}/{} lượt ({}): {}.", it.visits, change,
          it.handled, it.visits, share(it.handled, it.visits),
          List("{} {}/{} ({})", [(levels.label(code), handled, came, share(handled, came)) for code, came, handled in it.levels()], "; "))
    if it.crowds:
        d.say("Có {} đoàn đông người.", it.crowds)
    else:
        d.absent("đoàn đông người")
    return it


def visits_table(o, d, it):
    levels = o.words("reception-level")
    d.table("reception_by_level",
            [{"level": levels.titled(code), "visits": came, "handled": handled, "rate": share(handled, came, "0.0")}
             for code, came, handled in it.levels()],
            total={"visits": it.visits, "handled": it.handled, "rate": share(it.handled, it.visits, "0.0")})


# Petitions

class Petitions:
    """What came in, was carried over, was resolved and is left: of a register, of totals where an office keeps only those."""

    def __init__(self, o):
        self.o = o
        self.totals = o.during("petition_totals", "period")
        register = o.rows("petitions")
        self.received = [row for row in register if o.in_period(row.received_date)]
        self.resolved = [row for row in register if o.in_period(row.resolved_date)]
        self.carried = [row for row in register if row.received_date.last < o.start and self.is_open(row, o.day_before)]
        self.open = [row for row in register if row.received_date.last <= o.T and self.is_open(row, o.T)]
        # What the register has of a level and unit that hands in totals is in those totals already.
        self.parts = (self.totals, *([row for row in rows if not any(self.covers(sum_row, row) for sum_row in self.totals)]
                                     for rows in (self.received, self.resolved, self.carried, self.open)))
        self.counts = self.count(*self.parts)

    def covers(self, sum_row, row):
        """Whether a row of totals has counted that petition: a blank level or unit of it stands for all."""
        if sum_row.level not in (None, row.level):
            return False
        return sum_row.org_id is None or (row.org_id is not None and self.o.under(row.org_id, sum_row.org_id))

    @staticmethod
    def is_open(row, day):
        """Not resolved by the end of that day; what was closed on a day that nobody wrote down is not open."""
        return row.resolved_date.first > day if row.resolved_date else row.result in (None, "DANG")

    def count(self, totals, received, resolved, carried, still_open):
        series = {}
        for row in totals:
            series.setdefault((row.level, row.org_id), []).append(row)
        firsts = [min(rows, key=lambda row: row.period.last) for rows in series.values()]
        came, done, old = total(totals, "received"), total(totals, "resolved"), total(firsts, "carried_over")
        result = {"received": came + len(received), "resolved": done + len(resolved), "carried": old + len(carried),
                  "open": old + came - done + len(still_open)}
        result["due"] = result["received"] + result["carried"]
        if totals and not self.o.has("petition_totals", "carried_over"):
            result.update(carried=UNKNOWN, open=UNKNOWN, due=UNKNOWN)
        return result

    def levels(self):
        """[(code, counts)] of each level with something to say."""
        words = self.o.words("reception-level")
        codes = {row.level for rows in self.parts for row in rows}
        return [(code, self.count(*([row for row in rows if row.level == code] for rows in self.parts)))
                for code in sorted(codes, key=lambda code: (code is None, words.rank(code)))]


def petitions(o, d):
    """The sentences on petitions; nothing is returned where there was nothing to resolve."""
    it, kinds = Petitions(o), o.words("petition-kind")
    c = it.counts
    check_if_any(d, "Đơn thư: tiếp nhận + kỳ trước chuyển sang - giải quyết = còn lại cuối kỳ (theo sổ từng đơn)",
                len(it.received) + len(it.carried) - len(it.resolved), len(it.open))
    if not (c["received"] or c["resolved"] if c["due"] is UNKNOWN else c["due"]):
        d.absent("đơn, kỳ trước chuyển sang")
        return None
    # More than came in can only be resolved with what was there before.
    more = " (số giải quyết gồm cả đơn kỳ trước chuyển sang)" if c["resolved"] > c["received"] else ""
    d.say("Tiếp nhận {} đơn, kỳ trước chuyển sang {} đơn; đã giải quyết {} đơn, bằng {} số tiếp nhận{}, "
          "bằng {} số phải giải quyết; còn lại {} đơn.", c["received"], c["carried"], c["resolved"],
          share(c["resolved"], c["received"]), Piece(more), share(c["resolved"], c["due"]), c["open"])
    if it.received:
        d.say("Đơn tiếp nhận theo loại: {}.",
              List("{} {}", [(kinds.label(code), len(rows)) for code, rows in by_code(it.received, "kind", kinds)]))
    else:
        d.absent("Đơn tiếp nhận theo loại")
    return it


def petitions_table(o, d, it):
    levels = o.words("reception-level")
    line = lambda c: {"carried": c["carried"], "received": c["received"], "resolved": c["resolved"],
                      "rate": share(c["resolved"], c["received"], "0.0"), "open": c["open"]}
    rows = [dict(line(c), level=levels.titled(code) if code else "Không ghi cấp") for code, c in it.levels()]
    # A level of which nothing is to be told may have its line of noughts.
    table, told = d.document.table("petitions_by_level"), {row["level"] for row in rows}
    for cells in table.rows if table else []:
        name = cells["level"].printed
        if name not in told and name in [levels.titled(code) for code in levels.codes] + ["Không ghi cấp"]:
            rows.append(dict(line(it.count([], [], [], [], [])), level=name))
    d.table("petitions_by_level", rows, total=line(it.counts), ordered=False)


def fields_table(o, d, it):
    """Of what was received in the period, by field: how many came in, and how many of these are resolved."""
    fields, resolved, rows = o.words("petition-field"), {id(row) for row in it.resolved}, []
    line = lambda came, done: {"received": came, "resolved": done, "rate": Ratio(done, came, "0.0")}
    for code, came in by_code(it.received, "field", fields):
        done = sum(1 for row in came if id(row) in resolved)
        rows.append(dict(line(len(came), done), field=fields.titled(code) if code else "Không ghi"))
    if rows:
        d.table("petitions_by_field", rows, total=line(len(it.received), sum(row["resolved"] for row in rows)), ordered=False)


def overdue_table(o, d, it):
    kinds, rows = o.words("petition-kind"), []
    for row in it.open:
        days = (o.T - row.received_date.last).days
        if days > LATE_AFTER:
            rows.append({"number": row.pet_id, "day": row.received_date, "kind": kinds.titled(row.kind),
                         "unit": o.name(row.org_id) if row.org_id else None, "days": days})
    if rows:
        d.say("Đơn nhận quá 30 ngày chưa giải quyết xong:")
        d.table("overdue_petitions", rows, ordered=False)
    else:
        d.absent("Đơn nhận quá 30 ngày chưa giải quyết xong")


def claims(o, d):
    d.head(subject="kết quả tiếp công dân, giải quyết đơn thư " + o.phrase)
    came = visits(o, d)
    if visits_part(o, d, came):
        visits_table(o, d, came)
    it = petitions(o, d)
    if not petitions_part(o, d, it):
        return
    petitions_table(o, d, it)
    fields_table(o, d, it)
    overdue_table(o, d, it)
