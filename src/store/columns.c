/* columns.c - the columns of a ledger as SQL sees them. */
#include "base/buffer.h"
#include "store/tables.h"

#include <stdlib.h>
#include <string.h>

struct table *table_named(struct store *store, const char *ledger) {
    for (size_t i = 0; i < store->ledgers->count; i++)
        if (strcmp(store->ledgers->ledgers[i].schema->name, ledger) == 0)
            return &store->tables[i];
    return NULL;
}

static const char *sql_type(const struct field *field) {
    static const char *const types[] = {
        [FIELD_INTEGER] = "INTEGER", [FIELD_DECIMAL] = "REAL", [FIELD_DATE] = "DATE TEXT", [FIELD_BOOLEAN] = "INTEGER",
        [FIELD_ENUM] = "TEXT",       [FIELD_LIST] = "TEXT",    [FIELD_TEXT] = "TEXT",      [FIELD_ID] = "TEXT"};
    return types[field->type];
}

int declare_table(sqlite3 *database, const struct table *table, const char *extra) {
    struct buffer sql = {0};
    buffer_text(&sql, "CREATE TABLE t(");
    for (size_t c = 0; c < table->column_count; c++) {
        const struct table_column *column = &table->columns[c];
        buffer_printf(&sql, "\"%s\" %s%s, ", column->name, sql_type(column->column->field),
                      column->through ? " HIDDEN" : "");
    }
    buffer_printf(&sql, "%s)", extra);
    int code = sqlite3_declare_vtab(database, buffer_string(&sql));
    buffer_free(&sql);
    return code;
}

int table_column_named(const struct table *table, const char *name) {
    for (size_t c = 0; c < table->column_count; c++)
        if (strcmp(table->columns[c].name, name) == 0)
            return (int)c;
    return -1;
}

static void add_column(struct table *table, struct table_column column) {
    if (table->column_count < TABLE_COLUMNS && table_column_named(table, column.name) < 0)
        table->columns[table->column_count++] = column;
}

static void add_referred(struct table *table, const struct column *through) {
    const char *reference = through->field->name;
    const struct ledger *target = table_named(table->store, through->field->reference_ledger)->ledger;
    struct arena *arena = table->store->arena;
    for (size_t f = 0; f < target->schema->field_count; f++)
        add_column(table, (struct table_column){
                              .name = arena_printf(arena, "%s.%s", reference, target->schema->fields[f].name),
                              .column = &target->columns[f],
                              .ledger = target,
                              .through = through});
}

/* They are made for the table that they belong to. */
static void add_referred_derived(struct table *table, const struct column *through) {
    const char *reference = through->field->name;
    struct table *referred = table_named(table->store, through->field->reference_ledger);
    const struct ledger *target = referred->ledger;
    struct arena *arena = table->store->arena;
    for (size_t d = 0; d < target->schema->derivation_count; d++)
        add_column(table, (struct table_column){.name = arena_printf(arena, "%s.%s", reference,
                                                                     target->schema->derivations[d].field.name),
                                                .column = &referred->derived[d].column,
                                                .ledger = target,
                                                .through = through,
                                                .derived = &referred->derived[d]});
}

static void add_under(struct table *table, const struct column *through) {
    const struct ledger *units = table->store->units.ledger;
    if (units && strcmp(through->field->reference_ledger, units->schema->name) == 0 &&
        schema_field(units->schema, "under") < 0)
        add_column(table,
                   (struct table_column){.name = arena_printf(table->store->arena, "%s.under", through->field->name),
                                         .column = &units->columns[units->schema->uniques[0].fields[0]],
                                         .ledger = units,
                                         .through = through,
                                         .under = true});
}

/* The ledger's own come first; of the rows referred to, as many as SQLite can tell apart. Derived ones are last: to
 * derive a column in one ledger takes none from another. */
