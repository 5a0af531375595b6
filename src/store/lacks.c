/* lacks.c - which columns of a query rest on what nobody read.
 *
 * SELECT count(*) of a ledger that never came is 0, and so is a count by a column that no file has: SQL cannot tell
 * nothing from not known. So the text of a query is followed from its columns back to the ledgers:
 *
 *   what            rests on
 *   a column        what its expression names, and of a sum the rows that are summed
 *   the rows        FROM, WHERE, GROUP BY, HAVING; not what is joined from the LEFT, which adds columns only
 *   a view, a common table, a subquery, a derived column, a function that is a file: its own SQL
 *
 * A column that the same clause asks IS NULL, or gives a value by coalesce(), may be blank: the query says what that
 * means. Rejected: the authorizer, which tells what a statement reads but not for which column; and running the query
 * over made-up rows, which finds what happens to move. What cannot be read as a query lacks nothing here: SQLite
 * refuses it anyway. */
#include "base/text.h"
#include "store/sql.h"
#include "store/tables.h"

#include <stdio.h>
#include <string.h>

enum { DEEPEST = 24 }; /* views over views */

struct known_column {
    const char *name;
    uint64_t lacks;
    const struct ledger *ledger; /* whose field it is as it stands; NULL: made of something */
    const struct field *field;
};

/* A table, view, common table or subquery in FROM. */
struct relation {
    const char *name;
    struct table *table; /* a ledger: its columns are looked at when they are asked for */
    struct known_column *columns;
    size_t count;
    uint64_t rows;  /* what its rows lack */
    uint64_t outer; /* what all that comes of it lacks besides: it is joined from the left */
    struct relation *next;
};

struct scope {
    struct relation *relations;
    const struct scope *outer;
};

/* What one clause asks for. */
struct clause {
    uint64_t lacks;
    bool aggregate;
    size_t from, end;
    const struct scope *scope;
};

struct trace {
    struct store *store;
    struct arena *arena;
    const struct sql *sql;
    struct lacks *out;
    int depth;
};

static struct relation *read_select(struct trace *trace, size_t from, size_t end, const struct scope *outer,
                                    struct relation *named);
static void walk(struct trace *trace, struct clause *clause, struct relation *named);

/* ---- What was read ---------------------------------------------------------------------------------------------- */

static uint64_t add_lack(struct trace *trace, const struct lack *lack) {
    struct lacks *out = trace->out;
    for (size_t i = 0; i < out->count; i++)
        if (out->lacks[i].kind == lack->kind && out->lacks[i].ledger == lack->ledger &&
            (lack->kind == LACK_LEDGER || out->lacks[i].field == lack->field))
            return (uint64_t)1 << i;
    if (out->count == LACKS)
        return (uint64_t)1 << (LACKS - 1);
    out->lacks[out->count] = *lack;
    return (uint64_t)1 << out->count++;
}

static uint64_t ledger_lack(struct trace *trace, const struct ledger *ledger) {
    const struct store *store = trace->store;
    if (store->holdings[ledger - store->ledgers->ledgers].any)
        return 0;
    return add_lack(
        trace, &(struct lack){.kind = LACK_LEDGER, .ledger = ledger, .kept = holding_is_meant(store, ledger, NULL)});
}

static uint64_t field_lack(struct trace *trace, const struct ledger *ledger, const struct field *field) {
    const struct store *store = trace->store;
    const struct holding *holding = &store->holdings[ledger - store->ledgers->ledgers];
    const size_t at = (size_t)(field - ledger->schema->fields);
    if (!holding->any)
        return ledger_lack(trace, ledger);
    if (holding->fields >> at & 1)
        return 0;
    return add_lack(trace, &(struct lack){.kind = LACK_COLUMN,
                                          .ledger = ledger,
                                          .field = field,
                                          .kept = holding_is_meant(store, ledger, field)});
}

/* ---- Columns ---------------------------------------------------------------------------------------------------- */

static bool same_name(const char *left, const char *right) {
    return sqlite3_stricmp(left, right) == 0;
}

static uint64_t derived_lacks(struct trace *trace, const struct derived *derived) {
    if (!derived->derivation->sql)
        return 0; /* who a person is, is found in whatever columns there are */
    struct relation own = {.name = derived->table->ledger->schema->name, .table = derived->table};
    const struct scope scope = {.relations = &own};
    const struct sql sql = sql_read(trace->arena, derived->derivation->sql);
    struct trace inner = *trace;
    struct clause clause = {.end = sql.count, .scope = &scope};
    inner.sql = &sql;
    if (++inner.depth < DEEPEST)
        walk(&inner, &clause, NULL);
    return clause.lacks;
}

