"""vocabulary.py - what the templates say of ledgers, columns, vocabularies and views, as far as operators ask for it."""
import os
import re

from sql import SECTION, SETTING, pieces_of


def sections_of(path):
    """{section: {key: [values]}} of an ini file."""
    with open(path, encoding="utf-8") as stream:
        text = stream.read()
    found, marks = {}, [*SECTION.finditer(text)]
    for mark, following in zip(marks, marks[1:] + [None]):
        keys = found.setdefault(mark[1], {})
        for setting in SETTING.finditer(text, mark.end(), following.start() if following else len(text)):
            keys.setdefault(setting[1], []).append(setting[2])
    return found


class Column:
    def __init__(self, name, keys):
        self.name, self.type = name, keys.get("type", ["text"])[0]
        self.vocabulary = keys.get("vocabulary", [None])[0]
        self.reference = keys.get("reference", [""])[0].partition(".")[0]


class Templates:
    """ledgers: {name: {column: Column}}; codes and groups: {vocabulary: [codes]}; views: {name: Piece};
    words: {column: strings that queries compare it with or derive it as}."""

    def __init__(self, folder):
        self.folder = folder
        self.ledgers, self.codes, self.groups, self.views = {}, {}, {}, {}
        for name in self.names("ledgers", ".ini"):
            columns = {}
            for section, keys in sections_of(os.path.join(folder, "ledgers", name + ".ini")).items():
                kind, _, rest = section.partition(" ")
                if kind == "derive":
                    columns[rest.strip()] = Column(rest.strip(), {"type": ["derived"], **keys})
                elif "type" in keys and not rest:
                    columns[section] = Column(section, keys)
            self.ledgers[name] = columns
        for name in self.names("vocabularies", ".ini"):
            sections = sections_of(os.path.join(folder, "vocabularies", name + ".ini"))
            self.codes[name] = [code for code in sections if code != "vocabulary"]
            groups = [group.strip() for code in self.codes[name] for value in sections[code].get("group", [])
                      for group in re.split(r"[|,;]", value)]
            self.groups[name] = list(dict.fromkeys(group for group in groups if group))
        for name in self.names("views", ".sql"):
            self.views[name] = pieces_of(folder, f"views/{name}.sql")[0]
        self.words = self.words_of_columns()

    def names(self, below, ending):
        place = os.path.join(self.folder, below)
        return sorted(name[:-len(ending)] for name in os.listdir(place) if name.endswith(ending)) if os.path.isdir(place) else []

    def ledger_of(self, name):
        """The ledger that a table of a query holds: its own, its tally's, or what a view begins with."""
        base = name[:-6] if name.endswith("_tally") else name
        if base in self.ledgers:
            return base
        view = self.views.get(name)
        if view:
            for before, after in zip(view.tokens, view.tokens[1:]):
                if before.word in ("FROM", "JOIN") and after.kind in ("name", "quoted") and after.word != name:
                    found = self.ledger_of(after.word)
                    if found:
                        return found
        return None

    def ledgers_in(self, piece):
        """The ledgers that a piece reads, nearest first; a rule or derived column reads its own."""
        own = os.path.basename(piece.file)[:-4] if piece.file.startswith("ledgers") else None
        names = [own] if own else []
        names += [self.ledger_of(token.word) for token in piece.tokens if token.kind in ("name", "quoted")]
        return [name for name in dict.fromkeys(names) if name]

    def column(self, ledgers, name):
        """The column of that name and the ledger it is found in; a.b is column b of the ledger that a refers to."""
        base, _, part = name.partition(".")
        for ledger in ledgers:
            found = self.ledgers.get(ledger, {}).get(base)
            if found and part and found.reference and part in self.ledgers.get(found.reference, {}):
                return self.ledgers[found.reference][part], found.reference
            if found and not part:
                return found, ledger
        return None, None

    def words_of_columns(self):
        """The strings that stand for states of columns that no ledger has a vocabulary for: derived columns, states of views."""
        found = {}
        from sql import files_of
        for file in files_of(self.folder):
            for piece in pieces_of(self.folder, file):
                tokens = piece.tokens
                for index, token in enumerate(tokens):
                    if token.kind == "keyword" and token.word == "CASE":
                        end = piece.pairs[index]
                        after = tokens[end + 1:end + 3]
                        name = after[1].word if len(after) == 2 and after[0].word == "AS" else piece.name if piece.kind == "sql" else None
                        strings = [following.text for before, following in zip(tokens[index:end], tokens[index + 1:end])
                                   if before.word in ("THEN", "ELSE") and following.kind == "string"]
                        if name and strings:
                            found.setdefault(name, []).extend(strings)
        return {name: list(dict.fromkeys(strings)) for name, strings in found.items()}
