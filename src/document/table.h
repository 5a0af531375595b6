/* table.h - tables and charts of a document.
 *
 * A table keeps how its figures hang together (what a column sums, which columns a ratio divides), so that a workbook
 * can carry live formulas for what the page prints. */
#ifndef TONGKET_TABLE_H
#define TONGKET_TABLE_H

#include "base/grid.h"
#include "base/shape.h"

#include <stdbool.h>
#include <stddef.h>

struct table_column {
    const char *name;  /* as in the query */
    const char *label; /* header; may hold '\n' for a wished break */
    const char *group; /* header group above it, shared by neighbours with an equal group; NULL: none */
    enum align align;
    struct format format;
    enum column_total total;
    bool is_ratio;          /* its values are VALUE_RATIO, made from two columns of the query */
    int numerator;          /* column of this table that is the numerator, -1: not shown here */
    int denominator;        /* same for the denominator */
    bool denominator_total; /* the denominator is the column's sum: sum(members) */
    bool counter;           /* the running number TT */
};

/* The name of a group above its rows (one cell, across the table), the group's sum below them. */
enum row_kind { ROW_BODY, ROW_GROUP, ROW_SUBTOTAL, ROW_TOTAL };

struct table {
    const char *name;    /* of its query */
    int number;          /* Bảng N, from 1 through the document */
    const char *caption; /* without the number; "" when there is none */
    const char *unit;    /* "Đơn vị tính: …" or "" */
    const char *nothing; /* what stands in place of rows, when that is not the profile's word for none; else NULL */
    struct table_column *columns;
    size_t column_count;
    bool grouped;      /* some column has a header group: the header has two rows */
    bool appendix;     /* to stand behind the signature, on turned pages */
    struct grid *rows; /* a row_kind each: body rows, with groups around them, then total rows; all cells have texts */
    size_t row_count;
};

struct chart_series {
    const char *label;
    struct value *values; /* one a category */
    struct format format;
    int column; /* of the chart's table, -1: not shown there */
};

struct chart {
    enum chart_kind kind;
    const char *name; /* of its query */
    int number;       /* Biểu đồ N */
    const char *caption;
    const char *nothing; /* as of a table, in place of what would be drawn */
    const char *const *categories;
    size_t category_count;
    struct chart_series *series;
    size_t series_count;
    const struct table *table; /* a table of the document whose body rows are the categories in order, or NULL */
    int category_column;       /* in that table, -1 without one */
};

#endif
