"""What the two reports on ballots share: the rounds of a window, those with enough ballots, and what stands in them."""


def rounds_of(o, kind, first, last):
    return [row for row in o.rows("ballot_rounds") if row.criteria == kind and row.round_date.within(first, last) is True]


def minimum(o):
    return int(o.setting("ballots", "minimum", "5"))


def enough(o, rounds):
    return [row for row in rounds if row.valid >= minimum(o)]


def lines_of(o, rounds):
    codes = {row.round_id: row for row in rounds}
    return [(line, codes[line.round_id]) for line in o.all("ballots") if line.round_id in codes]


def votes(line):
    return 1 if line.votes is None else line.votes


def sums(rounds):
    return {name: sum(getattr(row, name) for row in rounds) for name in ("issued", "returned", "valid")}
