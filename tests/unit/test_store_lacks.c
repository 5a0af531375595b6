/* test_store_lacks.c - what a query's columns rest on that nobody read, or that was before a ledger was kept.
 *
 * People and units were read; of people no file has «Nhãn» (tags) and «Điện thoại» (phone). Nobody read the moves. */
#include "shop.h"

static const char moves_ini[] = "[ledger]\nlabel = Sổ chuyển\nkey = card\n"
                                "[card]\nlabel = Số thẻ\ntype = id\nrequired = yes\n"
                                "[day]\nlabel = Ngày chuyển\ntype = date\n";

static struct shop open_moves(struct bench *bench, int people) {
    bench_put(bench, "ledgers/moves.ini", moves_ini);
    return open_shop(bench, people);
}

static const char *name_of(const struct lacks *lacks, uint64_t mask, struct arena *arena) {
    const char *names = "";
    for (size_t i = 0; i < lacks->count; i++) {
        static const char *const kinds[] = {[LACK_LEDGER] = "", [LACK_COLUMN] = "", [LACK_PERIOD] = "<"};
        const struct lack *lack = &lacks->lacks[i];
        if (mask >> i & 1)
            names = arena_printf(arena, "%s%s%s%s%s%s", names, *names ? "+" : "", kinds[lack->kind],
                                 lack->kind == LACK_LEDGER ? lack->ledger->schema->name : lack->field->name,
                                 lack->kept ? "" : "!",
                                 lack->kind == LACK_PERIOD ? arena_printf(arena, "%d", lack->since.year) : "");
    }
    return *names ? names : "-";
}

/* By column, then of the rows: "a=- b=moves | moves". */
static const char *lacks_of(struct shop *shop, const char *sql) {
    struct arena *arena = shop->bench->arena;
    const struct lacks *lacks = store_lacks(shop->store, arena, sql);
    const char *text = "";
    ask(shop, sql); /* it is SQL */
    for (size_t c = 0; lacks && c < lacks->column_count; c++)
        text = arena_printf(arena, "%s%s=%s ", text, lacks->names[c] ? lacks->names[c] : "",
                            name_of(lacks, lacks->columns[c], arena));
    return lacks ? arena_printf(arena, "%s| %s", text, name_of(lacks, lacks->rows, arena)) : "nothing";
}

static void assert_lacks(struct shop *shop, const char *sql, const char *wanted) {
    const char *found = lacks_of(shop, sql);
    if (strcmp(found, wanted) != 0)
        fail_msg("%s: «%s», not «%s»", sql, found, wanted);
}

