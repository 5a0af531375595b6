"""membership.py - who is a member on a day, who came in and who left, and what was planned. Dates that do not tell are left out."""
from spans import add_months
from values import UNKNOWN


def entered(row):
    """When a member came into this committee: moved here, or was admitted here."""
    return row.arrived or row.admitted


def is_member(row, day):
    came = entered(row)
    if came is None or came.by(day) is not True:
        return False
    return row.left_date is None or row.left_date.by(day) is False


def is_official(row, day):
    """True, False (probationary), or None where nothing tells."""
    if row.official is not None:
        return row.official.by(day)
    if "category" not in row.blanks:
        return row.category == "CT"
    return False if day < add_months(row.admitted.first, 12) else None


class Members:
    def __init__(self, o):
        self.o = o
        every = o.rows("members")
        self.stock = [row for row in every if is_member(row, o.T)]
        self.before = [row for row in every if is_member(row, o.day_before)]
        kinds = o.words("admit-kind")
        self.came = [row for row in every if o.in_period(entered(row)) is True]
        self.admitted = [row for row in every if o.in_period(row.admitted) is True
                         and (kinds.in_group(row.admit_kind, "admission") if row.admit_kind else row.arrived is None)]
        self.arrived = [row for row in every if o.in_period(row.arrived or (row.admitted if row.admit_kind == "CDEN" else None)) is True]
        # Neither admitted nor arrived: taken back, recognized.
        self.others = [row for row in every if row.arrived is None and row.admit_kind and o.in_period(row.admitted) is True
                       and not kinds.in_group(row.admit_kind, "admission") and not kinds.in_group(row.admit_kind, "arrival")]
        self.gone = [row for row in every if o.in_period(row.left_date) is True]

    def left(self, kind):
        return sum(row.left_kind == kind for row in self.gone)

    def of(self, column, test, rows=None):
        """How many of the stock (or of these rows) pass; not known where the office has no such column."""
        if not self.o.has("members", column):
            return UNKNOWN
        return sum(1 for row in (self.stock if rows is None else rows) if test(row))

    def women(self, rows=None):
        return self.of("sex", lambda row: row.sex == "NU", rows)

    def minority(self, rows=None):
        return self.of("ethnicity", lambda row: self.o.words("ethnicity").in_group(row.ethnicity, "minority"), rows)

    def religious(self, rows=None):
        return self.of("religion", lambda row: self.o.words("religion").in_group(row.religion, "religious"), rows)


class Plan:
    """The year's targets of admission: a unit's own row, else those of the topmost planned units below it, never both."""

    def __init__(self, o):
        self.o = o
        self.rows = [row for row in o.all("plans") if row.indicator == "KN" and row.year == o.year and row.period_type == "NAM"]
        self.targets, self.general = {}, None
        for row in self.rows:
            if row.org_id is None:
                self.general = row
            elif o.row_of(row.org_id):
                code = o.place(row.org_id) or row.org_id
                if self.within_another(row, code):
                    continue
                self.targets[code] = self.targets.get(code, 0) + row.target

    def within_another(self, row, place):
        """Whether what stood above the unit was planned too and counts at the same place of day T: its target has this one in it."""
        planned, met = {one.org_id for one in self.rows}, set()
        above = self.o.row_of(row.org_id).parent_id
        while above and above not in met and self.o.row_of(above):
            if above in planned and above != place and self.o.place(above) == place:
                return True
            met.add(above)
            above = self.o.row_of(above).parent_id
        return False

    def own(self):
        if self.o.whole() and self.general is not None:
            return self.general.target
        return self.targets.get(self.o.top)

    def below(self):
        """The topmost planned units below the one reported on, in the order of the ledger of units."""
        found = []
        for code in self.o.workspace.units:
            if code not in self.targets or code == self.o.top or not self.o.under(code):
                continue
            over = [unit for unit in self.o.above(code)[1:] if self.o.under(unit) and unit != self.o.top]
            if not any(unit in self.targets for unit in over):
                found.append(code)
        return found

    def target(self):
        if self.own() is not None:
            return self.own()
        below = self.below()
        return sum(self.targets[code] for code in below) if below else None

    def form(self, default=0):
        """How the share is rounded: as the unit's own row says, else the general one; where no decimals are written, as the report does."""
        own = next((row for row in self.rows if row.org_id == self.o.top and row.org_id), None)
        if self.o.whole() and self.general is not None:
            own = self.general
        row = own or self.general
        if row is None:
            return "0.0%" if default else "0%"
        decimals = default if row.decimals is None else row.decimals
        form = ("0." + "0" * decimals if decimals else "0") + "%"
        return form + (" " + row.rounding if row.rounding and row.rounding != "half-up" else "")


def plain(number):
    """A target as a whole number where it is one."""
    return int(number) if number == int(number) else number
