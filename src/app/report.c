/* report.c - the command report: the whole job on one screen, and publishing. */
#include "report/report.h"

#include "app/job.h"
#include "app/manifest.h"
#include "app/version.h"
#include "app/workspace.h"
#include "base/file.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

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
    if (!count)
        diagnose(workspace->diagnostics, OPTION_VALUE, NULL, asked, "--format", "pdf, xlsx, tree");
    return count > 0;
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

const char *job_stem(const struct job *job, struct arena *arena, const char *report, uint32_t unit) {
    if (unit == NO_ROW)
        return arena_printf(arena, "%s/%s", job->folder, report);
    char *id = arena_text(arena, units_id(store_units(job->workspace->store), unit));
    for (char *at = id; *at; at++)
        if (*at == '/' || (at == id && *at == '.'))
            *at = '-';
    return arena_printf(arena, "%s/%s/%s", job->folder, report, id);
}

/* All formats of a document are written aside first; only when each is whole do they take their places. */
static bool publish(struct job *job, const struct document *document, const char *stem, struct arena *arena,
                    struct diagnostics *diagnostics) {
    const char *asides[FORMATS], *paths[FORMATS];
    size_t made = 0;
    bool good = folder_make(diagnostics, arena_copy(arena, stem, (size_t)(path_name(stem) - stem) - 1));
    for (size_t i = 0; i < job->format_count && good; i++, made++) {
        paths[i] = arena_printf(arena, "%s.%s", stem, job->formats[i]->name);
        asides[i] = file_aside(arena, paths[i]);
        good = job->formats[i]->write(document, asides[i], diagnostics);
    }
    for (size_t i = 0; i < made; i++) {
        if (!good)
            file_discard(asides[i]);
        else
            good = file_publish(diagnostics, asides[i], paths[i]);
    }
    return good;
}

static bool is_current(const struct job *job, struct arena *arena, const char *stem, const char *from) {
    bool current = true;
    for (size_t i = 0; i < job->format_count && current; i++)
        current = manifest_is_current(job->manifest, arena_printf(arena, "%s.%s", stem, job->formats[i]->name), from);
    return current;
}

/* Nothing happened: every table is without rows and every figure is nothing. */
static bool is_empty(const struct document *document) {
    for (const struct block *block = document->blocks; block; block = block->next)
        for (size_t row = 0; block->kind == BLOCK_TABLE && row < block->table->row_count; row++)
            for (size_t c = 0; c < block->table->column_count; c++)
                if (!block->table->columns[c].counter && value_is_number(block->table->rows[row].cells[c].value) &&
                    value_is_true(block->table->rows[row].cells[c].value))
                    return false;
    for (size_t i = 0; i < document->figure_count; i++)
        if (value_is_true(document->figures[i].value))
            return false;
    return true;
}

enum made job_make(struct job *job, const struct template *template, uint32_t unit, struct diagnostics *diagnostics) {
    struct workspace *workspace = job->workspace;
    struct arena *arena = arena_new();
    const char *stem = job_stem(job, arena, template->name, unit);
    const char *id = unit == NO_ROW ? "" : units_id(store_units(workspace->store), unit);
    enum made made = MADE_FAILED;
    if (is_current(job, arena, stem, manifest_fingerprint(job->manifest, arena, template->name, id))) {
        made = MADE_UNCHANGED;
    } else {
        struct report_request request = {.template = template,
                                         .store = workspace->store,
                                         .ledgers = workspace->ledgers,
                                         .office = workspace->office,
                                         .profile = job->profile,
                                         .period = job->span.period,
                                         .first = job->span.first,
                                         .last = job->span.last,
                                         .as_of = job->span.as_of,
                                         .unit = unit,
                                         .public_ = workspace->options->public_,
                                         .texts = "inputs/texts",
                                         .version = TONGKET_VERSION};
        const struct document *document = report_make(arena, diagnostics, &request);
        if (document && workspace->options->skip_empty && is_empty(document))
            made = MADE_EMPTY;
        else if (document && publish(job, document, stem, arena, diagnostics))
            made = MADE_WRITTEN;
    }
    arena_free(arena);
    return made;
}

static bool make_one(struct job *job, const struct template *template) {
    struct workspace *workspace = job->workspace;
    const char *stem = job_stem(job, workspace->arena, template->name, job->unit);
    const char *id = job->unit == NO_ROW ? "" : units_id(store_units(workspace->store), job->unit);
    const char *from = manifest_fingerprint(job->manifest, workspace->arena, template->name, id);
    enum made made = job_make(job, template, job->unit, workspace->diagnostics);
    progress_end();
    for (size_t i = 0; i < job->format_count && (made == MADE_WRITTEN || made == MADE_UNCHANGED); i++) {
        const char *path = arena_printf(workspace->arena, "%s.%s", stem, job->formats[i]->name);
        if (made == MADE_WRITTEN)
            manifest_add(job->manifest, path, from);
        if (!workspace->options->quiet)
            printf("%s%s\n", path,
                   made == MADE_WRITTEN ? ""
                                        : diagnose_say(workspace->diagnostics, " (không đổi, không lập lại)",
                                                       " (unchanged, not made anew)"));
    }
    return made != MADE_FAILED;
}

static bool make_report(struct job *job, const struct template *head) {
    struct workspace *workspace = job->workspace;
    struct arena *arena = arena_new();
    progress_say(head->name);
    const struct template *template = template_read(arena, workspace->diagnostics, head->file, "templates/partials");
    bool good = template && (workspace->options->each ? batch_make(job, template) : make_one(job, template));
    arena_free(arena);
    return good;
}

bool command_report(struct workspace *workspace) {
    struct job job = {.workspace = workspace};
    struct manifest manifest;
    if (!workspace->options->period) {
        diagnose(workspace->diagnostics, OPTION_MISSING, NULL, "report",
                 "--period 2017 | 2024-H1 | 2024-05 | last-month …");
        return false;
    }
    if (!take_formats(&job) || !(job.profile = workspace_profile(workspace)) || !check_names(workspace) ||
        !workspace_span(workspace, "", &job.span) || !workspace_unit(workspace, &job.unit))
        return false;
    const char *period = period_name(workspace->arena, job.span.period);
    job.folder = path_join(workspace->arena, workspace->options->output, period);
    job.manifest = &manifest;
    int lock = workspace_lock(workspace);
    if (lock < 0)
        return false;
    folder_sweep(workspace->arena, job.folder);
    bool good = manifest_open(&manifest, &job), any = false;
    for (size_t i = 0; good && i < workspace->head_count; i++)
        any = any || is_asked(&job, workspace->heads[i]);
    if (good && !any)
        diagnose(workspace->diagnostics, REPORT_NONE, NULL, period, period_kind_name(job.span.period.kind));
    bool opened = good && any;
    for (size_t i = 0; opened && i < workspace->head_count; i++)
        if (is_asked(&job, workspace->heads[i]))
            good = make_report(&job, workspace->heads[i]) && good;
    if (opened && manifest.line_count)
        good = manifest_write(&manifest, &job) && good;
    manifest_free(&manifest);
    close(lock);
    return good && any;
}
