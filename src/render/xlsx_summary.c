/* xlsx_summary.c - "Tóm tắt": what the document is, where its sheets are, and every figure of the prose.
 *
 *   title, subject, note; period; the other sheets, each a link
 *   Mục | Chỉ tiêu | Giá trị | Tử số | Mẫu số | Cách làm tròn | In trong báo cáo | Mẫu số là | Tên ô | Bảng
 *       | Mã đơn vị | Báo cáo | Kỳ | Cộng được | Chi tiết
 *
 * Each figure's value is a named cell, so that an analyst's own formulas may say =admitted.total and go on holding when
 * the workbook is made anew. Each row also says whose figure of which report and period it is: the sheet is a ledger by
 * itself (templates/ledgers/figures.ini), which the level above reads; it adds up what is marked as adding. */
#include "render/xlsx_parts.h"
#include "render/xlsx_text.h"
#include "render/xlsx_value.h"

#include "base/period.h"

#include <string.h>

enum figure_column {
    FIGURE_SECTION,
    FIGURE_LABEL,
    FIGURE_VALUE,
    FIGURE_TOP,
    FIGURE_BASE,
    FIGURE_ROUNDING,
    FIGURE_TEXT,
    FIGURE_OF,
    FIGURE_NAME,
    FIGURE_SHEET,
    FIGURE_UNIT,
    FIGURE_REPORT,
    FIGURE_PERIOD,
    FIGURE_ADDS,
    FIGURE_DETAIL,
    FIGURE_COLUMNS
};

/* ---- Figures ---------------------------------------------------------------------------------------------------- */

static const char *rounding_text(struct arena *arena, struct value value, const struct format *format) {
    static const char *const names[] = {
        [ROUND_HALF_UP] = "làm tròn thường", [ROUND_TRUNCATE] = "cắt bỏ", [ROUND_HALF_EVEN] = "làm tròn về số chẵn"};
    struct format effective = xlsx_format_of(value, format);
    bool rounds = value.kind == VALUE_RATIO || (value.kind == VALUE_DECIMAL && value.scale > effective.decimals);
    if (!rounds)
        return "";
    return arena_printf(arena, "%s, %d số lẻ", names[effective.rounding], effective.decimals);
}

/* "admitted.women / admitted.total" is called admitted.women_per_admitted.total. */
static const char *name_wished(struct arena *arena, const char *name) {
    const char *slash = strstr(name, " / ");
    if (!slash)
        return name;
    return arena_printf(arena, "%s_per_%s", arena_copy(arena, name, (size_t)(slash - name)), slash + 3);
}

/* The sheet of the table that shows the figure's query; NULL: none does. */
static const struct xlsx_sheet *figure_sheet(const struct xlsx_book *book, const char *name) {
    const size_t length = strcspn(name, ".");
    const struct xlsx_sheet *sheet = NULL;
    for (const struct xlsx_table *placed = book->tables; placed; placed = placed->next)
        if (strlen(placed->table->name) == length && memcmp(placed->table->name, name, length) == 0)
            sheet = placed->sheet;
    return sheet;
}

/* The sheet of the rows behind the figure; NULL: none. */
static const struct xlsx_sheet *figure_detail(const struct xlsx_book *book, const char *name) {
    for (const struct xlsx_table *placed = book->details; placed; placed = placed->next)
        if (strcmp(placed->table->name, name) == 0)
            return placed->sheet;
    return NULL;
}

static void put_lead(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, const struct xlsx_sheet *target) {
    if (target)
        xlsx_put_link(sheet, row, column, &xlsx_middle_look, target, target->name);
    else
        xlsx_put_text(sheet, row, column, &xlsx_middle_look, "");
}

/* The column of details stands only where there are some. */
static size_t figure_columns(const struct xlsx_book *book) {
    return book->document->detail_count ? FIGURE_COLUMNS : FIGURE_DETAIL;
}

