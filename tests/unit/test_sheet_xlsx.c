/* test_sheet_xlsx.c - workbooks, .xlsx and .ods: what their cells are, how parts are found, what is refused. */
#include "support.h"

#include "sheet/ods.h"
#include "sheet/xlsx.h"
#include "sheet/xlsx_scan.h"

#include <math.h>
#include <zip.h>

#define MAIN "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
#define LINKS "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define LINK(id, kind, target) "<Relationship Id='" id "' Type='" LINKS "/" kind "' Target='" target "'/>"
#define SHEET_START "<worksheet xmlns='" MAIN "'><sheetData>"
#define SHEET_END "</sheetData></worksheet>"

static const char root_links[] = "<Relationships>" LINK("a", "officeDocument", "xl/workbook.xml") "</Relationships>";
static const char book_links[] = "<Relationships>" LINK("r1", "worksheet", "worksheets/sheet1.xml")
    LINK("r2", "sharedStrings", "sharedStrings.xml") LINK("r3", "styles", "styles.xml") "</Relationships>";
static const char workbook[] = "<workbook xmlns='" MAIN "' xmlns:r='" LINKS "'><workbookPr/><sheets>"
                               "<sheet name='Sổ' sheetId='1' r:id='r1'/></sheets></workbook>";
static const char strings[] = "<sst><si><t>Đảng</t></si><si/><si><r><t>vi</t></r><r><t>ên</t></r><rPh><t>no</t></rPh>"
                              "</si><si><t>a &amp; b_x000D_</t></si></sst>";
static const char styles[] = "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='[$-42A]dd\\ mmmm\\ yyyy;@'/>"
                             "<numFmt numFmtId='171' formatCode='#,##0\\ \"đồng\"'/>"
                             "<numFmt numFmtId='172' formatCode='[h]:mm'/></numFmts><cellStyleXfs><xf numFmtId='14'/>"
                             "</cellStyleXfs><cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='170'/>"
                             "<xf numFmtId='171'/><xf numFmtId='172'/><xf numFmtId='20'/><xf numFmtId='9'/></cellXfs>"
                             "</styleSheet>";

struct entry {
    const char *name, *text;
    size_t length; /* 0: the text's */
};

static const char *put_zip(struct bench *bench, const char *name, const struct entry *entries, size_t count) {
    const char *path = bench_path(bench, name);
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    assert_non_null(zip);
    for (size_t i = 0; i < count; i++) {
        size_t length = entries[i].length ? entries[i].length : strlen(entries[i].text);
        zip_source_t *source = zip_source_buffer(zip, entries[i].text, length, 0);
        assert_true(zip_file_add(zip, entries[i].name, source, ZIP_FL_ENC_UTF_8) >= 0);
    }
    assert_int_equal(zip_close(zip), 0);
    return path;
}
#define PUT(bench, name, ...)                                                                                          \
    put_zip((bench), (name), (const struct entry[]){__VA_ARGS__},                                                      \
            sizeof((const struct entry[]){__VA_ARGS__}) / sizeof(struct entry))

/* Puts a workbook whose only sheet holds this XML. */
static const char *put_sheet(struct bench *bench, const char *xml) {
    return PUT(bench, "x.xlsx", {"_rels/.rels", root_links, 0}, {"xl/workbook.xml", workbook, 0},
               {"xl/_rels/workbook.xml.rels", book_links, 0}, {"xl/worksheets/sheet1.xml", xml, 0},
               {"xl/sharedStrings.xml", strings, 0}, {"xl/styles.xml", styles, 0});
}

/* ---- Reading into a text ---------------------------------------------------------------------------------------- */

static bool keep_sheet(void *context, const struct sheet *sheet) {
    buffer_printf(context, "[%s%s]", sheet->name, sheet->hidden ? " hidden" : "");
    return true;
}

static bool keep_row(void *context, const struct row *row) {
    buffer_printf(context, " %u%s%s:", row->number, row->hidden ? "h" : "", row->faulty ? "!" : "");
    for (size_t i = 0; i < row->count; i++) {
        const struct cell *cell = &row->cells[i];
        buffer_text(context, i ? "|" : "");
        if (cell->length)
            buffer_char(context, "TNDBE"[cell->kind]);
        buffer_add(context, cell->text, cell->length);
    }
    return true;
}

