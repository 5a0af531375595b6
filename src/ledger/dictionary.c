/* dictionary.c - the distinct texts of a column, each with a code. */
#include "ledger/dictionary.h"

#include "base/arena.h"
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

void dictionary_free(struct dictionary *dictionary) {
    free(dictionary->pool);
    free(dictionary->offsets);
    free(dictionary->slots);
    *dictionary = (struct dictionary){0};
}

static uint32_t text_hash(const char *text, size_t length) {
    uint64_t hash = map_hash(text, length);
    return (uint32_t)(hash ^ hash >> 32);
}

/* The slot that holds the text, or the free one where it belongs. */
static uint64_t *slot_of(const struct dictionary *dictionary, uint32_t hash, const char *text, size_t length) {
    uint32_t mask = dictionary->slot_count - 1;
    for (uint32_t at = hash & mask;; at = (at + 1) & mask) {
        uint64_t slot = dictionary->slots[at];
        if (!slot)
            return &dictionary->slots[at];
        if (slot >> 32 != hash)
            continue;
        const char *known = dictionary_text(dictionary, (uint32_t)slot);
        if (strncmp(known, text, length) == 0 && known[length] == '\0')
            return &dictionary->slots[at];
    }
}

uint32_t dictionary_find(const struct dictionary *dictionary, const char *text, size_t length) {
    return dictionary->slot_count ? (uint32_t)*slot_of(dictionary, text_hash(text, length), text, length) : 0;
}

static void widen_slots(struct dictionary *dictionary) {
    uint64_t *old = dictionary->slots;
    uint32_t count = dictionary->slot_count;
    dictionary->slot_count = count ? count * 2 : 64;
    dictionary->slots = memory_resize(NULL, dictionary->slot_count * sizeof *dictionary->slots);
    memset(dictionary->slots, 0, dictionary->slot_count * sizeof *dictionary->slots);
    uint32_t mask = dictionary->slot_count - 1;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = (uint32_t)(old[i] >> 32) & mask;
        while (old[i] && dictionary->slots[at])
            at = (at + 1) & mask;
        if (old[i])
            dictionary->slots[at] = old[i];
    }
    free(old);
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
    uint32_t hash = text_hash(text, length);
    uint64_t *slot = slot_of(dictionary, hash, text, length);
    if (*slot)
        return (uint32_t)*slot;
    if (dictionary->count == dictionary->capacity) {
        dictionary->capacity = dictionary->capacity ? dictionary->capacity * 2 : 32;
        dictionary->offsets = memory_resize(dictionary->offsets, dictionary->capacity * sizeof *dictionary->offsets);
    }
    dictionary->offsets[dictionary->count] = pool_keep(dictionary, text, length);
    *slot = (uint64_t)hash << 32 | ++dictionary->count;
    return dictionary->count;
}
