/* book.h - a workbook reader over any bytes: it must end, and hand on only what its contract promises. The file that
 * includes this names the reader: #define READER xlsx_reader.
 *
 *   PK…                              bytes of a zip file, as they are
 *   xl/workbook.xml⏎<workbook …␌xl/worksheets/sheet1.xml⏎<worksheet …      parts, packed here
 *
 * Packed parts carry the right sizes and checksums whatever was changed in them, so that changes reach the XML. */
#include "base/buffer.h"
#include "base/text.h"
#include "fuzz.h"
#include "sheet/sheet.h"

enum { ROWS = 20000 };

static bool on_row(void *context, const struct row *row) {
    size_t *rows = context;
    check(row->number >= 1 && row->number <= 1048576 && row->count <= 16384 && !(row->faulty && row->count));
    for (size_t i = 0; i < row->count; i++)
        check(text_valid(row->cells[i].text, row->cells[i].length) == row->cells[i].length);
    check(!row->count || row->cells[row->count - 1].length);
    return ++*rows % ROWS != 0;
}

/* ---- Packing ---------------------------------------------------------------------------------------------------- */

static void add_number(struct buffer *out, uint32_t number, int bytes) {
    for (int i = 0; i < bytes; i++)
        buffer_char(out, (char)(number >> (8 * i)));
}

static uint32_t checksum(const char *bytes, size_t size) {
    uint32_t sum = 0xffffffff;
    for (size_t i = 0; i < size; i++) {
        sum ^= (unsigned char)bytes[i];
        for (int bit = 0; bit < 8; bit++)
            sum = sum >> 1 ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ~sum;
}

/* What the header before a stored part and its entry in the directory have in common. */
static void add_entry(struct buffer *out, const char *name, const char *bytes, size_t size) {
    add_number(out, 20, 2); /* version, flags, stored, time and date */
    add_number(out, 0, 4);
    add_number(out, 0, 2);
    add_number(out, 0x21, 2);
    add_number(out, checksum(bytes, size), 4);
    add_number(out, (uint32_t)size, 4);
    add_number(out, (uint32_t)size, 4);
    add_number(out, (uint32_t)strlen(name), 2);
    add_number(out, 0, 2);
}

static void pack(struct buffer *zip, char *parts) {
    struct buffer directory = {0};
    uint32_t count = 0;
    while (*parts && count < 64) {
        char *part = next_part(&parts), *end = strchr(part, '\n');
        const char *bytes = end ? end + 1 : "";
        size_t size = strlen(bytes), offset = zip->length;
        if (end)
            *end = '\0';
        if (!*part || strlen(part) > 200)
            continue;
        buffer_add(zip, "PK\3\4", 4);
        add_entry(zip, part, bytes, size);
        buffer_text(zip, part);
        buffer_add(zip, bytes, size);
        buffer_add(&directory, "PK\1\2", 4);
        add_number(&directory, 20, 2);
        add_entry(&directory, part, bytes, size);
        add_number(&directory, 0, 2); /* comment, disk, attributes */
        add_number(&directory, 0, 4);
        add_number(&directory, 0, 4);
        add_number(&directory, (uint32_t)offset, 4);
        buffer_text(&directory, part);
        count++;
    }
    uint32_t start = (uint32_t)zip->length;
    buffer_add(zip, buffer_string(&directory), directory.length);
    buffer_add(zip, "PK\5\6\0\0\0\0", 8);
    add_number(zip, count, 2);
    add_number(zip, count, 2);
    add_number(zip, (uint32_t)directory.length, 4);
    add_number(zip, start, 4);
    add_number(zip, 0, 2);
    buffer_free(&directory);
}

/* ---- Reading ---------------------------------------------------------------------------------------------------- */

static void read_book(const void *bytes, size_t size) {
    size_t rows = 0;
    char path[64];
    int file = file_of(bytes, size, path);
    struct diagnostics diagnostics = {.arena = arena_new(), .language = LANGUAGE_EN};
    const struct sheet_sink sink = {.context = &rows, .row = on_row};
    struct sheet_traits traits = {0};
    if (!READER.read(path, &sink, &traits, &diagnostics))
        check(diagnostics.count > 0); /* it says why */
    arena_free(diagnostics.arena);
    close(file);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size >= 2 && memcmp(data, "PK", 2) == 0) {
        read_book(data, size);
        return 0;
    }
    char *parts = text_of(data, size);
    struct buffer zip = {0};
    pack(&zip, parts);
    read_book(zip.text, zip.length);
    buffer_free(&zip);
    free(parts);
    return 0;
}
