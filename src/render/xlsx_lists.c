/* xlsx_lists.c - the sheets beside the tables: checks, sources. */
#include "render/xlsx_parts.h"
#include "render/xlsx_text.h"
#include "render/xlsx_value.h"

const struct xlsx_look xlsx_title_look = {.bold = true, .wrap = true, .align = ALIGN_CENTER, .size = 13};
const struct xlsx_look xlsx_subject_look = {.bold = true, .wrap = true, .align = ALIGN_CENTER};
const struct xlsx_look xlsx_note_look = {.italic = true, .wrap = true, .align = ALIGN_CENTER};
const struct xlsx_look xlsx_unit_look = {.italic = true, .wrap = true, .align = ALIGN_RIGHT};
const struct xlsx_look xlsx_header_look = {
    .bold = true, .border = true, .wrap = true, .shaded = true, .align = ALIGN_CENTER};

const struct xlsx_look xlsx_text_look = {.border = true, .wrap = true};
const struct xlsx_look xlsx_middle_look = {.border = true, .wrap = true, .align = ALIGN_CENTER};
const struct xlsx_look xlsx_number_look = {.border = true, .align = ALIGN_RIGHT};
const struct xlsx_look xlsx_label_look = {.wrap = false};

static const struct xlsx_look count_look = {.border = true, .align = ALIGN_RIGHT, .number = "[$-42A]#,##0"};
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

void xlsx_put_date(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, struct date date) {
    if (date.year)
        xlsx_put_value(sheet, row, column, &day_look, value_date(date), NULL, NULL, NULL, NULL);
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
    struct xlsx_look look = xlsx_number_look;
    double scale = 1, difference = found - expected;
    for (int i = 0; i < places; i++)
        scale *= 10;
    /* To whole units first, as ROUND() does. */
    int64_t units = (int64_t)(difference * scale + (difference < 0 ? -0.5 : 0.5));
    xlsx_number_format(look.number, finest, NULL);
    const char *to = xlsx_cell_name(sheet, row, CHECK_FOUND), *from = xlsx_cell_name(sheet, row, CHECK_EXPECTED);
    xlsx_put_formula(sheet, row, CHECK_DIFFERENCE, &look,
                     places ? arena_printf(arena, "=ROUND(%s-%s,%d)", to, from, places)
                            : arena_printf(arena, "=%s-%s", to, from),
                     (double)units / scale, NULL);
    *zero = units == 0;
    return true;
}

static void put_check(struct xlsx_sheet *sheet, lxw_row_t row, const struct check *check, size_t number) {
    struct arena *arena = sheet->book->arena;
    struct xlsx_look result = xlsx_middle_look;
    bool zero = false;
    result.bold = result.shaded = !check->equal;
    xlsx_put_number(sheet, row, CHECK_NUMBER, &xlsx_middle_look, (double)number);
    xlsx_put_text(sheet, row, CHECK_RULE, &xlsx_text_look, check->rule);
    xlsx_put_value(sheet, row, CHECK_EXPECTED, &xlsx_number_look, check->expected, NULL, NULL, NULL, NULL);
    xlsx_put_value(sheet, row, CHECK_FOUND, &xlsx_number_look, check->found, NULL, NULL, NULL, NULL);
    bool live = put_difference(sheet, row, check, &zero);
    if (!live)
        xlsx_put_value(sheet, row, CHECK_DIFFERENCE, &xlsx_number_look, value_none(), NULL, NULL, NULL, NULL);
    const char *said = check->equal ? AGREES : DIFFERS;
    if (live && zero == check->equal)
        xlsx_put_formula(sheet, row, CHECK_RESULT, &result,
                         arena_printf(arena, "=IF(%s=0,\"%s\",\"%s\")", xlsx_cell_name(sheet, row, CHECK_DIFFERENCE),
                                      AGREES, DIFFERS),
                         0, said);
    else
        xlsx_put_text(sheet, row, CHECK_RESULT, &result, said);
}

void xlsx_write_checks(struct xlsx_book *book) {
    static const char *const labels[] = {"TT", "Quy tắc", "Phải bằng", "Tính được", "Chênh lệch", "Kết quả"};
    static const double widths[] = {6, 60, 16, 16, 14, 12};
    const struct document *document = book->document;
    struct xlsx_sheet *sheet = xlsx_sheet_new(book, "Đối chiếu", widths, CHECK_COLUMNS);
    sheet->title = "Đối chiếu số liệu";
    xlsx_put_banner(sheet, 0, &xlsx_title_look, sheet->title);
    if (document->check_count)
        xlsx_add_filter(sheet, 1, (lxw_row_t)document->check_count + 1, labels);
    xlsx_put_headers(sheet, 1, labels, CHECK_COLUMNS);
    for (size_t i = 0; i < document->check_count; i++)
        put_check(sheet, (lxw_row_t)(i + 2), &document->checks[i], i + 1);
    if (!document->check_count)
        xlsx_put_nothing(sheet, 2, CHECK_COLUMNS, "Không có quy tắc đối chiếu");
    xlsx_sheet_finish(sheet, 1, 1);
}

