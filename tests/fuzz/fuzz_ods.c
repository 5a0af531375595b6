/* fuzz_ods.c - the .ods reader over any bytes: it must end, and hand on only what its contract promises.
 *
 *   clang -std=c11 -D_GNU_SOURCE -g -O1 -fsanitize=fuzzer,address,undefined -Isrc -Itests/fuzz tests/fuzz/fuzz_ods.c \
 *       src/base/[a-z]*.c src/sheet/[a-z]*.c -lzip -lexpat -lcsv -linih -lutf8proc -lm -o fuzz_ods
 *   ./fuzz_ods -max_len=65536 CORPUS_FOLDER */
#include "sheet/ods.h"

#define READER ods_reader
#include "book.h"
