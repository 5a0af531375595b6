/* fuzz_ods.c - the .ods reader over any bytes, and over any parts of a package. */
#include "sheet/ods.h"

#define READER ods_reader
#include "book.h"