static void columns_rest_on_what_they_name(void **state) {
    struct shop shop = open_moves(*state, 40);
    static const char *const cases[][2] = {
        {"SELECT count(*) AS n FROM people", "nothing"},
        {"SELECT sum(n) AS n FROM people_tally WHERE in_period(born)", "nothing"},
        {"SELECT count(*) AS all_, count(*) FILTER (WHERE has(tags, 'A')) AS tagged FROM people",
         "all_=- tagged=tags | -"},
        {"SELECT count(*) AS n FROM people WHERE has(tags, 'A')", "n=tags | -"},
        {"SELECT count(*) n, 7 seven FROM people p WHERE p.\"tags\" = 'A'", "n=tags seven=- | -"},
        {"SELECT name, phone FROM people", "name=- phone=phone | -"},
        {"SELECT name FROM people WHERE phone = '1'", "name=- | phone"},
        {"SELECT sex, count(*) AS n FROM people GROUP BY sex, phone", "sex=- n=phone | phone"},
        {"SELECT sex FROM people GROUP BY sex HAVING max(phone) > 1", "sex=- | phone"},
        /* what a blank means is said */
        {"SELECT count(*) AS n FROM people WHERE tags IS NULL OR tags > 'B'", "nothing"},
        {"SELECT count(*) AS n FROM people WHERE coalesce(phone, name) = 'x'", "nothing"},
        {"SELECT count(*) AS n FROM people WHERE phone IS NOT NULL", "n=phone | -"},
        {"SELECT count(*) AS n FROM people WHERE coalesce(name, phone) = 'x'", "n=phone | -"},
        /* a ledger that never came */
        {"SELECT count(*) AS n, 1 AS one FROM moves", "n=moves one=- | -"},
        {"SELECT coalesce(sum(n), 0) AS n FROM moves_tally", "n=moves | -"},
        {"SELECT card FROM moves", "card=moves | moves"},
        {"SELECT kind, count(*) AS n FROM units GROUP BY kind", "nothing"},
        /* joined from the left it adds columns, else rows */
        {"SELECT u.name, count(m.card) AS n FROM units u LEFT JOIN moves m ON m.card = u.id GROUP BY u.id",
         "name=- n=moves | -"},
        {"SELECT u.name, sum(m.n) AS n FROM units u LEFT OUTER JOIN moves_tally m ON m.card = u.id GROUP BY u.id",
         "name=- n=moves | -"},
        {"SELECT u.name FROM units u JOIN moves m ON m.card = u.id", "name=- | moves"},
        {"SELECT u.name FROM units u, moves m", "name=- | moves"},
        /* subqueries, common tables, UNION */
        {"SELECT name, (SELECT count(*) FROM moves m WHERE m.card = p.card) AS n FROM people p", "name=- n=moves | -"},
        {"SELECT name FROM people WHERE EXISTS (SELECT 1 FROM moves)", "name=- | moves"},
        {"WITH a AS MATERIALIZED (SELECT card, phone AS p FROM people), b(x, y) AS (SELECT name, tags FROM people)"
         " SELECT a.card, a.p, b.x, b.y FROM a, b",
         "card=- p=phone x=- y=tags | -"},
        {"SELECT * FROM (SELECT name, phone AS p FROM people)", "name=- p=phone | -"},
        {"SELECT 'a', (SELECT count(*) FROM people), (SELECT count(*) FROM moves) UNION ALL SELECT 'b', 1, 2",
         "=- =- =moves | -"},
        {"WITH RECURSIVE c(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM c WHERE i < 3) SELECT i FROM c", "nothing"},
        {"SELECT w.code, count(p.n) AS n FROM vocabulary w LEFT JOIN people_tally p ON p.sex = w.code AND p.tags = 'A'"
         " GROUP BY w.code",
         "code=- n=tags | -"},
        {"SELECT name /* FROM moves */ FROM people -- WHERE phone = 1\n WHERE name <> 'phone'", "nothing"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_lacks(&shop, cases[i][0], cases[i][1]);
    close_shop(&shop);
}

static void windows_before_a_ledger_is_kept_are_not_comparable(void **state) {
    struct shop shop = open_moves(*state, 400);
    struct bench *bench = *state;
    const char *query = "SELECT sum(n) FILTER (WHERE in_period(born)) AS now,"
                        " sum(n) FILTER (WHERE in_previous(born)) AS before FROM people_tally";
    /* People are born from 1970 on, so that 2013 can be compared with. */
    assert_lacks(&shop, query, "nothing");
    static const char ini[] = "[since]\npeople = 2014-01-01\n";
    store_set_settings(shop.store, settings_parse(bench->arena, &bench->diagnostics, "o.ini", ini, strlen(ini), 1));
    assert_lacks(&shop, query, "now=- before=<born2014 | -");
    assert_lacks(&shop, "SELECT count(*) AS n FROM people WHERE in_preceding(born)", "n=<born2014 | -");
    assert_lacks(&shop, "SELECT count(*) AS n FROM people WHERE last_day(born) <= opening_day()", "n=<born2014 | -");
    assert_lacks(&shop, "SELECT name FROM people WHERE in_previous(born)", "name=- | <born2014");
    struct period later;
    assert_true(period_parse("2015", &later));
    store_set_period(shop.store, later, later.first, later.last, later.last);
    assert_lacks(&shop, query, "nothing");
    close_shop(&shop);
}

static void what_an_office_does_not_keep_is_told_apart(void **state) {
    struct shop shop = open_moves(*state, 40);
    struct bench *bench = *state;
    static const char ini[] = "[ledgers]\nmoves = not_kept\npeople.phone = not_kept\n";
    store_set_settings(shop.store, settings_parse(bench->arena, &bench->diagnostics, "o.ini", ini, strlen(ini), 1));
    assert_lacks(&shop, "SELECT count(*) AS n FROM moves", "n=moves! | -");
    assert_lacks(&shop, "SELECT phone, tags FROM people", "phone=phone! tags=tags | -");
    close_shop(&shop);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(columns_rest_on_what_they_name),
        TEST(windows_before_a_ledger_is_kept_are_not_comparable),
        TEST(what_an_office_does_not_keep_is_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
