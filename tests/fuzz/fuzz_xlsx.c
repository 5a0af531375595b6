/* fuzz_xlsx.c - the .xlsx reader over any bytes, and over any parts of a package. */
#include "sheet/xlsx.h"

#define READER xlsx_reader
#include "book.h"
