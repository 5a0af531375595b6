/* xlsx_book.h - what an .xlsx package says beside its sheets: which parts there are, strings, formats.
 *
 *   _rels/.rels ─ workbook ─ its .rels ┬ sheets, in the workbook's order
 *                                      ├ shared strings
 *                                      └ styles
 *
 * Parts are found by relationships, never by name, unless a package has none. */
#ifndef TONGKET_XLSX_BOOK_H
#define TONGKET_XLSX_BOOK_H

#include "base/buffer.h"
#include "sheet/xlsx_number.h"
#include "sheet/zip.h"

#include <stdint.h>

enum { BOOK_SHEETS = 4096, BOOK_STYLES = 1 << 16, BOOK_STRINGS = 1 << 25, BOOK_STRING_BYTES = 512 << 20 };

enum link_kind { LINK_OTHER, LINK_WORKBOOK, LINK_SHEET, LINK_STRINGS, LINK_STYLES };

struct link {
    const char *id, *target; /* the part's name in the package */
    enum link_kind kind;
};

struct links {
    struct link *links;
    size_t count, capacity;
};

struct book_sheet {
    const char *name;
    const char *link; /* id of its relationship, "" when it has none */
    bool hidden;
};

/* Shared strings: one pool, and where each ends in it. */
struct book_strings {
    char *bytes;
    size_t length, room;
    uint32_t *ends;
    size_t count, capacity;
};

struct book {
    struct arena *arena;
    struct package *package;
    struct diagnostics *diagnostics;
    const char *workbook;
    struct links links;
    struct book_sheet *sheets;
    size_t sheet_count, sheet_capacity;
    bool is_workbook, from_1904;
    uint8_t *styles; /* enum number_kind of each cell format */
    size_t style_count, style_capacity;
    struct book_strings strings;
};

/* Relationships of a part ("" for the package); none is no mistake. */
bool links_read(struct book *book, const char *part, struct links *links);
const struct link *links_of_kind(const struct links *links, enum link_kind kind);
/* Finds and reads the workbook. False after saying why not. */
bool book_open(struct book *book);
bool book_read_strings(struct book *book, const char *part);
bool book_read_styles(struct book *book, const char *part);
void book_close(struct book *book);

/* Adds a text, its _xHHHH_ escapes resolved. */
void text_unescape(struct buffer *out, const char *text, size_t length);

#endif
