/* public.c - what is done to a document that is to be published: small counts hidden, long numbers masked.
 *
 * Which columns and rows the public may see at all is the store's; see store_set_public(). */
#include "report/fill.h"
#include "report/suppress.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

/* ---- Small counts ----------------------------------------------------------------------------------------------- */

enum { LEAST = 5, LEAST_MOST = 1000 };

int64_t public_minimum(const struct settings *office, struct diagnostics *diagnostics) {
    const struct settings_section *section = settings_find(office, "public");
    const char *text = settings_get(section, "minimum", NULL);
    char *end;
    if (!text)
        return LEAST;
    long number = strtol(text, &end, 10);
    if (end != text && !*end && number >= 2 && number <= LEAST_MOST)
        return number;
    struct place place = settings_place(office, settings_line(section, "minimum"));
    if (diagnostics)
        diagnose(diagnostics, SETTING_VALUE, &place, "minimum", text, "2 – 1000");
    return 0;
}

static size_t query_index(const struct fill *fill, const char *name) {
    size_t at = 0;
    while (at < fill->template->query_count &&
           (strcmp(fill->template->queries[at].name, name) != 0 || fill->template->queries[at].check))
        at++;
    return at;
}

/* The queries that the template names as counting people. They must exist for whichever audience. */
void public_suppress(struct fill *fill) {
    const struct template *template = fill->template;
    struct place place = {.file = template->file, .row = template->small_line};
    const int64_t least = public_minimum(fill->request->office, NULL);
    fill->good = fill->good && least;
    size_t hidden = 0;
    fill->sums = ARENA_ARRAY(fill->arena, struct value *, template->query_count + 1);
    for (size_t i = 0; i < template->small_count; i++) {
        size_t at = query_index(fill, template->small[i]);
        if (at == template->query_count) {
            names_query(fill, template->small[i], &place);
            continue;
        }
        if (!fill->request->public_ || fill->sums[at])
            continue;
        fill->sums[at] = ARENA_ARRAY(fill->arena, struct value, fill->results[at].column_count + 1);
        hidden += suppress_small(fill->arena, &fill->results[at], least, fill->sums[at]);
    }
    if (hidden)
        diagnose(fill->diagnostics, PUBLIC_SMALL, &place, arena_printf(fill->arena, "%zu", hidden),
                 arena_printf(fill->arena, "%lld", (long long)least));
    fill->least = hidden ? least : 0;
}

static bool numbers_differ(const struct result *left, const struct result *right) {
    if (left->row_count != right->row_count)
        return true;
    for (size_t row = 0; row < left->row_count; row++)
        for (size_t c = 0; c < left->column_count; c++) {
            const struct value one = result_value(left, row, c), other = result_value(right, row, c);
            if (value_is_number(one) && value_is_number(other) && !value_equal(one, other))
                return true;
        }
    return false;
}

/* No word or date comes from a column that is not public: with all columns open, they are the same. */
static bool words_agree(const struct result *left, const struct result *right) {
    if (left->row_count != right->row_count)
        return false;
    for (size_t row = 0; row < left->row_count; row++)
        for (size_t c = 0; c < left->column_count; c++) {
            const struct value one = result_value(left, row, c), other = result_value(right, row, c);
            if (!value_is_number(other) && !value_equal(one, other))
                return false;
        }
    return true;
}

void public_compare(struct fill *fill, const struct query *query, struct result *result) {
    struct result open;
    if (!store_query_open(fill->request->store, fill->arena, query->sql, &open) || !numbers_differ(result, &open))
        return;
    if (query->counts && words_agree(result, &open))
        *result = open;
    else
        diagnose(fill->diagnostics, PUBLIC_FILTER, &query->place, query->name);
}

const struct value *public_sum(const struct fill *fill, const struct result *result, size_t column) {
    for (size_t i = 0; fill->sums && i < fill->template->query_count; i++)
        if (result == &fill->results[i]) /* and not rows that were spread out of it */
            return fill->sums[i] ? &fill->sums[i][column] : NULL;
    return NULL;
}

/* ---- Long numbers ----------------------------------------------------------------------------------------------- */

static size_t digits_at(const char *text) {
    return strspn(text, "0123456789");
}

/* A blank, no-break or not, a dot or a hyphen; its bytes, 0 for none. */
static size_t separator_at(const char *text) {
    if (text_starts(text, "\xc2\xa0"))
        return 2;
    return *text == ' ' || *text == '.' || *text == '-';
}

struct digits {
    size_t bytes, count, first, groups;
    bool even, dotted; /* all groups behind the first have three; all separators are dots */
};

/* The digits from here on, in groups of two and more with one separator between them. */
static struct digits take_digits(const char *text) {
    struct digits found = {.bytes = digits_at(text), .groups = 1, .even = true, .dotted = true};
    found.first = found.count = found.bytes;
    for (size_t gap; (gap = separator_at(text + found.bytes)) > 0;) {
        size_t more = digits_at(text + found.bytes + gap);
        if (more < 2 || found.count + more > 12)
            break;
        found.even = found.even && more == 3;
        found.dotted = found.dotted && text[found.bytes] == '.';
        found.bytes += gap + more;
        found.count += more;
        found.groups++;
    }
    return found;
}

