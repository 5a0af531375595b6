/* charset.c - which encoding a text file is in: proofs for Unicode, scores for the encodings before it.
 *
 *   mark? ─ NUL bytes at every second place? ─ samples valid UTF-8? ─ syllables, read in each encoding
 *
 * A word counts when it has a letter or sign that is not ASCII; it counts for an encoding when it is one Vietnamese
 * syllable. Text of other languages, and the right text in a wrong encoding, score below a half. */
#include "sheet/charset.h"

#include "base/text.h"
#include "sheet/syllable.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

enum {
    HEAD_BYTES = 16384,
    SLICES = 15, /* behind the head */
    SLICE_BYTES = 4096,
    UTF16_BYTES = 4096,
    WORD_LETTERS = 16,
    GUESS_LEAST = 60 /* percent */
};

static const char *const names[CHARSET_COUNT] = {
    [CHARSET_UTF8] = "UTF-8",    [CHARSET_UTF16LE] = "UTF-16LE",    [CHARSET_UTF16BE] = "UTF-16BE",
    [CHARSET_TCVN3] = "TCVN3",   [CHARSET_TCVN5712] = "TCVN5712-1", [CHARSET_VNI] = "VNI",
    [CHARSET_CP1258] = "CP1258", [CHARSET_VISCII] = "VISCII",       [CHARSET_CP1252] = "CP1252",
};

const char *charset_name(enum charset charset) {
    return names[charset];
}

bool charset_named(const char *name, enum charset *charset) {
    static const struct {
        const char *name;
        enum charset charset;
    } others[] = {{"UTF8", CHARSET_UTF8},           {"UTF-16", CHARSET_UTF16LE},     {"ABC", CHARSET_TCVN3},
                  {"TCVN", CHARSET_TCVN3},          {"TCVN5712", CHARSET_TCVN5712},  {"VNI-WINDOWS", CHARSET_VNI},
                  {"WINDOWS-1258", CHARSET_CP1258}, {"WINDOWS-1252", CHARSET_CP1252}};
    for (int i = 0; i < CHARSET_COUNT; i++)
        if (strcasecmp(name, names[i]) == 0) {
            *charset = (enum charset)i;
            return true;
        }
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcasecmp(name, others[i].name) == 0) {
            *charset = others[i].charset;
            return true;
        }
    return false;
}

const char *charset_names(void) {
    return "UTF-8, UTF-16LE, UTF-16BE, TCVN3, TCVN5712-1, VNI, CP1258, VISCII, CP1252";
}

/* ---- UTF-16 ----------------------------------------------------------------------------------------------------- */

bool charset_is_utf16(const char *head, size_t length, enum charset *charset) {
    if (length >= 2 && (memcmp(head, "\xff\xfe", 2) == 0 || memcmp(head, "\xfe\xff", 2) == 0)) {
        *charset = head[0] == '\xff' ? CHARSET_UTF16LE : CHARSET_UTF16BE;
        return length < 4 || memcmp(head, "\xff\xfe\0\0", 4) != 0; /* that would be UTF-32 */
    }
    /* A third of the units of any sheet is ASCII: delimiters, blanks, digits, letters without marks. */
    size_t zeros[2] = {0, 0}, seen = length < UTF16_BYTES ? length : UTF16_BYTES;
    for (size_t i = 0; i < seen; i++)
        zeros[i % 2] += head[i] == '\0';
    size_t pairs = seen / 2;
    *charset = zeros[1] > zeros[0] ? CHARSET_UTF16LE : CHARSET_UTF16BE;
    size_t most = zeros[0] > zeros[1] ? zeros[0] : zeros[1], least = zeros[0] + zeros[1] - most;
    return pairs >= 2 && most * 3 >= pairs && least * 50 <= pairs;
}

/* ---- Samples ---------------------------------------------------------------------------------------------------- */

struct slice {
    const char *at;
    size_t length;
};

struct samples {
    struct slice slices[SLICES + 1];
    size_t count;
};