/* A column of a ledger as SQL sees it; false when it has none of the name. */
static bool table_known(struct trace *trace, const struct relation *relation, const char *name,
                        struct known_column *found) {
    for (size_t c = 0; c < relation->table->column_count; c++) {
        const struct table_column *column = &relation->table->columns[c];
        if (!same_name(column->name, name))
            continue;
        *found = (struct known_column){.name = column->name, .ledger = column->ledger};
        if (column->through)
            found->lacks = field_lack(trace, relation->table->ledger, column->through->field);
        if (column->derived)
            found->lacks |= derived_lacks(trace, column->derived);
        else if (!column->under)
            found->lacks |= field_lack(trace, column->ledger, found->field = column->column->field);
        return true;
    }
    return false;
}

static bool relation_known(struct trace *trace, const struct relation *relation, const char *name,
                           struct known_column *found) {
    bool known = relation->table && table_known(trace, relation, name, found);
    for (size_t c = 0; c < relation->count && !known; c++)
        if (relation->columns[c].name && same_name(relation->columns[c].name, name)) {
            *found = relation->columns[c];
            known = true;
        }
    if (known)
        found->lacks |= relation->outer;
    return known;
}

/* The column that stands at the token, as name or table.name, and its length in tokens; 0: none. */
static size_t find_column(struct trace *trace, const struct scope *scope, size_t at, struct known_column *found) {
    const struct sql *sql = trace->sql;
    *found = (struct known_column){0};
    if (!sql_is_name(sql, at) || sql_is(sql, at + 1, "("))
        return 0;
    const bool qualified = sql_is(sql, at + 1, ".") && sql_is_name(sql, at + 2);
    const char *name = sql_name(trace->arena, sql, qualified ? at + 2 : at);
    for (; scope; scope = scope->outer)
        for (const struct relation *relation = scope->relations; relation; relation = relation->next) {
            if (qualified && !sql_is_named(sql, at, relation->name))
                continue;
            if (relation_known(trace, relation, name, found))
                return qualified ? 3 : 1;
            if (qualified) { /* rowid, n: of the rows */
                found->lacks = relation->outer;
                return 3;
            }
        }
    return 0;
}

/* ---- Windows ---------------------------------------------------------------------------------------------------- */

/* A ledger that nobody says since when it is kept is so since the year of the first date that is asked for. */
static uint64_t period_lack(struct trace *trace, const struct known_column *column, struct date first) {
    const struct store *store = trace->store;
    if (!column->field || !store->holdings[column->ledger - store->ledgers->ledgers].any)
        return 0;
    struct date since;
    if (!store_since(store, column->ledger, &since))
        since = holding_since_year(store, column->ledger, column->field);
    if (since.year && date_compare(since, first) <= 0)
        return 0;
    return add_lack(
        trace,
        &(struct lack){
            .kind = LACK_PERIOD, .ledger = column->ledger, .field = column->field, .since = since, .kept = true});
}

/* in_previous(d) and in_preceding(d) at the token. */
static uint64_t window_lacks(struct trace *trace, const struct scope *scope, size_t at) {
    void (*call)(sqlite3_context *, int, sqlite3_value **);
    const int function = window_function(sql_name(trace->arena, trace->sql, at), &call);
    struct date first, last;
    uint64_t lacks = 0;
    if (function != WINDOW_PREVIOUS && function != WINDOW_PRECEDING)
        return 0;
    window_bounds(trace->store, function, &first, &last);
    const size_t close = trace->sql->tokens[at + 1].pair;
    for (size_t i = at + 2; i < close; i++) {
        struct known_column column;
        if (find_column(trace, scope, i, &column) && column.field && column.field->type == FIELD_DATE)
            lacks |= period_lack(trace, &column, first);
    }
    return lacks;
}

