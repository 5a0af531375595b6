/* test_base_value.c - exact rounding, and how values are printed. */
#include "support.h"

#include "base/value.h"

#include <limits.h>

/* ---- Rounding, against long division ---------------------------------------------------------------------------- */

/* Digits one by one, as on paper. False: the quotient has no 64 bits. */
static bool divide_on_paper(int64_t numerator, int64_t denominator, int decimals, enum rounding rounding,
                            int64_t *out) {
    uint64_t top = numerator < 0 ? 0 - (uint64_t)numerator : (uint64_t)numerator;
    uint64_t bottom = denominator < 0 ? 0 - (uint64_t)denominator : (uint64_t)denominator;
    uint64_t quotient = top / bottom, rest = top % bottom;
    for (int i = 0; i < decimals + 2; i++) {
        uint64_t digit = 0, sum = 0;
        for (int times = 0; times < 10; times++) /* rest * 10, kept below bottom: never beyond 64 bits */
            if (sum >= bottom - rest)
                sum -= bottom - rest, digit++;
            else
                sum += rest;
        rest = sum;
        if (quotient > (UINT64_MAX - digit) / 10)
            return false;
        quotient = quotient * 10 + digit;
    }
    bool half = rest == bottom - rest, more = rest > bottom - rest;
    if (rounding != ROUND_TRUNCATE && (more || (half && (rounding == ROUND_HALF_UP || quotient % 2)))) {
        if (quotient == UINT64_MAX)
            return false;
        quotient++;
    }
    bool negative = (numerator < 0) != (denominator < 0);
    if (quotient > (uint64_t)INT64_MAX + negative)
        return false;
    *out = negative ? (int64_t)(0 - quotient) : (int64_t)quotient;
    return true;
}

static void check_ratio(int64_t numerator, int64_t denominator) {
    for (int rounding = ROUND_HALF_UP; rounding <= ROUND_HALF_EVEN; rounding++)
        for (int decimals = 0; decimals <= 2; decimals++) {
            int64_t wanted = 0, found = 0;
            bool has = divide_on_paper(numerator, denominator, decimals, (enum rounding)rounding, &wanted);
            bool got = ratio_percent(numerator, denominator, decimals, (enum rounding)rounding, &found);
            if (has != got || (has && wanted != found))
                fail_msg("%lld/%lld, %d decimals, %s: %lld, not %lld", (long long)numerator, (long long)denominator,
                         decimals, rounding_name((enum rounding)rounding), (long long)found, (long long)wanted);
        }
}

static void small_ratios_are_exact(void **state) {
    (void)state;
    for (int64_t numerator = -420; numerator <= 420; numerator++)
        for (int64_t denominator = -130; denominator <= 130; denominator++)
            if (denominator)
                check_ratio(numerator, denominator);
}

static void large_ratios_are_exact(void **state) {
    (void)state;
    uint64_t random = 88172645463325252u;
    for (int i = 0; i < 60000; i++) {
        int64_t numerator = (int64_t)(next_random(&random) >> (next_random(&random) % 62));
        int64_t denominator = (int64_t)(next_random(&random) >> (next_random(&random) % 62));
        if (denominator)
            check_ratio(numerator, denominator);
    }
    /* ties at every size: n / 8 and n / 800 have 12.5 % and 0.125 % in them */
    for (int64_t n = 1; n < 4000000000000; n = n * 3 + 1) {
        check_ratio(n, 8);
        check_ratio(-n, 800);
        check_ratio(n, 20000);
    }
}

static void limits_of_64_bits_hold(void **state) {
    (void)state;
    static const int64_t edges[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX, INT64_MAX - 1, INT64_MAX / 100, 1, -1, 3, 7};
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        for (size_t j = 0; j < sizeof edges / sizeof *edges; j++)
            check_ratio(edges[i], edges[j]);
    int64_t scaled;
    assert_false(ratio_percent(INT64_MAX, 1, 0, ROUND_HALF_UP, &scaled));
    assert_true(ratio_percent(INT64_MAX, INT64_MAX, 2, ROUND_HALF_UP, &scaled));
    assert_int_equal(scaled, 10000);
}

