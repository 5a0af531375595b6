/* lines.c - cutting text into pieces, and choosing where lines end.
 *
 * Justified text takes the set of line ends with the least total of demerits (Knuth and Plass), where only blanks
 * stretch or shrink. A last line of one short word costs as much as quite loose lines, so it is avoided when cheap. */
#include "render/lines.h"

#include "base/text.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static const double STRETCH = 0.5, SHRINK = 0.12; /* of a blank, at badness 100 */
static const double NOT_FITTING = 1e15, WORST_BADNESS = 1e5, LINE_COST = 10, RELUCTANT_COST = 25, SHORT_END_COST = 160;
static const double SHORT_END = 0.12; /* of the line's width */
static const double ROUNDING = 0.01;  /* units: what sums of widths may differ by */

/* ===== Pieces ===== */

enum letter_class { LETTER_PLAIN, LETTER_BLANK, LETTER_HOLDING_BLANK, LETTER_NOTHING, LETTER_LINE_END };

static enum letter_class letter_class(uint32_t letter) {
    if (letter > ' ' && letter < 0x7f)
        return LETTER_PLAIN;
    if (letter == '\n')
        return LETTER_LINE_END;
    if (letter == 0xa0 || letter == 0x2007 || letter == 0x202f)
        return LETTER_HOLDING_BLANK;
    if (letter == ' ' || letter == '\t' || letter == '\r' || (letter >= 0x2000 && letter <= 0x200a) || letter == 0x3000)
        return LETTER_BLANK;
    if (letter < ' ' || letter == 0x7f || letter == 0xad || letter == 0x200b || letter == 0x2060 || letter == 0xfeff)
        return LETTER_NOTHING;
    return LETTER_PLAIN;
}

static struct line_piece *add_piece(struct arena *arena, struct line_text *text, struct line_piece piece) {
    text->pieces = arena_grow(arena, text->pieces, &text->capacity, text->count + 1, sizeof piece);
    text->pieces[text->count] = piece;
    return &text->pieces[text->count++];
}

static void add_letters(struct arena *arena, struct line_text *text, const struct line_span *span, size_t from,
                        size_t to) {
    if (from == to)
        return;
    struct line_piece piece = {.text = span->text + from, .length = to - from, .style = span->style};
    piece.width = text->measure.width(text->measure.context, piece.style, piece.text, piece.length);
    add_piece(arena, text, piece);
}

/* Blanks at the beginning of a line, and behind a blank, are nothing; but those that hold add up, to leave room. */
static void add_blank(struct line_text *text, const struct line_span *span, enum line_end end) {
    struct line_piece *last = text->count ? &text->pieces[text->count - 1] : NULL;
    bool more = last && end == LINE_BOND && last->end == LINE_BOND;
    if (!last || (last->end != LINE_JOIN && !more))
        return;
    last->end = end;
    last->blank += text->measure.width(text->measure.context, span->style, " ", 1);
}

static void add_line_end(struct arena *arena, struct line_text *text, const struct line_span *span) {
    struct line_piece *last = text->count ? &text->pieces[text->count - 1] : NULL;
    if (!last || last->end == LINE_FORCED)
        last = add_piece(arena, text, (struct line_piece){.text = "", .style = span->style});
    last->end = LINE_FORCED;
}

static void cut_span(struct arena *arena, struct line_text *text, const struct line_span *span) {
    size_t from = 0;
    for (size_t at = 0; at < span->length;) {
        size_t mark = at;
        uint32_t letter = text_next(span->text, &at);
        enum letter_class kind = letter_class(letter);
        if (at == mark)
            at++;
        if (kind == LETTER_PLAIN)
            continue;
        add_letters(arena, text, span, from, mark);
        from = at;
        if (kind == LETTER_BLANK)
            add_blank(text, span, LINE_BLANK);
        else if (kind == LETTER_HOLDING_BLANK)
            add_blank(text, span, LINE_BOND);
        else if (kind == LETTER_LINE_END)
            add_line_end(arena, text, span);
    }
    add_letters(arena, text, span, from, span->length);
}

/* ===== What stays together ===== */

static bool is_digit(char byte) {
    return byte >= '0' && byte <= '9';
}

static bool begins_with(const struct line_piece *piece, const char *beginning) {
    if (!piece->length || piece->text[0] != beginning[0])
        return false;
    size_t length = strlen(beginning);
    return piece->length >= length && memcmp(piece->text, beginning, length) == 0;
}

