/* xlsx_chart.c - native charts over the cells of their table, or over a sheet of their own.
 *
 * The library fills the caches of a chart from number cells only and takes a formula for zero, so that programs which
 * show the cache would draw ratios as nothing. The caches of categories and values are therefore filled here. Fills are
 * greys and hatches: the office prints in black. */
#include "render/xlsx_parts.h"
#include "render/xlsx_text.h"
#include "render/xlsx_value.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum {
    POINTS_MOST = 32000,
    SERIES_MOST = 255,
    LABELS_MOST = 60,
    UPRIGHT_MOST = 12,
    CHART_WIDTH = 480,
    CHART_HEIGHT = 288,
    ROW_PIXELS = 20
};

/* Where the figures of a chart stand. */
struct drawing {
    const struct chart *chart;
    struct xlsx_sheet *sheet;
    lxw_row_t label_row, first, last;
    lxw_col_t category_column;
    const struct table *table; /* NULL: the sheet is the chart's own, series are columns 1… */
};

/* ---- Whose cells ------------------------------------------------------------------------------------------------ */

static size_t body_rows(const struct table *table) {
    size_t count = 0;
    while (count < table->row_count && grid_row(table->rows, count).kind == ROW_BODY)
        count++;
    return count;
}

/* A chart takes the dash of a table for zero: what is not known must be an empty cell. */
static bool is_known(struct value value) {
    return value_is_number(value) && !(value.kind == VALUE_RATIO && value.base == 0);
}

static bool column_shows(const struct table *table, const struct chart_series *series, size_t count) {
    if (series->column < 0 || (size_t)series->column >= table->column_count)
        return false;
    for (size_t i = 0; i < count; i++) {
        const struct value shown = grid_value(table->rows, i, (size_t)series->column);
        if (!value_equal(shown, series->values[i]) || !is_known(shown))
            return false;
    }
    return true;
}

/* The table's cells serve only when they are the chart's figures, row by row. */
static bool table_serves(const struct chart *chart) {
    const struct table *table = chart->table;
    if (!table || chart->category_column < 0 || (size_t)chart->category_column >= table->column_count ||
        body_rows(table) != chart->category_count)
        return false;
    for (size_t i = 0; i < chart->series_count; i++)
        if (!column_shows(table, &chart->series[i], chart->category_count))
            return false;
    return true;
}

static const char *chart_title(struct arena *arena, const struct chart *chart) {
    const bool caption = chart->caption && chart->caption[0];
    return xlsx_text_clean(arena, arena_printf(arena, caption ? "Biểu đồ %d. %s" : "Biểu đồ %d", chart->number,
                                               caption ? chart->caption : ""));
}

static void write_rows(const struct drawing *drawing) {
    const struct chart *chart = drawing->chart;
    const struct xlsx_look text = {.border = true, .wrap = true}, number = {.border = true, .align = ALIGN_RIGHT};
    xlsx_put_text(drawing->sheet, drawing->label_row, 0, &xlsx_header_look, "Mục");
    for (size_t j = 0; j < chart->series_count; j++)
        xlsx_put_text(drawing->sheet, drawing->label_row, (lxw_col_t)(j + 1), &xlsx_header_look,
                      chart->series[j].label);
    for (size_t i = 0; i < chart->category_count; i++) {
        lxw_row_t row = drawing->first + (lxw_row_t)i;
        xlsx_put_text(drawing->sheet, row, 0, &text, chart->categories[i]);
        for (size_t j = 0; j < chart->series_count; j++) {
            const struct chart_series *series = &chart->series[j];
            if (is_known(series->values[i]))
                xlsx_put_value(drawing->sheet, row, (lxw_col_t)(j + 1), &number, series->values[i], &series->format,
                               NULL, NULL, NULL);
            else
                xlsx_put_text(drawing->sheet, row, (lxw_col_t)(j + 1), &number, "");
        }
    }
}

/* A sheet of the chart's own. */
static struct drawing write_figures(struct xlsx_book *book, const struct chart *chart) {
    const size_t columns = chart->series_count + 1;
    struct drawing drawing = {.chart = chart, .label_row = 1, .first = 2};
    double *widths = ARENA_ARRAY(book->arena, double, columns);
    drawing.last = drawing.first + (lxw_row_t)(chart->category_count ? chart->category_count - 1 : 0);
    for (size_t i = 0; i < columns; i++)
        widths[i] = i ? 16 : 36;
    drawing.sheet = xlsx_sheet_new(book, arena_printf(book->arena, "Biểu đồ %d", chart->number), widths, columns);
    drawing.sheet->title = chart->caption ? chart->caption : "";
    xlsx_put_banner(drawing.sheet, 0, &xlsx_title_look, chart_title(book->arena, chart));
    write_rows(&drawing);
    if (!chart->category_count || !chart->series_count)
        xlsx_put_nothing(drawing.sheet, drawing.first, columns, chart->nothing ? chart->nothing : "Không phát sinh");
    xlsx_sheet_finish(drawing.sheet, drawing.label_row, drawing.label_row);
    drawing.sheet->next = drawing.last + 1;
    return drawing;
}