void table_columns(struct table *table) {
    const struct ledger *ledger = table->ledger;
    const size_t fields = ledger->schema->field_count;
    for (size_t f = 0; f < fields; f++)
        add_column(table, (struct table_column){
                              .name = ledger->schema->fields[f].name, .column = &ledger->columns[f], .ledger = ledger});
    for (size_t d = 0; d < ledger->schema->derivation_count; d++)
        add_column(table, (struct table_column){.name = ledger->schema->derivations[d].field.name,
                                                .column = &table->derived[d].column,
                                                .ledger = ledger,
                                                .derived = &table->derived[d]});
    for (size_t f = 0; f < fields; f++)
        if (ledger->schema->fields[f].reference_ledger)
            add_under(table, &ledger->columns[f]);
    for (size_t f = 0; f < fields; f++)
        if (ledger->schema->fields[f].reference_ledger)
            add_referred(table, &ledger->columns[f]);
    for (size_t f = 0; f < fields; f++)
        if (ledger->schema->fields[f].reference_ledger)
            add_referred_derived(table, &ledger->columns[f]);
}

/* ---- Codes ------------------------------------------------------------------------------------------------------ */

static uint32_t referred_row(const struct column *through, uint32_t code) {
    return code < through->target_count ? through->targets[code] : NO_ROW;
}

uint32_t table_code(const struct table_column *column, uint32_t row) {
    if (!column->through)
        return column->column->codes[row];
    const uint32_t code = column->through->codes[row];
    if (column->lookup)
        return column->lookup[code];
    const uint32_t target = referred_row(column->through, code);
    return target == NO_ROW ? 0 : column->column->codes[target];
}

/* What each code of the reference leads to. */
static void make_lookup(const struct store *store, struct table_column *column) {
    const uint32_t limit = column_code_limit(column->through);
    const uint32_t scope = store->unit == NO_ROW ? store->units.root : store->unit;
    column->lookup = memory_resize(NULL, limit * sizeof *column->lookup);
    for (uint32_t code = 0; code < limit; code++) {
        uint32_t row = referred_row(column->through, code);
        if (column->under && row != NO_ROW)
            row = units_under(&store->units, row, scope);
        column->lookup[code] = row == NO_ROW ? 0 : column->column->codes[row];
    }
}

/* Blank cells are codes too, but no dates. */
static void find_dates(struct table_column *column) {
    const uint32_t *codes = column->column->codes, count = column->ledger->row_count;
    uint32_t least = UINT32_MAX, most = 0, vague = 0;
    for (uint32_t row = 0; row < count; row++) {
        const uint32_t code = codes[row];
        least = code - 1 < least ? code - 1 : least;
        most = code > most ? code : most;
        vague += date_is_vague(code);
    }
    column->least = most ? least + 1 : 1;
    column->most = most;
    column->vague = vague > 0;
}

bool table_days_only(struct table_column *column) {
    if (column->derived && !column->derived->made)
        return false;
    if (!column->least)
        find_dates(column);
    return !column->vague;
}

bool table_prepare(struct table *table, uint64_t mask, char **error) {
    for (size_t c = 0; c < table->column_count; c++) {
        struct table_column *column = &table->columns[c];
        if (!(mask >> c & 1))
            continue;
        if (column->derived && !derived_make(column->derived, error))
            return false;
        /* A reference to millions of rows is followed row by row when there are few that refer. */
        bool many = column->through && table->ledger->row_count / 4 >= column_code_limit(column->through);
        if (column->through && !column->lookup && (column->under || many))
            make_lookup(table->store, column);
        if (!column->least && column->column->field->type == FIELD_DATE)
            find_dates(column);
    }
    return true;
}

static void forget_tallies(struct table *table) {
    tally_free(table->tallies);
    table->tallies = NULL;
}

static void forget_lookup(struct table_column *column) {
    free(column->lookup);
    column->lookup = NULL;
}

void table_forget_scope(struct table *table) {
    forget_tallies(table);
    for (size_t c = 0; c < table->column_count; c++)
        if (table->columns[c].under)
            forget_lookup(&table->columns[c]);
}

void table_forget_period(struct table *table) {
    for (size_t c = 0; c < table->column_count; c++)
        if (table->columns[c].derived) {
            forget_tallies(table);
            derived_forget(table->columns[c].derived);
            forget_lookup(&table->columns[c]);
            table->columns[c].least = 0;
        }
}

void table_free(struct table *table) {
    row_index_free(&table->by_unit);
    for (size_t f = 0; f < SCHEMA_FIELDS; f++)
        row_index_free(&table->by_code[f]);
    for (size_t c = 0; c < table->column_count; c++)
        free(table->columns[c].lookup);
    for (size_t d = 0; d < table->ledger->schema->derivation_count; d++)
        derived_free(&table->derived[d]);
    free(table->withheld);
    tally_free(table->tallies);
}
