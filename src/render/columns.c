/* columns.c - sharing a table's width out between its columns.
 *
 * For a sample of the rows it is measured from which width on a cell takes one line, two, three …; only these widths
 * are worth trying. A column may have some of them, from its minimum on. Starting from shares by a power of the maxima
 * (a small power favours short columns, a large one long texts), width is moved from column to column, from one such
 * width to another, as long as that makes the table better. Taking maxima alone, as browsers do, starves short columns
 * beside one long text; moving width by small steps, as was done before, stops where the next line saved is more than
 * a step away. */
#include "render/columns.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SAMPLE_ROWS = 40, CELL_STEPS = 8, CHOICES = 28, MOVES = 60, MOST_LINES = 999 };

/* Against a line of the table's height: each time that a short cell is broken, a name or a date; each further line of
 * any cell. The header, which is row 0, may well stand on several. */
static const double WRAP_COST = 0.5, LINE_COST = 0.1;
static const double SHORT_SHARE = 0.2; /* of the table's width: what a short cell takes on one line */
static const double PRECISION = 0.25, NARROW = 20;

/* The least width at which a cell takes that many lines. */
struct step {
    size_t lines;
    double width;
};

struct cell {
    struct step steps[CELL_STEPS]; /* from the fewest lines on */
    size_t count, most;            /* most: lines at the column's minimum */
};

struct column_sample {
    const struct columns *columns;
    size_t count; /* of rows */
    struct cell *cells;
};

/* ===== Measuring ===== */

static double width_for(const struct columns *columns, size_t row, size_t column, size_t lines, double low,
                        double high) {
    while (high - low > PRECISION) {
        double middle = (low + high) / 2;
        if (columns->lines(columns->context, row, column, middle) > lines)
            low = middle;
        else
            high = middle;
    }
    return high;
}

/* Each step more lines than the one before by more than that did: of long texts it need not be known exactly. */
static void measure_cell(const struct columns *columns, size_t row, size_t column, struct cell *cell) {
    double low = columns->minimum[column], high = columns->maximum[column];
    size_t least = columns->lines(columns->context, row, column, high), lines = least;
    cell->most = low < high ? columns->lines(columns->context, row, column, low) : least;
    for (size_t more = 1; lines < cell->most && cell->count < CELL_STEPS; lines += more++) {
        high = width_for(columns, row, column, lines, low, high);
        cell->steps[cell->count++] = (struct step){lines, high};
    }
}

const struct column_sample *columns_measure(struct arena *arena, const struct columns *columns) {
    struct column_sample *sample = ARENA_NEW(arena, struct column_sample);
    sample->columns = columns;
    sample->count = columns->row_count < SAMPLE_ROWS ? columns->row_count : SAMPLE_ROWS;
    sample->cells = ARENA_ARRAY(arena, struct cell, columns->column_count * sample->count);
    for (size_t i = 0; i < sample->count; i++)
        for (size_t column = 0; column < columns->column_count; column++)
            measure_cell(columns, i * columns->row_count / sample->count, column,
                         &sample->cells[column * sample->count + i]);
    return sample;
}

static size_t cell_lines(const struct cell *cell, double width) {
    for (size_t i = 0; i < cell->count; i++)
        if (width >= cell->steps[i].width - 1e-9)
            return cell->steps[i].lines;
    return cell->most;
}

/* ===== Shares without a choice ===== */

bool columns_fit(const struct columns *columns, double width) {
    double sum = 0;
    for (size_t i = 0; i < columns->column_count; i++)
        sum += columns->minimum[i];
    return sum <= width + 0.01;
}

/* All minima cut down to one ceiling, so that they fit. */
static void share_scarcity(const struct columns *columns, double width, double *widths) {
    double low = 0, high = width;
    for (int i = 0; i < 40; i++) {
        double ceiling = (low + high) / 2, sum = 0;
        for (size_t column = 0; column < columns->column_count; column++)
            sum += fmin(columns->minimum[column], ceiling);
        if (sum > width)
            high = ceiling;
        else
            low = ceiling;
    }
    for (size_t column = 0; column < columns->column_count; column++)
        widths[column] = fmin(columns->minimum[column], low);
}

