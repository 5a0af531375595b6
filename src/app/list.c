/* list.c - the commands list and check: what there is, and whether it is right. */
#include "app/version.h"
#include "app/workspace.h"
#include "report/report.h"

#include <stdio.h>
#include <string.h>

static void list_reports(const struct workspace *workspace) {
    static const char *const titles[][2] = {{"Báo cáo", "Reports"}};
    printf("%s\n", diagnose_say(workspace->diagnostics, titles[0][0], titles[0][1]));
    for (int kind = PERIOD_YEAR; kind <= PERIOD_MONTH; kind++)
        for (size_t i = 0; i < workspace->head_count; i++)
            if ((int)workspace->heads[i]->period == kind)
                printf("  %-10s %-24s %s\n", period_kind_name((enum period_kind)kind), workspace->heads[i]->name,
                       workspace->heads[i]->subject);
}

static void list_ledgers(const struct workspace *workspace) {
    printf("\n%s\n", diagnose_say(workspace->diagnostics, "Sổ (và cột bắt buộc)", "Ledgers (and required columns)"));
    for (size_t i = 0; i < workspace->ledgers->count; i++) {
        const struct ledger *ledger = &workspace->ledgers->ledgers[i];
        bool first = true;
        printf("  %-16s %s, %u %s: ", ledger->schema->name, ledger->schema->label, ledger->row_count,
               diagnose_say(workspace->diagnostics, "dòng", "rows"));
        for (size_t f = 0; f < ledger->schema->field_count; f++) {
            const struct field *field = &ledger->schema->fields[f];
            if (!field->required || field->fallback)
                continue;
            printf("%s%s", first ? "" : ", ", field->label);
            first = false;
        }
        printf("\n");
    }
}

/* read = accepted + rejected + skipped, for every file. */
static void list_files(const struct workspace *workspace) {
    const struct diagnostics *diagnostics = workspace->diagnostics;
    printf("\n%s\n", diagnose_say(diagnostics, "Tệp trong inputs/ (đọc = nhận + loại + bỏ qua)",
                                  "Files of inputs/ (read = accepted + rejected + skipped)"));
    for (size_t i = 0; i < workspace->ledgers->source_count; i++) {
        const struct ledger_source *source = &workspace->ledgers->sources[i];
        printf("  %s: ", source->file);
        if (source->ledger)
            printf(
                diagnose_say(diagnostics, "sổ %s (tiêu đề ở dòng %u, %s%s%s)", "ledger %s (header in row %u, %s%s%s)"),
                source->ledger->schema->name, source->header_row,
                source->traits.encoding ? source->traits.encoding : "", source->traits.bom ? " BOM" : "",
                source->traits.delimiter == '\t' ? ", TAB"
                                                 : arena_printf(workspace->arena, ", «%c»", source->traits.delimiter));
        else
            printf("%s", diagnose_say(diagnostics, "không phải sổ nào", "no ledger"));
        printf("; %zu = %zu + %zu + %zu\n", source->read, source->accepted, source->rejected, source->skipped);
        if (*source->unused)
            printf("      %s: %s\n", diagnose_say(diagnostics, "cột không dùng", "columns not used"), source->unused);
    }
}

bool command_list(struct workspace *workspace) {
    progress_end();
    list_reports(workspace);
    list_ledgers(workspace);
    list_files(workspace);
    return true;
}

static bool check_report(struct workspace *workspace, const struct template *head) {
    static const char *const last[] = {[PERIOD_YEAR] = "last-year",
                                       [PERIOD_HALF] = "last-half",
                                       [PERIOD_QUARTER] = "last-quarter",
                                       [PERIOD_MONTH] = "last-month"};
    struct arena *arena = arena_new();
    struct span span;
    int before = workspace->diagnostics->status;
    const struct template *template = template_read(arena, workspace->diagnostics, head->file, "templates/partials");
    bool good = template && workspace_span(workspace, last[head->period], &span);
    if (good) {
        struct report_request request = {.template = template,
                                         .store = workspace->store,
                                         .ledgers = workspace->ledgers,
                                         .office = workspace->office,
                                         .period = span.period,
                                         .first = span.first,
                                         .last = span.last,
                                         .as_of = span.as_of,
                                         .unit = NO_ROW,
                                         .check_only = true,
                                         .texts = "inputs/texts",
                                         .version = TONGKET_VERSION};
        report_make(arena, workspace->diagnostics, &request);
    }
    arena_free(arena);
    return good && workspace->diagnostics->status <= (before > 1 ? before : 1);
}

bool command_check(struct workspace *workspace) {
    size_t read = 0, accepted = 0, rejected = 0, skipped = 0;
    bool good = true;
    for (size_t i = 0; i < workspace->head_count; i++)
        good = check_report(workspace, workspace->heads[i]) && good;
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
    return good;
}
