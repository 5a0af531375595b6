/* csv_split.h - cutting a record of well-formed fields where it lies. */
#ifndef TONGKET_SHEET_CSV_SPLIT_H
#define TONGKET_SHEET_CSV_SPLIT_H

#include "sheet/sheet.h"

/* Cuts a record without its line end into cells that point into it; answers how many. 0: it takes a parser, since
 * quotes are left open or out of place, or there are more cells than `room`. `plain`: NULL when no quotation mark is in
 * it, else room for `length` bytes, which takes the cells with doubled marks and moves behind them. */
size_t csv_split(const char *line, size_t length, char delimiter, char **plain, struct cell *cells, size_t room);

#endif