/* year = period_year() - 1, at the function's name. */
static uint64_t year_lacks(struct trace *trace, const struct scope *scope, size_t at) {
    static const char *const words[] = {"period_year", "(", ")", "-"};
    const struct sql *sql = trace->sql;
    struct known_column column;
    for (size_t i = 0; i < 4; i++)
        if (!sql_is(sql, at + i, words[i]))
            return 0;
    if (at < 2 || !sql_is(sql, at - 1, "="))
        return 0;
    const bool qualified = at > 3 && sql_is(sql, at - 3, ".");
    if (!find_column(trace, scope, at - (qualified ? 4 : 2), &column) || !column.field ||
        column.field->type != FIELD_INTEGER)
        return 0;
    return period_lack(trace, &column,
                       (struct date){.year = (int16_t)(trace->store->period.year - 1), .month = 1, .day = 1});
}

/* What a clause with opening_day() asks for stood before the period: of its dates, the first that is there tells. */
static uint64_t opening_lacks(struct trace *trace, const struct clause *clause) {
    const struct date first = date_from_number(date_number(trace->store->first) - 1);
    uint64_t lacks = 0;
    for (size_t i = clause->from; i < clause->end; i++) {
        struct known_column column;
        if (!find_column(trace, clause->scope, i, &column) || !column.field || column.field->type != FIELD_DATE)
            continue;
        const uint64_t lack = period_lack(trace, &column, first);
        if (!lack)
            return 0;
        lacks |= lack;
    }
    return lacks;
}

/* ---- Expressions ------------------------------------------------------------------------------------------------ */

static bool follows_column(const struct sql *sql, size_t at, size_t length, const char *const *words) {
    at += length;
    for (; *words; words++, at++)
        if (!sql_is(sql, at, *words))
            return false;
    return true;
}

/* Whether the clause says itself what a blank of the column means. */
static bool may_be_blank(struct trace *trace, const struct clause *clause, const struct known_column *wanted) {
    static const char *const is_null[] = {"IS", "NULL", NULL}, *const isnull[] = {"ISNULL", NULL},
                             *const comma[] = {",", NULL};
    const struct sql *sql = trace->sql;
    for (size_t i = clause->from; i < clause->end; i++) {
        struct known_column column;
        const size_t length = find_column(trace, clause->scope, i, &column);
        if (!length || column.field != wanted->field || column.ledger != wanted->ledger)
            continue;
        const size_t open = sql->tokens[i].open;
        const bool given = open != SQL_NOWHERE && open &&
                           (sql_is(sql, open - 1, "coalesce") || sql_is(sql, open - 1, "ifnull")) &&
                           (sql_is(sql, i - 1, "(") || sql_is(sql, i - 1, ","));
        if (follows_column(sql, i, length, is_null) || follows_column(sql, i, length, isnull) ||
            (given && follows_column(sql, i, length, comma)))
            return true;
    }
    return false;
}

static bool is_aggregate(const struct sql *sql, size_t at) {
    static const char *const names[] = {"count", "sum", "total", "avg", "group_concat", "string_agg", NULL},
                             *const ends[] = {"min", "max", NULL}, *const comma[] = {",", NULL};
    const size_t close = sql->tokens[at + 1].pair;
    size_t behind = close + 1;
    if (sql_is(sql, behind, "FILTER") && sql_is(sql, behind + 1, "("))
        behind = sql->tokens[behind + 1].pair + 1;
    if (sql_is(sql, behind, "OVER"))
        return false;
    return sql_is_any(sql, at, names) || (sql_is_any(sql, at, ends) && sql_find(sql, at + 2, close, comma) == close);
}

static uint64_t function_lacks(struct trace *trace, size_t at) {
    const struct store *store = trace->store;
    uint64_t lacks = 0;
    for (const struct function *function = store->functions; function; function = function->next) {
        if (!sql_is_named(trace->sql, at, function->name))
            continue;
        const struct sql sql = sql_read(trace->arena, function->sql);
        struct trace inner = *trace;
        inner.sql = &sql;
        if (++inner.depth < DEEPEST) {
            const struct relation *made = read_select(&inner, 0, sql.count, NULL, NULL);
            lacks |= made->rows;
            for (size_t c = 0; c < made->count; c++)
                lacks |= made->columns[c].lacks;
        }
    }
    return lacks;
}

static bool is_select(const struct sql *sql, size_t at) {
    static const char *const words[] = {"SELECT", "WITH", "VALUES", NULL};
    return sql_is_any(sql, at, words);
}

static uint64_t all_lacks(const struct relation *relation) {
    uint64_t lacks = relation->rows;
    for (size_t c = 0; c < relation->count; c++)
        lacks |= relation->columns[c].lacks;
    return lacks;
}

