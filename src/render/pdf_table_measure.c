/* pdf_table_measure.c - a table's words and what they need; the size of its letters and the widths of its columns. */
#include "render/pdf_table.h"

#include "render/columns.h"

#include <math.h>
#include <string.h>

enum { KEPT_ROWS = 200 };

static const double SIZE_STEP = 0.5;
static const double WORTH_A_STEP = 0.94; /* what a table in smaller letters may take of its lines before */
static const double SPARE = 0.08;        /* of the width: room that text needs beyond its longest words */
static const double COMFORT_SHARE = 0.55, COMFORT_MOST = 6500, HEADER_SHARE = 0.55;

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

/* What the body cells of a column hold. */
struct holdings {
    bool numbers, dates, others;
};

static enum column_kind kind_of(const struct table_column *column, const struct holdings *holdings) {
    if (holdings->others || !(holdings->numbers || holdings->dates))
        return COLUMN_TEXT;
    return holdings->dates || column->align == ALIGN_CENTER ? COLUMN_SINGLE : COLUMN_FIGURES;
}

static void find_kinds(struct table_texts *texts) {
    const struct table *table = texts->table;
    struct holdings *holdings = ARENA_ARRAY(texts->layout->arena, struct holdings, table->column_count);
    for (size_t row = 0; row < table->row_count; row++) {
        const struct grid_row from = grid_row(table->rows, row);
        for (size_t i = 0; i < table->column_count && from.kind == ROW_BODY; i++) {
            const struct value value = from.cells[i].value;
            if (value_is_number(value))
                holdings[i].numbers = true;
            else if (value.kind == VALUE_DATE)
                holdings[i].dates = true;
            else if (value.kind != VALUE_NONE)
                holdings[i].others = true;
        }
    }
    for (size_t i = 0; i < table->column_count; i++)
        texts->columns[i].kind = kind_of(&table->columns[i], &holdings[i]);
}

/* ===== Words ===== */

static const struct line_text *prepare(const struct layout *layout, struct arena *arena, const char *text,
                                       enum face face) {
    struct line_span span = {.text = text, .length = strlen(text), .style = (int)face};
    return lines_prepare(arena, &layout->measure, &span, 1);
}

bool table_is_across(const struct table *table, size_t row) {
    return grid_row(table->rows, row).kind == ROW_GROUP;
}

static void prepare_row(const struct table_texts *texts, size_t row, struct arena *arena, struct cell_text *cells) {
    const struct grid_row from = grid_row(texts->table->rows, row);
    enum face face = from.kind == ROW_BODY ? FACE_REGULAR : FACE_BOLD;
    for (size_t i = 0; i < texts->table->column_count; i++) {
        const char *text = arena_text(arena, from.cells[i].text ? from.cells[i].text : "");
        cells[i].text = prepare(texts->layout, arena, text, face);
        if (texts->columns[i].kind == COLUMN_FIGURES)
            cells[i].before = faces_width(texts->layout->faces, face, text, comma_of(text));
    }
}

static const struct cell_text *find_kept(const struct table_texts *texts, size_t row) {
    if (row < texts->kept_count && texts->kept[row].row == row)
        return texts->kept[row].cells;
    for (size_t i = 0; i < texts->kept_count && texts->table->row_count > KEPT_ROWS; i++)
        if (texts->kept[i].row == row)
            return texts->kept[i].cells;
    return NULL;
}

const struct cell_text *table_row_texts(const struct table_texts *texts, size_t row, struct arena *arena) {
    const struct cell_text *kept = find_kept(texts, row);
    if (kept)
        return kept;
    struct cell_text *cells = ARENA_ARRAY(arena, struct cell_text, texts->table->column_count);
    prepare_row(texts, row, arena, cells);
    return cells;
}

static const struct cell_text *keep_row(struct table_texts *texts, size_t row) {
    struct arena *arena = texts->layout->arena;
    const struct cell_text *kept = find_kept(texts, row);
    if (!kept) {
        kept = table_row_texts(texts, row, arena);
        texts->kept = arena_grow(arena, texts->kept, &texts->kept_capacity, texts->kept_count + 1, sizeof *texts->kept);
        texts->kept[texts->kept_count++] = (struct kept_row){row, kept};
    }
    return kept;
}

