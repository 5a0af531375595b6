/* xlsx_merges.h - the merged areas of a sheet of an .xlsx, whose covered cells may hold what nobody sees.
 *
 * Excel shows the first cell of a merged area only; other programs, and the format brush, leave old values in the
 * others. The list of areas stands behind the rows. */
#ifndef TONGKET_XLSX_MERGES_H
#define TONGKET_XLSX_MERGES_H

#include "sheet/zip.h"

/* Rows from 1, columns from 0; all within the area. */
struct merge {
    unsigned first_row, last_row;
    size_t first_column, last_column;
};

struct merges {
    struct merge *areas;
    size_t count, capacity;
    /* The areas that the row at hand meets, while rows ascend. */
    size_t *met;
    size_t met_count, met_capacity, next;
    unsigned row;
};

/* Takes mergeCell's ref, "A1:H1"; what is no area of several cells is passed over. */
void merges_add(struct merges *merges, const char *reference);
/* After the last was added, before the first row. */
void merges_sort(struct merges *merges);
/* Rows that go back have no areas: no program writes such. */
void merges_row(struct merges *merges, unsigned row);
/* Whether a cell of that row lies in an area whose first cell it is not. */
bool merges_cover(const struct merges *merges, size_t column);
void merges_free(struct merges *merges);
/* Reads a part for nothing but its areas, passing over its rows; nothing is said, since it is read again. */
void merges_look(struct package *package, const char *part, struct merges *merges, struct diagnostics *diagnostics);

#endif
