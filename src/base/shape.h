/* shape.h - what tables and charts can look like: the words that templates wish with and documents are made of. */
#ifndef TONGKET_SHAPE_H
#define TONGKET_SHAPE_H

enum align { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };

/* What the total row shows in a column: nothing, the total's label, the sum of the body rows, or a ratio of its own. */
enum column_total { TOTAL_NONE, TOTAL_LABEL, TOTAL_SUM, TOTAL_RATIO };

enum chart_kind { CHART_BAR, CHART_STACKED, CHART_HORIZONTAL, CHART_LINE };

#endif
