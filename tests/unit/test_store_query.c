/* test_store_query.c - the ledgers open to SQL: tallies, scope, functions, guards. */
#include "shop.h"

#include "base/text.h"

/* ---- Tallies against rows --------------------------------------------------------------------------------------- */

static const char *const columns[] = {"sex",   "unit", "born",          "party",           "age",           "fee",
                                      "posts", "name", "\"unit.kind\"", "\"unit.parent\"", "\"unit.under\""};
enum { COLUMNS = sizeof columns / sizeof *columns };
static const char *const conditions[] = {"1",
                                         "sex = 'NU'",
                                         "in_period(born)",
                                         "in_previous(born) AND sex = 'NU'",
                                         "IN_PRECEDING( born /* ) */ ) IS NOT 1",
                                         "in_period(born) AND in_preceding(coalesce(born, ''))",
                                         "\"unit.kind\" = 'CHI' AND in_period(born)",
                                         "party = 1",
                                         "age > 2",
                                         "fee IS NULL",
                                         "has(posts, 'CT')",
                                         "last_day(born) >= '1970-06'",
                                         "unit_under(unit) = 'A'",
                                         "\"unit.under\" IN ('A', 'B1')",
                                         "fee = 1.5",
                                         "sex IS NOT NULL AND age <> 3"};

static void check_tally(struct shop *shop, uint64_t *random) {
    struct arena *arena = shop->bench->arena;
    const char *names = NULL, *condition = conditions[next_random(random) % (sizeof conditions / sizeof *conditions)];
    for (int i = 0; i < COLUMNS; i++)
        if (next_random(random) % 3 == 0)
            names = names ? arena_printf(arena, "%s, %s", names, columns[i]) : columns[i];
    if (!names)
        names = "sex";
    const char *rows = arena_printf(arena, "SELECT %s, count(*) FROM people WHERE %s GROUP BY %s ORDER BY %s", names,
                                    condition, names, names);
    const char *tally = arena_printf(arena, "SELECT %s, sum(n) FROM people_tally WHERE %s GROUP BY %s ORDER BY %s",
                                     names, condition, names, names);
    const char *grouped = arena_printf(arena,
                                       "SELECT * FROM (SELECT %s, sum(n) FROM people_tally WHERE %s GROUP BY %s)"
                                       " ORDER BY %s",
                                       names, condition, names, names);
    const char *wanted = ask(shop, rows), *found = ask(shop, tally), *again = ask(shop, grouped);
    if (strcmp(wanted, found) != 0)
        fail_msg("%s: «%s», not «%s»", tally, found, wanted);
    if (strcmp(wanted, again) != 0)
        fail_msg("%s: «%s», not «%s»", grouped, again, wanted);
}

static void tallies_equal_the_rows(void **state) {
    struct shop shop = open_shop(*state, 400);
    uint64_t random = 99;
    static const char *const scopes[] = {NULL, "H", "A", "B", "A1", "B1"};
    for (size_t scope = 0; scope < sizeof scopes / sizeof *scopes; scope++) {
        uint32_t unit = scopes[scope] ? ledger_row(shop.books.units, scopes[scope], strlen(scopes[scope])) : NO_ROW;
        store_set_unit(shop.store, unit);
        for (int i = 0; i < 60; i++)
            check_tally(&shop, &random);
    }
    close_shop(&shop);
}

/* "x IS x" uses the column and nothing else. */
static void a_tally_has_a_row_for_each_combination(void **state) {
    struct shop shop = open_shop(*state, 400);
    const char *wanted = ask(&shop, "SELECT count(*) FROM (SELECT DISTINCT sex, party FROM people)");
    assert_answer(&shop, "SELECT count(n) FROM people_tally WHERE sex IS sex AND party IS party", wanted);
    assert_answer(&shop, "SELECT count(n), sum(n) FROM people_tally", "1|400");
    assert_answer(&shop, "SELECT sum(n) FROM units_tally WHERE kind = 'CHI'", "3");
    close_shop(&shop);
}

static void many_distinct_values_are_tallied(void **state) {
    struct shop shop = open_shop(*state, 5000);
    assert_answer(&shop,
                  "SELECT count(n), sum(n), max(n) FROM people_tally WHERE card IS card AND name IS name AND "
                  "first_day(born) IS first_day(born)",
                  "5000|5000|1");
    assert_answer(&shop, "SELECT sum(n) FROM people_tally WHERE card IN ('17', '4999', 'x')", "2");
    close_shop(&shop);
}

