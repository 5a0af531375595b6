/* dates.c - what SQL may do with a date, which is an interval: a day, a month, a quarter, a half-year or a year.
 *
 *   done_date <= due                      is refused: as texts "2024-06-20" <= "2024-06" is false
 *   last_day(done_date) <= last_day(due)  says what is meant
 *
 * Two dates are never compared as text. Every place where a date stands in a query is looked at; it may be
 *   - what first_day(), last_day(), in_period() and its like, days_between() or count() are given,
 *   - asked whether it is there: IS NULL, IS NOT NULL,
 *   - a whole result of a SELECT, which then is a date by its new name, in CTEs, views and subqueries too,
 *   - a whole term of GROUP BY, ORDER BY or PARTITION BY: equal are dates of one precision, and their texts are in the
 *     order of their first days (see date_order_text()),
 *   - what coalesce(), ifnull(), iif(), CASE, lag(), lead() or parentheses answer; that is a date in its turn.
 * Anything else is refused: operators, BETWEEN, IN, min, max, USING, other functions. What is a date is told by its
 * name alone, by all names that dates have in the query: so a name too many may be refused, but no date is missed. */
#include "base/text.h"
#include "store/sql.h"
#include "store/tables.h"

#include <string.h>

struct look {
    const struct store *store;
    struct arena *arena;
    struct sql sql;
    const char **names; /* of dates in this query */
    size_t name_count, name_capacity;
    bool answers; /* whether a result may be a date */
};

static bool is_date_name(const struct look *look, const char *name) {
    for (size_t i = 0; i < look->name_count; i++)
        if (sqlite3_stricmp(look->names[i], name) == 0)
            return true;
    return false;
}

static void add_name(struct look *look, const char *name) {
    if (is_date_name(look, name))
        return;
    look->names = arena_grow(look->arena, look->names, &look->name_capacity, look->name_count + 1, sizeof *look->names);
    look->names[look->name_count++] = name;
}

/* Dates of the ledgers and views that the query names. */
static void add_sources(struct look *look) {
    const struct store *store = look->store;
    for (size_t at = 0; at < look->sql.count; at++) {
        if (!sql_is_name(&look->sql, at))
            continue;
        const char *word = sql_name(look->arena, &look->sql, at);
        bool tally;
        const size_t length = table_ledger_length(word, &tally);
        for (size_t i = 0; i < store->ledgers->count; i++) {
            const struct table *table = &store->tables[i];
            const char *ledger = table->ledger->schema->name;
            if (strlen(ledger) != length || sqlite3_strnicmp(ledger, word, (int)length) != 0)
                continue;
            for (size_t c = 0; c < table->column_count; c++)
                if (table->columns[c].column->field->type == FIELD_DATE)
                    add_name(look, table->columns[c].name);
        }
        for (size_t v = 0; v < store->view_count; v++)
            for (size_t d = 0; d < store->views[v].date_count && sqlite3_stricmp(store->views[v].name, word) == 0; d++)
                add_name(look, store->views[v].dates[d]);
    }
}

/* ---- Where a name stands ---------------------------------------------------------------------------------------- */

static const char *const before_operand[] = {
    "SELECT",    "DISTINCT", "ALL",   "WHERE",     "AND",    "OR",     "NOT",    "ON",     "HAVING", "BY",
    "WHEN",      "THEN",     "ELSE",  "CASE",      "IN",     "LIKE",   "GLOB",   "REGEXP", "MATCH",  "BETWEEN",
    "IS",        "FROM",     "JOIN",  "LIMIT",     "OFFSET", "ESCAPE", "VALUES", "ROWS",   "RANGE",  "GROUPS",
    "RETURNING", "SET",      "USING", "INTERSECT", "EXCEPT", "UNION",  "EXISTS", NULL};
static const char *const clauses[] = {"SELECT", "FROM",   "WHERE", "BY",        "HAVING", "LIMIT", "OFFSET",
                                      "VALUES", "WINDOW", "SET",   "RETURNING", "WITH",   NULL};
static const char *const item_ends[] = {",",     "AS",    "FROM",   ")",      ";",   "UNION", "ORDER",
                                        "GROUP", "LIMIT", "WHERE",  "HAVING", "ASC", "DESC",  "NULLS",
                                        "ROWS",  "RANGE", "GROUPS", "WINDOW", NULL};