/* ---- Phiếu trình ------------------------------------------------------------------------------------------------ */

void xlsx_write_cover(struct xlsx_book *book) {
    static const double widths[] = {6, 110};
    const struct document *document = book->document;
    if (!document->shortfall_count)
        return;
    struct xlsx_sheet *sheet = xlsx_sheet_new(book, "Phiếu trình", widths, 2);
    sheet->title = document->profile->words.cover_title;
    xlsx_put_banner(sheet, 0, &xlsx_title_look, sheet->title);
    for (size_t i = 0; i < document->shortfall_count; i++) {
        xlsx_put_number(sheet, (lxw_row_t)(i + 1), 0, &count_look, (double)i + 1);
        xlsx_put_text(sheet, (lxw_row_t)(i + 1), 1, &xlsx_text_look, document->shortfalls[i].text);
    }
    xlsx_sheet_finish(sheet, 0, 0);
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
    struct xlsx_look look = xlsx_middle_look;
    look.bold = bold || !equal;
    look.shaded = !equal;
    const char *formula =
        arena_printf(sheet->book->arena, "=IF(%s=%s+%s+%s,\"%s\",\"%s\")", xlsx_cell_name(sheet, row, SOURCE_READ),
                     xlsx_cell_name(sheet, row, SOURCE_ACCEPTED), xlsx_cell_name(sheet, row, SOURCE_REJECTED),
                     xlsx_cell_name(sheet, row, SOURCE_SKIPPED), AGREES, DIFFERS);
    xlsx_put_formula(sheet, row, SOURCE_CHECK, &look, formula, 0, equal ? AGREES : DIFFERS);
}

static bool source_adds_up(const struct source *source) {
    return source->read == source->accepted + source->rejected + source->skipped;
}

static void put_source(struct xlsx_sheet *sheet, lxw_row_t row, const struct source *source) {
    xlsx_put_text(sheet, row, SOURCE_FILE, &xlsx_text_look, source->file);
    xlsx_put_text(sheet, row, SOURCE_SHEET, &xlsx_text_look, source->sheet);
    xlsx_put_text(sheet, row, SOURCE_LEDGER, &xlsx_text_look, source->ledger);
    xlsx_put_number(sheet, row, SOURCE_READ, &count_look, (double)source->read);
    xlsx_put_number(sheet, row, SOURCE_ACCEPTED, &count_look, (double)source->accepted);
    xlsx_put_number(sheet, row, SOURCE_REJECTED, &count_look, (double)source->rejected);
    xlsx_put_number(sheet, row, SOURCE_SKIPPED, &count_look, (double)source->skipped);
    put_source_check(sheet, row, source_adds_up(source), false);
    xlsx_put_text(sheet, row, SOURCE_ENCODING, &xlsx_middle_look, source->encoding);
    xlsx_put_text(sheet, row, SOURCE_SHA256, &xlsx_text_look, source->sha256);
}

static void put_source_totals(struct xlsx_sheet *sheet, lxw_row_t first, lxw_row_t row) {
    const struct document *document = sheet->book->document;
    struct xlsx_look label = xlsx_text_look, count = count_look;
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
                         arena_printf(sheet->book->arena, "=SUM(%s:%s)", xlsx_cell_name(sheet, first, SOURCE_READ + j),
                                      xlsx_cell_name(sheet, row - 1, SOURCE_READ + j)),
                         (double)sums[j], NULL);
    put_source_check(sheet, row, sums[0] == sums[1] + sums[2] + sums[3], true);
    xlsx_put_text(sheet, row, SOURCE_ENCODING, &label, "");
    xlsx_put_text(sheet, row, SOURCE_SHA256, &label, "");
}

static void put_origin(struct xlsx_sheet *sheet, lxw_row_t row) {
    struct xlsx_book *book = sheet->book;
    const struct document *document = book->document;
    if (document->as_of.year) {
        xlsx_put_text(sheet, row, 0, &xlsx_label_look, "Số liệu tính đến:");
        xlsx_put_date(sheet, row++, 1, document->as_of);
    }
    xlsx_put_text(sheet, row, 0, &xlsx_label_look, "Phiên bản chương trình:");
    xlsx_put_text(sheet, row++, 1, &xlsx_label_look,
                  arena_printf(book->arena, "tongket %s", document->version ? document->version : ""));
    if (book->cuts)
        xlsx_put_text(sheet, row, 0, &xlsx_label_look,
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
    sheet->title = "Các tệp đã đọc";
    xlsx_put_banner(sheet, 0, &xlsx_title_look, "Nguồn số liệu");
    if (document->source_count)
        xlsx_add_filter(sheet, 1, (lxw_row_t)document->source_count + 1, labels);
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
