/* pdf_layout.h - laying a document out: from its tree to boxes one below the other, from boxes to pages.
 *
 *   document ─ pdf_frame.c   letterhead, title, signature ─┐
 *            ─ pdf_prose.c   headings, paragraphs, lists  ─┤ boxes ─ pdf_plan.c, pdf_pages.c ─ pages
 *            ─ pdf_table.c, pdf_chart.c                   ─┤
 *            ─ pdf_appendix.c  tables on turned pages      ─┘
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

/* Whether the next box begins on the same page: no matter; rather, for the sake of a whole table; firmly, for few rows
 * would stand alone; always, unless a page is too small for it. */
enum keep { KEEP_NOT, KEEP_RATHER, KEEP_FIRMLY, KEEP_MUST };

/* A kind of page and the area of its text. On the back of a sheet everything is moved, so that the margin for binding
 * lies on its other side. */
struct page_form {
    double width, height; /* of the page */
    double text_left, text_top, text_width, text_height;
    double back_right, back_down;
};

struct box {
    double gap, height; /* gap: above it, except at the top of a page */
    double shrink;      /* of the height: what lines of text may be drawn closer by */
    enum keep keep;
    const struct page_form *form; /* of the page it stands on; set by layout_add() */
    bool begins_page;
    size_t lines; /* of text, for what must not stand alone */
    void (*draw)(const struct box *box, struct canvas *canvas, double top);
    const void *content;
    size_t first, count; /* the part of the content */
    size_t row;          /* of a table */
    bool part;           /* of a row that was cut */
    /* What is drawn above it when it begins a page; NULL: nothing. */
    struct box (*header)(const struct box *box);
    /* Cuts a box that is higher than a page so that it takes at most `room`; false when that is too little. */
    bool (*split)(struct box *box, double room, struct box *rest);
    int bookmark; /* level, 0: none */
    const char *bookmark_title;
    size_t index;        /* among all boxes; set by layout_add() */
    struct box_run *run; /* instead of all this: many boxes, each made when it is its turn */
};

/* The rows of a table: as boxes they would take more memory than their words. */
struct box_run {
    size_t count;
    struct box (*make)(const void *content, size_t index);
    const void *content;
    size_t kept; /* how many of the last must stay with what follows */
};

struct layout {
    struct arena *arena, *scratch; /* scratch: of the row at hand */
    const struct document *document;
    const struct profile *profile;
    struct faces *faces;
    struct line_measure measure;
    struct diagnostics *diagnostics;
    struct page_form upright, turned;
    const struct page_form *form;    /* of what is added now */
    double left, top, width, height; /* of its text area */
    double indent;
    struct box *boxes; /* a run is one of them */
    size_t count, capacity;
    size_t total;                /* of all boxes, those of runs one by one */
    size_t replaced;             /* the one of them that was cut, from 1; 0: none */
    struct box replacement;      /* what stands in its place */
    struct appendix *appendices; /* tables to stand behind the signature */
    size_t appendix_count, appendix_capacity;
};

/* Tightness: 0…1 of what the box can give. */
static inline double box_height(const struct box *box, double tightness) {
    return box->height - tightness * box->shrink;
}

static inline struct box box_header(const struct box *box) {
    return box->header ? box->header(box) : (struct box){0};
}

/* The box of that number among all, those of runs too. */
struct box layout_box(const struct layout *layout, size_t index);
/* Puts a part of a box in its place; only one at a time has parts. */
void layout_replace(struct layout *layout, size_t index, struct box box);
/* Where the box lies is valid until the next is added. */
struct box *layout_add(struct layout *layout, struct box box);
/* What is added from now on stands on such pages, the first of them a new one. */
void layout_use_form(struct layout *layout, const struct page_form *form);
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
    double shrink;                 /* what each line may stand closer by */
    enum align align;
    const struct set_text *marker; /* of a list's item, drawn beside the first line */
};

/* How text is to be set. */
struct text_style {
    double size, leading, x, first_indent, width, shrink;
    enum line_mode mode;
    enum align align;
};

const struct line_text *text_prepare(struct layout *layout, const struct inline_ *inlines, enum face face);
const struct line_text *text_prepare_plain(struct layout *layout, const char *text, enum face face);
struct set_text *text_set(struct layout *layout, const struct line_text *text, const struct text_style *style);
double text_height(const struct set_text *text);
void text_draw_line(const struct set_text *text, size_t line, struct canvas *canvas, double top);
void text_draw(const struct set_text *text, struct canvas *canvas, double top);
/* The same with blanks that hold where several stand together. */
const char *text_with_room(struct arena *arena, const char *text);
/* The leading that goes with a size, in proportion to the body's. */
double text_leading(const struct layout *layout, double size);
/* What lines of that leading may stand closer by when that saves a page. */
double text_shrink(const struct layout *layout, double leading);
double text_rise(const struct layout *layout, double size, double leading);
/* One box a line, with widows and orphans avoided. Answers the first box's index. */
size_t text_add_boxes(struct layout *layout, const struct set_text *text, double gap, enum keep keep);

/* ===== What documents are made of ===== */

/* "Bảng 1. Theo hình thức" from the profile's words for it. */

void frame_add_head(struct layout *layout);
void frame_add_foot(struct layout *layout);
void prose_add(struct layout *layout);
/* The table here, or a line that says in which appendix it stands. */
void table_add(struct layout *layout, const struct table *table);
void appendices_add(struct layout *layout);
void chart_add(struct layout *layout, const struct chart *chart);

#endif
