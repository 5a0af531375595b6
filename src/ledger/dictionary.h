/* dictionary.h - the distinct texts of a column, each with a code.
 *
 *   pool   code text NUL | code text NUL | …     records, each at a multiple of four bytes
 *   slots  hash and place of a record, 0: free
 *
 * Codes count from 1; 0 is kept for a blank cell. A dictionary of millions lies in no cache, and a look costs what it
 * fetches: a slot, and the record it names. The slot has so much of the hash that a text which is not there is told by
 * the slot alone.
 *
 * Slots are made when they are needed. As long as each new text comes after the last (a longer one after a shorter,
 * else in the order of bytes), as keys that an office counts do, it is new without a look, and texts are found by
 * halving. */
#ifndef TONGKET_DICTIONARY_H
#define TONGKET_DICTIONARY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { DICTIONARY_WORD = sizeof(uint32_t) };

struct dictionary {
    char *pool;
    size_t pool_used, pool_size;
    uint32_t *places; /* by code - 1: of its text, in words of the pool; there are no 16 GB of distinct texts */
    uint32_t count, capacity;
    uint64_t *slots;                  /* hash in the upper half, place of the text in the lower */
    uint32_t slot_count, last_length; /* 0 slots: the texts ascend; of the last text */
};

void dictionary_free(struct dictionary *dictionary);
/* 0 when the text is not there. */
uint32_t dictionary_find(const struct dictionary *dictionary, const char *text, size_t length);
uint32_t dictionary_add(struct dictionary *dictionary, const char *text, size_t length);
/* Valid until the next add. */
static inline const char *dictionary_text(const struct dictionary *dictionary, uint32_t code) {
    return dictionary->pool + (size_t)dictionary->places[code - 1] * DICTIONARY_WORD;
}

/* The same in steps, for many texts at once: slots are asked for before they are needed, and then the texts that they
 * name. */
uint32_t dictionary_hash(const char *text, size_t length);
static inline void dictionary_expect_slot(const struct dictionary *dictionary, uint32_t hash) {
    if (dictionary->slot_count)
        __builtin_prefetch(&dictionary->slots[hash & (dictionary->slot_count - 1)]);
}
/* One text in three is not in its first slot: its own is sought, lest another's text come. */
static inline void dictionary_expect_text(const struct dictionary *dictionary, uint32_t hash, size_t length) {
    if (!dictionary->slot_count)
        return;
    uint32_t mask = dictionary->slot_count - 1, at = hash & mask;
    while (dictionary->slots[at] && dictionary->slots[at] >> 32 != hash)
        at = (at + 1) & mask;
    const char *text = dictionary->pool + (size_t)(uint32_t)dictionary->slots[at] * DICTIONARY_WORD;
    __builtin_prefetch(text);
    __builtin_prefetch(text + length);
}
/* Makes the slots when the texts ascend no longer. */
uint32_t dictionary_find_hashed(struct dictionary *dictionary, uint32_t hash, const char *text, size_t length);
/* Adds a text that is not there. */
uint32_t dictionary_add_new(struct dictionary *dictionary, uint32_t hash, const char *text, size_t length);

#endif