/* What governs the token in its parentheses: the nearest clause before it, or SQL_NOWHERE. */
static size_t governing(const struct sql *sql, size_t at) {
    for (const size_t open = sql->tokens[at].open; at-- > 0 && at != open;) {
        if (sql_is(sql, at, ")"))
            at = sql->tokens[at].pair;
        else if (sql_is_any(sql, at, clauses) && !(sql_is(sql, at, "FROM") && at && sql_is(sql, at - 1, "DISTINCT")))
            return at;
    }
    return SQL_NOWHERE;
}

/* A name behind an operand names it. */
static bool follows_operand(const struct sql *sql, size_t at) {
    if (!at)
        return false;
    const size_t before = at - 1;
    return sql_is(sql, before, ")") || sql->tokens[before].kind == SQL_STRING ||
           sql->tokens[before].kind == SQL_NUMBER ||
           (sql_is_name(sql, before) && !sql_is_any(sql, before, before_operand));
}

/* "(a, b)" of "WITH t(a, b) AS (…)". */
static bool is_column_list(const struct sql *sql, size_t open) {
    return open != SQL_NOWHERE && open && sql_is_name(sql, open - 1) && sql_is(sql, sql->tokens[open].pair + 1, "AS") &&
           (sql_is(sql, governing(sql, open), "WITH") || governing(sql, open) == SQL_NOWHERE);
}

/* Whether the token, which is a date's name, stands for the date, not for a table, a function or a new name. */
static bool is_reference(const struct sql *sql, size_t at) {
    if (sql_is(sql, at + 1, "(") || sql_is(sql, at + 1, ".") || is_column_list(sql, sql->tokens[at].open))
        return false;
    if (at && sql_is(sql, at - 1, "."))
        return true;
    if (at && sql_is(sql, at - 1, "AS"))
        return false;
    const size_t clause = governing(sql, at);
    if (sql_is(sql, clause, "WITH") ||
        (clause == SQL_NOWHERE && sql_is(sql, at + 1, "AS") && at && sql_is(sql, at - 1, "WITH")))
        return false; /* the name of a common table */
    const bool first = at && sql_is_any(sql, at - 1, (const char *const[]){"FROM", "JOIN", ",", NULL});
    if (sql_is(sql, clause, "FROM") && first && !sql_is(sql, at - 1, "DISTINCT") && clause != SQL_NOWHERE &&
        !(sql_is(sql, at - 1, "FROM") && at > 1 && sql_is(sql, at - 2, "DISTINCT")))
        return false; /* a table called so */
    return !follows_operand(sql, at);
}

/* ---- From a date to what it is part of -------------------------------------------------------------------------- */

/* Tokens from `from` up to but without `end`, which are a date. */
struct span_of {
    size_t from, end;
};

enum verdict { VERDICT_FINE, VERDICT_REFUSED, VERDICT_GROWN };

/* BETWEEN … AND x: the AND is no logical one. */
static bool closes_between(const struct sql *sql, size_t and) {
    for (const size_t open = sql->tokens[and].open; and-- > 0 && and != open;) {
        if (sql_is(sql, and, ")"))
            and = sql->tokens[and].pair;
        else if (sql_is(sql, and, "BETWEEN"))
            return true;
        else if (sql_is_any(sql, and, (const char *const[]){"AND", "OR", ",", "WHERE", "ON", "WHEN", NULL}))
            return false;
    }
    return false;
}

/* "x IS NULL", with nothing before x that would take it first. */
static bool asks_for_null(const struct sql *sql, struct span_of date) {
    static const char *const before[] = {"(",    ",",    "WHERE", "AND",    "OR",     "NOT", "WHEN",
                                         "THEN", "ELSE", "ON",    "HAVING", "SELECT", "BY",  NULL};
    const size_t next = date.end;
    const bool null = sql_is_any(sql, next, (const char *const[]){"ISNULL", "NOTNULL", NULL}) ||
                      (sql_is(sql, next, "NOT") && sql_is(sql, next + 1, "NULL")) ||
                      (sql_is(sql, next, "IS") && sql_is(sql, next + 1 + (size_t)sql_is(sql, next + 1, "NOT"), "NULL"));
    return null && (!date.from || (sql_is_any(sql, date.from - 1, before) &&
                                   !(sql_is(sql, date.from - 1, "AND") && closes_between(sql, date.from - 1))));
}

