/* windows.c - showing the functions of the period to the tables, and seeing which columns a query gives them.
 *
 *   … WHERE in_period(d.decided) …   is prepared as   … WHERE in_period(d.decided,0) …
 *
 * A tally that knows the window leaves out rows before it combines them, which SQL would do with text, row by row. But
 * SQLite tells a virtual table only of functions with two arguments, so a second one is put there that means nothing.
 */
#include "base/buffer.h"
#include "store/sql.h"
#include "store/tables.h"

#include <string.h>

static const char SECOND[] = ",0";

/* The closing parenthesis of a call of such a function with one argument, whose name is the token; SQL_NOWHERE: none.
 */
static size_t call_end(struct arena *arena, const struct sql *sql, size_t at, int *function) {
    void (*call)(sqlite3_context *, int, sqlite3_value **);
    if (!sql_is_name(sql, at) || !sql_is(sql, at + 1, "("))
        return SQL_NOWHERE;
    *function = window_function(sql_name(arena, sql, at), &call);
    const size_t close = sql->tokens[at + 1].pair;
    const bool one = close > at + 2 && sql_find(sql, at + 2, close, (const char *const[]){",", NULL}) == close;
    return *function >= 0 && one ? close : SQL_NOWHERE;
}

const char *windows_widen(struct arena *arena, const char *text) {
    const struct sql sql = sql_read(arena, text);
    struct buffer out = {0};
    const char *done = text;
    int function;
    for (size_t at = 0; at < sql.count; at++) {
        const size_t close = call_end(arena, &sql, at, &function);
        if (close == SQL_NOWHERE || sql.tokens[close].start < done)
            continue; /* a call inside a call is left as it is: it never is a table's column */
        buffer_add(&out, done, (size_t)(sql.tokens[close].start - done));
        buffer_text(&out, SECOND);
        done = sql.tokens[close].start;
    }
    buffer_text(&out, done);
    const char *widened = arena_copy(arena, buffer_string(&out), out.length);
    buffer_free(&out);
    return widened;
}

int windows_offset(struct arena *arena, const char *text, int offset) {
    const struct sql sql = sql_read(arena, text);
    const char *done = text;
    int added = 0, function;
    for (size_t at = 0; at < sql.count && offset >= 0; at++) {
        const size_t close = call_end(arena, &sql, at, &function);
        if (close == SQL_NOWHERE || sql.tokens[close].start < done || sql.tokens[close].start - text + added >= offset)
            continue;
        added += (int)strlen(SECOND);
        done = sql.tokens[close].start;
    }
    return offset - added;
}

/* ---- What a query asks for by the period ------------------------------------------------------------------------ */

/* The bit of the field that the token names, when it is of that type; else 0. */
static uint64_t field_bit(const struct schema *schema, const struct sql *sql, size_t at, enum field_type type) {
    for (size_t f = 0; f < schema->field_count; f++)
        if (schema->fields[f].type == type && sql_is_named(sql, at, schema->fields[f].name))
            return (uint64_t)1 << f;
    return 0;
}

void windows_fields(struct arena *arena, const char *text, const struct schema *schema, struct asked *asked) {
    const struct sql sql = sql_read(arena, text);
    int function;
    for (size_t at = 0; at < sql.count; at++) {
        const size_t close = call_end(arena, &sql, at, &function);
        uint64_t *fields = close != SQL_NOWHERE && function == WINDOW_PERIOD ? &asked->period : &asked->before;
        for (size_t i = at + 2; close != SQL_NOWHERE && i < close; i++)
            *fields |= field_bit(schema, &sql, i, FIELD_DATE);
        /* "year = period_year()"; not "year <= period_year()" */
        if (at > 1 && sql_is_named(&sql, at, "period_year") && sql_is(&sql, at - 1, "=") &&
            !sql_is_any(&sql, at - 2, (const char *const[]){"<", ">", "!", NULL}))
            asked->period |= field_bit(schema, &sql, at - 2 - (size_t)sql_is(&sql, at - 2, "="), FIELD_INTEGER);
    }
}
