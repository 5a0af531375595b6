"""sql.py - the words of the SQL in templates, with their places.

A piece is one SQL text of a file: a block of a report, a view, a function, a rule or a derived column of a ledger. Its
tokens know where they stand in the file, so that a change of tokens is a change of the file and of nothing else.
"""
import os
import re

# Order matters: what begins like something shorter stands before it.
TOKEN = re.compile(r"""
    (?P<space>\s+)
  | (?P<comment>--[^\n]*|/\*.*?(?:\*/|\Z))
  | (?P<string>'(?:[^']|'')*')
  | (?P<quoted>"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])
  | (?P<number>0[xX][0-9a-fA-F]+|(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)
  | (?P<parameter>\?\d*|[:@$][^\W\d]\w*)
  | (?P<name>[^\W\d][\w$]*)
  | (?P<operator>\|\||<=|>=|<>|!=|==|<<|>>|->>|->|[-+*/%<>=&|~(),.;])
""", re.VERBOSE | re.DOTALL)

KEYWORDS = set("""
    ALL AND AS ASC BETWEEN BY CASE CAST COLLATE CROSS CURRENT DESC DISTINCT ELSE END ESCAPE EXCEPT EXISTS FILTER FIRST FOLLOWING
    FROM FULL GLOB GROUP GROUPS HAVING IN INNER INTERSECT IS ISNULL JOIN LAST LEFT LIKE LIMIT MATERIALIZED NATURAL NOT NOTNULL
    NULL NULLS OFFSET ON OR ORDER OUTER OVER PARTITION PRECEDING RANGE RECURSIVE REGEXP RIGHT ROW ROWS SELECT THEN UNBOUNDED
    UNION USING VALUES WHEN WHERE WINDOW WITH
""".split())

# Keywords that SQLite also takes for names where a name must stand; the shipped templates name columns so.
NAMES_TOO = {"FIRST", "LAST", "GROUPS", "ROW", "ROWS", "CURRENT", "RANGE", "FOLLOWING", "PRECEDING"}


class Token:
    """kind, text, place in the text of the piece; word is what it says whatever its case, for keywords and names."""
    __slots__ = ("kind", "text", "start", "end", "word")

    def __init__(self, kind, text, start):
        self.kind, self.text, self.start, self.end = kind, text, start, start + len(text)
        self.word = text.upper() if kind == "keyword" else name_of(text) if kind in ("name", "quoted") else text

    def __repr__(self):
        return f"{self.kind}:{self.text}"


def name_of(text):
    if text[0] in "\"`[":
        close = {"[": "]"}.get(text[0], text[0])
        return text[1:-1].replace(close * 2, close)
    return text


def tokens_of(text):
    """The tokens of a text, without blanks and comments. An ill-formed text is told, not guessed at."""
    found, place = [], 0
    while place < len(text):
        match = TOKEN.match(text, place)
        if not match:
            raise ValueError(f"no token of SQL: {text[place:place + 20]!r}")
        kind = match.lastgroup
        if kind == "name" and match[0].upper() in KEYWORDS:
            kind = "keyword"
        if kind not in ("space", "comment"):
            found.append(Token(kind, match[0], place))
        place = match.end()
    for index, token in enumerate(found):
        if token.kind == "keyword" and token.word in NAMES_TOO and not keyword_here(found, index):
            found[index] = Token("name", token.text, token.start)
    return found


def keyword_here(tokens, index):
    """Whether FIRST, ROW and their like are keywords: NULLS FIRST, CURRENT ROW, ROWS BETWEEN and so on."""
    before = tokens[index - 1].word if index else ""
    after = tokens[index + 1].word if index + 1 < len(tokens) else ""
    word = tokens[index].word
    if word in ("FIRST", "LAST"):
        return before == "NULLS"
    if word == "CURRENT":
        return after == "ROW"
    if word == "ROW":
        return before == "CURRENT"
    if word in ("FOLLOWING", "PRECEDING"):
        return before in ("UNBOUNDED",) or tokens[index - 1].kind == "number"
    return after in ("BETWEEN", "UNBOUNDED")


