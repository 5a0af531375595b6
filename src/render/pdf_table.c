/* pdf_table.c - a table's boxes: caption, header and rows, and which of them keep together.
 *
 * A table that fits on a page is broken only when the page before it would stay too empty. A broken one leaves some
 * rows on each side, its totals never alone; the header is repeated. A row is whole unless it is higher than a
 * page. */
#include "render/pdf_table.h"

#include <math.h>
#include <string.h>

static const size_t ROWS_TOGETHER = 2;

double table_row_height(const struct table_set *set, size_t lines) {
    return (double)(lines ? lines : 1) * set->leading + 1.3 * set->margin;
}

/* ===== Header ===== */

static void break_headers(struct table_set *set) {
    size_t groups = 0, inside = 0, alone = 0;
    struct arena *arena = set->texts->layout->arena;
    bool in_group = false;
    for (size_t i = 0; i < set->count; i++) {
        struct column_set *column = &set->columns[i];
        const struct column_texts *texts = &set->texts->columns[column->source];
        double width = table_inner_units(set, column->width);
        if (column->span)
            in_group = texts->group != NULL;
        column->header_lines = lines_break(arena, texts->header, width, width, LINES_BALANCED);
        size_t *most = in_group ? &inside : &alone;
        *most = column->header_lines.count > *most ? column->header_lines.count : *most;
        if (column->span && in_group) {
            width = table_inner_units(set, table_span_width(set, i));
            column->group_lines = lines_break(arena, texts->group, width, width, LINES_BALANCED);
            groups = column->group_lines.count > groups ? column->group_lines.count : groups;
        }
    }
    set->group_height = groups ? table_row_height(set, groups) : 0;
    double lower = groups ? table_row_height(set, inside) : 0;
    set->header_height = fmax(set->group_height + lower, alone || !groups ? table_row_height(set, alone) : 0);
}

/* ===== Rows ===== */

static size_t count_row_lines(const struct table_set *set, size_t row) {
    struct arena *scratch = arena_new();
    const struct table_texts *texts = set->texts;
    const struct cell_text *cells = table_row_texts(texts, row, scratch);
    size_t most = 1;
    bool across = table_is_across(texts->table, row);
    for (size_t i = 0; i < (across ? texts->table->column_count : set->count); i++) {
        const struct column_set *column = across ? NULL : &set->columns[i];
        struct lines lines = table_cell_lines(set, &cells[column ? column->source : i], column, scratch);
        most = lines.count > most ? lines.count : most;
    }
    arena_free(scratch);
    return most;
}

/* The rest begins with a line that says so. */
static bool split_row(struct box *box, double room, struct box *rest) {
    const struct table_slice *slice = box->content;
    const struct table_set *set = slice->set;
    struct arena *arena = set->texts->layout->arena;
    size_t mark = slice->first ? 1 : 0;
    double lines = floor((room - table_row_height(set, 1) + set->leading) / set->leading + 1e-6) - (double)mark;
    if (lines < 2 || lines >= (double)slice->count)
        return false;
    struct table_slice *left = ARENA_NEW(arena, struct table_slice), *over = ARENA_NEW(arena, struct table_slice);
    size_t taken = (size_t)lines;
    *left = (struct table_slice){.set = set, .row = slice->row, .first = slice->first, .count = taken};
    *over = (struct table_slice){
        .set = set, .row = slice->row, .first = slice->first + taken, .count = slice->count - taken};
    *rest = *box;
    rest->gap = 0;
    rest->content = over;
    rest->height = table_row_height(set, over->count + 1);
    box->content = left;
    box->height = table_row_height(set, taken + mark);
    box->keep = KEEP_NOT;
    return true;
}

static const struct box *new_repeat(struct table_set *set, const struct table_slice *group) {
    struct arena *arena = set->texts->layout->arena;
    struct box *header = ARENA_NEW(arena, struct box);
    struct table_repeat *repeat = ARENA_NEW(arena, struct table_repeat);
    *repeat = (struct table_repeat){.set = set, .group = group};
    *header = (struct box){.height = set->header_height + table_row_height(set, group->count),
                           .draw = table_draw_repeat,
                           .content = repeat};
    return header;
}

static void add_rows(struct table_set *set, const struct box *plain) {
    struct layout *layout = set->texts->layout;
    const struct table *table = set->texts->table;
    const struct box *header = plain;
    for (size_t row = 0; row < table->row_count; row++) {
        enum row_kind kind = table->rows[row].kind;
        struct table_slice *slice = ARENA_NEW(layout->arena, struct table_slice);
        *slice = (struct table_slice){.set = set, .row = row, .count = count_row_lines(set, row), .whole = true};
        if (kind == ROW_GROUP || kind == ROW_TOTAL)
            header = plain;
        layout_add(layout, (struct box){.height = table_row_height(set, slice->count),
                                        .lines = slice->count,
                                        .draw = table_draw_row,
                                        .content = slice,
                                        .header = header,
                                        .split = split_row});
        if (kind == ROW_GROUP)
            header = new_repeat(set, slice);
    }
}

/* ===== What keeps together ===== */

static bool is_body(const struct table *table, size_t row) {
    return table->rows[row].kind == ROW_BODY;
}

/* What stands on one side of a row's end. */
struct side {
    size_t rows, lines; /* of the table's body */
};

static bool is_enough(const struct table_set *set, struct side side) {
    return side.rows >= ROWS_TOGETHER && (double)side.lines >= set->texts->layout->profile->table_lines_together;
}

