/* spill.c - bytes in memory while they are few, then in a file. */
#include "base/spill.h"

#include "base/buffer.h"
#include "base/file.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is kept in memory: documents of a few pages never make a file. */
enum { MEMORY_MOST = 256 * 1024 };

struct spill {
    int file;           /* -1: none yet */
    bool stays;         /* no file can be had */
    size_t filed;       /* bytes in the file, before those in memory */
    struct buffer tail; /* the others */
};

static void spill_close(void *context) {
    struct spill *spill = context;
    if (spill->file >= 0)
        close(spill->file);
    buffer_free(&spill->tail);
}

struct spill *spill_new(struct arena *arena) {
    struct spill *spill = ARENA_NEW(arena, struct spill);
    spill->file = -1;
    arena_defer(arena, spill_close, spill);
    return spill;
}

static int open_anywhere(void) {
    const char *const folders[] = {getenv("TMPDIR"), "/var/tmp", "/tmp"};
    int file = -1;
    for (size_t i = 0; i < sizeof folders / sizeof *folders && file < 0; i++)
        file = folders[i] && *folders[i] ? file_scratch(folders[i]) : -1;
    return file;
}

static bool write_at(int file, const char *bytes, size_t length, size_t at) {
    while (length) {
        ssize_t put = pwrite(file, bytes, length, (off_t)at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        bytes += put;
        at += (size_t)put;
        length -= (size_t)put;
    }
    return true;
}

static void file_tail(struct spill *spill) {
    if (spill->file < 0)
        spill->file = open_anywhere();
    if (spill->file < 0 || !write_at(spill->file, spill->tail.text, spill->tail.length, spill->filed)) {
        spill->stays = true;
        return;
    }
    spill->filed += spill->tail.length;
    buffer_clear(&spill->tail);
}

size_t spill_add(struct spill *spill, const void *bytes, size_t length) {
    size_t from = spill_size(spill);
    if (spill->tail.length && spill->tail.length + length > MEMORY_MOST && !spill->stays)
        file_tail(spill);
    buffer_add(&spill->tail, bytes, length);
    return from;
}

size_t spill_size(const struct spill *spill) {
    return spill->filed + spill->tail.length;
}

static void fail(void) {
    fputs("tongket: không đọc lại được tệp tạm (unable to read back a temporary file)\n", stderr);
    exit(4);
}

void spill_read(const struct spill *spill, size_t from, void *bytes, size_t length) {
    char *to = bytes;
    while (length && from < spill->filed) {
        size_t wanted = spill->filed - from < length ? spill->filed - from : length;
        ssize_t got = pread(spill->file, to, wanted, (off_t)from);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            fail();
        to += got;
        from += (size_t)got;
        length -= (size_t)got;
    }
    if (length)
        memcpy(to, spill->tail.text + (from - spill->filed), length);
}
