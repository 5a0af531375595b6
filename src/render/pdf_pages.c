/* pdf_pages.c - filling pages with boxes.
 *
 * A page takes as many boxes as fit and ends at the last place where the next box need not be kept, or, when that left
 * the page too empty, where it would only rather be kept; without such a place it ends where it is full. A box higher
 * than a page is cut. */
#include "render/pdf_layout.h"

#include <stdio.h>

static const double TOLERANCE = 0.01;

/* Whether the box can only stand on a later page than the one before it. */
static bool begins_page(const struct layout *layout, size_t box) {
    return layout->boxes[box].begins_page || layout->boxes[box].form != layout->boxes[box - 1].form;
}

/* Where the page that begins with box `first` ends, and how much of its room the boxes take that fit: at the last place
 * where nothing has to be kept, or where it is only wished, if the page would stay too empty otherwise; `first` when
 * there is no such place. */
static size_t page_end(const struct layout *layout, size_t first, double room, size_t *fitting, double *used) {
    size_t ends[KEEP_MUST + 1] = {first, first, first};
    double filled = 0, least = layout->boxes[first].form->text_height * layout->profile->page_filled_percent / 100;
    *used = 0;
    *fitting = first;
    for (size_t i = first; i < layout->count; i++) {
        const struct box *box = &layout->boxes[i];
        double wanted = box->height + (i > first ? box->gap : 0);
        if (i > first && begins_page(layout, i))
            return i;
        if (*used + wanted > room + TOLERANCE)
            break;
        *used += wanted;
        *fitting = i + 1;
        if (i + 1 == layout->count)
            return i + 1;
        ends[box->keep] = i + 1;
        filled = box->keep == KEEP_NOT ? *used : filled;
    }
    return filled < least && ends[KEEP_RATHER] > ends[KEEP_NOT] ? ends[KEEP_RATHER] : ends[KEEP_NOT];
}

static void draw_page_number(struct layout *layout, const struct page_form *form, struct canvas *canvas, int number) {
    const struct profile *profile = layout->profile;
    char text[16];
    if (number < 2)
        return;
    snprintf(text, sizeof text, "%d", number);
    double size = profile->page_number_size, width = canvas_text_width(canvas, FACE_REGULAR, size, text);
    double figures = 0.66 * size; /* their height: the profile gives the distance to their top */
    canvas_text(canvas, FACE_REGULAR, size, form->text_left + (form->text_width - width) / 2,
                profile->page_number_top_mm * 72 / 25.4 + figures, text);
}

static void draw_boxes(struct layout *layout, size_t first, size_t end, double y, struct canvas *canvas) {
    for (size_t i = first; i < end; i++) {
        const struct box *box = &layout->boxes[i];
        y += i > first ? box->gap : 0;
        box->draw(box, canvas, y);
        y += box->height;
    }
}

static void add_bookmarks(const struct layout *layout, size_t first, size_t end, double y, struct pdf_file *file) {
    for (size_t i = first; i < end; i++) {
        const struct box *box = &layout->boxes[i];
        y += i > first ? box->gap : 0;
        if (box->bookmark)
            pdf_file_bookmark(file, box->bookmark, box->bookmark_title, y);
        y += box->height;
    }
}

/* One page from box `first` on; answers the box that the next begins with. */
static size_t draw_page(struct layout *layout, size_t first, int number, struct pdf_file *file) {
    const struct page_form *form = layout->boxes[first].form;
    const struct box *header = layout->boxes[first].header;
    struct canvas canvas = canvas_begin(layout->faces, form->height);
    double y = form->text_top, used;
    if (layout->document->duplex && number % 2 == 0)
        canvas_move(&canvas, form->back_right, form->back_down);
    draw_page_number(layout, form, &canvas, number);
    if (header) {
        header->draw(header, &canvas, y);
        y += header->height;
    }
    double room = form->text_top + form->text_height - y;
    size_t fitting, end = page_end(layout, first, room, &fitting, &used), next;
    struct box *over = fitting < layout->count ? &layout->boxes[fitting] : NULL, rest;
    double gap = over && fitting > first ? over->gap : 0;
    double whole = over ? over->form->text_height - (over->header ? over->header->height : 0) : 0;
    bool same_page = over && (fitting == first || !begins_page(layout, fitting));
    if (same_page && over->split && over->height > whole && over->split(over, room - used - gap, &rest)) {
        end = fitting + 1;
        next = fitting; /* the rest takes the place of what was drawn */
    } else {
        if (end == first)
            end = fitting > first ? fitting : first + 1;
        next = end;
    }
    draw_boxes(layout, first, end, y, &canvas);
    pdf_file_page(file, form->width, form->height, &canvas.out);
    add_bookmarks(layout, first, end, y, file);
    canvas_free(&canvas);
    if (next < end)
        layout->boxes[next] = rest;
    return next;
}

void layout_draw_pages(struct layout *layout, struct pdf_file *file) {
    int number = 1;
    for (size_t first = 0; first < layout->count && !pdf_file_failure(file); number++)
        first = draw_page(layout, first, number, file);
}
