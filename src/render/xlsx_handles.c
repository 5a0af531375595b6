/* xlsx_handles.c - what a reader of a workbook takes hold of: links, named cells, filters, bars.
 *
 * The library checks little of it, and Excel refuses a file for one wrong name (LIBRARIES X7), so that names and labels
 * are looked at here before it gets them. */
#include "render/xlsx_book.h"
#include "render/xlsx_text.h"

#include "base/buffer.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* Of the bytes that Excel and the library take: 255 letters, 128 bytes, 2,080 bytes of an attribute. */
enum { LABEL_MOST = 255, NAME_MOST = 90, BAR_COLOUR = 0xC9C9C9 };

/* ---- Links ------------------------------------------------------------------------------------------------------ */

void xlsx_put_link(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, const struct xlsx_look *look,
                   const struct xlsx_sheet *target, const char *text) {
    struct xlsx_book *book = sheet->book;
    struct xlsx_look own = *look;
    own.link = true;
    xlsx_put_text(sheet, row, column, &own, text);
    if (!sheet->worksheet)
        return;
    const char *to = arena_printf(book->arena, "internal:%s", xlsx_range(target, 0, 0, 0, 0));
    xlsx_check(book, worksheet_write_url_opt(sheet->worksheet, row, column, to, xlsx_look_format(book, &own),
                                             xlsx_text_clean(book->arena, text), NULL));
}

/* ---- Names ------------------------------------------------------------------------------------------------------ */

static bool is_name_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9') ||
           letter == '.';
}

/* Letters and figures of the wished name, all else as one "_". Without a dot it could be a cell's address (KN2014), and
 * gets a "_" in front, as it does before a figure or a dot. */
static const char *name_plain(struct arena *arena, const char *wished) {
    struct buffer out = {0};
    bool lettered = (*wished >= 'a' && *wished <= 'z') || (*wished >= 'A' && *wished <= 'Z');
    if (!lettered || !strchr(wished, '.'))
        buffer_char(&out, '_');
    for (; *wished && out.length < NAME_MOST; wished++) {
        bool plain = is_name_letter(*wished);
        if (plain || !out.length || out.text[out.length - 1] != '_')
            buffer_char(&out, plain ? *wished : '_');
    }
    const char *name = arena_text(arena, buffer_string(&out));
    buffer_free(&out);
    return name;
}

static bool name_defined(const struct xlsx_book *book, const char *name) {
    for (size_t i = 0; i < book->defined_count; i++)
        if (strcasecmp(book->defined[i], name) == 0)
            return true;
    return false;
}

const char *xlsx_name_cell(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, const char *wished) {
    struct xlsx_book *book = sheet->book;
    const char *base = name_plain(book->arena, wished), *name = base;
    for (unsigned i = 2; name_defined(book, name); i++)
        name = arena_printf(book->arena, "%s_%u", base, i);
    book->defined =
        arena_grow(book->arena, book->defined, &book->defined_capacity, book->defined_count + 1, sizeof *book->defined);
    book->defined[book->defined_count++] = name;
    char cell[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell_abs(cell, row, column, 1, 1);
    const char *whole = xlsx_range(sheet, row, column, row, column);
    const char *sheet_part = arena_copy(book->arena, whole, (size_t)(strrchr(whole, '!') - whole));
    const char *formula = arena_printf(book->arena, "=%s!%s", sheet_part, cell);
    if (strlen(formula) < LXW_DEFINED_NAME_LENGTH && sheet->worksheet)
        xlsx_check(book, workbook_define_name(book->workbook, name, formula));
    return name;
}

/* ---- Filters ---------------------------------------------------------------------------------------------------- */

bool xlsx_labels_serve(struct xlsx_book *book, const char *const *labels, size_t count) {
    const char **folded = ARENA_ARRAY(book->arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        bool cut = false;
        const char *cell = xlsx_text_cell(book->arena, labels[i], &cut);
        if (!labels[i][0] || strcmp(cell, labels[i]) != 0 || strchr(labels[i], '\n') || strlen(labels[i]) > LABEL_MOST)
            return false;
        folded[i] = text_folded(book->arena, labels[i]);
        for (size_t j = 0; j < i; j++)
            if (strcmp(folded[i], folded[j]) == 0)
                return false;
    }
    return true;
}

static void add_table(struct xlsx_sheet *sheet, lxw_row_t header, lxw_row_t last, const char *const *labels) {
    struct xlsx_book *book = sheet->book;
    lxw_table_column *columns = ARENA_ARRAY(book->arena, lxw_table_column, sheet->columns);
    lxw_table_column **pointers = ARENA_ARRAY(book->arena, lxw_table_column *, sheet->columns + 1);
    for (size_t i = 0; i < sheet->columns; i++) {
        columns[i].header = arena_text(book->arena, labels[i]);
        pointers[i] = &columns[i];
    }
    /* The sheet's own borders and grounds are the look; a style of Excel's would paint over what is printed. */
    lxw_table_options options = {.columns = pointers,
                                 .no_banded_rows = LXW_TRUE,
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 0};
    /* The library refuses tables in a sheet that streams only because it writes their header cells ahead of time. What
     * it writes with streaming off is never looked at again; the header cells are put in their turn. */
    sheet->worksheet->optimize = LXW_FALSE;
    xlsx_check(book, worksheet_add_table(sheet->worksheet, header, 0, last, (lxw_col_t)(sheet->columns - 1), &options));
    sheet->worksheet->optimize = sheet->streams;
}

void xlsx_add_filter(struct xlsx_sheet *sheet, lxw_row_t header, lxw_row_t last, const char *const *labels) {
    if (!sheet->worksheet)
        return;
    if (labels && xlsx_labels_serve(sheet->book, labels, sheet->columns))
        add_table(sheet, header, last, labels);
    else
        xlsx_check(sheet->book,
                   worksheet_autofilter(sheet->worksheet, header, 0, last, (lxw_col_t)(sheet->columns - 1)));
}

/* ---- Bars ------------------------------------------------------------------------------------------------------- */

void xlsx_add_bars(struct xlsx_sheet *sheet, lxw_row_t first, lxw_row_t last, lxw_col_t column, double full,
                   bool beyond) {
    lxw_conditional_format bars = {.type = LXW_CONDITIONAL_DATA_BAR,
                                   .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                   .max_rule_type =
                                       beyond ? LXW_CONDITIONAL_RULE_TYPE_MAXIMUM : LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                   .max_value = full,
                                   .bar_color = BAR_COLOUR,
                                   .data_bar_2010 = LXW_TRUE,
                                   .bar_solid = LXW_TRUE,
                                   .bar_no_border = LXW_TRUE};
    if (sheet->worksheet)
        xlsx_check(sheet->book,
                   worksheet_conditional_format_range(sheet->worksheet, first, column, last, column, &bars));
}
