/* xlsx_scan.c - rows in the plain shape that programs write, read without a parser.
 *
 *   row  = <row attribute… /> | <row attribute…> cell… </row>
 *   cell = <c attribute… /> | <c attribute…> [<f …>…</f> | <f …/>] [<v>…</v> | <v/> | <is><t …>…</t></is>] </c>
 *
 * Every reading step moves `at`, or sets it to NULL when what it met is not plain, or not whole. */
#include "sheet/xlsx_scan.h"

#include "base/arena.h"
#include "base/text.h"

#include <string.h>

enum { CELLS_MOST = 16384 };

struct scan {
    const char *at, *end;
};

static bool next_is(struct scan *scan, const char *word, size_t length) {
    if (!scan->at || (size_t)(scan->end - scan->at) < length || memcmp(scan->at, word, length) != 0)
        return false;
    scan->at += length;
    return true;
}
#define NEXT_IS(scan, word) next_is((scan), (word), sizeof(word) - 1)

static void expect(struct scan *scan, const char *word, size_t length) {
    if (!next_is(scan, word, length))
        scan->at = NULL;
}
#define EXPECT(scan, word) expect((scan), (word), sizeof(word) - 1)

static void skip_blanks(struct scan *scan) {
    while (scan->at && scan->at < scan->end && (*scan->at == '\n' || *scan->at == ' ' || *scan->at == '\t'))
        scan->at++;
}

enum letter { LETTER_ODD, LETTER_PLAIN, LETTER_WIDE };

/* Odd ends a text ('<') or needs the parser ('&', '\r', control bytes); wide is part of a letter of several bytes. */
static enum letter letter_of(unsigned char byte) {
    if (byte >= 0x80)
        return LETTER_WIDE;
    if (byte == '<' || byte == '&' || byte == 0x7f)
        return LETTER_ODD;
    return byte >= ' ' || byte == '\n' || byte == '\t' ? LETTER_PLAIN : LETTER_ODD;
}

/* Text up to the next tag. */
static struct slice read_text(struct scan *scan) {
    struct slice text = {.text = scan->at};
    bool wide = false;
    enum letter letter;
    if (!scan->at)
        return text;
    for (; scan->at < scan->end && (letter = letter_of((unsigned char)*scan->at)) != LETTER_ODD; scan->at++)
        wide = wide || letter == LETTER_WIDE;
    text.length = (size_t)(scan->at - text.text);
    if (scan->at == scan->end || *scan->at != '<' || (wide && text_valid(text.text, text.length) != text.length))
        scan->at = NULL;
    return text;
}

static bool is_plain_name(unsigned char byte) {
    unsigned letter = (byte | 0x20u) - 'a', digit = byte - (unsigned)'0';
    return letter < 26 || digit < 11; /* ':' stands behind '9' */
}

/* The next attribute, or false at the tag's end. Of names only letters, digits and colons are plain. */
static bool read_attribute(struct scan *scan, struct slice *name, struct slice *value) {
    if (!NEXT_IS(scan, " "))
        return false;
    name->text = scan->at;
    while (scan->at < scan->end && is_plain_name((unsigned char)*scan->at))
        scan->at++;
    name->length = (size_t)(scan->at - name->text);
    EXPECT(scan, "=\"");
    if (!scan->at || !name->length)
        return false;
    value->text = scan->at;
    while (scan->at < scan->end && *scan->at != '"' && letter_of((unsigned char)*scan->at) == LETTER_PLAIN)
        scan->at++;
    value->length = (size_t)(scan->at - value->text);
    EXPECT(scan, "\"");
    return scan->at != NULL;
}

static void skip_attributes(struct scan *scan) {
    struct slice name, value;
    while (read_attribute(scan, &name, &value))
        ;
}

static void read_formula(struct scan *scan) {
    skip_attributes(scan);
    if (NEXT_IS(scan, "/>"))
        return;
    EXPECT(scan, ">");
    read_text(scan);
    EXPECT(scan, "</f>");
}

static void read_content(struct scan *scan, struct scanned_cell *cell) {
    cell->has_formula = NEXT_IS(scan, "<f");
    if (cell->has_formula)
        read_formula(scan);
    if (NEXT_IS(scan, "<v>")) {
        cell->value = read_text(scan);
        EXPECT(scan, "</v>");
    } else if (!NEXT_IS(scan, "<v/>") && NEXT_IS(scan, "<is><t")) {
        cell->has_inline = true;
        skip_attributes(scan);
        EXPECT(scan, ">");
        cell->value = read_text(scan);
        EXPECT(scan, "</t></is>");
    }
    EXPECT(scan, "</c>");
}

static void read_cell(struct scan *scan, struct scanned_cell *cell) {
    struct slice name, value;
    *cell = (struct scanned_cell){0};
    while (read_attribute(scan, &name, &value)) {
        if (name.length != 1)
            continue;
        if (*name.text == 'r')
            cell->reference = value;
        else if (*name.text == 't')
            cell->type = value;
        else if (*name.text == 's')
            cell->style = value;
    }
    if (NEXT_IS(scan, "/>"))
        return;
    EXPECT(scan, ">");
    read_content(scan, cell);
}

static struct scanned_cell *add_cell(struct scanned_row *row) {
    if (row->count == row->capacity) {
        row->capacity = row->capacity ? row->capacity * 2 : 32;
        row->cells = memory_resize(row->cells, row->capacity * sizeof *row->cells);
    }
    return &row->cells[row->count++];
}

static void read_row(struct scan *scan, struct scanned_row *row) {
    struct slice name, value;
    row->number = row->hidden = (struct slice){0};
    row->count = 0;
    while (read_attribute(scan, &name, &value)) {
        if (name.length == 1 && *name.text == 'r')
            row->number = value;
        else if (name.length == 6 && memcmp(name.text, "hidden", 6) == 0)
            row->hidden = value;
    }
    if (NEXT_IS(scan, "/>"))
        return;
    EXPECT(scan, ">");
    for (skip_blanks(scan); row->count < CELLS_MOST && NEXT_IS(scan, "<c"); skip_blanks(scan))
        read_cell(scan, add_cell(row));
    EXPECT(scan, "</row>");
}

size_t scan_row(struct scanned_row *row, const char *bytes, size_t length, bool *more) {
    struct scan scan = {.at = bytes, .end = bytes + length};
    skip_blanks(&scan);
    const char *start = scan.at;
    size_t left = (size_t)(scan.end - start);
    *more = left < 6;
    if (!NEXT_IS(&scan, "<row"))
        return 0;
    read_row(&scan, row);
    if (scan.at)
        return (size_t)(scan.at - bytes);
    *more = !memmem(start, left, "</row>", 6);
    return 0;
}
