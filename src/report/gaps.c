/* gaps.c - figures that are no figures: nobody read what they rest on, or what they are compared with was before the
 * ledger was kept.
 *
 * What a query lacks is known from its text (store/lacks.c). Its columns then hold gaps in place of the zeros that SQL
 * answers; whatever is made of a gap is one, so that no template has to think of them. A section over a gap is neither
 * taken nor, inverted, taken for none: where it stands as a block, the page says what is not known. */
#include "report/fill.h"

#include "base/text.h"

#include <string.h>

static struct value gap_of(const struct fill *fill, const struct lacks *lacks, uint64_t mask) {
    const struct profile *profile = fill->request->profile;
    bool unknown = false, unkept = false;
    for (size_t i = 0; i < lacks->count; i++) {
        const bool asked = mask >> i & 1, period = lacks->lacks[i].kind == LACK_PERIOD;
        unknown = unknown || (asked && !period && lacks->lacks[i].kept);
        unkept = unkept || (asked && !period && !lacks->lacks[i].kept);
    }
    if (!mask)
        return value_none();
    if (unknown)
        return value_gap(GAP_UNKNOWN, profile ? profile->words.unknown : "");
    return unkept ? value_gap(GAP_UNKEPT, profile ? profile->words.unkept : "")
                  : value_gap(GAP_INCOMPARABLE, profile ? profile->words.incomparable : "");
}

/* What is lacked by the answer's column: by its name, or by its place where it has none. */
static uint64_t column_lacks(const struct lacks *lacks, const struct result *result, size_t column) {
    if (column < lacks->column_count && lacks->column_count == result->column_count)
        return lacks->columns[column];
    for (size_t c = 0; c < lacks->column_count; c++)
        if (lacks->names[c] && strcmp(lacks->names[c], result->names[column]) == 0)
            return lacks->columns[c];
    return 0;
}

/* Checks stand under one another by UNION ALL: those of what nobody read can neither agree nor disagree, the others do.
 */
static void keep_checks(struct fill *fill, size_t query) {
    struct result *result = &fill->results[query];
    const char **branches;
    const size_t count = store_branches(fill->arena, fill->template->queries[query].sql, &branches);
    struct result all = {.names = result->names,
                         .column_count = result->column_count,
                         .rows = grid_new(fill->arena, result->column_count)};
    for (size_t i = 0; i < count; i++) {
        struct result one;
        struct query_error error;
        if (store_lacks(fill->request->store, fill->arena, branches[i]) ||
            !store_query(fill->request->store, fill->arena, branches[i], &one, &error))
            continue;
        for (size_t row = 0; row < one.row_count && one.column_count == all.column_count; row++) {
            grid_add(all.rows, 0, grid_row(one.rows, row).cells);
            all.row_count++;
        }
    }
    *result = all;
}

void gaps_find(struct fill *fill, size_t query) {
    struct result *result = &fill->results[query];
    const struct lacks *lacks = store_lacks(fill->request->store, fill->arena, fill->template->queries[query].sql);
    fill->lacks[query] = lacks;
    if (!lacks)
        return;
    if (fill->template->queries[query].check) {
        keep_checks(fill, query);
        return;
    }
    result->gap = gap_of(fill, lacks, lacks->rows);
    result->gaps = ARENA_ARRAY(fill->arena, struct value, result->column_count + 1);
    for (size_t c = 0; c < result->column_count; c++)
        result->gaps[c] = gap_of(fill, lacks, column_lacks(lacks, result, c) | lacks->rows);
    if (result->gap.kind == VALUE_GAP)
        result->row_count = 0; /* what rows there are, are not those that were asked for */
}

/* "Sổ kỷ luật; cột «Dân tộc» của Danh sách đảng viên" */
static const char *lack_words(const struct fill *fill, const struct lacks *lacks, uint64_t mask) {
    struct arena *arena = fill->arena;
    const char *words = "";
    for (size_t i = 0; i < lacks->count; i++) {
        const struct lack *lack = &lacks->lacks[i];
        if (!(mask >> i & 1) || lack->kind == LACK_PERIOD || !lack->kept)
            continue;
        const char *values[] = {"column", lack->field ? lack->field->label : "", "ledger", lack->ledger->schema->label,
                                NULL};
        const char *one = lack->kind == LACK_COLUMN
                              ? profile_phrase(arena, fill->request->profile->words.unknown_column, values)
                              : lack->ledger->schema->label;
        words = arena_printf(arena, "%s%s%s", words, *words ? "; " : "", one);
    }
    return words;
}

