/* csv.c - comma-separated files through libcsv.
 *
 *   [BOM] [sep=; EOL] record EOL …        a record is a physical line, or more when quotes hold line ends
 *
 * UTF-8 is read where it is mapped; anything else is decoded whole first (charset.h). Well-formed records are cut where
 * they lie (csv_split.h); libcsv judges the others. It knows no lines and, after a quotation mark gone wrong, takes the
 * rest of the file for one field. So it is fed line by line in strict mode: lines are counted here, a record's first
 * byte is remembered, and when quotes go wrong the record's first line is given up (one finding), with the pieces of it
 * that follow, and reading goes on behind it. A quoted field may span at most RECORD_LINES lines, else its opening mark
 * is taken for the mistake it is.
 * Rejected: CSV_STRICT_FINI alone (does nothing), libcsv's own trimming (it knows no NBSP; casting trims anyway). */
#include "sheet/sheet.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/mapping.h"
#include "base/text.h"
#include "sheet/charset.h"
#include "sheet/csv_marks.h"
#include "sheet/csv_split.h"

#include <csv.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    RECORD_LINES = 200,
    FIELD_BYTES = 1 << 20,
    LINE_BYTES = 1 << 24,
    DECODED_BYTES = 1 << 30, /* of a file that is not UTF-8 */
    SNIFF_LINES = 40,
    SNIFF_JOINED = 20,
    BROKEN_LINES = 20, /* of a record whose quotes went wrong */
    COLUMNS = 16384,
    LINE_CELLS = 256,
    RELEASE_BYTES = 1 << 22,
    RELEASE_BEHIND = RELEASE_BYTES * 2,
    AHEAD = 65536 /* looking at lines together is twice as fast as at each */
};

struct record {
    struct cell *cells; /* offsets into the bytes until the record is whole */
    size_t *starts;
    size_t count, capacity;
    char *bytes;
    size_t length, room;
    bool ended;
};

/* Where a byte stands next: at `at`, or nowhere before `to`. */
struct finder {
    const char *at, *to;
    char byte;
};

struct csv_file {
    const char *path;
    const char *at, *end;       /* the mapped file, or its text */
    const char *valid, *looked; /* valid UTF-8 before the one; looked at before the other */
    struct finder quotes, questions;
    char line_end;
    unsigned line;
    const char *released;          /* the mapped pages before it were given back; NULL: the text is not mapped */
    size_t width;                  /* cells of the last good record */
    struct cell cells[LINE_CELLS]; /* of a line that needs no parser */
    struct csv_marks marks;
    struct csv_parser parser;
    struct record record;
    const struct sheet_sink *sink;
    struct diagnostics *diagnostics;
};

static void on_field(void *text, size_t length, void *context) {
    struct record *record = context;
    if (record->count > COLUMNS)
        return;
    if (record->count == record->capacity) {
        record->capacity = record->capacity ? record->capacity * 2 : 64;
        record->cells = memory_resize(record->cells, record->capacity * sizeof *record->cells);
        record->starts = memory_resize(record->starts, record->capacity * sizeof *record->starts);
    }
    if (record->length + length + 1 > record->room) {
        record->room = (record->length + length) * 2 + 1024;
        record->bytes = memory_resize(record->bytes, record->room);
    }
    /* A line end of the other kind inside the line: what is behind it belongs to the last cell, as in a plain line. */
    bool more = record->ended && record->count > 0;
    record->ended = false;
    if (more) {
        record->bytes[record->length++] = '\r';
        record->cells[--record->count].length += 1;
    }
    if (length)
        memcpy(record->bytes + record->length, text, length);
    if (!more) {
        record->starts[record->count] = record->length;
        record->cells[record->count] = (struct cell){.kind = CELL_TEXT};
    }
    record->cells[record->count++].length += length;
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

static bool line_has(const struct csv_file *file, struct finder *finder, const char *line, size_t length) {
    if (finder->at < line || (finder->at == finder->to && finder->to < line + length)) {
        size_t left = (size_t)(file->end - line), ahead = length > AHEAD ? length : AHEAD;
        finder->to = line + (left < ahead ? left : ahead);
        finder->at = memchr(line, finder->byte, (size_t)(finder->to - line));
        if (!finder->at)
            finder->at = finder->to;
    }
    return finder->at < line + length;
}

/* text_valid() of a line. */
static size_t line_valid(struct csv_file *file, const char *line, size_t length) {
    if (line >= file->looked) {
        size_t left = (size_t)(file->end - line), ahead = length > AHEAD ? length : AHEAD;
        const char *stop = left <= ahead ? file->end : memrchr(line, file->line_end, ahead);
        file->looked = stop && stop > line + length ? stop : line + length;
        if (text_valid(line, (size_t)(file->looked - line)) == (size_t)(file->looked - line))
            file->valid = file->looked;
    }
    return line + length <= file->valid ? length : text_valid(line, length);
}

/* ---- Sniffing --------------------------------------------------------------------------------------------------- */

static size_t count_outside_quotes(const char *line, size_t length, char delimiter, bool *quoted) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        if (line[i] == '"')
            *quoted = !*quoted;
        count += !*quoted && line[i] == delimiter;
    }
    return count;
}

