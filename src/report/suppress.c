/* suppress.c - hiding small counts.
 *
 * What is published is a system of linear equations: each column adds up to its sum, and in each row some columns add
 * up to another. Hidden cells are its unknowns. One of them can be worked out exactly when the reduced rows of the
 * system have one with that unknown alone; then the smallest count that stands in one of its equations is hidden too,
 * and the question is asked again. The elimination is done modulo a prime, where it is exact; coefficients are 1 and
 * -1.
 *
 * Who knows that counts are not negative can narrow each unknown from the others of its equations, again and again: one
 * that is narrowed to a single number is worked out as well, and treated so.
 *
 * An equation whose hidden cells together are still too small would tell that much of them, and gets another one too.
 * Rejected: hiding one more in each row and column, which leaves cells that follow from two equations together. */
#include "report/suppress.h"

#include <stdlib.h>
#include <string.h>

enum { PRIME = 2147483647, RELATED_MOST = 12, UNKNOWNS_MOST = 1200, ROWS_COMPARED = 4096, ROUNDS = 64 };
static const int64_t FARTHEST = INT64_C(1) << 40;

/* Columns of which one is the sum of the others, in every row. */
struct relation {
    size_t total;
    unsigned parts; /* a bit a counted column */
    struct relation *next;
};

struct suppression {
    struct arena *arena;
    struct result *result;
    int64_t least;
    size_t *columns, width; /* those with whole numbers */
    size_t height;          /* rows, and behind them, when there are several, their sums as one more */
    int64_t *numbers;       /* height x width */
    bool *hidden;
    struct relation *relations;
    size_t *unknowns;          /* by cell: its number among the hidden ones */
    int64_t *lowest, *highest; /* by cell: what a reader can narrow it to */
    bool *signed_;             /* by column: some of its numbers are negative */
    bool narrowed;
};

/* An equation: cells with their signs. */
struct equation {
    size_t *cells;
    int *signs;
    size_t count;
};

/* ---- What there is ---------------------------------------------------------------------------------------------- */

static bool column_counts(const struct result *result, size_t column) {
    bool any = false;
    for (size_t row = 0; row < result->row_count; row++) {
        enum value_kind kind = result_value(result, row, column).kind;
        if (kind != VALUE_INTEGER && kind != VALUE_NONE)
            return false;
        any = any || kind == VALUE_INTEGER;
    }
    return any;
}

static bool is_small(const struct suppression *work, int64_t number) {
    return number != 0 && number > -work->least && number < work->least;
}

static int64_t number_at(const struct suppression *work, size_t row, size_t column) {
    return work->numbers[row * work->width + column];
}

static void take_numbers(struct suppression *work) {
    const struct result *result = work->result;
    work->columns = ARENA_ARRAY(work->arena, size_t, result->column_count + 1);
    for (size_t c = 0; c < result->column_count; c++)
        if (column_counts(result, c))
            work->columns[work->width++] = c;
    const size_t rows = result->row_count, cells = (rows + 1) * work->width;
    work->height = rows + (rows > 1);
    work->numbers = ARENA_ARRAY(work->arena, int64_t, cells + 1);
    work->hidden = ARENA_ARRAY(work->arena, bool, cells + 1);
    work->unknowns = ARENA_ARRAY(work->arena, size_t, cells + 1);
    work->lowest = ARENA_ARRAY(work->arena, int64_t, cells + 1);
    work->highest = ARENA_ARRAY(work->arena, int64_t, cells + 1);
    work->signed_ = ARENA_ARRAY(work->arena, bool, work->width + 1);
    for (size_t i = 0; i < rows * work->width; i++) {
        const size_t column = i % work->width;
        const struct value value = result_value(result, i / work->width, work->columns[column]);
        work->numbers[i] = value.kind == VALUE_INTEGER ? value.number : 0;
        work->numbers[rows * work->width + column] += work->numbers[i];
        work->signed_[column] = work->signed_[column] || work->numbers[i] < 0;
    }
    for (size_t i = 0; i < work->height * work->width; i++)
        work->hidden[i] = is_small(work, work->numbers[i]);
}

static bool relation_holds(const struct suppression *work, size_t total, unsigned parts) {
    for (size_t row = 0; row < work->height && row < ROWS_COMPARED; row++) {
        int64_t sum = 0;
        for (size_t c = 0; c < work->width; c++)
            sum += parts >> c & 1 ? number_at(work, row, c) : 0;
        if (sum != number_at(work, row, total))
            return false;
    }
    return true;
}

