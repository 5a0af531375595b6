/* test_store_derive.c - columns that no file has: made of the others of their row. */
#include "shop.h"

static const char derivations[] = "[derive generation]\n"
                                  "sql = CASE WHEN born IS NULL THEN NULL\n"
                                  "sql = WHEN first_day(born) < '1971' THEN 'old' ELSE 'new' END\n"
                                  "[derive gender]\n"
                                  "type = enum\nvocabulary = sex\nsql = CASE sex WHEN 'NU' THEN 'NU' ELSE 'NAM' END\n"
                                  "[derive grown]\n"
                                  "type = boolean\nsql = age > 2\n"
                                  "[derive double]\n"
                                  "type = integer\nsql = age * 2\n"
                                  "[derive day]\n"
                                  "type = date\nsql = born\n"
                                  "[derive both]\n"
                                  "sql = generation || '-' || double || \"unit.kind\"\n"
                                  "[derive now]\n"
                                  "type = boolean\nsql = in_period(born)\n"
                                  "[derive paid]\n"
                                  "type = boolean\nsql = fee >= setting('fees', 'least', 2)\n"
                                  "[derive one]\n"
                                  "sql = 'same'\n";

/* Columns, and what they are made by. */
static const char *const pairs[][2] = {
    {"generation", "CASE WHEN born IS NULL THEN NULL WHEN first_day(born) < '1971' THEN 'old' ELSE 'new' END"},
    {"gender", "CASE sex WHEN 'NU' THEN 'NU' ELSE 'NAM' END"},
    {"grown", "age > 2"},
    {"double", "age * 2"},
    {"day", "born"},
    {"both", "CASE WHEN first_day(born) < '1971' THEN 'old' ELSE 'new' END || '-' || (age * 2) || \"unit.kind\" || "
             "substr(first_day(born), 1, 0)"},
    {"now", "in_period(born)"},
    {"paid", "fee >= setting('fees', 'least', 2)"},
    {"one", "'same'"}};
enum { PAIRS = sizeof pairs / sizeof *pairs };

static void assert_pairs(struct shop *shop) {
    struct arena *arena = shop->bench->arena;
    for (size_t i = 0; i < PAIRS; i++) {
        const bool date = strcmp(pairs[i][0], "day") == 0;
        assert_answer(shop,
                      arena_printf(arena,
                                   date ? "SELECT count(*) FROM people WHERE last_day(\"%s\") IS NOT last_day(%s)"
                                        : "SELECT count(*) FROM people WHERE \"%s\" IS NOT (%s)",
                                   pairs[i][0], pairs[i][1]),
                      "0");
        const char *rows = ask(shop, arena_printf(arena, "SELECT %s, count(*) FROM people GROUP BY 1", pairs[i][1]));
        assert_answer(shop, arena_printf(arena, "SELECT \"%s\", sum(n) FROM people_tally GROUP BY 1", pairs[i][0]),
                      rows);
    }
}

static void they_are_what_their_sql_says(void **state) {
    struct shop shop = open_shop_with(*state, 400, derivations);
    static const char ini[] = "[fees]\nleast = 1\n";
    assert_pairs(&shop);
    store_set_unit(shop.store, ledger_row(shop.books.units, "A", 1));
    assert_pairs(&shop);
    const char *before = ask(&shop, "SELECT now, sum(n) FROM people_tally GROUP BY 1");
    struct period half;
    assert_true(period_parse("2014-H1", &half));
    store_set_period(shop.store, half, half.first, half.last, half.last);
    assert_pairs(&shop);
    assert_string_not_equal(ask(&shop, "SELECT now, sum(n) FROM people_tally GROUP BY 1"), before);
    before = ask(&shop, "SELECT paid, sum(n) FROM people_tally GROUP BY 1");
    store_set_settings(shop.store,
                       settings_parse(shop.bench->arena, &shop.bench->diagnostics, "office.ini", ini, strlen(ini), 1));
    assert_pairs(&shop);
    assert_string_not_equal(ask(&shop, "SELECT paid, sum(n) FROM people_tally GROUP BY 1"), before);
    close_shop(&shop);
}