static void keep_lost(void *context, const struct lost_results *lost) {
    buffer_printf(context, " lost %zu from %u:%zu", lost->count, lost->row, lost->column);
}

/* "[Sổ] 1:Ta|N2 3h:D2014-02-03": the sheets, their rows by number, cells with a letter for their kind. */
static const char *read_all(struct bench *bench, const struct reader *reader, const char *path) {
    struct buffer out = {0};
    const struct sheet_sink sink = {.context = &out, .sheet = keep_sheet, .row = keep_row, .lost = keep_lost};
    struct sheet_traits traits = {0};
    if (!reader->read(path, &sink, &traits, &bench->diagnostics))
        buffer_text(&out, "(not read)");
    const char *text = arena_text(bench->arena, buffer_string(&out));
    buffer_free(&out);
    return text;
}

static const char *read_rows(struct bench *bench, const char *rows) {
    const char *xml = arena_printf(bench->arena, SHEET_START "%s" SHEET_END, rows);
    return read_all(bench, &xlsx_reader, put_sheet(bench, xml));
}

/* Rows mean the same to the scanner (quotation marks) and to the parser (apostrophes, which are not plain). */
static void assert_rows(struct bench *bench, const char *rows, const char *wanted) {
    char *quoted = arena_text(bench->arena, rows);
    for (char *at = quoted; *at; at++)
        if (*at == '\'')
            *at = '"';
    assert_string_equal(read_rows(bench, rows), wanted);
    assert_string_equal(read_rows(bench, quoted), wanted);
}

/* ---- Cells ------------------------------------------------------------------------------------------------------ */

static void cells_have_their_kinds(void **state) {
    struct bench *bench = *state;
    assert_rows(bench,
                "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>2</v></c><c r='C1' t='b'><v>1</v></c>"
                "<c r='D1' t='e'><v>#N/A</v></c><c r='E1' t='str'><f>A1</f><v>x</v></c>"
                "<c r='F1' t='inlineStr'><is><t>Xã Hòa</t></is></c><c r='G1' t='d'><v>2014-02-03T00:00:00Z</v></c>"
                "<c r='H1'><v>-2.50</v></c><c r='I1' t='s'><v>3</v></c></row>",
                "[Sổ] 1:TĐảng|Tviên|B1|E#N/A|Tx|TXã Hòa|D2014-02-03|N-2.5|Ta & b\r");
    assert_nothing_said(bench);
}

static void numbers_under_date_formats_are_dates(void **state) {
    struct bench *bench = *state;
    assert_rows(bench,
                "<row><c s='1'><v>41673</v></c><c s='2'><v>41673.4375</v></c><c s='3'><v>41673</v></c>"
                "<c s='4'><v>1.5</v></c><c s='5'><v>0.4375</v></c><c s='1'><v>0</v></c><c s='1'><v>-1</v></c>"
                "<c s='6'><v>0.05</v></c><c s='1'><v>60</v></c><c s='1'><v>59</v></c><c s='99'><v>1</v></c></row>",
                "[Sổ] 1:D2014-02-03|D2014-02-03T10:30:00|N41673|T36:00:00|T10:30:00|N0|N-1|N0.05|D1900-02-29|"
                "D1900-02-28|N1");
    assert_nothing_said(bench);
}

static void places_are_trusted_and_gaps_filled(void **state) {
    struct bench *bench = *state;
    assert_rows(bench,
                "<row r='3' hidden='1'><c r='C3'><v>3</v></c><c r='A3'><v>1</v></c><c r='F3' s='1'/></row><row r='4'/>"
                "<row r='9'><c><v>1</v></c><c><v>2</v></c></row><row><c t='s'><v>1</v></c></row>"
                "<row><c r='B11'><v>5</v></c></row>",
                "[Sổ] 3h:N1||N3 9:N1|N2 11:|N5");
    assert_rows(bench, "<row r='1'><c r='XFD1'/><c r='A1'><v>7</v></c></row>", "[Sổ] 1:N7");
    assert_nothing_said(bench);
}