static bool begins_with_any(const struct line_piece *piece, const char *const *beginnings) {
    for (; *beginnings; beginnings++)
        if (begins_with(piece, *beginnings))
            return true;
    return false;
}

/* Words are compared at every blank, so their lengths are known beforehand. */
struct word {
    const char *text;
    size_t length;
};
#define WORD(text)                                                                                                     \
    { text, sizeof(text) - 1 }

/* Equal but for the case of the first letter. */
static bool is_word(const char *text, size_t length, const struct word *is) {
    const char *word = is->text;
    if (is->length != length) /* at least 2 */
        return false;
    if (word[0] == '\xc4' && word[1] == '\x91') /* đ, Đ */
        return text[0] == word[0] && (text[1] == word[1] || text[1] == '\x90') &&
               memcmp(text + 2, word + 2, length - 2) == 0;
    return (text[0] | 0x20) == word[0] && memcmp(text + 1, word + 1, length - 1) == 0;
}

/* The words that name what the number behind them counts off. */
static bool is_numbered_word(const struct line_piece *piece) {
    static const struct word words[] = {WORD("ngày"), WORD("tháng"), WORD("năm"),  WORD("quý"),    WORD("số"),
                                        WORD("bảng"), WORD("đồ"),    WORD("điều"), WORD("khoản"),  WORD("mục"),
                                        WORD("phần"), WORD("điểm"),  WORD("lục"),  WORD("chương"), WORD("lần"),
                                        WORD("thứ"),  WORD("kỳ"),    WORD("khóa"), WORD("khoá"),   WORD("đợt"),
                                        WORD("biểu"), WORD("mẫu")};
    const char *text = piece->text;
    size_t length = piece->length;
    while (length && (*text == '(' || *text == '"' || *text == '-'))
        text++, length--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (is_word(text, length, &words[i]))
            return true;
    return false;
}

static bool is_number(const struct line_piece *piece) {
    if (!piece->length || !is_digit(piece->text[piece->length - 1]))
        return false;
    for (size_t i = 0; i < piece->length; i++)
        if (!is_digit(piece->text[i]) && !strchr(".,(+", piece->text[i]))
            return false;
    return true;
}

static bool is_roman(const struct line_piece *piece) {
    size_t i = 0;
    while (i < piece->length && strchr("IVX", piece->text[i]))
        i++;
    return i > 0 && (i == piece->length || !((unsigned char)piece->text[i] >= 'A'));
}

static bool is_all(const struct line_piece *piece, const char *const *texts) {
    for (; *texts; texts++)
        if (begins_with(piece, *texts) && strlen(*texts) == piece->length)
            return true;
    return false;
}

/* "TS. Nguyễn": the dot ends no sentence. */
static bool is_abbreviation(const struct line_piece *piece) {
    static const char *const words[] = {"TS.", "ThS.", "PGS.", "PGS,", "GS.", "BS.", "TP.", "Tp.", "TX.", "TT.",
                                        "Q.",  "P.",   "X.",   "H.",   "T.",  "Tr.", "St.", "đ/c", "Đ/c", NULL};
    const char last = piece->length ? piece->text[piece->length - 1] : 'a';
    return (last == '.' || last == ',' || last == 'c') && is_all(piece, words);
}

/* "05 tháng 7", "tháng 7 năm 2026": the parts of a date. */
static bool is_date_word(const struct line_piece *piece) {
    static const char *const words[] = {"tháng", "năm", NULL};
    return is_all(piece, words);
}

/* Measures, which never stand on a line without their number. Words that count people or things may: "03 đồng chí". */
static bool is_unit(const struct line_piece *piece) {
    static const struct word words[] = {
        WORD("mm"),  WORD("cm"),   WORD("m"),    WORD("km"),    WORD("m2"),   WORD("m²"),    WORD("km2"), WORD("km²"),
        WORD("m3"),  WORD("m³"),   WORD("ha"),   WORD("kg"),    WORD("g"),    WORD("tạ"),    WORD("tấn"), WORD("lít"),
        WORD("kW"),  WORD("kWh"),  WORD("°C"),   WORD("nghìn"), WORD("ngàn"), WORD("triệu"), WORD("tỷ"),  WORD("tỉ"),
        WORD("giờ"), WORD("phút"), WORD("giây"), WORD("điểm"),  WORD("tuổi")};
    size_t length = piece->length;
    while (length && strchr(".,;:)", piece->text[length - 1]))
        length--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (words[i].length == length && memcmp(piece->text, words[i].text, length) == 0)
            return true;
    return false;
}