class Piece:
    """One SQL text: file, name in the file, the text, and where each of its parts stands in the file's text."""

    def __init__(self, file, name, kind, parts, source):
        self.file, self.name, self.kind, self.source = file, name, kind, source
        self.parts, texts, length = [], [], 0
        for start, end in parts:
            self.parts.append((length, start, end))
            texts.append(source[start:end])
            length += end - start + 1
        self.text = "\n".join(texts)
        self.tokens = tokens_of(self.text)
        self.pairs = pairs_of(self.tokens)

    def place(self, offset):
        """The place in the file of a place in the text."""
        for begin, start, end in reversed(self.parts):
            if offset >= begin:
                return min(start + offset - begin, end)
        raise ValueError(offset)

    def line(self, offset):
        return self.source.count("\n", 0, self.place(offset)) + 1

    def changed(self, edits):
        """The file's text with edits (start, end, new) of the piece's text made. A piece in several lines of an ini file keeps
        the words in front of each line, so an edit that spans lines is made line by line."""
        text = self.source
        for start, end, new in sorted(edits, reverse=True):
            for begin, first, last in reversed(self.parts):
                low, high = max(start, begin), min(end, begin + last - first)
                if low < high or (low == high == start == end):
                    here = new if start >= begin else ""
                    text = text[:first + low - begin] + here + text[first + high - begin:]
        return text


def pairs_of(tokens):
    """Where each parenthesis and each CASE ends, and where each end begins."""
    pairs, open_ = {}, []
    for index, token in enumerate(tokens):
        if token.text == "(" or token.word == "CASE" and token.kind == "keyword":
            open_.append(index)
        elif token.text == ")" or token.word == "END" and token.kind == "keyword":
            if not open_:
                raise ValueError("a parenthesis is closed that was not opened")
            begin = open_.pop()
            pairs[begin], pairs[index] = index, begin
    if open_:
        raise ValueError("a parenthesis is not closed")
    return pairs


BLOCK = re.compile(r"^```(sql|check)[ \t]+(\S+)[^\n]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^\[([^\]\n]*)\]", re.MULTILINE)
SETTING = re.compile(r"^[ \t]*([^=;#\[\n]+?)[ \t]*=[ \t]*(.*?)[ \t]*$", re.MULTILINE)
SQL_SETTINGS = {"check": ("rule",), "derive": ("sql",), "ledger": ("public_rows",)}


def pieces_of(folder, file):
    """All SQL of a template file; file is its path below the folder of templates."""
    with open(os.path.join(folder, file), encoding="utf-8") as stream:
        return pieces_from(file, stream.read())


def pieces_from(file, source):
    if file.endswith(".sql"):
        return [Piece(file, os.path.basename(file)[:-4], os.path.dirname(file).rstrip("s"), [(0, len(source))], source)]
    if file.endswith(".md"):
        return [Piece(file, block[2], block[1], [block.span(3)], source) for block in BLOCK.finditer(source)]
    pieces, marks = [], [*SECTION.finditer(source)]
    for mark, following in zip(marks, marks[1:] + [None]):
        words = mark[1].split(None, 1)
        kind = words[0] if words else ""
        inside = SETTING.finditer(source, mark.end(), following.start() if following else len(source))
        parts = {}
        for setting in inside:
            if setting[1] in SQL_SETTINGS.get(kind, ()):
                parts.setdefault(setting[1], []).append(setting.span(2))
        for key, spans in parts.items():
            pieces.append(Piece(file, words[-1] if key != "public_rows" else key, key, spans, source))
    return pieces


def files_of(folder):
    """The template files that hold SQL, in order."""
    found = []
    for base, folders, names in os.walk(folder):
        folders.sort()
        below = os.path.relpath(base, folder)
        if below.split(os.sep)[0] not in (".", "partials", "views", "functions", "ledgers"):
            continue
        for name in sorted(names):
            path = os.path.normpath(os.path.join(below, name))
            if name.endswith((".md", ".sql", ".ini")) and pieces_of(folder, path):
                found.append(path)
    return sorted(found)