static void formulas_without_results_are_told(void **state) {
    struct bench *bench = *state;
    assert_rows(bench, "<row r='2'><c r='AB2'><f>1+1</f></c></row>", "[Sổ] lost 1 from 2:28");
    assert_rows(bench, "<row r='2'><c r='A2'><f>1+1</f><v/></c><c r='B2' t='b'><f>A1</f><v></v></c></row>",
                "[Sổ] lost 2 from 2:1");
    assert_rows(bench, "<row r='2'><c r='A2' t='str'><f>A1</f><v></v></c><c r='B2' t='str'><f>A1</f></c></row>",
                "[Sổ]");
    assert_rows(bench, "<row r='2'><c r='A2' t='inlineStr'><f>A1</f><is><t></t></is></c><c r='B2'/></row>", "[Sổ]");
    assert_nothing_said(bench); /* whether it matters is the sink's to know */
}

static void a_lost_result_names_its_cell(void **state) {
    struct bench *bench = *state;
    const struct place place = {.file = "a.xlsx", .sheet = "Sổ"};
    struct lost_results lost = {0};
    lost_results_say(&lost, &place, &bench->diagnostics);
    assert_nothing_said(bench);
    lost_results_add(&lost, 2, 703);
    lost_results_add(&lost, 3, 1);
    lost_results_say(&lost, &place, &bench->diagnostics);
    assert_contains(finding_of(bench, DIAGNOSTIC_FORMULA_EMPTY, 0)->message, "AAA2");
    assert_contains(finding_of(bench, DIAGNOSTIC_FORMULA_EMPTY, 0)->message, "2 formulas");
    assert_string_equal(sheet_cell_name(bench->arena, 1048576, 16384), "XFD1048576");
}

#define MERGED                                                                                                         \
    "<row r='1'><c r='A1'><v>1</v></c><c r='B1'><v>2</v></c><c r='C1'><v>3</v></c></row>"                              \
    "<row r='2'><c r='A2'><v>4</v></c><c r='B2'><v>5</v></c><c r='D2'><f>1</f><v>6</v></c></row>"
#define AREAS "</sheetData><mergeCells><mergeCell ref='D1:D2'/><mergeCell ref='A1:B1'/><mergeCell ref='$B$2:XFD2'/>"

static void covered_cells_are_blank(void **state) {
    struct bench *bench = *state;
    static const char wanted[] = "[Sổ] 1:N1||N3 2:N4|N5";
    const char *plain = SHEET_START MERGED AREAS "<mergeCell ref='A9'/><mergeCell ref=':B2'/></mergeCells></worksheet>";
    assert_string_equal(read_all(bench, &xlsx_reader, put_sheet(bench, plain)), wanted);
    /* Neither a comment nor a marked section makes an area of what is none, or hides one. */
    const char *odd =
        SHEET_START "<!-- </sheetData><mergeCell ref='A1:Z9'/> -->" MERGED
                    "<row r='3'><c r='A3' t='inlineStr'><is><t><![CDATA[</row></sheetData>]]></t></is></c>"
                    "</row>" AREAS "</mergeCells></worksheet>";
    assert_string_equal(read_all(bench, &xlsx_reader, put_sheet(bench, odd)),
                        "[Sổ] 1:N1||N3 2:N4|N5 3:T</row></sheetData>");
    assert_nothing_said(bench);
}

/* Beyond 16 MB the areas are known only behind the rows: covered values are read, and told. */
static void covered_cells_of_large_sheets_are_told(void **state) {
    struct bench *bench = *state;
    struct buffer xml = {0};
    buffer_text(&xml, SHEET_START MERGED);
    for (int row = 3; xml.length < 17 << 20; row++)
        buffer_printf(&xml, "<row r='%d'><c r='A%d'><v>%01000d</v></c></row>", row, row, 1);
    buffer_text(&xml, AREAS "</mergeCells></worksheet>");
    assert_contains(read_all(bench, &xlsx_reader, put_sheet(bench, buffer_string(&xml))), "1:N1|N2|N3 2:N4|N5||N6");
    assert_contains(finding_of(bench, DIAGNOSTIC_CELLS_COVERED, 0)->message, "2 cells under merged ones");
    assert_contains(finding_of(bench, DIAGNOSTIC_CELLS_COVERED, 0)->message, "the first at B1");
    assert_int_equal(said_all(bench), 1);
    buffer_free(&xml);
}

