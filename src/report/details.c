/* details.c - the rows behind the figures that a template names in `details: query.column, …`, as tables for the
 * office.
 *
 * A row is shown as its ledger holds it, beside the place it was read from, so that a figure can be followed to the
 * paper. More rows than DETAIL_ROWS are nobody's reading: the caption then says how many there are. */
#include "report/fill.h"

#include "base/buffer.h"
#include "base/text.h"

#include <string.h>

enum { DETAIL_ROWS = 20000, PLACES = 3 };

/* The query of the figure; *known: it is a figure, not a gap. */
static const struct query *find_query(struct fill *fill, const char *figure, const struct place *place, bool *known) {
    const size_t length = strcspn(figure, ".");
    const char *name = arena_copy(fill->arena, figure, length);
    const struct result *result = names_query(fill, name, place);
    size_t at = 0;
    while (result && result != &fill->results[at])
        at++;
    if (!result || query_left_out(fill, &fill->template->queries[at]))
        return NULL;
    const int column = names_column(fill, name, result, figure + length + (figure[length] == '.'), place);
    if (column < 0)
        return NULL;
    *known = result->gap.kind != VALUE_GAP && (!result->gaps || result->gaps[column].kind != VALUE_GAP);
    return &fill->template->queries[at];
}

/* A row's number is no count: 1022, not 1.022. */
static const struct format row_format = {.kind = FORMAT_NUMBER, .digits = 1};

static struct table_column make_column(const char *name, const char *label, enum align align) {
    return (struct table_column){
        .name = name, .label = label, .align = align, .total = TOTAL_NONE, .numerator = -1, .denominator = -1};
}

static void make_columns(struct fill *fill, const struct ledger *ledger, struct table *table) {
    const struct schema *schema = ledger->schema;
    table->column_count = PLACES + schema->field_count;
    table->columns = ARENA_ARRAY(fill->arena, struct table_column, table->column_count);
    table->columns[0] = make_column("_file", "Tệp", ALIGN_LEFT);
    table->columns[1] = make_column("_sheet", "Trang tính", ALIGN_LEFT);
    table->columns[2] = make_column("_row", "Dòng", ALIGN_RIGHT);
    table->columns[2].format = row_format;
    for (size_t i = 0; i < schema->field_count; i++) {
        const struct field *field = &schema->fields[i];
        bool number = field->type == FIELD_INTEGER || field->type == FIELD_DECIMAL;
        table->columns[PLACES + i] = make_column(field->name, field->label, number ? ALIGN_RIGHT : ALIGN_LEFT);
    }
}

/* "DVIEN;DQ" as "đoàn viên; dân quân". */
static const char *list_labels(struct arena *arena, const struct vocabulary *vocabulary, const char *codes) {
    char **parts;
    const size_t count = text_split(arena, codes, ';', &parts);
    struct buffer labels = {0};
    for (size_t i = 0; i < count; i++) {
        const int entry = vocabulary_code(vocabulary, parts[i]);
        buffer_printf(&labels, "%s%s", i ? "; " : "", entry < 0 ? parts[i] : vocabulary->entries[entry].label);
    }
    const char *text = arena_text(arena, buffer_string(&labels));
    buffer_free(&labels);
    return text;
}

/* What a clerk calls it: a code by its label, yes and no in words. */
static struct value shown_value(struct arena *arena, const struct column *column, uint32_t code) {
    const struct field *field = column->field;
    struct value value = column_value(column, code);
    if (value.kind == VALUE_NONE)
        return value_text("");
    if (field->type == FIELD_ENUM)
        return value_text(field->vocabulary->entries[code - 1].label);
    if (field->type == FIELD_LIST && field->vocabulary)
        return value_text(list_labels(arena, field->vocabulary, value.text));
    if (field->type == FIELD_BOOLEAN)
        return value_text(value.number ? "có" : "không");
    return value;
}

static struct grid_cell make_cell(struct arena *arena, struct value value) {
    return (struct grid_cell){.value = value,
                              .text = value.kind == VALUE_TEXT ? value.text : value_string(arena, value, NULL)};
}

static void add_row(const struct fill *fill, struct table *table, const struct behind *behind, uint32_t row,
                    struct arena *scratch) {
    const struct ledger *ledger = behind->ledger;
    const struct origin *origin = &ledger->origins[row];
    const struct ledger_source *source = &fill->request->ledgers->sources[origin->source];
    const size_t fields = ledger->schema->field_count;
    struct grid_cell *cells = ARENA_ARRAY(scratch, struct grid_cell, PLACES + fields);
    cells[0] = make_cell(scratch, value_text(source->file));
    cells[1] = make_cell(scratch, value_text(source->sheet ? source->sheet : ""));
    const struct value number = value_integer(origin->row);
    cells[2] = (struct grid_cell){.value = number, .text = value_string(scratch, number, &row_format)};
    for (size_t i = 0; i < fields; i++)
        cells[PLACES + i] =
            make_cell(scratch, shown_value(scratch, &ledger->columns[i], ledger->columns[i].codes[row]));
    grid_add(table->rows, ROW_BODY, cells);
}

static struct table *make_table(struct fill *fill, const char *figure, const char *label, const struct behind *behind) {
    struct table *table = ARENA_NEW(fill->arena, struct table);
    table->name = figure;
    table->unit = "";
    table->row_count = behind->count < DETAIL_ROWS ? behind->count : DETAIL_ROWS;
    table->caption = behind->count <= DETAIL_ROWS ? label
                                                  : arena_printf(fill->arena, "%s: %d dòng đầu trong số %zu dòng",
                                                                 label, DETAIL_ROWS, behind->count);
    make_columns(fill, behind->ledger, table);
    table->rows = grid_new(fill->arena, table->column_count);
    struct arena *scratch = arena_new();
    for (size_t i = 0; i < table->row_count; i++) {
        add_row(fill, table, behind, behind->rows[i], scratch);
        arena_clear(scratch);
    }
    arena_free(scratch);
    return table;
}

void details_make(struct fill *fill) {
    const struct template *template = fill->template;
    const struct place place = {.file = template->file, .row = template->details_line};
    struct detail *details = ARENA_ARRAY(fill->arena, struct detail, template->detail_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < template->detail_count && fill->good && !fill->request->public_; i++) {
        const char *figure = template->details[i], *label = figures_label(template, figure);
        bool known;
        const struct query *query = find_query(fill, figure, &place, &known);
        struct behind behind;
        if (!query || !(fill->request->details || fill->request->check_only))
            continue;
        if (!store_rows_behind(fill->request->store, fill->arena, query->sql, strchr(figure, '.') + 1, &behind)) {
            diagnose(fill->diagnostics, DETAILS_INVOLVED, &place, figure);
            fill->good = false;
            return;
        }
        label = label ? label : figure;
        if (!known) /* no row stands behind what nobody knows */
            behind.count = 0;
        details[count++] = (struct detail){figure, label, make_table(fill, figure, label, &behind)};
    }
    fill->document->details = details;
    fill->document->detail_count = count;
}
