/* xlsx_forms.h - the sheet of a ledger as it is typed: a blank form, or rows handed back to be corrected.
 *
 *   _tongket (hidden)   the mark by which the reader knows such a book, and the lists behind the dropdowns
 *   a ledger's label    title, hint, header with a note in every cell, rows */
#ifndef TONGKET_XLSX_FORMS_H
#define TONGKET_XLSX_FORMS_H

#include "ledger/schema.h"
#include "render/xlsx_book.h"

/* Where a ledger's rows begin: below title, hint and header. */
enum { FORM_TITLE, FORM_HINT, FORM_HEADER, FORM_FIRST };
enum { FORM_ROWS = 1000 };

/* What the sheets of a book share. */
struct xlsx_forms {
    struct xlsx_book *book;
    const struct schemas *schemas;
    struct xlsx_sheet *lists; /* the hidden sheet */
    const struct vocabulary **vocabularies;
    const char **ranges; /* parallel: where the labels stand */
    size_t count, capacity, range_capacity;
};

struct xlsx_form {
    struct xlsx_forms *forms;
    const struct schema *schema;
    struct xlsx_sheet *sheet;
    double *widths;
    size_t columns; /* fields, then what stands beside them */
};

/* A column beside those of the ledger. */
struct xlsx_beside {
    const char *label;
    double width;
};

/* Makes the hidden sheet: before all others, so that a reader meets it first. */
void xlsx_forms_open(struct xlsx_forms *forms, struct xlsx_book *book, const struct schemas *schemas);
/* A ledger's sheet with title, hint and header; `rows` are prepared with dropdowns and the like. */
struct xlsx_form xlsx_form_begin(struct xlsx_forms *forms, const struct schema *schema, const char *hint, size_t rows,
                                 const struct xlsx_beside *beside, size_t beside_count);
/* What a cell of the field looks like. */
struct xlsx_look xlsx_form_look(const struct field *field);
/* A comment that shows when the pointer is over the cell. */
void xlsx_form_note(struct xlsx_form *form, lxw_row_t row, lxw_col_t column, const char *text);
/* The last row that was written tells how far filters reach; a protected sheet can be typed in below the header only.
 */
void xlsx_form_end(struct xlsx_form *form, lxw_row_t last, bool protect);

/* The blank form of a ledger as a file. False after saying why not. */
bool xlsx_form_write(const struct schemas *schemas, const struct schema *schema, const char *version, const char *path,
                     struct diagnostics *diagnostics);

#endif
