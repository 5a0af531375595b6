/* ledger.c - rows as columns, their keys, and the references between ledgers. */
#include "ledger/ledger.h"

#include "base/text.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

enum { INTAKE_ROWS = 512, HELPERS = 7, LARGE_BLOCK = 1 << 20 };

static void set_open(struct row_set *set, const struct schema *schema, const struct unique *unique) {
    set->unique = unique;
    set->direct = unique->count == 1 && schema->fields[unique->fields[0]].type != FIELD_DATE;
}

struct ledgers *ledgers_open(struct arena *arena, struct diagnostics *diagnostics, const struct schemas *schemas) {
    mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK); /* columns then grow by moving pages, not by copying them between holes */
    struct ledgers *ledgers = ARENA_NEW(arena, struct ledgers);
    *ledgers = (struct ledgers){.arena = arena,
                                .diagnostics = diagnostics,
                                .schemas = schemas,
                                .count = schemas->count,
                                .intake_rows = INTAKE_ROWS,
                                .helpers = HELPERS};
    ledgers->ledgers = ARENA_ARRAY(arena, struct ledger, schemas->count);
    for (size_t i = 0; i < schemas->count; i++) {
        struct ledger *ledger = &ledgers->ledgers[i];
        ledger->schema = &schemas->schemas[i];
        ledger->columns = ARENA_ARRAY(arena, struct column, ledger->schema->field_count);
        ledger->sets = ARENA_ARRAY(arena, struct row_set, ledger->schema->unique_count);
        for (size_t f = 0; f < ledger->schema->field_count; f++)
            column_open(&ledger->columns[f], ledger->schema->file, &ledger->schema->fields[f], diagnostics);
        for (size_t u = 0; u < ledger->schema->unique_count; u++)
            set_open(&ledger->sets[u], ledger->schema, &ledger->schema->uniques[u]);
    }
    return ledgers;
}

void ledgers_free(struct ledgers *ledgers) {
    for (size_t i = 0; ledgers && i < ledgers->count; i++) {
        struct ledger *ledger = &ledgers->ledgers[i];
        for (size_t f = 0; f < ledger->schema->field_count; f++)
            column_free(&ledger->columns[f]);
        for (size_t u = 0; u < ledger->schema->unique_count; u++)
            free(ledger->sets[u].slots);
        free(ledger->origins);
        free(ledger->rejected);
    }
}

struct ledger *ledgers_find(const struct ledgers *ledgers, const char *name) {
    for (size_t i = 0; i < ledgers->count; i++)
        if (strcmp(ledgers->ledgers[i].schema->name, name) == 0)
            return &ledgers->ledgers[i];
    return NULL;
}

struct place ledger_place(const struct ledgers *ledgers, const struct ledger *ledger, uint32_t row, int field) {
    struct origin origin = ledger->origins[row];
    const struct ledger_source *source = &ledgers->sources[origin.source];
    unsigned column = field >= 0 && source->columns ? source->columns[field] : 0;
    return (struct place){.file = source->file, .sheet = source->sheet, .row = origin.row, .column = column};
}

/* ---- Keys ------------------------------------------------------------------------------------------------------- */

