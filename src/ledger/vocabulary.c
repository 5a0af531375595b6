/* vocabulary.c - the closed list of values of an enum column. */
#include "ledger/vocabulary.h"

#include "base/file.h"
#include "base/settings.h"
#include "base/text.h"

#include <string.h>

struct load {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct settings *settings;
    struct vocabulary *vocabulary;
    bool good;
};

static void take_opening(struct load *load, const char *words, size_t length, uint32_t index, unsigned line) {
    struct vocabulary *vocabulary = load->vocabulary;
    const char *stripped = text_stripped(load->arena, arena_copy(load->arena, words, length));
    for (size_t i = 0; i < vocabulary->opening_count; i++) {
        const struct vocabulary_opening *known = &vocabulary->openings[i];
        if (known->entry == index || strcmp(known->words, stripped) != 0)
            continue;
        struct place place = settings_place(load->settings, line);
        diagnose(load->diagnostics, ALIAS_REPEATED, &place, words, vocabulary->entries[known->entry].code,
                 vocabulary->entries[index].code);
        load->good = false;
    }
    vocabulary->openings = arena_grow(load->arena, vocabulary->openings, &vocabulary->opening_capacity,
                                      vocabulary->opening_count + 1, sizeof *vocabulary->openings);
    vocabulary->openings[vocabulary->opening_count++] = (struct vocabulary_opening){.words = stripped, .entry = index};
}

static void take_form(struct load *load, const char *form, uint32_t index, unsigned line) {
    struct vocabulary *vocabulary = load->vocabulary;
    bool fresh;
    size_t length = strlen(form);
    if (length > 2 && strcmp(form + length - 2, " *") == 0) {
        take_opening(load, form, length - 2, index, line);
        return;
    }
    const char *folded = text_folded(load->arena, form), *stripped = text_stripped(load->arena, form);
    const struct map_entry *known = map_put(&vocabulary->folded, folded, strlen(folded), index, &fresh);
    if (!fresh && known->value != index) {
        struct place place = settings_place(load->settings, line);
        diagnose(load->diagnostics, ALIAS_REPEATED, &place, form, vocabulary->entries[known->value].code,
                 vocabulary->entries[index].code);
        load->good = false;
    }
    struct map_entry *loose = map_put(&vocabulary->stripped, stripped, strlen(stripped), index, &fresh);
    if (loose->value != index)
        loose->value = VOCABULARY_AMBIGUOUS;
}

static void take_entry(struct load *load, const struct settings_section *section) {
    static const char *const names[] = {"label", "aliases", "group", NULL};
    struct vocabulary *vocabulary = load->vocabulary;
    load->good = settings_known(load->settings, section, names, load->diagnostics) && load->good;
    uint32_t index = (uint32_t)vocabulary->count++;
    struct vocabulary_entry *entry = &vocabulary->entries[index];
    entry->code = section->name;
    entry->label = settings_get(section, "label", section->name);
    entry->group_count = settings_list(load->arena, section, "group", &entry->groups);
    vocabulary->labels[index] = entry->label;
    take_form(load, entry->code, index, section->line);
    take_form(load, entry->label, index, section->line);
    char **aliases;
    size_t count = settings_list(load->arena, section, "aliases", &aliases);
    for (size_t i = 0; i < count; i++)
        take_form(load, aliases[i], index, section->line);
}

struct vocabulary *vocabulary_read(struct arena *arena, struct diagnostics *diagnostics, const char *path) {
    const struct settings *settings = settings_read(arena, diagnostics, path);
    if (!settings)
        return NULL;
    struct vocabulary *vocabulary = ARENA_NEW(arena, struct vocabulary);
    struct load load = {
        .arena = arena, .diagnostics = diagnostics, .settings = settings, .vocabulary = vocabulary, .good = true};
    vocabulary->name = path_stem(arena, path);
    vocabulary->label = settings_get(settings_find(settings, "vocabulary"), "label", vocabulary->name);
    vocabulary->entries = ARENA_ARRAY(arena, struct vocabulary_entry, settings->count);
    vocabulary->labels = ARENA_ARRAY(arena, const char *, settings->count);
    for (size_t i = 0; i < settings->count; i++)
        if (settings->sections[i].name[0] && strcmp(settings->sections[i].name, "vocabulary") != 0)
            take_entry(&load, &settings->sections[i]);
    if (load.good)
        return vocabulary;
    vocabulary_free(vocabulary);
    return NULL;
}

void vocabulary_free(struct vocabulary *vocabulary) {
    map_free(&vocabulary->folded);
    map_free(&vocabulary->stripped);
}

static int match_opening(const struct vocabulary *vocabulary, const char *stripped) {
    size_t longest = 0;
    int entry = -1;
    for (size_t i = 0; i < vocabulary->opening_count; i++) {
        const struct vocabulary_opening *opening = &vocabulary->openings[i];
        size_t length = strlen(opening->words);
        if (length > longest && text_starts(stripped, opening->words) && stripped[length] == ' ') {
            longest = length;
            entry = (int)opening->entry;
        }
    }
    return entry;
}

int vocabulary_match(const struct vocabulary *vocabulary, struct arena *scratch, const char *text) {
    uint32_t index = map_get_text(&vocabulary->folded, text_folded(scratch, text));
    if (index != MAP_NONE)
        return (int)index;
    const char *stripped = text_stripped(scratch, text);
    index = map_get_text(&vocabulary->stripped, stripped);
    return index == MAP_NONE ? match_opening(vocabulary, stripped) : index < vocabulary->count ? (int)index : -1;
}

int vocabulary_code(const struct vocabulary *vocabulary, const char *code) {
    for (size_t i = 0; i < vocabulary->count; i++)
        if (strcmp(vocabulary->entries[i].code, code) == 0)
            return (int)i;
    return -1;
}
