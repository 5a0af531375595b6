/* units.c - the tree of units, flattened. */
#include "store/units.h"

#include <string.h>

/* Children in the order of the ledger, visited with an explicit stack: depth is the data's to decide. */
static void number_units(struct units *units, struct arena *arena) {
    uint32_t count = units->count;
    uint32_t *child = ARENA_ARRAY(arena, uint32_t, count + 1), *sibling = ARENA_ARRAY(arena, uint32_t, count + 1);
    uint32_t *stack = ARENA_ARRAY(arena, uint32_t, count + 1), depth = 0, position = 0;
    for (uint32_t row = 0; row <= count; row++)
        child[row] = sibling[row] = NO_ROW;
    for (uint32_t row = count; row-- > 0;) {
        uint32_t parent = units->parents[row] == NO_ROW ? count : units->parents[row];
        sibling[row] = child[parent];
        child[parent] = row;
    }
    for (uint32_t at = child[count]; at != NO_ROW || depth;) {
        if (at == NO_ROW) {
            uint32_t done = stack[--depth];
            units->last[done] = position;
            at = sibling[done];
            continue;
        }
        units->first[at] = ++position;
        units->rows[position] = at;
        stack[depth++] = at;
        at = child[at];
    }
}

void units_build(struct units *units, struct arena *arena, const struct ledgers *ledgers) {
    *units = (struct units){.root = NO_ROW};
    for (size_t i = 0; i < ledgers->count && !units->ledger; i++)
        if (ledgers->ledgers[i].schema->tree >= 0)
            units->ledger = &ledgers->ledgers[i];
    uint32_t count = units->ledger ? units->ledger->row_count : 0, roots = 0;
    units->count = count;
    units->first = ARENA_ARRAY(arena, uint32_t, count + 1);
    units->last = ARENA_ARRAY(arena, uint32_t, count + 1);
    units->rows = ARENA_ARRAY(arena, uint32_t, count + 1);
    units->parents = ARENA_ARRAY(arena, uint32_t, count + 1);
    units->rows[0] = NO_ROW;
    for (uint32_t row = 0; row < count; row++) {
        const struct column *column = &units->ledger->columns[units->ledger->schema->tree];
        units->parents[row] = column->codes[row] ? column->targets[column->codes[row]] : NO_ROW;
        if (units->parents[row] == NO_ROW) {
            roots++;
            units->root = row;
        }
    }
    if (roots != 1)
        units->root = NO_ROW;
    number_units(units, arena);
}

uint32_t units_position(const struct units *units, const struct ledger *ledger, uint32_t row) {
    if (ledger == units->ledger)
        return units->first[row];
    uint32_t unit = NO_ROW;
    if (ledger->schema->unit >= 0) {
        const struct column *column = &ledger->columns[ledger->schema->unit];
        uint32_t code = column->codes[row];
        unit = code && code < column->target_count ? column->targets[code] : NO_ROW;
    }
    if (unit == NO_ROW)
        unit = units->root;
    return unit == NO_ROW ? 0 : units->first[unit];
}

static const char *unit_text(const struct units *units, uint32_t row, size_t field) {
    const struct column *column = &units->ledger->columns[field];
    struct value value = column_value(column, column->codes[row]);
    return value.kind == VALUE_TEXT ? value.text : "";
}

const char *units_id(const struct units *units, uint32_t row) {
    return unit_text(units, row, units->ledger->schema->uniques[0].fields[0]);
}

const char *units_name(const struct units *units, uint32_t row) {
    int title = units->ledger->schema->title;
    return title < 0 ? units_id(units, row) : unit_text(units, row, (size_t)title);
}

const char *units_kind(const struct units *units, uint32_t row) {
    int kind = units->ledger->schema->kind;
    return kind < 0 ? "" : unit_text(units, row, (size_t)kind);
}

static bool list_has(const char *list, const char *item) {
    size_t length = strlen(item);
    while (*list) {
        size_t part = strcspn(list, ";");
        if (part == length && memcmp(list, item, length) == 0)
            return true;
        list += part + (list[part] == ';');
    }
    return false;
}

uint32_t units_above(const struct units *units, uint32_t row, const char *kinds) {
    while (row != NO_ROW && !list_has(kinds, units_kind(units, row)))
        row = units->parents[row];
    return row;
}

uint32_t units_under(const struct units *units, uint32_t row, uint32_t above) {
    if (row == above)
        return row;
    if (row != NO_ROW && above != NO_ROW &&
        (units->first[row] < units->first[above] || units->first[row] > units->last[above]))
        return NO_ROW;
    while (row != NO_ROW && units->parents[row] != above)
        row = units->parents[row];
    return row;
}