static void walk(struct trace *trace, struct clause *clause, struct relation *named) {
    const struct sql *sql = trace->sql;
    bool opening = false;
    for (size_t i = clause->from; i < clause->end; i++) {
        struct known_column column;
        if (sql_is(sql, i, "(") && is_select(sql, i + 1) && sql->tokens[i].pair > i) {
            clause->lacks |= all_lacks(read_select(trace, i + 1, sql->tokens[i].pair, clause->scope, named));
            i = sql->tokens[i].pair;
            continue;
        }
        if (sql_is_name(sql, i) && sql_is(sql, i + 1, "(") && sql->tokens[i + 1].pair > i) {
            clause->aggregate = clause->aggregate || is_aggregate(sql, i);
            clause->lacks |=
                window_lacks(trace, clause->scope, i) | year_lacks(trace, clause->scope, i) | function_lacks(trace, i);
            opening = opening || sql_is(sql, i, "opening_day");
            continue;
        }
        const size_t length = find_column(trace, clause->scope, i, &column);
        if (length && column.lacks && !(column.field && may_be_blank(trace, clause, &column)))
            clause->lacks |= column.lacks;
        i += length ? length - 1 : 0;
    }
    if (opening)
        clause->lacks |= opening_lacks(trace, clause);
}

static struct clause walk_range(struct trace *trace, size_t from, size_t end, const struct scope *scope,
                                struct relation *named) {
    struct clause clause = {.from = from, .end = end, .scope = scope};
    walk(trace, &clause, named);
    return clause;
}

/* ---- FROM ------------------------------------------------------------------------------------------------------- */

static const char *const clause_words[] = {"FROM",  "WHERE", "GROUP",  "HAVING",    "WINDOW", "ORDER",
                                           "LIMIT", "UNION", "EXCEPT", "INTERSECT", NULL};
static const char *const join_words[] = {",",     "JOIN",    "LEFT", "RIGHT", "FULL", "INNER",
                                         "CROSS", "NATURAL", "ON",   "USING", NULL};

static struct relation *view_relation(struct trace *trace, const char *name) {
    const struct store *store = trace->store;
    for (size_t v = 0; v < store->view_count; v++) {
        if (!same_name(store->views[v].name, name) || trace->depth + 1 >= DEEPEST)
            continue;
        const struct sql sql = sql_read(trace->arena, store->views[v].sql);
        struct trace inner = *trace;
        inner.sql = &sql;
        inner.depth++;
        return read_select(&inner, 0, sql.count, NULL, NULL);
    }
    return NULL;
}

/* What the name in FROM means; what is neither of these lacks nothing: the vocabulary, SQLite's own. */
static struct relation *named_relation(struct trace *trace, const char *name, const struct relation *named) {
    struct relation *made = ARENA_NEW(trace->arena, struct relation);
    for (; named; named = named->next)
        if (same_name(named->name, name)) {
            *made = *named;
            made->next = NULL;
            return made;
        }
    struct relation *view = view_relation(trace, name);
    if (view)
        return view;
    bool tally;
    struct table *table = table_named(trace->store, arena_copy(trace->arena, name, table_ledger_length(name, &tally)));
    made->table = table;
    made->rows = table ? ledger_lack(trace, table->ledger) : 0;
    return made;
}

static uint64_t using_lacks(struct trace *trace, const struct scope *scope, size_t from, size_t end) {
    uint64_t lacks = 0;
    for (size_t i = from; i < end; i++)
        for (const struct relation *relation = scope->relations; relation && sql_is_name(trace->sql, i);
             relation = relation->next) {
            struct known_column column;
            if (relation_known(trace, relation, sql_name(trace->arena, trace->sql, i), &column))
                lacks |= column.lacks;
        }
    return lacks;
}

