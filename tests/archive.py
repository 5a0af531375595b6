"""archive.py FILE… - says which of the rules of PDF/A-2b (ISO 19005-2) a file breaks, as far as we could break them.

Prints a line for each breach, and ends with status 1 when there was one. The file is read through qpdf's JSON; ISO's
clause stands behind each rule. What cannot occur in our files (images, forms, signatures …) is refused as a whole."""
import base64
import json
import re
import struct
import subprocess
import sys
import xml.etree.ElementTree as xml

NAMES = {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dc": "http://purl.org/dc/elements/1.1/",
         "xmp": "http://ns.adobe.com/xap/1.0/", "pdf": "http://ns.adobe.com/pdf/1.3/",
         "pdfaid": "http://www.aiim.org/pdfa/ns/id/"}
OPERATORS = set("q Q cm w J j d re m l c h S f B W n g G BT ET Tf Td Tm Tj TJ".split())
# Parentheses within are marked.
STRING = rb"(?s:\((?:[^\\()]|\\.)*\))"
# 6.1.10 LZW, 6.2.10 transparency, 6.3 annotations, 6.4 forms, 6.5 actions, 6.9 attachments, and what we never write
REFUSED = {"/Encrypt", "/SMask", "/BM", "/ca", "/CA", "/Group", "/Annots", "/AcroForm", "/AA", "/OpenAction", "/JavaScript",
           "/JS", "/EmbeddedFiles", "/XObject", "/Shading", "/Pattern", "/OCProperties", "/Ref", "/XFA", "/Perms"}


class Pdf:
    def __init__(self, path):
        self.raw = open(path, "rb").read()
        made = subprocess.run(["qpdf", "--json=2", "--json-stream-data=inline", "--decode-level=generalized", path],
                              capture_output=True)
        self.said = made.stderr.decode()
        self.objects = json.loads(made.stdout)["qpdf"][1]

    def value(self, reference):
        """The object behind a reference, a stream as its dictionary."""
        while isinstance(reference, str) and re.fullmatch(r"\d+ \d+ R", reference):
            found = self.objects.get("obj:" + reference, {})
            reference = found["stream"]["dict"] if "stream" in found else found.get("value")
        return reference

    def data(self, reference):
        return base64.b64decode(self.objects["obj:" + reference]["stream"].get("data", ""))

    def trailer(self):
        return self.objects["trailer"]["value"]

    def catalog(self):
        return self.value(self.trailer()["/Root"])


def text(value):
    return value[2:] if isinstance(value, str) and value[:2] in ("u:", "b:") else None


def check_file(pdf):
    lines = pdf.raw.split(b"\n", 2)
    if not re.fullmatch(rb"%PDF-1\.[0-7]", lines[0]):
        yield "6.1.2: the first line is %r" % lines[0]
    if len(lines) < 2 or lines[1][:1] != b"%" or len(lines[1]) < 5 or any(byte < 128 for byte in lines[1][1:5]):
        yield "6.1.2: the second line is no comment of four bytes above 127"
    if not pdf.raw.rstrip(b"\r\n").endswith(b"%%EOF"):
        yield "6.1.3: something follows %%EOF"
    identity = pdf.trailer().get("/ID")
    if not isinstance(identity, list) or len(identity) != 2 or not all(identity):
        yield "6.1.3: the trailer has no /ID of two strings"
    if pdf.said:
        yield "qpdf says: " + pdf.said.strip()


def walk(value, path=""):
    if isinstance(value, dict):
        for name, inner in value.items():
            yield path, name, inner
            yield from walk(inner, path + name)
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, path + "[]")


def check_objects(pdf):
    for key, found in pdf.objects.items():
        for path, name, inner in walk(found.get("value", found.get("stream", {}).get("dict"))):
            if name in REFUSED:
                yield "%s: %s%s may not stand in an archive" % (key, path, name)
            if name == "/Filter" and inner not in ("/FlateDecode", ["/FlateDecode"]):
                yield "6.1.7.2: %s: filter %s" % (key, inner)
            if isinstance(inner, str) and len(inner) > 32767:
                yield "6.1.13: %s: a string of %d bytes" % (key, len(inner))


