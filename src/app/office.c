/* office.c - is inputs/office.ini filled in? Said by the commands that make documents and by check.
 *
 * Sections and names beyond these are the templates' own ({{office.phone}}, setting('ballots', 'minimum')), so that one
 * is only taken for a typing mistake when it is near a name that is not there. */
#include "app/workspace.h"

#include "base/date.h"
#include "base/file.h"
#include "base/text.h"
#include "report/report.h"

#include <string.h>

enum { NAMES = 16 };

static const struct known {
    const char *section;
    const char *names[NAMES]; /* empty: any, as reports and periods are */
} known[] = {
    {"office",
     {"superior", "name", "short", "committee", "place", "code", "page", "duplex", "draft", "drafter", "language",
      "party", "motto", "messages"}},
    {"signer", {"authority", "post", "name"}},
    {"recipients", {"to"}},
    {"public", {"minimum"}},
    {"files", {"encoding", "links"}},
    {"limits", {"query"}},
    {"periods", {NULL}},
    {"documents", {NULL}},
    {"since", {NULL}},
    {"ledgers", {NULL}},
};

enum { SECTIONS = sizeof known / sizeof *known };

static void say_mistyped(const struct workspace *workspace, const char *typed, unsigned line, const char *const *absent,
                         size_t count) {
    const int nearest = text_nearest(workspace->arena, typed, absent, count);
    struct place place = settings_place(workspace->office, line);
    if (nearest >= 0)
        diagnose(workspace->diagnostics, OFFICE_MISTYPED, &place, typed, absent[nearest]);
}

static void check_entries(const struct workspace *workspace, const struct settings_section *section,
                          const struct known *wanted) {
    const char *absent[NAMES];
    size_t count = 0;
    for (size_t n = 0; n < NAMES && wanted->names[n]; n++)
        if (!settings_get(section, wanted->names[n], NULL))
            absent[count++] = wanted->names[n];
    for (size_t i = 0; i < section->count; i++) {
        size_t n = 0;
        while (n < NAMES && wanted->names[n] && strcmp(wanted->names[n], section->entries[i].name) != 0)
            n++;
        if (n < NAMES && !wanted->names[n])
            say_mistyped(workspace, section->entries[i].name, section->entries[i].line, absent, count);
    }
}

static const struct known *find_known(const char *section) {
    for (size_t k = 0; k < SECTIONS; k++)
        if (strcmp(known[k].section, section) == 0)
            return &known[k];
    return NULL;
}

/* A period that cannot be one would make its entry mean nothing, silently. `name` stands in it behind `before`; `head`
 * is the report that it is about, NULL: none, or none that is there. */
static bool check_period(const struct workspace *workspace, const struct settings_entry *entry, const char *before,
                         const char *name, const struct template *head, struct period *period) {
    const struct place place = settings_place(workspace->office, entry->line);
    const char *expected = "2017 | 2024-H1 | 2024-Q2 | 2024-05";
    const bool is_period = period_parse(name, period);
    if (is_period && (!head || head->period == period->kind))
        return true;
    const bool guessed = is_period || period_guess(name, period);
    if (guessed)
        expected = period_name(workspace->arena, head ? period_of(head->period, period->first) : *period);
    else if (head)
        expected = period_name(workspace->arena, period_of(head->period, (struct date){2024, 5, 1}));
    const char *words = guessed || !head ? "%s%s" : diagnose_say(workspace->diagnostics, "dạng %s%s", "the form %s%s");
    diagnose(workspace->diagnostics, OFFICE_PERIOD, &place, entry->name,
             arena_printf(workspace->arena, words, before, expected));
    return false;
}

/* Their windows are looked at too, whichever period the run is about. */
static void check_periods(const struct workspace *workspace) {
    const struct settings_section *section = settings_find(workspace->office, "periods");
    struct period period;
    for (size_t i = 0; section && i < section->count; i++)
        if (check_period(workspace, &section->entries[i], "", section->entries[i].name, NULL, &period))
            workspace_span_of(workspace, period, &(struct span){0});
}

/* "year-end.2014 = 187 | 2014-12-31": a report that there is, and a day. */
static void check_documents(const struct workspace *workspace) {
    const struct settings_section *section = settings_find(workspace->office, "documents");
    const char **reports = ARENA_ARRAY(workspace->arena, const char *, workspace->head_count + 1);
    for (size_t h = 0; h < workspace->head_count; h++)
        reports[h] = workspace->heads[h]->name;
    for (size_t i = 0; section && i < section->count; i++) {
        const struct settings_entry *entry = &section->entries[i];
        const char *report = arena_copy(workspace->arena, entry->name, strcspn(entry->name, "."));
        size_t h = 0;
        while (h < workspace->head_count && strcmp(reports[h], report) != 0)
            h++;
        if (h == workspace->head_count)
            say_mistyped(workspace, report, entry->line, reports, workspace->head_count);
        const char *behind = entry->name + strlen(report) + (entry->name[strlen(report)] == '.');
        struct period period;
        check_period(workspace, entry, arena_printf(workspace->arena, "%s.", report),
                     arena_copy(workspace->arena, behind, strcspn(behind, ".")),
                     h < workspace->head_count ? workspace->heads[h] : NULL, &period);
        char **parts;
        struct date day;
        if (text_split(workspace->arena, entry->value, '|', &parts) < 2 ||
            (date_parse(parts[1], strlen(parts[1]), &day) == DATE_OK && date_is_day(day)))
            continue;
        struct place place = settings_place(workspace->office, entry->line);
        diagnose(workspace->diagnostics, SETTING_VALUE, &place, entry->name, entry->value,
                 diagnose_say(workspace->diagnostics, "số | ngày ký, như 187 | 2014-12-31",
                              "number | day of signing, such as 187 | 2014-12-31"));
    }
}

