/* chart_scale.c - a chart's values and their scale. */
#include "render/chart_scale.h"

#include <math.h>

static const double TICKS = 5, GROUP_SHARE = 0.74;

/* ---- Values ----------------------------------------------------------------------------------------------------- */

static double real_value(struct value value) {
    if (!value_is_number(value) || (value.kind == VALUE_RATIO && value.base == 0))
        return NAN;
    return value.kind == VALUE_RATIO ? value_real(value) * 100 : value_real(value);
}

static void read_values(struct chart_scale *scale, struct arena *arena) {
    const struct chart *chart = scale->chart;
    size_t count = chart->series_count * chart->category_count, at = 0;
    scale->values = ARENA_ARRAY(arena, double, count + 1);
    scale->labels = ARENA_ARRAY(arena, const char *, count + 1);
    scale->whole = true;
    for (size_t i = 0; i < chart->series_count; i++)
        for (size_t j = 0; j < chart->category_count; j++, at++) {
            struct value value = chart->series[i].values[j];
            scale->values[at] = real_value(value);
            scale->labels[at] = value_string(arena, value, &chart->series[i].format);
            scale->percent = scale->percent || value.kind == VALUE_RATIO;
            scale->whole = scale->whole && (value.kind == VALUE_INTEGER || isnan(scale->values[at]));
        }
}

double scale_value(const struct chart_scale *scale, size_t series, size_t category) {
    return scale->values[series * scale->chart->category_count + category];
}

const char *scale_label(const struct chart_scale *scale, size_t series, size_t category) {
    return scale->labels[series * scale->chart->category_count + category];
}

/* ---- The scale -------------------------------------------------------------------------------------------------- */

static void widen(struct chart_scale *scale, double value) {
    if (!isnan(value)) {
        scale->low = fmin(scale->low, value);
        scale->high = fmax(scale->high, value);
    }
}

static void find_extremes(struct chart_scale *scale) {
    for (size_t j = 0; j < scale->chart->category_count; j++) {
        double above = 0, below = 0;
        for (size_t i = 0; i < scale->chart->series_count; i++) {
            double value = scale_value(scale, i, j);
            if (scale->chart->kind != CHART_STACKED)
                widen(scale, value);
            else if (!isnan(value))
                *(value < 0 ? &below : &above) += value;
        }
        widen(scale, above);
        widen(scale, below);
    }
}

/* Steps of 1, 2 or 5 times a power of ten. */
void scale_make(struct chart_scale *scale, struct arena *arena, const struct chart *chart) {
    *scale = (struct chart_scale){.chart = chart};
    read_values(scale, arena);
    find_extremes(scale);
    if (scale->high - scale->low <= 0)
        scale->high = scale->whole ? 4 : 1;
    double raw = (scale->high - scale->low) / TICKS, power = pow(10, floor(log10(raw)));
    double lead = raw / power;
    scale->step = power * (lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10);
    if (scale->whole && scale->step < 1)
        scale->step = 1;
    scale->low = floor(scale->low / scale->step + 1e-9) * scale->step;
    scale->high = ceil(scale->high / scale->step - 1e-9) * scale->step;
    scale->decimals = scale->step < 1 ? (int)fmin(6, ceil(-log10(scale->step) - 1e-9)) : 0;
}

double scale_share(const struct chart_scale *scale, double value) {
    return (value - scale->low) / (scale->high - scale->low);
}

size_t scale_ticks(const struct chart_scale *scale) {
    return (size_t)llround((scale->high - scale->low) / scale->step) + 1;
}

double scale_tick(const struct chart_scale *scale, size_t index) {
    return scale->low + (double)index * scale->step;
}

const char *scale_text(struct arena *arena, const struct chart_scale *scale, double value) {
    struct format format = {.kind = FORMAT_NUMBER, .digits = 1, .decimals = scale->decimals, .grouped = true};
    int64_t scaled = (int64_t)llround(value * pow(10, scale->decimals));
    const char *text = value_string(arena, value_decimal(scaled, scale->decimals), &format);
    return scale->percent ? arena_printf(arena, "%s%%", text) : text;
}

/* ---- Bars ------------------------------------------------------------------------------------------------------- */

size_t chart_slot_bars(const struct chart *chart) {
    return chart->kind == CHART_STACKED || chart->kind == CHART_LINE ? 1 : chart->series_count;
}

double chart_bar_width(const struct chart *chart, double slot, double widest, double *offset) {
    double count = (double)chart_slot_bars(chart), width = fmin(slot * GROUP_SHARE / count, widest);
    *offset = (slot - width * count) / 2;
    return width;
}

const char *chart_sum_text(struct arena *arena, const struct chart *chart, size_t category) {
    uint64_t sum = 0; /* absurd counts wrap around instead of being undefined */
    for (size_t i = 0; i < chart->series_count; i++) {
        struct value value = chart->series[i].values[category];
        sum += value.kind == VALUE_INTEGER ? (uint64_t)value.number : 0;
    }
    return value_string(arena, value_integer((int64_t)sum), &chart->series[0].format);
}
