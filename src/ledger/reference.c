/* reference.c - what the ledgers' rows refer to: the row behind each code, rows that dangle, trees that close.
 *
 * A reference needs the code, not the row's perfection: what names a row that was rejected stays, and only what would
 * have to be looked up in that row is unknown. A unit whose parent is not there stays a unit.
 *
 * A column's codes are looked up once, in ranges that a crew shares, since keys of millions lie in no cache. The rows
 * found hold until their ledger is compacted; whether such a row was rejected meanwhile is asked where it matters. */
#include "base/crew.h"
#include "base/text.h"
#include "ledger/ledger.h"

#include <string.h>

enum { RANGE = 4096, NEAR_ROWS = 20000 };

static struct ledger *target_of(const struct ledgers *ledgers, const struct column *column) {
    return ledgers_find(ledgers, column->field->reference_ledger);
}

static const struct column *keys_of(const struct ledger *target) {
    return &target->columns[target->schema->uniques[0].fields[0]];
}

/* ---- Codes to rows ---------------------------------------------------------------------------------------------- */

struct lookup {
    const struct ledger *target;
    struct column *column;
};

static void look_up_range(void *context, size_t range) {
    const struct lookup *lookup = context;
    struct column *column = lookup->column;
    const uint32_t limit = column->dictionary.count + 1;
    for (uint32_t code = (uint32_t)range * RANGE, i = 0; i < RANGE && code < limit; i++, code++) {
        const char *text = code ? dictionary_text(&column->dictionary, code) : NULL;
        column->targets[code] = text ? ledger_row(lookup->target, text, strlen(text)) : NO_ROW;
    }
}

static void find_targets(struct crew *crew, const struct ledger *target, struct column *column) {
    const uint32_t limit = column->dictionary.count + 1;
    if (column->target_count == limit && column->target_moves == target->moves)
        return;
    column->target_moves = target->moves;
    column->targets = memory_resize(column->targets, limit * sizeof *column->targets);
    column->target_count = limit;
    crew_start(crew, look_up_range, &(struct lookup){.target = target, .column = column}, (limit + RANGE - 1) / RANGE);
    crew_finish(crew);
}

/* The row that a code refers to, if it stands. */
static uint32_t standing(const struct ledger *target, const struct column *column, uint32_t code) {
    uint32_t row = column->targets[code];
    return row != NO_ROW && target->incomplete && target->rejected[row] ? NO_ROW : row;
}

/* The text folded; what begins with one of the ledger's synonyms, the same for each of them, behind a byte that no text
 * has. NULL: it begins with none. */
static const char *synonym_key(struct arena *scratch, const struct schema *schema, const char *folded) {
    for (size_t i = 0; i < schema->synonym_count; i++) {
        const char *word = text_stripped(scratch, schema->synonyms[i]);
        if (text_starts(folded, word) && folded[strlen(word)] == ' ')
            return arena_printf(scratch, "\x01%s", folded + strlen(word));
    }
    return NULL;
}

static void index_name(struct map *names, const char *key, uint32_t row) {
    bool fresh;
    struct map_entry *entry = map_put(names, key, strlen(key), row, &fresh);
    if (!fresh)
        entry->value = NO_ROW;
}

/* Folded texts of the alternative column to rows; two rows of one text make it useless as a name. */
static void index_names(struct arena *scratch, const struct ledger *target, int field, struct map *names) {
    const struct column *column = &target->columns[field];
    for (uint32_t row = 0; row < target->row_count; row++) {
        if (target->rejected[row] || !column->codes[row])
            continue;
        const char *key = text_stripped(scratch, dictionary_text(&column->dictionary, column->codes[row]));
        const char *synonym = synonym_key(scratch, target->schema, key);
        index_name(names, key, row);
        if (synonym)
            index_name(names, synonym, row);
    }
}

