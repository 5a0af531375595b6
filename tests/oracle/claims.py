"""claims.py - what a report module says of a document, value by value.

A module calls say() for sentences, table(), chart(), check(), details() and head(); each value of the document must be met by
exactly one of these calls. Whatever does not agree, is missing, or nobody speaks of, becomes a Difference.
"""
import re

from document import Paragraph
from values import Ratio, TableNumber, agrees, shown

SLOT = Paragraph.SLOT


class Difference:
    """kind groups what has one cause: the report and the sentence or column, never a unit or a figure."""

    def __init__(self, kind, sentence, expected, found):
        self.kind, self.sentence, self.expected, self.found = kind, sentence, expected, found

    def __str__(self):
        return "%s\n    câu/ô: %s\n    đúng ra: %s\n    thấy: %s" % (self.kind, self.sentence, self.expected, self.found)


class List:
    """Repeated words with slots: List("{} {}", [("khiển trách", 11), ("cảnh cáo", 3)], ", "). Where the order of the items
    is nobody's business, any_order."""

    def __init__(self, pattern, items, separator=", ", any_order=False):
        self.pattern, self.separator, self.any_order = pattern, separator, any_order
        self.items = [item if isinstance(item, tuple) else (item,) for item in items]


class Piece:
    """Words with slots put into a larger sentence: Piece(" ({})", ratio) or Piece("") for nothing."""

    def __init__(self, pattern, *values):
        self.pattern, self.values = pattern, values


def expanded(pattern, values, outer=None):
    """[words or (value, kind)] of a pattern; the kind is the innermost pattern with the slot marked."""
    parts, values = [], list(values)
    pieces = pattern.split("{}")
    if len(pieces) - 1 != len(values):
        raise ValueError("%d slots, %d values: %s" % (len(pieces) - 1, len(values), pattern))
    for index, words in enumerate(pieces):
        parts.append(words)
        if index == len(values):
            break
        value = values[index]
        if isinstance(value, Piece):
            parts += expanded(value.pattern, value.values, pattern)
        elif isinstance(value, List):
            for number, item in enumerate(value.items):
                parts += ([value.separator] if number else []) + expanded(value.pattern, item, pattern)
        else:
            marked = "{}".join(pieces[:index + 1])[-40:] + "‹?›" + "{}".join(pieces[index + 1:])[:30]
            if len(marked) < 16 and outer:
                marked = outer[:40] + " … " + marked
            parts.append((value, marked))
    return parts


def squeezed(text):
    return re.sub(r"\s+", " ", text)


def alike(expected, found):
    """Words that differ in capitals only: the same row, and the cell tells."""
    return isinstance(expected, str) and found.kind == "text" and expected.lower() == found.printed.lower()