/* One table, with what it is called; *at moves behind it. */
static struct relation *read_table(struct trace *trace, size_t *at, size_t end, const struct scope *outer,
                                   struct relation *named) {
    const struct sql *sql = trace->sql;
    struct relation *made = NULL;
    const char *name = "";
    if (sql_is(sql, *at, "(") && sql->tokens[*at].pair > *at) {
        if (is_select(sql, *at + 1))
            made = read_select(trace, *at + 1, sql->tokens[*at].pair, outer, named);
        *at = sql->tokens[*at].pair + 1;
    } else if (sql_is_name(sql, *at)) {
        name = sql_name(trace->arena, sql, *at);
        made = named_relation(trace, name, named);
        (*at)++;
        if (sql_is(sql, *at, "("))
            *at = sql->tokens[*at].pair + 1;
    } else {
        (*at)++;
    }
    if (!made)
        made = ARENA_NEW(trace->arena, struct relation);
    *at += sql_is(sql, *at, "AS");
    if (*at < end && sql_is_name(sql, *at) && !sql_is_any(sql, *at, join_words))
        name = sql_name(trace->arena, sql, (*at)++);
    made->name = name;
    return made;
}

/* Fills the scope; answers what the rows lack. */
static uint64_t read_from(struct trace *trace, size_t at, size_t end, struct scope *scope, struct relation *named) {
    const struct sql *sql = trace->sql;
    struct relation **last = &scope->relations;
    uint64_t rows = 0;
    bool outer = false;
    while (at < end) {
        struct relation *relation = read_table(trace, &at, end, scope->outer, named);
        uint64_t lacks = relation->rows;
        *last = relation;
        last = &relation->next;
        if (sql_is(sql, at, "ON")) {
            const size_t close = sql_find(sql, at + 1, end, join_words);
            lacks |= walk_range(trace, at + 1, close, scope, named).lacks;
            at = close;
        } else if (sql_is(sql, at, "USING") && sql_is(sql, at + 1, "(")) {
            lacks |= using_lacks(trace, scope, at + 2, sql->tokens[at + 1].pair);
            at = sql->tokens[at + 1].pair + 1;
        }
        if (outer)
            relation->outer = lacks;
        else
            rows |= lacks;
        outer = false;
        for (; at < end && sql_is_any(sql, at, join_words); at++)
            outer = outer || sql_is(sql, at, "LEFT") || sql_is(sql, at, "FULL");
        at += at < end && sql_is(sql, at, "OUTER") ? 2 : 0;
    }
    return rows;
}

/* ---- SELECT ----------------------------------------------------------------------------------------------------- */

static void add_column(struct trace *trace, struct relation *made, size_t *capacity, struct known_column column) {
    made->columns = arena_grow(trace->arena, made->columns, capacity, made->count + 1, sizeof *made->columns);
    made->columns[made->count++] = column;
}

/* "*" or "d.*" */
static void add_all(struct trace *trace, struct relation *made, size_t *capacity, const struct scope *scope,
                    size_t from, size_t end) {
    for (const struct relation *relation = scope->relations; relation; relation = relation->next) {
        struct known_column column;
        if (end - from == 3 && !sql_is_named(trace->sql, from, relation->name))
            continue;
        for (size_t c = 0; c < relation->count; c++)
            if (relation_known(trace, relation, relation->columns[c].name, &column))
                add_column(trace, made, capacity, column);
        for (size_t c = 0; relation->table && c < relation->table->column_count; c++)
            if (relation_known(trace, relation, relation->table->columns[c].name, &column))
                add_column(trace, made, capacity, column);
    }
}

/* One of the columns that are asked for; *summed: it is made of rows. */
static struct known_column read_item(struct trace *trace, size_t from, size_t end, const struct scope *scope,
                                     struct relation *named, bool *aggregate) {
    const struct sql *sql = trace->sql;
    struct known_column column, plain;
    const char *name = NULL;
    size_t behind = end;
    if (end - from > 1 && sql_is_name(sql, end - 1) && !sql_is(sql, end - 2, ".") && !sql_is(sql, end - 1, "END") &&
        !sql_is(sql, end - 1, "NULL")) {
        name = sql_name(trace->arena, sql, end - 1);
        behind = end - 1 - sql_is(sql, end - 2, "AS");
    }
    const struct clause clause = walk_range(trace, from, behind, scope, named);
    *aggregate = clause.aggregate;
    if (!name && sql_is_name(sql, end - 1) && (end - from == 1 || (end - from == 3 && sql_is(sql, from + 1, "."))))
        name = sql_name(trace->arena, sql, end - 1);
    column = (struct known_column){.name = name, .lacks = clause.lacks};
    if (find_column(trace, scope, from, &plain) == behind - from) {
        column.ledger = plain.ledger;
        column.field = plain.field;
    }
    return column;
}

