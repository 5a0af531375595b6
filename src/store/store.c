/* store.c - opening the ledgers to SQL, and asking. */
#include "base/buffer.h"
#include "base/file.h"
#include "base/text.h"
#include "store/sql.h"
#include "store/tables.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* LENGTH_LIMIT: bytes of a text in SQL. A step over longer ones (instr, replace) could go on for minutes, and no step
 * is interrupted. */
enum { TICK = 1000000, TICK_LIMIT = 2000, RESULT_ROWS = 2000000, LENGTH_LIMIT = 1000000 };

/* ---- Scope and indexes ------------------------------------------------------------------------------------------ */

void row_index_free(struct row_index *index) {
    free(index->starts);
    free(index->rows);
    *index = (struct row_index){0};
}

void row_index_build(struct row_index *index, const uint32_t *numbers, uint32_t count, uint32_t limit) {
    index->limit = limit;
    index->starts = memory_resize(NULL, ((size_t)limit + 2) * sizeof *index->starts);
    index->rows = memory_resize(NULL, (size_t)count * sizeof *index->rows);
    memset(index->starts, 0, ((size_t)limit + 2) * sizeof *index->starts);
    for (uint32_t row = 0; row < count; row++)
        index->starts[numbers[row] + 2]++;
    for (uint32_t k = 2; k < limit + 2; k++)
        index->starts[k] += index->starts[k - 1];
    for (uint32_t row = 0; row < count; row++)
        index->rows[index->starts[numbers[row] + 1]++] = row;
}

const struct row_index *table_by_code(struct table *table, size_t field) {
    struct row_index *index = &table->by_code[field];
    const struct column *column = &table->ledger->columns[field];
    if (!index->starts)
        row_index_build(index, column->codes, table->ledger->row_count, column_code_limit(column));
    return index;
}

bool store_everything(const struct store *store) {
    return store->unit == NO_ROW || store->unit == store->units.root;
}

static void index_by_unit(struct table *table) {
    const struct store *store = table->store;
    const struct ledger *ledger = table->ledger;
    struct row_index *index = &table->by_unit;
    if (!index->starts) {
        uint32_t *numbers = memory_resize(NULL, (size_t)ledger->row_count * sizeof *numbers);
        for (uint32_t row = 0; row < ledger->row_count; row++)
            numbers[row] = units_position(&store->units, ledger, row);
        row_index_build(index, numbers, ledger->row_count, store->units.count + 1);
        free(numbers);
    }
}

void store_share(struct store *store) {
    for (size_t i = 0; i < store->ledgers->count; i++)
        index_by_unit(&store->tables[i]);
}

void table_scope(struct table *table, uint32_t *first, uint32_t *end) {
    const struct store *store = table->store;
    const struct ledger *ledger = table->ledger;
    const struct row_index *index = &table->by_unit;
    index_by_unit(table);
    bool belongs = ledger->schema->unit >= 0 || ledger == store->units.ledger;
    *first = belongs ? index->starts[store->scope_first] : 0;
    *end = belongs ? index->starts[store->scope_last + 1] : ledger->row_count;
}

/* The positions in the scope of a unit. */
static void narrow(struct store *store, uint32_t unit) {
    store->unit = unit;
    store->scope_first = store_everything(store) ? 0 : store->units.first[unit];
    store->scope_last = store_everything(store) ? store->units.count : store->units.last[unit];
}

void store_set_unit(struct store *store, uint32_t unit) {
    const uint32_t first = store->scope_first, last = store->scope_last;
    narrow(store, unit);
    if (first == store->scope_first && last == store->scope_last)
        return;
    for (size_t i = 0; i < store->ledgers->count; i++)
        table_forget_scope(&store->tables[i]);
}

/* The tree is that of the last day of the data. */
static void set_day(struct store *store) {
    const struct date day = date_compare(store->as_of, store->last) < 0 ? store->as_of : store->last;
    if (!units_set_day(&store->units, day))
        return;
    narrow(store, store->unit);
    for (size_t i = 0; i < store->ledgers->count; i++) {
        table_forget_scope(&store->tables[i]);
        row_index_free(&store->tables[i].by_unit);
    }
}

static void forget_period(struct store *store) {
    for (size_t i = 0; i < store->ledgers->count; i++)
        table_forget_period(&store->tables[i]);
}

