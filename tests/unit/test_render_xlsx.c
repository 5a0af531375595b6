/* test_render_xlsx.c - texts and sheet names as a workbook may hold them, and values as cells. */
#include "support.h"

#include "base/text.h"
#include "render/serif.h"
#include "render/xlsx_book.h"
#include "render/xlsx_text.h"
#include "render/xlsx_value.h"

/* ---- Sheet names ------------------------------------------------------------------------------------------------ */

static void sheet_names_are_what_excel_takes(void **state) {
    struct bench *bench = *state;
    static const char *const names[][2] = {
        {"Bảng 1", "Bảng 1"},
        {"a[b]c:d*e?f/g\\h", "a-b-c-d-e-f-g-h"},
        {"'quoted'", "quoted"},
        {"  two  blanks ", "two blanks"},
        {"", "Trang"},
        {NULL, "Trang"},
        {"''", "Trang"},
        {"History", "Trang"},
        {"HISTORY", "Trang"},
        {"a\nb", "a b"},
        {"1234567890123456789012345678901234", "1234567890123456789012345678901"},
        {"123456789012345678901234567890 234", "123456789012345678901234567890"},
        {"Ơơơơơơơơơơơơơơơơơơơơơơơơơơơơơơơơơơơơ", "Ơơơơơơơơơơơơơơơơơơơơơơơơơơơơơơơ"},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa😀", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *found = xlsx_text_sheet_name(bench->arena, names[i][0]);
        if (strcmp(found, names[i][1]) != 0)
            fail_msg("«%s» gives «%s», not «%s»", names[i][0] ? names[i][0] : "", found, names[i][1]);
    }
}

static void sheet_names_are_told_apart_without_case(void **state) {
    struct bench *bench = *state;
    struct document document = {.arena = bench->arena};
    struct xlsx_book book = {.document = &document, .arena = bench->arena};
    static const double widths[] = {10};
    static const char *const wished[] = {"Đối chiếu", "ĐỐI CHIẾU", "đối chiếu", "1234567890123456789012345678901",
                                         "12345678901234567890123456789012"};
    static const char *const names[] = {"Đối chiếu", "ĐỐI CHIẾU~2", "đối chiếu~3", "1234567890123456789012345678901",
                                        "12345678901234567890123456789~2"};
    xlsx_book_open(&book, bench_path(bench, "x.xlsx"));
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(xlsx_sheet_new(&book, wished[i], widths, 1)->name, names[i]);
    assert_null(book.failure);
    lxw_workbook_free(book.workbook);
}

static void ranges_quote_their_sheet(void **state) {
    struct bench *bench = *state;
    struct xlsx_book book = {.arena = bench->arena};
    struct xlsx_sheet sheet = {.book = &book, .name = "Bảng 'a'"};
    assert_string_equal(xlsx_range(&sheet, 3, 1, 8, 1), "'Bảng ''a'''!$B$4:$B$9");
}

/* ---- Texts ------------------------------------------------------------------------------------------------------ */

static void texts_are_fit_for_xml(void **state) {
    struct bench *bench = *state;
    assert_string_equal(xlsx_text_clean(bench->arena, "a\x01"
                                                      "b\xff"
                                                      "c\r\nd\re\tf"),
                        "a\xef\xbf\xbd"
                        "b\xef\xbf\xbd"
                        "c\nd\ne\tf");
    assert_string_equal(xlsx_text_clean(bench->arena, NULL), "");
    assert_string_equal(xlsx_text_header(bench->arena, "A & B\nC"), "A && B C");
    bool cut;
    assert_string_equal(xlsx_text_cell(bench->arena, "_x0041_ _x00_ _xZZZZ_", &cut), "_x005F_x0041_ _x00_ _xZZZZ_");
    assert_false(cut);
}

