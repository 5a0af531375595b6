/* check.c - the command check: are inputs and templates right? */
#include "app/lint.h"
#include "app/quality.h"
#include "app/workspace.h"
#include "base/file.h"
#include "render/renderer.h"
#include "render/xlsx_quality.h"
#include "report/report.h"

#include <stdio.h>
#include <unistd.h>

static bool check_report(struct workspace *workspace, const struct template *head, const struct profile *profile) {
    struct arena *arena = arena_new();
    struct report_request request;
    int before = workspace->diagnostics->status;
    const struct template *template = template_read(arena, workspace->diagnostics, head->file, "templates/partials");
    bool good = template && lint_request(workspace, template, profile, &request);
    if (good)
        report_make(arena, workspace->diagnostics, &request);
    arena_free(arena);
    return good && workspace->diagnostics->status <= (before > 1 ? before : 1);
}

/* ---- The workbook ----------------------------------------------------------------------------------------------- */

/* Both files are written aside; only when each is whole do they take their places. */
static bool publish(const struct workspace *workspace, struct document *document, const char *const *paths) {
    struct diagnostics *diagnostics = workspace->diagnostics;
    const char *asides[2];
    for (size_t i = 0; i < 2; i++)
        asides[i] = file_aside(workspace->arena, paths[i]);
    bool good = xlsx_quality_write(document, workspace->ledgers, asides[0], diagnostics) &&
                pdf_renderer.write(document, asides[1], diagnostics);
    for (size_t i = 0; i < 2; i++) {
        if (!good)
            file_discard(asides[i]);
        else
            good = file_publish(diagnostics, asides[i], paths[i]);
        if (good && !workspace->options->quiet)
            printf("%s\n", paths[i]);
    }
    return good;
}

/* What is left of an earlier check would speak of what has been mended since. */
static bool write_quality(struct workspace *workspace, const struct profile *profile) {
    const char *folder = path_join(workspace->arena, workspace->options->output, "check");
    const char *const paths[] = {path_join(workspace->arena, folder, "quality.xlsx"),
                                 path_join(workspace->arena, folder, "quality.pdf")};
    struct arena *arena = arena_new();
    struct document *document = quality_document(workspace, arena);
    bool good = true;
    if (document)
        document->profile = profile;
    if (document || file_exists(paths[0]) || file_exists(paths[1])) {
        int lock = workspace_lock(workspace);
        good = lock >= 0 && folder_make(workspace->diagnostics, folder);
        if (good)
            folder_sweep(folder);
        if (good && document)
            good = publish(workspace, document, paths);
        for (size_t i = 0; good && !document && i < 2; i++)
            file_discard(paths[i]);
        if (lock >= 0)
            close(lock);
    }
    arena_free(arena);
    return good;
}

bool command_check(struct workspace *workspace) {
    size_t read = 0, accepted = 0, rejected = 0, skipped = 0;
    bool good = office_check(workspace);
    texts_check(workspace, true);
    const struct profile *profile = workspace_profile(workspace);
    good = good && profile;
    for (size_t i = 0; profile && i < workspace->head_count; i++)
        good = check_report(workspace, workspace->heads[i], profile) && good;
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
    /* A template that is wrong is nothing that a workbook of rows could tell. */
    good = good && write_quality(workspace, profile);
    /* Behind the workbook: what authors of templates may want to know is nothing that the clerk could mend. */
    for (size_t i = 0; good && workspace->options->templates && i < workspace->head_count; i++)
        lint_template(workspace, workspace->heads[i], profile);
    return good;
}
