/* load.c - a file's rows into the ledgers that its headers name.
 *
 *   title rows │ header │ numbering row │ rows, group rows, blank rows, total row … │ notes, signatures
 *
 * Every sheet of a file is a source of its own. Up to HEADER_ROWS rows are looked at for the header (header.c).
 * Everything that is no data is skipped and counted; a total row is compared. */
#include "ledger/load.h"

#include "base/file.h"
#include "base/text.h"
#include "ledger/hashing.h"
#include "ledger/intake.h"

#include <stdlib.h>
#include <string.h>

struct place load_place(const struct load *load, unsigned row, unsigned column) {
    const char *sheet = load->ledgers->sources[load->source].sheet;
    return (struct place){.file = load->path, .sheet = sheet, .row = row, .column = column};
}

const char *cell_label(struct load *load, const struct cell *cell) {
    return text_label(load->scratch, arena_copy(load->scratch, cell->text, cell->length));
}

/* ---- Rows that are no data -------------------------------------------------------------------------------------- */

static const struct cell *field_cell(const struct load *load, const struct row *row, size_t field) {
    unsigned column = load->header_column[field];
    return column && column <= row->count ? &row->cells[column - 1] : NULL;
}

static bool cell_blank(const struct cell *cell) {
    return !cell || text_is_blank(cell->text, cell->length);
}

/* "(1) (2) (3)", "1 2 3=1+2", "A B 1 2" under the header: letters first, then numbers, each counting on. */
static bool row_is_numbering(struct load *load, const struct row *row) {
    int numbers = 0, letters = 0, counted = 0;
    for (size_t c = 0; c < row->count; c++) {
        if (cell_blank(&row->cells[c]))
            continue;
        const char *label = cell_label(load, &row->cells[c]);
        int number = (int)strtol(label, NULL, 10);
        bool letter = !numbers && label[0] == 'a' + letters && !label[1];
        bool counts =
            *label && strspn(label, "0123456789 ") == strlen(label) && number >= numbers && number <= numbers + 2;
        if (!letter && !counts)
            return false;
        letters += letter;
        numbers = letter ? numbers : number + 1;
        counted++;
    }
    return counted >= 3 || numbers >= 3;
}

/* "Tổng …" or "Cộng …", told by its letters before anything is folded: this is asked of every row. Two letters with or
 * without marks, then ng, then the end or another of the words. */
static bool may_be_total(const struct cell *cell) {
    const char *at = cell->text, *end = at + cell->length;
    while (at < end && *at == ' ')
        at++;
    if (end - at < 4 || end - at > 60 || ((*at | 0x20) != 't' && (*at | 0x20) != 'c') ||
        !(at[1] == 'o' || at[1] == 'O' || (at[1] & 0x80)))
        return false;
    for (at += 2; at < end && (*at & 0x80);)
        at++;
    if (end - at < 2 || (at[0] | 0x20) != 'n' || (at[1] | 0x20) != 'g')
        return false;
    at += 2;
    return at == end || *at != ' ' || end - at < 2 || strchr("cCsS ", at[1]);
}

static bool cell_is_total(struct load *load, const struct cell *cell) {
    static const char *const words[] = {"tong", "tong cong", "cong", "tong so", "tong cong toan dang bo"};
    if (!may_be_total(cell))
        return false;
    const char *label = cell_label(load, cell);
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
    intake_settle(load->intake);
    load->total_row = row->number;
    for (size_t f = 0; f < schema->field_count; f++) {
        const struct cell *cell = field_cell(load, row, f);
        uint32_t code;
        struct fault fault;
        bool number = schema->fields[f].type == FIELD_INTEGER || schema->fields[f].type == FIELD_DECIMAL;
        if (!number || cell_blank(cell))
            continue;
        struct column *column = &load->ledger->columns[f];
        if (!column_cast(column, cell->text, cell->length, load->scratch, load->diagnostics, &code, &fault))
            continue;
        load->totals[f].present = true;
        load->totals[f].written = column_value(column, code);
    }
}

/* "II. Xã Mẫu Hòa" over the rows of that commune: the words behind the numeral, for the schema's carry column. */
static void carry_group(struct load *load, const struct cell *cell) {
    if (load->ledger->schema->carry < 0)
        return;
    const char *text = text_clean(load->ledgers->arena, cell->text, cell->length);
    size_t numeral = strspn(text, "IVX0123456789");
    if (numeral && text[numeral] && strchr(".)-/", text[numeral]))
        text += numeral + 1 + strspn(text + numeral + 1, " ");
    load->carried = text;
}