/* The delimiter that cuts the most lines into the same number of fields, weighed by that number: a header and its rows
 * agree, commas inside prose do not. Agreement counts twice: decimal commas stand in rows, but not in the header. */
static char sniff_delimiter(const struct csv_file *file, const char *text) {
    static const char delimiters[] = {';', '\t', ',', '|'};
    char best = ',';
    size_t highest = 0;
    for (size_t d = 0; d < sizeof delimiters; d++) {
        size_t counts[SNIFF_LINES] = {0}, lines = 0, joined = 0;
        bool quoted = false;
        for (const char *line = text; line < file->end && lines < SNIFF_LINES;) {
            const char *next = line_end_of(file, line);
            size_t length = line_length(line, next);
            counts[lines] += count_outside_quotes(line, length < AHEAD ? length : AHEAD, delimiters[d], &quoted);
            line = next;
            if (quoted && ++joined < SNIFF_JOINED)
                continue;
            lines++;
            quoted = false;
            joined = 0;
        }
        for (size_t i = 0; i < lines; i++) {
            size_t agree = 0;
            for (size_t j = 0; j < lines; j++)
                agree += counts[j] == counts[i];
            if (counts[i] * agree * agree > highest) {
                highest = counts[i] * agree * agree;
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
    struct arena *arena = file->diagnostics->arena;
    return arena_printf(arena, "%s%s", text_clean(arena, line, shown), shown < length ? "…" : "");
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

static bool refuse_size(struct csv_file *file, unsigned line, const char *text, size_t length) {
    struct place place = {.file = file->path, .row = line};
    struct arena *arena = file->diagnostics->arena;
    bool bytes = length > LINE_BYTES;
    const char *unit = bytes ? "byte" : diagnose_say(file->diagnostics, "ô", "cells");
    size_t found = bytes ? length : COLUMNS + 1, most = bytes ? LINE_BYTES : COLUMNS;
    diagnose(file->diagnostics, ROW_HUGE, &place, arena_printf(arena, bytes ? "%zu %s" : "≥ %zu %s", found, unit),
             arena_printf(arena, "%zu", most), excerpt(file, text, length));
    return hand_on(file, line, true);
}

/* False when no row of the kind is there; else says so of the record's cell that shows it best. */
static bool record_lost(struct csv_file *file, unsigned line) {
    const struct record *record = &file->record;
    unsigned sum = 0, most = 0;
    size_t worst = 0;
    for (size_t i = 0; i < record->count; i++) {
        unsigned weight = charset_lost(record->bytes + record->starts[i], record->cells[i].length);
        sum += weight;
        if (weight > most) {
            most = weight;
            worst = i;
        }
    }
    if (sum < CHARSET_LOST)
        return false;
    struct place place = {.file = file->path, .row = line, .column = (unsigned)worst + 1};
    diagnose(file->diagnostics, TEXT_LOST, &place,
             excerpt(file, record->bytes + record->starts[worst], record->cells[worst].length));
    return true;
}

/* A line without a quotation mark needs no parser. */
static bool feed_plain(struct csv_file *file, const char *line, size_t length, char delimiter) {
    if (line_has(file, &file->quotes, line, length))
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

static size_t count_byte(const char *line, const char *end, char byte) {
    size_t count = 0;
    while (line < end && (line = memchr(line, byte, (size_t)(end - line)))) {
        count++;
        line++;
    }
    return count;
}

/* Moves behind a record whose quotes went wrong: behind its first line; and when a mark is left open there, behind the
 * line that has its partner, provided that none of the lines on the way looks like a record of its own. */
static void skip_broken(struct csv_file *file, const char *start, char delimiter) {
    const char *next = line_end_of(file, start), *line = next;
    file->at = next;
    file->line++;
    bool piece = count_byte(start, next, delimiter) + 1 < file->width && count_byte(start, next, '"') % 2;
    for (unsigned lines = 1; piece && line < file->end && lines < BROKEN_LINES; lines++) {
        next = line_end_of(file, line);
        if (count_byte(line, next, delimiter) + 1 >= file->width)
            return;
        if (count_byte(line, next, '"') % 2) {
            file->at = next;
            file->line += lines;
            return;
        }
        line = next;
    }
}

/* Feeds the record that begins at file->at, moves `line` behind it and counts its lines; false when its quotes are
 * wrong. `bad` becomes the first of its lines that is not valid. */
static bool feed_record(struct csv_file *file, char delimiter, const char **line, unsigned *lines, const char **bad) {
    const char *start = file->at;
    struct record *record = &file->record;
    bool good = true;
    while (*line < file->end && good && !record->ended) {
        const char *here = *line, *next = line_end_of(file, here);
        size_t length = line_length(here, next);
        if (!*bad && line_valid(file, here, length) < length)
            *bad = here;
        if (here != start || !feed_plain(file, here, length, delimiter))
            good = (here == start || (*lines < RECORD_LINES && here - start < FIELD_BYTES)) &&
                   feed_quoted(file, here, (size_t)(next - here));
        *line = next;
        ++*lines;
    }
    if (good && !record->ended)
        good = csv_fini(&file->parser, on_field, on_record, record) == 0;
    return good;
}

/* Behind the record that begins with this line and, when a mark is left open, ends with a later one. Counts its lines
 * and tells whether there are marks. */
static const char *record_end(struct csv_file *file, const char *line, unsigned *lines, bool *quoted) {
    const char *next = line_end_of(file, line), *here = line;
    bool open = false;
    *quoted = false;
    for (*lines = 1;; ++*lines) {
        bool marks = line_has(file, &file->quotes, here, (size_t)(next - here));
        *quoted = *quoted || marks;
        if (marks && count_byte(here, next, '"') % 2)
            open = !open;
        if (!open || next == file->end || *lines == RECORD_LINES || next - line >= FIELD_BYTES)
            return next;
        here = next;
        next = line_end_of(file, here);
    }
}

/* Room for so many bytes that do not outlast the row at hand. */
static char *record_room(struct record *record, size_t length) {
    if (length > record->room) {
        record->room = length + 1024;
        record->bytes = memory_resize(record->bytes, record->room);
    }
    return record->bytes;
}

static bool hand_on_cells(struct csv_file *file, size_t count, const char *next, unsigned lines, bool lasting) {
    struct row row = {.number = file->line + 1, .cells = file->cells, .count = count, .lasting = lasting};
    file->line += lines;
    file->at = next;
    file->width = count;
    return file->sink->row(file->sink->context, &row);
}

/* Most records have nothing to judge. */
static bool read_clearly(struct csv_file *file, bool *more) {
    const char *next = NULL;
    size_t count = csv_marks_cut(&file->marks, file->at, file->end, file->cells, LINE_CELLS, &next);
    size_t length = count ? (size_t)(next - file->at) : 0;
    if (!count || line_valid(file, file->at, length) < length)
        return false;
    *more = hand_on_cells(file, count, next, 1, true);
    return true;
}

/* Well-formed fields are handed on where they lie. False when it takes more than that. */
static bool read_plainly(struct csv_file *file, char delimiter, bool *more) {
    bool quoted;
    unsigned lines;
    const struct finder quotes = file->quotes; /* a finder does not go back */
    const char *line = file->at, *next = record_end(file, line, &lines, &quoted);
    size_t length = line_length(line, next), count = 0;
    char *room = quoted ? record_room(&file->record, length) : NULL, *plain = room;
    if (length <= LINE_BYTES && line_valid(file, line, length) == length &&
        !line_has(file, &file->questions, line, length))
        count = csv_split(line, length, delimiter, quoted ? &plain : NULL, file->cells, LINE_CELLS);
    if (!count) {
        file->quotes = quotes;
        return false;
    }
    *more = hand_on_cells(file, count, next, lines, plain == room);
    return true;
}

/* Reads the record that begins at file->at and moves behind it. */
static bool read_record(struct csv_file *file, char delimiter) {
    const char *start = file->at, *line = start, *bad = NULL, *next = line_end_of(file, start);
    unsigned first = file->line + 1, lines = 0;
    struct record *record = &file->record;
    size_t length = line_length(start, next);
    if (length > LINE_BYTES) {
        file->at = next;
        file->line++;
        return refuse_size(file, first, start, length);
    }
    if (!feed_record(file, delimiter, &line, &lines, &bad)) {
        csv_free(&file->parser);
        record->count = record->length = 0;
        skip_broken(file, start, delimiter);
        bool more = bad == start ? refuse_bytes(file, first, start, length) : refuse_quotes(file, first, start, length);
        return parser_open(file, delimiter) && more;
    }
    file->at = line;
    file->line += lines;
    if (bad)
        return refuse_bytes(file, first, bad, line_length(bad, line_end_of(file, bad)));
    if (record->count > COLUMNS)
        return refuse_size(file, first, start, length);
    if (line_has(file, &file->questions, start, (size_t)(line - start)) && record_lost(file, first))
        return hand_on(file, first, true);
    file->width = record->count;
    return hand_on(file, first, false);
}

/* The delimiter that a first line sep=; names, also in quotes; '\0' when there is no such line. */
static char named_delimiter(const struct csv_file *file) {
    size_t length = line_length(file->at, line_end_of(file, file->at));
    const char *line = file->at;
    if (length == 7 && line[0] == '"' && line[6] == '"') {
        line++;
        length -= 2;
    }
    bool named = length == 5 && strncasecmp(line, "sep=", 4) == 0 && strchr(";,|:^~ \t", line[4]);
    return named ? line[4] : '\0';
}

/* Answers the delimiter; '\0' when no rows are wanted. */
static char skip_name(struct csv_file *file) {
    char delimiter = named_delimiter(file);
    struct row row = {.number = 1};
    if (!delimiter)
        return sniff_delimiter(file, file->at);
    file->at = line_end_of(file, file->at);
    file->line = 1;
    return file->sink->row(file->sink->context, &row) ? delimiter : '\0';
}

/* Pages that were read are given back, but for the last: rows that wait to be cast still point into them, and would
 * bring them back for good. */
static void release(struct csv_file *file) {
    if (!file->released || file->at - file->released < RELEASE_BEHIND)
        return;
    madvise((void *)(uintptr_t)file->released, RELEASE_BYTES, MADV_DONTNEED);
    file->released += RELEASE_BYTES;
}

static void read_text(struct csv_file *file, struct sheet_traits *traits) {
    if (file->end > file->at && file->end[-1] == '\x1a') /* the end of a file of DOS */
        file->end--;
    size_t head = (size_t)(file->end - file->at) < AHEAD ? (size_t)(file->end - file->at) : AHEAD;
    bool old_mac = !memchr(file->at, '\n', head) && memchr(file->at, '\r', head);
    file->line_end = old_mac ? '\r' : '\n';
    file->valid = file->looked = file->at;
    file->quotes = (struct finder){file->at, file->at, '"'};
    file->questions = (struct finder){file->at, file->at, '?'};
    traits->delimiter = skip_name(file);
    if (!traits->delimiter || !parser_open(file, traits->delimiter))
        return;
    csv_marks_open(&file->marks, file->at, traits->delimiter, file->line_end);
    for (bool more = true; more && file->at < file->end;) {
        if (!read_clearly(file, &more) && !read_plainly(file, traits->delimiter, &more))
            more = read_record(file, traits->delimiter);
        release(file);
    }
    if (file->sink->flush)
        file->sink->flush(file->sink->context);
    csv_free(&file->parser);
    free(file->record.cells);
    free(file->record.starts);
    free(file->record.bytes);
}

/* ---- Encodings -------------------------------------------------------------------------------------------------- */

/* What the file is read as: its mark decides, then what the caller wants, then what it looks like. */
static struct charset_guess choose_charset(struct csv_file *file, struct sheet_traits *traits) {
    struct charset_guess guess = charset_detect(file->at, (size_t)(file->end - file->at));
    bool forced = !guess.mark && traits->forced_encoding && charset_named(traits->forced_encoding, &guess.charset);
    bool guessed = !forced && guess.confidence < 100 && !guess.unknown;
    traits->bom = guess.mark > 0;
    traits->encoding = charset_name(guess.charset);
    if (!guessed)
        return guess;
    struct place place = {.file = file->path};
    traits->encoding = arena_printf(file->diagnostics->arena, "%s (%d%%)", traits->encoding, guess.confidence);
    /* Nothing marks VNI but its syllables: its bytes are letters of French as well. */
    if (guess.confidence < CHARSET_SURE || guess.charset == CHARSET_VNI)
        diagnose(file->diagnostics, ENCODING_DOUBTFUL, &place, traits->encoding);
    else
        diagnose(file->diagnostics, ENCODING_GUESSED, &place, traits->encoding);
    return guess;
}

static bool read_mapped(struct csv_file *file, struct sheet_traits *traits) {
    struct charset_guess guess = choose_charset(file, traits);
    struct buffer text = {0};
    file->at += guess.mark;
    size_t size = (size_t)(file->end - file->at);
    if (guess.charset != CHARSET_UTF8 && size > DECODED_BYTES) {
        diagnose(file->diagnostics, FILE_READ, NULL, file->path,
                 diagnose_say(file->diagnostics, "quá 1 GiB mà không phải UTF-8; hãy lưu lại dạng «CSV UTF-8»",
                              "over 1 GiB and not UTF-8; save it as 'CSV UTF-8'"));
        return false;
    }
    if (guess.charset != CHARSET_UTF8) {
        charset_decode(guess.charset, file->at, size, &text);
        file->at = buffer_string(&text);
        file->released = NULL;
        file->end = file->at + text.length;
    }
    read_text(file, traits);
    buffer_free(&text);
    return true;
}

static bool csv_read(const char *path, const struct sheet_sink *sink, struct sheet_traits *traits,
                     struct diagnostics *diagnostics) {
    struct mapping mapping;
    if (!mapping_open(&mapping, path)) {
        diagnose(diagnostics, FILE_READ, NULL, path, file_reason(diagnostics, errno));
        return false;
    }
    struct csv_file file = {.path = path,
                            .at = mapping.bytes,
                            .end = mapping.bytes + mapping.size,
                            .released = mapping.bytes,
                            .sink = sink,
                            .diagnostics = diagnostics};
    bool wanted = !sink->sheet || sink->sheet(sink->context, &(struct sheet){.name = NULL});
    bool good = !wanted || read_mapped(&file, traits);
    mapping_close(&mapping);
    return good;
}

static int csv_bid(const char *head, size_t length, const char *extension) {
    static const char *const extensions[] = {"csv", "tsv", "txt"};
    static const char *const others[] = {"PK\3\4", "\xd0\xcf\x11\xe0", "%PDF", "{\\rtf", "<html", "<!DOCTYPE"};
    enum charset charset;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (length >= strlen(others[i]) && memcmp(head, others[i], strlen(others[i])) == 0)
            return 0;
    /* A stray NUL spoils its row only; many are no text. */
    size_t zeros = 0;
    for (size_t i = 0; i < length; i++)
        zeros += head[i] == '\0';
    if (zeros * 20 > length && !charset_is_utf16(head, length, &charset))
        return 0;
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        if (strcmp(extension, extensions[i]) == 0)
            return 50;
    return 0;
}

const struct reader csv_reader = {.name = "csv", .bid = csv_bid, .read = csv_read};
