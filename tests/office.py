"""office.py - what tests/office.sh asks of workbooks.

gather FROM TO      the workbooks below FROM, side by side in TO, and control.xlsx: one of them with a value beside a formula
                    that is not the formula's, which shows that the other program really calculates
compare OURS THEIRS every cell of every workbook as we wrote it and as the other program gives it back
"""
import os, re, shutil, sys, warnings, zipfile
import openpyxl
from openpyxl.utils import range_boundaries

from report import Suite

WRONG = 987654321
# Of the bars of newer Excels, which it does not know.
warnings.filterwarnings("ignore", message=".*extension is not supported.*")


def gather(source, target):
    os.makedirs(target)
    for folder, _, names in sorted(os.walk(source)):
        for name in sorted(names):
            if name.endswith(".xlsx"):
                flat = os.path.relpath(os.path.join(folder, name), source).replace(os.sep, "__")
                shutil.copy(os.path.join(folder, name), os.path.join(target, flat))
    spoil(os.path.join(target, "internal__2014__year-end.xlsx"), os.path.join(target, "control.xlsx"))


def spoil(source, target):
    """The same workbook, the first number beside a formula replaced."""
    done = False
    with zipfile.ZipFile(source) as read, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as write:
        for part in read.namelist():
            text = read.read(part)
            if part.startswith("xl/worksheets/sheet") and not done:
                text, count = re.subn(rb"</f><v>[-0-9.]+</v>", b"</f><v>%d</v>" % WRONG, text, count=1)
                done = count > 0
            write.writestr(part, text)
    if not done:
        sys.exit("no formula to spoil in " + source)


def cells(book):
    return {(sheet.title, cell.coordinate): cell.value for sheet in book for row in sheet.iter_rows() for cell in row
            if cell.value is not None}


def same(one, other):
    if isinstance(one, (int, float)) and isinstance(other, (int, float)):
        return abs(one - other) <= 1e-9 * max(1, abs(one))
    return one == other or (one in (None, "") and other in (None, ""))


def parts_hold(book):
    """Names and links lead to cells that are there, tables call their columns as their header does."""
    problems = []
    names = book.defined_names
    for defined in names.values() if hasattr(names, "values") else names.definedName:
        for sheet, area in defined.destinations:
            if sheet not in book.sheetnames or ":" not in area and book[sheet][area.replace("$", "")].value is None:
                problems.append("the name %s leads nowhere: %s" % (defined.name, defined.attr_text))
    for sheet in book:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink and cell.hyperlink.location):
            target = cell.hyperlink.location.rsplit("!", 1)[0].strip("'").replace("''", "'")
            if target not in book.sheetnames:
                problems.append("%s!%s leads to %s" % (sheet.title, cell.coordinate, target))
        for table in sheet.tables.values():
            left, top, right, bottom = range_boundaries(table.ref)
            headers = [sheet.cell(top, column).value for column in range(left, right + 1)]
            if headers != [column.name for column in table.tableColumns] or bottom <= top:
                problems.append("%s: the table %s calls its columns otherwise than its header" % (sheet.title, table.ref))
        if any(merged.min_row <= table_row(table)[1] and merged.max_row >= table_row(table)[0]
               for table in sheet.tables.values() for merged in sheet.merged_cells.ranges):
            problems.append(sheet.title + ": merged cells in a table")
    return problems


def table_row(table):
    _, top, _, bottom = range_boundaries(table.ref)
    return top, bottom


def compare(ours, theirs):
    suite, formulas_seen, links, tables = Suite("office"), 0, 0, 0
    for name in sorted(os.listdir(ours)):
        path, other = os.path.join(ours, name), os.path.join(theirs, name)
        problems = []
        if not os.path.exists(other):
            problems.append("the other program wrote nothing")
        else:
            book = openpyxl.load_workbook(path)
            formulas = {at for at, value in cells(book).items() if isinstance(value, str) and value.startswith("=")}
            mine = cells(openpyxl.load_workbook(path, data_only=True))
            got = cells(openpyxl.load_workbook(other, data_only=True))
            wrong = [at for at in set(mine) | set(got) if not same(mine.get(at), got.get(at))]
            problems = ["%s!%s: we wrote %r, calculated it is %r" % (*at, mine.get(at), got.get(at)) for at in sorted(wrong)]
            formulas_seen += len(formulas)
            if name == "control.xlsx":
                spoiled = [at for at in wrong if mine.get(at) == WRONG and at in formulas]
                problems = [] if len(spoiled) == 1 and set(wrong) >= set(spoiled) else ["a spoiled value was not calculated anew"]
            else:
                problems += parts_hold(book)
            tables += sum(len(sheet.tables) for sheet in book)
            links += sum(1 for sheet in book for row in sheet.iter_rows() for cell in row if cell.hyperlink)
        suite.report(name, problems)
    suite.report("formulas, tables, links were looked at", [] if formulas_seen and tables and links else ["not all three"])
    print("%d workbooks, %d formulas, %d tables, %d links: %d passed, %d failed"
          % (len(os.listdir(ours)), formulas_seen, tables, links, suite.passed, suite.failed))
    return suite.failed


if __name__ == "__main__":
    sys.exit(gather(*sys.argv[2:]) if sys.argv[1] == "gather" else compare(*sys.argv[2:]) > 0)
