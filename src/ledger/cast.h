/* cast.h - a cell on its way into a column, for the files that cast. */
#ifndef TONGKET_CAST_H
#define TONGKET_CAST_H

#include "ledger/column.h"

/* A cell on its way: the typed text, trimmed; `clean` is made when the typed form is not known yet. */
struct cast {
    struct column *column;
    const char *raw;
    size_t length;
    struct arena *scratch;
    struct diagnostics *diagnostics;
    uint32_t hash; /* of the typed text, where a dictionary is asked */
    uint32_t code;
    struct fault fault;
};

/* True where cells are looked up in the dictionary as they were typed. */
bool column_hashes(const struct column *column);
/* Trims and hashes the raw text. */
void cast_begin(struct cast *cast);
/* Finds the code; false: the fault tells why there is none. */
bool cast_finish(struct cast *cast);

#endif
