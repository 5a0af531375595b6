/* subjects.c - what a batch makes its documents for: the units of a kind, or the rows of a ledger. */
#include "app/job.h"
#include "base/file.h"
#include "base/text.h"

#include <string.h>

static const struct vocabulary *kinds_of(const struct units *units) {
    int kind = units->ledger ? units->ledger->schema->kind : -1;
    return kind < 0 ? NULL : units->ledger->schema->fields[kind].vocabulary;
}

/* KIND as its code, or as people type it. */
static const char *kind_code(struct workspace *workspace, const struct units *units, const char *asked) {
    const struct vocabulary *kinds = kinds_of(units);
    int entry = kinds ? vocabulary_match(kinds, workspace->arena, asked) : -1;
    return entry < 0 ? asked : kinds->entries[entry].code;
}

static const char *kinds_there(struct workspace *workspace, const struct units *units) {
    const struct vocabulary *kinds = kinds_of(units);
    struct buffer all = {0};
    for (size_t i = 0; kinds && i < kinds->count; i++)
        buffer_printf(&all, "%s%s (%s)", i ? ", " : "", kinds->entries[i].code, kinds->entries[i].label);
    const char *text = arena_text(workspace->arena, buffer_string(&all));
    buffer_free(&all);
    return text;
}

/* The units of the kind that --each names that live, in the scope of --unit; `subjects` has room for all units. Answers
 * how many.
 */
static size_t find_units(const struct job *job, struct subject *subjects) {
    struct workspace *workspace = job->workspace;
    const struct units *units = store_units(workspace->store);
    const char *kind = kind_code(workspace, units, workspace->options->each);
    uint32_t first = job->unit == NO_ROW ? 1 : units->first[job->unit],
             last = job->unit == NO_ROW ? units->count : units->last[job->unit];
    size_t count = 0;
    for (uint32_t position = first; units->ledger && position <= last; position++)
        if (units_lives(units, units->rows[position]) && strcmp(units_kind(units, units->rows[position]), kind) == 0)
            subjects[count++] = job_unit(job, units->rows[position]);
    return count;
}

bool subjects_known(const struct job *job) {
    struct workspace *workspace = job->workspace;
    const struct units *units = store_units(workspace->store);
    struct subject *subjects = ARENA_ARRAY(workspace->arena, struct subject, units->count + 1);
    if (!workspace->options->each || find_units(job, subjects))
        return true;
    diagnose(workspace->diagnostics, UNIT_NONE, NULL, workspace->options->each, kinds_there(workspace, units));
    return false;
}

static const char *cell_text(struct arena *arena, const struct ledger *ledger, size_t field, uint32_t row) {
    const struct column *column = &ledger->columns[field];
    return value_plain(arena, column_value(column, column->codes[row]));
}

/* The rows of the ledger that the template names, in the scope of --unit. */
static bool find_rows(struct job *job, const struct template *template, const struct ledger *ledger,
                      struct subject *subjects, size_t *count) {
    struct workspace *workspace = job->workspace;
    const struct units *units = store_units(workspace->store);
    const struct schema *schema = ledger->schema;
    size_t key = schema->uniques[0].fields[0], title = schema->title < 0 ? key : (size_t)schema->title;
    uint32_t first = job->unit == NO_ROW ? 0 : units->first[job->unit],
             last = job->unit == NO_ROW ? UINT32_MAX : units->last[job->unit];
    for (uint32_t row = 0; row < ledger->row_count; row++) {
        uint32_t position = units_position(units, ledger, row);
        if (position < first || position > last)
            continue;
        const char *id = cell_text(workspace->arena, ledger, key, row);
        subjects[(*count)++] = (struct subject){
            .unit = job->unit, .item = id, .id = id, .name = cell_text(workspace->arena, ledger, title, row)};
    }
    if (!*count)
        diagnose(workspace->diagnostics, ROWS_NONE, NULL, template->name, schema->label);
    return *count > 0;
}

static bool names_differ(struct job *job, const struct subject *subjects, size_t count) {
    struct arena *arena = job->workspace->arena;
    struct map names = {0};
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        const char *stem = text_folded(arena, path_name(job_stem(job, arena, "", subjects[i].id)));
        const struct map_entry *entry = map_put(&names, stem, strlen(stem), (uint32_t)i, &good);
        if (!good)
            diagnose(job->workspace->diagnostics, OUTPUT_TWICE, NULL, subjects[entry->value].id, subjects[i].id, stem);
    }
    map_free(&names);
    return good;
}

bool subjects_find(struct job *job, const struct template *template, struct subject **subjects, size_t *count) {
    struct workspace *workspace = job->workspace;
    const struct ledger *ledger = template->each ? ledgers_find(workspace->ledgers, template->each) : NULL;
    size_t most = ledger ? ledger->row_count : store_units(workspace->store)->count;
    *subjects = ARENA_ARRAY(workspace->arena, struct subject, most + 1);
    *count = 0;
    if (template->each && !ledger) {
        struct place place = {.file = template->file, .row = template->title_line};
        diagnose(workspace->diagnostics, SETTING_VALUE, &place, "each", template->each, "templates/ledgers/*.ini");
        return false;
    }
    if (template->each && workspace->options->each) {
        diagnose(workspace->diagnostics, OPTION_VALUE, NULL, workspace->options->each, "--each",
                 arena_printf(workspace->arena, "%s: each = %s", template->name, template->each));
        return false;
    }
    bool found = !ledger || find_rows(job, template, ledger, *subjects, count);
    if (!ledger)
        *count = find_units(job, *subjects);
    return found && names_differ(job, *subjects, *count);
}
