/* test_store_units.c - the tree of units on a day: mergers, units that ended, that are not founded yet, whose parent is
 * not known; kinds by group; the sum of plans of which none stands in another. */
#include "shop.h"

static const char dated_ini[] = "[from]\nlabel = Từ ngày\ntype = date\n"
                                "[to]\nlabel = Đến ngày\ntype = date\n"
                                "[heir]\nlabel = Nhập vào\ntype = id\nreference = units.id\n";

static const char plans_ini[] = "[ledger]\nlabel = Chỉ tiêu\nkey = number\nunit = unit\n"
                                "[number]\nlabel = Số\ntype = id\nrequired = yes\n"
                                "[unit]\nlabel = Nơi giao\ntype = id\nreference = units.id\n"
                                "[target]\nlabel = Chỉ tiêu giao\ntype = decimal\n";

/* M ends on 30 June and becomes a part of N, which begins on 1 July; so does its cell M1. M2 ends without an heir, A3
 * begins in October. */
static const char dated_csv[] = "Mã đơn vị,Tên đơn vị,Cấp,Trực thuộc,Từ ngày,Đến ngày,Nhập vào\n"
                                "H,Huyện,Huyện,,,,\n"
                                "A,Xã A,Xã,H,,,\n"
                                "A1,Chi bộ A1,Chi bộ,A,,,\n"
                                "A2,Chi bộ A2,Chi bộ,A,,1/2/2014,\n"
                                "A3,Chi bộ A3,Chi bộ,A,1/10/2014,,\n"
                                "M,Xã M,Xã,H,,30/6/2014,N\n"
                                "M1,Chi bộ M1,Chi bộ,M,,30/6/2014,N1\n"
                                "M2,Chi bộ M2,Chi bộ,M,,30/6/2014,\n"
                                "N,Xã N,Xã,H,1/7/2014,,\n"
                                "N1,Chi bộ N1,Chi bộ,N,1/7/2014,,\n";

static const char dated_people[] = "Số thẻ,Họ và tên,Chi bộ\n1,Một,A1\n2,Hai,A2\n3,Ba,A3\n4,Bốn,M1\n5,Năm,M2\n"
                                   "6,Sáu,N1\n7,Bảy,H\n8,Tám,M\n";

static struct shop open_dated(struct bench *bench, const char *units, const char *plans) {
    const char *const files[] = {"in/units.csv", units, "in/people.csv", dated_people, "in/plans.csv", plans, NULL};
    struct shop shop = {.bench = bench};
    char *ini = arena_text(bench->arena, units_ini);
    const char *head = "[ledger]\nfrom = from\nto = to\nmerged = heir\n";
    put_schemas(bench);
    bench_put(bench, "ledgers/plans.ini", plans_ini);
    bench_put(bench, "ledgers/units.ini",
              arena_printf(bench->arena, "%s%s%s", head, ini + strlen("[ledger]\n"), dated_ini));
    shop.books.schemas = schemas_read(bench->arena, &bench->diagnostics, bench->folder);
    assert_non_null(shop.books.schemas);
    shop.books.ledgers = ledgers_open(bench->arena, &bench->diagnostics, shop.books.schemas);
    for (size_t i = 0; files[i]; i += 2)
        if (*files[i + 1])
            ledgers_load(shop.books.ledgers, bench_put(bench, files[i], files[i + 1]));
    ledgers_resolve(shop.books.ledgers);
    shop.books.units = ledgers_find(shop.books.ledgers, "units");
    shop.store = store_open(shop.books.ledgers, bench->folder, &bench->diagnostics);
    assert_non_null(shop.store);
    return shop;
}

static void at(struct shop *shop, const char *name, const char *unit) {
    struct period period;
    assert_true(period_parse(name, &period));
    store_set_period(shop->store, period, period.first, period.last, period.last);
    store_set_unit(shop->store, ledger_row(shop->books.units, unit, strlen(unit)));
}

