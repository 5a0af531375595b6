"""graph.py - which reports a template file makes, and copies of a report in which one of its files is changed.

A report is one file, so hundreds of copies of it, each with another mutant in it, are made by one run of tongket: year-end-m7
is year-end with mutant 7. Where a partial, view or function is changed, that file and all between it and the report are
copied too, under names of their own. Only a ledger has to be changed in place.
"""
import os
import re

from sql import files_of, pieces_of

PARTIAL = re.compile(r"\{\{>\s*([\w./-]+)\s*\}\}")
FRONT = re.compile(r"\A---\n(.*?)^---$", re.MULTILINE | re.DOTALL)


def kind_of(file):
    folder = os.path.dirname(file)
    return {"": "report", "partials": "partial", "views": "view", "functions": "function", "ledgers": "ledger"}[folder]


def name_of(file):
    return os.path.splitext(os.path.basename(file))[0]


def uses(piece):
    """(token, name, role) for each token of a piece that may name a view, a ledger or a function."""
    tokens = piece.tokens
    for index, token in enumerate(tokens):
        if token.kind not in ("name", "quoted"):
            continue
        before = tokens[index - 1].word if index else ""
        after = tokens[index + 1].text if index + 1 < len(tokens) else ""
        if after == "(" and token.kind == "name":
            yield token, token.word, "function"
        elif before in ("FROM", "JOIN") or after == ".":
            yield token, token.word, "table"


class Graph:
    def __init__(self, folder):
        self.folder = folder
        self.files = {}
        for base in ("", "partials", "views", "functions", "ledgers"):
            place = os.path.join(folder, base)
            for name in sorted(os.listdir(place)) if os.path.isdir(place) else ():
                if name.endswith((".md", ".sql", ".ini")) and name != "README.md" and os.path.isfile(os.path.join(place, name)):
                    with open(os.path.join(place, name), encoding="utf-8") as stream:
                        self.files[os.path.join(base, name)] = stream.read()
        self.views = {name_of(file): file for file in self.files if kind_of(file) == "view"}
        self.functions = {name_of(file): file for file in self.files if kind_of(file) == "function"}
        self.ledgers = {name_of(file): file for file in self.files if kind_of(file) == "ledger"}
        self.partials = {name_of(file): file for file in self.files if kind_of(file) == "partial"}
        self.needs = {file: self.needed(file, text) for file, text in self.files.items()}
        self.periods = {name_of(file): self.front(text, "period").split() for file, text in self.files.items() if kind_of(file) == "report"}

    def front(self, text, key):
        found = FRONT.match(text)
        line = re.search(rf"^{key}:(.*)$", found[1], re.MULTILINE) if found else None
        return line[1].strip() if line else ""

    def needed(self, file, text):
        found = set()
        for piece in pieces_of(self.folder, file):
            for _, name, role in uses(piece):
                base = name[:-6] if name.endswith("_tally") else name
                found.add(self.functions.get(name) if role == "function" else self.views.get(name) or self.ledgers.get(base))
        if file.endswith(".md"):
            found |= {self.partials.get(name) for name in PARTIAL.findall(text)}
            found |= {self.ledgers.get(name) for name in re.findall(r"\{\{[#^]\s*ledger\.(\w+)", text)}
            found |= {self.ledgers.get(self.front(text, "each"))}
        if kind_of(file) == "ledger":
            found |= {self.ledgers.get(name) for name in re.findall(r"^reference\s*=\s*(\w+)\.", text, re.MULTILINE)}
        return found - {None, file}

    def reaching(self, file):
        """The files that need a file, at whatever distance, itself among them."""
        found, todo = {file}, [file]
        while todo:
            here = todo.pop()
            for other, needs in self.needs.items():
                if here in needs and other not in found:
                    found.add(other)
                    todo.append(other)
        return found

    def reports(self, file):
        return sorted(name_of(other) for other in self.reaching(file) if kind_of(other) == "report")

    def copies(self, mutant, report, mark):
        """{file: text}: the report with the mutant, every file between them copied under a name that ends with the mark."""
        between = {file for file in self.reaching(mutant.file) if report + ".md" in self.reaching(file)} | {report + ".md"}
        texts = {}
        for file in between:
            text = mutant.text if file == mutant.file else self.files[file]
            base, ending = os.path.splitext(file)
            joint = "-" if file.endswith(".md") else "_"
            texts[base + joint + mark + ending] = self.renamed(file, text, between, mark)
        return texts

    def renamed(self, file, text, between, mark):
        from sql import pieces_from
        edits = []
        for piece in pieces_from(file, text):
            for token, name, role in uses(piece):
                target = self.functions.get(name) if role == "function" else self.views.get(name)
                if target in between and target != file:
                    edits.append((piece.place(token.start), len(token.text), name + "_" + mark))
        if file.endswith(".md"):
            for found in PARTIAL.finditer(text):
                if self.partials.get(found[1]) in between:
                    edits.append((found.start(1), len(found[1]), found[1] + "-" + mark))
        for start, length, new in sorted(edits, reverse=True):
            text = text[:start] + new + text[start + length:]
        return text
