/* names.c - what names in a template mean.
 *
 *   <query>            its rows, for sections; <query>.<column> is that column of its first row
 *   <column>           inside a section over a query's rows; row.number row.first row.last beside it
 *   period.phrase      năm 2017; also name year next_year previous_year start end month quarter half previous.phrase …
 *   office.*  signer.* the settings of inputs/office.ini
 *   unit.id unit.name unit.kind  as_of
 *   ledger.NAME        how many sheets were read into that ledger; {{#ledger.NAME}} keeps what needs it
 *   table.QUERY        the number of the query's table in this document
 *   public             1 for the public audience, else 0 */
#include "report/fill.h"

#include "base/text.h"

#include <string.h>

static bool same(const char *name, size_t length, const char *word) {
    return strlen(word) == length && memcmp(name, word, length) == 0;
}

static struct item item_value(struct value value) {
    return (struct item){.kind = ITEM_VALUE, .value = value};
}

static struct item item_text(const char *text) {
    return item_value(value_text(text));
}

static struct name_frame *frame_new(const struct fill *fill, enum frame_kind kind) {
    struct name_frame *frame = ARENA_NEW(fill->arena, struct name_frame);
    frame->kind = kind;
    return frame;
}

static struct item item_frame(const struct name_frame *frame) {
    return (struct item){.kind = ITEM_FRAME, .frame = frame};
}

const struct result *names_result(const struct fill *fill, const char *query) {
    for (size_t i = 0; i < fill->template->query_count; i++)
        if (strcmp(fill->template->queries[i].name, query) == 0 && !fill->template->queries[i].check) {
            if (fill->request->coverage)
                fill->request->coverage->queries[i] = true;
            return &fill->results[i];
        }
    return NULL;
}

static struct item find_root(const struct fill *fill, const char *name, size_t length) {
    static const struct {
        const char *name;
        enum frame_kind kind;
    } groups[] = {{"period", FRAME_PERIOD}, {"unit", FRAME_UNIT}, {"ledger", FRAME_LEDGERS}, {"table", FRAME_TABLES}};
    const char *word = arena_copy(fill->arena, name, length);
    const struct result *result = names_result(fill, word);
    struct name_frame *frame;
    if (result) {
        frame = frame_new(fill, FRAME_QUERY);
        frame->result = result;
        frame->query = word;
        return (struct item){.kind = ITEM_LIST, .frame = frame, .count = result->row_count};
    }
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (same(name, length, groups[i].name))
            return item_frame(frame_new(fill, groups[i].kind));
    if (same(name, length, "public"))
        return item_value(value_integer(fill->request->public_));
    if (same(name, length, "as_of"))
        return item_value(value_date(fill->request->as_of));
    if (same(name, length, "office") || same(name, length, "signer")) {
        frame = frame_new(fill, FRAME_SETTINGS);
        frame->section = settings_find(fill->request->office, word);
        return item_frame(frame);
    }
    return (struct item){.kind = ITEM_MISSING};
}

static struct item find_period(const struct fill *fill, const char *name, size_t length) {
    const struct report_request *request = fill->request;
    struct period period = request->period, earlier = period_year_earlier(period), before = period_preceding(period);
    if (same(name, length, "phrase"))
        return item_text(period_phrase(fill->arena, period));
    if (same(name, length, "name"))
        return item_text(period_name(fill->arena, period));
    if (same(name, length, "previous_phrase"))
        return item_text(period_phrase(fill->arena, earlier));
    if (same(name, length, "preceding_phrase"))
        return item_text(period_phrase(fill->arena, before));
    if (same(name, length, "start"))
        return item_value(value_date(request->first));
    if (same(name, length, "end"))
        return item_value(value_date(date_compare(request->as_of, request->last) < 0 ? request->as_of : request->last));
    if (same(name, length, "index"))
        return item_text(arena_printf(fill->arena, "%d", period.index));
    for (int step = -1; step <= 1; step++) {
        static const char *const years[] = {"previous_year", "year", "next_year"};
        if (same(name, length, years[step + 1]))
            return item_text(arena_printf(fill->arena, "%d", period.year + step));
    }
    return (struct item){.kind = ITEM_MISSING};
}

static struct item find_unit(const struct fill *fill, const char *name, size_t length) {
    const struct units *units = store_units(fill->request->store);
    uint32_t unit = fill->request->unit == NO_ROW ? units->root : fill->request->unit;
    if (unit == NO_ROW)
        return item_value(value_none());
    if (same(name, length, "id"))
        return item_text(units_id(units, unit));
    if (same(name, length, "name"))
        return item_text(units_name(units, unit));
    if (same(name, length, "kind"))
        return item_text(units_kind(units, unit));
    return (struct item){.kind = ITEM_MISSING};
}

