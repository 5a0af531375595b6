/* pdf_canvas.c - one page's drawing as PDF operators.
 *
 * libharu's drawing calls check their state at every letter and justify by letter spacing; a page here is one buffer of
 * operators which it takes over whole. Text is one TJ a line: the letters' CIDs, two bytes each, and behind every blank
 * the amount that it is stretched by. Hexadecimal is twice as long, and takes as much longer to pack. */
#include "render/pdf_canvas.h"

#include "base/arena.h"
#include "base/text.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct canvas canvas_begin(struct faces *faces, double height) {
    return (struct canvas){.faces = faces, .height = height, .face = -1, .rule_width = -1, .rule_gray = -1};
}

void canvas_free(struct canvas *canvas) {
    buffer_free(&canvas->out);
    free(canvas->uprights);
}

/* ===== Operators ===== */

/* Two decimals at most, without trailing zeros, and a blank. */
static void put_number(struct canvas *canvas, double number) {
    enum { DIGITS = 16 };
    char digits[DIGITS], *at = digits + DIGITS;
    double clamped = number > -1e7 ? number < 1e7 ? number : 1e7 : -1e7; /* NaN too */
    long hundredths = (long)(clamped * 100 + (clamped < 0 ? -0.5 : 0.5));
    unsigned long size = (unsigned long)(hundredths < 0 ? -hundredths : hundredths), whole = size / 100;
    *--at = ' ';
    if (size % 100) {
        if (size % 10)
            *--at = (char)('0' + size % 10);
        *--at = (char)('0' + size / 10 % 10);
        *--at = '.';
    }
    do
        *--at = (char)('0' + whole % 10);
    while (whole /= 10);
    if (hundredths < 0)
        *--at = '-';
    buffer_add(&canvas->out, at, (size_t)(digits + DIGITS - at));
}

static void put_point(struct canvas *canvas, double x, double y) {
    put_number(canvas, x);
    put_number(canvas, canvas->height - y);
}

static void put(struct canvas *canvas, const char *operators) {
    buffer_text(&canvas->out, operators);
}

static void put_gray(struct canvas *canvas, double gray, const char *operator) {
    put_number(canvas, gray);
    put(canvas, operator);
}

void canvas_move(struct canvas *canvas, double right, double down) {
    put(canvas, "1 0 0 1 ");
    put_number(canvas, right);
    put_number(canvas, -down);
    put(canvas, "cm\n");
}

static void put_rectangle(struct canvas *canvas, double x, double y, double width, double height) {
    put_point(canvas, x, y + height);
    put_number(canvas, width);
    put_number(canvas, height);
    put(canvas, "re ");
}

/* ===== Text ===== */

static void put_face(struct canvas *canvas, enum face face, double size) {
    if (canvas->face == (int)face && canvas->size == size)
        return;
    canvas->face = (int)face;
    canvas->size = size;
    buffer_printf(&canvas->out, "/F%d ", (int)face);
    put_number(canvas, size);
    put(canvas, "Tf ");
}

/* A byte within ( ), where these and the backslash are marked, and a reader would take a carriage return for a line's
 * end. */
static char *put_byte(char *out, unsigned byte) {
    if (byte == '(' || byte == ')' || byte == '\\' || byte == '\r')
        *out++ = '\\';
    *out++ = byte == '\r' ? 'r' : (char)byte;
    return out;
}

/* A letter takes a byte or more of the text, and four at most of the page. */
static void put_letters(struct canvas *canvas, const char *text, size_t length) {
    char *begin = buffer_reserve(&canvas->out, 4 * length), *out = begin;
    for (size_t at = 0; at < length;) {
        size_t before = at;
        uint32_t letter = text_next(text, &at);
        at += at == before;
        struct drawn_letter drawn = faces_letter(canvas->faces, (enum face)canvas->face, letter);
        out = put_byte(put_byte(out, drawn.cid >> 8), drawn.cid & 0xff);
        canvas->pen += drawn.width * canvas->size / 1000;
    }
    *out = '\0';
    canvas->out.length += (size_t)(out - begin);
}

static void begin_text(struct canvas *canvas) {
    canvas->pen = 0;
    put(canvas, "BT ");
}

/* The blank behind a piece, and by how much it is wider than the face's own. */
static void put_blank(struct canvas *canvas, double width) {
    double before = canvas->pen;
    put_letters(canvas, " ", 1);
    double more = width * canvas->size / 1000 - (canvas->pen - before);
    if (fabs(more) * 1000 > 0.004 * canvas->size) {
        put(canvas, ")");
        put_number(canvas, -more * 1000 / canvas->size);
        put(canvas, "(");
        canvas->pen += more;
    }
}

