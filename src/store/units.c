/* units.c - the tree of units on a day, flattened. */
#include "store/units.h"

#include <string.h>

/* ---- Which unit stands where ------------------------------------------------------------------------------------ */

static uint32_t target_of(const struct units *units, int field, uint32_t row) {
    if (field < 0)
        return NO_ROW;
    const struct column *column = &units->ledger->columns[field];
    uint32_t code = column->codes[row], target = code && code < column->target_count ? column->targets[code] : NO_ROW;
    return target == row ? NO_ROW : target;
}

/* Compares a date of the ledger, taken by its last day, with a day; 0 too when it is blank. */
static int compare_day(const struct units *units, int field, uint32_t row, struct date day) {
    const uint32_t code = field < 0 || !day.year ? 0 : units->ledger->columns[field].codes[row];
    return code ? date_compare(date_last(date_unpack(code)), day) : 0;
}

static bool has_ended(const struct units *units, uint32_t row, struct date day) {
    return compare_day(units, units->ledger->schema->to, row, day) < 0;
}

static bool is_alive(const struct units *units, uint32_t row, struct date day) {
    return !has_ended(units, row, day) && compare_day(units, units->ledger->schema->from, row, day) <= 0;
}

static uint32_t living_above(const struct units *units, uint32_t row, struct date day) {
    uint32_t at = units->above[row];
    while (at != NO_ROW && units->above[at] != NO_ROW && !is_alive(units, at, day))
        at = units->above[at];
    return at;
}

/* The top stands for itself, whatever its dates. Mergers that go round in a circle lead nowhere. */
static uint32_t find_stand(const struct units *units, uint32_t row, struct date day) {
    uint32_t at = row;
    for (uint32_t step = 0; step <= units->count; step++) {
        if (units->above[at] == NO_ROW || is_alive(units, at, day))
            return at;
        uint32_t heir = has_ended(units, at, day) ? target_of(units, units->ledger->schema->merged, at) : NO_ROW;
        at = heir == NO_ROW ? units->above[at] : heir;
    }
    return living_above(units, row, day);
}

/* A unit may end up below itself when what was above it was merged into what is below: it then goes by what is written.
 * Every walk upwards marks its rows with its own number; to meet it again closes a circle. */
static bool open_circles(const struct units *units, struct arena *scratch, uint32_t *parents, struct date day) {
    uint32_t *walks = ARENA_ARRAY(scratch, uint32_t, units->count + 1);
    bool any = false;
    for (uint32_t row = 0; row < units->count; row++) {
        uint32_t at = row;
        while (at != NO_ROW && !walks[at]) {
            walks[at] = row + 1;
            at = parents[at];
        }
        if (at == NO_ROW || walks[at] != row + 1)
            continue;
        any = true;
        for (uint32_t next, from = at; parents[at] != NO_ROW; at = next) {
            next = parents[at];
            parents[at] = units->stands[at] == at ? living_above(units, at, day) : units->stands[at];
            if (next == from)
                break;
        }
    }
    return any;
}

/* ---- Flattening ------------------------------------------------------------------------------------------------- */

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

/* The only unit above which none is written is the root; below it hang those whose parent is not known. */
static void find_above(struct units *units) {
    const struct column *column = units->ledger ? &units->ledger->columns[units->ledger->schema->tree] : NULL;
    uint32_t roots = 0;
    for (uint32_t row = 0; column && row < units->count; row++) {
        units->above[row] = target_of(units, units->ledger->schema->tree, row);
        if (column->codes[row])
            continue;
        roots++;
        units->root = row;
    }
    if (roots != 1)
        units->root = NO_ROW;
    for (uint32_t row = 0; row < units->count; row++)
        if (column && units->above[row] == NO_ROW && row != units->root)
            units->above[row] = column->codes[row] ? units->root : NO_ROW;
}

bool units_ended(const struct units *units, uint32_t row) {
    return has_ended(units, row, units->day);
}

