/* mustache.c - finding tags, looking names up, filling plain text. */
#include "template/mustache.h"

#include "base/buffer.h"
#include "base/text.h"

#include <string.h>

enum { DELIMITER = 16, PARTIAL_DEPTH = 16 };

/* ---- Tags ------------------------------------------------------------------------------------------------------- */

struct scan {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct template_text *text;
    char open[DELIMITER], close[DELIMITER];
    struct tag *tags;
    size_t count, capacity;
    bool good;
};

struct place text_place(struct arena *arena, const struct template_text *text, size_t offset) {
    return place_in_text(arena, text->file, text->line, text->text, offset);
}

static void set_delimiters(struct scan *scan, const char *content) {
    size_t first = strcspn(content, " \t\r\n"), gap = strspn(content + first, " \t\r\n");
    size_t second = strcspn(content + first + gap, " \t\r\n=");
    if (!first || !second || first >= DELIMITER || second >= DELIMITER)
        return;
    memcpy(scan->open, content, first);
    scan->open[first] = '\0';
    memcpy(scan->close, content + first + gap, second);
    scan->close[second] = '\0';
}

static const char *trimmed(struct arena *arena, const char *text, size_t length) {
    while (length && strchr(" \t\r\n", *text))
        text++, length--;
    while (length && strchr(" \t\r\n", text[length - 1]))
        length--;
    return arena_copy(arena, text, length);
}

/* A tag that prints nothing, alone on its line between blanks, takes the line with it. */
static void find_standalone(const char *text, struct tag *tag) {
    size_t start = tag->start, end = tag->end;
    if (tag->kind == TAG_VARIABLE || tag->kind == TAG_RAW)
        return;
    while (start && (text[start - 1] == ' ' || text[start - 1] == '\t'))
        start--;
    end += strspn(text + end, " \t");
    if ((start && text[start - 1] != '\n') || (text[end] && text[end] != '\n' && strncmp(text + end, "\r\n", 2) != 0))
        return;
    tag->standalone = true;
    tag->line_start = start;
    tag->line_end = end + (text[end] == '\r') + (text[end] == '\r' || text[end] == '\n');
}

/* Reads the tag that begins at `start`; answers where it ends, 0 when it never does. */
static size_t read_tag(struct scan *scan, size_t start) {
    static const char sigils[] = "#^/>!&";
    static const enum tag_kind kinds[] = {TAG_SECTION, TAG_INVERTED, TAG_CLOSE, TAG_PARTIAL, TAG_COMMENT, TAG_RAW};
    const char *text = scan->text->text, *inner = text + start + strlen(scan->open);
    struct tag tag = {.kind = TAG_VARIABLE, .start = start};
    const char *closing = scan->close;
    inner += strspn(inner, " \t\r\n");
    const char *sigil = *inner ? strchr(sigils, *inner) : NULL;
    if (sigil) {
        tag.kind = kinds[sigil - sigils];
        inner++;
    } else if (*inner == '{') {
        tag.kind = TAG_RAW;
        inner++;
        closing = arena_printf(scan->arena, "}%s", scan->close);
    } else if (*inner == '=') {
        tag.kind = TAG_DELIMITERS;
        inner++;
        closing = arena_printf(scan->arena, "=%s", scan->close);
    }
    const char *stop = strstr(inner, closing);
    if (!stop) {
        struct place place = text_place(scan->arena, scan->text, start);
        size_t shown = strcspn(text + start, "\r\n");
        diagnose(scan->diagnostics, TAG_OPEN, &place,
                 arena_copy(scan->arena, text + start, text_valid(text + start, shown < 60 ? shown : 60)));
        scan->good = false;
        return 0;
    }
    tag.end = (size_t)(stop - text) + strlen(closing);
    tag.content = trimmed(scan->arena, inner, (size_t)(stop - inner));
    if (tag.kind == TAG_DELIMITERS)
        set_delimiters(scan, tag.content);
    if (!*tag.content && tag.kind != TAG_COMMENT) {
        struct place place = text_place(scan->arena, scan->text, start);
        diagnose(scan->diagnostics, TAG_EMPTY, &place, "");
        scan->good = false;
    }
    find_standalone(text, &tag);
    scan->tags = arena_grow(scan->arena, scan->tags, &scan->capacity, scan->count + 1, sizeof tag);
    scan->tags[scan->count++] = tag;
    return tag.end;
}