static struct drawing drawing_find(struct xlsx_book *book, const struct chart *chart) {
    if (table_serves(chart))
        for (const struct xlsx_table *placed = book->tables; placed; placed = placed->next)
            if (placed->table == chart->table)
                return (struct drawing){.chart = chart,
                                        .sheet = placed->sheet,
                                        .label_row = placed->label_row,
                                        .first = placed->body,
                                        .last = placed->body + (lxw_row_t)chart->category_count - 1,
                                        .category_column = (lxw_col_t)chart->category_column,
                                        .table = chart->table};
    return write_figures(book, chart);
}

/* ---- Caches ----------------------------------------------------------------------------------------------------- */

/* The library frees the points and their texts. */
static void cache_add(struct xlsx_book *book, lxw_series_range *range, lxw_series_data_point found) {
    lxw_series_data_point *point = calloc(1, sizeof *point);
    if (!point || (found.is_string && !found.string)) {
        free(point);
        free(found.string);
        xlsx_fail(book, strerror(ENOMEM));
        return;
    }
    *point = found;
    STAILQ_INSERT_TAIL(range->data_cache, point, list_pointers);
    range->num_data_points++;
}

static void cache_values(struct xlsx_book *book, lxw_series_range *range, const struct drawing *drawing,
                         const struct chart_series *series) {
    const struct format *format = drawing->table ? &drawing->table->columns[series->column].format : &series->format;
    range->ignore_cache = LXW_TRUE;
    for (size_t i = 0; i < drawing->chart->category_count; i++) {
        lxw_series_data_point point = {0};
        int places = 0;
        point.no_data = !xlsx_number(series->values[i], format, &point.number, &places);
        cache_add(book, range, point);
    }
}

/* Categories are labels even where their cells hold numbers, as years do. */
static void cache_categories(struct xlsx_book *book, lxw_series_range *range, const struct drawing *drawing) {
    range->ignore_cache = LXW_TRUE;
    range->has_string_cache = LXW_TRUE;
    for (size_t i = 0; i < drawing->chart->category_count; i++) {
        const char *label = xlsx_text_clean(book->arena, drawing->chart->categories[i]);
        cache_add(book, range, (lxw_series_data_point){.is_string = LXW_TRUE, .string = strdup(label)});
    }
}

/* ---- Looks ------------------------------------------------------------------------------------------------------ */

static lxw_chart_font chart_font(double size, bool bold) {
    static char face[] = "Times New Roman";
    return (lxw_chart_font){.name = face, .size = size, .bold = bold};
}

static void fill_series(lxw_chart_series *drawn, size_t index) {
    static const struct {
        uint8_t pattern;
        lxw_color_t color;
    } fills[] = {{LXW_CHART_PATTERN_NONE, 0x7F7F7F},       {LXW_CHART_PATTERN_WIDE_UPWARD_DIAGONAL, 0x404040},
                 {LXW_CHART_PATTERN_NONE, 0xD9D9D9},       {LXW_CHART_PATTERN_SMALL_GRID, 0x404040},
                 {LXW_CHART_PATTERN_NONE, 0x404040},       {LXW_CHART_PATTERN_WIDE_DOWNWARD_DIAGONAL, 0x404040},
                 {LXW_CHART_PATTERN_PERCENT_20, 0x404040}, {LXW_CHART_PATTERN_NARROW_HORIZONTAL, 0x404040}};
    const size_t at = index % (sizeof fills / sizeof *fills);
    lxw_chart_line edge = {.color = LXW_COLOR_BLACK, .width = 0.75f};
    if (fills[at].pattern) {
        lxw_chart_pattern pattern = {
            .fg_color = fills[at].color, .bg_color = LXW_COLOR_WHITE, .type = fills[at].pattern};
        chart_series_set_pattern(drawn, &pattern);
    } else {
        lxw_chart_fill fill = {.color = fills[at].color};
        chart_series_set_fill(drawn, &fill);
    }
    chart_series_set_line(drawn, &edge);
}

