/* tally.c - the virtual table of distinct combinations.
 *
 *   SELECT sex, sum(n) FROM members_tally WHERE in_period(admitted) GROUP BY sex
 *
 * SQLite tells xBestIndex which columns a query uses (colUsed), so the five and a half million rows become the few
 * thousand combinations of (sex, admitted) with their number n before SQLite sees one. Combinations are found column by
 * column: every row carries the number of its group so far; (group, code) pairs are renumbered by first appearance.
 * A dense array does it while groups × codes is small, a hash otherwise. A tally is kept until the scope changes, so
 * that a join that runs through it again costs nothing. */
#include "store/tables.h"

#include <stdlib.h>
#include <string.h>

enum { DENSE_LIMIT = 1 << 22 };

/* ---- Counting --------------------------------------------------------------------------------------------------- */

struct refine {
    uint32_t *groups; /* by place in scope */
    uint32_t count;   /* rows in scope */
    uint32_t group_count;
    const uint32_t *rows; /* NULL: rows are their own numbers */
    uint32_t first;
};

static uint32_t row_at(const struct refine *refine, uint32_t place) {
    return refine->rows ? refine->rows[refine->first + place] : refine->first + place;
}

static void refine_dense(struct refine *refine, const uint32_t *codes, uint32_t limit, uint32_t base) {
    size_t size = (size_t)refine->group_count * limit;
    uint32_t *numbers = memory_resize(NULL, size * sizeof *numbers), fresh = 0;
    memset(numbers, 0xff, size * sizeof *numbers);
    for (uint32_t i = 0; i < refine->count; i++) {
        uint32_t code = codes[row_at(refine, i)];
        size_t at = (size_t)refine->groups[i] * limit + (code ? code - base : 0);
        if (numbers[at] == UINT32_MAX)
            numbers[at] = fresh++;
        refine->groups[i] = numbers[at];
    }
    free(numbers);
    refine->group_count = fresh;
}

struct pair {
    uint64_t key;
    uint32_t number;
};

static size_t pair_slot(uint64_t key, size_t size) {
    key = (key ^ key >> 29) * 0xbf58476d1ce4e5b9u;
    key = (key ^ key >> 32) * 0x94d049bb133111ebu;
    return (size_t)(key ^ key >> 31) & (size - 1);
}

static void refine_hashed(struct refine *refine, const uint32_t *codes) {
    size_t size = 1024, used = 0;
    struct pair *pairs = memory_resize(NULL, size * sizeof *pairs);
    for (size_t i = 0; i < size; i++)
        pairs[i].number = UINT32_MAX;
    for (uint32_t i = 0; i < refine->count; i++) {
        if (used * 2 >= size) {
            struct pair *wide = memory_resize(NULL, size * 4 * sizeof *wide);
            for (size_t p = 0; p < size * 4; p++)
                wide[p].number = UINT32_MAX;
            for (size_t p = 0; p < size; p++) {
                if (pairs[p].number == UINT32_MAX)
                    continue;
                size_t at = pair_slot(pairs[p].key, size * 4);
                while (wide[at].number != UINT32_MAX)
                    at = (at + 1) & (size * 4 - 1);
                wide[at] = pairs[p];
            }
            free(pairs);
            pairs = wide;
            size *= 4;
        }
        uint64_t key = (uint64_t)refine->groups[i] << 32 | codes[row_at(refine, i)];
        size_t at = pair_slot(key, size);
        while (pairs[at].number != UINT32_MAX && pairs[at].key != key)
            at = (at + 1) & (size - 1);
        if (pairs[at].number == UINT32_MAX)
            pairs[at] = (struct pair){.key = key, .number = (uint32_t)used++};
        refine->groups[i] = pairs[at].number;
    }
    free(pairs);
    refine->group_count = (uint32_t)used;
}

