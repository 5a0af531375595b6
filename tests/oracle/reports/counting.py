"""counting.py - what several modules count in the same way."""
from values import Ratio, UNKNOWN


def total(rows, column):
    return sum(getattr(row, column) or 0 for row in rows)


def by_code(rows, column, words):
    """[(code, rows)] in the order of a vocabulary, those without a code last."""
    found = {}
    for row in rows:
        found.setdefault(getattr(row, column), []).append(row)
    return sorted(found.items(), key=lambda item: (item[0] is None, words.rank(item[0])))


def share(part, whole, form="0.0%"):
    return UNKNOWN if UNKNOWN in (part, whole) else Ratio(part, whole, form)


def check_if_any(d, label, expected, found):
    """A check; where there is nothing on either side it may be left out."""
    if expected or found or any(check.label == label for check in d.document.checks):
        d.check(label, expected, found)
