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

/* A column as SQL sees it: of the ledger itself, or of the row that one of its references points to, named like
 * "org_code.type". Following a reference here costs a look into an array; a join in SQL costs a thousand times that.
 * "org_code.under" is the unit directly under the one in scope on the way to that row, as unit_under(org_code). */
struct table_column {
    const char *name;
    const struct column *column;  /* what its codes mean */
    const struct ledger *ledger;  /* whose column that is */
    const struct column *through; /* the reference; NULL: the ledger's own */
    bool under;
    struct derived *derived; /* NULL: some file's */
    uint32_t *lookup;        /* by the reference's code: the code it leads to; NULL: not made */
    uint32_t least, most;    /* of a date: between which packed dates all are; 0: not looked for */
    bool vague;              /* of a date: some are of a month or a year only */
};

/* A column made of others. */
struct derived {
    struct table *table; /* whose column it is */
    const struct derivation *derivation;
    struct column column;
    sqlite3_stmt *statement; /* answers a value for each combination of what it is made of, in their order */
    bool made, making;
};

enum { TABLE_COLUMNS = 62, WINDOWS = 4 }; /* SQLite tells used columns in 64 bits */

/* Rows whose date in a column may lie between two days. */
struct window {
    size_t column;
    struct date first, last;
};

/* The distinct combinations of some columns: codes[i * width + c], counts[i]. */
struct tally {
    uint64_t mask; /* columns in it */
    struct window windows[WINDOWS];
    size_t window_count;
    uint32_t scope_first, scope_last;
    size_t width, count;
    uint32_t *codes;
    uint32_t *counts;
    int slot[TABLE_COLUMNS]; /* by column: place in a combination, -1: not in it */
    struct tally *next;
};

struct table {
    struct store *store;
    struct ledger *ledger;
    struct table_column columns[TABLE_COLUMNS];
    size_t column_count;
    struct derived *derived;                 /* parallel to the schema's derivations */
    uint32_t **groups;                       /* where the next tally leaves its rows' combinations; NULL: nowhere */
    struct row_index by_unit;                /* rows by unit position */
    struct row_index by_code[SCHEMA_FIELDS]; /* made when a query looks rows up by a column */
    struct tally *tallies;
    bool *withheld; /* by row: the public must not see it; NULL: it may see all */
};

/* A view that is a file. */
struct view {
    const char *name, *path, *sql;
    bool used;          /* by the statement being prepared */
    const char **dates; /* names that dates may have in it (dates.c) */
    size_t date_count;
};

/* A function that is a file. */
struct function {
    const char *name, *sql;
    struct store *store;
    struct function *next;
    sqlite3_stmt *statement;
    bool whole;      /* "-- all units" is its first line: it sees the rows of all, whatever is in scope */
    bool *reads;     /* by ledger */
    bool beyond_row; /* it asks for the unit in scope, or the row of the document */
};

/* What was read of a ledger. */
struct holding {
    bool any;        /* some file of it, be it without a row */
    uint64_t fields; /* that some of its files have, or that have a value of their own where they are blank */
};

enum { DATE_TEXT = 11 };

struct store {
    sqlite3 *database;
    struct ledgers *ledgers;
    struct diagnostics *diagnostics;
    struct units units;
    struct table *tables;     /* parallel to ledgers */
    struct holding *holdings; /* same */
    struct arena *arena;
    struct period period;
    struct date first, last, as_of;
    const struct settings *settings;  /* NULL: none */
    const char *item;                 /* NULL: none */
    uint32_t unit;                    /* row in scope, NO_ROW: everything */
    uint32_t scope_first, scope_last; /* positions in scope */
    struct function *functions;
    struct view *views;
    size_t view_count, view_capacity;
    size_t vague;
    char (*dates)[DATE_TEXT]; /* text of dates by packed form, made as they are asked for; NULL: none was */
    unsigned ticks, tick_limit;
    bool tally_read, tally_number_read; /* of the statement being prepared */
    bool *reads;                        /* by ledger: same */
    bool beyond_row;                    /* same: the unit in scope, or other rows by way of a function */
    unsigned selects;                   /* same: how many SELECTs */
    bool public_;
    bool columns_open; /* to find out whether the public's figures are those of the office */
    bool guarded;      /* the authorizer lets nothing but reading through */
    bool making_view;  /* and, for a moment, what SQLite does to note a temporary view */
};

/* True when everything is in scope. */
bool store_everything(const struct store *store);
/* Rows of the table that are in scope, as a range of by_unit.rows. */
void table_scope(struct table *table, uint32_t *first, uint32_t *end);
const struct row_index *table_by_code(struct table *table, size_t field);
/* A counting sort; numbers[row] is below the limit. */
void row_index_build(struct row_index *index, const uint32_t *numbers, uint32_t count, uint32_t limit);
void row_index_free(struct row_index *index);

