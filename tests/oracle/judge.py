"""judge.py - one document against the claims of its report's module."""
import importlib, os, re, traceback

from claims import Claims
from document import Document
from excuses import excused
from values import agrees
from workbook import compare

HERE = os.path.dirname(os.path.abspath(__file__))


def module_of(report):
    name = report.replace("-", "_")
    if not os.path.exists(os.path.join(HERE, "reports", name + ".py")):
        return None
    return importlib.import_module("reports." + name)


def reports():
    """The reports that have a module."""
    names = [name[:-3] for name in sorted(os.listdir(os.path.join(HERE, "reports"))) if name.endswith(".py")]
    return [name.replace("_", "-") for name in names if name not in ("__init__",) and hasattr(importlib.import_module("reports." + name), "claims")]


def figures_of_prose(d):
    """The summary's figures are values of the prose, in its order; one that is not known may stand in a sentence that only says so."""
    unknown = any(value.kind == "gap" for paragraph in d.document.paragraphs for value in paragraph.values)
    left = [value for paragraph in d.document.paragraphs for value in paragraph.values]
    for figure in d.document.figures:
        if figure.value.kind == "gap":  # what nobody knows may stand in a sentence that says so of all its figures
            continue
        d.compared += 1
        if figure.value.kind == "gap" and unknown:
            continue
        for index, value in enumerate(left):
            # A paragraph in which much is not known says so once.
            if figure.value.kind == value.kind == "gap":
                break
            if (value.kind, value.raw, value.printed) == (figure.value.kind, figure.value.raw, figure.value.printed):
                del left[:index + 1]
                break
        else:
            d.differ("Tóm tắt: " + figure.label.partition(":")[0], figure.label, "một số trong phần lời", "%s %s" % (figure.name, figure.value))


TIED = re.compile(r"Bảng (\d+): tổng cột «(.*)» = (.*)$")


class Nothing:
    """A total or figure expected to be blank: the check has it as a blank, or as 0."""

    def agrees(self, found):
        return found.kind == "none" or found.raw == "0"

    def __str__(self):
        return "0"


def total_of(table, column):
    """[what the module expects the total of a column to be]: of the total row, else the sum of the rows; [] where nobody claimed it."""
    if table.total and column in table.total:
        cell = table.total[column]
        return [Nothing() if cell.wanted in (None, "") else cell.wanted] if cell.claimed else []
    cells = [cells[column] for cells in table.rows if column in cells]
    if not all(cell.claimed for cell in cells):
        return []
    numbers = [cell.wanted for cell in cells if isinstance(cell.wanted, int)]
    return [sum(numbers) if numbers else Nothing()]


def tied_totals(d):
    """A check that a table's total is a figure of the prose: both sides are what the module expects of the two. It claims them
    for all reports, as far as the module claimed the table; a figure that the prose does not name is the total alone. Where two
    columns have one label, or two values are printed alike, either will do."""
    for check in d.document.checks:
        found = TIED.match(check.label)
        if not found or any(value.claimed for value in check.values()):
            continue
        number, label, named = found.groups()
        table = next((table for table in d.document.tables if table.number == number), None)
        columns = [column for column in table.columns if ": ".join(filter(None, [table.groups.get(column), table.labels[column]])) == label] if table else []
        totals = [total for column in columns for total in total_of(table, column)]
        if not totals:
            continue
        figure = next((figure.value for figure in d.document.figures if named in (figure.label, figure.name)), None)
        prose = [Nothing() if value.wanted in (None, "") else value.wanted for paragraph in d.document.paragraphs for value in paragraph.values
                 if figure and value.claimed and (value.kind, value.raw, value.printed) == (figure.kind, figure.raw, figure.printed)]
        kind = "đối chiếu: tổng cột «%s» = %s" % (label, named)
        for side, wanted in (("expected", prose or totals), ("found", totals)):
            value = check.sides[side]
            d.compare(kind, check.label, next((one for one in wanted if agrees(one, value)), wanted[0]), value)


def subject(path):
    """What the document is about, as its file is named: T001.tree, T001.draft.tree."""
    return os.path.basename(path)[:-len(".tree")].removesuffix(".draft")


def judge(scope, path, book=None):
    """The claims on one document, all of them made. A document about one row of a ledger is named by that row's key."""
    d = Claims(Document(open(path, encoding="utf-8").read()))
    d.item = subject(path)
    module = module_of(d.report)
    try:
        module.claims(scope, d)
    except Exception:
        d.differ("lỗi của bên thứ hai", d.report, "", traceback.format_exc(limit=-3))
        return d
    tied_totals(d)
    d.close(excused)
    figures_of_prose(d)
    if book and os.path.exists(book):
        d.compared += compare(book, d.document, d.differ)
    return d


def broken(what, output):
    """A run that made nothing."""
    from claims import Difference
    return Difference("chương trình dừng | " + what, output, "văn bản được lập", what)
