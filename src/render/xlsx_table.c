/* xlsx_table.c - a table's sheet: two-level header, typed cells, sums and ratios as live formulas.
 *
 * A formula is written only where the cells it refers to give exactly what the table says; a figure that hangs
 * together otherwise (a ratio over a column that is not shown) takes its parts as numbers. */
#include "render/serif.h"
#include "render/xlsx_parts.h"
#include "render/xlsx_text.h"
#include "render/xlsx_value.h"

#include <stdio.h>
#include <string.h>

static const double WIDTH_MOST = 60, WIDTH_LEAST = 5, WIDTH_SHRUNK = 22, PAGE_MOST = 125, HEADER_PADDING = 0.7,
                    BUTTON = 2;
enum { CELLS_KEPT = 40000 }; /* some 7 MB */

/* What the body cells of a column hold together, and the most decimal places among them. */
struct sum {
    double number;
    int decimals;
};

struct column {
    double widest, least; /* digits: of its longest cell, of what should not be broken */
    bool beyond;          /* a ratio is over the whole */
    struct sum body, group;
};

struct layout {
    const struct table *table;
    struct xlsx_sheet *sheet;
    struct arena *arena, *scratch;    /* scratch: of the row at hand */
    lxw_row_t header, body, body_end; /* body_end: the last body row */
    size_t body_count;
    bool banded; /* groups stand among the body rows, perhaps with subtotals, which sums pass over */
    struct column *columns;
    size_t group_first;    /* row of the table with which the group at hand begins */
    struct value **totals; /* the rows behind the body */
    double *widths;
    const char **labels; /* of the lowest header row, as a table's columns may be called */
    bool split;          /* no header cell reaches over both rows */
};

/* ---- Sums ------------------------------------------------------------------------------------------------------- */

static void add_to_sum(const struct layout *layout, struct sum *sum, size_t column, struct value value) {
    double number = 0;
    int places = 0;
    if (value.kind == VALUE_RATIO || !xlsx_number(value, &layout->table->columns[column].format, &number, &places))
        return;
    sum->number += number;
    if (places > sum->decimals)
        sum->decimals = places;
}

static bool sums_to(const struct sum *sum, double wanted) {
    double off = sum->number - wanted, least = 0.25;
    for (int i = 0; i < sum->decimals; i++)
        least /= 10;
    return off < least && off > -least;
}

/* ---- References ------------------------------------------------------------------------------------------------- */

static lxw_row_t sheet_row(const struct layout *layout, size_t row) {
    /* A table without body rows has one that says so. */
    return layout->body + (lxw_row_t)row + (layout->body_count ? 0 : 1);
}

static bool holds(struct value value, int64_t number) {
    return value.kind == VALUE_INTEGER && value.number == number;
}

