/* load.c - a file's rows into the ledger that its header names.
 *
 *   title rows │ header │ numbering row │ rows, group rows, blank rows, total row … │ notes, signatures
 *
 * The header is the first row whose cells name all required columns of some schema; up to HEADER_ROWS rows are held
 * back until it is found. Everything that is no data is skipped and counted; a total row is compared. */
#include "base/file.h"
#include "base/sha256.h"
#include "base/text.h"
#include "ledger/ledger.h"

#include <stdlib.h>
#include <string.h>

enum { HEADER_ROWS = 30, MAX_COLUMNS = 512 };

struct total {
    long long written, sum;
    bool present;
};

struct load {
    struct ledgers *ledgers;
    struct diagnostics *diagnostics;
    struct arena *scratch;
    const char *path;
    struct ledger_source *source;
    uint32_t source_index;
    struct ledger *ledger;
    int fields[MAX_COLUMNS]; /* by column of the sheet: the field, or -1 */
    size_t width;
    unsigned header_column[SCHEMA_FIELDS]; /* by field, from 1; 0: not in this sheet */
    struct total *totals;                  /* by field, integers only */
    unsigned total_row;
    bool stopped; /* behind the table */
    size_t seen;
    int nearest; /* schema that came nearest to a header */
    const char *missing;
    int nearest_score;
};

static const char *cell_label(struct load *load, const struct cell *cell) {
    return text_label(load->scratch, arena_copy(load->scratch, cell->text, cell->length));
}

/* ---- Header ----------------------------------------------------------------------------------------------------- */

struct header {
    int fields[MAX_COLUMNS];
    int matched, unmatched;
    const char *missing; /* labels of required fields that no cell names; "" when all are there */
};

static bool label_is_number(const char *label) {
    return strcmp(label, "stt") == 0 || strcmp(label, "tt") == 0 || strcmp(label, "so tt") == 0;
}

static void match_header(struct load *load, const struct schema *schema, const char *const *labels, size_t count,
                         struct header *header) {
    bool taken[SCHEMA_FIELDS] = {false};
    *header = (struct header){.missing = ""};
    for (size_t c = 0; c < count; c++) {
        header->fields[c] = -1;
        if (!*labels[c])
            continue;
        uint32_t field = map_get_text(&schema->labels, labels[c]);
        if (field == MAP_NONE || taken[field]) {
            header->unmatched += !label_is_number(labels[c]);
            continue;
        }
        header->fields[c] = (int)field;
        taken[field] = true;
        header->matched++;
    }
    struct buffer missing = {0};
    for (size_t f = 0; f < schema->field_count; f++)
        if (schema->fields[f].required && !schema->fields[f].fallback && !taken[f])
            buffer_printf(&missing, "%s«%s»", missing.length ? ", " : "", schema->fields[f].label);
    header->missing = arena_text(load->scratch, buffer_string(&missing));
    buffer_free(&missing);
}

static void say_header(struct load *load, const struct row *row, const struct header *header,
                       const char *const *labels) {
    const struct schema *schema = load->ledger->schema;
    struct buffer unused = {0};
    for (size_t c = 0; c < load->width; c++) {
        if (header->fields[c] >= 0 || !*labels[c] || label_is_number(labels[c]))
            continue;
        const struct cell *cell = &row->cells[c];
        const char *name = text_clean(load->scratch, cell->text, cell->length);
        struct place place = {.file = load->path, .row = row->number, .column = (unsigned)c + 1};
        uint32_t field = map_get_text(&schema->labels, labels[c]);
        buffer_printf(&unused, "%s%s", unused.length ? ", " : "", name);
        if (field != MAP_NONE) {
            const struct cell *first = &row->cells[load->header_column[field] - 1];
            diagnose(load->diagnostics, HEADER_AMBIGUOUS, &place, schema->fields[field].label,
                     text_clean(load->scratch, first->text, first->length), name);
            continue;
        }
        const char **names = ARENA_ARRAY(load->scratch, const char *, schema->field_count);
        for (size_t f = 0; f < schema->field_count; f++)
            names[f] = schema->fields[f].label;
        diagnose(load->diagnostics, HEADER_UNKNOWN, &place, name, schema->label,
                 diagnose_nearest(load->diagnostics, name, names, schema->field_count));
    }
    load->source->unused = arena_text(load->ledgers->arena, buffer_string(&unused));
    buffer_free(&unused);
}

