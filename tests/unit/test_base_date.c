/* test_base_date.c - dates as offices type them, their precision, their numbers. */
#include "support.h"

#include "base/date.h"

struct shape {
    const char *typed;
    const char *iso; /* NULL: no such day; "": no date at all */
};

static void check_shapes(const struct shape *shapes, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct date date;
        char iso[DATE_ISO_SIZE];
        enum date_result wanted = !shapes[i].iso ? DATE_IMPOSSIBLE : *shapes[i].iso ? DATE_OK : DATE_NO_DATE;
        enum date_result result = date_parse(shapes[i].typed, strlen(shapes[i].typed), &date);
        if (result != wanted || (result == DATE_OK && strcmp(date_iso(date, iso), shapes[i].iso) != 0))
            fail_msg("«%s» gives %d %s", shapes[i].typed, (int)result, result == DATE_OK ? date_iso(date, iso) : "");
    }
}

static void typed_dates_are_read(void **state) {
    (void)state;
    static const struct shape shapes[] = {
        {"3/2/2014", "2014-02-03"},
        {"03/02/2014", "2014-02-03"},
        {"03-02-2014", "2014-02-03"},
        {"03.02.2014", "2014-02-03"},
        {"3.2.2014", "2014-02-03"},
        {"03-02-14", "2014-02-03"},
        {"3/2/29", "2029-02-03"},
        {"3/2/30", "1930-02-03"},
        {"3/2/00", "2000-02-03"},
        {"2014-02-03", "2014-02-03"},
        {"2014/2/3", "2014-02-03"},
        {"2014", "2014"},
        {"năm 2014", "2014"},
        {"11/2014", "2014-11"},
        {"2014-11", "2014-11"},
        {"tháng 6/2024", "2024-06"},
        {"6 tháng đầu năm 2024", "2024-H1"},
        {"6 tháng cuối năm 2024", "2024-H2"},
        {"9 tháng đầu năm 2024", ""},
        {"2024-H1", "2024-H1"},
        {"H2/2024", "2024-H2"},
        {"2024-Q3", "2024-Q3"},
        {"2024-H3", ""},
        {"2024-H12", ""},
        {"H1", ""},
        {"6/2024-H1", ""},
        {"đầu năm 2024", ""},
        {"Tháng 6 năm 2024", "2024-06"},
        {"ngày 3 tháng 2 năm 2014", "2014-02-03"},
        {"Ngày 03 tháng 12 năm 2014", "2014-12-03"},
        {"trước ngày 30/6/2014", "2014-06-30"},
        {"đến ngày 30/6/2014", "2014-06-30"},
        {"quý I/2024", "2024-Q1"},
        {"quý II/2024", "2024-Q2"},
        {"Quý III năm 2024", "2024-Q3"},
        {"quí IV/2024", "2024-Q4"},
        {"quý 2/2024", "2024-Q2"},
        {"29/02/2016", "2016-02-29"},
        {"29/02/2000", "2000-02-29"},
        {"31/12/2200", "2200-12-31"},
        {"01/01/1800", "1800-01-01"},
    };
    check_shapes(shapes, sizeof shapes / sizeof *shapes);
}

static void impossible_days_are_told_apart_from_other_text(void **state) {
    (void)state;
    static const struct shape shapes[] = {
        {"31/02/2014", NULL}, {"29/02/2014", NULL}, {"29/2/1900", NULL},  {"31/4/2014", NULL},
        {"00/02/2014", NULL}, {"10/00/2014", NULL}, {"32/1/2014", NULL},  {"1/13/2014", NULL},
        {"13/2014", NULL},    {"0/2014", NULL},     {"2014-02-30", NULL}, {"1/1/1799", NULL},
        {"1/1/2201", NULL},   {"2014-00", NULL},    {"2014-13-01", NULL}, {"", ""},
        {"12", ""},           {"chưa rõ", ""},      {"1/2/3/4", ""},      {"45839", ""},
        {"3/2/20145", ""},    {"3/2/201", ""},      {"quý V/2024", ""},   {"quý 5/2024", ""},
        {"quý II", ""},       {"3 tháng", ""},      {"2014a", ""},        {"mùng 3/2/2014", ""},
        {"1.000.000", ""},
    };
    check_shapes(shapes, sizeof shapes / sizeof *shapes);
}

