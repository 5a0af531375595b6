"""judge.py - one document against the claims of its report's module."""
import importlib, os, re, traceback

from claims import Claims
from document import Document
from excuses import excused
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
    """The summary's figures are values of the prose, in its order."""
    left = [value for paragraph in d.document.paragraphs for value in paragraph.values]
    for figure in d.document.figures:
        d.compared += 1
        for index, value in enumerate(left):
            if (value.kind, value.raw, value.printed) == (figure.value.kind, figure.value.raw, figure.value.printed):
                del left[:index + 1]
                break
        else:
            d.differ("Tóm tắt: " + figure.label.partition(":")[0], figure.label, "một số trong phần lời", "%s %s" % (figure.name, figure.value))


TIED = re.compile(r"Bảng (\d+): tổng cột «(.*)» = (.*)$")


def tied_totals(d):
    """A total that repeats a figure says so: one side is the total of the named column, the other what the prose calls by that name."""
    for check in d.document.checks:
        found = TIED.match(check.label)
        table = next((table for table in d.document.tables if found and str(table.number) == found[1]), None)
        if table is None:
            continue
        columns = [column for column in table.columns if table.labels[column] == found[2]]
        totals = [table.total[column].raw if table.total and column in table.total
                  else str(sum(int(row[column].raw) for row in table.rows if row[column].kind == "integer")) for column in columns]
        for value in check.values():
            value.claimed = True
            d.compared += 1
            if value.raw not in totals:
                d.differ("đối chiếu: tổng cột «%s» = %s" % (found[2], found[3]), check.label, " hoặc ".join(totals) or "một cột của bảng", str(value))


def judge(scope, path, book=None):
    """The claims on one document, all of them made. A document about one row of a ledger is named by that row's key."""
    d = Claims(Document(open(path, encoding="utf-8").read()))
    d.item = os.path.basename(path)[:-len(".tree")]
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
