/* html_chart.c - a chart as SVG.
 *
 * Lengths are those of the drawing, 640 wide on a desk; with more than fits it grows, and the page scrolls it. Letters
 * are measured by serif.h, near enough for any browser's serif face. Series are told apart by greys and hatches, as in
 * print. */
#include "render/html_chart.h"

#include "render/chart_scale.h"
#include "render/html_text.h"
#include "render/serif.h"

#include "base/text.h"

#include <math.h>
#include <string.h>

static const double WIDTH = 640, PLOT = 230, SIZE = 13, LINE = 15, WIDEST_BAR = 46, SWATCH = 22;
enum { PATTERNS = 6, LABELS_MOST = 200 };

struct drawing {
    struct buffer *out;
    struct arena *arena;
    const struct chart *chart;
    struct chart_scale scale;
    double width, height;      /* of the whole */
    double x, y, across, down; /* of the plot */
    double slot;               /* room of a category */
    double categories;         /* room below the plot, or beside it */
    bool labels, upright;      /* values are written; categories run upwards */
};

/* ---- Letters ---------------------------------------------------------------------------------------------------- */

static double text_width(const char *text) {
    return serif_width(text, false) * SIZE / 2;
}

static void put_text(struct drawing *drawing, double x, double y, const char *anchor, const char *text) {
    buffer_printf(drawing->out, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">", x, y, anchor);
    html_text(drawing->out, text);
    buffer_text(drawing->out, "</text>\n");
}

/* The end of the words that stand on one line, the first word in any case. */
static const char *line_end(struct arena *arena, const char *text, double width) {
    const char *end = text + strcspn(text, " ");
    while (*end) {
        const char *next = end + 1 + strcspn(end + 1, " ");
        if (text_width(arena_copy(arena, text, (size_t)(next - text))) > width)
            break;
        end = next;
    }
    return end;
}

static size_t line_count(struct arena *arena, const char *text, double width) {
    size_t lines = 0;
    for (; *text; lines++) {
        text = line_end(arena, text, width);
        text += *text == ' ';
    }
    return lines ? lines : 1;
}

static void put_lines(struct drawing *drawing, double x, double y, double width, const char *anchor, const char *text) {
    while (*text) {
        const char *end = line_end(drawing->arena, text, width);
        put_text(drawing, x, y, anchor, arena_copy(drawing->arena, text, (size_t)(end - text)));
        y += LINE;
        text = end + (*end == ' ');
    }
}

/* ---- Series ----------------------------------------------------------------------------------------------------- */

static void put_patterns(struct drawing *drawing) {
    static const char *const paths[PATTERNS] = {
        [2] = "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4", [4] = "M0,0 l8,8 M0,8 l8,-8", [5] = "M0,4 l8,0"};
    buffer_text(drawing->out, "<defs>\n");
    for (int i = 0; i < PATTERNS; i++)
        if (paths[i])
            buffer_printf(drawing->out,
                          "<pattern id=\"c%dp%d\" width=\"8\" height=\"8\" patternUnits=\"userSpaceOnUse\"><rect "
                          "width=\"8\" height=\"8\" fill=\"#fff\"/><path d=\"%s\" stroke=\"#222\" "
                          "stroke-width=\"1\"/></pattern>\n",
                          drawing->chart->number, i, paths[i]);
    buffer_text(drawing->out, "</defs>\n");
}

static void put_bar(struct drawing *drawing, double x, double y, double width, double height, size_t series) {
    static const char *const fills[PATTERNS] = {[0] = "#6b6b6b", [1] = "#d1d1d1", [3] = "#1a1a1a"};
    const size_t pattern = series % PATTERNS;
    const char *fill = drawing->chart->series_count == 1 ? "#999" : fills[pattern];
    if (!fill)
        fill = arena_printf(drawing->arena, "url(#c%dp%zu)", drawing->chart->number, pattern);
    buffer_printf(drawing->out,
                  "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" stroke=\"#222\" "
                  "stroke-width=\".7\"/>\n",
                  x, y, width, height, fill);
}

static void put_marker(struct drawing *drawing, double x, double y, size_t series) {
    const char *fill = series % 2 ? "#fff" : "#222";
    if (series / 2 % 2)
        buffer_printf(drawing->out,
                      "<rect x=\"%.1f\" y=\"%.1f\" width=\"7\" height=\"7\" fill=\"%s\" stroke=\"#222\"/>\n", x - 3.5,
                      y - 3.5, fill);
    else
        buffer_printf(drawing->out, "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.8\" fill=\"%s\" stroke=\"#222\"/>\n", x, y,
                      fill);
}