static void iso_is_exact(void **state) {
    (void)state;
    static const char *const good[] = {"2014", "2014-02", "2014-02-03", "2016-02-29"};
    static const char *const bad[] = {"",        "14",         "2014-2",     "2014-02-3",   "2014-02-30", "2014-13",
                                      "2014-00", "2014-01-00", "2014/01/01", "2014-01-011", "+014-01",    "2014--1",
                                      " 2014",   "2014 ",      "1799",       "2201-01-01"};
    struct date date;
    char iso[DATE_ISO_SIZE];
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        assert_true(date_parse_iso(good[i], &date));
        assert_string_equal(date_iso(date, iso), good[i]);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (date_parse_iso(bad[i], &date))
            fail_msg("«%s» is taken", bad[i]);
}

static void precision_survives_packing(void **state) {
    (void)state;
    static const struct date dates[] = {{2014, 2, 3}, {2014, 2, 0}, {2014, 0, 0}, {1800, 1, 1}, {2200, 12, 31}};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        struct date back = date_unpack(date_pack(dates[i]));
        assert_int_equal(back.year, dates[i].year);
        assert_int_equal(back.month, dates[i].month);
        assert_int_equal(back.day, dates[i].day);
    }
    char iso[DATE_ISO_SIZE];
    assert_string_equal(date_iso(date_first((struct date){2014, 0, 0}), iso), "2014-01-01");
    assert_string_equal(date_iso(date_last((struct date){2014, 0, 0}), iso), "2014-12-31");
    assert_string_equal(date_iso(date_last((struct date){2016, 2, 0}), iso), "2016-02-29");
    assert_string_equal(date_iso(date_first((struct date){2016, 2, 0}), iso), "2016-02-01");
    assert_string_equal(date_iso(date_last((struct date){2016, 2, 5}), iso), "2016-02-05");
    assert_true(date_compare((struct date){2014, 2, 3}, (struct date){2014, 10, 1}) < 0);
    assert_true(date_compare((struct date){2014, 2, 0}, (struct date){2014, 2, 1}) < 0);
    assert_int_equal(date_compare((struct date){2014, 2, 3}, (struct date){2014, 2, 3}), 0);
}

static void days_are_numbered_over_four_centuries(void **state) {
    (void)state;
    int32_t number = date_number((struct date){1800, 1, 1});
    for (int year = 1800; year <= 2200; year++)
        for (int month = 1; month <= 12; month++)
            for (int day = 1; day <= date_month_days(year, month); day++, number++) {
                struct date date = {(int16_t)year, (int8_t)month, (int8_t)day}, back = date_from_number(number);
                if (date_number(date) != number || date_compare(back, date) != 0)
                    fail_msg("%d-%d-%d is %d, not %d", year, month, day, date_number(date), number);
            }
    assert_int_equal(date_number((struct date){2200, 12, 31}) - date_number((struct date){1800, 1, 1}), 146461);
}

static void serials_are_those_of_excel(void **state) {
    (void)state;
    assert_int_equal(date_serial((struct date){2025, 7, 1}), 45839);
    assert_int_equal(date_serial((struct date){1900, 3, 1}), 61);
    assert_int_equal(date_serial((struct date){2000, 1, 1}), 36526);
    assert_int_equal(date_serial((struct date){1970, 1, 1}), 25569);
    assert_int_equal(date_serial((struct date){2014, 12, 31}), 42004);
}

static void day_numbers_of_spreadsheets_are_read_back(void **state) {
    (void)state;
    static const char *const bad[] = {"", "9999", "123456", "00001", "73051", "4583x", "45839.5", "-5839"};
    struct date date;
    char iso[DATE_ISO_SIZE], digits[16];
    assert_true(date_parse_serial("45839", &date));
    assert_string_equal(date_iso(date, iso), "2025-07-01");
    for (int serial = 10000; serial <= 73050; serial += 37) {
        snprintf(digits, sizeof digits, "%d", serial);
        assert_true(date_parse_serial(digits, &date));
        assert_int_equal(date_serial(date), serial);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (date_parse_serial(bad[i], &date))
            fail_msg("«%s» is taken", bad[i]);
}

static void months_have_their_days(void **state) {
    (void)state;
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 1; month <= 12; month++)
        assert_int_equal(date_month_days(2014, month), days[month - 1]);
    assert_int_equal(date_month_days(2016, 2), 29);
    assert_int_equal(date_month_days(1900, 2), 28);
    assert_int_equal(date_month_days(2000, 2), 29);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(typed_dates_are_read),
        TEST(impossible_days_are_told_apart_from_other_text),
        TEST(iso_is_exact),
        TEST(precision_survives_packing),
        TEST(days_are_numbered_over_four_centuries),
        TEST(serials_are_those_of_excel),
        TEST(day_numbers_of_spreadsheets_are_read_back),
        TEST(months_have_their_days),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
