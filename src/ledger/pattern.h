/* pattern.h - the patterns that office ids have, matched without a regular expression.
 *
 *   ^[0-9]{12}$   ^NV[0-9]{8}$   ^[A-Z]{2}[.][0-9]+$      anchored at both ends, letters and classes of ASCII, each
 * once or a fixed number of times; only the last may vary
 *
 * A regular expression takes ten times as long as all else that is done to a cell. Anything else stays one. */
#ifndef TONGKET_PATTERN_H
#define TONGKET_PATTERN_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct pattern;

/* NULL: it takes a regular expression. */
const struct pattern *pattern_compile(struct arena *arena, const char *text);
bool pattern_matches(const struct pattern *pattern, const char *text, size_t length);

#endif
