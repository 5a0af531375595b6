/* check.c - the command check: are inputs and templates right? */
#include "app/version.h"
#include "app/workspace.h"
#include "report/report.h"

#include <stdio.h>

static bool check_report(struct workspace *workspace, const struct template *head) {
    static const char *const last[] = {[PERIOD_YEAR] = "last-year",
                                       [PERIOD_HALF] = "last-half",
                                       [PERIOD_QUARTER] = "last-quarter",
                                       [PERIOD_MONTH] = "last-month"};
    struct arena *arena = arena_new();
    struct span span;
    int before = workspace->diagnostics->status;
    const struct template *template = template_read(arena, workspace->diagnostics, head->file, "templates/partials");
    bool good = template && workspace_span(workspace, last[head->period], &span);
    if (good) {
        struct report_request request = {.template = template,
                                         .store = workspace->store,
                                         .ledgers = workspace->ledgers,
                                         .office = workspace->office,
                                         .period = span.period,
                                         .first = span.first,
                                         .last = span.last,
                                         .as_of = span.as_of,
                                         .unit = NO_ROW,
                                         .check_only = true,
                                         .texts = "inputs/texts",
                                         .version = TONGKET_VERSION};
        report_make(arena, workspace->diagnostics, &request);
    }
    arena_free(arena);
    return good && workspace->diagnostics->status <= (before > 1 ? before : 1);
}

bool command_check(struct workspace *workspace) {
    size_t read = 0, accepted = 0, rejected = 0, skipped = 0;
    bool good = true;
    for (size_t i = 0; i < workspace->head_count; i++)
        good = check_report(workspace, workspace->heads[i]) && good;
    for (size_t i = 0; i < workspace->ledgers->source_count; i++) {
        const struct ledger_source *source = &workspace->ledgers->sources[i];
        read += source->read;
        accepted += source->accepted;
        rejected += source->rejected;
        skipped += source->skipped;
    }
    progress_end();
    list_files(workspace);
    printf(diagnose_say(
               workspace->diagnostics,
               "\nĐọc %zu dòng = nhận %zu + loại %zu + bỏ qua %zu (tiêu đề, dòng trống, dòng tổng, chữ ký)\n",
               "\n%zu rows read = %zu accepted + %zu rejected + %zu skipped (titles, blanks, totals, signatures)\n"),
           read, accepted, rejected, skipped);
    return good;
}
