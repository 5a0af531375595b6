/* settings.c - settings files, read by inih into sections of entries with their line numbers. */
#include "base/settings.h"

#include "base/file.h"
#include "base/text.h"

#include <ini.h>
#include <stdio.h>
#include <string.h>

/* inih's buffer of 200 holds a line of 198 bytes and its line end; its section names 49. */
enum { LINE_LIMIT = 198, SECTION_LIMIT = 49 };

struct parse {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct settings *settings;
    const char *at, *end;
    unsigned line;
    bool failed;
};

struct place settings_place(const struct settings *settings, unsigned line) {
    return (struct place){.file = settings->file, .row = line};
}

static struct settings_section *section_add(struct parse *parse, const char *name) {
    struct settings *settings = parse->settings;
    settings->sections = arena_grow(parse->arena, settings->sections, &settings->capacity, settings->count + 1,
                                    sizeof *settings->sections);
    struct settings_section *section = &settings->sections[settings->count++];
    *section = (struct settings_section){.name = arena_text(parse->arena, name), .line = parse->line};
    return section;
}

static struct settings_section *section_named(const struct settings *settings, const char *name) {
    for (size_t i = 0; i < settings->count; i++)
        if (strcmp(settings->sections[i].name, name) == 0)
            return &settings->sections[i];
    return NULL;
}

static int on_entry(void *context, const char *section_name, const char *name, const char *value) {
    struct parse *parse = context;
    struct settings_section *section = section_named(parse->settings, section_name);
    if (!section)
        section = section_add(parse, section_name);
    section->entries =
        arena_grow(parse->arena, section->entries, &section->capacity, section->count + 1, sizeof *section->entries);
    section->entries[section->count++] = (struct settings_entry){.name = arena_text(parse->arena, name),
                                                                 .value = text_nfc(parse->arena, value, strlen(value)),
                                                                 .line = parse->line};
    return 1;
}

static void line_check(struct parse *parse, const char *line, size_t length) {
    struct place place = settings_place(parse->settings, parse->line);
    bool comment = length && (line[0] == ';' || line[0] == '#');
    if (length > LINE_LIMIT) {
        diagnose(parse->diagnostics, INI_LONG, &place, arena_printf(parse->arena, "%zu", length),
                 arena_printf(parse->arena, "%d", LINE_LIMIT));
        parse->failed = true;
    }
    for (size_t i = 1; !comment && i < length; i++)
        if (line[i] == ';' && (line[i - 1] == ' ' || line[i - 1] == '\t')) {
            diagnose(parse->diagnostics, INI_SEMICOLON, &place, "");
            parse->failed = true;
            break;
        }
    /* A section without entries calls no handler, and an indented name would be taken for a continuation. */
    bool indented = length && (line[0] == ' ' || line[0] == '\t') && !text_is_blank(line, length);
    const char *close = length && line[0] == '[' ? memchr(line, ']', length) : NULL;
    bool open = length && line[0] == '[' && (!close || close - line > SECTION_LIMIT);
    if (indented || open) {
        diagnose(parse->diagnostics, INI_SYNTAX, &place, "");
        parse->failed = true;
    } else if (close) { /* one that stands again goes on with the first */
        const char *name = arena_copy(parse->arena, line + 1, (size_t)(close - line - 1));
        if (!section_named(parse->settings, name))
            section_add(parse, name);
    }
}

/* fgets over memory. Lines that are too long were refused already; here they are cut so that inih stays in step. */
static char *next_line(char *out, int room, void *context) {
    struct parse *parse = context;
    if (parse->at >= parse->end)
        return NULL;
    const char *stop = memchr(parse->at, '\n', (size_t)(parse->end - parse->at));
    size_t length = (size_t)((stop ? stop : parse->end) - parse->at);
    const char *line = parse->at;
    parse->at = stop ? stop + 1 : parse->end;
    if (length && line[length - 1] == '\r')
        length--;
    parse->line++;
    line_check(parse, line, length);
    size_t kept = length < (size_t)room - 2 ? length : (size_t)room - 2;
    memcpy(out, line, kept);
    out[kept] = '\n';
    out[kept + 1] = '\0';
    return out;
}