static void stroke_series(lxw_chart_series *drawn, size_t index) {
    static const uint8_t dashes[] = {LXW_CHART_LINE_DASH_SOLID, LXW_CHART_LINE_DASH_DASH,
                                     LXW_CHART_LINE_DASH_SQUARE_DOT, LXW_CHART_LINE_DASH_LONG_DASH_DOT};
    static const uint8_t markers[] = {LXW_CHART_MARKER_CIRCLE, LXW_CHART_MARKER_SQUARE, LXW_CHART_MARKER_TRIANGLE,
                                      LXW_CHART_MARKER_DIAMOND};
    static const lxw_color_t colors[] = {LXW_COLOR_BLACK, 0x595959, 0x404040, 0x7F7F7F};
    lxw_chart_line line = {.color = colors[index % 4], .width = 1.75f, .dash_type = dashes[index % 4]};
    lxw_chart_line edge = {.color = LXW_COLOR_BLACK, .width = 0.75f};
    lxw_chart_fill fill = {.color = index / 4 % 2 ? LXW_COLOR_BLACK : LXW_COLOR_WHITE};
    chart_series_set_line(drawn, &line);
    chart_series_set_marker_type(drawn, markers[index % 4]);
    chart_series_set_marker_size(drawn, 7);
    chart_series_set_marker_line(drawn, &edge);
    chart_series_set_marker_fill(drawn, &fill);
}

static struct value first_number(const struct chart *chart, const struct chart_series *series) {
    for (size_t i = 0; i < chart->category_count; i++)
        if (value_is_number(series->values[i]))
            return series->values[i];
    return value_integer(0);
}

static void label_series(lxw_chart_series *drawn, const struct drawing *drawing, size_t index) {
    const struct chart *chart = drawing->chart;
    const struct chart_series *series = &chart->series[index];
    char number[XLSX_NUMBER_SIZE];
    lxw_chart_font font = chart_font(9, false);
    const struct format *format = drawing->table ? &drawing->table->columns[series->column].format : &series->format;
    if (chart->category_count * chart->series_count > LABELS_MOST)
        return;
    xlsx_number_format(number, first_number(chart, series), format);
    chart_series_set_labels(drawn);
    chart_series_set_labels_num_format(drawn, number);
    chart_series_set_labels_font(drawn, &font);
    if (chart->kind == CHART_LINE)
        chart_series_set_labels_position(drawn,
                                         index % 2 ? LXW_CHART_LABEL_POSITION_BELOW : LXW_CHART_LABEL_POSITION_ABOVE);
    if (chart->kind == CHART_STACKED) {
        /* On hatches figures are read only with white behind them. */
        lxw_chart_fill white = {.color = LXW_COLOR_WHITE};
        chart_series_set_labels_fill(drawn, &white);
    }
}

/* The series' name is its header cell where that says the same. */
static void name_series(lxw_chart_series *drawn, const struct drawing *drawing, size_t index) {
    const struct chart_series *series = &drawing->chart->series[index];
    struct arena *arena = drawing->sheet->book->arena;
    lxw_col_t column = drawing->table ? (lxw_col_t)series->column : (lxw_col_t)(index + 1);
    const char *label = series->label ? series->label : "";
    const struct table_column *header = drawing->table ? &drawing->table->columns[column] : NULL;
    if (label[0] && (!header || (strcmp(header->label, label) == 0 && (header->group || !drawing->table->grouped))))
        chart_series_set_name(
            drawn, arena_printf(arena, "=%s",
                                xlsx_range(drawing->sheet, drawing->label_row, column, drawing->label_row, column)));
    else if (label[0])
        /* A name beginning with = would be taken for a reference. */
        chart_series_set_name(drawn,
                              arena_printf(arena, "%s%s", label[0] == '=' ? " " : "", xlsx_text_clean(arena, label)));
}

static void add_series(lxw_chart *chart, const struct drawing *drawing, size_t index) {
    struct xlsx_book *book = drawing->sheet->book;
    const struct chart_series *series = &drawing->chart->series[index];
    const lxw_col_t column = drawing->table ? (lxw_col_t)series->column : (lxw_col_t)(index + 1);
    const char *categories =
        xlsx_range(drawing->sheet, drawing->first, drawing->category_column, drawing->last, drawing->category_column);
    const char *values = xlsx_range(drawing->sheet, drawing->first, column, drawing->last, column);
    lxw_chart_series *drawn = chart_add_series(chart, categories, values);
    if (!drawn) {
        xlsx_fail(book, drawing->chart->name);
        return;
    }
    cache_categories(book, drawn->categories, drawing);
    cache_values(book, drawn->values, drawing, series);
    name_series(drawn, drawing, index);
    if (drawing->chart->kind == CHART_LINE)
        stroke_series(drawn, index);
    else
        fill_series(drawn, index);
    label_series(drawn, drawing, index);
}

/* ---- The chart -------------------------------------------------------------------------------------------------- */