void store_set_period(struct store *store, struct period period, struct date first, struct date last,
                      struct date as_of) {
    if (store->period.kind == period.kind && date_compare(store->first, first) == 0 &&
        date_compare(store->last, last) == 0 && date_compare(store->period.first, period.first) == 0 &&
        date_compare(store->as_of, as_of) == 0)
        return;
    forget_period(store);
    store->period = period;
    store->first = first;
    store->last = last;
    store->as_of = as_of.year && date_compare(last, as_of) < 0 ? last : as_of;
    set_day(store);
}

void store_set_settings(struct store *store, const struct settings *settings) {
    if (store->settings != settings)
        forget_period(store);
    store->settings = settings;
}

void store_set_limit(struct store *store, unsigned millions) {
    store->tick_limit = millions;
}

void store_set_item(struct store *store, const char *item) {
    store->item = item;
}

const struct units *store_units(const struct store *store) {
    return &store->units;
}

size_t store_take_vague(struct store *store) {
    size_t vague = store->vague;
    store->vague = 0;
    return vague;
}

/* ---- Queries ---------------------------------------------------------------------------------------------------- */

/* A REAL of SQL as a decimal: ledgers hold at most nine decimals, and quotients are shown with six. */
struct value answer_real(double real) {
    if (!isfinite(real))
        return value_none();
    double scaled = real;
    int scale = 0;
    while (scale < 6 && fabs(scaled - nearbyint(scaled)) > 1e-9 * fmax(1, fabs(scaled))) {
        scaled = real * pow(10, ++scale);
    }
    if (fabs(scaled) > 9e15)
        return value_none();
    return scale ? value_decimal((int64_t)llround(scaled), scale) : value_integer((int64_t)llround(scaled));
}

/* Its text is SQLite's until the next row, or in the arena. */
static struct value column_answer(sqlite3_stmt *statement, int column, bool date, struct arena *arena) {
    struct date parsed;
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        return value_integer(sqlite3_column_int64(statement, column));
    case SQLITE_FLOAT:
        return answer_real(sqlite3_column_double(statement, column));
    case SQLITE_NULL:
        return value_none();
    default: {
        const char *text = (const char *)sqlite3_column_text(statement, column);
        size_t length = (size_t)sqlite3_column_bytes(statement, column);
        if (date && text && date_parse_iso(text, &parsed))
            return value_date(parsed);
        size_t valid = text ? text_valid(text, length) : 0;
        return value_text(valid && valid == length ? text : arena_copy(arena, text ? text : "", valid));
    }
    }
}

static bool fail(struct store *store, struct arena *arena, const char *sql, struct query_error *error) {
    int code = sqlite3_errcode(store->database);
    const char *message = sqlite3_errmsg(store->database);
    error->offset = windows_offset(arena, sql, sqlite3_error_offset(store->database));
    error->code = code == SQLITE_INTERRUPT ? DIAGNOSTIC_QUERY_LONG : DIAGNOSTIC_QUERY_FAILED;
    error->message = refusal_words(store, arena, sql, message, &error->offset);
    return false;
}

static bool counts_rows(struct arena *arena, const char *text) {
    const struct sql sql = sql_read(arena, text);
    for (size_t at = 0; at < sql.count; at++)
        if (sql_is_named(&sql, at, "count") && sql_is(&sql, at + 1, "(") && sql_is(&sql, at + 2, "*"))
            return true;
    return false;
}

/* A column that is withheld becomes a NULL without a name of its own: SQLite then calls it as it stands in the query,
 * with the table before it. */
static const char *shown_name(const struct store *store, struct arena *arena, const char *name) {
    const char *letters = "abcdefghijklmnopqrstuvwxyz0123456789_";
    size_t table = strspn(name, letters);
    bool qualified =
        table && name[table] == '.' && name[table + 1] && !name[table + 1 + strspn(name + table + 1, letters)];
    return arena_text(arena, store->public_ && qualified ? name + table + 1 : name);
}