static const char *dashes(size_t series) {
    static const char *const kinds[] = {"none", "7 4", "2 3", "10 3 2 3"};
    return kinds[series % 4];
}

/* ---- Frame ------------------------------------------------------------------------------------------------------ */

static double legend_item(const struct chart *chart, size_t series) {
    return SWATCH + 6 + text_width(chart->series[series].label) + 18;
}

/* Above the plot, with more than one series; answers its height. Without `put` it is only measured. */
static double legend(struct drawing *drawing, bool put) {
    const struct chart *chart = drawing->chart;
    double x = 0, y = 0;
    for (size_t i = 0; i < chart->series_count && chart->series_count > 1; i++) {
        double wide = legend_item(chart, i);
        if (x > 0 && x + wide > drawing->width) {
            x = 0;
            y += LINE + 6;
        }
        if (put && chart->kind == CHART_LINE) {
            buffer_printf(
                drawing->out,
                "<path d=\"M%.1f,%.1f h%.0f\" stroke=\"#222\" stroke-width=\"1.6\" stroke-dasharray=\"%s\"/>\n", x,
                y + 8, SWATCH, dashes(i));
            put_marker(drawing, x + SWATCH / 2, y + 8, i);
        } else if (put) {
            put_bar(drawing, x, y + 3, SWATCH, 10, i);
        }
        if (put)
            put_text(drawing, x + SWATCH + 6, y + 13, "start", chart->series[i].label);
        x += wide;
    }
    return chart->series_count > 1 ? y + LINE + 10 : 0;
}

static double position_x(const struct drawing *drawing, double value) {
    return drawing->x + scale_share(&drawing->scale, value) * drawing->across;
}

static double position_y(const struct drawing *drawing, double value) {
    return drawing->y + (1 - scale_share(&drawing->scale, value)) * drawing->down;
}

static void put_grid(struct drawing *drawing) {
    const bool flat = drawing->chart->kind == CHART_HORIZONTAL;
    for (size_t i = 0; i < scale_ticks(&drawing->scale); i++) {
        double value = scale_tick(&drawing->scale, i), x = position_x(drawing, value), y = position_y(drawing, value);
        const char *text = scale_text(drawing->arena, &drawing->scale, value);
        const char *stroke = fabs(value) < drawing->scale.step / 2 ? "#222" : "#c8c8c8";
        if (flat) {
            buffer_printf(drawing->out, "<path d=\"M%.1f,%.1f v%.1f\" stroke=\"%s\"/>\n", x, drawing->y, drawing->down,
                          stroke);
            put_text(drawing, x, drawing->y + drawing->down + LINE, "middle", text);
        } else {
            buffer_printf(drawing->out, "<path d=\"M%.1f,%.1f h%.1f\" stroke=\"%s\"/>\n", drawing->x, y,
                          drawing->across, stroke);
            put_text(drawing, drawing->x - 6, y + 4, "end", text);
        }
    }
}

static void put_categories(struct drawing *drawing) {
    const struct chart *chart = drawing->chart;
    for (size_t j = 0; j < chart->category_count; j++) {
        double middle = ((double)j + 0.5) * drawing->slot, bottom = drawing->y + drawing->down;
        const char *name = chart->categories[j];
        if (chart->kind == CHART_HORIZONTAL) {
            double lines = (double)line_count(drawing->arena, name, drawing->categories);
            put_lines(drawing, drawing->x - 7, drawing->y + middle - (lines - 1) * LINE / 2 + 4, drawing->categories,
                      "end", name);
        } else if (drawing->upright) {
            buffer_printf(drawing->out, "<text transform=\"translate(%.1f,%.1f) rotate(-90)\" text-anchor=\"end\">",
                          drawing->x + middle + 4, bottom + 6);
            html_text(drawing->out, name);
            buffer_text(drawing->out, "</text>\n");
        } else {
            put_lines(drawing, drawing->x + middle, bottom + LINE + (drawing->scale.low < 0 ? LINE : 0),
                      drawing->slot * 0.96, "middle", name);
        }
    }
}

/* ---- Marks ------------------------------------------------------------------------------------------------------ */

static void put_label(struct drawing *drawing, double x, double y, const char *anchor, const char *text) {
    if (drawing->labels)
        put_text(drawing, x, y, anchor, text);
}