/* The columns from `from` to `end`, of the rows that the scope gives and that lack `rows`. */
static void read_items(struct trace *trace, struct relation *made, size_t from, size_t end, const struct scope *scope,
                       struct relation *named, uint64_t rows, bool grouped) {
    static const char *const comma[] = {",", NULL};
    const struct sql *sql = trace->sql;
    size_t capacity = 0;
    bool any = false;
    for (size_t at = from; at < end;) {
        const size_t stop = sql_find(sql, at, end, comma);
        if (sql_is(sql, stop - 1, "*") && (stop - at == 1 || stop - at == 3)) {
            add_all(trace, made, &capacity, scope, at, stop);
        } else {
            bool aggregate;
            struct known_column column = read_item(trace, at, stop, scope, named, &aggregate);
            column.lacks |= aggregate ? rows : 0;
            add_column(trace, made, &capacity, column);
            any = any || aggregate;
        }
        at = stop + 1;
    }
    /* Without groups a sum is one row whatever was read; a list, and groups, are as long as what was read. */
    made->rows = any && !grouped ? 0 : rows;
}

/* SELECT … or VALUES … without UNION. */
static struct relation *read_core(struct trace *trace, size_t from, size_t end, const struct scope *outer,
                                  struct relation *named) {
    static const char *const from_word[] = {"FROM", NULL}, *const where[] = {"WHERE", NULL},
                             *const group[] = {"GROUP", NULL}, *const having[] = {"HAVING", NULL};
    const struct sql *sql = trace->sql;
    struct relation *made = ARENA_NEW(trace->arena, struct relation);
    struct scope scope = {.outer = outer};
    size_t at = from + 1;
    if (!sql_is(sql, from, "SELECT")) {
        made->rows = walk_range(trace, at, end, outer ? outer : &scope, named).lacks;
        return made;
    }
    at += sql_is(sql, at, "DISTINCT") || sql_is(sql, at, "ALL");
    const size_t items = sql_find(sql, at, end, clause_words);
    const size_t tables = sql_find(sql, at, end, from_word);
    uint64_t rows = 0;
    if (tables < end)
        rows = read_from(trace, tables + 1, sql_find(sql, tables + 1, end, clause_words), &scope, named);
    const size_t condition = sql_find(sql, at, end, where), groups = sql_find(sql, at, end, group),
                 filter = sql_find(sql, at, end, having);
    if (condition < end)
        rows |= walk_range(trace, condition + 1, sql_find(sql, condition + 1, end, clause_words), &scope, named).lacks;
    if (groups < end)
        rows |= walk_range(trace, groups + 2, sql_find(sql, groups + 2, end, clause_words), &scope, named).lacks;
    if (filter < end)
        rows |= walk_range(trace, filter + 1, sql_find(sql, filter + 1, end, clause_words), &scope, named).lacks;
    read_items(trace, made, at, items, &scope, named, rows, groups < end);
    return made;
}

/* WITH a(x, y) AS MATERIALIZED (…), …: *at moves behind them. */
static struct relation *read_named(struct trace *trace, size_t *at, const struct scope *outer, struct relation *named) {
    const struct sql *sql = trace->sql;
    *at += 1 + sql_is(sql, *at + 1, "RECURSIVE");
    while (sql_is_name(sql, *at)) {
        const char *name = sql_name(trace->arena, sql, *at);
        const size_t list = sql_is(sql, *at + 1, "(") ? *at + 1 : SQL_NOWHERE;
        struct relation *itself = ARENA_NEW(trace->arena, struct relation);
        *itself = (struct relation){.name = name, .next = named};
        *at = list == SQL_NOWHERE ? *at + 1 : sql->tokens[list].pair + 1;
        while (!sql_is(sql, *at, "(") && *at < sql->count)
            (*at)++;
        if (*at >= sql->count)
            break;
        struct relation *made = read_select(trace, *at + 1, sql->tokens[*at].pair, outer, itself);
        for (size_t i = list + 1, c = 0; list != SQL_NOWHERE && i < sql->tokens[list].pair; i++)
            if (sql_is_name(sql, i) && c < made->count)
                made->columns[c++].name = sql_name(trace->arena, sql, i);
        made->name = name;
        made->next = named;
        named = made;
        *at = sql->tokens[*at].pair + 1;
        *at += sql_is(sql, *at, ",");
        if (is_select(sql, *at))
            break;
    }
    return named;
}

