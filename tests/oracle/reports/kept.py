"""What a report says that stands on a ledger the office does not keep, or of a unit that is no more."""
from reports.pieces import UNKNOWN_WORDS


def settled(o, code):
    """The unit a row is listed under: itself, also where it is younger than the row, but what it went into where it has ended."""
    row = o.row_of(code)
    ended = row is not None and row.valid_to is not None and row.valid_to.last < o.T
    return o.place(code) if ended else code


def not_kept(o, d, ledger, nothing):
    """Whether no file of this ledger came: then the report says that it does not know, and not that there was nothing."""
    if o.has(ledger):
        return False
    d.absent(nothing, "không có sổ " + ledger)
    d.mentions(UNKNOWN_WORDS)
    for check in d.document.checks:
        if "expected" in check.sides:  # a check of nothing holds
            number = int(check.sides["expected"].raw or 0)
            d.check(check.label, number, number)
    return True
