/* text.c - Vietnamese text: validity, normal form, keys for matching and sorting, nearest names. */
#include "base/text.h"

#include "base/buffer.h"
#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

size_t text_valid(const char *text, size_t length) {
    if (utf8_valid(text, length))
        return length;
    size_t at = 0;
    while (at < length) {
        unsigned char first = (unsigned char)text[at];
        if (first && first < 0x80) {
            at++;
            continue;
        }
        utf8proc_int32_t letter;
        utf8proc_ssize_t used =
            utf8proc_iterate((const utf8proc_uint8_t *)text + at, (utf8proc_ssize_t)(length - at), &letter);
        if (used <= 0 || letter == 0)
            break;
        at += (size_t)used;
    }
    return at;
}

size_t text_characters(const char *text, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xc0) != 0x80;
    return count;
}

static bool letter_is_blank(uint32_t letter) {
    return letter == ' ' || (letter >= '\t' && letter <= '\r') || letter == 0xa0 ||
           (letter >= 0x2000 && letter <= 0x200b) || letter == 0x202f || letter == 0x3000 || letter == 0xfeff;
}

bool text_is_blank(const char *text, size_t length) {
    if (length && text[0] > ' ' && !(text[0] & 0x80)) /* most cells are told by their first letter */
        return false;
    for (size_t at = 0; at < length;)
        if (!letter_is_blank(text_next(text, &at)))
            return false;
    return true;
}

static void buffer_letter(struct buffer *buffer, uint32_t letter) {
    utf8proc_uint8_t bytes[4];
    buffer_add(buffer, (const char *)bytes, (size_t)utf8proc_encode_char((utf8proc_int32_t)letter, bytes));
}

static char *arena_take(struct arena *arena, struct buffer *buffer) {
    char *text = arena_copy(arena, buffer_string(buffer), buffer->length);
    buffer_free(buffer);
    return text;
}

static bool text_is_ascii(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)text[i] >= 0x80)
            return false;
    return true;
}

