/* chart_scale.h - what a chart is on any page: its values, their scale, and how bars share the room of a category. */
#ifndef TONGKET_CHART_SCALE_H
#define TONGKET_CHART_SCALE_H

#include "document/table.h"

#include "base/arena.h"

struct chart_scale {
    const struct chart *chart;
    double *values;         /* series by series; NAN where there is none; ratios in percent */
    const char **labels;    /* the values as printed */
    double low, high, step; /* zero is always among them */
    int decimals;           /* of the scale's figures */
    bool percent, whole;    /* whole: all values are integers */
};

/* The scale lies in the arena. Stacks reach to the sum of their parts. */
void scale_make(struct chart_scale *scale, struct arena *arena, const struct chart *chart);
double scale_value(const struct chart_scale *scale, size_t series, size_t category);
const char *scale_label(const struct chart_scale *scale, size_t series, size_t category);
/* How far along the scale a value lies, from 0 at its low end to 1 at its high end. */
double scale_share(const struct chart_scale *scale, double value);
/* The figures of the scale, from its low end to its high end. */
size_t scale_ticks(const struct chart_scale *scale);
double scale_tick(const struct chart_scale *scale, size_t index);
const char *scale_text(struct arena *arena, const struct chart_scale *scale, double value);

/* How many bars stand side by side in the slot of a category. */
size_t chart_slot_bars(const struct chart *chart);
/* Width of a bar, `widest` at most, and where the first of a category begins in its slot. */
double chart_bar_width(const struct chart *chart, double slot, double widest, double *offset);
/* What stands on a stack: the sum of the category's whole numbers, as printed. */
const char *chart_sum_text(struct arena *arena, const struct chart *chart, size_t category);

#endif
