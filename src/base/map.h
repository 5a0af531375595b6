/* map.h - a hash from bytes to a number, for dictionaries, keys and header names.
 *
 * Open addressing over 64-bit hashes; the bytes are not copied, so they must outlive the map (they lie in an arena).
 * The hash mixes eight bytes at a time; inputs are an office's own files, and the worst a hostile one can do is to be
 * slow, which the row limits bound. */
#ifndef TONGKET_MAP_H
#define TONGKET_MAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct map_entry {
    uint64_t hash;
    const char *key;
    uint32_t length;
    uint32_t value;
};

struct map {
    struct map_entry *entries;
    size_t used, capacity;
};

#define MAP_NONE UINT32_MAX

void map_free(struct map *map);
/* The number kept for the key, or MAP_NONE. */
uint32_t map_get(const struct map *map, const char *key, size_t length);
uint32_t map_get_text(const struct map *map, const char *key);
/* Keeps a number for a key; answers the entry so that its owner can replace the key's bytes by lasting ones. When the
 * key is there already, its entry is answered unchanged and *fresh is false. */
struct map_entry *map_put(struct map *map, const char *key, size_t length, uint32_t value, bool *fresh);
uint64_t map_hash(const char *key, size_t length);
/* The last eight bytes as a number; of a shorter key all of it, put together from both its ends. */
static inline uint64_t map_last_word(const char *key, size_t length) {
    uint64_t word = 0;
    uint32_t front, back;
    if (length >= 8) {
        memcpy(&word, key + length - 8, 8);
    } else if (length >= 4) {
        memcpy(&front, key, 4);
        memcpy(&back, key + length - 4, 4);
        word = (uint64_t)back << 32 | front;
    } else if (length) {
        word = (unsigned char)key[0] | (uint64_t)(unsigned char)key[length / 2] << 8 |
               (uint64_t)(unsigned char)key[length - 1] << 16;
    }
    return word;
}

#endif
