/* profile.c - reading a page profile. */
#include "document/profile.h"

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

const struct profile *profile_read(struct arena *arena, struct diagnostics *diagnostics, const char *path) {
    static const char *const page_names[] = {
#define X(number) #number,
        PROFILE_NUMBERS(X)
#undef X
            NULL};
    static const char *const known_faces[] = {"regular", "bold", "italic", "bold_italic", NULL};
    const struct settings *settings = settings_read(arena, diagnostics, path);
    if (!settings)
        return NULL;
    const struct settings_section *page = settings_find(settings, "page"), *faces = settings_find(settings, "faces");
    struct place place = settings_place(settings, 1);
    if (!page || !faces) {
        diagnose(diagnostics, SETTING_MISSING, &place, page ? "[faces]" : "[page]", path);
        return NULL;
    }
    struct profile *profile = ARENA_NEW(arena, struct profile);
    profile->name = arena_text(arena, path);
    bool good = settings_known(settings, page, page_names, diagnostics);
    good = settings_known(settings, faces, known_faces, diagnostics) && good;
#define X(number) good = read_number(settings, page, #number, &profile->number, diagnostics) && good;
    PROFILE_NUMBERS(X)
#undef X
    for (int face = 0; face < FACE_COUNT; face++) {
        profile->faces[face] = settings_get(faces, face_names[face], NULL);
        if (!profile->faces[face]) {
            place = settings_place(settings, faces->line);
            diagnose(diagnostics, SETTING_MISSING, &place, face_names[face], "faces");
            good = false;
        }
    }
    return good ? profile : NULL;
}
