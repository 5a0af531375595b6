/* settings.h - settings files, read by inih into sections of entries with their line numbers.
 *
 * inih cuts lines at 200 bytes, starts a comment at " ;" inside a value and knows no line numbers: its reader function
 * is ours, counts the lines and refuses what would be lost. A name that stands again adds a value: lists are written
 * so. Comments are lines beginning with ; or #. */
#ifndef TONGKET_SETTINGS_H
#define TONGKET_SETTINGS_H

#include "base/arena.h"
#include "base/diagnose.h"

#include <stdbool.h>
#include <stddef.h>

struct settings_entry {
    const char *name, *value;
    unsigned line;
};

struct settings_section {
    const char *name; /* "" before the first header */
    unsigned line;
    struct settings_entry *entries;
    size_t count, capacity;
};

struct settings {
    const char *file;
    struct settings_section *sections;
    size_t count, capacity;
};

/* NULL after any error, each of them said. `line` is the number of the text's first line, for blocks inside a file. */
struct settings *settings_parse(struct arena *arena, struct diagnostics *diagnostics, const char *file,
                                const char *text, size_t length, unsigned line);
struct settings *settings_read(struct arena *arena, struct diagnostics *diagnostics, const char *path);

const struct settings_section *settings_find(const struct settings *settings, const char *section);
/* The first value, or the fallback. */
const char *settings_get(const struct settings_section *section, const char *name, const char *fallback);
/* Where the value stands; the section's line when it is not there. */
unsigned settings_line(const struct settings_section *section, const char *name);
/* All values of the name, each split at '|'. */
size_t settings_list(struct arena *arena, const struct settings_section *section, const char *name, char ***values);
/* Says SETTING_UNKNOWN for every name that is not in the NULL-ended list. */
bool settings_known(const struct settings *settings, const struct settings_section *section, const char *const *names,
                    struct diagnostics *diagnostics);
struct place settings_place(const struct settings *settings, unsigned line);
/* yes/no, có/không, 1/0; anything else is said. */
bool settings_flag(const struct settings *settings, const struct settings_section *section, const char *name,
                   bool fallback, struct diagnostics *diagnostics);

#endif
