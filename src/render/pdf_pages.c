/* pdf_pages.c - drawing pages of boxes, as pdf_plan.c laid them out. A box higher than a page is cut. */
#include "render/pdf_plan.h"

#include <stdio.h>

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

/* A page and where its boxes are. */
struct sheet {
    struct layout *layout;
    struct pdf_file *file;
    const struct page_form *form;
    double top, tightness;
    size_t first, end;
};

static double gap_above(const struct sheet *sheet, size_t box) {
    return box > sheet->first ? layout_box(sheet->layout, box).gap : 0;
}

/* What a line gives up is taken from above and below it. */
static void draw_boxes(const struct sheet *sheet, struct canvas *canvas) {
    double y = sheet->top;
    for (size_t i = sheet->first; i < sheet->end; i++) {
        const struct box box = layout_box(sheet->layout, i);
        y += gap_above(sheet, i);
        box.draw(&box, canvas, y - sheet->tightness * box.shrink / 2);
        y += box_height(&box, sheet->tightness);
    }
}

static void add_bookmarks(const struct sheet *sheet) {
    double y = sheet->top;
    for (size_t i = sheet->first; i < sheet->end; i++) {
        const struct box box = layout_box(sheet->layout, i);
        y += gap_above(sheet, i);
        if (box.bookmark)
            pdf_file_bookmark(sheet->file, box.bookmark, box.bookmark_title, y);
        y += box_height(&box, sheet->tightness);
    }
}

static void draw_page(const struct sheet *sheet, int number) {
    const struct page_form *form = sheet->form;
    const struct box first = layout_box(sheet->layout, sheet->first), header = box_header(&first);
    struct canvas canvas = canvas_begin(sheet->layout->faces, form->height);
    if (sheet->layout->document->duplex && number % 2 == 0)
        canvas_move(&canvas, form->back_right, form->back_down);
    draw_page_number(sheet->layout, form, &canvas, number);
    if (header.draw)
        header.draw(&header, &canvas, form->text_top);
    draw_boxes(sheet, &canvas);
    canvas_end(&canvas);
    pdf_file_page(sheet->file, form->width, form->height, &canvas.out);
    add_bookmarks(sheet);
    canvas_free(&canvas);
}

static struct sheet sheet_begin(struct layout *layout, struct pdf_file *file, double tightness, size_t first) {
    const struct box box = layout_box(layout, first);
    return (struct sheet){.layout = layout,
                          .file = file,
                          .form = box.form,
                          .top = box.form->text_top + box_header(&box).height,
                          .tightness = tightness,
                          .first = first,
                          .end = first};
}

/* Where a page ends whose last box does not go on: where the least has to be kept, the later the better. */
static size_t best_end(const struct layout *layout, size_t first, size_t end) {
    size_t best = end;
    for (size_t i = end; i > first; i--)
        if (layout_box(layout, i - 1).keep < layout_box(layout, best - 1).keep)
            best = i;
    return best;
}

/* A page with the boxes up to one that is higher than a page, and as much of that as there is room for. Answers the box
 * that the next page begins with: the rest takes the place of what was drawn. */
static size_t draw_cut_page(struct sheet sheet, size_t cut, int number) {
    struct layout *layout = sheet.layout;
    struct box over = layout_box(layout, cut), rest;
    double room = sheet.form->text_top + sheet.form->text_height - sheet.top - gap_above(&sheet, cut);
    for (size_t i = sheet.first; i < cut; i++) {
        const struct box box = layout_box(layout, i);
        room -= gap_above(&sheet, i) + box_height(&box, sheet.tightness);
    }
    bool goes_on = over.split(&over, room, &rest);
    if (goes_on)
        layout_replace(layout, cut, over);
    sheet.end = goes_on || cut == sheet.first ? cut + 1 : best_end(layout, sheet.first, cut);
    draw_page(&sheet, number);
    if (goes_on)
        layout_replace(layout, cut, rest);
    return goes_on ? cut : sheet.end;
}

void layout_draw_pages(struct layout *layout, struct pdf_file *file) {
    int number = 1;
    for (size_t first = 0; first < layout->total && !pdf_file_failure(file);) {
        struct page_plan plan = page_plan_make(layout, first);
        size_t closed = plan.open && plan.count ? plan.count - 1 : plan.count;
        for (size_t i = 0; i < closed; i++, number++) {
            struct sheet sheet = sheet_begin(layout, file, plan.tightness, first);
            sheet.end = first = plan.ends[i];
            draw_page(&sheet, number);
        }
        if (plan.open) {
            struct sheet sheet = sheet_begin(layout, file, plan.tightness, first);
            first = draw_cut_page(sheet, plan.count ? plan.ends[closed] : first, number++);
        }
        page_plan_free(&plan);
    }
}
