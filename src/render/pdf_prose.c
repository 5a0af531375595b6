/* pdf_prose.c - headings, paragraphs, lists and quotes. */
#include "render/pdf_layout.h"

#include <math.h>
#include <string.h>

/* Where blocks stand: lists and quotes nest by narrowing it. */
struct frame {
    double left, width, first_indent;
    enum face face;
    const struct set_text *marker; /* for the first paragraph of an item */
};

static void add_blocks(struct layout *layout, const struct block *blocks, struct frame frame);

static const struct set_text *set_prose(struct layout *layout, const struct inline_ *inlines, enum face face,
                                        const struct frame *frame, double size, enum line_mode mode) {
    double leading = text_leading(layout, size);
    struct text_style style = {.size = size,
                               .leading = leading,
                               .shrink = text_shrink(layout, leading),
                               .x = frame->left,
                               .first_indent = frame->first_indent,
                               .width = frame->width,
                               .mode = mode};
    struct set_text *text = text_set(layout, text_prepare(layout, inlines, face), &style);
    text->marker = frame->marker;
    return text;
}

static void add_heading(struct layout *layout, const struct block *block, const struct frame *frame) {
    const struct profile *profile = layout->profile;
    enum face face = block->level > 2 ? FACE_BOLD_ITALIC : FACE_BOLD;
    const struct set_text *text = set_prose(layout, block->inlines, face, frame, profile->heading_size, LINES_RAGGED);
    if (!text->lines.count)
        return;
    size_t first = text_add_boxes(layout, text, profile->heading_gap, KEEP_MUST);
    struct box *box = &layout->boxes[first];
    box->bookmark = block->level < 1 ? 1 : block->level;
    box->bookmark_title = inlines_text(layout->arena, block->inlines);
}

static void add_paragraph(struct layout *layout, const struct block *block, const struct frame *frame) {
    const struct set_text *text =
        set_prose(layout, block->inlines, frame->face, frame, layout->profile->body_size, LINES_JUSTIFIED);
    text_add_boxes(layout,
                   text->lines.count ? text
                   : frame->marker   ? frame->marker
                                     : text,
                   layout->profile->paragraph_gap, KEEP_NOT);
}

/* ===== Lists ===== */

static const char *item_marker(struct layout *layout, const struct block *list, int index) {
    return list->level ? arena_printf(layout->arena, "%d.", list->level + index) : "-";
}

static double marker_width(struct layout *layout, const struct block *list, enum face face) {
    int count = 0;
    for (const struct block *item = list->children; item; item = item->next)
        count++;
    const char *widest = item_marker(layout, list, count > 0 ? count - 1 : 0);
    double letters =
        faces_width(layout->faces, face, widest, strlen(widest)) + faces_width(layout->faces, face, " ", 1);
    return letters * layout->profile->body_size / 1000;
}

static const struct set_text *set_marker(struct layout *layout, const char *marker, enum face face, double x,
                                         double width) {
    double size = layout->profile->body_size;
    struct text_style style = {
        .size = size, .leading = text_leading(layout, size), .x = x, .width = width, .mode = LINES_RAGGED};
    return text_set(layout, text_prepare_plain(layout, marker, face), &style);
}

static void add_list(struct layout *layout, const struct block *list, const struct frame *frame) {
    double indent = fmin(layout->indent, frame->width / 4), width = marker_width(layout, list, frame->face);
    struct frame inner = {
        .left = frame->left + indent + width, .width = frame->width - indent - width, .face = frame->face};
    int index = 0;
    for (const struct block *item = list->children; item; item = item->next, index++) {
        const char *text = item_marker(layout, list, index);
        inner.marker = set_marker(layout, text, frame->face, frame->left + indent, width);
        const struct block *first = item->children;
        if (!first || first->kind != BLOCK_PARAGRAPH) { /* nothing to stand beside */
            text_add_boxes(layout, inner.marker, layout->profile->paragraph_gap, first ? KEEP_MUST : KEEP_NOT);
            inner.marker = NULL;
        }
        add_blocks(layout, first, inner);
    }
}

static void add_quote(struct layout *layout, const struct block *quote, const struct frame *frame) {
    double indent = fmin(layout->indent, frame->width / 6);
    struct frame inner = {.left = frame->left + indent,
                          .width = frame->width - 2 * indent,
                          .face = (enum face)((int)frame->face ^ ITALIC)};
    add_blocks(layout, quote->children, inner);
}

/* ===== All blocks ===== */

static void add_block(struct layout *layout, const struct block *block, const struct frame *frame) {
    switch (block->kind) {
    case BLOCK_HEADING:
        add_heading(layout, block, frame);
        break;
    case BLOCK_PARAGRAPH:
        add_paragraph(layout, block, frame);
        break;
    case BLOCK_LIST:
        add_list(layout, block, frame);
        break;
    case BLOCK_ITEM:
        add_blocks(layout, block->children, *frame);
        break;
    case BLOCK_QUOTE:
        add_quote(layout, block, frame);
        break;
    case BLOCK_TABLE:
        table_add(layout, block->table);
        break;
    case BLOCK_CHART:
        chart_add(layout, block->chart);
        break;
    }
}

static void add_blocks(struct layout *layout, const struct block *blocks, struct frame frame) {
    for (; blocks; blocks = blocks->next) {
        add_block(layout, blocks, &frame);
        frame.marker = NULL;
    }
}

void prose_add(struct layout *layout) {
    struct frame frame = {
        .left = layout->left, .width = layout->width, .first_indent = layout->indent, .face = FACE_REGULAR};
    add_blocks(layout, layout->document->blocks, frame);
}
