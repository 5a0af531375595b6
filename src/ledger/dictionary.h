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
    uint64_t *offsets; /* by code - 1; texts are NUL-terminated; one more: where the next would begin */
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

/* The same in steps, for many texts at once: a dictionary of millions lies in no cache, so its slots are asked for
 * before they are needed. */
uint32_t dictionary_hash(const char *text, size_t length);
static inline void dictionary_expect(const struct dictionary *dictionary, uint32_t hash) {
    if (dictionary->slot_count)
        __builtin_prefetch(&dictionary->slots[hash & (dictionary->slot_count - 1)]);
}
/* Asks for where the text lies that the slot names, and then for the text; what was asked before must have come. */
static inline void dictionary_expect_text(const struct dictionary *dictionary, uint32_t hash) {
    uint32_t code = dictionary->slot_count ? (uint32_t)dictionary->slots[hash & (dictionary->slot_count - 1)] : 0;
    if (code)
        __builtin_prefetch(&dictionary->offsets[code - 1]);
}
static inline void dictionary_expect_bytes(const struct dictionary *dictionary, uint32_t hash) {
    uint32_t code = dictionary->slot_count ? (uint32_t)dictionary->slots[hash & (dictionary->slot_count - 1)] : 0;
    if (code)
        __builtin_prefetch(dictionary_text(dictionary, code));
}
uint32_t dictionary_find_hashed(const struct dictionary *dictionary, uint32_t hash, const char *text, size_t length);
/* Adds a text that is not there. */
uint32_t dictionary_add_new(struct dictionary *dictionary, uint32_t hash, const char *text, size_t length);

#endif
