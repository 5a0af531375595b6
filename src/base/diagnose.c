/* diagnose.c - the one channel through which anything is said about what went wrong. */
#include "base/diagnose.h"

#include "base/buffer.h"
#include "base/text.h"

#include <string.h>

static const struct {
    const char *name;
    enum severity severity;
    int status;
    const char *text[2];
} table[] = {
#define D(code, name, severity, status, vi, en) [DIAGNOSTIC_##code] = {name, SEVERITY_##severity, status, {vi, en}},
#include "base/diagnostics.def"
#undef D
};

const char *diagnostic_name(enum diagnostic code) {
    return table[code].name;
}

int diagnostic_status(enum diagnostic code) {
    return table[code].status;
}

enum severity diagnostic_severity(enum diagnostic code) {
    return table[code].severity;
}

const char *diagnose_say(const struct diagnostics *diagnostics, const char *vi, const char *en) {
    return diagnostics->language == LANGUAGE_EN ? en : vi;
}

const char *diagnose_reason(const struct diagnostics *diagnostics, const struct reason *reasons, size_t count,
                            int code) {
    for (size_t i = 0; i < count; i++)
        if (reasons[i].code == code)
            return diagnose_say(diagnostics, reasons[i].vi, reasons[i].en);
    return NULL;
}

static const char *message_fill(struct arena *arena, const char *text, const char *const *words) {
    struct buffer out = {0};
    size_t count = 0;
    while (words[count])
        count++;
    for (; *text; text++) {
        size_t word =
            (size_t)(text[0] == '{' && text[1] >= '1' && text[1] <= '9' && text[2] == '}' ? text[1] - '0' : 0);
        if (!word) {
            buffer_char(&out, *text);
            continue;
        }
        if (word <= count)
            buffer_text(&out, words[word - 1]);
        text += 2;
    }
    const char *message = arena_copy(arena, buffer_string(&out), out.length);
    buffer_free(&out);
    return message;
}

/* Control characters of a hostile cell must not reach the terminal. */
static void add_safely(struct buffer *out, const char *text) {
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte < 0x20 || byte == 0x7f)
            buffer_char(out, byte == '\n' || byte == '\t' || byte == '\r' ? ' ' : '?');
        else
            buffer_char(out, *text);
    }
}

static void add_place(struct buffer *out, const struct place *place) {
    if (!place->file)
        return;
    add_safely(out, place->file);
    if (place->sheet) {
        buffer_char(out, '[');
        add_safely(out, place->sheet);
        buffer_char(out, ']');
    }
    if (place->row)
        buffer_printf(out, ":%u", place->row);
    if (place->row && place->column)
        buffer_printf(out, ":%u", place->column);
}

const char *place_words(struct arena *arena, const struct place *place) {
    struct buffer out = {0};
    add_place(&out, place);
    const char *words = arena_text(arena, buffer_string(&out));
    buffer_free(&out);
    return words;
}

/* The line as it stands, then a caret under the column; columns are characters, tabs print as one blank. */
static void add_line(struct buffer *out, const struct place *place) {
    buffer_text(out, "    ");
    add_safely(out, place->line);
    buffer_text(out, "\n    ");
    for (unsigned i = 1; i < place->column; i++)
        buffer_char(out, ' ');
    buffer_text(out, "^\n");
}

static void add_for_people(struct buffer *out, enum language language, const struct finding *finding) {
    static const char *const severities[][2] = {[SEVERITY_NOTE] = {"ghi chú", "note"},
                                                [SEVERITY_WARNING] = {"cảnh báo", "warning"},
                                                [SEVERITY_ERROR] = {"lỗi", "error"}};
    add_place(out, &finding->place);
    if (finding->place.file)
        buffer_text(out, ": ");
    buffer_printf(out, "%s: ", severities[table[finding->code].severity][language]);
    add_safely(out, finding->message);
    buffer_printf(out, " [%s]\n", table[finding->code].name);
    if (finding->place.line && finding->place.column)
        add_line(out, &finding->place);
}