/* a = b - c is b = a + c. Columns of nothing but zero hang together with everything, and say nothing. */
static void find_relations(struct suppression *work) {
    unsigned empty = 0;
    if (work->width > RELATED_MOST)
        return;
    for (size_t c = 0; c < work->width; c++)
        empty |= relation_holds(work, c, 0) ? 1U << c : 0;
    for (size_t total = 0; total < work->width; total++)
        for (unsigned parts = 1; parts < 1U << work->width; parts++) {
            if ((parts & (1U << total | empty)) || (empty >> total & 1) || !relation_holds(work, total, parts))
                continue;
            struct relation *found = ARENA_NEW(work->arena, struct relation);
            *found = (struct relation){.total = total, .parts = parts, .next = work->relations};
            work->relations = found;
        }
}

/* ---- Equations -------------------------------------------------------------------------------------------------- */

static void equation_add(struct equation *equation, size_t cell, int sign) {
    equation->cells[equation->count] = cell;
    equation->signs[equation->count++] = sign;
}

static size_t cell_of(const struct suppression *work, size_t row, size_t column) {
    return row * work->width + column;
}

/* Calls `use` with every equation until it answers true. */
static bool each_equation(struct suppression *work, bool (*use)(struct suppression *, const struct equation *, void *),
                          void *context) {
    const size_t most = work->height > work->width ? work->height : work->width, rows = work->result->row_count;
    struct equation equation = {.cells = memory_resize(NULL, (most + 1) * sizeof *equation.cells),
                                .signs = memory_resize(NULL, (most + 1) * sizeof *equation.signs)};
    bool ended = false;
    for (size_t c = 0; c < work->width && work->height > rows && !ended; c++) {
        equation.count = 0;
        for (size_t row = 0; row < work->height; row++)
            equation_add(&equation, cell_of(work, row, c), row < rows ? 1 : -1);
        ended = use(work, &equation, context);
    }
    for (const struct relation *relation = work->relations; relation && !ended; relation = relation->next)
        for (size_t row = 0; row < work->height && !ended; row++) {
            equation.count = 0;
            equation_add(&equation, cell_of(work, row, relation->total), -1);
            for (size_t c = 0; c < work->width; c++)
                if (relation->parts >> c & 1)
                    equation_add(&equation, cell_of(work, row, c), 1);
            ended = use(work, &equation, context);
        }
    free(equation.cells);
    free(equation.signs);
    return ended;
}

/* The smallest shown count of the equation, zeros last; SIZE_MAX when all are hidden. */
static size_t smallest_shown(const struct suppression *work, const struct equation *equation) {
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < equation->count; i++) {
        size_t cell = equation->cells[i];
        if (work->hidden[cell])
            continue;
        uint64_t size = (uint64_t)llabs(work->numbers[cell]) - 1, best = 0;
        if (found != SIZE_MAX)
            best = (uint64_t)llabs(work->numbers[found]) - 1;
        if (found == SIZE_MAX || size < best)
            found = cell;
    }
    return found;
}

/* Hides one more cell of the equation. False: none is left. */
static bool hide_more(struct suppression *work, const struct equation *equation) {
    size_t cell = smallest_shown(work, equation);
    if (cell != SIZE_MAX)
        work->hidden[cell] = true;
    return cell != SIZE_MAX;
}

/* Hidden cells of one sign that together are too small. */
static bool mend_small(struct suppression *work, const struct equation *equation, void *context) {
    int64_t sum = 0;
    bool plus = false, minus = false;
    (void)context;
    for (size_t i = 0; i < equation->count; i++) {
        int64_t number = equation->signs[i] * work->numbers[equation->cells[i]];
        if (!work->hidden[equation->cells[i]])
            continue;
        sum += number;
        plus = plus || number > 0;
        minus = minus || number < 0;
    }
    return plus != minus && is_small(work, sum) && hide_more(work, equation);
}

/* A cell that follows takes another one of one of its equations with it. */
static bool mend_cell(struct suppression *work, const struct equation *equation, void *context) {
    const size_t cell = *(const size_t *)context;
    for (size_t i = 0; i < equation->count; i++)
        if (equation->cells[i] == cell)
            return hide_more(work, equation);
    return false;
}

/* Where all equations of the cell are hidden already, it follows through others: any of them gives way. */
static bool mend_any(struct suppression *work, const struct equation *equation, void *context) {
    (void)context;
    for (size_t i = 0; i < equation->count; i++)
        if (work->hidden[equation->cells[i]])
            return hide_more(work, equation);
    return false;
}