/* Whether it can be or begin with one of the marks below: all of them begin with a mark of ASCII or with these bytes.
 * Most blanks stand between words, and are told by that alone. */
static bool is_mark(const struct line_piece *piece) {
    unsigned char byte = piece->length ? (unsigned char)piece->text[0] : 0;
    if (byte < 0x80)
        return !is_digit((char)byte) && !((byte | 0x20) >= 'a' && (byte | 0x20) <= 'z');
    return byte == 0xc2 || byte == 0xc3 || byte == 0xe2;
}

static enum line_end blank_between(const struct line_piece *left, const struct line_piece *right) {
    static const char *const opening[] = {"(", "[", "“", "«", "\"", "‘", NULL};
    static const char *const closing[] = {"%", ")", "]", "”", "»", ";", ",", ".", ":", "!", "?", "’", "…", NULL};
    static const char *const dashes[] = {"-", "–", "—", "/", "=", "×", NULL};
    if ((is_mark(left) && is_all(left, opening)) ||
        (is_mark(right) && (begins_with_any(right, closing) || is_all(right, dashes))))
        return LINE_BOND;
    if ((is_digit(right->text[0]) || is_roman(right)) && is_numbered_word(left))
        return LINE_BOND;
    if (is_abbreviation(left) || (is_number(left) && (is_date_word(right) || is_unit(right))))
        return LINE_BOND;
    return is_number(left) ? LINE_RELUCTANT : LINE_BLANK;
}

static void bind_pieces(struct line_text *text) {
    for (size_t i = 0; i + 1 < text->count; i++)
        if (text->pieces[i].end == LINE_BLANK)
            text->pieces[i].end = blank_between(&text->pieces[i], &text->pieces[i + 1]);
}

static void measure_extent(struct line_text *text) {
    double part = 0, line = 0;
    text->narrowest = text->widest = 0;
    text->lines = 0;
    for (size_t i = 0; i < text->count; i++) {
        const struct line_piece *piece = &text->pieces[i];
        part += piece->width;
        line += piece->width;
        text->narrowest = part > text->narrowest ? part : text->narrowest;
        text->widest = line > text->widest ? line : text->widest;
        part = piece->end >= LINE_CUT ? 0 : part + piece->blank;
        line = piece->end == LINE_FORCED ? 0 : line + piece->blank;
        text->lines += piece->end == LINE_FORCED;
    }
}

const struct line_text *lines_prepare(struct arena *arena, const struct line_measure *measure,
                                      const struct line_span *spans, size_t count) {
    struct line_text *text = ARENA_NEW(arena, struct line_text);
    text->measure = *measure;
    for (size_t i = 0; i < count; i++)
        cut_span(arena, text, &spans[i]);
    if (text->count)
        text->pieces[text->count - 1].end = LINE_FORCED;
    bind_pieces(text);
    measure_extent(text);
    return text;
}

/* ===== Parts wider than the line ===== */

/* The pieces from `first` that stand together: answers the index behind the last. */
static size_t part_end(const struct line_text *text, size_t first, double *width) {
    *width = 0;
    for (size_t i = first; i < text->count; i++) {
        *width += text->pieces[i].width;
        if (text->pieces[i].end >= LINE_CUT)
            return i + 1;
        *width += text->pieces[i].blank;
    }
    return text->count;
}

static void cut_piece(struct arena *arena, struct line_text *out, struct line_piece piece, bool letters) {
    struct line_span span = {.text = piece.text, .length = piece.length, .style = piece.style};
    size_t from = 0, before = out->count;
    for (size_t at = 0; at < span.length;) {
        uint32_t letter = text_next(span.text, &at);
        if (at < span.length && (letters || letter == '/' || letter == '-')) {
            add_letters(arena, out, &span, from, at);
            out->pieces[out->count - 1].end = LINE_CUT;
            from = at;
        }
    }
    add_letters(arena, out, &span, from, span.length);
    if (out->count == before)
        add_piece(arena, out, piece);
    out->pieces[out->count - 1].end = piece.end;
    out->pieces[out->count - 1].blank = piece.blank;
}