static bool fetch(const struct store *store, sqlite3_stmt *statement, struct arena *arena, struct result *result) {
    size_t width = result->column_count;
    struct grid_cell *cells = ARENA_ARRAY(arena, struct grid_cell, width);
    bool *dates = ARENA_ARRAY(arena, bool, width + 1);
    for (size_t c = 0; c < width; c++) {
        const char *type = sqlite3_column_decltype(statement, (int)c);
        dates[c] = type && text_starts(type, "DATE");
        result->names[c] = shown_name(store, arena, sqlite3_column_name(statement, (int)c));
    }
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW && result->row_count < RESULT_ROWS) {
        for (size_t c = 0; c < width; c++)
            cells[c].value = column_answer(statement, (int)c, dates[c], arena);
        grid_add(result->rows, 0, cells);
        result->row_count++;
    }
    return code == SQLITE_DONE;
}

/* The same query with its ties settled, when SQLite takes it. For the public nothing is settled: rows would stand in the
 * order of what is kept back from it, or in another one than the office's. */
static void settle_order(struct store *store, struct arena *arena, const char *sql, sqlite3_stmt **statement) {
    if (store->public_)
        return;
    const char *settled = order_settled(arena, windows_widen(arena, sql), sqlite3_column_count(*statement));
    sqlite3_stmt *other = NULL;
    if (settled && sqlite3_prepare_v2(store->database, settled, -1, &other, NULL) == SQLITE_OK) {
        sqlite3_finalize(*statement);
        *statement = other;
    }
}

bool store_query(struct store *store, struct arena *arena, const char *sql, struct result *result,
                 struct query_error *error) {
    sqlite3_stmt *statement = NULL;
    const char *rest = NULL;
    *result = (struct result){0};
    *error = (struct query_error){.code = DIAGNOSTIC_QUERY_FAILED, .offset = -1};
    store->tally_read = store->tally_number_read = false;
    memset(store->reads, 0, store->ledgers->count * sizeof *store->reads);
    for (size_t v = 0; v < store->view_count; v++)
        store->views[v].used = false;
    store->ticks = 0;
    if (sqlite3_prepare_v2(store->database, windows_widen(arena, sql), -1, &statement, &rest) != SQLITE_OK)
        return fail(store, arena, sql, error);
    if (!statement || rest[strspn(rest, " \t\r\n;")]) {
        error->message = diagnose_say(store->diagnostics, "cần đúng một câu SELECT", "exactly one SELECT is expected");
        sqlite3_finalize(statement);
        return false;
    }
    if (!dates_check(store, arena, sql, true, error, NULL)) {
        sqlite3_finalize(statement);
        return false;
    }
    if (store->tally_read && !store->tally_number_read && counts_rows(arena, sql)) {
        error->code = DIAGNOSTIC_QUERY_TALLY_COUNT;
        error->message = "";
        sqlite3_finalize(statement);
        return false;
    }
    settle_order(store, arena, sql, &statement);
    result->column_count = (size_t)sqlite3_column_count(statement);
    result->names = ARENA_ARRAY(arena, const char *, result->column_count + 1);
    result->rows = grid_new(arena, result->column_count);
    bool good = fetch(store, statement, arena, result);
    if (!good)
        fail(store, arena, sql, error);
    sqlite3_finalize(statement);
    return good;
}

struct asked store_asked_by(const struct store *store, const char *sql, const struct ledger *ledger) {
    struct asked asked = {0};
    struct arena *arena = arena_new();
    windows_fields(arena, sql, ledger->schema, &asked);
    for (size_t v = 0; v < store->view_count; v++)
        if (store->views[v].used)
            windows_fields(arena, store->views[v].sql, ledger->schema, &asked);
    arena_free(arena);
    return asked;
}

int result_column(const struct result *result, const char *name) {
    for (size_t c = 0; c < result->column_count; c++)
        if (strcmp(result->names[c], name) == 0)
            return (int)c;
    return -1;
}

struct value result_value(const struct result *result, size_t row, size_t column) {
    if (result->gaps && result->gaps[column].kind == VALUE_GAP)
        return result->gaps[column];
    return grid_value(result->rows, row, column);
}

/* ---- Functions and views that are files ------------------------------------------------------------------------- */

static void answer_query(sqlite3_context *context, sqlite3_stmt *statement, int count, sqlite3_value **values) {
    if (sqlite3_stmt_busy(statement)) {
        sqlite3_result_error(context, "a function calls itself", -1);
        return;
    }
    for (int i = 0; i < count; i++)
        sqlite3_bind_value(statement, i + 1, values[i]);
    int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        sqlite3_result_value(context, sqlite3_column_value(statement, 0));
    else if (code != SQLITE_DONE)
        sqlite3_result_error(context, sqlite3_errmsg(sqlite3_db_handle(statement)), -1);
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
}

