"""scope.py - one document says one thing: prose, tables, charts and checks of every document in a folder of trees agree.

    python3 scope.py FOLDER     FOLDER/PERIOD/REPORT.tree and FOLDER/PERIOD/REPORT/UNIT.tree

What is compared, and counted: figures of prose that are a query's rows with the table of that query, cell by cell; figures
with the totals of columns that are the same number (TIES); charts with the columns they draw; both sides of every check. A
sentence must not stop where a list or the number of a table should stand."""
import glob, re, sys

from report import Suite
from tree import read_nodes

# A column's total, or the sum of a list in prose, and the figure that is the same number.
TIES = {
    "year-end": {"grassroots_by_group.units": "units.grassroots", "by_type.units": "units.grassroots", "by_type.cells": "cells.total",
                 "by_type.members": "members.total", "admission_by_unit.admitted": "admitted.total", "moves.moves": "moves_total.total",
                 "discipline_by_form.members": "discipline.total", "tasks_by_subject.total": "tasks.total",
                 "ratings_by_grade.units": "unit_ratings.units"},
    "ratings": {"ratings_by_grade.units": "unit_ratings.units"},
    "discipline-bulletin": {"by_form.members": "tally.total", "by_field.members": "tally.total", "by_authority.members": "tally.total"},
    "directive-half-year": {"discipline_by_form.members": "discipline.total", "documents_by_kind.documents": "documents.total",
                            "moves_by_kind.moves": "moves.moves"},
    "working-sessions": {"by_commune.sessions": "tally.sessions", "by_agency.sessions": "tally.sessions"},
    "cadre-evaluation": {"by_unit.people": "grades.people", "by_grade.people": "grades.people"},
}
TORN = re.compile(r"gồm:?\s*[;.(]|Bảng\s*[).;,]|[(]\s*[)]|[:,]\s*[.;]|theo lý do:\s*\.|\bcó 0 tổ chức")
VALUE = re.compile(r"(\S*) (none|integer|decimal|ratio|date|text|hidden)(?: (\S+))?")


def number(node):
    found = VALUE.match(node.line)
    return float(found[3]) if found and found[2] in ("integer", "decimal") else 0.0 if found and found[2] == "none" else None


def read_table(node):
    """query, names of columns, rows, totals by name."""
    names = [line.words[1] if line.words[1][0] != '"' else "" for line in node.children if line.name == "column"]
    rows, totals = [], {}
    for child in node.children:
        cells = {name: number(cell) for name, cell in zip(names, child.children)}
        if child.line == "row":
            rows.append(cells)
        elif child.line == "total":
            totals = cells
    return node.words[2], names, rows, totals


class Document:
    def __init__(self, path):
        root = read_nodes(path)
        self.pairs, self.problems = 0, []
        self.report = path.split("/")[-2] if re.match(r"[0-9-]", path.split("/")[-3]) else path.split("/")[-1][:-5]
        blocks = list(root.first("blocks").walk())
        self.tables = [read_table(node) for node in blocks if node.name == "table" and any(c.name == "column" for c in node.children)]
        self.figures = {}
        for node in root.first("figures").children:
            self.figures.setdefault(node.name, []).append(number(node))
        self.lists()
        self.ties()
        self.charts(blocks)
        for node in root.first("checks").children if any(c.name == "checks" for c in root.children) else []:
            self.same(node.strings[0], *[number(child) if number(child) is not None else child.line.split(" ", 1)[1] for child in node.children[:2]])
        prose = " ".join(" ".join(node.strings[-1:]) for node in blocks if node.name in ("text", "value"))
        torn = TORN.search(prose)
        self.problems += [f"«{prose[max(0, torn.start() - 40):torn.end() + 20]}»"] if torn else []

    def same(self, what, expected, found):
        self.pairs += 1
        if expected != found:
            self.problems.append(f"{what}: {expected} and {found}")

    def lists(self):
        """A list in prose runs through the rows of its query; it may leave out those that are nothing."""
        for query, names, rows, _ in self.tables:
            for name in names:
                listed, cells = self.figures.get(f"{query}.{name}"), [row.get(name) for row in rows]
                if listed and None not in listed and None not in cells:
                    self.same(f"{query}.{name} in prose and table", [n for n in cells if n], [n for n in listed if n])

    def ties(self):
        for column, figure in TIES.get(self.report, {}).items():
            known = self.figures.get(figure)
            if not known or known[0] is None:
                continue
            query, name = column.split(".")
            sums = [sum(row[name] or 0 for row in rows) for table, names, rows, _ in self.tables if table == query and name in names]
            sums += [totals[name] for table, names, _, totals in self.tables if table == query and totals.get(name) is not None]
            sums += [sum(self.figures[column])] if column in self.figures and None not in self.figures[column] else []
            for found in sums:
                self.same(f"{figure} and {column}", known[0], found)

    def charts(self, blocks):
        tables = {node.words[1]: node for node in blocks if node.name == "table" and any(c.name == "column" for c in node.children)}
        for node in blocks:
            place = next((child for child in node.children if child.name == "table"), None) if node.name == "chart" else None
            if not place or place.words[1] not in tables:
                continue
            rows = [row.children for row in tables[place.words[1]].children if row.line == "row"]
            for series in (child for child in node.children if child.name == "series"):
                drawn = re.search(r" column (\d+) ", series.line)
                if not drawn:
                    continue
                column = int(drawn[1])
                self.same(f"chart {node.words[2]}", [number(cells[column]) for cells in rows],
                          [number(point) for point in series.children])


folder, suite = sys.argv[1], Suite("scope")
seen = {}
for path in sorted(set(glob.glob(folder + "/**/*.tree", recursive=True)) - set(glob.glob(folder + "/**/*.cover.tree", recursive=True))):
    document = Document(path)
    documents, pairs, problems = seen.get(document.report, (0, 0, []))
    seen[document.report] = (documents + 1, pairs + document.pairs,
                             problems + [path[len(folder) + 1:] + ": " + problem for problem in document.problems])
for report, (documents, pairs, problems) in sorted(seen.items()):
    suite.report(f"{report}: {pairs} pairs of {documents} documents", problems)
suite.report("pairs compared: %d of %d documents" % (sum(s[1] for s in seen.values()), sum(s[0] for s in seen.values())),
              [] if seen else ["no document"])
suite.end()
