/* dictionary.c - the distinct texts of a column, each with a code. */
#include "ledger/dictionary.h"

#include "base/arena.h"
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

void dictionary_free(struct dictionary *dictionary) {
    free(dictionary->pool);
    free(dictionary->offsets);
    free(dictionary->hashes);
    free(dictionary->slots);
    *dictionary = (struct dictionary){0};
}

static uint32_t text_hash(const char *text, size_t length) {
    uint64_t hash = map_hash(text, length);
    return (uint32_t)(hash ^ hash >> 32);
}

/* The slot that holds the text, or the free one where it belongs. */
static uint32_t *slot_of(const struct dictionary *dictionary, uint32_t hash, const char *text, size_t length) {
    uint32_t mask = dictionary->slot_count - 1;
    for (uint32_t at = hash & mask;; at = (at + 1) & mask) {
        uint32_t code = dictionary->slots[at];
        if (!code)
            return &dictionary->slots[at];
        if (dictionary->hashes[code - 1] != hash)
            continue;
        const char *known = dictionary_text(dictionary, code);
        if (strncmp(known, text, length) == 0 && known[length] == '\0')
            return &dictionary->slots[at];
    }
}

uint32_t dictionary_find(const struct dictionary *dictionary, const char *text, size_t length) {
    return dictionary->slot_count ? *slot_of(dictionary, text_hash(text, length), text, length) : 0;
}

static void widen_slots(struct dictionary *dictionary) {
    dictionary->slot_count = dictionary->slot_count ? dictionary->slot_count * 2 : 64;
    free(dictionary->slots);
    dictionary->slots = memory_resize(NULL, dictionary->slot_count * sizeof *dictionary->slots);
    memset(dictionary->slots, 0, dictionary->slot_count * sizeof *dictionary->slots);
    uint32_t mask = dictionary->slot_count - 1;
    for (uint32_t code = 1; code <= dictionary->count; code++) {
        uint32_t at = dictionary->hashes[code - 1] & mask;
        while (dictionary->slots[at])
            at = (at + 1) & mask;
        dictionary->slots[at] = code;
    }
}

static uint64_t pool_keep(struct dictionary *dictionary, const char *text, size_t length) {
    if (dictionary->pool_used + length + 1 > dictionary->pool_size) {
        dictionary->pool_size = (dictionary->pool_used + length + 1) * 3 / 2 + 256;
        dictionary->pool = memory_resize(dictionary->pool, dictionary->pool_size);
    }
    uint64_t offset = dictionary->pool_used;
    if (length)
        memcpy(dictionary->pool + offset, text, length);
    dictionary->pool[offset + length] = '\0';
    dictionary->pool_used += length + 1;
    return offset;
}

uint32_t dictionary_add(struct dictionary *dictionary, const char *text, size_t length) {
    if ((uint64_t)(dictionary->count + 1) * 4 >= (uint64_t)dictionary->slot_count * 3)
        widen_slots(dictionary);
    uint32_t hash = text_hash(text, length), *slot = slot_of(dictionary, hash, text, length);
    const uint32_t known = *slot;
    if (known)
        return known;
    if (dictionary->count == dictionary->capacity) {
        dictionary->capacity = dictionary->capacity ? dictionary->capacity * 2 : 32;
        dictionary->offsets = memory_resize(dictionary->offsets, dictionary->capacity * sizeof *dictionary->offsets);
        dictionary->hashes = memory_resize(dictionary->hashes, dictionary->capacity * sizeof *dictionary->hashes);
    }
    dictionary->offsets[dictionary->count] = pool_keep(dictionary, text, length);
    dictionary->hashes[dictionary->count] = hash;
    *slot = ++dictionary->count;
    return dictionary->count;
}
