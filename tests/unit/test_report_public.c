/* test_report_public.c - hidden counts cannot be worked out; long numbers are masked. */
#include "support.h"

#include "report/fill.h"
#include "report/suppress.h"

/* ---- Attacks ---------------------------------------------------------------------------------------------------- */

enum { ROWS = 4, PARTS = 2, COLUMNS = PARTS + 1, GUESS_MOST = 9, LEAST = 4 };

/* A reader who knows that the first column is the sum of the others, all sums that are shown, and that counts are not
 * negative, tries every guess. */
struct attack {
    int64_t shown[ROWS][COLUMNS], sums[COLUMNS];
    bool hidden[ROWS][COLUMNS], sum_hidden[COLUMNS];
    int64_t guess[ROWS][COLUMNS];
    int64_t lowest[ROWS][COLUMNS], highest[ROWS][COLUMNS];
    bool possible;
};

static bool sums_hold(const struct attack *attack) {
    for (int c = 0; c < COLUMNS; c++) {
        int64_t sum = 0;
        for (int r = 0; r < ROWS; r++)
            sum += attack->guess[r][c];
        if (!attack->sum_hidden[c] && sum != attack->sums[c])
            return false;
    }
    return true;
}

static void keep_guess(struct attack *attack) {
    for (int r = 0; r < ROWS; r++)
        for (int c = 0; c < COLUMNS; c++) {
            int64_t number = attack->guess[r][c];
            if (!attack->possible || number < attack->lowest[r][c])
                attack->lowest[r][c] = number;
            if (!attack->possible || number > attack->highest[r][c])
                attack->highest[r][c] = number;
        }
    attack->possible = true;
}

static void guess_row(struct attack *attack, int row) {
    if (row == ROWS) {
        if (sums_hold(attack))
            keep_guess(attack);
        return;
    }
    for (int64_t a = 0; a <= GUESS_MOST; a++)
        for (int64_t b = 0; b <= GUESS_MOST; b++) {
            const int64_t line[COLUMNS] = {a + b, a, b};
            bool fits = true;
            for (int c = 0; c < COLUMNS; c++) {
                fits = fits && (attack->hidden[row][c] || line[c] == attack->shown[row][c]);
                attack->guess[row][c] = line[c];
            }
            if (fits)
                guess_row(attack, row + 1);
        }
}

static struct result random_result(struct bench *bench, uint64_t *random) {
    static const char *names[] = {"unit", "total", "one", "two"};
    struct result result = {.names = names, .column_count = COLUMNS + 1, .row_count = ROWS};
    result.rows = grid_new(bench->arena, COLUMNS + 1);
    for (int r = 0; r < ROWS; r++) {
        int64_t one = (int64_t)(next_random(random) % 9), two = (int64_t)(next_random(random) % 9);
        const struct grid_cell cells[] = {{.value = value_text("x")},
                                          {.value = value_integer(one + two)},
                                          {.value = value_integer(one)},
                                          {.value = value_integer(two)}};
        grid_add(result.rows, 0, cells);
    }
    return result;
}

static void hidden_counts_cannot_be_worked_out(void **state) {
    struct bench *bench = *state;
    uint64_t random = 7;
    size_t tables_with_hidden = 0, shown = 0;
    for (int trial = 0; trial < 160; trial++) {
        struct result result = random_result(bench, &random);
        struct attack attack = {0};
        struct value sums[COLUMNS + 1];
        int64_t true_numbers[ROWS][COLUMNS];
        for (int r = 0; r < ROWS; r++)
            for (int c = 0; c < COLUMNS; c++) {
                true_numbers[r][c] = result_value(&result, (size_t)r, (size_t)c + 1).number;
                attack.sums[c] += true_numbers[r][c];
            }
        size_t hidden = suppress_small(bench->arena, &result, LEAST, sums);
        tables_with_hidden += hidden > 0;
        for (int r = 0; r < ROWS; r++)
            for (int c = 0; c < COLUMNS; c++) {
                struct value cell = result_value(&result, (size_t)r, (size_t)c + 1);
                attack.hidden[r][c] = cell.kind == VALUE_HIDDEN;
                attack.shown[r][c] = cell.number;
                assert_true(!attack.hidden[r][c] || cell.number == 0);
                assert_true(attack.hidden[r][c] || cell.number == 0 || cell.number >= LEAST);
                shown += !attack.hidden[r][c];
            }
        for (int c = 0; c < COLUMNS; c++)
            attack.sum_hidden[c] = sums[c + 1].kind == VALUE_HIDDEN;
        guess_row(&attack, 0);
        assert_true(attack.possible);
        for (int r = 0; r < ROWS; r++)
            for (int c = 0; c < COLUMNS; c++)
                if (attack.hidden[r][c] && attack.lowest[r][c] == attack.highest[r][c])
                    fail_msg("trial %d: row %d, column %d can only be %d", trial, r, c, (int)true_numbers[r][c]);
    }
    assert_true(tables_with_hidden > 120);
    assert_true(shown > 100);
}

