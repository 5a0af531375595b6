/* csv_marks.c - where the bytes stand that matter to a CSV file. */
#include "sheet/csv_marks.h"

#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

enum { WORD = 64 };

void csv_marks_open(struct csv_marks *marks, const char *text, char delimiter, char line_end) {
    marks->delimiter = delimiter;
    marks->line_end = line_end;
    marks->from = marks->to = text;
}

#if defined(__SSE2__)
static uint64_t word_bits(const struct csv_marks *marks, const char *text) {
    const __m128i delimiter = _mm_set1_epi8(marks->delimiter), line_end = _mm_set1_epi8(marks->line_end),
                  quote = _mm_set1_epi8('"'), question = _mm_set1_epi8('?');
    uint64_t bits = 0;
    for (int part = 0; part < WORD; part += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(text + part));
        __m128i found = _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(bytes, delimiter), _mm_cmpeq_epi8(bytes, line_end)),
                                     _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, question)));
        bits |= (uint64_t)(unsigned)_mm_movemask_epi8(found) << part;
    }
    return bits;
}
#else
static uint64_t word_bits(const struct csv_marks *marks, const char *text) {
    uint64_t bits = 0;
    for (int i = 0; i < WORD; i++)
        bits |=
            (uint64_t)(text[i] == marks->delimiter || text[i] == marks->line_end || text[i] == '"' || text[i] == '?')
            << i;
    return bits;
}
#endif

static void look(struct csv_marks *marks, const char *from, const char *end) {
    size_t length = (size_t)(end - from) < MARKS_BYTES ? (size_t)(end - from) : MARKS_BYTES, at = 0;
    marks->from = from;
    marks->to = from + length;
    for (; at + WORD <= length; at += WORD)
        marks->bits[at / WORD] = word_bits(marks, from + at);
    if (at == length)
        return;
    char last[WORD] = {0}; /* NUL is no mark */
    memcpy(last, from + at, length - at);
    marks->bits[at / WORD] = word_bits(marks, last);
}

/* From marked byte to marked byte. */
struct walk {
    const uint64_t *word, *last; /* of those that hold bits */
    const char *text, *to;       /* of the word's first bit; behind all that was looked at */
    uint64_t bits;               /* of the word, those that are left */
};

static struct walk walk_from(const struct csv_marks *marks, const char *from) {
    size_t at = (size_t)(from - marks->from), length = (size_t)(marks->to - marks->from);
    return (struct walk){.word = &marks->bits[at / WORD],
                         .last = &marks->bits[(length - 1) / WORD],
                         .text = marks->from + at / WORD * WORD,
                         .to = marks->to,
                         .bits = marks->bits[at / WORD] & UINT64_MAX << at % WORD};
}

/* The next marked byte; `to` when there is none. */
static inline const char *walk_on(struct walk *walk) {
    while (!walk->bits) {
        if (walk->word == walk->last)
            return walk->to;
        walk->bits = *++walk->word;
        walk->text += WORD;
    }
    const char *found = walk->text + __builtin_ctzll(walk->bits);
    walk->bits &= walk->bits - 1;
    return found;
}

/* The closing mark of the field whose opening mark was passed, and *next behind it; NULL: it takes more than looking
 * from bit to bit. */
static const char *closing(struct walk *walk, char delimiter, const char **next) {
    const char *to = walk->to, *mark = walk_on(walk);
    while (mark < to && *mark == delimiter)
        mark = walk_on(walk);
    if (mark >= to || *mark != '"')
        return NULL;
    const char *here = walk_on(walk);
    *next = here;
    if (here == mark + 2 && mark[1] == '\r' && (here == to || *here == '\n'))
        return mark;
    return here == mark + 1 && (here == to || *here != '"') ? mark : NULL;
}

/* "\r\n", and line ends of the other kind before it, end an unquoted cell. */
static void trim(struct cell *cell) {
    while (cell->length && (cell->text[cell->length - 1] == '\n' || cell->text[cell->length - 1] == '\r'))
        cell->length--;
}

/* *stop is where the record ends: at its line end, or at `to` when that was not found. Most cells end with the first
 * mark, so the walk stays in registers for them. */
static size_t cut(const struct csv_marks *marks, const char *line, struct cell *cells, size_t room, const char **stop) {
    struct walk walk = walk_from(marks, line);
    const char *const to = walk.to, *from = line;
    const char delimiter = marks->delimiter;
    bool quoted = false;
    for (size_t count = 0; count < room;) {
        const char *here = walk_on(&walk), *end = here;
        bool marked = here == from && here < to && *here == '"';
        if (marked) {
            struct walk inside = walk;
            from++;
            end = closing(&inside, delimiter, &here);
            if (!end)
                return 0;
            walk = inside;
            quoted = true;
        }
        cells[count++] = (struct cell){.text = from, .length = (uint32_t)(end - from)};
        from = here + 1;
        if (here < to && *here == delimiter)
            continue;
        if (here < to && *here != marks->line_end)
            return 0;
        struct cell *cell = &cells[count - 1];
        if (!marked)
            trim(cell);
        *stop = here;
        /* A line end of the other kind is one to libcsv, where there are quotes. */
        bool other =
            quoted && (marks->line_end == '\r' || memchr(line, '\r', (size_t)(cell->text + cell->length - line)));
        return other ? 0 : count;
    }
    return 0;
}

size_t csv_marks_cut(struct csv_marks *marks, const char *line, const char *end, struct cell *cells, size_t room,
                     const char **next) {
    const char *stop = marks->to;
    size_t count = line < marks->to ? cut(marks, line, cells, room, &stop) : 1;
    if (count && stop == marks->to && stop < end) { /* it goes on behind the bytes looked at */
        look(marks, line, end);
        count = cut(marks, line, cells, room, &stop);
        if (stop == marks->to && stop < end)
            return 0;
    }
    if (!count)
        return 0;
    *next = stop < end ? stop + 1 : end;
    return count;
}