static struct item find_ledger(const struct fill *fill, const char *name, size_t length) {
    const struct ledgers *ledgers = fill->request->ledgers;
    int64_t sheets = 0;
    for (size_t i = 0; i < ledgers->source_count; i++)
        sheets += ledgers->sources[i].ledger && same(name, length, ledgers->sources[i].ledger->schema->name);
    return item_value(value_integer(sheets));
}

/* As text: a number that leads to a table is no figure of the report. */
static struct item find_table(const struct fill *fill, const char *name, size_t length) {
    for (size_t i = 0; i < fill->template->query_count; i++)
        if (same(name, length, fill->template->queries[i].name))
            return item_text(fill->numbers[i] ? arena_printf(fill->arena, "%d", fill->numbers[i]) : "");
    return (struct item){.kind = ITEM_MISSING};
}

static struct item find_row_state(const struct name_frame *frame, const char *name, size_t length) {
    if (same(name, length, "number"))
        return item_value(value_integer((int64_t)frame->row + 1));
    if (same(name, length, "first"))
        return item_value(value_integer(frame->row == 0));
    if (same(name, length, "last"))
        return item_value(value_integer(frame->row + 1 >= frame->result->row_count));
    return (struct item){.kind = ITEM_MISSING};
}

static struct item find_column(const struct fill *fill, const struct name_frame *frame, const char *name,
                               size_t length) {
    const struct result *result = frame->result;
    if (frame->kind == FRAME_ROW && same(name, length, "row")) {
        struct name_frame *state = frame_new(fill, FRAME_ROW_STATE);
        state->result = result;
        state->row = frame->row;
        return item_frame(state);
    }
    /* tally.before? asks whether there is a figure at all, be it 0. */
    const bool asks = length > 1 && name[length - 1] == '?';
    int column = result_column(result, arena_copy(fill->arena, name, length - asks));
    if (column < 0)
        return (struct item){.kind = ITEM_MISSING};
    const bool gap = result->gaps && result->gaps[column].kind == VALUE_GAP;
    if (asks)
        return item_value(value_integer(!gap));
    if (gap)
        return item_value(result->gaps[column]);
    if (frame->row >= result->row_count)
        return item_value(value_none());
    return item_value(value_keep(fill->arena, result_value(result, frame->row, (size_t)column)));
}

static struct item find(const void *context, const void *at, const char *name, size_t length) {
    const struct fill *fill = context;
    const struct name_frame *frame = at;
    switch (frame->kind) {
    case FRAME_ROOT:
        return find_root(fill, name, length);
    case FRAME_QUERY:
    case FRAME_ROW:
        return find_column(fill, frame, name, length);
    case FRAME_ROW_STATE:
        return find_row_state(frame, name, length);
    case FRAME_PERIOD:
        return find_period(fill, name, length);
    case FRAME_UNIT:
        return find_unit(fill, name, length);
    case FRAME_LEDGERS:
        return find_ledger(fill, name, length);
    case FRAME_TABLES:
        return find_table(fill, name, length);
    default: {
        const char *value = settings_get(frame->section, arena_copy(fill->arena, name, length), NULL);
        return value ? item_text(value) : (struct item){.kind = ITEM_MISSING};
    }
    }
}

static struct item element(const void *context, const struct item *list, size_t index) {
    const struct fill *fill = context;
    const struct name_frame *query = list->frame;
    struct name_frame *row = frame_new(fill, FRAME_ROW);
    row->result = query->result;
    row->query = query->query;
    row->row = index;
    return item_frame(row);
}

void names_open(struct fill *fill, struct source_of_names *source) {
    *source = (struct source_of_names){
        .context = fill, .find = find, .element = element, .print = words_print, .rounding = fill->template->rounding};
    fill->frames.source = source;
    fill->frames.stack[0] = item_frame(frame_new(fill, FRAME_ROOT));
    fill->frames.depth = 1;
}

