/* pdf_faces.c - faces through HarfBuzz: metrics of the whole face, and its subset to the letters drawn.
 *
 * One letter is one glyph: Vietnamese in NFC needs no shaping. The subset keeps only the tables that a PDF reader uses
 * and no hints, which are half of a face and matter neither on paper nor to readers that smooth letters. HarfBuzz
 * follows composite glyphs to any depth, so no tone mark is lost.
 *
 * A batch makes hundreds of documents with the same four faces: what is opened stays open until the process ends. The
 * subset is cut from a copy of the face that has only the tables kept, because HarfBuzz otherwise goes through all
 * letters of the face to find those that are asked for. */
#include "render/pdf_faces.h"

#include "base/file.h"
#include "base/text.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <hb.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { BLOCK = 256, BLOCKS = 0x110000 / BLOCK, MOST_LETTERS = 65000, KEPT_TABLES = 6 };

/* Of a face that does not tell, in thousandths. */
enum { ASCENT = 890, DESCENT = 216, CAP_HEIGHT = 660 };

/* The last subset of a face: the headings of a batch have the same letters in one document as in the next. */
struct cut {
    uint32_t *glyphs;  /* what was asked for, in its order */
    uint16_t *numbers; /* of these glyphs in the program */
    size_t count;
    struct buffer program;
};

/* A face of the process. */
struct typeface {
    const char *path;
    hb_face_t *face, *kept; /* whole, and with the kept tables only */
    hb_font_t *font;
    unsigned units;
    struct face_metrics metrics;
    char name[64];
    struct cut cut;
    struct typeface *next;
};

struct letter {
    uint32_t glyph;
    uint16_t width, cid; /* cid 0: not drawn yet */
    bool known, missing;
};

struct one_face {
    struct typeface *typeface; /* NULL: not opened, or it could not be */
    bool opened;
    struct letter *blocks[BLOCKS];
    uint32_t *letters, *glyphs; /* by CID - 1 */
    uint16_t *widths;
    size_t count, letters_capacity, glyphs_capacity, widths_capacity;
};

struct faces {
    struct arena *arena;
    const struct profile *profile;
    struct diagnostics *diagnostics;
    const char *failure;
    struct one_face faces[FACE_COUNT];
};

struct faces *faces_open(struct arena *arena, const struct profile *profile, struct diagnostics *diagnostics) {
    struct faces *faces = ARENA_NEW(arena, struct faces);
    faces->arena = arena;
    faces->profile = profile;
    faces->diagnostics = diagnostics;
    return faces;
}

const char *faces_failure(const struct faces *faces) {
    return faces->failure;
}

static void fail(struct faces *faces, enum face face, const char *vi, const char *en) {
    if (!faces->failure)
        faces->failure =
            arena_printf(faces->arena, diagnose_say(faces->diagnostics, vi, en), faces->profile->faces[face]);
}

static bool has_table(hb_face_t *face, hb_tag_t tag) {
    hb_blob_t *table = hb_face_reference_table(face, tag);
    bool has = hb_blob_get_length(table) > 0;
    hb_blob_destroy(table);
    return has;
}

static double metric(const struct typeface *typeface, hb_ot_metrics_tag_t tag, double fallback) {
    hb_position_t position;
    if (!hb_ot_metrics_get_position(typeface->font, tag, &position))
        return fallback;
    return (double)position * 1000 / typeface->units;
}

/* The box around all glyphs stands in the head table from byte 36 on. */
static void read_bounds(const struct typeface *typeface, int bounds[4]) {
    hb_blob_t *head = hb_face_reference_table(typeface->face, HB_TAG('h', 'e', 'a', 'd'));
    unsigned length;
    const char *bytes = hb_blob_get_data(head, &length);
    for (unsigned i = 0; i < 4 && length >= 54; i++) {
        int16_t number = (int16_t)((unsigned char)bytes[36 + 2 * i] << 8 | (unsigned char)bytes[37 + 2 * i]);
        bounds[i] = (int)lround(number * 1000.0 / typeface->units);
    }
    hb_blob_destroy(head);
}

