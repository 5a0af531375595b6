#!/bin/sh
# html.sh - pages for browsers: well-formed, alone, saying what the tree says; hostile words stay words; indexes lead to files.
. tests/common.sh

for period in $(cat tests/periods); do
    "$tongket" report --quiet --period "$period" --output "$scratch/made" --format html,tree || status=1
done
"$tongket" report --quiet discipline-bulletin --period 2017-H1 --each DBCS --skip-empty --output "$scratch/made" --format html || status=1

# Groups of rows with subtotals, 3,000 rows, 25 columns, in the letterhead of another rule.
ledgers_in "$scratch/torture" tests/torture
sed -i "s/^page = .*/page = nd30\ndraft = lần 2/" "$scratch/torture/inputs/office.ini"
"$tongket" report --quiet -C "$scratch/torture" --period 2017 --output "$scratch/made/torture" --format html,tree 2>"$scratch/said"
[ $? -le 1 ] || verdict "the torture is made" 1 "$scratch/said"

# Names, texts and a template full of markup.
ledgers_in "$scratch/hostile" tests/cases/base
for file in "$scratch"/hostile/inputs/*.csv; do
    sed -i "2,\$s/Mẫu Sơn/<script>alert('1')<\/script> \&amp; <b>/g; 2,\$s/ xã / ]]><!-- \&lt;i\&gt; ' --/g" "$file"
done
cp tests/html/hostile.md "$scratch/hostile/templates/"
"$tongket" report --quiet hostile -C "$scratch/hostile" --period 2017 --output "$scratch/made/hostile" --format html,tree 2>"$scratch/said"
[ $? -le 1 ] || verdict "the hostile workspace gives a report" 1 "$scratch/said"

"$python" - "$scratch/made" <<'PYTHON' || status=1
import glob, os, re, sys
import xml.etree.ElementTree as ElementTree

from report import Suite
from tree import Tree

folder, suite = sys.argv[1], Suite("html")
SVG = "{http://www.w3.org/2000/svg}"

def words(text):
    return " ".join(text.split())

def plain(element):
    return words("".join(element.itertext()))

def cells_of(kind, cells):
    """The cells of a row of the tree as the page shows them: what names a group is one cell across the table."""
    texts = [words(cell.printed) for cell in cells]
    return ["".join(texts)] if kind == "group" else texts

def parse(path):
    return ElementTree.fromstring(re.sub(r"\A<!DOCTYPE html>", "", open(path, encoding="utf-8").read()))

def alone(page):
    """Nothing runs, nothing is fetched, every link is to a file of the folder."""
    problems = []
    for element in page.iter():
        tag = element.tag.replace(SVG, "")
        if tag in ("script", "link", "iframe", "object", "embed", "img", "base", "form"):
            problems.append("<%s>" % tag)
        problems += ["%s=%s" % pair for pair in element.attrib.items()
                     if pair[0].startswith("on") or pair[0] == "src" or "://" in pair[1] or pair[1].startswith("//")]
    if re.search(r"@import|url\((?!#)", ElementTree.tostring(page, encoding="unicode")):
        problems.append("the style asks for a file")
    return problems

told = 0  # values of the prose
pages = sorted(glob.glob(folder + "/**/*.html", recursive=True))
suite.report("pages were made", [] if len(pages) > 10 else ["only %d" % len(pages)])
for path in pages:
    name = path[len(folder) + 1:]
    try:
        page = parse(path)
    except ElementTree.ParseError as error:
        suite.report(name, ["not well-formed: %s" % error])
        continue
    problems = alone(page)
    if page.get("lang") != "vi" or not plain(page.find("head/title")):
        problems.append("no language or no title")
    for link in page.iter("a"):
        if not os.path.exists(os.path.join(os.path.dirname(path), link.get("href"))):
            problems.append("leads nowhere: " + link.get("href"))
    if name.endswith("index.html") and not list(page.iter("a")):
        problems.append("an index without links")
    tree = path[:-5] + ".tree"
    if os.path.exists(tree):
        wanted, main = Tree(tree), page.find("body/main")
        values = [(value.value, words(value.printed)) for value in wanted.values]
        got = [(value.get("value") or value.get("datetime"), plain(value)) for value in main.iter() if value.tag in ("data", "time")]
        told += len(values)
        if got != values:
            problems.append("the prose has %d values, the tree %d; first unlike: %s" % (len(got), len(values),
                            next(((one, other) for one, other in zip(got, values) if one != other), None)))
        rows = [[[plain(cell) for cell in row.iter("td")] for row in table.find("tbody")] for table in main.iter("table")]
        tables = [[cells_of(kind, cells) for kind, cells in table.rows] or [["Không phát sinh"]] for table in wanted.tables]
        if rows != tables:
            problems.append("tables unlike the tree's: %.600s" % (next(((a, b) for one, other in zip(rows, tables) for a, b in zip(one, other) if a != b), "count"),))
        drawings = [plain(drawing) for drawing in main.iter(SVG + "svg")]
        charts = [[words(category) for category in chart] for chart in wanted.charts if chart]
        if len(drawings) != len(charts):
            problems.append("%d drawings for %d charts" % (len(drawings), len(charts)))
        for drawing, chart in zip(drawings, charts):
            problems += ["a category is not drawn: " + category for category in chart if category not in drawing]
    if name.startswith("torture/2017/torture"):
        said = plain(page.find("body/header"))
        problems += ["the letterhead lacks " + words for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Dự thảo lần 2") if words not in said]
        kinds = [row.get("class") for row in page.iter("tr")]
        problems += ["no row of kind " + kind for kind in ("group", "subtotal", "total") if kind not in kinds]
    suite.report(name, problems)
suite.report("the prose of the pages tells figures", [] if told > 500 else ["only %d" % told])
suite.end()
PYTHON
exit "$status"
