/* sections.c - which sections of a template stand in this document, how often, and the numbers that tables get thereby.
 *
 * A section over {{#ledger.NAME}} is decided before anything is asked: queries inside it are not run when no file was
 * read into that ledger, so a template may speak of ledgers that an office does not keep. So is one over {{^public}}:
 * what names people is not even asked for the public. */
#include "report/fill.h"

#include "base/text.h"

#include <string.h>

size_t section_times(const struct item *item, bool section) {
    if (item_gap(item).kind == VALUE_GAP || item_is_true(item) != section)
        return 0;
    return item->kind == ITEM_LIST && item->count ? item->count : 1;
}

bool section_enter(struct fill *fill, const struct item *item, size_t row) {
    struct frames *frames = &fill->frames;
    if (frames->depth == FRAME_DEPTH)
        return false;
    frames->stack[frames->depth++] =
        item->kind == ITEM_LIST ? frames->source->element(frames->source->context, item, row) : *item;
    return true;
}

bool section_left_out(const struct fill *fill, const char *name, bool section) {
    if (!text_starts(name, "ledger.") && strcmp(name, "public") != 0)
        return false;
    struct item item = frames_find(&fill->frames, name);
    return section_times(&item, section) == 0;
}

bool query_left_out(const struct fill *fill, const struct query *query) {
    for (const struct part *section = query->within; section; section = section->outer)
        if (section_left_out(fill, section->name, section->kind == PART_SECTION))
            return true;
    return false;
}

/* ---- Numbers of tables ------------------------------------------------------------------------------------------ */

static void number_table(struct fill *fill, const char *query) {
    int number = ++fill->tables;
    for (size_t i = 0; i < fill->template->query_count; i++)
        if (strcmp(fill->template->queries[i].name, query) == 0 && !fill->numbers[i])
            fill->numbers[i] = number;
}

static void number_parts(struct fill *fill, const struct part *parts) {
    for (const struct part *part = parts; part; part = part->next) {
        bool section = part->kind == PART_SECTION;
        struct item item = {.kind = ITEM_MISSING};
        size_t times = 1;
        if (part->kind == PART_TABLE)
            number_table(fill, part->name);
        if (section || part->kind == PART_INVERTED) {
            item = frames_find(&fill->frames, part->name);
            times = section_times(&item, section);
        }
        for (size_t i = 0; i < times; i++) {
            bool entered = section && section_enter(fill, &item, i);
            number_parts(fill, part->children);
            fill->frames.depth -= entered;
        }
    }
}

void tables_number(struct fill *fill) {
    fill->tables = 0;
    number_parts(fill, fill->template->parts);
    fill->tables = 0;
}
