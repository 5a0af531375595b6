/* pdf_table.c - a table's boxes: caption, header and rows, and which of them keep together.
 *
 * A table that fits on a page is broken only when the page before it would stay too empty. A broken one leaves some
 * rows on each side, its totals never alone; the header is repeated. A row is whole unless it is higher than a
 * page. */
#include "render/pdf_table.h"

#include <math.h>
#include <string.h>

static const size_t ROWS_TOGETHER = 2;
/* Rules reach half their width beyond the text below and above: what follows a table keeps a little distance. */
static const double SPACE_BEHIND = 2;

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

static size_t count_row_lines(const struct table_set *set, size_t row, struct arena *scratch) {
    const struct table_texts *texts = set->texts;
    const struct cell_text *cells = table_row_texts(texts, row, scratch);
    size_t most = 1;
    bool across = table_is_across(texts->table, row);
    for (size_t i = 0; i < (across ? texts->table->column_count : set->count); i++) {
        const struct column_set *column = across ? NULL : &set->columns[i];
        size_t lines = table_cell_count(set, &cells[column ? column->source : i], column, scratch);
        most = lines > most ? lines : most;
    }
    arena_clear(scratch);
    return most;
}

/* The rest begins with a line that says so. */
static bool split_row(struct box *box, double room, struct box *rest) {
    const struct table_set *set = box->content;
    size_t mark = box->first ? 1 : 0;
    double lines = floor((room - table_row_height(set, 1) + set->leading) / set->leading + 1e-6) - (double)mark;
    if (lines < 2 || lines >= (double)box->count)
        return false;
    size_t taken = (size_t)lines;
    box->part = true;
    *rest = *box;
    rest->gap = 0;
    rest->first = box->first + taken;
    rest->count = box->count - taken;
    rest->height = table_row_height(set, rest->count + 1);
    box->count = taken;
    box->height = table_row_height(set, taken + mark);
    box->keep = KEEP_NOT;
    return true;
}

/* Inside a group its name is repeated too. */
static struct box row_header(const struct box *box) {
    const struct table_set *set = box->content;
    const size_t group = set->lines[box->row].group;
    struct box header = {.height = set->header_height, .draw = table_draw_header, .content = set};
    if (group) {
        header.row = group - 1;
        header.count = set->lines[header.row].count;
        header.height += table_row_height(set, header.count);
        header.draw = table_draw_repeat;
    }
    return header;
}

static struct box make_row(const void *content, size_t row) {
    const struct table_set *set = content;
    const struct table_line *line = &set->lines[row];
    const bool last = row + 1 == set->run.count;
    return (struct box){.height = table_row_height(set, line->count) + (last ? SPACE_BEHIND : 0),
                        .keep = set->whole && !last && line->keep == KEEP_NOT ? KEEP_RATHER : line->keep,
                        .lines = line->count,
                        .draw = table_draw_row,
                        .content = set,
                        .row = row,
                        .count = line->count,
                        .header = row_header,
                        .split = split_row};
}

/* A group's name and its rows, a row and the sum behind it stay together. */
static void take_lines(struct table_set *set) {
    const struct table *table = set->texts->table;
    struct arena *scratch = set->texts->layout->scratch;
    uint32_t group = 0;
    for (size_t row = 0; row < table->row_count; row++) {
        enum row_kind kind = (enum row_kind)grid_row(table->rows, row).kind;
        if (kind == ROW_GROUP || kind == ROW_TOTAL)
            group = 0;
        set->lines[row] = (struct table_line){.count = (uint32_t)count_row_lines(set, row, scratch),
                                              .keep = kind == ROW_GROUP ? KEEP_MUST : KEEP_NOT,
                                              .group = group};
        if (row && (kind == ROW_SUBTOTAL || kind == ROW_TOTAL))
            set->lines[row - 1].keep = KEEP_MUST;
        if (kind == ROW_GROUP)
            group = (uint32_t)row + 1;
    }
    set->lines[table->row_count - 1].keep = KEEP_NOT;
}

/* What stands on one side of a row's end. */
struct side {
    size_t rows, lines; /* of the table's body */
};

/* With the row; whether that is still too little to stand alone. */
static bool is_little(const struct table_set *set, size_t row, struct side *side) {
    if (grid_row(set->texts->table->rows, row).kind == ROW_BODY) {
        side->rows++;
        side->lines += set->lines[row].count;
    }
    return side->rows < ROWS_TOGETHER || (double)side->lines < set->texts->layout->profile->table_lines_together;
}

static void keep_firmly(struct table_line *line) {
    line->keep = line->keep == KEEP_MUST ? KEEP_MUST : KEEP_FIRMLY;
}

/* Too little before or behind a break. */
static void keep_ends(struct table_set *set) {
    struct side before = {0}, behind = {0};
    const size_t last = set->texts->table->row_count - 1;
    for (size_t row = 0; row < last && is_little(set, row, &before); row++)
        keep_firmly(&set->lines[row]);
    for (size_t row = last; row > 0 && is_little(set, row, &behind); row--)
        keep_firmly(&set->lines[row - 1]);
}

static void add_rows(struct table_set *set, double *height) {
    struct layout *layout = set->texts->layout;
    const size_t count = set->texts->table->row_count;
    set->lines = ARENA_ARRAY(layout->arena, struct table_line, count);
    set->run = (struct box_run){.count = count, .make = make_row, .content = set};
    take_lines(set);
    keep_ends(set);
    for (size_t row = 0; row < count; row++)
        *height += table_row_height(set, set->lines[row].count);
    layout_add(layout, (struct box){.run = &set->run});
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

static void add_nothing(struct table_set *set, double *height) {
    struct layout *layout = set->texts->layout;
    struct text_style style = {.size = set->size,
                               .leading = set->leading,
                               .x = layout->left,
                               .width = layout->width,
                               .mode = LINES_RAGGED,
                               .align = ALIGN_CENTER};
    const char *nothing = set->texts->table->nothing;
    nothing = nothing ? nothing : layout->profile->words.nothing;
    set->nothing = text_set(layout, text_prepare_plain(layout, nothing, FACE_ITALIC), &style);
    layout_add(layout, (struct box){.height = table_row_height(set, 1) + SPACE_BEHIND,
                                    .lines = 1,
                                    .draw = table_draw_nothing,
                                    .content = set});
    *height += table_row_height(set, 1);
}

/* The boxes above the rows always stay with them. When a page has room for all, the rows rather stay together too; see
 * pdf_plan.c for when that gives way. */
void table_add_set(struct table_set *set, bool continued) {
    struct layout *layout = set->texts->layout;
    size_t first = layout->count;
    double height = 0;
    break_headers(set);
    double gap = add_captions(layout, set->texts->table, continued);
    layout_add(
        layout,
        (struct box){
            .gap = gap, .height = set->header_height, .keep = KEEP_MUST, .draw = table_draw_header, .content = set});
    for (size_t i = first; i < layout->count; i++)
        height += layout->boxes[i].height + (i > first ? layout->boxes[i].gap : 0);
    if (set->texts->table->row_count)
        add_rows(set, &height);
    else
        add_nothing(set, &height);
    set->whole = height <= layout->height;
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
