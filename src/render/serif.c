/* serif.c - how wide text is in Times New Roman, without the face at hand. */
#include "render/serif.h"

#include "base/text.h"

#include <stdint.h>

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

struct serif_extent serif_extent(const char *text, bool bold) {
    struct serif_extent widest = {0};
    double line = 0, word = 0;
    for (size_t at = 0; text[at];) {
        uint32_t letter = text_next(text, &at);
        double wide = letter_width(letter, bold);
        line = letter == '\n' ? 0 : line + wide;
        word = letter == '\n' || letter == ' ' ? 0 : word + wide;
        widest.line = line > widest.line ? line : widest.line;
        widest.word = word > widest.word ? word : widest.word;
    }
    return widest;
}

double serif_width(const char *text, bool bold) {
    return serif_extent(text, bold).line;
}

double serif_word_width(const char *text, bool bold) {
    return serif_extent(text, bold).word;
}

/* First fit, as Excel does it; a word wider than the column goes on over several lines. */
unsigned serif_lines(const char *text, double width, bool bold) {
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