/* 8001 cards * 8001 names * 22,000 days of birth * … is more than 2^64. */
static void keys_beyond_64_bits_take_two_passes(void **state) {
    struct shop shop = open_shop(*state, 8000);
    static const char every[] = "card, name, born, unit, sex, posts, party, age, fee, \"unit.id\", \"unit.name\","
                                " \"unit.kind\", \"unit.parent\", \"unit.under\"";
    struct arena *arena = shop.bench->arena;
    const char *rows =
        ask(&shop, arena_printf(arena, "SELECT %s, 1 FROM people ORDER BY CAST(card AS INTEGER)", every));
    const char *tally = arena_printf(arena, "SELECT %s, n FROM people_tally ORDER BY CAST(card AS INTEGER)", every);
    assert_string_equal(ask(&shop, tally), rows);
    store_set_unit(shop.store, ledger_row(shop.books.units, "A", 1));
    const char *where = "WHERE in_period(born) ORDER BY CAST(card AS INTEGER)";
    rows = ask(&shop, arena_printf(arena, "SELECT %s, 1 FROM people %s", every, where));
    assert_true(*rows);
    assert_string_equal(ask(&shop, arena_printf(arena, "SELECT %s, n FROM people_tally %s", every, where)), rows);
    close_shop(&shop);
}

static void no_rows_are_no_combinations(void **state) {
    struct shop shop = open_shop(*state, 0);
    assert_answer(&shop, "SELECT sex, sum(n) FROM people_tally GROUP BY sex", "");
    assert_answer(&shop, "SELECT count(*) FROM people WHERE card = '1'", "0");
    close_shop(&shop);
}

/* ---- Lookups and scope ------------------------------------------------------------------------------------------ */

/* Every column by =, through the index and not: +column keeps SQLite from using it. */
static void lookups_equal_scans(void **state) {
    struct shop shop = open_shop(*state, 300);
    static const char *const values[] = {"'NU'", "'A1'", "'1970'",    "1",    "0",   "2",   "1.5",
                                         "'1'",  "'BT'", "'Người 7'", "NULL", "'x'", "2.0", "''"};
    for (int unit = 0; unit < 2; unit++) {
        store_set_unit(shop.store, unit ? ledger_row(shop.books.units, "A", 1) : NO_ROW);
        for (int c = 0; c < COLUMNS; c++)
            for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
                struct arena *arena = shop.bench->arena;
                if (strcmp(columns[c], "born") == 0)
                    continue; /* a date is not compared */
                const char *found =
                    ask(&shop, arena_printf(arena, "SELECT count(*), min(card) FROM people WHERE %s = %s", columns[c],
                                            values[v]));
                /* through a subquery that hides the column but keeps its affinity */
                const char *wanted = ask(&shop, arena_printf(arena,
                                                             "WITH p AS MATERIALIZED (SELECT *, \"unit.kind\","
                                                             " \"unit.parent\", \"unit.under\" FROM people)"
                                                             " SELECT count(*), min(card) FROM p WHERE %s = %s",
                                                             columns[c], values[v]));
                if (strcmp(found, wanted) != 0)
                    fail_msg("%s = %s: «%s», not «%s»", columns[c], values[v], found, wanted);
            }
    }
    close_shop(&shop);
}

static void a_unit_has_what_is_below_it(void **state) {
    struct shop shop = open_shop(*state, 300);
    assert_answer(&shop, "SELECT unit_id(), count(*) FROM units", "H|6");
    const char *below_a = ask(&shop, "SELECT count(*) FROM people WHERE unit IN ('A', 'A1', 'A2')");
    const char *all = ask(&shop, "SELECT count(*) FROM people");
    store_set_unit(shop.store, ledger_row(shop.books.units, "A", 1));
    assert_answer(&shop, "SELECT count(*) FROM people", below_a);
    assert_answer(&shop, "SELECT sum(n) FROM people_tally", below_a);
    assert_answer(&shop, "SELECT group_concat(id) FROM (SELECT id FROM units ORDER BY id)", "A,A1,A2");
    assert_answer(&shop, "SELECT count(*) FROM people WHERE unit = 'B1'", "0");
    assert_answer(&shop, "SELECT unit_id(), unit_name(unit_id()), unit_kind('A1'), unit_above('A1', 'HUYEN;XA')",
                  "A|Xã Ao|CHI|A");
    assert_answer(&shop, "SELECT unit_under('A1'), unit_under('A'), unit_under('B1')", "A1|A|");
    store_set_unit(shop.store, NO_ROW);
    assert_answer(&shop, "SELECT unit_under('A1'), unit_under('H'), unit_above('A1', 'HUYEN'), unit_above('H', 'XA')",
                  "A|H|H|");
    assert_answer(&shop, "SELECT count(*) FROM people", all);
    close_shop(&shop);
}