static void begin_table(struct load *load, const struct row *row, size_t schema, const struct header *header,
                        const char *const *labels) {
    load->ledger = &load->ledgers->ledgers[schema];
    load->source->ledger = load->ledger;
    load->source->header_row = row->number;
    load->width = row->count < MAX_COLUMNS ? row->count : MAX_COLUMNS;
    while (load->width && !*labels[load->width - 1])
        load->width--;
    memcpy(load->fields, header->fields, sizeof load->fields);
    for (size_t c = load->width; c-- > 0;)
        if (load->fields[c] >= 0)
            load->header_column[load->fields[c]] = (unsigned)c + 1;
    load->totals = ARENA_ARRAY(load->ledgers->arena, struct total, load->ledger->schema->field_count);
    say_header(load, row, header, labels);
}

/* Takes the row for a header when all required columns of a schema are named; of several schemas the one that names
 * the most of its cells. Remembers what came nearest, for the message when none does. */
static bool find_header(struct load *load, const struct row *row) {
    size_t count = row->count < MAX_COLUMNS ? row->count : MAX_COLUMNS;
    const char **labels = ARENA_ARRAY(load->scratch, const char *, count + 1);
    struct header *header = ARENA_NEW(load->scratch, struct header), *best = ARENA_NEW(load->scratch, struct header);
    int best_score = 0;
    size_t best_schema = 0;
    for (size_t c = 0; c < count; c++)
        labels[c] = cell_label(load, &row->cells[c]);
    for (size_t s = 0; s < load->ledgers->schemas->count; s++) {
        const struct schema *schema = &load->ledgers->schemas->schemas[s];
        match_header(load, schema, labels, count, header);
        int score = header->matched * 2 - header->unmatched;
        if (*header->missing == '\0' && header->matched >= 2 && score > best_score) {
            best_score = score;
            best_schema = s;
            *best = *header;
        }
        if (*header->missing && header->matched >= 2 && score > load->nearest_score) {
            load->nearest_score = score;
            load->nearest = (int)s;
            load->missing = arena_text(load->ledgers->arena, header->missing);
        }
    }
    if (best_score > 0)
        begin_table(load, row, best_schema, best, labels);
    return best_score > 0;
}

/* ---- Rows that are no data -------------------------------------------------------------------------------------- */

static const struct cell *field_cell(const struct load *load, const struct row *row, size_t field) {
    unsigned column = load->header_column[field];
    return column && column <= row->count ? &row->cells[column - 1] : NULL;
}

static bool cell_blank(const struct cell *cell) {
    return !cell || text_is_blank(cell->text, cell->length);
}

/* "(1) (2) (3)" or "1 2 3" or "A B 1 2" under the header: every cell short, and counting. */
static bool row_is_numbering(struct load *load, const struct row *row) {
    int expected = 0;
    for (size_t c = 0; c < row->count; c++) {
        if (cell_blank(&row->cells[c]))
            continue;
        const char *label = cell_label(load, &row->cells[c]);
        int number = (int)strtol(label, NULL, 10);
        if (!*label || strspn(label, "0123456789") != strlen(label) || number < expected || number > expected + 2)
            return false;
        expected = number + (number == expected);
        expected = number + 1;
    }
    return expected >= 3;
}

static bool label_is_total(const char *label) {
    static const char *const words[] = {"tong", "tong cong", "cong", "tong so", "tong cong toan dang bo"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(label, words[i]) == 0)
            return true;
    return false;
}

