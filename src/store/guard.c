/* guard.c - what a statement may do, and which ledgers it reads. */
#include "store/tables.h"

#include <stdio.h>
#include <string.h>

/* Counts over a closed vocabulary stay open to the public; words that people typed do not, in whichever table. */
static bool is_sensitive(const struct store *store, const char *table, const char *column) {
    size_t length = strlen(table);
    bool tally = length > 6 && strcmp(table + length - 6, "_tally") == 0;
    char name[64];
    snprintf(name, sizeof name, "%.*s", (int)(tally ? length - 6 : length), table);
    const struct ledger *ledger = ledgers_find(store->ledgers, name);
    int field = ledger ? schema_field(ledger->schema, column) : -1;
    return field >= 0 && ledger->schema->fields[field].sensitive &&
           !(tally && ledger->schema->fields[field].type == FIELD_ENUM);
}

/* Notes which ledgers the statement being prepared reads. */
static void note_table(struct store *store, const char *table) {
    size_t length = strlen(table), tally = length > 6 && strcmp(table + length - 6, "_tally") == 0 ? 6 : 0;
    for (size_t i = 0; i < store->ledgers->count; i++) {
        const char *name = store->ledgers->ledgers[i].schema->name;
        if (strlen(name) == length - tally && memcmp(name, table, length - tally) == 0)
            store->reads[i] = true;
    }
}

static void note_function(struct store *store, const char *name) {
    for (size_t f = 0; f < store->function_count; f++)
        for (size_t i = 0; strcmp(store->functions[f].name, name) == 0 && i < store->ledgers->count; i++)
            store->reads[i] = store->reads[i] || store->functions[f].reads[i];
}

bool store_has_read(const struct store *store, const struct ledger *ledger) {
    return store->reads[ledger - store->ledgers->ledgers];
}

int store_authorize(void *context, int action, const char *first, const char *second, const char *third,
                    const char *fourth) {
    struct store *store = context;
    (void)third, (void)fourth;
    if (action == SQLITE_FUNCTION && second)
        note_function(store, second);
    if (action == SQLITE_READ && first && second) {
        note_table(store, first);
        size_t length = strlen(first);
        if (length > 6 && strcmp(first + length - 6, "_tally") == 0) {
            store->tally_read = true;
            store->tally_number_read = store->tally_number_read || strcmp(second, "n") == 0;
        }
    }
    if (!store->guarded)
        return SQLITE_OK;
    if (store->public_ && action == SQLITE_READ && first && second && is_sensitive(store, first, second))
        return SQLITE_IGNORE;
    if (action == SQLITE_FUNCTION && second && sqlite3_stricmp(second, "load_extension") == 0)
        return SQLITE_DENY;
    bool reading =
        action == SQLITE_SELECT || action == SQLITE_READ || action == SQLITE_FUNCTION || action == SQLITE_RECURSIVE;
    return reading ? SQLITE_OK : SQLITE_DENY;
}

int store_tick(void *context) {
    struct store *store = context;
    return ++store->ticks > store->tick_limit;
}
