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

char *xlsx_text_clean(struct arena *arena, const char *text) {
    struct buffer out = {0};
    size_t length = text ? strlen(text) : 0;
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

/* ---- Widths ----------------------------------------------------------------------------------------------------- */

/* Advances of Times New Roman, ASCII from the blank on, in hundredths of a digit. */
static const uint8_t advances[] = {50,  67,  82,  100, 100, 167, 156, 36,  67,  67,  100, 113, 50,  67,  50,  56,
                                   100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 56,  56,  113, 113, 113, 89,
                                   184, 144, 133, 133, 144, 122, 111, 144, 144, 67,  78,  144, 122, 178, 144, 144,
                                   111, 144, 133, 111, 122, 144, 144, 189, 144, 144, 122, 67,  56,  67,  94,  100,
                                   67,  89,  100, 89,  100, 89,  67,  100, 100, 56,  56,  100, 56,  156, 100, 100,
                                   100, 100, 67,  78,  56,  100, 100, 144, 100, 100, 89,  96,  40,  96,  108};

/* Vietnamese letters are as wide as their base; capitals stand on even places, but for U+00C0… and Ư. */
static double marked_width(uint32_t letter) {
    if (letter < 0xe0 || letter == 0x1af)
        return letter < 0xc0 ? 1 : 1.4;
    if (letter < 0x100 || letter == 0x1b0)
        return 0.95;
    if (letter < 0x250 || (letter >= 0x1e00 && letter < 0x1f00))
        return letter % 2 ? 0.95 : 1.4;
    return letter >= 0x2e80 && letter < 0xfb00 ? 2 : 1;
}

static double letter_width(uint32_t letter, bool bold) {
    bool plain = letter >= ' ' && letter - ' ' < sizeof advances;
    double width = plain ? advances[letter - ' '] / 100.0 : marked_width(letter);
    return bold && letter != ' ' ? width * 1.07 : width;
}

double xlsx_text_width(const char *text, bool bold) {
    double widest = 0, width = 0;
    for (size_t at = 0; text[at];) {
        uint32_t letter = text_next(text, &at);
        width = letter == '\n' ? 0 : width + letter_width(letter, bold);
        if (width > widest)
            widest = width;
    }
    return widest;
}

double xlsx_word_width(const char *text, bool bold) {
    double widest = 0, width = 0;
    for (size_t at = 0; text[at];) {
        uint32_t letter = text_next(text, &at);
        width = letter == '\n' || letter == ' ' ? 0 : width + letter_width(letter, bold);
        if (width > widest)
            widest = width;
    }
    return widest;
}

/* First fit, as Excel does it; a word wider than the column goes on over several lines. */
unsigned xlsx_text_lines(const char *text, double width, bool bold) {
    unsigned lines = 1;
    double used = 0, word = 0;
    for (size_t at = 0; text[at];) {
        uint32_t letter = text_next(text, &at);
        if (letter == '\n') {
            lines++;
            used = word = 0;
            continue;
        }
        double wide = letter_width(letter, bold);
        word = letter == ' ' ? 0 : word + wide;
        used += wide;
        if (used > width && letter != ' ') {
            lines++;
            if (word > width)
                word = wide;
            used = word;
        }
    }
    return lines;
}
