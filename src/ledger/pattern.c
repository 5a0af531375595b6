/* pattern.c - the patterns that office ids have, matched without a regular expression. */
#include "ledger/pattern.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { PATTERN_PARTS = 16, REPEATS = 255 };

struct part {
    uint64_t set[2]; /* of ASCII */
    size_t least, most;
};

struct pattern {
    struct part parts[PATTERN_PARTS];
    size_t count;
};

static void set_add(struct part *part, unsigned char first, unsigned char last) {
    for (unsigned letter = first; letter <= last; letter++)
        part->set[letter / 64] |= UINT64_C(1) << letter % 64;
}

static bool set_has(const struct part *part, unsigned char letter) {
    return letter < 128 && (part->set[letter / 64] >> letter % 64 & 1);
}

static bool is_plain(char letter) {
    return letter > ' ' && letter < 0x7f && !strchr("[](){}.*+?|^$\\", letter);
}

/* [A-Z0-9.] without complement, named classes or a bracket in it. A range of anything but digits or letters of one case
 * is the locale's to order. */
static bool parse_class(const char **at, struct part *part) {
    const char *text = *at + 1;
    if (*text == '^' || *text == ']')
        return false;
    for (; *text && *text != ']'; text++) {
        unsigned char first = (unsigned char)*text, last = first;
        if (first <= ' ' || first >= 0x7f || first == '[' || first == '\\')
            return false;
        if (text[1] == '-' && text[2] != ']') {
            last = (unsigned char)text[2];
            bool digits = first >= '0' && last <= '9', capitals = first >= 'A' && last <= 'Z';
            bool small = first >= 'a' && last <= 'z';
            if ((!digits && !capitals && !small) || first > last)
                return false;
            text += 2;
        }
        set_add(part, first, last);
    }
    *at = text + 1;
    return *text == ']';
}

/* {3}, {2,4}, {2,}, +, * and ? behind a letter or class. */
static bool parse_repeat(const char **at, struct part *part) {
    const char *text = *at;
    part->least = part->most = 1;
    if (*text == '+' || *text == '*' || *text == '?') {
        part->least = *text == '+';
        part->most = *text == '?' ? 1 : SIZE_MAX;
        *at = text + 1;
    } else if (*text == '{') {
        char *end;
        if (text[1] < '0' || text[1] > '9')
            return false;
        part->least = part->most = strtoul(text + 1, &end, 10);
        if (*end == ',' && end[1] == '}')
            part->most = SIZE_MAX, end++;
        else if (*end == ',' && end[1] >= '0' && end[1] <= '9')
            part->most = strtoul(end + 1, &end, 10);
        if (*end != '}' || part->least > REPEATS || (part->most != SIZE_MAX && part->most > REPEATS) ||
            part->least > part->most)
            return false;
        *at = end + 1;
    }
    return !strchr("+*?{", **at) || !**at;
}

const struct pattern *pattern_compile(struct arena *arena, const char *text) {
    struct pattern *pattern = ARENA_NEW(arena, struct pattern);
    if (*text++ != '^')
        return NULL;
    while (*text && strcmp(text, "$") != 0) {
        struct part *part = &pattern->parts[pattern->count];
        const struct part *before = pattern->count ? part - 1 : NULL;
        if (pattern->count++ == PATTERN_PARTS || (before && before->least != before->most))
            return NULL;
        if (is_plain(*text))
            set_add(part, (unsigned char)*text, (unsigned char)*text), text++;
        else if (*text != '[' || !parse_class(&text, part))
            return NULL;
        if (!parse_repeat(&text, part))
            return NULL;
    }
    return *text ? pattern : NULL;
}

bool pattern_matches(const struct pattern *pattern, const char *text, size_t length) {
    size_t at = 0;
    for (size_t i = 0; i < pattern->count; i++) {
        const struct part *part = &pattern->parts[i];
        size_t times = 0;
        while (times < part->most && at < length && set_has(part, (unsigned char)text[at]))
            times++, at++;
        if (times < part->least)
            return false;
    }
    return at == length;
}