static void put_bars(struct drawing *drawing, size_t category) {
    const struct chart *chart = drawing->chart;
    const bool flat = chart->kind == CHART_HORIZONTAL;
    double offset, wide = chart_bar_width(chart, drawing->slot, WIDEST_BAR, &offset);
    for (size_t i = 0; i < chart->series_count; i++) {
        double value = scale_value(&drawing->scale, i, category);
        double start = (double)category * drawing->slot + offset + (double)i * wide;
        const char *label = scale_label(&drawing->scale, i, category);
        if (isnan(value))
            continue;
        if (flat) {
            double zero = position_x(drawing, 0), end = position_x(drawing, value);
            put_bar(drawing, fmin(zero, end), drawing->y + start, fabs(end - zero), wide, i);
            put_label(drawing, value < 0 ? end - 4 : end + 4, drawing->y + start + wide / 2 + 4,
                      value < 0 ? "end" : "start", label);
        } else {
            double zero = position_y(drawing, 0), end = position_y(drawing, value);
            put_bar(drawing, drawing->x + start, fmin(zero, end), wide, fabs(end - zero), i);
            put_label(drawing, drawing->x + start + wide / 2, value < 0 ? end + LINE : end - 4, "middle", label);
        }
    }
}

static void put_stack(struct drawing *drawing, size_t category) {
    const struct chart *chart = drawing->chart;
    double offset, wide = chart_bar_width(chart, drawing->slot, WIDEST_BAR, &offset), above = 0, below = 0;
    double x = drawing->x + (double)category * drawing->slot + offset;
    for (size_t i = 0; i < chart->series_count; i++) {
        double value = scale_value(&drawing->scale, i, category), *base = value < 0 ? &below : &above;
        const char *label = scale_label(&drawing->scale, i, category);
        if (isnan(value))
            continue;
        double from = position_y(drawing, *base), to = position_y(drawing, *base + value), top = fmin(from, to);
        *base += value;
        put_bar(drawing, x, top, wide, fabs(from - to), i);
        double high = fabs(from - to), letters = text_width(label);
        if (high < SIZE + 3 || letters > wide - 4)
            continue;
        buffer_printf(drawing->out, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.0f\" fill=\"#fff\"/>\n",
                      x + wide / 2 - letters / 2 - 2, top + high / 2 - SIZE / 2, letters + 4, SIZE);
        put_label(drawing, x + wide / 2, top + high / 2 + 4, "middle", label);
    }
    if (drawing->scale.whole)
        put_label(drawing, x + wide / 2, position_y(drawing, above) - 4, "middle",
                  chart_sum_text(drawing->arena, chart, category));
}

/* Whether another line runs above the point (or, through it, is an earlier one): its figure then stands below. */
static bool is_lower(const struct drawing *drawing, size_t series, size_t category) {
    double value = scale_value(&drawing->scale, series, category);
    for (size_t i = 0; i < drawing->chart->series_count; i++) {
        double other = scale_value(&drawing->scale, i, category);
        if (i != series && !isnan(other) && (other > value || (i < series && !(other < value))))
            return true;
    }
    return false;
}

static void put_line(struct drawing *drawing, size_t series) {
    const struct chart *chart = drawing->chart;
    bool gap = true;
    buffer_text(drawing->out, "<path fill=\"none\" stroke=\"#222\" stroke-width=\"1.6\" d=\"");
    for (size_t j = 0; j < chart->category_count; j++) {
        double value = scale_value(&drawing->scale, series, j);
        if (!isnan(value))
            buffer_printf(drawing->out, "%c%.1f,%.1f ", gap ? 'M' : 'L', drawing->x + ((double)j + 0.5) * drawing->slot,
                          position_y(drawing, value));
        gap = isnan(value);
    }
    buffer_printf(drawing->out, "\" stroke-dasharray=\"%s\"/>\n", dashes(series));
    for (size_t j = 0; j < chart->category_count; j++) {
        double value = scale_value(&drawing->scale, series, j), x = drawing->x + ((double)j + 0.5) * drawing->slot;
        if (isnan(value))
            continue;
        put_marker(drawing, x, position_y(drawing, value), series);
        put_label(drawing, x, position_y(drawing, value) + (is_lower(drawing, series, j) ? LINE + 3 : -8), "middle",
                  scale_label(&drawing->scale, series, j));
    }
}

static void put_marks(struct drawing *drawing) {
    const struct chart *chart = drawing->chart;
    if (chart->kind == CHART_LINE) {
        for (size_t i = 0; i < chart->series_count; i++)
            put_line(drawing, i);
        return;
    }
    for (size_t j = 0; j < chart->category_count; j++) {
        if (chart->kind == CHART_STACKED)
            put_stack(drawing, j);
        else
            put_bars(drawing, j);
    }
}

