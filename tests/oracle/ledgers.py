"""ledgers.py - ledgers and vocabularies as the files of templates/ describe them, and the rows of spreadsheets read by them.

This is a reader of its own: it shares nothing with the program but the descriptions of columns.
"""
import csv, functools, io, os, re, unicodedata, zipfile
import xml.etree.ElementTree as xml
from decimal import Decimal, InvalidOperation

import spans

YES = {"x", "×", "có", "1", "✓", "√", "yes", "true", "đúng"}
NO = {"", "0", "không", "no", "false", "-"}


def sections(path):
    """{section: {key: [values]}}, keys that stand several times kept, in their order."""
    found, current = {}, None
    for line in open(path, encoding="utf-8"):
        line = line.strip()
        if not line or line[0] in ";#":
            continue
        if line.startswith("["):
            current = found.setdefault(line[1:line.index("]")], {})
        elif current is not None and "=" in line:
            key, _, value = line.partition("=")
            current.setdefault(key.strip(), []).append(value.strip())
    return found


TONE = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}


@functools.lru_cache(maxsize=None)
def folded(text):
    """As names are compared: case, spaces, punctuation and the place of the tone mark do not count."""
    words = []
    for word in re.split(r"[^\w\u0300-\u036f]+", unicodedata.normalize("NFD", str(text)).lower()):
        tones = "".join(sorted(letter for letter in word if letter in TONE))
        words.append("".join(letter for letter in word if letter not in TONE) + tones)
    return " ".join(word for word in words if word)


@functools.lru_cache(maxsize=None)
def bare(text):
    """Without any marks, for what is typed without them."""
    text = unicodedata.normalize("NFD", folded(text))
    return "".join(letter for letter in text if not unicodedata.combining(letter)).replace("đ", "d")


class Vocabulary:
    def __init__(self, path):
        self.codes, self.labels, self.groups, self._exact, self._bare, self._starts = [], {}, {}, {}, {}, []
        for code, keys in sections(path).items():
            if code == "vocabulary":
                continue
            self.codes.append(code)
            self.labels[code] = keys["label"][0]
            self.groups[code] = [part.strip() for line in keys.get("group", []) for part in line.split("|")]
            names = [code, keys["label"][0]] + [part.strip() for line in keys.get("aliases", []) for part in line.split("|")]
            for name in names:
                if name.endswith(" *"):
                    self._starts.append((folded(name[:-2]) + " ", code))
                else:
                    self._exact.setdefault(folded(name), code)
                    self._bare.setdefault(bare(name), set()).add(code)
        self._starts.sort(key=lambda pair: -len(pair[0]))

    def code(self, text):
        key = folded(text)
        if key in self._exact:
            return self._exact[key]
        near = self._bare.get(bare(text), set())
        if len(near) == 1:
            return next(iter(near))
        return next((code for start, code in self._starts if key.startswith(start)), None)

    def label(self, code):
        return self.labels.get(code, code)

    def titled(self, code):
        """The label as a line of a table begins: with a capital."""
        label = self.label(code)
        return label[:1].upper() + label[1:] if label else label

    def in_group(self, code, group):
        return group in self.groups.get(code, [])

    def of_group(self, group):
        return [code for code in self.codes if group in self.groups[code]]

    def rank(self, code):
        return self.codes.index(code) if code in self.codes else len(self.codes)


class Column:
    def __init__(self, name, keys):
        self.name, self.label, self.type = name, keys["label"][0], keys.get("type", ["text"])[0]
        self.required = keys.get("required", ["no"])[0] == "yes"
        self.vocabulary = keys.get("vocabulary", [None])[0]
        self.default = keys.get("default", [None])[0]
        self.reference = keys.get("reference", [None])[0]
        self.outside = keys.get("outside", ["no"])[0] == "yes"
        self.months = keys.get("precision", ["day"])[0] == "month"
        self.names = {folded(self.label), folded(name)}
        self.aliases = {folded(part) for line in keys.get("aliases", []) for part in line.split("|")}


class Schema:
    def __init__(self, path):
        self.name = os.path.basename(path)[:-4]
        found = sections(path)
        head = found.pop("ledger")
        self.label = head["label"][0]
        self.key = [part.strip() for part in head.get("key", [""])[0].split("+")]
        self.unit = head.get("unit", [None])[0]
        self.columns = {name: Column(name, keys) for name, keys in found.items()
                        if not name.startswith(("check ", "derive ", "view ")) and "type" in keys}
        self.exact, self.aliases = {}, {}
        for column in self.columns.values():
            for name in column.names:
                self.exact.setdefault(name, []).append(column.name)
            for name in column.aliases:
                self.aliases.setdefault(name, []).append(column.name)

    def match(self, header):
        """{column name: place in the header}"""
        places, taken = {}, set()
        for names in (self.exact, self.aliases):
            for place, cell in enumerate(header):
                name = next((name for name in names.get(folded(cell), []) if name not in places), None) if cell else None
                if name and place not in taken:
                    places[name] = place
                    taken.add(place)
        return places


