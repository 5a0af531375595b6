/* draft.c - what keeps a document from being signed, and the cover sheet that says so.
 *
 * The page itself carries nothing but the mark of a draft: what is missing is the clerk's matter, not the reader's. The
 * cover sheet is a document of its own, so that every renderer prints it. */
#include "report/fill.h"

#include "base/text.h"

#include <string.h>

void shortfall_add(struct fill *fill, enum weight weight, const char *text) {
    struct document *document = fill->document;
    for (size_t i = 0; i < document->shortfall_count; i++)
        if (strcmp(document->shortfalls[i].text, text) == 0)
            return;
    document->shortfalls = arena_grow(fill->arena, document->shortfalls, &document->shortfall_capacity,
                                      document->shortfall_count + 1, sizeof *document->shortfalls);
    document->shortfalls[document->shortfall_count++] =
        (struct shortfall){.weight = weight, .text = arena_text(fill->arena, text)};
}

static bool reads(const struct fill *fill, const struct schema *schema) {
    const struct ledgers *ledgers = fill->request->ledgers;
    for (size_t i = 0; i < ledgers->count; i++)
        if (ledgers->ledgers[i].schema == schema)
            return fill->reads[i] || &ledgers->ledgers[i] == store_units(fill->request->store)->ledger;
    return false;
}

static void add_lost(struct fill *fill) {
    const struct report_request *request = fill->request;
    for (size_t i = 0; i < request->lost_count; i++) {
        const struct lost_file *lost = &request->lost[i];
        const char *values[] = {"file", lost->file, "ledger", lost->ledger ? lost->ledger->label : "?", NULL};
        if (!lost->ledger || reads(fill, lost->ledger))
            shortfall_add(fill, WEIGHT_FILE, profile_phrase(fill->arena, request->profile->words.short_file, values));
    }
}

static void add_rejected(struct fill *fill) {
    const struct document *document = fill->document;
    for (size_t i = 0; i < document->source_count; i++) {
        const struct source *source = &document->sources[i];
        const size_t lost = source->rejected - source->corrected;
        const char *values[] = {
            "file", source->file, "ledger", source->ledger, "rows", arena_printf(fill->arena, "%zu", lost), NULL};
        if (lost)
            shortfall_add(fill, WEIGHT_ROWS,
                          profile_phrase(fill->arena, fill->request->profile->words.short_rows, values));
    }
}

/* Copies of a case that differ: the first stands in the figures until somebody says which is right. */
static void add_disputed(struct fill *fill) {
    const struct ledgers *ledgers = fill->request->ledgers;
    for (size_t i = 0; i < ledgers->count; i++) {
        const struct ledger *ledger = &ledgers->ledgers[i];
        const char *values[] = {"ledger", ledger->schema->label, "rows",
                                arena_printf(fill->arena, "%zu", ledger->disputed), NULL};
        if (ledger->disputed && reads(fill, ledger->schema))
            shortfall_add(fill, WEIGHT_DISPUTE,
                          profile_phrase(fill->arena, fill->request->profile->words.short_disputed, values));
    }
}

/* The gravest first; of one weight as they were found. */
static void rank(const struct document *document) {
    for (size_t i = 1; i < document->shortfall_count; i++) {
        const struct shortfall moved = document->shortfalls[i];
        size_t at = i;
        for (; at && document->shortfalls[at - 1].weight > moved.weight; at--)
            document->shortfalls[at] = document->shortfalls[at - 1];
        document->shortfalls[at] = moved;
    }
}

void draft_settle(struct fill *fill) {
    add_lost(fill);
    add_rejected(fill);
    add_disputed(fill);
    if (!fill->document->shortfall_count)
        return;
    rank(fill->document);
    fill->document->letterhead.draft = fill->request->profile->words.draft_mark;
    letterhead_blank(fill);
}

struct document *report_cover(const struct document *document) {
    struct arena *arena = document->arena;
    struct document *cover = ARENA_NEW(arena, struct document);
    struct block *list = block_new(arena, BLOCK_LIST), **end = &list->children;
    const char *values[] = {"title", text_lower(arena, document->title), "subject", document->subject, NULL};
    if (!document->shortfall_count)
        return NULL;
    *cover = *document;
    cover->title = *document->profile->words.cover_title ? document->profile->words.cover_title : document->title;
    cover->subject = profile_phrase(arena, document->profile->words.cover_subject, values);
    cover->letterhead.draft = "";
    cover->recipient_count = 0;
    cover->signature = (struct signature){"", "", ""};
    cover->figures = NULL;
    cover->figure_count = cover->check_count = cover->detail_count = 0;
    cover->blocks = list;
    list->level = 1;
    for (size_t i = 0; i < document->shortfall_count; i++) {
        struct block *item = block_new(arena, BLOCK_ITEM), *words = block_new(arena, BLOCK_PARAGRAPH);
        words->inlines = inline_new(arena, INLINE_TEXT, document->shortfalls[i].text);
        item->children = words;
        *end = item;
        end = &item->next;
    }
    return cover;
}
