"""sheets.py - the files of inputs/ as tables that can be changed, and written again in any form an office may send them in."""
import csv, io, os, re, unicodedata, zipfile
from datetime import date
from xml.sax.saxutils import escape

import spans
from ledgers import Reader, as_text, book_sheets, csv_rows

TOTAL = re.compile(r"(tổng( cộng)?|cộng)$", re.I)


class Sheet:
    """One table: what stands above its header, the header, its rows, what stands below them; ledger and columns as the schema has them."""

    def __init__(self, name, above, header, rows, below, schema, places):
        self.name, self.above, self.header, self.rows, self.below = name, above, header, rows, below
        self.schema, self.places = schema, places

    def copy(self, **other):
        fields = dict(name=self.name, above=self.above, header=list(self.header), rows=[list(row) for row in self.rows], below=self.below,
                      schema=self.schema, places=dict(self.places))
        return Sheet(**dict(fields, **other))

    @property
    def ledger(self):
        return self.schema.name

    def cell(self, row, column):
        place = self.places.get(column)
        return row[place] if place is not None and place < len(row) else ""

    def put(self, row, column, text):
        place = self.places[column]
        row += [""] * (place + 1 - len(row))
        row[place] = text

    def lines(self):
        width = max([len(self.header)] + [len(row) for row in self.rows])
        return [list(row) + [""] * (width - len(row)) for row in self.above + [self.header] + self.rows + self.below]


def read(folder, library):
    """[Sheet] of a folder inputs/; a file that is no ledger is left out, and so are lines of blanks."""
    reader, result = Reader(library), []
    for name in sorted(os.listdir(folder)):
        path = os.path.join(folder, name)
        tables = [csv_rows(path)] if name.endswith(".csv") else [rows for _, rows in book_sheets(path)] if name.endswith(".xlsx") else []
        for number, lines in enumerate(tables):
            found = reader.header(lines, name)
            if not found:
                continue
            at, schema, places = found
            lines = [[as_text(cell) for cell in line] for line in lines]
            rows = [line for line in lines[at + 1:] if any(line)]
            days = [place for column, place in places.items() if schema.columns[column].type == "date"]
            for line in rows:
                for place in days:
                    if place < len(line) and re.fullmatch(r"\d{5}", line[place]):
                        line[place] = spans.parse(line[place]).first.strftime("%d/%m/%Y")
            below = [line for line in rows if any(TOTAL.match(cell) for cell in line[:3]) or sum(1 for cell in line if cell) < 2]
            rows = [line for line in rows if line not in below]
            stem = os.path.splitext(name)[0] + ("-%d" % number if number else "")
            result.append(Sheet(stem, lines[:at], lines[at], rows, below, schema, places))
    return result


# Ways of writing a table

def as_csv(lines, separator=","):
    text = io.StringIO()
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(lines)
    return text.getvalue()


def utf8(sheet):
    return ".csv", as_csv(sheet.lines()).encode()


def utf8_mark(sheet):
    return ".csv", as_csv(sheet.lines(), ";").encode("utf-8-sig")


def utf16(sheet):
    return ".csv", as_csv(sheet.lines(), "\t").encode("utf-16")


def nfd(sheet):
    return ".csv", unicodedata.normalize("NFD", as_csv(sheet.lines())).encode()


def cp1258(sheet):
    """Windows' Vietnamese: a letter keeps its hat or horn, its tone follows as a mark."""
    letters = []
    for letter in unicodedata.normalize("NFC", as_csv(sheet.lines())):
        try:
            letters.append(letter.encode("cp1258"))
        except UnicodeEncodeError:
            parts = unicodedata.normalize("NFD", letter)
            base = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark not in TONES))
            letters.append("".join([base] + [mark for mark in parts if mark in TONES]).encode("cp1258"))
    return ".csv", b"".join(letters)


TONES = "\u0300\u0301\u0303\u0309\u0323"
# TCVN 5712-1, but for the few capitals that it has among control characters.
TCVN3 = dict(zip("ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
                 "\xa1\xa2\xa3\xa4\xa5\xa6\xa7\xa8\xa9\xaa\xab\xac\xad\xae\xb5\xb6\xb7\xb8\xb9\xbb\xbc\xbd\xbe\xc6\xc7\xc8\xc9\xca\xcb"
                 "\xcc\xce\xcf\xd0\xd1\xd2\xd3\xd4\xd5\xd6\xd7\xd8\xdc\xdd\xde\xdf\xe1\xe2\xe3\xe4\xe5\xe6\xe7\xe8\xe9\xea\xeb\xec\xed\xee"
                 "\xef\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9\xfa\xfb\xfc\xfd\xfe"))
TCVN3.update(zip("ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ", map(chr, range(0x80, 0xa0))))


