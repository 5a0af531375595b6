/* text.h - Vietnamese text: validity, normal form, keys for matching and sorting, nearest names.
 *
 * All text in the model is valid UTF-8 in NFC, NUL-terminated. Keys are for comparison only and never printed:
 *   folded    decomposed, blanks collapsed, lower case, tone marks moved to one place (hoà = hòa, uỷ = ủy)
 *   stripped  folded without any mark, đ as d
 *   label     stripped without punctuation, for header names ("Họ và tên:" = "ho va ten") */
#ifndef TONGKET_TEXT_H
#define TONGKET_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The length of the valid UTF-8 beginning; equals length when all is valid. NUL bytes are invalid. */
size_t text_valid(const char *text, size_t length);
/* Decodes one character of valid UTF-8, *at moves behind it, but not behind the end. Every letter that is measured or
 * drawn goes through here. */
static inline uint32_t text_next(const char *text, size_t *at) {
    const unsigned char *bytes = (const unsigned char *)text + *at;
    if (bytes[0] < 0x80) {
        *at += bytes[0] ? 1 : 0;
        return bytes[0];
    }
    int more = bytes[0] >= 0xf0 ? 3 : bytes[0] >= 0xe0 ? 2 : 1;
    uint32_t letter = bytes[0] & (0x3fu >> more);
    for (int i = 1; i <= more; i++)
        letter = letter << 6 | (bytes[i] & 0x3fu);
    *at += (size_t)more + 1;
    return letter;
}
/* Characters, not bytes. */
size_t text_characters(const char *text, size_t length);

/* NFC, blanks (NBSP, zero-width, tabs, line ends too) collapsed to one, ends trimmed. */
char *text_clean(struct arena *arena, const char *text, size_t length);
/* True when text_clean() would change nothing, as far as that is quickly seen. */
bool text_is_clean(const char *text, size_t length);
/* NFC, nothing else. */
char *text_nfc(struct arena *arena, const char *text, size_t length);
char *text_folded(struct arena *arena, const char *text);
char *text_stripped(struct arena *arena, const char *text);
char *text_label(struct arena *arena, const char *text);
/* First letter upper case, the rest as it is. */
char *text_capital(struct arena *arena, const char *text);
char *text_upper(struct arena *arena, const char *text);
char *text_lower(struct arena *arena, const char *text);

/* Vietnamese order: letters a ă â b c d đ …, then tones ngang huyền hỏi ngã sắc nặng, then case. */
int text_compare(const char *left, size_t left_length, const char *right, size_t right_length);
/* The same for people's names: given name (last word) first, then the rest from the left. */
int text_compare_names(const char *left, size_t left_length, const char *right, size_t right_length);

/* The index of the candidate nearest to the text (edit distance over stripped letters), or -1 when none is near. */
int text_nearest(struct arena *arena, const char *text, const char *const *candidates, size_t count);

bool text_is_blank(const char *text, size_t length);
bool text_starts(const char *text, const char *beginning);
/* Splits at a separator byte into trimmed, non-empty parts. */
size_t text_split(struct arena *arena, const char *text, char separator, char ***parts);

#endif
