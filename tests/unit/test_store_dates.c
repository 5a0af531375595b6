/* test_store_dates.c - a date is an interval: no wording of SQL compares two as texts. People are born on days, in a
 * month ("12/1970") and in years ("1970", "2014"). */
#include "shop.h"

#include "store/sql.h"

/* Each compares a date, or hides it and compares it then. */
static const char *const wrong[] = {
    "SELECT count(*) FROM people WHERE born < '1971'",
    "SELECT count(*) FROM people WHERE '1971' >= People.\"born\"",
    "SELECT count(*) FROM people WHERE [born] = `born`",
    "SELECT count(*) FROM people WHERE BORN IS '1970'",
    "SELECT count(*) FROM people WHERE born IS NOT DISTINCT FROM '1970'",
    "SELECT count(*) FROM people WHERE '1970' IS NOT DISTINCT FROM born",
    "SELECT count(*) FROM people WHERE born BETWEEN '1970' AND '1971'",
    "SELECT count(*) FROM people WHERE '1970' BETWEEN '1969' AND born",
    "SELECT count(*) FROM people WHERE '1970' BETWEEN '1969' AND born IS NULL",
    "SELECT count(*) FROM people WHERE born IN ('1970', '1971')",
    "SELECT count(*) FROM people WHERE '1970' IN (born, '1971')",
    "SELECT count(*) FROM people WHERE '1970' IN (SELECT born FROM people)",
    "SELECT count(*) FROM people WHERE '1970' IN (SELECT * FROM births)",
    "SELECT count(*) FROM people WHERE (card, born) = ('1', '1970')",
    "SELECT count(*) FROM people WHERE (card, born) IN (SELECT card, born FROM people)",
    "SELECT count(*) FROM people WHERE born",
    "SELECT count(*) FROM people WHERE born LIKE '1970%'",
    "SELECT count(*) FROM people WHERE born GLOB '1970*'",
    "SELECT max(born) FROM people",
    "SELECT min(born, '1970') FROM people",
    "SELECT group_concat(born) FROM people",
    "SELECT substr(born, 1, 4) FROM people",
    "SELECT length(born) FROM people",
    "SELECT CAST(born AS INTEGER) FROM people",
    "SELECT born || '' AS day FROM people",
    "SELECT +born FROM people",
    "SELECT born COLLATE nocase FROM people",
    "SELECT nullif(born, '1970') FROM people",
    "SELECT iif(born, 1, 2) FROM people",
    "SELECT card FROM people WHERE coalesce(born, '1970') < '1971'",
    "SELECT card FROM people WHERE ifnull(born, '') = ''",
    "SELECT card FROM people WHERE iif(card > 1, born, NULL) < '1971'",
    "SELECT card FROM people WHERE CASE WHEN card > 1 THEN born END < '1971'",
    "SELECT card FROM people WHERE CASE born WHEN '1970' THEN 1 END",
    "SELECT card FROM people WHERE CASE WHEN born > '1970' THEN 1 END",
    "SELECT card FROM people WHERE ((born)) < '1971'",
    "SELECT card FROM (SELECT card, born AS day FROM people) WHERE day < '1971'",
    "SELECT card FROM (SELECT card, born day FROM people) x WHERE x.day < '1971'",
    "SELECT card FROM (SELECT * FROM people) WHERE born < '1971'",
    "SELECT card FROM (SELECT card, CASE WHEN card > 1 THEN (born) END AS day FROM people) WHERE day < '1971'",
    "SELECT 1 FROM (SELECT coalesce(born, '') FROM people) WHERE \"coalesce(born, '')\" < '1971'",
    "WITH t AS (SELECT born AS day FROM people) SELECT count(*) FROM t WHERE day < '1971'",
    "WITH t(number, day) AS (SELECT card, born FROM people) SELECT count(*) FROM t WHERE day < '1971'",
    "WITH t(c) AS MATERIALIZED (SELECT * FROM births) SELECT count(*) FROM t WHERE c < '1971'",
    "WITH t AS (SELECT born AS day FROM people), u AS (SELECT day AS other FROM t) SELECT max(other) FROM u",
    "WITH RECURSIVE t(d) AS (SELECT born FROM people UNION SELECT d FROM t) SELECT count(*) FROM t WHERE d < '1971'",
    "SELECT count(*) FROM (SELECT NULL AS day UNION ALL SELECT born AS day FROM people) WHERE day < '1971'",
    "SELECT card FROM people WHERE (SELECT born FROM people LIMIT 1) < '1971'",
    "SELECT card FROM people WHERE coalesce((SELECT born FROM people LIMIT 1), '') < '1971'",
    "SELECT count(*) FROM people a JOIN people b ON a.born = b.born",
    "SELECT count(*) FROM people a JOIN people b USING (born)",
    "SELECT count(*) FROM people a NATURAL JOIN people b",
    "SELECT born FROM people INTERSECT SELECT '1970'",
    "SELECT * FROM births EXCEPT SELECT '1970'",
    "SELECT sex FROM people GROUP BY sex HAVING max(born) > '1970'",
    "SELECT sum(n) FILTER (WHERE born > '1970') FROM people_tally",
    "SELECT card FROM (SELECT card, lag(born) OVER (ORDER BY card) AS earlier FROM people) WHERE earlier < '1971'",
    "SELECT max(born) OVER () FROM people",
    "SELECT count(*) FROM births WHERE born < '1971'",
    "SELECT count(*) FROM births_named WHERE day < '1971'",
    "SELECT count(*) FROM births_again WHERE late < '1971'",
    "SELECT count(*) FROM people WHERE latest > '1970'",
    "SELECT day FROM (VALUES (1)) JOIN (SELECT born AS day FROM people) WHERE day = 1",
    "SELECT card FROM people ORDER BY born < '1971'",
    "SELECT (VALUES (born)) FROM people",
    "SELECT unlikely(born) FROM people",
    "SELECT card FROM people -- born\n WHERE /* born */ born < '1971'",
};

