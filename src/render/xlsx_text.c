/* xlsx_text.c - texts as a workbook may hold them, and how wide they are. */
#include "render/xlsx_text.h"

#include "base/buffer.h"
#include "base/text.h"

#include <stdint.h>
#include <string.h>

static const char REPLACEMENT[] = "\xef\xbf\xbd";
static const char CUT_MARK[] = " […đã cắt bớt: ô tính không chứa hết]";

static char *arena_take(struct arena *arena, struct buffer *buffer) {
    char *text = arena_copy(arena, buffer_string(buffer), buffer->length);
    buffer_free(buffer);
    return text;
}

/* UTF-16 units, in which Excel counts. */
static size_t letter_units(uint32_t letter) {
    return letter > 0xffff ? 2 : 1;
}

static bool letter_allowed(uint32_t letter) {
    return letter == '\t' || letter == '\n' ||
           (letter >= 0x20 && letter != 0x7f && letter != 0xfffe && letter != 0xffff);
}

/* Nearly every text is fit as it is. */
static bool is_clean(const char *text, size_t length) {
    for (size_t at = 0; at < length; at++) {
        unsigned char byte = (unsigned char)text[at];
        if (byte >= 0x20 && byte < 0x7f)
            continue;
        if ((byte < 0x80 && byte != '\t' && byte != '\n') || byte == 0xef)
            return false; /* U+FFFE and U+FFFF begin with 0xef */
    }
    return text_valid(text, length) == length;
}

const char *xlsx_text_clean(struct arena *arena, const char *text) {
    struct buffer out = {0};
    size_t length = text ? strlen(text) : 0;
    if (is_clean(text, length))
        return text ? text : "";
    for (size_t at = 0; at < length;) {
        size_t valid = at + text_valid(text + at, length - at);
        while (at < valid) {
            size_t start = at;
            uint32_t letter = text_next(text, &at);
            if (letter == '\r') {
                if (text[at] != '\n')
                    buffer_char(&out, '\n');
            } else if (letter_allowed(letter)) {
                buffer_add(&out, text + start, at - start);
            } else {
                buffer_text(&out, REPLACEMENT);
            }
        }
        if (at < length) {
            buffer_text(&out, REPLACEMENT);
            at++;
        }
    }
    return arena_take(arena, &out);
}

static bool is_hexadecimal(char byte) {
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'f') || (byte >= 'A' && byte <= 'F');
}

/* Readers turn _x0041_ into A. */
static bool looks_escaped(const char *text) {
    if (text[0] != '_' || text[1] != 'x')
        return false;
    for (int i = 2; i < 6; i++)
        if (!is_hexadecimal(text[i]))
            return false;
    return text[6] == '_';
}

const char *xlsx_text_cell(struct arena *arena, const char *text, bool *cut) {
    const char *clean = xlsx_text_clean(arena, text);
    *cut = false;
    if (strlen(clean) <= XLSX_TEXT_MOST && !strstr(clean, "_x"))
        return clean;
    const size_t room = XLSX_TEXT_MOST - text_characters(CUT_MARK, strlen(CUT_MARK));
    struct buffer out = {0};
    size_t units = 0, at = 0, kept = 0;
    while (clean[at] && units <= XLSX_TEXT_MOST) {
        size_t start = at;
        if (looks_escaped(clean + at)) {
            buffer_text(&out, "_x005F");
            units += 6;
        }
        units += letter_units(text_next(clean, &at));
        buffer_add(&out, clean + start, at - start);
        if (units <= room)
            kept = out.length;
    }
    *cut = units > XLSX_TEXT_MOST;
    if (*cut) {
        out.length = kept;
        buffer_text(&out, CUT_MARK);
    }
    return arena_take(arena, &out);
}

char *xlsx_text_cut(struct arena *arena, const char *text, size_t most) {
    size_t units = 0, at = 0;
    while (text[at]) {
        size_t start = at;
        units += letter_units(text_next(text, &at));
        if (units > most)
            return arena_copy(arena, text, start);
    }
    return arena_text(arena, text);
}

const char *xlsx_text_header(struct arena *arena, const char *text) {
    struct buffer out = {0};
    for (const char *at = xlsx_text_clean(arena, text); *at; at++) {
        if (*at == '&')
            buffer_char(&out, '&');
        buffer_add(&out, *at == '\n' ? " " : at, 1);
    }
    return arena_take(arena, &out);
}

char *xlsx_text_sheet_name(struct arena *arena, const char *wished) {
    const char *clean = xlsx_text_clean(arena, wished);
    char *name = text_clean(arena, clean, strlen(clean));
    for (char *at = name; *at; at++)
        if (strchr("[]:*?/\\", *at))
            *at = '-';
    while (*name == '\'')
        name++;
    name = xlsx_text_cut(arena, name, XLSX_SHEET_NAME_MOST);
    for (size_t length = strlen(name); length && (name[length - 1] == '\'' || name[length - 1] == ' '); length--)
        name[length - 1] = '\0';
    /* "History" is Excel's own. */
    return *name && strcmp(text_folded(arena, name), "history") != 0 ? name : arena_text(arena, "Trang");
}
