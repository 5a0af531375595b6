"""operators.py - the changes that make mutants: each is one slip that a writer of SQL makes, made wherever it can be made.

An operator is a function that yields edits (start, end, new text) of a piece's text. What a change makes of the meaning is not
asked here: a mutant that does not compile, or that means the same, is counted apart later.
"""
import hashlib

import equivalent

OPERATORS = {}


def operator(name):
    def enter(function):
        OPERATORS[name] = function
        return function
    return enter


class Mutant:
    """file, line, operator, before and after (short, to be read), key (stable when other places of the file change), text (of the
    whole file)."""

    def __init__(self, piece, name, edits, number):
        first, last = min(edit[0] for edit in edits), max(edit[1] for edit in edits)
        self.file, self.piece, self.kind, self.operator, self.line = piece.file, piece.name, piece.kind, name, piece.line(first)
        self.before, self.after = " ".join(piece.text[first:last].split()), " ".join(apply(piece.text, edits, first, last).split())
        near = context(piece, first, last)
        self.text = piece.changed(edits)
        self.same = None  # why it means the same, where its form tells
        self.key = f"{piece.file} {piece.kind} {piece.name}: {name}: {near}"
        self.key += f" -> {self.after or 'nothing'}" + (f" #{number}" if number else "")
        self.id = hashlib.sha1(self.key.encode()).hexdigest()[:10]


def apply(text, edits, first, last):
    out, place = "", first
    for start, end, new in sorted(edits):
        out += text[place:start] + new
        place = end
    return out + text[place:last]


def context(piece, first, last):
    """What is changed with up to three words on either side, the change in braces."""
    before = [token.text for token in piece.tokens if token.end <= first][-3:]
    inside = [token.text for token in piece.tokens if token.start >= first and token.end <= last]
    after = [token.text for token in piece.tokens if token.start >= last][:3]
    return " ".join(before + ["{"] + inside + ["}"] + after)


def mutants_of(piece, templates, names=None):
    seen, keys = set(), {}
    for name, function in OPERATORS.items():
        if names and name not in names:
            continue
        for edits in function(piece, templates):
            edits = [edits] if isinstance(edits, tuple) else edits
            mutant = Mutant(piece, name, edits, 0)
            if mutant.text == piece.source or mutant.text in seen:
                continue
            seen.add(mutant.text)
            number = keys[mutant.key] = keys.get(mutant.key, -1) + 1
            mutant = Mutant(piece, name, edits, number + 1) if number else mutant
            mutant.same = equivalent.by_form(piece, name, edits)
            yield mutant


def replace(token, text):
    return (token.start, token.end, text)


def take(piece, first, last):
    """The text of tokens first to last, ends included."""
    return piece.text[piece.tokens[first].start:piece.tokens[last].end]


# ---- Conditions

ENDS = {"SELECT", "FROM", "WHERE", "ON", "GROUP", "ORDER", "HAVING", "WHEN", "THEN", "ELSE", "AS", "JOIN", "LEFT", "CROSS", "INNER",
        "NATURAL", "UNION", "INTERSECT", "EXCEPT", "LIMIT", "WITH", "VALUES", "DISTINCT", "BY", "USING", "FILTER", "OVER",
        "PARTITION", "WINDOW", "ASC", "DESC", "COLLATE", "OFFSET", "MATERIALIZED", "RECURSIVE", "FULL", "RIGHT", "OUTER"}


def expressions(piece):
    """(word in front, first token, one past the last) of each expression: what stands between commas, parentheses and the words
    that begin a part of a query."""
    tokens, pairs = piece.tokens, piece.pairs

    def walk(begin, end, lead):
        start, place = begin, begin
        while place < end:
            token = tokens[place]
            if place in pairs and pairs[place] > place:
                inner = token.text if token.text == "(" else token.word
                yield from walk(place + 1, pairs[place], inner)
                place = pairs[place] + 1
                continue
            if token.text in (",", ";") or token.kind == "keyword" and token.word in ENDS:
                if place > start:
                    yield lead, start, place
                lead, start = token.word if token.kind == "keyword" else ",", place + 1
            place += 1
        if end > start:
            yield lead, start, end

    yield from walk(0, len(tokens), "")


