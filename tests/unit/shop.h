/* shop.h - ledgers with some hundred people in them, open to SQL. */
#ifndef TONGKET_TEST_SHOP_H
#define TONGKET_TEST_SHOP_H

#include "ledgers.h"

#include "store/store.h"

struct shop {
    struct bench *bench;
    struct books books;
    struct store *store;
};

static inline const char *random_people(struct bench *bench, int count) {
    static const char *const units[] = {"A1", "A2", "B1", "A", "", "H"}, *const sexes[] = {"Nam", "Nữ", ""};
    static const char *const posts[] = {"BT", "PBT;CT", "", "", "CT"}, *const fees[] = {"1,5", "2", "", "0,25"};
    static const char *const born[] = {"1970",       "3/2/1970", "12/1970", "",
                                       "31/12/2013", "1/1/2014", "2014",    "30/6/2014"};
    uint64_t random = 42;
    struct buffer rows = {0};
    buffer_text(&rows, "Số thẻ,Họ và tên,Ngày sinh,Chi bộ,Giới tính,Chức vụ,Đảng viên,Tuổi,Đảng phí\n");
    for (int i = 0; i < count; i++)
        buffer_printf(&rows, "%d,\"Người %d\",%s,%s,%s,%s,%s,%d,\"%s\"\n", i, i, born[next_random(&random) % 8],
                      units[next_random(&random) % 6], sexes[next_random(&random) % 3], posts[next_random(&random) % 5],
                      next_random(&random) % 2 ? "x" : "", (int)(next_random(&random) % 5),
                      fees[next_random(&random) % 4]);
    const char *text = arena_text(bench->arena, buffer_string(&rows));
    buffer_free(&rows);
    return text;
}

/* `more`, `more_units`: sections for the schemas of people and units beside the shared ones. */
static inline struct shop open_shop_of(struct bench *bench, int people, const char *more, const char *more_units) {
    const char *const files[] = {"in/units.csv", units_csv, "in/people.csv", random_people(bench, people), NULL};
    struct shop shop = {.bench = bench, .books = books_open_of(bench, files, more, more_units)};
    assert_int_equal(shop.books.people->row_count, people);
    shop.store = store_open(shop.books.ledgers, bench->folder, &bench->diagnostics);
    assert_nothing_said(bench);
    assert_non_null(shop.store);
    struct period year;
    assert_true(period_parse("2014", &year));
    store_set_period(shop.store, year, year.first, year.last, (struct date){2014, 12, 31});
    return shop;
}

static inline struct shop open_shop_with(struct bench *bench, int people, const char *more) {
    return open_shop_of(bench, people, more, "");
}

static inline struct shop open_shop(struct bench *bench, int people) {
    return open_shop_with(bench, people, "");
}

static inline void close_shop(struct shop *shop) {
    store_close(shop->store);
    books_close(&shop->books);
}

/* The rows as "a|b;c|d". */
static inline const char *ask(struct shop *shop, const char *sql) {
    struct arena *arena = shop->bench->arena;
    struct result result;
    struct query_error error;
    if (!store_query(shop->store, arena, sql, &result, &error))
        fail_msg("%s: %s", sql, error.message);
    struct buffer out = {0};
    for (size_t i = 0; i < result.row_count * result.column_count; i++)
        buffer_printf(&out, "%s%s",
                      !i                        ? ""
                      : i % result.column_count ? "|"
                                                : ";",
                      value_plain(arena, result_value(&result, i / result.column_count, i % result.column_count)));
    const char *text = arena_text(arena, buffer_string(&out));
    buffer_free(&out);
    return text;
}

static inline void assert_answer(struct shop *shop, const char *sql, const char *wanted) {
    const char *found = ask(shop, sql);
    if (strcmp(found, wanted) != 0)
        fail_msg("%s: «%s», not «%s»", sql, found, wanted);
}

static inline struct query_error assert_refused(struct shop *shop, const char *sql, enum diagnostic code) {
    struct result result;
    struct query_error error;
    if (store_query(shop->store, shop->bench->arena, sql, &result, &error))
        fail_msg("taken: %s", sql);
    if (error.code != code)
        fail_msg("%s: %s %s", sql, diagnostic_name(error.code), error.message);
    return error;
}

#endif