/* guard.c: SQLite's authorizer and progress handler; the context is the store. */
int store_authorize(void *context, int action, const char *first, const char *second, const char *third,
                    const char *fourth);
int store_tick(void *context);

/* The length of the ledger's name in a table's; *tally tells which of the ledger's two tables it is. */
size_t table_ledger_length(const char *table, bool *tally);

/* combine.c: finds the combinations of the tally's mask, windows and the store's scope. *groups, where it is asked for,
 * is the heap's: by row in scope that the windows may hold, its combination. */
void tally_combine(struct tally *tally, struct table *table, uint32_t **groups);

/* rows.c, tally.c, functions.c */
struct table *table_named(struct store *store, const char *ledger);
bool rows_register(struct store *store);
bool tally_register(struct store *store);
void tally_free(struct tally *tally);
bool functions_register(struct store *store);
/* unit_functions.c */
bool unit_functions_register(struct store *store);
/* A number of SQL as a value: exact to six decimals, beyond which binary fractions are no decimals any more. */
struct value answer_real(double real);
/* A value as the result of a column or function. */
void answer_value(sqlite3_context *context, struct value value);
/* The same for what a column's code means; the text stays as long as the store. */
void answer_code(sqlite3_context *context, struct store *store, const struct column *column, uint32_t code);
/* The number of in_period(), in_previous() or in_preceding(), which tallies know of; -1 for another. */
enum { WINDOW_PERIOD, WINDOW_PREVIOUS, WINDOW_PRECEDING, WINDOW_FUNCTIONS };
int window_function(const char *name, void (**call)(sqlite3_context *, int, sqlite3_value **));
void window_bounds(const struct store *store, int function, struct date *first, struct date *last);
/* SQLite shows a table only those functions that have two arguments: in_period(d) becomes in_period(d,0). */
const char *windows_widen(struct arena *arena, const char *sql);
/* order.c: the query with its result's columns as the last keys of its ORDER BY; NULL when it has none. */
const char *order_settled(struct arena *arena, const char *sql, int columns);
/* Adds the ledger's fields by which the text asks: the dates it gives to in_period() and its like, and whole numbers
 * that equal period_year(). */
void windows_fields(struct arena *arena, const char *sql, const struct schema *schema, struct asked *asked);
/* A place in the widened text as one in the original. */
int windows_offset(struct arena *arena, const char *sql, int offset);
/* dates.c. Whether the SQL compares no date, which is an interval, as if it were a text; *error tells where it does.
 * `answers`: what it answers may be a date. Into `view`, if there is one, go the names that its dates have. */
bool dates_check(const struct store *store, struct arena *arena, const char *sql, bool answers,
                 struct query_error *error, struct view *view);
/* refusal.c. SQLite's words about wrong SQL as a sentence in the run's language, with the nearest name or the names
 * that there are. *offset, the byte it is about, is sought when SQLite does not tell (-1) and the name stands in the
 * SQL. */
const char *refusal_words(struct store *store, struct arena *arena, const char *sql, const char *words, int *offset);
/* holdings.c: by ledger, what its files have. */
struct holding *holdings_find(struct arena *arena, const struct ledgers *ledgers);
/* Whether the office means to keep the ledger, or the column of it: office.ini does not say not_kept. */
bool holding_is_meant(const struct store *store, const struct ledger *ledger, const struct field *field);
/* 1 January of the year of the column's first date or year; year 0 where there is none. */
struct date holding_since_year(const struct store *store, const struct ledger *ledger, const struct field *field);
/* columns.c. Fills the table's columns, and declares them to SQLite; `extra` follows them. */
void table_columns(struct table *table);
int declare_table(sqlite3 *database, const struct table *table, const char *extra);
/* Column number or -1. */
int table_column_named(const struct table *table, const char *name);
/* Before codes of the columns in the mask are asked for: makes what they are found by. False: *error, SQLite's to free,
 * tells why it cannot. */
bool table_prepare(struct table *table, uint64_t mask, char **error);
uint32_t table_code(const struct table_column *column, uint32_t row);
/* Whether all dates of the column are days or blank, so that each is in a window or outside of it. */
bool table_days_only(struct table_column *column);
/* The unit in scope is to change. */
void table_forget_scope(struct table *table);
/* Period, window or settings are to change. */
void table_forget_period(struct table *table);
void table_free(struct table *table);

/* derive.c. Opens the table's derived columns; compiles what they are made by, and says what is wrong with it; makes
 * one for all rows. */
void derived_open(struct table *table);
bool derived_compile(struct table *table);
bool derived_make(struct derived *derived, char **error);
void derived_forget(struct derived *derived);
void derived_free(struct derived *derived);
#endif
