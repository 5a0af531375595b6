/* batch.c - a report for every unit of a kind or every row of a ledger, from one load of the data.
 *
 * Workers are processes forked after the load: they share its pages, each asks its own copy of the connection, and none
 * needs a lock. What became of each unit, and what the report asks for, stands in memory that they share with the
 * parent, which writes the index. */
#include "app/job.h"
#include "app/listing.h"
#include "app/manifest.h"
#include "app/outbox.h"
#include "base/file.h"
#include "base/text.h"
#include "render/html_text.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* ---- Index ------------------------------------------------------------------------------------------------------ */

static bool write_html(const struct job *job, const char *report, const struct subject *subjects,
                       const unsigned char *made, size_t count) {
    struct workspace *workspace = job->workspace;
    struct buffer out = {0};
    const char *title =
        arena_printf(workspace->arena, "%s – %s", report, period_phrase(workspace->arena, job->span.period));
    html_begin(&out, "vi", title, NULL);
    html_element(&out, "h1", NULL, title);
    buffer_text(
        &out,
        "<div class=\"frame\"><table>\n<thead><tr><th>Mã</th><th>Đơn vị</th><th>Tệp</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < count; i++) {
        const char *stem = path_name(job_stem(job, workspace->arena, report, subjects[i].id));
        stem = made[i] == MADE_DRAFT ? job_draft(workspace->arena, stem) : stem;
        buffer_text(&out, "<tr><td>");
        html_text(&out, subjects[i].id);
        buffer_text(&out, "</td><td>");
        html_text(&out, subjects[i].name);
        buffer_text(&out, "</td><td>");
        for (size_t f = 0; f < job->format_count && made[i] != MADE_EMPTY && made[i] != MADE_FAILED; f++) {
            buffer_text(&out, "<a href=\"");
            html_text(&out, stem);
            buffer_printf(&out, ".%s\">%s</a> ", job->formats[f]->name, job->formats[f]->name);
        }
        buffer_printf(&out, "%s</td></tr>\n",
                      made[i] == MADE_EMPTY    ? "không phát sinh"
                      : made[i] == MADE_FAILED ? "không lập được"
                      : made[i] == MADE_DRAFT  ? "dự thảo"
                                               : "");
    }
    buffer_text(&out, "</tbody>\n</table></div>\n");
    html_end(&out);
    const char *path = arena_printf(workspace->arena, "%s/%s/index.html", job->folder, report);
    bool good = file_write(workspace->arena, workspace->diagnostics, path, buffer_string(&out), out.length);
    buffer_free(&out);
    return good;
}

static bool write_workbook(const struct job *job, const char *report, const struct subject *subjects,
                           const unsigned char *made, size_t count) {
    struct arena *arena = job->workspace->arena;
    static const char *const names[] = {"Mã", "Đơn vị", "Tệp"};
    struct table *table = listing_table(arena, names, 3);
    for (size_t i = 0; i < count; i++) {
        const char *stem = path_name(job_stem(job, arena, report, subjects[i].id));
        struct grid_cell cells[] = {{.value = value_text(subjects[i].id)},
                                    {.value = value_text(subjects[i].name)},
                                    {.value = value_text(made[i] == MADE_EMPTY    ? "không phát sinh"
                                                         : made[i] == MADE_FAILED ? "không lập được"
                                                                                  : stem)}};
        listing_add(table, cells);
    }
    return listing_write(job->workspace, &job->span, arena_printf(arena, "%s/%s/index.xlsx", job->folder, report),
                         report, table);
}

/* ---- Workers ---------------------------------------------------------------------------------------------------- */

static void work(struct job *job, const struct template *template, const struct subject *subjects, unsigned char *made,
                 size_t first, size_t step, size_t count) {
    struct outbox outbox = outbox_open(job, template);
    for (size_t i = first; i < count; i += step) {
        if (first == 0)
            progress_count(template->name, i, count);
        job_make(&outbox, &subjects[i], &made[i]);
    }
    outbox_close(&outbox);
}

