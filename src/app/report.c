/* report.c - the command report: the whole job on one screen, and publishing. */
#include "report/report.h"

#include "app/job.h"
#include "app/manifest.h"
#include "app/outbox.h"
#include "app/version.h"
#include "app/workspace.h"
#include "base/file.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
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
            diagnose(workspace->diagnostics, OPTION_VALUE, NULL, names[i], "--format", "pdf, xlsx, html, tree");
            return false;
        }
        job->formats[job->format_count++] = renderer;
        job->details = job->details || renderer->details;
    }
    if (!count)
        diagnose(workspace->diagnostics, OPTION_VALUE, NULL, asked, "--format", "pdf, xlsx, html, tree");
    return count > 0;
}

static bool is_asked(const struct job *job, const struct template *head) {
    const struct options *options = job->workspace->options;
    for (size_t i = 0; i < options->operand_count; i++)
        if (strcmp(options->operands[i], head->name) == 0)
            return true;
    /* A report for each row of a ledger is many files: it is made when it is asked for. */
    return options->operand_count == 0 && !head->each && head->period == job->span.period.kind;
}

static const char *kind_word(const struct diagnostics *diagnostics, enum period_kind kind) {
    return diagnose_say(diagnostics, period_kind_phrase(kind), period_kind_name(kind));
}

static bool check_name(const struct job *job, const char *name) {
    struct workspace *workspace = job->workspace;
    struct arena *arena = workspace->arena;
    for (size_t i = 0; i < workspace->head_count; i++) {
        const struct template *head = workspace->heads[i];
        if (strcmp(head->name, name) != 0)
            continue;
        if (head->period == job->span.period.kind)
            return true;
        diagnose(workspace->diagnostics, REPORT_PERIOD, NULL, name, kind_word(workspace->diagnostics, head->period),
                 period_name(arena, job->span.period), kind_word(workspace->diagnostics, job->span.period.kind),
                 period_name(arena, period_of(head->period, job->span.period.first)));
        return false;
    }
    workspace_refuse_report(workspace, name);
    return false;
}

/* The reports that were asked for are there, and made for that kind of period. */
static bool check_names(const struct job *job) {
    const struct workspace *workspace = job->workspace;
    const struct options *options = workspace->options;
    bool good = true, any = false;
    for (size_t i = 0; i < options->operand_count; i++)
        good = check_name(job, options->operands[i]) && good;
    for (size_t i = 0; good && i < workspace->head_count; i++)
        any = any || is_asked(job, workspace->heads[i]);
    if (good && !any)
        diagnose(workspace->diagnostics, REPORT_NONE, NULL, period_name(workspace->arena, job->span.period),
                 kind_word(workspace->diagnostics, job->span.period.kind));
    return any;
}

/* ---- Writing ---------------------------------------------------------------------------------------------------- */

struct subject job_unit(const struct job *job, uint32_t unit) {
    const struct units *units = store_units(job->workspace->store);
    return unit == NO_ROW
               ? (struct subject){.unit = unit, .id = "", .name = ""}
               : (struct subject){.unit = unit, .id = units_id(units, unit), .name = units_name(units, unit)};
}

const char *job_stem(const struct job *job, struct arena *arena, const char *report, const char *id) {
    if (!*id)
        return arena_printf(arena, "%s/%s", job->folder, report);
    char *name = arena_text(arena, id);
    for (char *at = name; *at; at++)
        if (*at == '/' || (at == name && *at == '.'))
            *at = '-';
    return arena_printf(arena, "%s/%s/%s", job->folder, report, name);
}

const char *job_fingerprint(const struct job *job, struct arena *arena, const char *report,
                            const struct subject *subject) {
    struct subject unit = job_unit(job, subject->unit);
    const char *about = subject->item ? arena_printf(arena, "%s %s", unit.id, subject->item) : unit.id;
    return manifest_fingerprint(job->manifest, arena, report, about);
}

const char *job_draft(struct arena *arena, const char *stem) {
    return arena_printf(arena, "%s.draft", stem);
}

const char *job_cover(struct arena *arena, const char *stem) {
    return arena_printf(arena, "%s.cover", stem);
}

bool job_covers(const struct renderer *renderer) {
    return renderer != &xlsx_renderer;
}