static void put_figure(struct xlsx_sheet *sheet, lxw_row_t row, const struct figure *figure) {
    const char *label = figure->label && figure->label[0] ? figure->label : figure->name;
    const char *top = NULL, *base = NULL;
    xlsx_put_text(sheet, row, FIGURE_SECTION, &xlsx_text_look, figure->section);
    xlsx_put_text(sheet, row, FIGURE_LABEL, &xlsx_text_look, label);
    if (figure->value.kind == VALUE_RATIO) {
        top = xlsx_cell_name(sheet, row, FIGURE_TOP);
        base = xlsx_cell_name(sheet, row, FIGURE_BASE);
        xlsx_put_value(sheet, row, FIGURE_TOP, &xlsx_number_look, value_integer(figure->value.number), NULL, NULL, NULL,
                       NULL);
        xlsx_put_value(sheet, row, FIGURE_BASE, &xlsx_number_look, value_integer(figure->value.base), NULL, NULL, NULL,
                       NULL);
    } else {
        xlsx_put_text(sheet, row, FIGURE_TOP, &xlsx_number_look, "");
        xlsx_put_text(sheet, row, FIGURE_BASE, &xlsx_number_look, "");
    }
    const struct xlsx_look *look = figure->value.kind == VALUE_TEXT ? &xlsx_text_look : &xlsx_number_look;
    xlsx_put_value(sheet, row, FIGURE_VALUE, look, figure->value, &figure->format, figure->text, top, base);
    xlsx_put_text(sheet, row, FIGURE_ROUNDING, &xlsx_text_look,
                  rounding_text(sheet->book->arena, figure->value, &figure->format));
    xlsx_put_text(sheet, row, FIGURE_TEXT, &xlsx_middle_look, figure->text);
    xlsx_put_text(sheet, row, FIGURE_OF, &xlsx_text_look, figure->base);
    xlsx_put_text(sheet, row, FIGURE_NAME, &xlsx_text_look,
                  xlsx_name_cell(sheet, row, FIGURE_VALUE, name_wished(sheet->book->arena, figure->name)));
    const struct document *document = sheet->book->document;
    put_lead(sheet, row, FIGURE_SHEET, figure_sheet(sheet->book, figure->name));
    xlsx_put_text(sheet, row, FIGURE_UNIT, &xlsx_middle_look, document->unit ? document->unit : "");
    xlsx_put_text(sheet, row, FIGURE_REPORT, &xlsx_middle_look, document->report);
    xlsx_put_text(sheet, row, FIGURE_PERIOD, &xlsx_middle_look, document->period ? document->period : "");
    xlsx_put_text(sheet, row, FIGURE_ADDS, &xlsx_middle_look, figure->adds ? "x" : "");
    if (sheet->columns > FIGURE_DETAIL)
        put_lead(sheet, row, FIGURE_DETAIL, figure_detail(sheet->book, figure->name));
}

static void put_figures(struct xlsx_sheet *sheet, lxw_row_t header) {
    static const char *const labels[] = {"Mục",           "Chỉ tiêu",         "Giá trị",   "Tử số",     "Mẫu số",
                                         "Cách làm tròn", "In trong báo cáo", "Mẫu số là", "Tên ô",     "Bảng",
                                         "Mã đơn vị",     "Báo cáo",          "Kỳ",        "Cộng được", "Chi tiết"};
    const struct document *document = sheet->book->document;
    lxw_row_t row = header + 1;
    if (document->figure_count)
        xlsx_add_filter(sheet, header, header + (lxw_row_t)document->figure_count, labels);
    xlsx_put_headers(sheet, header, labels, sheet->columns);
    for (size_t i = 0; i < document->figure_count; i++)
        put_figure(sheet, row++, &document->figures[i]);
    if (!document->figure_count)
        xlsx_put_nothing(sheet, row, sheet->columns, "Phần lời không có số liệu");
}

/* ---- What stands above them ------------------------------------------------------------------------------------- */

static const char *period_text(struct arena *arena, const char *name) {
    struct period period;
    return name && period_parse(name, &period) ? period_phrase(arena, period) : name;
}

/* The other sheets, a line each. */
static lxw_row_t put_contents(struct xlsx_sheet *sheet, lxw_row_t row) {
    const struct xlsx_book *book = sheet->book;
    for (size_t i = 0; i < book->sheet_count; i++) {
        const struct xlsx_sheet *other = book->sheets[i];
        if (other == sheet)
            continue;
        xlsx_put_link(sheet, row, 0, &xlsx_label_look, other, other->name);
        xlsx_put_text(sheet, row++, 1, &xlsx_label_look, xlsx_text_clean(book->arena, other->title));
    }
    return row;
}

static lxw_row_t put_preamble(struct xlsx_sheet *sheet) {
    const struct document *document = sheet->book->document;
    lxw_row_t row = 0;
    xlsx_put_banner(sheet, row++, &xlsx_title_look, document->title);
    if (document->subject && document->subject[0])
        xlsx_put_banner(sheet, row++, &xlsx_subject_look, document->subject);
    if (document->note && document->note[0])
        xlsx_put_banner(sheet, row++, &xlsx_note_look, document->note);
    row++;
    xlsx_put_text(sheet, row, 0, &xlsx_label_look, "Kỳ báo cáo:");
    xlsx_put_text(sheet, row++, 1, &xlsx_label_look, period_text(sheet->book->arena, document->period));
    if (document->as_of.year) {
        xlsx_put_text(sheet, row, 0, &xlsx_label_look, "Số liệu tính đến:");
        xlsx_put_date(sheet, row++, 1, document->as_of);
    }
    return put_contents(sheet, row + 1) + 1;
}

struct xlsx_sheet *xlsx_open_summary(struct xlsx_book *book) {
    static const double widths[] = {32, 42, 14, 10, 10, 26, 20, 28, 36, 12, 14, 22, 12, 11, 14};
    struct xlsx_sheet *sheet = xlsx_sheet_new(book, "Tóm tắt", widths, figure_columns(book));
    sheet->printed = FIGURE_NAME; /* the names are for formulas, not for paper */
    return sheet;
}

void xlsx_write_summary(struct xlsx_sheet *sheet) {
    const struct document *document = sheet->book->document;
    const lxw_row_t header = put_preamble(sheet);
    put_figures(sheet, header);
    sheet->scrolls = true;
    if (sheet->worksheet)
        xlsx_check(sheet->book, worksheet_print_area(sheet->worksheet, 0, 0, header + (lxw_row_t)document->figure_count,
                                                     (lxw_col_t)(sheet->printed - 1)));
    xlsx_sheet_finish(sheet, header, header);
}
