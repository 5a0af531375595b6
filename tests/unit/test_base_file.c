/* test_base_file.c - files that are whole or not there, their sums, and what is said about them. */
#include "support.h"

#include "base/build.h"
#include "base/sha256.h"

#include <sys/stat.h>

/* ---- SHA-256: the vectors of FIPS 180-4 ------------------------------------------------------------------------- */

static void sums_are_those_of_nist(void **state) {
    (void)state;
    static const char *const vectors[][2] = {
        {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
        {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
         "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopq"
         "rstu",
         "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"}};
    char sum[SHA256_TEXT];
    for (size_t i = 0; i < 4; i++) {
        sha256_bytes(vectors[i][0], strlen(vectors[i][0]), sum);
        assert_string_equal(sum, vectors[i][1]);
    }
}

static void a_million_letters_have_their_sum(void **state) {
    struct bench *bench = *state;
    static const char wanted[] = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    char sum[SHA256_TEXT], *letters = arena_alloc(bench->arena, 1000000);
    memset(letters, 'a', 1000000);
    sha256_bytes(letters, 1000000, sum);
    assert_string_equal(sum, wanted);
    assert_true(sha256_file(bench_put_bytes(bench, "million", letters, 1000000), sum));
    assert_string_equal(sum, wanted);
    assert_false(sha256_file(bench_path(bench, "none"), sum));
}

static void sums_of_every_length_agree_with_the_file(void **state) {
    struct bench *bench = *state;
    char bytes[200], sum[SHA256_TEXT], again[SHA256_TEXT], last[SHA256_TEXT] = "";
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7);
    for (size_t length = 0; length <= sizeof bytes; length++) {
        sha256_bytes(bytes, length, sum);
        assert_true(sha256_file(bench_put_bytes(bench, "part", bytes, length), again));
        assert_string_equal(sum, again);
        assert_string_not_equal(sum, last);
        strcpy(last, sum);
    }
}

/* ---- Reading and listing ---------------------------------------------------------------------------------------- */

static void whole_files_are_read(void **state) {
    struct bench *bench = *state;
    size_t length = 0;
    const char *bytes = file_read(bench->arena, &bench->diagnostics, bench_put_bytes(bench, "f", "a\0b", 3), &length);
    assert_int_equal(length, 3);
    assert_memory_equal(bytes, "a\0b\0", 4);
    assert_null(file_read(bench->arena, &bench->diagnostics, bench_path(bench, "none"), &length));
    assert_null(file_read(bench->arena, &bench->diagnostics, bench->folder, &length));
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_READ), 2);
    assert_contains(finding_of(bench, DIAGNOSTIC_FILE_READ, 1)->message, "is a folder");
    assert_true(file_exists(bench_path(bench, "f")));
    assert_false(file_exists(bench->folder));
    assert_true(folder_exists(bench->folder));
    assert_false(folder_exists(bench_path(bench, "f")));
}

static void folders_are_listed_in_order(void **state) {
    struct bench *bench = *state;
    char **paths;
    bench_put(bench, "b.csv", "");
    bench_put(bench, "a.csv", "");
    bench_put(bench, ".hidden", "");
    bench_put(bench, "~$a.xlsx", "");
    bench_put(bench, "sub/c.csv", "");
    assert_int_equal(folder_list(bench->arena, &bench->diagnostics, bench->folder, true, &paths), 3);
    assert_string_equal(path_name(paths[0]), "a.csv");
    assert_string_equal(path_name(paths[1]), "b.csv");
    assert_contains(paths[2], "/sub/c.csv");
    assert_int_equal(folder_list(bench->arena, &bench->diagnostics, bench->folder, false, &paths), 2);
    assert_int_equal(folder_list(bench->arena, &bench->diagnostics, bench_path(bench, "none"), true, &paths), -1);
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_READ), 1);
}

static void paths_fall_into_parts(void **state) {
    struct bench *bench = *state;
    assert_string_equal(path_join(bench->arena, "a", "b.csv"), "a/b.csv");
    assert_string_equal(path_join(bench->arena, ".", "b.csv"), "b.csv");
    assert_string_equal(path_name("a/b.csv"), "b.csv");
    assert_string_equal(path_name("b"), "b");
    assert_string_equal(path_stem(bench->arena, "a.x/b.c.csv"), "b.c");
    assert_string_equal(path_stem(bench->arena, ".ini"), ".ini");
    assert_string_equal(path_extension("a.x/b"), "");
    assert_string_equal(path_extension("a/b.CSV"), "CSV");
}

/* ---- Writing ---------------------------------------------------------------------------------------------------- */

static mode_t mode_of(const char *path) {
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    return status.st_mode & 0777;
}

static void what_is_published_replaces_what_was_there(void **state) {
    struct bench *bench = *state;
    size_t length;
    const char *path = bench_put(bench, "out.txt", "old"), *aside = file_aside(bench->arena, path);
    assert_string_equal(path_name(aside), ".tongket-out.txt");
    bench_put(bench, ".tongket-out.txt", "new");
    assert_string_equal(file_read(bench->arena, &bench->diagnostics, path, &length), "old");
    assert_true(file_publish(&bench->diagnostics, aside, path));
    assert_string_equal(file_read(bench->arena, &bench->diagnostics, path, &length), "new");
    assert_false(file_exists(aside));
    assert_int_equal(mode_of(path), 0600);
    assert_true(file_write(bench->arena, &bench->diagnostics, path, "newer\0!", 7));
    assert_memory_equal(file_read(bench->arena, &bench->diagnostics, path, &length), "newer\0!", 7);
    assert_int_equal(length, 7);
    assert_string_equal(file_aside(bench->arena, "plain"), ".tongket-plain");
}

