/* sql.c - SQL as words. */
#include "store/sql.h"

#include <sqlite3.h>
#include <string.h>

static bool is_word_byte(char letter) {
    return letter == '_' || letter == '$' || (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') ||
           (letter >= 'A' && letter <= 'Z') || (letter & 0x80);
}

/* Behind blanks and comments. */
static const char *skip_blanks(const char *at) {
    for (;;) {
        at += strspn(at, " \t\r\n\f");
        const char *end = NULL;
        if (at[0] == '-' && at[1] == '-')
            end = strchr(at, '\n');
        else if (at[0] == '/' && at[1] == '*')
            end = (end = strstr(at + 2, "*/")) ? end + 2 : NULL;
        else
            return at;
        at = end ? end : at + strlen(at);
    }
}

/* Behind the quotes that begin at `at`; a doubled one stands for itself. */
static const char *quoted_end(const char *at, char close) {
    for (at++; *at; at++)
        if (*at == close && (close == ']' || at[1] != close))
            return at + 1;
        else if (*at == close)
            at++;
    return at;
}

static const char *token_end(const char *at, enum sql_kind *kind) {
    static const char quotes[] = "'\"`[";
    const char *end = at;
    if (*at && strchr(quotes, *at)) {
        *kind = *at == '\'' ? SQL_STRING : SQL_NAME;
        return quoted_end(at, *at == '[' ? ']' : *at);
    }
    while (is_word_byte(*end) || (*end == '.' && *at >= '0' && *at <= '9'))
        end++;
    if (end == at) {
        *kind = SQL_SIGN;
        return at + 1;
    }
    *kind = *at >= '0' && *at <= '9' ? SQL_NUMBER : SQL_WORD;
    return end;
}

struct sql sql_read(struct arena *arena, const char *text) {
    struct sql sql = {.text = text};
    size_t capacity = 0, open = SQL_NOWHERE;
    for (const char *at = skip_blanks(text);; at = skip_blanks(at)) {
        sql.tokens = arena_grow(arena, sql.tokens, &capacity, sql.count + 1, sizeof *sql.tokens);
        struct sql_token *token = &sql.tokens[sql.count];
        *token = (struct sql_token){.kind = SQL_END, .start = at, .pair = sql.count, .open = open};
        if (!*at)
            return sql;
        at = token_end(at, &token->kind);
        token->length = (size_t)(at - token->start);
        if (sql_is(&sql, sql.count, "(")) {
            open = sql.count;
        } else if (sql_is(&sql, sql.count, ")") && open != SQL_NOWHERE) {
            token->pair = open;
            sql.tokens[open].pair = sql.count;
            token->open = open = sql.tokens[open].open;
        }
        sql.count++;
    }
}

bool sql_is(const struct sql *sql, size_t at, const char *word) {
    if (at == SQL_NOWHERE || at > sql->count)
        return false;
    const struct sql_token *token = &sql->tokens[at];
    return (token->kind == SQL_WORD || token->kind == SQL_SIGN) && strlen(word) == token->length &&
           sqlite3_strnicmp(token->start, word, (int)token->length) == 0;
}

bool sql_is_any(const struct sql *sql, size_t at, const char *const *words) {
    for (; *words; words++)
        if (sql_is(sql, at, *words))
            return true;
    return false;
}

bool sql_is_name(const struct sql *sql, size_t at) {
    return at < sql->count && (sql->tokens[at].kind == SQL_WORD || sql->tokens[at].kind == SQL_NAME);
}

const char *sql_name(struct arena *arena, const struct sql *sql, size_t at) {
    const struct sql_token *token = &sql->tokens[at];
    if (token->kind != SQL_NAME)
        return arena_copy(arena, token->start, token->length);
    const char close = token->start[0] == '[' ? ']' : token->start[0];
    char *name = arena_copy(arena, token->start + 1, token->length - 1), *out = name;
    for (const char *in = name; *in && !(*in == close && in[1] != close); in++) {
        in += *in == close;
        *out++ = *in;
    }
    *out = '\0';
    return name;
}

bool sql_is_named(const struct sql *sql, size_t at, const char *name) {
    if (!sql_is_name(sql, at))
        return false;
    const struct sql_token *token = &sql->tokens[at];
    const size_t quotes = token->kind == SQL_NAME, length = strlen(name);
    return token->length == length + 2 * quotes && sqlite3_strnicmp(token->start + quotes, name, (int)length) == 0;
}

const char *sql_text(struct arena *arena, const struct sql *sql, size_t from, size_t end) {
    if (end <= from)
        return "";
    const struct sql_token *last = &sql->tokens[end - 1];
    const char *start = sql->tokens[from].start;
    return arena_copy(arena, start, (size_t)(last->start + last->length - start));
}

size_t sql_find(const struct sql *sql, size_t from, size_t end, const char *const *words) {
    for (size_t at = from; at < end; at++) {
        if (sql_is(sql, at, "(") && sql->tokens[at].pair > at)
            at = sql->tokens[at].pair;
        else if (sql_is_any(sql, at, words))
            return at;
    }
    return end;
}
