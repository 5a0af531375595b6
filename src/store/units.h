/* units.h - the tree of units on a day, flattened so that a unit and all below it are one range of positions.
 *
 * Position 0 stands for no unit at all; with a single root, rows without a unit belong to the root. The tree is the
 * ledger whose schema names its parent column; its depth, kinds and names are data.
 *
 * A report has the tree of one day, the last of its data, and compares on that same tree. A unit that does not live
 * then stands at another: one that ended at the unit it was merged into, by way of as many mergers as there were, else
 * at the nearest above it that lives, as does one that is not founded yet. In the tree it is a leaf below that unit, so
 * that whatever names it is in that unit's scope. A unit whose parent is not known hangs below the root. */
#ifndef TONGKET_UNITS_H
#define TONGKET_UNITS_H

#include "base/arena.h"
#include "ledger/ledger.h"

#include <stdint.h>

struct units {
    const struct ledger *ledger; /* NULL: no such ledger */
    uint32_t *first, *last;      /* by row of the ledger: its position, and the last position below it */
    uint32_t *rows;              /* by position: the row; NO_ROW at 0 */
    uint32_t *parents;           /* by row, on the day; NO_ROW for a root */
    uint32_t *stands;            /* by row: the unit it counts at, itself while it lives */
    uint32_t *above;             /* by row: the parent that is written, whether it lives or not */
    uint32_t count;              /* rows */
    uint32_t root;               /* the only root's row, or NO_ROW */
    struct date day;             /* whose tree it is; none at first, when all units live */
};

/* The tree in which all units live. */
void units_build(struct units *units, struct arena *arena, const struct ledgers *ledgers);
/* Makes it the tree of a day; false: that is the same one. */
bool units_set_day(struct units *units, struct date day);
/* Where a row of any ledger belongs. */
uint32_t units_position(const struct units *units, const struct ledger *ledger, uint32_t row);
static inline bool units_lives(const struct units *units, uint32_t row) {
    return units->stands[row] == row;
}
/* Whether the unit was there before the day and is no more. */
bool units_ended(const struct units *units, uint32_t row);
/* Whether the unit's kind is one of the ";"-separated words: a kind's code, or a group of the kinds' vocabulary. Of a
 * group the lowest units alone are meant: an office's «đảng bộ» above party bases is no base itself. */
bool units_is(const struct units *units, uint32_t row, const char *kinds);
/* Where the unit stands or the nearest above it that is of these kinds; NO_ROW: none. */
uint32_t units_above(const struct units *units, uint32_t row, const char *kinds);
/* The child of `above` on the way to `row`, or `above` itself; NO_ROW when row is not below it. above may be NO_ROW:
 * the top. */
uint32_t units_under(const struct units *units, uint32_t row, uint32_t above);
/* How many steps the unit is below another, or -1 when it is not. */
int units_steps(const struct units *units, uint32_t row, uint32_t above);
const char *units_id(const struct units *units, uint32_t row);
/* Its code when the name is not known. */
const char *units_name(const struct units *units, uint32_t row);
const char *units_kind(const struct units *units, uint32_t row);

#endif