/* All names that could have been meant here, as they would be written. */
static size_t known_names(struct fill *fill, const char ***names) {
    static const char *const fixed[] = {"period.phrase",    "period.year",
                                        "period.next_year", "period.previous_year",
                                        "period.start",     "period.end",
                                        "period.name",      "as_of",
                                        "unit.name",        "unit.id",
                                        "row.number",       "row.first",
                                        "row.last",         "period.previous_phrase"};
    static const char *const settings[] = {"office", "signer"};
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++) {
        *names = arena_grow(fill->arena, *names, &capacity, count + 1, sizeof **names);
        (*names)[count++] = fixed[i];
    }
    for (size_t s = 0; s < sizeof settings / sizeof *settings; s++) {
        const struct settings_section *section = settings_find(fill->request->office, settings[s]);
        for (size_t i = 0; section && i < section->count; i++) {
            *names = arena_grow(fill->arena, *names, &capacity, count + 1, sizeof **names);
            (*names)[count++] = arena_printf(fill->arena, "%s.%s", settings[s], section->entries[i].name);
        }
    }
    for (size_t q = 0; q < fill->template->query_count; q++) {
        const struct result *result = &fill->results[q];
        *names = arena_grow(fill->arena, *names, &capacity, count + result->column_count * 2 + 1, sizeof **names);
        (*names)[count++] = fill->template->queries[q].name;
        for (size_t c = 0; c < result->column_count; c++)
            (*names)[count++] = arena_printf(fill->arena, "%s.%s", fill->template->queries[q].name, result->names[c]);
    }
    for (size_t at = 1; at < fill->frames.depth; at++) {
        const struct name_frame *frame = fill->frames.stack[at].frame;
        if (fill->frames.stack[at].kind != ITEM_FRAME || frame->kind != FRAME_ROW)
            continue;
        *names = arena_grow(fill->arena, *names, &capacity, count + frame->result->column_count, sizeof **names);
        for (size_t c = 0; c < frame->result->column_count; c++)
            (*names)[count++] = frame->result->names[c];
    }
    return count;
}

/* Rows that were spread over columns are none of a query's. */
static bool has_failed(const struct fill *fill, const struct result *result) {
    for (size_t i = 0; i < fill->template->query_count; i++)
        if (result == &fill->results[i])
            return fill->failed[i];
    return false;
}

/* Whether the name may be a column of a query that failed, the one it begins with or a section's, or of something that
 * a section around it named in vain: that was said already. */
static bool follows_failure(const struct fill *fill, const char *name) {
    const struct result *named = names_result(fill, arena_copy(fill->arena, name, strcspn(name, ".")));
    if (named)
        return has_failed(fill, named);
    for (size_t at = 1; at < fill->frames.depth; at++) {
        const struct item *item = &fill->frames.stack[at];
        const struct name_frame *frame = item->frame;
        if (item->kind == ITEM_MISSING ||
            (item->kind == ITEM_FRAME && frame->kind == FRAME_ROW && has_failed(fill, frame->result)))
            return true;
    }
    return false;
}

struct item names_find(struct fill *fill, const char *name, const struct place *place) {
    struct item item = frames_find(&fill->frames, name);
    if (item.kind != ITEM_MISSING || follows_failure(fill, name))
        return item;
    const char **names = NULL;
    size_t count = known_names(fill, &names);
    const char *hint = diagnose_nearest(fill->diagnostics, name, names, count);
    if (text_starts(name, "office.") || text_starts(name, "signer."))
        hint = arena_printf(fill->arena,
                            diagnose_say(fill->diagnostics, "%s; nếu cần thì thêm dòng «%s = …» vào [%.6s] của %s",
                                         "%s; or add a line '%s = …' to [%.6s] of %s"),
                            hint, strchr(name, '.') + 1, name, fill->request->office->file);
    diagnose(fill->diagnostics, NAME_UNKNOWN, place, name, hint);
    fill->good = false;
    return item;
}

const struct result *names_query(struct fill *fill, const char *query, const struct place *place) {
    const struct result *result = names_result(fill, query);
    if (result)
        return has_failed(fill, result) ? NULL : result;
    const char **names = ARENA_ARRAY(fill->arena, const char *, fill->template->query_count + 1);
    for (size_t i = 0; i < fill->template->query_count; i++)
        names[i] = fill->template->queries[i].name;
    diagnose(fill->diagnostics, QUERY_UNKNOWN, place, query,
             diagnose_nearest(fill->diagnostics, query, names, fill->template->query_count));
    fill->good = false;
    return NULL;
}

int names_column(struct fill *fill, const char *query, const struct result *result, const char *name,
                 const struct place *place) {
    int column = result_column(result, name);
    if (column >= 0)
        return column;
    diagnose(fill->diagnostics, COLUMN_UNKNOWN, place, query, name,
             diagnose_nearest(fill->diagnostics, name, result->names, result->column_count));
    fill->good = false;
    return -1;
}
