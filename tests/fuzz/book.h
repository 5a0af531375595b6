/* book.h - a workbook reader over any bytes: it must end, and hand on only what its contract promises. The file that
 * includes this names the reader: #define READER xlsx_reader. */
#include "base/text.h"
#include "sheet/sheet.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

enum { ROWS = 20000 };

static bool on_row(void *context, const struct row *row) {
    size_t *rows = context;
    if (row->number < 1 || row->number > 1048576 || row->count > 16384 || (row->faulty && row->count))
        abort();
    for (size_t i = 0; i < row->count; i++)
        if (text_valid(row->cells[i].text, row->cells[i].length) != row->cells[i].length)
            abort();
    if (row->count && row->cells[row->count - 1].length == 0)
        abort();
    return ++*rows % ROWS != 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    size_t rows = 0;
    char path[64];
    int file = memfd_create("fuzz", MFD_CLOEXEC);
    if (file < 0 || write(file, bytes, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    struct diagnostics diagnostics = {.arena = arena_new(), .language = LANGUAGE_EN};
    const struct sheet_sink sink = {.context = &rows, .row = on_row};
    struct sheet_traits traits = {0};
    if (!READER.read(path, &sink, &traits, &diagnostics) && diagnostics.count == 0)
        abort(); /* it says why */
    arena_free(diagnostics.arena);
    close(file);
    return 0;
}
