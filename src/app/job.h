/* job.h - one run of the command report: what is made, from what, and where it goes. */
#ifndef TONGKET_JOB_H
#define TONGKET_JOB_H

#include "app/workspace.h"
#include "document/document.h"
#include "render/renderer.h"

enum { FORMATS = 8 };

struct job {
    struct workspace *workspace;
    struct span span;
    uint32_t unit;
    const struct renderer *formats[FORMATS];
    size_t format_count;
    const struct profile *profile;
    const char *folder; /* outputs/<period>, and public/ below it for the public audience */
    struct manifest *manifest;
    size_t findings; /* of reading the inputs: those before the first report */
};

enum made { MADE_FAILED, MADE_WRITTEN, MADE_UNCHANGED, MADE_EMPTY };

/* outputs/<period>/<report>, or outputs/<period>/<report>/<unit> for a unit. A code's slashes become dashes. */
const char *job_stem(const struct job *job, struct arena *arena, const char *report, uint32_t unit);
/* Makes the documents of one report for one unit, NO_ROW for the whole. */
enum made job_make(struct job *job, const struct template *template, uint32_t unit, struct diagnostics *diagnostics);

/* batch.c: a report for every unit of a kind, by several processes over the same memory. */
bool batch_make(struct job *job, const struct template *template);
/* Finds the units of --each; false after saying why there are none. */
bool batch_units(struct job *job, uint32_t **units, size_t *count);

#endif
