/* mapping.h - a file's bytes in memory, read when they are touched. */
#ifndef TONGKET_BASE_MAPPING_H
#define TONGKET_BASE_MAPPING_H

#include <stdbool.h>
#include <stddef.h>

/* One mapping at a time: a file that somebody cuts short while it is read reads as zeros from there on, instead of
 * ending the program with SIGBUS; that it changed shows in its stamp (file_stamp()). */
struct mapping {
    const char *bytes; /* NULL: none */
    size_t size;
};

/* False with errno; ENODATA for a file of no bytes. */
bool mapping_open(struct mapping *mapping, const char *path);
void mapping_close(struct mapping *mapping);

#endif
