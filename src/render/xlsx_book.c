/* xlsx_book.c - a workbook in the making: sheets, looks, and cells whose every return code is looked at. */
#include "render/xlsx_book.h"

#include "base/file.h"
#include "base/text.h"
#include "render/serif.h"
#include "render/xlsx_text.h"

#include <errno.h>
#include <string.h>

static const double LINE_HEIGHT = 15.75; /* of Times New Roman 12 */
static const double PORTRAIT_WIDTH = 82; /* digits between the margins */
static const double POINTS_PER_MM = 72 / 25.4;
enum { FONT_ROMAN = 1, ROW_HEIGHT_MOST = 409, PAPER_A4 = 9, FIT_ROWS_MOST = 45, LINK_COLOUR = 0x1F3864 };

void xlsx_fail(struct xlsx_book *book, const char *reason) {
    if (!book->failure)
        book->failure = reason;
}

void xlsx_check(struct xlsx_book *book, lxw_error error) {
    if (error != LXW_NO_ERROR)
        xlsx_fail(book, arena_text(book->arena, lxw_strerror(error)));
}

static void set_face(lxw_format *format, double size) {
    format_set_font_name(format, "Times New Roman");
    format_set_font_family(format, FONT_ROMAN);
    format_set_font_scheme(format, "");
    format_set_font_size(format, size);
}

void xlsx_book_open(struct xlsx_book *book, const char *path) {
    lxw_workbook_options options = {.tmpdir = arena_copy(book->arena, path, (size_t)(path_name(path) - path))};
    book->workbook = workbook_new_opt(path, &options);
    if (!book->workbook) {
        xlsx_fail(book, "libxlsxwriter");
        return;
    }
    /* The first format is the style "Normal": it sets the unit of column widths and the look of empty cells. */
    set_face(STAILQ_FIRST(book->workbook->formats), 12);
}

/* ---- Looks ------------------------------------------------------------------------------------------------------ */

static bool look_equal(const struct xlsx_look *left, const struct xlsx_look *right) {
    return left->bold == right->bold && left->italic == right->italic && left->border == right->border &&
           left->wrap == right->wrap && left->shaded == right->shaded && left->align == right->align &&
           left->unlocked == right->unlocked && left->link == right->link && left->colour == right->colour &&
           !(left->size < right->size) && !(left->size > right->size) && strcmp(left->number, right->number) == 0;
}

static lxw_format *make_format(struct xlsx_book *book, const struct xlsx_look *look) {
    static const uint8_t aligns[] = {
        [ALIGN_LEFT] = LXW_ALIGN_LEFT, [ALIGN_CENTER] = LXW_ALIGN_CENTER, [ALIGN_RIGHT] = LXW_ALIGN_RIGHT};
    lxw_format *format = workbook_add_format(book->workbook);
    if (!format)
        return NULL;
    set_face(format, look->size > 0 ? look->size : 12);
    format_set_align(format, aligns[look->align]);
    format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
    if (look->bold)
        format_set_bold(format);
    if (look->italic)
        format_set_italic(format);
    if (look->border)
        format_set_border(format, LXW_BORDER_THIN);
    if (look->border && look->align != ALIGN_CENTER)
        format_set_indent(format, 1);
    if (look->wrap)
        format_set_text_wrap(format);
    if (look->shaded || look->colour) {
        format_set_pattern(format, LXW_PATTERN_SOLID);
        format_set_fg_color(format, look->colour ? look->colour : 0xE7E7E7);
    }
    if (look->unlocked)
        format_set_unlocked(format);
    if (look->link) {
        format_set_underline(format, LXW_UNDERLINE_SINGLE);
        format_set_font_color(format, LINK_COLOUR);
    }
    if (look->number[0])
        format_set_num_format(format, look->number);
    return format;
}

lxw_format *xlsx_look_format(struct xlsx_book *book, const struct xlsx_look *look) {
    for (size_t i = 0; i < book->format_count; i++)
        if (look_equal(&book->formats[i].look, look))
            return book->formats[i].format;
    lxw_format *format = make_format(book, look);
    if (!format) {
        xlsx_fail(book, "libxlsxwriter");
        return NULL;
    }
    book->formats =
        arena_grow(book->arena, book->formats, &book->format_capacity, book->format_count + 1, sizeof *book->formats);
    book->formats[book->format_count++] = (struct xlsx_format){*look, format};
    return format;
}

/* ---- Sheets ----------------------------------------------------------------------------------------------------- */

