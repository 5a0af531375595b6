/* tally.c - the virtual table of distinct combinations.
 *
 *   SELECT sex, sum(n) FROM members_tally WHERE in_period(admitted) GROUP BY sex
 *
 * SQLite tells xBestIndex which columns a query uses (colUsed), so the five and a half million rows become the few
 * thousand combinations of (sex, admitted) with their number n before SQLite sees one (combine.c). A tally is kept
 * until the scope changes, so that a join that runs through it again costs nothing.
 *
 * in_period(d) and its like in WHERE are known before: rows outside of the window are not combined at all (windows.c).
 * GROUP BY or ORDER BY one column is answered in that column's order, so that SQLite need not sort. The plan is written
 * as 5:0.3;g2       columns 0 and 2 are used, window function 0 holds for column 3, in the order of column 2 */
#include "base/buffer.h"
#include "store/tables.h"

#include <stdlib.h>
#include <string.h>

/* ---- Tallies that are kept -------------------------------------------------------------------------------------- */

static bool same_windows(const struct tally *left, const struct tally *right) {
    bool same = left->window_count == right->window_count;
    for (size_t w = 0; w < left->window_count && same; w++)
        same = left->windows[w].column == right->windows[w].column &&
               date_compare(left->windows[w].first, right->windows[w].first) == 0 &&
               date_compare(left->windows[w].last, right->windows[w].last) == 0;
    return same;
}

/* The tally that has the wanted one's columns and windows in the store's scope, kept or made. */
static const struct tally *tally_make(struct table *table, struct tally wanted) {
    wanted.scope_first = table->store->scope_first;
    wanted.scope_last = table->store->scope_last;
    for (const struct tally *known = table->groups ? NULL : table->tallies; known; known = known->next)
        if (known->mask == wanted.mask && known->scope_first == wanted.scope_first &&
            known->scope_last == wanted.scope_last && same_windows(known, &wanted))
            return known;
    wanted.next = table->tallies;
    struct tally *tally = memory_resize(NULL, sizeof *tally);
    *tally = wanted;
    table->tallies = tally;
    tally_combine(tally, table, table->groups);
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
    struct row_index order; /* of combinations, by a column; rows is NULL: as they are */
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
    return declare_table(database, table, "n INTEGER");
}

static int tally_disconnect(sqlite3_vtab *base) {
    sqlite3_free(base);
    return SQLITE_OK;
}

static int tally_find_function(sqlite3_vtab *base, int count, const char *name,
                               void (**call)(sqlite3_context *, int, sqlite3_value **), void **context) {
    int function = count == 2 ? window_function(name, call) : -1;
    *context = ((struct tally_table *)base)->table->store;
    return function < 0 ? 0 : SQLITE_INDEX_CONSTRAINT_FUNCTION + function;
}

static int tally_best_index(sqlite3_vtab *base, sqlite3_index_info *info) {
    struct table *table = ((struct tally_table *)base)->table;
    uint64_t mask = info->colUsed & (((uint64_t)1 << table->column_count) - 1);
    double count = 1, rows = table->ledger->row_count + 1.0;
    for (size_t c = 0; c < table->column_count; c++)
        if (mask >> c & 1) {
            uint32_t limit = column_code_limit(table->columns[c].column);
            count *= limit ? limit : 4000;
        }
    struct buffer plan = {0};
    buffer_printf(&plan, "%llx", (unsigned long long)mask);
    int used = 0;
    for (int i = 0; i < info->nConstraint && used < WINDOWS; i++) {
        int function = info->aConstraint[i].op - SQLITE_INDEX_CONSTRAINT_FUNCTION,
            column = info->aConstraint[i].iColumn;
        if (!info->aConstraint[i].usable || function < 0 || function >= WINDOW_FUNCTIONS || column < 0 ||
            (size_t)column >= table->column_count || table->columns[column].column->field->type != FIELD_DATE)
            continue;
        info->aConstraintUsage[i].argvIndex = ++used;
        info->aConstraintUsage[i].omit = table_days_only(&table->columns[column]);
        buffer_printf(&plan, ":%d.%d", function, column);
        rows /= 2;
    }
    int group = info->nOrderBy == 1 && !info->aOrderBy[0].desc ? info->aOrderBy[0].iColumn : -1;
    if (group >= 0 && (size_t)group < table->column_count) {
        buffer_printf(&plan, ";g%d", group);
        info->orderByConsumed = 1;
    }
    info->estimatedRows = (sqlite3_int64)(count < rows ? count : rows);
    info->estimatedCost = (double)info->estimatedRows;
    info->idxStr = sqlite3_mprintf("%s", buffer_string(&plan));
    info->needToFreeIdxStr = 1;
    buffer_free(&plan);
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
    row_index_free(&((struct tally_cursor *)base)->order);
    sqlite3_free(base);
    return SQLITE_OK;
}