static void text_keeps_what_was_typed(void **state) {
    struct bench *bench = *state;
    assert_rows(bench,
                "<row><c t='inlineStr'><is><t xml:space='preserve'> a  b </t></is></c>"
                "<c t='inlineStr'><is><t>_xD83D__xDE00__x005F_x0041__x0000_</t></is></c></row>",
                "[Sổ] 1:T a  b |T😀_x0041__x0000_");
    assert_rows(bench, "<row><c t='inlineStr'><is><t><![CDATA[a<b]]></t></is></c></row>", "[Sổ] 1:Ta<b");
    assert_rows(bench, "<!-- </row> <row r='5'><c><v>9</v></c></row> --><row><c><v>1</v></c></row>", "[Sổ] 1:N1");
}

static void numbers_are_shortest_digits(void **state) {
    (void)state;
    static const struct {
        const char *text, *wanted;
    } pairs[] = {{"0", "0"},
                 {"-0", "0"},
                 {"007", "7"},
                 {"12.50", "12.5"},
                 {"0.10000000000000001", "0.1"},
                 {"1.2E-3", "0.0012"},
                 {"1E-7", "1E-7"},
                 {"1E15", "1000000000000000"},
                 {"1e21", "1E+21"},
                 {"1.5e+300", "1.5E+300"},
                 {"123456789012", "123456789012"},
                 {"9007199254740993", "9007199254740992"},
                 {" 5 ", "5"},
                 {"", ""},
                 {"x", ""},
                 {"nan", ""},
                 {"0x10", ""},
                 {"1e999", ""}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char digits[NUMBER_SIZE + 1] = "";
        digits[number_text(pairs[i].text, strlen(pairs[i].text), digits)] = '\0';
        assert_string_equal(digits, pairs[i].wanted);
    }
    uint64_t seed = 20140203;
    for (int i = 0; i < 20000; i++) {
        uint64_t bits = next_random(&seed);
        double number;
        memcpy(&number, &bits, sizeof number);
        char digits[NUMBER_SIZE + 1];
        if (!isfinite(number))
            continue;
        digits[number_digits(number, digits)] = '\0';
        assert_true(strtod(digits, NULL) == number);
    }
}

