/* pdf_chart.c - a chart's frame, categories, legend and caption.
 *
 *     ■ series   ▨ series          legend, with more than one series
 *   20 ┤┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄          figures of the scale and thin lines
 *   10 ┤   12
 *    0 ┼──┗━┛──────────
 *       category                   on several lines, smaller, or upright when they are many
 *   Biểu đồ 1. Caption
 */
#include "render/pdf_chart.h"

#include <math.h>
#include <string.h>

static const double SMALLEST = 7, GRID_GRAY = 0.78;
static const double SWATCH = 16, SWATCH_GAP = 4, LEGEND_GAP = 18;

int chart_pattern(const struct chart_set *set, size_t series) {
    return set->chart->series_count == 1 ? SINGLE_SERIES : (int)series;
}

static double text_width(const struct chart_set *set, double size, const char *text) {
    return faces_width(set->layout->faces, FACE_REGULAR, text, strlen(text)) * size / 1000;
}

static double widest_tick(const struct chart_set *set) {
    double widest = 0;
    for (size_t i = 0; i < scale_ticks(&set->scale); i++)
        widest = fmax(widest, text_width(set, set->size,
                                         scale_text(set->layout->arena, &set->scale, scale_tick(&set->scale, i))));
    return widest;
}

/* ===== Categories ===== */

static struct set_text *set_category(struct chart_set *set, size_t category, double width, enum align align) {
    struct text_style style = {.size = set->category_size,
                               .leading = set->category_size * 1.15,
                               .width = width,
                               .mode = LINES_BALANCED,
                               .align = align};
    const char *text = set->chart->categories[category];
    return text_set(set->layout, text_prepare_plain(set->layout, text, FACE_REGULAR), &style);
}

static double widest_word(struct chart_set *set) {
    double widest = 0;
    for (size_t i = 0; i < set->chart->category_count; i++)
        widest = fmax(widest, text_prepare_plain(set->layout, set->chart->categories[i], FACE_REGULAR)->narrowest);
    return widest / 1000;
}

static double set_categories(struct chart_set *set, double width, enum align align) {
    double highest = 0;
    for (size_t i = 0; i < set->chart->category_count; i++) {
        set->categories[i] = set_category(set, i, width, align);
        highest = fmax(highest, text_height(set->categories[i]));
    }
    return highest;
}

static double longest_category(const struct chart_set *set) {
    double longest = 0;
    for (size_t i = 0; i < set->chart->category_count; i++)
        longest = fmax(longest, text_width(set, set->category_size, set->chart->categories[i]));
    return longest;
}

/* Below the bars: smaller until words fit, and upright when even the smallest do not. */
static void fit_categories_below(struct chart_set *set, double slot) {
    double word = widest_word(set), width = slot * 0.96;
    set->category_size = fmax(SMALLEST, fmin(set->size, word > 0 ? width / word : set->size));
    if (word * set->category_size > width + 0.01) {
        set->categories_upright = true;
        set->category_size = fmax(SMALLEST, fmin(set->size, slot / 1.2));
        set->category_room = fmin(longest_category(set), 150) + 4;
        set_categories(set, 150, ALIGN_RIGHT);
    } else {
        set->category_room = set_categories(set, width, ALIGN_CENTER);
    }
}

static void fit_categories_beside(struct chart_set *set, double slot) {
    double most = set->room * 0.38;
    set->category_size = set->size;
    for (;; set->category_size -= 0.5) {
        double width = fmin(most, longest_category(set) + 0.5);
        set->category_room = width;
        if (set_categories(set, width, ALIGN_RIGHT) <= slot || set->category_size <= SMALLEST)
            return;
    }
}

/* ===== Legend ===== */

static double legend_item_width(const struct chart_set *set, size_t series) {
    return SWATCH + SWATCH_GAP + text_width(set, set->size, set->chart->series[series].label);
}

/* The items from `first` on that stand on one line: answers the one behind, and their width. */
static size_t legend_line(const struct chart_set *set, size_t first, double *width) {
    size_t end = first;
    *width = 0;
    while (end < set->chart->series_count) {
        double more = legend_item_width(set, end) + (end > first ? LEGEND_GAP : 0);
        if (end > first && *width + more > set->room)
            break;
        *width += more;
        end++;
    }
    return end;
}

static double legend_leading(const struct chart_set *set) {
    return set->size * 1.45;
}

static double legend_height(const struct chart_set *set) {
    double height = 0, width;
    if (set->chart->series_count < 2)
        return 0;
    for (size_t first = 0; first < set->chart->series_count; first = legend_line(set, first, &width))
        height += legend_leading(set);
    return height + 4;
}

