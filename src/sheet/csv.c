/* csv.c - comma-separated files through libcsv.
 *
 *   [BOM] [sep=; EOL] record EOL …        a record is a physical line, or more when quotes hold line ends
 *
 * libcsv knows no lines and, after a quotation mark gone wrong, takes the rest of the file for one field. So it is fed
 * line by line in strict mode: lines are counted here, a record's first byte is remembered, and when quotes go wrong
 * the record's first line is given up (one finding) and reading goes on behind it. A quoted field may span at most
 * RECORD_LINES lines, else its opening mark is taken for the mistake it is.
 * Rejected: CSV_STRICT_FINI alone (does nothing), libcsv's own trimming (it knows no NBSP; casting trims anyway). */
#include "sheet/sheet.h"

#include "base/arena.h"
#include "base/text.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { RECORD_LINES = 200, FIELD_BYTES = 1 << 20, SNIFF_LINES = 40, COLUMNS = 16384 };

struct record {
    struct cell *cells; /* offsets into the bytes until the record is whole */
    size_t *starts;
    size_t count, capacity;
    char *bytes;
    size_t length, room;
    bool ended;
};

struct csv_file {
    const char *path;
    const char *at, *end; /* the mapped file */
    char line_end;
    unsigned line;
    struct csv_parser parser;
    struct record record;
    const struct sheet_sink *sink;
    struct diagnostics *diagnostics;
};

static void on_field(void *text, size_t length, void *context) {
    struct record *record = context;
    if (record->count == record->capacity) {
        record->capacity = record->capacity ? record->capacity * 2 : 64;
        record->cells = memory_resize(record->cells, record->capacity * sizeof *record->cells);
        record->starts = memory_resize(record->starts, record->capacity * sizeof *record->starts);
    }
    if (record->length + length > record->room) {
        record->room = (record->length + length) * 2 + 1024;
        record->bytes = memory_resize(record->bytes, record->room);
    }
    if (length)
        memcpy(record->bytes + record->length, text, length);
    record->starts[record->count] = record->length;
    record->cells[record->count].kind = CELL_TEXT;
    record->cells[record->count++].length = length;
    record->length += length;
}

static void on_record(int end, void *context) {
    (void)end;
    struct record *record = context;
    record->ended = true;
}

static int never(unsigned char byte) {
    (void)byte;
    return 0;
}

static bool parser_open(struct csv_file *file, char delimiter) {
    if (csv_init(&file->parser, CSV_STRICT | CSV_STRICT_FINI) != 0)
        return false;
    csv_set_delim(&file->parser, (unsigned char)delimiter);
    csv_set_space_func(&file->parser, never);
    csv_set_blk_size(&file->parser, 4096);
    return true;
}

static const char *line_end_of(const struct csv_file *file, const char *line) {
    const char *stop = memchr(line, file->line_end, (size_t)(file->end - line));
    return stop ? stop + 1 : file->end;
}

static size_t line_length(const char *line, const char *next) {
    size_t length = (size_t)(next - line);
    while (length && (line[length - 1] == '\n' || line[length - 1] == '\r'))
        length--;
    return length;
}

/* ---- Sniffing --------------------------------------------------------------------------------------------------- */

static size_t count_outside_quotes(const char *line, size_t length, char delimiter) {
    size_t count = 0;
    bool quoted = false;
    for (size_t i = 0; i < length; i++) {
        if (line[i] == '"')
            quoted = !quoted;
        count += !quoted && line[i] == delimiter;
    }
    return count;
}

/* The delimiter that cuts the most lines into the same number of fields, weighed by that number: a header and its rows
 * agree, commas inside prose do not. */
static char sniff_delimiter(const struct csv_file *file, const char *text) {
    static const char delimiters[] = {';', '\t', ',', '|'};
    char best = ',';
    size_t highest = 0;
    for (size_t d = 0; d < sizeof delimiters; d++) {
        size_t counts[SNIFF_LINES], lines = 0;
        for (const char *line = text; line < file->end && lines < SNIFF_LINES;) {
            const char *next = line_end_of(file, line);
            counts[lines++] = count_outside_quotes(line, line_length(line, next), delimiters[d]);
            line = next;
        }
        for (size_t i = 0; i < lines; i++) {
            size_t agree = 0;
            for (size_t j = 0; j < lines; j++)
                agree += counts[j] == counts[i];
            if (counts[i] * agree > highest) {
                highest = counts[i] * agree;
                best = delimiters[d];
            }
        }
    }
    return best;
}

/* ---- Records ---------------------------------------------------------------------------------------------------- */

static bool hand_on(struct csv_file *file, unsigned line, bool faulty) {
    struct record *record = &file->record;
    for (size_t i = 0; i < record->count; i++)
        record->cells[i].text = record->bytes + record->starts[i];
    struct row row = {.number = line, .cells = record->cells, .count = faulty ? 0 : record->count, .faulty = faulty};
    bool more = file->sink->row(file->sink->context, &row);
    record->count = record->length = 0;
    record->ended = false;
    return more;
}

/* One line of the file, shortened, for a message. */
static const char *excerpt(struct csv_file *file, const char *line, size_t length) {
    size_t shown = text_valid(line, length < 60 ? length : 60);
    return arena_printf(file->diagnostics->arena, "%.*s%s", (int)shown, line, shown < length ? "…" : "");
}

static bool refuse_quotes(struct csv_file *file, unsigned line, const char *text, size_t length) {
    struct place place = {.file = file->path, .row = line};
    diagnose(file->diagnostics, CSV_QUOTE, &place, excerpt(file, text, length));
    return hand_on(file, line, true);
}

