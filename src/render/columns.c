/* columns.c - sharing a table's width out between its columns.
 *
 * Every column begins between its minimum and its maximum, by a power of the maximum: a small power favours short
 * columns, a large one long texts. The power that gives the shortest table on a sample of the rows is taken, then small
 * widths are moved from column to column as long as that helps. Taking maxima alone, as browsers do, starves short
 * columns beside one long text. */
#include "render/columns.h"

#include "base/arena.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLE_ROWS = 40, PASSES = 6 };

/* Against a line of the table's height: that a cell does not stand on one line, and each further line of it. The
 * header, which is row 0, may well stand on several. */
static const double WRAP_COST = 0.3, LINE_COST = 0.1;
static const double STEP = 4;
static const double NARROW = 20;

bool columns_fit(const struct columns *columns) {
    double sum = 0;
    for (size_t i = 0; i < columns->column_count; i++)
        sum += columns->minimum[i];
    return sum <= columns->width + 0.01;
}

/* All minima cut down to one ceiling, so that they fit. */
static void share_scarcity(const struct columns *columns, double *widths) {
    double low = 0, high = columns->width;
    for (int i = 0; i < 40; i++) {
        double ceiling = (low + high) / 2, sum = 0;
        for (size_t column = 0; column < columns->column_count; column++)
            sum += fmin(columns->minimum[column], ceiling);
        if (sum > columns->width)
            high = ceiling;
        else
            low = ceiling;
    }
    for (size_t column = 0; column < columns->column_count; column++)
        widths[column] = fmin(columns->minimum[column], low);
}

/* A running number's column hardly grows. */
static double growth(const struct columns *columns, size_t column) {
    return fmax(columns->maximum[column] - NARROW, 2);
}

/* More room than everything needs: in proportion to need. */
static void share_plenty(const struct columns *columns, double sum, double *widths) {
    double shares = 0;
    for (size_t i = 0; i < columns->column_count; i++)
        shares += growth(columns, i);
    for (size_t i = 0; i < columns->column_count; i++)
        widths[i] = columns->maximum[i] + (columns->width - sum) * growth(columns, i) / shares;
}

static double level_width(const struct columns *columns, size_t column, double level, double power) {
    double wanted = level * pow(columns->maximum[column], power);
    return fmax(columns->minimum[column], fmin(columns->maximum[column], wanted));
}

static void share_by_power(const struct columns *columns, double power, double *widths) {
    double low = 0, high = columns->width * 4, sum;
    for (int i = 0; i < 50; i++) {
        double level = (low + high) / 2;
        sum = 0;
        for (size_t column = 0; column < columns->column_count; column++)
            sum += level_width(columns, column, level, power);
        if (sum > columns->width)
            high = level;
        else
            low = level;
    }
    sum = 0;
    for (size_t column = 0; column < columns->column_count; column++)
        sum += widths[column] = level_width(columns, column, low, power);
    for (size_t column = 0; column < columns->column_count; column++)
        widths[column] += (columns->width - sum) / (double)columns->column_count;
}

/* ===== The sample ===== */

struct sample {
    const struct columns *columns;
    size_t count, rows[SAMPLE_ROWS];
    size_t *lines; /* a column's rows one behind the other */
};

static void sample_rows(struct sample *sample) {
    size_t rows = sample->columns->row_count;
    sample->count = rows < SAMPLE_ROWS ? rows : SAMPLE_ROWS;
    for (size_t i = 0; i < sample->count; i++)
        sample->rows[i] = i * rows / sample->count;
}

static void sample_column(struct sample *sample, size_t column, double width) {
    const struct columns *columns = sample->columns;
    for (size_t i = 0; i < sample->count; i++)
        sample->lines[column * SAMPLE_ROWS + i] = columns->lines(columns->context, sample->rows[i], column, width);
}

static double sample_cost(const struct sample *sample) {
    double cost = 0;
    for (size_t i = 0; i < sample->count; i++) {
        size_t most = 1;
        for (size_t column = 0; column < sample->columns->column_count; column++) {
            size_t lines = sample->lines[column * SAMPLE_ROWS + i];
            if (lines > most)
                most = lines;
            if (lines > 1 && i > 0)
                cost += WRAP_COST + LINE_COST * (double)(lines - 2);
        }
        cost += (double)most;
    }
    return cost;
}

static double sample_all(struct sample *sample, const double *widths) {
    for (size_t column = 0; column < sample->columns->column_count; column++)
        sample_column(sample, column, widths[column]);
    return sample_cost(sample);
}

/* Moves a step of width from one column to another when the table gets shorter. */
static bool move_step(struct sample *sample, size_t from, size_t to, double step, double *widths, double *cost) {
    if (from == to || widths[from] - step < sample->columns->minimum[from] - 0.01)
        return false;
    sample_column(sample, from, widths[from] - step);
    sample_column(sample, to, widths[to] + step);
    double changed = sample_cost(sample);
    if (changed < *cost - 1e-9) {
        widths[from] -= step;
        widths[to] += step;
        *cost = changed;
        return true;
    }
    sample_column(sample, from, widths[from]);
    sample_column(sample, to, widths[to]);
    return false;
}

static void improve(struct sample *sample, double *widths, double cost) {
    static const double steps[] = {1, 2, 4, 8};
    size_t count = sample->columns->column_count;
    bool better = true;
    sample_all(sample, widths);
    for (int pass = 0; pass < PASSES && better; pass++) {
        better = false;
        for (size_t from = 0; from < count; from++)
            for (size_t to = 0; to < count; to++)
                for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
                    better = move_step(sample, from, to, steps[i] * STEP, widths, &cost) || better;
    }
}

static void share_by_sample(const struct columns *columns, double *widths) {
    static const double powers[] = {0.3, 0.45, 0.6, 0.8, 1};
    struct sample sample = {.columns = columns};
    size_t count = columns->column_count;
    sample.lines = memory_resize(NULL, count * SAMPLE_ROWS * sizeof *sample.lines);
    memset(sample.lines, 0, count * SAMPLE_ROWS * sizeof *sample.lines);
    double *tried = memory_resize(NULL, count * sizeof *tried), best = -1;
    sample_rows(&sample);
    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++) {
        share_by_power(columns, powers[i], tried);
        double cost = sample_all(&sample, tried);
        if (best < 0 || cost < best - 1e-9) {
            best = cost;
            memcpy(widths, tried, count * sizeof *tried);
        }
    }
    improve(&sample, widths, best);
    free(tried);
    free(sample.lines);
}

void columns_share(const struct columns *columns, double *widths) {
    double sum = 0;
    for (size_t i = 0; i < columns->column_count; i++)
        sum += columns->maximum[i];
    if (!columns_fit(columns))
        share_scarcity(columns, widths);
    else if (sum <= columns->width)
        share_plenty(columns, sum, widths);
    else
        share_by_sample(columns, widths);
}