/* ---- Measuring -------------------------------------------------------------------------------------------------- */

static double widest_label(const struct drawing *drawing) {
    double widest = 0;
    for (size_t i = 0; i < drawing->chart->series_count * drawing->chart->category_count; i++)
        widest = fmax(widest, text_width(drawing->scale.labels[i]));
    return widest;
}

static double widest_tick(const struct drawing *drawing) {
    double widest = 0;
    for (size_t i = 0; i < scale_ticks(&drawing->scale); i++)
        widest = fmax(widest, text_width(scale_text(drawing->arena, &drawing->scale, scale_tick(&drawing->scale, i))));
    return widest;
}

static double longest_category(const struct chart *chart, double (*measure)(const char *, bool)) {
    double longest = 0;
    for (size_t j = 0; j < chart->category_count; j++)
        longest = fmax(longest, measure(chart->categories[j], false) * SIZE / 2);
    return longest;
}

/* Categories run upwards when the drawing would have to be more than twice as wide for them. */
static void measure_upright(struct drawing *drawing) {
    const struct chart *chart = drawing->chart;
    const double count = (double)chart->category_count, label = drawing->labels ? widest_label(drawing) + 3 : 6;
    double least = fmax((double)chart_slot_bars(chart) * label / 0.74, 14);
    double word = longest_category(chart, serif_word_width) / 0.96;
    size_t lines = 1;
    drawing->x = widest_tick(drawing) + 10;
    drawing->upright = word * count > 2 * WIDTH;
    drawing->slot = fmax((WIDTH - drawing->x - 6) / count, drawing->upright ? least : fmax(least, word));
    for (size_t j = 0; j < chart->category_count && !drawing->upright; j++) {
        size_t own = line_count(drawing->arena, chart->categories[j], drawing->slot * 0.96);
        lines = own > lines ? own : lines;
    }
    drawing->categories = drawing->upright ? longest_category(chart, serif_width) + 8 : (double)lines * LINE + 6;
    drawing->across = drawing->slot * count;
    drawing->width = drawing->x + drawing->across + 6;
    drawing->y = legend(drawing, false) + LINE + 4;
    drawing->down = PLOT;
    drawing->height = drawing->y + drawing->down + drawing->categories + (drawing->scale.low < 0 ? LINE : 0);
}

static void measure_flat(struct drawing *drawing) {
    const struct chart *chart = drawing->chart;
    const double count = (double)chart->category_count;
    size_t lines = 1;
    drawing->width = WIDTH;
    drawing->categories = fmin(longest_category(chart, serif_width) + 2, 0.4 * WIDTH);
    for (size_t j = 0; j < chart->category_count; j++) {
        size_t own = line_count(drawing->arena, chart->categories[j], drawing->categories);
        lines = own > lines ? own : lines;
    }
    drawing->slot =
        fmax(fmax((double)lines * LINE + 4, (double)chart->series_count * (SIZE + 3) / 0.74), PLOT / count / 2);
    drawing->x = drawing->categories + 8;
    drawing->across = WIDTH - drawing->x - widest_label(drawing) - 10;
    drawing->y = legend(drawing, false) + 2;
    drawing->down = drawing->slot * count;
    drawing->height = drawing->y + drawing->down + LINE + 6;
}

void html_chart(struct buffer *out, struct arena *arena, const struct chart *chart) {
    struct drawing drawing = {.out = out, .arena = arena, .chart = chart};
    if (!chart->category_count || !chart->series_count)
        return;
    scale_make(&drawing.scale, arena, chart);
    drawing.width = WIDTH;
    drawing.labels = chart->category_count * chart->series_count <= LABELS_MOST;
    if (chart->kind == CHART_HORIZONTAL)
        measure_flat(&drawing);
    else
        measure_upright(&drawing);
    buffer_printf(out,
                  "<svg viewBox=\"0 0 %.0f %.0f\" xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" font-size=\"%.0f\" "
                  "style=\"max-width:%.0fpx\">\n",
                  drawing.width, drawing.height, SIZE, drawing.width * 1.25);
    html_element(out, "title", NULL, chart->caption);
    put_patterns(&drawing);
    legend(&drawing, true);
    put_grid(&drawing);
    put_marks(&drawing);
    put_categories(&drawing);
    buffer_text(out, "</svg>\n");
}
