/* pdf_table.c - measuring a table: kinds of columns, size of the letters, widths, heights of rows. */
#include "render/pdf_table.h"

#include "render/columns.h"

#include <math.h>
#include <string.h>

static const double SIZE_STEP = 0.5;
static const double SPARE = 0.08; /* of the width: room that text needs beyond its longest words */
static const char *const NOTHING = "Không phát sinh";

/* ===== Kinds of columns ===== */

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

/* Bytes before the decimal comma; without one, up to the last digit; without digits, all. */
static size_t comma_of(const char *text) {
    size_t length = strlen(text), end = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == ',' && end && is_digit(text[i + 1]))
            return i;
        if (is_digit(text[i]))
            end = i + 1;
    }
    return end ? end : length;
}

static enum column_kind kind_of(const struct table *table, size_t column) {
    size_t numbers = 0, dates = 0, others = 0;
    for (size_t i = 0; i < table->row_count; i++) {
        const struct table_cell *cell = &table->rows[i].cells[column];
        if (table->rows[i].kind != ROW_BODY)
            continue;
        if (value_is_number(cell->value))
            numbers++;
        else if (cell->value.kind == VALUE_DATE)
            dates++;
        else if (cell->value.kind != VALUE_NONE)
            others++;
    }
    if (others || !(numbers + dates))
        return COLUMN_TEXT;
    return dates || table->columns[column].align == ALIGN_CENTER ? COLUMN_SINGLE : COLUMN_FIGURES;
}

/* ===== Preparing ===== */

static void prepare_headers(struct table_set *set) {
    const struct table *table = set->table;
    struct column_set *begun = NULL;
    for (size_t i = 0; i < table->column_count; i++) {
        const struct table_column *column = &table->columns[i];
        struct column_set *made = &set->columns[i];
        const char *group = table->grouped && column->group && *column->group ? column->group : NULL;
        made->header = text_prepare_plain(set->layout, column->label, FACE_BOLD);
        made->kind = kind_of(table, i);
        made->align = column->align;
        if (group && begun && table->columns[i - 1].group && strcmp(table->columns[i - 1].group, group) == 0) {
            begun->span++;
            continue;
        }
        made->span = 1;
        made->group = group ? text_prepare_plain(set->layout, group, FACE_BOLD) : NULL;
        begun = group ? made : NULL;
    }
}

static void prepare_figure(struct table_set *set, struct column_set *column, struct cell_set *cell, const char *text,
                           enum face face) {
    cell->comma = comma_of(text);
    column->before = fmax(column->before, faces_width(set->layout->faces, face, text, cell->comma));
    column->behind =
        fmax(column->behind, faces_width(set->layout->faces, face, text + cell->comma, strlen(text + cell->comma)));
}

static void prepare_cells(struct table_set *set) {
    const struct table *table = set->table;
    struct cell_set *cell = set->cells;
    for (size_t row = 0; row < table->row_count; row++)
        for (size_t i = 0; i < table->column_count; i++, cell++) {
            enum face face = table->rows[row].kind == ROW_TOTAL ? FACE_BOLD : FACE_REGULAR;
            const char *text = table->rows[row].cells[i].text ? table->rows[row].cells[i].text : "";
            cell->text = text_prepare_plain(set->layout, text, face);
            if (set->columns[i].kind == COLUMN_FIGURES)
                prepare_figure(set, &set->columns[i], cell, text, face);
        }
}

/* ===== Widths ===== */

static const struct cell_set *cell_at(const struct table_set *set, size_t row, size_t column) {
    return &set->cells[row * set->table->column_count + column];
}

static double inner_units(const struct table_set *set, double width) {
    return fmax(0, (width - 2 * set->margin) * 1000 / set->size);
}

/* Row 0 is the header. */
static size_t count_lines(const void *context, size_t row, size_t column, double width) {
    const struct table_set *set = context;
    if (row == 0)
        return lines_count(set->columns[column].header, inner_units(set, width));
    if (set->columns[column].kind != COLUMN_TEXT)
        return 1;
    return lines_count(cell_at(set, row - 1, column)->text, inner_units(set, width));
}

/* A long header may well stand on two lines: half of it is enough when room is short. */
static double header_need(const struct line_text *header, bool short_of_room) {
    return short_of_room ? fmax(header->narrowest, header->widest * 0.55) : header->widest;
}

static void measure_column(const struct table_set *set, size_t column, bool short_of_room, double *minimum,
                           double *maximum) {
    const struct column_set *made = &set->columns[column];
    double least = made->header->narrowest, most = header_need(made->header, short_of_room);
    for (size_t row = 0; row < set->table->row_count; row++) {
        const struct line_text *text = cell_at(set, row, column)->text;
        least = fmax(least, made->kind == COLUMN_TEXT ? text->narrowest : text->widest);
        most = fmax(most, text->widest);
    }
    if (made->kind == COLUMN_FIGURES)
        least = fmax(least, made->before + made->behind);
    *minimum = least * set->size / 1000 + 2 * set->margin;
    *maximum = fmax(most * set->size / 1000 + 2 * set->margin, *minimum);
}

