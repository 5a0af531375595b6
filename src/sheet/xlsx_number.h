/* xlsx_number.h - the numbers of workbooks as text: shortest digits, and days as ISO dates. */
#ifndef TONGKET_XLSX_NUMBER_H
#define TONGKET_XLSX_NUMBER_H

#include "sheet/sheet.h"

enum { NUMBER_SIZE = 40 };

/* What a cell's number format makes of its number. */
enum number_kind {
    NUMBER_PLAIN,
    NUMBER_DATE,    /* dd/mm/yyyy, dd/mm/yyyy hh:mm */
    NUMBER_TIME,    /* hh:mm */
    NUMBER_ELAPSED, /* [h]:mm */
};

/* False when the text is no number. */
bool number_read(const char *text, size_t length, double *number);
/* 12.5, 1E+21: the least digits that give the number again. Answers the length. */
size_t number_digits(double number, char digits[NUMBER_SIZE]);
/* The text of a number as it stands in a workbook, in the form of number_digits(). 0 when it is no number. */
size_t number_text(const char *text, size_t length, char digits[NUMBER_SIZE]);
/* A number under a format of days and hours: a date, a date with its time, a time alone (which is text), or, outside of
 * the calendar, the number itself. */
size_t number_day(double number, enum number_kind kind, bool from_1904, char text[NUMBER_SIZE],
                  enum cell_kind *cell_kind);
/* 2014-02-03T00:00:00.000Z as 2014-02-03, 2014-02-03T10:30 as 2014-02-03T10:30:00. 0 when it is no such date. */
size_t number_iso(const char *text, size_t length, char iso[NUMBER_SIZE]);
/* The kind of a number format's code. */
enum number_kind number_format_kind(const char *code);
/* The kind of a format that every program knows by its number. */
enum number_kind number_format_builtin(unsigned id);

#endif