void job_note(const struct job *job, struct arena *arena, const char *stem, enum made made, const char *from) {
    const char *draft = job_draft(arena, stem), *cover = job_cover(arena, stem);
    for (size_t i = 0; i < job->format_count && (made == MADE_WRITTEN || made == MADE_DRAFT); i++) {
        const char *format = job->formats[i]->name;
        manifest_add(job->manifest, arena_printf(arena, "%s.%s", made == MADE_DRAFT ? draft : stem, format), from);
        if (made == MADE_DRAFT && job_covers(job->formats[i]) && !job->workspace->options->public_)
            manifest_add(job->manifest, arena_printf(arena, "%s.%s", cover, format), from);
    }
}

/* All formats of a document are written aside first; only when each is whole do they take their places. */
static bool write_aside(struct job *job, const struct document *document, const char *stem, struct arena *arena,
                        struct diagnostics *diagnostics) {
    const char *asides[2 * FORMATS], *draft = job_draft(arena, stem), *cover_stem = job_cover(arena, stem);
    const struct document *cover = report_cover(document);
    size_t made = 0;
    bool good = folder_make(diagnostics, arena_copy(arena, stem, (size_t)(path_name(stem) - stem) - 1));
    for (size_t i = 0; i < job->format_count && good; i++) {
        const struct renderer *format = job->formats[i];
        asides[made] = file_aside(arena, arena_printf(arena, "%s.%s", cover ? draft : stem, format->name));
        good = format->write(document, asides[made++], diagnostics);
        if (!good || !cover || document->public_ || !job_covers(format))
            continue;
        asides[made] = file_aside(arena, arena_printf(arena, "%s.%s", cover_stem, format->name));
        good = format->write(cover, asides[made++], diagnostics);
    }
    for (size_t i = 0; i < made && !good; i++)
        file_discard(asides[i]);
    return good;
}

/* Why the documents have to be made, NULL when all of them stand as they were made from the same. Only what was made
 * before is asked what it was made from: that takes the inputs' hashes, which may be under way. */
static const char *why_make(const struct job *job, struct arena *arena, const char *report,
                            const struct subject *subject, const char *stem) {
    const struct diagnostics *diagnostics = job->workspace->diagnostics;
    const char *outputs[FORMATS];
    for (size_t i = 0; i < job->format_count; i++) {
        outputs[i] = arena_printf(arena, "%s.%s", stem, job->formats[i]->name);
        if (!manifest_has(job->manifest, outputs[i]))
            return manifest_why_none(diagnostics);
    }
    const char *why = NULL, *from = job_fingerprint(job, arena, report, subject);
    for (size_t i = 0; i < job->format_count && !why; i++)
        why = manifest_why(job->manifest, arena, diagnostics, outputs[i], from);
    return why;
}

/* Says what keeps the document from being signed: the gravest, and how much more the cover sheet tells. */
static void say_draft(const struct document *document, const char *stem, struct arena *arena,
                      struct diagnostics *diagnostics) {
    const char *more = "";
    if (document->shortfall_count > 1)
        more = arena_printf(arena, diagnose_say(diagnostics, "; và %zu điều nữa", "; and %zu more"),
                            document->shortfall_count - 1);
    diagnose(diagnostics, DRAFT_MADE, NULL, stem, document->shortfalls[0].text, more);
}

/* Nothing happened: every table is without rows and every figure is nothing. What was lost may have happened; that no
 * ledger of it is there at all tells that the office does not keep it. */
static bool is_empty(const struct document *document) {
    if (document->shortfall_count && document->shortfalls[0].weight <= WEIGHT_CHECK)
        return false;
    for (const struct block *block = document->blocks; block; block = block->next)
        for (size_t row = 0; block->kind == BLOCK_TABLE && row < block->table->row_count; row++)
            for (size_t c = 0; c < block->table->column_count; c++) {
                const struct value value = grid_value(block->table->rows, row, c);
                if (!block->table->columns[c].counter && value_is_number(value) && value_is_true(value))
                    return false;
            }
    for (size_t i = 0; i < document->figure_count; i++)
        if (value_is_true(document->figures[i].value))
            return false;
    return true;
}

bool job_is_batch(const struct job *job, const struct template *template) {
    return template->each || job->workspace->options->each;
}

