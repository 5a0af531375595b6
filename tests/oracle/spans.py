"""spans.py - days, and dates that are known to a day, a month, a quarter, a half-year or a year only.

A date as offices type it is a Span: the first and the last day it may be. Comparing two spans may have no answer, and
then the answer is None, never a guess.
"""
import calendar, re
from datetime import date, timedelta

LENGTHS = {"day": 0, "month": 1, "quarter": 3, "half": 6, "year": 12}
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def month_end(year, month):
    return date(year, month, calendar.monthrange(year, month)[1])


def add_months(day, months):
    """The same day so many months later; the last one of the month where that month is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class Span:
    """What is known of a date: it is not before first and not after last."""
    __slots__ = ("first", "last", "precision", "typed")

    def __init__(self, first, last=None, precision="day", typed=""):
        self.first, self.last, self.precision, self.typed = first, last or first, precision, typed

    @property
    def exact(self):
        return self.first == self.last

    def within(self, start, end):
        """True or False where it lies in these days, or out of them; None where it may do either."""
        if self.last < start or self.first > end:
            return False
        return True if self.first >= start and self.last <= end else None

    def by(self, day):
        """Whether it has come on this day: True, False, or None."""
        return True if self.last <= day else False if self.first > day else None

    def key(self):
        return self.first, self.last

    def iso(self):
        """As documents hold it: a day, a month, a quarter, a half or a year."""
        if self.precision == "day":
            return self.first.isoformat()
        if self.precision in ("quarter", "half"):
            months = LENGTHS[self.precision]
            return "%d-%s%d" % (self.first.year, self.precision[0].upper(), (self.first.month - 1) // months + 1)
        return self.first.strftime("%Y" if self.precision == "year" else "%Y-%m")

    def __eq__(self, other):
        return isinstance(other, Span) and self.key() == other.key()

    def __hash__(self):
        return hash(self.key())

    def __repr__(self):
        return self.first.isoformat() if self.exact else "%s…%s" % (self.first, self.last)


def of_months(year, month, months, precision, typed=""):
    last = month + months - 1
    return Span(date(year, month, 1), month_end(year, last), precision, typed)


def full_year(text):
    year = int(text)
    return year if len(text) == 4 else 2000 + year if year < 30 else 1900 + year


def parse(text):
    """The span a cell means, or None where it means none."""
    typed = " ".join(str(text).split())
    low = typed.lower().replace("trước ngày ", "")
    found = re.fullmatch(r"(\d{4})-(\d\d?)-(\d\d?)(?:[t ].*)?", low)
    if found:
        return day_span(*map(int, found.groups()), typed)
    found = re.fullmatch(r"(\d\d?)[/.\- ](\d\d?)[/.\- ](\d{4}|\d\d)", low)
    if found:
        return day_span(full_year(found[3]), int(found[2]), int(found[1]), typed)
    found = re.fullmatch(r"(?:ngày )?(\d\d?) tháng (\d\d?) năm (\d{4})", low)
    if found:
        return day_span(int(found[3]), int(found[2]), int(found[1]), typed)
    found = re.fullmatch(r"(?:tháng )?(\d\d?)(?:[/.\-]| năm )(\d{4})", low)
    if found and 1 <= int(found[1]) <= 12:
        return of_months(int(found[2]), int(found[1]), 1, "month", typed)
    found = re.fullmatch(r"(\d{4})-(\d\d)", low)
    if found and 1 <= int(found[2]) <= 12:
        return of_months(int(found[1]), int(found[2]), 1, "month", typed)
    found = re.fullmatch(r"(?:quý|q)\s*(iv|iii|ii|i|[1-4])(?:[/\-. ]| năm )(\d{4})", low)
    if found:
        quarter = ROMAN.get(found[1]) or int(found[1])
        return of_months(int(found[2]), 3 * quarter - 2, 3, "quarter", typed)
    found = re.fullmatch(r"(\d{4})-q([1-4])", low)
    if found:
        return of_months(int(found[1]), 3 * int(found[2]) - 2, 3, "quarter", typed)
    found = re.fullmatch(r"6 tháng (đầu|cuối) năm (\d{4})", low)
    if found:
        return of_months(int(found[2]), 1 if found[1] == "đầu" else 7, 6, "half", typed)
    found = re.fullmatch(r"(\d{4})-h([12])", low)
    if found:
        return of_months(int(found[1]), 1 if found[2] == "1" else 7, 6, "half", typed)
    found = re.fullmatch(r"(?:năm )?(\d{4})", low)
    if found:
        return of_months(int(found[1]), 1, 12, "year", typed)
    found = re.fullmatch(r"\d{5}(?:\.0+)?", low)
    if found:
        return Span(date(1899, 12, 30) + timedelta(days=int(float(low))), typed=typed)
    return None


def day_span(year, month, day, typed):
    try:
        return Span(date(year, month, day), typed=typed)
    except ValueError:
        return None


def month_of(span):
    """The month of a day or a month, for columns that keep no more; a quarter, a half or a year is none."""
    if span is None or span.precision not in ("day", "month"):
        return None
    return of_months(span.first.year, span.first.month, 1, "month", span.typed)


class Period:
    """A reporting period as it is asked for: 2017, 2024-H1, 2024-Q2, 2024-05."""

    def __init__(self, name, windows=None):
        self.name = name
        self.year = int(name[:4])
        self.first, self.last = (windows or {}).get(name) or self._window(name)
        self.kind = {4: "year", 7: "month"}.get(len(name), "")
        if name[5:6] in ("H", "Q"):
            self.kind = "half" if name[5] == "H" else "quarter"
        self.windows = windows

    @staticmethod
    def _window(name):
        span = parse(name)
        return span.first, span.last

    def previous(self):
        """The same window of the year before."""
        return Period("%d%s" % (self.year - 1, self.name[4:]), self.windows)

    @property
    def phrase(self):
        number = self.name[5:]
        if self.kind == "year":
            return "năm %d" % self.year
        if self.kind == "half":
            return "6 tháng %s năm %d" % ("đầu" if number == "H1" else "cuối", self.year)
        if self.kind == "quarter":
            return "quý %s năm %d" % (["I", "II", "III", "IV"][int(number[1]) - 1], self.year)
        return "tháng %d năm %d" % (int(number), self.year)
