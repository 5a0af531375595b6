/* rows.c - the virtual table of a ledger's rows.
 *
 * Without a constraint the rows of the unit in scope are walked; with `column = value` only the rows that have the
 * value, through an index by code that is made at its first use. That makes joins over keys cheap. */
#include "store/tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct rows_table {
    sqlite3_vtab base;
    struct table *table;
};

struct rows_cursor {
    sqlite3_vtab_cursor base;
    const uint32_t *rows; /* NULL: rows are their own numbers */
    uint32_t at, end;
    bool scoped; /* rows must still be tested for the scope */
};

enum { PLAN_SCAN = 0, PLAN_LOOKUP = 1 }; /* LOOKUP + column */

static int rows_connect(sqlite3 *database, void *context, int count, const char *const *words, sqlite3_vtab **made,
                        char **error) {
    (void)error;
    struct table *table = count > 3 ? table_named(context, words[3]) : NULL;
    struct rows_table *rows = table ? sqlite3_malloc(sizeof *rows) : NULL;
    if (!rows)
        return table ? SQLITE_NOMEM : SQLITE_ERROR;
    memset(rows, 0, sizeof *rows);
    rows->table = table;
    *made = &rows->base;
    return declare_table(database, table, "_file TEXT HIDDEN, _row INTEGER HIDDEN");
}

static int rows_disconnect(sqlite3_vtab *base) {
    sqlite3_free(base);
    return SQLITE_OK;
}

static int rows_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
    const struct rows_table *rows = (const struct rows_table *)base;
    const struct ledger *ledger = rows->table->ledger;
    double count = ledger->row_count + 1.0, best = count;
    int chosen = -1;
    for (int i = 0; i < info->nConstraint; i++) {
        int column = info->aConstraint[i].iColumn;
        if (!info->aConstraint[i].usable || info->aConstraint[i].op != SQLITE_INDEX_CONSTRAINT_EQ || column < 0 ||
            column >= (int)ledger->schema->field_count || !column_code_limit(&ledger->columns[column]) ||
            ledger->columns[column].field->type == FIELD_DECIMAL)
            continue;
        const char *collation = sqlite3_vtab_collation(info, i);
        double expected = count / column_code_limit(&ledger->columns[column]) + 1;
        if (expected < best && collation && strcmp(collation, "BINARY") == 0) {
            best = expected;
            chosen = i;
        }
    }
    info->idxStr = sqlite3_mprintf("%llx", (unsigned long long)info->colUsed);
    info->needToFreeIdxStr = 1;
    info->estimatedCost = best;
    info->estimatedRows = (sqlite3_int64)best;
    if (chosen >= 0) {
        info->idxNum = PLAN_LOOKUP + info->aConstraint[chosen].iColumn;
        info->aConstraintUsage[chosen].argvIndex = 1;
        info->aConstraintUsage[chosen].omit = 0;
    }
    return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

static int rows_open(sqlite3_vtab *base, sqlite3_vtab_cursor **made) {
    (void)base;
    struct rows_cursor *cursor = sqlite3_malloc(sizeof *cursor);
    if (!cursor)
        return SQLITE_NOMEM;
    memset(cursor, 0, sizeof *cursor);
    *made = &cursor->base;
    return SQLITE_OK;
}

static int rows_close(sqlite3_vtab_cursor *base) {
    sqlite3_free(base);
    return SQLITE_OK;
}

static uint32_t current_row(const struct rows_cursor *cursor) {
    return cursor->rows ? cursor->rows[cursor->at] : cursor->at;
}

static bool is_foreign(const struct rows_cursor *cursor) {
    const struct table *table = ((const struct rows_table *)cursor->base.pVtab)->table;
    const struct store *store = table->store;
    if (store->public_ && table->withheld && table->withheld[current_row(cursor)])
        return true;
    if (!cursor->scoped)
        return false;
    uint32_t position = units_position(&store->units, table->ledger, current_row(cursor));
    return position < store->scope_first || position > store->scope_last;
}