static void they_are_columns_as_others_are(void **state) {
    struct shop shop = open_shop_with(*state, 400, derivations);
    assert_answer(&shop, "SELECT sum(n) FROM people_tally WHERE in_period(day) AND generation = 'new'",
                  ask(&shop, "SELECT count(*) FROM people WHERE in_period(born) AND first_day(born) >= '1971'"));
    assert_answer(&shop, "SELECT count(n) FROM people_tally WHERE gender IS gender AND grown IS grown",
                  ask(&shop, "SELECT count(*) FROM (SELECT DISTINCT gender, grown FROM people)"));
    assert_answer(
        &shop,
        "SELECT typeof(double), typeof(grown), typeof(first_day(day)) FROM people WHERE first_day(born) = '1970-01-01' "
        "AND age = 3",
        ask(&shop, "SELECT 'integer', 'integer', 'text' FROM people WHERE first_day(born) = '1970-01-01' AND age = 3"));
    struct behind behind;
    assert_true(store_rows_behind(shop.store, shop.bench->arena,
                                  "SELECT sum(n) FILTER (WHERE generation = 'old') AS old FROM people_tally"
                                  " WHERE gender = 'NU'",
                                  "old", &behind));
    assert_int_equal(behind.count,
                     atoi(ask(&shop, "SELECT count(*) FROM people WHERE first_day(born) < '1971' AND sex = 'NU'")));
    const struct query_error error = assert_refused(&shop, "SELECT generatio FROM people", DIAGNOSTIC_QUERY_FAILED);
    assert_contains(error.message, "generation");
    close_shop(&shop);
    shop = open_shop_with(*state, 0, derivations);
    assert_answer(&shop, "SELECT generation, sum(n) FROM people_tally GROUP BY 1", "");
    close_shop(&shop);
}

/* A reference reaches them, from another table and from a derived column there, and they are forgotten with the period.
 */
static void references_reach_them(void **state) {
    struct shop shop = open_shop_of(*state, 400, "[derive label]\nsql = \"unit.place\" || ' ' || sex\n",
                                    "[derive place]\npublic = yes\nsql = kind || ' ' || name\n"
                                    "[derive since]\ntype = date\nsql = period_start()\n");
    struct arena *arena = shop.bench->arena;
    static const char rows[] =
        "SELECT u.kind || ' ' || u.name, count(*) FROM people p LEFT JOIN units u ON u.id = p.unit"
        " GROUP BY 1 ORDER BY 1";
    static const char *const units[] = {NULL, "A", "B1"}; /* in scope */
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        store_set_unit(shop.store, units[i] ? ledger_row(shop.books.units, units[i], strlen(units[i])) : NO_ROW);
        const char *wanted = ask(&shop, rows);
        assert_answer(&shop, "SELECT \"unit.place\", sum(n) FROM people_tally GROUP BY 1 ORDER BY 1", wanted);
        assert_answer(&shop, "SELECT \"unit.place\", count(*) FROM people GROUP BY 1 ORDER BY 1", wanted);
    }
    store_set_unit(shop.store, NO_ROW);
    assert_answer(
        &shop,
        "SELECT count(*) FROM people WHERE label IS NOT (SELECT kind || ' ' || name FROM units WHERE id = unit)"
        " || ' ' || sex",
        "0");
    assert_answer(&shop, "SELECT DISTINCT \"unit.since\" FROM people WHERE unit = 'A1'", "2014-01-01");
    struct period half;
    assert_true(period_parse("2015-H2", &half));
    store_set_period(shop.store, half, half.first, half.last, half.last);
    assert_answer(&shop, "SELECT DISTINCT \"unit.since\" FROM people WHERE unit = 'A1'", "2015-07-01");
    assert_answer(&shop, "SELECT \"unit.since\", sum(n) FROM people_tally WHERE unit = 'A1' GROUP BY 1",
                  arena_printf(arena, "2015-07-01|%s", ask(&shop, "SELECT count(*) FROM people WHERE unit = 'A1'")));
    assert_true(store_set_public(shop.store, true));
    assert_answer(&shop, "SELECT count(DISTINCT \"unit.place\") > 2, count(\"unit.since\") FROM people", "1|0");
    close_shop(&shop);
}

/* SQLite tells 62 columns apart; those derived in a ledger that is referred to are the first to be left out. */
static void they_take_no_column_from_another_ledger(void **state) {
    struct buffer many = {0};
    for (int i = 0; i < 50; i++)
        buffer_printf(&many, "[derive d%d]\nsql = name\n", i);
    struct shop shop = open_shop_of(*state, 40, "[second]\ntype = id\nreference = units.id\n", buffer_string(&many));
    assert_answer(&shop, "SELECT count(\"second.kind\"), count(\"unit.d0\") > 0 FROM people", "0|1");
    close_shop(&shop);
    buffer_free(&many);
}

