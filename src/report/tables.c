/* tables.c - a query's rows as a table or a chart: formats, totals, ratios. */
#include "report/fill.h"

#include "base/text.h"

#include <string.h>

/* ---- Numbers ---------------------------------------------------------------------------------------------------- */

static bool column_is_numeric(const struct result *result, size_t column) {
    bool any = false;
    for (size_t row = 0; row < result->row_count; row++) {
        const enum value_kind kind = result_value(result, row, column).kind;
        any = any || kind == VALUE_HIDDEN || kind == VALUE_GAP;
        if (kind == VALUE_NONE || kind == VALUE_HIDDEN || kind == VALUE_GAP)
            continue;
        if (kind != VALUE_INTEGER && kind != VALUE_DECIMAL)
            return false;
        any = true;
    }
    return any;
}

/* Some of the query's rows, from `first` to before `end`. */
struct span {
    size_t first, end;
};

/* A sum of which a part is hidden is hidden: it would tell what the others leave. One of which a part is not known is
 * not known. */
static struct value column_sum(const struct result *result, size_t column, struct span span) {
    struct value sum = value_none();
    for (size_t row = span.first; row < span.end; row++) {
        struct value cell = result_value(result, row, column);
        sum = value_add(sum, cell);
        if (sum.kind == VALUE_HIDDEN)
            return sum;
    }
    return sum;
}

void ratio_watch(struct fill *fill, struct value value, bool over, const char *name, const struct place *place) {
    if (fill->checking || value.kind != VALUE_RATIO || over || value.base <= 0 || value.number <= value.base)
        return;
    static const struct format percent = {.kind = FORMAT_PERCENT, .digits = 1, .decimals = 1};
    diagnose(fill->diagnostics, FIGURE_OVER, place, name, value_string(fill->arena, value, &percent));
}

/* ---- Tables ----------------------------------------------------------------------------------------------------- */

struct making {
    struct fill *fill;
    const struct table_plan *plan;
    const struct result *result;
    struct table *table;
    const struct column_plan **plans; /* by column of the table; NULL: counter */
    int *from;                        /* by column: the query's column, -1: counter or ratio */
    struct value *wholes;             /* by column: of a ratio over a sum of all rows, that sum */
    struct grid_cell *cells;          /* of the row that is made */
    struct arena *scratch;            /* of its printed forms */
};

static int shown_column(const struct making *making, const char *name) {
    for (size_t c = 0; c < making->table->column_count; c++)
        if (making->plans[c] && !making->plans[c]->numerator && strcmp(making->plans[c]->name, name) == 0)
            return (int)c;
    return -1;
}

static bool has_sums(const struct table_plan *plan) {
    return plan->total || plan->subtotal;
}

static void set_ratio(struct making *making, struct table_column *column, const struct column_plan *plan) {
    struct fill *fill = making->fill;
    int top = names_column(fill, making->plan->query, making->result, plan->numerator, &plan->place);
    int bottom = names_column(fill, making->plan->query, making->result, plan->denominator, &plan->place);
    column->is_ratio = true;
    column->align = ALIGN_RIGHT;
    column->denominator_total = plan->denominator_total;
    if (top < 0 || bottom < 0)
        return;
    for (int i = 0; i < 2; i++) {
        int at = i ? bottom : top;
        bool numbers = true;
        for (size_t row = 0; row < making->result->row_count; row++) {
            const enum value_kind kind = result_value(making->result, row, (size_t)at).kind;
            numbers = numbers && (kind == VALUE_INTEGER || kind == VALUE_DECIMAL || kind == VALUE_NONE ||
                                  kind == VALUE_HIDDEN || kind == VALUE_GAP);
        }
        if (!numbers) {
            diagnose(fill->diagnostics, RATIO_TEXT, &plan->place, i ? plan->denominator : plan->numerator);
            fill->good = false;
        }
    }
    if (!plan->has_format)
        column->format =
            (struct format){.kind = FORMAT_PERCENT, .digits = 1, .decimals = 1, .rounding = fill->template->rounding};
    if (has_sums(making->plan) && !(plan->total_given && plan->total == TOTAL_NONE))
        column->total = TOTAL_RATIO;
}