static int compare_codes(const void *left, const void *right, void *context) {
    const struct column *column = context;
    uint32_t l = *(const uint32_t *)left, r = *(const uint32_t *)right;
    struct value a = column_value(column, l), b = column_value(column, r);
    if (a.kind == VALUE_TEXT && b.kind == VALUE_TEXT)
        return strcmp(a.text, b.text);
    if (value_is_number(a) && value_is_number(b))
        return value_real(a) < value_real(b) ? -1 : value_real(a) > value_real(b);
    if (a.kind == VALUE_DATE && b.kind == VALUE_DATE)
        return strcmp(date_order_text(a.date, (char[DATE_ISO_SIZE]){0}),
                      date_order_text(b.date, (char[DATE_ISO_SIZE]){0}));
    return l < r ? -1 : l > r; /* nothing before everything */
}

/* In the order of the column's values, as SQL sorts them: SQLite 3.40 takes grouped rows for sorted ones. */
static void order_by(struct tally_cursor *cursor, const struct column *column, int slot) {
    const struct tally *tally = cursor->tally;
    uint32_t limit = 1, count = 0;
    for (size_t i = 0; i < tally->count; i++)
        if (tally->codes[i * tally->width + (size_t)slot] >= limit)
            limit = tally->codes[i * tally->width + (size_t)slot] + 1;
    uint32_t *ranks = memory_resize(NULL, limit * sizeof *ranks), *codes = memory_resize(NULL, limit * sizeof *codes);
    uint32_t *numbers = memory_resize(NULL, tally->count * sizeof *numbers);
    memset(ranks, 0xff, limit * sizeof *ranks);
    for (size_t i = 0; i < tally->count; i++) {
        uint32_t code = tally->codes[i * tally->width + (size_t)slot];
        if (ranks[code] == UINT32_MAX) {
            ranks[code] = 0;
            codes[count++] = code;
        }
    }
    qsort_r(codes, count, sizeof *codes, compare_codes, (void *)(uintptr_t)column);
    for (uint32_t i = 0; i < count; i++)
        ranks[codes[i]] = i;
    for (size_t i = 0; i < tally->count; i++)
        numbers[i] = ranks[tally->codes[i * tally->width + (size_t)slot]];
    row_index_build(&cursor->order, numbers, (uint32_t)tally->count, count + 1);
    free(numbers);
    free(codes);
    free(ranks);
}

static int tally_filter(sqlite3_vtab_cursor *base, int number, const char *plan, int count, sqlite3_value **values) {
    (void)number, (void)count, (void)values;
    struct tally_cursor *cursor = (struct tally_cursor *)base;
    struct table *table = ((struct tally_table *)base->pVtab)->table;
    char *at;
    struct tally wanted = {.mask = strtoull(plan, &at, 16)};
    while (*at == ':' && wanted.window_count < WINDOWS) {
        struct window *window = &wanted.windows[wanted.window_count++];
        window_bounds(table->store, (int)strtol(at + 1, &at, 10), &window->first, &window->last);
        window->column = strtoul(at + 1, &at, 10);
    }
    if (!table_prepare(table, wanted.mask, &base->pVtab->zErrMsg))
        return SQLITE_ERROR;
    cursor->tally = tally_make(table, wanted);
    row_index_free(&cursor->order);
    if (*at == ';') {
        size_t column = strtoul(at + 2, NULL, 10);
        order_by(cursor, table->columns[column].column, cursor->tally->slot[column]);
    }
    cursor->at = 0;
    return SQLITE_OK;
}

/* Where the combination stands that is the cursor's so many steps on. */
static size_t tally_place(const struct tally_cursor *cursor, size_t ahead) {
    size_t at = cursor->at + ahead;
    return cursor->order.rows ? cursor->order.rows[at] : at;
}

/* Combinations in the order of a column lie all over: one is asked for some rows before it is needed. */
static int tally_next(sqlite3_vtab_cursor *base) {
    enum { AHEAD = 8 };
    struct tally_cursor *cursor = (struct tally_cursor *)base;
    const struct tally *tally = cursor->tally;
    cursor->at++;
    if (cursor->order.rows && cursor->at + AHEAD < tally->count) {
        __builtin_prefetch(&tally->codes[tally_place(cursor, AHEAD) * tally->width]);
        __builtin_prefetch(&tally->counts[tally_place(cursor, AHEAD)]);
    }
    return SQLITE_OK;
}

static int tally_end(sqlite3_vtab_cursor *base) {
    const struct tally_cursor *cursor = (const struct tally_cursor *)base;
    return cursor->at >= cursor->tally->count;
}

static int tally_column(sqlite3_vtab_cursor *base, sqlite3_context *context, int column) {
    const struct tally_cursor *cursor = (const struct tally_cursor *)base;
    const struct table *table = ((struct tally_table *)base->pVtab)->table;
    const struct tally *tally = cursor->tally;
    size_t at = tally_place(cursor, 0);
    if ((size_t)column >= table->column_count)
        sqlite3_result_int64(context, tally->counts[at]);
    else if (tally->slot[column] >= 0)
        answer_code(context, table->store, table->columns[column].column,
                    tally->codes[at * tally->width + (size_t)tally->slot[column]]);
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
    .xFindFunction = tally_find_function,
};

bool tally_register(struct store *store) {
    return sqlite3_create_module(store->database, "tally", &module, store) == SQLITE_OK;
}
