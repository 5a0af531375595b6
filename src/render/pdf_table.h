/* pdf_table.h - a table between its measuring (pdf_table_measure.c), its rows (pdf_table.c) and its drawing
 * (pdf_table_draw.c).
 *
 *   table_texts   the table's words, measured once in thousandths of the font size
 *     └ table_set   some or all of its columns, with a size of letters and widths that fit a page
 *         └ table_line   a row: how high it is and what it keeps with; its box is made when its page is
 *
 * Of a long table only some rows' words are kept; the others are broken once for their height and again when they are
 * drawn, so memory grows by a table_line a row and not with the text. */
#ifndef TONGKET_PDF_TABLE_H
#define TONGKET_PDF_TABLE_H

#include "render/pdf_layout.h"

#include <stdint.h>

/* How the cells of a column stand: as written, on one line, or as figures with their decimal commas below each other.
 */
enum column_kind { COLUMN_TEXT, COLUMN_SINGLE, COLUMN_FIGURES };

/* What a column needs: so that no word is broken; so that short texts stand on two lines at most; so that every cell
 * stands on one line. */
enum column_need { NEED_LEAST, NEED_COMFORT, NEED_MOST, NEED_COUNT };

struct column_texts {
    enum column_kind kind;
    const struct line_text *header, *group; /* group: NULL for none */
    double needs[NEED_COUNT];               /* of the cells */
    double before, behind;                  /* the widest figure up to its comma, and from it on */
};

struct cell_text {
    const struct line_text *text;
    double before; /* figures: width up to the decimal comma */
};

struct kept_row {
    size_t row;
    const struct cell_text *cells;
};

struct table_texts {
    struct layout *layout;
    const struct table *table;
    struct column_texts *columns;
    struct kept_row *kept; /* all rows in order, or those of a long table that were looked at */
    size_t kept_count, kept_capacity;
};

struct column_set {
    size_t source; /* which of the table's columns */
    double x, width;
    size_t span; /* columns of the header group that begins here; 0: inside a group, 1 without group: alone */
    struct lines header_lines, group_lines;
};

struct table_set {
    struct table_texts *texts;
    struct column_set *columns;
    size_t count;
    double size, leading; /* of the text */
    double margin, rise;  /* inside a cell, beside and above the text; from a line's top to its baseline */
    double group_height, header_height; /* of the upper header row (0: none), of the whole header */
    const struct set_text *nothing;     /* what stands in a table without rows */
    struct table_line *lines;           /* by row */
    struct box_run run;
    bool whole; /* rather not to be broken */
};

/* A row. Its box draws `count` lines of its cells from `first` on; a mark stands above what goes on from another page.
 */
struct table_line {
    uint32_t count; /* of lines of text */
    uint32_t group; /* the row that names its group, from 1; 0: none */
    enum keep keep;
};

/* ===== pdf_table_measure.c ===== */

struct table_texts *table_measure(struct layout *layout, const struct table *table);
/* The row's cells, prepared in the arena unless they are kept. Their words are the table's until its next row is asked
 * for. */
const struct cell_text *table_row_texts(const struct table_texts *texts, size_t row, struct arena *arena);
/* The cell's lines in a column; NULL column: across the whole table, for the name of a group. */
struct lines table_cell_lines(const struct table_set *set, const struct cell_text *cell,
                              const struct column_set *column, struct arena *arena);
/* How many they are. */
size_t table_cell_count(const struct table_set *set, const struct cell_text *cell, const struct column_set *column,
                        struct arena *scratch);
bool table_is_across(const struct table *table, size_t row);
/* All columns side by side in the layout's width, sized and shared out; NULL when even the smallest letters are too
 * large. */
struct table_set *table_fit(struct table_texts *texts);
/* Parts of the columns that fit, the first columns repeated in each. Answers their number. */
size_t table_split(struct table_texts *texts, struct table_set ***parts);

/* ===== pdf_table.c ===== */

/* Of a row of so many lines, with what stands above and below them. */
double table_row_height(const struct table_set *set, size_t lines);
double table_span_width(const struct table_set *set, size_t column);
double table_inner_units(const struct table_set *set, double width);
/* Caption, header and rows; `continued` marks the caption of a further part. */
void table_add_set(struct table_set *set, bool continued);

/* ===== pdf_appendix.c ===== */

/* Keeps the table for an appendix and says here in which. */
void appendix_refer(struct table_texts *texts);

/* ===== pdf_table_draw.c: the boxes' draw functions ===== */

void table_draw_header(const struct box *box, struct canvas *canvas, double top);
void table_draw_repeat(const struct box *box, struct canvas *canvas, double top);
void table_draw_row(const struct box *box, struct canvas *canvas, double top);
void table_draw_nothing(const struct box *box, struct canvas *canvas, double top);

#endif
