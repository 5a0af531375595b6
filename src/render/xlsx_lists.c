/* xlsx_lists.c - the sheets beside the tables: figures of the prose, checks, sources. */
#include "render/xlsx_parts.h"
#include "render/xlsx_text.h"
#include "render/xlsx_value.h"

#include "base/period.h"

const struct xlsx_look xlsx_title_look = {.bold = true, .wrap = true, .align = ALIGN_CENTER, .size = 13};
const struct xlsx_look xlsx_subject_look = {.bold = true, .wrap = true, .align = ALIGN_CENTER};
const struct xlsx_look xlsx_note_look = {.italic = true, .wrap = true, .align = ALIGN_CENTER};
const struct xlsx_look xlsx_unit_look = {.italic = true, .wrap = true, .align = ALIGN_RIGHT};
const struct xlsx_look xlsx_header_look = {
    .bold = true, .border = true, .wrap = true, .shaded = true, .align = ALIGN_CENTER};

static const struct xlsx_look text_look = {.border = true, .wrap = true};
static const struct xlsx_look middle_look = {.border = true, .wrap = true, .align = ALIGN_CENTER};
static const struct xlsx_look number_look = {.border = true, .align = ALIGN_RIGHT};
static const struct xlsx_look count_look = {.border = true, .align = ALIGN_RIGHT, .number = "#,##0"};
static const struct xlsx_look label_look = {.wrap = false};
static const struct xlsx_look day_look = {.number = "dd/mm/yyyy"};

static const char AGREES[] = "Khớp", DIFFERS[] = "LỆCH";

void xlsx_put_headers(struct xlsx_sheet *sheet, lxw_row_t row, const char *const *labels, size_t count) {
    for (size_t i = 0; i < count; i++)
        xlsx_put_text(sheet, row, (lxw_col_t)i, &xlsx_header_look, labels[i]);
}

void xlsx_put_nothing(struct xlsx_sheet *sheet, lxw_row_t row, size_t columns, const char *text) {
    const struct xlsx_look look = {.italic = true, .border = true, .wrap = true, .align = ALIGN_CENTER};
    xlsx_put_merged(sheet, row, 0, row, (lxw_col_t)(columns - 1), &look, text);
}

static const char *cell_name(const struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column) {
    char name[LXW_MAX_CELL_NAME_LENGTH];
    lxw_rowcol_to_cell(name, row, column);
    return arena_text(sheet->book->arena, name);
}

static void put_date(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, struct date date) {
    if (date.year)
        xlsx_put_value(sheet, row, column, &day_look, value_date(date), NULL, NULL, NULL, NULL);
}

/* ---- Tóm tắt ---------------------------------------------------------------------------------------------------- */

enum figure_column {
    FIGURE_SECTION,
    FIGURE_LABEL,
    FIGURE_VALUE,
    FIGURE_TOP,
    FIGURE_BASE,
    FIGURE_ROUNDING,
    FIGURE_TEXT,
    FIGURE_COLUMNS
};

static const char *rounding_text(struct arena *arena, struct value value, const struct format *format) {
    static const char *const names[] = {
        [ROUND_HALF_UP] = "làm tròn thường", [ROUND_TRUNCATE] = "cắt bỏ", [ROUND_HALF_EVEN] = "làm tròn về số chẵn"};
    struct format effective = xlsx_format_of(value, format);
    bool rounds = value.kind == VALUE_RATIO || (value.kind == VALUE_DECIMAL && value.scale > effective.decimals);
    if (!rounds)
        return "";
    return arena_printf(arena, "%s, %d số lẻ", names[effective.rounding], effective.decimals);
}