/* The column and the function say the same of every row, wherever one stands in the tree. */
static void the_unit_under_the_scope_is_a_column(void **state) {
    struct shop shop = open_shop(*state, 300);
    static const char *const scopes[] = {"H", "A", "B", "A1"};
    static const char *const under[] = {"A;B;H", "A;A1;A2", "B1", "A1"};
    for (size_t i = 0; i < sizeof scopes / sizeof *scopes; i++) {
        store_set_unit(shop.store, ledger_row(shop.books.units, scopes[i], strlen(scopes[i])));
        assert_answer(&shop,
                      "SELECT (SELECT count(*) FROM people WHERE \"unit.under\" IS NOT unit_under(unit)),"
                      " (SELECT count(*) FROM units WHERE \"parent.under\" IS NOT unit_under(parent))",
                      "0|0");
        assert_answer(&shop,
                      "SELECT group_concat(u, ';') FROM (SELECT \"unit.under\" AS u, sum(n) FROM people_tally"
                      " WHERE unit IS NOT NULL GROUP BY 1)",
                      under[i]);
    }
    assert_refused(&shop, "SELECT people.\"card.under\" FROM people", DIAGNOSTIC_QUERY_FAILED);
    close_shop(&shop);
}

static void rows_know_where_they_come_from(void **state) {
    struct shop shop = open_shop(*state, 10);
    assert_answer(&shop, "SELECT _row FROM people WHERE card = '3'", "5");
    assert_contains(ask(&shop, "SELECT _file FROM people LIMIT 1"), "in/people.csv");
    assert_answer(&shop,
                  "SELECT code, label, position, groups FROM vocabulary WHERE vocabulary = 'kind' AND code = 'CHI'",
                  "CHI|Chi bộ|3|base;small");
    close_shop(&shop);
}

/* ---- Functions -------------------------------------------------------------------------------------------------- */

static void periods_are_asked_for(void **state) {
    struct shop shop = open_shop(*state, 1);
    assert_answer(&shop, "SELECT period_start(), period_end(), period_year(), as_of()",
                  "2014-01-01|2014-12-31|2014|2014-12-31");
    assert_answer(&shop,
                  "SELECT in_period('2014-01-01'), in_period('2014-12-31'), in_period('2013-12-31'),"
                  " in_period('2014-05'), in_period('2014'), in_period(NULL), in_period('x')",
                  "1|1|0|1|1||");
    assert_answer(&shop, "SELECT in_previous('2013-07-01'), in_previous('2014-01-01'), in_previous('2013')", "1|0|1");
    assert_answer(&shop, "SELECT in_preceding('2013-07-01'), in_preceding('2012-12-31')", "1|0");
    assert_int_equal(store_take_vague(shop.store), 0);
    struct period month;
    assert_true(period_parse("2016-02", &month));
    store_set_period(shop.store, month, month.first, month.last, month.last);
    assert_answer(&shop, "SELECT in_period('2016'), in_period('2016-02'), in_period('2015'), in_period('2016-02-29')",
                  "0|1|0|1");
    assert_int_equal(store_take_vague(shop.store), 1);
    assert_int_equal(store_take_vague(shop.store), 0);
    assert_answer(&shop,
                  "SELECT in_previous('2015-02-28'), in_previous('2015-03-01'), in_preceding('2016-01-31'),"
                  " in_preceding('2016-02-01'), in_preceding('2015-12-31')",
                  "1|0|1|0|0");
    assert_answer(&shop,
                  "SELECT days_between('2016-02-28', '2016-03-01'), days_between('2016-02', '2016-02-29'),"
                  " days_between('x', '2016')",
                  "2|0|");
    close_shop(&shop);
}

