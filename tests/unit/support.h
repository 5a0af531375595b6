/* support.h - what unit tests share: an arena with diagnostics, temporary folders, the files of the shared corpus. */
#ifndef TONGKET_SUPPORT_H
#define TONGKET_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/diagnose.h"
#include "base/file.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* One a test: its memory, what was said, and a folder of its own when one was asked for. */
struct bench {
    struct arena *arena;
    struct diagnostics diagnostics;
    char folder[64];
};

static inline int bench_open(void **state) {
    struct bench *bench = calloc(1, sizeof *bench);
    assert_non_null(bench);
    bench->arena = arena_new();
    bench->diagnostics = (struct diagnostics){.arena = bench->arena, .language = LANGUAGE_EN};
    *state = bench;
    return 0;
}

static inline int entry_remove(const char *path, const struct stat *status, int kind, struct FTW *place) {
    (void)status, (void)kind, (void)place;
    return remove(path);
}

static inline int bench_close(void **state) {
    struct bench *bench = *state;
    if (bench->folder[0])
        nftw(bench->folder, entry_remove, 8, FTW_DEPTH | FTW_PHYS);
    arena_free(bench->arena);
    free(bench);
    return 0;
}

/* The name of something in the bench's folder, which is made at the first call. */
static inline const char *bench_path(struct bench *bench, const char *name) {
    if (!bench->folder[0]) {
        strcpy(bench->folder, "/tmp/tongket-unit-XXXXXX");
        assert_non_null(mkdtemp(bench->folder));
    }
    return arena_printf(bench->arena, "%s/%s", bench->folder, name);
}

static inline const char *bench_put_bytes(struct bench *bench, const char *name, const char *bytes, size_t length) {
    const char *path = bench_path(bench, name), *end = path_name(path);
    assert_true(folder_make(&bench->diagnostics, arena_copy(bench->arena, path, (size_t)(end - path - 1))));
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    return path;
}

static inline const char *bench_put(struct bench *bench, const char *name, const char *text) {
    return bench_put_bytes(bench, name, text, strlen(text));
}

/* How often it was said. */
static inline size_t said(const struct bench *bench, enum diagnostic code) {
    return bench->diagnostics.counts[code];
}

static inline size_t said_all(const struct bench *bench) {
    size_t count = 0;
    for (int code = 0; code < DIAGNOSTIC_COUNT; code++)
        count += bench->diagnostics.counts[code];
    return count;
}

/* The n-th finding with the code, from 0; fails the test when it was never said. */
static inline const struct finding *finding_of(const struct bench *bench, enum diagnostic code, size_t n) {
    for (size_t i = 0; i < bench->diagnostics.count; i++)
        if (bench->diagnostics.findings[i].code == code && n-- == 0)
            return &bench->diagnostics.findings[i];
    fail_msg("never said: %s", diagnostic_name(code));
    return NULL;
}

static inline void assert_nothing_said(const struct bench *bench) {
    if (bench->diagnostics.count)
        fail_msg("said: %s [%s]", bench->diagnostics.findings[0].message,
                 diagnostic_name(bench->diagnostics.findings[0].code));
}

static inline void assert_contains(const char *text, const char *part) {
    if (!strstr(text, part))
        fail_msg("no \"%s\" in \"%s\"", part, text);
}

/* The same numbers on every machine and in every run. */
static inline uint64_t next_random(uint64_t *state) {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* A file of the corpus that others made: $TONGKET_CORPUS, or ../shared/corpus beside the repository. NULL, and a
 * notice, when it is not there. */
static inline char *corpus_read(struct bench *bench, const char *name, size_t *length) {
    const char *folder = getenv("TONGKET_CORPUS");
    const char *path = arena_printf(bench->arena, "%s/%s", folder ? folder : "../shared/corpus", name);
    if (!file_exists(path)) {
        print_message("skipped: %s is not there\n", path);
        return NULL;
    }
    return file_read(bench->arena, &bench->diagnostics, path, length);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, bench_open, bench_close)

#endif
