/* intake.c - rows of data on their way into a ledger, many at a time.
 *
 * Fields are cast side by side because each has a dictionary of its own: nothing is shared, so nothing is merged, and a
 * code's number depends on the rows alone. Rejected: cutting a file into ranges for threads, which needs cuts that no
 * quotation mark spans, dictionaries that are merged, and findings that are sorted. */
#include "ledger/intake.h"

#include "base/buffer.h"
#include "base/crew.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { INTAKE_BYTES = 1 << 19 };

struct rows {
    struct cell *cells; /* field f of row i: cells[f * capacity + i] */
    unsigned *numbers;
    const char **wholes;
    size_t count;
    char *bytes; /* of cells that do not last */
    size_t used, room;
    struct cell_faults faults[SCHEMA_FIELDS];
};

struct intake {
    struct load *load;
    struct ledger *ledger;
    struct rows rows[2], *open, *running; /* running: being cast, NULL: none is */
    size_t capacity, field_count;
    struct crew *crew;
    bool settling;
};

struct intake *intake_new(struct load *load) {
    struct intake *intake = memory_resize(NULL, sizeof *intake);
    *intake = (struct intake){.load = load, .ledger = load->ledger, .capacity = load->ledgers->intake_rows};
    intake->field_count = intake->ledger->schema->field_count;
    intake->open = &intake->rows[0];
    intake->crew = ledgers_crew(load->ledgers);
    return intake;
}

static void rows_free(struct rows *rows) {
    free(rows->cells);
    free(rows->numbers);
    free(rows->wholes);
    free(rows->bytes);
    for (size_t f = 0; f < SCHEMA_FIELDS; f++)
        free(rows->faults[f].items);
}

void intake_free(struct intake *intake) {
    if (!intake)
        return;
    intake_settle(intake);
    rows_free(&intake->rows[0]);
    rows_free(&intake->rows[1]);
    free(intake);
}

/* ---- What is wrong with a row ----------------------------------------------------------------------------------- */

static const char *say_fault(const struct intake *intake, unsigned number, size_t f, const struct cell *cell,
                             const struct fault *fault) {
    const struct load *load = intake->load;
    const struct field *field = &intake->ledger->schema->fields[f];
    struct place place = load_place(load, number, load->header_column[f]);
    const struct cell as_typed = cell_as_typed(field, cell, load->scratch);
    const char *typed = text_clean(load->scratch, as_typed.text, as_typed.length);
    const char *with_value[] = {field->label, typed, fault->expected, fault->nearest, NULL};
    const char *without[] = {field->label, fault->expected, NULL};
    const char *day[] = {field->label, typed, fault->nearest, NULL};
    const char *code[] = {field->label, arena_copy(load->scratch, cell->text, cell->length), NULL};
    const char *const *words = fault->code == DIAGNOSTIC_CELL_MISSING      ? without
                               : fault->code == DIAGNOSTIC_DATE_IMPOSSIBLE ? day
                               : fault->code == DIAGNOSTIC_CELL_ERROR      ? code
                                                                           : with_value;
    const char *message = diagnose_words(load->diagnostics, fault->code, &place, words);
    return message ? message : "";
}

/* A rejected row as it was typed, with the messages about its fields and about all of it. */
static void keep_row(const struct intake *intake, const struct rows *rows, size_t i, const char *const *messages) {
    struct ledgers *ledgers = intake->load->ledgers;
    struct origin origin = {.source = intake->load->source, .row = rows->numbers[i]};
    struct reject *reject = ledgers_keep_reject(ledgers, intake->ledger, origin);
    for (size_t f = 0; reject && f < intake->field_count; f++) {
        const struct cell *cell = &rows->cells[f * intake->capacity + i];
        reject->cells[f] = text_clean(ledgers->arena, cell->text, cell->length);
        if (messages[f])
            reject_add_fault(ledgers, reject, (int)f, messages[f]);
    }
    if (reject && rows->wholes[i])
        reject_add_fault(ledgers, reject, -1, rows->wholes[i]);
}

/* ---- Casting and accepting -------------------------------------------------------------------------------------- */

static void cast_field(void *context, size_t f) {
    struct intake *intake = context;
    struct rows *rows = intake->running;
    struct column *column = &intake->ledger->columns[f];
    column_cast_run(column, rows->cells + f * intake->capacity, rows->count, column->codes + intake->ledger->row_count,
                    intake->load->diagnostics, &rows->faults[f]);
}

/* The codes of a row that has no faults, taken into the ledger. False: a key or unique repeats, and that was said. */
static bool take_row(const struct intake *intake, const struct rows *rows, size_t i, uint32_t from) {
    const struct unique *repeated;
    uint32_t earlier;
    struct origin origin = {.source = intake->load->source, .row = rows->numbers[i]};
    if (ledger_take(intake->ledger, from, origin, &repeated, &earlier))
        return true;
    const char *messages[SCHEMA_FIELDS] = {NULL};
    const struct load *load = intake->load;
    const struct place place = load_place(load, rows->numbers[i], load->header_column[repeated->fields[0]]);
    messages[repeated->fields[0]] = ledger_say_repeated(load->ledgers, intake->ledger, &place, repeated, from, earlier);
    keep_row(intake, rows, i, messages);
    return false;
}

/* A unit stays where it is in the tree, whatever is wrong with its other cells: these count as not known. A parent that
 * is not known is none that stands, rather than none at all. */
static bool blank_cell(const struct intake *intake, size_t f, uint32_t from) {
    const struct schema *schema = intake->ledger->schema;
    if (schema->tree < 0 || schema_in_key(schema, f))
        return false;
    struct column *column = &intake->ledger->columns[f];
    column->codes[from] = (int)f == schema->tree ? column_unknown(column) : 0;
    return true;
}

