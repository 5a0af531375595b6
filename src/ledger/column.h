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
#include "sheet/sheet.h"

#include <stdint.h>

/* Why a cell was refused: the words that diagnose() needs beside column and value. */
struct fault {
    enum diagnostic code;
    const char *expected, *nearest;
};

/* What was refused in a run of cells, in their order. */
struct cell_fault {
    size_t at;
    struct fault fault;
};

struct cell_faults {
    struct cell_fault *items; /* the heap's */
    size_t count, capacity;
};

/* A cell of up to 32 bytes, all of them in its words, and its code. */
struct recent {
    uint64_t words[4];
    uint32_t length, code;
};

struct column {
    const struct field *field;
    struct arena *arena; /* its own, as columns are cast side by side: raw forms, words of faults */
    uint32_t *codes;     /* one a row */
    struct dictionary dictionary;
    struct map raw; /* enum, list: typed form to code, or FAULTY | index of the fault; texts that needed cleaning */
    struct fault *faults;
    size_t fault_count, fault_capacity;
    uint32_t fallback;     /* code of a blank cell */
    struct recent *recent; /* short cells that came lately; NULL: not worth it, or none came yet */
    uint32_t recent_asked, recent_known;
    uint32_t *targets;                   /* reference: by code, the row in the referenced ledger, or NO_ROW */
    uint32_t target_count, target_moves; /* as many codes, and as often as its rows had moved, when they were found */
    bool outside_said;                   /* what stands outside of the referenced ledger was pointed out */
    bool rejected_met;                   /* a row of it that was rejected was met, and is to be pointed out */
    unsigned char *told;                 /* by code, so many: it was */
    uint32_t told_count;
    uint32_t empty_source;     /* the last source, from 1, of which was said that the referenced ledger is empty */
    const char *empty_message; /* in these words */
};

#define NO_ROW UINT32_MAX

/* `file`: the schema's, for messages. */
void column_open(struct column *column, const char *file, const struct field *field, struct diagnostics *diagnostics);
void column_free(struct column *column);
/* The code of a cell as typed. False: fault tells why. */
bool column_cast(struct column *column, const char *text, size_t length, struct arena *scratch,
                 struct diagnostics *diagnostics, uint32_t *code, struct fault *fault);
/* Casts cells of rows that follow each other; codes of refused ones mean nothing. Touches nothing but the column, the
 * codes and the faults, so that columns can be cast by several threads; of `diagnostics` only the language is used. */
void column_cast_run(struct column *column, const struct cell *cells, size_t count, uint32_t *codes,
                     const struct diagnostics *diagnostics, struct cell_faults *faults);
/* What a workbook knows about a cell, as the field's type would be typed. */
struct cell cell_as_typed(const struct field *field, const struct cell *cell, struct arena *scratch);
/* What a code means; text lasts until the column grows. */
struct value column_value(const struct column *column, uint32_t code);
/* The code of what stands in a cell of a reference that cannot be read: it refers to something, and to no row. */
uint32_t column_unknown(struct column *column);
/* The code of a value as SQL knows it, or 0 when no row can have it. */
uint32_t column_find(const struct column *column, const char *text, size_t length);
/* All codes are below this; 0 when there is no small bound (dates). */
uint32_t column_code_limit(const struct column *column);

#endif
