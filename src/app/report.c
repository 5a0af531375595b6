/* report.c - the command report: the whole job on one screen, and publishing. */
#include "report/report.h"

#include "app/version.h"
#include "app/workspace.h"
#include "base/file.h"
#include "base/text.h"
#include "render/renderer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

enum { FORMATS = 8 };

struct job {
    struct workspace *workspace;
    struct span span;
    uint32_t unit;
    const struct renderer *formats[FORMATS];
    size_t format_count;
    const struct profile *profile;
    const char *folder; /* outputs/<period> */
};

/* ---- Asking ----------------------------------------------------------------------------------------------------- */

static bool take_formats(struct job *job) {
    struct workspace *workspace = job->workspace;
    const char *asked = workspace->options->format ? workspace->options->format : "pdf,xlsx";
    char **names;
    size_t count = text_split(workspace->arena, asked, ',', &names);
    for (size_t i = 0; i < count; i++) {
        const struct renderer *renderer = renderer_find(names[i]);
        if (!renderer || job->format_count == FORMATS) {
            diagnose(workspace->diagnostics, OPTION_VALUE, NULL, names[i], "--format", "pdf, xlsx, tree");
            return false;
        }
        job->formats[job->format_count++] = renderer;
    }
    return true;
}

static bool take_profile(struct job *job) {
    struct workspace *workspace = job->workspace;
    const struct settings_section *office = settings_find(workspace->office, "office");
    const char *name = settings_get(office, "page", "hd05");
    job->profile = profile_read(workspace->arena, workspace->diagnostics,
                                arena_printf(workspace->arena, "templates/pages/%s.ini", name));
    return job->profile != NULL;
}

static bool is_asked(const struct job *job, const struct template *head) {
    const struct options *options = job->workspace->options;
    for (size_t i = 0; i < options->operand_count; i++)
        if (strcmp(options->operands[i], head->name) == 0)
            return true;
    return options->operand_count == 0 && head->period == job->span.period.kind;
}

static bool check_names(struct workspace *workspace) {
    const struct options *options = workspace->options;
    const char **names = ARENA_ARRAY(workspace->arena, const char *, workspace->head_count + 1);
    bool good = true;
    for (size_t h = 0; h < workspace->head_count; h++)
        names[h] = workspace->heads[h]->name;
    for (size_t i = 0; i < options->operand_count; i++) {
        bool known = false;
        for (size_t h = 0; h < workspace->head_count; h++)
            known = known || strcmp(names[h], options->operands[i]) == 0;
        if (!known)
            diagnose(workspace->diagnostics, REPORT_UNKNOWN, NULL, options->operands[i],
                     diagnose_nearest(workspace->diagnostics, options->operands[i], names, workspace->head_count));
        good = good && known;
    }
    return good;
}

/* ---- Writing ---------------------------------------------------------------------------------------------------- */

/* All formats of a document are written aside first; only when each is whole do they take their places. */
static bool publish(struct job *job, const struct document *document, struct arena *arena) {
    struct workspace *workspace = job->workspace;
    const char *asides[FORMATS], *paths[FORMATS];
    const char *stem = arena_printf(arena, "%s/%s", job->folder, document->report);
    if (job->unit != NO_ROW)
        stem = arena_printf(arena, "%s/%s", stem, units_id(store_units(workspace->store), job->unit));
    bool good = true;
    size_t made = 0;
    for (size_t i = 0; i < job->format_count && good; i++, made++) {
        paths[i] = arena_printf(arena, "%s.%s", stem, job->formats[i]->name);
        asides[i] = file_aside(arena, paths[i]);
        if (i == 0)
            good = folder_make(workspace->diagnostics, arena_copy(arena, stem, (size_t)(path_name(stem) - stem) - 1));
        good = good && job->formats[i]->write(document, asides[i], workspace->diagnostics);
    }
    for (size_t i = 0; i < made; i++) {
        if (!good)
            file_discard(asides[i]);
        else
            good = file_publish(workspace->diagnostics, asides[i], paths[i]);
        if (good && !workspace->options->quiet)
            printf("%s\n", paths[i]);
    }
    return good;
}

static bool make_report(struct job *job, const struct template *head) {
    struct workspace *workspace = job->workspace;
    struct arena *arena = arena_new();
    progress_say(head->name);
    const struct template *template = template_read(arena, workspace->diagnostics, head->file, "templates/partials");
    struct report_request request = {.template = template,
                                     .store = workspace->store,
                                     .ledgers = workspace->ledgers,
                                     .office = workspace->office,
                                     .profile = job->profile,
                                     .period = job->span.period,
                                     .first = job->span.first,
                                     .last = job->span.last,
                                     .as_of = job->span.as_of,
                                     .unit = job->unit,
                                     .public_ = workspace->options->public_,
                                     .texts = "inputs/texts",
                                     .version = TONGKET_VERSION};
    const struct document *document = template ? report_make(arena, workspace->diagnostics, &request) : NULL;
    bool good = document && publish(job, document, arena);
    arena_free(arena);
    return good;
}

/* One run at a time writes into an output folder. The lock goes with the process, however it ends. */
static int take_lock(struct workspace *workspace) {
    const char *output = workspace->options->output;
    if (!folder_make(workspace->diagnostics, output))
        return -1;
    const char *path = arena_printf(workspace->arena, "%s/.lock", output);
    int lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (lock < 0) {
        diagnose(workspace->diagnostics, FILE_WRITE, NULL, path, strerror(errno));
        return -1;
    }
    if (flock(lock, LOCK_EX | LOCK_NB) == 0)
        return lock;
    diagnose(workspace->diagnostics, WORKSPACE_LOCKED, NULL, path);
    close(lock);
    return -1;
}

bool command_report(struct workspace *workspace) {
    struct job job = {.workspace = workspace};
    if (!workspace->options->period) {
        diagnose(workspace->diagnostics, OPTION_MISSING, NULL, "report",
                 "--period 2017 | 2024-H1 | 2024-05 | last-month …");
        return false;
    }
    if (!take_formats(&job) || !take_profile(&job) || !check_names(workspace) ||
        !workspace_span(workspace, "", &job.span) || !workspace_unit(workspace, &job.unit))
        return false;
    const char *period = period_name(workspace->arena, job.span.period);
    job.folder = path_join(workspace->arena, workspace->options->output, period);
    int lock = take_lock(workspace);
    bool good = lock >= 0, any = false;
    for (size_t i = 0; good && i < workspace->head_count; i++)
        if (is_asked(&job, workspace->heads[i])) {
            any = true;
            good = make_report(&job, workspace->heads[i]) && good;
        }
    if (lock >= 0)
        close(lock);
    if (good && !any)
        diagnose(workspace->diagnostics, REPORT_NONE, NULL, period, period_kind_name(job.span.period.kind));
    return good && any;
}
