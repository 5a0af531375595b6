#!/bin/sh
# bombs.sh - small files that would take hours or all memory: each ends in a message within seconds, in 96 MB at most.
. tests/common.sh
"$python" - "$scratch" <<'END' || exit 1
import sys, zipfile

LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LINK = '<Relationship Id="%s" Type="' + LINKS + '/%s" Target="%s"/>'
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">' + "".join(
    '<!ENTITY %s "%s">' % (chr(98 + i), "&%s;" % chr(97 + i) * 10) for i in range(9)) + "]>"


def pieces(piece, count):
    """A long text in blocks, so that making it takes no memory either."""
    block = piece * 1000
    for _ in range(count // 1000):
        yield block


def write(book, name, texts):
    with book.open(name, "w", force_zip64=True) as part:
        for text in texts:
            part.write(text.encode())


def xlsx(name, sheet, strings=()):
    with zipfile.ZipFile(sys.argv[1] + "/" + name + ".xlsx", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        write(book, "_rels/.rels", ["<Relationships>", LINK % ("a", "officeDocument", "xl/workbook.xml"), "</Relationships>"])
        write(book, "xl/workbook.xml", ['<workbook xmlns:r="%s"><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>' % LINKS])
        write(book, "xl/_rels/workbook.xml.rels", ["<Relationships>", LINK % ("r1", "worksheet", "worksheets/sheet1.xml"),
                                                   LINK % ("r2", "sharedStrings", "sharedStrings.xml"), "</Relationships>"])
        write(book, "xl/worksheets/sheet1.xml", sheet)
        write(book, "xl/sharedStrings.xml", ["<sst>", *strings, "</sst>"])


def ods(name, content):
    with zipfile.ZipFile(sys.argv[1] + "/" + name + ".ods", "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        write(book, "content.xml", content)


START, END = "<worksheet><sheetData>", "</sheetData></worksheet>"
TABLE, TABLE_END = '<document><table name="A">', "</table></document>"
CELL = '<table-cell value-type="string"%s><p>x</p></table-cell>'
SPACES = 300_000_000
xlsx("inflates", [START, *pieces(" " * 1000, SPACES // 1000), END])
xlsx("entities", [ENTITIES, START, '<row><c t="inlineStr"><is><t>&j;</t></is></c></row>', END])
xlsx("strings", [START, END], pieces("<si><t>a</t></si>", 4_000_000))
xlsx("texts", [START, END], pieces("<si><t>%s</t></si>" % ("a" * 30000), 3000))
xlsx("columns", [START, "<row>", *pieces("<c><v>1</v></c>", 20_000), "</row>", END])
xlsx("rows", [START, *pieces("<row><c><v>1</v></c></row>", 1_100_000), END])
xlsx("deep", [START, *pieces("<a>", 1_000_000), END])
xlsx("tag", [START, '<row r="', *pieces("1" * 1000, 60_000), '"/>', END])
xlsx("names", [START, *("<a%d/>" % i for i in range(1_500_000)), END])
xlsx("merges", [START, *("<row><c><v>1</v></c></row>" for i in range(100_000)), "</sheetData><mergeCells>",
                *pieces('<mergeCell ref="A1:XFD1048576"/>', 300_000), "</mergeCells><oops"])
ods("inflates", [TABLE, *pieces(" " * 1000, SPACES // 1000), TABLE_END])
ods("entities", [ENTITIES, TABLE, "<table-row><table-cell><p>&j;</p></table-cell></table-row>", TABLE_END])
ods("columns", [TABLE, "<table-row>", *pieces(CELL % "", 20_000), "</table-row>", TABLE_END])
ods("repeats", [TABLE, '<table-row number-rows-repeated="1048576">', CELL % ' number-columns-repeated="16384"', "</table-row>", TABLE_END])
ods("rows", [TABLE, *pieces("<table-row>" + CELL % "" + "</table-row>", 1_100_000), TABLE_END])
ods("deep", [TABLE, *pieces("<a>", 1_000_000), TABLE_END])
ods("tag", [TABLE, '<table-row a="', *pieces("1" * 1000, 60_000), '"/>', TABLE_END])
ods("blanks", [TABLE, "<table-row><table-cell><p>", *pieces('<s c="1048576"/>', 1000), "</p></table-cell></table-row>", TABLE_END])
END
for file in "$scratch"/*.xlsx "$scratch"/*.ods; do
    name=${file##*/}
    (ulimit -v 98304 && LANG=en_US.UTF-8 timeout 30 ./tongket cells "$file" >/dev/null 2>"$scratch/said")
    ended=$?
    echo "status $ended" >>"$scratch/said"
    [ "$ended" -eq 4 ] && grep -qE '\[file-(bomb|limit|damaged)\]' "$scratch/said"
    verdict "$name" $? "$scratch/said"
done
exit "$status"
