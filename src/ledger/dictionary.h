/* dictionary.h - the distinct texts of a column, each with a code.
 *
 * Codes count from 1; 0 is kept for a blank cell. Texts lie one behind another in a pool, found through offsets; the
 * hash keeps a code and the text's hash side by side, so that a text that is not there is told by one look. */
#ifndef TONGKET_DICTIONARY_H
#define TONGKET_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct dictionary {
    char *pool;
    size_t pool_used, pool_size;
    uint64_t *offsets; /* by code - 1; texts are NUL-terminated */
    uint32_t count, capacity;
    uint64_t *slots; /* hash in the upper half, code in the lower; 0 is free */
    uint32_t slot_count;
};

void dictionary_free(struct dictionary *dictionary);
/* 0 when the text is not there. */
uint32_t dictionary_find(const struct dictionary *dictionary, const char *text, size_t length);
uint32_t dictionary_add(struct dictionary *dictionary, const char *text, size_t length);
/* Valid until the next add. */
static inline const char *dictionary_text(const struct dictionary *dictionary, uint32_t code) {
    return dictionary->pool + dictionary->offsets[code - 1];
}

#endif
