/* vacancy.c - a report made for a period that its ledgers know nothing of.
 *
 * A year that was mistyped, or the first days of a month in which nobody has sent anything, would give a report of
 * zeros that looks like any other. What a report asks for by the period is seen in its queries (struct asks); a ledger
 * that any of them reads whatever the period is standing stock, and counts for nothing here, nor does one that is read
 * for an earlier period only, whose figures need not be nothing. One row of the period in the others is enough to keep
 * silent: a table of zeros among others is an answer. So is a unit without rows, hence the whole office is looked at,
 * once for all documents of a batch. And a report that [documents] of office.ini gives a number for this period is
 * meant to be issued, whatever it says. */
#include "app/job.h"
#include "app/manifest.h"

#include "base/text.h"
#include "report/report.h"

#include <string.h>

/* What is nearest to the window, on both sides; year 0: nothing. */
struct vicinity {
    struct date first, last;
    struct date before, after;
    bool inside; /* something may lie in it */
};

static void meet_date(struct vicinity *vicinity, struct date date) {
    const struct date least = date_first(date), most = date_last(date);
    if (date_compare(most, vicinity->first) < 0) {
        if (!vicinity->before.year || date_compare(most, vicinity->before) > 0)
            vicinity->before = most;
    } else if (date_compare(least, vicinity->last) > 0) {
        if (!vicinity->after.year || date_compare(least, vicinity->after) < 0)
            vicinity->after = least;
    } else {
        vicinity->inside = true;
    }
}

static void meet_column(struct vicinity *vicinity, const struct ledger *ledger, const struct column *column) {
    for (uint32_t row = 0; row < ledger->row_count && !vicinity->inside; row++) {
        const struct value value = column_value(column, column->codes[row]);
        if (value.kind == VALUE_DATE)
            meet_date(vicinity, value.date);
        else if (value.kind == VALUE_INTEGER && value.number >= DATE_YEAR_FIRST && value.number <= DATE_YEAR_LAST)
            meet_date(vicinity, (struct date){.year = (int16_t)value.number});
    }
}

/* "«Sổ A», «Sổ B»": the ledgers that were asked, after meeting what is in them. */
static const char *meet_ledgers(const struct job *job, struct arena *arena, struct vicinity *vicinity) {
    const struct workspace *workspace = job->workspace;
    const char *quoted = diagnose_say(workspace->diagnostics, "%s%s«%s»", "%s%s'%s'"), *labels = "";
    for (size_t i = 0; i < workspace->ledgers->count && !vicinity->inside; i++) {
        const struct ledger *ledger = &workspace->ledgers->ledgers[i];
        const uint64_t fields = job->asks[i].standing ? 0 : job->asks[i].fields;
        for (size_t f = 0; f < ledger->schema->field_count; f++)
            if (fields >> f & 1)
                meet_column(vicinity, ledger, &ledger->columns[f]);
        if (fields)
            labels = arena_printf(arena, quoted, labels, *labels ? ", " : "", ledger->schema->label);
    }
    return labels;
}

/* The nearer of the two sides; of two as near, the earlier one. */
static struct date nearest_date(const struct vicinity *vicinity) {
    if (!vicinity->before.year || !vicinity->after.year)
        return vicinity->before.year ? vicinity->before : vicinity->after;
    const int32_t back = date_number(vicinity->first) - date_number(vicinity->before),
                  ahead = date_number(vicinity->after) - date_number(vicinity->last);
    return back <= ahead ? vicinity->before : vicinity->after;
}

/* The period that the date counts for: an office may have moved the windows of its periods ([periods]). */
static struct period period_with(const struct workspace *workspace, enum period_kind kind, struct date date) {
    const struct period calendar = period_of(kind, date);
    const struct period tried[] = {calendar, period_following(calendar), period_preceding(calendar)};
    for (size_t i = 0; i < sizeof tried / sizeof *tried; i++) {
        struct span span = {0};
        if (workspace_span_of(workspace, tried[i], &span) && date_compare(span.first, date) <= 0 &&
            date_compare(date, span.last) <= 0)
            return tried[i];
    }
    return calendar;
}

/* "discipline-bulletin.2017-H1 = 31 | 2017-07-05", or the same for a unit. */
static bool has_number(const struct job *job, struct arena *arena, const struct template *template) {
    const struct settings_section *documents = settings_find(job->workspace->office, "documents");
    const char *name = arena_printf(arena, "%s.%s", template->name, period_name(arena, job->span.period));
    const size_t length = strlen(name);
    for (size_t i = 0; documents && i < documents->count; i++) {
        const char *entry = documents->entries[i].name;
        if (text_starts(entry, name) && (!entry[length] || entry[length] == '.'))
            return true;
    }
    return false;
}

/* What to look at: the period, or the files. */
static const char *advice(const struct job *job, struct arena *arena, const struct vicinity *vicinity) {
    const struct diagnostics *diagnostics = job->workspace->diagnostics;
    const struct date nearest = nearest_date(vicinity);
    if (!nearest.year)
        return diagnose_say(diagnostics, "ở đó chưa có dòng nào của kỳ nào: xem tệp đã có trong inputs/ chưa",
                            "there are none of other periods either: see whether the files are in inputs/");
    const char *words = diagnose_say(
        diagnostics, "kỳ gần nhất có số liệu: %s; xem lại --period, và tệp của kỳ này đã có trong inputs/ chưa",
        "the nearest period with data is %s; look at --period, and whether the files of this period are in inputs/");
    return arena_printf(arena, words, period_name(arena, period_with(job->workspace, job->span.period.kind, nearest)));
}

void vacancy_say(const struct job *job, const struct template *template) {
    struct diagnostics *diagnostics = job->workspace->diagnostics;
    struct arena *arena = arena_new();
    struct vicinity vicinity = {.first = job->span.first, .last = job->span.last};
    const char *labels = meet_ledgers(job, arena, &vicinity);
    if (!vicinity.inside && *labels && !diagnostics->counts[DIAGNOSTIC_INPUTS_NONE] &&
        !has_number(job, arena, template))
        diagnose(diagnostics, PERIOD_EMPTY, NULL, template->name, period_name(arena, job->span.period), labels,
                 advice(job, arena, &vicinity));
    arena_free(arena);
}
