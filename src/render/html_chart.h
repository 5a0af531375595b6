/* html_chart.h - a chart as a drawing in the page. */
#ifndef TONGKET_HTML_CHART_H
#define TONGKET_HTML_CHART_H

#include "base/arena.h"
#include "base/buffer.h"
#include "document/table.h"

/* <svg>…</svg>; nothing without categories or series. Its patterns' names hold the chart's number. */
void html_chart(struct buffer *out, struct arena *arena, const struct chart *chart);

#endif
