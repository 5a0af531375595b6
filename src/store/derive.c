/* derive.c - columns that no file has: [derive NAME] in the schema of a ledger.
 *
 *   [derive state]
 *   sql = CASE WHEN done_date <= deadline THEN 'on time' … END
 *
 * What it is made of has few combinations, however many rows there are: two million tasks have some ten thousand pairs
 * of days. So the SQL is asked once for each combination, through the tally of exactly its columns, and a row gets the
 * code of its combination. It is made for all rows when a query first reads it, and again when the period or the
 * settings change. It must not ask for the unit in scope or for other rows: a column means the same in every report. */
#include "base/arena.h"
#include "store/tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void derived_open(struct table *table) {
    struct store *store = table->store;
    const struct schema *schema = table->ledger->schema;
    table->derived = ARENA_ARRAY(store->arena, struct derived, schema->derivation_count + 1);
    for (size_t d = 0; d < schema->derivation_count; d++) {
        table->derived[d].table = table;
        table->derived[d].derivation = &schema->derivations[d];
        column_open(&table->derived[d].column, schema->file, &schema->derivations[d].field, store->diagnostics);
    }
}

/* ---- Compiling -------------------------------------------------------------------------------------------------- */

static bool refuse(const struct table *table, const struct derivation *derivation, const char *message) {
    struct place place = {.file = table->ledger->schema->file, .row = derivation->field.line};
    diagnose(table->store->diagnostics, SCHEMA_RULE, &place,
             arena_printf(table->store->arena, "derive %s", derivation->field.name), message);
    return false;
}

static bool compile(struct table *table, struct derived *derived) {
    struct store *store = table->store;
    const struct derivation *derivation = derived->derivation;
    if (!derivation->sql)
        return true;
    const char *sql =
        arena_printf(store->arena, "SELECT (%s) FROM \"%s_tally\"", derivation->sql, table->ledger->schema->name);
    const char *rest = "";
    struct query_error error;
    store->beyond_row = store->tally_number_read = false;
    store->selects = 0;
    if (sqlite3_prepare_v3(store->database, sql, -1, SQLITE_PREPARE_PERSISTENT, &derived->statement, &rest) !=
            SQLITE_OK ||
        *rest || sqlite3_column_count(derived->statement) != 1)
        return refuse(table, derivation,
                      refusal_words(store, store->arena, derivation->sql, sqlite3_errmsg(store->database), &(int){-1}));
    if (!dates_check(store, store->arena, sql, true, &error, NULL))
        return refuse(table, derivation, error.message);
    if (store->selects == 1 && !store->beyond_row && !store->tally_number_read)
        return true;
    return refuse(table, derivation,
                  diagnose_say(store->diagnostics,
                               "chỉ được dùng các cột của chính dòng ấy, không dùng dòng khác hay đơn vị đang xét",
                               "only columns of the row itself may be used, no other rows and no unit in scope"));
}

bool derived_compile(struct table *table) {
    bool good = true;
    for (size_t d = 0; d < table->ledger->schema->derivation_count; d++)
        good = compile(table, &table->derived[d]) && good;
    return good;
}

/* ---- Making ----------------------------------------------------------------------------------------------------- */

/* The code of what SQL answered; false: it is no value of the column's type. */
static bool take_answer(struct column *column, sqlite3_stmt *statement, uint32_t *code) {
    const struct field *field = column->field;
    const char *text = (const char *)sqlite3_column_text(statement, 0);
    struct date date;
    int entry;
    *code = 0;
    if (!text)
        return true;
    switch (field->type) {
    case FIELD_DATE:
        *code = date_parse_iso(text, &date) ? date_pack(date) : 0;
        return *code > 0;
    case FIELD_BOOLEAN:
        *code = 1 + (sqlite3_column_int(statement, 0) != 0);
        return strcmp(text, "0") == 0 || strcmp(text, "1") == 0;
    case FIELD_ENUM:
        entry = vocabulary_code(field->vocabulary, text);
        *code = (uint32_t)(entry + 1);
        return entry >= 0;
    case FIELD_DECIMAL:
        if (sqlite3_column_type(statement, 0) == SQLITE_TEXT)
            return false;
        if (sqlite3_column_type(statement, 0) == SQLITE_FLOAT)
            text = value_plain(column->arena, answer_real(sqlite3_column_double(statement, 0)));
        break;
    case FIELD_INTEGER:
        if (!*text || strspn(text, "-0123456789") != strlen(text))
            return false;
        break;
    default:
        break;
    }
    if (*text || field->type != FIELD_DECIMAL)
        *code = dictionary_add(&column->dictionary, text, strlen(text));
    return true;
}

