/* columns.h - how wide the columns of a table are, from what stands in them; the measuring is the renderer's. */
#ifndef TONGKET_COLUMNS_H
#define TONGKET_COLUMNS_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct columns {
    size_t column_count, row_count; /* rows that count, the header being the first */
    const double *minimum;          /* a column: the widest part that must not be broken, with padding */
    const double *maximum;          /* a column: its widest cell on one line, with padding */
    /* How many lines the cell takes in a column of that width. */
    size_t (*lines)(const void *context, size_t row, size_t column, double width);
    const void *context;
};

/* The columns and what a sample of their cells takes: measured once, shared out for any width of the table. */
struct column_sample;

const struct column_sample *columns_measure(struct arena *arena, const struct columns *columns);
/* Whether no word has to be broken in a table of that width. */
bool columns_fit(const struct columns *columns, double width);
/* Fills the widths, their sum being the table's. Columns that would break words give way only when there is no other
 * way, the widest first; else the widths are those that make the table shortest and break the fewest short cells.
 * Answers how high a row is on the average, in lines, and what broken cells count beside that. */
double columns_share(const struct column_sample *sample, double width, double *widths);

#endif