static bool refuse_bytes(struct csv_file *file, unsigned line, const char *text, size_t length) {
    size_t valid = text_valid(text, length);
    struct place place = {.file = file->path, .row = line};
    diagnose(
        file->diagnostics, TEXT_INVALID, &place,
        arena_printf(file->diagnostics->arena, "0x%02X, %s", (unsigned char)text[valid], excerpt(file, text, valid)));
    return hand_on(file, line, true);
}

/* A line without a quotation mark needs no parser. With it, libcsv decides; half of the time of a load goes here. */
static bool feed_plain(struct csv_file *file, const char *line, size_t length, char delimiter) {
    if (memchr(line, '"', length))
        return false;
    struct record *record = &file->record;
    for (const char *end = line + length;;) {
        const char *stop = memchr(line, delimiter, (size_t)(end - line));
        on_field((void *)(uintptr_t)line, (size_t)((stop ? stop : end) - line), record);
        if (!stop)
            break;
        line = stop + 1;
    }
    record->ended = true;
    return true;
}

/* Feeds one physical line; false when the quotes in it are wrong. A line end that is kept inside quotes is fed too. */
static bool feed_quoted(struct csv_file *file, const char *line, size_t length) {
    struct record *record = &file->record;
    return csv_parse(&file->parser, line, length, on_field, on_record, record) == length;
}

/* Reads the record that begins at file->at and moves behind it. */
static bool read_record(struct csv_file *file, char delimiter) {
    const char *start = file->at, *line = start;
    unsigned first = file->line + 1, lines = 0;
    struct record *record = &file->record;
    bool good = true;
    while (line < file->end && good && !record->ended) {
        const char *next = line_end_of(file, line);
        size_t length = line_length(line, next);
        if (line == start && text_valid(line, length) < length) {
            file->at = next;
            file->line++;
            return refuse_bytes(file, first, line, length);
        }
        if (line == start && feed_plain(file, line, length, delimiter)) {
            line = next;
            lines++;
            break;
        }
        good = lines < RECORD_LINES && record->length < FIELD_BYTES && text_valid(line, length) == length &&
               feed_quoted(file, line, (size_t)(next - line));
        line = next;
        lines++;
    }
    if (good && !record->ended)
        good = csv_fini(&file->parser, on_field, on_record, record) == 0;
    if (!good || record->count > COLUMNS) {
        csv_free(&file->parser);
        record->count = record->length = 0;
        const char *next = line_end_of(file, start);
        file->at = next;
        file->line++;
        return refuse_quotes(file, first, start, line_length(start, next)) && parser_open(file, delimiter);
    }
    file->at = line;
    file->line += lines;
    return hand_on(file, first, false);
}

static char skip_marks(struct csv_file *file, struct sheet_traits *traits) {
    if (file->end - file->at >= 3 && memcmp(file->at, "\xef\xbb\xbf", 3) == 0) {
        file->at += 3;
        traits->bom = true;
    }
    const char *next = line_end_of(file, file->at);
    if (line_length(file->at, next) == 5 && memcmp(file->at, "sep=", 4) == 0) {
        char delimiter = file->at[4];
        struct row row = {.number = 1};
        file->at = next;
        file->line = 1;
        if (!file->sink->row(file->sink->context, &row))
            return '\0';
        return delimiter;
    }
    return sniff_delimiter(file, file->at);
}

static void read_mapped(struct csv_file *file, struct sheet_traits *traits) {
    size_t head = (size_t)(file->end - file->at) < 65536 ? (size_t)(file->end - file->at) : 65536;
    bool old_mac = !memchr(file->at, '\n', head) && memchr(file->at, '\r', head);
    file->line_end = old_mac ? '\r' : '\n';
    traits->encoding = "UTF-8";
    traits->delimiter = skip_marks(file, traits);
    if (!traits->delimiter || !parser_open(file, traits->delimiter))
        return;
    while (file->at < file->end && read_record(file, traits->delimiter))
        ;
    csv_free(&file->parser);
    free(file->record.cells);
    free(file->record.starts);
    free(file->record.bytes);
}

static bool csv_read(const char *path, const struct sheet_sink *sink, struct sheet_traits *traits,
                     struct diagnostics *diagnostics) {
    struct stat status;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    size_t size = descriptor >= 0 && fstat(descriptor, &status) == 0 ? (size_t)status.st_size : 0;
    void *bytes = size ? mmap(NULL, size, PROT_READ, MAP_PRIVATE, descriptor, 0) : MAP_FAILED;
    int error = errno;
    if (descriptor >= 0)
        close(descriptor);
    if (bytes == MAP_FAILED) {
        diagnose(diagnostics, FILE_READ, NULL, path, strerror(error));
        return false;
    }
    struct csv_file file = {
        .path = path, .at = bytes, .end = (const char *)bytes + size, .sink = sink, .diagnostics = diagnostics};
    if (!sink->sheet || sink->sheet(sink->context, &(struct sheet){.name = NULL}))
        read_mapped(&file, traits);
    munmap(bytes, size);
    return true;
}

static int csv_bid(const char *head, size_t length, const char *extension) {
    static const char *const extensions[] = {"csv", "tsv", "txt"};
    static const char *const others[] = {"PK\3\4",   "\xd0\xcf\x11\xe0", "%PDF",  "{\\rtf",
                                         "\xff\xfe", "\xfe\xff",         "<html", "<!DOCTYPE"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (length >= strlen(others[i]) && memcmp(head, others[i], strlen(others[i])) == 0)
            return 0;
    if (memchr(head, '\0', length))
        return 0;
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        if (strcmp(extension, extensions[i]) == 0)
            return 50;
    return 0;
}

const struct reader csv_reader = {.name = "csv", .bid = csv_bid, .read = csv_read};