def check_metadata(pdf):
    reference = pdf.catalog().get("/Metadata")
    if not reference:
        yield "6.6.2.1: the catalog has no /Metadata"
        return
    stream = pdf.value(reference)
    if stream.get("/Type") != "/Metadata" or stream.get("/Subtype") != "/XML":
        yield "6.6.2.1: /Metadata is %s %s" % (stream.get("/Type"), stream.get("/Subtype"))
    try:
        root = xml.fromstring(pdf.data(reference).decode("utf-8"))
    except (xml.ParseError, UnicodeDecodeError) as error:
        yield "6.6.2.1: the XMP cannot be read: %s" % error
        return
    get = lambda path: next((found.text for found in root.iterfind(".//" + path, NAMES)), None)
    for path, wanted in (("pdfaid:part", "2"), ("pdfaid:conformance", "B")):
        if get(path) != wanted:
            yield "6.6.4: %s is %s" % (path, get(path))
    info = pdf.value(pdf.trailer().get("/Info")) or {}
    day = re.match(r"D:(\d{4})(\d\d)(\d\d)", text(info.get("/CreationDate")) or "")
    wanted = {"dc:title/rdf:Alt/rdf:li": text(info.get("/Title")), "xmp:CreatorTool": text(info.get("/Creator")),
              "pdf:Producer": text(info.get("/Producer")), "dc:language/rdf:Bag/rdf:li": text(pdf.catalog().get("/Lang")),
              "xmp:CreateDate": "%s-%s-%sT00:00:00Z" % day.groups() if day else None}
    for path, value in wanted.items():
        if not value or get(path) != value:
            yield "6.6.3: %s is %r, the document says %r" % (path, get(path), value)


def check_intent(pdf):
    intents = pdf.value(pdf.catalog().get("/OutputIntents")) or []
    intents = [pdf.value(intent) for intent in intents]
    if len(intents) != 1 or intents[0].get("/S") != "/GTS_PDFA1" or not text(intents[0].get("/OutputConditionIdentifier")):
        yield "6.2.3: there is no output intent GTS_PDFA1"
        return
    reference = intents[0].get("/DestOutputProfile")
    profile = pdf.data(reference)
    size, major = struct.unpack(">I", profile[:4])[0], profile[8]
    if pdf.value(reference).get("/N") != 3 or size != len(profile) or profile[36:40] != b"acsp" or major > 4 or \
            profile[12:20] != b"mntrRGB ":
        yield "6.2.3: the profile is no ICC profile of a screen in RGB"
        return
    count = struct.unpack(">I", profile[128:132])[0]
    tags = {profile[132 + 12 * i:136 + 12 * i]: struct.unpack(">II", profile[136 + 12 * i:144 + 12 * i]) for i in range(count)}
    for name in b"desc cprt wtpt rXYZ gXYZ bXYZ rTRC gTRC bTRC".split():
        start, length = tags.get(name, (0, 0))
        if not length or start % 4 or start + length > size:
            yield "6.2.3: the profile's tag %s is missing or lies outside" % name.decode()


class Program:
    """A TrueType program: how wide its glyphs are, in thousandths."""
    def __init__(self, data):
        count = struct.unpack(">H", data[4:6])[0]
        tables = {}
        for i in range(count):
            tag, _, start, length = struct.unpack(">4sIII", data[12 + 16 * i:28 + 16 * i])
            tables[tag] = data[start:start + length]
        self.glyphs = struct.unpack(">H", tables[b"maxp"][4:6])[0]
        units = struct.unpack(">H", tables[b"head"][18:20])[0]
        long = struct.unpack(">H", tables[b"hhea"][34:36])[0]
        advances = struct.unpack(">" + "Hh" * long, tables[b"hmtx"][:4 * long])[::2]
        self.widths = [advances[min(i, long - 1)] * 1000 / units for i in range(self.glyphs)]


def unicode_map(data):
    return {int(code, 16): letters for code, letters in re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", data)
            if b"begincodespace" not in code}