enum loosening { LOOSEN_BONDS, LOOSEN_MARKS, LOOSEN_LETTERS };

static const struct line_text *loosen(struct arena *arena, const struct line_text *text, double width,
                                      enum loosening how) {
    struct line_text *out = ARENA_NEW(arena, struct line_text);
    out->measure = text->measure;
    for (size_t first = 0, end; first < text->count; first = end) {
        double part;
        end = part_end(text, first, &part);
        for (size_t i = first; i < end; i++) {
            struct line_piece piece = text->pieces[i];
            if (part > width && how == LOOSEN_BONDS && piece.end == LINE_BOND)
                piece.end = LINE_BLANK;
            if (part > width && how == LOOSEN_LETTERS && piece.end == LINE_JOIN)
                piece.end = LINE_CUT;
            if (part > width && how != LOOSEN_BONDS)
                cut_piece(arena, out, piece, how == LOOSEN_LETTERS);
            else
                add_piece(arena, out, piece);
        }
    }
    measure_extent(out);
    return out;
}

/* The text so that every part fits the width, as long as one letter does. */
static const struct line_text *loosen_all(struct arena *arena, const struct line_text *text, double width) {
    for (enum loosening how = LOOSEN_BONDS; how <= LOOSEN_LETTERS && text->narrowest > width + ROUNDING; how++)
        text = loosen(arena, text, width, how);
    return text;
}

/* ===== Ragged lines ===== */

/* The piece behind the line that begins at `first`. */
static size_t ragged_end(const struct line_text *text, size_t first, double width) {
    double used = 0;
    size_t end = first;
    for (size_t i = first; i < text->count; i++) {
        used += text->pieces[i].width;
        if (used > width + ROUNDING && end > first)
            return end;
        if (text->pieces[i].end >= LINE_CUT)
            end = i + 1;
        if (text->pieces[i].end == LINE_FORCED)
            return end;
        used += text->pieces[i].blank;
    }
    return text->count;
}

static size_t ragged_count(const struct line_text *text, double first_width, double width) {
    size_t count = 0;
    for (size_t first = 0; first < text->count; count++)
        first = ragged_end(text, first, count ? width : first_width);
    return count;
}

size_t lines_count(const struct line_text *text, double width) {
    return text->widest <= width ? text->lines : ragged_count(text, width, width);
}

/* The least width that keeps the number of lines. */
static double balanced_width(const struct line_text *text, double width) {
    size_t count = ragged_count(text, width, width);
    double least = fmin(text->narrowest, width), most = width;
    if (count < 2)
        return width;
    for (int i = 0; i < 20; i++) {
        double middle = (least + most) / 2;
        if (ragged_count(text, middle, middle) > count)
            least = middle;
        else
            most = middle;
    }
    return most;
}

static double natural_width(const struct line_text *text, size_t first, size_t count) {
    double width = 0;
    for (size_t i = first; i < first + count; i++)
        width += text->pieces[i].width + (i + 1 < first + count ? text->pieces[i].blank : 0);
    return width;
}

static struct lines break_ragged(struct arena *arena, const struct line_text *text, double first_width, double width) {
    struct lines lines = {.pieces = text->pieces};
    lines.lines = ARENA_ARRAY(arena, struct line, ragged_count(text, first_width, width) + 1);
    for (size_t first = 0; first < text->count;) {
        size_t end = ragged_end(text, first, lines.count ? width : first_width);
        lines.lines[lines.count++] =
            (struct line){.first = first, .count = end - first, .width = natural_width(text, first, end - first)};
        first = end;
    }
    return lines;
}

/* ===== Justified lines ===== */

struct fitting {
    const struct line_text *text;
    double first_width, width;
    double *position; /* where the piece begins if nothing is broken */
    double *blanks;   /* sum of the blanks before the piece */
    double *demerits; /* of the best lines that end behind the piece; negative: none */
    size_t *begins;   /* where the last of these lines begins */
};