/* Left means what right says. */
static const char *const same[][2] = {
    {"SELECT count(*) FROM people WHERE last_day(born) < '1971-01-01'",
     "SELECT count(*) FROM people WHERE in_period(born) IS NOT NULL AND days_between(born, '1970-12-31') >= 0"},
    {"SELECT first_day(born), last_day(born), count(*) FROM people WHERE born IS NOT NULL GROUP BY born ORDER BY born",
     "SELECT first_day(born), last_day(born), sum(n) FROM people_tally WHERE born NOTNULL GROUP BY 1, 2"
     " ORDER BY first_day(born), last_day(born) DESC"},
    {"SELECT DISTINCT born FROM people ORDER BY 1", "SELECT born FROM people GROUP BY born ORDER BY born"},
    {"SELECT count(DISTINCT born) FROM people",
     "SELECT count(*) FROM (SELECT DISTINCT first_day(born), last_day(born) FROM people WHERE NOT born ISNULL)"},
    {"SELECT count(*) FROM people WHERE in_period(coalesce(born, latest))",
     "SELECT count(*) FROM people WHERE first_day(born) >= '2014-01-01' AND last_day(born) <= '2014-12-31'"},
    {"SELECT last_day(day) FROM (SELECT CASE WHEN card < 9 THEN born ELSE latest END AS day FROM people ORDER BY card)",
     "SELECT last_day(born) FROM people ORDER BY card"},
    {"SELECT first_day((SELECT born FROM births LIMIT 1))", "SELECT first_day(born) FROM births LIMIT 1"},
    {"WITH t(born) AS (SELECT born FROM people) SELECT count(born) FROM t", "SELECT count(born) FROM people"},
    {"SELECT count(*) FROM (SELECT born FROM people UNION SELECT born FROM people)",
     "SELECT count(*) FROM (SELECT DISTINCT born FROM people)"},
    {"SELECT last_day(earlier) FROM (SELECT card, lag(born, 1) OVER (ORDER BY card) AS earlier FROM people)",
     "SELECT lag(last_day(born)) OVER (ORDER BY card) FROM people"},
    {"SELECT count(*) FROM people WHERE EXISTS (SELECT born FROM births) AND NOT born IS NULL",
     "SELECT count(*) FROM births"},
    {"SELECT 'born < ''1971''', \"age\" FROM people", "SELECT 'born < ''1971''', age FROM people"},
    {"SELECT count(*) AS born FROM people", "SELECT count(*) FROM people"},
};

static struct shop open_dates(struct bench *bench) {
    bench_put(bench, "views/births.sql", "SELECT born FROM people WHERE born IS NOT NULL");
    bench_put(bench, "views/births_again.sql", "SELECT day AS late FROM births_named");
    bench_put(bench, "views/births_named.sql", "SELECT born AS day FROM births");
    return open_shop_with(bench, 300, "[derive latest]\ntype = date\nsql = coalesce(born, NULL)\n");
}

