/* combine.c - the distinct combinations of some columns, counted in one pass over the rows.
 *
 * Rows go by in blocks that stay in the first cache: those in scope that the windows may hold are picked, then the
 * codes of the columns are put together into one key each, like digits of a number:
 * key = (a * limit of b + b) * limit of c + c. A key has its combination's number in an array as long as there are few
 * keys, else in a hash. Combinations are numbered by first appearance either way. Columns of which all keys would not
 * fit into 64 bits take several passes: the number that a row got in one is its first digit in the next.
 *
 * Rejected: a pass for each column, with the numbers so far kept for every row. Five of them over five million rows
 * moved 200 MB to and fro where one reads 100. */
#include "base/arena.h"
#include "store/tables.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 2048, DENSE_LIMIT = 1 << 22, PARTS = 64 /* codes of a year behind its days */ };

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

/* A window as codes: the days from first on, and the year and the month that its first day lies in, which are too vague
 * to be told to be outside. Codes of later months and years lie among the days, those of quarters and half-years from
 * `parts` on behind the days of their year. */
struct window_codes {
    const struct table_column *column;
    uint32_t year, month, first, last, parts, most;
};

struct pass {
    const struct table *table;
    const uint32_t *sorted; /* NULL: rows are their own numbers */
    uint32_t from, end;     /* places of the rows in scope */
    struct window_codes windows[WINDOWS];
    size_t window_count;
    uint32_t *groups; /* by picked place: the combination of the columns of earlier passes */
    uint32_t group_count;
};

static struct window_codes window_as_codes(const struct table *table, const struct window *window) {
    const uint32_t parts = date_pack((struct date){.year = window->last.year, .month = DATE_QUARTER});
    const bool vague = table->columns[window->column].vague;
    return (struct window_codes){.column = &table->columns[window->column],
                                 .parts = vague ? parts : PARTS /* no date's */,
                                 .most = vague ? parts + PARTS - 1 : date_pack(window->last),
                                 .year = date_pack((struct date){.year = window->first.year}),
                                 .month =
                                     date_pack((struct date){.year = window->first.year, .month = window->first.month}),
                                 .first = date_pack(window->first),
                                 .last = date_pack(window->last)};
}

/* The codes of some rows, in their order. */
static void read_codes(const struct table_column *column, const uint32_t *rows, size_t count, uint32_t *codes) {
    if (column->through && !column->lookup) {
        for (size_t i = 0; i < count; i++)
            codes[i] = table_code(column, rows[i]);
        return;
    }
    const uint32_t *own = column->through ? column->through->codes : column->column->codes;
    for (size_t i = 0; i < count; i++)
        codes[i] = own[rows[i]];
    for (size_t i = 0; column->through && i < count; i++)
        codes[i] = column->lookup[codes[i]];
}

/* The rows of the places [at, at + count) that all windows may hold. */
static size_t pick_rows(const struct pass *pass, uint32_t at, size_t count, uint32_t *rows) {
    uint32_t codes[BLOCK];
    for (size_t i = 0; i < count; i++)
        rows[i] = pass->sorted ? pass->sorted[at + i] : at + (uint32_t)i;
    for (size_t w = 0; w < pass->window_count; w++) {
        const struct window_codes *window = &pass->windows[w];
        size_t kept = 0;
        read_codes(window->column, rows, count, codes);
        for (size_t i = 0; i < count; i++) {
            const uint32_t code = codes[i];
            rows[kept] = rows[i];
            kept += (code >= window->first && code <= window->last) || code == window->month || code == window->year ||
                    code - window->parts < PARTS;
        }
        count = kept;
    }
    return count;
}

/* ---- Numbers of keys -------------------------------------------------------------------------------------------- */

struct pair {
    uint64_t key;
    uint32_t number;
};

struct numbering {
    uint32_t *dense;    /* by key; NULL: hashed */
    struct pair *pairs; /* number UINT32_MAX: free */
    size_t size;
    uint32_t count;
    size_t capacity;
    uint32_t *firsts, *counts; /* by number: a row, how many */
};

