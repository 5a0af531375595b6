/* ledger.c - rows as columns, and their keys. */
#include "ledger/ledger.h"

#include "base/crew.h"
#include "base/text.h"
#include "ledger/identity.h"

#include <malloc.h>
#include <stdlib.h>
#include <string.h>

enum { INTAKE_ROWS = 2048, HELPERS = 7, LARGE_BLOCK = 1 << 20 };

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
        ledger->firsts = ARENA_ARRAY(arena, uint32_t *, ledger->schema->derivation_count + 1);
        ledger->sets = ARENA_ARRAY(arena, struct row_set, ledger->schema->unique_count);
        for (size_t f = 0; f < ledger->schema->field_count; f++)
            column_open(&ledger->columns[f], ledger->schema->file, &ledger->schema->fields[f], diagnostics);
        for (size_t u = 0; u < ledger->schema->unique_count; u++)
            set_open(&ledger->sets[u], ledger->schema, &ledger->schema->uniques[u]);
    }
    return ledgers;
}

struct crew *ledgers_crew(struct ledgers *ledgers) {
    if (!ledgers->crew)
        ledgers->crew = crew_new(ledgers->helpers);
    return ledgers->crew;
}

void ledgers_free(struct ledgers *ledgers) {
    if (ledgers)
        crew_free(ledgers->crew);
    for (size_t i = 0; ledgers && i < ledgers->count; i++) {
        struct ledger *ledger = &ledgers->ledgers[i];
        for (size_t f = 0; f < ledger->schema->field_count; f++)
            column_free(&ledger->columns[f]);
        for (size_t u = 0; u < ledger->schema->unique_count; u++)
            free(ledger->sets[u].slots);
        free(ledger->origins);
        for (size_t d = 0; d < ledger->schema->derivation_count; d++)
            free(ledger->firsts[d]);
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
    if (set->direct && rebuild)
        highest = column_code_limit(&ledger->columns[set->unique->fields[0]]);
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
        uint32_t *slot = tuple_hash(set->unique, own) ? set_slot(ledger, set, own) : NULL;
        if (!slot || *slot || (rebuild && ledger->rejected[row]))
            continue;
        *slot = row + 1;
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
        if (!slots[u] || !*slots[u])
            continue;
        *repeated = set->unique;
        *row = *slots[u] - 1;
        if (!identity_may_copy(ledger, from, *row))
            return false;
        slots[u] = NULL; /* the first keeps the key, until ledgers_unite() knows */
        ledger->repeated = true;
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

const char *reject_place(struct arena *arena, const struct ledgers *ledgers, const struct reject *reject) {
    const struct ledger_source *source = &ledgers->sources[reject->origin.source];
    return arena_printf(arena, "%s%s%s%s:%u", source->file, source->sheet ? "[" : "",
                        source->sheet ? source->sheet : "", source->sheet ? "]" : "", reject->origin.row);
}

/* ---- Corrected rows --------------------------------------------------------------------------------------------- */

struct correction *ledgers_add_correction(struct ledgers *ledgers, const struct ledger *ledger, struct origin origin,
                                          const char *place) {
    ledgers->corrections = arena_grow(ledgers->arena, ledgers->corrections, &ledgers->correction_capacity,
                                      ledgers->correction_count + 1, sizeof *ledgers->corrections);
    struct correction *correction = &ledgers->corrections[ledgers->correction_count++];
    *correction = (struct correction){.origin = origin, .place = arena_text(ledgers->arena, place)};
    correction->cells = ARENA_ARRAY(ledgers->arena, const char *, ledger->schema->field_count);
    return correction;
}

static bool is_faulty(const struct reject *reject, size_t field) {
    for (size_t i = 0; i < reject->fault_count; i++)
        if (reject->faults[i].field == (int)field)
            return true;
    return false;
}

/* Whether most of what was not wrong is as it was: another row may stand there by now. Dates and decimals come back in
 * another spelling. */
static bool same_row(const struct ledgers *ledgers, const struct correction *correction, const struct reject *reject) {
    const struct schema *schema = reject->ledger->schema;
    size_t same = 0, other = 0;
    if (ledgers->sources[correction->origin.source].ledger != reject->ledger)
        return false;
    for (size_t f = 0; f < schema->field_count; f++) {
        const enum field_type type = schema->fields[f].type;
        if (type == FIELD_DATE || type == FIELD_DECIMAL || !*reject->cells[f] || is_faulty(reject, f))
            continue;
        const bool equal = strcmp(reject->cells[f], correction->cells[f]) == 0;
        same += equal;
        other += !equal;
    }
    return same > other;
}

/* The row that came back is accepted, or was corrected in its turn. */
static bool stands(const struct ledgers *ledgers, const struct map *rejects, struct arena *scratch,
                   struct origin origin) {
    const struct reject own = {.origin = origin};
    const uint32_t at = map_get_text(rejects, reject_place(scratch, ledgers, &own));
    return at == MAP_NONE || ledgers->rejects[at].corrected;
}

void ledgers_count_corrected(struct ledgers *ledgers) {
    struct arena *scratch = arena_new();
    struct map rejects = {0}; /* by where they stood */
    bool found = ledgers->correction_count > 0, fresh;
    for (size_t i = 0; i < ledgers->reject_count && found; i++) {
        const char *place = reject_place(scratch, ledgers, &ledgers->rejects[i]);
        map_put(&rejects, place, strlen(place), (uint32_t)i, &fresh);
    }
    while (found) {
        found = false;
        for (size_t i = 0; i < ledgers->correction_count; i++) {
            const struct correction *correction = &ledgers->corrections[i];
            const uint32_t at = map_get_text(&rejects, correction->place);
            if (at == MAP_NONE || ledgers->rejects[at].corrected ||
                !same_row(ledgers, correction, &ledgers->rejects[at]) ||
                !stands(ledgers, &rejects, scratch, correction->origin))
                continue;
            ledgers->rejects[at].corrected = found = true;
            ledgers->sources[ledgers->rejects[at].origin.source].corrected++;
        }
    }
    map_free(&rejects);
    arena_free(scratch);
}

/* The labels of a list's codes, parted by "; ". */
static const char *labels_typed(struct arena *arena, const struct vocabulary *vocabulary, const char *codes) {
    const char *labels = "";
    char **parts;
    const size_t count = text_split(arena, codes, ';', &parts);
    for (size_t i = 0; i < count; i++) {
        const int entry = vocabulary_code(vocabulary, parts[i]);
        labels = arena_printf(arena, "%s%s%s", labels, i ? "; " : "",
                              entry < 0 ? parts[i] : vocabulary->entries[entry].label);
    }
    return labels;
}

/* What was typed is gone by now: the cells are the values as the office would type them. */
const char *ledger_typed(struct arena *arena, const struct column *column, uint32_t code) {
    static const struct format day = {.kind = FORMAT_DATE, .pattern = "dd/mm/yyyy"};
    if (column->field->type == FIELD_BOOLEAN)
        return code == 2 ? "x" : "";
    if (column->field->type == FIELD_ENUM)
        return code ? column->field->vocabulary->entries[code - 1].label : "";
    struct value value = column_value(column, code);
    if (column->field->type == FIELD_LIST && column->field->vocabulary && code)
        return labels_typed(arena, column->field->vocabulary, value.text);
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
        reject->cells[f] = ledger_typed(ledgers->arena, &ledger->columns[f], ledger->columns[f].codes[row]);
    reject_add_fault(ledgers, reject, field, message);
}

/* What a unique's fields are called, and what stands in them, joined by " + ". */
static const char *unique_words(struct arena *arena, const struct ledger *ledger, const struct unique *unique,
                                uint32_t row, bool labels) {
    const char *words = "";
    for (size_t i = 0; i < unique->count; i++) {
        const struct column *column = &ledger->columns[unique->fields[i]];
        const char *word = labels ? column->field->label : value_plain(arena, column_value(column, column->codes[row]));
        words = arena_printf(arena, "%s%s%s", words, i ? " + " : "", word);
    }
    return words;
}

const char *ledger_say_repeated(struct ledgers *ledgers, const struct ledger *ledger, const struct place *place,
                                const struct unique *unique, uint32_t row, uint32_t earlier) {
    struct arena *scratch = arena_new();
    const struct place other = ledger_place(ledgers, ledger, earlier, -1);
    const char *const words[] = {unique_words(scratch, ledger, unique, row, true),
                                 unique_words(scratch, ledger, unique, row, false),
                                 arena_printf(scratch, "%s:%u", other.file, other.row), NULL};
    const bool key = unique == &ledger->schema->uniques[0];
    const char *message =
        diagnose_words(ledgers->diagnostics, key ? DIAGNOSTIC_KEY_REPEATED : DIAGNOSTIC_UNIQUE_REPEATED, place, words);
    arena_free(scratch);
    return message;
}

void ledger_reject_repeated(struct ledgers *ledgers, struct ledger *ledger) {
    uint32_t codes[SCHEMA_FIELDS];
    /* References were resolved since, and so got other codes. */
    for (size_t u = 0; ledger->repeated && u < ledger->schema->unique_count; u++)
        set_room(ledger, &ledger->sets[u], NULL, true);
    for (uint32_t row = 0; ledger->repeated && row < ledger->row_count; row++)
        for (size_t u = 0; u < ledger->schema->unique_count && !ledger->rejected[row]; u++) {
            const struct unique *unique = &ledger->schema->uniques[u];
            for (size_t i = 0; i < unique->count; i++)
                codes[unique->fields[i]] = ledger->columns[unique->fields[i]].codes[row];
            const uint32_t slot = tuple_hash(unique, codes) ? *set_slot(ledger, &ledger->sets[u], codes) : row + 1;
            if (slot == row + 1)
                continue;
            const int field = (int)unique->fields[0];
            const struct place place = ledger_place(ledgers, ledger, row, field);
            ledger_reject(ledgers, ledger, row, field,
                          ledger_say_repeated(ledgers, ledger, &place, unique, row, slot - 1));
        }
    ledger->repeated = false;
}

void ledger_drop_copy(struct ledgers *ledgers, struct ledger *ledger, uint32_t row) {
    struct ledger_source *source = &ledgers->sources[ledger->origins[row].source];
    ledger->rejected[row] = 1;
    ledger->incomplete = true;
    source->accepted--;
    source->skipped++;
    source->skips[SKIP_COPY]++;
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
    ledger->moves++;
    if (ledger->rejected)
        memset(ledger->rejected, 0, ledger->capacity);
    for (size_t u = 0; u < ledger->schema->unique_count; u++)
        if (ledger->sets[u].slot_count)
            set_room(ledger, &ledger->sets[u], NULL, true);
}
