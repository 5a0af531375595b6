#!/bin/sh
# pixels.sh - all 134 Vietnamese letters in the four faces, looked at as pixels: letters and their marks can vanish from a
# page while text extraction still finds them.
. tests/common.sh
mkdir -p "$scratch/inputs" "$scratch/templates/ledgers"
cp -RL templates/pages "$scratch/templates/"
cd "$scratch" || exit 1
# A letter a line, all at one place of the pixel grid, and lines so far apart that no mark reaches into its neighbour.
sed 's/^line_spacing = .*/line_spacing = 36/; s/^body_size = .*/body_size = 20/; s/^paragraph_gap = .*/paragraph_gap = 0/' \
    templates/pages/hd05.ini >profile
cp profile templates/pages/hd05.ini

"$python" - >templates/letters.md <<'PYTHON'
import unicodedata
print("---\ntitle: CHỮ\nperiod: year\nsignature: no\n---")
tones = ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"]
lower = [unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in tones] + ["d", "đ"]
print("...\n\n" * 24) # the first page begins elsewhere
for face in ("", "**", "*", "***"):
    for letter in lower + [letter.upper() for letter in lower]:
        print(face + letter + face + "\n")
PYTHON
"$tongket" report --period 2017 --format pdf >said 2>&1
# Status 1: the workspace holds no spreadsheet, which is said.
[ $? -le 1 ]
verdict "made" $? said
pdftotext -bbox outputs/2017/letters.pdf words.html 2>said && pdftoppm -r 144 -gray outputs/2017/letters.pdf page 2>>said
silent "poppler is silent" said
[ "$status" -eq 0 ] || exit 1

"$python" - <<'PYTHON' || status=1
import glob, html, re, unicodedata

from report import Suite

SCALE = 144 / 72
SCALE = 144 / 72
suite = Suite("pixels")

def read_pgm(path):
    data = open(path, "rb").read()
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", data)
    return int(head[1]), int(head[2]), data[head.end():]

class Letter:
    """The darkness in a letter's box: its sum, and where it begins and ends, in pixels from the box's top."""
    def __init__(self, page, box):
        width, height, data = page
        left, top, right, bottom = box
        x0, x1 = int((left - 2.4) * SCALE), int((right + 2.4) * SCALE) + 1
        y0, y1 = int((top - 8) * SCALE), int((bottom + 6) * SCALE) + 1
        rows = [[255 - value for value in data[y * width + x0:y * width + x1]] for y in range(y0, y1)]
        inked = [y for y, row in enumerate(rows) if max(row) > 60]
        columns = [x for x in range(x1 - x0) if any(row[x] > 60 for row in rows)]
        self.ink = sum(map(sum, rows))
        self.top, self.bottom = (inked[0], inked[-1]) if inked else (0, 0)
        self.shape = [row[columns[0]:columns[-1] + 1] for row in rows[inked[0]:inked[-1] + 1]] if inked else []
    def height(self):
        return self.bottom - self.top + 1

def difference(one, other):
    """How much of the ink of two letters does not lie on each other, corner on corner."""
    height = max(len(one.shape), len(other.shape))
    width = max(len(one.shape[0]), len(other.shape[0]))
    get = lambda shape, y, x: shape[y][x] if y < len(shape) and x < len(shape[y]) else 0
    apart = sum(abs(get(one.shape, y, x) - get(other.shape, y, x)) for y in range(height) for x in range(width))
    return apart / max(one.ink, other.ink)

