"""document.py - a document as `--format tree` writes it: its blocks, tables, charts, figures and checks with their values."""
import re

STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
VALUE = re.compile(r"(.*?) ?(none|integer|decimal|ratio|date|text|hidden|gap)(?: (.*))?$")
COLUMN = re.compile(r'column (\S*) "((?:[^"\\]|\\.)*)"(?: group "((?:[^"\\]|\\.)*)")?')


def unquoted(text):
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text)


def strings(line):
    return [unquoted(text) for text in STRING.findall(line)]


class Value:
    """One value: kind, what it is, how it is printed, where it stands; claimed once a claim has looked at it, wanted what that claim expected."""
    __slots__ = ("kind", "raw", "printed", "place", "claimed", "wanted")

    def __init__(self, kind, rest, place):
        found = strings(rest)
        self.kind, self.printed = kind, found[-1] if found else ""
        self.raw = found[0] if kind == "text" and found else rest.split(" ")[0] if rest else ""
        self.place, self.claimed, self.wanted = place, False, None

    def __str__(self):
        return "«%s»" % self.printed if self.kind in ("text", "none") else "%s «%s»" % (self.raw, self.printed)


class Node:
    def __init__(self, line, depth):
        self.line, self.depth, self.children = line, depth, []

    @property
    def name(self):
        return self.line.split(" ", 1)[0]

    def all(self, name):
        return [child for child in self.children if child.name == name]

    def first(self, name):
        return next(iter(self.all(name)), None)


def parsed(text):
    top = Node("", -1)
    open_nodes = [top]
    for line in text.splitlines():
        bare = line.lstrip(" ")
        if not bare:
            continue
        depth = (len(line) - len(bare)) // 2
        # A cell of a column without a name begins with a blank of its own.
        if (len(line) - len(bare)) % 2:
            bare = " " + bare
        while open_nodes[-1].depth >= depth:
            open_nodes.pop()
        node = Node(bare, depth)
        open_nodes[-1].children.append(node)
        open_nodes.append(node)
    return top


class Paragraph:
    """Words and values of one paragraph, heading or item: text has SLOT where a value stands."""
    SLOT = "\ue000"

    def __init__(self, node, section):
        self.values, parts = [], []
        self._read(node, section, parts)
        self.text = " ".join("".join(parts).split())
        self.section = section

    def _read(self, node, section, parts):
        for child in node.children:
            if child.name == "text":
                parts.append("".join(strings(child.line)))
            elif child.name == "value":
                found = VALUE.match(child.line[len("value "):])
                self.values.append(Value(found[2], found[3] or "", section))
                parts.append(self.SLOT)
            elif child.name == "break":
                parts.append(" ")
            else:  # strong, emphasis: their words stand in the sentence
                self._read(child, section, parts)

    def shown(self, start=0, end=None):
        """The words as a reader sees them, a value in the place of each slot."""
        before = self.text[:start].count(self.SLOT)
        values = iter(self.values[before:])
        return "".join(next(values).printed if letter == self.SLOT else letter for letter in self.text[start:end])


class Table:
    def __init__(self, node):
        _, self.number, self.name = node.line.split(" ", 2)
        self.caption = strings(node.first("caption").line)[0] if node.first("caption") else ""
        self.columns, self.labels, self.groups, self.rows, self.total = [], {}, {}, [], None
        self.counter = False
        for child in node.children:
            if child.name == "column":
                found = COLUMN.match(child.line)
                self.columns.append(found[1])
                self.labels[found[1]] = unquoted(found[2])
                self.groups[found[1]] = unquoted(found[3] or "")
                self.counter = self.counter or child.line.endswith(" counter")
            elif child.name in ("row", "total"):
                cells = {}
                for cell in child.children:
                    found = VALUE.match(cell.line)
                    name = found[1].strip()
                    cells[name] = Value(found[2], found[3] or "", self.name)
                if child.name == "row":
                    self.rows.append(cells)
                else:
                    self.total = cells

    def values(self):
        for cells in self.rows + ([self.total] if self.total else []):
            yield from cells.values()


class Chart:
    def __init__(self, node):
        _, self.number, self.name = node.line.split(" ", 2)
        self.caption = strings(node.first("caption").line)[0] if node.first("caption") else ""
        self.categories = [strings(child.line)[0] for child in node.all("category")]
        self.series = {}
        for child in node.all("series"):
            points = []
            for point in child.children:
                found = VALUE.match(point.line[len("point "):])
                points.append(Value(found[2], found[3] or "", self.name))
            self.series[strings(child.line)[0]] = points

    def values(self):
        for points in self.series.values():
            yield from points


class Figure:
    """A value of the prose that the workbook's summary names."""

    def __init__(self, node):
        found = VALUE.match(node.line)
        self.name = found[1].strip()
        self.value = Value(found[2], found[3] or "", "figures")
        self.label = strings(node.first("label").line)[0] if node.first("label") else ""
        self.section = strings(node.first("section").line)[0] if node.first("section") else ""
        self.base = strings(node.first("base").line)[0] if node.first("base") else ""


class Check:
    def __init__(self, node):
        self.kind, self.label = node.name, strings(node.line)[0]
        self.sides = {}
        for child in node.children:
            found = VALUE.match(child.line)
            if found:
                self.sides[found[1].strip()] = Value(found[2], found[3] or "", "checks")

    def values(self):
        return self.sides.values()


class Document:
    def __init__(self, text):
        top = parsed(text)
        head = top.first("document")
        _, self.report, self.period = (head.line.split(" ") + ["", ""])[:3]
        self.head = {}
        for child in head.children:
            self.head[child.name] = strings(child.line)[0] if '"' in child.line else child.line.partition(" ")[2]
        self.paragraphs, self.tables, self.charts = [], [], []
        self.section = ""
        self._blocks(top.first("blocks"))
        self.figures = [Figure(node) for node in top.first("figures").children] if top.first("figures") else []
        self.checks = [Check(node) for node in top.first("checks").children] if top.first("checks") else []
        self.details = {}
        for node in top.all("details"):
            found = re.match(r"details (\S+) rows (\d+) columns (\d+)", node.line)
            if found:
                self.details[found[1]] = Value("integer", found[2] + ' "' + found[2] + '"', "details")

    def _blocks(self, node):
        for child in node.children if node else []:
            if child.name in ("paragraph", "heading"):
                paragraph = Paragraph(child, self.section)
                self.paragraphs.append(paragraph)
                if child.name == "heading":
                    self.section = paragraph.shown()
            elif child.name == "table":
                self.tables.append(Table(child))
            elif child.name == "chart":
                self.charts.append(Chart(child))
            else:
                self._blocks(child)

    def table(self, name):
        return next((table for table in self.tables if table.name == name), None)

    def chart(self, name):
        return next((chart for chart in self.charts if chart.name == name), None)

    def values(self):
        """Every value a claim has to look at: of prose, tables, charts, checks and details."""
        for paragraph in self.paragraphs:
            yield from paragraph.values
        for block in self.tables + self.charts + self.checks:
            yield from block.values()
        yield from self.details.values()
