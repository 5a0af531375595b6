/* ledger.h - the rows of all files that met a schema, as columns.
 *
 * Rows keep where they came from (source, physical row) to the end, so that every message and list can name the cell.
 * For each source: read = accepted + rejected + skipped. */
#ifndef TONGKET_LEDGER_H
#define TONGKET_LEDGER_H

#include "ledger/column.h"
#include "ledger/schema.h"
#include "sheet/sheet.h"

/* Why a row is no data. */
enum skip { SKIP_TITLE, SKIP_BLANK, SKIP_NUMBERING, SKIP_GROUP, SKIP_TOTAL, SKIP_NOTE, SKIP_COPY, SKIP_REASONS };

/* One table of one file. */
struct ledger_source {
    const char *file, *sheet;
    const struct ledger *ledger; /* NULL: taken for none */
    struct sheet_traits traits;
    unsigned header_row;
    size_t read, accepted, rejected, skipped;
    size_t corrected;           /* of the rejected: those for which a corrected row stands */
    size_t skips[SKIP_REASONS]; /* `skipped` by reason */
    const unsigned *columns;    /* by field: the column that holds it, from 1; 0: none */
    const struct schema *meant; /* taken for none: the ledger that its header is nearest to; NULL: nothing tells */
    const char *unused;         /* header names that the schema does not know, joined */
    const char *sha256;         /* of the file, when ledgers_hashed() was called; "": it could not be read */
    size_t size;                /* bytes of the file */
};

struct origin {
    uint32_t source, row;
};

/* A set of rows by the codes of some fields, for keys and uniques: slots hold row + 1. A single field's codes are
 * numbers from 1 on, so they are the slots themselves; several are hashed. */
struct row_set {
    const struct unique *unique;
    bool direct;
    uint32_t *slots;
    uint32_t slot_count, used;
};

struct ledger {
    const struct schema *schema;
    struct column *columns;
    struct row_set *sets; /* as many as the schema's uniques */
    struct origin *origins;
    unsigned char *rejected; /* by row, until ledger_compact() */
    uint32_t row_count, capacity;
    bool incomplete;   /* rows wait to be compacted away */
    uint32_t moves;    /* how often they were: rows got other numbers */
    bool repeated;     /* rows were taken that repeat a key, since they may be copies */
    size_t disputed;   /* rows that say otherwise of a case than the row that stands for it */
    uint32_t **firsts; /* by derivation with `same`, by row: the first row about the same; NULL: each is its own */
};

/* One thing that is wrong with a rejected row; field -1: with the row as a whole. */
struct reject_fault {
    int field;
    const char *message;
};

/* A rejected row as it was typed, cell by field, so that it can be handed back to be corrected. */
struct reject {
    const struct ledger *ledger;
    struct origin origin;
    const char **cells;
    struct reject_fault *faults;
    size_t fault_count, fault_capacity;
    bool corrected; /* an accepted row of the workbook of check stands for it */
};

enum { REJECTS_KEPT = 10000 };

/* A row that came back in the workbook of check, and where it says that it stood before. */
struct correction {
    struct origin origin;
    const char *place, **cells; /* as typed, by field */
};

struct ledgers {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct schemas *schemas;
    const char *encoding; /* of all text files, when the office says so; NULL: each file decides */
    size_t intake_rows;   /* cast together; helping threads beside the caller's own */
    size_t helpers;
    struct crew *crew;        /* NULL: there was nothing to help with yet */
    struct hashing *hashings; /* of files that were not compared with their stamps yet */
    bool overwritten;         /* one of the files changed while it was read */
    struct ledger *ledgers;   /* parallel to schemas */
    size_t count;
    struct ledger_source *sources;
    size_t source_count, source_capacity;
    struct reject *rejects;
    size_t reject_count, reject_capacity;
    struct correction *corrections;
    size_t correction_count, correction_capacity;
};

struct ledgers *ledgers_open(struct arena *arena, struct diagnostics *diagnostics, const struct schemas *schemas);
void ledgers_free(struct ledgers *ledgers);
struct ledger *ledgers_find(const struct ledgers *ledgers, const char *name);

/* Room for so many rows behind the last; columns may be written there before the rows are taken. */
void ledger_reserve(struct ledger *ledger, size_t count);
/* Takes the codes that stand at `from`, the next row or one behind it, for the next row. False when a key or unique
 * stands already; *repeated and *row tell which and where. */
bool ledger_take(struct ledger *ledger, uint32_t from, struct origin origin, const struct unique **repeated,
                 uint32_t *row);
/* The row with this key, or NO_ROW. */
uint32_t ledger_row(const struct ledger *ledger, const char *key, size_t length);
/* Where a row stands, and a field of it; field -1: the row as a whole. */
struct place ledger_place(const struct ledgers *ledgers, const struct ledger *ledger, uint32_t row, int field);
/* Takes an accepted row back, after its reason was said (the message; NULL: not kept) about a field or, -1, all of it.
 */
void ledger_reject(struct ledgers *ledgers, struct ledger *ledger, uint32_t row, int field, const char *message);
/* Keeps a rejected row for handing back; NULL when enough are kept. The caller fills its cells. */
struct reject *ledgers_keep_reject(struct ledgers *ledgers, const struct ledger *ledger, struct origin origin);
void reject_add_fault(struct ledgers *ledgers, struct reject *reject, int field, const char *message);
/* Where a rejected row stood, as the workbook of check says it: "inputs/a.xlsx[Sheet1]:7". */
const char *reject_place(struct arena *arena, const struct ledgers *ledgers, const struct reject *reject);
/* Notes that a row corrects the one that stood there; the caller fills its cells. */
struct correction *ledgers_add_correction(struct ledgers *ledgers, const struct ledger *ledger, struct origin origin,
                                          const char *place);
/* Once no more rows are rejected: counts the rejected rows for which an accepted one stands. */
void ledgers_count_corrected(struct ledgers *ledgers);
/* A value as the office would type it. */
const char *ledger_typed(struct arena *arena, const struct column *column, uint32_t code);
/* Says that the codes at `row` repeat an earlier row's key or unique; answers the message. */
const char *ledger_say_repeated(struct ledgers *ledgers, const struct ledger *ledger, const struct place *place,
                                const struct unique *unique, uint32_t row, uint32_t earlier);
/* Rejects rows that were taken as copies of the row with their key, and are none. */
void ledger_reject_repeated(struct ledgers *ledgers, struct ledger *ledger);
/* Takes an accepted row out as a copy of another: it is counted as skipped. */
void ledger_drop_copy(struct ledgers *ledgers, struct ledger *ledger, uint32_t row);
/* Removes rejected rows. */
void ledger_compact(struct ledger *ledger);
/* Rows that point to rows that are not there are rejected, until all that remain hold; then all is compacted. */
void ledgers_resolve(struct ledgers *ledgers);

/* Of rows about the same case the first stays; says which others there are, and where they say otherwise. Then tells
 * persons, and what else rows are about, apart. True when rows were taken out. See identity.c. */
bool ledgers_unite(struct ledgers *ledgers);

/* Reads a file into whatever ledger its header names; says what is wrong, row by row. A large file is hashed beside
 * whatever is done until ledgers_hashed(). */
void ledgers_load(struct ledgers *ledgers, const char *path);
/* The helping threads of the load and what follows it. */
struct crew *ledgers_crew(struct ledgers *ledgers);
/* Waits until all files are hashed, and sends the helping threads home: a process that is to fork has none. False when
 * a file changed while it was read, which is said once: nothing can be told from its rows. */
bool ledgers_hashed(struct ledgers *ledgers);

#endif