/* Making a column reads what the public must not, and leaves none of it behind. */
static void the_public_sees_those_marked_public(void **state) {
    struct bench *bench = *state;
    bench_put(bench, "functions/twice.sql", "SELECT ?1 || ?1");
    struct shop shop =
        open_shop_with(bench, 200,
                       "[derive open]\npublic = yes\nsql = CASE WHEN name < 'Người 2' THEN 'x' ELSE 'y' END\n"
                       "[derive shut]\nsql = twice(name)\n"
                       "[derive closed]\ntype = boolean\nsql = name < 'Người 2'\n");
    const char *open = ask(&shop, "SELECT open, sum(n) FROM people_tally GROUP BY 1");
    const char *closed = ask(&shop, "SELECT closed, sum(n) FROM people_tally GROUP BY 1");
    struct period half;
    assert_true(period_parse("2014-H1", &half));
    store_set_period(shop.store, half, half.first, half.last, half.last);
    assert_true(store_set_public(shop.store, true));
    assert_answer(&shop, "SELECT shut, sum(n) FROM people_tally GROUP BY 1", "|200");
    assert_answer(&shop, "SELECT open, sum(n) FROM people_tally GROUP BY 1", open);
    assert_answer(&shop, "SELECT closed, sum(n) FROM people_tally GROUP BY 1", closed);
    assert_answer(&shop, "SELECT count(DISTINCT shut), count(DISTINCT closed), count(DISTINCT name) FROM people",
                  "0|0|0");
    close_shop(&shop);
}

static void assert_wrong(struct bench *bench, const char *more, const char *part) {
    const char *const files[] = {NULL};
    struct books books = books_open_with(bench, files, more);
    const size_t before = said(bench, DIAGNOSTIC_SCHEMA_RULE);
    if (store_open(books.ledgers, bench->folder, &bench->diagnostics))
        fail_msg("taken: %s", more);
    assert_contains(finding_of(bench, DIAGNOSTIC_SCHEMA_RULE, before)->message, part);
    assert_contains(finding_of(bench, DIAGNOSTIC_SCHEMA_RULE, before)->place.file, "people.ini");
    assert_true(finding_of(bench, DIAGNOSTIC_SCHEMA_RULE, before)->place.row > 1);
    books_close(&books);
    bench->diagnostics.count = 0;
    memset(bench->diagnostics.counts, 0, sizeof bench->diagnostics.counts);
}

static void mistakes_are_said_when_the_ledgers_are_opened(void **state) {
    struct bench *bench = *state;
    bench_put(bench, "functions/people_of.sql", "SELECT sum(n) FROM people_tally WHERE unit = ?1");
    bench_put(bench, "functions/here.sql", "SELECT unit_id()");
    assert_wrong(bench, "[derive a]\nsql = nobody + 1\n", "no such column: nobody");
    assert_wrong(bench, "[derive a]\nsql = 1 +\n", "syntax error");
    assert_wrong(bench, "[derive a]\nsql = age, name\n", "row value misused");
    assert_wrong(bench, "[derive a]\nsql = 1) FROM people_tally; SELECT (2\n", "derive a");
    static const char *const beyond[] = {"unit_under(unit)",
                                         "\"unit.under\"",
                                         "unit_id()",
                                         "here()",
                                         "item_id()",
                                         "people_of(unit)",
                                         "n",
                                         "(SELECT max(name) FROM units)",
                                         "(SELECT max(age) FROM people_tally)"};
    for (size_t i = 0; i < sizeof beyond / sizeof *beyond; i++)
        assert_wrong(bench, arena_printf(bench->arena, "[derive a]\nsql = %s\n", beyond[i]), "only columns of the row");
}

static void mistakes_in_values_fail_the_query(void **state) {
    struct shop shop = open_shop_with(*state, 50,
                                      "[derive wrong]\ntype = enum\nvocabulary = sex\nsql = 'X' || sex\n"
                                      "[derive day]\ntype = date\nsql = name\n"
                                      "[derive number]\ntype = integer\nsql = 1.5\n"
                                      "[derive flag]\ntype = boolean\nsql = age\n"
                                      "[derive most]\nsql = max(age)\n"
                                      "[derive fails]\nsql = label('none', sex)\n"
                                      "[derive circle]\nsql = other\n"
                                      "[derive other]\nsql = circle\n");
    static const char *const wrong[][2] = {{"wrong", "wrong: X"},          {"day", "day: Người"},
                                           {"number", "number: 1.5"},      {"flag", "flag: "},
                                           {"most", "one value for each"}, {"fails", "no such vocabulary: none"},
                                           {"circle", "of itself"}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        for (int tally = 0; tally < 2; tally++) {
            const char *sql = arena_printf(shop.bench->arena, "SELECT count(\"%s\") FROM people%s", wrong[i][0],
                                           tally ? "_tally WHERE n > 0" : "");
            assert_contains(assert_refused(&shop, sql, DIAGNOSTIC_QUERY_FAILED).message, wrong[i][1]);
        }
    assert_answer(&shop, "SELECT sum(n) FROM people_tally", "50");
    close_shop(&shop);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(they_are_what_their_sql_says),
        TEST(they_are_columns_as_others_are),
        TEST(references_reach_them),
        TEST(they_take_no_column_from_another_ledger),
        TEST(the_public_sees_those_marked_public),
        TEST(mistakes_are_said_when_the_ledgers_are_opened),
        TEST(mistakes_in_values_fail_the_query),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
