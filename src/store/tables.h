/* tables.h - what the files of store/ share: the open store and its virtual tables. */
#ifndef TONGKET_STORE_TABLES_H
#define TONGKET_STORE_TABLES_H

#include "store/store.h"

#include <sqlite3.h>

/* Rows sorted by some number below a limit: rows[starts[k]] … rows[starts[k + 1] - 1] have k. */
struct row_index {
    uint32_t *starts, *rows;
    uint32_t limit;
};

/* The distinct combinations of some columns: codes[i * width + c], counts[i]. */
struct tally {
    uint64_t mask; /* columns in it */
    uint32_t scope_first, scope_last;
    size_t width, count;
    uint32_t *codes;
    uint32_t *counts;
    int slot[SCHEMA_FIELDS + 2]; /* by column: place in a combination, -1: not in it */
    struct tally *next;
};

struct table {
    struct store *store;
    struct ledger *ledger;
    struct row_index by_unit;                /* rows by unit position */
    struct row_index by_code[SCHEMA_FIELDS]; /* made when a query looks rows up by a column */
    struct tally *tallies;
};

/* A view that is a file. */
struct view {
    const char *name, *path, *sql;
};

/* A function that is a file. */
struct function {
    const char *name;
    sqlite3_stmt *statement;
    bool *reads; /* by ledger */
};

struct store {
    sqlite3 *database;
    struct ledgers *ledgers;
    struct diagnostics *diagnostics;
    struct units units;
    struct table *tables; /* parallel to ledgers */
    struct arena *arena;
    struct period period;
    struct date first, last, as_of;
    const struct settings *settings;  /* NULL: none */
    const char *item;                 /* NULL: none */
    uint32_t unit;                    /* row in scope, NO_ROW: everything */
    uint32_t scope_first, scope_last; /* positions in scope */
    struct function *functions;
    size_t function_count, function_capacity;
    struct view *views;
    size_t view_count, view_capacity;
    size_t vague;
    unsigned ticks, tick_limit;
    bool tally_read, tally_number_read; /* of the statement being prepared */
    bool *reads;                        /* by ledger: same */
    bool public_;
    bool guarded; /* the authorizer lets nothing but reading through */
};

/* True when everything is in scope. */
bool store_everything(const struct store *store);
/* Rows of the table that are in scope, as a range of by_unit.rows. */
void table_scope(struct table *table, uint32_t *first, uint32_t *end);
const struct row_index *table_by_code(struct table *table, size_t field);
void row_index_free(struct row_index *index);

/* guard.c: SQLite's authorizer and progress handler; the context is the store. */
int store_authorize(void *context, int action, const char *first, const char *second, const char *third,
                    const char *fourth);
int store_tick(void *context);

/* rows.c, tally.c, functions.c */
struct table *table_named(struct store *store, const char *ledger);
bool rows_register(struct store *store);
bool tally_register(struct store *store);
const struct tally *tally_make(struct table *table, uint64_t mask);
void tally_free(struct tally *tally);
bool functions_register(struct store *store);
/* A value as the result of a column or function. */
void answer_value(sqlite3_context *context, struct value value);
/* Declares the table's columns to SQLite; `extra` follows them. */
int declare_table(sqlite3 *database, const struct schema *schema, const char *extra);

#endif