class Row:
    """Cells of one row by the names of their columns; what is blank is None."""

    def __init__(self, ledger, values, source):
        self.__dict__.update(values)
        self.ledger, self.source = ledger, source

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return None


class Ledger:
    def __init__(self, schema):
        self.schema, self.rows, self.columns, self.files, self.refused = schema, [], set(), [], []


class Library:
    """What templates/ says: ledgers by name and vocabularies by name."""

    def __init__(self, templates):
        self.schemas, self.vocabularies = {}, {}
        for name in sorted(os.listdir(os.path.join(templates, "ledgers"))):
            if name.endswith(".ini"):
                self.schemas[name[:-4]] = Schema(os.path.join(templates, "ledgers", name))
        for name in sorted(os.listdir(os.path.join(templates, "vocabularies"))):
            if name.endswith(".ini"):
                self.vocabularies[name[:-4]] = Vocabulary(os.path.join(templates, "vocabularies", name))


# Spreadsheets

def csv_rows(path):
    text = open(path, "rb").read()
    text = text.decode("utf-16") if text[:2] in (b"\xff\xfe", b"\xfe\xff") else text.decode("utf-8-sig")
    head = text[:4000]
    separator = max(";,\t", key=lambda letter: max((line.count(letter) for line in head.splitlines()[:8]), default=0))
    counts = {letter: sum(line.count(letter) for line in head.splitlines()[:12]) for letter in ";,\t"}
    separator = ";" if counts[";"] >= counts[","] * 0.6 and counts[";"] else max(counts, key=counts.get) if counts[separator] else separator
    return list(csv.reader(io.StringIO(text), delimiter=separator))


SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def book_sheets(path):
    """[(sheet name, rows of cells)] of a workbook; a cell is a text or a float."""
    with zipfile.ZipFile(path) as book:
        shared = []
        if "xl/sharedStrings.xml" in book.namelist():
            for item in xml.fromstring(book.read("xl/sharedStrings.xml")).iter(SHEET + "si"):
                shared.append("".join(part.text or "" for part in item.iter(SHEET + "t")))
        root = xml.fromstring(book.read("xl/workbook.xml"))
        targets = {link.get("Id"): link.get("Target") for link in xml.fromstring(book.read("xl/_rels/workbook.xml.rels"))}
        result = []
        for sheet in root.iter(SHEET + "sheet"):
            target = targets[sheet.get("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id")]
            target = target.lstrip("/") if target.startswith("/") else "xl/" + target
            rows = []
            for row in xml.fromstring(book.read(target)).iter(SHEET + "row"):
                number = int(row.get("r", len(rows) + 1))
                while len(rows) < number:
                    rows.append([])
                for cell in row.iter(SHEET + "c"):
                    place = column_number(re.match(r"[A-Z]+", cell.get("r"))[0])
                    value = cell.find(SHEET + "v")
                    if cell.get("t") == "inlineStr":
                        content = "".join(part.text or "" for part in cell.iter(SHEET + "t"))
                    elif value is None:
                        content = ""
                    elif cell.get("t") == "s":
                        content = shared[int(value.text)]
                    elif cell.get("t") in ("str", "e", "b"):
                        content = value.text or ""
                    else:
                        content = float(value.text)
                    while len(rows[-1]) <= place:
                        rows[-1].append("")
                    rows[-1][place] = content
            result.append((sheet.get("name"), rows))
        return result


def as_text(cell):
    if isinstance(cell, float):
        return str(int(cell)) if cell == int(cell) else repr(cell)
    return " ".join(str(cell).replace("\u00a0", " ").replace("\u200b", "").split())


TOTALS = {"tong", "tong cong", "cong", "tc"}