/* A name found through the alternative column is replaced by the key it stands for. */
static void replace_names(const struct ledger *target, struct ledger *ledger, struct column *column) {
    int other = column->field->alternative ? schema_field(target->schema, column->field->alternative) : -1;
    if (other < 0)
        return;
    const struct column *keys = keys_of(target);
    struct arena *scratch = arena_new();
    struct map names = {0};
    uint32_t limit = column->dictionary.count;
    uint32_t *renamed = ARENA_ARRAY(scratch, uint32_t, limit + 1);
    bool any = false;
    for (uint32_t code = 1; code <= limit; code++) {
        renamed[code] = code;
        if (standing(target, column, code) != NO_ROW)
            continue;
        if (!names.capacity)
            index_names(scratch, target, other, &names);
        const char *text = text_stripped(scratch, dictionary_text(&column->dictionary, code)), *synonym;
        uint32_t row = map_get_text(&names, text);
        if (row == NO_ROW && (synonym = synonym_key(scratch, target->schema, text)))
            row = map_get_text(&names, synonym);
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

/* ---- Rows that dangle ------------------------------------------------------------------------------------------- */

/* The key, or the name where names are taken, that comes nearest among the rows that are left. */
static const char *nearest_target(struct diagnostics *diagnostics, const struct ledger *target,
                                  const struct field *field, const char *text) {
    const struct column *keys = keys_of(target);
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

/* Whether a row that was rejected has this key: it is meant all the same. */
static bool is_rejected(const struct ledger *target, const struct column *column, uint32_t code) {
    const char *text = dictionary_text(&column->dictionary, code);
    return dictionary_find(&keys_of(target)->dictionary, text, strlen(text)) > 0;
}

static void point_outside(struct ledgers *ledgers, const struct ledger *ledger, const struct column *column,
                          uint32_t row) {
    const struct ledger *target = target_of(ledgers, column);
    struct place place = ledger_place(ledgers, ledger, row, (int)(column - ledger->columns));
    const char *text = dictionary_text(&column->dictionary, column->codes[row]);
    bool seek = ledgers->diagnostics->printed[DIAGNOSTIC_REFERENCE_OUTSIDE] < DIAGNOSTICS_PER_FILE &&
                target->row_count <= NEAR_ROWS;
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
    const struct ledger *target = target_of(ledgers, column);
    if (!target->row_count) {
        ledger_reject(ledgers, ledger, row, (int)(column - ledger->columns),
                      say_empty(ledgers, ledger, column, row, target));
        return;
    }
    struct place place = ledger_place(ledgers, ledger, row, (int)(column - ledger->columns));
    const char *text = dictionary_text(&column->dictionary, column->codes[row]), *nearest = "";
    if (diagnostics->printed[DIAGNOSTIC_REFERENCE_UNKNOWN] < DIAGNOSTICS_PER_FILE && target->row_count <= NEAR_ROWS)
        nearest = nearest_target(diagnostics, target, column->field, text);
    const char *message =
        diagnose(diagnostics, REFERENCE_UNKNOWN, &place, column->field->label, text, target->schema->label, nearest);
    if (ledger->schema->tree < 0)
        ledger_reject(ledgers, ledger, row, (int)(column - ledger->columns), message);
}

static bool reject_dangling(struct ledgers *ledgers, struct ledger *ledger, struct column *column) {
    const struct ledger *target = target_of(ledgers, column);
    const bool unit = ledger->schema->tree >= 0;
    bool any = false;
    for (uint32_t row = 0; row < ledger->row_count; row++) {
        const uint32_t code = column->codes[row];
        if (!code || standing(target, column, code) != NO_ROW || ledger->rejected[row])
            continue;
        if (is_rejected(target, column, code)) {
            column->rejected_met = true;
        } else if (!column->field->outside && !(unit && column->outside_said)) {
            refuse_reference(ledgers, ledger, column, row);
            any = any || !unit;
        } else if (!column->outside_said) {
            point_outside(ledgers, ledger, column, row);
        }
    }
    column->outside_said = true;
    return any;
}

/* Behind all rejections, each rejected row once, at the first place that refers to it. */
static void point_rejected(struct ledgers *ledgers, const struct ledger *ledger, struct column *column) {
    if (!column->rejected_met)
        return;
    const struct ledger *target = target_of(ledgers, column);
    const uint32_t limit = column->dictionary.count + 1;
    column->told = memory_resize(column->told, limit);
    memset(column->told + column->told_count, 0, limit - column->told_count);
    column->told_count = limit;
    for (uint32_t row = 0; row < ledger->row_count; row++) {
        const uint32_t code = column->codes[row];
        if (!code || column->told[code] || standing(target, column, code) != NO_ROW || ledger->rejected[row] ||
            !is_rejected(target, column, code))
            continue;
        column->told[code] = 1;
        struct place place = ledger_place(ledgers, ledger, row, (int)(column - ledger->columns));
        diagnose(ledgers->diagnostics, REFERENCE_REJECTED, &place, column->field->label,
                 dictionary_text(&column->dictionary, code), target->schema->label);
    }
    column->rejected_met = false;
}

/* ---- Trees that close ------------------------------------------------------------------------------------------- */

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

/* ---- All of it -------------------------------------------------------------------------------------------------- */

static bool resolve_once(struct ledgers *ledgers, struct crew *crew, bool rename) {
    bool any = false;
    for (size_t i = 0; i < ledgers->count; i++) {
        struct ledger *ledger = &ledgers->ledgers[i];
        for (size_t f = 0; f < ledger->schema->field_count; f++) {
            struct column *column = &ledger->columns[f];
            if (!column->field->reference_ledger)
                continue;
            const struct ledger *target = target_of(ledgers, column);
            find_targets(crew, target, column);
            if (rename)
                replace_names(target, ledger, column);
            find_targets(crew, target, column);
            any = reject_dangling(ledgers, ledger, column) || any;
        }
        any = reject_cycles(ledgers, ledger) || any;
    }
    return any;
}

static void compact_all(struct ledgers *ledgers, struct crew *crew) {
    for (size_t i = 0; i < ledgers->count; i++)
        for (size_t f = 0; f < ledgers->ledgers[i].schema->field_count; f++)
            point_rejected(ledgers, &ledgers->ledgers[i], &ledgers->ledgers[i].columns[f]);
    for (size_t i = 0; i < ledgers->count; i++)
        ledger_compact(&ledgers->ledgers[i]);
    for (size_t i = 0; i < ledgers->count; i++)
        for (size_t f = 0; f < ledgers->ledgers[i].schema->field_count; f++) {
            struct column *column = &ledgers->ledgers[i].columns[f];
            if (column->field->reference_ledger)
                find_targets(crew, target_of(ledgers, column), column);
        }
}

void ledgers_resolve(struct ledgers *ledgers) {
    struct crew *crew = ledgers_crew(ledgers);
    bool rename = true;
    while (resolve_once(ledgers, crew, rename))
        rename = false;
    compact_all(ledgers, crew);
}