static void put_figure(struct xlsx_sheet *sheet, lxw_row_t row, const struct figure *figure) {
    const char *label = figure->label && figure->label[0] ? figure->label : figure->name;
    const char *top = NULL, *base = NULL;
    xlsx_put_text(sheet, row, FIGURE_SECTION, &text_look, figure->section);
    xlsx_put_text(sheet, row, FIGURE_LABEL, &text_look, label);
    if (figure->value.kind == VALUE_RATIO) {
        top = cell_name(sheet, row, FIGURE_TOP);
        base = cell_name(sheet, row, FIGURE_BASE);
        xlsx_put_value(sheet, row, FIGURE_TOP, &number_look, value_integer(figure->value.number), NULL, NULL, NULL,
                       NULL);
        xlsx_put_value(sheet, row, FIGURE_BASE, &number_look, value_integer(figure->value.base), NULL, NULL, NULL,
                       NULL);
    } else {
        xlsx_put_text(sheet, row, FIGURE_TOP, &number_look, "");
        xlsx_put_text(sheet, row, FIGURE_BASE, &number_look, "");
    }
    const struct xlsx_look *look = figure->value.kind == VALUE_TEXT ? &text_look : &number_look;
    xlsx_put_value(sheet, row, FIGURE_VALUE, look, figure->value, &figure->format, figure->text, top, base);
    xlsx_put_text(sheet, row, FIGURE_ROUNDING, &text_look,
                  rounding_text(sheet->book->arena, figure->value, &figure->format));
    xlsx_put_text(sheet, row, FIGURE_TEXT, &middle_look, figure->text);
}

static const char *period_text(struct arena *arena, const char *name) {
    struct period period;
    return name && period_parse(name, &period) ? period_phrase(arena, period) : name;
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
    xlsx_put_text(sheet, row, 0, &label_look, "Kỳ báo cáo:");
    xlsx_put_text(sheet, row++, 1, &label_look, period_text(sheet->book->arena, document->period));
    if (document->as_of.year) {
        xlsx_put_text(sheet, row, 0, &label_look, "Số liệu tính đến:");
        put_date(sheet, row++, 1, document->as_of);
    }
    return row + 1;
}

void xlsx_write_summary(struct xlsx_book *book) {
    static const char *const labels[] = {"Mục",    "Chỉ tiêu",      "Giá trị",         "Tử số",
                                         "Mẫu số", "Cách làm tròn", "In trong báo cáo"};
    static const double widths[] = {28, 42, 16, 12, 12, 28, 20};
    const struct document *document = book->document;
    struct xlsx_sheet *sheet = xlsx_sheet_new(book, "Tóm tắt", widths, FIGURE_COLUMNS);
    lxw_row_t header = put_preamble(sheet), row = header + 1;
    xlsx_put_headers(sheet, header, labels, FIGURE_COLUMNS);
    for (size_t i = 0; i < document->figure_count; i++)
        put_figure(sheet, row++, &document->figures[i]);
    if (!document->figure_count)
        xlsx_put_nothing(sheet, row, FIGURE_COLUMNS, "Phần lời không có số liệu");
    xlsx_sheet_finish(sheet, header, header);
}

/* ---- Đối chiếu -------------------------------------------------------------------------------------------------- */

enum check_column {
    CHECK_NUMBER,
    CHECK_RULE,
    CHECK_EXPECTED,
    CHECK_FOUND,
    CHECK_DIFFERENCE,
    CHECK_RESULT,
    CHECK_COLUMNS
};

/* Found less expected, rounded to the places of both; false when one of them is no number. */
static bool put_difference(struct xlsx_sheet *sheet, lxw_row_t row, const struct check *check, bool *zero) {
    double expected = 0, found = 0;
    int places = 0, more = 0;
    if (!xlsx_number(check->expected, NULL, &expected, &places) || !xlsx_number(check->found, NULL, &found, &more))
        return false;
    places = more > places ? more : places;
    const struct value finest = check->found.kind == VALUE_RATIO ? check->found : value_decimal(0, places);
    struct arena *arena = sheet->book->arena;
    struct xlsx_look look = number_look;
    double scale = 1, difference = found - expected;
    for (int i = 0; i < places; i++)
        scale *= 10;
    /* To whole units first, as ROUND() does. */
    int64_t units = (int64_t)(difference * scale + (difference < 0 ? -0.5 : 0.5));
    xlsx_number_format(look.number, finest, NULL);
    const char *to = cell_name(sheet, row, CHECK_FOUND), *from = cell_name(sheet, row, CHECK_EXPECTED);
    xlsx_put_formula(sheet, row, CHECK_DIFFERENCE, &look,
                     places ? arena_printf(arena, "=ROUND(%s-%s,%d)", to, from, places)
                            : arena_printf(arena, "=%s-%s", to, from),
                     (double)units / scale, NULL);
    *zero = units == 0;
    return true;
}

