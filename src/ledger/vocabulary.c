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

static void take_form(struct load *load, const char *form, uint32_t index, unsigned line) {
    struct vocabulary *vocabulary = load->vocabulary;
    bool fresh;
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

int vocabulary_match(const struct vocabulary *vocabulary, struct arena *scratch, const char *text) {
    uint32_t index = map_get_text(&vocabulary->folded, text_folded(scratch, text));
    if (index == MAP_NONE)
        index = map_get_text(&vocabulary->stripped, text_stripped(scratch, text));
    return index < vocabulary->count ? (int)index : -1;
}

int vocabulary_code(const struct vocabulary *vocabulary, const char *code) {
    for (size_t i = 0; i < vocabulary->count; i++)
        if (strcmp(vocabulary->entries[i].code, code) == 0)
            return (int)i;
    return -1;
}
