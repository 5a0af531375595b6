/* dictionary.c - the distinct texts of a column, each with a code. */
#include "ledger/dictionary.h"

#include "base/arena.h"
#include "base/map.h"

#include <stdlib.h>
#include <string.h>

void dictionary_free(struct dictionary *dictionary) {
    free(dictionary->pool);
    free(dictionary->places);
    free(dictionary->slots);
    *dictionary = (struct dictionary){0};
}

uint32_t dictionary_hash(const char *text, size_t length) {
    uint64_t hash = map_hash(text, length);
    return (uint32_t)(hash ^ hash >> 32);
}

/* Texts have no NUL, so what agrees up to one is the same. */
static bool text_is(const struct dictionary *dictionary, size_t at, const char *text, size_t length) {
    const char *known = dictionary->pool + at;
    return at + length < dictionary->pool_used && memcmp(known, text, length) == 0 && !known[length];
}

uint32_t dictionary_find_hashed(const struct dictionary *dictionary, uint32_t hash, const char *text, size_t length) {
    if (!dictionary->slot_count)
        return 0;
    uint32_t mask = dictionary->slot_count - 1, code;
    for (uint32_t slot = hash & mask;; slot = (slot + 1) & mask) {
        size_t at = (size_t)(uint32_t)dictionary->slots[slot] * DICTIONARY_WORD;
        if (!at)
            return 0;
        if (dictionary->slots[slot] >> 32 == hash && text_is(dictionary, at, text, length)) {
            memcpy(&code, dictionary->pool + at - sizeof code, sizeof code);
            return code;
        }
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

/* The place of the text. */
static uint32_t pool_keep(struct dictionary *dictionary, uint32_t code, const char *text, size_t length) {
    size_t at = dictionary->pool_used + sizeof code;
    dictionary->pool_used = (at + length + DICTIONARY_WORD) / DICTIONARY_WORD * DICTIONARY_WORD;
    if (dictionary->pool_used > dictionary->pool_size) {
        dictionary->pool_size = dictionary->pool_used / 2 * 3 + 256;
        dictionary->pool = memory_resize(dictionary->pool, dictionary->pool_size);
    }
    memcpy(dictionary->pool + at - sizeof code, &code, sizeof code);
    if (length)
        memcpy(dictionary->pool + at, text, length);
    dictionary->pool[at + length] = '\0';
    return (uint32_t)(at / DICTIONARY_WORD);
}

uint32_t dictionary_add_new(struct dictionary *dictionary, uint32_t hash, const char *text, size_t length) {
    if ((uint64_t)(dictionary->count + 1) * 4 >= (uint64_t)dictionary->slot_count * 3)
        widen_slots(dictionary);
    if (dictionary->count == dictionary->capacity) {
        dictionary->capacity = dictionary->capacity ? dictionary->capacity * 2 : 32;
        dictionary->places = memory_resize(dictionary->places, dictionary->capacity * sizeof *dictionary->places);
    }
    uint32_t mask = dictionary->slot_count - 1, slot = hash & mask, code = dictionary->count + 1;
    uint32_t place = pool_keep(dictionary, code, text, length);
    while (dictionary->slots[slot])
        slot = (slot + 1) & mask;
    dictionary->slots[slot] = (uint64_t)hash << 32 | place;
    dictionary->places[dictionary->count++] = place;
    return code;
}

uint32_t dictionary_add(struct dictionary *dictionary, const char *text, size_t length) {
    uint32_t hash = dictionary_hash(text, length), code = dictionary_find_hashed(dictionary, hash, text, length);
    return code ? code : dictionary_add_new(dictionary, hash, text, length);
}