static void figures_of_the_office_are_right(void **state) {
    (void)state;
    int64_t scaled;
    assert_true(ratio_percent(189, 179, 1, ROUND_HALF_UP, &scaled));
    assert_int_equal(scaled, 1056);
    assert_true(ratio_percent(189, 179, 0, ROUND_HALF_UP, &scaled));
    assert_int_equal(scaled, 106);
    assert_true(ratio_percent(189, 179, 0, ROUND_TRUNCATE, &scaled));
    assert_int_equal(scaled, 105);
    assert_true(ratio_percent(131, 142, 1, ROUND_HALF_UP, &scaled));
    assert_int_equal(scaled, 923);
    assert_true(ratio_percent(419, 471, 1, ROUND_HALF_UP, &scaled));
    assert_int_equal(scaled, 890);
    assert_true(ratio_percent(1, 8, 0, ROUND_HALF_EVEN, &scaled)); /* 12.5 */
    assert_int_equal(scaled, 12);
    assert_true(ratio_percent(3, 8, 0, ROUND_HALF_EVEN, &scaled)); /* 37.5 */
    assert_int_equal(scaled, 38);
    assert_true(ratio_percent(-1, 8, 0, ROUND_HALF_UP, &scaled));
    assert_int_equal(scaled, -13);
    assert_false(ratio_percent(5, 0, 1, ROUND_HALF_UP, &scaled));
    assert_false(ratio_percent(0, 0, 1, ROUND_HALF_UP, &scaled));
    assert_true(ratio_percent(0, 5, 1, ROUND_HALF_UP, &scaled));
    assert_int_equal(scaled, 0);
    assert_false(ratio_percent(1, 2, 7, ROUND_HALF_UP, &scaled));
    assert_false(ratio_percent(1, 2, -1, ROUND_HALF_UP, &scaled));
}

/* ---- Printing --------------------------------------------------------------------------------------------------- */

static void assert_printed(struct bench *bench, struct value value, const char *pattern, const char *wanted) {
    struct format format;
    if (pattern && !format_parse(bench->arena, pattern, ROUND_HALF_UP, &format))
        fail_msg("«%s» is no format", pattern);
    const char *printed = value_string(bench->arena, value, pattern ? &format : NULL);
    if (strcmp(printed, wanted) != 0)
        fail_msg("with «%s»: «%s», not «%s»", pattern ? pattern : "", printed, wanted);
}

static void integers_are_printed(void **state) {
    struct bench *bench = *state;
    assert_printed(bench, value_integer(5), "00", "05");
    assert_printed(bench, value_integer(0), "00", "0");
    assert_printed(bench, value_integer(123), "00", "123");
    assert_printed(bench, value_integer(6386), NULL, "6.386");
    assert_printed(bench, value_integer(386), NULL, "386");
    assert_printed(bench, value_integer(6386), "0", "6386");
    assert_printed(bench, value_integer(1234567), "#,##0", "1.234.567");
    assert_printed(bench, value_integer(123456), "#,##0.00", "123.456,00");
    assert_printed(bench, value_integer(-1234), "#,##0", "−1.234");
    assert_printed(bench, value_integer(12), "+0", "+12");
    assert_printed(bench, value_integer(0), "+0", "0");
    assert_printed(bench, value_integer(-12), "+0", "−12");
    assert_printed(bench, value_integer(INT64_MAX), "#,##0", "9.223.372.036.854.775.807");
    assert_printed(bench, value_integer(INT64_MIN), "0", "−9223372036854775808");
    assert_printed(bench, value_integer(INT64_MAX), "0.00", "–");
    assert_printed(bench, value_none(), NULL, "–");
    assert_printed(bench, value_none(), "0.0%", "–");
}

