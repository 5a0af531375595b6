/* lines.h - breaking Vietnamese text into lines, for any renderer that knows how wide letters are.
 *
 * Text is prepared once: cut into pieces at blanks and changes of style, each measured in units of a thousandth of the
 * font size, so that one preparation serves every size and every column width tried. Lines end at blanks only; a
 * number stays with its "%", "ngày", "tháng" or "Bảng"; what alone is wider than a line is cut behind "/" or "-", and
 * if even that is too wide, between letters. */
#ifndef TONGKET_LINES_H
#define TONGKET_LINES_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct line_span {
    const char *text; /* UTF-8; '\n' ends a line */
    size_t length;
    int style; /* the caller's own */
};

struct line_measure {
    double (*width)(void *context, int style, const char *text, size_t length); /* in thousandths of the font size */
    void *context;
};

/* What follows a piece: nothing; a blank that holds; a place to cut with nothing between; a blank where a line ends
 * unwillingly; a blank; the end of a line. */
enum line_end { LINE_JOIN, LINE_BOND, LINE_CUT, LINE_RELUCTANT, LINE_BLANK, LINE_FORCED };

struct line_piece {
    const char *text;
    size_t length;
    int style;
    enum line_end end;
    double width, blank; /* blank: of the blank behind it */
};

struct line_text {
    struct line_piece *pieces;
    size_t count, capacity;
    double narrowest; /* the widest part that should not be broken */
    double widest;    /* the widest line if none is broken */
    size_t lines;     /* how many there are then */
    struct line_measure measure;
};

struct line {
    size_t first, count; /* of the pieces */
    double width;        /* with blanks as they are */
    double stretch;      /* to add to each blank */
};

struct lines {
    const struct line_piece *pieces;
    struct line *lines;
    size_t count;
};

/* Justified: lines chosen together so that blanks are as even as can be. Ragged: as many words as fit. Balanced: no
 * more lines than ragged, of about equal length. */
enum line_mode { LINES_JUSTIFIED, LINES_RAGGED, LINES_BALANCED };

const struct line_text *lines_prepare(struct arena *arena, const struct line_measure *measure,
                                      const struct line_span *spans, size_t count);
/* Widths in the text's units; the first line may be narrower. */
struct lines lines_break(struct arena *arena, const struct line_text *text, double first_width, double width,
                         enum line_mode mode);
/* How many lines ragged text takes; nothing is allocated. */
size_t lines_count(const struct line_text *text, double width);

#endif
