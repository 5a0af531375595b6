/* columns.h - how wide the columns of a table are, from what stands in them; the measuring is the renderer's. */
#ifndef TONGKET_COLUMNS_H
#define TONGKET_COLUMNS_H

#include <stdbool.h>
#include <stddef.h>

struct columns {
    size_t column_count, row_count; /* rows that count, the header being the first */
    double width;                   /* of the table */
    const double *minimum;          /* a column: the widest part that must not be broken, with padding */
    const double *maximum;          /* a column: its widest cell on one line, with padding */
    /* How many lines the cell takes in a column of that width. */
    size_t (*lines)(const void *context, size_t row, size_t column, double width);
    const void *context;
};

/* Whether no word has to be broken. */
bool columns_fit(const struct columns *columns);
/* Fills the widths, their sum being the table's. Columns that would break words give way only when there is no other
 * way, the widest first; what is left over goes where it makes the table shortest and breaks the fewest cells. */
void columns_share(const struct columns *columns, double *widths);

#endif