static size_t pair_slot(uint64_t key, size_t size) {
    key = (key ^ key >> 29) * 0xbf58476d1ce4e5b9u;
    key = (key ^ key >> 32) * 0x94d049bb133111ebu;
    return (size_t)(key ^ key >> 31) & (size - 1);
}

static struct pair *free_pairs(size_t size) {
    struct pair *pairs = memory_resize(NULL, size * sizeof *pairs);
    for (size_t i = 0; i < size; i++)
        pairs[i].number = UINT32_MAX;
    return pairs;
}

static struct pair *find_pair(struct pair *pairs, size_t size, uint64_t key) {
    size_t at = pair_slot(key, size);
    while (pairs[at].number != UINT32_MAX && pairs[at].key != key)
        at = (at + 1) & (size - 1);
    return &pairs[at];
}

static void widen_pairs(struct numbering *numbering) {
    size_t size = numbering->size * 4;
    struct pair *wide = free_pairs(size);
    for (size_t i = 0; i < numbering->size; i++)
        if (numbering->pairs[i].number != UINT32_MAX)
            *find_pair(wide, size, numbering->pairs[i].key) = numbering->pairs[i];
    free(numbering->pairs);
    numbering->pairs = wide;
    numbering->size = size;
}

static uint32_t *number_slot(struct numbering *numbering, uint64_t key) {
    if (numbering->dense)
        return &numbering->dense[key];
    if ((size_t)numbering->count * 2 >= numbering->size)
        widen_pairs(numbering);
    struct pair *pair = find_pair(numbering->pairs, numbering->size, key);
    pair->key = key;
    return &pair->number;
}

static void numbering_room(struct numbering *numbering, size_t capacity) {
    numbering->capacity = capacity;
    numbering->firsts = memory_resize(numbering->firsts, capacity * sizeof *numbering->firsts);
    numbering->counts = memory_resize(numbering->counts, capacity * sizeof *numbering->counts);
}

static uint32_t new_number(struct numbering *numbering, uint32_t row) {
    if (numbering->count == numbering->capacity)
        numbering_room(numbering, numbering->capacity * 2);
    numbering->firsts[numbering->count] = row;
    numbering->counts[numbering->count] = 0;
    return numbering->count++;
}

static void numbering_open(struct numbering *numbering, uint64_t keys, uint32_t rows) {
    *numbering = (struct numbering){0};
    numbering_room(numbering, 64);
    if (keys <= DENSE_LIMIT && keys <= (uint64_t)rows * 4 + 1024) {
        numbering->dense = memory_resize(NULL, (size_t)keys * sizeof *numbering->dense);
        memset(numbering->dense, 0xff, (size_t)keys * sizeof *numbering->dense);
    } else {
        numbering->size = 1024;
        numbering->pairs = free_pairs(numbering->size);
    }
}

static void numbering_free(struct numbering *numbering) {
    free(numbering->dense);
    free(numbering->pairs);
    free(numbering->firsts);
    free(numbering->counts);
}

/* ---- Combinations ----------------------------------------------------------------------------------------------- */

/* Codes lie in [base + 1, base + limit) or are 0. */
struct digit {
    const struct table_column *column;
    uint32_t base, limit;
};

/* The days of a column that some row has; a window leaves fewer of them. */
static void narrow_dates(const struct pass *pass, struct digit *digit) {
    uint32_t least = digit->column->least, most = digit->column->most;
    for (size_t w = 0; w < pass->window_count; w++) {
        const struct window_codes *window = &pass->windows[w];
        if (window->column == digit->column) {
            least = window->year > least ? window->year : least;
            most = window->most < most ? window->most : most;
        }
    }
    digit->base = most >= least && most ? least - 1 : 0;
    digit->limit = most >= least && most ? most - digit->base + 1 : 1;
}

/* Takes columns of the mask from *next on as long as their keys fit into 64 bits; answers how many keys there can be.
 */
