/* pdf_plan.c - where pages end.
 *
 * All ways to part the boxes into pages are weighed together, each page's end by the costs below, so that what a page
 * does for the next ones counts too. Filling one page after the other was rejected: it cannot see that the last page
 * will hold two lines, nor that a table kept whole costs a page. */
#include "render/pdf_plan.h"

#include "base/arena.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

static const double TOLERANCE = 0.01;
/* Nothing else outweighs that: what must be kept is parted, or a box is higher than its page. */
static const double MUST_COST = 1e4, TOO_HIGH_COST = 1e6;
static const int TIGHTENINGS = 4; /* steps from the profile's line spacing down to its least */

struct planning {
    const struct layout *layout;
    size_t first, stop;
    bool open;        /* the last page is not to end at `stop` */
    bool carry;       /* what fills a short last page is carried over to it */
    double tightness; /* 0…1 */
    double parting;   /* the cost of parting a table that could stand whole, and of a page more */
    double *costs;    /* of the best pages that end behind a box, from `first` on; negative: none */
    uint32_t *begins; /* the box that the last of these pages begins with, from `first` on */
};

static double room_of(const struct box *box) {
    return box->form->text_height - (box->header ? box->header->height : 0);
}

static bool begins_page(const struct layout *layout, size_t box) {
    return layout->boxes[box].begins_page || layout->boxes[box].form != layout->boxes[box - 1].form;
}

static bool is_cut(const struct box *box) {
    return box->split && box->height > room_of(box) + TOLERANCE;
}

/* ===== Costs ===== */

/* A page's empty share counts by its square: one half-empty page is worse than two that lack a quarter. */
static double white_cost(const struct box *begin, double used) {
    double white = fmax(0, room_of(begin) - used) / begin->form->text_height;
    return white * white;
}

static double keep_cost(const struct planning *planning, enum keep keep) {
    static const double firmly = 10; /* times a table parted */
    switch (keep) {
    case KEEP_NOT:
        return 0;
    case KEEP_RATHER:
        return planning->parting;
    case KEEP_FIRMLY:
        return firmly * planning->parting;
    case KEEP_MUST:
        break;
    }
    return MUST_COST;
}

/* How much of the last page is filled, of what the profile wants there. */
static double short_share(const struct planning *planning, const struct box *begin, double used) {
    double wanted = begin->form->text_height * planning->layout->profile->last_page_percent / 100;
    double filled = begin->form->text_height - room_of(begin) + used;
    return wanted > 0 ? fmax(0, 1 - filled / wanted) : 0;
}

static double end_cost(const struct planning *planning, size_t begin, size_t end, double used) {
    const struct layout *layout = planning->layout;
    if (end < planning->stop)
        return white_cost(&layout->boxes[begin], used) + keep_cost(planning, layout->boxes[end - 1].keep);
    if (!planning->carry)
        return 0;
    double missing = short_share(planning, &layout->boxes[begin], used);
    return missing * missing;
}

/* ===== The best pages ===== */

static void take_page(struct planning *planning, size_t begin, size_t end, double cost) {
    size_t at = end - planning->first;
    cost += planning->costs[begin - planning->first] + planning->parting;
    if (planning->costs[at] < 0 || cost < planning->costs[at]) {
        planning->costs[at] = cost;
        planning->begins[at] = (uint32_t)(begin - planning->first);
    }
}

/* All pages that begin with a box; the first box stands on its page even if it is higher. */
static void try_pages(struct planning *planning, size_t begin) {
    const struct layout *layout = planning->layout;
    double used = 0, room = room_of(&layout->boxes[begin]);
    for (size_t i = begin; i < planning->stop; i++) {
        const struct box *box = &layout->boxes[i];
        used += box_height(box, planning->tightness) + (i > begin ? box->gap : 0);
        bool fits = used <= room + TOLERANCE;
        if (!fits && i > begin)
            return;
        take_page(planning, begin, i + 1, end_cost(planning, begin, i + 1, used) + (fits ? 0 : TOO_HIGH_COST));
    }
}

static void find_pages(struct planning *planning, double tightness) {
    planning->tightness = tightness;
    planning->costs[0] = 0;
    for (size_t i = 1; i <= planning->stop - planning->first; i++)
        planning->costs[i] = -1;
    for (size_t i = planning->first; i < planning->stop; i++)
        if (planning->costs[i - planning->first] >= 0)
            try_pages(planning, i);
}

static size_t count_pages(const struct planning *planning) {
    size_t count = 0;
    for (size_t at = planning->stop - planning->first; at; at = planning->begins[at])
        count++;
    return count;
}

static bool last_is_short(const struct planning *planning) {
    const struct layout *layout = planning->layout;
    size_t begin = planning->first + planning->begins[planning->stop - planning->first];
    double used = 0;
    for (size_t i = begin; i < planning->stop; i++)
        used += box_height(&layout->boxes[i], planning->tightness) + (i > begin ? layout->boxes[i].gap : 0);
    return short_share(planning, &layout->boxes[begin], used) > 0;
}

/* Lines are drawn together as little as saves a page; false when even the least spacing saves none. */
static bool tighten(struct planning *planning) {
    size_t pages = count_pages(planning);
    find_pages(planning, 1);
    if (count_pages(planning) >= pages)
        return false;
    for (int step = 1; step < TIGHTENINGS; step++) {
        find_pages(planning, (double)step / TIGHTENINGS);
        if (count_pages(planning) < pages)
            return true;
    }
    find_pages(planning, 1);
    return true;
}

/* A last page with hardly anything on it is saved, or else filled from the page before it. */
static void find_best(struct planning *planning) {
    find_pages(planning, 0);
    if (planning->open || !last_is_short(planning) || tighten(planning))
        return;
    planning->carry = true;
    find_pages(planning, 0);
}

static void list_ends(const struct planning *planning, struct page_plan *plan) {
    size_t at = planning->stop - planning->first;
    plan->count = count_pages(planning);
    plan->ends = memory_resize(NULL, (plan->count + 1) * sizeof *plan->ends);
    for (size_t i = plan->count; i-- > 0; at = planning->begins[at])
        plan->ends[i] = planning->first + at;
}

/* Up to where pages must end anyway, or a box must be cut. */
static void find_stop(struct planning *planning) {
    const struct layout *layout = planning->layout;
    size_t stop = planning->first;
    while (stop < layout->count && !is_cut(&layout->boxes[stop])) {
        stop++;
        if (stop < layout->count && begins_page(layout, stop)) {
            planning->stop = stop;
            return;
        }
    }
    planning->open = stop < layout->count;
    planning->stop = stop;
}

struct page_plan page_plan_make(const struct layout *layout, size_t first) {
    double unwanted = 1 - layout->profile->page_filled_percent / 100;
    struct planning planning = {.layout = layout, .first = first, .parting = unwanted * unwanted};
    struct page_plan plan = {0};
    find_stop(&planning);
    size_t count = planning.stop - first + 1;
    planning.costs = memory_resize(NULL, count * sizeof *planning.costs);
    planning.begins = memory_resize(NULL, count * sizeof *planning.begins);
    find_best(&planning);
    list_ends(&planning, &plan);
    plan.open = planning.open;
    plan.tightness = planning.tightness;
    free(planning.costs);
    free(planning.begins);
    return plan;
}

void page_plan_free(struct page_plan *plan) {
    free(plan->ends);
}
