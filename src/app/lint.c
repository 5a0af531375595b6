/* lint.c - what a template says in vain.
 *
 * A query that nothing asks for and a label that names no figure are seen without any data. Whether a branch is ever
 * printed can only be tried: on the periods that the office has given a number in [documents], which are those it made
 * reports for. Without such a period nothing is said about branches.
 *
 * None of it is wrong, and none of it is the clerk's to mend: it is said when `check --templates` asks for it. */
#include "app/lint.h"

#include "app/version.h"
#include "base/buffer.h"
#include "base/text.h"

#include <string.h>

bool lint_request(const struct workspace *workspace, const struct template *template, const struct profile *profile,
                  struct report_request *request) {
    static const char *const last[] = {[PERIOD_YEAR] = "last-year",
                                       [PERIOD_HALF] = "last-half",
                                       [PERIOD_QUARTER] = "last-quarter",
                                       [PERIOD_MONTH] = "last-month"};
    struct span span;
    if (!workspace_span(workspace, last[template->period], &span))
        return false;
    *request = (struct report_request){.template = template,
                                       .store = workspace->store,
                                       .ledgers = workspace->ledgers,
                                       .office = workspace->office,
                                       .period = span.period,
                                       .first = span.first,
                                       .last = span.last,
                                       .as_of = span.as_of,
                                       .unit = NO_ROW,
                                       .profile = profile,
                                       .check_only = true,
                                       .texts = "inputs/texts",
                                       .version = TONGKET_VERSION};
    return true;
}

/* Of nothing yet. */
static struct coverage coverage_new(struct arena *arena, const struct template *template) {
    return (struct coverage){.branches = ARENA_ARRAY(arena, bool, template->branch_count + 1),
                             .queries = ARENA_ARRAY(arena, bool, template->query_count + 1),
                             .labels = ARENA_ARRAY(arena, bool, template->label_count + 1)};
}

/* The key of the first row of the ledger that the template is made for each row of. */
static const char *first_item(const struct workspace *workspace, struct arena *arena, const struct template *template) {
    const struct ledger *ledger = template->each ? ledgers_find(workspace->ledgers, template->each) : NULL;
    if (!ledger || !ledger->row_count)
        return NULL;
    const struct column *column = &ledger->columns[ledger->schema->uniques[0].fields[0]];
    return value_plain(arena, column_value(column, column->codes[0]));
}

/* "2017" or "2017-Q4.MS.01", behind the report's name: the period and perhaps the unit. */
static bool read_key(struct workspace *workspace, struct arena *arena, const char *key,
                     struct report_request *request) {
    struct span span = {.as_of = request->as_of}; /* that of --as-of, if one was given */
    struct period period;
    size_t length = strcspn(key, ".");
    const char *name = arena_copy(arena, key, length), *id = key[length] ? key + length + 1 : "";
    const struct units *units = store_units(workspace->store);
    if (!period_parse(name, &period) || !workspace_span_of(workspace, period, &span))
        return false;
    request->period = span.period;
    request->first = span.first;
    request->last = span.last;
    request->as_of = span.as_of;
    request->unit = *id && units->ledger ? ledger_row(units->ledger, id, strlen(id)) : NO_ROW;
    return !*id || request->unit != NO_ROW;
}

/* What is only tried says nothing. */
static struct diagnostics silent_for(const struct workspace *workspace, struct arena *arena) {
    return (struct diagnostics){.arena = arena, .language = workspace->diagnostics->language};
}

/* Tries the numbered periods; answers their names, "" for none. */
static const char *try_periods(struct workspace *workspace, struct arena *arena, struct report_request request) {
    const struct settings_section *documents = settings_find(workspace->office, "documents");
    const char *prefix = arena_printf(arena, "%s.", request.template->name);
    struct diagnostics silent = silent_for(workspace, arena);
    struct buffer tried = {0};
    request.check_only = false;
    request.item = first_item(workspace, arena, request.template);
    for (size_t i = 0; documents && i < documents->count; i++) {
        const char *name = documents->entries[i].name;
        if (!text_starts(name, prefix) || !read_key(workspace, arena, name + strlen(prefix), &request))
            continue;
        for (int audience = 0; audience < 2; audience++) {
            request.public_ = audience;
            report_make(arena, &silent, &request);
        }
        buffer_printf(&tried, "%s%s", tried.length ? ", " : "", name + strlen(prefix));
    }
    const char *names = arena_text(arena, buffer_string(&tried));
    buffer_free(&tried);
    return names;
}

/* Whether a row is the last of its list is no decision of the report. */
static const char *branches_left(struct workspace *workspace, struct arena *arena, const struct template *template,
                                 const struct coverage *coverage) {
    struct buffer left = {0};
    for (size_t i = 0; i < template->branch_count; i++) {
        const struct branch *branch = &template->branches[i];
        if (coverage->branches[i] || text_starts(branch->name, "row."))
            continue;
        buffer_printf(&left, "%s{{%c%s}} %s %u", left.length ? "; " : "", branch->inverted ? '^' : '#', branch->name,
                      diagnose_say(workspace->diagnostics, "dòng", "line"), branch->place.row);
    }
    const char *text = arena_text(arena, buffer_string(&left));
    buffer_free(&left);
    return text;
}

/* "members dòng 210; before dòng 216" */
static const char *untied_words(const struct workspace *workspace, struct arena *arena,
                                const struct coverage *coverage) {
    const char *words = "";
    for (size_t i = 0; i < coverage->untied_count; i++)
        words = arena_printf(arena, "%s%s%s %s %u", words, i ? "; " : "", coverage->untied[i]->name,
                             diagnose_say(workspace->diagnostics, "dòng", "line"), coverage->untied[i]->place.row);
    return words;
}

void lint_template(struct workspace *workspace, const struct template *head, const struct profile *profile) {
    struct arena *arena = arena_new();
    struct diagnostics silent = silent_for(workspace, arena);
    const struct template *template = template_read(arena, &silent, head->file, "templates/partials");
    struct report_request request;
    if (workspace->diagnostics->quiet || !template || !lint_request(workspace, template, profile, &request)) {
        arena_free(arena);
        return;
    }
    struct coverage coverage = coverage_new(arena, template);
    request.coverage = &coverage;
    report_make(arena, &silent, &request);
    for (size_t i = 0; i < template->query_count; i++)
        if (!coverage.queries[i] && !template->queries[i].check)
            diagnose(workspace->diagnostics, QUERY_UNUSED, &template->queries[i].place, template->queries[i].name);
    for (size_t i = 0; i < template->label_count; i++)
        if (!coverage.labels[i])
            diagnose(workspace->diagnostics, FIGURE_UNUSED, &template->labels[i].place, template->labels[i].name);
    const char *periods = try_periods(workspace, arena, request);
    const char *left = *periods ? branches_left(workspace, arena, template, &coverage) : "";
    struct place place = {.file = template->file};
    if (*left)
        diagnose(workspace->diagnostics, BRANCH_UNUSED, &place, periods, left);
    if (coverage.untied_count)
        diagnose(workspace->diagnostics, TOTAL_UNTIED, &place, untied_words(workspace, arena, &coverage));
    arena_free(arena);
}
