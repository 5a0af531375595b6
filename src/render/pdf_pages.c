/* pdf_pages.c - filling pages with boxes.
 *
 * A page takes as many boxes as fit and ends at the last place where the next box need not be kept, or, when that left
 * the page too empty, where it would only rather be kept; without such a place it ends where it is full. A box higher
 * than a page is cut. */
#include "render/pdf_layout.h"

#include <stdio.h>
#include <string.h>

static const double TOLERANCE = 0.01;

/* The boxes from the beginning of the page at hand on, as far as they were looked at. */
struct pages {
    struct layout *layout;
    struct pdf_file *file;
    size_t next, row; /* the box that was not yet taken, and of a run how many were */
    struct box *boxes;
    size_t count, capacity;
};

static bool take_box(struct pages *pages) {
    const struct layout *layout = pages->layout;
    if (pages->next == layout->count)
        return false;
    struct box box = layout->boxes[pages->next];
    const struct box_run *run = box.run;
    if (run) {
        const struct page_form *form = box.form;
        box = run->make(run->content, pages->row);
        box.form = form;
        box.keep = pages->row + run->kept >= run->count ? KEEP_MUST : box.keep;
    }
    if (!run || ++pages->row == run->count) {
        pages->next++;
        pages->row = 0;
    }
    pages->boxes = arena_grow(layout->arena, pages->boxes, &pages->capacity, pages->count + 1, sizeof *pages->boxes);
    pages->boxes[pages->count++] = box;
    return true;
}

/* The boxes lie elsewhere after the next call; false behind the last. */
static bool has_box(struct pages *pages, size_t index) {
    bool more = true;
    while (more && pages->count <= index)
        more = take_box(pages);
    return more;
}

static void drop_boxes(struct pages *pages, size_t count) {
    pages->count -= count;
    memmove(pages->boxes, pages->boxes + count, pages->count * sizeof *pages->boxes);
}

/* Whether the box can only stand on a later page than the one before it. */
static bool begins_page(const struct pages *pages, size_t box) {
    return pages->boxes[box].begins_page || pages->boxes[box].form != pages->boxes[box - 1].form;
}

/* Behind which box the page ends, and how much of its room the boxes take that fit: behind the last where nothing has
 * to be kept, or where it is only wished, if the page would stay too empty otherwise; 0 when there is none such. */
static size_t page_end(struct pages *pages, double room, size_t *fitting, double *used) {
    size_t ends[KEEP_MUST + 1] = {0};
    double filled = 0, least = pages->boxes[0].form->text_height * pages->layout->profile->page_filled_percent / 100;
    *used = 0;
    *fitting = 0;
    for (size_t i = 0; has_box(pages, i); i++) {
        const struct box *box = &pages->boxes[i];
        double wanted = box->height + (i ? box->gap : 0);
        if (i && begins_page(pages, i))
            return i;
        if (*used + wanted > room + TOLERANCE)
            break;
        *used += wanted;
        *fitting = i + 1;
        ends[box->keep] = i + 1;
        filled = box->keep == KEEP_NOT ? *used : filled;
        if (!has_box(pages, i + 1))
            return i + 1;
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

static void draw_boxes(const struct pages *pages, size_t end, double y, struct canvas *canvas) {
    for (size_t i = 0; i < end; i++) {
        const struct box *box = &pages->boxes[i];
        y += i ? box->gap : 0;
        box->draw(box, canvas, y);
        y += box->height;
    }
}

static void add_bookmarks(const struct pages *pages, size_t end, double y) {
    for (size_t i = 0; i < end; i++) {
        const struct box *box = &pages->boxes[i];
        y += i ? box->gap : 0;
        if (box->bookmark)
            pdf_file_bookmark(pages->file, box->bookmark, box->bookmark_title, y);
        y += box->height;
    }
}

static struct box header_of(const struct box *box) {
    return box->header ? box->header(box) : (struct box){0};
}

static void draw_page(struct pages *pages, int number) {
    struct layout *layout = pages->layout;
    const struct page_form *form = pages->boxes[0].form;
    const struct box header = header_of(&pages->boxes[0]);
    struct canvas canvas = canvas_begin(layout->faces, form->height);
    double y = form->text_top, used;
    if (layout->document->duplex && number % 2 == 0)
        canvas_move(&canvas, form->back_right, form->back_down);
    draw_page_number(layout, form, &canvas, number);
    if (header.draw)
        header.draw(&header, &canvas, y);
    y += header.height;
    double room = form->text_top + form->text_height - y;
    size_t fitting, end = page_end(pages, room, &fitting, &used), next;
    struct box *over = has_box(pages, fitting) ? &pages->boxes[fitting] : NULL, rest;
    double gap = over && fitting ? over->gap : 0;
    double whole = over ? over->form->text_height - header_of(over).height : 0;
    bool same_page = over && (!fitting || !begins_page(pages, fitting));
    if (same_page && over->split && over->height > whole && over->split(over, room - used - gap, &rest)) {
        end = fitting + 1;
        next = fitting; /* the rest takes the place of what was drawn */
    } else {
        end = end ? end : fitting ? fitting : 1;
        next = end;
    }
    draw_boxes(pages, end, y, &canvas);
    pdf_file_page(pages->file, form->width, form->height, &canvas.out);
    add_bookmarks(pages, end, y);
    canvas_free(&canvas);
    if (next < end)
        pages->boxes[next] = rest;
    drop_boxes(pages, next);
}

void layout_draw_pages(struct layout *layout, struct pdf_file *file) {
    struct pages pages = {.layout = layout, .file = file};
    for (int number = 1; has_box(&pages, 0) && !pdf_file_failure(file); number++)
        draw_page(&pages, number);
}