static void measure_cell(struct column_texts *column, const struct cell_text *cell) {
    const struct line_text *text = cell->text;
    double least = column->kind == COLUMN_TEXT ? text->narrowest : text->widest;
    double comfort = fmax(least, fmin(text->widest * COMFORT_SHARE, COMFORT_MOST));
    if (column->kind == COLUMN_FIGURES) {
        column->before = fmax(column->before, cell->before);
        column->behind = fmax(column->behind, text->widest - cell->before);
        least = comfort = column->before + column->behind;
    }
    column->needs[NEED_LEAST] = fmax(column->needs[NEED_LEAST], least);
    column->needs[NEED_COMFORT] = fmax(column->needs[NEED_COMFORT], comfort);
    column->needs[NEED_MOST] = fmax(column->needs[NEED_MOST], fmax(text->widest, least));
}

static void measure_rows(struct table_texts *texts) {
    const struct table *table = texts->table;
    struct arena *scratch = texts->layout->scratch;
    for (size_t row = 0; row < table->row_count; row++) {
        bool keeps = table->row_count <= KEPT_ROWS;
        const struct cell_text *cells = keeps ? keep_row(texts, row) : table_row_texts(texts, row, scratch);
        const bool across = table_is_across(table, row);
        for (size_t i = 0; i < table->column_count && !across; i++)
            measure_cell(&texts->columns[i], &cells[i]);
        arena_clear(scratch);
    }
}

struct table_texts *table_measure(struct layout *layout, const struct table *table) {
    struct table_texts *texts = ARENA_NEW(layout->arena, struct table_texts);
    texts->layout = layout;
    texts->table = table;
    texts->columns = ARENA_ARRAY(layout->arena, struct column_texts, table->column_count);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct table_column *column = &table->columns[i];
        bool grouped = table->grouped && column->group && *column->group;
        texts->columns[i].header = text_prepare_plain(layout, column->label, FACE_BOLD);
        texts->columns[i].group = grouped ? text_prepare_plain(layout, column->group, FACE_BOLD) : NULL;
    }
    find_kinds(texts);
    measure_rows(texts);
    return texts;
}

/* ===== Widths ===== */

double table_inner_units(const struct table_set *set, double width) {
    return fmax(0, (width - 2 * set->margin) * 1000 / set->size);
}

double table_span_width(const struct table_set *set, size_t column) {
    double width = 0;
    for (size_t i = 0; i < set->columns[column].span; i++)
        width += set->columns[column + i].width;
    return width;
}

static const struct column_texts *texts_of(const struct table_set *set, size_t column) {
    return &set->texts->columns[set->columns[column].source];
}

/* Figures stay on their line even where it is too narrow. */
static double cell_units(const struct table_set *set, const struct cell_text *cell, const struct column_set *column) {
    const struct column_set *last = &set->columns[set->count - 1];
    double width = table_inner_units(set, column ? column->width : last->x + last->width - set->columns[0].x);
    bool figures = column && set->texts->columns[column->source].kind == COLUMN_FIGURES;
    return figures ? fmax(width, cell->text->widest) : width;
}

struct lines table_cell_lines(const struct table_set *set, const struct cell_text *cell,
                              const struct column_set *column, struct arena *arena) {
    double width = cell_units(set, cell, column);
    return lines_break(arena, cell->text, width, width, LINES_RAGGED);
}

size_t table_cell_count(const struct table_set *set, const struct cell_text *cell, const struct column_set *column,
                        struct arena *scratch) {
    double width = cell_units(set, cell, column);
    if (cell->text->narrowest <= width)
        return lines_count(cell->text, width);
    return lines_break(scratch, cell->text, width, width, LINES_RAGGED).count;
}

/* For columns.h, where row 0 is the header. */
static size_t count_lines(const void *context, size_t row, size_t column, double width) {
    const struct table_set *set = context;
    double units = table_inner_units(set, width);
    if (row == 0)
        return lines_count(texts_of(set, column)->header, units);
    if (texts_of(set, column)->kind != COLUMN_TEXT)
        return 1;
    const struct line_text *text = keep_row(set->texts, row - 1)[set->columns[column].source].text;
    return table_is_across(set->texts->table, row - 1) ? 1 : lines_count(text, units);
}

/* A long header may well stand on two lines: half of it is enough when room is short. */
static double header_need(const struct line_text *header, enum column_need need, bool short_of_room) {
    if (need != NEED_MOST)
        return header->narrowest;
    return short_of_room ? fmax(header->narrowest, header->widest * HEADER_SHARE) : header->widest;
}

static double column_need(const struct table_set *set, size_t column, enum column_need need, bool short_of_room) {
    const struct column_texts *texts = texts_of(set, column);
    double units = fmax(texts->needs[need], header_need(texts->header, need, short_of_room));
    return units * set->size / 1000 + 2 * set->margin;
}