static void decimals_are_printed_and_rounded(void **state) {
    struct bench *bench = *state;
    assert_printed(bench, value_decimal(12345, 2), NULL, "123,45");
    assert_printed(bench, value_decimal(12345, 2), "0.0", "123,5");
    assert_printed(bench, value_decimal(12345, 2), "0.0 truncate", "123,4");
    assert_printed(bench, value_decimal(12345, 2), "0.0 half_even", "123,4");
    assert_printed(bench, value_decimal(12355, 2), "0.0 half_even", "123,6");
    assert_printed(bench, value_decimal(-12345, 2), "0.0", "−123,5");
    assert_printed(bench, value_decimal(-4, 2), "0.0", "0,0");
    assert_printed(bench, value_decimal(5, 1), "0", "1");
    assert_printed(bench, value_decimal(999, 1), "0", "100");
    assert_printed(bench, value_decimal(123456789, 2), "#,##0.00", "1.234.567,89");
    assert_printed(bench, value_decimal(5, 2), NULL, "0,05");
    assert_printed(bench, value_decimal(1, 19), "0", "–");
    assert_printed(bench, value_decimal(123456, 2), "0.0", "1.234,6");
    assert_printed(bench, value_integer(1234), "00", "1.234");
    assert_printed(bench, value_integer(2017), "0", "2017");
}

static void ratios_are_printed(void **state) {
    struct bench *bench = *state;
    assert_printed(bench, value_ratio(189, 179), NULL, "105,6%");
    assert_printed(bench, value_ratio(189, 179), "0%", "106%");
    assert_printed(bench, value_ratio(189, 179), "0% truncate", "105%");
    assert_printed(bench, value_ratio(189, 179), "0.00%", "105,59%");
    assert_printed(bench, value_ratio(189, 179), "0.0", "105,6");
    assert_printed(bench, value_ratio(1, 3), "+0.0%", "+33,3%");
    assert_printed(bench, value_ratio(0, 3), "0.0%", "0,0%");
    assert_printed(bench, value_ratio(-1, 3), "0.0%", "−33,3%");
    assert_printed(bench, value_ratio(5, 0), "0.0%", "–");
    assert_printed(bench, value_ratio(99, 1), "0.0%", "9.900,0%");
    assert_printed(bench, value_divide(value_decimal(15, 1), value_decimal(225, 2)), "0.0%", "66,7%");
    assert_printed(bench, value_divide(value_integer(3), value_decimal(5, 1)), "0.0%", "600,0%");
    assert_printed(bench, value_divide(value_integer(INT64_MAX), value_decimal(5, 1)), "0.0%", "–");
    assert_printed(bench, value_subtract(value_decimal(15, 1), value_integer(2)), NULL, "−0,5");
    assert_printed(bench, value_subtract(value_none(), value_integer(2)), NULL, "–");
    assert_printed(bench, value_ratio(1, 1), "0%", "100%");
}

static void dates_are_printed(void **state) {
    struct bench *bench = *state;
    struct value july = value_date((struct date){2014, 7, 5}), may = value_date((struct date){2014, 2, 5});
    assert_printed(bench, july, "dd/mm/yyyy", "05/07/2014");
    assert_printed(bench, july, "d/m/yyyy", "5/7/2014");
    assert_printed(bench, july, "dd/m/yyyy", "05/7/2014");
    assert_printed(bench, may, "dd/m/yyyy", "05/02/2014");
    assert_printed(bench, may, "d/m/yyyy", "5/2/2014");
    assert_printed(bench, july, NULL, "05/7/2014");
    assert_printed(bench, july, "mm/yyyy", "07/2014");
    assert_printed(bench, july, "yyyy", "2014");
    assert_printed(bench, july, "long", "ngày 05 tháng 7 năm 2014");
    assert_printed(bench, may, "long", "ngày 05 tháng 02 năm 2014");
    assert_printed(bench, value_date((struct date){2014, 7, 0}), "dd/mm/yyyy", "07/2014");
    assert_printed(bench, value_date((struct date){2014, 0, 0}), "dd/mm/yyyy", "2014");
    assert_printed(bench, value_date((struct date){2014, 0, 0}), "long", "2014");
    assert_printed(bench, value_text("2014-07-05"), "dd/mm/yyyy", "05/07/2014");
    assert_printed(bench, value_text("chưa rõ"), "dd/mm/yyyy", "chưa rõ");
    assert_printed(bench, july, "0", "05/7/2014");
}

