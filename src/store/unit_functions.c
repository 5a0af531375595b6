/* unit_functions.c - what SQL can ask about the tree of units.
 *
 *   unit_id()  unit_name(id)  unit_kind(id)  unit_lives(id)  unit_standing(id)  unit_heir(id)
 *   unit_is(id, 'KIND;group')  unit_above(id, 'KIND;group')  unit_under(id)
 *   unit_steps(id, above)  sum_topmost(id, value)
 *
 * The tree is that of the last day of the data (units.h): unit_standing() is the unit that another counts at then, and
 * all that goes up the tree goes up from there. A blank id is the whole's, for unit_steps() and sum_topmost(). */
#include "store/tables.h"

#include <stdlib.h>
#include <string.h>

static struct store *store_of(sqlite3_context *context) {
    return sqlite3_user_data(context);
}

static const char *text_of(sqlite3_value *value) {
    const char *text = (const char *)sqlite3_value_text(value);
    return text ? text : "";
}

static uint32_t unit_row(sqlite3_context *context, sqlite3_value *value) {
    const struct store *store = store_of(context);
    const char *id = text_of(value);
    return store->units.ledger && *id ? ledger_row(store->units.ledger, id, strlen(id)) : NO_ROW;
}

/* The same, but the root for a blank. */
static uint32_t unit_or_root(sqlite3_context *context, sqlite3_value *value) {
    return *text_of(value) ? unit_row(context, value) : store_of(context)->units.root;
}

static void answer_unit(sqlite3_context *context, uint32_t row, const char *(*what)(const struct units *, uint32_t)) {
    if (row != NO_ROW)
        sqlite3_result_text(context, what(&store_of(context)->units, row), -1, SQLITE_STATIC);
}

static uint32_t scope_unit(const struct store *store) {
    return store->unit == NO_ROW ? store->units.root : store->unit;
}

static void unit_id(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count, (void)values;
    answer_unit(context, scope_unit(store_of(context)), units_id);
}

static void unit_name(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    answer_unit(context, unit_row(context, values[0]), units_name);
}

static void unit_kind(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    answer_unit(context, unit_row(context, values[0]), units_kind);
}

static void unit_lives(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const uint32_t row = unit_row(context, values[0]);
    if (row != NO_ROW)
        sqlite3_result_int(context, units_lives(&store_of(context)->units, row));
}

static void unit_standing(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const uint32_t row = unit_row(context, values[0]);
    answer_unit(context, row == NO_ROW ? row : store_of(context)->units.stands[row], units_id);
}

/* Under what name a unit's own row is listed: its own, also before it is founded, but once it has ended where it
 * stands. */
static void unit_heir(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const struct units *units = &store_of(context)->units;
    const uint32_t row = unit_row(context, values[0]);
    answer_unit(context, row != NO_ROW && units_ended(units, row) ? units->stands[row] : row, units_id);
}

static void unit_is(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const uint32_t row = unit_row(context, values[0]);
    if (row != NO_ROW)
        sqlite3_result_int(context, units_is(&store_of(context)->units, row, text_of(values[1])));
}

static void unit_above(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    answer_unit(context, units_above(&store_of(context)->units, unit_row(context, values[0]), text_of(values[1])),
                units_id);
}

static void unit_under(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const struct store *store = store_of(context);
    answer_unit(context, units_under(&store->units, unit_row(context, values[0]), scope_unit(store)), units_id);
}

static void unit_steps(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const uint32_t row = unit_or_root(context, values[0]), above = unit_or_root(context, values[1]);
    const int steps = row == NO_ROW || above == NO_ROW ? -1 : units_steps(&store_of(context)->units, row, above);
    if (steps >= 0)
        sqlite3_result_int(context, steps);
}

/* ---- The sum of what is not in another's -------------------------------------------------------------------------
 *
 * A plan that is given to a commune and again to its cells is one plan. Of the units that have a value those count
 * above which none has one; of a unit that another was merged into, both. A unit counts once. */

struct part {
    uint32_t unit, stand; /* the unit that has a value, and where it stands */
    uint32_t position;    /* of that */
    size_t at;            /* in the order in which they came */
    double value;
};

struct topmost {
    struct part *parts;
    size_t count, capacity;
};

static void sum_step(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const struct units *units = &store_of(context)->units;
    struct topmost *sum = sqlite3_aggregate_context(context, sizeof *sum);
    const uint32_t unit = unit_or_root(context, values[0]);
    if (!sum || unit == NO_ROW || sqlite3_value_type(values[1]) == SQLITE_NULL)
        return;
    if (sum->count == sum->capacity) {
        sum->capacity = sum->capacity ? sum->capacity * 2 : 64;
        sum->parts = memory_resize(sum->parts, sum->capacity * sizeof *sum->parts);
    }
    const uint32_t stand = units->stands[unit];
    sum->parts[sum->count] = (struct part){.unit = unit,
                                           .stand = stand,
                                           .position = units->first[stand],
                                           .at = sum->count,
                                           .value = sqlite3_value_double(values[1])};
    sum->count++;
}

static int compare_parts(const void *left, const void *right) {
    const struct part *a = left, *b = right;
    if (a->position != b->position)
        return a->position < b->position ? -1 : 1;
    return a->at < b->at ? -1 : a->at > b->at;
}

/* Whether another part of the same stand is the same unit, earlier, or was above it. */
static bool is_in_another(const struct units *units, const struct part *parts, size_t count, const struct part *part) {
    for (size_t i = 0; i < count; i++) {
        if (parts[i].unit == part->unit && parts[i].at < part->at)
            return true;
        for (uint32_t above = units->above[part->unit]; above != NO_ROW; above = units->above[above])
            if (above == parts[i].unit)
                return true;
    }
    return false;
}

static void sum_final(sqlite3_context *context) {
    const struct units *units = &store_of(context)->units;
    struct topmost *sum = sqlite3_aggregate_context(context, 0);
    double total = 0;
    uint32_t covered = 0;
    if (!sum || !sum->count)
        return;
    qsort(sum->parts, sum->count, sizeof *sum->parts, compare_parts);
    for (size_t first = 0, end; first < sum->count; first = end) {
        const struct part *parts = &sum->parts[first];
        for (end = first + 1; end < sum->count && sum->parts[end].position == parts->position;)
            end++;
        if (parts->position <= covered)
            continue;
        covered = units->last[parts->stand];
        for (size_t i = 0; i < end - first; i++)
            total += is_in_another(units, parts, end - first, &parts[i]) ? 0 : parts[i].value;
    }
    free(sum->parts);
    if (total == (double)(sqlite3_int64)total)
        sqlite3_result_int64(context, (sqlite3_int64)total);
    else
        sqlite3_result_double(context, total);
}

bool unit_functions_register(struct store *store) {
    static const struct {
        const char *name;
        int count;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"unit_id", 0, unit_id},       {"unit_name", 1, unit_name},         {"unit_kind", 1, unit_kind},
        {"unit_lives", 1, unit_lives}, {"unit_standing", 1, unit_standing}, {"unit_is", 2, unit_is},
        {"unit_above", 2, unit_above}, {"unit_under", 1, unit_under},       {"unit_steps", 2, unit_steps},
        {"unit_heir", 1, unit_heir},
    };
    const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC;
    bool good = sqlite3_create_function_v2(store->database, "sum_topmost", 2, flags, store, NULL, sum_step, sum_final,
                                           NULL) == SQLITE_OK;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        good = good && sqlite3_create_function_v2(store->database, functions[i].name, functions[i].count, flags, store,
                                                  functions[i].call, NULL, NULL, NULL) == SQLITE_OK;
    return good;
}