static void draw_swatch(const struct chart_set *set, struct canvas *canvas, double x, double baseline, size_t series) {
    if (set->chart->kind == CHART_LINE) {
        const double xs[] = {x, x + SWATCH}, ys[] = {baseline - 3, baseline - 3};
        canvas_series(canvas, xs, ys, (const bool[]){true, false}, 2, (int)series);
        canvas_marker(canvas, x + SWATCH / 2, baseline - 3, (int)series);
    } else {
        canvas_bar(canvas, x, baseline - 0.68 * set->size, SWATCH, 0.75 * set->size, (int)series);
    }
}

static void draw_legend(const struct chart_set *set, struct canvas *canvas, double top) {
    double width, baseline = top + set->size;
    if (set->chart->series_count < 2)
        return;
    for (size_t first = 0, end; first < set->chart->series_count; first = end, baseline += legend_leading(set)) {
        end = legend_line(set, first, &width);
        double x = set->left + (set->room - width) / 2;
        for (size_t i = first; i < end; i++) {
            draw_swatch(set, canvas, x, baseline, i);
            canvas_text(canvas, FACE_REGULAR, set->size, x + SWATCH + SWATCH_GAP, baseline,
                        set->chart->series[i].label);
            x += legend_item_width(set, i) + LEGEND_GAP;
        }
    }
}

/* ===== The frame ===== */

static void draw_scale_upright(const struct chart_set *set, struct canvas *canvas, double top) {
    double bottom = top + set->y + set->height;
    for (size_t i = 0; i < scale_ticks(&set->scale); i++) {
        double value = scale_tick(&set->scale, i), y = bottom - scale_share(&set->scale, value) * set->height;
        const char *text = scale_text(set->layout->arena, &set->scale, value);
        canvas_rule(canvas, set->x, y, set->x + set->width, y, 0.4, GRID_GRAY);
        canvas_text(canvas, FACE_REGULAR, set->size, set->x - 5 - text_width(set, set->size, text),
                    y + 0.33 * set->size, text);
    }
}

static void draw_scale_level(const struct chart_set *set, struct canvas *canvas, double top) {
    double bottom = top + set->y + set->height;
    for (size_t i = 0; i < scale_ticks(&set->scale); i++) {
        double value = scale_tick(&set->scale, i), x = set->x + scale_share(&set->scale, value) * set->width;
        const char *text = scale_text(set->layout->arena, &set->scale, value);
        canvas_rule(canvas, x, top + set->y, x, bottom, 0.4, GRID_GRAY);
        canvas_text(canvas, FACE_REGULAR, set->size, x - text_width(set, set->size, text) / 2, bottom + 1.1 * set->size,
                    text);
    }
}

static void draw_categories(const struct chart_set *set, struct canvas *canvas, double top) {
    size_t count = set->chart->category_count;
    bool beside = set->chart->kind == CHART_HORIZONTAL;
    double slot = (beside ? set->height : set->width) / (double)count, bottom = top + set->y + set->height;
    for (size_t i = 0; i < count; i++) {
        struct set_text text = *set->categories[i];
        double start = (double)i * slot;
        if (beside) {
            text.x = set->x - 6 - text.width;
            text_draw(&text, canvas, top + set->y + start + (slot - text_height(&text)) / 2);
        } else if (set->categories_upright) {
            const char *name = set->chart->categories[i];
            double length = text_width(set, set->category_size, name);
            canvas_text_upwards(canvas, FACE_REGULAR, set->category_size,
                                set->x + start + slot / 2 + 0.3 * set->category_size,
                                bottom + set->category_gap + 1 + length, name);
        } else {
            text.x = set->x + start + (slot - text.width) / 2;
            text_draw(&text, canvas, bottom + set->category_gap);
        }
    }
}

/* The axis that bars stand on: where the scale is zero. */
static void draw_axis(const struct chart_set *set, struct canvas *canvas, double top) {
    double zero = scale_share(&set->scale, 0), bottom = top + set->y + set->height;
    double x = set->x + zero * set->width, y = bottom - zero * set->height;
    if (set->chart->kind == CHART_HORIZONTAL)
        canvas_rule(canvas, x, top + set->y, x, bottom, 0.8, 0);
    else
        canvas_rule(canvas, set->x, y, set->x + set->width, y, 0.8, 0);
}