bool tags_scan(struct arena *arena, struct diagnostics *diagnostics, const struct template_text *text,
               struct tag **tags, size_t *count) {
    struct scan scan = {
        .arena = arena, .diagnostics = diagnostics, .text = text, .open = "{{", .close = "}}", .good = true};
    for (size_t at = 0;;) {
        const char *open = strstr(text->text + at, scan.open);
        if (!open)
            break;
        size_t start = (size_t)(open - text->text), end = read_tag(&scan, start);
        at = end ? end : start + strlen(scan.open);
    }
    *tags = scan.tags;
    *count = scan.count;
    return scan.good;
}

/* ---- Names ------------------------------------------------------------------------------------------------------ */

bool item_is_true(const struct item *item) {
    switch (item->kind) {
    case ITEM_VALUE:
        return value_is_true(item->value);
    case ITEM_LIST:
        return item->count > 0;
    case ITEM_FRAME:
        return true;
    default:
        return false;
    }
}

struct item frames_find(const struct frames *frames, const char *name) {
    struct item item = {.kind = ITEM_MISSING};
    const struct source_of_names *source = frames->source;
    if (strcmp(name, ".") == 0)
        return frames->stack[frames->depth - 1];
    size_t length = strcspn(name, ".");
    for (size_t at = frames->depth; at-- > 0 && item.kind == ITEM_MISSING;)
        if (frames->stack[at].kind == ITEM_FRAME)
            item = source->find(source->context, frames->stack[at].frame, name, length);
    while (name[length] == '.' && item.kind != ITEM_MISSING) {
        name += length + 1;
        length = strcspn(name, ".");
        item = item.kind == ITEM_FRAME || item.kind == ITEM_LIST
                   ? source->find(source->context, item.frame, name, length)
                   : (struct item){.kind = ITEM_MISSING};
    }
    return item;
}

/* ---- Plain text ------------------------------------------------------------------------------------------------- */

struct filling {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct frames *frames;
    struct buffer out;
    bool escape;
    int depth; /* of partials */
};

struct body {
    const struct template_text *text;
    struct tag *tags;
    size_t count;
};

static const char *plain_text(const struct filling *filling, const struct expression *expression) {
    const struct item item = frames_find(filling->frames, expression->name);
    struct value value = item.value;
    if (item.kind != ITEM_VALUE)
        return NULL;
    if (expression->kind == EXPRESSION_RATIO)
        value = value_divide(value, frames_find(filling->frames, expression->other).value);
    return expression->has_format ? value_string(filling->arena, value, &expression->format)
                                  : value_plain(filling->arena, value);
}

static void fill_variable(struct filling *filling, const struct body *body, const struct tag *tag) {
    struct expression expression;
    struct place place = text_place(filling->arena, body->text, tag->start);
    const struct source_of_names *source = filling->frames->source;
    if (!expression_parse(filling->arena, filling->diagnostics, &place, tag->content, source->rounding, &expression))
        return;
    const char *text =
        source->print ? source->print(source->context, &expression, &place) : plain_text(filling, &expression);
    if (!text)
        return;
    if (filling->escape && tag->kind == TAG_VARIABLE)
        buffer_markup(&filling->out, text);
    else
        buffer_text(&filling->out, text);
}

/* The index of the tag that closes the section, or count. */
static size_t find_close(const struct body *body, size_t open) {
    size_t depth = 0;
    for (size_t i = open; i < body->count; i++) {
        enum tag_kind kind = body->tags[i].kind;
        depth += kind == TAG_SECTION || kind == TAG_INVERTED;
        depth -= kind == TAG_CLOSE && depth;
        if (!depth)
            return i;
    }
    return body->count;
}

static bool fill_range(struct filling *filling, const struct body *body, size_t first, size_t last, size_t from,
                       size_t to);

static bool fill_section(struct filling *filling, const struct body *body, size_t open, size_t close) {
    const struct tag *tag = &body->tags[open], *end = &body->tags[close];
    struct frames *frames = filling->frames;
    size_t from = tag->standalone ? tag->line_end : tag->end, to = end->standalone ? end->line_start : end->start;
    struct item item = frames_find(frames, tag->content);
    bool is_true = item_is_true(&item), good = true;
    if (tag->kind == TAG_INVERTED)
        return is_true || fill_range(filling, body, open + 1, close, from, to);
    size_t times = !is_true ? 0 : item.kind == ITEM_LIST ? item.count : 1;
    for (size_t i = 0; i < times && good && frames->depth < FRAME_DEPTH; i++) {
        frames->stack[frames->depth++] =
            item.kind == ITEM_LIST ? frames->source->element(frames->source->context, &item, i) : item;
        good = fill_range(filling, body, open + 1, close, from, to);
        frames->depth--;
    }
    return good;
}

