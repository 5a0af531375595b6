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
    const struct job *job;
    const char *base;       /* hash of what all outputs of the run share; NULL: not settled */
    const char **templates; /* path and hash of every file under templates/, and of settings and passages */
    size_t template_count, template_capacity;
    const char **lines; /* of outputs, as they stand in the file; replaced as outputs are made */
    size_t line_count, line_capacity;
    size_t added;                   /* how many were made in this run */
    struct map outputs;             /* output to its line */
    bool known;                     /* there was a manifest; what its outputs were made from: */
    struct map sources;             /* input, template, setting or passage to its hash */
    const char **hashes, **ledgers; /* by source; "": none */
    size_t hash_capacity;
    const char *changed; /* the first that is new or not as it was, and how many there are */
    size_t changed_count;
};

/* Reads the last one, if there is one, and hashes the templates and settings of this run. */
bool manifest_open(struct manifest *manifest, const struct job *job);
void manifest_free(struct manifest *manifest);
/* Waits for the inputs' hashes and compares with the last run; whoever forks does so before. */
void manifest_settle(struct manifest *manifest);
/* What an output is made from; settles. */
const char *manifest_fingerprint(struct manifest *manifest, struct arena *arena, const char *report, const char *unit);
/* The ledger that the last run took the input for; NULL: none, or it did not know the file. */
const char *manifest_ledger(const struct manifest *manifest, const char *input);
/* True when the output was made before. */
bool manifest_has(const struct manifest *manifest, const char *output);
/* Why an output that was made before has to be made again, in words; NULL when it stands as it was made from the same.
 */
const char *manifest_why(const struct manifest *manifest, struct arena *arena, const struct diagnostics *diagnostics,
                         const char *output, const char *fingerprint);
/* The why of an output that was not there. */
const char *manifest_why_none(const struct diagnostics *diagnostics);
void manifest_add(struct manifest *manifest, const char *output, const char *fingerprint);
/* The path of the output of a line. */
const char *manifest_output(const struct manifest *manifest, struct arena *arena, size_t line);
bool manifest_write(struct manifest *manifest);

/* What was made in the folder of a period that is not opened: nothing, or some of it only as drafts. */
enum holding { HOLDS_NOTHING, HOLDS_DRAFTS, HOLDS_FINAL };
enum holding manifest_holding(const struct workspace *workspace, const char *folder);

/* index.c: the reports of the folder, as a page for browsers. */
bool index_write(const struct job *job, const struct manifest *manifest);

#endif
