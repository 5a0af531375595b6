/* fuzz.h - what the fuzz targets share: a check that ends the process, and bytes as a file with a name. */
#ifndef TONGKET_FUZZ_H
#define TONGKET_FUZZ_H

#include "base/diagnose.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static inline void check(bool holds) {
    if (!holds)
        abort();
}

/* A file of these bytes, in memory; closed by the caller. */
static inline int file_of(const void *bytes, size_t size, char path[64]) {
    int file = memfd_create("fuzz", MFD_CLOEXEC);
    check(file >= 0 && write(file, bytes, size) == (ssize_t)size);
    snprintf(path, 64, "/proc/self/fd/%d", file);
    return file;
}

/* The next part of an input that is several texts, parted by form feeds; "" behind the last. */
static inline char *next_part(char **rest) {
    char *part = *rest, *end = strchr(part, '\f');
    *rest = end ? end + 1 : part + strlen(part);
    if (end)
        *end = '\0';
    return part;
}

/* The input as a text: NUL-terminated, its own NULs left out. */
static inline char *text_of(const uint8_t *data, size_t size) {
    char *text = malloc(size + 1);
    size_t length = 0;
    check(text != NULL);
    for (size_t i = 0; i < size; i++)
        if (data[i])
            text[length++] = (char)data[i];
    text[length] = '\0';
    return text;
}

#endif
