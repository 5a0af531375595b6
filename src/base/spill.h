/* spill.h - bytes that are added at the end and read anywhere: in memory while they are few, then in a file.
 *
 * The file has no name (it is gone when the program ends, however it ends), stands in TMPDIR, /var/tmp or /tmp and is
 * its owner's alone. Where no file can be made or the disk is full, the bytes stay in memory. */
#ifndef TONGKET_SPILL_H
#define TONGKET_SPILL_H

#include "base/arena.h"

#include <stddef.h>

struct spill;

/* Lives as long as the arena. */
struct spill *spill_new(struct arena *arena);
/* Answers where the bytes begin. */
size_t spill_add(struct spill *spill, const void *bytes, size_t length);
size_t spill_size(const struct spill *spill);
/* The bytes must be there. What cannot be read back from the disk ends the program, with a message and status 4. */
void spill_read(const struct spill *spill, size_t from, void *bytes, size_t length);

#endif