/* Of two columns. */
static struct result result_of(struct bench *bench, const char **names, const struct value *values, size_t rows) {
    struct result result = {.names = names, .column_count = 2, .row_count = rows, .rows = grid_new(bench->arena, 2)};
    for (size_t row = 0; row < rows; row++) {
        const struct grid_cell cells[] = {{.value = values[2 * row]}, {.value = values[2 * row + 1]}};
        grid_add(result.rows, 0, cells);
    }
    return result;
}

static void large_counts_are_shown(void **state) {
    struct bench *bench = *state;
    static const char *names[] = {"a", "b"};
    struct value cells[] = {value_integer(10), value_text("x"),   value_integer(0),
                            value_text("y"),   value_integer(25), value_text("z")};
    struct value sums[2];
    struct result result = result_of(bench, names, cells, 3);
    assert_int_equal(suppress_small(bench->arena, &result, 5, sums), 0);
    assert_int_equal(sums[0].number, 35);
    assert_int_equal(result_value(&result, 1, 0).kind, VALUE_INTEGER);
}

static void one_small_count_takes_another_with_it(void **state) {
    struct bench *bench = *state;
    static const char *names[] = {"form", "members"};
    struct value cells[] = {value_text("KT"),  value_integer(11), value_text("CC"),  value_integer(3),
                            value_text("CCH"), value_integer(0),  value_text("KTR"), value_integer(5)};
    struct value sums[2];
    struct result result = result_of(bench, names, cells, 4);
    assert_int_equal(suppress_small(bench->arena, &result, 5, sums), 2);
    assert_int_equal(result_value(&result, 0, 1).number, 11);
    assert_int_equal(result_value(&result, 1, 1).kind, VALUE_HIDDEN);
    assert_int_equal(result_value(&result, 2, 1).kind, VALUE_INTEGER);
    assert_int_equal(result_value(&result, 3, 1).kind, VALUE_HIDDEN);
    assert_int_equal(sums[1].number, 19);
    assert_string_equal(value_string(bench->arena, result_value(&result, 1, 1), NULL), "(*)");
}

/* ---- Long numbers ----------------------------------------------------------------------------------------------- */

static void long_numbers_are_masked(void **state) {
    struct bench *bench = *state;
    static const char *const texts[][2] = {
        {"gọi 0900000012 ngay", "gọi ********** ngay"},
        {"0900 000 012", "**** *** ***"},
        {"0900.000.012.", "****.***.***."},
        {"0205-3812-345", "****-****-***"},
        {"CCCD 020099001234", "CCCD ************"},
        {"CMND 123456789", "CMND *********"},
        {"123 456 789", "*** *** ***"},
        {"0900\xc2\xa0"
         "000\xc2\xa0"
         "012",
         "****\xc2\xa0***\xc2\xa0***"},
        {"hai số: 0900000012, 0900000013", "hai số: **********, **********"},
        {"31.12.2014", "31.12.2014"},
        {"12345678", "12345678"},
        {"1234567890123", "1234567890123"},
        {"123.456.789 đồng", "123.456.789 đồng"},
        {"2014 2015 2016", "2014 2015 2016"},
        {"05-TB/HU ngày 08/01/2018", "05-TB/HU ngày 08/01/2018"},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        size_t masked = 0;
        assert_string_equal(public_mask(bench->arena, texts[i][0], &masked), texts[i][1]);
        assert_int_equal(masked > 0, strcmp(texts[i][0], texts[i][1]) != 0);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(hidden_counts_cannot_be_worked_out),
        TEST(large_counts_are_shown),
        TEST(one_small_count_takes_another_with_it),
        TEST(long_numbers_are_masked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