static void add_for_machines(struct buffer *out, const struct finding *finding) {
    static const char *const severities[] = {
        [SEVERITY_NOTE] = "note", [SEVERITY_WARNING] = "warning", [SEVERITY_ERROR] = "error"};
    const struct place *place = &finding->place;
    buffer_printf(out, "{\"severity\": \"%s\", \"code\": \"%s\"", severities[table[finding->code].severity],
                  table[finding->code].name);
    const struct { const char *name, *text; } texts[] = {{"file", place->file}, {"sheet", place->sheet}};
    for (size_t i = 0; i < 2; i++)
        if (texts[i].text) {
            buffer_printf(out, ", \"%s\": ", texts[i].name);
            buffer_json(out, texts[i].text);
        }
    if (place->row)
        buffer_printf(out, ", \"row\": %u", place->row);
    if (place->row && place->column)
        buffer_printf(out, ", \"column\": %u", place->column);
    buffer_text(out, ", \"message\": ");
    buffer_json(out, finding->message);
    buffer_text(out, "}\n");
}

/* In one write, so that the lines of several workers stay whole. */
static void print_finding(const struct diagnostics *diagnostics, const struct finding *finding) {
    struct buffer out = {0};
    if (diagnostics->json)
        add_for_machines(&out, finding);
    else
        add_for_people(&out, diagnostics->language, finding);
    fwrite(buffer_string(&out), 1, out.length, diagnostics->stream);
    buffer_free(&out);
}

const char *diagnose_words(struct diagnostics *diagnostics, enum diagnostic code, const struct place *place,
                           const char *const *words) {
    struct arena *arena = diagnostics->arena;
    if (diagnostics->settle)
        diagnostics->settle(diagnostics->settle_context);
    diagnostics->counts[code]++;
    if (table[code].status > diagnostics->status)
        diagnostics->status = table[code].status;
    diagnostics->printed[code]++;
    if (diagnostics->printed[code] > DIAGNOSTICS_KEPT)
        return NULL;
    struct finding finding = {.code = code};
    if (place) {
        finding.place = *place;
        finding.place.file = place->file ? arena_text(arena, place->file) : NULL;
        finding.place.sheet = place->sheet ? arena_text(arena, place->sheet) : NULL;
        finding.place.line = place->line ? arena_text(arena, place->line) : NULL;
    }
    finding.message = message_fill(arena, table[code].text[diagnostics->language], words);
    diagnostics->findings =
        arena_grow(arena, diagnostics->findings, &diagnostics->capacity, diagnostics->count + 1, sizeof finding);
    diagnostics->findings[diagnostics->count++] = finding;
    bool wanted = diagnostics->printed[code] <= DIAGNOSTICS_PER_FILE &&
                  !(diagnostics->quiet && table[code].severity == SEVERITY_NOTE);
    if (diagnostics->stream && wanted)
        print_finding(diagnostics, &finding);
    return finding.message;
}

void diagnostics_file(struct diagnostics *diagnostics, const char *file) {
    struct place place = {.file = diagnostics->file};
    for (int code = 0; code < DIAGNOSTIC_COUNT; code++) {
        size_t printed = diagnostics->printed[code];
        diagnostics->printed[code] = 0;
        if (printed > DIAGNOSTICS_PER_FILE) {
            const char *more = arena_printf(diagnostics->arena, "%zu", printed - DIAGNOSTICS_PER_FILE);
            diagnose(diagnostics, MORE_OF_THE_SAME, &place, more, table[code].name);
        }
    }
    memset(diagnostics->printed, 0, sizeof diagnostics->printed);
    diagnostics->file = file;
}

struct place place_in_text(struct arena *arena, const char *file, unsigned first, const char *text, size_t offset) {
    const char *at = text + offset, *line = at;
    while (line > text && line[-1] != '\n')
        line--;
    struct place place = {.file = file, .row = first};
    for (const char *c = text; c < line; c++)
        place.row += *c == '\n';
    place.column = (unsigned)text_characters(line, (size_t)(at - line)) + 1;
    place.line = arena_copy(arena, line, strcspn(line, "\r\n"));
    return place;
}

const char *diagnose_hint(const struct diagnostics *diagnostics, const char *nearest) {
    return arena_printf(diagnostics->arena, diagnose_say(diagnostics, "; gần nhất: «%s»", "; nearest: '%s'"), nearest);
}

const char *diagnose_nearest(struct diagnostics *diagnostics, const char *text, const char *const *candidates,
                             size_t count) {
    int nearest = text_nearest(diagnostics->arena, text, candidates, count);
    return nearest < 0 ? "" : diagnose_hint(diagnostics, candidates[nearest]);
}