static bool label_is_end(const char *label) {
    static const char *const words[] = {"nguoi lap", "noi nhan", "ghi chu", "thu truong", "t m", "xac nhan"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (text_starts(label, words[i]))
            return true;
    return false;
}

static bool key_blank(const struct load *load, const struct row *row) {
    const struct unique *key = &load->ledger->schema->uniques[0];
    for (size_t i = 0; i < key->count; i++)
        if (!cell_blank(field_cell(load, row, key->fields[i])))
            return false;
    return true;
}

static void take_total(struct load *load, const struct row *row) {
    const struct schema *schema = load->ledger->schema;
    load->total_row = row->number;
    for (size_t f = 0; f < schema->field_count; f++) {
        const struct cell *cell = field_cell(load, row, f);
        uint32_t code;
        struct fault fault;
        if (schema->fields[f].type != FIELD_INTEGER || cell_blank(cell))
            continue;
        struct column *column = &load->ledger->columns[f];
        if (!column_cast(column, cell->text, cell->length, load->scratch, load->diagnostics, &code, &fault))
            continue;
        load->totals[f].present = true;
        load->totals[f].written = column_value(column, code).number;
    }
}

/* Blank, numbering, total, group and closing rows; true when the row was one of them. */
static bool skip_row(struct load *load, const struct row *row) {
    size_t filled = 0, first = row->count;
    for (size_t c = 0; c < row->count; c++)
        if (!cell_blank(&row->cells[c])) {
            filled++;
            if (first == row->count)
                first = c;
        }
    if (filled == 0 || load->stopped)
        return true;
    bool below_header = load->source->accepted + load->source->rejected == 0;
    if (below_header && row_is_numbering(load, row))
        return true;
    if (!(cell_blank(&row->cells[0]) || filled <= 4 || key_blank(load, row) || row->cells[0].length > 3))
        return false;
    for (size_t c = 0; c < row->count && c < 3; c++)
        if (!cell_blank(&row->cells[c]) && label_is_total(cell_label(load, &row->cells[c]))) {
            take_total(load, row);
            return true;
        }
    if (!key_blank(load, row))
        return false;
    const char *label = cell_label(load, &row->cells[first]);
    if (filled <= 2 && label_is_end(label)) {
        load->stopped = true;
        return true;
    }
    return filled <= 2 && load->ledger->schema->field_count > 4;
}

/* ---- Rows of data ----------------------------------------------------------------------------------------------- */

static const char *unique_label(struct load *load, const struct unique *unique) {
    struct buffer label = {0};
    for (size_t i = 0; i < unique->count; i++)
        buffer_printf(&label, "%s%s", i ? " + " : "", load->ledger->schema->fields[unique->fields[i]].label);
    const char *text = arena_text(load->scratch, buffer_string(&label));
    buffer_free(&label);
    return text;
}

static const char *unique_text(struct load *load, const struct unique *unique, const uint32_t *codes) {
    struct buffer out = {0};
    for (size_t i = 0; i < unique->count; i++) {
        size_t field = unique->fields[i];
        buffer_printf(&out, "%s%s", i ? " + " : "",
                      value_plain(load->scratch, column_value(&load->ledger->columns[field], codes[field])));
    }
    const char *text = arena_text(load->scratch, buffer_string(&out));
    buffer_free(&out);
    return text;
}

static void say_repeated(struct load *load, const struct row *row, const struct unique *unique, const uint32_t *codes,
                         uint32_t earlier) {
    struct place place = {.file = load->path, .row = row->number, .column = load->header_column[unique->fields[0]]};
    struct place other = ledger_place(load->ledgers, load->ledger, earlier);
    const char *where = arena_printf(load->scratch, "%s:%u", other.file, other.row);
    if (unique == &load->ledger->schema->uniques[0])
        diagnose(load->diagnostics, KEY_REPEATED, &place, unique_label(load, unique), unique_text(load, unique, codes),
                 where);
    else
        diagnose(load->diagnostics, UNIQUE_REPEATED, &place, unique_label(load, unique),
                 unique_text(load, unique, codes), where);
}

static void say_fault(struct load *load, const struct row *row, const struct field *field, unsigned column,
                      const struct cell *cell, const struct fault *fault) {
    struct place place = {.file = load->path, .row = row->number, .column = column};
    const char *typed = cell ? text_clean(load->scratch, cell->text, cell->length) : "";
    const char *with_value[] = {field->label, typed, fault->expected, fault->nearest, NULL};
    const char *without[] = {field->label, fault->expected, NULL};
    const char *day[] = {field->label, typed, fault->nearest, NULL};
    diagnose_words(load->diagnostics, fault->code, &place,
                   fault->code == DIAGNOSTIC_CELL_MISSING      ? without
                   : fault->code == DIAGNOSTIC_DATE_IMPOSSIBLE ? day
                                                               : with_value);
}

static bool row_fits(struct load *load, const struct row *row) {
    for (size_t c = load->width; c < row->count; c++) {
        if (cell_blank(&row->cells[c]))
            continue;
        struct place place = {.file = load->path, .row = row->number, .column = (unsigned)c + 1};
        diagnose(load->diagnostics, ROW_LONG, &place, arena_printf(load->scratch, "%zu", row->count),
                 arena_printf(load->scratch, "%zu", load->width),
                 text_clean(load->scratch, row->cells[c].text, row->cells[c].length));
        return false;
    }
    return true;
}

static bool take_row(struct load *load, const struct row *row) {
    const struct schema *schema = load->ledger->schema;
    uint32_t codes[SCHEMA_FIELDS];
    bool good = row_fits(load, row);
    for (size_t f = 0; f < schema->field_count; f++) {
        const struct cell *cell = field_cell(load, row, f);
        struct fault fault;
        if (column_cast(&load->ledger->columns[f], cell ? cell->text : "", cell ? cell->length : 0, load->scratch,
                        load->diagnostics, &codes[f], &fault))
            continue;
        say_fault(load, row, &schema->fields[f], load->header_column[f], cell, &fault);
        good = false;
    }
    const struct unique *repeated;
    uint32_t earlier;
    struct origin origin = {.source = load->source_index, .row = row->number};
    if (!good)
        return false;
    if (ledger_add(load->ledger, codes, origin, &repeated, &earlier))
        return true;
    say_repeated(load, row, repeated, codes, earlier);
    return false;
}

static bool on_row(void *context, const struct row *row) {
    struct load *load = context;
    struct ledger_source *source = load->source;
    source->read++;
    if (load->seen++ % 512 == 0) {
        arena_free(load->scratch);
        load->scratch = arena_new();
    }
    if (!load->ledger) {
        bool header = !row->faulty && find_header(load, row);
        source->skipped++;
        return header || load->seen < HEADER_ROWS;
    }
    if (row->faulty)
        source->rejected++;
    else if (skip_row(load, row))
        source->skipped++;
    else if (take_row(load, row))
        source->accepted++;
    else
        source->rejected++;
    return true;
}

/* ---- Files ------------------------------------------------------------------------------------------------------ */

/* A total that somebody wrote under the table must be the sum of what was accepted. */
static void compare_totals(struct load *load) {
    const struct ledger *ledger = load->ledger;
    for (size_t f = 0; load->total_row && f < ledger->schema->field_count; f++) {
        struct total *total = &load->totals[f];
        if (!total->present)
            continue;
        for (uint32_t row = 0; row < ledger->row_count; row++)
            if (ledger->origins[row].source == load->source_index)
                total->sum += column_value(&ledger->columns[f], ledger->columns[f].codes[row]).number;
        if (total->sum == total->written)
            continue;
        struct place place = {.file = load->path, .row = load->total_row, .column = load->header_column[f]};
        diagnose(load->diagnostics, TOTAL_DIFFERS, &place, ledger->schema->fields[f].label,
                 arena_printf(load->scratch, "%lld", total->written), arena_printf(load->scratch, "%lld", total->sum));
    }
}

static void say_no_ledger(struct load *load) {
    struct place place = {.file = load->path};
    bool near = load->nearest >= 0;
    const char *none = diagnose_say(load->diagnostics, "(không có)", "(none)");
    diagnose(load->diagnostics, FILE_NOT_LEDGER, &place, arena_printf(load->scratch, "%zu", load->seen),
             near ? load->ledgers->schemas->schemas[load->nearest].label : none, near ? load->missing : none);
}

void ledgers_load(struct ledgers *ledgers, const char *path) {
    ledgers->sources = arena_grow(ledgers->arena, ledgers->sources, &ledgers->source_capacity,
                                  ledgers->source_count + 1, sizeof *ledgers->sources);
    char sha256[SHA256_TEXT] = "";
    struct ledger_source *source = &ledgers->sources[ledgers->source_count];
    *source = (struct ledger_source){.file = arena_text(ledgers->arena, path), .unused = "", .sha256 = ""};
    struct load load = {.ledgers = ledgers,
                        .diagnostics = ledgers->diagnostics,
                        .scratch = arena_new(),
                        .path = source->file,
                        .source = source,
                        .source_index = (uint32_t)ledgers->source_count++,
                        .nearest = -1,
                        .missing = ""};
    diagnostics_file(ledgers->diagnostics, source->file);
    const struct reader *reader = reader_choose(path, ledgers->diagnostics);
    const struct sheet_sink sink = {.context = &load, .row = on_row};
    if (reader && sha256_file(path, sha256) && reader->read(path, &sink, &source->traits, ledgers->diagnostics)) {
        source->sha256 = arena_text(ledgers->arena, sha256);
        if (load.ledger)
            compare_totals(&load);
        else
            say_no_ledger(&load);
    }
    arena_free(load.scratch);
}
