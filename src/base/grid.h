/* grid.h - rows of typed cells, few or many, in memory that hardly grows with them.
 *
 * Rows are packed one behind the other, a few tens of bytes each, and spilled to a file when they are many (spill.h); a
 * row is unpacked when it is asked for. What a row holds, its texts too, is therefore valid only until another row of
 * the same grid is asked for. Rejected: rows as arrays of values, 56 bytes a cell beside its text; and asking the query
 * anew for each walk, which costs its time again. */
#ifndef TONGKET_GRID_H
#define TONGKET_GRID_H

#include "base/arena.h"
#include "base/value.h"

#include <stddef.h>

struct grid_cell {
    struct value value;
    const char *text; /* printed form; NULL: none was given */
};

struct grid_row {
    int kind; /* the owner's own, 0 to 255 */
    const struct grid_cell *cells;
};

struct grid;

/* Lives as long as the arena. */
struct grid *grid_new(struct arena *arena, size_t columns);
/* Copies the row. */
void grid_add(struct grid *grid, int kind, const struct grid_cell *cells);
size_t grid_count(const struct grid *grid);
/* Walking forward is cheap; a jump reads some hundred rows. */
struct grid_row grid_row(struct grid *grid, size_t row);
struct value grid_value(struct grid *grid, size_t row, size_t column);

#endif