def tcvn3(sheet):
    # What stands above a header is nobody's data: capitals that are not in the table may be small there.
    lines = [[cell.lower() for cell in line] if number < len(sheet.above) else line for number, line in enumerate(sheet.lines())]
    text = unicodedata.normalize("NFC", as_csv(lines))
    if any(ord(letter) > 127 and letter not in TCVN3 for letter in text):
        return utf8(sheet)
    return ".csv", "".join(TCVN3.get(letter, letter) for letter in text).encode("latin-1")


def zipped(parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts:
            book.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text)
    return held.getvalue()


def letters_of(number):
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def serial(text):
    """The number a spreadsheet keeps for a day typed in full, or None."""
    if not re.fullmatch(r"\d{1,2}[/.]\d{1,2}[/.]\d{4}|\d{4}-\d\d-\d\d", text):
        return None
    span = spans.parse(text)
    return (span.first - date(1899, 12, 30)).days if span and span.exact and span.first.year >= 1900 else None


def xlsx(sheet, typed=False):
    """A workbook of texts, or, typed, with days and counts as numbers."""
    days = {place for column, place in sheet.places.items() if sheet.schema.columns[column].type == "date"}
    counts = {place for column, place in sheet.places.items() if sheet.schema.columns[column].type == "integer"}
    first = len(sheet.above) + 1
    lines = []
    for number, line in enumerate(sheet.lines()):
        cells = []
        for place, text in enumerate(line):
            if text == "":
                continue
            where = 'r="%s%d"' % (letters_of(place), number + 1)
            value = serial(text) if typed and place in days and number >= first else None
            if value is not None:
                cells.append('<c %s s="1"><v>%d</v></c>' % (where, value))
            elif typed and place in counts and number >= first and re.fullmatch(r"[1-9]\d*|0", text):
                cells.append('<c %s><v>%s</v></c>' % (where, text))
            else:
                cells.append('<c %s t="inlineStr"><is><t xml:space="preserve">%s</t></is></c>' % (where, escape(text)))
        lines.append('<row r="%d">%s</row>' % (number + 1, "".join(cells)))
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sheets = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    return ".xlsx", zipped([
        ("[Content_Types].xml", head + '<Types xmlns="%s/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
         '<Override PartName="/xl/workbook.xml" ContentType="%ssheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="%sworksheet+xml"/>'
         '<Override PartName="/xl/styles.xml" ContentType="%sstyles+xml"/></Types>' % (package, sheets, sheets, sheets)),
        ("_rels/.rels", head + '<Relationships xmlns="%s/relationships"><Relationship Id="r1" Type="%s/officeDocument" Target="xl/workbook.xml"/></Relationships>' % (package, office)),
        ("xl/workbook.xml", head + '<workbook %s xmlns:r="%s"><sheets><sheet name="Trang 1" sheetId="1" r:id="r1"/></sheets></workbook>' % (main, office)),
        ("xl/_rels/workbook.xml.rels", head + '<Relationships xmlns="%s/relationships"><Relationship Id="r1" Type="%s/worksheet" Target="worksheets/sheet1.xml"/>'
         '<Relationship Id="r2" Type="%s/styles" Target="styles.xml"/></Relationships>' % (package, office, office)),
        ("xl/styles.xml", head + '<styleSheet %s><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders>'
         '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>' % main),
        ("xl/worksheets/sheet1.xml", head + '<worksheet %s><sheetData>%s</sheetData></worksheet>' % (main, "".join(lines)))])


def xlsx_typed(sheet):
    return xlsx(sheet, typed=True)


def ods(sheet):
    rows = []
    for line in sheet.lines():
        cells = ['<table:table-cell office:value-type="string"><text:p>%s</text:p></table:table-cell>' % escape(text) if text else "<table:table-cell/>"
                 for text in line]
        rows.append("<table:table-row>%s</table:table-row>" % "".join(cells))
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    return ".ods", zipped([
        ("mimetype", kind),
        ("content.xml", head + '<office:document-content xmlns:office="%soffice:1.0" xmlns:table="%stable:1.0" xmlns:text="%stext:1.0" office:version="1.2">'
         '<office:body><office:spreadsheet><table:table table:name="Trang 1">%s</table:table></office:spreadsheet></office:body></office:document-content>'
         % (space, space, space, "".join(rows))),
        ("META-INF/manifest.xml", head + '<manifest:manifest xmlns:manifest="%smanifest:1.0" manifest:version="1.2"><manifest:file-entry manifest:full-path="/" '
         'manifest:media-type="%s"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>' % (space, kind))])


FORMS = {"xlsx, cells of text": xlsx, "xlsx, days and counts as numbers": xlsx_typed, "ods": ods, "UTF-16 with tabs": utf16, "UTF-8 with a mark and semicolons": utf8_mark,
         "NFD": nfd, "CP1258": cp1258, "TCVN3": tcvn3}


def write(folder, sheets, form=utf8):
    """inputs/ of these tables; office.ini stays."""
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if os.path.isfile(path) and name != "office.ini":
            os.remove(path)
    for sheet in sheets:
        ending, content = form(sheet)
        with open(os.path.join(folder, sheet.name + ending), "wb") as file:
            file.write(content)