/* A day or a number in a column of such: what a row that is no data seldom has. NULL: none. */
static const struct field *typed_value(struct load *load, const struct row *row, const struct cell **found) {
    const struct schema *schema = load->ledger->schema;
    for (size_t f = 0; f < schema->field_count; f++) {
        const struct field *field = &schema->fields[f];
        uint32_t code;
        struct fault fault;
        *found = field_cell(load, row, f);
        if ((field->type == FIELD_DATE || field->type == FIELD_INTEGER || field->type == FIELD_DECIMAL) &&
            !cell_blank(*found) &&
            column_cast(&load->ledger->columns[f], (*found)->text, (*found)->length, load->scratch, load->diagnostics,
                        &code, &fault))
            return field;
    }
    return NULL;
}

/* A row of data without its key, or below the signatures, looks like a row that is none: it is skipped, and told. */
static void say_skipped(struct load *load, const struct row *row, enum skip reason) {
    const struct diagnostics *diagnostics = load->diagnostics;
    const struct cell *cell;
    const struct field *field = typed_value(load, row, &cell);
    if (!field)
        return;
    struct place place = load_place(load, row->number, load->header_column[field - load->ledger->schema->fields]);
    bool group = reason == SKIP_GROUP;
    diagnose(load->diagnostics, ROW_SKIPPED, &place,
             group ? diagnose_say(diagnostics, "dòng nhóm (không có mã, nhiều nhất hai ô)",
                                  "a group row (no key, two cells at most)")
                   : diagnose_say(diagnostics, "ghi chú dưới bảng", "a note below the table"),
             text_clean(load->scratch, cell->text, cell->length), field->label,
             group ? diagnose_say(diagnostics, "hãy gõ mã và các ô còn thiếu", "type its key and what else is missing")
                   : diagnose_say(diagnostics, "hãy chuyển lên trên phần chữ ký", "move it above the signatures"));
}

static enum skip skip_unless_data(struct load *load, const struct row *row, enum skip reason) {
    say_skipped(load, row, reason);
    return reason;
}

/* "II. Xã Mẫu Hòa": keys are one word. */
static bool has_words(const struct cell *cell) {
    const char *blank = memchr(cell->text, ' ', cell->length);
    return blank && !text_is_blank(blank, cell->length - (size_t)(blank - cell->text)) &&
           !text_is_blank(cell->text, (size_t)(blank - cell->text));
}

/* Why the row is no data: blank, numbering, total, group and closing rows. SKIP_REASONS: it is data. */
static enum skip row_skip(struct load *load, const struct row *row) {
    size_t filled = 0, first = row->count; /* three are as good as more */
    for (size_t c = 0; c < row->count && filled < 3; c++)
        if (!cell_blank(&row->cells[c]) && filled++ == 0)
            first = c;
    if (filled == 0)
        return SKIP_BLANK;
    if (load->stopped)
        return key_blank(load, row) ? SKIP_NOTE : skip_unless_data(load, row, SKIP_NOTE);
    if (!load->begun && row_is_numbering(load, row))
        return SKIP_NUMBERING;
    for (size_t c = 0; c < row->count && c < 3; c++)
        if (cell_is_total(load, &row->cells[c])) {
            take_total(load, row);
            return SKIP_TOTAL;
        }
    /* A signature may stand in the key's own column. */
    if (filled <= 2 && label_is_end(cell_label(load, &row->cells[first]))) {
        load->stopped = true;
        return SKIP_NOTE;
    }
    if (!key_blank(load, row) && (filled > 1 || !has_words(&row->cells[first])))
        return SKIP_REASONS;
    if (filled > 2 || load->ledger->schema->field_count <= 4 || load->width <= 4) /* too narrow to tell */
        return SKIP_REASONS;
    carry_group(load, &row->cells[first + (filled == 2 && row->cells[first].length <= 5)]);
    return skip_unless_data(load, row, SKIP_GROUP);
}

/* ---- Rows of data ----------------------------------------------------------------------------------------------- */

/* The message about a cell beyond the header, or NULL when there is none. */
static const char *row_too_long(struct load *load, const struct row *row) {
    for (size_t c = load->width; c < row->count; c++) {
        if (cell_blank(&row->cells[c]))
            continue;
        struct place place = load_place(load, row->number, (unsigned)c + 1);
        const char *message =
            diagnose(load->diagnostics, ROW_LONG, &place, arena_printf(load->scratch, "%zu", row->count),
                     arena_printf(load->scratch, "%zu", load->width),
                     text_clean(load->scratch, row->cells[c].text, row->cells[c].length));
        return message ? message : "";
    }
    return NULL;
}

