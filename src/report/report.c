/* report.c - a template and the store into a document.
 *
 * Queries run first. Then every name in the template is looked up once, taken branches or not, so that one run says all
 * that is wrong; only a template without a mistake is filled. */
#include "report/report.h"

#include "base/file.h"
#include "base/text.h"
#include "report/fill.h"

#include <string.h>

enum { CHECK_WIDTH = 3 }; /* rule, expected, found */

/* ---- Queries ---------------------------------------------------------------------------------------------------- */

static void say_query(struct fill *fill, const struct query *query, const struct query_error *error) {
    struct place place = query->place;
    if (error->offset >= 0 && (size_t)error->offset <= strlen(query->sql))
        place = text_place(fill->arena, &query->text, (size_t)error->offset);
    const char *const words[] = {query->name, error->message, NULL};
    diagnose_words(fill->diagnostics, error->code, &place, words);
    fill->good = false;
}

static void note_reads(struct fill *fill, const struct query *query) {
    const struct report_request *request = fill->request;
    for (size_t i = 0; i < request->ledgers->count; i++) {
        const struct ledger *ledger = &request->ledgers->ledgers[i];
        if (!store_has_read(request->store, ledger))
            continue;
        fill->reads[i] = true;
        if (!request->asks)
            continue;
        const struct asked asked = store_asked_by(request->store, query->sql, ledger);
        request->asks[i].fields |= asked.period;
        if (!asked.period && !asked.before)
            request->asks[i].standing = true;
    }
}

static void run_queries(struct fill *fill) {
    const struct template *template = fill->template;
    fill->reads = ARENA_ARRAY(fill->arena, bool, fill->request->ledgers->count + 1);
    fill->results = ARENA_ARRAY(fill->arena, struct result, template->query_count + 1);
    fill->failed = ARENA_ARRAY(fill->arena, bool, template->query_count + 1);
    fill->lacks = ARENA_ARRAY(fill->arena, const struct lacks *, template->query_count + 1);
    for (size_t i = 0; i < template->query_count; i++) {
        const struct query *query = &template->queries[i];
        struct query_error error;
        if (query_left_out(fill, query)) {
            figures_excuse(fill, i);
            continue;
        }
        fill->failed[i] = !store_query(fill->request->store, fill->arena, query->sql, &fill->results[i], &error);
        if (fill->failed[i])
            say_query(fill, query, &error);
        else if (fill->request->public_)
            public_compare(fill, query, &fill->results[i]);
        note_reads(fill, query);
        if (!fill->failed[i])
            gaps_find(fill, i);
        size_t vague = store_take_vague(fill->request->store);
        if (vague)
            diagnose(fill->diagnostics, DATE_VAGUE, &query->place, arena_printf(fill->arena, "%zu", vague),
                     period_name(fill->arena, fill->request->period));
    }
}

/* ---- Names ------------------------------------------------------------------------------------------------------ */

/* A ledger that no schema describes is no mistake, but the section is never seen: say so. */
static void check_ledger(struct fill *fill, const char *name, const struct place *place) {
    const struct schemas *schemas = fill->request->ledgers->schemas;
    const char *ledger = text_starts(name, "ledger.") ? name + strlen("ledger.") : NULL;
    if (!ledger || schemas_find(schemas, ledger))
        return;
    const char **names = ARENA_ARRAY(fill->arena, const char *, schemas->count + 1);
    for (size_t i = 0; i < schemas->count; i++)
        names[i] = schemas->schemas[i].name;
    diagnose(fill->diagnostics, LEDGER_ABSENT, place, ledger,
             diagnose_nearest(fill->diagnostics, ledger, names, schemas->count));
}

static void cover_branch(const struct fill *fill, size_t branch) {
    if (fill->request->coverage && !fill->passage)
        fill->request->coverage->branches[branch] = true;
}

static void check_pieces(struct fill *fill, const struct piece *pieces) {
    for (const struct piece *piece = pieces; piece; piece = piece->next) {
        bool names = piece->kind == PIECE_SECTION || piece->kind == PIECE_INVERTED;
        struct item item = {.kind = ITEM_MISSING};
        if (piece->kind == PIECE_VALUE)
            expression_check(fill, &piece->expression, &piece->place);
        else if (names)
            item = names_find(fill, piece->expression.name, &piece->place);
        if (names) {
            check_ledger(fill, piece->expression.name, &piece->place);
            if (section_left_out(fill, piece->expression.name, piece->kind == PIECE_SECTION))
                continue;
        }
        bool entered = piece->kind == PIECE_SECTION && section_enter(fill, &item, 0);
        check_pieces(fill, piece->children);
        fill->frames.depth -= entered;
    }
}

