/* pdf_chart_marks.c - the bars and lines of a chart, and the figures at them. */
#include "render/pdf_chart.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double WIDEST_BAR = 44, LARGEST_LABEL = 10, SMALLEST_LABEL = 6.5;

static double label_width(const struct chart_set *set, const char *text) {
    return faces_width(set->layout->faces, FACE_REGULAR, text, strlen(text)) * set->label_size / 1000;
}

void chart_fit_labels(struct chart_set *set, double slot) {
    double offset, bar = chart_bar_width(set->chart, slot, WIDEST_BAR, &offset), widest = 0;
    double room = chart_slot_bars(set->chart) == 1 ? slot * 0.97 : bar * 1.15;
    for (size_t i = 0; i < set->chart->series_count * set->chart->category_count; i++) {
        const char *text = set->scale.labels[i];
        widest = fmax(widest, faces_width(set->layout->faces, FACE_REGULAR, text, strlen(text)) / 1000);
    }
    if (set->chart->kind == CHART_HORIZONTAL) {
        set->label_size = fmin(LARGEST_LABEL, bar * 1.05);
        set->labels_hidden = set->label_size < 5;
        return;
    }
    set->label_size = fmax(SMALLEST_LABEL, fmin(LARGEST_LABEL, widest > 0 ? room / widest : LARGEST_LABEL));
    if (widest * set->label_size <= room + 0.01 || set->chart->kind == CHART_STACKED)
        return;
    set->labels_upright = set->chart->kind != CHART_LINE;
    set->label_size = fmin(LARGEST_LABEL - 1, bar * 1.1);
    set->labels_hidden = set->label_size < 4.5;
    set->label_size = fmax(set->label_size, 4.5);
}

static double position_y(const struct chart_set *set, double top, double value) {
    return top + set->y + (1 - scale_share(&set->scale, value)) * set->height;
}

/* White behind a figure keeps the scale's lines out of it; beside other bars it would cut into them. */
static void draw_label(const struct chart_set *set, struct canvas *canvas, double x, double baseline,
                       const char *text) {
    if (chart_slot_bars(set->chart) == 1 && set->chart->kind != CHART_LINE)
        canvas_blank(canvas, x - 1, baseline - 0.72 * set->label_size, label_width(set, text) + 2,
                     0.8 * set->label_size);
    canvas_text(canvas, FACE_REGULAR, set->label_size, x, baseline, text);
}

/* A bar's figure stands beyond its end: above it, or below it when it hangs. */
static void draw_label_beyond(const struct chart_set *set, struct canvas *canvas, double middle, double y, bool hangs,
                              const char *text) {
    double width = label_width(set, text);
    if (set->labels_hidden)
        return;
    if (set->labels_upright)
        canvas_text_upwards(canvas, FACE_REGULAR, set->label_size, middle + 0.33 * set->label_size,
                            hangs ? y + 3 + width : y - 3, text);
    else
        draw_label(set, canvas, middle - width / 2, hangs ? y + 2 + 0.7 * set->label_size : y - 3, text);
}

static void draw_bars(const struct chart_set *set, struct canvas *canvas, double top) {
    const struct chart *chart = set->chart;
    double slot = set->width / (double)chart->category_count, offset,
           width = chart_bar_width(set->chart, slot, WIDEST_BAR, &offset);
    for (size_t j = 0; j < chart->category_count; j++)
        for (size_t i = 0; i < chart->series_count; i++) {
            double value = chart_value(set, i, j), x = set->x + (double)j * slot + offset + (double)i * width;
            if (isnan(value))
                continue;
            double end = position_y(set, top, value), zero = position_y(set, top, 0);
            canvas_bar(canvas, x, fmin(end, zero), width, fabs(end - zero), chart_pattern(set, i));
            draw_label_beyond(set, canvas, x + width / 2, end, value < 0, chart_label(set, i, j));
        }
}

static void draw_levels(const struct chart_set *set, struct canvas *canvas, double top) {
    const struct chart *chart = set->chart;
    double slot = set->height / (double)chart->category_count, offset,
           width = chart_bar_width(set->chart, slot, WIDEST_BAR, &offset);
    double zero = set->x + scale_share(&set->scale, 0) * set->width;
    for (size_t j = 0; j < chart->category_count; j++)
        for (size_t i = 0; i < chart->series_count; i++) {
            double value = chart_value(set, i, j), y = top + set->y + (double)j * slot + offset + (double)i * width;
            const char *text = chart_label(set, i, j);
            if (isnan(value))
                continue;
            double end = set->x + scale_share(&set->scale, value) * set->width;
            canvas_bar(canvas, fmin(end, zero), y, fabs(end - zero), width, chart_pattern(set, i));
            double x = value < 0 ? end - 4 - label_width(set, text) : end + 4;
            if (!set->labels_hidden)
                draw_label(set, canvas, x, y + width / 2 + 0.33 * set->label_size, text);
        }
}