def check_font(pdf, name, font, used):
    if font.get("/Subtype") != "/Type0" or font.get("/Encoding") != "/Identity-H":
        yield "6.2.11: %s is no Type0 font with Identity-H" % name
        return
    inner = pdf.value(pdf.value(font["/DescendantFonts"])[0])
    descriptor = pdf.value(inner.get("/FontDescriptor")) or {}
    if font.get("/BaseFont") != inner.get("/BaseFont") or font.get("/BaseFont") != descriptor.get("/FontName"):
        yield "6.2.11.2: %s has several names" % name
    if not re.match(r"/[A-Z]{6}\+", font.get("/BaseFont", "")):
        yield "6.2.11.4: %s is not named as a subset" % name
    if "/FontFile2" not in descriptor:
        yield "6.2.11.4.1: %s is not embedded" % name
        return
    if not str(inner.get("/CIDToGIDMap", "")).endswith(" R"):
        yield "6.2.11.3.2: %s has no CIDToGIDMap" % name
        return
    program = Program(pdf.data(descriptor["/FontFile2"]))
    to_glyph, widths = pdf.data(inner["/CIDToGIDMap"]), {}
    parts = pdf.value(inner["/W"])
    for first, part in zip(parts[::2], parts[1::2]):
        widths.update(enumerate(pdf.value(part), first))
    letters = unicode_map(pdf.data(font["/ToUnicode"])) if "/ToUnicode" in font else {}
    for code in sorted(used):
        glyph = struct.unpack(">H", to_glyph[2 * code:2 * code + 2])[0] if 2 * code + 2 <= len(to_glyph) else 0
        if glyph == 0 or glyph >= program.glyphs:
            yield "6.2.11.8: %s draws CID %d without a glyph" % (name, code)
        elif abs(program.widths[glyph] - widths.get(code, 1000)) > 1:
            yield "6.2.11.5: %s: CID %d is %s wide, its glyph %s" % (name, code, widths.get(code), program.widths[glyph])
        if letters.get(code, b"0000") in (b"0000", b"FEFF", b"FFFE"):
            yield "6.2.11.7: %s: nobody knows which letter CID %d is" % (name, code)


def check_pages(pdf):
    used, fonts, pages = {}, {}, [found["value"] for found in pdf.objects.values()
                                  if isinstance(found.get("value"), dict) and found["value"].get("/Type") == "/Page"]
    if not pages:
        yield "there is no page"
    for number, page in enumerate(pages, 1):
        content = pdf.data(page["/Contents"] if isinstance(page["/Contents"], str) else page["/Contents"][0])
        fonts.update(pdf.value(pdf.value(page.get("/Resources")).get("/Font")) or {})
        plain, face, depth = re.sub(STRING, b" ", content).decode("ascii"), None, 0
        for word in re.findall(r"[A-Za-z*']+", re.sub(r"/[A-Za-z0-9]+", " ", plain)):
            if word not in OPERATORS:
                yield "6.2.2: page %d: operator %s" % (number, word)
            depth += {"q": 1, "Q": -1}.get(word, 0)
            if not 0 <= depth <= 28:
                yield "6.1.13: page %d: q and Q nested %d deep" % (number, depth)
        if depth:
            yield "page %d: q and Q are not paired" % number
        for name, text in re.findall(rb"/(F\d) |(" + STRING + rb")", content):
            face = "/" + name.decode() if name else face
            codes = used.setdefault(face, set()) if text else set()
            letters = re.sub(rb"(?s)\\(.)", lambda marked: b"\r" if marked[1] == b"r" else marked[1], text[1:-1])
            codes.update(struct.unpack(">%dH" % (len(letters) // 2), letters))
    for name, codes in used.items():
        if name not in fonts:
            yield "text in a face %s that no page has" % name
        else:
            yield from check_font(pdf, name, pdf.value(fonts[name]), codes)


def main(paths):
    broken = False
    for path in paths:
        pdf = Pdf(path)
        for check in (check_file, check_objects, check_metadata, check_intent, check_pages):
            for breach in check(pdf):
                broken = True
                print("%s: %s" % (path, breach))
    return broken


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