static uint64_t take_digits(const struct pass *pass, uint64_t mask, size_t *next, struct digit *digits, size_t *count) {
    uint64_t keys = pass->groups ? pass->group_count : 1;
    for (*count = 0; *next < pass->table->column_count; (*next)++) {
        if (!(mask >> *next & 1))
            continue;
        struct digit digit = {.column = &pass->table->columns[*next]};
        digit.limit = column_code_limit(digit.column->column);
        if (!digit.limit)
            narrow_dates(pass, &digit);
        if (keys > UINT64_MAX / digit.limit)
            break;
        keys *= digit.limit;
        digits[(*count)++] = digit;
    }
    return keys;
}

static void add_digit(const struct digit *digit, const uint32_t *rows, size_t count, uint64_t *keys) {
    uint32_t codes[BLOCK];
    read_codes(digit->column, rows, count, codes);
    for (size_t i = 0; i < count; i++)
        keys[i] = keys[i] * digit->limit + (codes[i] ? codes[i] - digit->base : 0);
}

/* One pass; with `keep` the rows' numbers become the groups of the next. */
static void number_rows(struct pass *pass, const struct digit *digits, size_t digit_count, bool keep,
                        struct numbering *numbering) {
    uint32_t rows[BLOCK];
    uint64_t keys[BLOCK];
    size_t place = 0;
    uint32_t *groups = pass->groups;
    if (keep && !groups)
        groups = memory_resize(NULL, ((size_t)(pass->end - pass->from) + 1) * sizeof *groups);
    for (uint32_t at = pass->from; at < pass->end;) {
        size_t size = pass->end - at < BLOCK ? pass->end - at : BLOCK, count = pick_rows(pass, at, size, rows);
        for (size_t i = 0; i < count; i++)
            keys[i] = pass->groups ? groups[place + i] : 0;
        for (size_t d = 0; d < digit_count; d++)
            add_digit(&digits[d], rows, count, keys);
        for (size_t i = 0; i < count; i++) {
            uint32_t *slot = number_slot(numbering, keys[i]);
            if (*slot == UINT32_MAX)
                *slot = new_number(numbering, rows[i]);
            numbering->counts[*slot]++;
            if (keep)
                groups[place + i] = *slot;
        }
        place += count;
        at += (uint32_t)size;
    }
    pass->groups = groups;
    pass->group_count = numbering->count;
}

static void take_combinations(struct tally *tally, const struct table *table, struct numbering *numbering) {
    tally->count = numbering->count;
    tally->counts = numbering->counts;
    numbering->counts = NULL;
    tally->codes = memory_resize(NULL, (tally->count * tally->width + 1) * sizeof *tally->codes);
    for (size_t c = 0; c < table->column_count; c++)
        for (uint32_t i = 0; tally->slot[c] >= 0 && i < tally->count; i++)
            tally->codes[i * tally->width + (size_t)tally->slot[c]] =
                table_code(&table->columns[c], numbering->firsts[i]);
}

void tally_combine(struct tally *tally, struct table *table, uint32_t **groups) {
    struct pass pass = {.table = table, .end = table->ledger->row_count, .window_count = tally->window_count};
    struct digit digits[TABLE_COLUMNS];
    struct numbering numbering;
    size_t next = 0, digit_count;
    if (!store_everything(table->store)) {
        table_scope(table, &pass.from, &pass.end);
        pass.sorted = table->by_unit.rows;
    }
    for (size_t w = 0; w < tally->window_count; w++)
        pass.windows[w] = window_as_codes(table, &tally->windows[w]);
    for (size_t c = 0; c < table->column_count; c++)
        tally->slot[c] = tally->mask >> c & 1 ? (int)tally->width++ : -1;
    for (bool last = false; !last;) {
        uint64_t keys = take_digits(&pass, tally->mask, &next, digits, &digit_count);
        last = next == table->column_count;
        numbering_open(&numbering, keys, pass.end - pass.from);
        number_rows(&pass, digits, digit_count, !last || groups, &numbering);
        if (last)
            take_combinations(tally, table, &numbering);
        numbering_free(&numbering);
    }
    if (groups)
        *groups = pass.groups;
    else
        free(pass.groups);
}
