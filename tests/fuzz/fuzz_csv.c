/* fuzz_csv.c - any bytes are read as rows within bounds, in order, and every row that is no data is said.
 *
 * The first byte chooses a forced encoding, and where the sink stops. */
#include "base/text.h"
#include "sheet/charset.h"
#include "sheet/sheet.h"

#include "fuzz.h"

struct seen {
    unsigned last;
    size_t rows, faulty, stop;
};

static bool on_row(void *context, const struct row *row) {
    struct seen *seen = context;
    check(row->number > seen->last);
    check(!row->faulty || row->count == 0);
    for (size_t i = 0; i < row->count; i++)
        check(text_valid(row->cells[i].text, row->cells[i].length) == row->cells[i].length);
    seen->last = row->number;
    seen->rows++;
    seen->faulty += row->faulty;
    return seen->rows != seen->stop;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2)
        return 0;
    char path[64];
    int file = file_of(data + 1, size - 1, path);
    struct arena *arena = arena_new();
    struct diagnostics diagnostics = {.arena = arena};
    struct seen seen = {.stop = data[0] >> 4 == 15 ? 3 : 0};
    struct sheet_sink sink = {.context = &seen, .row = on_row};
    struct sheet_traits traits = {.forced_encoding =
                                      data[0] % 16 < CHARSET_COUNT ? charset_name((enum charset)(data[0] % 16)) : NULL};
    check(csv_reader.read(path, &sink, &traits, &diagnostics) && traits.encoding);
    size_t said = 0;
    static const enum diagnostic codes[] = {DIAGNOSTIC_CSV_QUOTE, DIAGNOSTIC_TEXT_INVALID, DIAGNOSTIC_TEXT_LOST,
                                            DIAGNOSTIC_ROW_HUGE};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        said += diagnostics.counts[codes[i]];
    check(said == seen.faulty);
    csv_reader.bid((const char *)data + 1, size - 1, "csv");
    arena_free(arena);
    close(file);
    return 0;
}
