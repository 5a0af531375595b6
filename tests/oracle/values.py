"""values.py - what a claim expects a value to be, how it is printed, and whether a value of a document agrees."""
from datetime import date
from decimal import Decimal, ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP

from spans import Span

ROUNDINGS = {"half_up": ROUND_HALF_UP, "half-up": ROUND_HALF_UP, "truncate": ROUND_DOWN, "half_even": ROUND_HALF_EVEN,
             "half-even": ROUND_HALF_EVEN}
NO_RATIO = "–"


def grouped(number):
    """6386 as offices print it: 6.386"""
    sign = "−" if number < 0 else ""
    return sign + "{:,}".format(abs(number)).replace(",", ".")


def padded(number):
    """Counts below ten with a zero before them, nought without."""
    return "%02d" % number if 0 < number < 10 else grouped(number)


def rounded(value, decimals, rounding="half_up"):
    quantum = Decimal(1).scaleb(-decimals)
    result = value.quantize(quantum, rounding=ROUNDINGS[rounding])
    whole, _, rest = str(abs(result)).partition(".")
    return ("−" if result < 0 else "") + grouped(int(whole)) + ("," + rest if rest else "")


class Ratio:
    """numerator of denominator, printed as a percentage."""

    def __init__(self, numerator, denominator, form="0.0%"):
        self.numerator, self.denominator, self.form = numerator, denominator, form

    def printed(self):
        form, *words = self.form.split()
        sign = "%" if form.endswith("%") else ""
        decimals = len(form.rstrip("%").partition(".")[2])
        rounding = words[0] if words else "half_up"
        if not self.denominator:
            return NO_RATIO
        return rounded(Decimal(self.numerator) * 100 / Decimal(self.denominator), decimals, rounding) + sign

    def agrees(self, found):
        if found.kind != "ratio" or self.numerator is None or self.denominator is None:
            return False
        top, _, bottom = found.raw.partition("/")
        return Decimal(top) == self.numerator and Decimal(bottom) == self.denominator and found.printed == self.printed()

    def __str__(self):
        return "%s/%s «%s»" % (self.numerator, self.denominator, self.printed())


class Change:
    """What is more or less than before: tăng 03 (18,8%), giảm 02 (11,1%), không đổi."""

    def __init__(self, now, before):
        self.now, self.before = now, before

    def printed(self):
        difference = self.now - self.before
        if not difference:
            return "không đổi"
        text = ("tăng " if difference > 0 else "giảm ") + padded(abs(difference))
        if self.before:
            text += " (%s%%)" % rounded(Decimal(abs(difference)) * 100 / Decimal(self.before), 1)
        return text

    def agrees(self, found):
        return found.kind == "integer" and int(found.raw) == self.now - self.before and found.printed == self.printed()

    def __str__(self):
        return "%s «%s»" % (self.now - self.before, self.printed())


class Number:
    """A number with decimals, printed without zeros at its end unless places says how many."""

    def __init__(self, value, places=None, signed=False):
        self.value, self.places, self.signed = Decimal(str(value)), places, signed

    def printed(self):
        text = rounded(self.value, self.places if self.places is not None else max(0, -self.value.normalize().as_tuple().exponent))
        return "+" + text if self.signed and self.value > 0 else text

    def agrees(self, found):
        return found.kind in ("decimal", "integer") and Decimal(found.raw) == self.value and found.printed == self.printed()

    def __str__(self):
        return "%s «%s»" % (self.value, self.printed())


class Year:
    """A year, or another number printed without dots."""

    def __init__(self, value):
        self.value = value

    def printed(self):
        return str(self.value)

    def agrees(self, found):
        return found.kind == "integer" and int(found.raw) == self.value and found.printed == self.printed()

    def __str__(self):
        return self.printed()


class TableNumber:
    """The number of a table, as the document itself counts its tables."""

    def __init__(self, name):
        self.name = name

    def __str__(self):
        return "số của bảng %s" % self.name


class Said:
    """A value that is not known or cannot be told: the words that may stand for it."""

    def __init__(self, name, words):
        self.name, self.words = name, words

    def agrees(self, found):
        return any(word in found.printed for word in self.words)

    def __str__(self):
        return self.name


UNKNOWN = Said("chưa có số liệu", ("chưa có số liệu", "Chưa có số liệu", "–", "…"))
NOT_COMPARABLE = Said("chưa so sánh được", ("chưa có số liệu", "không so sánh", "chưa so sánh", "–", "…"))
NOT_PLACED = Said("chưa xếp được vào kỳ", ("chưa rõ", "chưa xếp", "–"))
class Unwritten:
    """What the ledger leaves blank: an empty cell, a dash, or words that say so."""

    def agrees(self, found):
        return found.printed in ("", NO_RATIO) or any(word in found.printed for word in ("hưa ghi", "hông ghi", "hưa rõ", "hưa giao"))

    def __str__(self):
        return "để trống"


UNWRITTEN = Unwritten()
BLANK = Said("để trống", ("",))


def whole_forms(number):
    """The ways a whole number may be printed: plain, with a zero before it, with its sign."""
    plain = grouped(number)
    return {plain, padded(number), "+" + plain if number > 0 else plain}


def agrees(expected, found):
    if hasattr(expected, "agrees"):
        return expected.agrees(found)
    if isinstance(expected, bool):
        return False
    if isinstance(expected, int):
        return found.kind == "integer" and int(found.raw) == expected and found.printed in whole_forms(expected) | {""}
    if isinstance(expected, date):
        return found.kind == "date" and found.raw == expected.isoformat()
    if isinstance(expected, Span):
        return found.kind == "date" and found.raw == expected.iso()
    if expected is None or expected == "":
        return found.kind in ("none", "text") and found.printed in ("", NO_RATIO)
    return found.kind == "text" and " ".join(found.printed.split()) == " ".join(str(expected).split())


def shown(expected):
    if isinstance(expected, date):
        return expected.isoformat()
    return "«%s»" % expected if isinstance(expected, str) else str(expected)