static void check_parts(struct fill *fill, const struct part *parts) {
    for (const struct part *part = parts; part; part = part->next) {
        struct item item = {.kind = ITEM_MISSING};
        check_pieces(fill, part->pieces);
        if (part->kind == PART_SECTION || part->kind == PART_INVERTED) {
            item = names_find(fill, part->name, &part->place);
            check_ledger(fill, part->name, &part->place);
            if (section_left_out(fill, part->name, part->kind == PART_SECTION))
                continue;
        }
        bool entered = part->kind == PART_SECTION && section_enter(fill, &item, 0);
        check_parts(fill, part->children);
        fill->frames.depth -= entered;
        if (part->kind == PART_TABLE)
            table_make(fill, part->table);
        else if (part->kind == PART_CHART)
            chart_make(fill, part->chart);
    }
}

/* ---- Inlines ---------------------------------------------------------------------------------------------------- */

struct inlines {
    struct inline_ *first, **end;
    bool blank; /* ends with a blank, or nothing is there yet */
};

static struct inline_ *add_inline(struct fill *fill, struct inlines *out, enum inline_kind kind, const char *text) {
    struct inline_ *made = inline_new(fill->arena, kind, text);
    *out->end = made;
    out->end = &made->next;
    return made;
}

/* Sections that print nothing would leave two blanks where they stood. */
static void add_text(struct fill *fill, struct inlines *out, const char *text) {
    text += out->blank ? strspn(text, " ") : 0;
    size_t length = strlen(text);
    if (!length)
        return;
    out->blank = text[length - 1] == ' ';
    add_inline(fill, out, INLINE_TEXT, text);
}

static void fill_value(struct fill *fill, struct inlines *out, const struct piece *piece) {
    struct figure_value figure;
    if (!expression_value(fill, &piece->expression, &piece->place, &figure))
        return;
    add_inline(fill, out, INLINE_VALUE, figure.text)->value = figure.value;
    out->blank = figure.text[strlen(figure.text) - 1] == ' ';
    figures_keep(fill, &figure);
}

static void fill_pieces(struct fill *fill, struct inlines *out, const struct piece *pieces) {
    for (const struct piece *piece = pieces; piece; piece = piece->next) {
        struct item item;
        size_t times;
        switch (piece->kind) {
        case PIECE_TEXT:
            add_text(fill, out, piece->text);
            break;
        case PIECE_BREAK:
            add_inline(fill, out, INLINE_BREAK, "");
            out->blank = true;
            break;
        case PIECE_VALUE:
            fill_value(fill, out, piece);
            break;
        case PIECE_STRONG:
        case PIECE_EMPHASIS: {
            struct inlines inner = {.end = &inner.first, .blank = out->blank};
            fill_pieces(fill, &inner, piece->children);
            if (inner.first)
                add_inline(fill, out, piece->kind == PIECE_STRONG ? INLINE_STRONG : INLINE_EMPHASIS, NULL)->children =
                    inner.first;
            out->blank = inner.blank;
            break;
        }
        default:
            item = frames_find(&fill->frames, piece->expression.name);
            if (piece->kind == PIECE_INVERTED && gap_is(item_gap(&item), GAP_UNKNOWN)) {
                const char *words = value_string(fill->arena, item_gap(&item), NULL);
                gaps_tell(fill, piece->expression.name);
                add_inline(fill, out, INLINE_VALUE, words)->value = item_gap(&item);
                out->blank = false;
            }
            times = section_times(&item, piece->kind == PIECE_SECTION);
            if (times)
                cover_branch(fill, piece->branch);
            for (size_t i = 0; i < times; i++) {
                bool entered = piece->kind == PIECE_SECTION && section_enter(fill, &item, i);
                fill_pieces(fill, out, piece->children);
                fill->frames.depth -= entered;
            }
        }
    }
}

static struct inline_ *make_inlines(struct fill *fill, const struct piece *pieces) {
    struct inlines out = {.end = &out.first, .blank = true};
    fill_pieces(fill, &out, pieces);
    return out.first;
}

/* ---- Blocks ----------------------------------------------------------------------------------------------------- */

struct blocks {
    struct block **first, **end;
    struct block *last;
};

