"""equivalent.py - mutants that mean the same as what they were made from: by their form, or because somebody looked."""
import os

import operators

HERE = os.path.dirname(os.path.abspath(__file__))


def listed():
    """{key: reason} of equivalent.txt: a reason stands in brackets above the mutants it is given for."""
    found, reason = {}, ""
    with open(os.path.join(HERE, "equivalent.txt"), encoding="utf-8") as stream:
        for line in map(str.strip, stream):
            if line.startswith("[") and line.endswith("]"):
                reason = line[1:-1]
            elif line and not line.startswith("#"):
                found[line] = reason
    return found


def by_form(piece, name, edits):
    """Why a change cannot matter whatever the data, or None."""
    if name == "distinct dropped":
        return same_union(piece, edits)
    if name == "join changed":
        return null_refused(piece, edits)
    return None


def same_union(piece, edits):
    """UNION for UNION ALL in a check: every part is one row, with words of its own."""
    changed = next((index for index, token in enumerate(piece.tokens) if token.end == edits[0][1]), None)
    if piece.kind != "check" or changed is None or [token.word for token in piece.tokens[changed - 1:changed + 1]] != ["UNION", "ALL"]:
        return None
    tokens, parts, start, depth = piece.tokens, [], 0, 0
    for index, token in enumerate(tokens):
        depth += (token.text == "(") - (token.text == ")")
        if depth == 0 and token.kind == "keyword" and token.word == "UNION":
            parts.append((start, index))
            start = index + 1 + (tokens[index + 1].word == "ALL")
    words = []
    for begin, end in parts + [(start, len(tokens))]:
        if tokens[begin].word != "SELECT" or tokens[begin + 1].kind != "string" or tokens[begin + 2].text != ",":
            return None
        words.append(tokens[begin + 1].text)
        inside, rows, aggregate = 0, False, False
        for index in range(begin, end):
            inside += (tokens[index].text == "(") - (tokens[index].text == ")")
            rows = rows or inside == 0 and tokens[index].word == "FROM"
            aggregate = aggregate or inside == 1 and tokens[index].text == "(" and tokens[index - 1].word in ("count", "sum", "max", "min")
        if rows and not aggregate:
            return None
    return "every part of the check is one row that begins with words of its own" if len(set(words)) == len(words) else None


def null_refused(piece, edits):
    """LEFT JOIN for JOIN, or JOIN for LEFT JOIN, where a condition of WHERE lets no row through that the join had filled with NULL."""
    tokens = piece.tokens
    if len(edits) != 1:
        return None
    join = next((index for index, token in enumerate(tokens) if token.word == "JOIN" and token.kind == "keyword" and token.start >= edits[0][0]), None)
    if join is None or tokens[join + 1].kind not in ("name", "quoted"):
        return None
    after = join + 2 + (tokens[join + 2].word == "AS")
    alias = tokens[after].word if tokens[after].kind == "name" else tokens[join + 1].word
    for lead, begin, end in operators.expressions(piece):
        if lead != "WHERE" or begin < join or depth_of(piece, begin) != depth_of(piece, join) or between(piece, join, begin):
            continue
        cuts = operators.operands(piece, begin, end)
        if any(word == "OR" for word, _ in cuts):
            return None
        for first, last in operators.split(begin, end, cuts):
            words = [token.word for token in tokens[first:last]]
            if len(words) > 3 and words[0] == alias and words[1] == "." and \
                    (words[3:] == ["IS", "NOT", "NULL"] or words[3] in ("=", "<>", "<", "<=", ">", ">=", "IN", "LIKE", "BETWEEN") and "IS" not in words):
                return "a condition of WHERE refuses the rows that only an outer join gives"
    return None


def depth_of(piece, index):
    return sum((token.text == "(") - (token.text == ")") for token in piece.tokens[:index])


def between(piece, first, last):
    """Whether another SELECT of the same depth begins between two places."""
    depth = depth_of(piece, first)
    return any(token.word == "SELECT" and depth_of(piece, index) == depth for index, token in enumerate(piece.tokens[first:last], first))
