/* test_base_grid.c - many rows and many bytes give back what was put in, in any order, wherever they are kept. */
#include "support.h"

#include "base/grid.h"
#include "base/spill.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>

/* ---- Bytes ------------------------------------------------------------------------------------------------------ */

static unsigned char byte_at(size_t at) {
    return (unsigned char)(at * 31 + at / 251);
}

static void fill(struct spill *spill, size_t size) {
    unsigned char bytes[1000];
    for (size_t at = 0, step = 1; at < size; at += step, step = step % 997 + 1) {
        step = step < size - at ? step : size - at;
        for (size_t i = 0; i < step; i++)
            bytes[i] = byte_at(at + i);
        assert_int_equal(spill_add(spill, bytes, step), at);
    }
    assert_int_equal(spill_size(spill), size);
}

static void assert_read(const struct spill *spill, size_t from, size_t length) {
    unsigned char *bytes = malloc(length + 1);
    assert_non_null(bytes);
    spill_read(spill, from, bytes, length);
    for (size_t i = 0; i < length; i++)
        if (bytes[i] != byte_at(from + i))
            fail_msg("byte %zu", from + i);
    free(bytes);
}

static void bytes_are_read_back_from_memory_and_file(void **state) {
    struct bench *bench = *state;
    enum { SIZE = 900 * 1024 }; /* the first of them in the file, the last not */
    struct spill *spill = spill_new(bench->arena);
    fill(spill, SIZE);
    assert_read(spill, 0, SIZE);
    for (size_t from = 0; from < SIZE; from += 77777)
        assert_read(spill, from, SIZE - from < 300 * 1024 ? SIZE - from : 300 * 1024);
    assert_read(spill, SIZE, 0);
}

static int open_files(void) {
    int count = 0;
    for (int file = 0; file < 256; file++)
        count += fcntl(file, F_GETFD) >= 0;
    return count;
}

static void the_file_is_the_arenas_and_has_no_name(void **state) {
    struct bench *bench = *state;
    struct arena *arena = arena_new();
    const char *folder = bench_path(bench, "spilled"), *before = getenv("TMPDIR");
    char **paths;
    const int files = open_files();
    before = before ? arena_text(bench->arena, before) : NULL;
    assert_true(folder_make(&bench->diagnostics, folder));
    setenv("TMPDIR", folder, 1);
    fill(spill_new(arena), 1024 * 1024);
    assert_int_equal(open_files(), files + 1);
    assert_int_equal(folder_list(bench->arena, &bench->diagnostics, folder, false, &paths), 0);
    arena_free(arena);
    assert_int_equal(open_files(), files);
    if (before)
        setenv("TMPDIR", before, 1);
    else
        unsetenv("TMPDIR");
}

