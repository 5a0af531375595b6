/* ods.c - the reader of .ods workbooks (OpenDocument): content.xml of the package, sheet after sheet.
 *
 *   styles: style:style ta2 ─ table-properties display=false        a hidden sheet
 *   spreadsheet ─ table name ─ (groups) ─ table-row ×n visibility ─ table-cell ×n value-type value ─ p ─ span s tab …
 *
 * Rows and cells say how often they are repeated; blank ones to the end of the sheet. Repeated content is handed on as
 * often as it stands, within ODS_REPEATS for a file. A covered cell lies under a merged one and is blank. Notes,
 * pictures and what else lies in a cell is no text of it. */
#include "sheet/ods.h"

#include "base/map.h"
#include "base/text.h"
#include "sheet/xlsx_number.h"
#include "sheet/xml.h"
#include "sheet/xml_cells.h"

#include <stdlib.h>
#include <string.h>

enum { ODS_REPEATS = 1 << 24 };

struct ods_reading {
    struct arena *arena;
    struct package *package;
    struct diagnostics *diagnostics;
    const struct sheet_sink *sink;
    struct map hidden_styles;
    const char *style; /* of the family table, whose properties are being read */
    const char *sheet;
    bool wanted, any, refused, encrypted;
    unsigned tables; /* nested tables are drawings' */
    unsigned row;    /* from 1; the row at hand */
    unsigned row_repeat;
    bool in_row, row_hidden, faulty;
    struct cells cells;
    size_t column, cell_repeat, repeats;
    bool in_cell, covered;
    enum cell_kind kind;
    unsigned inside, skipping; /* depths: below the cell; below what is no text of it */
    unsigned paragraphs;
    bool blank;     /* the last letter was one */
    bool has_value; /* the value stands in an attribute, not in the text */
    bool lost;      /* a formula whose value stands nowhere, unless it has a text */
    struct lost_results lost_results;
    struct buffer text;
};

static bool refuse_sheet(struct ods_reading *reading, const char *vi, const char *en) {
    package_limit(reading->package, reading->row, 0, vi, en);
    reading->refused = true;
    return false;
}

static unsigned repeat_of(const char **attributes, const char *name) {
    const char *text = xml_attribute(attributes, name);
    unsigned long repeat = text ? strtoul(text, NULL, 10) : 1;
    return repeat < 1 ? 1 : repeat > CELLS_ROWS ? CELLS_ROWS : (unsigned)repeat;
}

/* ---- Sheets ----------------------------------------------------------------------------------------------------- */

static void start_style(struct ods_reading *reading, const char *name, const char **attributes) {
    const char *family = xml_attribute(attributes, "family"), *style = xml_attribute(attributes, "name"),
               *display = xml_attribute(attributes, "display");
    if (strcmp(name, "style") == 0) {
        reading->style = family && style && strcmp(family, "table") == 0 ? arena_text(reading->arena, style) : NULL;
    } else if (reading->style && strcmp(name, "table-properties") == 0 && display && strcmp(display, "false") == 0) {
        bool fresh;
        map_put(&reading->hidden_styles, reading->style, strlen(reading->style), 1, &fresh);
    }
}

static void start_table(struct ods_reading *reading, const char **attributes) {
    const char *name = xml_attribute(attributes, "name"), *style = xml_attribute(attributes, "style-name");
    if (reading->tables++)
        return;
    reading->sheet = text_nfc(reading->arena, name ? name : "", name ? strlen(name) : 0);
    struct sheet sheet = {.name = reading->sheet,
                          .hidden = style && map_get_text(&reading->hidden_styles, style) != MAP_NONE};
    reading->row = 0;
    reading->row_repeat = 1;
    reading->any = true;
    reading->wanted = !reading->sink->sheet || reading->sink->sheet(reading->sink->context, &sheet);
    package_sheet(reading->package, reading->sheet);
}