/* The columns below a group are together as wide as its name needs. */
static void widen_group(const struct table_set *set, size_t column, double *minimum, double *maximum) {
    const struct column_set *made = &set->columns[column];
    double sum = 0;
    for (size_t i = 0; made->group && i < made->span; i++)
        sum += minimum[column + i];
    double lack = made->group ? made->group->narrowest * set->size / 1000 + 2 * set->margin - sum : 0;
    for (size_t i = 0; lack > 0 && i < made->span; i++) {
        minimum[column + i] += lack / (double)made->span;
        maximum[column + i] = fmax(maximum[column + i], minimum[column + i]);
    }
}

static void measure_columns(const struct table_set *set, bool short_of_room, double *minimum, double *maximum) {
    for (size_t i = 0; i < set->table->column_count; i++)
        measure_column(set, i, short_of_room, &minimum[i], &maximum[i]);
    for (size_t i = 0; i < set->table->column_count; i++)
        widen_group(set, i, minimum, maximum);
}

static double sum_of(const double *numbers, size_t count) {
    double sum = 0;
    for (size_t i = 0; i < count; i++)
        sum += numbers[i];
    return sum;
}

static void set_size(struct table_set *set, double size) {
    const struct profile *profile = set->layout->profile;
    set->size = size;
    set->leading = profile->table_line_spacing * size / profile->table_size;
    set->margin = profile->table_padding * size / profile->table_size;
    set->rise = text_rise(set->layout, size, set->leading);
}

/* Letters get smaller, down to the profile's least, before words are broken. */
static void share_widths(struct table_set *set) {
    const struct profile *profile = set->layout->profile;
    size_t count = set->table->column_count;
    double *minimum = ARENA_ARRAY(set->layout->arena, double, 3 * count), *maximum = minimum + count;
    double *widths = maximum + count, x = set->layout->left;
    struct columns columns = {.column_count = count,
                              .row_count = set->table->row_count + 1,
                              .width = set->layout->width,
                              .minimum = minimum,
                              .maximum = maximum,
                              .lines = count_lines,
                              .context = set};
    set_size(set, profile->table_size);
    for (;;) {
        measure_columns(set, false, minimum, maximum);
        double least = sum_of(minimum, count), most = sum_of(maximum, count);
        if (least <= columns.width * (1 - SPARE) || most <= columns.width || set->size <= profile->table_smallest_size)
            break;
        set_size(set, fmax(set->size - SIZE_STEP, profile->table_smallest_size));
    }
    if (sum_of(maximum, count) > columns.width)
        measure_columns(set, true, minimum, maximum);
    columns_share(&columns, widths);
    for (size_t i = 0; i < count; i++) {
        set->columns[i].x = x;
        set->columns[i].width = widths[i];
        x += widths[i];
    }
}

/* ===== Lines and heights ===== */

double table_row_height(const struct table_set *set, size_t lines) {
    return (double)(lines ? lines : 1) * set->leading + 1.3 * set->margin;
}

static double span_width(const struct table_set *set, size_t column) {
    double width = 0;
    for (size_t i = 0; i < set->columns[column].span; i++)
        width += set->columns[column + i].width;
    return width;
}

static void break_headers(struct table_set *set) {
    size_t groups = 0, inside = 0, alone = 0;
    struct arena *arena = set->layout->arena;
    bool in_group = false;
    for (size_t i = 0; i < set->table->column_count; i++) {
        struct column_set *column = &set->columns[i];
        double width = inner_units(set, column->width);
        if (column->span)
            in_group = column->group != NULL;
        column->header_lines = lines_break(arena, column->header, width, width, LINES_BALANCED);
        size_t *most = in_group ? &inside : &alone;
        *most = column->header_lines.count > *most ? column->header_lines.count : *most;
        if (column->group) {
            width = inner_units(set, span_width(set, i));
            column->group_lines = lines_break(arena, column->group, width, width, LINES_BALANCED);
            groups = column->group_lines.count > groups ? column->group_lines.count : groups;
        }
    }
    set->group_height = groups ? table_row_height(set, groups) : 0;
    double lower = groups ? table_row_height(set, inside) : 0;
    set->header_height = fmax(set->group_height + lower, alone || !groups ? table_row_height(set, alone) : 0);
}

/* Figures stay on their line even where it is too narrow. */
static size_t break_row(struct table_set *set, size_t row) {
    size_t most = 1;
    for (size_t i = 0; i < set->table->column_count; i++) {
        struct cell_set *cell = &set->cells[row * set->table->column_count + i];
        double width = inner_units(set, set->columns[i].width);
        if (set->columns[i].kind == COLUMN_FIGURES)
            width = fmax(width, cell->text->widest);
        cell->lines = lines_break(set->layout->arena, cell->text, width, width, LINES_RAGGED);
        most = cell->lines.count > most ? cell->lines.count : most;
    }
    return most;
}