/* A part's figure stands inside it where there is room, on white so that no pattern crosses it. */
static void draw_part_label(const struct chart_set *set, struct canvas *canvas, double middle, double y, double width,
                            double height, const char *text) {
    double letters = label_width(set, text), size = set->label_size;
    if (height < size + 3 || letters > width - 4)
        return;
    canvas_blank(canvas, middle - letters / 2 - 1.5, y + (height - size) / 2, letters + 3, size);
    canvas_text(canvas, FACE_REGULAR, size, middle - letters / 2, y + height / 2 + 0.33 * size, text);
}

static void draw_stack(const struct chart_set *set, struct canvas *canvas, double top, size_t category, double x,
                       double width) {
    double above = 0, below = 0;
    for (size_t i = 0; i < set->chart->series_count; i++) {
        double value = chart_value(set, i, category), *base = value < 0 ? &below : &above;
        if (isnan(value))
            continue;
        double from = position_y(set, top, *base), to = position_y(set, top, *base + value);
        *base += value;
        canvas_bar(canvas, x, fmin(from, to), width, fabs(from - to), chart_pattern(set, i));
        draw_part_label(set, canvas, x + width / 2, fmin(from, to), width, fabs(from - to),
                        chart_label(set, i, category));
    }
    if (set->scale.whole)
        draw_label_beyond(set, canvas, x + width / 2, position_y(set, top, above), false,
                          chart_sum_text(set->layout->arena, set->chart, category));
}

static void draw_stacks(const struct chart_set *set, struct canvas *canvas, double top) {
    double slot = set->width / (double)set->chart->category_count, offset,
           width = chart_bar_width(set->chart, slot, WIDEST_BAR, &offset);
    for (size_t j = 0; j < set->chart->category_count; j++)
        draw_stack(set, canvas, top, j, set->x + (double)j * slot + offset, width);
}

static void draw_line(const struct chart_set *set, struct canvas *canvas, double top, size_t series) {
    size_t categories = set->chart->category_count, count = 0;
    double slot = set->width / (double)categories;
    double *xs = memory_resize(NULL, 2 * categories * sizeof *xs), *ys = xs + categories;
    bool *breaks = memory_resize(NULL, categories), gap = true;
    for (size_t j = 0; j < categories; j++) {
        double value = chart_value(set, series, j);
        if (isnan(value)) {
            gap = true;
            continue;
        }
        xs[count] = set->x + ((double)j + 0.5) * slot;
        ys[count] = position_y(set, top, value);
        breaks[count++] = gap;
        gap = false;
    }
    if (count)
        canvas_series(canvas, xs, ys, breaks, count, (int)series);
    for (size_t i = 0; i < count; i++)
        canvas_marker(canvas, xs[i], ys[i], (int)series);
    free(breaks);
    free(xs);
}

/* The next point of a category from the top; points of equal height in the order of their series. */
static size_t next_point(const struct chart_set *set, size_t category, size_t last) {
    size_t best = SIZE_MAX;
    double bound = last == SIZE_MAX ? INFINITY : chart_value(set, last, category);
    for (size_t i = 0; i < set->chart->series_count; i++) {
        double value = chart_value(set, i, category);
        bool behind = value < bound || (last != SIZE_MAX && value == bound && i > last);
        if (behind && (best == SIZE_MAX || value > chart_value(set, best, category)))
            best = i;
    }
    return best;
}

/* A point's figure stands above it, or below it where the figure above leaves no room; where many lines meet and there
 * is no room either way it is left out, since figures upon each other tell nothing. */
static void draw_point_labels(const struct chart_set *set, struct canvas *canvas, double top, size_t category) {
    double slot = set->width / (double)set->chart->category_count, taken = -INFINITY;
    double x = set->x + ((double)category + 0.5) * slot, size = set->label_size;
    size_t point = next_point(set, category, SIZE_MAX);
    while (point != SIZE_MAX) {
        double y = position_y(set, top, chart_value(set, point, category));
        size_t next = next_point(set, category, point);
        double floor = next == SIZE_MAX ? position_y(set, top, set->scale.low)
                                        : position_y(set, top, chart_value(set, next, category)) - 4;
        bool above = y - 3 - 0.75 * size >= taken, below = !above && floor - y > size + 3;
        if (above || below)
            draw_label_beyond(set, canvas, x, below ? y + 3 : y - 2, below, chart_label(set, point, category));
        taken = below ? y + 5 + size : y + 4;
        point = next;
    }
}

static void draw_lines(const struct chart_set *set, struct canvas *canvas, double top) {
    for (size_t i = 0; i < set->chart->series_count; i++)
        draw_line(set, canvas, top, i);
    for (size_t j = 0; j < set->chart->category_count; j++)
        draw_point_labels(set, canvas, top, j);
}

void chart_draw_marks(const struct chart_set *set, struct canvas *canvas, double top) {
    switch (set->chart->kind) {
    case CHART_BAR:
        draw_bars(set, canvas, top);
        break;
    case CHART_STACKED:
        draw_stacks(set, canvas, top);
        break;
    case CHART_HORIZONTAL:
        draw_levels(set, canvas, top);
        break;
    case CHART_LINE:
        draw_lines(set, canvas, top);
        break;
    }
}