static void count_skip(struct ledger_source *source, enum skip skip) {
    source->skips[skip]++;
    source->skipped++;
}

/* The row came back in the workbook of check. */
static void note_correction(const struct load *load, const struct row *row) {
    const struct cell *place = &row->cells[load->corrects - 1];
    const struct origin origin = {.source = load->source, .row = row->number};
    if (cell_blank(place))
        return;
    struct correction *correction = ledgers_add_correction(load->ledgers, load->ledger, origin,
                                                           text_clean(load->scratch, place->text, place->length));
    for (size_t f = 0; f < load->ledger->schema->field_count; f++) {
        const unsigned column = load->header_column[f];
        const struct cell *cell = column && column <= row->count ? &row->cells[column - 1] : NULL;
        correction->cells[f] = cell ? text_clean(load->ledgers->arena, cell->text, cell->length) : "";
    }
}

static bool on_row(void *context, const struct row *row) {
    struct load *load = context;
    struct ledger_source *source = &load->ledgers->sources[load->source];
    source->read++;
    load->hidden += row->hidden;
    if (load->seen++ % 512 == 0) {
        arena_free(load->scratch);
        load->scratch = arena_new();
    }
    if (!load->ledger) {
        bool header = !row->faulty && header_find(load, row);
        load->filled = load->filled || row->faulty;
        for (size_t c = 0; c < row->count && !load->filled; c++)
            load->filled = !cell_blank(&row->cells[c]);
        count_skip(source, header || row->count ? SKIP_TITLE : SKIP_BLANK);
        if (header)
            header_forget(load);
        return header || load->seen < HEADER_ROWS;
    }
    enum skip skip = row->faulty ? SKIP_REASONS : row_skip(load, row);
    if (skip != SKIP_REASONS) {
        count_skip(source, skip);
        return true;
    }
    load->begun = true;
    if (row->faulty || load->refused) {
        source->rejected++;
        return true;
    }
    if (load->corrects && load->corrects <= row->count)
        note_correction(load, row);
    if (!load->intake)
        load->intake = intake_new(load);
    intake_add(load->intake, row, row_too_long(load, row));
    return true;
}

static void on_lost(void *context, const struct lost_results *lost) {
    ((struct load *)context)->lost = *lost;
}

static void settle(void *context) {
    intake_settle(((struct load *)context)->intake);
}

/* ---- Sheets and files ------------------------------------------------------------------------------------------- */

static void compare_totals(struct load *load) {
    const struct ledger *ledger = load->ledger;
    for (size_t f = 0; load->total_row && f < ledger->schema->field_count; f++) {
        const struct total *total = &load->totals[f];
        struct value sum = value_integer(0);
        if (!total->present)
            continue;
        for (uint32_t row = 0; row < ledger->row_count; row++)
            if (ledger->origins[row].source == load->source)
                sum = value_add(sum, column_value(&ledger->columns[f], ledger->columns[f].codes[row]));
        if (value_equal(sum, total->written))
            continue;
        struct place place = load_place(load, load->total_row, load->header_column[f]);
        diagnose(load->diagnostics, TOTAL_DIFFERS, &place, ledger->schema->fields[f].label,
                 value_string(load->scratch, total->written, NULL), value_string(load->scratch, sum, NULL));
    }
}

static void say_no_ledger(struct load *load) {
    struct place place = load_place(load, 0, 0);
    bool near = load->nearest >= 0;
    const char *nearest = "", *strange = "";
    if (near && *load->strange)
        strange = arena_printf(load->scratch,
                               diagnose_say(load->diagnostics, "; dòng ấy có cột chưa nhận ra: %s",
                                            "; columns of that row that are not known: %s"),
                               load->strange);
    if (near)
        load->ledgers->sources[load->source].meant = &load->ledgers->schemas->schemas[load->nearest];
    if (near)
        nearest = arena_printf(load->scratch,
                               diagnose_say(load->diagnostics,
                                            "; gần nhất là sổ «%s» với tiêu đề ở dòng %u, còn thiếu cột: %s%s; "
                                            "thêm cột thiếu hoặc sửa tên cột rồi chạy lại",
                                            "; nearest is '%s' with its header in row %u, which misses: %s%s; "
                                            "add what is missing or mend the names of the columns, and run again"),
                               load->ledgers->schemas->schemas[load->nearest].label, load->nearest_row, load->missing,
                               strange);
    diagnose(load->diagnostics, FILE_NOT_LEDGER, &place, arena_printf(load->scratch, "%zu", load->seen), nearest);
}