static void set_column(struct making *making, size_t at, const struct column_plan *plan) {
    struct fill *fill = making->fill;
    struct table_column *column = &making->table->columns[at];
    making->plans[at] = plan;
    making->from[at] = -1;
    const int source = result_column(making->result, plan->name);
    if (source >= 0 && making->result->gaps && gap_is(making->result->gaps[source], GAP_UNKNOWN))
        gaps_tell(fill, arena_printf(fill->arena, "%s.%s", making->plan->query, plan->name));
    *column = (struct table_column){.name = plan->name,
                                    .label = words_fill(fill, plan->label, &plan->place),
                                    .group = plan->group ? words_fill(fill, plan->group, &plan->place) : NULL,
                                    .format = plan->format,
                                    .numerator = -1,
                                    .denominator = -1};
    if (plan->group)
        making->table->grouped = true;
    if (plan->numerator) {
        set_ratio(making, column, plan);
    } else {
        making->from[at] = names_column(fill, making->plan->query, making->result, plan->name, &plan->place);
        bool numeric = making->from[at] >= 0 && column_is_numeric(making->result, (size_t)making->from[at]);
        column->align = numeric ? ALIGN_RIGHT : plan->format.kind == FORMAT_DATE ? ALIGN_CENTER : ALIGN_LEFT;
        if (has_sums(making->plan) && numeric && !(plan->total_given && plan->total == TOTAL_NONE))
            column->total = TOTAL_SUM;
    }
    if (plan->has_align)
        column->align = plan->align;
}

static bool is_without(const struct result *result, const char *name) {
    const int column = name ? result_column(result, name) : -1;
    const struct value gap = column >= 0 && result->gaps ? result->gaps[column] : value_none();
    return gap_is(gap, GAP_INCOMPARABLE) || gap_is(gap, GAP_UNKEPT);
}

/* A column of last year's figures that nobody has, or of what the office does not keep, is no column. */
static bool is_left_out(const struct result *result, const struct column_plan *plan) {
    if (result->gap.kind == VALUE_GAP)
        return false; /* the table has no rows at all, and says so */
    return is_without(result, plan->numerator ? plan->numerator : plan->name) ||
           is_without(result, plan->numerator ? plan->denominator : NULL);
}

static void set_columns(struct making *making) {
    struct fill *fill = making->fill;
    const struct table_plan *plan = making->plan;
    size_t count = plan->column_count ? plan->column_count : making->result->column_count,
           first = plan->counter != NULL;
    struct table *table = making->table;
    struct column_plan *columns = plan->columns;
    if (!plan->column_count) {
        columns = ARENA_ARRAY(fill->arena, struct column_plan, count);
        for (size_t c = 0; c < count; c++)
            columns[c] = (struct column_plan){
                .name = making->result->names[c], .label = making->result->names[c], .place = plan->place};
    }
    table->columns = ARENA_ARRAY(fill->arena, struct table_column, count + first);
    making->plans = ARENA_ARRAY(fill->arena, const struct column_plan *, count + first);
    making->from = ARENA_ARRAY(fill->arena, int, count + first);
    if (first) {
        table->columns[0] = (struct table_column){.name = "",
                                                  .label = plan->counter,
                                                  .align = ALIGN_CENTER,
                                                  .counter = true,
                                                  .numerator = -1,
                                                  .denominator = -1};
        making->from[0] = -1;
    }
    table->column_count = first;
    for (size_t c = 0; c < count; c++)
        if (!is_left_out(making->result, &columns[c]))
            set_column(making, table->column_count++, &columns[c]);
    for (size_t c = first; c < table->column_count; c++)
        if (table->columns[c].is_ratio) {
            table->columns[c].numerator = shown_column(making, making->plans[c]->numerator);
            table->columns[c].denominator = shown_column(making, making->plans[c]->denominator);
        }
    if (has_sums(plan) && table->column_count > first && table->columns[first].total == TOTAL_NONE)
        table->columns[first].total = TOTAL_LABEL;
}

static struct value named_value(const struct making *making, size_t row, const char *name) {
    int column = result_column(making->result, name);
    return column < 0 ? value_none() : result_value(making->result, row, (size_t)column);
}

