/* listing.h - a bare table as a workbook: the index of a batch, the answer to a question. */
#ifndef TONGKET_LISTING_H
#define TONGKET_LISTING_H

#include "app/workspace.h"
#include "document/table.h"

/* Columns by name, no rows yet; made in the arena. */
struct table *listing_table(struct arena *arena, const char *const *names, size_t columns);
/* Cells whose values are set; their printed forms are made here. */
void listing_add(struct table *table, struct grid_cell *cells);
/* Written aside and published; false after saying why not. */
bool listing_write(const struct workspace *workspace, const struct span *span, const char *path, const char *title,
                   const struct table *table);

#endif
