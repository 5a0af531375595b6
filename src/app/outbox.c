/* outbox.c - publishing documents, and saying what became of them. */
#include "app/outbox.h"

#include "app/manifest.h"
#include "app/workspace.h"
#include "base/file.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* So few are synced one by one: there may be others who write on the same disk, and theirs is not waited for then. */
enum { FEW = 8 };

struct outbox outbox_open(struct job *job, const struct template *template) {
    return (struct outbox){.job = job, .template = template, .arena = arena_new()};
}

/* ---- Log -------------------------------------------------------------------------------------------------------- */

/* What became of a document: a line of JSON for each of its files in a log for machines, in a log for people its path,
 * unless the batch sums up. In one write each, as findings are. */
static void log_posted(const struct outbox *outbox, const struct posted *posted) {
    static const char *const words[] = {[MADE_FAILED] = "failed",
                                        [MADE_WRITTEN] = "written",
                                        [MADE_UNCHANGED] = "unchanged",
                                        [MADE_EMPTY] = "empty",
                                        [MADE_DRAFT] = "draft"};
    const struct job *job = outbox->job;
    const struct options *options = job->workspace->options;
    const struct diagnostics *diagnostics = job->workspace->diagnostics;
    bool batch = job_is_batch(job, outbox->template);
    struct buffer out = {0};
    for (size_t i = 0; i < job->format_count && !options->quiet; i++) {
        const bool draft = posted->made == MADE_DRAFT;
        const char *stem = draft ? job_draft(outbox->arena, posted->stem) : posted->stem;
        const char *path = arena_printf(outbox->arena, "%s.%s", stem, job->formats[i]->name);
        if (options->json) {
            buffer_text(&out, "{\"output\": ");
            buffer_json(&out, path);
            buffer_printf(&out, ", \"made\": \"%s\"", words[posted->made]);
            if (posted->made == MADE_WRITTEN || posted->made == MADE_DRAFT) {
                buffer_text(&out, ", \"why\": ");
                buffer_json(&out, posted->why);
            }
            buffer_text(&out, "}\n");
        } else if (posted->made == MADE_UNCHANGED && !batch) {
            buffer_printf(&out, "%s%s\n", path,
                          diagnose_say(diagnostics, " (không đổi, không lập lại)", " (unchanged, not made anew)"));
        } else if (draft && !batch) {
            buffer_printf(&out, "%s%s\n", path, diagnose_say(diagnostics, " (dự thảo)", " (draft)"));
        } else if (posted->made == MADE_WRITTEN && !batch) {
            bool first = strcmp(posted->why, manifest_why_none(diagnostics)) == 0;
            buffer_printf(&out, first ? "%s\n" : "%s (%s)\n", path, posted->why);
        }
    }
    progress_end();
    fwrite(buffer_string(&out), 1, out.length, options->json ? stderr : stdout);
    buffer_free(&out);
}

/* ---- Publishing ------------------------------------------------------------------------------------------------- */

static bool publish_as(const struct outbox *outbox, const char *path, bool synced, bool good) {
    struct diagnostics *diagnostics = outbox->job->workspace->diagnostics;
    const char *aside = file_aside(outbox->arena, path);
    if (good)
        return synced ? file_place(diagnostics, aside, path) : file_publish(diagnostics, aside, path);
    file_discard(aside);
    return false;
}

/* What is final, or is nothing, leaves no draft of it. */
static void discard_drafts(const struct outbox *outbox, const char *stem) {
    const char *draft = job_draft(outbox->arena, stem), *cover = job_cover(outbox->arena, stem);
    for (size_t i = 0; renderers[i]; i++) {
        file_discard(arena_printf(outbox->arena, "%s.%s", draft, renderers[i]->name));
        file_discard(arena_printf(outbox->arena, "%s.%s", cover, renderers[i]->name));
    }
}

/* A draft takes the place of earlier ones, never that of a final document. */
static bool publish(const struct outbox *outbox, const struct posted *posted, bool synced) {
    const struct job *job = outbox->job;
    const bool draft = posted->made == MADE_DRAFT;
    const char *drafts = job_draft(outbox->arena, posted->stem), *cover = job_cover(outbox->arena, posted->stem);
    bool good = true;
    for (size_t i = 0; i < job->format_count; i++) {
        const char *format = job->formats[i]->name;
        good = publish_as(outbox, arena_printf(outbox->arena, "%s.%s", draft ? drafts : posted->stem, format), synced,
                          good);
        if (draft && job_covers(job->formats[i]) && !job->workspace->options->public_)
            good = publish_as(outbox, arena_printf(outbox->arena, "%s.%s", cover, format), synced, good);
    }
    return good;
}

static bool is_made(const struct posted *posted) {
    return posted->made == MADE_WRITTEN || posted->made == MADE_DRAFT;
}

static void send(struct outbox *outbox) {
    size_t written = 0;
    for (size_t i = 0; i < outbox->count; i++)
        written += is_made(&outbox->posted[i]);
    /* If the whole cannot be synced, it shows which of the files cannot. */
    bool synced = written >= FEW && folder_sync(outbox->job->folder);
    for (size_t i = 0; i < outbox->count; i++) {
        struct posted *posted = &outbox->posted[i];
        if (is_made(posted) && !publish(outbox, posted, synced))
            posted->made = MADE_FAILED;
        if (posted->made != MADE_FAILED && posted->made != MADE_DRAFT)
            discard_drafts(outbox, posted->stem);
        log_posted(outbox, posted);
        *posted->told = (unsigned char)posted->made;
    }
    if (synced) /* all of a batch are in one folder */
        file_settle(arena_printf(outbox->arena, "%s.", outbox->posted[0].stem));
    outbox->count = 0;
    arena_free(outbox->arena);
    outbox->arena = arena_new();
}

void outbox_add(struct outbox *outbox, const char *stem, enum made made, const char *why, unsigned char *told) {
    if (outbox->count == OUTBOX_ROOM)
        send(outbox);
    struct arena *arena = outbox->arena;
    outbox->posted[outbox->count++] = (struct posted){
        .stem = arena_text(arena, stem), .why = arena_text(arena, why ? why : ""), .made = made, .told = told};
}

void outbox_close(struct outbox *outbox) {
    send(outbox);
    arena_free(outbox->arena);
}