static const char *line_start(const char *bytes, const char *end) {
    while (bytes < end && *bytes != '\n' && *bytes != '\r')
        bytes++;
    return bytes < end ? bytes + 1 : end;
}

/* From the beginning of a line to the end of one, unless a line is longer than the slice. */
static void add_slice(struct samples *samples, const char *bytes, const char *start, const char *end, size_t wanted) {
    const char *at = start == bytes ? bytes : line_start(start, end);
    if ((size_t)(at - start) > wanted)
        at = start;
    const char *stop = (size_t)(end - at) <= wanted ? end : at + wanted;
    for (const char *cut = stop; stop < end && cut > at; cut--)
        if (cut[-1] == '\n' || cut[-1] == '\r') {
            stop = cut;
            break;
        }
    samples->slices[samples->count++] = (struct slice){at, (size_t)(stop - at)};
}

static const char *first_high(const char *at, const char *end) {
    for (uint64_t eight; end - at >= 8; at += 8) {
        memcpy(&eight, at, 8);
        if (eight & UINT64_C(0x8080808080808080))
            break;
    }
    while (at < end && (unsigned char)*at < 0x80)
        at++;
    return at;
}

static void take_samples(struct samples *samples, const char *bytes, size_t length) {
    const char *end = bytes + length;
    bool high = false;
    samples->count = 0;
    add_slice(samples, bytes, bytes, end, HEAD_BYTES);
    for (size_t i = 1; i <= SLICES && length > HEAD_BYTES; i++)
        add_slice(samples, bytes, bytes + HEAD_BYTES + (length - HEAD_BYTES) / SLICES * (i - 1), end, SLICE_BYTES);
    for (size_t i = 0; i < samples->count && !high; i++) {
        const char *stop = samples->slices[i].at + samples->slices[i].length;
        high = first_high(samples->slices[i].at, stop) < stop;
    }
    if (high)
        return;
    const char *found = first_high(bytes, end), *line = found;
    while (found < end && line > bytes && found - line < SLICE_BYTES && line[-1] != '\n' && line[-1] != '\r')
        line--;
    size_t left = (size_t)(end - line);
    samples->slices[0] = (struct slice){line, left < HEAD_BYTES ? left : HEAD_BYTES};
    samples->count = 1;
}

/* ---- Scores ----------------------------------------------------------------------------------------------------- */

struct score {
    size_t words, syllables;
};

struct word {
    uint32_t letters[WORD_LETTERS];
    size_t count;
    bool foreign; /* a byte that means nothing */
};

static bool letter_is_sign(uint32_t letter) {
    return letter == 0xa0 || letter == 0xab || letter == 0xbb || letter == 0xb7 || letter == 0xb0 || letter == 0xd7 ||
           (letter >= 0x2000 && letter < 0x2200);
}

static bool letter_is_ascii(uint32_t letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
}

/* QĐ, HĐND, TĐCM: no syllables, yet no evidence against an encoding either. */
static bool is_abbreviation(const uint32_t *letters, size_t count) {
    static const uint16_t marked[] = u"ĂÂĐÊÔƠƯ";
    for (size_t i = 0; i < count; i++) {
        bool capital = letters[i] >= 'A' && letters[i] <= 'Z';
        for (size_t m = 0; !capital && marked[m]; m++)
            capital = letters[i] == marked[m];
        if (!capital)
            return false;
    }
    return count <= 6;
}

static void end_word(struct word *word, struct score *score) {
    const uint32_t *letters = word->letters;
    size_t count = word->count;
    while (count && letter_is_sign(*letters))
        letters++, count--;
    while (count && (letter_is_sign(letters[count - 1]) || letters[count - 1] == '?'))
        count--;
    bool marked = word->foreign, torn = false;
    for (size_t i = 0; i < count; i++) {
        marked = marked || !letter_is_ascii(letters[i]);
        torn = torn || letters[i] == '?'; /* a letter was lost: the word tells nothing */
    }
    marked = marked && !torn;
    bool syllable = marked && !word->foreign && syllable_valid(letters, count);
    if (marked && (word->foreign || syllable || !is_abbreviation(letters, count))) {
        score->words++;
        score->syllables += syllable;
    }
    *word = (struct word){.count = 0};
}

