/* order.c - rows that a query's ORDER BY does not part come in the order of what they say.
 *
 *   … ORDER BY due, unit_name LIMIT 20   is run as   … ORDER BY due, unit_name, 1, 2, 3, 4 LIMIT 20
 *
 * Without it they come in the order of the files they stand in, and a document changes when a file is split. A query
 * without ORDER BY is left as it is: it says that its order does not matter, or has one row. */
#include "base/buffer.h"
#include "store/tables.h"

#include <string.h>
#include <strings.h>

static size_t word_length(const char *at) {
    size_t length = 0;
    while (is_word(at[length]))
        length++;
    return length;
}

static bool is_named(const char *word, size_t length, const char *name) {
    return strlen(name) == length && strncasecmp(word, name, length) == 0;
}

/* Where the keys of the outermost ORDER BY end; NULL when it has none. */
static const char *keys_end(const char *sql) {
    const char *end = NULL;
    bool order = false, ordered = false;
    int depth = 0;
    for (const char *at = sql; *at;) {
        const size_t length = word_length(at);
        if (!length) {
            depth += (*at == '(') - (*at == ')');
            if (ordered && depth == 0 && *at == ';')
                break;
            const char *behind = sql_skip(at);
            if (!strchr(" \t\r\n", *at) && !(at[0] == '-' && at[1] == '-') && !(at[0] == '/' && at[1] == '*'))
                end = behind, order = false;
            at = behind;
            continue;
        }
        if (depth == 0 && ordered && is_named(at, length, "limit"))
            break;
        ordered = ordered || (depth == 0 && order && is_named(at, length, "by"));
        order = depth == 0 && is_named(at, length, "order");
        at += length;
        end = at;
    }
    return ordered ? end : NULL;
}

const char *order_settled(struct arena *arena, const char *sql, int columns) {
    const char *end = keys_end(sql);
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