/* The columns below a group are together as wide as its name needs. */
static void widen_group(const struct table_set *set, size_t column, double *widths) {
    size_t span = set->columns[column].span;
    const struct line_text *group = texts_of(set, column)->group;
    double sum = 0;
    for (size_t i = 0; i < span; i++)
        sum += widths[column + i];
    double lack = group && span ? group->narrowest * set->size / 1000 + 2 * set->margin - sum : 0;
    for (size_t i = 0; lack > 0 && i < span; i++)
        widths[column + i] += lack / (double)span;
}

/* Answers the sum. */
static double all_needs(const struct table_set *set, enum column_need need, bool short_of_room, double *widths) {
    double sum = 0;
    for (size_t i = 0; i < set->count; i++)
        widths[i] = column_need(set, i, need, short_of_room);
    for (size_t i = 0; i < set->count; i++)
        widen_group(set, i, widths);
    for (size_t i = 0; i < set->count; i++)
        sum += widths[i];
    return sum;
}

static void set_size(struct table_set *set, double size) {
    const struct layout *layout = set->texts->layout;
    const struct profile *profile = layout->profile;
    set->size = size;
    set->leading = profile->table_line_spacing * size / profile->table_size;
    set->margin = profile->table_padding * size / profile->table_size;
    set->rise = text_rise(layout, size, set->leading);
}

/* Sizes from the profile's down to its smallest; false below that. */
static bool next_size(const struct profile *profile, double *size) {
    if (*size <= profile->table_smallest_size)
        return false;
    *size = fmax(*size - SIZE_STEP, profile->table_smallest_size);
    return true;
}

/* The largest letters with which nothing is cramped, or else, below a middle size, no word is broken. */
static bool choose_size(struct table_set *set, double *widths, enum column_need *need) {
    const struct layout *layout = set->texts->layout;
    const struct profile *profile = layout->profile;
    double size = profile->table_size, middle = (size + profile->table_smallest_size) / 2;
    do {
        set_size(set, size);
        *need = NEED_COMFORT;
        if (all_needs(set, NEED_COMFORT, false, widths) <= layout->width ||
            all_needs(set, NEED_MOST, false, widths) <= layout->width)
            return true;
        *need = NEED_LEAST;
        double spare = size > profile->table_smallest_size ? SPARE : 0;
        if (size <= middle && all_needs(set, NEED_LEAST, false, widths) <= layout->width * (1 - spare))
            return true;
    } while (next_size(profile, &size));
    return false;
}

/* What the columns need in letters of the profile's size: in smaller ones the table is so much wider. */
static const struct column_sample *sample_columns(struct table_set *set, enum column_need need) {
    struct layout *layout = set->texts->layout;
    double *minimum = ARENA_ARRAY(layout->arena, double, 2 * set->count), *maximum = minimum + set->count;
    struct columns *columns = ARENA_NEW(layout->arena, struct columns);
    double width = layout->width * layout->profile->table_size / set->size;
    set_size(set, layout->profile->table_size);
    bool short_of_room = all_needs(set, NEED_MOST, false, maximum) > width;
    all_needs(set, NEED_MOST, short_of_room, maximum);
    if (all_needs(set, need, false, minimum) > width)
        all_needs(set, NEED_LEAST, false, minimum);
    for (size_t i = 0; i < set->count; i++)
        maximum[i] = fmax(maximum[i], minimum[i]);
    *columns = (struct columns){.column_count = set->count,
                                .row_count = set->texts->table->row_count + 1,
                                .minimum = minimum,
                                .maximum = maximum,
                                .lines = count_lines,
                                .context = set};
    return columns_measure(layout->arena, columns);
}

static double share_at_size(const struct table_set *set, const struct column_sample *sample, double size,
                            double *widths) {
    double scale = set->texts->layout->profile->table_size / size;
    double lines = columns_share(sample, set->texts->layout->width * scale, widths);
    for (size_t i = 0; i < set->count; i++)
        widths[i] /= scale;
    return lines;
}

/* Letters become a little smaller, down to the profile's comfortable size, where that saves many lines. */
static void share_widths(struct table_set *set, enum column_need need) {
    struct layout *layout = set->texts->layout;
    double size = set->size, best = size, x = layout->left;
    const struct column_sample *sample = sample_columns(set, need);
    double *widths = ARENA_ARRAY(layout->arena, double, set->count);
    double least = share_at_size(set, sample, size, widths), worth = 1;
    while ((size -= SIZE_STEP) >= layout->profile->table_comfortable_size) {
        double lines = share_at_size(set, sample, size, widths);
        worth *= WORTH_A_STEP;
        if (lines < least * worth) {
            least = lines / worth;
            best = size;
        }
    }
    share_at_size(set, sample, best, widths);
    set_size(set, best);
    for (size_t i = 0; i < set->count; i++) {
        set->columns[i].x = x;
        set->columns[i].width = widths[i];
        x += widths[i];
    }
}