static void words_are_asked_for(void **state) {
    struct shop shop = open_shop(*state, 1);
    assert_answer(
        &shop, "SELECT label('sex', 'NU'), label('sex', 'X'), label('sex', NULL), rank('sex', 'NU'), rank('sex', 'X')",
        "Nữ|||2|");
    assert_answer(&shop, "SELECT labels('post', 'BT;CT', ', '), labels('post', 'BT;!!', '/'), labels('post', '', ',')",
                  "Bí thư, Chủ tịch|Bí thư/!!|");
    assert_answer(
        &shop, "SELECT in_group('kind', 'CHI', 'small'), in_group('kind', 'XA', 'small'), in_group('kind', NULL, 'a')",
        "1|0|");
    assert_answer(&shop, "SELECT has('BT;CT', 'CT'), has('BT;CT', 'T'), has('PBT', 'BT'), has(NULL, 'BT'), has('', '')",
                  "1|0|0|0|0");
    assert_answer(&shop, "SELECT capital('đảng ủy'), upper('đảng'), lower('ĐẢNG'), capital(NULL)",
                  "Đảng ủy|ĐẢNG|đảng|");
    assert_refused(&shop, "SELECT label('none', 'x')", DIAGNOSTIC_QUERY_FAILED);
    close_shop(&shop);
}

static void texts_are_ordered(void **state) {
    struct shop shop = open_shop(*state, 1);
    assert_answer(&shop,
                  "WITH t(x) AS (VALUES ('đa'), ('da'), ('ân'), ('an'), ('ăn'), ('dư'), ('Àn'))"
                  " SELECT group_concat(x, ' ') FROM (SELECT x FROM t ORDER BY x COLLATE vi)",
                  "an Àn ăn ân da dư đa");
    assert_answer(&shop,
                  "WITH t(x) AS (VALUES ('Lê Văn Bình'), ('Trần An'), ('An Đạt'), ('Bùi Bình'))"
                  " SELECT group_concat(x, ', ') FROM (SELECT x FROM t ORDER BY x COLLATE vi_name)",
                  "Trần An, Bùi Bình, Lê Văn Bình, An Đạt");
    close_shop(&shop);
}

static void answers_are_typed(void **state) {
    struct shop shop = open_shop(*state, 50);
    struct result result;
    struct query_error error;
    const char *sql = "SELECT born, fee, age, NULL AS none, 1.0 / 3 AS third, 2.0 AS two, 'x' AS text FROM people"
                      " WHERE first_day(born) = '1970-02-03' AND fee = 1.5";
    if (!store_query(shop.store, shop.bench->arena, sql, &result, &error))
        fail_msg("%s", error.message);
    assert_true(result.row_count > 0);
    static const enum value_kind kinds[] = {VALUE_DATE,    VALUE_DECIMAL, VALUE_INTEGER, VALUE_NONE,
                                            VALUE_DECIMAL, VALUE_INTEGER, VALUE_TEXT};
    for (size_t c = 0; c < 7; c++)
        assert_int_equal(result_value(&result, 0, c).kind, kinds[c]);
    assert_int_equal(result_value(&result, 0, 1).number, 15);
    assert_int_equal(result_value(&result, 0, 4).number, 333333);
    assert_int_equal(result_column(&result, "third"), 4);
    assert_int_equal(result_column(&result, "fourth"), -1);
    close_shop(&shop);
}

/* ---- Guards ----------------------------------------------------------------------------------------------------- */

static bool differs_open(struct shop *shop, const char *sql) {
    struct result result, open;
    struct query_error error;
    assert_true(store_query(shop->store, shop->bench->arena, sql, &result, &error));
    assert_true(store_query_open(shop->store, shop->bench->arena, sql, &open));
    assert_true(store_query(shop->store, shop->bench->arena, sql, &result, &error));
    return !value_equal(result_value(&result, 0, 0), result_value(&open, 0, 0));
}