/* The code of each combination, in their order, on the heap. */
static uint32_t *ask_combinations(struct derived *derived, size_t *count, char **error) {
    uint32_t *codes = NULL;
    size_t capacity = 0;
    int step;
    for (*count = 0; (step = sqlite3_step(derived->statement)) == SQLITE_ROW; (*count)++) {
        if (*count == capacity) {
            capacity = capacity ? capacity * 2 : 256;
            codes = memory_resize(codes, capacity * sizeof *codes);
        }
        if (!take_answer(&derived->column, derived->statement, &codes[*count])) {
            *error =
                sqlite3_mprintf("%s: %s", derived->derivation->field.name, sqlite3_column_text(derived->statement, 0));
            break;
        }
    }
    if (step != SQLITE_ROW && step != SQLITE_DONE)
        *error = sqlite3_mprintf("%s: %s", derived->derivation->field.name,
                                 sqlite3_errmsg(sqlite3_db_handle(derived->statement)));
    sqlite3_reset(derived->statement);
    return codes;
}

static bool fill(struct derived *derived, char **error) {
    struct table *table = derived->table;
    uint32_t *groups = NULL, **outer = table->groups, rows = table->ledger->row_count, most = 0;
    size_t count;
    table->groups = &groups;
    uint32_t *codes = ask_combinations(derived, &count, error);
    table->groups = outer;
    for (uint32_t row = 0; groups && row < rows; row++)
        most = groups[row] >= most ? groups[row] + 1 : most;
    const bool good = !*error && groups && most == count;
    if (good) {
        derived->column.codes = memory_resize(derived->column.codes, (size_t)rows * sizeof *codes);
        for (uint32_t row = 0; row < rows; row++)
            derived->column.codes[row] = codes[groups[row]];
    } else if (!*error) {
        *error = sqlite3_mprintf("%s: one value for each row is expected", derived->derivation->field.name);
    }
    free(groups);
    free(codes);
    return good;
}

/* Whom or what rows are about, by the number of the first row about it. */
static void number_rows(struct derived *derived) {
    const struct ledger *ledger = derived->table->ledger;
    const uint32_t *firsts = ledger->firsts[derived->derivation - ledger->schema->derivations];
    struct column *column = &derived->column;
    column->codes = memory_resize(column->codes, ((size_t)ledger->row_count + 1) * sizeof *column->codes);
    for (uint32_t row = 0; row < ledger->row_count; row++) {
        const uint32_t first = firsts ? firsts[row] : row;
        char text[16];
        const int length = snprintf(text, sizeof text, "%u", first + 1);
        column->codes[row] = dictionary_add(&column->dictionary, text, (size_t)length);
    }
}

bool derived_make(struct derived *derived, char **error) {
    struct store *store = derived->table->store;
    if (derived->made)
        return true;
    if (!derived->derivation->sql) {
        number_rows(derived);
        return derived->made = true;
    }
    if (derived->making) {
        *error = sqlite3_mprintf("%s is made of itself", derived->derivation->field.name);
        return false;
    }
    const struct store outer = *store;
    store->unit = NO_ROW;
    store->scope_first = 0;
    store->scope_last = store->units.count;
    store->columns_open = true;
    derived->making = true;
    derived->made = fill(derived, error);
    derived->making = false;
    store->unit = outer.unit;
    store->scope_first = outer.scope_first;
    store->scope_last = outer.scope_last;
    store->columns_open = outer.columns_open;
    return derived->made;
}

void derived_forget(struct derived *derived) {
    derived->made = false;
    dictionary_free(&derived->column.dictionary);
}

void derived_free(struct derived *derived) {
    column_free(&derived->column);
}