void job_make(struct outbox *outbox, const struct subject *subject, unsigned char *told) {
    struct job *job = outbox->job;
    const struct template *template = outbox->template;
    struct workspace *workspace = job->workspace;
    struct diagnostics *diagnostics = workspace->diagnostics;
    struct arena *arena = arena_new();
    const char *stem = job_stem(job, arena, template->name, subject->id);
    const char *why = why_make(job, arena, template->name, subject, stem);
    enum made made = why ? MADE_FAILED : MADE_UNCHANGED;
    if (why) {
        struct report_request request = {.template = template,
                                         .store = workspace->store,
                                         .ledgers = workspace->ledgers,
                                         .office = workspace->office,
                                         .profile = job->profile,
                                         .period = job->span.period,
                                         .first = job->span.first,
                                         .last = job->span.last,
                                         .as_of = job->span.as_of,
                                         .unit = subject->unit,
                                         .item = subject->item,
                                         .public_ = workspace->options->public_,
                                         .details = job->details,
                                         .texts = "inputs/texts",
                                         .version = TONGKET_VERSION,
                                         .lost = job->lost,
                                         .lost_count = job->lost_count,
                                         .asks = job->asks};
        const struct document *document = report_make(arena, diagnostics, &request);
        const bool sure = ledgers_hashed(workspace->ledgers); /* the document names the hashes */
        bool unasked = template->skip_empty && !workspace->options->operand_count;
        if (document && (unasked || workspace->options->skip_empty) && is_empty(document))
            made = MADE_EMPTY;
        else if (document && sure && write_aside(job, document, stem, arena, diagnostics))
            made = document->shortfall_count ? MADE_DRAFT : MADE_WRITTEN;
        if (made == MADE_DRAFT)
            say_draft(document, stem, arena, diagnostics);
    }
    outbox_add(outbox, stem, made, why, told);
    arena_free(arena);
}

static bool make_one(struct job *job, const struct template *template) {
    struct workspace *workspace = job->workspace;
    const struct subject subject = job_unit(job, job->unit);
    const char *stem = job_stem(job, workspace->arena, template->name, subject.id);
    unsigned char made = MADE_FAILED;
    struct outbox outbox = outbox_open(job, template);
    job_make(&outbox, &subject, &made);
    outbox_close(&outbox);
    const char *from = job_fingerprint(job, workspace->arena, template->name, &subject);
    job_note(job, workspace->arena, stem, (enum made)made, from);
    return made != MADE_FAILED;
}

static bool make_from(struct job *job, const struct template *template) {
    const size_t before = job->manifest->added, size = (job->workspace->ledgers->count + 1) * sizeof *job->asks;
    job->asks = batch_share(job, template->name, size);
    if (!job->asks)
        return false;
    const bool good = job_is_batch(job, template) ? batch_make(job, template) : make_one(job, template);
    if (job->manifest->added > before)
        vacancy_say(job, template);
    munmap(job->asks, size);
    job->asks = NULL;
    return good;
}

static bool make_report(struct job *job, const struct template *head) {
    struct workspace *workspace = job->workspace;
    struct arena *arena = arena_new();
    progress_say(head->name);
    const struct template *template = template_read(arena, workspace->diagnostics, head->file, "templates/partials");
    const bool good = template && make_from(job, template);
    arena_free(arena);
    return good;
}

/* ---- Files that were lost --------------------------------------------------------------------------------------- */

/* Whether the file, or the sheet, could not be read, or was taken for no ledger though it resembles one. */
static bool is_lost(const struct job *job, const struct ledger_source *source) {
    const struct diagnostics *diagnostics = job->workspace->diagnostics;
    for (size_t i = 0; i < job->findings; i++) {
        const struct finding *finding = &diagnostics->findings[i];
        if (!finding->place.file || strcmp(finding->place.file, source->file) != 0)
            continue;
        if (diagnostic_severity(finding->code) == SEVERITY_ERROR && diagnostic_status(finding->code) == 4)
            return true;
    }
    return !source->ledger && source->meant;
}

/* What an unreadable file seems to hold: by its header, by what the last run took it for, by its name. */
static const struct schema *lost_ledger(const struct job *job, const struct ledger_source *source) {
    const struct schemas *schemas = job->workspace->schemas;
    struct arena *arena = job->workspace->arena;
    const char *before = manifest_ledger(job->manifest, source->file);
    if (source->ledger)
        return source->ledger->schema;
    if (source->meant)
        return source->meant;
    if (before && schemas_find(schemas, before))
        return schemas_find(schemas, before);
    const char *stem = text_stripped(arena, path_stem(arena, source->file));
    for (size_t i = 0; i < schemas->count; i++)
        if (strcmp(schemas->schemas[i].name, stem) == 0 ||
            strstr(text_stripped(arena, schemas->schemas[i].label), stem))
            return &schemas->schemas[i];
    return NULL;
}