/* ===== Boxes ===== */

static bool split_row(struct box *box, double room, struct box *rest) {
    const struct table_slice *slice = box->content;
    const struct table_set *set = slice->set;
    double lines = floor((room - table_row_height(set, 1) + set->leading) / set->leading + 1e-6);
    if (lines < 2 || lines >= (double)slice->count)
        return false;
    struct table_slice *left = ARENA_NEW(set->layout->arena, struct table_slice);
    struct table_slice *over = ARENA_NEW(set->layout->arena, struct table_slice);
    size_t taken = (size_t)lines;
    *left = (struct table_slice){.set = set, .row = slice->row, .first = slice->first, .count = taken};
    *over = (struct table_slice){
        .set = set, .row = slice->row, .first = slice->first + taken, .count = slice->count - taken};
    *rest = *box;
    rest->gap = 0;
    rest->content = over;
    rest->height = table_row_height(set, over->count);
    box->content = left;
    box->height = table_row_height(set, taken);
    box->keep = false;
    return true;
}

static void add_line(struct layout *layout, const char *text, enum face face, double size, double gap,
                     enum align align) {
    struct text_style style = {.size = size,
                               .leading = size * 1.3,
                               .x = layout->left,
                               .width = layout->width,
                               .mode = align == ALIGN_CENTER ? LINES_BALANCED : LINES_RAGGED,
                               .align = align};
    text_add_boxes(layout, text_set(layout, text_prepare_plain(layout, text, face), &style), gap, true);
}

static void add_captions(struct layout *layout, const struct table *table) {
    const struct profile *profile = layout->profile;
    bool caption = table->caption && *table->caption, unit = table->unit && *table->unit;
    if (caption)
        add_line(layout, arena_printf(layout->arena, "Bảng %d. %s", table->number, table->caption), FACE_BOLD,
                 profile->caption_size, profile->heading_gap, ALIGN_CENTER);
    if (unit)
        add_line(layout, table->unit, FACE_ITALIC, profile->table_size, caption ? 1 : profile->heading_gap,
                 ALIGN_RIGHT);
}

static void add_rows(struct table_set *set, const struct box *header) {
    struct layout *layout = set->layout;
    size_t count = set->table->row_count;
    for (size_t row = 0; row < count; row++) {
        struct table_slice *slice = ARENA_NEW(layout->arena, struct table_slice);
        *slice = (struct table_slice){.set = set, .row = row, .count = break_row(set, row), .whole = true};
        bool before_total = row + 1 < count && set->table->rows[row + 1].kind == ROW_TOTAL;
        bool first_of_many = row == 0 && count > 1 && slice->count < 3;
        layout_add(layout, (struct box){.height = table_row_height(set, slice->count),
                                        .keep = before_total || first_of_many,
                                        .lines = slice->count,
                                        .draw = table_draw_row,
                                        .content = slice,
                                        .header = header,
                                        .split = split_row});
    }
}

static void add_nothing(struct table_set *set) {
    struct layout *layout = set->layout;
    struct text_style style = {.size = set->size,
                               .leading = set->leading,
                               .x = layout->left,
                               .width = layout->width,
                               .mode = LINES_RAGGED,
                               .align = ALIGN_CENTER};
    set->nothing = text_set(layout, text_prepare_plain(layout, NOTHING, FACE_ITALIC), &style);
    layout_add(layout, (struct box){
                           .height = table_row_height(set, 1), .lines = 1, .draw = table_draw_nothing, .content = set});
}

/* Rules reach half their width beyond the text below and above: what follows a table keeps a little distance. */
static void add_space_behind(struct layout *layout) {
    layout->boxes[layout->count - 1].height += 2;
}

void table_add(struct layout *layout, const struct table *table) {
    if (!table || !table->column_count)
        return;
    struct table_set *set = ARENA_NEW(layout->arena, struct table_set);
    struct box *header = ARENA_NEW(layout->arena, struct box);
    set->layout = layout;
    set->table = table;
    set->columns = ARENA_ARRAY(layout->arena, struct column_set, table->column_count);
    set->cells = ARENA_ARRAY(layout->arena, struct cell_set, table->column_count * table->row_count + 1);
    for (size_t i = 0; i < table->row_count; i++)
        set->body_rows += table->rows[i].kind == ROW_BODY;
    prepare_headers(set);
    prepare_cells(set);
    share_widths(set);
    break_headers(set);
    add_captions(layout, table);
    bool titled = (table->caption && *table->caption) || (table->unit && *table->unit);
    *header = (struct box){.gap = titled ? 3 : layout->profile->paragraph_gap + 2,
                           .height = set->header_height,
                           .keep = true,
                           .draw = table_draw_header,
                           .content = set};
    layout_add(layout, *header);
    if (set->body_rows)
        add_rows(set, header);
    else
        add_nothing(set);
    add_space_behind(layout);
}
