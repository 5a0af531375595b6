"""metamorphic.py - changes an office in ways that must leave its reports as they are, or must move them in one way only.

    python3 tests/oracle/metamorphic.py [--seeds 1-3] [--only NAME,NAME] [--jobs 2]
    python3 tests/oracle/metamorphic.py --workspace FOLDER --periods 2017-H1,2014 [--units ,MS.01]

No figure is worked out here: what two runs of the program say is compared. Whatever differs is printed, with the office it was seen in.
"""
import argparse, multiprocessing, os, random, re, shutil, subprocess, sys, tempfile, time
from datetime import date, timedelta

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
import sheets, spans
from document import Document
from ledgers import Library, folded
from model import Scope, Workspace

ROOT = os.path.dirname(os.path.dirname(HERE))
# How many rows of how many files were left out is said in a note; files are what some changes change.
NOTE = re.compile(r'^ *text "Ghi chú số liệu:.*\n', re.M)


class Office:
    """A workspace at a folder whose inputs/ are to be written in many ways."""

    def __init__(self, folder, program, templates, periods, units, seed):
        self.folder, self.program, self.templates, self.seed = folder, os.path.abspath(program), os.path.abspath(templates), seed
        self.library = Library(templates)
        self.sheets = sheets.read(os.path.join(folder, "inputs"), self.library)
        self.periods, self.units = periods, units
        self.random = random.Random(seed)
        self._as_it_is = None

    def with_inputs(self, tables, form=sheets.utf8, templates=None):
        """A folder with these tables as its inputs/, and the office's other files."""
        made = tempfile.mkdtemp(prefix="meta")
        shutil.copytree(os.path.join(self.folder, "inputs"), os.path.join(made, "inputs"))
        os.symlink(templates or self.templates, os.path.join(made, "templates"))
        sheets.write(os.path.join(made, "inputs"), tables, form)
        return made

    def run(self, folder, *words):
        """{path: tree} of one run of the program."""
        output = tempfile.mkdtemp(prefix="meta-out")
        try:
            done = subprocess.run([self.program, "report", *words, "--format", "tree", "--output", output, "-C", folder, "--quiet"],
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            trees = {}
            for base, _, files in os.walk(output):
                for name in files:
                    if name.endswith(".tree") and not name.endswith(".cover.tree"):
                        path = os.path.join(base, name)
                        trees[os.path.relpath(path, output).replace(".draft.", ".")] = open(path, encoding="utf-8").read()
            if done.returncode not in (0, 1):
                trees["mã kết thúc"] = "%d\n%s" % (done.returncode, done.stdout.decode(errors="replace")[-300:])
            return trees
        finally:
            shutil.rmtree(output, ignore_errors=True)

    def documents(self, folder):
        """All documents of the office's periods and units."""
        found = {}
        for period in self.periods:
            for unit in self.units:
                for path, text in self.run(folder, "--period", period, *(["--unit", unit] if unit else [])).items():
                    found[unit or "", path] = text
        return found

    def made_of(self, tables, form=sheets.utf8):
        folder = self.with_inputs(tables, form)
        try:
            return self.documents(folder)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def as_it_is(self):
        """The documents of the inputs as they are, each file written by us in the plainest way."""
        if self._as_it_is is None:
            self._as_it_is = self.made_of(self.sheets)
        return self._as_it_is


def said(tree):
    """What a document says, without the list of files it was made of."""
    return NOTE.sub("", tree.partition("\nsources\n")[0])


class Result:
    """What one change showed: how much was compared, and what differed."""

    def __init__(self, name):
        self.name, self.compared, self.differences = name, 0, []

    def differ(self, place, before, after):
        self.differences.append("%s | %s\n    trước: %s\n    sau:   %s" % (self.name, place, before, after))

    def same(self, before, after):
        """Two lots of documents must say the same."""
        for key in sorted(set(before) | set(after), key=str):
            self.compared += 1
            old, new = said(before.get(key, "(không có)")), said(after.get(key, "(không có)"))
            if old == new:
                continue
            old_lines, new_lines = old.splitlines(), new.splitlines()
            at = next((n for n, (a, b) in enumerate(zip(old_lines, new_lines)) if a != b), min(len(old_lines), len(new_lines)))
            self.differ("%s %s" % key if isinstance(key, tuple) else key, " / ".join(line.strip() for line in old_lines[max(0, at - 1):at + 2])[:300],
                        " / ".join(line.strip() for line in new_lines[max(0, at - 1):at + 2])[:300])


# Changes that must change nothing

def rows_permuted(office):
    for sheet in office.sheets:
        rows = [list(row) for row in sheet.rows]
        office.random.shuffle(rows)
        yield sheet.copy(rows=rows)


def columns_permuted(office):
    for sheet in office.sheets:
        order = list(range(max([len(sheet.header)] + [len(row) for row in sheet.rows])))
        office.random.shuffle(order)
        line = lambda cells: [cells[place] if place < len(cells) else "" for place in order]
        yield sheet.copy(header=line(sheet.header), rows=[line(row) for row in sheet.rows], below=[line(row) for row in sheet.below],
                         places={column: order.index(place) for column, place in sheet.places.items()})


def files_permuted(office):
    """Other names, so that the files are read in another order."""
    numbers = list(range(len(office.sheets)))
    office.random.shuffle(numbers)
    for number, sheet in zip(numbers, office.sheets):
        yield sheet.copy(name="%02d %s" % (number, sheet.name))


def files_split(office):
    """Each file in two or three, as units send them one by one."""
    for sheet in office.sheets:
        parts = min(len(sheet.rows), office.random.choice([2, 3])) or 1
        for part in range(parts):
            yield sheet.copy(name="%s phần %d" % (sheet.name, part + 1), rows=sheet.rows[part::parts], below=[])


def other_names(office):
    """Each column by another of its names, where that name means no other column of the ledger."""
    for sheet in office.sheets:
        header = list(sheet.header)
        taken = {name for column in sheet.schema.columns.values() for name in column.names}
        for column, place in sheet.places.items():
            others = [name for name in sorted(sheet.schema.columns[column].aliases) if name not in taken and not name.endswith("*")
                      and sum(name in other.aliases for other in sheet.schema.columns.values()) == 1]
            if others and office.random.random() < 0.5:
                header[place] = office.random.choice(others).upper()
        changed = sheet.copy(header=header)
        # The table must still be of that ledger for a reader who knows columns by their names only.
        yield changed if same_ledger(office, changed) else sheet


def same_ledger(office, sheet):
    from ledgers import Reader
    found = Reader(office.library).header([sheet.header], "")
    return found is not None and found[1].name == sheet.ledger and found[2] == sheet.places


# Ledgers of events, and the date by which a row belongs to a period; a row of a later day must not count yet.
EVENTS = {"discipline": "decision_date", "inspections": "decision_date", "rotations": "decision_date", "reception": "day", "petitions": "received_date",
          "cell_meetings": "month", "working_sessions": "date", "opinions": "received", "business_meetings": "date", "issued_documents": "issued_on"}
KEYS = {"discipline": ["case_id", "decision_no"], "inspections": ["insp_id"], "rotations": ["move_id", "decision_no"], "reception": ["rec_id"], "petitions": ["pet_id"],
        "working_sessions": ["session_id"], "opinions": ["opinion_id"], "business_meetings": ["meeting_id"], "issued_documents": ["number"]}


def date_columns(sheet):
    return [column for column in sheet.places if sheet.schema.columns[column].type == "date"]


def moved(sheet, row, days, mark):
    """A copy of a row with other keys, all its dates so many days later."""
    row = list(row) + [""] * (len(sheet.header) - len(row))
    for column in KEYS.get(sheet.ledger, []):
        if column in sheet.places and sheet.cell(row, column):
            sheet.put(row, column, sheet.cell(row, column) + mark)
    for column in date_columns(sheet):
        span = spans.parse(sheet.cell(row, column)) if sheet.cell(row, column) else None
        if span:
            sheet.put(row, column, (span.first + timedelta(days=days)).strftime("%d/%m/%Y"))
    return row


def later_rows_added(office):
    """Rows of the years after the periods looked at: they have not happened yet."""
    last = max(spans.Period(period).last for period in office.periods)
    for sheet in office.sheets:
        column = EVENTS.get(sheet.ledger)
        if column not in sheet.places or not KEYS.get(sheet.ledger):
            yield sheet
            continue
        rows = [list(row) for row in sheet.rows]
        for number, row in enumerate(sheet.rows):
            days = [spans.parse(sheet.cell(row, name)) for name in date_columns(sheet) if sheet.cell(row, name)]
            if not days or None in days or office.random.random() < 0.5:
                continue
            first = min(span.first for span in days)
            rows.append(moved(sheet, row, (last - first).days + 1 + office.random.randint(0, 200), "-s%d" % number))
        yield sheet.copy(rows=rows)


SAME = {"rows in another order": rows_permuted, "columns in another order": columns_permuted, "files in another order": files_permuted,
        "files in two or three": files_split, "other names of columns": other_names, "rows of later years added": later_rows_added}


def unchanged(office, name):
    result = Result(name)
    if name in sheets.FORMS:
        result.same(office.as_it_is, office.made_of(office.sheets, sheets.FORMS[name]))
    else:
        result.same(office.as_it_is, office.made_of(list(SAME[name](office))))
    return result


# One row more

def figures(tree):
    """{(figure, words): whole number} of a document's summary."""
    found = {}
    for figure in Document(tree).figures:
        if figure.value.kind == "integer":
            found.setdefault((figure.name, figure.label), int(figure.value.raw))
    return found


def number(text):
    return int(text) if text else 0


def moves_of(office, sheet, row):
    """{figure, or figure and the end of its words: by how much it moves} for a copy of this row; None where it would be guessing."""
    words = lambda name, column: office.library.vocabularies[name].titled(office.library.vocabularies[name].code(sheet.cell(row, column)))
    if sheet.ledger == "reception":
        visits, handled, crowds = (number(sheet.cell(row, column)) for column in ("visits", "handled", "groups"))
        level = ": " + words("reception-level", "level")
        return {("reception.visits", ""): visits, ("reception.handled", ""): handled, ("reception.crowds", ""): crowds,
                ("reception_by_level.visits", level): visits, ("reception_by_level.handled", level): handled}
    if sheet.ledger == "inspections":
        # The same decision with one more subject: the delegation is the same one.
        organization = office.library.vocabularies["subject-kind"].code(sheet.cell(row, "subject_kind")) == "TC"
        kind = ": " + words("inspection-kind", "kind")
        found = {("inspections.organizations" if organization else "inspections.persons", ""): 1,
                 ("inspections_by_kind.organizations" if organization else "inspections_by_kind.persons", kind): 1}
        if folded(sheet.cell(row, "violation")) not in ("", "không", "0"):
            found["inspections.violations", ""] = 1
        return found
    if sheet.ledger == "petitions" and not sheet.cell(row, "resolved_date") and not sheet.cell(row, "carried_over") and not sheet.cell(row, "result"):
        return {("petitions.received", ""): 1, ("petitions.due", ""): 1, ("petitions.open", ""): 1,
                ("petitions_by_kind.received", ": " + words("petition-kind", "kind")): 1}
    return None


REPORTS = {"reception": "reception", "inspections": "inspections", "petitions": "reception"}


def one_row(office):
    """One row more in a ledger moves exactly the figures that it belongs to."""
    result = Result("one row more")
    periods = [period for period in office.periods if spans.Period(period).kind == "half"]
    for ledger, report in REPORTS.items():
        for period in periods:
            window = spans.Period(period)
            for sheet in office.sheets:
                if sheet.ledger != ledger:
                    continue
                fit = []
                for row in sheet.rows:
                    span = spans.parse(sheet.cell(row, EVENTS[ledger])) if sheet.cell(row, EVENTS[ledger]) else None
                    if span and span.within(window.first, window.last) and moves_of(office, sheet, row):
                        fit.append(row)
                before = figures_of(office, sheet, sheet.rows, report, period)
                if before is None:
                    continue
                for row in office.random.sample(fit, min(3, len(fit))):
                    copy = list(row)
                    for column in KEYS[ledger]:
                        if column in sheet.places:
                            sheet.put(copy, column, "MOI-1")
                    # Another number alone would be the same case handed in twice.
                    for column in ("subject", "sender", "receiver"):
                        if column in sheet.places:
                            sheet.put(copy, column, (sheet.cell(copy, column) + " khác").strip())
                    after = figures_of(office, sheet, sheet.rows + [copy], report, period)
                    expect(result, "%s, %s, %s" % (report, period, row), before, after or {}, moves_of(office, sheet, row))
    return result


def figures_of(office, sheet, rows, report, period):
    folder = office.with_inputs([other if other is not sheet else sheet.copy(rows=rows) for other in office.sheets])
    try:
        trees = office.run(folder, report, "--period", period)
        tree = trees.get("%s/%s.tree" % (period, report))
        return figures(tree) if tree else None
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def expect(result, place, before, after, moves):
    for key in sorted(set(before) | set(after)):
        name, label = key
        if "(tỷ lệ" in label:
            continue
        result.compared += 1
        wanted = sum(by for (figure, end), by in moves.items() if figure == name and label.replace(" (tăng, giảm)", "").endswith(end))
        if "(tăng, giảm)" in label and key not in before:
            continue
        if after.get(key, 0) - before.get(key, 0) != wanted:
            result.differ("%s, %s" % (place, label), "%s, phải đổi %+d" % (before.get(key), wanted), after.get(key))


# Periods add up

ADDING = {"reception": ["reception.visits", "reception.handled", "reception.crowds", "reception_by_level.visits", "reception_by_level.handled", "petitions.received",
                        "petitions.resolved", "petitions_by_kind.received"],
          "inspections": ["inspections.organizations", "inspections.persons", "inspections.violations", "inspections_by_kind.organizations", "inspections_by_kind.persons"],
          "cell-meetings": ["cell_meetings.assigned", "cell_meetings.attended", "cell_meetings.excused", "cell_meetings.absent"],
          "discipline-bulletin": ["tally.total", "tally_by_form.members"], "year-end": ["changes.admitted", "changes.arrived", "changes.gone", "changes.moved", "changes.died",
                                                                                       "changes.deleted", "changes.expelled", "changes.resigned", "discipline.total",
                                                                                       "discipline_by_form.members"]}
KINDS = {"year": "year", "half": "half-year", "quarter": "quarter", "month": "month"}


def templates_for(office, kind):
    """The shipped templates, each of them made to be one of that kind of period."""
    made = tempfile.mkdtemp(prefix="meta-templates")
    shutil.copytree(office.templates, made, dirs_exist_ok=True)
    for report in ADDING:
        path = os.path.join(made, report + ".md")
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(re.sub(r"(?m)^period: .*$", "period: " + KINDS[kind], text, count=1))
    return made


def exact_days(office):
    """The tables with each date known to a month or less made the first of its days: such dates belong to no shorter period."""
    for sheet in office.sheets:
        rows = [list(row) for row in sheet.rows]
        for row in rows:
            for column in date_columns(sheet):
                text = sheet.cell(row, column)
                span = spans.parse(text) if text else None
                if span and not span.exact:
                    sheet.put(row, column, span.first.strftime("%d/%m/%Y"))
        yield sheet.copy(rows=rows)


def adding_figures(office, folder, period):
    """{(report, figure, words): whole number} of the figures that add up."""
    found = {}
    for path, tree in office.run(folder, *ADDING, "--period", period).items():
        report = os.path.basename(path)[:-5]
        for (name, label), value in (figures(tree).items() if path.endswith(".tree") else ()):
            if name in ADDING.get(report, ()) and "(tăng, giảm)" not in label and "(tỷ lệ" not in label:
                found[report, name, label] = value
    return found


def periods_add_up(office):
    result = Result("months make quarters, halves and the year")
    tables = list(exact_days(office))
    for year in sorted({period[:4] for period in office.periods}):
        names = {"year": [year], "half": [year + "-H1", year + "-H2"], "quarter": ["%s-Q%d" % (year, n) for n in (1, 2, 3, 4)],
                 "month": ["%s-%02d" % (year, n) for n in range(1, 13)]}
        values = {}
        for kind, periods in names.items():
            templates = templates_for(office, kind)
            folder = office.with_inputs(tables, templates=templates)
            for period in periods:
                values[period] = adding_figures(office, folder, period)
            shutil.rmtree(folder, ignore_errors=True)
            shutil.rmtree(templates, ignore_errors=True)
        for long, short in (("year", "half"), ("half", "quarter"), ("quarter", "month")):
            for number, period in enumerate(names[long]):
                each = len(names[short]) // len(names[long])
                parts = names[short][number * each:(number + 1) * each]
                for key in sorted(set(values[period]).union(*(values[part] for part in parts))):
                    result.compared += 1
                    added = sum(values[part].get(key, 0) for part in parts)
                    if values[period].get(key, 0) != added:
                        result.differ("%s: %s, %s" % (period, key[0], key[2]), values[period].get(key, 0),
                                      " + ".join(str(values[part].get(key, 0)) for part in parts))
    return result


# Units add up

def units_add_up(office):
    """A unit says what the units directly below it say together, where all rows belong to units without others below them."""
    result = Result("units below make the unit above")
    for period in office.periods:
        window = spans.Period(period)
        plain = office.with_inputs(office.sheets)
        scope = Scope(Workspace(plain, office.library), period)
        shutil.rmtree(plain, ignore_errors=True)
        alive = scope.units()
        parents = {code: [child for child in alive if scope.above(child)[1:2] == [code]] for code in alive}
        leaves = {code for code in alive if not parents[code]}
        tables = []
        for sheet in office.sheets:
            column = sheet.schema.unit
            if sheet.ledger == "organizations" or column is None or column not in sheet.places:
                tables.append(sheet)
                continue
            names = {folded(row.name): code for code, row in scope.workspace.units.items()}
            kept = [row for row in sheet.rows if scope.place(code_of(scope, names, sheet.cell(row, column))) in leaves]
            tables.append(sheet.copy(rows=kept, below=[]))
        folder = office.with_inputs(tables)
        try:
            values = {code: adding_of_unit(office, folder, period, code) for code in alive}
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        for code, children in parents.items():
            for key in sorted(set(values[code]).union(*(values[child] for child in children))) if children else ():
                result.compared += 1
                added = sum(values[child].get(key, 0) for child in children)
                if values[code].get(key, 0) != added:
                    result.differ("%s, %s: %s, %s" % (window.name, code, key[0], key[2]), values[code].get(key, 0),
                                  " + ".join(str(values[child].get(key, 0)) for child in children))
    return result


def code_of(scope, names, text):
    return text if text in scope.workspace.units else names.get(folded(text), text)


def adding_of_unit(office, folder, period, unit):
    found = {}
    for path, tree in office.run(folder, "--period", period, "--unit", unit).items():
        report = path.split(os.sep)[1] if path.endswith(".tree") else ""
        for (name, label), value in (figures(tree).items() if report in ADDING else ()):
            if name in ADDING[report] and "(tăng, giảm)" not in label and "(tỷ lệ" not in label:
                found[report, name, label] = value
    return found


# One unit by itself, or with the others of its kind

def each_is_unit(office):
    result = Result("--each and --unit")
    kinds = {}
    folder = office.with_inputs(office.sheets)
    try:
        workspace = Workspace(folder, office.library)
        for code, row in workspace.units.items():
            kinds.setdefault(row.kind, []).append(code)
        for period in office.periods[:2]:
            for kind, codes in kinds.items():
                each = {path: text for path, text in office.run(folder, "--period", period, "--each", kind).items() if path.endswith(".tree")}
                for code in office.random.sample(codes, min(2, len(codes))):
                    one = {path: text for path, text in office.run(folder, "--period", period, "--unit", code).items() if path.endswith(".tree")}
                    of_unit = {path: text for path, text in each.items() if os.path.basename(path) == code + ".tree"}
                    # Asked for one unit, a report is made although nothing happened there.
                    for path in sorted(of_unit):
                        result.compared += 1
                        if one.get(path) != of_unit[path]:
                            result.same({path: of_unit[path]}, {path: one.get(path, "")})
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return result


# A document does not contradict itself

def pairs(document):
    """(place, one value, other value) of one document: what it says twice it must say alike."""
    tables = {table.name: table for table in document.tables}
    seen = {}
    for figure in document.figures:
        key = figure.name, figure.label
        # Lists may say the same words of several things: theirs are told apart by what stands between them.
        if key in seen and ": " not in figure.label and (figure.value.kind, figure.base) == (seen[key].value.kind, seen[key].base):
            yield "phần lời, hai lần: " + figure.label, seen[key].value.raw, figure.value.raw
        seen.setdefault(key, figure)
        # «Lượt tiếp: Cấp huyện» of query.column is the cell of that column in the row that begins with these words.
        query, _, column = figure.name.partition(".")
        table = tables.get(query)
        label = figure.label.partition(": ")[2]
        if table is None or not label or "(t" in figure.label or column not in table.columns:
            continue
        rows = [cells for cells in table.rows if any(value.kind == "text" and folded(value.printed) == folded(label) for value in cells.values())]
        if len(rows) == 1:
            yield "phần lời và bảng %s: %s" % (table.number, figure.label), figure.value.raw, rows[0][column].raw
    for table in document.tables:
        if table.total is not None:
            for column, total in table.total.items():
                cells = [row[column] for row in table.rows if column in row]
                if column and total.kind == "integer" and all(cell.kind in ("integer", "none") for cell in cells):
                    yield "bảng %s, cột %s, dòng tổng" % (table.number, column), str(sum(int(cell.raw) for cell in cells if cell.kind == "integer")), total.raw
    for chart in document.charts:
        table = tables.get(chart.name)
        for label, points in chart.series.items() if table is not None else ():
            columns = [column for column, words in table.labels.items() if words == label or table.groups.get(column) == label]
            for column in columns[:1]:
                for category, point in zip(chart.categories, points):
                    rows = [cells for cells in table.rows if any(value.kind == "text" and value.printed == category for value in cells.values())]
                    if len(rows) == 1 and rows[0][column].kind == point.kind:
                        yield "biểu đồ %s và bảng: %s" % (chart.number, category), point.raw, rows[0][column].raw


def consistent(office):
    """Prose, tables and charts of every document of every unit."""
    result = Result("no document contradicts itself")
    folder = office.with_inputs(office.sheets)
    try:
        units = [None] + list(Workspace(folder, office.library).units)
        for period in office.periods:
            for unit in units:
                for path, tree in office.run(folder, "--period", period, *(["--unit", unit] if unit else [])).items():
                    if not path.endswith(".tree"):
                        continue
                    for place, one, other in pairs(Document(tree)):
                        result.compared += 1
                        if one != other:
                            result.differ("%s %s, %s" % (path, unit or "", place), one, other)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return result


TESTS = dict({name: lambda office, name=name: unchanged(office, name) for name in list(SAME) + list(sheets.FORMS)},
             **{"one row more": one_row, "periods add up": periods_add_up, "units add up": units_add_up, "each is unit": each_is_unit,
                "consistent": consistent})


def one_office(given):
    folder, program, templates, periods, units, seed, names = given
    office = Office(folder, program, templates, periods, units, seed)
    return [TESTS[name](office) for name in names]


def offices(given):
    """(folder, periods, units, seed, whether to remove it)"""
    if given.workspace:
        yield given.workspace, given.periods.split(","), [unit or None for unit in given.units.split(",")], 1, False
        return
    import office
    from run import numbers, workspace_at
    templates = os.path.abspath(given.templates)
    for seed in numbers(given.seeds):
        made = office.Office(seed, Library(templates))
        folder = tempfile.mkdtemp(prefix="meta-office")
        workspace_at(folder, made, None, templates)
        year = str(made.year)
        yield folder, [year, year + "-H1", year + "-Q%d" % random.Random(seed).randint(1, 4), "%s-%02d" % (year, random.Random(seed).randint(1, 12))], [None], seed, True


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--program", default=os.path.join(ROOT, "tongket"))
    options.add_argument("--templates", default=os.path.join(ROOT, "templates"))
    options.add_argument("--seeds", default="1-2")
    options.add_argument("--only", default="", help=", ".join(TESTS))
    options.add_argument("--jobs", type=int, default=2)
    options.add_argument("--workspace", default="")
    options.add_argument("--periods", default="")
    options.add_argument("--units", default="")
    given = options.parse_args()
    names = given.only.split(";") if given.only else list(TESTS)
    started, work, made = time.time(), [], []
    for folder, periods, units, seed, ours in offices(given):
        work += [(folder, given.program, given.templates, periods, units, seed, [name]) for name in names]
        made += [folder] if ours else []
    with multiprocessing.Pool(given.jobs) as pool:
        results = pool.map(one_office, work, chunksize=1)
    compared, differences = {}, {}
    for item, found in zip(work, results):
        for result in found:
            compared[result.name] = compared.get(result.name, 0) + result.compared
            differences.setdefault(result.name, []).extend("seed %s: %s" % (item[5], text) for text in result.differences)
    for folder in made:
        shutil.rmtree(folder, ignore_errors=True)
    for name, number in compared.items():
        print("%s %s: %d compared, %d differ" % ("FAIL" if differences[name] else "ok  ", name, number, len(differences[name])))
        for text in differences[name][:6]:
            print("  " + text.replace("\n", "\n  "))
    print("%d compared in %d s, %d differ" % (sum(compared.values()), time.time() - started, sum(map(len, differences.values()))))
    return 1 if any(differences.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