static void draw_chart(const struct box *box, struct canvas *canvas, double top) {
    const struct chart_set *set = box->content;
    draw_legend(set, canvas, top);
    if (set->chart->kind == CHART_HORIZONTAL)
        draw_scale_level(set, canvas, top);
    else
        draw_scale_upright(set, canvas, top);
    chart_draw_marks(set, canvas, top);
    draw_axis(set, canvas, top);
    draw_categories(set, canvas, top);
    text_draw(set->caption, canvas, top + box->height - text_height(set->caption));
}

/* ===== Making the box ===== */

static double longest_label(const struct chart_set *set) {
    double longest = 0;
    for (size_t i = 0; i < set->chart->series_count * set->chart->category_count; i++)
        longest = fmax(longest, text_width(set, set->label_size, set->scale.labels[i]));
    return longest;
}

/* The plot gets what legend, figures and categories leave of the chart's height, but at least half of it. */
static void place_upright(struct chart_set *set, double height) {
    double ticks = widest_tick(set) + 6;
    set->x = set->left + ticks;
    set->width = set->room - ticks;
    double slot = set->width / (double)set->chart->category_count;
    chart_fit_labels(set, slot);
    fit_categories_below(set, slot);
    double label = set->labels_upright ? longest_label(set) + 4 : set->label_size + 5;
    set->category_gap = set->scale.low < 0 ? 3 + label : 3;
    set->y = set->legend_height + label;
    set->height = fmax(height / 2, height - set->y - set->category_room - set->category_gap);
}

static void place_level(struct chart_set *set, double height) {
    double series = (double)set->chart->series_count, count = (double)set->chart->category_count;
    double most = set->layout->height * 0.86 - set->legend_height - 2 * set->size;
    set->y = set->legend_height + 2;
    set->height = fmax(height - set->y - 1.4 * set->size, count * fmax(15, 11 * series + 5));
    set->height = fmin(set->height, most);
    chart_fit_labels(set, set->height / count);
    fit_categories_beside(set, set->height / count);
    set->x = set->left + set->category_room + 6;
    set->width = set->room - set->category_room - 6 - (set->labels_hidden ? 10 : longest_label(set) + 8);
}

static const struct set_text *set_caption(struct layout *layout, const struct chart *chart) {
    const char *text = chart->caption && *chart->caption
                           ? profile_caption(layout->arena, layout->profile->words.chart, chart->number, chart->caption)
                           : "";
    struct text_style style = {.size = layout->profile->caption_size,
                               .leading = layout->profile->caption_size * 1.3,
                               .x = layout->left,
                               .width = layout->width,
                               .mode = LINES_BALANCED,
                               .align = ALIGN_CENTER};
    return text_set(layout, text_prepare_plain(layout, text, FACE_BOLD), &style);
}

/* Without categories there is nothing to draw, which is said above the caption. */
static void add_nothing(struct layout *layout, const struct chart *chart) {
    struct text_style style = {.size = layout->profile->table_size,
                               .leading = layout->profile->table_line_spacing,
                               .x = layout->left,
                               .width = layout->width,
                               .mode = LINES_RAGGED,
                               .align = ALIGN_CENTER};
    const char *nothing = chart->nothing ? chart->nothing : layout->profile->words.nothing;
    const struct line_text *words = text_prepare_plain(layout, nothing, FACE_ITALIC);
    text_add_boxes(layout, text_set(layout, words, &style), layout->profile->heading_gap, KEEP_MUST);
    text_add_boxes(layout, set_caption(layout, chart), 0, KEEP_NOT);
}

void chart_add(struct layout *layout, const struct chart *chart) {
    if (!chart)
        return;
    if (!chart->category_count || !chart->series_count) {
        add_nothing(layout, chart);
        return;
    }
    struct chart_set *set = ARENA_NEW(layout->arena, struct chart_set);
    double height = layout->profile->chart_height_mm * 72 / 25.4, below;
    bool level = chart->kind == CHART_HORIZONTAL;
    set->layout = layout;
    set->left = layout->left;
    set->room = layout->width;
    set->chart = chart;
    set->size = fmax(SMALLEST, layout->profile->table_size * 0.84);
    set->categories = ARENA_ARRAY(layout->arena, struct set_text *, chart->category_count);
    scale_make(&set->scale, layout->arena, chart);
    set->legend_height = legend_height(set);
    if (level)
        place_level(set, height);
    else
        place_upright(set, height);
    set->caption = set_caption(layout, chart);
    below = level ? 1.4 * set->size : set->category_room + set->category_gap;
    layout_add(layout, (struct box){.gap = layout->profile->heading_gap,
                                    .height = set->y + set->height + below + 5 + text_height(set->caption),
                                    .lines = 2,
                                    .draw = draw_chart,
                                    .content = set});
}