static bool is_one_of(const struct sql *sql, size_t at, const char *const *names) {
    for (; *names; names++)
        if (sql_is_named(sql, at, *names))
            return true;
    return false;
}

/* How many commas stand before the token in its parentheses, back to `from`. */
static size_t commas_before(const struct sql *sql, size_t from, size_t at) {
    size_t commas = 0;
    for (size_t i = from + 1; i < at; i++) {
        if (sql_is(sql, i, "(") && sql->tokens[i].pair > i && sql->tokens[i].pair < at)
            i = sql->tokens[i].pair;
        else
            commas += sql_is(sql, i, ",");
    }
    return commas;
}

/* Behind FILTER (…) and OVER (…) or OVER name. */
static size_t behind_over(const struct sql *sql, size_t at) {
    if (sql_is(sql, at, "FILTER") && sql_is(sql, at + 1, "("))
        at = sql->tokens[at + 1].pair + 1;
    if (sql_is(sql, at, "OVER"))
        at = sql_is(sql, at + 1, "(") ? sql->tokens[at + 1].pair + 1 : at + 2;
    return at;
}

/* The date is a whole argument of the call whose parenthesis is `open`. */
static enum verdict judge_argument(const struct sql *sql, struct span_of *date, size_t open) {
    static const char *const takers[] = {"first_day",    "last_day",     "in_period", "in_previous",
                                         "in_preceding", "days_between", "count",     NULL};
    static const char *const passers[] = {"coalesce", "ifnull", NULL};
    static const char *const movers[] = {"lag", "lead", "first_value", "last_value", "nth_value", NULL};
    const size_t function = open - 1, number = commas_before(sql, open, date->from);
    if (is_one_of(sql, function, takers))
        return VERDICT_FINE;
    const bool passes = is_one_of(sql, function, passers) || (sql_is_named(sql, function, "iif") && number) ||
                        (is_one_of(sql, function, movers) && number != 1);
    if (!passes)
        return VERDICT_REFUSED;
    *date = (struct span_of){function, behind_over(sql, sql->tokens[open].pair + 1)};
    return VERDICT_GROWN;
}

/* CASE … END around a THEN or ELSE. */
static enum verdict grow_to_case(const struct sql *sql, struct span_of *date) {
    size_t from = date->from, end = date->end;
    for (int depth = 1; depth && from-- > 0;)
        depth += sql_is(sql, from, "END") - sql_is(sql, from, "CASE");
    for (int depth = 1; depth && end < sql->count; end++)
        depth += sql_is(sql, end, "CASE") - sql_is(sql, end, "END");
    *date = (struct span_of){from, end};
    return from < sql->count ? VERDICT_GROWN : VERDICT_REFUSED;
}

/* Whether the SELECT in these parentheses is a table of a FROM clause, or a common one. */
static bool is_source(const struct sql *sql, size_t open) {
    if (!open)
        return false;
    if (sql_is(sql, open - 1, ","))
        return sql_is(sql, governing(sql, open), "FROM");
    if (sql_is(sql, open - 1, "("))
        return is_source(sql, open - 1);
    return sql_is_any(sql, open - 1, (const char *const[]){"FROM", "JOIN", "AS", "MATERIALIZED", "EXISTS", NULL});
}

static bool compares_rows(const struct sql *sql, size_t at) {
    static const char *const words[] = {"EXCEPT", "INTERSECT", NULL};
    const size_t open = sql->tokens[at].open, from = open == SQL_NOWHERE ? 0 : open + 1,
                 end = open == SQL_NOWHERE ? sql->count : sql->tokens[open].pair;
    return sql_find(sql, from, end, words) < end;
}

