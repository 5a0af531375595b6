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


def part(o, d, ledgers, name, nothing, found):
    """A part of a report over these ledgers. Where no file of them came the page names them; where they hold nothing a sentence says
    so. True: there is something to tell."""
    if not any(o.has(ledger) for ledger in ledgers):
        d.absent(nothing)
        d.mentions("Chưa có số liệu: " + name)
        return False
    if found:
        d.absent(nothing)
    else:
        d.say(nothing)
    return bool(found)


def inspection_part(o, d, found):
    return part(o, d, ["inspections"], "Sổ theo dõi kiểm tra, giám sát", "Trong kỳ không có số liệu kiểm tra, giám sát.", found)


def visits_part(o, d, found):
    return part(o, d, ["reception"], "Sổ tiếp công dân", "Trong kỳ không có số liệu tiếp công dân.", found)


def petitions_part(o, d, found):
    return part(o, d, ["petitions", "petition_totals"], "Sổ tiếp nhận đơn thư", "Trong kỳ không có số liệu tiếp nhận, giải quyết đơn.", found)


def indices_part(o, d, found):
    return part(o, d, ["indicators"], "Sổ chỉ số", "Chưa có chỉ số được công bố.", found)