def operands(piece, begin, end):
    """The operands that OR and AND join, at the depth of the expression: [(connector before, first, one past last, [operands of AND])]."""
    tokens, pairs = piece.tokens, piece.pairs
    cuts, place, between = [], begin, False
    while place < end:
        if place in pairs and pairs[place] > place:
            place = pairs[place] + 1
            continue
        word = tokens[place].word if tokens[place].kind == "keyword" else ""
        if word == "BETWEEN":
            between = True
        elif word == "AND" and between:
            between = False
        elif word in ("AND", "OR"):
            cuts.append((word, place))
        place += 1
    return cuts


def split(begin, end, cuts):
    edges = [begin - 1] + [place for _, place in cuts] + [end]
    return [(left + 1, right) for left, right in zip(edges, edges[1:])]


@operator("condition dropped")
def condition_dropped(piece, templates):
    tokens = piece.tokens
    for lead, begin, end in expressions(piece):
        cuts = operands(piece, begin, end)
        ors = [cut for cut in cuts if cut[0] == "OR"]
        groups = split(begin, end, ors)
        for number, (first, last) in enumerate(groups):
            ands = split(first, last, [cut for cut in cuts if cut[0] == "AND" and first <= cut[1] < last])
            if len(ands) > 1:
                for order, (left, right) in enumerate(ands):
                    if order:
                        yield (tokens[left - 2].end, tokens[right - 1].end, "")
                    else:
                        yield (tokens[left].start, tokens[right + 1].start, "")
            if len(groups) > 1:
                if number:
                    yield (tokens[first - 2].end, tokens[last - 1].end, "")
                else:
                    yield (tokens[first].start, tokens[last + 1].start, "")
        if not cuts and lead in ("WHERE", "HAVING"):
            yield (tokens[begin].start, tokens[end - 1].end, "1")
        if lead == "WHEN":
            if not cuts:
                yield (tokens[begin].start, tokens[end - 1].end, "NULL")
    if piece.kind == "rule" or piece.kind == "public_rows":
        yield (tokens[0].start, tokens[-1].end, "1")


@operator("and for or")
def and_for_or(piece, templates):
    for _, begin, end in expressions(piece):
        for word, place in operands(piece, begin, end):
            yield replace(piece.tokens[place], "OR" if word == "AND" else "AND")


# ---- Comparisons

@operator("boundary")
def boundary(piece, templates):
    for token in piece.tokens:
        other = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}.get(token.text)
        if token.kind == "operator" and other:
            yield replace(token, other)