static struct span all_rows(const struct making *making) {
    return (struct span){0, making->result->row_count};
}

static struct value result_sum(const struct making *making, const char *name, struct span span) {
    int column = result_column(making->result, name);
    if (column < 0)
        return value_none();
    const struct value *sum = public_sum(making->fill, making->result, (size_t)column);
    bool whole = span.first == 0 && span.end == making->result->row_count;
    return sum && whole ? *sum : column_sum(making->result, (size_t)column, span);
}

/* The rows of a group are counted from one. */
static struct value body_value(const struct making *making, size_t row, size_t column, size_t group) {
    const struct column_plan *plan = making->plans[column];
    if (!plan)
        return value_integer((int64_t)(row - group) + 1);
    if (!plan->numerator)
        return making->from[column] < 0 ? value_none()
                                        : result_value(making->result, row, (size_t)making->from[column]);
    struct value bottom =
        plan->denominator_total ? making->wholes[column] : named_value(making, row, plan->denominator);
    return value_divide(named_value(making, row, plan->numerator), bottom);
}

static struct value sum_value(const struct making *making, size_t column, struct span span, const char *label) {
    const struct column_plan *plan = making->plans[column];
    switch (making->table->columns[column].total) {
    case TOTAL_LABEL:
        return value_text(label);
    case TOTAL_SUM:
        return result_sum(making, plan->name, span);
    case TOTAL_RATIO:
        return value_divide(result_sum(making, plan->numerator, span),
                            plan->denominator_total ? making->wholes[column]
                                                    : result_sum(making, plan->denominator, span));
    default:
        return value_text("");
    }
}

static void set_cell(struct making *making, size_t column, struct value value) {
    const struct column_plan *plan = making->plans[column];
    bool formatted = plan && (plan->has_format || making->table->columns[column].is_ratio);
    struct grid_cell *cell = &making->cells[column];
    cell->value = value;
    cell->text = value.kind == VALUE_TEXT && !formatted
                     ? value.text
                     : value_string(making->scratch, value, formatted ? &making->table->columns[column].format : NULL);
}

static void add_row(struct making *making, enum row_kind kind) {
    grid_add(making->table->rows, (int)kind, making->cells);
    making->table->row_count++;
    arena_clear(making->scratch);
}

static size_t label_column(const struct table *table) {
    return table->columns[0].counter && table->column_count > 1;
}

static void add_body(struct making *making, size_t from, size_t group) {
    struct table *table = making->table;
    for (size_t c = 0; c < table->column_count; c++) {
        const struct column_plan *plan = making->plans[c];
        set_cell(making, c, body_value(making, from, c, group));
        if (plan && making->cells[c].value.kind == VALUE_RATIO)
            ratio_watch(making->fill, making->cells[c].value, plan->over,
                        arena_printf(making->scratch, "%s, %s", making->cells[label_column(table)].text,
                                     table->columns[c].label),
                        &plan->place);
    }
    add_row(making, ROW_BODY);
}

static void add_sum(struct making *making, enum row_kind kind, struct span span, const char *label) {
    for (size_t c = 0; c < making->table->column_count; c++)
        set_cell(making, c, sum_value(making, c, span, label));
    add_row(making, kind);
}

/* ---- Groups of rows --------------------------------------------------------------------------------------------- */

/* The rows from `first` on whose group is the same; all when there are no groups. */
static struct span group_span(const struct making *making, size_t first, int column) {
    const struct result *result = making->result;
    struct span span = {first, column < 0 ? result->row_count : first + 1};
    if (column < 0)
        return span;
    const struct value group = value_keep(making->scratch, result_value(result, first, (size_t)column));
    while (span.end < result->row_count && value_equal(group, result_value(result, span.end, (size_t)column)))
        span.end++;
    return span;
}

static void add_group_name(struct making *making, size_t from) {
    for (size_t c = 0; c < making->table->column_count; c++)
        making->cells[c] = (struct grid_cell){.value = value_text(""), .text = ""};
    const char *name = value_string(making->scratch, named_value(making, from, making->plan->groups), NULL);
    making->cells[label_column(making->table)] = (struct grid_cell){.value = value_text(name), .text = name};
    add_row(making, ROW_GROUP);
}

