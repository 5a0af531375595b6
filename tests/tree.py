"""tree.py - reads what a report says from its tree (--format tree), for tests that look for it in other formats."""
import re

INDENT = 2
STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
VALUE = re.compile(r"(.*?) (none|integer|decimal|ratio|date|text|hidden|gap)(?: (.*))?$")
NUMBERS = ("integer", "decimal", "ratio", "date")


def strings(line):
    """The quoted strings of a line, as they were before they were written on one line."""
    return [re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], text) for text in STRING.findall(line)]


class Value:
    """kind, value as in "integer 6386" ("6386"; a text's is itself), printed form."""
    def __init__(self, kind, rest):
        found = strings(rest)
        self.kind, self.printed = kind, found[-1] if found else ""
        self.value = found[0] if kind == "text" else rest.split(" ")[0] if kind in NUMBERS else ""


class Node:
    """A line of the tree and the lines under it."""
    def __init__(self, line, depth):
        self.line, self.depth, self.children = line, depth, []
        self.words, self.strings = line.split(), strings(line)
        self.name = self.words[0] if self.words else ""

    def value(self):
        found = VALUE.match(self.line)
        return Value(found[2], found[3] or "")

    def walk(self):
        for child in self.children:
            yield child
            yield from child.walk()

    def first(self, name):
        return next(child for child in self.children if child.name == name)


def read_nodes(path):
    root = Node("", -1)
    above = [root]
    with open(path, encoding="utf-8") as file:
        for line in file:
            depth = (len(line) - len(line.lstrip(" "))) // INDENT  # a cell of a column without a name begins with a blank
            node = Node(line.rstrip("\n")[depth * INDENT:], depth)
            while above[-1].depth >= depth:
                above.pop()
            above[-1].children.append(node)
            above.append(node)
    return root


class Table:
    """number, columns (their labels), rows (kind, cells as Values)."""
    ROWS = ("row", "group", "subtotal", "total")

    def __init__(self, node):
        self.number = int(node.words[1])
        self.columns = [child.strings[0] for child in node.children if child.name == "column"]
        self.rows = [(child.line, [cell.value() for cell in child.children]) for child in node.children if child.line in self.ROWS]


class Tree:
    """prose: the texts of headings, paragraphs and items; values: those in them; tables; charts: their categories;
    figures: (label, Value)."""
    def __init__(self, path):
        root = read_nodes(path)
        self.prose, self.values, self.tables, self.charts = [], [], [], []
        self._add_blocks(root.first("blocks"))
        self.figures = [(node.first("label").strings[0], node.value()) for node in root.first("figures").children]

    def _add_blocks(self, node):
        for block in node.children:
            if block.name == "table":
                self.tables.append(Table(block))
            elif block.name == "chart":
                self.charts.append([child.strings[0] for child in block.children if child.name == "category"])
            elif block.name in ("heading", "paragraph", "item"):
                self.prose.append("")
                self._add_inlines(block)
            if block.name in ("list", "item", "quote"):
                self._add_blocks(block)

    def _add_inlines(self, node):
        for inline in node.children:
            if inline.name == "text":
                self.prose[-1] += inline.strings[0]
            elif inline.name == "value":
                value = inline.value()
                self.prose[-1] += value.printed
                if value.kind in NUMBERS:
                    self.values.append(value)
            elif inline.name in ("strong", "emphasis"):
                self._add_inlines(inline)