static double line_demerits(const struct fitting *fitting, size_t first, size_t last, bool *fits) {
    const struct line_piece *piece = &fitting->text->pieces[last];
    double width = first ? fitting->width : fitting->first_width;
    double slack = width - (fitting->position[last] + piece->width - fitting->position[first]);
    double blanks = fitting->blanks[last] - fitting->blanks[first];
    double badness = 0, cost = 0;
    *fits = slack >= -(SHRINK * blanks + ROUNDING);
    if (slack < 0 && blanks > 0)
        badness = 100 * pow(-slack / (SHRINK * blanks), 3);
    else if (slack > 0 && piece->end != LINE_FORCED)
        badness = blanks > 0 ? 100 * pow(slack / (STRETCH * blanks), 3) : WORST_BADNESS;
    if (piece->end == LINE_RELUCTANT)
        cost = RELUCTANT_COST;
    if (piece->end == LINE_FORCED && first && (blanks <= 0 || width - slack < SHORT_END * width))
        cost = SHORT_END_COST;
    badness = fmin(badness, WORST_BADNESS) + LINE_COST;
    return badness * badness + cost * cost;
}

/* The best line that ends behind `last`, trying beginnings from the nearest back to the last forced end. */
static void fit_line(struct fitting *fitting, size_t last) {
    const struct line_piece *pieces = fitting->text->pieces;
    bool found = false;
    for (size_t first = last + 1; first-- > 0;) {
        bool begins = first == 0 || pieces[first - 1].end >= LINE_CUT;
        if (begins && (first == 0 || fitting->demerits[first - 1] >= 0)) {
            bool fits;
            double total = line_demerits(fitting, first, last, &fits) + (first ? fitting->demerits[first - 1] : 0);
            if (!fits && found && first)
                break;
            if (fits || !found) {
                if (!fits)
                    total += NOT_FITTING;
                if (!found || total < fitting->demerits[last]) {
                    fitting->demerits[last] = total;
                    fitting->begins[last] = first;
                }
                found = true;
            }
        }
        if (first && pieces[first - 1].end == LINE_FORCED)
            break;
    }
}

static void fit_all(struct fitting *fitting) {
    const struct line_text *text = fitting->text;
    double position = 0, blanks = 0;
    for (size_t i = 0; i < text->count; i++) {
        fitting->position[i] = position;
        fitting->blanks[i] = blanks;
        fitting->demerits[i] = -1;
        position += text->pieces[i].width + text->pieces[i].blank;
        blanks += text->pieces[i].blank;
    }
    for (size_t i = 0; i < text->count; i++)
        if (text->pieces[i].end >= LINE_CUT)
            fit_line(fitting, i);
}

static double line_stretch(const struct fitting *fitting, size_t first, size_t last, double natural) {
    const struct line_piece *pieces = fitting->text->pieces;
    double slack = (first ? fitting->width : fitting->first_width) - natural;
    size_t count = 0;
    for (size_t i = first; i < last; i++)
        count += pieces[i].blank > 0;
    if (!count || (slack > 0 && pieces[last].end == LINE_FORCED))
        return 0;
    double least = -SHRINK * 2 * (fitting->blanks[last] - fitting->blanks[first]) / (double)count;
    return fmax(slack / (double)count, least);
}

static struct lines break_justified(struct arena *arena, const struct line_text *text, double first_width,
                                    double width) {
    struct lines lines = {.pieces = text->pieces};
    size_t count = text->count;
    double *numbers = memory_resize(NULL, 3 * count * sizeof *numbers);
    size_t *begins = memory_resize(NULL, count * sizeof *begins);
    struct fitting fitting = {.text = text,
                              .first_width = first_width,
                              .width = width,
                              .position = numbers,
                              .blanks = numbers + count,
                              .demerits = numbers + 2 * count,
                              .begins = begins};
    fit_all(&fitting);
    for (size_t end = count; end; end = begins[end - 1])
        lines.count++;
    lines.lines = ARENA_ARRAY(arena, struct line, lines.count + 1);
    size_t at = lines.count;
    for (size_t end = count; end; end = begins[end - 1]) {
        size_t first = begins[end - 1];
        double natural = natural_width(text, first, end - first);
        lines.lines[--at] = (struct line){.first = first,
                                          .count = end - first,
                                          .width = natural,
                                          .stretch = line_stretch(&fitting, first, end - 1, natural)};
    }
    free(begins);
    free(numbers);
    return lines;
}

struct lines lines_break(struct arena *arena, const struct line_text *text, double first_width, double width,
                         enum line_mode mode) {
    text = loosen_all(arena, text, fmin(first_width, width));
    if (mode == LINES_JUSTIFIED && text->count)
        return break_justified(arena, text, first_width, width);
    if (mode == LINES_BALANCED)
        first_width = width = balanced_width(text, width);
    return break_ragged(arena, text, first_width, width);
}
