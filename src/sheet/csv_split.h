/* csv_split.h - cutting a line of well-formed fields where it lies, without a copy. */
#ifndef TONGKET_SHEET_CSV_SPLIT_H
#define TONGKET_SHEET_CSV_SPLIT_H

#include "sheet/sheet.h"

/* Cuts a line without its end into cells that point into it; answers how many. 0: it takes a parser, since quotes are
 * doubled, left open or out of place, or there are more cells than `room`. `quoted`: a quotation mark is in it. */
size_t csv_split(const char *line, size_t length, char delimiter, bool quoted, struct cell *cells, size_t room);

#endif