static void formats_of_dates_are_known(void **state) {
    (void)state;
    static const char *const dates[] = {"dd/mm/yyyy",  "[$-F800]dddd\\,\\ mmmm\\ dd", "mmm-yy", "m/d/yy h:mm",
                                        "[Red]yyyy;@", "\"ngày\" d \"tháng\" m"},
                             *const plain[] = {"General", "0.00E+00", "#,##0\\ \"d\"", "_-* #,##0_-",
                                               "[Red]0",  "@",        "\"day\" 0",     "\\d0"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        assert_int_equal(number_format_kind(dates[i]), NUMBER_DATE);
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        assert_int_equal(number_format_kind(plain[i]), NUMBER_PLAIN);
    assert_int_equal(number_format_kind("h:mm AM/PM"), NUMBER_TIME);
    assert_int_equal(number_format_kind("[hh]:mm"), NUMBER_ELAPSED);
}

/* ---- Packages --------------------------------------------------------------------------------------------------- */

static void parts_are_found_by_relationships(void **state) {
    struct bench *bench = *state;
    static const char rows[] = "<x:worksheet xmlns:x='" MAIN "'><x:sheetData><x:row><x:c><x:v>41673</x:v></x:c></x:row>"
                               "</x:sheetData></x:worksheet>";
    static const char moved[] = "<Relationships>" LINK("a", "officeDocument", "/odd/Book.xml") "</Relationships>";
    static const char absolute[] =
        "<Relationships>" LINK("r1", "worksheet", "/odd/../pages\\one.xml") "</Relationships>";
    const char *path = PUT(bench, "x.xlsx", {"_rels\\.rels", moved, 0}, {"odd\\book.xml", workbook, 0},
                           {"odd\\_rels\\Book.xml.rels", absolute, 0}, {"pages/ONE.xml", rows, 0});
    assert_string_equal(read_all(bench, &xlsx_reader, path), "[Sổ] 1:N41673");
    path = PUT(bench, "y.xlsx", {"xl/workbook.xml", workbook, 0}, {"xl/worksheets/sheet1.xml", rows, 0});
    assert_string_equal(read_all(bench, &xlsx_reader, path), "[Sổ] 1:N41673");
    assert_nothing_said(bench);
}

static void the_1904_calendar_is_heeded(void **state) {
    struct bench *bench = *state;
    static const char book[] =
        "<workbook xmlns:r='" LINKS "' xmlns:x15='x'><workbookPr date1904='1'/><sheets><sheet "
        "name='S' state='hidden' r:id='r1'/></sheets><extLst><x15:workbookPr/></extLst></workbook>";
    const char *path = PUT(bench, "x.xlsx", {"_rels/.rels", root_links, 0}, {"xl/workbook.xml", book, 0},
                           {"xl/_rels/workbook.xml.rels", book_links, 0}, {"xl/styles.xml", styles, 0},
                           {"xl/worksheets/sheet1.xml",
                            SHEET_START "<row><c s='1'><v>0</v></c><c s='1'><v>40211</v></c></row>" SHEET_END, 0});
    assert_string_equal(read_all(bench, &xlsx_reader, path), "[S hidden] 1:D1904-01-01|D2014-02-03");
}

static void utf16_parts_are_read(void **state) {
    struct bench *bench = *state;
    static const char xml[] = SHEET_START "<row><c><v>12</v></c></row>" SHEET_END;
    char wide[2 * sizeof xml] = {(char)0xff, (char)0xfe};
    for (size_t i = 0; i + 1 < sizeof xml; i++)
        wide[2 * i + 2] = xml[i];
    const char *path =
        PUT(bench, "x.xlsx", {"xl/workbook.xml", workbook, 0}, {"xl/worksheets/sheet1.xml", wide, 2 * sizeof xml});
    assert_string_equal(read_all(bench, &xlsx_reader, path), "[Sổ] 1:N12");
    assert_nothing_said(bench);
}

static void damage_is_told_and_counted(void **state) {
    struct bench *bench = *state;
    assert_string_equal(read_rows(bench, "<row><c><v>1</v></c></row><row><c><v>2</v></x></row>"), "[Sổ] 1:N1 2!:");
    assert_string_equal(read_rows(bench, "<row><c t=\"s\"><v>99</v></c></row><row><c><v>2</v></c></row>"),
                        "[Sổ] 1!: 2:N2");
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_DAMAGED), 2);
    assert_string_equal(read_all(bench, &xlsx_reader, bench_put(bench, "z.xlsx", "PK\3\4")), "(not read)");
    assert_string_equal(read_all(bench, &xlsx_reader, PUT(bench, "w.xlsx", {"word/document.xml", "<w/>", 0})),
                        "(not read)");
    assert_contains(finding_of(bench, DIAGNOSTIC_FILE_TYPE, 0)->message, "Word .docx");
}

/* A flipped bit inside the data shows in the checksum alone. */
static void checksums_are_compared(void **state) {
    struct bench *bench = *state;
    const char *path = bench_path(bench, "x.xlsx");
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, NULL);
    static const char xml[] = SHEET_START "<row><c><v>77345</v></c></row>" SHEET_END;
    zip_file_add(zip, "xl/workbook.xml", zip_source_buffer(zip, workbook, strlen(workbook), 0), 0);
    zip_int64_t index = zip_file_add(zip, "xl/worksheets/sheet1.xml", zip_source_buffer(zip, xml, strlen(xml), 0), 0);
    assert_int_equal(zip_set_file_compression(zip, (zip_uint64_t)index, ZIP_CM_STORE, 0), 0);
    assert_int_equal(zip_close(zip), 0);
    size_t length;
    char *bytes = file_read(bench->arena, &bench->diagnostics, path, &length);
    *(char *)memmem(bytes, length, "77345", 5) = '1';
    read_all(bench, &xlsx_reader, bench_put_bytes(bench, "y.xlsx", bytes, length));
    assert_contains(finding_of(bench, DIAGNOSTIC_FILE_DAMAGED, 0)->message, "CRC");
}

