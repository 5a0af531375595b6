/* spread.c - a table whose columns are data.
 *
 *   person  criterion   votes             person  Đạo đức  Tinh thần
 *   An      Đạo đức     2        =>       An            2          0
 *   An      Tinh thần   0                 Bình          0          1
 *   Bình    Đạo đức     0
 *   Bình    Tinh thần   1
 *
 * The template says `across = criterion` in its column [votes]. Rows that follow one another and agree in all other
 * columns become one; the new columns come in the order in which the query first gives their names. So a list of
 * criteria is a vocabulary, and no report knows how long it is. Rejected: a query that names its columns itself, since
 * its list would stand beside the vocabulary and drift from it. */
#include "report/fill.h"

#include <string.h>

struct spread {
    struct fill *fill;
    const struct result *from;
    size_t heading, value; /* columns of from */
    const char **headings;
    size_t heading_count, heading_capacity;
};

static size_t heading_of(struct spread *spread, size_t row) {
    const char *text = value_string(spread->fill->arena, result_value(spread->from, row, spread->heading), NULL);
    for (size_t i = 0; i < spread->heading_count; i++)
        if (strcmp(spread->headings[i], text) == 0)
            return i;
    spread->headings = arena_grow(spread->fill->arena, spread->headings, &spread->heading_capacity,
                                  spread->heading_count + 1, sizeof *spread->headings);
    spread->headings[spread->heading_count] = text;
    return spread->heading_count++;
}

static bool is_kept(const struct spread *spread, size_t column) {
    return column != spread->heading && column != spread->value;
}

/* Whether the row agrees with the one that is made, whose cells begin with the columns that stay. */
static bool continues(const struct spread *spread, size_t row, const struct grid_cell *made) {
    for (size_t c = 0; c < spread->from->column_count; c++)
        if (is_kept(spread, c) && !value_equal(result_value(spread->from, row, c), (made++)->value))
            return false;
    return true;
}

static void add_made(struct result *made, const struct grid_cell *cells) {
    grid_add(made->rows, 0, cells);
    made->row_count++;
}

/* votes.1, votes.2: no column of a query is named so. */
static const char *heading_name(const struct spread *spread, size_t heading) {
    return arena_printf(spread->fill->arena, "%s.%zu", spread->from->names[spread->value], heading + 1);
}

/* The rows: the columns that stay, then one for each heading. */
static struct result *spread_rows(struct spread *spread) {
    const struct result *from = spread->from;
    struct arena *arena = spread->fill->arena;
    struct result *made = ARENA_NEW(arena, struct result);
    size_t *places = ARENA_ARRAY(arena, size_t, from->row_count), kept = 0;
    for (size_t row = 0; row < from->row_count; row++)
        places[row] = heading_of(spread, row);
    made->gap = from->gap;
    made->column_count = from->column_count - 2 + spread->heading_count;
    made->names = ARENA_ARRAY(arena, const char *, made->column_count + 1);
    made->rows = grid_new(arena, made->column_count);
    for (size_t c = 0; c < from->column_count; c++)
        if (is_kept(spread, c))
            made->names[kept++] = from->names[c];
    for (size_t i = 0; i < spread->heading_count; i++)
        made->names[kept + i] = heading_name(spread, i);
    struct grid_cell *cells = ARENA_ARRAY(arena, struct grid_cell, made->column_count);
    struct arena *scratch = arena_new(); /* of the texts in the row that is made */
    for (size_t row = 0; row < from->row_count; row++) {
        if (row && !continues(spread, row, cells)) {
            add_made(made, cells);
            arena_clear(scratch);
            memset(cells, 0, made->column_count * sizeof *cells);
        }
        size_t at = 0;
        for (size_t c = 0; c < from->column_count; c++)
            if (is_kept(spread, c))
                cells[at++].value = value_keep(scratch, result_value(from, row, c));
        cells[kept + places[row]].value = value_keep(scratch, result_value(from, row, spread->value));
    }
    if (from->row_count)
        add_made(made, cells);
    arena_free(scratch);
    return made;
}

const struct table_plan *table_spread(struct fill *fill, const struct table_plan *plan, const struct result **result) {
    size_t across = 0;
    while (across < plan->column_count && !plan->columns[across].across)
        across++;
    if (across == plan->column_count)
        return plan;
    const struct column_plan *model = &plan->columns[across];
    int heading = names_column(fill, plan->query, *result, model->across, &model->place);
    int value = names_column(fill, plan->query, *result, model->name, &model->place);
    if (heading < 0 || value < 0)
        return plan;
    struct spread spread = {.fill = fill, .from = *result, .heading = (size_t)heading, .value = (size_t)value};
    struct table_plan *made = ARENA_NEW(fill->arena, struct table_plan);
    *result = spread_rows(&spread);
    *made = *plan;
    made->column_count = plan->column_count - 1 + spread.heading_count;
    made->columns = ARENA_ARRAY(fill->arena, struct column_plan, made->column_count);
    struct column_plan *to = made->columns;
    for (size_t c = 0; c < plan->column_count; c++) {
        if (c != across)
            *to++ = plan->columns[c];
        for (size_t i = 0; c == across && i < spread.heading_count; i++) {
            *to = *model;
            to->name = heading_name(&spread, i);
            to->label = spread.headings[i];
            to++->across = NULL;
        }
    }
    return made;
}