static void end_table(struct ods_reading *reading) {
    if (--reading->tables == 0) {
        if (reading->lost_results.count && reading->sink->lost)
            reading->sink->lost(reading->sink->context, &reading->lost_results);
        reading->lost_results = (struct lost_results){0};
        reading->wanted = false;
        package_sheet(reading->package, NULL);
    }
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

static bool start_row(struct ods_reading *reading, const char **attributes) {
    const char *visibility = xml_attribute(attributes, "visibility");
    if (reading->row <= CELLS_ROWS)
        reading->row += reading->row_repeat;
    reading->row_repeat = repeat_of(attributes, "number-rows-repeated");
    reading->row_hidden = visibility && strcmp(visibility, "visible") != 0;
    reading->in_row = true;
    reading->faulty = false;
    reading->column = 0;
    cells_clear(&reading->cells);
    return true;
}

static bool count_repeats(struct ods_reading *reading, size_t count) {
    reading->repeats += count;
    if (reading->repeats <= ODS_REPEATS)
        return true;
    package_bomb(reading->package, "content.xml", "các ô lặp lại nở ra thành hơn 16 triệu ô",
                 "repeated cells add up to more than 16 million");
    reading->refused = true;
    return false;
}

static bool end_row(struct ods_reading *reading) {
    size_t count = cells_finish(&reading->cells);
    struct row row = {.cells = reading->cells.cells,
                      .count = reading->faulty ? 0 : count,
                      .faulty = reading->faulty,
                      .hidden = reading->row_hidden};
    reading->in_row = false;
    if (count == 0 && !reading->faulty)
        return true;
    for (unsigned i = 0; i < reading->row_repeat && reading->wanted; i++) {
        row.number = reading->row + i;
        if (row.number > CELLS_ROWS)
            return refuse_sheet(reading, "hơn 1.048.576 dòng", "more than 1,048,576 rows");
        if (i && !count_repeats(reading, count))
            return false;
        reading->wanted = reading->sink->row(reading->sink->context, &row);
    }
    return true;
}

/* ---- Cells ------------------------------------------------------------------------------------------------------ */

/* PT10H30M00S as 10:30:00. */
static size_t time_text(const char *value, char text[NUMBER_SIZE]) {
    double parts[3] = {0};
    static const char units[] = "HMS";
    const char *at = strchr(value, 'T');
    for (size_t i = 0; at && i < 3; i++) {
        char *end;
        double number = strtod(at + 1, &end);
        if (end == at + 1 || *end != units[i])
            continue;
        parts[i] = number;
        at = end;
    }
    enum cell_kind kind;
    double seconds = parts[0] * 3600 + parts[1] * 60 + parts[2];
    return at && seconds >= 0 && *value == 'P' ? number_day(seconds / 86400, NUMBER_ELAPSED, false, text, &kind) : 0;
}

static void keep_value(struct ods_reading *reading, enum cell_kind kind, const char *text, size_t length) {
    reading->kind = kind;
    reading->has_value = true;
    buffer_clear(&reading->text);
    if (length > CELLS_TEXT)
        length = text_valid(text, CELLS_TEXT);
    buffer_add(&reading->text, text, length);
}

static void read_value(struct ods_reading *reading, const char *type, const char **attributes) {
    char text[NUMBER_SIZE];
    size_t length = 0;
    enum cell_kind kind = CELL_NUMBER;
    const char *value = xml_attribute(attributes, "value");
    if (strcmp(type, "date") == 0) {
        value = xml_attribute(attributes, "date-value");
        kind = CELL_DATE;
        length = value ? number_iso(value, strlen(value), text) : 0;
    } else if (strcmp(type, "time") == 0) {
        value = xml_attribute(attributes, "time-value");
        kind = CELL_TEXT;
        length = value ? time_text(value, text) : 0;
    } else if (strcmp(type, "boolean") == 0) {
        value = xml_attribute(attributes, "boolean-value");
        kind = CELL_BOOLEAN;
        length = value != NULL;
        /* A number under a format of booleans is written as it is: all but nought is true. */
        text[0] = value && (strcmp(value, "false") == 0 || strcmp(value, "0") == 0) ? '0' : '1';
    } else if (strcmp(type, "string") == 0) {
        value = xml_attribute(attributes, "string-value");
        if (value)
            keep_value(reading, CELL_TEXT, value, strlen(value));
        return;
    } else if (value) {
        length = number_text(value, strlen(value), text);
    }
    if (length)
        keep_value(reading, kind, text, length);
    else if (value)
        keep_value(reading, CELL_TEXT, value, strlen(value));
}

/* Two attributes are called value-type, the office's and the program's own; only the latter knows errors. The text of
 * an error is what is shown. */
static bool start_cell(struct ods_reading *reading, const char *name, const char **attributes) {
    const char *type = "";
    bool error = false, formula = false;
    for (const char **at = attributes; *at; at += 2) {
        const char *colon = strchr(at[0], ':');
        formula = formula || strcmp(colon ? colon + 1 : at[0], "formula") == 0;
        if (strcmp(colon ? colon + 1 : at[0], "value-type") != 0)
            continue;
        if (strcmp(at[1], "error") == 0)
            error = true;
        else
            type = at[1];
    }
    reading->cell_repeat = repeat_of(attributes, "number-columns-repeated");
    reading->in_cell = true;
    reading->covered = strcmp(name, "covered-table-cell") == 0;
    reading->inside = reading->skipping = reading->paragraphs = 0;
    reading->has_value = false;
    reading->lost = formula && !*type && !error && !reading->covered;
    reading->kind = error ? CELL_ERROR : CELL_TEXT;
    buffer_clear(&reading->text);
    if (*type && !error && !reading->covered)
        read_value(reading, type, attributes);
    return true;
}

static void add_text(struct ods_reading *reading, const char *text, size_t length) {
    if (reading->text.length + length <= CELLS_TEXT) {
        buffer_add(&reading->text, text, length);
        return;
    }
    if (!reading->faulty)
        package_limit(reading->package, reading->row, reading->column + 1, "một ô có hơn 32.767 chữ",
                      "a cell has more than 32,767 letters");
    reading->faulty = true;
}

static bool end_cell(struct ods_reading *reading) {
    const struct buffer *text = &reading->text;
    size_t last = reading->column + reading->cell_repeat;
    reading->in_cell = false;
    if (reading->lost && !text->length)
        lost_results_add(&reading->lost_results, reading->row, reading->column + 1);
    if (text->length && !reading->covered) {
        if (last > CELLS_COLUMNS)
            return refuse_sheet(reading, "hơn 16.384 cột", "more than 16,384 columns");
        if (reading->cell_repeat > 1 && !count_repeats(reading, reading->cell_repeat))
            return false;
        for (size_t i = reading->column; i < last && reading->cells.bytes.length <= CELLS_ROW_BYTES; i++)
            cells_put(&reading->cells, i, reading->kind, text->text, text->length);
        if (reading->cells.bytes.length > CELLS_ROW_BYTES)
            return refuse_sheet(reading, "dòng có hơn 64 MB chữ", "the row has more than 64 MB of text");
    }
    reading->column = last > CELLS_COLUMNS ? CELLS_COLUMNS : last;
    return true;
}

/* ---- Text of a cell --------------------------------------------------------------------------------------------- */

/* Of what lies in a cell, paragraphs are its text; in a paragraph everything but notes, readings and pictures. */
static bool is_text(const struct ods_reading *reading, const char *name) {
    static const char *const others[] = {"annotation", "note", "ruby-text", "frame", "custom-shape", "g"};
    if (reading->inside == 1)
        return strcmp(name, "p") == 0 || strcmp(name, "h") == 0;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(name, others[i]) == 0)
            return false;
    return true;
}

