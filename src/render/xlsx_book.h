/* xlsx_book.h - a workbook in the making: sheets, looks, and cells whose every return code is looked at.
 *
 * Errors do not stop the writing: the first one is kept in book->failure, and the workbook is then thrown away. Texts
 * are made fit for a sheet here, so that nobody else hands a string to the library. Rows and columns count from 0. */
#ifndef TONGKET_XLSX_BOOK_H
#define TONGKET_XLSX_BOOK_H

#include "base/arena.h"
#include "base/diagnose.h"
#include "document/document.h"

#include <stdbool.h>
#include <stddef.h>
#include <xlsxwriter.h>

enum { XLSX_NUMBER_SIZE = 96 };

/* What a cell looks like; all are Times New Roman. */
struct xlsx_look {
    bool bold, italic, border, wrap, shaded;
    bool unlocked;   /* may be typed into though the sheet is protected */
    bool link;       /* underlined, as what leads elsewhere */
    unsigned colour; /* of the ground, 0xRRGGBB; 0: none, or that of shaded */
    enum align align;
    double size;                   /* 0: 12 points */
    char number[XLSX_NUMBER_SIZE]; /* Excel's number format, "" for general */
};

struct xlsx_format {
    struct xlsx_look look;
    lxw_format *format;
};

struct xlsx_book {
    const struct document *document;
    struct arena *arena;   /* of this workbook only */
    struct arena *scratch; /* of the cells at hand; cleared behind each row of a table */
    lxw_workbook *workbook;
    const char *failure; /* why the workbook is no good, NULL so far */
    struct xlsx_format *formats;
    size_t format_count, format_capacity;
    const char **names; /* of the sheets, folded */
    size_t name_count, name_capacity;
    struct xlsx_sheet **sheets; /* in their order */
    size_t sheet_count, sheet_capacity;
    const char **defined; /* names of ranges, folded */
    size_t defined_count, defined_capacity;
    size_t cuts;  /* texts longer than a cell may hold */
    size_t cells; /* of tables, in memory until the workbook is written */
    struct xlsx_table *tables, *details;
};

struct xlsx_sheet {
    struct xlsx_book *book;
    lxw_worksheet *worksheet;
    const char *name;
    const char *title;    /* what it shows, "" until it is told */
    bool scrolls;         /* too much stands above its header to be frozen */
    bool streams;         /* rows come in their order, and are written when the next one comes */
    lxw_row_t row;        /* the one at hand, when it streams */
    const double *widths; /* of the columns, in digits */
    size_t columns;
    size_t printed;  /* of them, those that go on paper */
    unsigned *lines; /* of text in each row so far */
    size_t line_count, line_capacity;
    lxw_row_t header, header_end; /* the rows repeated on each page */
    lxw_row_t next;               /* first row with nothing in it */
};

/* A table that has its sheet, for the charts drawn from it. */
struct xlsx_table {
    const struct table *table;
    struct xlsx_sheet *sheet;
    lxw_row_t label_row, body;
    struct xlsx_table *next;
};

/* An empty workbook that will be written to the path. */
void xlsx_book_open(struct xlsx_book *book, const char *path);
void xlsx_check(struct xlsx_book *book, lxw_error error);
void xlsx_fail(struct xlsx_book *book, const char *reason);
/* The library's format of a look; NULL after a failure. */
lxw_format *xlsx_look_format(struct xlsx_book *book, const struct xlsx_look *look);
/* Makes a workbook, has it filled, and writes it to the path. False after saying why not. */
bool xlsx_book_write(const struct document *document, const char *path, struct diagnostics *diagnostics,
                     void (*fill)(struct xlsx_book *book, const void *context), const void *context);

/* A sheet with a name as near to the wished one as Excel allows. The widths must outlive it. */
struct xlsx_sheet *xlsx_sheet_new(struct xlsx_book *book, const char *wished, const double *widths, size_t columns);
/* The same for many rows: they go to the disk one by one, each put after the one above it; texts stand in their cells
 * instead of the list that all sheets share, since that is kept in memory. */
struct xlsx_sheet *xlsx_sheet_stream(struct xlsx_book *book, const char *wished, const double *widths, size_t columns);
/* Of the columns that go on paper, in digits. */
double xlsx_sheet_width(const struct xlsx_sheet *sheet);
/* "'Bảng 1'!$B$4:$B$9" */
const char *xlsx_range(const struct xlsx_sheet *sheet, lxw_row_t first_row, lxw_col_t first_column, lxw_row_t last_row,
                       lxw_col_t last_column);
/* "B4" */
const char *xlsx_cell_name(const struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column);
/* Widths, heights and what printing needs: A4, one page wide, the header rows frozen and repeated. */
void xlsx_sheet_finish(struct xlsx_sheet *sheet, lxw_row_t header, lxw_row_t header_end);

void xlsx_put_text(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, const struct xlsx_look *look,
                   const char *text);
void xlsx_put_number(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, const struct xlsx_look *look,
                     double number);
/* A formula and what it gives; `text` is used when it is not NULL. */
void xlsx_put_formula(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, const struct xlsx_look *look,
                      const char *formula, double number, const char *text);
/* One text over several cells; a single cell is not merged. */
void xlsx_put_merged(struct xlsx_sheet *sheet, lxw_row_t first_row, lxw_col_t first_column, lxw_row_t last_row,
                     lxw_col_t last_column, const struct xlsx_look *look, const char *text);
/* A text that leads to the first cell of another sheet. */
void xlsx_put_link(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, const struct xlsx_look *look,
                   const struct xlsx_sheet *target, const char *text);
/* Names a cell. The name is made from the wished one: letters, figures, dots; unlike any other and unlike a cell's
 * address. Answers it. */
const char *xlsx_name_cell(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, const char *wished);
/* A table's columns are known by their header texts: none empty, no two alike, none that a cell would hold otherwise.
 */
bool xlsx_labels_serve(struct xlsx_book *book, const char *const *labels, size_t count);
/* Makes filters for the rows from the header to the last one. With labels that Excel takes as columns of a table it is
 * a real table; else, or without labels, only the filters. The header cells are put afterwards. */
void xlsx_add_filter(struct xlsx_sheet *sheet, lxw_row_t header, lxw_row_t last, const char *const *labels);
/* Bars in the cells of a column, from 0 to `full`, or to the greatest number when that is more. */
void xlsx_add_bars(struct xlsx_sheet *sheet, lxw_row_t first, lxw_row_t last, lxw_col_t column, double full,
                   bool beyond);
/* A row of at least so many lines; cells that are not merged see to it themselves. */
void xlsx_need_lines(struct xlsx_sheet *sheet, lxw_row_t row, unsigned lines);
/* A text over the whole width of the sheet, its row as high as the text needs. */
void xlsx_put_banner(struct xlsx_sheet *sheet, lxw_row_t row, const struct xlsx_look *look, const char *text);
/* The first row from `row` on where a drawing so many points high is not cut by the end of a page. */
lxw_row_t xlsx_sheet_fit(const struct xlsx_sheet *sheet, lxw_row_t row, double width, double height);

#endif