void canvas_line(struct canvas *canvas, const struct lines *lines, size_t index, double size, double x,
                 double baseline) {
    const struct line *line = &lines->lines[index];
    bool open = false;
    begin_text(canvas);
    put_point(canvas, x, baseline);
    put(canvas, "Td ");
    for (size_t i = 0; i < line->count; i++) {
        const struct line_piece *piece = &lines->pieces[line->first + i];
        if (open && canvas->face != piece->style) {
            put(canvas, ")]TJ ");
            open = false;
        }
        put_face(canvas, (enum face)piece->style, size);
        if (!open)
            put(canvas, "[(");
        open = true;
        put_letters(canvas, piece->text, piece->length);
        if (piece->blank > 0 && i + 1 < line->count)
            put_blank(canvas, piece->blank + line->stretch);
    }
    put(canvas, open ? ")]TJ " : "");
    put(canvas, "ET\n");
}

void canvas_text(struct canvas *canvas, enum face face, double size, double x, double baseline, const char *text) {
    begin_text(canvas);
    put_face(canvas, face, size);
    put_point(canvas, x, baseline);
    put(canvas, "Td (");
    put_letters(canvas, text, strlen(text));
    put(canvas, ")Tj ");
    put(canvas, "ET\n");
}

void canvas_text_upwards(struct canvas *canvas, enum face face, double size, double x, double y, const char *text) {
    begin_text(canvas);
    put_face(canvas, face, size);
    put(canvas, "0 1 -1 0 ");
    put_point(canvas, x, y);
    put(canvas, "Tm (");
    put_letters(canvas, text, strlen(text));
    put(canvas, ")Tj ");
    put(canvas, "ET\n");
}

double canvas_text_width(struct canvas *canvas, enum face face, double size, const char *text) {
    return faces_width(canvas->faces, face, text, strlen(text)) * size / 1000;
}

/* ===== Lines and areas ===== */

void canvas_rule(struct canvas *canvas, double x1, double y1, double x2, double y2, double width, double gray) {
    if (canvas->rule_width != width) {
        canvas->rule_width = width;
        put_number(canvas, width);
        put(canvas, "w ");
    }
    if (canvas->rule_gray != gray) {
        canvas->rule_gray = gray;
        put_gray(canvas, gray, "G ");
    }
    put_point(canvas, x1, y1);
    put(canvas, "m ");
    put_point(canvas, x2, y2);
    put(canvas, "l S\n");
}

/* What prints as the same number. */
static bool is_same(double one, double other) {
    return fabs(one - other) < 0.005;
}

/* Columns go on from row to row, and their rules are half of a table's drawing: they are drawn when they have come to
 * their end. */
void canvas_upright(struct canvas *canvas, double x, double y1, double y2, double width) {
    for (size_t i = canvas->upright_count; i-- > 0;) {
        struct upright *upright = &canvas->uprights[i];
        if (is_same(upright->x, x) && is_same(upright->y2, y1) && is_same(upright->width, width)) {
            upright->y2 = y2;
            return;
        }
    }
    if (canvas->upright_count == canvas->upright_capacity) {
        canvas->upright_capacity = canvas->upright_capacity ? canvas->upright_capacity * 2 : 32;
        canvas->uprights = memory_resize(canvas->uprights, canvas->upright_capacity * sizeof *canvas->uprights);
    }
    canvas->uprights[canvas->upright_count++] = (struct upright){x, y1, y2, width};
}

void canvas_end(struct canvas *canvas) {
    for (size_t i = 0; i < canvas->upright_count; i++) {
        const struct upright *upright = &canvas->uprights[i];
        canvas_rule(canvas, upright->x, upright->y1, upright->x, upright->y2, upright->width, 0);
    }
    canvas->upright_count = 0;
}

/* Parallels through the rectangle, which is the clip, from its left or upper edge on: each step down leans `lean` steps
 * to the right. */
static void put_slanted(struct canvas *canvas, double x, double y, double width, double height, double lean) {
    const double gap = lean == 0 ? 3.5 : 5;
    double from = fmin(0, -lean * height), to = fmax(width, width - lean * height);
    for (int i = 0; from + (i + 0.5) * gap < to; i++) {
        double at = from + (i + 0.5) * gap;
        put_point(canvas, x + at, y);
        put(canvas, "m ");
        put_point(canvas, x + at + lean * height, y + height);
        put(canvas, "l ");
    }
    put(canvas, "S ");
}

static void put_level(struct canvas *canvas, double x, double y, double width, double height) {
    const double gap = 3;
    for (int i = 0; (i + 0.5) * gap < height; i++) {
        put_point(canvas, x, y + (i + 0.5) * gap);
        put(canvas, "m ");
        put_point(canvas, x + width, y + (i + 0.5) * gap);
        put(canvas, "l ");
    }
    put(canvas, "S ");
}

enum hatch { HATCH_RISING = 1, HATCH_FALLING = 2, HATCH_UPRIGHT = 4, HATCH_LEVEL = 8 };