static void texts_too_long_are_cut_with_a_mark(void **state) {
    struct bench *bench = *state;
    bool cut;
    struct buffer text = {0};
    for (int i = 0; i < XLSX_TEXT_MOST; i++)
        buffer_text(&text, "ệ");
    assert_int_equal(strlen(xlsx_text_cell(bench->arena, text.text, &cut)), text.length);
    assert_false(cut);
    buffer_text(&text, "x");
    const char *fit = xlsx_text_cell(bench->arena, text.text, &cut);
    assert_true(cut);
    assert_true(text_characters(fit, strlen(fit)) <= XLSX_TEXT_MOST);
    assert_contains(fit + strlen(fit) - 60, "cắt bớt");
    assert_string_equal(xlsx_text_cut(bench->arena, "a😀b", 2), "a");
    assert_string_equal(xlsx_text_cut(bench->arena, "a😀b", 3), "a😀");
    buffer_free(&text);
}

static void lines_in_a_cell_are_counted(void **state) {
    (void)state;
    assert_int_equal(serif_lines("", 10, false), 1);
    assert_int_equal(serif_lines("00000", 10, false), 1);
    assert_int_equal(serif_lines("00000 00000", 6, false), 2);
    assert_int_equal(serif_lines("a\nb\nc", 10, false), 3);
    assert_int_equal(serif_lines("0000000000", 5, false), 2);
    assert_true(serif_width("Đảng bộ", true) > serif_width("Đảng bộ", false));
    assert_true(serif_width("a\nabc", false) >= serif_width("abc", false));
    assert_true(serif_word_width("ab abcd", false) < serif_width("ab abcd", false));
}

/* ---- Values ----------------------------------------------------------------------------------------------------- */

static void values_have_their_number_formats(void **state) {
    struct bench *bench = *state;
    static const struct {
        struct value value;
        const char *format, *wanted;
    } values[] = {
        {{.kind = VALUE_INTEGER, .number = 5}, "#,##0", "[$-42A]#,##0"},
        {{.kind = VALUE_INTEGER, .number = 5}, "00", "[$-42A]00;[$-42A]-00;[$-42A]0"},
        {{.kind = VALUE_RATIO, .number = 1, .base = 3}, "0.0%", "[$-42A]0.0%"},
        {{.kind = VALUE_INTEGER, .number = 1234}, "0.0", "[$-42A]#,##0.0"},
        {{.kind = VALUE_RATIO, .number = 99, .base = 1}, "0.0%", "[$-42A]#,##0.0%"},
        {{.kind = VALUE_TEXT, .text = "x"}, NULL, ""},
    };
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        struct format format = {0};
        char out[XLSX_NUMBER_SIZE];
        if (values[i].format)
            assert_true(format_parse(bench->arena, values[i].format, ROUND_HALF_UP, &format));
        xlsx_number_format(out, values[i].value, &format);
        if (strncmp(out, values[i].wanted, strlen(values[i].wanted)) != 0)
            fail_msg("«%s», not «%s»", out, values[i].wanted);
    }
}

static void cells_hold_what_they_show(void **state) {
    struct bench *bench = *state;
    struct format cut;
    double number;
    int decimals;
    assert_true(format_parse(bench->arena, "0% truncate", ROUND_HALF_UP, &cut));
    assert_true(xlsx_number(value_ratio(189, 179), &cut, &number, &decimals));
    assert_true(number > 1.0499999 && number < 1.0500001);
    struct format plain = {0};
    assert_true(xlsx_number(value_integer(6386), &plain, &number, &decimals));
    assert_true(number > 6385.5 && number < 6386.5);
    assert_false(xlsx_number(value_integer(INT64_MAX), &plain, &number, &decimals));
    assert_false(xlsx_number(value_ratio(1, 0), &plain, &number, &decimals));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(sheet_names_are_what_excel_takes),   TEST(sheet_names_are_told_apart_without_case),
        TEST(ranges_quote_their_sheet),           TEST(texts_are_fit_for_xml),
        TEST(texts_too_long_are_cut_with_a_mark), TEST(lines_in_a_cell_are_counted),
        TEST(values_have_their_number_formats),   TEST(cells_hold_what_they_show),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
