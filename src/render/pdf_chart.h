/* pdf_chart.h - a chart between its scale and frame (pdf_chart.c) and its bars and lines (pdf_chart_marks.c). */
#ifndef TONGKET_PDF_CHART_H
#define TONGKET_PDF_CHART_H

#include "render/chart_scale.h"
#include "render/pdf_layout.h"

struct chart_set {
    struct layout *layout;
    const struct chart *chart;
    struct chart_scale scale;
    double left, room;          /* of the text area it stands in */
    double x, y, width, height; /* of the plot, y from the box's top; set for drawing */
    double size;                /* of the scale's figures, legend and categories */
    double label_size;          /* of the values' figures */
    bool labels_upright, labels_hidden;
    struct set_text **categories;
    double category_size, category_room; /* room: height below the plot, or width beside it */
    double category_gap;                 /* between the plot and the categories below it */
    bool categories_upright;
    double legend_height;
    const struct set_text *caption;
};

static inline double chart_value(const struct chart_set *set, size_t series, size_t category) {
    return scale_value(&set->scale, series, category);
}

static inline const char *chart_label(const struct chart_set *set, size_t series, size_t category) {
    return scale_label(&set->scale, series, category);
}

int chart_pattern(const struct chart_set *set, size_t series);
/* Decides the size of the values' figures, and whether they stand upright or not at all. */
void chart_fit_labels(struct chart_set *set, double slot);
/* Draws bars or lines with their values into the plot. */
void chart_draw_marks(const struct chart_set *set, struct canvas *canvas, double top);

#endif