static void skip_foreign(struct rows_cursor *cursor) {
    while (cursor->at < cursor->end && is_foreign(cursor))
        cursor->at++;
}

/* 2014.0 is the integer 2014 for SQL. */
static uint32_t code_of(const struct column *column, sqlite3_value *value) {
    char digits[32];
    const char *text = (const char *)sqlite3_value_text(value);
    if (sqlite3_value_type(value) == SQLITE_FLOAT) {
        double real = sqlite3_value_double(value);
        if (real != (double)sqlite3_value_int64(value))
            return 0;
        snprintf(digits, sizeof digits, "%lld", (long long)sqlite3_value_int64(value));
        text = digits;
    }
    return text ? column_find(column, text, strlen(text)) : 0;
}

static int rows_filter(sqlite3_vtab_cursor *base, int plan, const char *used, int count, sqlite3_value **values) {
    struct rows_cursor *cursor = (struct rows_cursor *)base;
    struct table *table = ((struct rows_table *)base->pVtab)->table;
    if (!table_prepare(table, strtoull(used, NULL, 16), &base->pVtab->zErrMsg))
        return SQLITE_ERROR;
    cursor->scoped = false;
    if (plan >= PLAN_LOOKUP && count == 1) {
        size_t field = (size_t)(plan - PLAN_LOOKUP);
        uint32_t code = code_of(&table->ledger->columns[field], values[0]);
        const struct row_index *index = table_by_code(table, field);
        cursor->rows = index->rows;
        cursor->at = code ? index->starts[code] : 0;
        cursor->end = code ? index->starts[code + 1] : 0;
        cursor->scoped = !store_everything(table->store) &&
                         (table->ledger->schema->unit >= 0 || table->ledger == table->store->units.ledger);
    } else if (store_everything(table->store)) {
        cursor->rows = NULL;
        cursor->at = 0;
        cursor->end = table->ledger->row_count;
    } else {
        table_scope(table, &cursor->at, &cursor->end);
        cursor->rows = table->by_unit.rows;
    }
    skip_foreign(cursor);
    return SQLITE_OK;
}

static int rows_next(sqlite3_vtab_cursor *base) {
    struct rows_cursor *cursor = (struct rows_cursor *)base;
    cursor->at++;
    skip_foreign(cursor);
    return SQLITE_OK;
}

static int rows_end(sqlite3_vtab_cursor *base) {
    const struct rows_cursor *cursor = (const struct rows_cursor *)base;
    return cursor->at >= cursor->end;
}

static int rows_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const struct table *table = ((struct rows_table *)base->pVtab)->table;
    const struct ledger *ledger = table->ledger;
    uint32_t row = current_row((const struct rows_cursor *)base);
    if ((size_t)column < table->column_count)
        answer_code(context, table->store, table->columns[column].column, table_code(&table->columns[column], row));
    else if ((size_t)column == table->column_count)
        answer_value(context, value_text(table->store->ledgers->sources[ledger->origins[row].source].file));
    else
        answer_value(context, value_integer(ledger->origins[row].row));
    return SQLITE_OK;
}

static int rows_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
    *rowid = current_row((const struct rows_cursor *)base);
    return SQLITE_OK;
}

static const sqlite3_module module = {
    .xCreate = rows_connect,
    .xConnect = rows_connect,
    .xBestIndex = rows_best_index,
    .xDisconnect = rows_disconnect,
    .xDestroy = rows_disconnect,
    .xOpen = rows_open,
    .xClose = rows_close,
    .xFilter = rows_filter,
    .xNext = rows_next,
    .xEof = rows_end,
    .xColumn = rows_column,
    .xRowid = rows_rowid,
};

bool rows_register(struct store *store) {
    return sqlite3_create_module(store->database, "rows", &module, store) == SQLITE_OK;
}
