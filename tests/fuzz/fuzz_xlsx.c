/* fuzz_xlsx.c - the .xlsx reader over any bytes: it must end, and hand on only what its contract promises.
 *
 *   clang -std=c11 -D_GNU_SOURCE -g -O1 -fsanitize=fuzzer,address,undefined -Isrc -Itests/fuzz tests/fuzz/fuzz_xlsx.c \
 *       src/base/[a-z]*.c src/sheet/[a-z]*.c -lzip -lexpat -lcsv -linih -lutf8proc -lm -o fuzz_xlsx
 *   ./fuzz_xlsx -max_len=65536 CORPUS_FOLDER */
#include "sheet/xlsx.h"

#define READER xlsx_reader
#include "book.h"