static const char *cell_name(const struct layout *layout, lxw_row_t row, int column, bool fixed) {
    char name[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell_abs(name, row, (lxw_col_t)column, fixed, 0);
    return arena_text(layout->scratch, name);
}

/* The rows of the table that a sum is of. */
struct span {
    size_t first, end;
};

static struct span whole_body(const struct layout *layout) {
    return (struct span){0, layout->body_count};
}

/* SUBTOTAL(9; …) is a sum that passes over the subtotals within it. */
static const char *sum_text(const struct layout *layout, int column, struct span span, bool fixed) {
    const char *first = cell_name(layout, sheet_row(layout, span.first), column, fixed);
    const char *last = cell_name(layout, sheet_row(layout, span.end - (span.end > span.first)), column, fixed);
    return arena_printf(layout->scratch, layout->banded ? "SUBTOTAL(9,%s:%s)" : "SUM(%s:%s)", first, last);
}

/* Where the denominator of all rows stands: in a total row, or else as a sum of the body. */
static const char *whole_reference(const struct layout *layout, int column, int64_t number) {
    const struct table *table = layout->table;
    if (table->columns[column].total == TOTAL_SUM)
        for (size_t i = layout->body_count; i < table->row_count; i++)
            if (holds(layout->totals[i - layout->body_count][column], number))
                return cell_name(layout, sheet_row(layout, i), column, true);
    return sums_to(&layout->columns[column].body, (double)number) ? sum_text(layout, column, whole_body(layout), true)
                                                                  : NULL;
}

/* One part of a ratio in a row, NULL when no cell holds it. */
static const char *part_reference(const struct layout *layout, const struct grid_row *from, size_t row, int column,
                                  int64_t number, bool whole) {
    if (column < 0 || (size_t)column >= layout->table->column_count)
        return NULL;
    bool total = from->kind == ROW_TOTAL;
    if (!(whole && !total) && holds(from->cells[column].value, number))
        return cell_name(layout, sheet_row(layout, row), column, false);
    return whole || total ? whole_reference(layout, column, number) : NULL;
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

static bool put_sum(const struct layout *layout, const struct grid_row *from, size_t row, size_t column,
                    const struct xlsx_look *look) {
    const struct table_column *shown = &layout->table->columns[column];
    const struct value value = from->cells[column].value;
    const bool group = from->kind == ROW_SUBTOTAL;
    const struct sum *held = group ? &layout->columns[column].group : &layout->columns[column].body;
    double number = 0;
    int places = 0;
    if (shown->total != TOTAL_SUM || value.kind == VALUE_RATIO ||
        !xlsx_number(value, &shown->format, &number, &places) || !sums_to(held, number))
        return false;
    const struct span span = group ? (struct span){layout->group_first, row} : whole_body(layout);
    const char *sum = sum_text(layout, (int)column, span, false);
    const char *formula = held->decimals ? arena_printf(layout->scratch, "=ROUND(%s,%d)", sum, held->decimals)
                                         : arena_printf(layout->scratch, "=%s", sum);
    struct xlsx_look own = *look;
    xlsx_number_format(own.number, value, &shown->format);
    xlsx_put_formula(layout->sheet, sheet_row(layout, row), (lxw_col_t)column, &own, formula, number, NULL);
    return true;
}

static void put_cell(const struct layout *layout, const struct grid_row *from, size_t row, size_t column) {
    const struct table_column *shown = &layout->table->columns[column];
    const struct grid_cell *cell = &from->cells[column];
    bool sums = from->kind == ROW_TOTAL || from->kind == ROW_SUBTOTAL, number = value_is_number(cell->value);
    struct xlsx_look look = {.bold = from->kind != ROW_BODY, .border = true, .wrap = !number, .align = shown->align};
    const char *numerator = NULL, *denominator = NULL;
    if (sums && put_sum(layout, from, row, column, &look))
        return;
    if (shown->is_ratio && cell->value.kind == VALUE_RATIO) {
        numerator = part_reference(layout, from, row, shown->numerator, cell->value.number, false);
        denominator = part_reference(layout, from, row, shown->denominator, cell->value.base, shown->denominator_total);
    }
    xlsx_put_value(layout->sheet, sheet_row(layout, row), (lxw_col_t)column, &look, cell->value, &shown->format,
                   cell->text, numerator, denominator);
}

/* The sums of the body rows above the next subtotal. */
static void sum_group(struct layout *layout, const struct grid_row *from, size_t row) {
    for (size_t i = 0; i < layout->table->column_count; i++)
        if (from->kind == ROW_BODY)
            add_to_sum(layout, &layout->columns[i].group, i, from->cells[i].value);
        else
            layout->columns[i].group = (struct sum){0};
    if (from->kind != ROW_BODY)
        layout->group_first = row + 1;
}

static void put_rows(struct layout *layout) {
    const struct table *table = layout->table;
    if (!layout->body_count)
        xlsx_put_nothing(layout->sheet, layout->body, table->column_count,
                         table->nothing ? table->nothing : "Không phát sinh");
    for (size_t row = 0; row < table->row_count; row++) {
        const struct grid_row from = grid_row(table->rows, row);
        for (size_t column = 0; column < table->column_count; column++)
            put_cell(layout, &from, row, column);
        sum_group(layout, &from, row);
        arena_clear(layout->scratch);
    }
}

/* ---- Header ----------------------------------------------------------------------------------------------------- */

static bool same_group(const char *left, const char *right) {
    return left && right && strcmp(left, right) == 0;
}

static size_t group_end(const struct table *table, size_t first) {
    size_t last = first;
    while (last + 1 < table->column_count && same_group(table->columns[first].group, table->columns[last + 1].group))
        last++;
    return last;
}

static void raise(unsigned *lines, unsigned wanted) {
    if (wanted > *lines)
        *lines = wanted;
}

static double widths_sum(const struct layout *layout, size_t first, size_t last) {
    double sum = 0;
    for (size_t i = first; i <= last; i++)
        sum += layout->widths[i];
    return sum;
}

/* A column without a group has its label in the lower row and nothing above it. */
static void put_split_header(const struct layout *layout) {
    const struct table *table = layout->table;
    unsigned upper = 1;
    for (size_t first = 0, last; first < table->column_count; first = last + 1) {
        const char *group = table->columns[first].group;
        last = group ? group_end(table, first) : first;
        xlsx_put_merged(layout->sheet, layout->header, (lxw_col_t)first, layout->header, (lxw_col_t)last,
                        &xlsx_header_look, group ? group : "");
        if (group)
            raise(&upper, serif_lines(group, widths_sum(layout, first, last) - HEADER_PADDING, true));
    }
    xlsx_need_lines(layout->sheet, layout->header, upper);
    for (size_t i = 0; i < table->column_count; i++)
        xlsx_put_text(layout->sheet, layout->header + 1, (lxw_col_t)i, &xlsx_header_look, layout->labels[i]);
}

/* A column without a group has a cell over both rows. */
static void put_grouped_header(const struct layout *layout) {
    const struct table *table = layout->table;
    unsigned upper = 1, lower = 1, both = 2;
    for (size_t first = 0, last; first < table->column_count; first = last + 1) {
        const char *group = table->columns[first].group;
        last = group ? group_end(table, first) : first;
        if (!group) {
            xlsx_put_merged(layout->sheet, layout->header, (lxw_col_t)first, layout->header + 1, (lxw_col_t)first,
                            &xlsx_header_look, table->columns[first].label);
            raise(&both, serif_lines(table->columns[first].label, layout->widths[first] - HEADER_PADDING, true));
            continue;
        }
        xlsx_put_merged(layout->sheet, layout->header, (lxw_col_t)first, layout->header, (lxw_col_t)last,
                        &xlsx_header_look, group);
        raise(&upper, serif_lines(group, widths_sum(layout, first, last) - HEADER_PADDING, true));
        for (size_t i = first; i <= last; i++) {
            xlsx_put_text(layout->sheet, layout->header + 1, (lxw_col_t)i, &xlsx_header_look, layout->labels[i]);
            raise(&lower, serif_lines(layout->labels[i], layout->widths[i] - HEADER_PADDING, true));
        }
    }
    if (upper + lower < both)
        lower = both - upper;
    xlsx_need_lines(layout->sheet, layout->header, upper);
    xlsx_need_lines(layout->sheet, layout->header + 1, lower);
}

static void put_header(const struct layout *layout) {
    const struct table *table = layout->table;
    if (table->grouped) {
        (layout->split ? put_split_header : put_grouped_header)(layout);
        return;
    }
    for (size_t i = 0; i < table->column_count; i++)
        xlsx_put_text(layout->sheet, layout->header, (lxw_col_t)i, &xlsx_header_look, layout->labels[i]);
}

/* ---- Widths ----------------------------------------------------------------------------------------------------- */

/* A header takes three lines at most where its words allow it, and a filter's button stands beside them. */
static double header_width(const char *label) {
    const struct serif_extent extent = serif_extent(label, true);
    return (extent.word > extent.line / 3 ? extent.word : extent.line / 3) + BUTTON;
}

static void measure_cell(struct column *column, const struct grid_cell *cell, bool bold, struct arena *scratch) {
    const char *text = xlsx_text_clean(scratch, cell->text);
    bool label = bold && cell->value.kind == VALUE_TEXT;
    const struct serif_extent extent = serif_extent(text, bold);
    double width = label ? extent.word : extent.line;
    double word = value_is_number(cell->value) || cell->value.kind == VALUE_DATE ? width : extent.word;
    if (width > column->widest)
        column->widest = width;
    if (word > column->least)
        column->least = word;
}

/* A column of ratios is read by the length of its bars. Without % its cells hold percents. */
static double full_bar(const struct table_column *column) {
    return column->format.kind == FORMAT_PERCENT ? 1 : 100;
}

static void survey_body(struct layout *layout, const struct grid_row *from) {
    for (size_t i = 0; i < layout->table->column_count; i++) {
        const struct table_column *shown = &layout->table->columns[i];
        const struct value value = from->cells[i].value;
        double number = 0;
        int places = 0;
        if (from->kind == ROW_BODY)
            add_to_sum(layout, &layout->columns[i].body, i, value);
        if (shown->is_ratio && xlsx_number(value, &shown->format, &number, &places) && number > full_bar(shown))
            layout->columns[i].beyond = true;
    }
    layout->banded = layout->banded || from->kind != ROW_BODY;
    layout->body_count++;
}

static void keep_totals(struct layout *layout, const struct grid_row *from, size_t row) {
    const size_t count = layout->table->column_count;
    if (!layout->totals)
        layout->totals = ARENA_ARRAY(layout->arena, struct value *, layout->table->row_count - row);
    struct value *values = layout->totals[row - layout->body_count] = ARENA_ARRAY(layout->arena, struct value, count);
    for (size_t i = 0; i < count; i++)
        values[i] = value_keep(layout->arena, from->cells[i].value);
}

/* All that has to be known of the rows before the first is written, in one walk. */
static void survey(struct layout *layout) {
    const struct table *table = layout->table;
    layout->columns = ARENA_ARRAY(layout->arena, struct column, table->column_count);
    for (size_t i = 0; i < table->column_count; i++)
        layout->columns[i].widest = layout->columns[i].least = header_width(table->columns[i].label);
    for (size_t row = 0; row < table->row_count; row++) {
        const struct grid_row from = grid_row(table->rows, row);
        for (size_t i = 0; i < table->column_count; i++)
            measure_cell(&layout->columns[i], &from.cells[i], from.kind != ROW_BODY, layout->scratch);
        if (row == layout->body_count && from.kind != ROW_TOTAL)
            survey_body(layout, &from);
        else
            keep_totals(layout, &from, row);
        arena_clear(layout->scratch);
    }
}

static double between(double width, double least, double most) {
    return width < least ? least : width > most ? most : width;
}

static bool shrink_widest(double *widths, const double *least, size_t count) {
    size_t widest = count;
    for (size_t i = 0; i < count; i++)
        if (widths[i] - 1 >= least[i] && widths[i] > WIDTH_SHRUNK && (widest == count || widths[i] > widths[widest]))
            widest = i;
    if (widest == count)
        return false;
    widths[widest] -= 1;
    return true;
}

/* A wide group label over narrow columns widens them. */
static void widen_groups(struct layout *layout) {
    const struct table *table = layout->table;
    for (size_t first = 0, last; first < table->column_count; first = last + 1) {
        last = group_end(table, first);
        const char *group = table->columns[first].group;
        double wanted = group ? header_width(group) + 3 : 0, sum = widths_sum(layout, first, last);
        for (size_t i = first; i <= last && sum < wanted; i++)
            layout->widths[i] *= wanted / sum;
    }
}

static void measure(struct layout *layout) {
    const size_t count = layout->table->column_count;
    double *least = ARENA_ARRAY(layout->arena, double, count);
    layout->widths = ARENA_ARRAY(layout->arena, double, count);
    for (size_t i = 0; i < count; i++) {
        layout->widths[i] = between(layout->columns[i].widest + 3, WIDTH_LEAST, WIDTH_MOST);
        least[i] = between(layout->columns[i].least + 3, WIDTH_LEAST, WIDTH_MOST);
    }
    while (widths_sum(layout, 0, count - 1) > PAGE_MOST && shrink_widest(layout->widths, least, count)) {
    }
    widen_groups(layout);
}

/* ---- The sheet -------------------------------------------------------------------------------------------------- */

static struct xlsx_table *remember(const struct layout *layout, struct xlsx_table *others) {
    struct xlsx_table *kept = ARENA_NEW(layout->arena, struct xlsx_table);
    *kept = (struct xlsx_table){.table = layout->table,
                                .sheet = layout->sheet,
                                .label_row = layout->header + (layout->table->grouped ? 1 : 0),
                                .body = layout->body,
                                .next = others};
    return kept;
}

static void add_bars(const struct layout *layout) {
    const struct table *table = layout->table;
    for (size_t i = 0; i < table->column_count && layout->body_count > 1; i++)
        if (table->columns[i].is_ratio)
            xlsx_add_bars(layout->sheet, layout->body, layout->body_end, (lxw_col_t)i, full_bar(&table->columns[i]),
                          layout->columns[i].beyond);
}

/* A wished break is one of the page: a table's column is called by its words. */
static void make_labels(struct layout *layout) {
    const struct table *table = layout->table;
    layout->labels = ARENA_ARRAY(layout->arena, const char *, table->column_count);
    for (size_t i = 0; i < table->column_count; i++) {
        char *label = arena_text(layout->arena, table->columns[i].label);
        for (char *at = label; *at; at++)
            if (*at == '\n')
                *at = ' ';
        layout->labels[i] = label;
    }
    layout->split = table->grouped && (layout->sheet->streams ||
                                       xlsx_labels_serve(layout->sheet->book, layout->labels, table->column_count));
}

static void put_handles(const struct layout *layout) {
    const bool alone = !layout->table->grouped || layout->split;
    /* Sorting or filtering would tear groups from their names and subtotals. */
    if (!layout->body_count || layout->banded)
        return;
    xlsx_add_filter(layout->sheet, layout->body - 1, layout->body_end, alone ? layout->labels : NULL);
    add_bars(layout);
}

static void put_titles(const struct layout *layout, const char *title) {
    const struct table *table = layout->table;
    xlsx_put_banner(layout->sheet, 0, &xlsx_title_look, title);
    if (table->unit && table->unit[0])
        xlsx_put_banner(layout->sheet, 1, &xlsx_unit_look, table->unit);
}

static bool is_charted(const struct block *block, const struct table *table) {
    for (; block; block = block->next)
        if ((block->chart && block->chart->table == table) || is_charted(block->children, table))
            return true;
    return false;
}

/* The cells of small tables are kept until the workbook is written, as long as all of them are not too many. A chart
 * is drawn from cells that are kept. */
static struct xlsx_sheet *new_sheet(struct xlsx_book *book, const struct layout *layout, const char *wished) {
    const struct table *table = layout->table;
    const size_t cells = table->row_count * table->column_count;
    if (book->cells + cells > CELLS_KEPT && !is_charted(book->document->blocks, table))
        return xlsx_sheet_stream(book, wished, layout->widths, table->column_count);
    book->cells += cells;
    return xlsx_sheet_new(book, wished, layout->widths, table->column_count);
}

/* False after keeping why the table does not fit a sheet. */
static bool write_sheet(struct xlsx_book *book, struct layout *layout, const char *wished) {
    const struct table *table = layout->table;
    const bool caption = table->caption && table->caption[0];
    if (!table->column_count || table->column_count > LXW_COL_MAX || table->row_count > LXW_ROW_MAX - 16) {
        xlsx_fail(book, "bảng không có cột hoặc vượt quá cỡ trang tính");
        return false;
    }
    survey(layout);
    layout->header = table->unit && table->unit[0] ? 2 : 1;
    layout->body = layout->header + (table->grouped ? 2 : 1);
    layout->body_end = layout->body + (lxw_row_t)(layout->body_count ? layout->body_count - 1 : 0);
    measure(layout);
    layout->sheet = new_sheet(book, layout, wished);
    layout->sheet->title = caption ? table->caption : "";
    make_labels(layout);
    put_titles(layout, caption ? arena_printf(book->arena, "%s. %s", wished, table->caption) : wished);
    put_handles(layout);
    put_header(layout);
    put_rows(layout);
    layout->sheet->next = sheet_row(layout, table->row_count);
    xlsx_sheet_finish(layout->sheet, layout->header, layout->body - 1);
    return true;
}

void xlsx_write_table(struct xlsx_book *book, const struct table *table) {
    struct layout layout = {.table = table, .arena = book->arena, .scratch = book->scratch};
    for (const struct xlsx_table *known = book->tables; known; known = known->next)
        if (known->table == table)
            return;
    if (write_sheet(book, &layout, arena_printf(book->arena, "Bảng %d", table->number)))
        book->tables = remember(&layout, book->tables);
}

void xlsx_write_details(struct xlsx_book *book) {
    for (size_t i = 0; i < book->document->detail_count; i++) {
        struct layout layout = {
            .table = book->document->details[i].table, .arena = book->arena, .scratch = book->scratch};
        if (write_sheet(book, &layout, arena_printf(book->arena, "Chi tiết %zu", i + 1)))
            book->details = remember(&layout, book->details);
    }
}
