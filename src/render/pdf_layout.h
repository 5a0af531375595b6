/* pdf_layout.h - laying a document out: from its tree to boxes one below the other, from boxes to pages.
 *
 *   document ─ pdf_frame.c   letterhead, title, signature ─┐
 *            ─ pdf_prose.c   headings, paragraphs, lists  ─┤ boxes ─ pdf_pages.c ─ pages
 *            ─ pdf_table.c, pdf_chart.c                   ─┘
 *
 * A box is as high as it is and knows how to draw itself; only pdf_pages.c knows where. Lengths are points. */
#ifndef TONGKET_PDF_LAYOUT_H
#define TONGKET_PDF_LAYOUT_H

#include "document/document.h"
#include "render/lines.h"
#include "render/pdf_canvas.h"
#include "render/pdf_faces.h"
#include "render/pdf_file.h"

#include <stdbool.h>
#include <stddef.h>

struct box {
    double gap, height; /* gap: above it, except at the top of a page */
    bool keep;          /* the next box begins on the same page */
    size_t lines;       /* of text, for what must not stand alone */
    void (*draw)(const struct box *box, struct canvas *canvas, double top);
    const void *content;
    size_t first, count;      /* the part of the content */
    const struct box *header; /* drawn above it when it begins a page */
    /* Cuts a box that is higher than a page so that it takes at most `room`; false when that is too little. */
    bool (*split)(struct box *box, double room, struct box *rest);
    int bookmark; /* level, 0: none */
    const char *bookmark_title;
};

struct layout {
    struct arena *arena;
    const struct document *document;
    const struct profile *profile;
    struct faces *faces;
    struct line_measure measure;
    double page_width, page_height;
    double left, top, width, height; /* of the text area */
    double indent;
    struct box *boxes;
    size_t count, capacity;
};

struct box *layout_add(struct layout *layout, struct box box);
/* Draws the boxes page by page into the file. */
void layout_draw_pages(struct layout *layout, struct pdf_file *file);

/* ===== Text (pdf_text.c) ===== */

enum { BOLD = FACE_BOLD, ITALIC = FACE_ITALIC }; /* faces are made of these two */

/* Text broken and ready to draw. */
struct set_text {
    struct lines lines;
    double size, leading;
    double x, first_indent, width; /* of the lines' area */
    double rise;                   /* from a line's top to its baseline */
    enum align align;
    const struct set_text *marker; /* of a list's item, drawn beside the first line */
};

/* How text is to be set. */
struct text_style {
    double size, leading, x, first_indent, width;
    enum line_mode mode;
    enum align align;
};

const struct line_text *text_prepare(struct layout *layout, const struct inline_ *inlines, enum face face);
const struct line_text *text_prepare_plain(struct layout *layout, const char *text, enum face face);
struct set_text *text_set(struct layout *layout, const struct line_text *text, const struct text_style *style);
double text_height(const struct set_text *text);
void text_draw_line(const struct set_text *text, size_t line, struct canvas *canvas, double top);
void text_draw(const struct set_text *text, struct canvas *canvas, double top);
/* The leading that goes with a size, in proportion to the body's. */
double text_leading(const struct layout *layout, double size);
double text_rise(const struct layout *layout, double size, double leading);
/* One box a line, with widows and orphans avoided. Answers the first box's index. */
size_t text_add_boxes(struct layout *layout, const struct set_text *text, double gap, bool keep);

/* ===== What documents are made of ===== */

void frame_add_head(struct layout *layout);
void frame_add_foot(struct layout *layout);
void prose_add(struct layout *layout);
void table_add(struct layout *layout, const struct table *table);
void chart_add(struct layout *layout, const struct chart *chart);

#endif
