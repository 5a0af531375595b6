#!/bin/sh
# html.sh - pages for browsers: well-formed, alone, saying what the tree says; hostile words stay words; indexes lead to files.
set -u
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
tongket=$PWD/build/careful/tongket
status=0

for period in $(cat tests/periods); do
    "$tongket" report --quiet --period "$period" --output "$scratch/made" --format html,tree || status=1
done
"$tongket" report --quiet discipline-bulletin --period 2017-H1 --each DBCS --skip-empty --output "$scratch/made" --format html || status=1

# Groups of rows with subtotals, 3,000 rows, 25 columns, in the letterhead of another rule.
mkdir "$scratch/torture"
cp -RL templates "$scratch/torture/templates"
rm -f "$scratch"/torture/templates/*.md
cp -R tests/torture/. "$scratch/torture"
sed -i "s/^page = .*/page = nd30\ndraft = lần 2/" "$scratch/torture/inputs/office.ini"
"$tongket" report --quiet -C "$scratch/torture" --period 2017 --output "$scratch/made/torture" --format html,tree 2>"$scratch/said"
[ $? -le 1 ] || { status=1 && echo "FAILED html: torture could not be made" && sed 's/^/    /' "$scratch/said"; }

# Names, texts and a template full of markup.
mkdir -p "$scratch/hostile"
cp -RL templates "$scratch/hostile/templates"
rm -f "$scratch"/hostile/templates/*.md
cp -R tests/cases/base/. "$scratch/hostile"
for file in "$scratch"/hostile/inputs/*.csv; do
    sed -i "2,\$s/Mẫu Sơn/<script>alert('1')<\/script> \&amp; <b>/g; 2,\$s/ xã / ]]><!-- \&lt;i\&gt; ' --/g" "$file"
done
cp tests/html/hostile.md "$scratch/hostile/templates/"
"$tongket" report --quiet hostile -C "$scratch/hostile" --period 2017 --output "$scratch/made/hostile" --format html,tree 2>"$scratch/said"
if [ $? -gt 1 ]; then
    status=1
    sed 's/^/    /' "$scratch/said"
    echo "FAILED html: the hostile workspace gave no report"
fi

python3 - "$scratch/made" <<'PYTHON' || status=1
import glob, os, re, sys
import xml.etree.ElementTree as ElementTree

folder, failed = sys.argv[1], 0
STRING = r'"((?:[^"\\]|\\.)*)"'
SVG = "{http://www.w3.org/2000/svg}"

def report(name, problems):
    global failed
    failed += bool(problems)
    print(("FAILED html: " if problems else "ok html: ") + name)
    for problem in problems[:20]:
        print("    " + problem)

def words(text):
    return " ".join(text.split())

def plain(element):
    return words("".join(element.itertext()))

def unescape(text):
    return words(re.sub(r"\\(.)", lambda found: " " if found[1] == "n" else found[1], text))

bands = {}  # rows of a tree that name a group: one cell across the page's table

def read_tree(path):
    """Values of the prose as (what they are, as printed), cells of the tables, categories of the charts."""
    values, tables, charts, where = [], [], [], None
    for line in open(path, encoding="utf-8"):
        found = line.split()
        if line[:1] != " ":
            where = "blocks" if line.startswith("blocks") else None
        elif where is None:
            continue
        elif where == "table" and rows and re.match(r"\s{6}", line):  # a column may be called list or table
            rows[-1].append(unescape(re.findall(STRING, line)[-1]))
        elif found[:1] == ["table"] and len(found) == 3 and found[1].isdigit():
            where, rows = "table", []
            tables.append(rows)
        elif found[:1] == ["chart"]:
            where = "chart"
            charts.append([])
        elif found[:1] in (["heading"], ["paragraph"], ["list"], ["quote"]):
            where = "blocks"
        elif where == "table" and line.strip() in ("row", "total", "group", "subtotal"):
            rows.append([])
            bands[id(rows[-1])] = line.strip() == "group"
        elif where == "chart" and found[:1] == ["category"]:
            charts[-1].append(unescape(re.search(STRING, line)[1]))
        elif where == "blocks" and found[:1] == ["value"]:
            kind = re.match(r"\s*value (\w+)(?: (\S+))? ", line)
            if kind and kind[1] in ("integer", "decimal", "ratio", "date"):
                values.append((kind[2], unescape(re.findall(STRING, line)[-1])))
    return values, tables, charts

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
report("pages were made", [] if len(pages) > 10 else ["only %d" % len(pages)])
for path in pages:
    name = path[len(folder) + 1:]
    try:
        page = parse(path)
    except ElementTree.ParseError as error:
        report(name, ["not well-formed: %s" % error])
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
        values, tables, charts = read_tree(tree)
        main = page.find("body/main")
        got = [(value.get("value") or value.get("datetime"), plain(value)) for value in main.iter() if value.tag in ("data", "time")]
        told += len(values)
        if got != values:
            problems.append("the prose has %d values, the tree %d; first unlike: %s" % (len(got), len(values),
                            next(((one, other) for one, other in zip(got, values) if one != other), None)))
        rows = [[[plain(cell) for cell in row.iter("td")] for row in table.find("tbody")] for table in main.iter("table")]
        wanted = [[["".join(row)] if bands[id(row)] else row for row in table] or [["Không phát sinh"]] for table in tables]
        if rows != wanted:
            problems.append("tables unlike the tree's: %.600s" % (next(((a, b) for one, other in zip(rows, wanted) for a, b in zip(one, other) if a != b), "count"),))
        drawings = [plain(drawing) for drawing in main.iter(SVG + "svg")]
        if len(drawings) != len([chart for chart in charts if chart]):
            problems.append("%d drawings for %d charts" % (len(drawings), len(charts)))
        for drawing, chart in zip(drawings, [chart for chart in charts if chart]):
            problems += ["a category is not drawn: " + category for category in chart if category not in drawing]
    if name.startswith("torture/2017/torture"):
        said = plain(page.find("body/header"))
        problems += ["the letterhead lacks " + words for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Dự thảo lần 2") if words not in said]
        kinds = [row.get("class") for row in page.iter("tr")]
        problems += ["no row of kind " + kind for kind in ("group", "subtotal", "total") if kind not in kinds]
    report(name, problems)
report("the prose of the pages tells figures", [] if told > 500 else ["only %d" % told])
sys.exit(failed > 0)
PYTHON
exit "$status"