static void the_public_sees_what_is_marked_public(void **state) {
    struct bench *bench = *state;
    put_schemas(bench);
    bench_put(bench, "ledgers/people.ini",
              arena_printf(bench->arena,
                           "%s[secret]\nlabel = Bí mật\nsensitive = yes\n"
                           "[told]\nlabel = Được nêu\ntype = integer\npublic = yes\n"
                           "[mate]\nlabel = Cùng phòng\ntype = id\nreference = people.card\n",
                           people_ini));
    struct shop shop = {.bench = bench,
                        .books.schemas = schemas_read(bench->arena, &bench->diagnostics, bench->folder)};
    assert_non_null(shop.books.schemas);
    shop.books.ledgers = ledgers_open(bench->arena, &bench->diagnostics, shop.books.schemas);
    ledgers_load(shop.books.ledgers,
                 bench_put(bench, "in/p.csv", "Số thẻ,Họ và tên,Bí mật,Được nêu,Cùng phòng\n1,An,x,5,\n2,Ba,,6,1\n"));
    ledgers_resolve(shop.books.ledgers);
    shop.store = store_open(shop.books.ledgers, bench->folder, &bench->diagnostics);
    assert_answer(&shop, "SELECT name, secret FROM people WHERE card = '1'", "An|x");
    assert_true(store_set_public(shop.store, true));
    assert_answer(&shop, "SELECT name, secret, told FROM people WHERE told = 5", "||5");
    assert_answer(&shop, "SELECT p.secret FROM people AS p WHERE p.told = 6", "");
    assert_answer(&shop, "SELECT name, sum(n) FROM people_tally GROUP BY name", "|2");
    assert_answer(&shop, "SELECT _file, _row FROM people WHERE told = 5", "|");
    assert_answer(&shop, "SELECT \"unit.under\" IS NULL, sum(n) FROM people_tally GROUP BY 1", "1|2");
    assert_answer(&shop, "SELECT \"mate.secret\", \"mate.told\" FROM people WHERE told = 6", "|5");
    assert_answer(&shop, "SELECT \"mate.secret\", sum(n) FROM people_tally GROUP BY 1", "|2");
    assert_answer(&shop, "SELECT count(*) FROM people", "2");
    assert_true(differs_open(&shop, "SELECT count(*) FROM people WHERE name = 'An'"));
    assert_false(differs_open(&shop, "SELECT told FROM people"));
    assert_true(differs_open(&shop, "SELECT count(DISTINCT p.name) FROM people p"));
    assert_true(store_set_public(shop.store, false));
    assert_answer(&shop, "SELECT count(*) FROM people WHERE name = 'An'", "1");
    close_shop(&shop);
}

static void what_is_referred_to_is_a_column(void **state) {
    struct shop shop = open_shop(*state, 400);
    assert_answer(&shop,
                  "SELECT count(*) FROM people p JOIN units u ON u.id = p.unit WHERE u.kind IS NOT \"unit.kind\"", "0");
    assert_answer(&shop, "SELECT count(*) FROM people WHERE unit IS NULL AND \"unit.name\" IS NOT NULL", "0");
    assert_answer(&shop, "SELECT \"parent.name\" FROM units WHERE id = 'A1'", "Xã Ao");
    assert_contains(ask(&shop, "SELECT * FROM units_tally WHERE id = 'A1'"), "A1|Chi bộ 1|CHI|A|1");
    close_shop(&shop);
}

/* A window leaves rows out before they are combined, but a date too vague for it is still met, and counted. */
static void windows_keep_what_is_vague(void **state) {
    struct shop shop = open_shop(*state, 400);
    store_take_vague(shop.store);
    const char *rows = ask(&shop, "SELECT count(DISTINCT born) FROM people WHERE in_period(born)");
    struct period half;
    assert_true(period_parse("2014-H1", &half));
    store_set_period(shop.store, half, half.first, half.last, half.last);
    assert_answer(&shop, "SELECT count(DISTINCT born) FROM people_tally WHERE in_period(born) OR 0", "2");
    assert_int_equal(store_take_vague(shop.store), 1); /* 2014 */
    assert_answer(&shop, "SELECT count(DISTINCT born) FROM people_tally WHERE in_period(born)", "2");
    assert_int_equal(store_take_vague(shop.store), 1);
    assert_string_equal(rows, "3");
    close_shop(&shop);
}

/* Without vague dates the window decides alone. An expression keeps the tally from seeing the window. */
static void windows_of_days_decide_alone(void **state) {
    struct bench *bench = *state;
    static const char *const born[] = {"31/12/2012", "1/1/2013", "30/6/2013", "1/7/2013", "31/12/2013",
                                       "1/1/2014",   "3/2/2014", "30/6/2014", "1/7/2014", ""};
    struct buffer rows = {0};
    buffer_text(&rows, "Số thẻ,Họ và tên,Ngày sinh,Giới tính\n");
    for (int i = 0; i < 60; i++)
        buffer_printf(&rows, "%d,Người %d,%s,%s\n", i, i, born[i % 10], i % 3 ? "Nam" : "Nữ");
    const char *const files[] = {"in/units.csv", units_csv, "in/p.csv", arena_text(bench->arena, buffer_string(&rows)),
                                 NULL};
    buffer_free(&rows);
    struct shop shop = {.bench = bench, .books = books_open(bench, files)};
    shop.store = store_open(shop.books.ledgers, bench->folder, &bench->diagnostics);
    struct period half;
    assert_true(period_parse("2014-H1", &half));
    store_set_period(shop.store, half, half.first, half.last, half.last);
    static const char *const windows[][2] = {{"in_period", "18"}, {"in_previous", "12"}, {"in_preceding", "12"}};
    for (size_t i = 0; i < 3; i++)
        for (int hidden = 0; hidden < 2; hidden++) {
            const char *window =
                arena_printf(bench->arena, hidden ? "%s(coalesce(born, ''))" : "%s(born)", windows[i][0]);
            assert_answer(&shop, arena_printf(bench->arena, "SELECT sum(n) FROM people_tally WHERE %s", window),
                          windows[i][1]);
            assert_answer(&shop,
                          arena_printf(bench->arena,
                                       "SELECT v.code, sum(n) FROM vocabulary v LEFT JOIN people_tally p ON p.sex ="
                                       " v.code AND %s WHERE v.vocabulary = 'sex' GROUP BY 1",
                                       window),
                          i == 0 ? "NAM|12;NU|6" : "NAM|8;NU|4");
        }
    assert_int_equal(store_take_vague(shop.store), 0);
    close_shop(&shop);
}