static void what_is_discarded_leaves_nothing(void **state) {
    struct bench *bench = *state;
    const char *aside = bench_put(bench, ".tongket-x", "half");
    file_discard(aside);
    assert_false(file_exists(aside));
    file_discard(aside);
    assert_nothing_said(bench);
}

static void what_cannot_be_written_is_said(void **state) {
    struct bench *bench = *state;
    bench_put(bench, "file", "x");
    const char *inside = bench_path(bench, "file/out.txt");
    assert_false(file_write(bench->arena, &bench->diagnostics, inside, "x", 1));
    assert_contains(finding_of(bench, DIAGNOSTIC_FILE_WRITE, 0)->message, "not a folder");
    assert_int_equal(bench->diagnostics.status, 4);
    assert_false(folder_make(&bench->diagnostics, bench_path(bench, "file/folder")));
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_WRITE), 2);
    /* a folder stands where the file should go: what was written aside must be gone */
    assert_true(folder_make(&bench->diagnostics, bench_path(bench, "taken/inner")));
    assert_false(file_write(bench->arena, &bench->diagnostics, bench_path(bench, "taken"), "x", 1));
    assert_false(file_exists(bench_path(bench, ".tongket-taken")));
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_WRITE), 3);
    assert_false(file_publish(&bench->diagnostics, bench_path(bench, "none"), bench_path(bench, "x")));
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_WRITE), 4);
}

static void folders_are_made_for_their_owner_only(void **state) {
    struct bench *bench = *state;
    const char *path = bench_path(bench, "a/b/c");
    assert_true(folder_make(&bench->diagnostics, path));
    assert_true(folder_make(&bench->diagnostics, path));
    assert_int_equal(mode_of(path), 0700);
    assert_nothing_said(bench);
}

/* ---- Diagnostics ------------------------------------------------------------------------------------------------ */

static const char *printed(struct bench *bench, const struct place *place, const char *word) {
    char *text = NULL;
    size_t length;
    bench->diagnostics.stream = open_memstream(&text, &length);
    assert_non_null(bench->diagnostics.stream);
    diagnose(&bench->diagnostics, CELL_MISSING, place, word, "a date");
    fclose(bench->diagnostics.stream);
    bench->diagnostics.stream = NULL;
    const char *copy = arena_text(bench->arena, text);
    free(text);
    return copy;
}

static void findings_are_printed_with_their_place(void **state) {
    struct bench *bench = *state;
    struct place place = {.file = "a.csv", .row = 14, .column = 3};
    assert_string_equal(printed(bench, &place, "Ngày"),
                        "a.csv:14:3: error: column 'Ngày' is blank; expected a date [cell-missing]\n");
    place.sheet = "Sổ 1";
    place.line = "đây\tlà dòng";
    assert_string_equal(printed(bench, &place, "Ngày"),
                        "a.csv[Sổ 1]:14:3: error: column 'Ngày' is blank; expected a date [cell-missing]\n"
                        "    đây là dòng\n      ^\n");
    bench->diagnostics.language = LANGUAGE_VI;
    assert_string_equal(printed(bench, NULL, "Ngày\x1b[31m\n"),
                        "lỗi: cột «Ngày?[31m » để trống; cần a date [cell-missing]\n");
    assert_string_equal(printed(bench, NULL, "{2}"), "lỗi: cột «{2}» để trống; cần a date [cell-missing]\n");
    assert_int_equal(bench->diagnostics.status, 1);
}

static void findings_of_a_kind_are_limited_by_file(void **state) {
    struct bench *bench = *state;
    char *text = NULL;
    size_t length, lines = 0;
    bench->diagnostics.stream = open_memstream(&text, &length);
    assert_non_null(bench->diagnostics.stream);
    diagnostics_file(&bench->diagnostics, "a.csv");
    for (int i = 0; i < 75; i++)
        diagnose(&bench->diagnostics, FILE_EMPTY, NULL, "");
    diagnostics_file(&bench->diagnostics, "b.csv");
    for (int i = 0; i < 3; i++)
        diagnose(&bench->diagnostics, FILE_EMPTY, NULL, "");
    diagnostics_file(&bench->diagnostics, NULL);
    fclose(bench->diagnostics.stream);
    bench->diagnostics.stream = NULL;
    for (const char *at = text; *at; at++)
        lines += *at == '\n';
    free(text);
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_EMPTY), 78);
    assert_int_equal(lines, 50 + 1 + 3);
    const struct finding *more = finding_of(bench, DIAGNOSTIC_MORE_OF_THE_SAME, 0);
    assert_contains(more->message, "25");
    assert_string_equal(more->place.file, "a.csv");
}

static void a_build_has_its_hash(void **state) {
    (void)state;
    char hash[SHA256_TEXT], again[SHA256_TEXT];
    build_hash(hash);
    build_hash(again);
    assert_string_equal(hash, again);
    assert_true(strlen(hash) >= 32);
    assert_int_equal(strspn(hash, "0123456789abcdef"), strlen(hash));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(sums_are_those_of_nist),
        TEST(a_million_letters_have_their_sum),
        TEST(sums_of_every_length_agree_with_the_file),
        TEST(a_build_has_its_hash),
        TEST(whole_files_are_read),
        TEST(folders_are_listed_in_order),
        TEST(paths_fall_into_parts),
        TEST(what_is_published_replaces_what_was_there),
        TEST(what_is_discarded_leaves_nothing),
        TEST(what_cannot_be_written_is_said),
        TEST(folders_are_made_for_their_owner_only),
        TEST(findings_are_printed_with_their_place),
        TEST(findings_of_a_kind_are_limited_by_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