/* How the row stays with the next: too little before or behind it, a group's name, a total to come. */
static enum keep keep_next(const struct table_set *set, size_t row, struct side before, struct side behind) {
    const struct table_row *rows = set->texts->table->rows;
    if (rows[row].kind == ROW_GROUP || rows[row + 1].kind == ROW_SUBTOTAL || rows[row + 1].kind == ROW_TOTAL)
        return KEEP_MUST;
    return is_enough(set, before) && is_enough(set, behind) ? KEEP_NOT : KEEP_FIRMLY;
}

static void keep_rows(struct table_set *set, size_t first) {
    struct layout *layout = set->texts->layout;
    const struct table *table = set->texts->table;
    struct side before = {0}, behind = {0};
    for (size_t row = 0; row < table->row_count; row++)
        if (is_body(table, row)) {
            behind.rows++;
            behind.lines += layout->boxes[first + row].lines;
        }
    for (size_t row = 0; row + 1 < table->row_count; row++) {
        struct box *box = &layout->boxes[first + row];
        if (is_body(table, row)) {
            before = (struct side){before.rows + 1, before.lines + box->lines};
            behind = (struct side){behind.rows - 1, behind.lines - box->lines};
        }
        box->keep = keep_next(set, row, before, behind);
    }
}

/* From the caption to the last row, when a page has room for all; see pdf_plan.c for when that gives way. */
static void keep_whole(struct layout *layout, size_t first) {
    double height = 0;
    for (size_t i = first; i < layout->count; i++)
        height += layout->boxes[i].height + (i > first ? layout->boxes[i].gap : 0);
    if (height > layout->height)
        return;
    for (size_t i = first; i + 1 < layout->count; i++)
        if (layout->boxes[i].keep == KEEP_NOT)
            layout->boxes[i].keep = KEEP_RATHER;
}

/* ===== All of it ===== */

static void add_line(struct layout *layout, const char *text, enum face face, double size, double gap,
                     enum align align) {
    struct text_style style = {.size = size,
                               .leading = size * 1.3,
                               .x = layout->left,
                               .width = layout->width,
                               .mode = align == ALIGN_CENTER ? LINES_BALANCED : LINES_RAGGED,
                               .align = align};
    text_add_boxes(layout, text_set(layout, text_prepare_plain(layout, text, face), &style), gap, KEEP_MUST);
}

/* Answers the room between what was added and the header. */
static double add_captions(struct layout *layout, const struct table *table, bool continued) {
    const struct profile *profile = layout->profile;
    bool caption = table->caption && *table->caption, unit = table->unit && *table->unit;
    if (caption || continued) {
        const char *text = profile_caption(layout->arena, profile->words.table, table->number, table->caption);
        if (continued)
            text = arena_printf(layout->arena, "%s %s", text, profile->words.continued);
        add_line(layout, text, FACE_BOLD, profile->caption_size, profile->heading_gap, ALIGN_CENTER);
    }
    if (unit)
        add_line(layout, table->unit, FACE_ITALIC, profile->table_size, caption ? 1 : profile->heading_gap,
                 ALIGN_RIGHT);
    return caption || continued || unit ? 3 : profile->paragraph_gap + 2;
}

static void add_nothing(struct table_set *set) {
    struct layout *layout = set->texts->layout;
    struct text_style style = {.size = set->size,
                               .leading = set->leading,
                               .x = layout->left,
                               .width = layout->width,
                               .mode = LINES_RAGGED,
                               .align = ALIGN_CENTER};
    set->nothing = text_set(layout, text_prepare_plain(layout, layout->profile->words.nothing, FACE_ITALIC), &style);
    layout_add(layout, (struct box){
                           .height = table_row_height(set, 1), .lines = 1, .draw = table_draw_nothing, .content = set});
}

/* Rules reach half their width beyond the text below and above: what follows a table keeps a little distance. */
static void add_space_behind(struct layout *layout) {
    layout->boxes[layout->count - 1].height += 2;
}

void table_add_set(struct table_set *set, bool continued) {
    struct layout *layout = set->texts->layout;
    size_t first = layout->count;
    struct box *header = ARENA_NEW(layout->arena, struct box);
    break_headers(set);
    double gap = add_captions(layout, set->texts->table, continued);
    *header = (struct box){
        .gap = gap, .height = set->header_height, .keep = KEEP_MUST, .draw = table_draw_header, .content = set};
    layout_add(layout, *header);
    size_t rows = layout->count;
    if (set->texts->table->row_count)
        add_rows(set, header);
    else
        add_nothing(set);
    keep_rows(set, rows);
    keep_whole(layout, first);
    add_space_behind(layout);
}

static const char *size_text(struct layout *layout, double size) {
    struct format format = {.kind = FORMAT_NUMBER, .digits = 1, .decimals = size > floor(size) ? 1 : 0};
    return value_string(layout->arena, value_decimal((int64_t)lround(size * 10), 1), &format);
}

/* Below the middle of its sizes the letters' size is worth a word. */
static void say_size(struct layout *layout, const struct table_set *set) {
    const struct profile *profile = layout->profile;
    if (set->size <= (profile->table_size + profile->table_smallest_size) / 2)
        diagnose(layout->diagnostics, TABLE_SMALL, NULL, layout->document->report,
                 arena_printf(layout->arena, "%d", set->texts->table->number), size_text(layout, set->size));
}

void table_add(struct layout *layout, const struct table *table) {
    if (!table || !table->column_count)
        return;
    struct table_texts *texts = table_measure(layout, table);
    struct table_set *set = table->appendix ? NULL : table_fit(texts);
    if (!set) {
        appendix_refer(texts);
        return;
    }
    say_size(layout, set);
    table_add_set(set, false);
}
