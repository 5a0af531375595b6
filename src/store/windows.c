/* windows.c - showing the functions of the period to the tables, and seeing which columns a query gives them.
 *
 *   … WHERE in_period(d.decided) …   is prepared as   … WHERE in_period(d.decided,0) …
 *
 * A tally that knows the window leaves out rows before it combines them, which SQL would do with text, row by row. But
 * SQLite tells a virtual table only of functions with two arguments, so a second one is put there that means nothing.
 */
#include "base/buffer.h"
#include "store/tables.h"

#include <string.h>

static const char SECOND[] = ",0";

static size_t word_length(const char *at) {
    size_t length = 0;
    while (is_word(at[length]))
        length++;
    return length;
}

const char *sql_skip(const char *at) {
    const char *end = at + 1;
    if (*at == '\'' || *at == '"' || *at == '`')
        end = strchr(at + 1, *at);
    else if (at[0] == '-' && at[1] == '-')
        end = strchr(at, '\n');
    else if (at[0] == '/' && at[1] == '*')
        end = strstr(at + 2, "*/");
    else
        return end;
    return end ? end + 1 : at + strlen(at);
}

/* The parenthesis that closes the one at `open`, when one argument stands between them, or NULL. */
static const char *one_argument(const char *open) {
    int depth = 0;
    for (const char *at = open; *at; at = sql_skip(at)) {
        depth += (*at == '(') - (*at == ')');
        if (depth == 1 && *at == ',')
            return NULL;
        if (depth == 0)
            return at[-1] == '(' ? NULL : at;
    }
    return NULL;
}

/* The closing parenthesis of the next call of such a function from *at on, and which it is; *at moves behind its name.
 * NULL: no more. */
static const char *next_call(const char **at, int *function) {
    while (**at) {
        const char *word = *at;
        const size_t length = word_length(word);
        *at = length ? word + length : sql_skip(word);
        void (*call)(sqlite3_context *, int, sqlite3_value **);
        char name[16];
        if (!length || length >= sizeof name)
            continue;
        memcpy(name, word, length);
        name[length] = '\0';
        const char *open = *at + strspn(*at, " \t\r\n");
        *function = *open == '(' ? window_function(name, &call) : -1;
        const char *close = *function >= 0 ? one_argument(open) : NULL;
        if (close)
            return close;
    }
    return NULL;
}

const char *windows_widen(struct arena *arena, const char *sql) {
    struct buffer out = {0};
    const char *at = sql, *done = sql, *close;
    int function;
    while ((close = next_call(&at, &function)))
        if (close >= done) { /* a call inside a call is left as it is: it never is a table's column */
            buffer_add(&out, done, (size_t)(close - done));
            buffer_text(&out, SECOND);
            done = close;
        }
    buffer_text(&out, done);
    const char *widened = arena_copy(arena, buffer_string(&out), out.length);
    buffer_free(&out);
    return widened;
}

int windows_offset(const char *sql, int offset) {
    const char *at = sql, *done = sql, *close;
    int added = 0, function;
    while (offset >= 0 && (close = next_call(&at, &function)))
        if (close >= done && close - sql + added < offset) {
            added += (int)strlen(SECOND);
            done = close;
        }
    return offset - added;
}

/* ---- What a query asks for by the period ------------------------------------------------------------------------ */

/* The bit of the field that the word names, when it is of that type; else 0. Cases differ no more than in SQL. */
static uint64_t field_bit(const struct schema *schema, const char *word, size_t length, enum field_type type) {
    for (size_t f = 0; f < schema->field_count; f++) {
        const struct field *field = &schema->fields[f];
        if (field->type == type && strlen(field->name) == length &&
            sqlite3_strnicmp(field->name, word, (int)length) == 0)
            return (uint64_t)1 << f;
    }
    return 0;
}

static uint64_t fields_between(const struct schema *schema, const char *at, const char *end) {
    uint64_t fields = 0;
    while (at < end) {
        const size_t length = word_length(at);
        if (length)
            fields |= field_bit(schema, at, length, FIELD_DATE);
        at = length ? at + length : sql_skip(at);
    }
    return fields;
}

/* Fields of whole numbers that stand before "= period_year()". */
static uint64_t fields_of_year(const struct schema *schema, const char *sql) {
    static const char year[] = "period_year";
    const char *last = sql;
    size_t last_length = 0;
    bool equals = false;
    uint64_t fields = 0;
    for (const char *at = sql; *at;) {
        const size_t length = word_length(at);
        if (equals && length == sizeof year - 1 && sqlite3_strnicmp(at, year, (int)length) == 0)
            fields |= field_bit(schema, last, last_length, FIELD_INTEGER);
        if (length) {
            last = at;
            last_length = length;
        }
        if (length || !strchr(" \t\r\n", *at))
            equals = *at == '=' && at > sql && !strchr("<>!", at[-1]);
        at = length ? at + length : sql_skip(at);
    }
    return fields;
}

void windows_fields(const char *sql, const struct schema *schema, struct asked *asked) {
    const char *at = sql, *close;
    int function;
    asked->period |= fields_of_year(schema, sql);
    while ((close = next_call(&at, &function))) {
        uint64_t *fields = function == WINDOW_PERIOD ? &asked->period : &asked->before;
        *fields |= fields_between(schema, at, close);
    }
}