/* Codes of the column in scope lie in [base, base + limit) or are 0; dates have no small bound of their own. */
static void code_bounds(const struct refine *refine, const struct column *column, uint32_t *base, uint32_t *limit) {
    *base = 0;
    *limit = column_code_limit(column);
    if (*limit)
        return;
    uint32_t least = UINT32_MAX, most = 0;
    for (uint32_t i = 0; i < refine->count; i++) {
        uint32_t code = column->codes[row_at(refine, i)];
        if (code && code < least)
            least = code;
        if (code > most)
            most = code;
    }
    *base = most ? least - 1 : 0;
    *limit = most ? most - least + 2 : 1;
}

static void collect(struct tally *tally, const struct refine *refine, const struct ledger *ledger) {
    tally->count = refine->group_count;
    tally->counts = memory_resize(NULL, tally->count * sizeof *tally->counts);
    memset(tally->counts, 0, tally->count * sizeof *tally->counts);
    tally->codes = memory_resize(NULL, tally->count * tally->width * sizeof *tally->codes);
    for (uint32_t i = 0; i < refine->count; i++) {
        uint32_t group = refine->groups[i], row = row_at(refine, i);
        if (tally->counts[group]++)
            continue;
        for (size_t f = 0; f < ledger->schema->field_count; f++)
            if (tally->slot[f] >= 0)
                tally->codes[group * tally->width + (size_t)tally->slot[f]] = ledger->columns[f].codes[row];
    }
}

const struct tally *tally_make(struct table *table, uint64_t mask) {
    const struct store *store = table->store;
    const struct ledger *ledger = table->ledger;
    for (const struct tally *known = table->tallies; known; known = known->next)
        if (known->mask == mask && known->scope_first == store->scope_first && known->scope_last == store->scope_last)
            return known;
    struct tally *tally = memory_resize(NULL, sizeof *tally);
    *tally = (struct tally){
        .mask = mask, .scope_first = store->scope_first, .scope_last = store->scope_last, .next = table->tallies};
    table->tallies = tally;
    struct refine refine = {.group_count = 1};
    uint32_t end = ledger->row_count;
    if (!store_everything(store)) {
        table_scope(table, &refine.first, &end);
        refine.rows = table->by_unit.rows;
    }
    refine.count = end - refine.first;
    refine.groups = memory_resize(NULL, refine.count * sizeof *refine.groups);
    memset(refine.groups, 0, refine.count * sizeof *refine.groups);
    refine.group_count = refine.count ? 1 : 0;
    for (size_t f = 0; f < ledger->schema->field_count; f++) {
        tally->slot[f] = -1;
        if (!(mask >> f & 1))
            continue;
        tally->slot[f] = (int)tally->width++;
        uint32_t base, limit;
        code_bounds(&refine, &ledger->columns[f], &base, &limit);
        uint64_t dense = (uint64_t)refine.group_count * limit;
        if (dense <= DENSE_LIMIT && dense <= (uint64_t)refine.count * 4 + 1024)
            refine_dense(&refine, ledger->columns[f].codes, limit, base);
        else
            refine_hashed(&refine, ledger->columns[f].codes);
    }
    collect(tally, &refine, ledger);
    free(refine.groups);
    return tally;
}

void tally_free(struct tally *tally) {
    while (tally) {
        struct tally *next = tally->next;
        free(tally->codes);
        free(tally->counts);
        free(tally);
        tally = next;
    }
}

/* ---- The virtual table ------------------------------------------------------------------------------------------ */

struct tally_table {
    sqlite3_vtab base;
    struct table *table;
};

struct tally_cursor {
    sqlite3_vtab_cursor base;
    const struct tally *tally;
    size_t at;
};

static int tally_connect(sqlite3 *database, void *context, int count, const char *const *words, sqlite3_vtab **made,
                         char **error) {
    (void)error;
    struct table *table = count > 3 ? table_named(context, words[3]) : NULL;
    struct tally_table *tally = table ? sqlite3_malloc(sizeof *tally) : NULL;
    if (!tally)
        return table ? SQLITE_NOMEM : SQLITE_ERROR;
    memset(tally, 0, sizeof *tally);
    tally->table = table;
    *made = &tally->base;
    return declare_table(database, table->ledger->schema, "n INTEGER");
}

