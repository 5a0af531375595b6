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

/* What is to know of a box: all that is asked again and again lies together. */
struct item {
    float height, shrink, gap;
    float room; /* of a page that begins with it, below what is repeated there */
    float page; /* the height of its page's text area */
    enum keep keep;
};

struct planning {
    const struct profile *profile;
    struct item *items;
    size_t count;
    bool open;        /* the last page is not to end behind them */
    bool carry;       /* what fills a short last page is carried over to it */
    double tightness; /* 0…1 */
    double parting;   /* the cost of parting a table that could stand whole, and of a page more */
    double *costs;    /* of the best pages that end before an item; negative: none */
    uint32_t *begins; /* the item that the last of these pages begins with */
};

static double room_of(const struct box *box) {
    return box->form->text_height - box_header(box).height;
}

static bool begins_page(const struct layout *layout, size_t box) {
    const struct box at = layout_box(layout, box);
    return at.begins_page || at.form != layout_box(layout, box - 1).form;
}

static bool is_cut(const struct layout *layout, size_t index) {
    const struct box box = layout_box(layout, index);
    return box.split && box.height > room_of(&box) + TOLERANCE;
}

static struct item item_of(const struct box *box) {
    return (struct item){.height = (float)box->height,
                         .shrink = (float)box->shrink,
                         .gap = (float)box->gap,
                         .room = (float)room_of(box),
                         .page = (float)box->form->text_height,
                         .keep = box->keep};
}

/* The boxes from `first` up to where pages must end anyway, or a box must be cut. */
static void take_items(struct planning *planning, const struct layout *layout, size_t first) {
    size_t stop = first;
    while (stop < layout->total && !is_cut(layout, stop) && (stop == first || !begins_page(layout, stop)))
        stop++;
    planning->open = stop < layout->total && (stop == first || !begins_page(layout, stop));
    planning->count = stop - first;
    planning->items = memory_resize(NULL, (planning->count + 1) * sizeof *planning->items);
    for (size_t i = 0; i < planning->count; i++) {
        const struct box box = layout_box(layout, first + i);
        planning->items[i] = item_of(&box);
    }
}

static double height_of(const struct planning *planning, size_t item, size_t begin) {
    const struct item *at = &planning->items[item];
    return at->height - planning->tightness * at->shrink + (item > begin ? at->gap : 0);
}

/* ===== Costs ===== */

/* A page's empty share counts by its square: one half-empty page is worse than two that lack a quarter. */
static double white_cost(const struct item *begin, double used) {
    double white = fmax(0, begin->room - used) / begin->page;
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

/* How much the last page lacks of what the profile wants there. */
static double short_share(const struct planning *planning, const struct item *begin, double used) {
    double wanted = begin->page * planning->profile->last_page_percent / 100;
    double filled = begin->page - begin->room + used;
    return wanted > 0 ? fmax(0, 1 - filled / wanted) : 0;
}

static double end_cost(const struct planning *planning, size_t begin, size_t end, double used) {
    const struct item *items = planning->items;
    if (end < planning->count)
        return white_cost(&items[begin], used) + keep_cost(planning, items[end - 1].keep);
    if (!planning->carry)
        return 0;
    double missing = short_share(planning, &items[begin], used);
    return missing * missing;
}

/* ===== The best pages ===== */

static void take_page(struct planning *planning, size_t begin, size_t end, double cost) {
    cost += planning->costs[begin] + planning->parting;
    if (planning->costs[end] < 0 || cost < planning->costs[end]) {
        planning->costs[end] = cost;
        planning->begins[end] = (uint32_t)begin;
    }
}

/* All pages that begin with an item; it stands on its page even if it is higher. */
static void try_pages(struct planning *planning, size_t begin) {
    double used = 0, room = planning->items[begin].room;
    for (size_t i = begin; i < planning->count; i++) {
        used += height_of(planning, i, begin);
        bool fits = used <= room + TOLERANCE;
        if (!fits && i > begin)
            return;
        take_page(planning, begin, i + 1, end_cost(planning, begin, i + 1, used) + (fits ? 0 : TOO_HIGH_COST));
    }
}

static void find_pages(struct planning *planning, double tightness) {
    planning->tightness = tightness;
    planning->costs[0] = 0;
    for (size_t i = 1; i <= planning->count; i++)
        planning->costs[i] = -1;
    for (size_t i = 0; i < planning->count; i++)
        if (planning->costs[i] >= 0)
            try_pages(planning, i);
}

static size_t count_pages(const struct planning *planning) {
    size_t count = 0;
    for (size_t at = planning->count; at; at = planning->begins[at])
        count++;
    return count;
}

static bool last_is_short(const struct planning *planning) {
    size_t begin = planning->begins[planning->count];
    double used = 0;
    for (size_t i = begin; i < planning->count; i++)
        used += height_of(planning, i, begin);
    return short_share(planning, &planning->items[begin], used) > 0;
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

static void list_ends(const struct planning *planning, size_t first, struct page_plan *plan) {
    size_t at = planning->count;
    plan->count = count_pages(planning);
    plan->ends = memory_resize(NULL, (plan->count + 1) * sizeof *plan->ends);
    for (size_t i = plan->count; i-- > 0; at = planning->begins[at])
        plan->ends[i] = first + at;
}

struct page_plan page_plan_make(const struct layout *layout, size_t first) {
    double unwanted = 1 - layout->profile->page_filled_percent / 100;
    struct planning planning = {.profile = layout->profile, .parting = unwanted * unwanted};
    struct page_plan plan = {0};
    take_items(&planning, layout, first);
    planning.costs = memory_resize(NULL, (planning.count + 1) * sizeof *planning.costs);
    planning.begins = memory_resize(NULL, (planning.count + 1) * sizeof *planning.begins);
    find_best(&planning);
    list_ends(&planning, first, &plan);
    plan.open = planning.open;
    plan.tightness = planning.tightness;
    free(planning.items);
    free(planning.costs);
    free(planning.begins);
    return plan;
}

void page_plan_free(struct page_plan *plan) {
    free(plan->ends);
}
