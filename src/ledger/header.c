/* header.c - finding the header of a table, in one row or two.
 *
 *      │        │ Quyết định    │          the upper row may hold merged titles: each is carried to the right
 *   TT │ Họ tên │ Số    │ Ngày  │          and read before the lower name: "Quyết định số", "Quyết định ngày"
 *
 * Names are compared without case, marks and punctuation. Of several ledgers that could be meant, the one whose columns
 * name the most of the cells is taken. */
#include "ledger/load.h"

#include "base/text.h"

#include <string.h>

enum { STRANGE_NAMES = 6 };

struct header {
    int fields[MAX_COLUMNS];
    int matched, unmatched;
    const char *missing; /* labels of required fields that no cell names; "" when all are there */
};

/* Everything a column may be called: its own name, the name above, both. */
struct names {
    const char **own, **above, **both;
    size_t count;
};

static bool label_is_number(const char *label) {
    return strcmp(label, "stt") == 0 || strcmp(label, "tt") == 0 || strcmp(label, "so tt") == 0;
}

/* The last two columns of the workbook that the command check hands back: where a row stood, and what is wrong with it.
 * They are ours, whatever the ledger, and only side by side: a ledger may have a reason of its own. */
static bool is_handed_back(const struct names *names, size_t column) {
    static const char *const pair[] = {"tep dong", "ly do"};
    for (size_t first = column ? column - 1 : 0; first <= column && first + 1 < names->count; first++)
        if (strcmp(names->own[first], pair[0]) == 0 && strcmp(names->own[first + 1], pair[1]) == 0)
            return true;
    return false;
}

static uint32_t field_named(const struct schema *schema, const struct names *names, size_t column) {
    const char *const tries[] = {names->own[column], names->both[column],
                                 *names->own[column] ? "" : names->above[column]};
    for (size_t i = 0; i < 3; i++) {
        uint32_t field = *tries[i] ? map_get_text(&schema->labels, tries[i]) : MAP_NONE;
        if (field != MAP_NONE)
            return field;
    }
    return MAP_NONE;
}

static const struct forbidden *forbidden_named(const struct schema *schema, const struct names *names, size_t column) {
    const struct forbidden *own = schema_forbidden(schema, names->own[column]);
    return own ? own : schema_forbidden(schema, names->both[column]);
}

/* The field that has the name of this column to spare, when two columns have it: «Chỉ tiêu» beside «Chỉ tiêu giao» is
 * what the target is of. -1: none. */
static int spare_named(struct arena *arena, const struct schema *schema, const char *label, const bool *taken) {
    for (size_t f = 0; f < schema->field_count; f++)
        for (size_t i = 0; !taken[f] && i < schema->fields[f].spare_count; i++)
            if (strcmp(text_label(arena, schema->fields[f].spares[i]), label) == 0)
                return (int)f;
    return -1;
}

/* Of two columns that name one field, one may be another's. */
static void give_spares(struct load *load, const struct schema *schema, const struct names *names, bool *taken,
                        struct header *header) {
    for (size_t c = 0; c < names->count; c++) {
        const uint32_t field = header->fields[c] < 0 ? field_named(schema, names, c) : MAP_NONE;
        for (size_t other = 0; field != MAP_NONE && other < names->count; other++) {
            if (header->fields[other] != (int)field)
                continue;
            int spare = spare_named(load->head, schema, names->own[c], taken);
            if (spare >= 0) {
                header->fields[c] = spare;
            } else if ((spare = spare_named(load->head, schema, names->own[other], taken)) >= 0) {
                header->fields[other] = spare;
                header->fields[c] = (int)field;
            } else {
                break;
            }
            taken[spare] = true;
            header->matched++;
            header->unmatched--;
            break;
        }
    }
}

