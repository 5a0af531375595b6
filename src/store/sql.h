/* sql.h - SQL as words: what the store must know of a query before SQLite is asked.
 *
 * One reading serves all that looks into SQL: texts, quoted names in their three spellings, comments and parentheses
 * are told apart here and nowhere else. Keywords are compared whatever their case. */
#ifndef TONGKET_STORE_SQL_H
#define TONGKET_STORE_SQL_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum sql_kind {
    SQL_END,    /* behind the last token; there is always one */
    SQL_WORD,   /* a keyword or a name without quotes */
    SQL_NAME,   /* a name in "…", […] or `…` */
    SQL_STRING, /* '…' */
    SQL_NUMBER,
    SQL_SIGN, /* a single byte: parentheses, commas, operators */
};

struct sql_token {
    enum sql_kind kind;
    const char *start; /* in the SQL */
    size_t length;
    size_t pair; /* of a parenthesis: the token that closes or opens it; else, and without one, its own number */
    size_t open; /* the parenthesis around it; of a parenthesis the one around that; SQL_NOWHERE: none */
};

struct sql {
    const char *text;
    struct sql_token *tokens;
    size_t count; /* without SQL_END */
};

#define SQL_NOWHERE ((size_t)-1)

/* The tokens point into the text; blanks and comments are none. */
struct sql sql_read(struct arena *arena, const char *text);
/* Whether the token is that keyword or sign; false behind either end. */
bool sql_is(const struct sql *sql, size_t at, const char *word);
/* Whether it is one of the words, of which the last is NULL. */
bool sql_is_any(const struct sql *sql, size_t at, const char *const *words);
/* A word or a quoted name. */
bool sql_is_name(const struct sql *sql, size_t at);
/* The name as it is meant, without quotes. */
const char *sql_name(struct arena *arena, const struct sql *sql, size_t at);
/* Whether the token is that name, quoted or not, whatever its case. */
bool sql_is_named(const struct sql *sql, size_t at, const char *name);
/* The text from one token up to but without another, as it is written. */
const char *sql_text(struct arena *arena, const struct sql *sql, size_t from, size_t end);
/* The first token from `from` up to `end` that is such a keyword and in no deeper parenthesis than `from`; else `end`.
 */
size_t sql_find(const struct sql *sql, size_t from, size_t end, const char *const *words);

#endif
