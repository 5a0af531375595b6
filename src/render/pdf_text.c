/* pdf_text.c - from inlines to broken text, and from that to boxes of one line each. */
#include "render/pdf_layout.h"

#include <math.h>
#include <string.h>

/* ===== Preparing ===== */

struct spans {
    struct arena *arena;
    struct line_span *spans;
    size_t count, capacity;
};

static void add_span(struct spans *spans, const char *text, enum face face) {
    struct line_span span = {.text = text, .length = strlen(text), .style = (int)face};
    spans->spans = arena_grow(spans->arena, spans->spans, &spans->capacity, spans->count + 1, sizeof span);
    spans->spans[spans->count++] = span;
}

/* A line end inside prose is a blank; only a break is a break. */
static const char *one_line(struct arena *arena, const char *text) {
    if (!text || !strchr(text, '\n'))
        return text ? text : "";
    char *copy = arena_text(arena, text);
    for (char *end = strchr(copy, '\n'); end; end = strchr(end, '\n'))
        *end = ' ';
    return copy;
}

/* Emphasis inside italics stands upright. */
static void add_inlines(struct spans *spans, const struct inline_ *inlines, int face) {
    for (; inlines; inlines = inlines->next) {
        int inner = inlines->kind == INLINE_STRONG     ? face | BOLD
                    : inlines->kind == INLINE_EMPHASIS ? face ^ ITALIC
                                                       : face;
        if (inlines->kind == INLINE_BREAK)
            add_span(spans, "\n", (enum face)face);
        else if (inlines->kind == INLINE_TEXT || inlines->kind == INLINE_VALUE)
            add_span(spans, one_line(spans->arena, inlines->text), (enum face)face);
        add_inlines(spans, inlines->children, inner);
    }
}

const struct line_text *text_prepare(struct layout *layout, const struct inline_ *inlines, enum face face) {
    struct spans spans = {.arena = layout->arena};
    add_inlines(&spans, inlines, (int)face);
    return lines_prepare(layout->arena, &layout->measure, spans.spans, spans.count);
}

const struct line_text *text_prepare_plain(struct layout *layout, const char *text, enum face face) {
    struct line_span span = {.text = text ? text : "", .length = text ? strlen(text) : 0, .style = (int)face};
    return lines_prepare(layout->arena, &layout->measure, &span, 1);
}

/* "Số      -BC/ĐU": several blanks in a draft are room for the pen, so they hold. */
const char *text_with_room(struct arena *arena, const char *text) {
    if (!text || !strstr(text, "  "))
        return text;
    char *copy = arena_alloc(arena, 2 * strlen(text) + 1), *out = copy;
    for (const char *at = text; *at; at++) {
        bool several = *at == ' ' && (at[1] == ' ' || (at > text && at[-1] == ' '));
        if (several)
            *out++ = '\xc2';
        *out++ = several ? '\xa0' : *at;
    }
    return copy;
}

/* ===== Setting and drawing ===== */

double text_leading(const struct layout *layout, double size) {
    return layout->profile->line_spacing * size / layout->profile->body_size;
}

double text_shrink(const struct layout *layout, double leading) {
    return leading * fmax(0, 1 - layout->profile->line_spacing_least / layout->profile->line_spacing);
}

double text_rise(const struct layout *layout, double size, double leading) {
    double ascent = faces_ascent(layout->faces, FACE_REGULAR), descent = faces_descent(layout->faces, FACE_REGULAR);
    return (leading - (ascent + descent) * size / 1000) / 2 + ascent * size / 1000;
}

struct set_text *text_set(struct layout *layout, const struct line_text *text, const struct text_style *style) {
    struct set_text *set = ARENA_NEW(layout->arena, struct set_text);
    double unit = style->size / 1000;
    set->size = style->size;
    set->leading = style->leading;
    set->shrink = style->shrink;
    set->x = style->x;
    set->first_indent = style->first_indent;
    set->width = style->width;
    set->align = style->align;
    set->rise = text_rise(layout, style->size, style->leading);
    set->lines = lines_break(layout->arena, text, fmax(0, style->width - style->first_indent) / unit,
                             fmax(0, style->width) / unit, style->mode);
    return set;
}

double text_height(const struct set_text *text) {
    return (double)text->lines.count * text->leading;
}

void text_draw_line(const struct set_text *text, size_t line, struct canvas *canvas, double top) {
    double indent = line ? 0 : text->first_indent;
    double slack = text->width - indent - text->lines.lines[line].width * text->size / 1000;
    double shift = text->align == ALIGN_CENTER ? slack / 2 : text->align == ALIGN_RIGHT ? slack : 0;
    canvas_line(canvas, &text->lines, line, text->size, text->x + indent + shift, top + text->rise);
}

void text_draw(const struct set_text *text, struct canvas *canvas, double top) {
    for (size_t i = 0; i < text->lines.count; i++)
        text_draw_line(text, i, canvas, top + (double)i * text->leading);
}

/* ===== Boxes ===== */

struct box *layout_add(struct layout *layout, struct box box) {
    layout->boxes = arena_grow(layout->arena, layout->boxes, &layout->capacity, layout->count + 1, sizeof box);
    box.form = layout->form;
    box.index = layout->total;
    layout->total += box.run ? box.run->count : 1;
    layout->boxes[layout->count] = box;
    return &layout->boxes[layout->count++];
}

struct box layout_box(const struct layout *layout, size_t index) {
    size_t low = 0, high = layout->count;
    if (layout->replaced == index + 1)
        return layout->replacement;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (layout->boxes[middle].index <= index)
            low = middle;
        else
            high = middle;
    }
    const struct box *entry = &layout->boxes[low];
    const struct box_run *run = entry->run;
    if (!run)
        return *entry;
    size_t at = index - entry->index;
    struct box box = run->make(run->content, at);
    box.form = entry->form;
    box.keep = at + run->kept >= run->count ? KEEP_MUST : box.keep;
    return box;
}

void layout_replace(struct layout *layout, size_t index, struct box box) {
    layout->replaced = index + 1;
    layout->replacement = box;
}

void layout_use_form(struct layout *layout, const struct page_form *form) {
    layout->form = form;
    layout->left = form->text_left;
    layout->top = form->text_top;
    layout->width = form->text_width;
    layout->height = form->text_height;
}

static void draw_text_line(const struct box *box, struct canvas *canvas, double top) {
    const struct set_text *text = box->content;
    if (box->first == 0 && text->marker)
        text_draw_line(text->marker, 0, canvas, top);
    text_draw_line(text, box->first, canvas, top);
}

size_t text_add_boxes(struct layout *layout, const struct set_text *text, double gap, enum keep keep) {
    size_t first = layout->count, count = text->lines.count;
    size_t least = (size_t)fmax(1, layout->profile->widow_lines);
    for (size_t i = 0; i < count; i++)
        layout_add(layout,
                   (struct box){.gap = i ? 0 : gap,
                                .height = text->leading,
                                .shrink = text->shrink,
                                .keep = i + 1 < count && (i + 1 < least || count - i - 1 < least) ? KEEP_MUST : keep,
                                .lines = 1,
                                .draw = draw_text_line,
                                .content = text,
                                .first = i});
    return first;
}
