/* guard.c - what a statement may do, and which ledgers it reads. */
#include "store/tables.h"

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t table_ledger_length(const char *table, bool *tally) {
    static const char suffix[] = "_tally";
    size_t length = strlen(table), behind = sizeof suffix - 1;
    *tally = length > behind && strcmp(table + length - behind, suffix) == 0;
    return *tally ? length - behind : length;
}

/* Counts over a closed vocabulary stay open to the public; words that people typed do not, in whichever table. */
static bool is_withheld(struct store *store, const char *table, const char *column) {
    bool tally;
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)table_ledger_length(table, &tally), table);
    const struct table *asked = table_named(store, name);
    int index = asked ? table_column_named(asked, column) : -1;
    if (index < 0) /* where a row stands in which file is nobody's but the office's */
        return asked && column[0] == '_';
    const struct table_column *found = &asked->columns[index];
    if (found->through && !found->under && found->ledger->schema->public_rows)
        return true; /* the row referred to may itself be none of the public's */
    const struct field *field = found->through && found->under ? found->through->field : found->column->field;
    bool closed = field->vocabulary || field->type == FIELD_BOOLEAN;
    return !field->public_ && !(tally && closed);
}

/* Notes which ledgers the statement being prepared reads, and what of a tally. */
static void note_column(struct store *store, const char *table, const char *column) {
    bool tally;
    size_t length = table_ledger_length(table, &tally);
    for (size_t i = 0; i < store->ledgers->count; i++) {
        const char *name = store->ledgers->ledgers[i].schema->name;
        if (strlen(name) == length && memcmp(name, table, length) == 0)
            store->reads[i] = true;
    }
    store->tally_read = store->tally_read || tally;
    store->tally_number_read = store->tally_number_read || (tally && strcmp(column, "n") == 0);
    const char *dot = strrchr(column, '.');
    store->beyond_row = store->beyond_row || (dot && strcmp(dot, ".under") == 0);
}

/* Notes that the statement being prepared stands on a view: reads a column of it, or what the view itself reads. */
static void note_view(struct store *store, const char *table, const char *view) {
    for (size_t i = 0; i < store->view_count; i++)
        store->views[i].used = store->views[i].used || strcmp(store->views[i].name, table) == 0 ||
                               (view && strcmp(store->views[i].name, view) == 0);
}

static bool asks_for_scope(const char *function) {
    return strcmp(function, "unit_id") == 0 || strcmp(function, "unit_under") == 0 || strcmp(function, "item_id") == 0;
}

static void note_function(struct store *store, const char *name) {
    store->beyond_row = store->beyond_row || asks_for_scope(name);
    for (const struct function *function = store->functions; function; function = function->next) {
        if (strcmp(function->name, name) != 0)
            continue;
        store->beyond_row = store->beyond_row || function->beyond_row;
        for (size_t i = 0; i < store->ledgers->count; i++) {
            store->reads[i] = store->reads[i] || function->reads[i];
            store->beyond_row = store->beyond_row || function->reads[i];
        }
    }
}

bool store_has_read(const struct store *store, const struct ledger *ledger) {
    return store->reads[ledger - store->ledgers->ledgers];
}

/* Functions of SQLite that no query over ledgers needs: they load code, show or set what is the library's own, hand out
 * memory at will, or give another answer each time. */
static bool is_unneeded(const char *function) {
    static const char *const unneeded[] = {"bm25",
                                           "changes",
                                           "current_date",
                                           "current_time",
                                           "current_timestamp",
                                           "fts3_tokenizer",
                                           "fts5",
                                           "fts5_source_id",
                                           "highlight",
                                           "last_insert_rowid",
                                           "load_extension",
                                           "matchinfo",
                                           "offsets",
                                           "optimize",
                                           "random",
                                           "randomblob",
                                           "rtreecheck",
                                           "rtreedepth",
                                           "rtreenode",
                                           "snippet",
                                           "sqlite_log",
                                           "sqlite_compileoption_get",
                                           "sqlite_compileoption_used",
                                           "sqlite_source_id",
                                           "sqlite_version",
                                           "total_changes",
                                           "zeroblob"};
    for (size_t i = 0; i < sizeof unneeded / sizeof *unneeded; i++)
        if (sqlite3_stricmp(function, unneeded[i]) == 0)
            return true;
    return false;
}