class Claims:
    def __init__(self, document):
        self.document, self.report = document, document.report
        self.differences, self.compared, self.kinds = [], 0, set()
        self.ready = {}
        self.told_unknown = []

    def differ(self, place, sentence, expected, found):
        self.differences.append(Difference("%s | %s" % (self.report, place), sentence, expected, found))

    def compare(self, place, sentence, expected, value):
        """One value: claimed, counted, and told where it is not as expected."""
        if value.claimed:
            self.differ(place, sentence, "nêu một lần", "%s đã được đối chiếu" % value)
            return
        value.claimed = True
        self.compared += 1
        self.kinds.add("%s | %s" % (self.report, place))
        if isinstance(expected, TableNumber):
            table = self.document.table(expected.name)
            expected = table.number if table else "?"
        value.wanted = expected
        if not agrees(expected, value):
            self.differ(place, sentence, shown(expected), str(value))

    # Sentences

    def say(self, pattern, *values):
        """The document must hold these words, with these values in the slots. Returns whether the words are there."""
        parts = expanded(pattern, values)
        words = squeezed("".join(part if isinstance(part, str) else SLOT for part in parts)).strip()
        place = self._find(words)
        if place and any(isinstance(value, List) and value.any_order for value in values):
            parts = expanded(pattern, self._reordered(pattern, values, place))
        expected = [part for part in parts if not isinstance(part, str)]
        rendered = squeezed("".join(part if isinstance(part, str) else self._rendered(part[0]) for part in parts)).strip()
        if place is None:
            self._not_there(pattern, words, rendered)
            return False
        paragraph, start = place
        first = paragraph.text[:start].count(SLOT)
        sentence = paragraph.shown(start, start + len(words))
        for (value, kind), found in zip(expected, paragraph.values[first:first + len(expected)]):
            self.compare(kind, sentence, value, found)
        if not expected:
            self.compared += 1
            self.kinds.add("%s | %s" % (self.report, pattern[:60]))
        return True

    def _reordered(self, pattern, values, place):
        """The values with the items of lists in the order in which the document has them, as far as it has them."""
        paragraph, start = place
        number, result = paragraph.text[:start].count(SLOT), []
        for value in values:
            if isinstance(value, List) and value.any_order and value.items:
                width = len(expanded(value.pattern, value.items[0])) // 2
                left, items = list(value.items), []
                for index in range(len(value.items)):
                    found = paragraph.values[number + index * width:number + (index + 1) * width]
                    best = next((item for item in left if all(agrees(part, found[at]) for at, part in enumerate(item)
                                                              if at < len(found) and not isinstance(part, (int, Ratio, Piece)))), None)
                    items.append(best)
                    if best is not None:
                        left.remove(best)
                items = [item if item is not None else left.pop(0) for item in items]
                value = List(value.pattern, items, value.separator)
            result.append(value)
            number += sum(1 for part in expanded("{}", [value]) if not isinstance(part, str))
        return result

    def _rendered(self, value):
        if isinstance(value, TableNumber):
            table = self.document.table(value.name)
            return table.number if table else "?"
        return value.printed() if hasattr(value, "printed") else str(value)

    def _find(self, words):
        """The first paragraph with the words whose values nobody has claimed yet."""
        for paragraph in self.document.paragraphs:
            start = paragraph.text.find(words)
            while start >= 0:
                first = paragraph.text[:start].count(SLOT)
                if not any(value.claimed for value in paragraph.values[first:first + words.count(SLOT)]):
                    return paragraph, start
                start = paragraph.text.find(words, start + 1)
        return None

    def _not_there(self, pattern, words, rendered):
        """The sentence is built otherwise, or is not there: one difference, and the values of its stretch belong to it."""
        head = words.split(SLOT)[0].rstrip()
        tail = words.split(SLOT)[-1].strip()
        kind = "câu: " + re.sub(r"\{\}", "‹?›", pattern)[:70]
        for size in (len(head), 24, 14):
            anchor = head[:size].rstrip()
            place = self._find(anchor) if len(anchor) >= 10 else None
            if not place:
                continue
            paragraph, start = place
            rest = paragraph.text[start + len(anchor):]
            # Up to the last words of the sentence, or to the end of a sentence, or of the paragraph.
            end = rest.find(tail) + len(tail) if len(tail) > 4 and tail in rest else None
            if end is None:
                stop = re.search(r"\.(?= [^\d ])", rest)
                end = stop.end() if stop else len(rest)
            end += start + len(anchor)
            first, last = paragraph.text[:start].count(SLOT), paragraph.text[:end].count(SLOT)
            for value in paragraph.values[first:last]:
                if not value.claimed:
                    value.claimed = True
                    self.compared += 1
            self.kinds.add("%s | %s" % (self.report, kind))
            self.differ(kind, paragraph.shown(start, end), rendered, paragraph.shown(start, end))
            return
        self.compared += 1
        self.differ(kind, "(không có trong văn bản)", rendered, "không có câu này")

    def absent(self, words, because=""):
        """The document must not hold these words (values in it are slots, {})."""
        words = squeezed(words.replace("{}", SLOT)).strip()
        self.compared += 1
        self.kinds.add("%s | không có: %s" % (self.report, words[:60]))
        for paragraph in self.document.paragraphs:
            start = paragraph.text.find(words)
            if start >= 0:
                self.differ("thừa câu: " + words.replace(SLOT, "‹?›")[:70], paragraph.shown(start, start + len(words)),
                            "không có câu này" + (" (%s)" % because if because else ""), paragraph.shown(start, start + len(words)))
                return

    def mentions(self, words):
        """Some paragraph holds one of these words: for what may be said in several ways."""
        words = [words] if isinstance(words, str) else words
        self.compared += 1
        found = [paragraph for paragraph in self.document.paragraphs if any(word.lower() in paragraph.shown().lower() for word in words)]
        # A sentence that has figures beside its gap may still be said, gap and all: these are claimed when all is said.
        self.told_unknown += [value for paragraph in found for value in paragraph.values if value.kind == "gap"]
        if not found:
            self.differ("phải nêu: " + words[0], "(không có trong văn bản)", " hoặc ".join("«%s»" % word for word in words), "không nêu")

    def either(self, holds, words, otherwise):
        """One of two fixed sentences stands there."""
        self.say(words if holds else otherwise)
        self.absent(otherwise if holds else words)

    # Tables, charts, checks

    def table(self, name, rows, total=None, key=None, ordered=True, groups=None):
        """rows = [{column: value}] in their order; key = the columns that tell rows apart (the first one unless said)."""
        table = self.document.table(name)
        title = "bảng " + name
        if table is None:
            self.compared += 1
            self.differ(title, "(không có bảng)", "%d dòng" % len(rows), "không có bảng này")
            return
        for column, words in (groups or {}).items():
            self.compared += 1
            if table.groups.get(column) != words:
                self.differ("%s, nhóm cột %s" % (title, column), table.caption, words, table.groups.get(column))
        keys = key or [next(column for column in table.columns if column)]
        keys = [keys] if isinstance(keys, str) else keys
        left = list(enumerate(table.rows))
        met = []
        for number, row in enumerate(rows):
            wanted = tuple(row.get(column) for column in keys)
            found = next(((index, cells) for index, cells in left
                          if all(column in cells and (agrees(value, cells[column]) or alike(value, cells[column]))
                                 for column, value in zip(keys, wanted))), None)
            if not found:
                self.compared += 1
                self.differ("%s, thiếu dòng" % title, table.caption, "%s" % {c: shown(v) for c, v in row.items()}, "không có dòng này")
                continue
            left.remove(found)
            met.append(found[0])
            self._cells(title, table, row, found[1])
            if table.counter and "" in found[1]:
                self.compare("%s, số thứ tự" % title, table.caption, found[0] + 1, found[1][""])
        for index, cells in left:
            self.differ("%s, thừa dòng" % title, table.caption, "không có dòng này",
                        "; ".join("%s=%s" % (column, value.printed) for column, value in cells.items()))
            for value in cells.values():
                value.claimed = True
        if ordered and met != sorted(met):
            self.differ("%s, thứ tự dòng" % title, table.caption,
                        " | ".join(str(row.get(keys[0])) for row in rows)[:300],
                        " | ".join(cells[keys[0]].printed for cells in table.rows if keys[0] in cells)[:300])
        if table.total is not None:
            for column, value in table.total.items():
                if column not in (total or {}) and (column == "" or value.kind == "text" and value.printed.lower() in ("tổng cộng", "cộng", "tổng", "chung", "")):
                    value.claimed = True
            if total is None:
                self.differ("%s, dòng tổng" % title, table.caption, "không có dòng tổng", "có")
            else:
                self._cells(title + ", dòng tổng", table, total, table.total)
        elif total and rows:
            self.differ("%s, dòng tổng" % title, table.caption, "có dòng tổng", "không có")

    def _cells(self, title, table, row, cells):
        for column, value in row.items():
            if column not in cells:
                self.differ("%s, cột %s" % (title, column), table.caption, shown(value), "không có cột này")
                continue
            line = "%s: %s" % (table.caption, " | ".join(cell.printed for cell in cells.values()))
            self.compare("%s, cột %s" % (title, column), line, value, cells[column])

    def chart(self, name, categories, series):
        """series = {label: [point, …]} in the order of categories."""
        chart = self.document.chart(name)
        title = "biểu đồ " + name
        if chart is None:
            self.compared += 1
            self.differ(title, "(không có biểu đồ)", str(categories), "không có biểu đồ này")
            return
        if list(chart.categories) != [str(category) for category in categories]:
            self.differ(title + ", nhãn", chart.caption, str(categories), str(chart.categories))
        for label, points in series.items():
            found = chart.series.get(label)
            if found is None:
                self.differ("%s, dãy %s" % (title, label), chart.caption, label, str(list(chart.series)))
                continue
            for category, point in zip(categories, points):
                if category not in chart.categories:
                    continue
                value = found[chart.categories.index(category)] if chart.categories.index(category) < len(found) else None
                if value is not None:
                    self.compare(title + ", điểm của dãy", "%s, %s, %s" % (chart.caption, label, category), Point(point), value)

    def check(self, label, expected, found, kind=None):
        """A check of the sheet «Đối chiếu»: both of its sides; kind stands for a label that names a unit or a person."""
        kind = kind or label
        check = next((check for check in self.document.checks if check.label == label and not check.kind == "met"
                      and not any(value.claimed for value in check.values())), None)
        if check is None:
            self.compared += 1
            self.differ("đối chiếu: " + kind, label + " (không có)", "%s = %s" % (shown(expected), shown(found)), "không có đối chiếu này")
            return
        for side, value in (("expected", expected), ("found", found)):
            if side in check.sides:
                self.compare("đối chiếu: %s, vế %s" % (kind, side), label, value, check.sides[side])

    def details(self, name, count):
        """How many rows the workbook lists behind a figure."""
        if name in self.document.details:
            self.compare("danh sách chi tiết " + name, name, count, self.document.details[name])
        elif count:
            self.compared += 1
            self.differ("danh sách chi tiết " + name, name, "%d dòng" % count, "không có")

    def head(self, **parts):
        """Parts of the head: subject, note … as text."""
        for name, words in parts.items():
            self.compared += 1
            found = self.document.head.get(name, "")
            self.kinds.add("%s | đầu văn bản, %s" % (self.report, name))
            if " ".join(found.split()) != words:
                self.differ("đầu văn bản, " + name, name, words, found)

    def close(self, excused):
        """Whatever nobody spoke of is a difference, but for what excused(value) gives a reason for."""
        for value in self.told_unknown:
            value.claimed = True
        for paragraph in self.document.paragraphs:
            loose = [value for value in paragraph.values if not value.claimed and not excused(self.report, value)]
            if loose:
                self.differ("giá trị không ai nêu, mục " + paragraph.section[:40], paragraph.shown()[:400], "không có giá trị nào",
                            "; ".join(str(value) for value in loose))
        for kind, blocks in (("bảng", self.document.tables), ("biểu đồ", self.document.charts), ("đối chiếu", self.document.checks)):
            for block in blocks:
                loose = [value for value in block.values() if not value.claimed and not excused(self.report, value)]
                if loose:
                    # A check's label may begin with a unit or a person: the rule after the colon is the kind.
                    name = getattr(block, "name", "") or block.label.rpartition(": ")[2]
                    self.differ("giá trị không ai nêu, %s %s" % (kind, name), getattr(block, "caption", name), "không có giá trị nào",
                                "; ".join(str(value) for value in loose[:8]) + " …" * (len(loose) > 8))
        for name, value in self.document.details.items():
            if not value.claimed:
                self.differ("giá trị không ai nêu, chi tiết " + name, name, "không có", str(value))


class Point:
    """A chart's point has no printed form."""

    def __init__(self, value):
        self.value = value

    def agrees(self, found):
        if self.value is None:
            return found.kind == "none"
        if isinstance(self.value, Ratio):
            return found.kind == "ratio" and found.raw == "%s/%s" % (self.value.numerator, self.value.denominator)
        if hasattr(self.value, "words"):
            return found.kind == "none"
        return found.kind in ("integer", "decimal") and float(found.raw) == float(getattr(self.value, "value", self.value))

    def __str__(self):
        return str(self.value)
