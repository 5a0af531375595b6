/* pdf_plan.h - which boxes stand on which page. */
#ifndef TONGKET_PDF_PLAN_H
#define TONGKET_PDF_PLAN_H

#include "render/pdf_layout.h"

struct page_plan {
    size_t *ends; /* of each page: the box behind its last */
    size_t count;
    double
        tightness; /* how far lines are drawn together on these pages: 0 not at all, 1 as far as the profile allows */
    bool open;     /* the last page goes on with a box that is higher than a page; without pages, it begins there */
};

/* The pages from box `first` up to the next box that begins a page by itself or has to be cut, by least cost: of empty
 * space, of parted tables, of pages, of a last page with little on it. Owned by the caller. */
struct page_plan page_plan_make(const struct layout *layout, size_t first);
void page_plan_free(struct page_plan *plan);

#endif