bool units_set_day(struct units *units, struct date day) {
    units->day = day;
    struct arena *scratch = arena_new();
    const size_t size = units->count * sizeof *units->parents;
    uint32_t *parents = ARENA_ARRAY(scratch, uint32_t, units->count + 1);
    uint32_t *stands = ARENA_ARRAY(scratch, uint32_t, units->count + 1);
    memcpy(stands, units->stands, size);
    for (uint32_t row = 0; row < units->count; row++)
        units->stands[row] = find_stand(units, row, day);
    for (uint32_t row = 0; row < units->count; row++) {
        const uint32_t above = units->above[row];
        parents[row] = units->stands[row] != row ? units->stands[row] : above == NO_ROW ? above : units->stands[above];
    }
    while (open_circles(units, scratch, parents, day))
        continue;
    const bool changed = memcmp(parents, units->parents, size) != 0 || memcmp(stands, units->stands, size) != 0;
    memcpy(units->parents, parents, size);
    if (changed)
        number_units(units, scratch);
    arena_free(scratch);
    return changed;
}

void units_build(struct units *units, struct arena *arena, const struct ledgers *ledgers) {
    *units = (struct units){.root = NO_ROW};
    for (size_t i = 0; i < ledgers->count && !units->ledger; i++)
        if (ledgers->ledgers[i].schema->tree >= 0)
            units->ledger = &ledgers->ledgers[i];
    uint32_t count = units->ledger ? units->ledger->row_count : 0;
    units->count = count;
    units->first = ARENA_ARRAY(arena, uint32_t, count + 1);
    units->last = ARENA_ARRAY(arena, uint32_t, count + 1);
    units->rows = ARENA_ARRAY(arena, uint32_t, count + 1);
    units->parents = ARENA_ARRAY(arena, uint32_t, count + 1);
    units->stands = ARENA_ARRAY(arena, uint32_t, count + 1);
    units->above = ARENA_ARRAY(arena, uint32_t, count + 1);
    units->rows[0] = NO_ROW;
    memset(units->stands, 0xff, count * sizeof *units->stands); /* no tree yet: the first differs from it */
    find_above(units);
    units_set_day(units, (struct date){0});
}

/* ---- Asking ----------------------------------------------------------------------------------------------------- */

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
    const int title = units->ledger->schema->title;
    const char *name = title < 0 ? "" : unit_text(units, row, (size_t)title);
    return *name ? name : units_id(units, row);
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

static bool kind_in_group(const struct units *units, uint32_t row, const char *groups) {
    const int kind = units->ledger->schema->kind;
    const struct vocabulary *kinds = kind < 0 ? NULL : units->ledger->schema->fields[kind].vocabulary;
    const uint32_t code = kinds ? units->ledger->columns[kind].codes[row] : 0;
    for (size_t g = 0; code && g < kinds->entries[code - 1].group_count; g++)
        if (list_has(groups, kinds->entries[code - 1].groups[g]))
            return true;
    return false;
}

bool units_is(const struct units *units, uint32_t row, const char *kinds) {
    if (list_has(kinds, units_kind(units, row)))
        return true;
    bool lowest = kind_in_group(units, row, kinds);
    for (uint32_t position = units->first[row] + 1; lowest && position <= units->last[row]; position++) {
        const uint32_t below = units->rows[position];
        lowest = !units_lives(units, below) || !kind_in_group(units, below, kinds);
    }
    return lowest;
}

uint32_t units_above(const struct units *units, uint32_t row, const char *kinds) {
    row = row == NO_ROW ? row : units->stands[row];
    while (row != NO_ROW && !units_is(units, row, kinds))
        row = units->parents[row];
    return row;
}

uint32_t units_under(const struct units *units, uint32_t row, uint32_t above) {
    if (row == above)
        return row;
    if (row != NO_ROW && above != NO_ROW &&
        (units->first[row] < units->first[above] || units->first[row] > units->last[above]))
        return NO_ROW;
    row = row == NO_ROW ? row : units->stands[row];
    while (row != NO_ROW && row != above && units->parents[row] != above)
        row = units->parents[row];
    return row;
}

int units_steps(const struct units *units, uint32_t row, uint32_t above) {
    int steps = 0;
    if (row == above)
        return 0;
    for (row = units->stands[row]; row != above; row = units->parents[row], steps++)
        if (units->parents[row] == NO_ROW)
            return -1;
    return steps;
}