static void add_block(struct blocks *out, struct block *block) {
    struct block *last = out->last;
    /* A list in a section over rows is one list, not one a row. */
    if (last && last->kind == BLOCK_LIST && block->kind == BLOCK_LIST && (last->level == 0) == (block->level == 0)) {
        struct block *item = last->children;
        while (item && item->next)
            item = item->next;
        if (item)
            item->next = block->children;
        return;
    }
    *out->end = block;
    out->end = &block->next;
    out->last = block;
}

static void fill_parts(struct fill *fill, struct blocks *out, const struct part *parts);

static struct block *nested(struct fill *fill, enum block_kind kind, const struct part *part) {
    struct block *block = block_new(fill->arena, kind);
    struct blocks inner = {.first = &block->children, .end = &block->children};
    block->level = part->level;
    fill_parts(fill, &inner, part->children);
    return block->children ? block : NULL;
}

static bool uses_passage(const struct part *parts, const char *name) {
    for (const struct part *part = parts; part; part = part->next)
        if ((part->kind == PART_PASSAGE && strcmp(part->name, name) == 0) || uses_passage(part->children, name))
            return true;
    return false;
}

/* The file that was meant for the passage: one that is near in name and that no other passage reads. */
static const char *passage_meant(struct fill *fill, const char *folder, const char *name) {
    char **paths;
    int count = folder_there(fill->diagnostics, folder)
                    ? folder_list(fill->arena, fill->diagnostics, folder, false, &paths)
                    : 0;
    const char **names = ARENA_ARRAY(fill->arena, const char *, count > 0 ? count : 1);
    size_t free = 0;
    for (int i = 0; i < count; i++)
        if (!uses_passage(fill->template->parts, path_stem(fill->arena, paths[i])))
            names[free++] = path_name(paths[i]);
    return diagnose_nearest(fill->diagnostics, arena_printf(fill->arena, "%s.md", name), names, free);
}

/* The names in a passage are looked up when it is read, as a template's are before anything is filled. */
static void fill_passage_text(struct fill *fill, struct blocks *out, const char *path, const char *text) {
    const struct part *parts = prose_read(fill->arena, fill->diagnostics, path, text, fill->template->rounding);
    fill->good = fill->good && parts;
    fill->passage = true;
    check_parts(fill, parts);
    fill_parts(fill, out, parts);
    fill->passage = false;
}

static void fill_passage(struct fill *fill, struct blocks *out, const struct part *part) {
    const struct report_request *request = fill->request;
    const char *folder = arena_printf(fill->arena, "%s/%s/%s", request->texts,
                                      period_name(fill->arena, request->period), fill->template->name);
    const char *path = arena_printf(fill->arena, "%s/%s.md", folder, part->name);
    if (request->unit != NO_ROW) {
        const char *own = arena_printf(fill->arena, "%s/%s/%s.md", folder,
                                       units_id(store_units(request->store), request->unit), part->name);
        path = file_there(fill->diagnostics, own) ? own : path;
    }
    size_t length;
    const char *text =
        file_there(fill->diagnostics, path) ? file_read(fill->arena, fill->diagnostics, path, &length) : NULL;
    if (text && text_valid(text, length) == length && !text_is_blank(text, length)) {
        if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
            text += 3;
        text = text_nfc(fill->arena, text, strlen(text));
        fill_passage_text(fill, out, path, text);
        return;
    }
    const char *missing[] = {"passage", part->name, "file", path, NULL};
    shortfall_add(fill, WEIGHT_PASSAGE, profile_phrase(fill->arena, request->profile->words.short_passage, missing));
    diagnose(fill->diagnostics, TEXT_MISSING, &part->place, path, part->name, passage_meant(fill, folder, part->name));
    struct block *block = block_new(fill->arena, BLOCK_PARAGRAPH);
    block->inlines = inline_new(fill->arena, INLINE_EMPHASIS, NULL);
    block->inlines->children =
        inline_new(fill->arena, INLINE_TEXT, arena_printf(fill->arena, "[Cần bổ sung: %s]", part->name));
    add_block(out, block);
}

static void fill_section(struct fill *fill, struct blocks *out, const struct part *part) {
    struct item item = frames_find(&fill->frames, part->name);
    bool section = part->kind == PART_SECTION;
    size_t times = section_times(&item, section);
    struct block *said = gap_is(item_gap(&item), GAP_UNKNOWN) ? gaps_block(fill, part->name) : NULL;
    if (said)
        add_block(out, said);
    if (times)
        cover_branch(fill, part->branch);
    for (size_t i = 0; i < times; i++) {
        bool entered = section && section_enter(fill, &item, i);
        fill_parts(fill, out, part->children);
        fill->frames.depth -= entered;
    }
}

