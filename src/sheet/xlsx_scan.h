/* xlsx_scan.h - rows in the plain shape that programs write, read without a parser.
 *
 * Most of the time of reading a large sheet goes into a general parser that is told the same four tags a million times.
 * A row in the usual shape is recognised here; one with anything else in it (entities, comments, prefixes, rich text,
 * bytes that are no UTF-8) is left to the parser, so that nothing but speed depends on this. */
#ifndef TONGKET_XLSX_SCAN_H
#define TONGKET_XLSX_SCAN_H

#include <stdbool.h>
#include <stddef.h>

/* Of the bytes that were scanned: it ends where a quotation mark or a tag begins. NULL: not there. */
struct slice {
    const char *text;
    size_t length;
};

struct scanned_cell {
    struct slice reference, type, style, value;
    bool has_inline, has_formula;
};

struct scanned_row {
    struct slice number, hidden;
    struct scanned_cell *cells;
    size_t count, capacity;
};

/* The bytes that the row and the blanks in front of it take up, or 0: no whole row is there, or none that is plain.
 * *more: more bytes may make it whole. */
size_t scan_row(struct scanned_row *row, const char *bytes, size_t length, bool *more);

#endif
