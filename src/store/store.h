/* store.h - the ledgers, open to SQL.
 *
 * For every ledger X there are two tables: X gives its rows, X_tally the distinct combinations of exactly the columns a
 * query uses with their number n (see tally.h). Both show only the rows of the unit in scope and of all units below it.
 * Beside them `vocabulary` (vocabulary, code, label, position, groups), the views of templates/views/ and the functions
 * of functions.h. Nothing can be written, attached or loaded; a query that runs too long is stopped.
 *
 * In SQL an enum is its code, a list is its items joined by ";", a boolean 0 or 1, a date ISO text of its precision. */
#ifndef TONGKET_STORE_H
#define TONGKET_STORE_H

#include "base/grid.h"
#include "base/period.h"
#include "base/settings.h"
#include "ledger/ledger.h"
#include "store/units.h"

struct store;

/* What an answer lacks. Of a ledger nothing was read, or no file of it has the column; or a window begins before the
 * ledger is kept. */
enum lack_kind { LACK_LEDGER, LACK_COLUMN, LACK_PERIOD };

struct lack {
    enum lack_kind kind;
    const struct ledger *ledger;
    const struct field *field; /* COLUMN; PERIOD: the date asked for */
    struct date since;         /* PERIOD: from when on the ledger is kept; year 0: nothing in it tells */
    bool kept;                 /* false: the office says that it does not keep it */
};

enum { LACKS = 63 };

/* What the columns of an answer lack, and its rows as such, as bits of `lacks`. */
struct lacks {
    struct lack lacks[LACKS];
    size_t count;
    const char **names; /* of the columns, NULL: none */
    uint64_t *columns;
    size_t column_count;
    uint64_t rows;
};

/* The answer to a query, in the arena given with it. Its rows have values and no printed forms. */
struct result {
    const char **names;
    size_t column_count;
    struct grid *rows;
    size_t row_count;
    struct value *gaps; /* by column: what stands for its figures, when that is nothing that was read; else NONE */
    struct value gap;   /* what stands for the rows as such; else NONE */
};

/* Rows of a ledger, in the arena given with it. */
struct behind {
    const struct ledger *ledger;
    uint32_t *rows;
    size_t count;
};

/* Why a query failed: the diagnostic, its words, and the byte of the SQL it is about (-1: none). */
struct query_error {
    enum diagnostic code;
    const char *message;
    int offset;
};

/* Opens the ledgers, which must be resolved. `folder` holds views/ and functions/ (either may be missing); NULL after
 * saying what is wrong. */
struct store *store_open(struct ledgers *ledgers, const char *folder, struct diagnostics *diagnostics);
void store_close(struct store *store);
const struct units *store_units(const struct store *store);
/* The period that in_period() and its like mean, its window (which an office may have moved), and the day of the data:
 * what is later is not known yet, and no day is later than the window's last. */
void store_set_period(struct store *store, struct period period, struct date first, struct date last,
                      struct date as_of);
/* What setting() of SQL looks in: the office's own settings; NULL, as at first, for none. */
void store_set_settings(struct store *store, const struct settings *settings);
/* How long a query may run, in millions of SQLite's steps; some minutes by default. */
void store_set_limit(struct store *store, unsigned millions);
/* Narrows all tables to a unit (row of the unit ledger) and what is below; NO_ROW: everything. */
void store_set_unit(struct store *store, uint32_t unit);
/* The key that item_id() answers, of the row a document is made for; NULL: none. */
void store_set_item(struct store *store, const char *item);
/* For the public audience columns that are not marked public are NULL, but for counts over closed vocabularies, and
 * rows that its ledger's public_rows does not let through are not in the table of rows. Behind the period, which these
 * may be about. False after saying what is wrong with a public_rows; then no row is let through. */
bool store_set_public(struct store *store, bool public_);
/* The answer to the public's query if all columns were open, to find out whether it rests on columns that are not. */
bool store_query_open(struct store *store, struct arena *arena, const char *sql, struct result *result);
bool store_query(struct store *store, struct arena *arena, const char *sql, struct result *result,
                 struct query_error *error);
/* What the query's columns and rows lack, told by its text: see lacks.c. NULL: nothing. */
const struct lacks *store_lacks(struct store *store, struct arena *arena, const char *sql);
/* The queries of which the rows of SELECT … UNION ALL SELECT … are put together; 0: it is not made so. */
size_t store_branches(struct arena *arena, const char *sql, const char ***branches);
/* From when on the office says that the ledger is kept; false when it does not say. */
bool store_since(const struct store *store, const struct ledger *ledger, struct date *since);
/* What stands in office.ini for a ledger, or a column, that the office does not keep: [ledgers] tasks = not_kept */
#define NOT_KEPT "not_kept"
/* Whether the last query asked read the ledger, directly or through views and functions. */
bool store_has_read(const struct store *store, const struct ledger *ledger);
/* The rows behind a column of a query, in their order: those that its WHERE and the column's FILTER keep of the one
 * ledger it counts. False when the query is too involved to be turned around. */
bool store_rows_behind(struct store *store, struct arena *arena, const char *sql, const char *column,
                       struct behind *behind);
/* Fields of a ledger, as bits, by which a query asks for the period, and for the same window a year earlier or the one
 * just before. Without either it reads the ledger whatever the period. */
struct asked {
    uint64_t period, before;
};
/* Those of the query asked last (see windows_fields() in tables.h). */
struct asked store_asked_by(const struct store *store, const char *sql, const struct ledger *ledger);
/* Before a fork: makes what all workers will need, so that its pages are shared. */
void store_share(struct store *store);
/* Column number or -1. */
int result_column(const struct result *result, const char *name);
/* A text in it is valid until another row is asked for; see value_keep(). */
struct value result_value(const struct result *result, size_t row, size_t column);
/* Dates too vague to be placed in the period since the last call. */
size_t store_take_vague(struct store *store);
/* Runs the rules of all schemas and rejects the rows that break them; false when a rule itself is wrong. After any
 * rejection the store must be opened anew: *rejected tells. */
bool store_check_rules(struct store *store, bool *rejected);

#endif
