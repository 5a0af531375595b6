/* xlsx_text.h - texts as a workbook may hold them. */
#ifndef TONGKET_XLSX_TEXT_H
#define TONGKET_XLSX_TEXT_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum { XLSX_TEXT_MOST = 32767, XLSX_SHEET_NAME_MOST = 31 };

/* Fit for XML: invalid bytes and control characters become U+FFFD, line ends LF. NULL is "". The text itself when it is
 * fit as it is. */
const char *xlsx_text_clean(struct arena *arena, const char *text);
/* Fit for a cell: also literal _x0041_ is escaped, and what Excel cannot hold is cut off with a mark. */
const char *xlsx_text_cell(struct arena *arena, const char *text, bool *cut);
/* At most so many UTF-16 units, whole characters. */
char *xlsx_text_cut(struct arena *arena, const char *text, size_t most);
/* For page headers, where & begins a code. */
const char *xlsx_text_header(struct arena *arena, const char *text);
/* A sheet name without what Excel refuses; uniqueness is the caller's. */
char *xlsx_text_sheet_name(struct arena *arena, const char *wished);

#endif