/* The names of "WITH t(a, b) AS (SELECT …)": the one in the place of the result, or all behind a star. */
static void add_listed(struct look *look, size_t select, size_t item) {
    const struct sql *sql = &look->sql;
    size_t as = sql->tokens[select].open - 1;
    while (as && sql_is_any(sql, as, (const char *const[]){"MATERIALIZED", "NOT", NULL}))
        as--;
    if (!sql_is(sql, as, "AS") || !as || !sql_is(sql, as - 1, ")") || !is_column_list(sql, sql->tokens[as - 1].pair))
        return;
    bool star = false;
    for (size_t i = select + 1; i <= item; i++)
        star = star || sql_is(sql, i, "*");
    const size_t list = sql->tokens[as - 1].pair, place = commas_before(sql, select, item);
    for (size_t i = list + 1; i < as - 1; i++)
        if (sql_is_name(sql, i) && (star || commas_before(sql, list, i) == place))
            add_name(look, sql_name(look->arena, sql, i));
}

static enum verdict judge_result(struct look *look, struct span_of *date, size_t select) {
    const struct sql *sql = &look->sql;
    const size_t open = sql->tokens[select].open, next = date->end;
    if (compares_rows(sql, select))
        return VERDICT_REFUSED;
    if (sql_is(sql, next, "AS"))
        add_name(look, sql_name(look->arena, sql, next + 1));
    else if (sql_is_name(sql, next) && !sql_is_any(sql, next, item_ends))
        add_name(look, sql_name(look->arena, sql, next));
    else
        add_name(look, sql_text(look->arena, sql, date->from, date->end));
    if (open == SQL_NOWHERE)
        return look->answers ? VERDICT_FINE : VERDICT_REFUSED;
    if (is_source(sql, open)) {
        add_listed(look, select, date->from);
        return VERDICT_FINE;
    }
    if (open && sql_is(sql, open - 1, "IN"))
        return VERDICT_REFUSED;
    *date = (struct span_of){open, sql->tokens[open].pair + 1};
    return VERDICT_GROWN;
}

/* A whole item of a list: a result, or a term of ORDER BY and its like. */
static enum verdict judge_item(struct look *look, struct span_of *date) {
    static const char *const begins[] = {"SELECT", "DISTINCT", "ALL", "BY", ",", NULL};
    const struct sql *sql = &look->sql;
    const bool begin = !date->from || sql_is_any(sql, date->from - 1, begins);
    const bool end = date->end >= sql->count || sql_is_any(sql, date->end, item_ends) ||
                     sql_is_any(sql, date->end, (const char *const[]){"EXCEPT", "INTERSECT", NULL}) ||
                     (sql_is_name(sql, date->end) && !sql_is_any(sql, date->end, before_operand) &&
                      !sql_is_any(sql, date->end, (const char *const[]){"COLLATE", "ISNULL", "NOTNULL", NULL}));
    if (!begin || !end)
        return VERDICT_REFUSED;
    const size_t clause = governing(sql, date->from);
    if (sql_is(sql, clause, "SELECT"))
        return judge_result(look, date, clause);
    return sql_is(sql, clause, "BY") ? VERDICT_FINE : VERDICT_REFUSED;
}

static enum verdict judge_step(struct look *look, struct span_of *date) {
    static const char *const results[] = {"THEN", "ELSE", NULL}, *const result_ends[] = {"WHEN", "ELSE", "END", NULL};
    static const char *const lists[] = {"IN", "USING", "VALUES", "OVER", "FILTER", NULL};
    const struct sql *sql = &look->sql;
    if (asks_for_null(sql, *date))
        return VERDICT_FINE;
    const size_t before = date->from ? date->from - 1 : SQL_NOWHERE, open = sql->tokens[date->from].open;
    if (sql_is_any(sql, before, results) && sql_is_any(sql, date->end, result_ends))
        return grow_to_case(sql, date);
    const bool distinct = sql_is(sql, before, "DISTINCT") && before && before - 1 == open;
    const bool whole = open != SQL_NOWHERE && (before == open || distinct || sql_is(sql, before, ",")) &&
                       (sql_is(sql, date->end, ",") || date->end == sql->tokens[open].pair);
    if (whole && governing(sql, date->from) == SQL_NOWHERE) {
        const bool call = open && sql_is_name(sql, open - 1) && !sql_is_any(sql, open - 1, before_operand) &&
                          !sql_is_any(sql, open - 1, lists);
        if (call)
            return judge_argument(sql, date, open);
        if (before != open || date->end != sql->tokens[open].pair || (open && sql_is_any(sql, open - 1, lists)))
            return VERDICT_REFUSED;
        *date = (struct span_of){open, date->end + 1};
        return VERDICT_GROWN;
    }
    return judge_item(look, date);
}

