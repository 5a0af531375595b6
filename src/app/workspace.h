/* workspace.h - a folder with inputs/ and templates/, opened: settings, schemas, ledgers, store. */
#ifndef TONGKET_WORKSPACE_H
#define TONGKET_WORKSPACE_H

#include "app/options.h"
#include "base/settings.h"
#include "document/profile.h"
#include "ledger/ledger.h"
#include "store/store.h"
#include "template/template.h"

struct workspace {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct options *options;
    struct settings *office;
    struct schemas *schemas;
    struct ledgers *ledgers;
    struct store *store;
    struct template **heads; /* of all reports, front matter only, by name */
    size_t head_count;
};

/* A period as asked for, with its window and as-of date. */
struct span {
    struct period period;
    struct date first, last, as_of;
};

/* Reads and checks everything; false after saying why nothing can be done. Rejected rows do not make it fail. */
bool workspace_open(struct workspace *workspace, struct arena *arena, struct diagnostics *diagnostics,
                    const struct options *options);
/* The same without inputs and reports: settings and schemas only. */
bool workspace_open_schemas(struct workspace *workspace, struct arena *arena, struct diagnostics *diagnostics,
                            const struct options *options);
void workspace_close(struct workspace *workspace);
/* Says that there is no report of that name, and which is nearest. */
void workspace_refuse_report(const struct workspace *workspace, const char *name);
/* Says what inputs/office.ini lacks, or seems to misspell; false when a value in it is wrong. */
bool office_check(const struct workspace *workspace);
/* Says which texts in inputs/texts/ seem to be passages, but stand where no report looks for them; `all`: and whatever
 * else lies there, which check says, not each report. */
void texts_check(const struct workspace *workspace, bool all);
/* The page profile that the office names; NULL after saying what is wrong with it. */
const struct profile *workspace_profile(const struct workspace *workspace);
/* One run at a time writes into the output folder, which is made. -1 after saying why not; closing the file gives the
 * folder free, and so does the end of the process, however it ends. */
int workspace_lock(const struct workspace *workspace);
/* From --period (or the fallback, e.g. "last-year") and --as-of. */
bool workspace_span(const struct workspace *workspace, const char *fallback, struct span *span);
/* Another period, of the same run. */
bool workspace_span_of(const struct workspace *workspace, struct period period, struct span *span);
/* From --unit: the unit's row, NO_ROW for none. */
bool workspace_unit(const struct workspace *workspace, uint32_t *unit);
void workspace_apply(struct workspace *workspace, const struct span *span, uint32_t unit);

/* The commands: each answers false when it could not do its work, after saying why. */
bool command_report(struct workspace *workspace);
bool command_check(struct workspace *workspace);
bool command_query(struct workspace *workspace);
bool command_list(struct workspace *workspace);
bool command_explain(struct workspace *workspace);
bool command_forms(struct workspace *workspace);
/* These need no workspace opened. */
bool command_verify(const struct options *options, struct arena *arena, struct diagnostics *diagnostics);
bool command_cells(const struct options *options, struct arena *arena, struct diagnostics *diagnostics);

/* Prints what each file was taken for and its row counts: read = accepted + rejected + skipped. */
void list_files(const struct workspace *workspace);

/* A line on a terminal once something takes over a second; nothing elsewhere. */
void progress_say(const char *doing);
/* The same for a count of things, with the time left. */
void progress_count(const char *doing, size_t done, size_t all);
void progress_end(void);

#endif