/* A limit on the size of files stands for a full disk. */
static void without_room_for_a_file_bytes_stay_in_memory(void **state) {
    struct bench *bench = *state;
    struct rlimit limit, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    small = limit;
    small.rlim_cur = 300 * 1024;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    struct spill *spill = spill_new(bench->arena);
    fill(spill, 1024 * 1024);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    signal(SIGXFSZ, SIG_DFL);
    assert_read(spill, 0, 1024 * 1024);
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

enum { COLUMNS = 9 };

static void make_cells(struct arena *arena, size_t row, struct grid_cell *cells) {
    const int64_t number = (int64_t)(row * row * 2654435761u) - (row % 3 ? 0 : INT64_C(1) << 50);
    const char *text = arena_printf(arena, "Nguyễn Thị Thu Hương %zu", row);
    cells[0] = (struct grid_cell){value_integer(number), arena_printf(arena, "%zu.", row)};
    cells[1] = (struct grid_cell){value_text(text), text};
    cells[2] = (struct grid_cell){value_text(row % 2 ? "" : text), NULL};
    cells[3] = (struct grid_cell){value_text(text), row % 5 ? "khác" : ""};
    cells[4] = (struct grid_cell){value_decimal(-number, (int)(row % 19)), NULL};
    cells[5] = (struct grid_cell){value_ratio(number, row % 7 ? (int64_t)row : -1), "1/3"};
    cells[6] = (struct grid_cell){value_date((struct date){1954, (int8_t)(row % 13), (int8_t)(row % 28)}), NULL};
    cells[7] = (struct grid_cell){row % 2 ? value_none() : value_hidden(), "–"};
    cells[8] = (struct grid_cell){value_integer(row % 2 ? INT64_MIN : INT64_MAX), NULL};
}

static void assert_cell(const struct grid_cell *found, const struct grid_cell *wanted, size_t row, int column) {
    const struct value *one = &found->value, *other = &wanted->value;
    bool same = one->kind == other->kind && one->number == other->number && one->base == other->base &&
                one->scale == other->scale && memcmp(&one->date, &other->date, sizeof one->date) == 0 &&
                !one->text == !other->text && (!one->text || strcmp(one->text, other->text) == 0) &&
                !found->text == !wanted->text && (!found->text || strcmp(found->text, wanted->text) == 0);
    if (!same)
        fail_msg("row %zu, column %d", row, column);
}

static void assert_row(struct bench *bench, struct grid *grid, size_t row) {
    struct arena *arena = arena_new();
    struct grid_cell wanted[COLUMNS];
    (void)bench;
    make_cells(arena, row, wanted);
    const struct grid_row found = grid_row(grid, row);
    assert_int_equal(found.kind, row % 256);
    for (int c = 0; c < COLUMNS; c++)
        assert_cell(&found.cells[c], &wanted[c], row, c);
    arena_free(arena);
}

static void add_rows(struct grid *grid, size_t count) {
    struct arena *arena = arena_new();
    struct grid_cell cells[COLUMNS];
    for (size_t i = 0; i < count; i++) {
        make_cells(arena, grid_count(grid), cells);
        grid_add(grid, (int)(grid_count(grid) % 256), cells);
        arena_clear(arena);
    }
    arena_free(arena);
}

static void rows_are_found_in_any_order(void **state) {
    struct bench *bench = *state;
    enum { ROWS = 6000 };
    struct grid *grid = grid_new(bench->arena, COLUMNS);
    add_rows(grid, ROWS);
    assert_int_equal(grid_count(grid), ROWS);
    for (size_t row = 0; row < ROWS; row++)
        assert_row(bench, grid, row);
    for (size_t row = ROWS; row-- > 0; row -= row < 37 ? row : 37)
        assert_row(bench, grid, row);
    for (size_t i = 0, row = 1; i < 500; i++, row = row * 7919 % ROWS)
        assert_row(bench, grid, row);
    assert_row(bench, grid, 5);
    assert_row(bench, grid, 5);
}

static void rows_may_be_added_after_some_were_read(void **state) {
    struct bench *bench = *state;
    struct grid *grid = grid_new(bench->arena, COLUMNS);
    for (size_t count = 1; count < 900; count++) {
        add_rows(grid, 1);
        assert_row(bench, grid, count - 1);
        assert_row(bench, grid, count / 2);
    }
}

static void a_row_may_be_longer_than_a_block(void **state) {
    struct bench *bench = *state;
    struct grid *grid = grid_new(bench->arena, 1);
    for (int i = 0; i < 20; i++) {
        char *text = arena_alloc(bench->arena, 200001);
        memset(text, 'a' + i, 200000);
        grid_add(grid, 0, &(const struct grid_cell){value_text(i % 2 ? text : "ngắn"), NULL});
    }
    for (size_t row = 20; row-- > 0;) {
        const char *text = grid_value(grid, row, 0).text;
        assert_int_equal(strlen(text), row % 2 ? 200000 : strlen("ngắn"));
        assert_true(row % 2 == 0 || text[199999] == (char)('a' + (int)row));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(bytes_are_read_back_from_memory_and_file),     TEST(the_file_is_the_arenas_and_has_no_name),
        TEST(without_room_for_a_file_bytes_stay_in_memory), TEST(rows_are_found_in_any_order),
        TEST(rows_may_be_added_after_some_were_read),       TEST(a_row_may_be_longer_than_a_block),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
