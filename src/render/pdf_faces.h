/* pdf_faces.h - the four faces of a document: widths while it is laid out, and a subset of each when it is done.
 *
 * A letter gets its number (CID) in a face when it is first drawn, so pages can be written before the subset is made.
 * Widths are whole thousandths of the font size, exactly as the file will say them, so sums never drift. */
#ifndef TONGKET_PDF_FACES_H
#define TONGKET_PDF_FACES_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/diagnose.h"
#include "document/profile.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct faces;

/* In thousandths; ascenders and descenders as far as they reach from the baseline. */
struct face_metrics {
    double ascent, descent, cap_height;
    int italic_angle, weight, bounds[4];
};

/* What the file needs of a face that was drawn with. */
struct face_subset {
    char name[96]; /* with its tag: ABCDEF+LiberationSerif */
    const struct buffer *program;
    size_t count;            /* of the letters; CIDs are 1…count */
    const uint32_t *letters; /* the letter of CID i + 1 */
    const uint16_t *widths, *glyphs;
    const struct face_metrics *metrics;
};

struct faces *faces_open(struct arena *arena, const struct profile *profile, struct diagnostics *diagnostics);
/* Why a face could not be read, or NULL. */
const char *faces_failure(const struct faces *faces);

double faces_width(struct faces *faces, enum face face, const char *text, size_t length);
struct drawn_letter {
    uint16_t cid, width;
};

/* From now on the letter belongs to the subset. */
struct drawn_letter faces_letter(struct faces *faces, enum face face, uint32_t letter);
/* How far ascenders reach above the baseline and descenders below it, in thousandths. */
double faces_ascent(struct faces *faces, enum face face);
double faces_descent(struct faces *faces, enum face face);
bool faces_used(const struct faces *faces, enum face face);
/* False after keeping why. The program and its glyphs stay until the next subset of that face is made. */
bool faces_subset(struct faces *faces, enum face face, struct face_subset *subset);

#endif