static void formats_that_are_none_are_refused(void **state) {
    struct bench *bench = *state;
    static const char *const bad[] = {"",         "x",           "0x",        "0 %",       "#,##",       "0.0.0",
                                      "%",        "0%0",         "0.0000000", "+",         "0000000000", "dd/mm/yy",
                                      "0 halfup", "0 half_up x", "#,#0",      "yyyy-mm-dd"};
    struct format format;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (format_parse(bench->arena, bad[i], ROUND_HALF_UP, &format))
            fail_msg("«%s» is taken", bad[i]);
    assert_true(format_parse(bench->arena, "0.0%", ROUND_TRUNCATE, &format));
    assert_int_equal(format.rounding, ROUND_TRUNCATE);
    assert_true(format_parse(bench->arena, "0.0% half_even", ROUND_TRUNCATE, &format));
    assert_int_equal(format.rounding, ROUND_HALF_EVEN);
}

static void plain_forms_are_exact(void **state) {
    struct bench *bench = *state;
    assert_string_equal(value_plain(bench->arena, value_integer(-1234567)), "-1234567");
    assert_string_equal(value_plain(bench->arena, value_decimal(-5, 2)), "-0.05");
    assert_string_equal(value_plain(bench->arena, value_decimal(1250, 3)), "1.250");
    assert_string_equal(value_plain(bench->arena, value_ratio(3, 4)), "3/4");
    assert_string_equal(value_plain(bench->arena, value_date((struct date){2014, 2, 0})), "2014-02");
    assert_string_equal(value_plain(bench->arena, value_none()), "");
}

static void truth_and_equality(void **state) {
    (void)state;
    assert_false(value_is_true(value_none()));
    assert_false(value_is_true(value_integer(0)));
    assert_false(value_is_true(value_text("")));
    assert_false(value_is_true(value_ratio(1, 0)));
    assert_true(value_is_true(value_integer(-1)));
    assert_true(value_is_true(value_text("0")));
    assert_true(value_equal(value_decimal(1250, 3), value_decimal(125, 2)));
    assert_true(value_equal(value_decimal(300, 2), value_integer(3)));
    assert_false(value_equal(value_integer(3), value_decimal(31, 1)));
    assert_false(value_equal(value_integer(3), value_text("3")));
    assert_false(value_equal(value_integer(0), value_none()));
    assert_true(value_equal(value_none(), value_none()));
    assert_false(value_equal(value_ratio(1, 2), value_ratio(2, 4)));
    assert_false(value_equal(value_integer(1), value_ratio(1, 1)));
    assert_true(value_real(value_decimal(55, 3)) > 0.0549 && value_real(value_decimal(55, 3)) < 0.0551);
    assert_true(value_real(value_ratio(1, 4)) > 0.2499 && value_real(value_ratio(1, 4)) < 0.2501);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(small_ratios_are_exact),
        TEST(large_ratios_are_exact),
        TEST(limits_of_64_bits_hold),
        TEST(figures_of_the_office_are_right),
        TEST(integers_are_printed),
        TEST(decimals_are_printed_and_rounded),
        TEST(ratios_are_printed),
        TEST(dates_are_printed),
        TEST(formats_that_are_none_are_refused),
        TEST(plain_forms_are_exact),
        TEST(truth_and_equality),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