/* Closes the sheet at hand. One that resembles no ledger in a book that has others (a list, a cover) is nothing to
 * complain about; one that misses a column is. */
static void end_sheet(struct load *load, bool last) {
    struct place place = load_place(load, 0, 0);
    header_forget(load);
    intake_free(load->intake);
    load->intake = NULL;
    if (load->hidden)
        diagnose(load->diagnostics, ROWS_HIDDEN, &place, arena_printf(load->scratch, "%zu", load->hidden));
    if (load->beside)
        diagnose(load->diagnostics, SHEETS_BESIDE, &place, arena_printf(load->scratch, "%zu", load->beside),
                 load->ledger->schema->label);
    if (load->ledger) {
        lost_results_say(&load->lost, &place, load->diagnostics);
        compare_totals(load);
    } else if (load->seen && load->seen < HEADER_ROWS && !load->filled && last && load->file_sources == 1) {
        diagnose(load->diagnostics, FILE_EMPTY, &place, "");
    } else if (load->seen && (load->nearest >= 0 || (last && !load->file_ledgers)))
        say_no_ledger(load);
}

static bool on_sheet(void *context, const struct sheet *sheet) {
    struct load *load = context;
    struct ledgers *ledgers = load->ledgers;
    struct place place = {.file = load->path};
    if (sheet->hidden) {
        if (!sheet->name || !text_starts(sheet->name, "_tongket")) /* the mark of our own forms */
            diagnose(load->diagnostics, SHEET_HIDDEN, &place, sheet->name);
        return false;
    }
    if (load->ledger && load->ledger->schema->alone) {
        load->beside++;
        return false;
    }
    if (load->file_sources++)
        end_sheet(load, false);
    ledgers->sources = arena_grow(ledgers->arena, ledgers->sources, &ledgers->source_capacity,
                                  ledgers->source_count + 1, sizeof *ledgers->sources);
    load->source = (uint32_t)ledgers->source_count++;
    ledgers->sources[load->source] =
        (struct ledger_source){.file = load->path,
                               .sheet = sheet->name ? arena_text(ledgers->arena, sheet->name) : NULL,
                               .unused = "",
                               .sha256 = ""};
    struct load fresh = {.ledgers = ledgers,
                         .diagnostics = load->diagnostics,
                         .scratch = load->scratch,
                         .path = load->path,
                         .source = load->source,
                         .carried = "",
                         .nearest = -1,
                         .missing = "",
                         .strange = "",
                         .file_sources = load->file_sources,
                         .file_ledgers = load->file_ledgers};
    *load = fresh;
    return true;
}

/* ---- Files ------------------------------------------------------------------------------------------------------- */

static void read_file(struct load *load, const struct reader *reader, struct sheet_traits *traits) {
    const struct sheet_sink sink = {
        .context = load, .sheet = on_sheet, .row = on_row, .flush = settle, .lost = on_lost};
    if (reader->read(load->path, &sink, traits, load->diagnostics) && load->file_sources)
        end_sheet(load, true);
}

void ledgers_load(struct ledgers *ledgers, const char *path) {
    struct load load = {.ledgers = ledgers,
                        .diagnostics = ledgers->diagnostics,
                        .scratch = arena_new(),
                        .path = arena_text(ledgers->arena, path)};
    const char *sha256 = "";
    struct place place = {.file = load.path};
    const struct file_stamp stamp = file_stamp(path);
    size_t first = ledgers->source_count;
    diagnostics_file(ledgers->diagnostics, load.path);
    ledgers->diagnostics->settle = settle;
    ledgers->diagnostics->settle_context = &load;
    const struct reader *reader = reader_choose(path, ledgers->diagnostics);
    struct sheet_traits traits = {.forced_encoding = ledgers->encoding};
    if (reader) {
        sha256 = hashing_begin(ledgers, load.path, stamp);
        const char *twin = hashing_twin(ledgers, sha256, stamp.size);
        if (twin)
            diagnose(ledgers->diagnostics, FILE_TWICE, &place, twin);
        else
            read_file(&load, reader, &traits);
    }
    if (ledgers->source_count == first) /* nothing was read of it: it is listed all the same */
        on_sheet(&load, &(struct sheet){.name = NULL});
    for (size_t i = first; i < ledgers->source_count; i++) {
        ledgers->sources[i].traits = traits;
        ledgers->sources[i].sha256 = sha256;
        ledgers->sources[i].size = stamp.size;
    }
    ledgers->diagnostics->settle = NULL;
    intake_free(load.intake);
    header_forget(&load);
    arena_free(load.scratch);
}
