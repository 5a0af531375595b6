/* xlsx_value.h - typed values as cells: real numbers, real dates, ratios as live formulas.
 *
 * What a cell holds and what it shows agree with the printed form: where the page cuts or rounds to even, which no
 * number format can do, the cell holds the rounded number. */
#ifndef TONGKET_XLSX_VALUE_H
#define TONGKET_XLSX_VALUE_H

#include "render/xlsx_book.h"

/* The number that the cell of an integer, decimal or ratio holds, and its decimal places. False: the cell is text,
 * because there is no number or it has more digits than Excel keeps. */
bool xlsx_number(struct value value, const struct format *format, double *number, int *decimals);
/* Excel's number format of a value, "" for text. */
void xlsx_number_format(char out[XLSX_NUMBER_SIZE], struct value value, const struct format *format);
/* The format that holds when the template names none. */
struct format xlsx_format_of(struct value value, const struct format *format);

/* A ratio's formula over two parts, each a reference or a number. NULL: only a literal is exact. */
const char *xlsx_ratio_formula(struct arena *arena, struct value ratio, const struct format *format,
                               const char *numerator, const char *denominator);

/* Writes a value. `text` is its printed form; numerator and denominator are references for a ratio, NULL: not shown. */
void xlsx_put_value(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, const struct xlsx_look *look,
                    struct value value, const struct format *format, const char *text, const char *numerator,
                    const char *denominator);

#endif
