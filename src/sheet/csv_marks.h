/* csv_marks.h - where the bytes stand that matter to a CSV file, found once for many records.
 *
 *   An,Bình,"x"⏎        a bit for each byte: 0010000011011…
 *
 * of the delimiter, the line end, quotation marks, and '?', which may stand for a letter that was lost.
 *
 * A record is then cut by walking from bit to bit. Looking for each of them on its own took three times as long. */
#ifndef TONGKET_CSV_MARKS_H
#define TONGKET_CSV_MARKS_H

#include "sheet/sheet.h"

#include <stdint.h>

enum { MARKS_BYTES = 1 << 15 };

struct csv_marks {
    char delimiter, line_end;
    const char *from, *to; /* the bytes looked at */
    uint64_t bits[MARKS_BYTES / 64];
};

void csv_marks_open(struct csv_marks *marks, const char *text, char delimiter, char line_end);
/* Cuts the record that begins at `line`, and answers the number of its cells; *next is behind its line end. 0: it takes
 * a closer look, having a '?', or a quotation mark that neither opens nor closes a field; or it has more cells than
 * there is room for, or is longer than MARKS_BYTES. */
size_t csv_marks_cut(struct csv_marks *marks, const char *line, const char *end, struct cell *cells, size_t room,
                     const char **next);

#endif
