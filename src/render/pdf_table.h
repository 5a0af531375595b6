/* pdf_table.h - a table between its measuring (pdf_table.c) and its drawing (pdf_table_draw.c). */
#ifndef TONGKET_PDF_TABLE_H
#define TONGKET_PDF_TABLE_H

#include "render/pdf_layout.h"

/* How the cells of a column stand: as written, on one line, or as figures with their decimal commas below each other.
 */
enum column_kind { COLUMN_TEXT, COLUMN_SINGLE, COLUMN_FIGURES };

struct column_set {
    enum column_kind kind;
    enum align align;
    double x, width;
    double before, behind;          /* the widest figure up to its comma, and from it on; in units */
    const struct line_text *header; /* label */
    const struct line_text *group;  /* of the group that begins here, else NULL */
    size_t span;                    /* columns of that group; 0: inside a group, 1 without group: alone */
    struct lines header_lines, group_lines;
};

struct cell_set {
    const struct line_text *text;
    struct lines lines;
    size_t comma; /* figures: bytes before the decimal comma */
};

struct table_set {
    struct layout *layout;
    const struct table *table;
    struct column_set *columns;
    struct cell_set *cells; /* row by row */
    double size, leading;   /* of the text */
    double margin, rise;    /* inside a cell, beside and above the text; from a line's top to its baseline */
    double group_height, header_height; /* of the upper header row (0: none), of the whole header */
    size_t body_rows;
    const struct set_text *nothing; /* what stands in a table without rows */
};

/* Of a row of so many lines, with what stands above and below them. */
double table_row_height(const struct table_set *set, size_t lines);

/* The boxes' draw functions; content is the table_set, box->first and count say which row and lines. */
void table_draw_header(const struct box *box, struct canvas *canvas, double top);
void table_draw_row(const struct box *box, struct canvas *canvas, double top);
void table_draw_nothing(const struct box *box, struct canvas *canvas, double top);

/* A row's box: `count` lines of its cells from `first` on. */
struct table_slice {
    const struct table_set *set;
    size_t row, first, count;
    bool whole;
};

#endif