static const char *indented(struct arena *arena, const char *text, const char *indent, size_t length) {
    struct buffer out = {0};
    for (bool line_start = true; *text; text++) {
        if (line_start)
            buffer_add(&out, indent, length);
        buffer_char(&out, *text);
        line_start = *text == '\n';
    }
    const char *result = arena_text(arena, buffer_string(&out));
    buffer_free(&out);
    return result;
}

static bool fill_text(struct filling *filling, const struct template_text *text);

static bool fill_partial(struct filling *filling, const struct body *body, const struct tag *tag) {
    const struct source_of_names *source = filling->frames->source;
    const char *partial = source->partial ? source->partial(source->context, tag->content) : NULL;
    if (!partial || filling->depth >= PARTIAL_DEPTH)
        return true;
    if (tag->standalone)
        partial = indented(filling->arena, partial, body->text->text + tag->line_start, tag->start - tag->line_start);
    struct template_text text = {.file = tag->content, .line = 1, .text = partial};
    filling->depth++;
    bool good = fill_text(filling, &text);
    filling->depth--;
    return good;
}

/* Fills the text between two bytes, whose tags are first … last - 1. */
static bool fill_range(struct filling *filling, const struct body *body, size_t first, size_t last, size_t from,
                       size_t to) {
    bool good = true;
    for (size_t i = first; i < last && good; i++) {
        const struct tag *tag = &body->tags[i];
        size_t start = tag->standalone ? tag->line_start : tag->start;
        if (start > from)
            buffer_add(&filling->out, body->text->text + from, start - from);
        from = tag->standalone ? tag->line_end : tag->end;
        if (tag->kind == TAG_VARIABLE || tag->kind == TAG_RAW) {
            fill_variable(filling, body, tag);
        } else if (tag->kind == TAG_PARTIAL) {
            good = fill_partial(filling, body, tag);
        } else if (tag->kind == TAG_SECTION || tag->kind == TAG_INVERTED) {
            size_t close = find_close(body, i);
            good = fill_section(filling, body, i, close);
            from = body->tags[close].standalone ? body->tags[close].line_end : body->tags[close].end;
            i = close;
        }
    }
    if (to > from)
        buffer_add(&filling->out, body->text->text + from, to - from);
    return good;
}

/* Sections must close in the order they opened. */
static bool check_sections(struct filling *filling, const struct body *body) {
    size_t open[FRAME_DEPTH], depth = 0;
    for (size_t i = 0; i < body->count; i++) {
        const struct tag *tag = &body->tags[i];
        if ((tag->kind == TAG_SECTION || tag->kind == TAG_INVERTED) && depth < FRAME_DEPTH)
            open[depth++] = i;
        if (tag->kind != TAG_CLOSE)
            continue;
        struct place place = text_place(filling->arena, body->text, tag->start);
        if (!depth || strcmp(body->tags[open[depth - 1]].content, tag->content) != 0) {
            diagnose(filling->diagnostics, SECTION_CLOSE, &place, tag->content, "");
            return false;
        }
        depth--;
    }
    if (depth) {
        const struct tag *tag = &body->tags[open[depth - 1]];
        struct place place = text_place(filling->arena, body->text, tag->start);
        diagnose(filling->diagnostics, SECTION_OPEN, &place, tag->content,
                 arena_printf(filling->arena, "{{/%s}}", tag->content));
    }
    return depth == 0;
}

static bool fill_text(struct filling *filling, const struct template_text *text) {
    struct body body = {.text = text};
    return tags_scan(filling->arena, filling->diagnostics, text, &body.tags, &body.count) &&
           check_sections(filling, &body) && fill_range(filling, &body, 0, body.count, 0, strlen(text->text));
}

const char *mustache_fill(struct arena *arena, struct diagnostics *diagnostics, const struct template_text *text,
                          struct frames *frames, bool escape) {
    struct filling filling = {.arena = arena, .diagnostics = diagnostics, .frames = frames, .escape = escape};
    const char *filled = fill_text(&filling, text) ? arena_text(arena, buffer_string(&filling.out)) : NULL;
    buffer_free(&filling.out);
    return filled;
}
