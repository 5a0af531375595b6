/* report.h - a template and the store into a document. */
#ifndef TONGKET_REPORT_H
#define TONGKET_REPORT_H

#include "base/period.h"
#include "base/settings.h"
#include "document/document.h"
#include "store/store.h"
#include "template/template.h"

/* What a template uses, found while it is filled; the arrays are as long as the template's. Several fills may add to
 * one coverage. */
struct coverage {
    bool *branches;                    /* printed at least once */
    bool *queries;                     /* asked for by a name, a table or a chart */
    bool *labels;                      /* named a figure of the prose */
    const struct column_plan **untied; /* columns with a total that is tied to no figure */
    size_t untied_count, untied_capacity;
};

/* How a report's queries ask for a ledger, found while it is made: one for each ledger. Several fills may add to it,
 * those of other processes as well. */
struct asks {
    _Atomic uint64_t fields; /* bits of those by which it asks for the period */
    _Atomic bool standing;   /* some query reads it whatever the period, as stock */
};

/* A file, or a sheet, that was not read into any ledger though it may hold rows of one. */
struct lost_file {
    const char *file;
    const struct schema *ledger; /* whose rows it seems to hold; NULL: nothing tells, it may be any's */
};

/* All that a report is made from. */
struct report_request {
    const struct template *template;
    struct store *store;
    const struct ledgers *ledgers;
    const struct settings *office; /* inputs/office.ini */
    const struct profile *profile;
    struct period period;
    struct date first, last, as_of;
    uint32_t unit;    /* row of the unit ledger, NO_ROW: the office's whole */
    const char *item; /* key of the row it is made for, when the template says `each`; NULL: none */
    bool public_;
    bool details;      /* some renderer shows the rows behind figures */
    bool check_only;   /* look the template through, make nothing */
    const char *texts; /* folder of the clerk's passages, inputs/texts */
    const char *version;
    const struct lost_file *lost;
    size_t lost_count;
    struct coverage *coverage; /* NULL: nobody asks */
    struct asks *asks;         /* of each ledger; NULL: same */
};

/* [public] minimum of office.ini: the least count that the public may be told; 0 when it is wrong, after saying so if
 * anybody listens (NULL: nobody, it was said when the workspace was opened). */
int64_t public_minimum(const struct settings *office, struct diagnostics *diagnostics);
/* NULL after saying all that is wrong with the template, or when only checking was asked for. The document lies in the
 * arena. */
struct document *report_make(struct arena *arena, struct diagnostics *diagnostics,
                             const struct report_request *request);

/* The cover sheet of a draft: what keeps it from being signed, ranked. In the draft's arena; NULL: it is none. */
struct document *report_cover(const struct document *document);

#endif