static void read_metrics(struct typeface *typeface) {
    struct face_metrics *metrics = &typeface->metrics;
    metrics->ascent = metric(typeface, HB_OT_METRICS_TAG_HORIZONTAL_ASCENDER, ASCENT);
    metrics->descent = fabs(metric(typeface, HB_OT_METRICS_TAG_HORIZONTAL_DESCENDER, DESCENT));
    metrics->cap_height = metric(typeface, HB_OT_METRICS_TAG_CAP_HEIGHT, CAP_HEIGHT);
    metrics->italic_angle = (int)lround(hb_style_get_value(typeface->font, HB_STYLE_TAG_SLANT_ANGLE));
    metrics->weight = (int)lround(hb_style_get_value(typeface->font, HB_STYLE_TAG_WEIGHT));
    read_bounds(typeface, metrics->bounds);
}

/* What a name in a PDF may hold of the face's own. */
static void read_name(struct typeface *typeface) {
    char *name = typeface->name;
    unsigned length = sizeof typeface->name;
    hb_ot_name_get_utf8(typeface->face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &length, name);
    size_t kept = 0;
    for (size_t i = 0; name[i]; i++)
        if (name[i] > ' ' && name[i] < 0x7f && !strchr("()<>[]{}/%#", name[i]))
            name[kept++] = name[i];
    name[kept] = '\0';
    if (!kept)
        snprintf(name, sizeof typeface->name, "Face");
}

static hb_face_t *keep_tables(hb_face_t *face) {
    static const char kept[KEPT_TABLES][5] = {"glyf", "head", "hhea", "hmtx", "loca", "maxp"};
    hb_face_t *builder = hb_face_builder_create();
    for (size_t i = 0; i < KEPT_TABLES; i++) {
        hb_tag_t tag = hb_tag_from_string(kept[i], 4);
        hb_blob_t *table = hb_face_reference_table(face, tag);
        hb_face_builder_add_table(builder, tag, table);
        hb_blob_destroy(table);
    }
    hb_blob_t *file = hb_face_reference_blob(builder);
    hb_face_t *made = hb_face_create(file, 0);
    hb_blob_destroy(file);
    hb_face_destroy(builder);
    return made;
}

static struct typeface *open_typeface(struct faces *faces, enum face face) {
    const char *path = faces->profile->faces[face];
    hb_blob_t *file = hb_blob_create_from_file_or_fail(path);
    if (!file) {
        fail(faces, face, "không đọc được phông chữ %s", "unable to read the font %s");
        return NULL;
    }
    hb_face_t *opened = hb_face_create(file, 0);
    hb_blob_destroy(file);
    if (!has_table(opened, HB_TAG('g', 'l', 'y', 'f')) || !has_table(opened, HB_TAG('c', 'm', 'a', 'p'))) {
        fail(faces, face, "phông chữ %s không phải TrueType", "the font %s is not TrueType");
        hb_face_destroy(opened);
        return NULL;
    }
    struct typeface *typeface = memory_resize(NULL, sizeof *typeface);
    *typeface = (struct typeface){.path = strdup(path),
                                  .face = opened,
                                  .kept = keep_tables(opened),
                                  .font = hb_font_create(opened),
                                  .units = hb_face_get_upem(opened)};
    if (!typeface->path)
        memory_fail();
    read_metrics(typeface);
    read_name(typeface);
    return typeface;
}

static void open_face(struct faces *faces, enum face face) {
    static struct typeface *typefaces;
    struct one_face *one = &faces->faces[face];
    one->opened = true;
    for (struct typeface *known = typefaces; known && !one->typeface; known = known->next)
        if (strcmp(known->path, faces->profile->faces[face]) == 0)
            one->typeface = known;
    struct typeface *fresh = one->typeface ? NULL : open_typeface(faces, face);
    if (fresh) {
        fresh->next = typefaces;
        one->typeface = typefaces = fresh;
    }
}

static struct one_face *ready_face(struct faces *faces, enum face face) {
    struct one_face *one = &faces->faces[face];
    if (!one->opened)
        open_face(faces, face);
    return one;
}

/* ===== Letters ===== */