static int tally_disconnect(sqlite3_vtab *base) {
    sqlite3_free(base);
    return SQLITE_OK;
}

static int tally_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
    const struct ledger *ledger = ((struct tally_table *)base)->table->ledger;
    uint64_t mask = info->colUsed & (((uint64_t)1 << ledger->schema->field_count) - 1);
    double count = 1, rows = ledger->row_count + 1.0;
    for (size_t f = 0; f < ledger->schema->field_count; f++)
        if (mask >> f & 1)
            count *= column_code_limit(&ledger->columns[f]) ? column_code_limit(&ledger->columns[f]) : 4000;
    info->estimatedRows = (sqlite3_int64)(count < rows ? count : rows);
    info->estimatedCost = (double)info->estimatedRows;
    info->idxStr = sqlite3_mprintf("%llx", (unsigned long long)mask);
    info->needToFreeIdxStr = 1;
    return info->idxStr ? SQLITE_OK : SQLITE_NOMEM;
}

static int tally_open(sqlite3_vtab *base, sqlite3_vtab_cursor **made) {
    (void)base;
    struct tally_cursor *cursor = sqlite3_malloc(sizeof *cursor);
    if (!cursor)
        return SQLITE_NOMEM;
    memset(cursor, 0, sizeof *cursor);
    *made = &cursor->base;
    return SQLITE_OK;
}

static int tally_close(sqlite3_vtab_cursor *base) {
    sqlite3_free(base);
    return SQLITE_OK;
}

static int tally_filter(sqlite3_vtab_cursor *base, int plan, const char *mask, int count, sqlite3_value **values) {
    (void)plan, (void)count, (void)values;
    struct tally_cursor *cursor = (struct tally_cursor *)base;
    cursor->tally = tally_make(((struct tally_table *)base->pVtab)->table, strtoull(mask, NULL, 16));
    cursor->at = 0;
    return SQLITE_OK;
}

static int tally_next(sqlite3_vtab_cursor *base) {
    ((struct tally_cursor *)base)->at++;
    return SQLITE_OK;
}

static int tally_end(sqlite3_vtab_cursor *base) {
    const struct tally_cursor *cursor = (const struct tally_cursor *)base;
    return cursor->at >= cursor->tally->count;
}

static int tally_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const struct tally_cursor *cursor = (const struct tally_cursor *)base;
    const struct ledger *ledger = ((struct tally_table *)base->pVtab)->table->ledger;
    const struct tally *tally = cursor->tally;
    if ((size_t)column >= ledger->schema->field_count)
        answer_value(context, value_integer(tally->counts[cursor->at]));
    else if (tally->slot[column] >= 0)
        answer_value(context, column_value(&ledger->columns[column],
                                           tally->codes[cursor->at * tally->width + (size_t)tally->slot[column]]));
    return SQLITE_OK;
}

static int tally_rowid(sqlite3_vtab_cursor *base, sqlite3_int64 *rowid) {
    *rowid = (sqlite3_int64)((struct tally_cursor *)base)->at;
    return SQLITE_OK;
}

static const sqlite3_module module = {
    .xCreate = tally_connect,
    .xConnect = tally_connect,
    .xBestIndex = tally_best_index,
    .xDisconnect = tally_disconnect,
    .xDestroy = tally_disconnect,
    .xOpen = tally_open,
    .xClose = tally_close,
    .xFilter = tally_filter,
    .xNext = tally_next,
    .xEof = tally_end,
    .xColumn = tally_column,
    .xRowid = tally_rowid,
};

bool tally_register(struct store *store) {
    return sqlite3_create_module(store->database, "tally", &module, store) == SQLITE_OK;
}