static void score_text(const char *text, size_t length, struct score *score) {
    struct word word = {.count = 0};
    for (size_t at = 0; at < length;) {
        if ((unsigned char)text[at] < 0x80) {
            uint32_t letter = (unsigned char)text[at++];
            bool control = letter < 0x20 && letter != '\t' && letter != '\n' && letter != '\r';
            bool inner = letter_is_ascii(letter) || letter == '?';
            if (control || (inner && word.count == WORD_LETTERS))
                word.foreign = true; /* or longer than any syllable */
            else if (inner)
                word.letters[word.count++] = letter;
            else
                end_word(&word, score);
            continue;
        }
        size_t left = length - at < 4 ? length - at : 4, width = 1;
        while (width < left && ((unsigned char)text[at + width] & 0xc0) == 0x80)
            width++;
        size_t next = at;
        if (text_valid(text + at, width) < width || word.count == WORD_LETTERS) {
            word.foreign = true;
            next = at + 1;
        } else {
            word.letters[word.count++] = text_next(text, &next);
        }
        at = next;
    }
    end_word(&word, score);
}

/* Lines of the samples that have bytes beyond ASCII: as many are UTF-8, as many are not. The latter go to `bad`. */
static void sort_lines(const struct samples *samples, size_t *good, size_t *wrong, struct buffer *bad) {
    *good = *wrong = 0;
    for (size_t i = 0; i < samples->count; i++) {
        const char *end = samples->slices[i].at + samples->slices[i].length;
        for (const char *line = samples->slices[i].at; line < end;) {
            const char *next = line_start(line, end);
            size_t length = (size_t)(next - line), valid = text_valid(line, length);
            bool cut = next == end && length - valid < 4 && length > SLICE_BYTES / 2; /* a letter cut by the slice */
            if (first_high(line, next) < next && (valid == length || cut)) {
                ++*good;
            } else if (first_high(line, next) < next) {
                ++*wrong;
                buffer_add(bad, line, length);
            }
            line = next;
        }
    }
}

/* Percent; one more word than was seen is held against a guess, and what the next best explains. A wrong encoding turns
 * vowels into other vowels and explains nearly half by chance, so only more than that is doubt. */
static int confidence(struct score best, size_t second) {
    size_t share = best.syllables * 100 / (best.words + 1);
    size_t nearness = second * 100 / best.syllables, square = nearness * nearness / 100;
    size_t doubt = square * square / 200;
    return (int)(share * (100 - doubt) / 100);
}

/* The two of TCVN differ in capitals only; three others have the letters of Latin-1 where they are. What one of them
 * explains casts no doubt on another: it is the same words. */
static bool are_kin(enum charset left, enum charset right) {
    static const int families[CHARSET_COUNT] = {
        [CHARSET_TCVN3] = 1, [CHARSET_TCVN5712] = 1, [CHARSET_CP1258] = 2, [CHARSET_CP1252] = 2, [CHARSET_VISCII] = 2};
    return families[left] != 0 && families[left] == families[right];
}

/* Of equal scores the first in this order wins. */
static struct charset_guess guess(const struct buffer *bad) {
    static const enum charset candidates[] = {CHARSET_TCVN3,  CHARSET_CP1258, CHARSET_VNI,
                                              CHARSET_CP1252, CHARSET_VISCII, CHARSET_TCVN5712};
    struct charset_guess best = {.charset = CHARSET_UTF8, .unknown = true};
    struct score highest = {0, 0};
    size_t second = 0;
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        struct score score = {0, 0};
        struct buffer text = {0};
        charset_decode(candidates[i], bad->text, bad->length, &text);
        score_text(buffer_string(&text), text.length, &score);
        bool kin = are_kin(best.charset, candidates[i]);
        if (score.syllables > highest.syllables) {
            second = kin ? second : highest.syllables;
            highest = score;
            best.charset = candidates[i];
        } else if (score.syllables > second && !kin) {
            second = score.syllables;
        }
        buffer_free(&text);
    }
    best.confidence = highest.syllables ? confidence(highest, second) : 0;
    best.unknown = best.confidence < GUESS_LEAST;
    if (best.unknown)
        best.charset = CHARSET_UTF8;
    return best;
}