static bool name_taken(const struct xlsx_book *book, const char *folded) {
    for (size_t i = 0; i < book->name_count; i++)
        if (strcmp(book->names[i], folded) == 0)
            return true;
    return false;
}

/* Excel compares names without case over all of Unicode, the library over ASCII only. */
static const char *name_choose(struct xlsx_book *book, const char *wished) {
    const char *base = xlsx_text_sheet_name(book->arena, wished), *name = base;
    const char *folded = text_folded(book->arena, name);
    for (unsigned i = 2; name_taken(book, folded); i++) {
        const char *tail = arena_printf(book->arena, "~%u", i);
        const char *head = xlsx_text_cut(book->arena, base, XLSX_SHEET_NAME_MOST - strlen(tail));
        name = arena_printf(book->arena, "%s%s", head, tail);
        folded = text_folded(book->arena, name);
    }
    book->names = arena_grow(book->arena, book->names, &book->name_capacity, book->name_count + 1, sizeof *book->names);
    book->names[book->name_count++] = folded;
    return name;
}

/* The library means its mode for large files for a whole workbook, but looks at it when a sheet is added: then neither
 * tables nor the caches of charts are lost elsewhere. */
static struct xlsx_sheet *add_sheet(struct xlsx_book *book, const char *wished, const double *widths, size_t columns,
                                    bool streams) {
    struct xlsx_sheet *sheet = ARENA_NEW(book->arena, struct xlsx_sheet);
    sheet->book = book;
    sheet->widths = widths;
    sheet->columns = sheet->printed = columns;
    sheet->name = name_choose(book, wished);
    sheet->title = "";
    sheet->streams = streams;
    book->workbook->options.constant_memory = streams;
    sheet->worksheet = workbook_add_worksheet(book->workbook, sheet->name);
    book->workbook->options.constant_memory = LXW_FALSE;
    if (!sheet->worksheet)
        xlsx_fail(book, sheet->name);
    book->sheets = arena_grow(book->arena, book->sheets, &book->sheet_capacity, book->sheet_count + 1,
                              sizeof(struct xlsx_sheet *));
    book->sheets[book->sheet_count++] = sheet;
    return sheet;
}

struct xlsx_sheet *xlsx_sheet_new(struct xlsx_book *book, const char *wished, const double *widths, size_t columns) {
    return add_sheet(book, wished, widths, columns, false);
}

struct xlsx_sheet *xlsx_sheet_stream(struct xlsx_book *book, const char *wished, const double *widths, size_t columns) {
    return add_sheet(book, wished, widths, columns, true);
}

const char *xlsx_range(const struct xlsx_sheet *sheet, lxw_row_t first_row, lxw_col_t first_column, lxw_row_t last_row,
                       lxw_col_t last_column) {
    struct arena *arena = sheet->book->arena;
    char cells[LXW_MAX_CELL_RANGE_LENGTH], *quoted = arena_alloc(arena, strlen(sheet->name) * 2 + 1), *out = quoted;
    for (const char *at = sheet->name; *at; at++) {
        if (*at == '\'')
            *out++ = '\'';
        *out++ = *at;
    }
    lxw_rowcol_to_range_abs(cells, first_row, first_column, last_row, last_column);
    return arena_printf(arena, "'%s'!%s", quoted, cells);
}