static const struct pattern {
    double fill;
    int hatch;
} patterns[PATTERN_COUNT] = {{0.42, 0},
                             {0.82, 0},
                             {1, HATCH_RISING},
                             {0.1, 0},
                             {1, HATCH_RISING | HATCH_FALLING},
                             {1, HATCH_LEVEL},
                             {0.62, 0},
                             {1, HATCH_FALLING},
                             {1, HATCH_UPRIGHT},
                             {1, HATCH_UPRIGHT | HATCH_LEVEL},
                             {0.75, HATCH_RISING},
                             {0.75, HATCH_LEVEL}};

static void put_hatch(struct canvas *canvas, double x, double y, double width, double height, int hatch) {
    put(canvas, "q ");
    put_rectangle(canvas, x, y, width, height);
    put(canvas, "W n 0.6 w 0 G ");
    if (hatch & HATCH_RISING)
        put_slanted(canvas, x, y, width, height, -1);
    if (hatch & HATCH_FALLING)
        put_slanted(canvas, x, y, width, height, 1);
    if (hatch & HATCH_UPRIGHT)
        put_slanted(canvas, x, y, width, height, 0);
    if (hatch & HATCH_LEVEL)
        put_level(canvas, x, y, width, height);
    put(canvas, "Q ");
}

void canvas_bar(struct canvas *canvas, double x, double y, double width, double height, int number) {
    static const struct pattern single = {0.6, 0};
    const struct pattern *pattern = number < 0 ? &single : &patterns[number % PATTERN_COUNT];
    if (width <= 0 || height <= 0)
        return;
    put(canvas, "q ");
    put_gray(canvas, pattern->fill, "g ");
    put_rectangle(canvas, x, y, width, height);
    put(canvas, "f ");
    if (pattern->hatch)
        put_hatch(canvas, x, y, width, height, pattern->hatch);
    put(canvas, "0.5 w 0 G ");
    put_rectangle(canvas, x, y, width, height);
    put(canvas, "S Q\n");
}

void canvas_blank(struct canvas *canvas, double x, double y, double width, double height) {
    put(canvas, "q 1 g ");
    put_rectangle(canvas, x, y, width, height);
    put(canvas, "f Q\n");
}

static void put_circle(struct canvas *canvas, double x, double y, double radius) {
    const double pull = radius * 0.5523;
    const double bends[4][6] = {{-radius, -pull, -pull, -radius, 0, -radius},
                                {pull, -radius, radius, -pull, radius, 0},
                                {radius, pull, pull, radius, 0, radius},
                                {-pull, radius, -radius, pull, -radius, 0}};
    put_point(canvas, x - radius, y);
    put(canvas, "m ");
    for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 6; j += 2)
            put_point(canvas, x + bends[i][j], y + bends[i][j + 1]);
        put(canvas, "c ");
    }
}

static void put_polygon(struct canvas *canvas, double x, double y, const double *corners, size_t count) {
    for (size_t i = 0; i < count; i++) {
        put_point(canvas, x + corners[2 * i], y + corners[2 * i + 1]);
        put(canvas, i ? "l " : "m ");
    }
    put(canvas, "h ");
}

void canvas_marker(struct canvas *canvas, double x, double y, int series) {
    static const double square[] = {-2.6, -2.6, 2.6, -2.6, 2.6, 2.6, -2.6, 2.6}, up[] = {0, -3.2, 3, 2.4, -3, 2.4},
                        diamond[] = {0, -3.5, 3.5, 0, 0, 3.5, -3.5, 0};
    int shape = series < 0 ? 0 : series % 8;
    put(canvas, "q 0.8 w 0 G ");
    put_gray(canvas, shape % 2 ? 1 : 0, "g "); /* full and hollow by turns */
    if (shape / 2 == 0)
        put_circle(canvas, x, y, 2.7);
    else if (shape / 2 == 1)
        put_polygon(canvas, x, y, square, 4);
    else if (shape / 2 == 2)
        put_polygon(canvas, x, y, up, 3);
    else
        put_polygon(canvas, x, y, diamond, 4);
    put(canvas, "B Q\n");
}

void canvas_series(struct canvas *canvas, const double *xs, const double *ys, const bool *breaks, size_t count,
                   int series) {
    static const char *const dashes[] = {"[] 0 d ", "[5 2.5] 0 d ", "[1.5 2] 0 d ", "[7 2 1.5 2] 0 d "};
    put(canvas, "q 1.1 w 0 G 1 J 1 j ");
    /* Markers come in eights: the next eight have other dashes to them. */
    put(canvas, dashes[series < 0 ? 0 : (series + series / 8) % 4]);
    for (size_t i = 0; i < count; i++) {
        put_point(canvas, xs[i], ys[i]);
        put(canvas, i == 0 || breaks[i] ? "m " : "l ");
    }
    put(canvas, "S Q\n");
}
