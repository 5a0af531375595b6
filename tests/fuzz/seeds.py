"""seeds.py TARGET FOLDER - where a fuzz target begins: small inputs made from the shipped files."""
import glob, io, os, re, shutil, subprocess, sys, zipfile

target, folder = sys.argv[1:]
os.makedirs(folder, exist_ok=True)
tables = sorted(glob.glob("inputs/*.csv"))


def put(name, data):
    with open(os.path.join(folder, name), "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())


def head(path, lines=12):
    with open(path, encoding="utf-8") as file:
        return "".join(file.readlines()[:lines])


def encodings():
    """The same rows in every encoding that Python or iconv can write."""
    for path in tables:
        for name in ("UTF-8", "UTF-16LE", "UTF-16BE", "TCVN", "CP1258", "VISCII"):
            made = subprocess.run(["iconv", "-c", "-f", "UTF-8", "-t", name], input=head(path).encode(), stdout=subprocess.PIPE)
            yield name + "-" + os.path.basename(path), made.stdout


def parts(path):
    """A workbook's XML parts in the form that book.h packs again."""
    with zipfile.ZipFile(path) as book:
        names = [n for n in book.namelist() if n.endswith((".xml", ".rels")) and "theme" not in n and "docProps" not in n]
        return "\f".join(n + "\n" + book.read(n).decode("utf-8", "replace")[:6000] for n in names)


def books():
    """Entry forms, and the samples in bad habits."""
    made = folder + ".books"
    shutil.rmtree(made, ignore_errors=True)
    os.makedirs(made)
    subprocess.run(["./tongket", "forms", "--output", made, "--quiet"], check=True)
    subprocess.run([sys.executable, "tests/samples/dirty.py", "inputs", made + "/dirty"], check=True)
    for path in sorted(glob.glob(made + "/**/*.xlsx", recursive=True)):
        name = os.path.basename(path)
        put(name + ".parts", parts(path))
        if os.path.getsize(path) < 40000:
            put(name, open(path, "rb").read())


def documents():
    """The tables as OpenDocument: every kind of value, repeats, covered cells, hidden sheets and rows, notes."""
    kinds = [
        lambda text: '<table:table-cell office:value-type="string"><text:p>%s<text:s text:c="2"/><text:tab/></text:p></table:table-cell>' % text,
        lambda text: '<table:table-cell office:value-type="float" office:value="12.5"><text:p>12,5</text:p></table:table-cell>',
        lambda text: '<table:table-cell office:value-type="date" office:date-value="2014-02-03T10:30:00"/>',
        lambda text: '<table:table-cell office:value-type="time" office:time-value="PT10H30M00S"/>',
        lambda text: '<table:table-cell office:value-type="boolean" office:boolean-value="true" table:number-columns-repeated="3"/>',
        lambda text: '<table:covered-table-cell/><table:table-cell calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>',
        lambda text: '<table:table-cell><office:annotation><text:p>x</text:p></office:annotation><text:p>%s</text:p></table:table-cell>' % text,
    ]
    for number, path in enumerate(tables):
        rows = []
        for line, row in enumerate(head(path).splitlines()):
            cells = (kinds[(line * column) % len(kinds)](text) for column, text in enumerate(row.replace("&", "").split(",")))
            rows.append('<table:table-row table:number-rows-repeated="%d" table:visibility="%s">%s</table:table-row>'
                        % (1 + line % 2, "collapse" if line == 5 else "visible", "".join(cells)))
        put("%d.parts" % number, "META-INF/manifest.xml\n<manifest:manifest/>\fcontent.xml\n"
            '<office:document-content><office:automatic-styles><style:style style:name="ta2" style:family="table">'
            '<style:table-properties table:display="false"/></style:style></office:automatic-styles><office:body>'
            '<office:spreadsheet><table:table table:name="ẩn" table:style-name="ta2"/><table:table table:name="a">'
            + "".join(rows) + "</table:table></office:spreadsheet></office:body></office:document-content>")


def first_vocabulary(schema):
    name = re.search(r"^vocabulary = (.*)$", schema, re.M)
    return open("templates/vocabularies/%s.ini" % name[1], encoding="utf-8").read() if name else ""


def schemas():
    for path in sorted(glob.glob("templates/ledgers/*.ini")):
        schema = open(path, encoding="utf-8").read()
        key = re.search(r"^key = (\w+)", schema, re.M)[1]
        table = "inputs/" + os.path.basename(path)[:-4] + ".csv"
        text = re.sub(r"^vocabulary = .*$", "vocabulary = v", schema, flags=re.M)
        text = re.sub(r"^reference = .*$", "reference = l." + key, text, flags=re.M)
        text = re.sub(r"^alternative = .*$", "alternative = " + key, text, flags=re.M)
        put(os.path.basename(path), "\f".join([text, first_vocabulary(schema), head(table, 5) if os.path.exists(table) else ""]))
    put("office.ini", open("inputs/office.ini", encoding="utf-8").read())


def templates():
    for path in sorted(glob.glob("templates/*.md") + glob.glob("tests/bench/templates/*.md")):
        text = open(path, encoding="utf-8").read()
        if not text.startswith("---\n"):
            continue  # README.md is about the reports, and none
        matter, body = text.split("\n---\n", 1)
        put(os.path.basename(path), text)
        for number, block in enumerate(re.split(r"\n(?=# )", body)):
            put("%s.%d" % (os.path.basename(path), number), matter + "\n---\n" + block)


if target in ("csv", "charset"):
    for name, data in encodings():
        put(name, (b"A" if target == "csv" else b"") + data)
elif target == "xlsx":
    books()
elif target == "ods":
    documents()
elif target == "ini":
    schemas()
elif target == "template":
    templates()