static void fill_part(struct fill *fill, struct blocks *out, const struct part *part) {
    struct block *block = NULL;
    switch (part->kind) {
    case PART_HEADING:
    case PART_PARAGRAPH:
        block = block_new(fill->arena, part->kind == PART_HEADING ? BLOCK_HEADING : BLOCK_PARAGRAPH);
        block->level = part->level;
        block->inlines = make_inlines(fill, part->pieces);
        if (!block->inlines)
            return;
        if (part->kind == PART_PARAGRAPH && gaps_replace(fill, part->pieces, block->inlines, &block))
            break;
        if (part->kind == PART_HEADING)
            fill->section = inlines_text(fill->arena, block->inlines);
        break;
    case PART_LIST:
        block = nested(fill, BLOCK_LIST, part);
        break;
    case PART_ITEM:
        block = nested(fill, BLOCK_ITEM, part);
        break;
    case PART_QUOTE:
        block = nested(fill, BLOCK_QUOTE, part);
        break;
    case PART_TABLE:
        block = block_new(fill->arena, BLOCK_TABLE);
        block->table = table_make(fill, part->table);
        break;
    case PART_CHART:
        block = block_new(fill->arena, BLOCK_CHART);
        block->chart = chart_make(fill, part->chart);
        break;
    case PART_PASSAGE:
        fill_passage(fill, out, part);
        return;
    default:
        fill_section(fill, out, part);
        return;
    }
    if (block)
        add_block(out, block);
}

static void fill_parts(struct fill *fill, struct blocks *out, const struct part *parts) {
    for (const struct part *part = parts; part && fill->good; part = part->next)
        fill_part(fill, out, part);
}

/* ---- Checks and sources ----------------------------------------------------------------------------------------- */

/* A check answers three columns, which are taken by their order, so that they need no names. */
static void check_checks(struct fill *fill) {
    for (size_t q = 0; q < fill->template->query_count; q++) {
        const struct query *query = &fill->template->queries[q];
        const struct result *result = &fill->results[q];
        if (!query->check || fill->failed[q] || query_left_out(fill, query) || result->column_count == CHECK_WIDTH)
            continue;
        const char *names = "";
        for (size_t c = 0; c < result->column_count; c++)
            names = arena_printf(fill->arena, "%s%s%s", names, c ? ", " : "", result->names[c]);
        diagnose(fill->diagnostics, CHECK_COLUMNS, &query->place, query->name,
                 arena_printf(fill->arena, "%zu", result->column_count), names);
        fill->good = false;
    }
}

static void fail_check(struct fill *fill, const struct place *place, const struct check *check) {
    const char *expected = value_string(fill->arena, check->expected, NULL),
               *found = value_string(fill->arena, check->found, NULL);
    const char *values[] = {"rule", check->rule, "expected", expected, "found", found, NULL};
    diagnose(fill->diagnostics, CHECK_FAILED, place, check->rule, expected, found);
    shortfall_add(fill, WEIGHT_CHECK, profile_phrase(fill->arena, fill->request->profile->words.short_check, values));
}

void check_add(struct fill *fill, const struct place *place, const char *rule, struct value expected,
               struct value found) {
    struct document *document = fill->document;
    struct check check = {
        .rule = rule, .expected = value_keep(fill->arena, expected), .found = value_keep(fill->arena, found)};
    check.equal = value_equal(check.expected, check.found);
    if (!check.equal)
        fail_check(fill, place, &check);
    document->checks = arena_grow(fill->arena, document->checks, &document->check_capacity, document->check_count + 1,
                                  sizeof *document->checks);
    document->checks[document->check_count++] = check;
}

static void make_checks(struct fill *fill) {
    for (size_t q = 0; q < fill->template->query_count; q++) {
        const struct query *query = &fill->template->queries[q];
        const struct result *result = &fill->results[q];
        if (!query->check || query_left_out(fill, query))
            continue;
        for (size_t row = 0; row < result->row_count; row++) {
            const struct grid_cell *cells = grid_row(result->rows, row).cells;
            check_add(fill, &query->place, value_string(fill->arena, cells[0].value, NULL), cells[1].value,
                      cells[2].value);
        }
    }
}

