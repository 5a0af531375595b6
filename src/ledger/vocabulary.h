/* vocabulary.h - the closed list of values of an enum column, with its order and the ways people type them.
 *
 * Read from templates/vocabularies/NAME.ini: a section a value, in rank order; its name is the code that SQL sees. */
#ifndef TONGKET_VOCABULARY_H
#define TONGKET_VOCABULARY_H

#include "base/arena.h"
#include "base/diagnose.h"
#include "base/map.h"

#include <stddef.h>

struct vocabulary_entry {
    const char *code, *label;
    char **groups;
    size_t group_count;
};

/* "Tỉnh ủy *": whatever begins with these words, as the organ of one place or another. */
struct vocabulary_opening {
    const char *words; /* without marks */
    uint32_t entry;
};

struct vocabulary {
    const char *name, *label;
    struct vocabulary_entry *entries;
    const char **labels; /* the same labels side by side, for suggestions */
    size_t count;
    struct map folded, stripped; /* to the entry's index; VOCABULARY_AMBIGUOUS where two share a stripped form */
    struct vocabulary_opening *openings;
    size_t opening_count, opening_capacity;
};

#define VOCABULARY_AMBIGUOUS (UINT32_MAX - 1)

/* NULL after saying what is wrong; two entries that share a typed form are wrong. */
struct vocabulary *vocabulary_read(struct arena *arena, struct diagnostics *diagnostics, const char *path);
void vocabulary_free(struct vocabulary *vocabulary);
/* The entry's index: exact after folding, else without marks when that is unique, else the longest alias ending in " *"
 * whose words the text begins with. -1: unknown. */
int vocabulary_match(const struct vocabulary *vocabulary, struct arena *scratch, const char *text);
int vocabulary_code(const struct vocabulary *vocabulary, const char *code);

#endif