@operator("contrary")
def contrary(piece, templates):
    tokens = piece.tokens
    for index, token in enumerate(tokens):
        before = tokens[index - 1].word if index else ""
        other = {"=": "<>", "==": "<>", "<>": "=", "!=": "=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}.get(token.text)
        if token.kind == "operator" and other:
            yield replace(token, other)
        elif token.kind == "keyword" and token.word == "NOT":
            following = tokens[index + 1].word if index + 1 < len(tokens) else ""
            if following != "MATERIALIZED":
                yield (token.start, tokens[index + 1].start, "")
        elif token.kind == "keyword" and token.word in ("IN", "LIKE", "GLOB", "EXISTS", "BETWEEN") and before != "NOT":
            yield (token.start, token.start, "NOT ")
        elif token.kind == "keyword" and token.word == "IS" and tokens[index + 1].word != "NOT":
            yield (token.end, token.end, " NOT")
        elif token.kind == "name" and token.word in ("in_group", "has", "in_period", "in_previous", "in_preceding", "at_least", "more_than") \
                and before not in ("NOT",) and tokens[index + 1].text == "(":
            yield (token.start, token.start, "NOT ")


@operator("in one less")
def in_one_less(piece, templates):
    """One code of a list is left out."""
    for begin, items in lists(piece):
        if len(items) < 2:
            continue
        for number, item in enumerate(items):
            tokens = piece.tokens
            if number:
                yield (tokens[item - 2].end, tokens[item].end, "")
            else:
                yield (tokens[item].start, tokens[item + 2].start, "")


def lists(piece):
    """IN ('A', 'B'): the place of IN and of its literals."""
    tokens = piece.tokens
    for index, token in enumerate(tokens[:-1]):
        if token.kind == "keyword" and token.word == "IN" and tokens[index + 1].text == "(":
            items = range(index + 2, piece.pairs[index + 1], 2)
            if items and all(tokens[item].kind in ("string", "number") for item in items):
                yield index, list(items)


# ---- Columns and codes

def is_column(piece, index):
    tokens = piece.tokens
    token = tokens[index]
    if token.kind not in ("name", "quoted"):
        return False
    before = tokens[index - 1] if index else None
    after = tokens[index + 1].text if index + 1 < len(tokens) else ""
    if after in ("(", "."):
        return False
    return not (before and before.kind == "keyword" and before.word in ("AS", "FROM", "JOIN", "COLLATE", "WITH", "TABLE"))


def quoted(name):
    plain = name.replace("_", "a").isalnum() and not name[0].isdigit() and name.upper() not in \
        {"GROUP", "ORDER", "FROM", "TO", "LIMIT", "INDEX", "CHECK", "VALUES", "REFERENCES"}
    return name if plain else '"' + name + '"'


@operator("other column")
def other_column(piece, templates):
    """Another column of the same type of the same ledger: the next one, and the one before."""
    ledgers = templates.ledgers_in(piece)
    for index, token in enumerate(piece.tokens):
        if not is_column(piece, index):
            continue
        name, ending = token.word, ""
        for suffix in (".first", ".last"):
            if name.endswith(suffix):
                name, ending = name[:-len(suffix)], suffix
        column, ledger = templates.column(ledgers, name)
        if not column:
            continue
        same = [other.name for other in templates.ledgers[ledger].values() if other.type == column.type]
        if column.type in ("enum", "list"):  # a code of another vocabulary never matches: only the same vocabulary is a slip
            same = [other for other in same if templates.ledgers[ledger][other].vocabulary == column.vocabulary]
        if column.type == "derived":
            same = []
        here = same.index(column.name) if column.name in same else 0
        prefix = name[:-len(column.name)] if "." in name else ""
        for other in dict.fromkeys([same[(here + 1) % len(same)], same[here - 1]] if len(same) > 1 else []):
            if other != column.name:
                yield replace(token, quoted(prefix + other + ending))


@operator("scope")
def scope(piece, templates):
    """The unit a row counts for against the unit it names; one ledger's unit in a join against another's."""
    for token in piece.tokens:
        if token.kind == "quoted" and token.word.endswith(".under"):
            yield replace(token, quoted(token.word[:-6]))


@operator("other code")
def other_code(piece, templates):
    tokens, ledgers = piece.tokens, templates.ledgers_in(piece)
    listed = {item: items for _, items in lists(piece) for item in items}
    for index, token in enumerate(tokens):
        if token.kind != "string":
            continue
        code = token.text[1:-1]
        codes = codes_around(piece, templates, ledgers, index)
        if code not in codes:
            continue
        taken = {tokens[item].text[1:-1] for item in listed.get(index, ())}
        here = codes.index(code)
        for other in codes[here + 1:] + codes[:here]:
            if other not in taken | {code}:
                yield replace(token, f"'{other}'")
                break


def codes_around(piece, templates, ledgers, index):
    """The list that a literal is one of: groups for in_group and has, else codes of the vocabulary of the column it is compared with."""
    tokens = piece.tokens
    code = tokens[index].text[1:-1]
    opener = index
    while opener >= 0 and not (tokens[opener].text == "(" and piece.pairs.get(opener, -1) > index):
        opener -= 1
    call = tokens[opener - 1] if opener > 0 else None
    if call and call.word == "in_group" and tokens[opener + 1].kind == "string":
        vocabulary = tokens[opener + 1].text[1:-1]
        return templates.groups.get(vocabulary, []) if index > opener + 1 else list(templates.groups)
    for place in range(index - 1, max(index - 24, -1), -1):  # the nearest column in front whose vocabulary has the code
        if not is_column(piece, place):
            continue
        name = tokens[place].word
        if name == "groups":
            for groups in templates.groups.values():
                if code in groups:
                    return groups
        column, _ = templates.column(ledgers, name)
        if column and column.vocabulary and code in templates.codes.get(column.vocabulary, ()):
            return templates.codes[column.vocabulary]
        words = [word[1:-1] for word in templates.words.get(name, ())]
        if code in words:
            return words
    if call and call.word in ("plan_target", "plan_format", "has"):
        for codes in templates.codes.values():
            if code in codes:
                return codes
    for words in templates.words.values() if piece.kind == "sql" and piece.file.startswith("ledgers") or piece.kind == "view" else ():
        if tokens[index].text in words and tokens[index - 1].word in ("THEN", "ELSE"):
            return [word[1:-1] for word in words]
    return []


# ---- Days and periods

CALLS = {"period_start": ("period_end",), "period_end": ("period_start", "as_of"), "figure_day": ("period_end", "period_start"),
         "as_of": ("period_end",), "in_period": ("in_previous",), "in_previous": ("in_period",), "in_preceding": ("in_previous",),
         "first_day": ("last_day",), "last_day": ("first_day",), "at_least": ("more_than",), "more_than": ("at_least",)}


@operator("first for last day")
def first_for_last(piece, templates):
    for index, token in enumerate(piece.tokens):
        if token.kind == "quoted" and token.word.endswith((".first", ".last")):
            base, _, ending = token.word.rpartition(".")
            yield replace(token, quoted(f"{base}.{'last' if ending == 'first' else 'first'}"))
        elif token.kind == "name" and index + 1 < len(piece.tokens) and piece.tokens[index + 1].text == "(" \
                and not token.word.startswith("in_"):
            for other in CALLS.get(token.word, ()):
                yield replace(token, other)


@operator("other period")
def other_period(piece, templates):
    for index, token in enumerate(piece.tokens[:-1]):
        if token.kind == "name" and token.word.startswith("in_") and piece.tokens[index + 1].text == "(":
            for other in CALLS.get(token.word, ()):
                yield replace(token, other)


# ---- Aggregates

@operator("filter dropped")
def filter_dropped(piece, templates):
    for index, token in enumerate(piece.tokens):
        if token.kind == "keyword" and token.word == "FILTER":
            yield (piece.tokens[index - 1].end, piece.tokens[piece.pairs[index + 1]].end, "")


@operator("other aggregate")
def other_aggregate(piece, templates):
    tokens = piece.tokens
    for index, token in enumerate(tokens[:-1]):
        if token.kind != "name" or tokens[index + 1].text != "(":
            continue
        end = piece.pairs[index + 1]
        commas = any(tokens[place].text == "," for place in range(index + 2, end))
        if token.word == "sum":
            yield replace(token, "count")
            yield (token.start, tokens[end].end, "count(*)")
        elif token.word == "count" and tokens[index + 2].word == "DISTINCT":
            yield (token.start, tokens[end].end, "count(*)")
        elif token.word == "count":
            yield (tokens[index + 2].start, tokens[end].start, "*")
        elif token.word in ("max", "min") and not commas:
            yield replace(token, "min" if token.word == "max" else "max")
        elif token.word in ("max", "min"):
            yield replace(token, "min" if token.word == "max" else "max")
        elif token.word == "abs":
            yield replace(token, "")


@operator("distinct dropped")
def distinct_dropped(piece, templates):
    for index, token in enumerate(piece.tokens):
        if token.kind == "keyword" and token.word == "DISTINCT":
            yield (token.start, piece.tokens[index + 1].start, "")
        elif token.kind == "keyword" and token.word == "UNION":
            following = piece.tokens[index + 1]
            if following.word == "ALL":
                yield (token.end, following.end, "")
            else:
                yield (token.end, token.end, " ALL")


@operator("group dropped")
def group_dropped(piece, templates):
    yield from items_dropped(piece, "GROUP")


# ---- Joins

@operator("join changed")
def join_changed(piece, templates):
    tokens = piece.tokens
    for index, token in enumerate(tokens):
        if token.kind != "keyword" or token.word != "JOIN":
            continue
        before = tokens[index - 1]
        if before.word == "LEFT":
            yield (before.start, token.start, "")
        elif before.word not in ("CROSS", "INNER", "NATURAL", "OUTER"):
            yield (token.start, token.start, "LEFT ")


@operator("on dropped")
def on_dropped(piece, templates):
    tokens = piece.tokens
    for lead, begin, end in expressions(piece):
        if lead == "ON":
            yield (tokens[begin].start, tokens[end - 1].end, "1")
    for index, token in enumerate(tokens[:-1]):
        if token.kind == "keyword" and token.word == "USING":
            yield (tokens[index - 1].end, tokens[piece.pairs[index + 1]].end, "")


@operator("view widened")
def view_widened(piece, templates):
    """The view's own table in place of the view: what the view keeps out comes in."""
    tokens = piece.tokens
    for index, token in enumerate(tokens[1:], 1):
        view = templates.views.get(token.word) if token.kind in ("name", "quoted") else None
        if not view or tokens[index - 1].word not in ("FROM", "JOIN", ",") or view.file == piece.file:
            continue
        sources = [after.word for before, after in zip(view.tokens, view.tokens[1:])
                   if before.word == "FROM" and after.kind in ("name", "quoted")]
        for source in dict.fromkeys(sources[:1]):
            if templates.ledger_of(source):
                yield replace(token, source)
        for other, piece_of_other in templates.views.items():
            if other != token.word and sources and any(after.word == sources[0] for before, after in
                                                       zip(piece_of_other.tokens, piece_of_other.tokens[1:]) if before.word == "FROM"):
                yield replace(token, other)


# ---- Order

def items_of(piece, word):
    """(place of the word, [(first, one past last)]) for each GROUP BY or ORDER BY."""
    tokens, pairs = piece.tokens, piece.pairs
    for index, token in enumerate(tokens[:-1]):
        if token.kind == "keyword" and token.word == word and tokens[index + 1].word == "BY":
            items, start, place = [], index + 2, index + 2
            while place < len(tokens):
                here = tokens[place]
                if pairs.get(place, -1) > place:
                    place = pairs[place] + 1
                    continue
                if place in pairs or here.text == ";" or here.kind == "keyword" and here.word in \
                        ("ORDER", "HAVING", "LIMIT", "UNION", "INTERSECT", "EXCEPT", "WINDOW", "ROWS", "RANGE"):
                    break
                if here.text == ",":
                    items.append((start, place))
                    start = place + 1
                place += 1
            if place > start:
                items.append((start, place))
            yield index, items


def items_dropped(piece, word):
    tokens = piece.tokens
    for index, items in items_of(piece, word):
        if len(items) == 1:
            yield (tokens[index - 1].end, tokens[items[0][1] - 1].end, "")
            continue
        for number, (first, last) in enumerate(items):
            if number:
                yield (tokens[first - 2].end, tokens[last - 1].end, "")
            else:
                yield (tokens[first].start, tokens[last + 1].start, "")


@operator("order dropped")
def order_dropped(piece, templates):
    yield from items_dropped(piece, "ORDER")
    tokens = piece.tokens
    for index, items in items_of(piece, "ORDER"):
        if len(items) > 1:
            yield (tokens[index - 1].end, tokens[items[-1][1] - 1].end, "")
        for first, last in items:
            for place in range(first, last - 1):
                if tokens[place].word == "COLLATE":
                    yield (tokens[place - 1].end, tokens[place + 1].end, "")


@operator("order turned")
def order_turned(piece, templates):
    tokens = piece.tokens
    for _, items in items_of(piece, "ORDER"):
        for first, last in items:
            end = tokens[last - 1]
            if end.kind == "keyword" and end.word in ("DESC", "ASC"):
                yield (tokens[last - 2].end, end.end, " DESC" if end.word == "ASC" else "")
            else:
                yield (end.end, end.end, " DESC")


@operator("limit dropped")
def limit_dropped(piece, templates):
    for index, token in enumerate(piece.tokens[:-1]):
        if token.kind == "keyword" and token.word == "LIMIT":
            yield (token.start, piece.tokens[index + 1].end, "")


# ---- Numbers and unknowns

@operator("number")
def number(piece, templates):
    """One more, and one less."""
    tokens = piece.tokens
    for index, token in enumerate(tokens):
        if token.kind == "number" and token.text.isdigit():
            before = tokens[index - 1].text if index else ""
            if before == "(" and tokens[index - 2].word in ("count", "EXISTS") or before == "SELECT" and tokens[index + 1].word == "FROM":
                continue
            yield replace(token, str(int(token.text) + 1))
            if int(token.text):
                yield replace(token, str(int(token.text) - 1))


@operator("arithmetic")
def arithmetic(piece, templates):
    for index, token in enumerate(piece.tokens):
        before = piece.tokens[index - 1] if index else None
        binary = before and (before.kind in ("name", "quoted", "number", "parameter", "string") or before.text in (")",) or before.word == "END")
        other = {"+": "-", "-": "+", "*": "+", "/": "*"}.get(token.text)
        if token.kind == "operator" and binary and other:
            yield replace(token, other)


@operator("unknown")
def unknown(piece, templates):
    """An argument of coalesce dropped: what it says of blanks is gone, or what it says of the rest."""
    tokens, pairs = piece.tokens, piece.pairs
    for index, token in enumerate(tokens[:-1]):
        if token.kind != "name" or token.word not in ("coalesce", "ifnull") or tokens[index + 1].text != "(":
            continue
        commas, place = [], index + 2
        while place < pairs[index + 1]:
            if pairs.get(place, -1) > place:
                place = pairs[place]
            elif tokens[place].text == ",":
                commas.append(place)
            place += 1
        arguments = split(index + 2, pairs[index + 1], [(",", comma) for comma in commas])
        if len(arguments) == 2:
            for first, last in arguments:
                yield (token.start, tokens[pairs[index + 1]].end, take(piece, first, last - 1))
        else:
            for number_, (first, last) in enumerate(arguments):
                if number_:
                    yield (tokens[first - 2].end, tokens[last - 1].end, "")
                elif len(arguments) > 1:
                    yield (tokens[first].start, tokens[last + 1].start, "")


@operator("null for value")
def null_for_value(piece, templates):
    """The unit, day or year that a function is asked for, left open; and a named unit for an open one."""
    tokens = piece.tokens
    for index, token in enumerate(tokens[:-2]):
        if token.kind == "name" and token.word == "unit_id" and tokens[index + 1].text == "(" and tokens[index - 1].text == ",":
            yield (token.start, tokens[index + 2].end, "NULL")
        elif token.kind == "keyword" and token.word == "NULL" and tokens[index - 1].text == ",":
            yield replace(token, "unit_id()")
