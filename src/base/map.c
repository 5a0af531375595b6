/* map.c - a hash from bytes to a number. */
#include "base/map.h"

#include "base/arena.h"

#include <stdlib.h>
#include <string.h>

void map_free(struct map *map) {
    free(map->entries);
    *map = (struct map){0};
}

__extension__ typedef unsigned __int128 wide;

/* The two halves of a product, folded: every bit of the word reaches the low bits too, which choose the slot. */
static uint64_t mix(uint64_t hash, uint64_t word) {
    wide product = (wide)(hash ^ word) * 0x9e3779b97f4a7c15u;
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t map_hash(const char *key, size_t length) {
    uint64_t hash = 0xff51afd7ed558ccdu ^ length, word;
    for (size_t at = 0; at + 8 < length; at += 8) {
        memcpy(&word, key + at, 8);
        hash = mix(hash, word);
    }
    return mix(mix(hash, map_last_word(key, length)), length);
}

static struct map_entry *map_find(const struct map *map, uint64_t hash, const char *key, size_t length) {
    size_t mask = map->capacity - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        struct map_entry *entry = &map->entries[at];
        if (!entry->key)
            return entry;
        if (entry->hash == hash && entry->length == length && (!length || memcmp(entry->key, key, length) == 0))
            return entry;
    }
}

static void map_widen(struct map *map) {
    struct map_entry *old = map->entries;
    size_t count = map->capacity;
    map->capacity = count ? count * 2 : 64;
    map->entries = memory_resize(NULL, map->capacity * sizeof *map->entries);
    memset(map->entries, 0, map->capacity * sizeof *map->entries);
    for (size_t i = 0; i < count; i++)
        if (old[i].key)
            *map_find(map, old[i].hash, old[i].key, old[i].length) = old[i];
    free(old);
}

uint32_t map_get(const struct map *map, const char *key, size_t length) {
    if (!map->capacity)
        return MAP_NONE;
    const struct map_entry *entry = map_find(map, map_hash(key, length), key, length);
    return entry->key ? entry->value : MAP_NONE;
}

uint32_t map_get_text(const struct map *map, const char *key) {
    return map_get(map, key, strlen(key));
}

struct map_entry *map_put(struct map *map, const char *key, size_t length, uint32_t value, bool *fresh) {
    if (map->used * 8 >= map->capacity * 5)
        map_widen(map);
    uint64_t hash = map_hash(key, length);
    struct map_entry *entry = map_find(map, hash, key, length);
    *fresh = !entry->key;
    if (*fresh) {
        *entry = (struct map_entry){.hash = hash, .key = key, .length = (uint32_t)length, .value = value};
        map->used++;
    }
    return entry;
}