static void a_comparison_of_dates_is_refused(void **state) {
    struct shop shop = open_dates(*state);
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        const struct query_error error = assert_refused(&shop, wrong[i], DIAGNOSTIC_QUERY_FAILED);
        if (!strstr(error.message, "first_day(") || error.offset < 0)
            fail_msg("%s: %s", wrong[i], error.message);
    }
    const struct query_error error = assert_refused(
        &shop, "SELECT card FROM people -- born\n WHERE /* born */ born < '1971'", DIAGNOSTIC_QUERY_FAILED);
    assert_int_equal(error.offset, 50);
    close_shop(&shop);
}

static void what_is_let_through_is_right(void **state) {
    struct shop shop = open_dates(*state);
    for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
        const char *found = ask(&shop, same[i][0]);
        assert_true(*found);
        assert_answer(&shop, same[i][1], found);
    }
    close_shop(&shop);
}

/* A store is not opened over the file, and the place of the date is told. */
static void assert_file_refused(struct bench *bench, const char *file, const char *content, int row, int column) {
    bench_put(bench, file, content);
    const char *const files[] = {"in/units.csv", units_csv, "in/people.csv", random_people(bench, 1), NULL};
    struct books books = books_open(bench, files);
    assert_null(store_open(books.ledgers, bench->folder, &bench->diagnostics));
    const struct finding *finding = finding_of(bench, DIAGNOSTIC_QUERY_FAILED, 0);
    assert_contains(finding->message, "first_day(born)");
    assert_int_equal(finding->place.row, row);
    assert_int_equal(finding->place.column, column);
    books_close(&books);
}

static void a_view_that_compares_dates_is_refused(void **state) {
    assert_file_refused(*state, "views/old.sql", "SELECT * FROM people\n WHERE born < '1971'", 2, 8);
}

static void a_function_answers_no_date(void **state) {
    assert_file_refused(*state, "functions/one.sql", "SELECT born FROM people", 1, 8);
}

static void parts_of_years_have_first_and_last_days(void **state) {
    struct shop shop = open_shop(*state, 1);
    assert_answer(&shop, "SELECT first_day('2024-Q1'), last_day('2024-Q1'), first_day('2024-H2'), last_day('2024-H2')",
                  "2024-01-01|2024-03-31|2024-07-01|2024-12-31");
    assert_answer(&shop, "SELECT first_day('2024-02'), last_day('2024-02'), first_day('2024'), last_day('2024')",
                  "2024-02-01|2024-02-29|2024-01-01|2024-12-31");
    assert_answer(&shop, "SELECT first_day('2024-02-03'), last_day('2024-02-03'), first_day(NULL), last_day('x')",
                  "2024-02-03|2024-02-03||");
    close_shop(&shop);
}

static void sql_is_read_as_words(void **state) {
    struct arena *arena = arena_new();
    (void)state;
    const struct sql sql = sql_read(arena, "SELECT \"a \"\"b\"\"\", [c d] , `e` , 'it''s)' -- (\n, 1.5/* ( */,f(g(1))");
    assert_string_equal(sql_name(arena, &sql, 1), "a \"b\"");
    assert_string_equal(sql_name(arena, &sql, 3), "c d");
    assert_string_equal(sql_name(arena, &sql, 5), "e");
    assert_int_equal(sql.tokens[7].kind, SQL_STRING);
    assert_int_equal(sql.tokens[9].kind, SQL_NUMBER);
    assert_true(sql_is_named(&sql, 11, "F"));
    assert_int_equal(sql.tokens[12].pair, sql.count - 1);
    assert_int_equal(sql.tokens[15].open, 14);
    assert_int_equal(sql.tokens[14].open, 12);
    assert_string_equal(sql_text(arena, &sql, 11, sql.count), "f(g(1))");
    static const char *const torn[] = {"", "'", "\"", "[", "`", "/*", "--", "(", ")", "((", "a.", "SELECT 'x", ")("};
    for (size_t i = 0; i < sizeof torn / sizeof *torn; i++)
        sql_read(arena, torn[i]);
    arena_free(arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_comparison_of_dates_is_refused),        TEST(what_is_let_through_is_right),
        TEST(a_view_that_compares_dates_is_refused),   TEST(a_function_answers_no_date),
        TEST(parts_of_years_have_first_and_last_days), TEST(sql_is_read_as_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
