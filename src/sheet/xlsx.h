/* xlsx.h - the reader of .xlsx and .xlsm workbooks, and the rows of one of their sheets. */
#ifndef TONGKET_XLSX_H
#define TONGKET_XLSX_H

#include "sheet/sheet.h"
#include "sheet/xlsx_book.h"

extern const struct reader xlsx_reader;

/* Reads a worksheet's part and hands its rows on. False after saying why it could not be read to its end. */
bool xlsx_read_sheet(struct book *book, const char *part, const struct sheet_sink *sink);

#endif
