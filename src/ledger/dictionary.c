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

static uint32_t code_at(const struct dictionary *dictionary, size_t at) {
    uint32_t code;
    memcpy(&code, dictionary->pool + at - sizeof code, sizeof code);
    return code;
}

/* ---- Texts that ascend ------------------------------------------------------------------------------------------ */

static int compare(const char *known, size_t known_length, const char *text, size_t length) {
    if (known_length != length)
        return known_length < length ? -1 : 1;
    return length ? memcmp(known, text, length) : 0;
}

static bool comes_last(const struct dictionary *dictionary, const char *text, size_t length) {
    return !dictionary->count ||
           compare(dictionary_text(dictionary, dictionary->count), dictionary->last_length, text, length) < 0;
}

static uint32_t halve(const struct dictionary *dictionary, const char *text, size_t length) {
    uint32_t low = 1, high = dictionary->count;
    while (low <= high) {
        uint32_t middle = low + (high - low) / 2;
        const char *known = dictionary_text(dictionary, middle);
        int order = compare(known, strlen(known), text, length);
        if (!order)
            return middle;
        if (order < 0)
            low = middle + 1;
        else
            high = middle - 1;
    }
    return 0;
}

/* ---- Slots ------------------------------------------------------------------------------------------------------ */

static void take_slot(struct dictionary *dictionary, uint64_t slot) {
    uint32_t mask = dictionary->slot_count - 1, at = (uint32_t)(slot >> 32) & mask;
    while (dictionary->slots[at])
        at = (at + 1) & mask;
    dictionary->slots[at] = slot;
}

static void open_slots(struct dictionary *dictionary, uint32_t count) {
    dictionary->slot_count = count;
    dictionary->slots = memory_resize(NULL, count * sizeof *dictionary->slots);
    memset(dictionary->slots, 0, count * sizeof *dictionary->slots);
}

static void widen_slots(struct dictionary *dictionary) {
    uint64_t *old = dictionary->slots;
    uint32_t count = dictionary->slot_count;
    open_slots(dictionary, count * 2);
    for (uint32_t i = 0; i < count; i++)
        if (old[i])
            take_slot(dictionary, old[i]);
    free(old);
}

static bool is_full(const struct dictionary *dictionary, uint32_t slots) {
    return (uint64_t)(dictionary->count + 1) * 4 >= (uint64_t)slots * 3;
}

static void make_slots(struct dictionary *dictionary) {
    uint32_t count = 64;
    while (is_full(dictionary, count))
        count *= 2;
    open_slots(dictionary, count);
    for (uint32_t code = 1; code <= dictionary->count; code++) {
        const char *text = dictionary_text(dictionary, code);
        take_slot(dictionary, (uint64_t)dictionary_hash(text, strlen(text)) << 32 | dictionary->places[code - 1]);
    }
}

static uint32_t find_in_slots(const struct dictionary *dictionary, uint32_t hash, const char *text, size_t length) {
    uint32_t mask = dictionary->slot_count - 1;
    for (uint32_t slot = hash & mask;; slot = (slot + 1) & mask) {
        size_t at = (size_t)(uint32_t)dictionary->slots[slot] * DICTIONARY_WORD;
        if (!at)
            return 0;
        if (dictionary->slots[slot] >> 32 == hash && text_is(dictionary, at, text, length))
            return code_at(dictionary, at);
    }
}

uint32_t dictionary_find_hashed(struct dictionary *dictionary, uint32_t hash, const char *text, size_t length) {
    if (!dictionary->slot_count) {
        if (comes_last(dictionary, text, length))
            return 0;
        make_slots(dictionary);
    }
    return find_in_slots(dictionary, hash, text, length);
}

uint32_t dictionary_find(const struct dictionary *dictionary, const char *text, size_t length) {
    return dictionary->slot_count ? find_in_slots(dictionary, dictionary_hash(text, length), text, length)
                                  : halve(dictionary, text, length);
}

/* ---- Adding ----------------------------------------------------------------------------------------------------- */

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
    if (!dictionary->slot_count && !comes_last(dictionary, text, length))
        make_slots(dictionary);
    else if (dictionary->slot_count && is_full(dictionary, dictionary->slot_count))
        widen_slots(dictionary);
    if (dictionary->count == dictionary->capacity) {
        dictionary->capacity = dictionary->capacity ? dictionary->capacity * 2 : 32;
        dictionary->places = memory_resize(dictionary->places, dictionary->capacity * sizeof *dictionary->places);
    }
    uint32_t code = dictionary->count + 1, place = pool_keep(dictionary, code, text, length);
    if (dictionary->slot_count)
        take_slot(dictionary, (uint64_t)hash << 32 | place);
    dictionary->places[dictionary->count++] = place;
    dictionary->last_length = (uint32_t)length;
    return code;
}

uint32_t dictionary_add(struct dictionary *dictionary, const char *text, size_t length) {
    uint32_t hash = dictionary_hash(text, length), code = dictionary_find_hashed(dictionary, hash, text, length);
    return code ? code : dictionary_add_new(dictionary, hash, text, length);
}