class Reader:
    """Reads the files of inputs/ into ledgers, those that schemas of the library fit."""

    def __init__(self, library):
        self.library = library
        self.names = {}

    def read(self, folder, only=None):
        ledgers = {}
        sheets = []
        for name in sorted(os.listdir(folder)):
            path = os.path.join(folder, name)
            if name.endswith(".csv"):
                sheets.append((name, csv_rows(path)))
            elif name.endswith(".xlsx"):
                sheets += [(name, rows) for _, rows in book_sheets(path)]
            ready = []
        for (name, rows) in sheets:
            found = self.header(rows, name)
            if found:
                ready.append((name, rows) + found)
        # Units and members first: others refer to them.
        order = {"organizations": 0, "members": 1}
        for name, rows, line, schema, places in sorted(ready, key=lambda item: order.get(item[3].name, 2)):
            ledger = ledgers.setdefault(schema.name, Ledger(schema))
            ledger.columns |= set(places)
            ledger.files.append(name)
            self.rows(ledger, name, rows[line + 1:], places, ledgers)
        return ledgers

    def header(self, rows, name=""):
        """(line, schema, places) of the line that names the columns of a ledger best."""
        best, score = None, (0, 0)
        stem = re.sub(r"[^a-z]+", "_", os.path.splitext(name)[0].lower())
        for line, row in enumerate(rows[:15]):
            if sum(1 for cell in row if as_text(cell)) < 2:
                continue
            for schema in self.library.schemas.values():
                places = schema.match([as_text(cell) for cell in row])
                missing = [column for column in schema.columns.values()
                           if column.required and column.default is None and column.name not in places]
                if missing:
                    continue
                named = stem == schema.name or stem.startswith(schema.name)
                this = (named, len(places))
                if this > score:
                    best, score = (line, schema, places), this
        return best

    def rows(self, ledger, name, rows, places, ledgers):
        schema = ledger.schema
        seen = {self.key_of(row, schema) for row in ledger.rows}
        for number, cells in enumerate(rows):
            texts = [as_text(cell) for cell in cells]
            if not any(texts) or self.is_total(texts, schema, places):
                continue
            if all(re.fullmatch(r"\(?\d+\)?", text) for text in texts if text) and len([t for t in texts if t]) > 3 \
                    and [text.strip("()") for text in texts[:3]] == ["1", "2", "3"]:
                continue
            if sum(1 for text in texts if text) < 2:
                continue
            values, wrong, blanks = {}, [], set()
            for column in schema.columns.values():
                text = texts[places[column.name]] if column.name in places and places[column.name] < len(texts) else ""
                value = self.value(column, text, ledgers)
                if value is None and text and not column.outside:
                    wrong.append(column.name)
                if not text:
                    blanks.add(column.name)
                if value is None and column.default is not None:
                    value = self.value(column, column.default, ledgers)
                if value is None and column.required:
                    wrong.append(column.name)
                values[column.name] = value
            row = Row(schema.name, values, (name, number))
            row.__dict__["blanks"] = blanks
            if wrong:
                ledger.refused.append((row, wrong))
                continue
            key = self.key_of(row, schema)
            if None not in key and key in seen:
                ledger.refused.append((row, ["key"]))
                continue
            seen.add(key)
            ledger.rows.append(row)
            if schema.name == "organizations":
                self.names.setdefault(folded(row.name), []).append(row.org_id)

    def is_total(self, texts, schema, places):
        """«TC» is a total, unless it is a code of its column: in the ledger of discipline it is an organization."""
        words = {places[column.name]: self.library.vocabularies[column.vocabulary] for column in schema.columns.values()
                 if column.name in places and column.vocabulary}
        return any(bare(text) in TOTALS and not (place in words and words[place].code(text)) for place, text in enumerate(texts[:3]))

    @staticmethod
    def key_of(row, schema):
        return tuple(getattr(row, name) for name in schema.key)

    def value(self, column, text, ledgers):
        if text == "":
            return None
        if column.type == "date":
            return spans.month_of(spans.parse(text)) if column.months else spans.parse(text)
        if column.type == "integer":
            digits = re.sub(r"[. ]", "", text)
            return int(digits) if re.fullmatch(r"-?\d+", digits) else None
        if column.type == "decimal":
            try:
                return Decimal(text.replace(" ", "").replace(",", "."))
            except InvalidOperation:
                return None
        if column.type == "boolean":
            return 1 if folded(text) in YES or text in YES else 0 if folded(text) in NO else None
        if column.type == "enum":
            return self.library.vocabularies[column.vocabulary].code(text)
        if column.type == "list":
            parts = [part.strip() for part in re.split("[;\n]", text) if part.strip()]
            if column.vocabulary:
                words = self.library.vocabularies[column.vocabulary]
                whole = words.code(text)
                if whole:
                    return [whole]
                return [words.code(part) or part for part in parts]
            return parts
        if column.reference == "organizations.org_id" and "organizations" in ledgers:
            if any(row.org_id == text for row in ledgers["organizations"].rows):
                return text
            found = self.names.get(folded(text), [])
            if len(found) == 1:
                return found[0]
            return text if column.outside or not found else None
        return text
