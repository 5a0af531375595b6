/* column.h - one typed column of a ledger: an array of codes, and what the codes mean.
 *
 * A code is 0 for a blank cell, else by type: a date its packed form, a boolean 1 + value, an enum 1 + its place in the
 * vocabulary, everything else a code of the dictionary. So a cell is cast and checked once per distinct value, and a
 * tally runs over integers. */
#ifndef TONGKET_COLUMN_H
#define TONGKET_COLUMN_H

#include "base/map.h"
#include "ledger/dictionary.h"
#include "ledger/schema.h"

#include <stdint.h>

/* Why a cell was refused: the words that diagnose() needs beside column and value. */
struct fault {
    enum diagnostic code;
    const char *expected, *nearest;
};

struct column {
    const struct field *field;
    struct arena *arena; /* for what lasts as long as the ledgers: raw forms, faults */
    uint32_t *codes;     /* one a row */
    struct dictionary dictionary;
    struct map raw; /* enum, list: typed form to code, or FAULTY | index of the fault */
    struct fault *faults;
    size_t fault_count, fault_capacity;
    uint32_t fallback; /* code of a blank cell */
    char memo[16];     /* the last date seen, as typed */
    size_t memo_length;
    uint32_t memo_code;
    uint32_t *targets; /* reference: by code, the row in the referenced ledger, or NO_ROW */
    uint32_t target_count;
    bool outside_said; /* what stands outside of the referenced ledger was pointed out */
};

#define NO_ROW UINT32_MAX

/* `file`: the schema's, for messages. */
void column_open(struct column *column, const char *file, const struct field *field, struct arena *arena,
                 struct diagnostics *diagnostics);
void column_free(struct column *column);
/* The code of a cell as typed. False: fault tells why. */
bool column_cast(struct column *column, const char *text, size_t length, struct arena *scratch,
                 struct diagnostics *diagnostics, uint32_t *code, struct fault *fault);
/* What a code means; text lasts until the column grows. */
struct value column_value(const struct column *column, uint32_t code);
/* The code of a value as SQL knows it, or 0 when no row can have it. */
uint32_t column_find(const struct column *column, const char *text, size_t length);
/* All codes are below this; 0 when there is no small bound (dates). */
uint32_t column_code_limit(const struct column *column);

#endif