static void start_in_cell(struct ods_reading *reading, const char *name, const char **attributes) {
    reading->inside++;
    if (reading->skipping || reading->has_value || reading->covered)
        return;
    if (!is_text(reading, name)) {
        reading->skipping = reading->inside;
        return;
    }
    if (reading->inside == 1 && reading->paragraphs++)
        add_text(reading, "\n", 1);
    if (reading->inside == 1)
        reading->blank = true;
    else if (strcmp(name, "tab") == 0)
        add_text(reading, "\t", 1);
    else if (strcmp(name, "line-break") == 0)
        add_text(reading, "\n", 1);
    else if (strcmp(name, "s") == 0)
        for (unsigned i = repeat_of(attributes, "c"); i && !reading->faulty; i--)
            add_text(reading, " ", 1);
}

/* Blanks and line ends of the XML count as one blank; those that were typed are elements. */
static void on_text(void *context, const char *text, size_t length) {
    struct ods_reading *reading = context;
    if (!reading->in_cell || !reading->inside || reading->skipping || reading->has_value || reading->covered)
        return;
    for (const char *end = text + length; text < end;) {
        const char *start = text;
        while (text < end && !strchr(" \t\r\n", *text))
            text++;
        add_text(reading, start, (size_t)(text - start));
        if (text > start)
            reading->blank = false;
        for (; text < end && strchr(" \t\r\n", *text); text++) {
            if (!reading->blank)
                add_text(reading, " ", 1);
            reading->blank = true;
        }
    }
}