/* What holds for all units is found whichever of them is in scope. */
static void call_query(sqlite3_context *context, int count, sqlite3_value **values) {
    const struct function *function = sqlite3_user_data(context);
    struct store *store = function->store;
    const uint32_t unit = store->unit;
    if (function->whole)
        narrow(store, NO_ROW);
    answer_query(context, function->statement, count, values);
    if (function->whole)
        narrow(store, unit);
}

static void say_file(struct store *store, const char *path, const char *sql, const char *words, int offset) {
    struct place place = {.file = path, .row = 1};
    if (offset >= 0 && (size_t)offset <= strlen(sql))
        place = place_in_text(store->arena, path, 1, sql, (size_t)offset);
    diagnose(store->diagnostics, QUERY_FAILED, &place, path_stem(store->arena, path), words);
}

/* `sql` is the file's own; -1: what is wrong is not in one place of it. */
static void refuse_file(struct store *store, const char *path, const char *sql, int offset) {
    const char *words = refusal_words(store, store->arena, sql, sqlite3_errmsg(store->database), &offset);
    say_file(store, path, sql, words, offset);
}

/* The first line of a function that sees the rows of all units. */
static const char WHOLE[] = "-- all units\n";
/* Whether nothing but blanks, comments and semicolons is left: a file of SQL is one statement. */
static bool is_blank_sql(struct store *store, const char *sql) {
    while (*sql) {
        sqlite3_stmt *statement = NULL;
        const char *rest = sql;
        const bool prepared = sqlite3_prepare_v2(store->database, sql, -1, &statement, &rest) == SQLITE_OK;
        const bool blank = prepared && !statement;
        sqlite3_finalize(statement);
        if (!blank || rest == sql)
            return false;
        sql = rest;
    }
    return true;
}

static bool add_function(struct store *store, const char *path, const char *sql) {
    sqlite3_stmt *statement = NULL;
    struct query_error error;
    if (!dates_check(store, store->arena, sql, false, &error, NULL)) {
        say_file(store, path, sql, error.message, error.offset);
        return false;
    }
    memset(store->reads, 0, store->ledgers->count * sizeof *store->reads);
    store->beyond_row = false;
    const char *rest = NULL;
    if (sqlite3_prepare_v3(store->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, &rest) != SQLITE_OK ||
        !statement || !is_blank_sql(store, rest)) {
        sqlite3_finalize(statement);
        refuse_file(store, path, sql, sqlite3_error_offset(store->database));
        return false;
    }
    const bool whole = text_starts(sql, WHOLE);
    if (whole && store->beyond_row) {
        struct place place = {.file = path, .row = 1};
        diagnose(store->diagnostics, QUERY_FAILED, &place, path_stem(store->arena, path),
                 diagnose_say(store->diagnostics, "hàm của mọi đơn vị không được hỏi đơn vị đang xét",
                              "a function of all units cannot ask for the unit in scope"));
        sqlite3_finalize(statement);
        return false;
    }
    struct function *function = ARENA_NEW(store->arena, struct function);
    *function = (struct function){.name = path_stem(store->arena, path),
                                  .sql = sql,
                                  .store = store,
                                  .next = store->functions,
                                  .statement = statement,
                                  .whole = whole,
                                  .beyond_row = store->beyond_row};
    store->functions = function;
    function->reads = ARENA_ARRAY(store->arena, bool, store->ledgers->count + 1);
    memcpy(function->reads, store->reads, store->ledgers->count * sizeof *store->reads);
    return sqlite3_create_function_v2(store->database, function->name, sqlite3_bind_parameter_count(statement),
                                      SQLITE_UTF8, function, call_query, NULL, NULL, NULL) == SQLITE_OK;
}

/* Only the first statement is prepared, so nothing that follows it in the file is ever run. */
static bool make_view(struct store *store, const char *create) {
    sqlite3_stmt *statement = NULL;
    const char *rest = NULL;
    store->making_view = true;
    bool good = sqlite3_prepare_v2(store->database, create, -1, &statement, &rest) == SQLITE_OK &&
                is_blank_sql(store, rest) && sqlite3_step(statement) == SQLITE_DONE;
    store->making_view = false;
    sqlite3_finalize(statement);
    return good;
}

