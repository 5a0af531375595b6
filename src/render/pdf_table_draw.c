/* pdf_table_draw.c - drawing the rows of a table and their rules. */
#include "render/pdf_table.h"

#include <math.h>

static const double RULE = 0.5;

static void rule_level(struct canvas *canvas, double x1, double x2, double y) {
    canvas_rule(canvas, x1 - RULE / 2, y, x2 + RULE / 2, y, RULE, 0);
}

static void rule_upright(struct canvas *canvas, double x, double y1, double y2) {
    canvas_rule(canvas, x, y1, x, y2, RULE, 0);
}

static double right_edge(const struct table_set *set) {
    const struct column_set *last = &set->columns[set->table->column_count - 1];
    return last->x + last->width;
}

/* Centred in both directions. */
static void draw_heading(const struct table_set *set, const struct lines *lines, double x, double width, double top,
                         double height, struct canvas *canvas) {
    double y = top + (height - (double)lines->count * set->leading) / 2 + set->rise;
    for (size_t i = 0; i < lines->count; i++, y += set->leading)
        canvas_line(canvas, lines, i, set->size, x + (width - lines->lines[i].width * set->size / 1000) / 2, y);
}

static void draw_group(const struct table_set *set, size_t column, double top, struct canvas *canvas) {
    const struct column_set *first = &set->columns[column], *last = &set->columns[column + first->span - 1];
    double end = last->x + last->width;
    draw_heading(set, &first->group_lines, first->x, end - first->x, top, set->group_height, canvas);
    rule_level(canvas, first->x, end, top + set->group_height);
}

void table_draw_header(const struct box *box, struct canvas *canvas, double top) {
    const struct table_set *set = box->content;
    double bottom = top + set->header_height, left = set->columns[0].x;
    bool in_group = false;
    for (size_t i = 0; i < set->table->column_count; i++) {
        const struct column_set *column = &set->columns[i];
        if (column->span)
            in_group = column->group != NULL;
        if (column->group)
            draw_group(set, i, top, canvas);
        double from = in_group ? top + set->group_height : top;
        draw_heading(set, &column->header_lines, column->x, column->width, from, bottom - from, canvas);
        rule_upright(canvas, column->x, column->span ? top : from, bottom);
    }
    rule_upright(canvas, right_edge(set), top, bottom);
    rule_level(canvas, left, right_edge(set), top);
    rule_level(canvas, left, right_edge(set), bottom);
}

/* The figures of a column are a block in its middle, their commas below each other. */
static void draw_figure(const struct table_set *set, const struct column_set *column, const struct cell_set *cell,
                        double baseline, struct canvas *canvas) {
    double unit = set->size / 1000, block = (column->before + column->behind) * unit;
    double comma = column->x + (column->width - block) / 2 + column->before * unit;
    const struct line_piece *pieces = cell->lines.pieces;
    if (!cell->lines.count)
        return;
    double before = faces_width(canvas->faces, (enum face)pieces[0].style, pieces[0].text,
                                cell->comma < pieces[0].length ? cell->comma : pieces[0].length);
    canvas_line(canvas, &cell->lines, 0, set->size, comma - before * unit, baseline);
}

static void draw_cell(const struct table_set *set, const struct table_slice *slice, size_t column, double top,
                      double height, struct canvas *canvas) {
    const struct column_set *made = &set->columns[column];
    const struct cell_set *cell = &set->cells[slice->row * set->table->column_count + column];
    size_t first = slice->first, end = first + slice->count;
    end = end < cell->lines.count ? end : cell->lines.count;
    if (first >= end)
        return;
    double text = (double)(end - first) * set->leading;
    double y = top + (slice->whole ? (height - text) / 2 : 0.65 * set->margin) + set->rise;
    if (made->kind == COLUMN_FIGURES) {
        draw_figure(set, made, cell, y, canvas);
        return;
    }
    for (size_t i = first; i < end; i++, y += set->leading) {
        double slack = made->width - 2 * set->margin - cell->lines.lines[i].width * set->size / 1000;
        double shift = made->align == ALIGN_CENTER ? slack / 2 : made->align == ALIGN_RIGHT ? slack : 0;
        canvas_line(canvas, &cell->lines, i, set->size, made->x + set->margin + shift, y);
    }
}

void table_draw_row(const struct box *box, struct canvas *canvas, double top) {
    const struct table_slice *slice = box->content;
    const struct table_set *set = slice->set;
    double height = table_row_height(set, slice->count), bottom = top + height;
    for (size_t i = 0; i < set->table->column_count; i++) {
        draw_cell(set, slice, i, top, height, canvas);
        rule_upright(canvas, set->columns[i].x, top, bottom);
    }
    rule_upright(canvas, right_edge(set), top, bottom);
    rule_level(canvas, set->columns[0].x, right_edge(set), bottom);
}

void table_draw_nothing(const struct box *box, struct canvas *canvas, double top) {
    const struct table_set *set = box->content;
    double left = set->columns[0].x, right = right_edge(set), bottom = top + table_row_height(set, 1);
    text_draw(set->nothing, canvas, top + 0.65 * set->margin);
    rule_upright(canvas, left, top, bottom);
    rule_upright(canvas, right, top, bottom);
    rule_level(canvas, left, right, bottom);
}
