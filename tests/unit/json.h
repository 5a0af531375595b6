/* json.h - a reader of JSON, as much as the corpus needs: well-formed input, no numbers with exponents. */
#ifndef TONGKET_JSON_H
#define TONGKET_JSON_H

#include "support.h"

enum json_kind { JSON_NULL, JSON_FALSE, JSON_TRUE, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json {
    enum json_kind kind;
    const char *key;  /* in an object */
    const char *text; /* of a string; of a number as written */
    struct json *first, *next;
    size_t count; /* of an array or object */
};

static inline void json_blanks(const char **at) {
    *at += strspn(*at, " \t\r\n");
}

static inline void json_letter(struct buffer *out, unsigned letter) {
    if (letter < 0x80) {
        buffer_char(out, (char)letter);
    } else if (letter < 0x800) {
        buffer_char(out, (char)(0xc0 | letter >> 6));
        buffer_char(out, (char)(0x80 | (letter & 0x3f)));
    } else {
        buffer_char(out, (char)(0xe0 | letter >> 12));
        buffer_char(out, (char)(0x80 | (letter >> 6 & 0x3f)));
        buffer_char(out, (char)(0x80 | (letter & 0x3f)));
    }
}

static inline const char *json_text(struct arena *arena, const char **at) {
    static const char escapes[] = "nrtbf", meanings[] = "\n\r\t\b\f";
    struct buffer out = {0};
    assert_int_equal(**at, '"');
    for (++*at; **at && **at != '"'; ++*at) {
        if (**at != '\\') {
            buffer_char(&out, **at);
            continue;
        }
        ++*at;
        const char *escape = strchr(escapes, **at);
        if (**at == 'u') {
            char digits[5] = {0};
            memcpy(digits, *at + 1, 4);
            json_letter(&out, (unsigned)strtoul(digits, NULL, 16));
            *at += 4;
        } else {
            buffer_char(&out, escape ? meanings[escape - escapes] : **at);
        }
    }
    assert_int_equal(**at, '"');
    ++*at;
    const char *text = arena_copy(arena, buffer_string(&out), out.length);
    buffer_free(&out);
    return text;
}

static inline struct json *json_value(struct arena *arena, const char **at) {
    struct json *json = ARENA_NEW(arena, struct json), **end = &json->first;
    static const struct {
        const char *word;
        enum json_kind kind;
    } words[] = {{"null", JSON_NULL}, {"false", JSON_FALSE}, {"true", JSON_TRUE}};
    json_blanks(at);
    if (**at == '"') {
        json->kind = JSON_STRING;
        json->text = json_text(arena, at);
    } else if (**at == '[' || **at == '{') {
        bool object = **at == '{';
        json->kind = object ? JSON_OBJECT : JSON_ARRAY;
        ++*at;
        json_blanks(at);
        while (**at && **at != (object ? '}' : ']')) {
            const char *key = NULL;
            if (object) {
                key = json_text(arena, at);
                json_blanks(at);
                assert_int_equal(**at, ':');
                ++*at;
            }
            *end = json_value(arena, at);
            (*end)->key = key;
            end = &(*end)->next;
            json->count++;
            json_blanks(at);
            *at += **at == ',';
            json_blanks(at);
        }
        assert_true(**at);
        ++*at;
    } else {
        for (size_t i = 0; i < 3; i++)
            if (strncmp(*at, words[i].word, strlen(words[i].word)) == 0) {
                json->kind = words[i].kind;
                *at += strlen(words[i].word);
                return json;
            }
        size_t length = strspn(*at, "+-.0123456789");
        assert_true(length > 0);
        json->kind = JSON_NUMBER;
        json->text = arena_copy(arena, *at, length);
        *at += length;
    }
    return json;
}

static inline const struct json *json_read(struct arena *arena, const char *text) {
    const char *at = text;
    return json_value(arena, &at);
}

/* NULL when the object has no such key. */
static inline const struct json *json_get(const struct json *object, const char *key, size_t length) {
    if (object && object->kind == JSON_OBJECT)
        for (const struct json *child = object->first; child; child = child->next)
            if (strlen(child->key) == length && memcmp(child->key, key, length) == 0)
                return child;
    return NULL;
}

static inline const char *json_string(const struct json *object, const char *key) {
    const struct json *child = json_get(object, key, strlen(key));
    assert_non_null(child);
    assert_int_equal(child->kind, JSON_STRING);
    return child->text;
}

#endif
