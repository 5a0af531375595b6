/* profile.c - reading a page profile. */
#include "document/profile.h"

#include "base/buffer.h"
#include "base/settings.h"

#include <stdlib.h>
#include <string.h>

static const char *const face_names[FACE_COUNT] = {"regular", "bold", "italic", "bold_italic"};

static bool read_number(const struct settings *settings, const struct settings_section *page, const char *name,
                        double *number, struct diagnostics *diagnostics) {
    const char *value = settings_get(page, name, NULL);
    char *end;
    struct place place = settings_place(settings, settings_line(page, name));
    if (!value) {
        diagnose(diagnostics, SETTING_MISSING, &place, name, "page");
        return false;
    }
    *number = strtod(value, &end);
    if (*end || end == value || *number < 0 || *number > 2000) {
        diagnose(diagnostics, SETTING_VALUE, &place, name, value, "0…2000");
        return false;
    }
    return true;
}

static bool read_word(const struct settings *settings, const struct settings_section *words, const char *name,
                      const char **word, struct diagnostics *diagnostics) {
    *word = settings_get(words, name, NULL);
    if (*word)
        return true;
    struct place place = settings_place(settings, words->line);
    diagnose(diagnostics, SETTING_MISSING, &place, name, "words");
    *word = "";
    return false;
}

static bool read_style(const struct settings *settings, const struct settings_section *styles, const char *name,
                       enum face *style, struct diagnostics *diagnostics) {
    const char *value = settings_get(styles, name, "regular");
    for (int face = 0; face < FACE_COUNT; face++)
        if (strcmp(value, face_names[face]) == 0) {
            *style = (enum face)face;
            return true;
        }
    struct place place = settings_place(settings, settings_line(styles, name));
    diagnose(diagnostics, SETTING_VALUE, &place, name, value, "regular | bold | italic | bold_italic");
    return false;
}

static bool read_faces(const struct settings *settings, const struct settings_section *section, struct profile *profile,
                       struct diagnostics *diagnostics) {
    bool good = true;
    for (int face = 0; face < FACE_COUNT; face++) {
        profile->faces[face] = settings_get(section, face_names[face], NULL);
        if (!profile->faces[face]) {
            struct place place = settings_place(settings, section->line);
            diagnose(diagnostics, SETTING_MISSING, &place, face_names[face], "faces");
            good = false;
        }
    }
    return good;
}

const struct profile *profile_read(struct arena *arena, struct diagnostics *diagnostics, const char *path) {
#define X(name) #name,
#define Y(name, fallback) #name,
    static const char *const page_names[] = {PROFILE_NUMBERS(X) NULL},
                             *const word_names[] = {PROFILE_WORDS(X) PROFILE_GAP_WORDS(Y) NULL},
                             *const style_names[] = {PROFILE_STYLES(X) NULL};
#undef X
#undef Y
    static const char *const known_faces[] = {"regular", "bold", "italic", "bold_italic", NULL};
    static const char *const section_names[] = {"page", "words", "styles", "faces"};
    static const char *const *const known[] = {page_names, word_names, style_names, known_faces};
    enum { PAGE, WORDS, STYLES, FACES, SECTIONS };
    const struct settings *settings = settings_read(arena, diagnostics, path);
    const struct settings_section *sections[SECTIONS];
    bool good = settings != NULL;
    for (int i = 0; settings && i < SECTIONS; i++) {
        struct place place = settings_place(settings, 1);
        sections[i] = settings_find(settings, section_names[i]);
        if (!sections[i])
            diagnose(diagnostics, SETTING_MISSING, &place, arena_printf(arena, "[%s]", section_names[i]), path);
        good = sections[i] && settings_known(settings, sections[i], known[i], diagnostics) && good;
    }
    if (!good)
        return NULL;
    struct profile *profile = ARENA_NEW(arena, struct profile);
    profile->name = arena_text(arena, path);
#define X(number) good = read_number(settings, sections[PAGE], #number, &profile->number, diagnostics) && good;
    PROFILE_NUMBERS(X)
#undef X
#define X(word) good = read_word(settings, sections[WORDS], #word, &profile->words.word, diagnostics) && good;
    PROFILE_WORDS(X)
#undef X
#define X(word, fallback) profile->words.word = settings_get(sections[WORDS], #word, fallback);
    PROFILE_GAP_WORDS(X)
#undef X
#define X(style) good = read_style(settings, sections[STYLES], #style, &profile->styles.style, diagnostics) && good;
    PROFILE_STYLES(X)
#undef X
    good = read_faces(settings, sections[FACES], profile, diagnostics) && good;
    return good ? profile : NULL;
}

const char *profile_phrase(struct arena *arena, const char *words, const char *const *values) {
    struct buffer out = {0};
    while (*words) {
        size_t taken = 0;
        for (const char *const *value = values; *words == '{' && *value && !taken; value += 2) {
            size_t length = strlen(value[0]);
            if (strncmp(words + 1, value[0], length) == 0 && words[1 + length] == '}') {
                buffer_text(&out, value[1]);
                taken = length + 2;
            }
        }
        if (!taken)
            buffer_char(&out, *words);
        words += taken ? taken : 1;
    }
    const char *phrase = arena_text(arena, buffer_string(&out));
    buffer_free(&out);
    return phrase;
}

const char *profile_caption(struct arena *arena, const char *words, int number, const char *caption) {
    const char *values[] = {"number", arena_printf(arena, "%d", number), "caption", caption ? caption : "", NULL};
    return profile_phrase(arena, words, values);
}

const char *profile_recipient(struct arena *arena, const struct profile *profile, const char *typed, bool last) {
    size_t length = strlen(typed);
    while (length && strchr(" ;,.-", *typed))
        typed++, length--;
    while (length && strchr(" ;,.", typed[length - 1]))
        length--;
    const char *values[] = {"recipient", arena_copy(arena, typed, length), NULL};
    return profile_phrase(arena, last ? profile->words.recipient_last : profile->words.recipient, values);
}
