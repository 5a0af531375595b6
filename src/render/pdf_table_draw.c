/* pdf_table_draw.c - drawing the rows of a table and their rules. */
#include "render/pdf_table.h"

#include <math.h>

static const double RULE = 0.5;

static void rule_level(struct canvas *canvas, double x1, double x2, double y) {
    canvas_rule(canvas, x1 - RULE / 2, y, x2 + RULE / 2, y, RULE, 0);
}

static void rule_upright(struct canvas *canvas, double x, double y1, double y2) {
    canvas_upright(canvas, x, y1, y2, RULE);
}

static double right_edge(const struct table_set *set) {
    const struct column_set *last = &set->columns[set->count - 1];
    return last->x + last->width;
}

/* ===== Header ===== */

/* Centred in both directions. */
static void draw_heading(const struct table_set *set, const struct lines *lines, double x, double width, double top,
                         double height, struct canvas *canvas) {
    double y = top + (height - (double)lines->count * set->leading) / 2 + set->rise;
    for (size_t i = 0; i < lines->count; i++, y += set->leading)
        canvas_line(canvas, lines, i, set->size, x + (width - lines->lines[i].width * set->size / 1000) / 2, y);
}

static void draw_group(const struct table_set *set, size_t column, double top, struct canvas *canvas) {
    const struct column_set *first = &set->columns[column];
    double width = table_span_width(set, column);
    draw_heading(set, &first->group_lines, first->x, width, top, set->group_height, canvas);
    rule_level(canvas, first->x, first->x + width, top + set->group_height);
}

void table_draw_header(const struct box *box, struct canvas *canvas, double top) {
    const struct table_set *set = box->content;
    double bottom = top + set->header_height, left = set->columns[0].x;
    bool in_group = false;
    for (size_t i = 0; i < set->count; i++) {
        const struct column_set *column = &set->columns[i];
        if (column->span)
            in_group = set->texts->columns[column->source].group != NULL;
        if (column->span && in_group)
            draw_group(set, i, top, canvas);
        double from = in_group ? top + set->group_height : top;
        draw_heading(set, &column->header_lines, column->x, column->width, from, bottom - from, canvas);
        rule_upright(canvas, column->x, column->span ? top : from, bottom);
    }
    rule_upright(canvas, right_edge(set), top, bottom);
    rule_level(canvas, left, right_edge(set), top);
    rule_level(canvas, left, right_edge(set), bottom);
}

/* ===== Rows ===== */

/* The figures of a column are a block in its middle, their commas below each other. */
static double figure_x(const struct table_set *set, const struct column_set *column, const struct cell_text *cell) {
    const struct column_texts *texts = &set->texts->columns[column->source];
    double unit = set->size / 1000, block = (texts->before + texts->behind) * unit;
    return column->x + (column->width - block) / 2 + (texts->before - cell->before) * unit;
}

static double line_x(const struct table_set *set, const struct column_set *column, double width) {
    enum align align = set->texts->table->columns[column->source].align;
    double slack = column->width - 2 * set->margin - width * set->size / 1000;
    return column->x + set->margin + (align == ALIGN_CENTER ? slack / 2 : align == ALIGN_RIGHT ? slack : 0);
}

/* A cell between the lines that the slice shows; NULL column: across the table. */
static void draw_cell(const struct box *box, const struct cell_text *cell, const struct column_set *column,
                      struct arena *scratch, double top, double height, struct canvas *canvas) {
    const struct table_set *set = box->content;
    struct lines lines = table_cell_lines(set, cell, column, scratch);
    size_t first = box->first, end = first + box->count < lines.count ? first + box->count : lines.count;
    if (first >= end)
        return;
    double text = (double)(end - first) * set->leading;
    double y = top + (box->part ? 0.65 * set->margin : (height - text) / 2) + set->rise;
    if (first) {
        const char *mark = set->texts->layout->profile->words.continued;
        double width = canvas_text_width(canvas, FACE_ITALIC, 1000, mark);
        canvas_text(canvas, FACE_ITALIC, set->size, column ? line_x(set, column, width) : set->columns[0].x, y, mark);
        y += set->leading;
    }
    for (size_t i = first; i < end; i++, y += set->leading) {
        double x = !column ? set->columns[0].x + set->margin
                   : set->texts->columns[column->source].kind == COLUMN_FIGURES
                       ? figure_x(set, column, cell)
                       : line_x(set, column, lines.lines[i].width);
        canvas_line(canvas, &lines, i, set->size, x, y);
    }
}

void table_draw_row(const struct box *box, struct canvas *canvas, double top) {
    const struct table_set *set = box->content;
    struct arena *scratch = set->texts->layout->scratch;
    const struct cell_text *cells = table_row_texts(set->texts, box->row, scratch);
    double height = table_row_height(set, box->count + (box->first ? 1 : 0)), bottom = top + height;
    bool across = table_is_across(set->texts->table, box->row);
    for (size_t i = 0; across && i < set->texts->table->column_count; i++)
        draw_cell(box, &cells[i], NULL, scratch, top, height, canvas);
    for (size_t i = 0; i < set->count; i++) {
        if (!across)
            draw_cell(box, &cells[set->columns[i].source], &set->columns[i], scratch, top, height, canvas);
        if (!across || i == 0)
            rule_upright(canvas, set->columns[i].x, top, bottom);
    }
    rule_upright(canvas, right_edge(set), top, bottom);
    rule_level(canvas, set->columns[0].x, right_edge(set), bottom);
    arena_clear(scratch);
}

void table_draw_repeat(const struct box *box, struct canvas *canvas, double top) {
    const struct table_set *set = box->content;
    table_draw_header(box, canvas, top);
    table_draw_row(box, canvas, top + set->header_height);
}

void table_draw_nothing(const struct box *box, struct canvas *canvas, double top) {
    const struct table_set *set = box->content;
    double left = set->columns[0].x, right = right_edge(set), bottom = top + table_row_height(set, 1);
    text_draw(set->nothing, canvas, top + 0.65 * set->margin);
    rule_upright(canvas, left, top, bottom);
    rule_upright(canvas, right, top, bottom);
    rule_level(canvas, left, right, bottom);
}
