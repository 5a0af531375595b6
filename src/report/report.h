/* report.h - a template and the store into a document. */
#ifndef TONGKET_REPORT_H
#define TONGKET_REPORT_H

#include "base/period.h"
#include "base/settings.h"
#include "document/document.h"
#include "store/store.h"
#include "template/template.h"

/* All that a report is made from. */
struct report_request {
    const struct template *template;
    struct store *store;
    const struct ledgers *ledgers;
    const struct settings *office; /* inputs/office.ini */
    const struct profile *profile;
    struct period period;
    struct date first, last, as_of;
    uint32_t unit; /* row of the unit ledger, NO_ROW: the office's whole */
    bool public_;
    bool check_only;   /* look the template through, make nothing */
    const char *texts; /* folder of the clerk's passages, inputs/texts */
    const char *version;
};

/* NULL after saying all that is wrong with the template, or when only checking was asked for. The document lies in the
 * arena. */
struct document *report_make(struct arena *arena, struct diagnostics *diagnostics,
                             const struct report_request *request);

#endif