struct charset_guess charset_detect(const char *bytes, size_t length) {
    struct charset_guess sure = {.charset = CHARSET_UTF8, .confidence = 100};
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0) {
        sure.mark = 3;
        return sure;
    }
    if (charset_is_utf16(bytes, length, &sure.charset)) {
        sure.mark = (unsigned char)bytes[0] >= 0xfe && (unsigned char)bytes[1] >= 0xfe ? 2 : 0;
        return sure;
    }
    sure.charset = CHARSET_UTF8;
    if (length == 0)
        return sure;
    struct samples samples;
    struct buffer bad = {0};
    size_t good, wrong;
    take_samples(&samples, bytes, length);
    sort_lines(&samples, &good, &wrong, &bad);
    struct charset_guess answer = wrong > good ? guess(&bad) : sure;
    buffer_free(&bad);
    return answer;
}

/* ---- Letters lost to '?' ---------------------------------------------------------------------------------------- */

static bool byte_is_letter(char byte) {
    return letter_is_ascii((unsigned char)byte) || (unsigned char)byte >= 0x80;
}

/* A letter that a Western Windows has no byte for: where one stands, none was lost. */
static bool has_far_letter(const char *cell, size_t length) {
    for (size_t i = 0; i + 1 < length; i++) {
        unsigned char first = (unsigned char)cell[i], second = (unsigned char)cell[i + 1];
        bool western = first == 0xc5 && strchr("\x92\x93\xa0\xa1\xb8\xbd\xbe", second); /* Œ œ Š š Ÿ Ž ž */
        if ((first >= 0xc4 && first <= 0xcd && !western && !(first == 0xc6 && second == 0x92)) || first == 0xe1)
            return true;
    }
    return false;
}

/* An address, a formula, an assignment: '?' has a meaning of its own there. */
static bool word_is_address(const char *word, size_t length) {
    return memchr(word, '=', length) || memchr(word, '&', length) || memmem(word, length, "://", 3) ||
           memmem(word, length, "www.", 4);
}

/* What the marks word[from, to) say; `next` is the first byte of the word behind, '\0' when there is none. */
static unsigned marks_weight(const char *word, size_t length, size_t from, size_t to, char next, bool digits) {
    bool before = from > 0 && byte_is_letter(word[from - 1]), behind = to < length && byte_is_letter(word[to]);
    if (before && behind)
        return digits ? 2 : 4;
    if (behind)
        return from > 0 || to - from == 1 ? 2 : 4;
    if (to < length)
        return before && strchr("/-.", word[to]) ? 2 : 0;
    if (!next)
        return 0;
    return (next >= 'a' && next <= 'z') || (unsigned char)next >= 0x80 || next == '?' ? 2 : 1;
}

unsigned charset_lost(const char *cell, size_t length) {
    unsigned weight = 0;
    if (!memchr(cell, '?', length) || has_far_letter(cell, length))
        return 0;
    for (size_t at = 0; at < length;) {
        size_t end = at, next;
        bool digits = false;
        while (end < length && !strchr(" \t\r\n", cell[end]))
            digits = digits || (cell[end] >= '0' && cell[end] <= '9'), end++;
        for (next = end; next < length && strchr(" \t\r\n", cell[next]);)
            next++;
        const char *word = cell + at;
        for (size_t i = 0; i < end - at && !word_is_address(word, end - at);) {
            size_t from = i;
            while (i < end - at && word[i] == '?')
                i++;
            if (i > from)
                weight += marks_weight(word, end - at, from, i, next < length ? cell[next] : '\0', digits);
            else
                i++;
        }
        at = next;
    }
    return weight;
}
