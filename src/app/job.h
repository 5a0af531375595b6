/* job.h - one run of the command report: what is made, from what, and where it goes. */
#ifndef TONGKET_JOB_H
#define TONGKET_JOB_H

#include "app/workspace.h"
#include "document/document.h"
#include "render/renderer.h"
#include "report/report.h"

enum { FORMATS = 8 };

struct job {
    struct workspace *workspace;
    struct span span;
    uint32_t unit;
    const struct renderer *formats[FORMATS];
    size_t format_count;
    bool details; /* one of them shows the rows behind figures */
    const struct profile *profile;
    const char *folder; /* outputs/<period>, and public/ below it for the public audience */
    struct manifest *manifest;
    struct lost_file *lost; /* files that no ledger was made of, though one may be in them */
    size_t lost_count;
    size_t findings;   /* of reading the inputs: those before the first report */
    struct asks *asks; /* of the report that is being made, shared with the workers; NULL between reports */
};

/* A draft stands under a name of its own beside a cover sheet that says what it lacks; what was made before stays. */
enum made { MADE_FAILED, MADE_WRITTEN, MADE_UNCHANGED, MADE_EMPTY, MADE_DRAFT };

/* What one document is about: the whole, a unit, or a row of the ledger that the template names by `each`. */
struct subject {
    uint32_t unit;         /* the ledgers are narrowed to it; NO_ROW: everything */
    const char *item;      /* key of the row; NULL: none */
    const char *id, *name; /* of the unit or the row; "" for the whole */
};

struct subject job_unit(const struct job *job, uint32_t unit);
/* outputs/<period>/<report>, or outputs/<period>/<report>/<id> for a unit or a row. A code's slashes become dashes. */
const char *job_stem(const struct job *job, struct arena *arena, const char *report, const char *id);
/* Where a draft of what would stand at the stem goes, and its cover sheet, which no workbook has: it is in the draft's.
 */
const char *job_draft(struct arena *arena, const char *stem);
const char *job_cover(struct arena *arena, const char *stem);
bool job_covers(const struct renderer *renderer);
/* Notes in the manifest what was made, a draft or not. */
void job_note(const struct job *job, struct arena *arena, const char *stem, enum made made, const char *from);
/* What the documents are made from, in one hash. */
const char *job_fingerprint(const struct job *job, struct arena *arena, const char *report,
                            const struct subject *subject);
/* Whether the report is made for many subjects. */
bool job_is_batch(const struct job *job, const struct template *template);
/* Makes the documents of the outbox's report for one subject, aside; what became of them is told when they are sent. */
struct outbox;
void job_make(struct outbox *outbox, const struct subject *subject, unsigned char *told);

/* batch.c: a report for every unit of a kind or every row of a ledger, by several processes over the same memory. */
bool batch_make(struct job *job, const struct template *template);
/* Zeros that processes forked afterwards have in common, to be unmapped; NULL after saying, of the report, why not. */
void *batch_share(const struct job *job, const char *report, size_t size);
/* vacancy.c: says when the ledgers that the report asks for by the period have no row of it. */
void vacancy_say(const struct job *job, const struct template *template);
/* subjects.c: whether there are units of the kind that --each names, if it is given; says so when there are none. */
bool subjects_known(const struct job *job);
/* The units of --each, or the rows of the template's `each`; false after saying why there are none. */
bool subjects_find(struct job *job, const struct template *template, struct subject **subjects, size_t *count);

#endif
