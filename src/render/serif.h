/* serif.h - how wide text is in Times New Roman, without the face at hand: for programs that set the page themselves.
 *
 * Widths are in digits; a digit is half as wide as the letters are high. */
#ifndef TONGKET_SERIF_H
#define TONGKET_SERIF_H

#include <stdbool.h>

/* The widest line, the widest word, and the lines it takes in a column. */
double serif_width(const char *text, bool bold);
double serif_word_width(const char *text, bool bold);
/* Both at once. */
struct serif_extent {
    double line, word;
};
struct serif_extent serif_extent(const char *text, bool bold);
unsigned serif_lines(const char *text, double width, bool bold);

#endif