static void put_check(struct xlsx_sheet *sheet, lxw_row_t row, const struct check *check, size_t number) {
    struct arena *arena = sheet->book->arena;
    struct xlsx_look result = middle_look;
    bool zero = false;
    result.bold = result.shaded = !check->equal;
    xlsx_put_number(sheet, row, CHECK_NUMBER, &middle_look, (double)number);
    xlsx_put_text(sheet, row, CHECK_RULE, &text_look, check->rule);
    xlsx_put_value(sheet, row, CHECK_EXPECTED, &number_look, check->expected, NULL, NULL, NULL, NULL);
    xlsx_put_value(sheet, row, CHECK_FOUND, &number_look, check->found, NULL, NULL, NULL, NULL);
    bool live = put_difference(sheet, row, check, &zero);
    if (!live)
        xlsx_put_value(sheet, row, CHECK_DIFFERENCE, &number_look, value_none(), NULL, NULL, NULL, NULL);
    const char *said = check->equal ? AGREES : DIFFERS;
    if (live && zero == check->equal)
        xlsx_put_formula(
            sheet, row, CHECK_RESULT, &result,
            arena_printf(arena, "=IF(%s=0,\"%s\",\"%s\")", cell_name(sheet, row, CHECK_DIFFERENCE), AGREES, DIFFERS), 0,
            said);
    else
        xlsx_put_text(sheet, row, CHECK_RESULT, &result, said);
}

void xlsx_write_checks(struct xlsx_book *book) {
    static const char *const labels[] = {"TT", "Quy tắc", "Phải bằng", "Tính được", "Chênh lệch", "Kết quả"};
    static const double widths[] = {6, 60, 16, 16, 14, 12};
    const struct document *document = book->document;
    struct xlsx_sheet *sheet = xlsx_sheet_new(book, "Đối chiếu", widths, CHECK_COLUMNS);
    xlsx_put_banner(sheet, 0, &xlsx_title_look, "Đối chiếu số liệu");
    xlsx_put_headers(sheet, 1, labels, CHECK_COLUMNS);
    for (size_t i = 0; i < document->check_count; i++)
        put_check(sheet, (lxw_row_t)(i + 2), &document->checks[i], i + 1);
    if (!document->check_count)
        xlsx_put_nothing(sheet, 2, CHECK_COLUMNS, "Không có quy tắc đối chiếu");
    xlsx_sheet_finish(sheet, 1, 1);
}

/* ---- Nguồn số liệu ---------------------------------------------------------------------------------------------- */

enum source_column {
    SOURCE_FILE,
    SOURCE_SHEET,
    SOURCE_LEDGER,
    SOURCE_READ,
    SOURCE_ACCEPTED,
    SOURCE_REJECTED,
    SOURCE_SKIPPED,
    SOURCE_CHECK,
    SOURCE_ENCODING,
    SOURCE_SHA256,
    SOURCE_COLUMNS
};

static void put_source_check(struct xlsx_sheet *sheet, lxw_row_t row, bool equal, bool bold) {
    struct xlsx_look look = middle_look;
    look.bold = bold || !equal;
    look.shaded = !equal;
    const char *formula =
        arena_printf(sheet->book->arena, "=IF(%s=%s+%s+%s,\"%s\",\"%s\")", cell_name(sheet, row, SOURCE_READ),
                     cell_name(sheet, row, SOURCE_ACCEPTED), cell_name(sheet, row, SOURCE_REJECTED),
                     cell_name(sheet, row, SOURCE_SKIPPED), AGREES, DIFFERS);
    xlsx_put_formula(sheet, row, SOURCE_CHECK, &look, formula, 0, equal ? AGREES : DIFFERS);
}

static bool source_adds_up(const struct source *source) {
    return source->read == source->accepted + source->rejected + source->skipped;
}