static void match_header(struct load *load, const struct schema *schema, const struct names *names,
                         struct header *header) {
    bool taken[SCHEMA_FIELDS] = {false};
    *header = (struct header){.missing = ""};
    for (size_t c = 0; c < names->count; c++) {
        header->fields[c] = -1;
        if ((!*names->own[c] && !*names->above[c]) || is_handed_back(names, c))
            continue;
        uint32_t field = field_named(schema, names, c);
        if (field == MAP_NONE && forbidden_named(schema, names, c)) {
            header->matched++; /* the table is this ledger's: it must not slip into another */
            continue;
        }
        if (field == MAP_NONE || taken[field]) {
            header->unmatched += *names->own[c] && !label_is_number(names->own[c]);
            continue;
        }
        header->fields[c] = (int)field;
        taken[field] = true;
        header->matched++;
    }
    give_spares(load, schema, names, taken, header);
    const char *quoted = diagnose_say(load->diagnostics, "%s«%s»", "%s'%s'");
    struct buffer missing = {0};
    for (size_t f = 0; f < schema->field_count; f++)
        if (schema->fields[f].required && !schema->fields[f].fallback && !taken[f])
            buffer_printf(&missing, quoted, missing.length ? ", " : "", schema->fields[f].label);
    header->missing = arena_text(load->head, buffer_string(&missing));
    buffer_free(&missing);
}

/* By its name, or by a group title above it. A title of the whole table, which begins in the first column, is none. */
static const struct forbidden *forbidden_column(const struct load *load, const struct names *names, size_t column) {
    const struct schema *schema = load->ledger->schema;
    const struct upper_row *upper = &load->upper;
    const struct forbidden *own = forbidden_named(schema, names, column);
    if (own || column >= upper->count || strcmp(upper->labels[column], upper->labels[0]) == 0)
        return own;
    return schema_forbidden(schema, upper->labels[column]);
}

static void say_unused(struct load *load, const struct row *row, const struct header *header,
                       const struct names *names) {
    const struct schema *schema = load->ledger->schema;
    struct ledger_source *source = &load->ledgers->sources[load->source];
    struct buffer unused = {0};
    for (size_t c = 0; c < load->width; c++) {
        if (header->fields[c] >= 0 || !*names->own[c] || label_is_number(names->own[c]) || is_handed_back(names, c))
            continue;
        const char *name = text_clean(load->head, row->cells[c].text, row->cells[c].length);
        struct place place = load_place(load, row->number, (unsigned)c + 1);
        uint32_t field = field_named(schema, names, c);
        const struct forbidden *forbidden = field == MAP_NONE ? forbidden_column(load, names, c) : NULL;
        if (forbidden) {
            diagnose(load->diagnostics, COLUMN_FORBIDDEN, &place, name, schema->label, forbidden->message);
            load->refused = true;
            continue;
        }
        buffer_printf(&unused, "%s%s", unused.length ? ", " : "", name);
        if (field != MAP_NONE && load->header_column[field]) {
            const struct cell *first = &row->cells[load->header_column[field] - 1];
            diagnose(load->diagnostics, HEADER_AMBIGUOUS, &place, schema->fields[field].label,
                     text_clean(load->head, first->text, first->length), name);
            continue;
        }
        const char **labels = ARENA_ARRAY(load->head, const char *, schema->field_count);
        for (size_t f = 0; f < schema->field_count; f++)
            labels[f] = schema->fields[f].label;
        diagnose(load->diagnostics, HEADER_UNKNOWN, &place, name, schema->label,
                 diagnose_nearest(load->diagnostics, name, labels, schema->field_count));
    }
    source->unused = arena_text(load->ledgers->arena, buffer_string(&unused));
    buffer_free(&unused);
}

static void begin_table(struct load *load, const struct row *row, size_t schema, const struct header *header,
                        const struct names *names) {
    struct ledger_source *source = &load->ledgers->sources[load->source];
    load->ledger = &load->ledgers->ledgers[schema];
    source->ledger = load->ledger;
    source->header_row = row->number;
    load->width = names->count;
    while (load->width && !*names->own[load->width - 1] && !*names->above[load->width - 1])
        load->width--;
    memcpy(load->fields, header->fields, sizeof load->fields);
    load->corrects = 0;
    for (size_t c = load->width; c-- > 0;) {
        if (load->fields[c] >= 0)
            load->header_column[load->fields[c]] = (unsigned)c + 1;
        else if (is_handed_back(names, c))
            load->corrects = (unsigned)c + 1; /* the first of the two */
    }
    unsigned *columns = ARENA_ARRAY(load->ledgers->arena, unsigned, SCHEMA_FIELDS);
    memcpy(columns, load->header_column, sizeof load->header_column);
    source->columns = columns;
    load->totals = ARENA_ARRAY(load->ledgers->arena, struct total, load->ledger->schema->field_count);
    load->file_ledgers++;
    say_unused(load, row, header, names);
}