static bool add_view(struct store *store, const char *path, const char *sql) {
    const char *wide = windows_widen(store->arena, sql);
    char *create = sqlite3_mprintf("CREATE TEMP VIEW \"%w\" AS %s", path_stem(store->arena, path), wide);
    bool good = create && make_view(store, create);
    const size_t before = create ? strlen(create) - strlen(wide) : 0;
    const int offset = sqlite3_error_offset(store->database) - (int)before;
    store->views =
        arena_grow(store->arena, store->views, &store->view_capacity, store->view_count + 1, sizeof *store->views);
    store->views[store->view_count++] =
        (struct view){.name = path_stem(store->arena, path), .path = arena_text(store->arena, path), .sql = sql};
    if (!good)
        refuse_file(store, path, sql, windows_offset(store->arena, sql, offset));
    sqlite3_free(create);
    return good;
}

/* A view has the dates of the views it stands on, which may come behind it. */
static bool check_dates_of_views(struct store *store) {
    struct query_error error;
    bool good, grown;
    do {
        good = true;
        grown = false;
        for (size_t i = 0; i < store->view_count; i++) {
            struct view *view = &store->views[i];
            const size_t known = view->date_count;
            good = dates_check(store, store->arena, view->sql, true, &error, view) && good;
            grown = grown || view->date_count > known;
        }
    } while (grown);
    for (size_t i = 0; i < store->view_count; i++)
        if (!dates_check(store, store->arena, store->views[i].sql, true, &error, NULL))
            say_file(store, store->views[i].path, store->views[i].sql, error.message, error.offset);
    return good;
}

/* A view is compiled at its first use: its query is tried here, when the views it may stand on are all there. */
static bool probe_views(struct store *store) {
    bool good = true;
    for (size_t i = 0; i < store->view_count; i++) {
        const struct view *view = &store->views[i];
        sqlite3_stmt *statement = NULL;
        bool compiled = sqlite3_prepare_v2(store->database, windows_widen(store->arena, view->sql), -1, &statement,
                                           NULL) == SQLITE_OK;
        if (!compiled)
            refuse_file(store, view->path, view->sql,
                        windows_offset(store->arena, view->sql, sqlite3_error_offset(store->database)));
        sqlite3_finalize(statement);
        good = good && compiled;
    }
    return good;
}

static bool add_files(struct store *store, const char *folder, const char *name,
                      bool (*add)(struct store *, const char *, const char *)) {
    const char *place = path_join(store->arena, folder, name);
    char **paths;
    int count = folder_there(store->diagnostics, place)
                    ? folder_list(store->arena, store->diagnostics, place, false, &paths)
                    : 0;
    bool good = count >= 0;
    for (int i = 0; i < count; i++) {
        size_t length;
        if (strcmp(path_extension(paths[i]), "sql") != 0)
            continue;
        const char *sql = file_read(store->arena, store->diagnostics, paths[i], &length);
        good = sql && add(store, paths[i], sql) && good;
    }
    return good;
}

/* ---- Opening ---------------------------------------------------------------------------------------------------- */

static bool make_tables(struct store *store) {
    bool good = true;
    for (size_t i = 0; i < store->ledgers->count && good; i++) {
        const char *name = store->ledgers->ledgers[i].schema->name;
        char *sql = sqlite3_mprintf("CREATE VIRTUAL TABLE \"%w\" USING rows(%s);"
                                    "CREATE VIRTUAL TABLE \"%w_tally\" USING tally(%s)",
                                    name, name, name, name);
        good = sql && sqlite3_exec(store->database, sql, NULL, NULL, NULL) == SQLITE_OK;
        sqlite3_free(sql);
    }
    return good;
}