static void hostile_files_are_refused(void **state) {
    struct bench *bench = *state;
    struct buffer deep = {0};
    for (int i = 0; i < 1000; i++)
        buffer_text(&deep, "<a>");
    read_rows(bench, deep.text);
    buffer_free(&deep);
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_BOMB), 1);
    assert_string_equal(
        read_all(bench, &xlsx_reader, put_sheet(bench, "<!DOCTYPE x [<!ENTITY a 'b'>]>" SHEET_START SHEET_END)),
        "[Sổ]");
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_BOMB), 2);
    assert_string_equal(read_rows(bench, "<row><c r=\"XFE1\"><v>1</v></c></row>"), "[Sổ] 1!:");
    assert_string_equal(read_rows(bench, "<row r=\"1048577\"><c><v>1</v></c></row>"), "[Sổ]");
    char *wide = arena_alloc(bench->arena, 200001);
    memset(wide, 'x', 200000);
    const char *cell = arena_printf(bench->arena, "<row><c t=\"inlineStr\"><is><t>%s</t></is></c></row>", wide);
    assert_string_equal(read_rows(bench, cell), "[Sổ] 1!:");
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_LIMIT), 3);
}

/* Wherever a row is cut, more bytes are asked for; whole, it is taken. */
static void rows_are_scanned_at_every_cut(void **state) {
    (void)state;
    static const char text[] =
        "\n<row r=\"1\"><c r=\"A1\" t=\"s\"><v>5</v></c><c r=\"B1\"><f t=\"x\">1</f><v>é</v></c></row>";
    struct scanned_row row = {0};
    bool more;
    for (size_t length = 0; length < sizeof text - 1; length++) {
        assert_int_equal(scan_row(&row, text, length, &more), 0);
        assert_true(more);
    }
    assert_int_equal(scan_row(&row, text, sizeof text - 1, &more), sizeof text - 1);
    assert_int_equal(row.count, 2);
    static const char *const odd[] = {"<row><!-- --></row>", "<row><c><v>&lt;</v></c></row>", "<row r='1'></row>",
                                      "<row><c><v>\xc3\x28</v></c></row>", "</sheetData>"};
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
        assert_int_equal(scan_row(&row, odd[i], strlen(odd[i]), &more), 0);
        assert_false(more);
    }
    free(row.cells);
}

/* ---- OpenDocument ----------------------------------------------------------------------------------------------- */

#define CELL(attributes, text) "<table:table-cell " attributes ">" text "</table:table-cell>"
#define STRING "office:value-type='string'"

static const char *read_ods(struct bench *bench, const char *tables) {
    const char *content = arena_printf(
        bench->arena,
        "<o:d xmlns:o='o' xmlns:office='f' xmlns:table='t' xmlns:text='x' xmlns:style='s' xmlns:calcext='c'>"
        "<style:style style:name='ta2' style:family='table'><style:table-properties table:display='false'/>"
        "</style:style>%s</o:d>",
        tables);
    return read_all(bench, &ods_reader, PUT(bench, "x.ods", {"content.xml", content, 0}));
}

static void ods_cells_have_their_kinds(void **state) {
    struct bench *bench = *state;
    assert_string_equal(
        read_ods(bench,
                 "<table:table table:name='Sổ'><table:table-row>" CELL(
                     STRING, "<office:annotation><text:p>no</text:p></office:annotation><text:p>a <text:s text:c='2'/>b"
                             "<text:tab/><text:span>c</text:span></text:p><text:p>d</text:p>")
                     CELL("office:value-type='float' office:value='1.50'",
                          "<text:p>1,5</text:p>") CELL("office:value-type='date' office:date-value='2014-02-03'", "")
                         CELL("office:value-type='time' office:time-value='PT10H30M00S'",
                              "") CELL("office:value-type='boolean' office:boolean-value='true'", "")
                             CELL(STRING " office:string-value='' calcext:value-type='error'", "<text:p>#N/A</text:p>")
                                 CELL("office:value-type='percentage' office:value='0.05'",
                                      "<text:p>5%%</text:p>") "</table:table-row></table:table>"),
        "[Sổ] 1:Ta   b\tc\nd|N1.5|D2014-02-03|T10:30:00|B1|E#N/A|N0.05");
    assert_string_equal(
        read_ods(bench, "<table:table table:name='Sổ'><table:table-row>" CELL("table:formula='of:=A2'", "") CELL(
                            "table:formula='of:=A2'", "<text:p>x</text:p>") CELL("table:formula='of:=A2' " STRING, "")
                            CELL("table:formula='of:=A2' office:value-type='float' office:value='1'", "")
                                CELL("table:formula='of:=A2'", "") "</table:table-row></table:table>"),
        "[Sổ] 1:|Tx||N1 lost 2 from 1:1");
    assert_nothing_said(bench);
}