static void put_source(struct xlsx_sheet *sheet, lxw_row_t row, const struct source *source) {
    xlsx_put_text(sheet, row, SOURCE_FILE, &text_look, source->file);
    xlsx_put_text(sheet, row, SOURCE_SHEET, &text_look, source->sheet);
    xlsx_put_text(sheet, row, SOURCE_LEDGER, &text_look, source->ledger);
    xlsx_put_number(sheet, row, SOURCE_READ, &count_look, (double)source->read);
    xlsx_put_number(sheet, row, SOURCE_ACCEPTED, &count_look, (double)source->accepted);
    xlsx_put_number(sheet, row, SOURCE_REJECTED, &count_look, (double)source->rejected);
    xlsx_put_number(sheet, row, SOURCE_SKIPPED, &count_look, (double)source->skipped);
    put_source_check(sheet, row, source_adds_up(source), false);
    xlsx_put_text(sheet, row, SOURCE_ENCODING, &middle_look, source->encoding);
    xlsx_put_text(sheet, row, SOURCE_SHA256, &text_look, source->sha256);
}

static void put_source_totals(struct xlsx_sheet *sheet, lxw_row_t first, lxw_row_t row) {
    const struct document *document = sheet->book->document;
    struct xlsx_look label = text_look, count = count_look;
    size_t sums[4] = {0};
    label.bold = count.bold = true;
    for (size_t i = 0; i < document->source_count; i++) {
        const struct source *source = &document->sources[i];
        const size_t counts[] = {source->read, source->accepted, source->rejected, source->skipped};
        for (size_t j = 0; j < 4; j++)
            sums[j] += counts[j];
    }
    xlsx_put_merged(sheet, row, SOURCE_FILE, row, SOURCE_LEDGER, &label, "Tổng cộng");
    for (lxw_col_t j = 0; j < 4; j++)
        xlsx_put_formula(sheet, row, SOURCE_READ + j, &count,
                         arena_printf(sheet->book->arena, "=SUM(%s:%s)", cell_name(sheet, first, SOURCE_READ + j),
                                      cell_name(sheet, row - 1, SOURCE_READ + j)),
                         (double)sums[j], NULL);
    put_source_check(sheet, row, sums[0] == sums[1] + sums[2] + sums[3], true);
    xlsx_put_text(sheet, row, SOURCE_ENCODING, &label, "");
    xlsx_put_text(sheet, row, SOURCE_SHA256, &label, "");
}

static void put_origin(struct xlsx_sheet *sheet, lxw_row_t row) {
    struct xlsx_book *book = sheet->book;
    const struct document *document = book->document;
    if (document->as_of.year) {
        xlsx_put_text(sheet, row, 0, &label_look, "Số liệu tính đến:");
        put_date(sheet, row++, 1, document->as_of);
    }
    xlsx_put_text(sheet, row, 0, &label_look, "Phiên bản chương trình:");
    xlsx_put_text(sheet, row++, 1, &label_look,
                  arena_printf(book->arena, "tongket %s", document->version ? document->version : ""));
    if (book->cuts)
        xlsx_put_text(sheet, row, 0, &label_look,
                      arena_printf(book->arena, "Có %zu ô dài quá %d ký tự bị cắt bớt; bản in giữ đủ.", book->cuts,
                                   XLSX_TEXT_MOST));
}

void xlsx_write_sources(struct xlsx_book *book) {
    static const char *const labels[] = {"Tệp",     "Trang tính", "Sổ",       "Đã đọc",  "Được nhận",
                                         "Bị loại", "Bỏ qua",     "Kiểm tra", "Bảng mã", "SHA-256"};
    static const double widths[] = {30, 16, 24, 12, 12, 12, 12, 11, 13, 38};
    const struct document *document = book->document;
    struct xlsx_sheet *sheet = xlsx_sheet_new(book, "Nguồn số liệu", widths, SOURCE_COLUMNS);
    const lxw_row_t first = 2;
    lxw_row_t row = first;
    xlsx_put_banner(sheet, 0, &xlsx_title_look, "Nguồn số liệu");
    xlsx_put_headers(sheet, 1, labels, SOURCE_COLUMNS);
    for (size_t i = 0; i < document->source_count; i++)
        put_source(sheet, row++, &document->sources[i]);
    if (document->source_count)
        put_source_totals(sheet, first, row++);
    else
        xlsx_put_nothing(sheet, row++, SOURCE_COLUMNS, "Không có nguồn số liệu");
    put_origin(sheet, row + 1);
    xlsx_sheet_finish(sheet, 1, 1);
}
