/* test_render_lines.c - breaking lines and sharing out a table's width. */
#include "support.h"

#include "base/text.h"
#include "render/columns.h"
#include "render/lines.h"

/* ---- Lines: every letter is 500 wide, bold ones 600 ------------------------------------------------------------- */

static double letter_width(void *context, int style, const char *text, size_t length) {
    (void)context;
    return (double)text_characters(text, length) * (style ? 600 : 500);
}

static const struct line_text *prepare(struct bench *bench, const char *text) {
    const struct line_measure measure = {.width = letter_width};
    const struct line_span span = {.text = text, .length = strlen(text)};
    return lines_prepare(bench->arena, &measure, &span, 1);
}

/* The lines, parted by "|", in a width of so many letters. */
static const char *broken(struct bench *bench, const char *text, double first, double letters, enum line_mode mode) {
    struct lines lines = lines_break(bench->arena, prepare(bench, text), first * 500, letters * 500, mode);
    struct buffer out = {0};
    for (size_t i = 0; i < lines.count; i++) {
        const struct line *line = &lines.lines[i];
        for (size_t p = line->first; p < line->first + line->count; p++) {
            const struct line_piece *piece = &lines.pieces[p];
            buffer_add(&out, piece->text, piece->length);
            if (p + 1 < line->first + line->count && piece->blank > 0)
                buffer_char(&out, ' ');
        }
        if (i + 1 < lines.count)
            buffer_char(&out, '|');
    }
    const char *made = arena_text(bench->arena, buffer_string(&out));
    buffer_free(&out);
    return made;
}