static void lost_find(struct job *job) {
    const struct ledgers *ledgers = job->workspace->ledgers;
    job->lost = ARENA_ARRAY(job->workspace->arena, struct lost_file, ledgers->source_count + 1);
    job->lost_count = 0;
    for (size_t i = 0; i < ledgers->source_count; i++)
        if (is_lost(job, &ledgers->sources[i]))
            job->lost[job->lost_count++] =
                (struct lost_file){.file = ledgers->sources[i].file, .ledger = lost_ledger(job, &ledgers->sources[i])};
}

/* What is published stands apart from what is not. */
static const char *period_folder(const struct workspace *workspace, struct period period) {
    const char *folder = path_join(workspace->arena, workspace->options->output, period_name(workspace->arena, period));
    return workspace->options->public_ ? path_join(workspace->arena, folder, "public") : folder;
}

/* A unit that does not live on the last day of the data has nothing of its own left. */
static void tell_ended(const struct job *job) {
    const struct units *units = store_units(job->workspace->store);
    const uint32_t stand = job->unit == NO_ROW ? NO_ROW : units->stands[job->unit];
    if (stand != job->unit)
        diagnose(job->workspace->diagnostics, UNIT_ENDED, NULL, units_id(units, job->unit),
                 period_name(job->workspace->arena, job->span.period), units_id(units, stand),
                 units_name(units, stand));
}

static bool make_period(struct job *job) {
    struct workspace *workspace = job->workspace;
    workspace_apply(workspace, &job->span, job->unit);
    tell_ended(job);
    job->folder = period_folder(workspace, job->span.period);
    folder_sweep(job->folder);
    bool opened = manifest_open(job->manifest, job), good = opened;
    lost_find(job);
    for (size_t i = 0; opened && i < workspace->head_count; i++)
        if (is_asked(job, workspace->heads[i]))
            good = make_report(job, workspace->heads[i]) && good;
    if (opened && job->manifest->line_count)
        good = manifest_write(job->manifest) && index_write(job, job->manifest) && good;
    manifest_free(job->manifest);
    return good;
}

/* --catch-up: the period behind the last one that was made, within ten years of months, or just the one asked for. One
 * with a draft is yet to be made. */
enum { PERIODS_BACK = 120 };

static struct period first_missed(const struct workspace *workspace, struct period asked) {
    struct period first = asked, drafted = asked;
    for (int back = 0; back < PERIODS_BACK; back++) {
        struct period before = period_preceding(first);
        const enum holding holding = manifest_holding(workspace, period_folder(workspace, before));
        if (holding == HOLDS_FINAL)
            return first;
        first = before;
        drafted = holding == HOLDS_DRAFTS ? before : drafted;
    }
    return drafted;
}

static bool make_periods(struct job *job) {
    struct workspace *workspace = job->workspace;
    struct period last = job->span.period;
    struct period period = workspace->options->catch_up ? first_missed(workspace, last) : last;
    bool good = true;
    for (; date_compare(period.first, last.first) <= 0; period = period_following(period))
        good = workspace_span_of(workspace, period, &job->span) && make_period(job) && good;
    return good;
}

bool command_report(struct workspace *workspace) {
    struct manifest manifest;
    struct job job = {.workspace = workspace, .manifest = &manifest, .findings = workspace->diagnostics->count};
    if (!workspace->options->period) {
        diagnose(workspace->diagnostics, OPTION_MISSING, NULL, "report",
                 "--period 2017 | 2024-H1 | 2024-05 | last-month …");
        return false;
    }
    if (!office_check(workspace) || !take_formats(&job) || !(job.profile = workspace_profile(workspace)) ||
        !workspace_span(workspace, "", &job.span) || !check_names(&job) || !workspace_unit(workspace, &job.unit) ||
        !subjects_known(&job))
        return false;
    texts_check(workspace, false);
    int lock = workspace_lock(workspace);
    bool good = lock >= 0 && make_periods(&job);
    if (lock >= 0)
        close(lock);
    return good;
}