static void a_unit_lives_on_its_last_day_and_counts_at_another_from_the_next(void **state) {
    struct shop shop = open_dated(*state, dated_csv, "");
    static const char living[] =
        "SELECT group_concat(id, ' ') FROM (SELECT id FROM units WHERE unit_lives(id) ORDER BY id)";
    static const char stands[] = "SELECT group_concat(id || '>' || unit_standing(id), ' ') FROM"
                                 " (SELECT id FROM units WHERE NOT unit_lives(id) ORDER BY id)";
    at(&shop, "2014-H1", "H");
    assert_answer(&shop, living, "A A1 H M M1 M2");
    assert_answer(&shop, stands, "A2>A A3>A N>H N1>H");
    at(&shop, "2014", "H");
    assert_answer(&shop, living, "A A1 A3 H N N1");
    assert_answer(&shop, stands, "A2>A M>N M1>N1 M2>N");
    at(&shop, "2014-01", "H");
    assert_answer(&shop, stands, "A3>A N>H N1>H");
    close_shop(&shop);
}

static void what_names_a_merged_unit_is_in_scope_of_its_heir(void **state) {
    struct shop shop = open_dated(*state, dated_csv, "");
    static const char cards[] = "SELECT group_concat(card, ' ') FROM (SELECT card FROM people ORDER BY card)";
    static const char tally[] = "SELECT sum(n) FROM people_tally";
    static const char *const wanted[][4] = {
        {"2014", "N", "4 5 6 8", "4"},  {"2014", "N1", "4 6", "2"},
        {"2014", "A", "1 2 3", "3"},    {"2014", "M", "8", "1"},
        {"2014-H1", "M", "4 5 8", "3"}, {"2014-H1", "A", "1 2 3", "3"},
        {"2014-H1", "A1", "1", "1"},    {"2014", "H", "1 2 3 4 5 6 7 8", "8"},
    };
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        at(&shop, wanted[i][0], wanted[i][1]);
        assert_answer(&shop, cards, wanted[i][2]);
        assert_answer(&shop, tally, wanted[i][3]);
        assert_answer(&shop, "SELECT count(*) FROM people WHERE \"unit.under\" IS NOT unit_under(unit)", "0");
    }
    at(&shop, "2014", "H");
    assert_answer(&shop,
                  "SELECT group_concat(u || ':' || n, ' ') FROM (SELECT coalesce(unit_above(unit, 'XA'), '-') AS u,"
                  " count(*) AS n FROM people GROUP BY 1 ORDER BY 1)",
                  "-:1 A:3 N:4");
    close_shop(&shop);
}

/* Both communes and cells are of the group «base»: those with cells below them are not its lowest. */
static void a_group_means_its_lowest_units(void **state) {
    struct shop shop = open_dated(*state, dated_csv, "");
    at(&shop, "2014", "H");
    assert_answer(&shop,
                  "SELECT unit_is('A', 'base'), unit_is('A1', 'base'), unit_is('A', 'XA'), unit_is('H', 'base;HUYEN'),"
                  " unit_is('A', 'small'), unit_is('none', 'base')",
                  "0|1|1|1|0|");
    assert_answer(&shop,
                  "SELECT unit_above('A3', 'base'), unit_above('A', 'base'), unit_above('M1', 'small'),"
                  " unit_above('M2', 'base;XA'), unit_above('A1', 'XA;HUYEN')",
                  "A3||N1|N|A");
    close_shop(&shop);
}

static void mergers_that_turn_the_tree_around_leave_a_tree(void **state) {
    static const char csv[] = "Mã đơn vị,Tên đơn vị,Cấp,Trực thuộc,Từ ngày,Đến ngày,Nhập vào\n"
                              "H,Huyện,Huyện,,,,\n"
                              "A,Xã A,Xã,H,,1/1/2013,A1\n" /* into its own cell */
                              "A1,Chi bộ A1,Chi bộ,A,,,\n"
                              "B,Xã B,Xã,H,,1/1/2013,C\n" /* in a circle */
                              "C,Xã C,Xã,H,,1/1/2013,B\n"
                              "D,Xã D,Xã,E,,,\n" /* D below E, E below F, F gone into D */
                              "E,Xã E,Xã,F,,,\n"
                              "F,Xã F,Xã,H,,1/1/2013,D\n";
    struct shop shop = open_dated(*state, csv, "");
    at(&shop, "2014", "H");
    assert_answer(&shop,
                  "SELECT unit_standing('A'), unit_steps('A1', 'H'), unit_standing('B'), unit_standing('C'),"
                  " unit_steps('D', 'H'), unit_steps('D', 'E'), unit_steps('E', 'H'), unit_standing('F')",
                  "A1|1|H|H|2|1|1|D");
    assert_answer(&shop, "SELECT count(*) FROM units", "8");
    at(&shop, "2014", "D");
    assert_answer(&shop, "SELECT group_concat(id, ' ') FROM (SELECT id FROM units ORDER BY id)", "D F");
    close_shop(&shop);
}

