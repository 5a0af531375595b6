/* units.h - the tree of units, flattened so that a unit and all below it are one range of positions.
 *
 * Position 0 stands for no unit at all; with a single root, rows without a unit belong to the root. The tree is the
 * ledger whose schema names its parent column; its depth, kinds and names are data. */
#ifndef TONGKET_UNITS_H
#define TONGKET_UNITS_H

#include "base/arena.h"
#include "ledger/ledger.h"

#include <stdint.h>

struct units {
    const struct ledger *ledger; /* NULL: no such ledger */
    uint32_t *first, *last;      /* by row of the ledger: its position, and the last position below it */
    uint32_t *rows;              /* by position: the row; NO_ROW at 0 */
    uint32_t *parents;           /* by row; NO_ROW for a root */
    uint32_t count;              /* rows */
    uint32_t root;               /* the only root's row, or NO_ROW */
};

void units_build(struct units *units, struct arena *arena, const struct ledgers *ledgers);
/* Where a row of any ledger belongs. */
uint32_t units_position(const struct units *units, const struct ledger *ledger, uint32_t row);
/* The unit itself or the nearest above it whose kind is in the ";"-separated list; NO_ROW: none. */
uint32_t units_above(const struct units *units, uint32_t row, const char *kinds);
/* The child of `above` on the way to `row`, or `above` itself; NO_ROW when row is not below it. above may be NO_ROW:
 * the top. */
uint32_t units_under(const struct units *units, uint32_t row, uint32_t above);
const char *units_id(const struct units *units, uint32_t row);
const char *units_name(const struct units *units, uint32_t row);
const char *units_kind(const struct units *units, uint32_t row);

#endif