static void ods_of_old_programs_are_read(void **state) {
    struct bench *bench = *state;
    static const char doctype[] = "<!DOCTYPE m PUBLIC '-//OpenOffice.org//DTD Manifest 1.0//EN' 'Manifest.dtd'>";
    const char *content = arena_printf(bench->arena,
                                       "%s<d xmlns:office='f'><table name='A'><table-row>"
                                       "<table-cell office:value-type='boolean' office:boolean-value='-1'/>"
                                       "<table-cell office:value-type='boolean' office:boolean-value='0'/>"
                                       "</table-row></table></d>",
                                       doctype);
    const char *manifest = arena_printf(bench->arena, "%s<m/>", doctype);
    assert_string_equal(
        read_all(bench, &ods_reader,
                 PUT(bench, "x.ods", {"META-INF/manifest.xml", manifest, 0}, {"content.xml", content, 0})),
        "[A] 1:B1|B0");
    assert_nothing_said(bench);
}

static void ods_repeats_and_hides(void **state) {
    struct bench *bench = *state;
    assert_string_equal(
        read_ods(bench,
                 "<table:table table:name='A'><table:table-row table:number-rows-repeated='3'>" CELL(
                     "", "") "</table:table-row><table:table-row table:number-rows-repeated='2' "
                             "table:visibility='collapse'>" CELL(
                                 STRING " table:number-columns-repeated='2'",
                                 "<text:p>x</text:p>") "<table:covered-table-cell " STRING
                                                       "><text:p>no</text:p></table:covered-table-cell>" CELL(
                                                           "table:number-columns-repeated='16000'",
                                                           "") "</table:table-row><table:table-row "
                                                               "table:number-rows-repeated='1048000'/></table:table>"
                                                               "<table:table table:name='B' table:style-name='ta2'/>"),
        "[A] 4h:Tx|Tx 5h:Tx|Tx[B hidden]");
    assert_nothing_said(bench);
    read_ods(bench, "<table:table><table:table-row table:number-rows-repeated='1048576'>" CELL(
                        STRING " table:number-columns-repeated='16384'",
                        "<text:p>x</text:p>") "</table:table-row></table:table>");
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_BOMB), 1);
}

/* ---- Choosing --------------------------------------------------------------------------------------------------- */

static void foreign_files_get_their_own_advice(void **state) {
    struct bench *bench = *state;
    static const char old[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0W\0o\0r\0k\0b\0o\0o\0k\0",
                      locked[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
    struct diagnostics *diagnostics = &bench->diagnostics;
    assert_null(reader_choose(bench_put_bytes(bench, "a.xls", old, sizeof old), diagnostics));
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_OLD_XLS), 1);
    assert_null(reader_choose(bench_put_bytes(bench, "b.xlsx", locked, sizeof locked), diagnostics));
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_ENCRYPTED), 1);
    assert_null(reader_choose(bench_put(bench, "c.xls", " <html><table>"), diagnostics));
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_HTML), 1);
    assert_null(reader_choose(bench_put(bench, "d.xlsx", "hello"), diagnostics));
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_DAMAGED), 1);
    assert_ptr_equal(reader_choose(put_sheet(bench, SHEET_START SHEET_END), diagnostics), &xlsx_reader);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(cells_have_their_kinds),
        TEST(numbers_under_date_formats_are_dates),
        TEST(places_are_trusted_and_gaps_filled),
        TEST(formulas_without_results_are_told),
        TEST(a_lost_result_names_its_cell),
        TEST(covered_cells_are_blank),
        TEST(covered_cells_of_large_sheets_are_told),
        TEST(text_keeps_what_was_typed),
        TEST(numbers_are_shortest_digits),
        TEST(formats_of_dates_are_known),
        TEST(parts_are_found_by_relationships),
        TEST(the_1904_calendar_is_heeded),
        TEST(utf16_parts_are_read),
        TEST(damage_is_told_and_counted),
        TEST(checksums_are_compared),
        TEST(hostile_files_are_refused),
        TEST(rows_are_scanned_at_every_cut),
        TEST(ods_cells_have_their_kinds),
        TEST(ods_of_old_programs_are_read),
        TEST(ods_repeats_and_hides),
        TEST(foreign_files_get_their_own_advice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