/* `said`: by field, how many of its faults belong to rows before this. */
static bool accept_row(const struct intake *intake, const struct rows *rows, size_t i, uint32_t from, size_t *said) {
    const char *messages[SCHEMA_FIELDS] = {NULL};
    bool good = !rows->wholes[i];
    for (size_t f = 0; f < intake->field_count; f++) {
        const struct cell_faults *faults = &rows->faults[f];
        if (said[f] == faults->count || faults->items[said[f]].at != i)
            continue;
        messages[f] = say_fault(intake, rows->numbers[i], f, &rows->cells[f * intake->capacity + i],
                                &faults->items[said[f]++].fault);
        good = blank_cell(intake, f, from) && good;
    }
    if (good)
        return take_row(intake, rows, i, from);
    keep_row(intake, rows, i, messages);
    return false;
}

/* The first row from `i` on that has a fault in a field or as a whole. */
static size_t next_faulty(const struct intake *intake, const struct rows *rows, size_t i, const size_t *said) {
    size_t next = rows->count;
    for (size_t f = 0; f < intake->field_count; f++)
        if (said[f] < rows->faults[f].count && rows->faults[f].items[said[f]].at < next)
            next = rows->faults[f].items[said[f]].at;
    while (i < next && !rows->wholes[i])
        i++;
    return i;
}

static void finish_running(struct intake *intake) {
    struct rows *rows = intake->running;
    if (!rows)
        return;
    crew_finish(intake->crew);
    struct ledger_source *source = &intake->load->ledgers->sources[intake->load->source];
    uint32_t first = intake->ledger->row_count;
    size_t said[SCHEMA_FIELDS] = {0};
    size_t faulty = next_faulty(intake, rows, 0, said);
    for (size_t i = 0; i < rows->count; i++) {
        bool good = i < faulty ? take_row(intake, rows, i, first + (uint32_t)i)
                               : accept_row(intake, rows, i, first + (uint32_t)i, said);
        if (i == faulty)
            faulty = next_faulty(intake, rows, i + 1, said);
        source->accepted += good;
        source->rejected += !good;
    }
    rows->count = rows->used = 0;
    intake->running = NULL;
}

/* Hands the rows at hand to the crew, or casts them at once: threads are not worth it for a few. */
static void run_open(struct intake *intake, bool crew) {
    finish_running(intake);
    intake->running = intake->open;
    intake->open = intake->open == &intake->rows[0] ? &intake->rows[1] : &intake->rows[0];
    ledger_reserve(intake->ledger, intake->running->count);
    if (crew)
        crew_start(intake->crew, cast_field, intake, intake->field_count);
    for (size_t f = 0; !crew && f < intake->field_count; f++)
        cast_field(intake, f);
}

void intake_settle(struct intake *intake) {
    if (!intake || intake->settling)
        return;
    intake->settling = true;
    finish_running(intake);
    if (intake->open->count) {
        run_open(intake, false);
        finish_running(intake);
    }
    intake->settling = false;
}

/* ---- Filling ---------------------------------------------------------------------------------------------------- */

static void rows_open(const struct intake *intake, struct rows *rows) {
    rows->cells = memory_resize(NULL, intake->capacity * intake->field_count * sizeof *rows->cells);
    rows->numbers = memory_resize(NULL, intake->capacity * sizeof *rows->numbers);
    rows->wholes = memory_resize(NULL, intake->capacity * sizeof *rows->wholes);
}

static size_t row_bytes(const struct row *row) {
    size_t bytes = 0;
    for (size_t c = 0; !row->lasting && c < row->count; c++)
        bytes += row->cells[c].length;
    return bytes;
}

static struct rows *rows_for(struct intake *intake, size_t bytes) {
    struct rows *rows = intake->open;
    if (rows->count == intake->capacity || (rows->count && rows->used + bytes > rows->room)) {
        bool settling = intake->settling;
        intake->settling = true;
        run_open(intake, true);
        intake->settling = settling;
        rows = intake->open;
    }
    if (!rows->cells)
        rows_open(intake, rows);
    if (bytes > rows->room - rows->used) { /* no cell points into it yet */
        rows->room = bytes > INTAKE_BYTES ? bytes : INTAKE_BYTES;
        rows->bytes = memory_resize(rows->bytes, rows->room);
    }
    return rows;
}

static struct cell keep_cell(struct rows *rows, const struct cell *cell, bool lasting) {
    struct cell kept = *cell;
    if (lasting || !cell->length)
        return kept;
    memcpy(rows->bytes + rows->used, cell->text, cell->length);
    kept.text = rows->bytes + rows->used;
    rows->used += cell->length;
    return kept;
}

void intake_add(struct intake *intake, const struct row *row, const char *whole) {
    const struct load *load = intake->load;
    struct rows *rows = rows_for(intake, row_bytes(row));
    int carry = intake->ledger->schema->carry;
    for (size_t f = 0; f < intake->field_count; f++) {
        unsigned column = load->header_column[f];
        struct cell *cell = &rows->cells[f * intake->capacity + rows->count];
        if (column && column <= row->count)
            *cell = keep_cell(rows, &row->cells[column - 1], row->lasting);
        else
            *cell = (struct cell){.text = ""};
        if ((int)f == carry && text_is_blank(cell->text, cell->length))
            *cell = (struct cell){.text = load->carried, .length = strlen(load->carried)};
    }
    rows->numbers[rows->count] = row->number;
    rows->wholes[rows->count++] = whole;
}