/* utf8proc_map() stops at NUL and mallocs; decompose and reencode work on our own array. */
char *text_nfc(struct arena *arena, const char *text, size_t length) {
    if (text_is_ascii(text, length))
        return arena_copy(arena, text, length);
    const utf8proc_option_t options = UTF8PROC_STABLE | UTF8PROC_COMPOSE;
    utf8proc_int32_t small[256], *letters = small;
    utf8proc_ssize_t room = 256, wanted;
    wanted = utf8proc_decompose((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, letters, room, options);
    if (wanted >= room) {
        letters = arena_alloc(arena, (size_t)(wanted + 1) * sizeof *letters);
        wanted = utf8proc_decompose((const utf8proc_uint8_t *)text, (utf8proc_ssize_t)length, letters, wanted, options);
    }
    if (wanted < 0)
        return arena_copy(arena, text, length);
    utf8proc_ssize_t bytes = utf8proc_reencode(letters, wanted, options);
    return arena_copy(arena, (const char *)letters, bytes < 0 ? 0 : (size_t)bytes);
}

/* Letters that are never part of a decomposed form and no blanks: ASCII, Latin with its own code points, dashes,
 * quotes. Nine of ten cells are such; looking costs a tenth of normalizing. */
bool text_is_clean(const char *text, size_t length) {
    bool blank = true;
    for (size_t at = 0; at < length; at++) {
        unsigned char first = (unsigned char)text[at];
        if (first == ' ' && blank)
            return false;
        blank = first == ' ';
        if (first >= 0x20 && first < 0x7f)
            continue;
        /* U+00C0 … U+027F */
        bool latin = first >= 0xc3 && first <= 0xc9 && at + 1 < length;
        /* U+1E00 … U+1EFF */
        bool marked = first == 0xe1 && at + 2 < length && ((unsigned char)text[at + 1] & 0xfc) == 0xb8;
        /* U+2010 … U+2027 */
        bool dash = first == 0xe2 && at + 2 < length && text[at + 1] == '\x80' && (unsigned char)text[at + 2] >= 0x90 &&
                    (unsigned char)text[at + 2] <= 0xa7;
        if (!latin && !marked && !dash)
            return false;
        at += latin ? 1 : 2;
    }
    return !blank || length == 0;
}

char *text_clean(struct arena *arena, const char *text, size_t length) {
    if (text_is_clean(text, length))
        return arena_copy(arena, text, length);
    char *clean = text_nfc(arena, text, length);
    size_t out = 0;
    bool gap = false;
    for (size_t at = 0; clean[at];) {
        size_t start = at;
        if (letter_is_blank(text_next(clean, &at))) {
            gap = out > 0;
            continue;
        }
        if (gap)
            clean[out++] = ' ';
        gap = false;
        while (start < at)
            clean[out++] = clean[start++];
    }
    clean[out] = '\0';
    return clean;
}

static bool letter_is_mark(utf8proc_int32_t letter) {
    return letter >= 0x300 && letter <= 0x36f;
}

static bool letter_is_tone(utf8proc_int32_t letter) {
    return letter == 0x300 || letter == 0x301 || letter == 0x303 || letter == 0x309 || letter == 0x323;
}

enum fold { FOLD_KEEP_MARKS, FOLD_STRIP, FOLD_LABEL };

/* Decomposed lower case; "o a ◌̀" becomes "o ◌̀ a", so that both ways of placing a tone give one key. */
static char *text_fold(struct arena *arena, const char *text, enum fold fold) {
    char *clean = text_clean(arena, text, strlen(text));
    size_t length = strlen(clean), count = 0;
    utf8proc_int32_t *letters = arena_alloc(arena, (length * 4 + 8) * sizeof *letters);
    for (size_t at = 0; clean[at];) {
        utf8proc_int32_t letter = utf8proc_tolower((utf8proc_int32_t)text_next(clean, &at));
        utf8proc_int32_t parts[8];
        int boundary = 0;
        utf8proc_ssize_t made =
            utf8proc_decompose_char(letter, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, &boundary);
        for (utf8proc_ssize_t i = 0; i < made && i < 8; i++)
            letters[count++] = parts[i];
    }
    for (size_t i = 2; i < count; i++) {
        utf8proc_int32_t first = letters[i - 2], second = letters[i - 1], tone = letters[i];
        bool pair = (first == 'o' && (second == 'a' || second == 'e')) || (first == 'u' && second == 'y');
        if (pair && letter_is_tone(tone)) {
            letters[i - 1] = tone;
            letters[i] = second;
        }
    }
    struct buffer out = {0};
    bool gap = false;
    for (size_t i = 0; i < count; i++) {
        utf8proc_int32_t letter = letters[i];
        if (fold != FOLD_KEEP_MARKS && letter_is_mark(letter))
            continue;
        if (fold != FOLD_KEEP_MARKS && letter == 0x111)
            letter = 'd';
        if (fold == FOLD_LABEL) {
            bool word = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9') || letter >= 0x80;
            if (!word || letter_is_blank((uint32_t)letter)) {
                gap = out.length > 0;
                continue;
            }
            if (gap)
                buffer_char(&out, ' ');
            gap = false;
        }
        buffer_letter(&out, (uint32_t)letter);
    }
    return arena_take(arena, &out);
}

char *text_folded(struct arena *arena, const char *text) {
    return text_fold(arena, text, FOLD_KEEP_MARKS);
}

char *text_stripped(struct arena *arena, const char *text) {
    return text_fold(arena, text, FOLD_STRIP);
}

char *text_label(struct arena *arena, const char *text) {
    return text_fold(arena, text, FOLD_LABEL);
}

static char *text_map(struct arena *arena, const char *text, utf8proc_int32_t (*change)(utf8proc_int32_t), bool all) {
    struct buffer out = {0};
    for (size_t at = 0; text[at];) {
        bool first = at == 0;
        uint32_t letter = text_next(text, &at);
        buffer_letter(&out, first || all ? (uint32_t)change((utf8proc_int32_t)letter) : letter);
    }
    return arena_take(arena, &out);
}

char *text_capital(struct arena *arena, const char *text) {
    return text_map(arena, text, utf8proc_toupper, false);
}

char *text_upper(struct arena *arena, const char *text) {
    return text_map(arena, text, utf8proc_toupper, true);
}

char *text_lower(struct arena *arena, const char *text) {
    return text_map(arena, text, utf8proc_tolower, true);
}

/* ---- Order ------------------------------------------------------------------------------------------------------ */

struct weight {
    uint32_t letter;
    uint8_t tone, upper;
};

/* Letters in their order; a mark that makes another letter (ă, â, ê, ô, ơ, ư) is weighed with it, a tone apart. */
static struct weight letter_weight(uint32_t letter) {
    if (letter < 0x80 && !(letter >= 'A' && letter <= 'Z') && !(letter >= 'a' && letter <= 'z'))
        return (struct weight){.letter = letter};
    utf8proc_int32_t low = utf8proc_tolower((utf8proc_int32_t)letter), parts[8];
    struct weight weight = {.upper = low != (utf8proc_int32_t)letter};
    int boundary = 0;
    utf8proc_ssize_t count = utf8proc_decompose_char(low, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_STABLE, &boundary);
    uint32_t shape = 0;
    for (utf8proc_ssize_t i = 1; i < count && i < 8; i++) {
        switch (parts[i]) {
        case 0x300:
            weight.tone = 1;
            break;
        case 0x309:
            weight.tone = 2;
            break;
        case 0x303:
            weight.tone = 3;
            break;
        case 0x301:
            weight.tone = 4;
            break;
        case 0x323:
            weight.tone = 5;
            break;
        case 0x306:
            shape = 1;
            break;
        case 0x302:
            shape = parts[0] == 'a' ? 2 : 1;
            break;
        case 0x31b:
            shape = parts[0] == 'o' ? 2 : 1;
            break;
        default:
            shape = 3;
            break;
        }
    }
    uint32_t base = count > 0 ? (uint32_t)parts[0] : (uint32_t)low;
    if (base == 0x111)
        base = 'd', shape = 1;
    weight.letter = base < 0x80 ? 0x100 + base * 4 + shape : 0x1000 + base;
    return weight;
}

int text_compare(const char *left, size_t left_length, const char *right, size_t right_length) {
    size_t l = 0, r = 0;
    int tone = 0, upper = 0;
    while (l < left_length && r < right_length) {
        struct weight a = letter_weight(text_next(left, &l)), b = letter_weight(text_next(right, &r));
        if (a.letter != b.letter)
            return a.letter < b.letter ? -1 : 1;
        if (!tone)
            tone = a.tone - b.tone;
        if (!upper)
            upper = a.upper - b.upper;
    }
    if (l < left_length || r < right_length)
        return l < left_length ? 1 : -1;
    return tone ? tone : upper;
}

static size_t last_word(const char *text, size_t length) {
    while (length && text[length - 1] != ' ')
        length--;
    return length;
}

int text_compare_names(const char *left, size_t left_length, const char *right, size_t right_length) {
    size_t l = last_word(left, left_length), r = last_word(right, right_length);
    int given = text_compare(left + l, left_length - l, right + r, right_length - r);
    return given ? given : text_compare(left, l, right, r);
}

/* ---- Nearest ---------------------------------------------------------------------------------------------------- */

/* Letters to put in, take out, change, or swap with the next one. */
static size_t text_distance(struct arena *arena, const char *left, const char *right, size_t limit) {
    size_t rows = strlen(left), columns = strlen(right);
    if ((rows > columns ? rows - columns : columns - rows) > limit)
        return limit + 1;
    const size_t width = columns + 1;
    size_t *lines = ARENA_ARRAY(arena, size_t, 3 * width); /* that of r, and the two before it */
    for (size_t c = 0; c <= columns; c++)
        lines[c] = c;
    for (size_t r = 1; r <= rows; r++) {
        size_t *line = lines + r % 3 * width, *above = lines + (r + 2) % 3 * width,
               *before = lines + (r + 1) % 3 * width;
        line[0] = r;
        for (size_t c = 1; c <= columns; c++) {
            size_t best = above[c - 1] + (left[r - 1] != right[c - 1]);
            if (above[c] + 1 < best)
                best = above[c] + 1;
            if (line[c - 1] + 1 < best)
                best = line[c - 1] + 1;
            if (r > 1 && c > 1 && left[r - 1] == right[c - 2] && left[r - 2] == right[c - 1] &&
                before[c - 2] + 1 < best)
                best = before[c - 2] + 1;
            line[c] = best;
        }
    }
    return lines[rows % 3 * width + columns];
}

int text_nearest(struct arena *arena, const char *text, const char *const *candidates, size_t count) {
    const char *wanted = text_stripped(arena, text);
    size_t length = strlen(wanted), limit = length / 3 + 1, best = limit + 1;
    int nearest = -1;
    if (!length || length > 200)
        return -1;
    for (size_t i = 0; i < count; i++) {
        const char *candidate = text_stripped(arena, candidates[i]);
        size_t distance = text_distance(arena, wanted, candidate, limit);
        if (distance < best && distance < strlen(candidate)) {
            best = distance;
            nearest = (int)i;
        }
    }
    return nearest;
}

bool text_starts(const char *text, const char *beginning) {
    return strncmp(text, beginning, strlen(beginning)) == 0;
}

size_t text_split(struct arena *arena, const char *text, char separator, char ***parts) {
    size_t count = 0, capacity = 0;
    *parts = NULL;
    for (const char *start = text; start;) {
        const char *end = strchr(start, separator);
        char *part = text_clean(arena, start, end ? (size_t)(end - start) : strlen(start));
        if (*part) {
            *parts = arena_grow(arena, *parts, &capacity, count + 1, sizeof **parts);
            (*parts)[count++] = part;
        }
        start = end ? end + 1 : NULL;
    }
    return count;
}
