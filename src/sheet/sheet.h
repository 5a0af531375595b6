/* sheet.h - spreadsheets as they are found: rows of cells, handed on one row at a time.
 *
 *   file ─ sheet (one for csv) ─ row ─ cell
 *
 * A reader streams: a row and its cells live only during the call, their bytes too unless the row says otherwise. What
 * a reader cannot read it says through the diagnostics, and hands the row on as faulty, so that it is counted. */
#ifndef TONGKET_SHEET_H
#define TONGKET_SHEET_H

#include "base/diagnose.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cell_kind { CELL_TEXT, CELL_NUMBER, CELL_DATE, CELL_BOOLEAN, CELL_ERROR };

/* TEXT is what was typed. The other kinds come from workbooks, which know them: NUMBER has the shortest decimal digits
 * that give the stored number (12.5, 1E+21), DATE is ISO (2014-02-03, 2014-02-03T10:30:00), BOOLEAN is 1 or 0, ERROR is
 * the code (#N/A). */
struct cell {
    const char *text; /* UTF-8, not NUL-terminated; blanks around it are kept */
    uint32_t length;  /* as much as fits into a row */
    enum cell_kind kind;
};

struct row {
    unsigned number; /* physical line or row, from 1 */
    const struct cell *cells;
    size_t count;
    bool faulty;  /* said already; its cells are not to be used */
    bool lasting; /* the bytes of its cells stay until the file is read */
    bool hidden;  /* by a filter or by hand; its data is data */
};

struct sheet {
    const char *name; /* NULL: the file has no sheets */
    bool hidden;
};

/* Formulas of a sheet that were saved without their results, as programs other than Excel do: what they would show is
 * not in the file. A result that is an empty text is one. */
struct lost_results {
    size_t count;
    unsigned row; /* of the first; from 1 */
    size_t column;
};

/* Where sheets and rows go. */
struct sheet_sink {
    void *context;
    bool (*sheet)(void *context, const struct sheet *sheet); /* false: its rows are not wanted; NULL: all are */
    bool (*row)(void *context, const struct row *row);       /* false: no more rows of this sheet are wanted */
    void (*flush)(void *context); /* the bytes that lasted go now; NULL: nothing was kept of them */
    /* Behind the last row of a sheet that has some; whether that matters is the sink's to know. NULL: it does not. */
    void (*lost)(void *context, const struct lost_results *lost);
};

/* How a file was read, for lists and the sources sheet; and, before it is read, how it must be. */
struct sheet_traits {
    const char *forced_encoding; /* a name that charset_named() knows; NULL: the file decides */
    const char *encoding;        /* "UTF-8", "TCVN3 (97%)" when guessed; UTF-8 for workbooks */
    char delimiter;              /* csv */
    bool bom;
};

struct reader {
    const char *name;
    /* How sure it is that the file is its own, from the first bytes and the extension; 0: not. */
    int (*bid)(const char *head, size_t length, const char *extension);
    /* False when the file could not be read at all, after saying why. */
    bool (*read)(const char *path, const struct sheet_sink *sink, struct sheet_traits *traits,
                 struct diagnostics *diagnostics);
};

extern const struct reader csv_reader;

/* Notes one more cell, column from 1. */
void lost_results_add(struct lost_results *lost, unsigned row, size_t column);
/* FORMULA_EMPTY for the sheet at this place, when there are any. */
void lost_results_say(const struct lost_results *lost, const struct place *place, struct diagnostics *diagnostics);

/* "AB2": how people name a cell; column from 1. */
const char *sheet_cell_name(struct arena *arena, unsigned row, size_t column);

/* NULL-ended. */
extern const struct reader *const readers[];
/* The reader that bids highest, or NULL after FILE_TYPE, FILE_EMPTY or FILE_READ was said. */
const struct reader *reader_choose(const char *path, struct diagnostics *diagnostics);

#endif