static void lines_are_broken(void **state) {
    struct bench *bench = *state;
    static const struct {
        const char *text;
        double letters;
        const char *wanted;
    } cases[] = {
        /* lines end at blanks */
        {"một hai ba bốn", 8, "một hai|ba bốn"},
        {"một hai ba bốn", 7, "một hai|ba bốn"},
        {"một hai ba bốn", 6.9, "một|hai ba|bốn"},
        {"một hai ba bốn", 100, "một hai ba bốn"},
        {"một\nhai", 100, "một|hai"},
        {"  một   hai  ", 100, "một hai"},
        {"", 10, ""},
        /* some blanks hold */
        {"đến ngày 05 là", 8, "đến|ngày 05|là"},
        {"ở Bảng 12 này", 7, "ở|Bảng 12|này"},
        {"là 50 % số", 5, "là|50 %|số"},
        {"một\xc2\xa0hai ba", 8, "một hai|ba"},
        {"ông (A) và", 7, "ông (A)|và"},
        {"từ ngày 05 tháng 7 năm 2026 đến", 26, "từ|ngày 05 tháng 7 năm 2026|đến"},
        {"do TS. Lê Bình", 6, "do|TS. Lê|Bình"},
        {"của UBND. Trong", 9, "của UBND.|Trong"},
        {"là 12,5 %, còn", 7, "là|12,5 %,|còn"},
        {"thu 1.250 triệu đồng", 11, "thu|1.250 triệu|đồng"},
        {"từ 7 giờ, đến", 7, "từ|7 giờ,|đến"},
        {"có 03 đồng chí", 5, "có 03|đồng|chí"},
        /* long words are cut */
        {"a 05/7/2014-x b", 6, "a 05/|7/|2014-x|b"},
        {"abcdefghij", 4, "abcd|efgh|ij"},
        {"đđđđđ", 2, "đđ|đđ|đ"},
        {"ab", 0.5, "a|b"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *found = broken(bench, cases[i].text, cases[i].letters, cases[i].letters, LINES_RAGGED);
        if (strcmp(found, cases[i].wanted) != 0)
            fail_msg("«%s», not «%s»", found, cases[i].wanted);
    }
}

static void widths_are_told(void **state) {
    struct bench *bench = *state;
    const struct line_text *text = prepare(bench, "một hai\nba bốnnn");
    assert_true(text->narrowest > 2499 && text->narrowest < 2501); /* bốnnn */
    assert_true(text->widest > 3999 && text->widest < 4001);       /* ba bốnnn */
    assert_int_equal(lines_count(text, 4000), 2);
    assert_int_equal(lines_count(text, 3000), 4);
    const struct line_measure measure = {.width = letter_width};
    const struct line_span spans[] = {{"ab", 2, 0}, {"cd e", 4, 1}};
    text = lines_prepare(bench->arena, &measure, spans, 2);
    assert_true(text->narrowest > 2199 && text->narrowest < 2201); /* ab and bold cd are one word */
    assert_int_equal(text->pieces[1].style, 1);
}

static void counting_agrees_with_breaking(void **state) {
    struct bench *bench = *state;
    static const char text[] =
        "Ban Thường vụ Huyện ủy đã kết nạp 189 đảng viên, đạt 105,6 % kế hoạch năm 2014 (Bảng 3).";
    for (double letters = 12; letters < 90; letters += 0.7) {
        const char *found = broken(bench, text, letters, letters, LINES_RAGGED);
        size_t count = 1;
        for (const char *at = found; *at; at++)
            count += *at == '|';
        assert_int_equal(lines_count(prepare(bench, text), letters * 500), count);
        /* balanced lines are as many, and nothing is lost */
        const char *even = broken(bench, text, letters, letters, LINES_BALANCED);
        size_t balanced = 1;
        for (const char *at = even; *at; at++)
            balanced += *at == '|';
        assert_int_equal(balanced, count);
        assert_int_equal(strlen(even), strlen(found));
    }
}

static void justified_lines_fill_the_width(void **state) {
    struct bench *bench = *state;
    static const char text[] =
        "Ban Thường vụ Huyện ủy đã lãnh đạo các cấp ủy, tổ chức đảng thực hiện toàn diện nhiệm vụ công "
        "tác xây dựng Đảng, kết nạp đảng viên mới, kiểm tra, giám sát và thi hành kỷ luật đảng.";
    for (double letters = 30; letters < 80; letters += 3) {
        const struct line_text *prepared = prepare(bench, text);
        struct lines lines = lines_break(bench->arena, prepared, (letters - 4) * 500, letters * 500, LINES_JUSTIFIED);
        size_t pieces = 0;
        for (size_t i = 0; i < lines.count; i++) {
            const struct line *line = &lines.lines[i];
            double blanks = 0, width = (i ? letters : letters - 4) * 500;
            assert_int_equal(line->first, pieces);
            pieces += line->count;
            for (size_t p = line->first; p + 1 < line->first + line->count; p++)
                blanks += lines.pieces[p].blank > 0;
            double filled = line->width + line->stretch * blanks;
            assert_true(filled <= width + 1);
            if (i + 1 < lines.count)
                assert_true(filled >= width - 1);
        }
        assert_int_equal(pieces, prepared->count);
    }
}

/* ---- Columns ---------------------------------------------------------------------------------------------------- */

enum { COLUMNS = 3 };

/* `context`: by row and column, the width that the cell takes on one line. */
static size_t cell_lines(const void *context, size_t row, size_t column, double width) {
    double need = ((const double *)context)[row * COLUMNS + column];
    size_t lines = 1;
    for (; need > width + 0.001; need -= width)
        lines++;
    return lines;
}

static struct columns columns_of(size_t rows, const double *needs, const double *minimum, const double *maximum) {
    return (struct columns){.column_count = COLUMNS,
                            .row_count = rows,
                            .minimum = minimum,
                            .maximum = maximum,
                            .lines = cell_lines,
                            .context = needs};
}

/* Answers what columns_share() does. */
static double check_columns(struct bench *bench, const struct columns *columns, double width, double *widths) {
    double lines = columns_share(columns_measure(bench->arena, columns), width, widths), sum = 0;
    for (size_t i = 0; i < columns->column_count; i++) {
        sum += widths[i];
        assert_true(widths[i] > 0);
        if (columns_fit(columns, width))
            assert_true(widths[i] >= columns->minimum[i] - 0.1);
    }
    assert_true(sum > width - 0.1 && sum < width + 0.1);
    return lines;
}

static void widths_sum_to_the_table(void **state) {
    static const double needs[] = {30, 80, 60, 20, 400, 50, 20, 300, 50};
    static const double minimum[] = {20, 60, 40}, maximum[] = {30, 400, 60};
    const struct columns columns = columns_of(3, needs, minimum, maximum);
    double widths[3], before = 1e9;
    for (double width = 60; width < 900; width += 20) {
        assert_int_equal(columns_fit(&columns, width), width >= 120);
        double lines = check_columns(*state, &columns, width, widths);
        assert_true(lines <= before + 0.34); /* a wider table is hardly ever higher */
        before = lines;
        if (width >= 490) /* all on one line: nobody gets less than it needs */
            for (int i = 0; i < 3; i++)
                assert_true(widths[i] >= maximum[i] - 0.1);
    }
}

static void the_long_text_gets_what_the_short_ones_leave(void **state) {
    static const double needs[] = {30, 80, 60, 20, 900, 50, 20, 880, 50};
    static const double minimum[] = {15, 60, 30}, maximum[] = {30, 900, 60};
    const struct columns columns = columns_of(3, needs, minimum, maximum);
    double widths[3];
    check_columns(*state, &columns, 450, widths);
    assert_true(widths[1] > 300);
    assert_true(widths[0] >= 20 && widths[2] >= 50); /* no short cell is broken */
}

/* Names and dates on one line, two lines of text, though the first widths tried break the names: there is just enough
 * room, and no small step on the way there makes anything better. */
static void names_are_not_broken_where_text_can_give_room(void **state) {
    enum { ROWS = 12 };
    double needs[3 * ROWS];
    for (size_t row = 0; row < ROWS; row++) {
        needs[3 * row] = row ? 82 + (double)(row % 4) : 40;
        needs[3 * row + 1] = row ? 340 - 4 * (double)(row % 3) : 60;
        needs[3 * row + 2] = 50;
    }
    static const double minimum[] = {40, 45, 50}, maximum[] = {85, 340, 50};
    const struct columns columns = columns_of(ROWS, needs, minimum, maximum);
    double widths[3];
    check_columns(*state, &columns, 308, widths);
    assert_true(widths[0] >= 85);
    assert_true(widths[1] >= 170);
    assert_true(widths[2] >= 50);
}

static void scarcity_takes_from_the_widest(void **state) {
    static const double needs[] = {10, 200, 300};
    static const double minimum[] = {10, 200, 300}, maximum[] = {10, 200, 300};
    const struct columns columns = columns_of(1, needs, minimum, maximum);
    double widths[3];
    check_columns(*state, &columns, 210, widths);
    assert_true(widths[0] > 9.9 && widths[0] < 10.1);
    assert_true(widths[1] > 99.9 && widths[1] < 100.1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(lines_are_broken),
        TEST(widths_are_told),
        TEST(counting_agrees_with_breaking),
        TEST(justified_lines_fill_the_width),
        TEST(widths_sum_to_the_table),
        TEST(the_long_text_gets_what_the_short_ones_leave),
        TEST(names_are_not_broken_where_text_can_give_room),
        TEST(scarcity_takes_from_the_widest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