static void refuse_value(const struct workspace *workspace, const struct settings_entry *entry, const char *wanted) {
    const struct place place = settings_place(workspace->office, entry->line);
    diagnose(workspace->diagnostics, SETTING_VALUE, &place, entry->name, entry->value, wanted);
}

/* Says it when the name is none of a ledger, or of a ledger's column. */
static void check_ledger(const struct workspace *workspace, const char *section, const struct settings_entry *entry,
                         bool columns) {
    const struct schemas *schemas = workspace->schemas;
    const char **names = ARENA_ARRAY(workspace->arena, const char *, schemas->count + 1);
    const size_t length = columns ? strcspn(entry->name, ".") : strlen(entry->name);
    const char *ledger = arena_copy(workspace->arena, entry->name, length);
    const struct schema *schema = schemas_find(schemas, ledger);
    for (size_t i = 0; i < schemas->count; i++)
        names[i] = schemas->schemas[i].name;
    const bool column = entry->name[length] && schema;
    if (schema && (!column || schema_field(schema, entry->name + length + 1) >= 0))
        return;
    const struct place place = settings_place(workspace->office, entry->line);
    diagnose(workspace->diagnostics, OFFICE_LEDGER, &place, section, entry->name,
             schema ? "" : diagnose_nearest(workspace->diagnostics, ledger, names, schemas->count));
}

/* [since] discipline = 2023-01-01, and [ledgers] tasks = not_kept: ledgers that there are, and what can be said of
 * them. */
static void check_ledgers(const struct workspace *workspace) {
    const struct settings_section *since = settings_find(workspace->office, "since");
    const struct settings_section *kept = settings_find(workspace->office, "ledgers");
    for (size_t i = 0; since && i < since->count; i++) {
        const struct settings_entry *entry = &since->entries[i];
        struct date day;
        check_ledger(workspace, "since", entry, false);
        if (!date_parse_iso(entry->value, &day) && date_parse(entry->value, strlen(entry->value), &day) != DATE_OK)
            refuse_value(workspace, entry, "2023-01-01 | 01/01/2023");
    }
    for (size_t i = 0; kept && i < kept->count; i++) {
        check_ledger(workspace, "ledgers", &kept->entries[i], true);
        if (strcmp(kept->entries[i].value, NOT_KEPT) != 0)
            refuse_value(workspace, &kept->entries[i], NOT_KEPT);
    }
}

/* What no document can do without: who issues it, and where. */
static void check_wanted(const struct workspace *workspace) {
    static const char *const wanted[] = {"name", "place"};
    const struct settings_section *office = settings_find(workspace->office, "office");
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        struct place place = settings_place(workspace->office, office ? office->line : 1);
        if (!*settings_get(office, wanted[i], ""))
            diagnose(workspace->diagnostics, OFFICE_BLANK, &place, wanted[i]);
    }
}

bool office_check(const struct workspace *workspace) {
    const struct settings *settings = workspace->office;
    struct diagnostics *diagnostics = workspace->diagnostics;
    const size_t wrong = diagnostics->counts[DIAGNOSTIC_SETTING_VALUE];
    const char *absent[SECTIONS];
    size_t count = 0;
    if (!file_exists(settings->file)) {
        diagnose(diagnostics, OFFICE_NONE, NULL, settings->file);
        return true;
    }
    for (size_t k = 0; k < SECTIONS; k++)
        if (!settings_find(settings, known[k].section))
            absent[count++] = known[k].section;
    for (size_t i = 0; i < settings->count; i++) {
        const struct settings_section *section = &settings->sections[i];
        const struct known *wanted = find_known(section->name);
        if (wanted && wanted->names[0])
            check_entries(workspace, section, wanted);
        else if (!wanted)
            say_mistyped(workspace, section->name, section->line, absent, count);
    }
    check_wanted(workspace);
    check_documents(workspace);
    check_periods(workspace);
    check_ledgers(workspace);
    public_minimum(settings, diagnostics);
    settings_flag(settings, settings_find(settings, "office"), "duplex", false, diagnostics);
    return diagnostics->counts[DIAGNOSTIC_SETTING_VALUE] == wrong;
}
