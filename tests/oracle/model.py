"""model.py - an office as a reader of its ledgers sees it: rows, words, the tree of units by day, and one report's view of them.

Workspace holds what was read. Scope is what a report module is given as `o`: a workspace seen from one unit, for one
period, at one day. Everything a scope tells of rows follows the readings in README.md.
"""
import os
from datetime import date, timedelta

import spans
from ledgers import Library, Reader

class Workspace:
    def __init__(self, folder, library=None, templates=None):
        self.folder = folder
        self.library = library or Library(templates or os.path.join(folder, "templates"))
        self.settings = settings(os.path.join(folder, "inputs", "office.ini"))
        self.ledgers = Reader(self.library).read(os.path.join(folder, "inputs"))
        self.windows = {}
        for name, value in self.settings.get("periods", {}).items():
            ends = [spans.parse(part) for part in value[0].replace(" to ", "|").replace("..", "|").split("|")]
            if len(ends) == 2 and all(ends):
                self.windows[name] = ends[0].first, ends[1].last
        self.units = {row.org_id: row for row in self.rows("organizations")}
        self.order = {code: number for number, code in enumerate(self.units)}
        self.children = {}
        for row in self.units.values():
            self.children.setdefault(row.parent_id, []).append(row.org_id)

    def rows(self, ledger):
        return self.ledgers[ledger].rows if ledger in self.ledgers else []

    def roots(self):
        return [code for code, row in self.units.items() if row.parent_id not in self.units]


def settings(path):
    """office.ini as {section: {key: [values]}}"""
    from ledgers import sections
    return sections(path) if os.path.exists(path) else {}


class Scope:
    """A workspace as one report sees it. unit None is the whole office."""

    def __init__(self, workspace, period, unit=None, as_of=None, today=None):
        self.workspace, self.library = workspace, workspace.library
        self.period = spans.Period(period, workspace.windows)
        self.start, self.end = self.period.first, self.period.last
        self.as_of = as_of or min(self.end, today or date.today())
        self.T = min(self.as_of, self.end)
        self.unit = unit
        self.before = self.period.previous()
        self._places, self._under = {}, {}

    # The office's own words

    def setting(self, section, key, default=""):
        return self.workspace.settings.get(section, {}).get(key, [default])[-1] or default

    @property
    def office(self):
        return self.setting("office", "short") or self.setting("office", "name")

    def words(self, vocabulary):
        return self.library.vocabularies[vocabulary]

    @property
    def year(self):
        return self.period.year

    @property
    def phrase(self):
        return self.period.phrase

    @property
    def previous_phrase(self):
        return self.before.phrase

    # Units

    def row_of(self, code):
        return self.workspace.units.get(code)

    def name(self, code):
        row = self.row_of(code)
        return row.name if row else code

    def alive(self, code, day=None):
        """Whether a unit exists at the end of that day (T); its last day belongs to it."""
        row, day = self.row_of(code), day or self.T
        if row is None:
            return False
        return (row.valid_from is None or row.valid_from.last <= day) and (row.valid_to is None or row.valid_to.last >= day)

    def place(self, code):
        """The unit of day T at which the rows of a unit count: itself, what it merged into, or what stands above it."""
        if code not in self._places:
            self._places[code] = self._placed(code, set())
        return self._places[code]

    def _placed(self, code, met):
        row = self.row_of(code)
        if row is None or code in met:
            return None
        if self.alive(code):
            return code
        met.add(code)
        ended = row.valid_to is not None and row.valid_to.last < self.T
        return self._placed(row.merged_into if ended and row.merged_into else row.parent_id, met)

    def above(self, code):
        """A unit of day T and all that stand above it on that day, from below."""
        line, code = [], self.place(code)
        while code is not None and code not in line:
            line.append(code)
            row = self.row_of(code)
            code = self.place(row.parent_id) if row.parent_id else None
        return line

    @property
    def top(self):
        """The unit the report is about; None for an office with several roots."""
        if self.unit:
            return self.unit
        roots = self.workspace.roots()
        return roots[0] if len(roots) == 1 else None

    def whole(self):
        """Whether the report is about all of the office: its blank and outside units are its own too."""
        return self.unit is None or self.workspace.roots() == [self.unit]

    def under(self, code, top=None):
        """Whether the rows of a unit belong to the report, or to the unit top of it."""
        if top is not None:
            return top in self.above(code)
        if self.whole():
            return True
        if code not in self._under:
            self._under[code] = self.unit in self.above(code)
        return self._under[code]

    def units(self, group=None):
        """The units of the report alive on day T, in the order of the ledger; of one group of kinds where asked."""
        kinds = self.words("org-kind")
        return [code for code, row in self.workspace.units.items()
                if self.alive(code) and self.under(code) and (group is None or kinds.in_group(row.kind, group))]

    def kind_in(self, code, group):
        row = self.row_of(code)
        return row is not None and self.words("org-kind").in_group(row.kind, group)

    def grassroots(self, code):
        """The grassroots organization a unit is or belongs to on day T, or None."""
        return next((unit for unit in self.above(code) if self.kind_in(unit, "grassroots")), None)

    # Rows

    def has(self, ledger, column=None):
        """Whether the office keeps this ledger (a file of it came), and this column in it."""
        found = self.workspace.ledgers.get(ledger)
        return found is not None and (column is None or column in found.columns)

    def all(self, ledger):
        return self.workspace.rows(ledger)

    def rows(self, ledger):
        """The rows of the report's unit and of what stands under it on day T, of all times."""
        column = self.library.schemas[ledger].unit
        if column is None or self.whole():
            return list(self.workspace.rows(ledger))
        return [row for row in self.workspace.rows(ledger) if getattr(row, column) and self.under(getattr(row, column))]

    # Time

    def in_period(self, span):
        """True, False, or None where the date is not known well enough; None too for no date at all is False."""
        return False if span is None else span.within(self.start, self.T)

    def in_before(self, span):
        return False if span is None else span.within(self.before.first, self.before.last)

    def during(self, ledger, column):
        """The rows of the report that surely happened in the period and by day T."""
        return [row for row in self.rows(ledger) if self.in_period(getattr(row, column)) is True]

    def during_before(self, ledger, column):
        """The same for the same window of the year before."""
        return [row for row in self.rows(ledger) if self.in_before(getattr(row, column)) is True]

    def unplaced(self, ledger, column):
        """Rows whose date overlaps the window but may lie out of it."""
        return [row for row in self.rows(ledger) if getattr(row, column) is not None and self.in_period(getattr(row, column)) is None]

    def by(self, span, day=None):
        """Whether something happened by day T: a blank date has not."""
        return False if span is None else span.by(day or self.T)

    @property
    def day_before(self):
        return self.start - timedelta(days=1)

    @property
    def year_start(self):
        """The first day of the period's year: that of its January, should the office's months begin on another day."""
        january = self.workspace.windows.get("%d-01" % self.year)
        return january[0] if january else date(self.year, 1, 1)

    def since(self, ledger, column):
        """The first day from which a ledger is kept."""
        told = spans.parse(self.workspace.settings.get("since", {}).get(ledger, [""])[0] or "")
        if told:
            return told.first
        firsts = [getattr(row, column).first for row in self.workspace.rows(ledger) if getattr(row, column)]
        return date(min(firsts).year, 1, 1) if firsts else None

    def comparable(self, ledger, column):
        """Whether the same window of the year before lies in the time of which the ledger is kept."""
        since = self.since(ledger, column)
        return since is not None and since <= self.before.first
