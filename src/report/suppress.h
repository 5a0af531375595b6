/* suppress.h - small counts that would point at a person, and what they could be worked out from.
 *
 * A count below the least that may be told is hidden, and with it as many others as it takes that no hidden one follows
 * from what is shown: neither from a column's sum nor from a column that is the sum or the difference of others. */
#ifndef TONGKET_SUPPRESS_H
#define TONGKET_SUPPRESS_H

#include "store/store.h"

/* Turns cells of whole numbers into VALUE_HIDDEN, without their numbers. `sums` has a value for each column: its sum,
 * or VALUE_HIDDEN where the sum is itself too small or would tell a cell. Answers how many cells are hidden. */
size_t suppress_small(struct arena *arena, struct result *result, int64_t least, struct value *sums);

#endif