pages = [read_pgm(path) for path in sorted(glob.glob("page-*.pgm"))]
words, page = [], -1
for line in open("words.html", encoding="utf-8"):
    if "<page " in line:
        page += 1
    found = re.search(r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>', line)
    if found:
        words.append((html.unescape(found[5]), page, tuple(float(found[i]) for i in range(1, 5))))

tones = ["", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"]
lower = [unicodedata.normalize("NFC", base + tone) for base in "aăâeêioôơuưy" for tone in tones] + ["d", "đ"]
order = lower + [letter.upper() for letter in lower]
letters = [(text, Letter(pages[page], box)) for text, page, box in words if text in set(order)]
marked = [letter for letter in order if not letter.isascii()]
assert len(marked) == 134
faces = {}
at = 0
for face in ("regular", "bold", "italic", "bold italic"):
    problems = []
    faces[face] = {}
    for want in order:
        if at < len(letters) and letters[at][0] == want:
            faces[face][want] = letters[at][1]
            at += 1
        else:
            problems.append("%s cannot be extracted where it stands; found %s" % (want, letters[at][0] if at < len(letters) else "nothing"))
            break
    suite.report(face + ": all 134 letters are extracted in order", problems)
if suite.failed:
    suite.end()

def simpler(letter):
    """The letters that this one adds a mark to: Ắ to Ă and to Á."""
    parts = unicodedata.normalize("NFD", letter)
    if letter in "đĐ":
        return ["d" if letter == "đ" else "D"]
    return [unicodedata.normalize("NFC", parts[0] + parts[1:].replace(mark, "", 1)) for mark in parts[1:]]

for face, drawn in faces.items():
    suite.report(face + ": no letter is blank", [letter for letter in order if drawn[letter].ink < 2000])
    problems = []
    for letter in marked:
        for base in simpler(letter):
            if difference(drawn[letter], drawn[base]) < 0.02:
                problems.append("%s looks like %s (%.3f)" % (letter, base, difference(drawn[letter], drawn[base])))
            # Stacked marks are drawn smaller, and i loses its dot: only a single mark is more ink for sure.
            if base.isascii() and base != "i" and drawn[letter].ink < drawn[base].ink * 1.02:
                problems.append("%s has no more ink than %s" % (letter, base))
    suite.report(face + ": a mark makes another letter", problems)
    problems = []
    for letter in marked:
        parts = unicodedata.normalize("NFD", letter)
        marks, plain = parts[1:], drawn[parts[0]] if letter not in "đĐ" else None
        above = [mark for mark in marks if mark not in "\u0323\u031b"]
        if plain and above and parts[0] != "i" and drawn[letter].top > plain.top - 3:
            problems.append("%s begins at pixel %d, %s at %d" % (letter, drawn[letter].top, parts[0], plain.top))
        # the tail of y reaches as low as the dot
        if plain and "\u0323" in marks and parts[0] != "y" and drawn[letter].bottom < plain.bottom + 3:
            problems.append("%s ends at pixel %d, %s at %d" % (letter, drawn[letter].bottom, parts[0], plain.bottom))
    suite.report(face + ": marks stand above and below", problems)
    problems = []
    for base in "aăâeêioôơuưy":
        for case in (str, str.upper):
            siblings = [case(unicodedata.normalize("NFC", base + tone)) for tone in tones]
            problems += ["%s looks like %s (%.3f)" % (one, other, difference(drawn[one], drawn[other]))
                         for i, one in enumerate(siblings) for other in siblings[i + 1:] if difference(drawn[one], drawn[other]) < 0.015]
    suite.report(face + ": the six tones differ", problems)
    heights = [drawn[letter].height() for letter in "AÁẮ"]
    suite.report(face + ": A < Á < Ắ in height", [] if heights[0] + 3 < heights[1] and heights[1] < heights[2] else ["%s" % heights])
    suite.report(face + ": upper and lower case differ", [letter for letter in marked if letter.islower() and
                                                    difference(drawn[letter], drawn[letter.upper()]) < 0.1])
suite.report("bold is heavier than regular, italic another shape",
       [letter for letter in order if faces["bold"][letter].ink < faces["regular"][letter].ink * 1.05 or
        difference(faces["italic"][letter], faces["regular"][letter]) < 0.1 or
        difference(faces["bold italic"][letter], faces["bold"][letter]) < 0.1])
suite.end()
PYTHON
exit "$status"