/* More room than is needed: in proportion to what the columns would like; a running number's hardly grows. */
static void share_rest(const struct columns *columns, double rest, double *widths) {
    double shares = 0;
    for (size_t i = 0; i < columns->column_count; i++)
        shares += fmax(columns->maximum[i] - NARROW, 2);
    for (size_t i = 0; i < columns->column_count; i++)
        widths[i] += rest * fmax(columns->maximum[i] - NARROW, 2) / shares;
}

static double between(double width, double least, double most) {
    width = width < most ? width : most;
    return width > least ? width : least;
}

static double level_sum(const struct columns *columns, double level, const double *powers) {
    double sum = 0;
    for (size_t i = 0; i < columns->column_count; i++)
        sum += between(level * powers[i], columns->minimum[i], columns->maximum[i]);
    return sum;
}

static void share_by_power(const struct columns *columns, double width, double power, double *widths) {
    double low = 0, high = width * 4;
    for (size_t i = 0; i < columns->column_count; i++)
        widths[i] = pow(columns->maximum[i], power);
    for (int i = 0; i < 50; i++) {
        double level = (low + high) / 2;
        if (level_sum(columns, level, widths) > width)
            high = level;
        else
            low = level;
    }
    for (size_t i = 0; i < columns->column_count; i++)
        widths[i] = between(low * widths[i], columns->minimum[i], columns->maximum[i]);
}

/* ===== Choices ===== */

/* The widths that a column may have, narrow to wide, and what its cells do in each. */
struct choices {
    size_t count;
    double widths[CHOICES];
    double costs[CHOICES]; /* of its broken cells */
    uint16_t lines[CHOICES][SAMPLE_ROWS];
};

struct search {
    const struct column_sample *sample;
    struct choices *choices; /* by column */
    size_t *chosen;          /* by column */
    double rest, cost;
};

static int compare_doubles(const void *left, const void *right) {
    double one = *(const double *)left, other = *(const double *)right;
    return (one > other) - (one < other);
}

static double broken_cost(const struct cell *cell, size_t lines, double width) {
    if (lines < 2 || !cell->count)
        return 0;
    double shortness = fmin(1, SHORT_SHARE * width / cell->steps[0].width);
    return WRAP_COST * shortness * shortness * (double)(lines - 1) + LINE_COST * (double)(lines - 2);
}

static void add_choice(struct choices *choices, const struct column_sample *sample, size_t column, double choice,
                       double width) {
    size_t at = choices->count++;
    choices->widths[at] = choice;
    choices->costs[at] = 0;
    for (size_t i = 0; i < sample->count; i++) {
        const struct cell *cell = &sample->cells[column * sample->count + i];
        size_t lines = cell_lines(cell, choice);
        choices->lines[at][i] = (uint16_t)(lines < MOST_LINES ? lines : MOST_LINES);
        if (i > 0)
            choices->costs[at] += broken_cost(cell, lines, width);
    }
}

/* The widths at which some cell loses a line; of too many, some. */
static void list_choices(const struct column_sample *sample, size_t column, double width, struct choices *choices) {
    double steps[SAMPLE_ROWS * CELL_STEPS];
    size_t count = 0, skip;
    for (size_t i = 0; i < sample->count; i++) {
        const struct cell *cell = &sample->cells[column * sample->count + i];
        for (size_t step = 0; step < cell->count; step++)
            if (cell->steps[step].width < width)
                steps[count++] = cell->steps[step].width;
    }
    if (count)
        qsort(steps, count, sizeof *steps, compare_doubles);
    add_choice(choices, sample, column, sample->columns->minimum[column], width);
    skip = count / (CHOICES - 1) + 1;
    for (size_t i = (count - 1) % skip; i < count; i += skip)
        if (steps[i] > choices->widths[choices->count - 1] + PRECISION || i + skip >= count)
            add_choice(choices, sample, column, steps[i], width);
}

