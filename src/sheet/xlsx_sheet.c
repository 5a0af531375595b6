/* xlsx_sheet.c - the rows of one sheet of an .xlsx.
 *
 *   sheetData ─ row r hidden ─ c r s t ┬ v     number, index of a shared string, text, 1/0, #N/A, ISO date
 *                                      ├ is ─ t, r ─ t     text that stands here
 *                                      └ f     formula: only v counts
 *
 *   mergeCells ─ mergeCell ref     areas whose first cell alone is shown: the others are blank (xlsx_merges.h)
 *
 * r= is trusted over the order; where it is missing, a row or cell follows the one before. Rows reach begin_row() …
 * end_row() on two ways: plain ones from the scanner, all others from the parser. Attributes and values end at a NUL on
 * one way, at a quotation mark or a tag on the other. */
#include "sheet/xlsx.h"

#include "sheet/xlsx_merges.h"
#include "sheet/xlsx_scan.h"
#include "sheet/xml.h"
#include "sheet/xml_cells.h"

#include <stdlib.h>
#include <string.h>

/* A part of up to this size is looked through for its merged areas before its rows are read. A larger one is read once,
 * and looked through again only when it turns out to have some. */
enum { MERGES_FIRST = 16 << 20 };

/* t= of a cell. */
enum cell_type { TYPE_NUMBER, TYPE_SHARED, TYPE_TEXT, TYPE_BOOLEAN, TYPE_ERROR, TYPE_DATE };

/* Whose text is being collected. */
enum collecting { COLLECT_NOTHING, COLLECT_VALUE, COLLECT_INLINE };

struct sheet_reading {
    struct book *book;
    const struct sheet_sink *sink;
    struct cells cells;
    unsigned row;
    bool in_row, hidden, faulty, refused;
    size_t column; /* of the cell at hand, from 0; between cells that of the next */
    enum cell_type type;
    enum number_kind kind;
    bool in_cell, has_inline, has_formula;
    enum collecting collecting;
    unsigned phonetic;
    struct buffer text, plain;
    struct lost_results lost;
    bool in_data;
    struct scanned_row scanned;
    struct merges merges;
    bool looking, late;             /* for values in covered cells, and for nothing else; areas come behind the rows */
    size_t covered, covered_column; /* such values, and where the first stands */
    unsigned covered_row;
};

/* Whether an attribute says 1 or true. */
static bool is_set(const char *value) {
    return value && (*value == '1' || *value == 't');
}