/* ---- Elements --------------------------------------------------------------------------------------------------- */

static bool name_is_cell(const char *name) {
    return strcmp(name, "table-cell") == 0 || strcmp(name, "covered-table-cell") == 0;
}

static bool on_start(void *context, const char *name, const char **attributes) {
    struct ods_reading *reading = context;
    if (reading->in_cell)
        start_in_cell(reading, name, attributes);
    else if (strcmp(name, "table") == 0)
        start_table(reading, attributes);
    else if (strcmp(name, "dde-link") == 0)
        reading->tables++; /* what is kept of another file is no sheet */
    else if (reading->tables == 0)
        start_style(reading, name, attributes);
    else if (!reading->wanted || reading->tables > 1)
        return true;
    else if (reading->in_row)
        return !name_is_cell(name) || start_cell(reading, name, attributes);
    else if (strcmp(name, "table-row") == 0)
        return start_row(reading, attributes);
    return true;
}

static bool on_end(void *context, const char *name) {
    struct ods_reading *reading = context;
    if (reading->in_cell && reading->inside) {
        if (reading->skipping == reading->inside--)
            reading->skipping = 0;
        return true;
    }
    if (reading->in_cell)
        return end_cell(reading);
    if (reading->in_row && strcmp(name, "table-row") == 0)
        return end_row(reading);
    if (reading->tables && (strcmp(name, "table") == 0 || strcmp(name, "dde-link") == 0))
        end_table(reading);
    return true;
}

/* ---- The package ------------------------------------------------------------------------------------------------ */

static bool on_manifest(void *context, const char *name, const char **attributes) {
    struct ods_reading *reading = context;
    (void)attributes;
    reading->encrypted = reading->encrypted || strcmp(name, "encryption-data") == 0;
    return !reading->encrypted;
}

static bool is_encrypted(struct ods_reading *reading) {
    static const char manifest[] = "META-INF/manifest.xml";
    const struct xml_handler handler = {.context = reading, .start = on_manifest};
    struct place place = package_place(reading->package, 0, 0);
    if (package_has(reading->package, manifest))
        xml_read(reading->package, manifest, &handler, reading->diagnostics);
    if (reading->encrypted)
        diagnose(reading->diagnostics, FILE_ENCRYPTED, &place, "");
    return reading->encrypted;
}

static bool ods_read(const char *path, const struct sheet_sink *sink, struct sheet_traits *traits,
                     struct diagnostics *diagnostics) {
    struct package *package = package_open(path, diagnostics);
    if (!package)
        return false;
    struct ods_reading reading = {.arena = arena_new(), .package = package, .diagnostics = diagnostics, .sink = sink};
    const struct xml_handler handler = {.context = &reading, .start = on_start, .end = on_end, .text = on_text};
    traits->encoding = "UTF-8";
    bool good = !is_encrypted(&reading) && xml_read(package, "content.xml", &handler, diagnostics);
    if ((!good || reading.refused) && reading.in_row && reading.wanted) {
        reading.faulty = true; /* it was said; the row at hand is counted */
        reading.row_repeat = 1;
        end_row(&reading);
    }
    cells_free(&reading.cells);
    buffer_free(&reading.text);
    map_free(&reading.hidden_styles);
    arena_free(reading.arena);
    package_close(package);
    return good || reading.any;
}

static int ods_bid(const char *head, size_t length, const char *extension) {
    static const char type[] = "mimetypeapplication/vnd.oasis.opendocument.spreadsheet";
    if (length < 4 || memcmp(head, "PK\3\4", 4) != 0)
        return 0;
    if (length >= 30 + sizeof type && memcmp(head + 30, type, sizeof type - 1) == 0)
        return 90;
    return strcmp(extension, "ods") == 0 ? 80 : 0;
}

const struct reader ods_reader = {.name = "ods", .bid = ods_bid, .read = ods_read};
