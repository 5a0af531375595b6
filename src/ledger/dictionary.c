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

uint32_t dictionary_hash(const char *text, size_t length) {
    uint64_t hash = map_hash(text, length);
    return (uint32_t)(hash ^ hash >> 32);
}

uint32_t dictionary_find_hashed(const struct dictionary *dictionary, uint32_t hash, const char *text, size_t length) {
    if (!dictionary->slot_count)
        return 0;
    uint32_t mask = dictionary->slot_count - 1;
    for (uint32_t at = hash & mask;; at = (at + 1) & mask) {
        uint64_t slot = dictionary->slots[at];
        uint32_t code = (uint32_t)slot;
        if (!slot)
            return 0;
        if (slot >> 32 != hash)
            continue;
        const uint64_t *offset = &dictionary->offsets[code - 1];
        if (offset[1] - offset[0] == length + 1 && memcmp(dictionary->pool + *offset, text, length) == 0)
            return code;
    }
}

uint32_t dictionary_find(const struct dictionary *dictionary, const char *text, size_t length) {
    return dictionary_find_hashed(dictionary, dictionary_hash(text, length), text, length);
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

static void pool_keep(struct dictionary *dictionary, const char *text, size_t length) {
    if (dictionary->pool_used + length + 1 > dictionary->pool_size) {
        dictionary->pool_size = (dictionary->pool_used + length + 1) * 3 / 2 + 256;
        dictionary->pool = memory_resize(dictionary->pool, dictionary->pool_size);
    }
    char *kept = dictionary->pool + dictionary->pool_used;
    if (length)
        memcpy(kept, text, length);
    kept[length] = '\0';
    dictionary->pool_used += length + 1;
}

uint32_t dictionary_add_new(struct dictionary *dictionary, uint32_t hash, const char *text, size_t length) {
    if ((uint64_t)(dictionary->count + 1) * 4 >= (uint64_t)dictionary->slot_count * 3)
        widen_slots(dictionary);
    if (dictionary->count + 1 >= dictionary->capacity) {
        dictionary->capacity = dictionary->capacity ? dictionary->capacity * 2 : 32;
        dictionary->offsets = memory_resize(dictionary->offsets, dictionary->capacity * sizeof *dictionary->offsets);
        dictionary->offsets[0] = 0;
    }
    pool_keep(dictionary, text, length);
    dictionary->offsets[dictionary->count + 1] = dictionary->pool_used;
    uint32_t mask = dictionary->slot_count - 1, at = hash & mask;
    while (dictionary->slots[at])
        at = (at + 1) & mask;
    dictionary->slots[at] = (uint64_t)hash << 32 | ++dictionary->count;
    return dictionary->count;
}

uint32_t dictionary_add(struct dictionary *dictionary, const char *text, size_t length) {
    uint32_t hash = dictionary_hash(text, length), code = dictionary_find_hashed(dictionary, hash, text, length);
    return code ? code : dictionary_add_new(dictionary, hash, text, length);
}
