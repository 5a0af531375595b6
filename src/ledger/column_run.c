/* column_run.c - casting cells of rows that follow each other. */
#include "base/text.h"
#include "ledger/cast.h"

#include <stdlib.h>
#include <string.h>

/* Cells that are asked for together; of those that came lately: how many are kept, how long, and when it is judged. */
enum { RUN_AHEAD = 128, RECENT = 256, RECENT_BYTES = 32, RECENT_TRIAL = 4096 };

/* ---- Cells that came lately ------------------------------------------------------------------------------------- */

/* Most columns have few values, and a cell that came lately needs no look into a dictionary. Where one in four does not
 * come again (ids, names, days), asking is given up. */
static struct recent *recent_slot(struct column *column, const struct recent *key) {
    uint64_t sum = key->words[0] + 3 * key->words[1] + 5 * key->words[2] + 7 * key->words[3];
    return &column->recent[(sum + key->length) * 0x9e3779b97f4a7c15u >> 56];
}

static void recent_key(const struct cell *cell, struct recent *key) {
    *key = (struct recent){.words[0] = map_last_word(cell->text, cell->length), .length = (uint32_t)cell->length};
    if (cell->length > 8)
        memcpy(&key->words[1], cell->text, 8);
    if (cell->length > 16) {
        memcpy(&key->words[2], cell->text + 8, 8);
        memcpy(&key->words[3], cell->text + cell->length - 16, 8);
    }
}

static bool recent_find(struct column *column, const struct cell *cell, uint32_t *code) {
    struct recent key;
    if (cell->kind != CELL_TEXT || cell->length > RECENT_BYTES)
        return false;
    recent_key(cell, &key);
    const struct recent *known = recent_slot(column, &key);
    *code = known->code;
    return known->length == key.length && ((known->words[0] ^ key.words[0]) | (known->words[1] ^ key.words[1]) |
                                           (known->words[2] ^ key.words[2]) | (known->words[3] ^ key.words[3])) == 0;
}

/* Codes of the days that a column takes; none for a column of something else, or one that keeps only their months. */
struct days {
    uint32_t least, most;
};

static struct days days_of(const struct field *field) {
    if (field->type != FIELD_DATE || field->months)
        return (struct days){.least = 1};
    return (struct days){.least = field->has_minimum ? date_pack(date_first(field->minimum.date)) : 1,
                         .most = field->has_maximum ? date_pack(date_first(field->maximum.date)) : UINT32_MAX};
}

/* A day as most people write it tells its code by itself. */
static bool day_find(struct days days, const struct cell *cell, uint32_t *code) {
    if (days.least > days.most || cell->kind != CELL_TEXT || cell->length != 10)
        return false;
    *code = date_read_day(cell->text);
    return *code >= days.least && *code <= days.most;
}

static void recent_keep(struct column *column, const struct cell *cell, uint32_t code) {
    struct recent key;
    if (!column->recent || cell->kind != CELL_TEXT || cell->length > RECENT_BYTES)
        return;
    recent_key(cell, &key);
    key.code = code;
    *recent_slot(column, &key) = key;
}

static void recent_begin(struct column *column) {
    if (column->recent || column->recent_asked)
        return;
    column->recent = memory_resize(NULL, RECENT * sizeof *column->recent);
    for (size_t i = 0; i < RECENT; i++)
        column->recent[i].length = RECENT_BYTES + 1; /* nothing's */
}

static void recent_judge(struct column *column) {
    if (column->recent_asked < RECENT_TRIAL)
        return;
    if (column->recent && column->recent_known < column->recent_asked / 4 * 3) {
        free(column->recent);
        column->recent = NULL;
    }
    column->recent_asked = 1;
    column->recent_known = 0;
}

/* ---- The others ------------------------------------------------------------------------------------------------- */

static void faults_add(struct cell_faults *faults, size_t at, const struct fault *fault) {
    if (faults->count == faults->capacity) {
        faults->capacity = faults->capacity ? faults->capacity * 2 : 16;
        faults->items = memory_resize(faults->items, faults->capacity * sizeof *faults->items);
    }
    faults->items[faults->count++] = (struct cell_fault){.at = at, .fault = *fault};
}

/* Cells on their way, and where they stand in the run. */
struct waiting {
    struct cast casts[RUN_AHEAD];
    size_t places[RUN_AHEAD];
    size_t count;
};

static void cast_one(struct cast *cast, const struct cell *cell, size_t at, uint32_t *codes,
                     struct cell_faults *faults) {
    bool good = cell->kind != CELL_ERROR && cast_finish(cast);
    if (cell->kind == CELL_ERROR)
        cast->fault = (struct fault){.code = DIAGNOSTIC_CELL_ERROR, .expected = "", .nearest = ""};
    codes[at] = cast->code;
    if (good)
        recent_keep(cast->column, cell, cast->code);
    else
        faults_add(faults, at, &cast->fault);
}

static void cast_waiting(struct waiting *waiting, const struct cell *cells, uint32_t *codes,
                         struct cell_faults *faults) {
    for (size_t i = 0; i < waiting->count; i++)
        dictionary_expect_text(&waiting->casts[i].column->dictionary, waiting->casts[i].hash, waiting->casts[i].length);
    for (size_t i = 0; i < waiting->count; i++) {
        size_t at = waiting->places[i];
        cast_one(&waiting->casts[i], &cells[at], at, codes, faults);
    }
    waiting->count = 0;
}

void column_cast_run(struct column *column, const struct cell *cells, size_t count, uint32_t *codes,
                     const struct diagnostics *diagnostics, struct cell_faults *faults) {
    struct diagnostics own = {.arena = column->arena, .language = diagnostics->language};
    struct arena *scratch = arena_new();
    struct waiting waiting;
    const struct field *field = column->field;
    const struct days days = days_of(field);
    const size_t ahead = column_hashes(column) ? RUN_AHEAD : 1;
    waiting.count = 0;
    faults->count = 0;
    recent_begin(column);
    for (size_t i = 0; i < count; i++) {
        if (day_find(days, &cells[i], &codes[i]))
            continue;
        column->recent_asked++;
        if (column->recent && recent_find(column, &cells[i], &codes[i])) {
            column->recent_known++;
            continue;
        }
        struct cell typed = cells[i].kind == CELL_TEXT ? cells[i] : cell_as_typed(field, &cells[i], scratch);
        struct cast *cast = &waiting.casts[waiting.count];
        *cast = (struct cast){
            .column = column, .raw = typed.text, .length = typed.length, .scratch = scratch, .diagnostics = &own};
        cast_begin(cast);
        dictionary_expect_slot(&column->dictionary, cast->hash);
        waiting.places[waiting.count++] = i;
        if (waiting.count == ahead)
            cast_waiting(&waiting, cells, codes, faults);
    }
    cast_waiting(&waiting, cells, codes, faults);
    recent_judge(column);
    arena_free(scratch);
}
