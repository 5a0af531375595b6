/* manifest.h - what was made from what: outputs/<period>/manifest.json.
 *
 * JSON, one object a line, so that it is read back by lines. An output carries the fingerprint of everything it was
 * made from (inputs, templates, settings, passages, period, unit, version): while that and the file's own hash are the
 * same, it is not made anew. */
#ifndef TONGKET_MANIFEST_H
#define TONGKET_MANIFEST_H

#include "app/job.h"
#include "base/map.h"

struct manifest {
    const char *path;
    struct arena *arena;
    const char *base;       /* hash of what all outputs of the run share */
    const char **templates; /* path and hash of every file under templates/, and of settings and passages */
    size_t template_count, template_capacity;
    const char **lines; /* of outputs, as they stand in the file; replaced as outputs are made */
    size_t line_count, line_capacity;
    struct map outputs; /* output to its line */
};

/* Reads the last one, if there is one, and hashes what this run is made from. */
bool manifest_open(struct manifest *manifest, const struct job *job);
void manifest_free(struct manifest *manifest);
/* What an output is made from. */
const char *manifest_fingerprint(const struct manifest *manifest, struct arena *arena, const char *report,
                                 const char *unit);
/* True when the output stands as it was made from the same. */
bool manifest_is_current(const struct manifest *manifest, const char *output, const char *fingerprint);
void manifest_add(struct manifest *manifest, const char *output, const char *fingerprint);
bool manifest_write(struct manifest *manifest, const struct job *job);

#endif