static void set_axes(lxw_chart *drawn, const struct chart *chart) {
    bool flat = chart->kind == CHART_HORIZONTAL;
    /* The library swaps the axes of bar charts only when it writes them: the categories are its x axis. */
    lxw_chart_axis *categories = drawn->x_axis, *values = drawn->y_axis;
    lxw_chart_font font = chart_font(10, false);
    lxw_chart_line grid = {.color = 0xBFBFBF, .width = 0.5f};
    char number[XLSX_NUMBER_SIZE];
    if (flat) {
        categories = drawn->y_axis;
        values = drawn->x_axis;
        chart_axis_set_reverse(categories);
        chart_axis_set_crossing_max(categories);
    }
    struct value first = first_number(chart, &chart->series[0]);
    struct format format = xlsx_format_of(first, &chart->series[0].format);
    format.signed_ = false;
    format.digits = 1;
    xlsx_number_format(number, first, &format);
    chart_axis_set_num_font(values, &font);
    /* Upright and wrapped as long as there is room: 360 is the library's word for no rotation. */
    if (!flat && chart->category_count <= UPRIGHT_MOST)
        font.rotation = 360;
    chart_axis_set_num_font(categories, &font);
    chart_axis_set_num_format(values, number);
    chart_axis_major_gridlines_set_visible(values, LXW_TRUE);
    chart_axis_major_gridlines_set_line(values, &grid);
}

static const char *describe(struct arena *arena, const struct chart *chart, const char *title) {
    static const char *const kinds[] = {
        [CHART_BAR] = "cột", [CHART_STACKED] = "cột chồng", [CHART_HORIZONTAL] = "thanh ngang", [CHART_LINE] = "đường"};
    const char *text =
        arena_printf(arena, "%s (biểu đồ %s, %zu mục:", title, kinds[chart->kind], chart->category_count);
    for (size_t i = 0; i < chart->series_count; i++)
        text = arena_printf(arena, "%s%s %s", text, i ? ";" : "", chart->series[i].label ? chart->series[i].label : "");
    return xlsx_text_cut(arena, xlsx_text_clean(arena, arena_printf(arena, "%s)", text)), 1000);
}

static double limited(double number, double least, double most) {
    return number < least ? least : number > most ? most : number;
}

/* Below everything on the sheet, about as wide as its columns. */
static void place_chart(lxw_chart *drawn, const struct drawing *drawing, const char *title) {
    struct xlsx_sheet *sheet = drawing->sheet;
    const struct chart *chart = drawing->chart;
    /* As the library counts: seven pixels a digit. */
    double width = limited(xlsx_sheet_width(sheet) * 7 + 5 * (double)sheet->columns, 460, 720), height = 320;
    if (chart->kind == CHART_HORIZONTAL)
        height = limited(120 + 22.0 * (double)(chart->category_count * chart->series_count), 300, 900);
    char *description = arena_text(sheet->book->arena, describe(sheet->book->arena, chart, title));
    lxw_chart_options options = {
        .x_scale = width / CHART_WIDTH, .y_scale = height / CHART_HEIGHT, .description = description};
    lxw_row_t row = xlsx_sheet_fit(sheet, sheet->next + 1, width * 0.86, height * 0.8);
    xlsx_check(sheet->book, worksheet_insert_chart_opt(sheet->worksheet, row, 0, drawn, &options));
    sheet->next = row + (lxw_row_t)(height / ROW_PIXELS) + 1;
}

static lxw_chart *new_chart(struct xlsx_book *book, const struct chart *chart) {
    static const uint8_t types[] = {[CHART_BAR] = LXW_CHART_COLUMN,
                                    [CHART_STACKED] = LXW_CHART_COLUMN_STACKED,
                                    [CHART_HORIZONTAL] = LXW_CHART_BAR,
                                    [CHART_LINE] = LXW_CHART_LINE};
    if (chart->category_count > POINTS_MOST || chart->series_count > SERIES_MOST) {
        xlsx_fail(book, "biểu đồ có quá nhiều điểm");
        return NULL;
    }
    lxw_chart *drawn = workbook_add_chart(book->workbook, types[chart->kind]);
    if (!drawn)
        xlsx_fail(book, chart->name);
    return drawn;
}

void xlsx_write_chart(struct xlsx_book *book, const struct chart *chart) {
    const struct drawing drawing = drawing_find(book, chart);
    if (!chart->category_count || !chart->series_count || book->failure)
        return;
    lxw_chart *drawn = new_chart(book, chart);
    if (!drawn)
        return;
    const char *title = chart_title(book->arena, chart);
    lxw_chart_font title_font = chart_font(12, true), legend_font = chart_font(10, false);
    for (size_t i = 0; i < chart->series_count; i++)
        add_series(drawn, &drawing, i);
    chart_title_set_name(drawn, title);
    chart_title_set_name_font(drawn, &title_font);
    set_axes(drawn, chart);
    chart_legend_set_position(drawn, chart->series_count > 1 ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE);
    chart_legend_set_font(drawn, &legend_font);
    place_chart(drawn, &drawing, title);
}