static bool judge(struct look *look, size_t at) {
    struct span_of date = {at, at + 1};
    while (date.from > 1 && sql_is(&look->sql, date.from - 1, "."))
        date.from -= 2;
    enum verdict verdict;
    do
        verdict = judge_step(look, &date);
    while (verdict == VERDICT_GROWN);
    return verdict == VERDICT_FINE;
}

/* The SELECT of which the token is a star; SQL_NOWHERE: none, as in count(*) and 2 * 3. */
static size_t select_of_star(const struct sql *sql, size_t at) {
    static const char *const begins[] = {"SELECT", "DISTINCT", "ALL", ",", ".", NULL};
    const size_t select =
        at && sql_is(sql, at, "*") && sql_is_any(sql, at - 1, begins) ? governing(sql, at) : SQL_NOWHERE;
    return sql_is(sql, select, "SELECT") ? select : SQL_NOWHERE;
}

/* Whether the columns of the star are compared: in a subquery that is a value or a list, or beside EXCEPT. As a table
 * they keep their names, but for those of "WITH t(a, b)". */
static bool is_compared_star(struct look *look, size_t at) {
    const struct sql *sql = &look->sql;
    const size_t select = select_of_star(sql, at), open = select == SQL_NOWHERE ? select : sql->tokens[select].open;
    if (select == SQL_NOWHERE || compares_rows(sql, select) || (open != SQL_NOWHERE && !is_source(sql, open)))
        return select != SQL_NOWHERE;
    if (open != SQL_NOWHERE)
        add_listed(look, select, at);
    return false;
}

/* The first token that uses a date as it must not be; SQL_NOWHERE: none. */
static size_t find_misuse(struct look *look) {
    for (size_t at = 0; at < look->sql.count && look->name_count; at++) {
        if (sql_is(&look->sql, at, "NATURAL") || is_compared_star(look, at))
            return at;
        if (sql_is_name(&look->sql, at) && is_date_name(look, sql_name(look->arena, &look->sql, at)) &&
            is_reference(&look->sql, at) && !judge(look, at))
            return at;
    }
    return SQL_NOWHERE;
}

static void say_misuse(const struct look *look, size_t at, struct query_error *error) {
    const struct sql *sql = &look->sql;
    const size_t from = at > 3 ? at - 3 : 0, end = at + 4 < sql->count ? at + 4 : sql->count;
    const char *words = diagnose_say(look->store->diagnostics,
                                     "ngày «%s» có thể chỉ ghi tháng, quý hay năm nên không so sánh, ghép bảng, lấy "
                                     "min, max hay đưa vào hàm khác được"
                                     " (ở «%s»); cần viết first_day(%s), last_day(%s) hoặc in_period(%s)",
                                     "the date '%s' may be a month, a quarter or a year, so it cannot be compared, "
                                     "joined, given to min, max or other"
                                     " functions (at '%s'); write first_day(%s), last_day(%s) or in_period(%s)");
    const char *name = sql_text(look->arena, sql, at, at + 1);
    error->code = DIAGNOSTIC_QUERY_FAILED;
    error->offset = (int)(sql->tokens[at].start - sql->text);
    error->message = arena_printf(
        look->arena, words, name,
        text_clean(look->arena, sql->tokens[from].start, (size_t)(sql->tokens[end].start - sql->tokens[from].start)),
        name, name, name);
}

bool dates_check(const struct store *store, struct arena *arena, const char *text, bool answers,
                 struct query_error *error, struct view *view) {
    struct look look = {.store = store, .arena = arena, .sql = sql_read(arena, text), .answers = answers};
    size_t known, misuse;
    add_sources(&look);
    do {
        known = look.name_count;
        misuse = find_misuse(&look);
    } while (misuse == SQL_NOWHERE && look.name_count > known);
    if (misuse != SQL_NOWHERE)
        say_misuse(&look, misuse, error);
    if (view) {
        view->dates = look.names;
        view->date_count = look.name_count;
    }
    return misuse == SQL_NOWHERE;
}