struct settings *settings_parse(struct arena *arena, struct diagnostics *diagnostics, const char *file,
                                const char *text, size_t length, unsigned line) {
    struct settings *settings = ARENA_NEW(arena, struct settings);
    settings->file = arena_text(arena, file);
    struct parse parse = {.arena = arena, .diagnostics = diagnostics, .settings = settings, .line = line - 1};
    size_t valid = text_valid(text, length);
    if (valid < length) {
        unsigned at = line;
        for (size_t i = 0; i < valid; i++)
            at += text[i] == '\n';
        struct place place = settings_place(settings, at);
        diagnose(diagnostics, INI_TEXT, &place, "");
        return NULL;
    }
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
        text += 3, length -= 3;
    parse.at = text;
    parse.end = text + length;
    int wrong = ini_parse_stream(next_line, &parse, on_entry, &parse);
    if (wrong > 0 && !parse.failed) {
        struct place place = settings_place(settings, line + (unsigned)wrong - 1);
        diagnose(diagnostics, INI_SYNTAX, &place, "");
    }
    return wrong || parse.failed ? NULL : settings;
}

struct settings *settings_read(struct arena *arena, struct diagnostics *diagnostics, const char *path) {
    size_t length;
    const char *text = file_read(arena, diagnostics, path, &length);
    return text ? settings_parse(arena, diagnostics, path, text, length, 1) : NULL;
}

const struct settings_section *settings_find(const struct settings *settings, const char *section) {
    return section_named(settings, section);
}

const char *settings_get(const struct settings_section *section, const char *name, const char *fallback) {
    for (size_t i = 0; section && i < section->count; i++)
        if (strcmp(section->entries[i].name, name) == 0)
            return section->entries[i].value;
    return fallback;
}

unsigned settings_line(const struct settings_section *section, const char *name) {
    for (size_t i = 0; i < section->count; i++)
        if (strcmp(section->entries[i].name, name) == 0)
            return section->entries[i].line;
    return section->line;
}

size_t settings_list(struct arena *arena, const struct settings_section *section, const char *name, char ***values) {
    size_t count = 0, capacity = 0;
    *values = NULL;
    for (size_t i = 0; section && i < section->count; i++) {
        if (strcmp(section->entries[i].name, name) != 0)
            continue;
        char **parts;
        size_t made = text_split(arena, section->entries[i].value, '|', &parts);
        *values = arena_grow(arena, *values, &capacity, count + made, sizeof **values);
        for (size_t p = 0; p < made; p++)
            (*values)[count++] = parts[p];
    }
    return count;
}

bool settings_known(const struct settings *settings, const struct settings_section *section, const char *const *names,
                    struct diagnostics *diagnostics) {
    bool known = true;
    size_t count = 0;
    while (names[count])
        count++;
    for (size_t i = 0; i < section->count; i++) {
        size_t n = 0;
        while (n < count && strcmp(names[n], section->entries[i].name) != 0)
            n++;
        if (n < count)
            continue;
        struct place place = settings_place(settings, section->entries[i].line);
        diagnose(diagnostics, SETTING_UNKNOWN, &place, section->entries[i].name,
                 diagnose_nearest(diagnostics, section->entries[i].name, names, count));
        known = false;
    }
    return known;
}

bool settings_flag(const struct settings *settings, const struct settings_section *section, const char *name,
                   bool fallback, struct diagnostics *diagnostics) {
    const char *value = settings_get(section, name, NULL);
    if (!value)
        return fallback;
    static const char *const yes[] = {"yes", "có", "1", "true"}, *const no[] = {"no", "không", "0", "false"};
    for (size_t i = 0; i < 4; i++) {
        if (strcmp(value, yes[i]) == 0)
            return true;
        if (strcmp(value, no[i]) == 0)
            return false;
    }
    struct place place = settings_place(settings, settings_line(section, name));
    diagnose(diagnostics, SETTING_VALUE, &place, name, value, diagnose_say(diagnostics, "có | không", "yes | no"));
    return fallback;
}