/* ---- What follows ----------------------------------------------------------------------------------------------- */

struct matrix {
    uint32_t *cells;
    size_t height, width, capacity;
};

static bool take_equation(struct suppression *work, const struct equation *equation, void *context) {
    struct matrix *matrix = context;
    if (matrix->height == matrix->capacity) {
        matrix->capacity = matrix->capacity ? 2 * matrix->capacity : 64;
        matrix->cells = memory_resize(matrix->cells, matrix->capacity * matrix->width * sizeof *matrix->cells);
    }
    uint32_t *row = matrix->cells + matrix->height * matrix->width;
    bool any = false;
    memset(row, 0, matrix->width * sizeof *row);
    for (size_t i = 0; i < equation->count; i++)
        if (work->hidden[equation->cells[i]]) {
            row[work->unknowns[equation->cells[i]]] = equation->signs[i] > 0 ? 1 : PRIME - 1;
            any = true;
        }
    matrix->height += any;
    return false;
}

static uint32_t inverse(uint32_t number) {
    uint64_t result = 1, base = number;
    for (uint32_t power = PRIME - 2; power; power >>= 1) {
        if (power & 1)
            result = result * base % PRIME;
        base = base * base % PRIME;
    }
    return (uint32_t)result;
}

static void subtract_row(uint32_t *row, const uint32_t *pivot, uint32_t times, size_t width) {
    for (size_t i = 0; i < width; i++)
        row[i] = (uint32_t)((row[i] + (uint64_t)(PRIME - times) * pivot[i]) % PRIME);
}

/* Gauss and Jordan: afterwards every row has its pivot alone in its column. */
static void matrix_reduce(struct matrix *matrix) {
    size_t done = 0;
    for (size_t column = 0; column < matrix->width && done < matrix->height; column++) {
        size_t found = done;
        while (found < matrix->height && !matrix->cells[found * matrix->width + column])
            found++;
        if (found == matrix->height)
            continue;
        uint32_t *pivot = matrix->cells + done * matrix->width, *other = matrix->cells + found * matrix->width;
        for (size_t i = 0; i < matrix->width && found != done; i++) {
            uint32_t kept = pivot[i];
            pivot[i] = other[i];
            other[i] = kept;
        }
        uint64_t factor = inverse(pivot[column]);
        for (size_t i = 0; i < matrix->width; i++)
            pivot[i] = (uint32_t)(pivot[i] * factor % PRIME);
        for (size_t row = 0; row < matrix->height; row++) {
            uint32_t *line = matrix->cells + row * matrix->width;
            if (row != done && line[column])
                subtract_row(line, pivot, line[column], matrix->width);
        }
        done++;
    }
}

/* The number of an unknown that stands alone in a row, SIZE_MAX for none. */
static size_t matrix_single(const struct matrix *matrix) {
    for (size_t row = 0; row < matrix->height; row++) {
        size_t count = 0, last = 0;
        for (size_t i = 0; i < matrix->width && count < 2; i++)
            if (matrix->cells[row * matrix->width + i]) {
                count++;
                last = i;
            }
        if (count == 1)
            return last;
    }
    return SIZE_MAX;
}

static size_t number_unknowns(struct suppression *work) {
    size_t count = 0;
    for (size_t i = 0; i < work->height * work->width; i++)
        if (work->hidden[i])
            work->unknowns[i] = count++;
    return count;
}

/* A hidden cell that follows from what is shown, SIZE_MAX when none does. */
static size_t find_derivable(struct suppression *work, size_t unknowns) {
    struct matrix matrix = {.width = unknowns};
    size_t found = SIZE_MAX;
    each_equation(work, take_equation, &matrix);
    matrix_reduce(&matrix);
    size_t single = matrix_single(&matrix);
    free(matrix.cells);
    for (size_t i = 0; i < work->height * work->width && single != SIZE_MAX && found == SIZE_MAX; i++)
        if (work->hidden[i] && work->unknowns[i] == single)
            found = i;
    return found;
}