static bool letter_was_missing(const struct faces *faces, uint32_t letter) {
    for (int i = 0; i < FACE_COUNT; i++) {
        const struct letter *block = faces->faces[i].blocks[letter / BLOCK];
        if (block && block[letter % BLOCK].missing)
            return true;
    }
    return false;
}

static size_t encode(uint32_t letter, char bytes[4]) {
    if (letter < 0x80)
        return bytes[0] = (char)letter, 1;
    size_t more = letter < 0x800 ? 1 : letter < 0x10000 ? 2 : 3;
    static const unsigned char leads[] = {0, 0xc0, 0xe0, 0xf0};
    for (size_t i = more; i; i--, letter >>= 6)
        bytes[i] = (char)(0x80 | (letter & 0x3f));
    bytes[0] = (char)(leads[more] | letter);
    return more + 1;
}

static void say_missing(struct faces *faces, enum face face, uint32_t letter) {
    char bytes[4];
    size_t length = encode(letter, bytes);
    diagnose(faces->diagnostics, LETTER_MISSING, NULL, path_name(faces->profile->faces[face]),
             arena_printf(faces->arena, "%04X", (unsigned)letter), arena_copy(faces->arena, bytes, length));
}

/* A letter that may be drawn as another when the face lacks it. */
static uint32_t stand_in(uint32_t letter) {
    switch (letter) {
    case 0xa0:
    case 0x2007:
    case 0x202f:
        return ' ';
    case 0x2011:
        return '-';
    case 0x2212:
        return 0x2013;
    default:
        return letter;
    }
}

static void learn_letter(struct faces *faces, enum face face, uint32_t code, struct letter *letter) {
    struct one_face *one = &faces->faces[face];
    hb_codepoint_t glyph = 0;
    letter->known = true;
    letter->width = 500;
    if (!one->typeface)
        return;
    hb_font_t *font = one->typeface->font;
    if (!hb_font_get_nominal_glyph(font, code, &glyph) && !hb_font_get_nominal_glyph(font, stand_in(code), &glyph)) {
        /* A box is drawn that is still copied as the letter; an archive may not use the face's glyph for none. */
        if (!hb_font_get_nominal_glyph(font, 0x25a1, &glyph))
            hb_font_get_nominal_glyph(font, '?', &glyph);
        bool said = letter_was_missing(faces, code);
        letter->missing = true;
        if (!said)
            say_missing(faces, face, code);
    }
    letter->glyph = glyph;
    double advance = (double)hb_font_get_glyph_h_advance(font, glyph) * 1000 / one->typeface->units;
    letter->width = (uint16_t)lround(fmax(0, fmin(advance, 20000)));
}

static struct letter *new_letter(struct faces *faces, enum face face, uint32_t code) {
    struct letter **block = &ready_face(faces, face)->blocks[code / BLOCK];
    if (!*block)
        *block = ARENA_ARRAY(faces->arena, struct letter, BLOCK);
    struct letter *letter = &(*block)[code % BLOCK];
    if (!letter->known)
        learn_letter(faces, face, code, letter);
    return letter;
}

static inline struct letter *find_letter(struct faces *faces, enum face face, uint32_t code) {
    code = code < 0x110000 ? code : 0xfffd;
    struct letter *block = faces->faces[face].blocks[code / BLOCK];
    return block && block[code % BLOCK].known ? &block[code % BLOCK] : new_letter(faces, face, code);
}

double faces_width(struct faces *faces, enum face face, const char *text, size_t length) {
    uint64_t width = 0;
    for (size_t at = 0; at < length;) {
        size_t before = at;
        width += find_letter(faces, face, text_next(text, &at))->width;
        at += at == before;
    }
    return (double)width;
}

static void add_to_subset(struct faces *faces, struct one_face *one, uint32_t code, struct letter *letter) {
    struct arena *arena = faces->arena;
    size_t count = one->count + 1;
    if (count > MOST_LETTERS)
        return;
    one->letters = arena_grow(arena, one->letters, &one->letters_capacity, count, sizeof *one->letters);
    one->glyphs = arena_grow(arena, one->glyphs, &one->glyphs_capacity, count, sizeof *one->glyphs);
    one->widths = arena_grow(arena, one->widths, &one->widths_capacity, count, sizeof *one->widths);
    one->letters[one->count] = code;
    one->glyphs[one->count] = letter->glyph;
    one->widths[one->count] = letter->width;
    one->count = count;
    letter->cid = (uint16_t)count;
}

