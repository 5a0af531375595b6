/* list.c - the command list: what there is. */
#include "app/workspace.h"

#include <stdio.h>
#include <string.h>

static void list_reports(const struct workspace *workspace) {
    static const char *const titles[][2] = {[PERIOD_YEAR] = {"Báo cáo năm", "Reports of a year"},
                                            [PERIOD_HALF] = {"Báo cáo 6 tháng", "Reports of a half-year"},
                                            [PERIOD_QUARTER] = {"Báo cáo quý", "Reports of a quarter"},
                                            [PERIOD_MONTH] = {"Báo cáo tháng", "Reports of a month"}};
    bool any = false;
    for (int kind = PERIOD_YEAR; kind <= PERIOD_MONTH; kind++) {
        bool titled = false;
        for (size_t i = 0; i < workspace->head_count; i++) {
            const struct template *head = workspace->heads[i];
            if ((int)head->period != kind)
                continue;
            if (!titled)
                printf("%s%s\n", any ? "\n" : "",
                       diagnose_say(workspace->diagnostics, titles[kind][0], titles[kind][1]));
            printf("  %-24s %s", head->name, head->subject);
            if (head->each)
                printf(
                    diagnose_say(workspace->diagnostics, " (mỗi dòng của sổ %s một bản)", " (one for each row of %s)"),
                    head->each);
            printf("\n");
            any = titled = true;
        }
    }
}

/* Columns that no file has, by the names that queries use. */
static void list_derived(const struct workspace *workspace, const struct schema *schema) {
    for (size_t d = 0; d < schema->derivation_count; d++)
        printf("%s%s%s", d ? ", " : "      ",
               d ? ""
                 : diagnose_say(workspace->diagnostics,
                                "cột suy ra, dùng trong truy vấn: ", "derived columns, for queries: "),
               schema->derivations[d].field.name);
    if (schema->derivation_count)
        printf("\n");
}

static void list_ledgers(const struct workspace *workspace) {
    printf("\n%s\n", diagnose_say(workspace->diagnostics, "Sổ (và cột bắt buộc)", "Ledgers (and required columns)"));
    for (size_t i = 0; i < workspace->ledgers->count; i++) {
        const struct ledger *ledger = &workspace->ledgers->ledgers[i];
        bool first = true;
        printf("  %-18s %s, %u %s: ", ledger->schema->name, ledger->schema->label, ledger->row_count,
               diagnose_say(workspace->diagnostics, "dòng", "rows"));
        for (size_t f = 0; f < ledger->schema->field_count; f++) {
            const struct field *field = &ledger->schema->fields[f];
            if (!field->required || field->fallback)
                continue;
            printf("%s%s", first ? "" : ", ", field->label);
            first = false;
        }
        printf("\n");
        list_derived(workspace, ledger->schema);
    }
}

/* Workbooks have none. */
static const char *delimiter_text(struct arena *arena, char delimiter) {
    if (!delimiter)
        return "";
    return delimiter == '\t' ? ", TAB" : arena_printf(arena, ", «%c»", delimiter);
}

/* " (1 tiêu đề, 2 dòng nhóm)": why rows were skipped, or "". */
static const char *skips_text(struct arena *arena, const struct diagnostics *diagnostics,
                              const struct ledger_source *source) {
    static const char *const words[][2] = {[SKIP_TITLE] = {"tiêu đề", "titles"},
                                           [SKIP_BLANK] = {"dòng trống", "blank"},
                                           [SKIP_NUMBERING] = {"đánh số cột", "column numbers"},
                                           [SKIP_GROUP] = {"dòng nhóm", "group rows"},
                                           [SKIP_TOTAL] = {"dòng tổng", "totals"},
                                           [SKIP_NOTE] = {"dưới bảng", "below the table"},
                                           [SKIP_COPY] = {"trùng dòng khác", "copies"}};
    const char *text = "";
    for (int i = 0; i < SKIP_REASONS; i++)
        if (source->skips[i])
            text = arena_printf(arena, "%s%s%zu %s", text, *text ? ", " : "", source->skips[i],
                                diagnose_say(diagnostics, words[i][0], words[i][1]));
    return *text ? arena_printf(arena, " (%s)", text) : "";
}

void list_files(const struct workspace *workspace) {
    const struct diagnostics *diagnostics = workspace->diagnostics;
    printf("\n%s\n", diagnose_say(diagnostics, "Tệp trong inputs/ (đọc = nhận + loại + bỏ qua)",
                                  "Files of inputs/ (read = accepted + rejected + skipped)"));
    for (size_t i = 0; i < workspace->ledgers->source_count; i++) {
        const struct ledger_source *source = &workspace->ledgers->sources[i];
        printf("  %s%s%s%s: ", source->file, source->sheet ? "[" : "", source->sheet ? source->sheet : "",
               source->sheet ? "]" : "");
        if (source->ledger)
            printf(
                diagnose_say(diagnostics, "sổ %s (tiêu đề ở dòng %u, %s%s%s)", "ledger %s (header in row %u, %s%s%s)"),
                source->ledger->schema->name, source->header_row,
                source->traits.encoding ? source->traits.encoding : "", source->traits.bom ? " BOM" : "",
                delimiter_text(workspace->arena, source->traits.delimiter));
        else
            printf("%s", diagnose_say(diagnostics, "không phải sổ nào", "no ledger"));
        printf("; %zu = %zu + %zu + %zu%s\n", source->read, source->accepted, source->rejected, source->skipped,
               skips_text(workspace->arena, diagnostics, source));
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