/* A worker's findings go to the same stream; its exit status is its worst. */
static int start_worker(struct job *job, const struct template *template, const struct subject *subjects,
                        unsigned char *made, size_t first, size_t step, size_t count) {
    fflush(stdout);
    fflush(stderr);
    pid_t parent = getpid(), worker = fork();
    if (worker != 0)
        return worker;
    /* Without the parent nobody would write the manifest: a worker ends when it does. */
    if (prctl(PR_SET_PDEATHSIG, SIGTERM) != 0 || getppid() != parent)
        _exit(4);
    work(job, template, subjects, made, first, step, count);
    fflush(stdout);
    fflush(stderr);
    _exit(job->workspace->diagnostics->status);
}

static bool run_workers(struct job *job, const struct template *template, const struct subject *subjects,
                        unsigned char *made, size_t count) {
    struct diagnostics *diagnostics = job->workspace->diagnostics;
    size_t jobs = job->workspace->options->jobs < count ? job->workspace->options->jobs : count, started = 1;
    store_share(job->workspace->store);
    if (jobs > 1)
        manifest_settle(job->manifest);
    for (size_t worker = 1; worker < jobs; worker++)
        started += start_worker(job, template, subjects, made, worker, jobs, count) > 0;
    work(job, template, subjects, made, 0, jobs, count);
    bool good = started == jobs;
    for (size_t worker = 1; worker < started; worker++) {
        int status = 0;
        while (wait(&status) < 0 && errno == EINTR)
            ;
        if (WIFSIGNALED(status))
            diagnose(diagnostics, WORKER_LOST, NULL, template->name,
                     arena_printf(job->workspace->arena, diagnose_say(diagnostics, "tín hiệu %d", "signal %d"),
                                  WTERMSIG(status)));
        else if (WEXITSTATUS(status) > diagnostics->status)
            diagnostics->status = WEXITSTATUS(status);
    }
    for (size_t i = 0; i < count; i++)
        good = good && made[i] != MADE_FAILED;
    return good;
}

void *batch_share(const struct job *job, const char *report, size_t size) {
    struct diagnostics *diagnostics = job->workspace->diagnostics;
    void *shared = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (shared == MAP_FAILED) {
        diagnose(diagnostics, FILE_WRITE, NULL, report, file_reason(diagnostics, errno));
        return NULL;
    }
    return shared;
}

bool batch_make(struct job *job, const struct template *template) {
    struct workspace *workspace = job->workspace;
    struct subject *subjects;
    size_t count, written = 0, unchanged = 0, empty = 0;
    if (!subjects_find(job, template, &subjects, &count))
        return false;
    unsigned char *made = batch_share(job, template->name, count);
    if (!made)
        return false;
    bool good = run_workers(job, template, subjects, made, count);
    for (size_t i = 0; i < count; i++) {
        struct arena *arena = arena_new();
        const char *stem = job_stem(job, arena, template->name, subjects[i].id);
        const char *from = job_fingerprint(job, arena, template->name, &subjects[i]);
        job_note(job, arena, stem, (enum made)made[i], from);
        arena_free(arena);
        written += made[i] == MADE_WRITTEN || made[i] == MADE_DRAFT;
        unchanged += made[i] == MADE_UNCHANGED;
        empty += made[i] == MADE_EMPTY;
    }
    /* Where no document was ever made there is no folder, and nothing to lead to. */
    const bool any = written + unchanged > 0 || folder_exists(path_join(workspace->arena, job->folder, template->name));
    good = (!any || (write_html(job, template->name, subjects, made, count) &&
                     write_workbook(job, template->name, subjects, made, count))) &&
           good;
    progress_end();
    if (workspace->options->json && !workspace->options->quiet)
        fprintf(stderr, "{\"batch\": \"%s\", \"units\": %zu, \"written\": %zu, \"unchanged\": %zu, \"empty\": %zu}\n",
                template->name, count, written, unchanged, empty);
    else if (!workspace->options->quiet)
        printf(diagnose_say(workspace->diagnostics,
                            "%s/%s/: lập %zu, không đổi %zu, không phát sinh %zu, trong %zu đơn vị; xem index.html\n",
                            "%s/%s/: %zu made, %zu unchanged, %zu empty, of %zu units; see index.html\n"),
               job->folder, template->name, written, unchanged, empty, count);
    munmap(made, count);
    return good;
}