const char *xlsx_cell_name(const struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column) {
    char name[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell(name, row, column);
    return arena_text(sheet->book->arena, name);
}

static bool is_landscape(const struct xlsx_sheet *sheet) {
    return xlsx_sheet_width(sheet) > PORTRAIT_WIDTH;
}

static double row_height(const struct xlsx_sheet *sheet, lxw_row_t row) {
    unsigned lines = row < sheet->line_count ? sheet->lines[row] : 1;
    double height = lines > 1 ? LINE_HEIGHT * lines + 3 : LINE_HEIGHT;
    return height < ROW_HEIGHT_MOST ? height : ROW_HEIGHT_MOST;
}

static void set_margins(struct xlsx_sheet *sheet, const struct profile *profile) {
    static const double inch = 25.4;
    if (profile)
        worksheet_set_margins(sheet->worksheet, profile->margin_left_mm / inch, profile->margin_right_mm / inch,
                              profile->margin_top_mm / inch, profile->margin_bottom_mm / inch);
    else
        worksheet_set_margins(sheet->worksheet, 30 / inch, 15 / inch, 20 / inch, 20 / inch);
}

/* The size stands before the face, so that a title beginning with a figure does not add to it. */
static void set_header(struct xlsx_sheet *sheet) {
    struct xlsx_book *book = sheet->book;
    const struct document *document = book->document;
    const char *title = arena_printf(book->arena, "%s %s", document->title ? document->title : "",
                                     document->subject ? document->subject : "");
    const char *text =
        xlsx_text_header(book->arena, xlsx_text_cut(book->arena, xlsx_text_clean(book->arena, title), 100));
    xlsx_check(book, worksheet_set_header(sheet->worksheet,
                                          arena_printf(book->arena, "&C&10&\"Times New Roman,Italic\"%s", text)));
    xlsx_check(book, worksheet_set_footer(sheet->worksheet, "&C&10&\"Times New Roman,Regular\"Trang &P/&N"));
}

double xlsx_sheet_width(const struct xlsx_sheet *sheet) {
    double width = 0;
    for (size_t i = 0; i < sheet->printed; i++)
        width += sheet->widths[i];
    return width;
}

/* Excel measures rows by itself when it opens the file, other programs do not: rows of several lines are told. */
static void set_height(struct xlsx_sheet *sheet, lxw_row_t row) {
    if (row < sheet->line_count && sheet->lines[row] > 1)
        xlsx_check(sheet->book, worksheet_set_row(sheet->worksheet, row, row_height(sheet, row), NULL));
}

/* Before anything is put into a row: in a sheet that streams the one before it is done. */
static void reach_row(struct xlsx_sheet *sheet, lxw_row_t row) {
    if (!sheet->streams || row <= sheet->row || !sheet->worksheet)
        return;
    set_height(sheet, sheet->row);
    sheet->row = row;
}

void xlsx_sheet_finish(struct xlsx_sheet *sheet, lxw_row_t header, lxw_row_t header_end) {
    struct xlsx_book *book = sheet->book;
    lxw_worksheet *worksheet = sheet->worksheet;
    sheet->header = header;
    sheet->header_end = header_end;
    if (!worksheet)
        return;
    for (size_t i = 0; i < sheet->columns; i++)
        xlsx_check(book, worksheet_set_column(worksheet, (lxw_col_t)i, (lxw_col_t)i, sheet->widths[i], NULL));
    for (lxw_row_t row = 0; row < sheet->line_count && !sheet->streams; row++)
        set_height(sheet, row);
    if (sheet->streams)
        set_height(sheet, sheet->row);
    worksheet_set_paper(worksheet, PAPER_A4);
    if (is_landscape(sheet))
        worksheet_set_landscape(worksheet);
    worksheet_fit_to_pages(worksheet, 1, 0);
    worksheet_center_horizontally(worksheet);
    set_margins(sheet, book->document->profile);
    set_header(sheet);
    if (!sheet->scrolls)
        worksheet_freeze_panes(worksheet, header_end + 1, 0);
    xlsx_check(book, worksheet_repeat_rows(worksheet, header, header_end));
    xlsx_check(book, worksheet_ignore_errors(worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
}

/* ---- Pages ------------------------------------------------------------------------------------------------------ */

/* Programs do not agree how high a line is and how much a page holds. */
struct measure {
    double line, slack;
};

static double row_measured(const struct xlsx_sheet *sheet, lxw_row_t row, struct measure measure) {
    return row < sheet->line_count && sheet->lines[row] > 1 ? row_height(sheet, row) : measure.line;
}

/* The height of a page in points of the sheet. */
static double page_height(const struct xlsx_sheet *sheet, double width) {
    const struct profile *profile = sheet->book->document->profile;
    double across = profile ? profile->margin_left_mm + profile->margin_right_mm : 45;
    double down = profile ? profile->margin_top_mm + profile->margin_bottom_mm : 40;
    double columns = xlsx_sheet_width(sheet) * 6 + 4 * (double)sheet->printed;
    double room = ((is_landscape(sheet) ? 297 : 210) - across) * POINTS_PER_MM;
    double wide = width > columns ? width : columns, scale = wide > room ? wide / room : 1;
    return ((is_landscape(sheet) ? 210 : 297) - down) * POINTS_PER_MM * scale;
}

/* Whether a drawing that begins in a row ends on the same page. */
static bool is_whole(const struct xlsx_sheet *sheet, lxw_row_t row, double height, double page,
                     struct measure measure) {
    double header = 0, used = 0;
    for (lxw_row_t at = sheet->header; at <= sheet->header_end; at++)
        header += row_measured(sheet, at, measure);
    page *= measure.slack;
    for (lxw_row_t at = 0; at < row; at++) {
        double high = row_measured(sheet, at, measure);
        if (used + high > page)
            used = header;
        used += high;
    }
    if (used + measure.line > page)
        used = header;
    return used + height * measure.line / LINE_HEIGHT <= page;
}

lxw_row_t xlsx_sheet_fit(const struct xlsx_sheet *sheet, lxw_row_t row, double width, double height) {
    static const struct measure measures[] = {{15, 0.98}, {15, 1.04}, {15.75, 0.98}, {15.75, 1.02}};
    const double page = page_height(sheet, width);
    for (lxw_row_t at = row; at < row + FIT_ROWS_MOST; at++) {
        bool whole = true;
        for (size_t i = 0; whole && i < sizeof measures / sizeof *measures; i++)
            whole = is_whole(sheet, at, height, page, measures[i]);
        if (whole)
            return at;
    }
    return row;
}

/* ---- Cells ------------------------------------------------------------------------------------------------------ */

/* Digits that a cell keeps free on its sides. */
static double padding(const struct xlsx_look *look) {
    return look->align == ALIGN_CENTER ? 0.7 : 2;
}

static const char *cell_text(struct xlsx_book *book, const char *text) {
    bool cut = false;
    const char *fit = xlsx_text_cell(book->scratch, text, &cut);
    book->cuts += cut;
    return fit;
}

void xlsx_put_text(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, const struct xlsx_look *look,
                   const char *text) {
    struct xlsx_book *book = sheet->book;
    const char *fit = cell_text(book, text);
    if (look->wrap && column < sheet->columns)
        xlsx_need_lines(sheet, row, serif_lines(fit, sheet->widths[column] - padding(look), look->bold));
    reach_row(sheet, row);
    if (sheet->worksheet)
        xlsx_check(book, worksheet_write_string(sheet->worksheet, row, column, fit, xlsx_look_format(book, look)));
}

void xlsx_put_number(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, const struct xlsx_look *look,
                     double number) {
    reach_row(sheet, row);
    if (sheet->worksheet)
        xlsx_check(sheet->book,
                   worksheet_write_number(sheet->worksheet, row, column, number, xlsx_look_format(sheet->book, look)));
}

void xlsx_put_formula(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, const struct xlsx_look *look,
                      const char *formula, double number, const char *text) {
    struct xlsx_book *book = sheet->book;
    if (!sheet->worksheet)
        return;
    reach_row(sheet, row);
    lxw_format *format = xlsx_look_format(book, look);
    if (text)
        xlsx_check(book, worksheet_write_formula_str(sheet->worksheet, row, column, formula, format, text));
    else
        xlsx_check(book, worksheet_write_formula_num(sheet->worksheet, row, column, formula, format, number));
}

void xlsx_put_merged(struct xlsx_sheet *sheet, lxw_row_t first_row, lxw_col_t first_column, lxw_row_t last_row,
                     lxw_col_t last_column, const struct xlsx_look *look, const char *text) {
    struct xlsx_book *book = sheet->book;
    if (first_row == last_row && first_column == last_column) {
        xlsx_put_text(sheet, first_row, first_column, look, text);
    } else if (sheet->worksheet) {
        reach_row(sheet, first_row);
        xlsx_check(book, worksheet_merge_range(sheet->worksheet, first_row, first_column, last_row, last_column,
                                               cell_text(book, text), xlsx_look_format(book, look)));
    }
}

void xlsx_need_lines(struct xlsx_sheet *sheet, lxw_row_t row, unsigned lines) {
    struct arena *arena = sheet->book->arena;
    if (lines < 2)
        return;
    if (row >= sheet->line_count) {
        /* What an arena grows by is zeroed. */
        sheet->lines = arena_grow(arena, sheet->lines, &sheet->line_capacity, row + 1, sizeof *sheet->lines);
        sheet->line_count = row + 1;
    }
    if (lines > sheet->lines[row])
        sheet->lines[row] = lines;
}

void xlsx_put_banner(struct xlsx_sheet *sheet, lxw_row_t row, const struct xlsx_look *look, const char *text) {
    const char *clean = xlsx_text_clean(sheet->book->arena, text);
    double scale = look->size > 0 ? look->size / 12 : 1;
    unsigned lines = serif_lines(clean, (xlsx_sheet_width(sheet) - padding(look)) / scale, look->bold);
    xlsx_put_merged(sheet, row, 0, row, (lxw_col_t)(sheet->printed - 1), look, clean);
    xlsx_need_lines(sheet, row, (unsigned)(lines * scale + 0.99));
}