/* Says what the mark of hidden counts means. */
static void note_hidden(struct fill *fill, struct blocks *out) {
    if (!fill->least)
        return;
    struct block *block = block_new(fill->arena, BLOCK_PARAGRAPH);
    block->inlines = inline_new(fill->arena, INLINE_EMPHASIS, NULL);
    block->inlines->children = inline_new(
        fill->arena, INLINE_TEXT,
        arena_printf(fill->arena, "%s Không nêu số liệu dưới %lld và số liệu mà từ đó suy ra được số liệu ấy.",
                     value_string(fill->arena, value_hidden(), NULL), (long long)fill->least));
    add_block(out, block);
}

/* The files of the ledgers that the report reads, of the units that everything belongs to, and those that were taken
 * for no ledger: any of them may be what a figure lacks. */
static bool is_source(const struct fill *fill, const struct ledger_source *source) {
    const struct ledgers *ledgers = fill->request->ledgers;
    return !source->ledger || source->ledger == store_units(fill->request->store)->ledger ||
           fill->reads[source->ledger - ledgers->ledgers];
}

static void make_sources(struct fill *fill) {
    const struct ledgers *ledgers = fill->request->ledgers;
    struct source *sources = ARENA_ARRAY(fill->arena, struct source, ledgers->source_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < ledgers->source_count; i++) {
        const struct ledger_source *from = &ledgers->sources[i];
        if (!is_source(fill, from))
            continue;
        sources[count++] = (struct source){.file = from->file,
                                           .sheet = from->sheet ? from->sheet : "",
                                           .ledger = from->ledger ? from->ledger->schema->label : "",
                                           .read = from->read,
                                           .accepted = from->accepted,
                                           .rejected = from->rejected,
                                           .corrected = from->corrected,
                                           .skipped = from->skipped,
                                           .encoding = from->traits.encoding ? from->traits.encoding : "",
                                           .sha256 = from->sha256};
    }
    fill->document->sources = sources;
    fill->document->source_count = count;
}

/* ---- Documents -------------------------------------------------------------------------------------------------- */

/* The ledger of `each` must be there. */
static void check_each(struct fill *fill) {
    const struct template *template = fill->template;
    if (!template->each || ledgers_find(fill->request->ledgers, template->each))
        return;
    struct place place = {.file = template->file, .row = template->title_line};
    diagnose(fill->diagnostics, SETTING_VALUE, &place, "each", template->each, "templates/ledgers/*.ini");
    fill->good = false;
}

struct document *report_make(struct arena *arena, struct diagnostics *diagnostics,
                             const struct report_request *request) {
    struct document *document = ARENA_NEW(arena, struct document);
    struct fill fill = {.arena = arena,
                        .diagnostics = diagnostics,
                        .request = request,
                        .template = request->template,
                        .document = document,
                        .section = "",
                        .good = true};
    struct source_of_names source;
    const struct units *units = store_units(request->store);
    const uint32_t unit = request->unit == NO_ROW ? units->root : request->unit;
    *document = (struct document){.arena = arena,
                                  .report = request->template->name,
                                  .unit = unit == NO_ROW ? "" : units_id(units, unit),
                                  .period = period_name(arena, request->period),
                                  .profile = request->profile,
                                  .as_of = request->as_of,
                                  .public_ = request->public_,
                                  .version = request->version};
    store_set_period(request->store, request->period, request->first, request->last, request->as_of);
    store_set_unit(request->store, request->unit);
    store_set_item(request->store, request->item);
    fill.good = store_set_public(request->store, request->public_);
    fill.numbers = ARENA_ARRAY(arena, int, request->template->query_count + 1);
    check_each(&fill);
    names_open(&fill, &source);
    run_queries(&fill);
    if (fill.good)
        public_suppress(&fill);
    letterhead_fill(&fill);
    fill.checking = true;
    check_parts(&fill, fill.template->parts);
    check_checks(&fill);
    details_make(&fill);
    fill.checking = false;
    if (!fill.good || request->check_only)
        return NULL;
    fill.charts = 0;
    tables_number(&fill);
    make_sources(&fill);
    struct blocks out = {.first = &document->blocks, .end = &document->blocks};
    fill_parts(&fill, &out, fill.template->parts);
    make_checks(&fill);
    draft_settle(&fill);
    note_hidden(&fill, &out);
    letterhead_mark_end(&fill);
    if (request->public_)
        public_finish(&fill);
    return fill.good ? document : NULL;
}
