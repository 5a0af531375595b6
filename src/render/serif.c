/* serif.c - how wide text is in Times New Roman, without the face at hand. */
#include "render/serif.h"

#include "base/text.h"

#include <stdint.h>

/* Advances of Times New Roman, ASCII from the blank on, in digits. */
static const double advances[] = {
    0.50, 0.67, 0.82, 1.00, 1.00, 1.67, 1.56, 0.36, 0.67, 0.67, 1.00, 1.13, 0.50, 0.67, 0.50, 0.56, 1.00, 1.00, 1.00,
    1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 1.00, 0.56, 0.56, 1.13, 1.13, 1.13, 0.89, 1.84, 1.44, 1.33, 1.33, 1.44, 1.22,
    1.11, 1.44, 1.44, 0.67, 0.78, 1.44, 1.22, 1.78, 1.44, 1.44, 1.11, 1.44, 1.33, 1.11, 1.22, 1.44, 1.44, 1.89, 1.44,
    1.44, 1.22, 0.67, 0.56, 0.67, 0.94, 1.00, 0.67, 0.89, 1.00, 0.89, 1.00, 0.89, 0.67, 1.00, 1.00, 0.56, 0.56, 1.00,
    0.56, 1.56, 1.00, 1.00, 1.00, 1.00, 0.67, 0.78, 0.56, 1.00, 1.00, 1.44, 1.00, 1.00, 0.89, 0.96, 0.40, 0.96, 1.08};

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
    bool plain = letter >= ' ' && letter - ' ' < sizeof advances / sizeof *advances;
    double width = plain ? advances[letter - ' '] : marked_width(letter);
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