struct drawn_letter faces_letter(struct faces *faces, enum face face, uint32_t code) {
    struct letter *letter = find_letter(faces, face, code);
    if (!letter->cid)
        add_to_subset(faces, &faces->faces[face], code, letter);
    return (struct drawn_letter){.cid = letter->cid, .width = letter->width};
}

bool faces_used(const struct faces *faces, enum face face) {
    return faces->faces[face].count > 0;
}

double faces_ascent(struct faces *faces, enum face face) {
    const struct one_face *one = ready_face(faces, face);
    return one->typeface ? one->typeface->metrics.ascent : ASCENT;
}

double faces_descent(struct faces *faces, enum face face) {
    const struct one_face *one = ready_face(faces, face);
    return one->typeface ? one->typeface->metrics.descent : DESCENT;
}

/* ===== The subset ===== */

/* Six capitals made of the glyphs in it, before the face's own: the same letters give the same tag. */
static void make_name(const struct one_face *one, char *name, size_t size) {
    uint64_t hash = 1469598103934665603u;
    for (size_t i = 0; i < one->count; i++)
        hash = (hash ^ one->glyphs[i]) * 1099511628211u;
    char tag[7];
    for (int i = 0; i < 6; i++, hash /= 26)
        tag[i] = (char)('A' + hash % 26);
    tag[6] = '\0';
    snprintf(name, size, "%s+%s", tag, one->typeface->name);
}

static bool is_cut(const struct cut *cut, const struct one_face *one) {
    return cut->program.length && cut->count == one->count &&
           memcmp(cut->glyphs, one->glyphs, one->count * sizeof *one->glyphs) == 0;
}

static void keep_cut(struct cut *cut, const struct one_face *one, hb_face_t *made, const hb_map_t *numbers) {
    cut->count = one->count;
    cut->glyphs = memory_resize(cut->glyphs, one->count * sizeof *cut->glyphs);
    cut->numbers = memory_resize(cut->numbers, one->count * sizeof *cut->numbers);
    memcpy(cut->glyphs, one->glyphs, one->count * sizeof *cut->glyphs);
    for (size_t i = 0; i < one->count; i++) {
        hb_codepoint_t glyph = hb_map_get(numbers, one->glyphs[i]);
        cut->numbers[i] = glyph == HB_MAP_VALUE_INVALID ? 0 : (uint16_t)glyph;
    }
    hb_blob_t *blob = hb_face_reference_blob(made);
    unsigned length;
    const char *bytes = hb_blob_get_data(blob, &length);
    buffer_add(&cut->program, bytes, length);
    hb_blob_destroy(blob);
}

static void cut_face(struct typeface *typeface, const struct one_face *one) {
    buffer_clear(&typeface->cut.program);
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    if (!input)
        return;
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    for (size_t i = 0; i < one->count; i++)
        hb_set_add(hb_subset_input_glyph_set(input), one->glyphs[i]);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(typeface->kept, input);
    hb_face_t *made = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    if (made)
        keep_cut(&typeface->cut, one, made, hb_subset_plan_old_to_new_glyph_mapping(plan));
    hb_face_destroy(made);
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
}

bool faces_subset(struct faces *faces, enum face face, struct face_subset *subset) {
    const struct one_face *one = &faces->faces[face];
    *subset = (struct face_subset){0};
    if (!one->typeface)
        return false; /* kept when it was opened */
    struct cut *cut = &one->typeface->cut;
    if (!is_cut(cut, one))
        cut_face(one->typeface, one);
    *subset = (struct face_subset){.program = &cut->program,
                                   .count = one->count,
                                   .letters = one->letters,
                                   .widths = one->widths,
                                   .glyphs = cut->numbers,
                                   .metrics = &one->typeface->metrics};
    if (!cut->program.length)
        fail(faces, face, "không rút gọn được phông chữ %s", "unable to subset the font %s");
    make_name(one, subset->name, sizeof subset->name);
    return cut->program.length > 0;
}
