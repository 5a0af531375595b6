/* csv_split.c - cutting a record of well-formed fields where it lies; only fields with doubled marks are copied.
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

/* Cuts the field behind an opening mark and answers its closing one; NULL: there is none. Two marks are one letter, so
 * a field that has such is put together in `plain`, which moves behind it. */
static const char *quoted_field(const char *from, const char *end, struct cell *cell, char **plain) {
    const char *stop = memchr(from, '"', (size_t)(end - from));
    char *at = *plain;
    for (; stop && stop + 1 < end && stop[1] == '"'; stop = memchr(from, '"', (size_t)(end - from))) {
        at = mempcpy(at, from, (size_t)(stop + 1 - from));
        from = stop + 2;
    }
    if (!stop)
        return NULL;
    *cell = (struct cell){.text = from, .length = (size_t)(stop - from)};
    if (at == *plain)
        return stop;
    at = mempcpy(at, from, cell->length);
    *cell = (struct cell){.text = *plain, .length = (size_t)(at - *plain)};
    *plain = at;
    return stop;
}

/* Between quoted fields lie runs of plain ones: a run ends with the line, or with a delimiter before a mark. */
static size_t split_quoted(const char *line, size_t length, char delimiter, struct cell *cells, size_t room,
                           char **plain) {
    const char *end = line + length;
    if (memchr(line, '\r', length)) /* a line end to libcsv */
        return 0;
    for (size_t count = 0; count < room;) {
        if (line < end && *line == '"') {
            const char *stop = quoted_field(line + 1, end, &cells[count++], plain);
            if (!stop)
                return 0;
            line = stop + 1;
        } else {
            const char *mark = memchr(line, '"', (size_t)(end - line)), *stop = mark ? mark - 1 : end;
            size_t run = (size_t)(stop - line);
            size_t added = memchr(line, '\n', run) ? 0 : split_plain(line, run, delimiter, cells + count, room - count);
            if (!added)
                return 0;
            count += added;
            line = stop;
        }
        if (line == end)
            return count;
        if (*line++ != delimiter)
            return 0;
    }
    return 0;
}

size_t csv_split(const char *line, size_t length, char delimiter, char **plain, struct cell *cells, size_t room) {
    if (!room)
        return 0;
    return plain ? split_quoted(line, length, delimiter, cells, room, plain)
                 : split_plain(line, length, delimiter, cells, room);
}
