/* test_render_xlsx_package.c - the parts of a workbook and their archive: small, longer than memory is given,
 * unwritten. */
#include "support.h"

#include "render/xlsx_package.h"
#include "sheet/sheet.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <xlsxwriter.h>

/* Texts that repeat nothing, so that each is kept and the shared strings are long too. */
static const char *text_of(struct bench *bench, unsigned row) {
    return arena_printf(bench->arena, "Đảng viên số %u, thẻ %012llu", row, (unsigned long long)row * 7919 % 999983);
}

static lxw_error write_rows(struct bench *bench, const char *path, unsigned rows) {
    lxw_workbook_options options = {.tmpdir = bench->folder};
    lxw_workbook *book = workbook_new_opt(path, &options);
    lxw_worksheet *sheet = workbook_add_worksheet(book, "A");
    for (unsigned row = 0; row < rows; row++)
        worksheet_write_string(sheet, row, 0, text_of(bench, row), NULL);
    return workbook_close(book);
}

struct seen {
    struct bench *bench;
    unsigned rows, wrong;
};

static bool see_row(void *context, const struct row *row) {
    struct seen *seen = context;
    const char *wanted = text_of(seen->bench, seen->rows++);
    seen->wrong += row->count != 1 || row->cells[0].length != strlen(wanted) ||
                   memcmp(row->cells[0].text, wanted, strlen(wanted)) != 0;
    return true;
}

static void assert_reads_back(struct bench *bench, const char *path, unsigned rows) {
    struct seen seen = {.bench = bench};
    const struct sheet_sink sink = {.context = &seen, .row = see_row};
    struct sheet_traits traits = {0};
    const struct reader *reader = reader_choose(path, &bench->diagnostics);
    assert_non_null(reader);
    assert_true(reader->read(path, &sink, &traits, &bench->diagnostics));
    assert_nothing_said(bench);
    assert_int_equal(seen.rows, rows);
    assert_int_equal(seen.wrong, 0);
}

static void a_small_workbook_reads_back(void **state) {
    struct bench *bench = *state;
    const char *path = bench_path(bench, "small.xlsx");
    assert_int_equal(write_rows(bench, path, 3), LXW_NO_ERROR);
    assert_int_equal(xlsx_package_error(), 0);
    assert_reads_back(bench, path, 3);
}

/* Its sheet and its shared strings are each longer than a megabyte: half in memory, half on the disk. */
static void a_long_workbook_reads_back(void **state) {
    struct bench *bench = *state;
    enum { ROWS = 40000 };
    const char *path = bench_path(bench, "long.xlsx");
    assert_int_equal(write_rows(bench, path, ROWS), LXW_NO_ERROR);
    assert_int_equal(xlsx_package_error(), 0);
    assert_reads_back(bench, path, ROWS);
}

static void a_folder_that_is_not_there_is_an_error(void **state) {
    struct bench *bench = *state;
    write_rows(bench, bench_path(bench, "none/book.xlsx"), 3);
    assert_int_equal(xlsx_package_error(), ENOENT);
    assert_int_equal(xlsx_package_error(), 0);
}

/* Whichever of its files cannot grow: the scratch file of a part, or the archive itself. */
static void a_disk_without_room_is_an_error(void **state) {
    struct bench *bench = *state;
    struct rlimit kept, none;
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &kept), 0);
    none = (struct rlimit){.rlim_cur = 4096, .rlim_max = kept.rlim_max};
    for (unsigned rows = 1000; rows <= 40000; rows *= 40) {
        const char *path = bench_path(bench, "book.xlsx");
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
        lxw_error result = write_rows(bench, path, rows);
        int error = xlsx_package_error();
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &kept), 0);
        assert_int_equal(result, LXW_NO_ERROR);
        assert_int_equal(error, EFBIG);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_small_workbook_reads_back),
        TEST(a_long_workbook_reads_back),
        TEST(a_folder_that_is_not_there_is_an_error),
        TEST(a_disk_without_room_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
