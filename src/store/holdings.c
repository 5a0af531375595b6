/* holdings.c - what an office keeps: which ledgers and columns its files hold, and since when. */
#include "base/text.h"
#include "store/tables.h"

#include <stdio.h>
#include <string.h>

struct holding *holdings_find(struct arena *arena, const struct ledgers *ledgers) {
    struct holding *holdings = ARENA_ARRAY(arena, struct holding, ledgers->count + 1);
    for (size_t i = 0; i < ledgers->source_count; i++) {
        const struct ledger_source *source = &ledgers->sources[i];
        /* A table of which every row was rejected tells nothing: what it would have held is not known. */
        if (!source->ledger || (source->rejected && !source->accepted))
            continue;
        struct holding *holding = &holdings[source->ledger - ledgers->ledgers];
        holding->any = true;
        for (size_t f = 0; f < source->ledger->schema->field_count; f++)
            if (source->columns[f] || source->ledger->schema->fields[f].fallback)
                holding->fields |= (uint64_t)1 << f;
    }
    return holdings;
}

/* [ledgers] tasks = not_kept, and of a column members.ethnicity = not_kept */
bool holding_is_meant(const struct store *store, const struct ledger *ledger, const struct field *field) {
    const struct settings_section *section = store->settings ? settings_find(store->settings, "ledgers") : NULL;
    const char *name = ledger->schema->name;
    char column[128];
    if (strcmp(settings_get(section, name, ""), NOT_KEPT) == 0)
        return false;
    snprintf(column, sizeof column, "%s.%s", name, field ? field->name : "");
    return strcmp(settings_get(section, column, ""), NOT_KEPT) != 0;
}

/* The first year that stands in a column of whole numbers. */
static struct date earliest_year(const struct ledger *ledger, const struct column *column) {
    int64_t least = INT64_MAX;
    for (uint32_t row = 0; row < ledger->row_count; row++) {
        const struct value value = column_value(column, column->codes[row]);
        least = value.kind == VALUE_INTEGER && value.number < least ? value.number : least;
    }
    return least > 0 && least < INT16_MAX ? (struct date){.year = (int16_t)least, .month = 1, .day = 1}
                                          : (struct date){0};
}

/* 1 January of the year of the column's first date. */
struct date holding_since_year(const struct store *store, const struct ledger *ledger, const struct field *field) {
    struct table *table = &store->tables[ledger - store->ledgers->ledgers];
    struct table_column *column = &table->columns[field - ledger->schema->fields];
    if (field->type != FIELD_DATE)
        return earliest_year(ledger, column->column);
    table_days_only(column);
    const bool any = column->most && column->least <= column->most;
    const struct value least = any ? column_value(column->column, column->least) : value_none();
    return least.kind == VALUE_DATE ? (struct date){.year = least.date.year, .month = 1, .day = 1} : (struct date){0};
}

bool store_since(const struct store *store, const struct ledger *ledger, struct date *since) {
    const struct settings_section *section = store->settings ? settings_find(store->settings, "since") : NULL;
    const char *typed = settings_get(section, ledger->schema->name, "");
    if (!date_parse_iso(typed, since) && date_parse(typed, strlen(typed), since) != DATE_OK)
        return false;
    *since = date_first(*since);
    return true;
}