/* What ratios of all rows are divided by; sought before the rows are walked. */
static void sum_wholes(struct making *making) {
    making->wholes = ARENA_ARRAY(making->fill->arena, struct value, making->table->column_count);
    for (size_t c = 0; c < making->table->column_count; c++)
        if (making->plans[c] && making->plans[c]->numerator && making->plans[c]->denominator_total)
            making->wholes[c] = result_sum(making, making->plans[c]->denominator, all_rows(making));
}

static void add_rows(struct making *making, int groups) {
    const struct table_plan *plan = making->plan;
    size_t count = making->result->row_count;
    making->table->rows = grid_new(making->fill->arena, making->table->column_count);
    making->cells = ARENA_ARRAY(making->fill->arena, struct grid_cell, making->table->column_count);
    making->scratch = arena_new();
    sum_wholes(making);
    for (size_t first = 0; first < count;) {
        struct span span = group_span(making, first, groups);
        if (groups >= 0)
            add_group_name(making, first);
        for (; first < span.end; first++)
            add_body(making, first, span.first);
        if (groups >= 0 && plan->subtotal)
            add_sum(making, ROW_SUBTOTAL, span, plan->subtotal);
    }
    if (plan->total && count)
        add_sum(making, ROW_TOTAL, all_rows(making), plan->total);
    arena_free(making->scratch);
}

/* ---- Totals that repeat a figure -------------------------------------------------------------------------------- */

static bool is_tied(const struct column_plan *plan) {
    return plan->equals && strcmp(plan->equals, "none") != 0;
}

/* Notes a total of which nobody said whether a figure of the prose is the same number. */
static void note_untied(const struct fill *fill, const struct column_plan *plan) {
    struct coverage *coverage = fill->request->coverage;
    if (!coverage || plan->equals)
        return;
    for (size_t i = 0; i < coverage->untied_count; i++)
        if (coverage->untied[i]->place.row == plan->place.row &&
            strcmp(coverage->untied[i]->place.file, plan->place.file) == 0)
            return;
    coverage->untied = arena_grow(fill->arena, coverage->untied, &coverage->untied_capacity, coverage->untied_count + 1,
                                  sizeof *coverage->untied);
    coverage->untied[coverage->untied_count++] = plan;
}

/* equals = tally.total: the column's sum and the figure are one number, told twice. */
static void tie_total(const struct making *making, size_t column) {
    struct fill *fill = making->fill;
    const struct column_plan *plan = making->plans[column];
    if (making->table->columns[column].total == TOTAL_SUM && making->plan->total)
        note_untied(fill, plan);
    if (!is_tied(plan))
        return;
    const struct item item = names_find(fill, plan->equals, &plan->place);
    if (fill->checking)
        return;
    struct value sum = result_sum(making, plan->name, all_rows(making)), figure = item.value;
    if (sum.kind == VALUE_NONE && !making->result->row_count)
        sum = value_integer(0);
    struct value absent;
    if (value_absent(sum, figure, &absent))
        return;
    const char *label = figures_label(fill->template, plan->equals);
    const char *head = making->table->columns[column].label, *group = making->table->columns[column].group;
    if (group)
        head = arena_printf(fill->arena, "%s: %s", group, head); /* «Số phiếu» may stand under several */
    check_add(fill, &plan->place,
              arena_printf(fill->arena, "Bảng %d: tổng cột «%s» = %s", making->table->number, head,
                           label ? label : plan->equals),
              figure, sum);
}