/* The number at the beginning of the text: what strtoul() does, without its locale. More than nine digits are none. */
static const char *read_index(const char *text, unsigned long *index) {
    const char *start = text;
    *index = 0;
    while (*text >= '0' && *text <= '9' && text - start < 10)
        *index = *index * 10 + (unsigned long)(*text++ - '0');
    return text > start && text - start < 10 ? text : NULL;
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

static bool refuse_sheet(struct sheet_reading *reading, const char *vi, const char *en) {
    package_limit(reading->book->package, reading->row, 0, vi, en);
    reading->refused = true;
    return false;
}

static bool begin_row(struct sheet_reading *reading, const char *number, bool hidden) {
    unsigned long row = reading->row + 1UL;
    if (number)
        read_index(number, &row);
    if (row == 0 || row > CELLS_ROWS)
        return refuse_sheet(reading, "hơn 1.048.576 dòng", "more than 1,048,576 rows");
    reading->row = (unsigned)row;
    merges_row(&reading->merges, reading->row);
    reading->hidden = hidden;
    reading->faulty = false;
    reading->in_row = true;
    reading->column = 0;
    cells_clear(&reading->cells);
    return true;
}

/* Rows without content are not handed on: whether a program writes them is a whim of its own. */
static bool end_row(struct sheet_reading *reading) {
    reading->in_row = false;
    size_t count = cells_finish(&reading->cells);
    if (count == 0 && !reading->faulty)
        return true;
    struct row row = {.number = reading->row,
                      .cells = reading->cells.cells,
                      .count = reading->faulty ? 0 : count,
                      .faulty = reading->faulty,
                      .hidden = reading->hidden};
    return reading->sink->row(reading->sink->context, &row);
}

static void fault_row(struct sheet_reading *reading, const char *vi, const char *en) {
    if (!reading->faulty)
        package_limit(reading->book->package, reading->row, reading->column + 1, vi, en);
    reading->faulty = true;
}

/* ---- Cells ------------------------------------------------------------------------------------------------------ */

/* "AB12" as 27; a reference without letters keeps the column that is due. */
static size_t reference_column(const char *reference, size_t due) {
    size_t column = 0;
    for (; *reference; reference++) {
        unsigned letter = (unsigned)(*reference | 0x20) - 'a';
        if (letter < 26 && column <= CELLS_COLUMNS)
            column = column * 26 + letter + 1;
        else if (*reference != '$')
            break;
    }
    return column ? column - 1 : due;
}

static enum cell_type type_of(const char *type) {
    switch (type[0]) {
    case 's':
        return type[1] == 't' ? TYPE_TEXT : TYPE_SHARED;
    case 'i':
        return TYPE_TEXT;
    case 'b':
        return TYPE_BOOLEAN;
    case 'e':
        return TYPE_ERROR;
    case 'd':
        return TYPE_DATE;
    default:
        return TYPE_NUMBER;
    }
}

static bool begin_cell(struct sheet_reading *reading, const char *reference, const char *type, const char *style) {
    if (reference)
        reading->column = reference_column(reference, reading->column);
    if (reading->column >= CELLS_COLUMNS)
        return refuse_sheet(reading, "hơn 16.384 cột", "more than 16,384 columns");
    unsigned long index = 0;
    if (style)
        read_index(style, &index);
    reading->type = type ? type_of(type) : TYPE_NUMBER;
    reading->kind = index < reading->book->style_count ? (enum number_kind)reading->book->styles[index] : NUMBER_PLAIN;
    reading->in_cell = true;
    reading->has_inline = reading->has_formula = false;
    reading->phonetic = 0;
    reading->text.length = 0;
    return true;
}

static void put_text(struct sheet_reading *reading, enum cell_kind kind, const char *text, size_t length) {
    if (kind == CELL_TEXT && memchr(text, '_', length)) {
        buffer_clear(&reading->plain);
        text_unescape(&reading->plain, text, length);
        text = reading->plain.text;
        length = reading->plain.length;
    }
    cells_put(&reading->cells, reading->column, kind, text, length);
}

static void put_shared(struct sheet_reading *reading, const char *text) {
    const struct book_strings *strings = &reading->book->strings;
    unsigned long index;
    while (*text == ' ' || *text == '\t' || *text == '\n')
        text++;
    if (!read_index(text, &index) || index >= strings->count) {
        if (!reading->faulty) {
            struct place place = package_place(reading->book->package, reading->row, reading->column + 1);
            diagnose(reading->book->diagnostics, FILE_DAMAGED, &place, "sharedStrings",
                     diagnose_say(reading->book->diagnostics, "không có chuỗi mà ô này chỉ tới",
                                  "there is no text of the number in this cell"));
        }
        reading->faulty = true;
        return;
    }
    uint32_t start = index ? strings->ends[index - 1] : 0;
    cells_point(&reading->cells, reading->column, CELL_TEXT, strings->bytes + start, strings->ends[index] - start);
}

static void put_number(struct sheet_reading *reading, const char *text, size_t length) {
    char digits[NUMBER_SIZE];
    enum cell_kind kind = CELL_NUMBER;
    double number;
    size_t size = 0;
    if (reading->kind == NUMBER_PLAIN)
        size = number_text(text, length, digits);
    else if (number_read(text, length, &number))
        size = number_day(number, reading->kind, reading->book->from_1904, digits, &kind);
    if (size)
        cells_put(&reading->cells, reading->column, kind, digits, size);
    else
        put_text(reading, CELL_TEXT, text, length);
}

static void put_value(struct sheet_reading *reading, const char *text, size_t length) {
    char iso[NUMBER_SIZE];
    size_t size;
    switch (reading->type) {
    case TYPE_SHARED:
        put_shared(reading, text);
        break;
    case TYPE_TEXT:
        put_text(reading, CELL_TEXT, text, length);
        break;
    case TYPE_BOOLEAN:
        put_text(reading, CELL_BOOLEAN, is_set(text) ? "1" : "0", 1);
        break;
    case TYPE_ERROR:
        put_text(reading, CELL_ERROR, text, length);
        break;
    case TYPE_DATE:
        size = number_iso(text, length, iso);
        put_text(reading, size ? CELL_DATE : CELL_TEXT, size ? iso : text, size ? size : length);
        break;
    case TYPE_NUMBER:
        put_number(reading, text, length);
    }
}

/* What lies under a merged cell is not shown, and is not read. */
static void cover_cell(struct sheet_reading *reading, size_t length) {
    if (length && !reading->covered++) {
        reading->covered_row = reading->row;
        reading->covered_column = reading->column;
    }
}

static void keep_cell(struct sheet_reading *reading, const char *text, size_t length) {
    if (length > CELLS_TEXT)
        fault_row(reading, "một ô có hơn 32.767 chữ", "a cell has more than 32,767 letters");
    else if (length && reading->has_inline)
        put_text(reading, CELL_TEXT, text, length);
    else if (length)
        put_value(reading, text, length);
    else if (reading->has_formula && !reading->has_inline && reading->type != TYPE_TEXT)
        lost_results_add(&reading->lost, reading->row, reading->column + 1);
    if (reading->cells.bytes.length > CELLS_ROW_BYTES)
        fault_row(reading, "dòng có hơn 64 MB chữ", "the row has more than 64 MB of text");
}

static void end_cell(struct sheet_reading *reading, const char *text, size_t length) {
    reading->in_cell = false;
    if (merges_cover(&reading->merges, reading->column))
        cover_cell(reading, length);
    else if (!reading->looking)
        keep_cell(reading, text, length);
    reading->column++;
}

/* ---- Elements --------------------------------------------------------------------------------------------------- */

static bool start_row(struct sheet_reading *reading, const char **attributes) {
    const char *number = NULL, *hidden = NULL;
    for (; *attributes; attributes += 2) {
        if (strcmp(attributes[0], "r") == 0)
            number = attributes[1];
        else if (strcmp(attributes[0], "hidden") == 0)
            hidden = attributes[1];
    }
    return begin_row(reading, number, is_set(hidden));
}

static bool start_cell(struct sheet_reading *reading, const char **attributes) {
    const char *reference = NULL, *type = NULL, *style = NULL;
    for (; *attributes; attributes += 2) {
        const char *name = attributes[0];
        if (name[1])
            continue;
        if (name[0] == 'r')
            reference = attributes[1];
        else if (name[0] == 't')
            type = attributes[1];
        else if (name[0] == 's')
            style = attributes[1];
    }
    return begin_cell(reading, reference, type, style);
}

static bool start_in_cell(struct sheet_reading *reading, const char *name) {
    reading->collecting = COLLECT_NOTHING;
    if (strcmp(name, "v") == 0) {
        reading->collecting = reading->has_inline ? COLLECT_NOTHING : COLLECT_VALUE;
    } else if (strcmp(name, "f") == 0) {
        reading->has_formula = true;
    } else if (strcmp(name, "is") == 0) {
        reading->has_inline = true;
        reading->text.length = 0;
    } else if (strcmp(name, "rPh") == 0) {
        reading->phonetic++;
    } else if (strcmp(name, "t") == 0 && reading->has_inline && !reading->phonetic) {
        reading->collecting = COLLECT_INLINE;
    }
    return true;
}

static bool on_start(void *context, const char *name, const char **attributes) {
    struct sheet_reading *reading = context;
    if (reading->in_cell)
        return start_in_cell(reading, name);
    if (reading->in_row)
        return strcmp(name, "c") != 0 || start_cell(reading, attributes);
    if (strcmp(name, "sheetData") == 0)
        reading->in_data = true;
    else if (reading->late && strcmp(name, "mergeCell") == 0)
        merges_add(&reading->merges, xml_attribute(attributes, "ref"));
    return !reading->in_data || strcmp(name, "row") != 0 || start_row(reading, attributes);
}

static bool on_end(void *context, const char *name) {
    struct sheet_reading *reading = context;
    if (reading->in_cell) {
        reading->collecting = COLLECT_NOTHING;
        if (strcmp(name, "rPh") == 0 && reading->phonetic)
            reading->phonetic--;
        else if (strcmp(name, "c") == 0)
            end_cell(reading, reading->text.text, reading->text.length);
        return true;
    }
    if (reading->in_row)
        return strcmp(name, "row") != 0 || end_row(reading);
    if (strcmp(name, "sheetData") == 0)
        reading->in_data = false;
    return true; /* to the part's end: only there its checksum is compared */
}

static void on_text(void *context, const char *text, size_t length) {
    struct sheet_reading *reading = context;
    if (reading->collecting == COLLECT_NOTHING)
        return;
    if (reading->text.length + length > CELLS_TEXT)
        fault_row(reading, "một ô có hơn 32.767 chữ", "a cell has more than 32,767 letters");
    else
        buffer_add(&reading->text, text, length);
}

/* ---- Plain rows ------------------------------------------------------------------------------------------------- */

static bool take_cell(struct sheet_reading *reading, const struct scanned_cell *cell) {
    if (!begin_cell(reading, cell->reference.text, cell->type.text, cell->style.text))
        return false;
    reading->has_formula = cell->has_formula;
    reading->has_inline = cell->has_inline;
    end_cell(reading, cell->value.text, cell->value.length);
    return true;
}

static bool take_row(struct sheet_reading *reading) {
    const struct scanned_row *scanned = &reading->scanned;
    if (!begin_row(reading, scanned->number.text, is_set(scanned->hidden.text)))
        return false;
    for (size_t i = 0; i < scanned->count; i++)
        if (!take_cell(reading, &scanned->cells[i]))
            return false;
    return end_row(reading);
}

static long take_rows(void *context, const char *bytes, size_t length, bool *more) {
    struct sheet_reading *reading = context;
    size_t taken = 0, used;
    if (!reading->in_data || reading->in_row)
        return 0;
    while ((used = scan_row(&reading->scanned, bytes + taken, length - taken, more)) > 0) {
        taken += used;
        if (!take_row(reading))
            return -1;
    }
    return (long)taken;
}

/* ---- The sheet -------------------------------------------------------------------------------------------------- */

static bool read_part(struct sheet_reading *reading, const char *part) {
    static const char *const take_after[] = {"<sheetData>", "</row>", NULL};
    const struct xml_handler handler = {.context = reading,
                                        .start = on_start,
                                        .end = on_end,
                                        .text = on_text,
                                        .take = take_rows,
                                        .take_after = take_after};
    bool good = xml_read(reading->book->package, part, &handler, reading->book->diagnostics) && !reading->refused;
    if (!good && reading->in_row) {
        reading->faulty = true; /* it was said; the row at hand is counted */
        end_row(reading);
    }
    return good;
}

static void close_reading(struct sheet_reading *reading) {
    free(reading->scanned.cells);
    cells_free(&reading->cells);
    merges_free(&reading->merges);
    buffer_free(&reading->text);
    buffer_free(&reading->plain);
}

static bool pass_row(void *context, const struct row *row) {
    (void)context, (void)row;
    return true;
}

/* The rows of a large part were handed on before its areas were known. */
static void say_covered(struct sheet_reading *reading, const char *part) {
    const struct sheet_sink sink = {.row = pass_row};
    struct diagnostics *diagnostics = reading->book->diagnostics;
    struct package *package = reading->book->package;
    struct sheet_reading look = {.book = reading->book, .sink = &sink, .merges = reading->merges, .looking = true};
    reading->merges = (struct merges){0};
    merges_sort(&look.merges);
    package_look(package, true);
    read_part(&look, part);
    package_look(package, false);
    struct place place = package_place(package, 0, 0);
    if (look.covered)
        diagnose(diagnostics, CELLS_COVERED, &place, arena_printf(diagnostics->arena, "%zu", look.covered),
                 sheet_cell_name(diagnostics->arena, look.covered_row, look.covered_column + 1));
    close_reading(&look);
}

bool xlsx_read_sheet(struct book *book, const char *part, const struct sheet_sink *sink) {
    struct sheet_reading reading = {.book = book, .sink = sink};
    reading.late = package_part_size(book->package, part) > MERGES_FIRST;
    if (!reading.late)
        merges_look(book->package, part, &reading.merges, book->diagnostics);
    bool good = read_part(&reading, part);
    if (good && reading.late && reading.merges.count)
        say_covered(&reading, part);
    if (reading.lost.count && sink->lost)
        sink->lost(sink->context, &reading.lost);
    close_reading(&reading);
    return good;
}