/* What stands in the row instead of columns that are missed: "«Sinh ngày», «Phái»". */
static const char *strange_names(struct load *load, const struct row *row, const struct names *names,
                                 const struct header *header) {
    const char *quoted = diagnose_say(load->diagnostics, "%s«%s»", "%s'%s'");
    struct buffer out = {0};
    for (size_t c = 0, count = 0; c < names->count && count < STRANGE_NAMES; c++) {
        if (header->fields[c] >= 0 || !*names->own[c] || label_is_number(names->own[c]))
            continue;
        buffer_printf(&out, quoted, count++ ? ", " : "",
                      text_clean(load->head, row->cells[c].text, row->cells[c].length));
    }
    const char *text = arena_text(load->ledgers->arena, buffer_string(&out));
    buffer_free(&out);
    return text;
}

static bool try_names(struct load *load, const struct row *row, const struct names *names) {
    struct header *header = ARENA_NEW(load->head, struct header), *best = ARENA_NEW(load->head, struct header);
    int best_score = 0;
    size_t best_schema = 0;
    for (size_t s = 0; s < load->ledgers->schemas->count; s++) {
        match_header(load, &load->ledgers->schemas->schemas[s], names, header);
        int score = header->matched * 2 - header->unmatched;
        if (*header->missing == '\0' && header->matched >= 2 && score > best_score) {
            best_score = score;
            best_schema = s;
            *best = *header;
        }
        if (*header->missing && header->matched >= 2 && score > load->nearest_score) {
            load->nearest_score = score;
            load->nearest = (int)s;
            load->nearest_row = row->number;
            load->missing = arena_text(load->ledgers->arena, header->missing);
            load->strange = strange_names(load, row, names, header);
        }
    }
    if (best_score > 0)
        begin_table(load, row, best_schema, best, names);
    return best_score > 0;
}

/* A merged title stands in its first cell: it is meant for the blank ones to its right too. */
static void keep_upper(struct load *load, const struct names *names) {
    load->upper =
        (struct upper_row){.labels = ARENA_ARRAY(load->head, const char *, names->count + 1), .count = names->count};
    for (size_t c = 0; c < names->count; c++)
        load->upper.labels[c] = *names->own[c] || !c ? names->own[c] : load->upper.labels[c - 1];
}

bool header_find(struct load *load, const struct row *row) {
    struct names names = {.count = row->count < MAX_COLUMNS ? row->count : MAX_COLUMNS};
    if (!load->head)
        load->head = arena_new();
    names.own = ARENA_ARRAY(load->head, const char *, names.count + 1);
    names.above = ARENA_ARRAY(load->head, const char *, names.count + 1);
    names.both = ARENA_ARRAY(load->head, const char *, names.count + 1);
    for (size_t c = 0; c < names.count; c++) {
        names.own[c] = text_label(load->head, arena_copy(load->head, row->cells[c].text, row->cells[c].length));
        names.above[c] = names.both[c] = "";
    }
    if (try_names(load, row, &names))
        return true;
    struct upper_row upper = load->upper;
    keep_upper(load, &names);
    if (!upper.count)
        return false;
    for (size_t c = 0; c < names.count && c < upper.count; c++) {
        names.above[c] = upper.labels[c];
        if (*names.above[c] && *names.own[c])
            names.both[c] = arena_printf(load->head, "%s %s", names.above[c], names.own[c]);
    }
    return try_names(load, row, &names);
}

void header_forget(struct load *load) {
    arena_free(load->head);
    load->head = NULL;
    load->upper = (struct upper_row){0};
}