static void nothing_but_reading_is_let_through(void **state) {
    struct shop shop = open_shop(*state, 3);
    static const char *const bad[] = {
        "INSERT INTO vocabulary VALUES('a', 'b', 'c', 1, '')",
        "UPDATE vocabulary SET label = 'x'",
        "DELETE FROM vocabulary",
        "DELETE FROM people",
        "DROP TABLE vocabulary",
        "CREATE TABLE t(x)",
        "CREATE TEMP VIEW v AS SELECT 1",
        "ATTACH ':memory:' AS other",
        "ATTACH '/tmp/tongket-never.db' AS other",
        "DETACH main",
        "PRAGMA writable_schema = 1",
        "PRAGMA table_info(people)",
        "SELECT load_extension('x')",
        "BEGIN",
        "VACUUM",
        "REINDEX",
        "ANALYZE",
        "SAVEPOINT a",
        "SELECT * FROM pragma_table_info('people')",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_refused(&shop, bad[i], DIAGNOSTIC_QUERY_FAILED);
    assert_refused(&shop, "SELECT 1; SELECT 2", DIAGNOSTIC_QUERY_FAILED);
    assert_refused(&shop, "", DIAGNOSTIC_QUERY_FAILED);
    assert_refused(&shop, "-- nothing", DIAGNOSTIC_QUERY_FAILED);
    assert_answer(&shop, "SELECT count(*) FROM vocabulary WHERE vocabulary = 'sex';  ", "2");
    assert_false(file_exists("/tmp/tongket-never.db"));
    close_shop(&shop);
}

static void mistakes_have_their_place_and_a_neighbour(void **state) {
    struct shop shop = open_shop(*state, 3);
    struct query_error error = assert_refused(&shop, "SELECT card,\n brn FROM people", DIAGNOSTIC_QUERY_FAILED);
    assert_int_equal(error.offset, 14);
    assert_contains(error.message, "nearest: 'born'");
    error = assert_refused(&shop, "SELECT card FROM people WHERE in_period(born) AND\n brn", DIAGNOSTIC_QUERY_FAILED);
    assert_int_equal(error.offset, 51);
    error = assert_refused(&shop, "SELECT * FROM peple", DIAGNOSTIC_QUERY_FAILED);
    assert_contains(error.message, "nearest: 'people'");
    assert_refused(&shop, "SELECT FROM people", DIAGNOSTIC_QUERY_FAILED);
    close_shop(&shop);
}

static void counting_combinations_is_refused(void **state) {
    struct shop shop = open_shop(*state, 30);
    assert_refused(&shop, "SELECT count(*) FROM people_tally", DIAGNOSTIC_QUERY_TALLY_COUNT);
    assert_refused(&shop, "SELECT sex, COUNT ( * ) FROM people_tally GROUP BY sex", DIAGNOSTIC_QUERY_TALLY_COUNT);
    assert_answer(&shop, "SELECT count(*) FROM people", "30");
    assert_answer(&shop, "SELECT sum(n) FROM people_tally", "30");
    close_shop(&shop);
}

static void a_query_that_runs_too_long_is_stopped(void **state) {
    struct shop shop = open_shop(*state, 1);
    store_set_limit(shop.store, 3);
    assert_refused(&shop, "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c",
                   DIAGNOSTIC_QUERY_LONG);
    assert_answer(&shop, "SELECT 1", "1");
    close_shop(&shop);
}

/* ---- Files ------------------------------------------------------------------------------------------------------ */

static void functions_and_views_may_be_files(void **state) {
    struct bench *bench = *state;
    bench_put(bench, "functions/women.sql", "SELECT sum(n) FROM people_tally WHERE sex = 'NU' AND unit = ?1");
    bench_put(bench, "functions/twice.sql", "SELECT ?1 * 2");
    bench_put(bench, "views/ladies.sql", "SELECT * FROM people WHERE sex = 'NU'");
    struct shop shop = open_shop(bench, 200);
    assert_answer(&shop, "SELECT women('A1') = (SELECT count(*) FROM ladies WHERE unit = 'A1'), twice(21)", "1|42");
    assert_answer(&shop, "SELECT group_concat(twice(x), ',') FROM (SELECT 1 AS x UNION SELECT 2)", "2,4");
    close_shop(&shop);
    bench_put(bench, "views/wrong.sql", "SELECT nothing FROM people");
    const char *const files[] = {"in/units.csv", units_csv, NULL};
    struct books books = books_open(bench, files);
    assert_null(store_open(books.ledgers, bench->folder, &bench->diagnostics));
    assert_contains(finding_of(bench, DIAGNOSTIC_QUERY_FAILED, 0)->place.file, "wrong.sql");
    books_close(&books);
}

static void rules_reject_rows(void **state) {
    struct bench *bench = *state;
    put_schemas(bench);
    bench_put(bench, "ledgers/people.ini",
              arena_printf(bench->arena, "%s[check old]\nrule = age IS NULL OR age < 3\nmessage = già\n", people_ini));
    struct schemas *schemas = schemas_read(bench->arena, &bench->diagnostics, bench->folder);
    assert_non_null(schemas);
    struct ledgers *ledgers = ledgers_open(bench->arena, &bench->diagnostics, schemas);
    ledgers_load(ledgers, bench_put(bench, "in/people.csv", "Số thẻ,Họ và tên,Tuổi\n1,An,2\n2,Ba,5\n3,Tư,\n4,Sáu,3\n"));
    ledgers_resolve(ledgers);
    struct store *store = store_open(ledgers, bench->folder, &bench->diagnostics);
    bool rejected;
    assert_true(store_check_rules(store, &rejected));
    assert_true(rejected);
    assert_int_equal(said(bench, DIAGNOSTIC_ROW_CHECK), 2);
    assert_int_equal(finding_of(bench, DIAGNOSTIC_ROW_CHECK, 0)->place.row, 3);
    assert_contains(finding_of(bench, DIAGNOSTIC_ROW_CHECK, 0)->message, "già");
    store_close(store);
    ledgers_resolve(ledgers);
    assert_int_equal(ledgers_find(ledgers, "people")->row_count, 2);
    assert_int_equal(ledgers->sources[0].rejected, 2);
    store = store_open(ledgers, bench->folder, &bench->diagnostics);
    assert_true(store_check_rules(store, &rejected));
    assert_false(rejected);
    store_close(store);
    ledgers_free(ledgers);
    schemas_free(schemas);
}

static void thresholds_are_the_offices(void **state) {
    static const char ini[] = "[ballots]\nminimum = 7\nbase = valid\n";
    struct shop shop = open_shop(*state, 3);
    static const char sql[] = "SELECT setting('ballots', 'minimum', 5), setting('ballots', 'base', ''), "
                              "setting('ballots', 'named', 1), setting('trust', 'minimum', 'none'), item_id() IS NULL";
    assert_string_equal(ask(&shop, sql), "5||1|none|1");
    store_set_settings(shop.store,
                       settings_parse(shop.bench->arena, &shop.bench->diagnostics, "office.ini", ini, strlen(ini), 1));
    store_set_item(shop.store, "X1");
    assert_string_equal(ask(&shop, sql), "7|valid|1|none|0");
    assert_string_equal(ask(&shop, "SELECT name FROM people WHERE card = item_id()"), "");
    store_set_item(shop.store, "2");
    assert_string_equal(ask(&shop, "SELECT name FROM people WHERE card = item_id()"), "Người 2");
    assert_nothing_said(shop.bench);
    close_shop(&shop);
}

/* ---- Asking by the period --------------------------------------------------------------------------------------- */

/* The fields of people by which the query asks for the period, as "born age", and "(born)" for a window before it; "-"
 * when it does not read them. */
static const char *asked_by(struct shop *shop, const char *sql) {
    struct arena *arena = shop->bench->arena;
    const struct schema *schema = shop->books.people->schema;
    const char *names = "";
    ask(shop, sql);
    const struct asked asked = store_asked_by(shop->store, sql, shop->books.people);
    for (size_t f = 0; f < schema->field_count; f++) {
        if (asked.period >> f & 1)
            names = arena_printf(arena, "%s%s%s", names, *names ? " " : "", schema->fields[f].name);
        if (asked.before >> f & 1)
            names = arena_printf(arena, "%s%s(%s)", names, *names ? " " : "", schema->fields[f].name);
    }
    return store_has_read(shop->store, shop->books.people) ? names : "-";
}

static void a_query_tells_what_it_asks_for_by_the_period(void **state) {
    struct bench *bench = *state;
    bench_put(bench, "views/fresh.sql", "SELECT * FROM people WHERE in_period(born)");
    bench_put(bench, "views/fresh_men.sql", "SELECT * FROM fresh WHERE sex = 'NAM'");
    bench_put(bench, "views/men.sql", "SELECT * FROM people WHERE sex = 'NAM'");
    bench_put(bench, "functions/how_many.sql", "SELECT count(*) FROM people WHERE unit = ?1");
    struct shop shop = open_shop(bench, 20);
    static const char *const pairs[][2] = {
        {"SELECT count(*) FROM people", ""},
        {"SELECT count(*) FROM units", "-"},
        {"SELECT sum(n) FROM people_tally WHERE in_period(born)", "born"},
        {"SELECT sum(n) FILTER (WHERE IN_PREVIOUS(p.born)) FROM people_tally p", "(born)"},
        {"SELECT sum(n) FILTER (WHERE in_period(born)), sum(n) FILTER (WHERE in_previous(born)) FROM people_tally",
         "born (born)"},
        {"SELECT count(*) FROM people WHERE In_Period(Born)", "born"},
        {"SELECT count(*) FROM people WHERE AGE = Period_Year()", "age"},
        {"SELECT count(*) FROM people WHERE in_preceding(coalesce(born, '2014'))", "(born)"},
        {"SELECT count(*) FROM people WHERE in_period('2014') AND first_day(born) > '2013'", ""},
        {"SELECT count(*) FROM people WHERE sex = 'in_period(born)' -- in_period(born)", ""},
        {"SELECT count(*) FROM people WHERE age = period_year()", "age"},
        {"SELECT count(*) FROM people p WHERE p.age=period_year() AND in_period(name)", "age"},
        {"SELECT count(*) FROM people WHERE age <= period_year()", ""},
        {"SELECT count(*) FROM people WHERE age >= period_year() - 4", ""},
        {"SELECT count(*) FROM people WHERE name = period_year()", ""},
        {"SELECT count(*) FROM fresh", "born"},
        {"SELECT name FROM fresh_men", "born"},
        {"SELECT name FROM men", ""},
        {"SELECT how_many('A1')", ""},
        {"SELECT count(*) FROM units u JOIN people p ON p.unit = u.id AND in_period(p.born)", "born"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (strcmp(asked_by(&shop, pairs[i][0]), pairs[i][1]) != 0)
            fail_msg("%s: «%s», not «%s»", pairs[i][0], asked_by(&shop, pairs[i][0]), pairs[i][1]);
    close_shop(&shop);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(tallies_equal_the_rows),
        TEST(a_tally_has_a_row_for_each_combination),
        TEST(many_distinct_values_are_tallied),
        TEST(keys_beyond_64_bits_take_two_passes),
        TEST(no_rows_are_no_combinations),
        TEST(lookups_equal_scans),
        TEST(a_unit_has_what_is_below_it),
        TEST(the_unit_under_the_scope_is_a_column),
        TEST(rows_know_where_they_come_from),
        TEST(periods_are_asked_for),
        TEST(words_are_asked_for),
        TEST(thresholds_are_the_offices),
        TEST(texts_are_ordered),
        TEST(answers_are_typed),
        TEST(the_public_sees_what_is_marked_public),
        TEST(what_is_referred_to_is_a_column),
        TEST(windows_keep_what_is_vague),
        TEST(windows_of_days_decide_alone),
        TEST(nothing_but_reading_is_let_through),
        TEST(mistakes_have_their_place_and_a_neighbour),
        TEST(counting_combinations_is_refused),
        TEST(a_query_that_runs_too_long_is_stopped),
        TEST(functions_and_views_may_be_files),
        TEST(rules_reject_rows),
        TEST(a_query_tells_what_it_asks_for_by_the_period),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