struct table *table_make(struct fill *fill, const struct table_plan *plan) {
    struct table *table = ARENA_NEW(fill->arena, struct table);
    struct making making = {.fill = fill, .table = table};
    making.result = names_query(fill, plan->query, &plan->place);
    if (!making.result)
        return NULL;
    making.plan = table_spread(fill, plan, &making.result);
    table->name = plan->query;
    table->unit = plan->unit ? words_fill(fill, plan->unit, &plan->place) : "";
    table->caption = plan->caption ? words_fill(fill, plan->caption, &plan->place) : "";
    table->number = ++fill->tables;
    table->appendix = plan->appendix;
    if (gap_is(making.result->gap, GAP_UNKNOWN))
        gaps_tell(fill, plan->query);
    table->nothing = making.result->gap.kind == VALUE_GAP ? making.result->gap.text : NULL;
    set_columns(&making);
    int groups =
        plan->groups && fill->good ? names_column(fill, plan->query, making.result, plan->groups, &plan->place) : -1;
    for (size_t c = 0; c < table->column_count && fill->good; c++)
        if (making.plans[c] && !making.plans[c]->numerator)
            tie_total(&making, c);
    if (!fill->good)
        return NULL;
    if (!fill->checking)
        add_rows(&making, groups);
    return table;
}

/* ---- Charts ----------------------------------------------------------------------------------------------------- */

static size_t body_rows(const struct table *table) {
    size_t count = 0;
    for (size_t row = 0; row < table->row_count; row++)
        count += grid_row(table->rows, row).kind == ROW_BODY;
    return count;
}

/* The last table of the same query that shows the category, row for row. */
static const struct table *table_of(const struct fill *fill, const char *query, const char *category, size_t rows,
                                    int *column) {
    const struct table *found = NULL;
    *column = -1;
    for (const struct block *block = fill->document->blocks; block; block = block->next) {
        if (block->kind != BLOCK_TABLE || strcmp(block->table->name, query) != 0 || body_rows(block->table) != rows ||
            (block->table->row_count && grid_row(block->table->rows, 0).kind == ROW_GROUP))
            continue;
        for (size_t c = 0; c < block->table->column_count; c++)
            if (strcmp(block->table->columns[c].name, category) == 0) {
                found = block->table;
                *column = (int)c;
            }
    }
    return found;
}

static void set_series(struct fill *fill, const struct chart_plan *plan, const struct result *result,
                       struct chart *chart, size_t at) {
    struct chart_series *series = &chart->series[chart->series_count];
    int column = names_column(fill, plan->query, result, plan->values[at], &plan->place);
    if (column >= 0 && result->gaps && result->gaps[column].kind == VALUE_GAP) {
        if (!chart->nothing)
            chart->nothing = result->gaps[column].text;
        return;
    }
    chart->series_count++;
    *series = (struct chart_series){
        .label = words_fill(fill, at < plan->label_count ? plan->labels[at] : plan->values[at], &plan->place),
        .format = plan->format,
        .column = -1};
    if (column < 0)
        return;
    series->values = ARENA_ARRAY(fill->arena, struct value, result->row_count);
    for (size_t row = 0; row < result->row_count; row++)
        series->values[row] = value_keep(fill->arena, result_value(result, row, (size_t)column));
    for (size_t c = 0; chart->table && c < chart->table->column_count; c++)
        if (strcmp(chart->table->columns[c].name, plan->values[at]) == 0)
            series->column = (int)c;
}

struct chart *chart_make(struct fill *fill, const struct chart_plan *plan) {
    const struct result *result = names_query(fill, plan->query, &plan->place);
    int category = result ? names_column(fill, plan->query, result, plan->category, &plan->place) : -1;
    if (category < 0)
        return NULL;
    struct chart *chart = ARENA_NEW(fill->arena, struct chart);
    *chart = (struct chart){.kind = plan->kind,
                            .name = plan->query,
                            .category_count = result->row_count,
                            .nothing = result->gap.kind == VALUE_GAP ? result->gap.text : NULL};
    chart->caption = words_fill(fill, plan->caption, &plan->place);
    chart->number = ++fill->charts;
    chart->table = table_of(fill, plan->query, plan->category, result->row_count, &chart->category_column);
    const char **categories = ARENA_ARRAY(fill->arena, const char *, result->row_count);
    for (size_t row = 0; row < result->row_count; row++)
        categories[row] = value_string(fill->arena, result_value(result, row, (size_t)category), NULL);
    chart->categories = categories;
    chart->series = ARENA_ARRAY(fill->arena, struct chart_series, plan->value_count);
    for (size_t s = 0; s < plan->value_count; s++)
        set_series(fill, plan, result, chart, s);
    if (!chart->series_count)
        chart->category_count = 0;
    return fill->good ? chart : NULL;
}