/* ===== Sets of columns ===== */

static bool same_group(const struct table *table, size_t left, size_t right) {
    const char *one = table->columns[left].group, *other = table->columns[right].group;
    return table->grouped && one && other && *one && strcmp(one, other) == 0;
}

static struct table_set *new_set(struct table_texts *texts, size_t capacity) {
    struct table_set *set = ARENA_NEW(texts->layout->arena, struct table_set);
    set->texts = texts;
    set->columns = ARENA_ARRAY(texts->layout->arena, struct column_set, capacity);
    return set;
}

/* The column at which the header group of the last column begins. */
static struct column_set *group_begin(struct table_set *set) {
    size_t begun = set->count - 1;
    while (!set->columns[begun].span)
        begun--;
    return &set->columns[begun];
}

static void add_column(struct table_set *set, size_t source) {
    bool inside = set->count && same_group(set->texts->table, set->columns[set->count - 1].source, source);
    if (inside)
        group_begin(set)->span++;
    set->columns[set->count++] = (struct column_set){.source = source, .span = inside ? 0 : 1};
}

static void remove_column(struct table_set *set) {
    group_begin(set)->span--;
    set->count--;
}

struct table_set *table_fit(struct table_texts *texts) {
    size_t count = texts->table->column_count;
    struct table_set *set = new_set(texts, count);
    double *widths = ARENA_ARRAY(texts->layout->arena, double, count);
    enum column_need need;
    for (size_t i = 0; i < count; i++)
        add_column(set, i);
    if (!choose_size(set, widths, &need))
        return NULL;
    share_widths(set, need);
    return set;
}

/* The running number and the first column behind it tell what a row is about. */
static size_t key_count(const struct table *table) {
    size_t keys = table->columns[0].counter ? 2 : 1;
    return keys < table->column_count ? keys : table->column_count - 1;
}

/* A part that begins with column `first`, of the letters' size: answers the column behind its last, at least one
 * further on. A header group is only parted when it has no room of its own. */
static size_t fill_part(struct table_set *set, size_t first, double size, double *widths) {
    const struct table *table = set->texts->table;
    double room = set->texts->layout->width * (1 - SPARE);
    size_t keys = key_count(table), at = first;
    set->count = 0;
    set_size(set, size);
    for (size_t i = 0; i < keys; i++)
        add_column(set, i);
    for (size_t end; at < table->column_count; at = end) {
        size_t before = set->count;
        for (end = at; end < table->column_count && (end == at || same_group(table, end - 1, end)); end++)
            add_column(set, end);
        while (end > at + 1 && before == keys && all_needs(set, NEED_LEAST, false, widths) > room) {
            remove_column(set); /* a group wider than a page gives columns to the next part */
            end--;
        }
        if (before > keys && all_needs(set, NEED_LEAST, false, widths) > room) {
            while (set->count > before)
                remove_column(set);
            return at;
        }
    }
    return at;
}

static size_t count_parts(struct table_set *set, double size, double *widths) {
    size_t parts = 0;
    for (size_t at = key_count(set->texts->table); at < set->texts->table->column_count; parts++)
        at = fill_part(set, at, size, widths);
    return parts;
}

/* As few parts as the smallest letters allow, in the largest letters that need no more. */
size_t table_split(struct table_texts *texts, struct table_set ***parts) {
    const struct profile *profile = texts->layout->profile;
    struct arena *arena = texts->layout->arena;
    size_t columns = texts->table->column_count, at = key_count(texts->table);
    double *widths = ARENA_ARRAY(arena, double, columns), size = profile->table_size;
    struct table_set *trial = new_set(texts, columns);
    size_t count = count_parts(trial, profile->table_smallest_size, widths);
    while (count_parts(trial, size, widths) > count && next_size(profile, &size))
        ;
    *parts = ARENA_ARRAY(arena, struct table_set *, count);
    for (size_t i = 0; i < count; i++) {
        (*parts)[i] = new_set(texts, columns);
        at = fill_part((*parts)[i], at, size, widths);
        share_widths((*parts)[i], NEED_COMFORT);
    }
    return count;
}