/* Phone and identity numbers have 9 to 12 digits. In groups they begin with 0 and at least three digits, or all groups
 * have three; dates begin with two, 123.456.789 is an amount of money, and 2014 2015 2016 are years. */
static size_t long_number(const char *text) {
    struct digits found = take_digits(text);
    if (found.first >= 9 && found.first <= 12)
        return found.first;
    bool grouped = found.groups > 1 && found.count >= 9 && found.count <= 12 && found.first >= 3 &&
                   (*text == '0' || (found.even && found.first == 3 && !found.dotted));
    return grouped ? found.bytes : 0;
}

const char *public_mask(struct arena *arena, const char *text, size_t *masked) {
    char *copy = NULL;
    for (size_t at = 0; text && text[at];) {
        if (text[at] < '0' || text[at] > '9') {
            at++;
            continue;
        }
        size_t length = long_number(text + at), end = at + (length ? length : digits_at(text + at));
        if (length && !copy)
            copy = arena_text(arena, text);
        for (*masked += length > 0; at < end; at++)
            if (length && text[at] >= '0' && text[at] <= '9')
                copy[at] = '*';
    }
    return copy ? copy : text;
}

static void mask_text(struct fill *fill, const char **text, const char *where) {
    size_t masked = 0;
    *text = public_mask(fill->arena, *text, &masked);
    if (masked)
        diagnose(fill->diagnostics, PUBLIC_MASKED, NULL, arena_printf(fill->arena, "%zu", masked), where);
}

/* A typed number is a count and stays; a text is masked in both its forms. */
static void mask_value(struct fill *fill, struct value *value, const char **text, const char *where) {
    size_t masked = 0;
    if (value->kind != VALUE_TEXT)
        return;
    value->text = public_mask(fill->arena, value->text, &masked);
    mask_text(fill, text, where);
}

static void mask_inlines(struct fill *fill, struct inline_ *inlines, const char *where) {
    for (; inlines; inlines = inlines->next) {
        if (inlines->kind == INLINE_VALUE)
            mask_value(fill, &inlines->value, &inlines->text, where);
        else
            mask_text(fill, &inlines->text, where);
        mask_inlines(fill, inlines->children, where);
    }
}

static void mask_table(struct fill *fill, struct table *table) {
    struct grid *masked = grid_new(fill->arena, table->column_count);
    struct grid_cell *cells = ARENA_ARRAY(fill->arena, struct grid_cell, table->column_count);
    mask_text(fill, &table->caption, "caption");
    for (size_t row = 0; row < table->row_count; row++) {
        const struct grid_row from = grid_row(table->rows, row);
        memcpy(cells, from.cells, table->column_count * sizeof *cells);
        for (size_t c = 0; c < table->column_count; c++)
            if (cells[c].value.kind == VALUE_TEXT)
                mask_value(fill, &cells[c].value, &cells[c].text,
                           arena_printf(fill->arena, "Bảng %d, dòng %zu, cột «%s»", table->number, row + 1,
                                        table->columns[c].label));
        grid_add(masked, from.kind, cells);
    }
    table->rows = masked;
}

static void mask_chart(struct fill *fill, struct chart *chart) {
    const char *where = arena_printf(fill->arena, "Biểu đồ %d", chart->number);
    const char **categories = ARENA_ARRAY(fill->arena, const char *, chart->category_count + 1);
    mask_text(fill, &chart->caption, where);
    for (size_t i = 0; i < chart->category_count; i++) {
        categories[i] = chart->categories[i];
        mask_text(fill, &categories[i], where);
    }
    chart->categories = categories;
}

/* Blocks are made by this folder, and are its own to write until the document is handed on. */
static void mask_blocks(struct fill *fill, struct block *block, const char *where) {
    for (; block; block = block->next) {
        mask_inlines(fill, block->inlines, where);
        if (block->kind == BLOCK_HEADING)
            where = inlines_text(fill->arena, block->inlines);
        if (block->table)
            mask_table(fill, (struct table *)block->table);
        if (block->chart)
            mask_chart(fill, (struct chart *)block->chart);
        mask_blocks(fill, block->children, where);
    }
}

void public_finish(struct fill *fill) {
    struct document *document = fill->document;
    mask_text(fill, &document->title, "tiêu đề");
    mask_text(fill, &document->subject, "tiêu đề");
    mask_text(fill, &document->note, "tiêu đề");
    mask_blocks(fill, document->blocks, "phần đầu");
    for (size_t i = 0; i < document->figure_count; i++) {
        mask_text(fill, &document->figures[i].label, document->figures[i].name);
        mask_text(fill, &document->figures[i].section, document->figures[i].name);
    }
    document->checks = NULL;
    document->check_count = 0;
    document->sources = NULL;
    document->source_count = 0;
}