/* What SQLite asks for to note a temporary view, and nothing else. */
static bool makes_view(int action, const char *name) {
    return action == SQLITE_CREATE_TEMP_VIEW ||
           ((action == SQLITE_INSERT || action == SQLITE_UPDATE) && name &&
            (strcmp(name, "sqlite_temp_master") == 0 || strcmp(name, "sqlite_temp_schema") == 0));
}

int store_authorize(void *context, int action, const char *first, const char *second, const char *third,
                    const char *fourth) {
    struct store *store = context;
    (void)third;
    store->selects += action == SQLITE_SELECT;
    if (action == SQLITE_FUNCTION && second)
        note_function(store, second);
    if (action == SQLITE_READ && first && second)
        note_column(store, first, second);
    if (action == SQLITE_READ && first)
        note_view(store, first, fourth);
    if (!store->guarded)
        return SQLITE_OK;
    if (store->public_ && !store->columns_open && action == SQLITE_READ && first && second &&
        is_withheld(store, first, second))
        return SQLITE_IGNORE;
    if (action == SQLITE_FUNCTION && second && is_unneeded(second))
        return SQLITE_DENY;
    if (store->making_view && makes_view(action, first))
        return SQLITE_OK;
    bool reading =
        action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE;
    return reading ? SQLITE_OK : SQLITE_DENY;
}

int store_tick(void *context) {
    struct store *store = context;
    return ++store->ticks > store->tick_limit;
}

/* ---- The public ------------------------------------------------------------------------------------------------- */

/* Rows that public_rows does not let through, as they are on the as-of date. */
static bool withhold_rows(struct store *store, struct table *table) {
    const struct schema *schema = table->ledger->schema;
    struct arena *arena = arena_new();
    struct result result;
    struct query_error error;
    const uint32_t unit = store->unit;
    table->withheld = memory_resize(table->withheld, table->ledger->row_count + 1);
    memset(table->withheld, 1, table->ledger->row_count + 1);
    store_set_unit(store, NO_ROW);
    bool good = store_query(store, arena,
                            arena_printf(arena, "SELECT rowid FROM \"%s\" WHERE %s", schema->name, schema->public_rows),
                            &result, &error);
    store_set_unit(store, unit);
    for (size_t i = 0; good && i < result.row_count; i++)
        table->withheld[result_value(&result, i, 0).number] = false;
    if (!good) {
        struct place place = {.file = schema->file, .row = schema->public_line};
        diagnose(store->diagnostics, SCHEMA_RULE, &place, "public_rows", error.message);
    }
    arena_free(arena);
    return good;
}

bool store_set_public(struct store *store, bool public_) {
    bool good = true;
    const bool changed = store->public_ != public_;
    store->public_ = false;
    for (size_t i = 0; i < store->ledgers->count; i++) {
        struct table *table = &store->tables[i];
        free(table->withheld);
        table->withheld = NULL;
    }
    for (size_t i = 0; i < store->ledgers->count && public_; i++)
        if (store->ledgers->ledgers[i].schema->public_rows)
            good = withhold_rows(store, &store->tables[i]) && good;
    store->public_ = public_;
    if (changed) /* has what was prepared, the functions that are files among it, looked at anew */
        sqlite3_set_authorizer(store->database, store_authorize, store);
    return good;
}

bool store_query_open(struct store *store, struct arena *arena, const char *sql, struct result *result) {
    struct query_error error;
    store->columns_open = true;
    sqlite3_set_authorizer(store->database, store_authorize, store);
    bool good = store_query(store, arena, sql, result, &error);
    store->columns_open = false;
    sqlite3_set_authorizer(store->database, store_authorize, store);
    return good;
}
