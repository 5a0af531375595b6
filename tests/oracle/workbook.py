"""workbook.py - the workbook of a document: its summary and its tables hold what the document says, cell by cell."""
from decimal import Decimal

from ledgers import as_text, book_sheets


def number(text):
    try:
        return float(text)
    except ValueError:
        return None


def same(value, cell):
    """Whether a cell holds a value: numbers as numbers, shares as their percentage or as a fraction, days as serial numbers."""
    if value.kind == "none":
        return cell in ("", None) or as_text(cell) == value.printed
    if value.kind in ("integer", "decimal"):
        if isinstance(cell, float):
            return abs(cell - float(value.raw)) < 1e-9
        return as_text(cell) == value.printed
    if value.kind == "ratio":
        top, _, bottom = value.raw.partition("/")
        if not float(bottom):
            return as_text(cell) in ("–", "")
        if not isinstance(cell, float):
            return as_text(cell) == value.printed
        # The sheet holds the share as it is printed, or as it is before it is rounded.
        shown = float(value.printed.rstrip("%").replace(".", "").replace(",", ".").replace("−", "-"))
        exact = float(Decimal(top) * 100 / Decimal(bottom))
        return any(abs(cell * factor - wanted) < 1e-6 for factor in (1, 100) for wanted in (shown, exact))
    if value.kind == "date":
        if isinstance(cell, float):
            from spans import parse
            return parse(str(int(cell))).iso() == value.raw
        return as_text(cell) == value.printed
    return as_text(cell) == as_text(value.printed)


def compare(path, document, differ):
    """Looks at every figure of the summary and every cell of the tables; returns how many cells it looked at."""
    sheets = dict(book_sheets(path))
    looked = summary(sheets, document, differ)
    for table in document.tables:
        rows = sheets.get("Bảng %s" % table.number)
        if rows is None:
            differ("sổ tính, bảng %s" % table.name, table.caption, "có trang Bảng %s" % table.number, "không có")
            continue
        looked += cells(rows, table, differ)
    return looked


def summary(sheets, document, differ):
    # By its name: the first sheet of a draft is the cover sheet that says why it is one.
    rows = sheets.get("Tóm tắt", [])
    wanted = list(document.figures)
    for row in rows:
        if not wanted:
            break
        texts = [as_text(cell) for cell in row]
        if wanted[0].label in texts[:4] and any(same(wanted[0].value, cell) for cell in row[2:]):
            wanted.pop(0)
    if wanted:
        differ("sổ tính, Tóm tắt", wanted[0].label, "%s %s" % (wanted[0].name, wanted[0].value), "không có dòng này, hoặc ô khác")
    return len(document.figures) - len(wanted)


def cells(rows, table, differ):
    """The rows of a sheet are those of the table, in its order."""
    looked, place = 0, 0
    for line in table.rows + ([table.total] if table.total else []):
        values = list(line.values())
        while place < len(rows):
            cells_of = list(rows[place]) + [""] * (len(values) - len(rows[place]))
            place += 1
            if all(same(value, cell) or (value.kind == "text" and not value.printed) for value, cell in zip(values, cells_of)):
                looked += len(values)
                break
        else:
            differ("sổ tính, bảng %s" % table.name, table.caption, " | ".join(value.printed for value in values), "không có dòng này, hoặc ô khác")
            return looked
    return looked
