/* behind.c - from a figure back to the rows it counts.
 *
 *   SELECT …, sum(n) FILTER (WHERE <filter>) AS total, … FROM discipline_tally d WHERE <where> GROUP BY …
 *   SELECT d.rowid FROM discipline d WHERE (<where>) AND (<filter>)
 *
 * The SQL is cut at its keywords outside of parentheses and quotes; that is enough for queries over one ledger, with or
 * without joined vocabularies, and for views over one. Anything else is not guessed at. Rejected: watching which rows a
 * running query touches - SQLite touches more than it counts. */
#include "base/buffer.h"
#include "base/text.h"
#include "store/tables.h"

#include <string.h>

/* The next place of a keyword outside of parentheses and quotes, with a blank or a parenthesis around it, or NULL. */
static const char *find_keyword(const char *sql, const char *keyword) {
    size_t length = strlen(keyword);
    int depth = 0;
    bool quoted = false, boundary = true;
    for (const char *at = sql; *at; at++) {
        if (*at == '\'')
            quoted = !quoted;
        if (!quoted && depth == 0 && boundary && sqlite3_strnicmp(at, keyword, (int)length) == 0 &&
            strchr(" \t\r\n(", at[length]))
            return at;
        if (!quoted)
            depth += (*at == '(') - (*at == ')');
        boundary = strchr(" \t\r\n)", *at) != NULL;
    }
    return NULL;
}

static const char *first_of(const char *sql, const char *const *keywords, size_t count) {
    const char *first = sql + strlen(sql);
    for (size_t i = 0; i < count; i++) {
        const char *at = find_keyword(sql, keywords[i]);
        if (at && at < first)
            first = at;
    }
    return first;
}

/* The select item that is named so, from its first byte to behind its name. */
static const char *find_item(struct arena *arena, const char *items, const char *column) {
    int depth = 0;
    const char *start = items;
    for (const char *at = items;; at++) {
        depth += (*at == '(') - (*at == ')');
        if (*at && !(*at == ',' && depth == 0))
            continue;
        const char *item = text_clean(arena, start, (size_t)(at - start));
        size_t length = strlen(item), name = strlen(column);
        if (length > name && strcmp(item + length - name, column) == 0 && strchr(" .", item[length - name - 1]))
            return item;
        if (!*at)
            return "";
        start = at + 1;
    }
}

static const char *filter_of(struct arena *arena, const char *item) {
    const char *filter = strstr(item, "FILTER (WHERE ");
    if (!filter)
        return "1";
    const char *start = filter + strlen("FILTER (WHERE "), *at = start;
    for (int depth = 1; *at; at++) {
        depth += (*at == '(') - (*at == ')');
        if (!depth)
            break;
    }
    return arena_copy(arena, start, (size_t)(at - start));
}

struct table_name {
    const char *name; /* of the ledger */
    const struct ledger *ledger;
    const struct view *view; /* NULL: the ledger itself */
};

static bool name_table(const struct store *store, struct arena *arena, const char *word, struct table_name *table) {
    bool tally;
    *table = (struct table_name){.name = arena_copy(arena, word, table_ledger_length(word, &tally))};
    table->ledger = ledgers_find(store->ledgers, table->name);
    for (size_t i = 0; !table->ledger && i < store->view_count; i++)
        if (strcmp(store->views[i].name, word) == 0)
            table->view = &store->views[i];
    return table->ledger || table->view;
}

static bool is_keyword(const char *word) {
    static const char *const words[] = {"JOIN", "LEFT", "INNER", "CROSS", "ON", "USING", "WHERE"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sqlite3_stricmp(words[i], word) == 0)
            return true;
    return false;
}

/* What stands for the table in the turned query: the ledger's rows, or the view over them, with their numbers. */
static const char *table_source(const struct store *store, struct arena *arena, const struct table_name *table,
                                const struct ledger **ledger) {
    if (table->ledger) {
        *ledger = table->ledger;
        return table->name;
    }
    const char *from = find_keyword(table->view->sql, "FROM");
    char **words;
    struct table_name inner;
    if (!from || !text_split(arena, text_clean(arena, from + 4, strlen(from + 4)), ' ', &words) ||
        !name_table(store, arena, words[0], &inner) || !inner.ledger)
        return NULL;
    *ledger = inner.ledger;
    const char *rest = strstr(from, words[0]) + strlen(words[0]);
    return arena_printf(arena, "(%.*s, rowid AS _number FROM %s %s)", (int)(from - table->view->sql), table->view->sql,
                        inner.name, rest);
}

/* Rewrites the FROM clause; *number is what a row of the one ledger in it is numbered by. */
static const char *turn_from(const struct store *store, struct arena *arena, const char *from, const char **number,
                             const struct ledger **ledger) {
    char **words;
    size_t count = text_split(arena, from, ' ', &words), tables = 0;
    struct buffer out = {0};
    for (size_t i = 0; i < count; i++) {
        struct table_name table;
        const char *word = words[i], *source = NULL;
        bool place = i == 0 || sqlite3_stricmp(words[i - 1], "JOIN") == 0;
        if (place && name_table(store, arena, word, &table))
            source = table_source(store, arena, &table, ledger);
        if (source && tables++ == 0) {
            bool named = i + 1 < count && !is_keyword(words[i + 1]);
            *number = arena_printf(arena, "%s.%s", named ? words[i + 1] : "behind", table.view ? "_number" : "rowid");
            buffer_printf(&out, "%s%s ", source, named ? "" : " AS behind");
        } else {
            buffer_printf(&out, "%s ", word);
        }
    }
    const char *turned = tables == 1 ? arena_text(arena, buffer_string(&out)) : NULL;
    buffer_free(&out);
    return turned;
}

/* The query turned around; NULL when it is too involved. */
static const char *turn(const struct store *store, struct arena *arena, const char *sql, const char *column,
                        const struct ledger **ledger) {
    static const char *const ends[] = {"GROUP", "ORDER", "LIMIT", "UNION", "WINDOW"};
    sql += strspn(sql, " \t\r\n");
    const char *from = find_keyword(sql, "FROM");
    if (sqlite3_strnicmp(sql, "SELECT", 6) != 0 || !from || find_keyword(sql, "UNION"))
        return NULL;
    const char *items = arena_copy(arena, sql + 6, (size_t)(from - sql) - 6);
    const char *end = first_of(from, ends, 5), *where = find_keyword(from, "WHERE");
    if (where && where > end)
        where = NULL;
    const char *clause_end = where ? where : end, *number = NULL;
    const char *turned =
        turn_from(store, arena, text_clean(arena, from + 4, (size_t)(clause_end - from) - 4), &number, ledger);
    if (!turned)
        return NULL;
    const char *condition = where ? arena_copy(arena, where + 5, (size_t)(end - where) - 5) : "1";
    return arena_printf(arena, "SELECT %s FROM %s WHERE (%s) AND (%s) AND %s IS NOT NULL ORDER BY 1", number, turned,
                        condition, filter_of(arena, find_item(arena, items, column)), number);
}

bool store_rows_behind(struct store *store, struct arena *arena, const char *sql, const char *column,
                       struct behind *behind) {
    struct result result;
    struct query_error error;
    const char *turned = turn(store, arena, sql, column, &behind->ledger);
    if (!turned || !store_query(store, arena, turned, &result, &error))
        return false;
    behind->rows = ARENA_ARRAY(arena, uint32_t, result.row_count + 1);
    behind->count = result.row_count;
    for (size_t i = 0; i < result.row_count; i++)
        behind->rows[i] = (uint32_t)result_value(&result, i, 0).number;
    return true;
}