static double search_cost(const struct search *search) {
    size_t columns = search->sample->columns->column_count;
    double cost = 0;
    for (size_t i = 0; i < search->sample->count; i++) {
        unsigned most = 1;
        for (size_t column = 0; column < columns; column++) {
            unsigned lines = search->choices[column].lines[search->chosen[column]][i];
            most = lines > most ? lines : most;
        }
        cost += most;
    }
    for (size_t column = 0; column < columns; column++)
        cost += search->choices[column].costs[search->chosen[column]];
    return cost;
}

/* The widest choice that there is room for. */
static size_t widest_choice(const struct choices *choices, size_t from, double room) {
    while (from + 1 < choices->count && choices->widths[from + 1] <= room + 1e-9)
        from++;
    return from;
}

static void begin_search(struct search *search, double width, double power, double *widths) {
    const struct columns *columns = search->sample->columns;
    share_by_power(columns, width, power, widths);
    search->rest = width;
    for (size_t i = 0; i < columns->column_count; i++) {
        search->chosen[i] = widest_choice(&search->choices[i], 0, widths[i]);
        search->rest -= search->choices[i].widths[search->chosen[i]];
    }
    search->cost = search_cost(search);
}

/* Puts a column on another choice, another on the widest that the room then allows, if that is better. */
static bool try_move(struct search *search, size_t from, size_t to, size_t choice) {
    const struct choices *giving = &search->choices[from], *taking = &search->choices[to];
    size_t gave = search->chosen[from], took = search->chosen[to];
    double room = search->rest + giving->widths[gave] - giving->widths[choice];
    size_t wider = widest_choice(taking, took, taking->widths[took] + room);
    if (wider == took && choice <= gave)
        return false;
    search->chosen[from] = choice;
    search->chosen[to] = wider;
    double cost = search_cost(search);
    if (cost < search->cost - 1e-9) {
        search->cost = cost;
        search->rest = room - (taking->widths[wider] - taking->widths[took]);
        return true;
    }
    search->chosen[from] = gave;
    search->chosen[to] = took;
    return false;
}

static bool improve(struct search *search) {
    size_t columns = search->sample->columns->column_count;
    bool better = false;
    for (size_t from = 0; from < columns; from++)
        for (size_t to = 0; to < columns; to++)
            for (size_t choice = search->chosen[from] + 1; from != to && choice-- > 0;)
                better = try_move(search, from, to, choice) || better;
    return better;
}

static double share_by_search(const struct column_sample *sample, double width, double *widths) {
    static const double powers[] = {0.3, 0.45, 0.6, 0.8, 1};
    size_t count = sample->columns->column_count, best = 0;
    struct search search = {.sample = sample};
    double least = -1;
    search.choices = memory_resize(NULL, count * sizeof *search.choices);
    search.chosen = memory_resize(NULL, count * sizeof *search.chosen);
    for (size_t i = 0; i < count; i++) {
        search.choices[i].count = 0;
        list_choices(sample, i, width, &search.choices[i]);
    }
    for (size_t i = 0; i < sizeof powers / sizeof *powers; i++) {
        begin_search(&search, width, powers[i], widths);
        if (least < 0 || search.cost < least - 1e-9) {
            least = search.cost;
            best = i;
        }
    }
    begin_search(&search, width, powers[best], widths);
    for (int i = 0; i < MOVES && improve(&search); i++)
        ;
    for (size_t i = 0; i < count; i++)
        widths[i] = search.choices[i].widths[search.chosen[i]];
    free(search.choices);
    free(search.chosen);
    share_rest(sample->columns, search.rest, widths);
    return search.cost / (double)sample->count;
}

double columns_share(const struct column_sample *sample, double width, double *widths) {
    const struct columns *columns = sample->columns;
    double sum = 0;
    for (size_t i = 0; i < columns->column_count; i++)
        sum += columns->maximum[i];
    if (!columns_fit(columns, width)) {
        share_scarcity(columns, width, widths);
        return MOST_LINES;
    }
    if (sum > width)
        return share_by_search(sample, width, widths);
    memcpy(widths, columns->maximum, columns->column_count * sizeof *widths);
    share_rest(columns, width - sum, widths);
    return 1;
}