/* The codes of a unique's fields, hashed; 0 when one is blank, since a blank repeats nothing. */
static uint64_t tuple_hash(const struct unique *unique, const uint32_t *codes) {
    uint64_t hash = 0x9e3779b97f4a7c15u;
    for (size_t i = 0; i < unique->count; i++) {
        if (!codes[unique->fields[i]])
            return 0;
        hash = (hash ^ codes[unique->fields[i]]) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    return hash | 1;
}

static bool tuple_equal(const struct ledger *ledger, const struct unique *unique, uint32_t row, const uint32_t *codes) {
    for (size_t i = 0; i < unique->count; i++)
        if (ledger->columns[unique->fields[i]].codes[row] != codes[unique->fields[i]])
            return false;
    return true;
}

static uint32_t *set_slot(const struct ledger *ledger, const struct row_set *set, const uint32_t *codes) {
    if (set->direct)
        return &set->slots[codes[set->unique->fields[0]]];
    uint32_t mask = set->slot_count - 1;
    for (uint32_t at = (uint32_t)tuple_hash(set->unique, codes) & mask;; at = (at + 1) & mask) {
        uint32_t *slot = &set->slots[at];
        if (!*slot || tuple_equal(ledger, set->unique, *slot - 1, codes))
            return slot;
    }
}

/* Makes room for the rows there are and one more; a rebuild leaves out rows that have gone. */
static void set_room(const struct ledger *ledger, struct row_set *set, const uint32_t *codes, bool rebuild) {
    uint32_t wanted = set->slot_count, highest = codes ? codes[set->unique->fields[0]] : 0;
    while (set->direct ? wanted <= highest : (uint64_t)(set->used + 1) * 3 >= (uint64_t)wanted * 2)
        wanted = wanted ? wanted * 2 : 256;
    if (wanted == set->slot_count && !rebuild)
        return;
    uint32_t kept = set->direct && !rebuild ? set->slot_count : 0;
    set->slots = memory_resize(set->slots, wanted * sizeof *set->slots);
    memset(set->slots + kept, 0, (wanted - kept) * sizeof *set->slots);
    set->slot_count = wanted;
    if (kept)
        return;
    set->used = 0;
    for (uint32_t row = 0; row < ledger->row_count; row++) {
        uint32_t own[SCHEMA_FIELDS];
        for (size_t i = 0; i < set->unique->count; i++)
            own[set->unique->fields[i]] = ledger->columns[set->unique->fields[i]].codes[row];
        if (!tuple_hash(set->unique, own))
            continue;
        *set_slot(ledger, set, own) = row + 1;
        set->used++;
    }
}

void ledger_reserve(struct ledger *ledger, size_t count) {
    if (ledger->capacity - ledger->row_count >= count)
        return;
    while (ledger->capacity - ledger->row_count < count)
        ledger->capacity = ledger->capacity ? ledger->capacity * 2 : 256;
    for (size_t f = 0; f < ledger->schema->field_count; f++) {
        struct column *column = &ledger->columns[f];
        column->codes = memory_resize(column->codes, ledger->capacity * sizeof *column->codes);
    }
    ledger->origins = memory_resize(ledger->origins, ledger->capacity * sizeof *ledger->origins);
    ledger->rejected = memory_resize(ledger->rejected, ledger->capacity);
}

bool ledger_take(struct ledger *ledger, uint32_t from, struct origin origin, const struct unique **repeated,
                 uint32_t *row) {
    uint32_t *slots[SCHEMA_FIELDS], codes[SCHEMA_FIELDS];
    const size_t unique_count = ledger->schema->unique_count;
    for (size_t u = 0; u < unique_count; u++) {
        struct row_set *set = &ledger->sets[u];
        for (size_t i = 0; i < set->unique->count; i++)
            codes[set->unique->fields[i]] = ledger->columns[set->unique->fields[i]].codes[from];
        set_room(ledger, set, codes, false);
        slots[u] = tuple_hash(set->unique, codes) ? set_slot(ledger, set, codes) : NULL;
        if (slots[u] && *slots[u]) {
            *repeated = set->unique;
            *row = *slots[u] - 1;
            return false;
        }
    }
    uint32_t fresh = ledger->row_count++;
    for (size_t f = 0; fresh != from && f < ledger->schema->field_count; f++)
        ledger->columns[f].codes[fresh] = ledger->columns[f].codes[from];
    ledger->origins[fresh] = origin;
    ledger->rejected[fresh] = 0;
    for (size_t u = 0; u < unique_count; u++)
        if (slots[u]) {
            *slots[u] = fresh + 1;
            ledger->sets[u].used++;
        }
    return true;
}

uint32_t ledger_row(const struct ledger *ledger, const char *key, size_t length) {
    const struct row_set *set = &ledger->sets[0];
    uint32_t codes[SCHEMA_FIELDS];
    if (set->unique->count != 1 || !set->slot_count)
        return NO_ROW;
    size_t field = set->unique->fields[0];
    codes[field] = column_find(&ledger->columns[field], key, length);
    if (!codes[field] || (set->direct && codes[field] >= set->slot_count))
        return NO_ROW;
    uint32_t slot = *set_slot(ledger, set, codes);
    return slot && !ledger->rejected[slot - 1] ? slot - 1 : NO_ROW;
}

/* ---- Rejection -------------------------------------------------------------------------------------------------- */

struct reject *ledgers_keep_reject(struct ledgers *ledgers, const struct ledger *ledger, struct origin origin) {
    if (ledgers->reject_count >= REJECTS_KEPT)
        return NULL;
    ledgers->rejects = arena_grow(ledgers->arena, ledgers->rejects, &ledgers->reject_capacity,
                                  ledgers->reject_count + 1, sizeof *ledgers->rejects);
    struct reject *reject = &ledgers->rejects[ledgers->reject_count++];
    *reject = (struct reject){.ledger = ledger, .origin = origin};
    reject->cells = ARENA_ARRAY(ledgers->arena, const char *, ledger->schema->field_count);
    for (size_t f = 0; f < ledger->schema->field_count; f++)
        reject->cells[f] = "";
    return reject;
}

void reject_add_fault(struct ledgers *ledgers, struct reject *reject, int field, const char *message) {
    reject->faults = arena_grow(ledgers->arena, reject->faults, &reject->fault_capacity, reject->fault_count + 1,
                                sizeof *reject->faults);
    reject->faults[reject->fault_count++] = (struct reject_fault){.field = field, .message = message ? message : ""};
}

/* What was typed is gone by now: the cells are the values as the office would type them. */
static const char *value_typed(struct arena *arena, const struct column *column, uint32_t code) {
    static const struct format day = {.kind = FORMAT_DATE, .pattern = "dd/mm/yyyy"};
    if (column->field->type == FIELD_BOOLEAN)
        return code == 2 ? "x" : "";
    if (column->field->type == FIELD_ENUM)
        return code ? column->field->vocabulary->entries[code - 1].label : "";
    struct value value = column_value(column, code);
    return value.kind == VALUE_DATE ? value_string(arena, value, &day) : arena_text(arena, value_plain(arena, value));
}

void ledger_reject(struct ledgers *ledgers, struct ledger *ledger, uint32_t row, int field, const char *message) {
    if (ledger->rejected[row])
        return;
    struct ledger_source *source = &ledgers->sources[ledger->origins[row].source];
    ledger->rejected[row] = 1;
    ledger->incomplete = true;
    source->accepted--;
    source->rejected++;
    struct reject *reject = ledgers_keep_reject(ledgers, ledger, ledger->origins[row]);
    if (!reject)
        return;
    for (size_t f = 0; f < ledger->schema->field_count; f++)
        reject->cells[f] = value_typed(ledgers->arena, &ledger->columns[f], ledger->columns[f].codes[row]);
    reject_add_fault(ledgers, reject, field, message);
}

void ledger_compact(struct ledger *ledger) {
    if (!ledger->incomplete)
        return;
    uint32_t kept = 0;
    for (uint32_t row = 0; row < ledger->row_count; row++) {
        if (ledger->rejected[row])
            continue;
        for (size_t f = 0; f < ledger->schema->field_count; f++)
            ledger->columns[f].codes[kept] = ledger->columns[f].codes[row];
        ledger->origins[kept] = ledger->origins[row];
        kept++;
    }
    ledger->row_count = kept;
    ledger->incomplete = false;
    if (ledger->rejected)
        memset(ledger->rejected, 0, ledger->capacity);
    for (size_t u = 0; u < ledger->schema->unique_count; u++)
        if (ledger->sets[u].slot_count)
            set_room(ledger, &ledger->sets[u], NULL, true);
}

/* ---- References ------------------------------------------------------------------------------------------------- */

/* Folded texts of the alternative column to rows; two rows of one text make it useless as a name. */
static void index_names(struct arena *scratch, const struct ledger *target, int field, struct map *names) {
    const struct column *column = &target->columns[field];
    for (uint32_t row = 0; row < target->row_count; row++) {
        if (target->rejected[row] || !column->codes[row])
            continue;
        bool fresh;
        const char *key = text_stripped(scratch, dictionary_text(&column->dictionary, column->codes[row]));
        struct map_entry *entry = map_put(names, key, strlen(key), row, &fresh);
        if (!fresh)
            entry->value = NO_ROW;
    }
}

/* By code: the row referred to. A name found through the alternative column is replaced by the key it stands for. */
static void resolve_codes(const struct ledgers *ledgers, struct ledger *ledger, struct column *column) {
    const struct ledger *target = ledgers_find(ledgers, column->field->reference_ledger);
    int other = column->field->alternative ? schema_field(target->schema, column->field->alternative) : -1;
    const struct column *keys = &target->columns[target->schema->uniques[0].fields[0]];
    struct arena *scratch = arena_new();
    struct map names = {0};
    uint32_t limit = column->dictionary.count;
    uint32_t *renamed = ARENA_ARRAY(scratch, uint32_t, limit + 1);
    bool any = false;
    for (uint32_t code = 1; code <= limit; code++) {
        const char *text = dictionary_text(&column->dictionary, code);
        renamed[code] = code;
        if (ledger_row(target, text, strlen(text)) != NO_ROW || other < 0)
            continue;
        if (!names.capacity)
            index_names(scratch, target, other, &names);
        uint32_t row = map_get_text(&names, text_stripped(scratch, text));
        if (row == NO_ROW)
            continue;
        const char *key = arena_text(scratch, dictionary_text(&keys->dictionary, keys->codes[row]));
        renamed[code] = dictionary_add(&column->dictionary, key, strlen(key));
        any = true;
    }
    for (uint32_t row = 0; any && row < ledger->row_count; row++)
        if (column->codes[row] <= limit)
            column->codes[row] = renamed[column->codes[row]];
    map_free(&names);
    arena_free(scratch);
}

static void resolve_targets(const struct ledgers *ledgers, struct column *column) {
    const struct ledger *target = ledgers_find(ledgers, column->field->reference_ledger);
    column->target_count = column->dictionary.count + 1;
    column->targets = memory_resize(column->targets, column->target_count * sizeof *column->targets);
    column->targets[0] = NO_ROW;
    for (uint32_t code = 1; code < column->target_count; code++) {
        const char *text = dictionary_text(&column->dictionary, code);
        column->targets[code] = ledger_row(target, text, strlen(text));
    }
}

/* The key, or the name where names are taken, that comes nearest among the rows that are left. */
static const char *nearest_target(struct diagnostics *diagnostics, const struct ledger *target,
                                  const struct field *field, const char *text) {
    const struct column *keys = &target->columns[target->schema->uniques[0].fields[0]];
    int other = field->alternative ? schema_field(target->schema, field->alternative) : -1;
    struct arena *scratch = arena_new();
    const char **candidates = ARENA_ARRAY(scratch, const char *, (size_t)target->row_count * 2 + 1);
    size_t count = 0;
    for (uint32_t row = 0; row < target->row_count; row++) {
        if (target->rejected[row])
            continue;
        candidates[count++] = dictionary_text(&keys->dictionary, keys->codes[row]);
        if (other >= 0 && target->columns[other].codes[row])
            candidates[count++] =
                dictionary_text(&target->columns[other].dictionary, target->columns[other].codes[row]);
    }
    const char *nearest = diagnose_nearest(diagnostics, text, candidates, count);
    arena_free(scratch);
    return nearest;
}

/* A key whose row was rejected means that row all the same; what is neither key nor name is outside. */
static bool is_outside(const struct ledgers *ledgers, const struct column *column, uint32_t code) {
    const struct ledger *target = ledgers_find(ledgers, column->field->reference_ledger);
    const struct dictionary *keys = &target->columns[target->schema->uniques[0].fields[0]].dictionary;
    const char *text = dictionary_text(&column->dictionary, code);
    return column->field->outside && !dictionary_find(keys, text, strlen(text));
}

static void point_outside(struct ledgers *ledgers, const struct ledger *ledger, const struct column *column,
                          uint32_t row) {
    const struct ledger *target = ledgers_find(ledgers, column->field->reference_ledger);
    struct place place = ledger_place(ledgers, ledger, row, (int)(column - ledger->columns));
    const char *text = dictionary_text(&column->dictionary, column->codes[row]);
    bool seek = ledgers->diagnostics->printed[DIAGNOSTIC_REFERENCE_OUTSIDE] < DIAGNOSTICS_PER_FILE &&
                target->row_count <= 20000;
    diagnose(ledgers->diagnostics, REFERENCE_OUTSIDE, &place, column->field->label, text, target->schema->label,
             seek ? nearest_target(ledgers->diagnostics, target, column->field, text) : "");
}

/* One cause, said once a sheet: of thousands of keys none can be found in a ledger without rows. */
static const char *say_empty(const struct ledgers *ledgers, const struct ledger *ledger, struct column *column,
                             uint32_t row, const struct ledger *target) {
    const uint32_t source = ledger->origins[row].source + 1;
    if (column->empty_source == source)
        return column->empty_message;
    struct place place = ledger_place(ledgers, ledger, row, (int)(column - ledger->columns));
    column->empty_source = source;
    column->empty_message =
        diagnose(ledgers->diagnostics, REFERENCE_EMPTY, &place, column->field->label, target->schema->label);
    return column->empty_message;
}

static void refuse_reference(struct ledgers *ledgers, struct ledger *ledger, struct column *column, uint32_t row) {
    struct diagnostics *diagnostics = ledgers->diagnostics;
    const struct ledger *target = ledgers_find(ledgers, column->field->reference_ledger);
    if (!target->row_count) {
        ledger_reject(ledgers, ledger, row, (int)(column - ledger->columns),
                      say_empty(ledgers, ledger, column, row, target));
        return;
    }
    struct place place = ledger_place(ledgers, ledger, row, (int)(column - ledger->columns));
    const char *text = dictionary_text(&column->dictionary, column->codes[row]), *nearest = "";
    const struct dictionary *keys = &target->columns[target->schema->uniques[0].fields[0]].dictionary;
    if (dictionary_find(keys, text, strlen(text)))
        nearest = diagnose_say(diagnostics, " vì dòng có mã ấy ở sổ đó bị loại", ", where its row was rejected");
    else if (diagnostics->printed[DIAGNOSTIC_REFERENCE_UNKNOWN] < DIAGNOSTICS_PER_FILE && target->row_count <= 20000)
        nearest = nearest_target(diagnostics, target, column->field, text);
    const char *message =
        diagnose(diagnostics, REFERENCE_UNKNOWN, &place, column->field->label, text, target->schema->label, nearest);
    ledger_reject(ledgers, ledger, row, (int)(column - ledger->columns), message);
}

static bool reject_dangling(struct ledgers *ledgers, struct ledger *ledger, struct column *column) {
    bool any = false;
    resolve_targets(ledgers, column);
    for (uint32_t row = 0; row < ledger->row_count; row++) {
        if (ledger->rejected[row] || !column->codes[row] || column->targets[column->codes[row]] != NO_ROW)
            continue;
        if (!is_outside(ledgers, column, column->codes[row])) {
            refuse_reference(ledgers, ledger, column, row);
            any = true;
        } else if (!column->outside_said) {
            point_outside(ledgers, ledger, column, row);
        }
    }
    column->outside_said = true;
    return any;
}

static void refuse_cycle(struct ledgers *ledgers, struct ledger *ledger, uint32_t row) {
    const struct column *parents = &ledger->columns[ledger->schema->tree];
    uint32_t at = row;
    do {
        struct place place = ledger_place(ledgers, ledger, at, ledger->schema->tree);
        const char *message = diagnose(ledgers->diagnostics, TREE_CYCLE, &place, parents->field->label,
                                       dictionary_text(&parents->dictionary, parents->codes[at]));
        ledger_reject(ledgers, ledger, at, ledger->schema->tree, message);
        at = parents->targets[parents->codes[at]];
    } while (at != row);
}

/* Units that are above themselves. Every walk upwards marks its rows with its own number: meeting the own number closes
 * a cycle, meeting another's ends in what was seen before. Rows below a cycle lose their parent with it. */
static bool reject_cycles(struct ledgers *ledgers, struct ledger *ledger) {
    if (ledger->schema->tree < 0)
        return false;
    const struct column *parents = &ledger->columns[ledger->schema->tree];
    struct arena *scratch = arena_new();
    uint32_t *walks = ARENA_ARRAY(scratch, uint32_t, ledger->row_count + 1);
    bool any = false;
    for (uint32_t row = 0; row < ledger->row_count; row++) {
        uint32_t at = row;
        while (at != NO_ROW && !ledger->rejected[at] && !walks[at]) {
            walks[at] = row + 1;
            at = parents->codes[at] ? parents->targets[parents->codes[at]] : NO_ROW;
        }
        if (at == NO_ROW || ledger->rejected[at] || walks[at] != row + 1)
            continue;
        refuse_cycle(ledgers, ledger, at);
        any = true;
    }
    arena_free(scratch);
    return any;
}

static bool resolve_once(struct ledgers *ledgers, bool rename) {
    bool any = false;
    for (size_t i = 0; i < ledgers->count; i++) {
        struct ledger *ledger = &ledgers->ledgers[i];
        for (size_t f = 0; f < ledger->schema->field_count; f++) {
            struct column *column = &ledger->columns[f];
            if (!column->field->reference_ledger)
                continue;
            if (rename)
                resolve_codes(ledgers, ledger, column);
            any = reject_dangling(ledgers, ledger, column) || any;
        }
        any = reject_cycles(ledgers, ledger) || any;
    }
    return any;
}

void ledgers_resolve(struct ledgers *ledgers) {
    bool rename = true;
    while (resolve_once(ledgers, rename))
        rename = false;
    for (size_t i = 0; i < ledgers->count; i++)
        ledger_compact(&ledgers->ledgers[i]);
    for (size_t i = 0; i < ledgers->count; i++)
        for (size_t f = 0; f < ledgers->ledgers[i].schema->field_count; f++)
            if (ledgers->ledgers[i].columns[f].field->reference_ledger)
                resolve_targets(ledgers, &ledgers->ledgers[i].columns[f]);
}