/* A plan that a commune has is its own; else those of its cells are. Of a merged unit and its heir both count. */
static void the_topmost_plans_are_added(void **state) {
    static const char plans[] = "Số,Nơi giao,Chỉ tiêu giao\n1,H,50\n2,,50\n3,A,10\n4,A1,6\n5,A2,4\n6,M,3\n7,M1,2\n"
                                "8,N1,\"1,5\"\n";
    struct shop shop = open_dated(*state, dated_csv, plans);
    at(&shop, "2014", "H");
    assert_answer(&shop, "SELECT sum_topmost(unit, target) FROM plans", "50");
    assert_answer(&shop, "SELECT sum_topmost(unit, target) FROM plans WHERE unit_steps(unit, 'H') > 0", "13");
    assert_answer(&shop, "SELECT sum_topmost(unit, target) FROM plans WHERE unit_steps(unit, 'A') >= 0", "10");
    assert_answer(&shop, "SELECT sum_topmost(unit, target) FROM plans WHERE unit_steps(unit, 'A') > 0", "6");
    assert_answer(&shop, "SELECT sum_topmost(unit, target) FROM plans WHERE unit_steps(unit, 'N1') >= 0", "3.5");
    assert_answer(&shop, "SELECT sum_topmost(unit, target) FROM plans WHERE unit_steps(unit, 'N') >= 0", "3");
    assert_answer(&shop, "SELECT sum_topmost(unit, target) FROM plans WHERE target > 99", "");
    at(&shop, "2014-H1", "H");
    assert_answer(&shop, "SELECT sum_topmost(unit, target) FROM plans WHERE unit_steps(unit, 'M') >= 0", "3");
    close_shop(&shop);
}

/* What holds for all units, whichever is in scope. */
static void a_function_of_all_units_sees_beyond_the_scope(void **state) {
    static const char plans[] = "Số,Nơi giao,Chỉ tiêu giao\n1,,30\n2,A,40\n";
    struct bench *bench = *state;
    bench_put(
        bench, "functions/limit_of.sql",
        "-- all units\nSELECT target FROM plans WHERE unit_steps(?1, unit) >= 0 ORDER BY unit_steps(?1, unit) LIMIT 1");
    struct shop shop = open_dated(bench, dated_csv, plans);
    static const char *const scopes[] = {"H", "A", "N", "N1"};
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        at(&shop, "2014", scopes[i]);
        assert_answer(&shop, "SELECT limit_of('A1'), limit_of('A'), limit_of('N1'), limit_of('H')", "40|40|30|30");
    }
    at(&shop, "2014", "A");
    assert_answer(&shop, "SELECT count(*), limit_of('N'), count(*) FROM plans", "1|30|1");
    store_close(shop.store);
    bench_put(bench, "functions/limit_of.sql", "-- all units\nSELECT unit_id()");
    assert_null(store_open(shop.books.ledgers, bench->folder, &bench->diagnostics));
    assert_int_equal(said(bench, DIAGNOSTIC_QUERY_FAILED), 1);
    books_close(&shop.books);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_unit_lives_on_its_last_day_and_counts_at_another_from_the_next),
        TEST(what_names_a_merged_unit_is_in_scope_of_its_heir),
        TEST(a_group_means_its_lowest_units),
        TEST(mergers_that_turn_the_tree_around_leave_a_tree),
        TEST(the_topmost_plans_are_added),
        TEST(a_function_of_all_units_sees_beyond_the_scope),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