static bool make_vocabulary(struct store *store) {
    sqlite3_stmt *insert = NULL;
    bool good =
        sqlite3_exec(store->database,
                     "CREATE TABLE vocabulary(vocabulary TEXT, code TEXT, label TEXT, position INTEGER, groups TEXT,"
                     " PRIMARY KEY(vocabulary, code)) WITHOUT ROWID",
                     NULL, NULL, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(store->database, "INSERT INTO vocabulary VALUES(?,?,?,?,?)", -1, &insert, NULL) == SQLITE_OK;
    const struct schemas *schemas = store->ledgers->schemas;
    for (size_t v = 0; v < schemas->vocabulary_count; v++) {
        const struct vocabulary *vocabulary = schemas->vocabularies[v];
        for (size_t e = 0; good && e < vocabulary->count; e++) {
            const struct vocabulary_entry *entry = &vocabulary->entries[e];
            struct buffer groups = {0};
            for (size_t g = 0; g < entry->group_count; g++)
                buffer_printf(&groups, "%s%s", g ? ";" : "", entry->groups[g]);
            sqlite3_bind_text(insert, 1, vocabulary->name, -1, SQLITE_STATIC);
            sqlite3_bind_text(insert, 2, entry->code, -1, SQLITE_STATIC);
            sqlite3_bind_text(insert, 3, entry->label, -1, SQLITE_STATIC);
            sqlite3_bind_int64(insert, 4, (sqlite3_int64)e + 1);
            sqlite3_bind_text(insert, 5, buffer_string(&groups), -1, SQLITE_TRANSIENT);
            good = sqlite3_step(insert) == SQLITE_DONE;
            sqlite3_reset(insert);
            buffer_free(&groups);
        }
    }
    sqlite3_finalize(insert);
    return good;
}

static bool compile_derived(struct store *store) {
    bool good = true;
    for (size_t i = 0; i < store->ledgers->count; i++)
        good = derived_compile(&store->tables[i]) && good;
    return good;
}

struct store *store_open(struct ledgers *ledgers, const char *folder, struct diagnostics *diagnostics) {
    struct arena *arena = arena_new();
    struct store *store = ARENA_NEW(arena, struct store);
    store->arena = arena;
    store->ledgers = ledgers;
    store->diagnostics = diagnostics;
    store->unit = NO_ROW;
    store->tick_limit = TICK_LIMIT;
    units_build(&store->units, arena, ledgers);
    store->scope_last = store->units.count;
    store->tables = ARENA_ARRAY(arena, struct table, ledgers->count);
    store->reads = ARENA_ARRAY(arena, bool, ledgers->count + 1);
    store->holdings = holdings_find(arena, ledgers);
    for (size_t i = 0; i < ledgers->count; i++) {
        store->tables[i].store = store;
        store->tables[i].ledger = &ledgers->ledgers[i];
        derived_open(&store->tables[i]);
    }
    for (size_t i = 0; i < ledgers->count; i++)
        table_columns(&store->tables[i]);
    sqlite3_config(SQLITE_CONFIG_SINGLETHREAD); /* no lock and no bookkeeping for each piece of memory */
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    bool good = sqlite3_open_v2(":memory:", &store->database,
                                SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK;
    /* "org_code.tpye" in double quotes is a name that is wrong, not a text as it would be for SQLite. */
    sqlite3_db_config(store->database, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
    sqlite3_db_config(store->database, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
    good = good && rows_register(store) && tally_register(store) && functions_register(store) && make_tables(store) &&
           make_vocabulary(store);
    if (!good)
        diagnose(diagnostics, QUERY_FAILED, NULL, "SQLite", sqlite3_errmsg(store->database));
    sqlite3_set_authorizer(store->database, store_authorize, store);
    sqlite3_limit(store->database, SQLITE_LIMIT_ATTACHED, 0);
    sqlite3_limit(store->database, SQLITE_LIMIT_LENGTH, LENGTH_LIMIT);
    sqlite3_db_config(store->database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
    store->guarded = true; /* from here on it is other people's SQL */
    good = good && add_files(store, folder, "functions", add_function) && compile_derived(store) &&
           add_files(store, folder, "views", add_view) && probe_views(store) && check_dates_of_views(store);
    if (!good) {
        store_close(store);
        return NULL;
    }
    sqlite3_progress_handler(store->database, TICK, store_tick, store);
    return store;
}

void store_close(struct store *store) {
    if (!store)
        return;
    for (const struct function *function = store->functions; function; function = function->next)
        sqlite3_finalize(function->statement);
    for (size_t i = 0; i < store->ledgers->count; i++)
        for (size_t d = 0; d < store->ledgers->ledgers[i].schema->derivation_count; d++)
            sqlite3_finalize(store->tables[i].derived[d].statement);
    sqlite3_close(store->database);
    for (size_t i = 0; i < store->ledgers->count; i++)
        table_free(&store->tables[i]);
    free(store->dates);
    arena_free(store->arena);
}

/* ---- Rules of the schemas --------------------------------------------------------------------------------------- */

/* The columns that a rule names, for the clerk: "«Ngày sinh», «Ngày kết nạp»". */
static const char *rule_columns(const struct store *store, struct arena *arena, const struct schema *schema,
                                const struct rule *rule) {
    const char *quoted = diagnose_say(store->diagnostics, "%s%s«%s»", "%s%s'%s'");
    const char *columns = "";
    for (size_t i = 0; i < rule->field_count; i++)
        columns = arena_printf(arena, quoted, columns, i ? ", " : "", schema->fields[rule->fields[i]].label);
    return columns;
}

/* A unit that breaks a rule stays in the tree: the cells that the rule is about count as not known. False: there is
 * none but its code and its parent. */
static bool blank_cells(struct ledger *ledger, const struct rule *rule, uint32_t row) {
    const struct schema *schema = ledger->schema;
    bool any = false;
    for (size_t i = 0; schema->tree >= 0 && i < rule->field_count; i++) {
        const size_t field = rule->fields[i];
        if (schema_in_key(schema, field) || (int)field == schema->tree)
            continue;
        ledger->columns[field].codes[row] = 0;
        any = true;
    }
    return any;
}

static bool check_rule(struct store *store, struct ledger *ledger, const struct rule *rule, bool *rejected) {
    struct arena *arena = arena_new();
    struct result result;
    struct query_error error;
    const char *sql = arena_printf(arena, "SELECT rowid FROM \"%s\" WHERE NOT (%s)", ledger->schema->name, rule->sql);
    bool good = store_query(store, arena, sql, &result, &error);
    if (!good) {
        struct place place = {.file = ledger->schema->file, .row = rule->line};
        diagnose(store->diagnostics, SCHEMA_RULE, &place, rule->name, error.message);
    }
    const char *columns = rule_columns(store, arena, ledger->schema, rule), *name = rule->name + strlen("check ");
    int field = rule->field_count ? (int)rule->fields[0] : -1;
    for (size_t i = 0; good && i < result.row_count; i++) {
        uint32_t row = (uint32_t)result_value(&result, i, 0).number;
        struct place place = ledger_place(store->ledgers, ledger, row, field);
        if (!rule->rejects) {
            diagnose(store->diagnostics, ROW_SUSPECT, &place, rule->message, name, columns);
            continue;
        }
        const char *message =
            ledger->rejected[row] ? "" : diagnose(store->diagnostics, ROW_CHECK, &place, rule->message, name, columns);
        if (!ledger->rejected[row] && !blank_cells(ledger, rule, row))
            ledger_reject(store->ledgers, ledger, row, field, message);
        *rejected = true;
    }
    arena_free(arena);
    return good;
}

static bool check_public_rows(struct store *store, const struct schema *schema) {
    struct arena *arena = arena_new();
    struct result result;
    struct query_error error;
    bool good = !schema->public_rows || store_query(store, arena,
                                                    arena_printf(arena, "SELECT 1 FROM \"%s\" WHERE %s LIMIT 0",
                                                                 schema->name, schema->public_rows),
                                                    &result, &error);
    if (!good) {
        struct place place = {.file = schema->file, .row = schema->public_line};
        diagnose(store->diagnostics, SCHEMA_RULE, &place, "public_rows", error.message);
    }
    arena_free(arena);
    return good;
}

bool store_check_rules(struct store *store, bool *rejected) {
    bool good = true;
    *rejected = false;
    /* What is only worth a look is said once, of the rows that stay. */
    for (int rejects = 1; rejects >= 0 && !*rejected; rejects--)
        for (size_t i = 0; i < store->ledgers->count; i++) {
            struct ledger *ledger = &store->ledgers->ledgers[i];
            good = (rejects || check_public_rows(store, ledger->schema)) && good;
            for (size_t r = 0; r < ledger->schema->rule_count; r++)
                if (ledger->schema->rules[r].rejects == rejects)
                    good = check_rule(store, ledger, &ledger->schema->rules[r], rejected) && good;
        }
    return good;
}