/* Whether rows come of a ledger of which nothing was read. */
static bool is_unread(const struct trace *trace, uint64_t lacks) {
    for (size_t i = 0; i < trace->out->count; i++)
        if (lacks >> i & 1 && trace->out->lacks[i].kind == LACK_LEDGER)
            return true;
    return false;
}

/* UNION: what is kept in several ledgers is known when one of them was read, for then that is the one in use. */
static void add_core(const struct trace *trace, struct relation *made, const struct relation *core) {
    const bool before = is_unread(trace, made->rows), now = is_unread(trace, core->rows);
    for (size_t c = 0; c < made->count && c < core->count; c++)
        if (before && !now)
            made->columns[c].lacks = core->columns[c].lacks;
        else if (before || !now)
            made->columns[c].lacks |= core->columns[c].lacks;
    if (before && !now)
        made->rows = core->rows;
    else if (before || !now)
        made->rows |= core->rows;
}

/* Whether a branch, of whose rows all is known, has none: then it matters not that nobody knows one of its columns.
 * "Carried over" is in no file of the totals, but none is of this period. */
static bool adds_nothing(const struct trace *trace, const struct relation *core, size_t from, size_t end) {
    struct result result;
    struct query_error error;
    if (core->rows || !all_lacks(core))
        return false;
    const char *branch = sql_text(trace->arena, trace->sql, from, end);
    const char *text = arena_printf(trace->arena, "SELECT 1 FROM (%s) LIMIT 1", branch);
    return store_query(trace->store, trace->arena, text, &result, &error) && !result.row_count;
}

static struct relation *read_select(struct trace *trace, size_t from, size_t end, const struct scope *outer,
                                    struct relation *named) {
    static const char *const compound[] = {"UNION", "EXCEPT", "INTERSECT", NULL};
    const struct sql *sql = trace->sql;
    size_t at = from;
    if (sql_is(sql, at, "WITH"))
        named = read_named(trace, &at, outer, named);
    struct relation *made = NULL;
    while (at < end) {
        const size_t stop = sql_find(sql, at, end, compound);
        const struct relation *core = read_core(trace, at, stop, outer, named);
        const bool branch = (made || stop < end) && !outer && !named;
        for (size_t c = 0; branch && adds_nothing(trace, core, at, stop) && c < core->count; c++)
            core->columns[c].lacks = 0;
        if (!made) {
            made = ARENA_NEW(trace->arena, struct relation);
            *made = *core;
        } else {
            add_core(trace, made, core);
        }
        at = stop + 1 + sql_is(sql, stop + 1, "ALL");
    }
    if (!made)
        made = ARENA_NEW(trace->arena, struct relation);
    made->next = NULL;
    return made;
}

size_t store_branches(struct arena *arena, const char *text, const char ***branches) {
    static const char *const compound[] = {"UNION", "EXCEPT", "INTERSECT", "ORDER", "LIMIT", NULL};
    const struct sql sql = sql_read(arena, text);
    size_t count = 0, capacity = 0, at = 0;
    *branches = NULL;
    while (at < sql.count && sql_is(&sql, at, "SELECT")) {
        const size_t stop = sql_find(&sql, at, sql.count, compound);
        *branches = arena_grow(arena, *branches, &capacity, count + 1, sizeof **branches);
        (*branches)[count++] = sql_text(arena, &sql, at, stop);
        if (stop == sql.count)
            return count;
        if (!sql_is(&sql, stop, "UNION") || !sql_is(&sql, stop + 1, "ALL"))
            return 0;
        at = stop + 2;
    }
    return 0;
}

const struct lacks *store_lacks(struct store *store, struct arena *arena, const char *text) {
    const struct sql sql = sql_read(arena, text);
    struct lacks *lacks = ARENA_NEW(arena, struct lacks);
    struct trace trace = {.store = store, .arena = arena, .sql = &sql, .out = lacks};
    const struct relation *made = read_select(&trace, 0, sql.count, NULL, NULL);
    lacks->rows = made->rows;
    lacks->columns = ARENA_ARRAY(arena, uint64_t, made->count + 1);
    uint64_t any = made->rows;
    lacks->names = ARENA_ARRAY(arena, const char *, made->count + 1);
    for (size_t c = 0; c < made->count; c++) {
        any |= lacks->columns[c] = made->columns[c].lacks;
        lacks->names[c] = made->columns[c].name;
    }
    lacks->column_count = made->count;
    return any ? lacks : NULL;
}
