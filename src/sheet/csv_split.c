/* csv_split.c - cutting a line of well-formed fields where it lies, without a copy.
 *
 * Delimiters are looked for in eight bytes at a time: fields are short, and a call of memchr() for each takes longer
 * than the looking. Whatever is not plainly right is left to libcsv, which stays the judge of quotes. */
#include "sheet/csv_split.h"

#include <endian.h>
#include <stdint.h>
#include <string.h>

#define EACH_BYTE UINT64_C(0x0101010101010101)

/* The highest bit of each byte of the word that is the wanted one, and no other bit; the lowest byte is the first. */
static uint64_t bytes_equal(const char *text, uint64_t wanted) {
    const uint64_t low = EACH_BYTE * 0x7f;
    uint64_t word;
    memcpy(&word, text, sizeof word);
    word ^= wanted;
    return htole64(~(((word & low) + low) | word | low));
}

static size_t split_plain(const char *line, size_t length, char delimiter, struct cell *cells, size_t room) {
    const uint64_t wanted = EACH_BYTE * (unsigned char)delimiter;
    size_t count = 0, from = 0, at = 0;
    for (; at + sizeof wanted <= length; at += sizeof wanted)
        for (uint64_t found = bytes_equal(line + at, wanted); found; found &= found - 1) {
            size_t to = at + (size_t)__builtin_ctzll(found) / 8;
            if (count + 1 >= room)
                return 0;
            cells[count++] = (struct cell){.text = line + from, .length = to - from};
            from = to + 1;
        }
    for (; at < length; at++)
        if (line[at] == delimiter) {
            if (count + 1 >= room)
                return 0;
            cells[count++] = (struct cell){.text = line + from, .length = at - from};
            from = at + 1;
        }
    cells[count++] = (struct cell){.text = line + from, .length = length - from};
    return count;
}

static size_t split_quoted(const char *line, size_t length, char delimiter, struct cell *cells, size_t room) {
    const char *end = line + length;
    if (memchr(line, '\r', length)) /* a line end to libcsv */
        return 0;
    for (size_t count = 0; count < room; line++) {
        bool quoted = line < end && *line == '"';
        const char *from = line + quoted, *stop = memchr(from, quoted ? '"' : delimiter, (size_t)(end - from));
        if (quoted ? !stop : memchr(from, '"', (size_t)((stop ? stop : end) - from)) != NULL)
            return 0;
        if (!stop)
            stop = end;
        cells[count++] = (struct cell){.text = from, .length = (size_t)(stop - from)};
        line = stop + quoted;
        if (line == end)
            return count;
        if (*line != delimiter)
            return 0;
    }
    return 0;
}

size_t csv_split(const char *line, size_t length, char delimiter, bool quoted, struct cell *cells, size_t room) {
    return room ? (quoted ? split_quoted : split_plain)(line, length, delimiter, cells, room) : 0;
}
