/* order.c - rows that a query's ORDER BY does not part come in the order of what they say.
 *
 *   … ORDER BY due, unit_name LIMIT 20   is run as   … ORDER BY due, unit_name, 1, 2, 3, 4 LIMIT 20
 *
 * Without it they come in the order of the files they stand in, and a document changes when a file is split. A query
 * without ORDER BY is left as it is: it says that its order does not matter, or has one row. */
#include "base/buffer.h"
#include "store/sql.h"
#include "store/tables.h"

/* Where the keys of the outermost ORDER BY end; NULL when it has none. */
static const char *keys_end(const struct sql *sql) {
    static const char *const ends[] = {"limit", ";", NULL};
    bool ordered = false;
    for (size_t at = 0; at < sql->count; at++) {
        if (sql->tokens[at].open != SQL_NOWHERE)
            continue;
        if (ordered && sql_is_any(sql, at, ends))
            return sql->tokens[at - 1].start + sql->tokens[at - 1].length;
        ordered = ordered || (sql_is(sql, at, "order") && sql_is(sql, at + 1, "by"));
    }
    const struct sql_token *last = sql->count ? &sql->tokens[sql->count - 1] : NULL;
    return ordered ? last->start + last->length : NULL;
}

const char *order_settled(struct arena *arena, const char *sql, int columns) {
    const struct sql read = sql_read(arena, sql);
    const char *end = keys_end(&read);
    if (!end)
        return NULL;
    struct buffer out = {0};
    buffer_add(&out, sql, (size_t)(end - sql));
    for (int i = 1; i <= columns; i++)
        buffer_printf(&out, ", %d", i);
    buffer_text(&out, end);
    const char *settled = arena_text(arena, buffer_string(&out));
    buffer_free(&out);
    return settled;
}