const char *gaps_words(const struct fill *fill, const char *name) {
    const size_t length = strcspn(name, ".");
    const char *column = name[length] ? name + length + 1 : NULL;
    for (size_t q = 0; q < fill->template->query_count; q++) {
        const struct query *query = &fill->template->queries[q];
        if (!fill->lacks[q] || strlen(query->name) != length || memcmp(query->name, name, length) != 0)
            continue;
        const int at = column ? result_column(&fill->results[q], column) : -1;
        const uint64_t own = at >= 0 ? column_lacks(fill->lacks[q], &fill->results[q], (size_t)at) : 0;
        return lack_words(fill, fill->lacks[q], own | fill->lacks[q]->rows);
    }
    return "";
}

void gaps_tell(struct fill *fill, const char *name) {
    const char *words = gaps_words(fill, name), *values[] = {"what", words, NULL};
    if (*words && !fill->checking)
        shortfall_add(fill, WEIGHT_UNKNOWN,
                      profile_phrase(fill->arena, fill->request->profile->words.short_unknown, values));
}

struct value item_gap(const struct item *item) {
    if (item->kind == ITEM_VALUE && item->value.kind == VALUE_GAP)
        return item->value;
    const struct name_frame *frame = item->frame;
    return item->kind == ITEM_LIST && frame ? frame->result->gap : value_none();
}

bool gap_is(struct value value, enum gap gap) {
    return value.kind == VALUE_GAP && value.number == (int64_t)gap;
}

/* In place of a section of blocks, once below a heading. */
struct block *gaps_block(struct fill *fill, const char *name) {
    const char *words = gaps_words(fill, name), *values[] = {"what", words, NULL};
    gaps_tell(fill, name);
    const char *text = profile_phrase(fill->arena, fill->request->profile->words.unknown_part, values);
    if (!*text || (fill->gap_section == fill->section && strcmp(fill->gap_text, text) == 0))
        return NULL;
    fill->gap_section = fill->section;
    fill->gap_text = text;
    struct block *block = block_new(fill->arena, BLOCK_PARAGRAPH);
    block->inlines = inline_new(fill->arena, INLINE_VALUE, text);
    block->inlines->value = value_gap(GAP_UNKNOWN, text);
    return block;
}

/* Counts the figures among a paragraph's values, and those that are gaps. */
static void count_figures(const struct inline_ *inlines, size_t *figures, size_t *gaps) {
    for (; inlines; inlines = inlines->next) {
        const bool is_gap = inlines->kind == INLINE_VALUE &&
                            (gap_is(inlines->value, GAP_UNKNOWN) || gap_is(inlines->value, GAP_UNKEPT));
        *gaps += is_gap;
        *figures += inlines->kind == INLINE_VALUE && (is_gap || value_is_number(inlines->value));
        count_figures(inlines->children, figures, gaps);
    }
}

static const char *first_gap(const struct fill *fill, const struct piece *pieces) {
    const char *name = NULL;
    for (; pieces && !name; pieces = pieces->next) {
        const struct item item =
            pieces->kind == PIECE_VALUE ? frames_find(&fill->frames, pieces->expression.name) : (struct item){0};
        name = gap_is(item_gap(&item), GAP_UNKNOWN) ? pieces->expression.name : first_gap(fill, pieces->children);
    }
    return name;
}

/* A sentence of which no figure is known says so in one. */
bool gaps_replace(struct fill *fill, const struct piece *pieces, const struct inline_ *inlines, struct block **said) {
    size_t figures = 0, gaps = 0;
    count_figures(inlines, &figures, &gaps);
    if (!gaps || gaps < figures)
        return false;
    const char *name = first_gap(fill, pieces);
    *said = name ? gaps_block(fill, name) : NULL;
    return true;
}