/* What the others of the equation leave for one of its hidden cells. */
static void narrow_cell(struct suppression *work, const struct equation *equation, size_t at) {
    int64_t sum = 0, low = 0, high = 0; /* of all hidden cells; bounds of the others */
    bool low_known = true, high_known = true;
    for (size_t i = 0; i < equation->count; i++) {
        const size_t cell = equation->cells[i];
        const bool plus = equation->signs[i] > 0;
        if (!work->hidden[cell])
            continue;
        sum += equation->signs[i] * work->numbers[cell];
        if (i == at)
            continue;
        low_known = low_known && (plus ? work->lowest[cell] > -FARTHEST : work->highest[cell] < FARTHEST);
        high_known = high_known && (plus ? work->highest[cell] < FARTHEST : work->lowest[cell] > -FARTHEST);
        low += plus ? work->lowest[cell] : -work->highest[cell];
        high += plus ? work->highest[cell] : -work->lowest[cell];
    }
    const size_t own = equation->cells[at];
    const bool plus = equation->signs[at] > 0;
    int64_t least = high_known ? sum - high : -FARTHEST, most = low_known ? sum - low : FARTHEST;
    int64_t lowest = plus ? least : -most, highest = plus ? most : -least;
    if (lowest > work->lowest[own]) {
        work->lowest[own] = lowest;
        work->narrowed = true;
    }
    if (highest < work->highest[own]) {
        work->highest[own] = highest;
        work->narrowed = true;
    }
}

static bool narrow(struct suppression *work, const struct equation *equation, void *context) {
    (void)context;
    for (size_t i = 0; i < equation->count; i++)
        if (work->hidden[equation->cells[i]])
            narrow_cell(work, equation, i);
    return false;
}

static size_t find_narrowed(struct suppression *work) {
    const size_t cells = work->height * work->width;
    for (size_t i = 0; i < cells; i++) {
        work->lowest[i] = work->signed_[i % work->width] ? -FARTHEST : 0;
        work->highest[i] = FARTHEST;
    }
    work->narrowed = true;
    for (int round = 0; round < ROUNDS && work->narrowed; round++) {
        work->narrowed = false;
        each_equation(work, narrow, NULL);
    }
    for (size_t i = 0; i < cells; i++)
        if (work->hidden[i] && work->lowest[i] == work->highest[i])
            return i;
    return SIZE_MAX;
}

/* ---- Hiding ----------------------------------------------------------------------------------------------------- */

/* So many unknowns that solving would take long: whole columns go, with their sums. */
static void hide_columns(struct suppression *work) {
    for (size_t c = 0; c < work->width; c++) {
        bool any = false;
        for (size_t row = 0; row < work->height; row++)
            any = any || work->hidden[cell_of(work, row, c)];
        for (size_t row = 0; row < work->height && any; row++)
            work->hidden[cell_of(work, row, c)] = true;
    }
}

static void hide_followers(struct suppression *work) {
    for (;;) {
        size_t unknowns = number_unknowns(work);
        if (!unknowns)
            return;
        if (unknowns > UNKNOWNS_MOST) {
            hide_columns(work);
            return;
        }
        if (each_equation(work, mend_small, NULL))
            continue;
        size_t cell = find_derivable(work, unknowns);
        if (cell == SIZE_MAX)
            cell = find_narrowed(work);
        if (cell == SIZE_MAX || !(each_equation(work, mend_cell, &cell) || each_equation(work, mend_any, NULL)))
            return;
    }
}

/* The same rows without the numbers that are hidden. Answers how many those are. */
static size_t hide_cells(struct suppression *work) {
    struct result *result = work->result;
    struct grid *rows = grid_new(work->arena, result->column_count);
    struct grid_cell *cells = ARENA_ARRAY(work->arena, struct grid_cell, result->column_count);
    size_t count = 0;
    for (size_t row = 0; row < result->row_count; row++) {
        memcpy(cells, grid_row(result->rows, row).cells, result->column_count * sizeof *cells);
        for (size_t c = 0; c < work->width; c++)
            if (work->hidden[cell_of(work, row, c)]) {
                cells[work->columns[c]].value = value_hidden();
                count++;
            }
        grid_add(rows, 0, cells);
    }
    result->rows = rows;
    return count;
}

size_t suppress_small(struct arena *arena, struct result *result, int64_t least, struct value *sums) {
    struct suppression work = {.arena = arena, .result = result, .least = least};
    for (size_t c = 0; c < result->column_count; c++) {
        sums[c] = value_none();
        for (size_t row = 0; row < result->row_count; row++)
            sums[c] = value_keep(arena, value_add(sums[c], result_value(result, row, c)));
    }
    take_numbers(&work);
    find_relations(&work);
    hide_followers(&work);
    const size_t rows = result->row_count, count = hide_cells(&work);
    for (size_t c = 0; c < work.width; c++)
        if (rows && work.hidden[cell_of(&work, work.height - 1, c)])
            sums[work.columns[c]] = value_hidden();
    return count;
}
