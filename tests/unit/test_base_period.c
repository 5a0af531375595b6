/* test_base_period.c - periods: how they are asked for, their windows, neighbours and names. */
#include "support.h"

#include "base/period.h"

static void assert_window(struct period period, const char *first, const char *last) {
    char from[DATE_ISO_SIZE], to[DATE_ISO_SIZE];
    assert_string_equal(date_iso(period.first, from), first);
    assert_string_equal(date_iso(period.last, to), last);
}

static void every_form_has_its_window(void **state) {
    struct bench *bench = *state;
    static const struct {
        const char *text, *first, *last, *phrase;
        enum period_kind kind;
    } forms[] = {
        {"2017", "2017-01-01", "2017-12-31", "năm 2017", PERIOD_YEAR},
        {"2024-H1", "2024-01-01", "2024-06-30", "6 tháng đầu năm 2024", PERIOD_HALF},
        {"2024-H2", "2024-07-01", "2024-12-31", "6 tháng cuối năm 2024", PERIOD_HALF},
        {"2024-Q1", "2024-01-01", "2024-03-31", "quý I năm 2024", PERIOD_QUARTER},
        {"2024-Q2", "2024-04-01", "2024-06-30", "quý II năm 2024", PERIOD_QUARTER},
        {"2024-Q3", "2024-07-01", "2024-09-30", "quý III năm 2024", PERIOD_QUARTER},
        {"2024-Q4", "2024-10-01", "2024-12-31", "quý IV năm 2024", PERIOD_QUARTER},
        {"2024-02", "2024-02-01", "2024-02-29", "tháng 2 năm 2024", PERIOD_MONTH},
        {"2023-02", "2023-02-01", "2023-02-28", "tháng 2 năm 2023", PERIOD_MONTH},
        {"2024-12", "2024-12-01", "2024-12-31", "tháng 12 năm 2024", PERIOD_MONTH},
    };
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        struct period period;
        assert_true(period_parse(forms[i].text, &period));
        assert_int_equal(period.kind, forms[i].kind);
        assert_window(period, forms[i].first, forms[i].last);
        assert_string_equal(period_name(bench->arena, period), forms[i].text);
        assert_string_equal(period_phrase(bench->arena, period), forms[i].phrase);
    }
}

static void other_forms_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {"",        "17",      "2017-",    "2017-H0",  "2017-H3", "2017-Q0", "2017-Q5",
                                      "2017-00", "2017-13", "2017-1",   "2017-h1",  "2017-M1", "20170",   "2017-H1 ",
                                      " 2017",   "1899",    "2200",     "2017-H11", "2017_H1", "abcd",    "2017- 5",
                                      "2017-+5", "2017-0x", "2017-H-1", "last-year"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct period period;
        if (period_parse(bad[i], &period))
            fail_msg("«%s» is taken", bad[i]);
    }
}

static void periods_before_a_day_are_whole(void **state) {
    struct bench *bench = *state;
    static const struct {
        const char *text, *name;
        struct date as_of;
    } asked[] = {
        {"last-year", "2013", {2014, 6, 30}},      {"last-year", "2013", {2014, 12, 31}},
        {"last-half", "2013-H2", {2014, 6, 30}},   {"last-half", "2014-H1", {2014, 7, 1}},
        {"last-half", "2013-H2", {2014, 1, 1}},    {"last-quarter", "2013-Q4", {2014, 3, 31}},
        {"last-quarter", "2014-Q1", {2014, 4, 1}}, {"last-quarter", "2014-Q3", {2014, 12, 31}},
        {"last-month", "2013-12", {2014, 1, 31}},  {"last-month", "2014-01", {2014, 2, 1}},
        {"last-month", "2014-11", {2014, 12, 31}},
    };
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        struct period period;
        assert_true(period_before(asked[i].text, asked[i].as_of, &period));
        assert_string_equal(period_name(bench->arena, period), asked[i].name);
        assert_true(date_compare(period.last, asked[i].as_of) < 0);
    }
    struct period period;
    assert_false(period_before("last-week", (struct date){2014, 1, 1}, &period));
    assert_false(period_before("2014", (struct date){2014, 1, 1}, &period));
}

static void neighbours_touch(void **state) {
    struct bench *bench = *state;
    static const char *const names[][3] = {{"2017", "2016", "2016"},          {"2024-H1", "2023-H2", "2023-H1"},
                                           {"2024-H2", "2024-H1", "2023-H2"}, {"2024-Q1", "2023-Q4", "2023-Q1"},
                                           {"2024-Q3", "2024-Q2", "2023-Q3"}, {"2024-01", "2023-12", "2023-01"},
                                           {"2024-12", "2024-11", "2023-12"}, {"2024-02", "2024-01", "2023-02"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct period period;
        assert_true(period_parse(names[i][0], &period));
        struct period before = period_preceding(period);
        assert_string_equal(period_name(bench->arena, before), names[i][1]);
        assert_string_equal(period_name(bench->arena, period_following(before)), names[i][0]);
        assert_string_equal(period_name(bench->arena, period_year_earlier(period)), names[i][2]);
        assert_int_equal(date_number(before.last) + 1, date_number(period.first));
    }
}

static void kinds_have_names(void **state) {
    (void)state;
    static const char *const names[] = {"year", "half-year", "quarter", "month"};
    for (int i = 0; i < 4; i++) {
        enum period_kind kind;
        assert_true(period_kind_parse(names[i], &kind));
        assert_int_equal(kind, i);
        assert_string_equal(period_kind_name(kind), names[i]);
    }
    enum period_kind kind;
    assert_false(period_kind_parse("week", &kind));
}

static void what_was_meant_is_guessed(void **state) {
    struct bench *bench = *state;
    static const char *const meant[][2] = {{"11/2014", "2014-11"},
                                           {"2014/3", "2014-03"},
                                           {"Q4-2014", "2014-Q4"},
                                           {"2017-h2", "2017-H2"},
                                           {"2.2017 H", "2017-H2"}};
    static const char *const vague[] = {"", "thang-11", "2016-13", "6/17", "2014Q5", "12345", "H2"};
    struct period period;
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++) {
        assert_true(period_guess(meant[i][0], &period));
        assert_string_equal(period_name(bench->arena, period), meant[i][1]);
    }
    for (size_t i = 0; i < sizeof vague / sizeof *vague; i++)
        assert_false(period_guess(vague[i], &period));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_was_meant_is_guessed),      TEST(every_form_has_its_window), TEST(other_forms_are_refused),
        TEST(periods_before_a_day_are_whole), TEST(neighbours_touch),          TEST(kinds_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
