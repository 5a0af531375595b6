/* texts.c - files in inputs/texts/ that nothing reads.
 *
 *   inputs/texts/2017/year-end/han-che.md          a passage of a report
 *   inputs/texts/2017/year-end/MS.01/han-che.md    the same, for a unit
 *
 * A passage in a folder that is named wrongly, or saved as .txt, is work that would be missing from the page. Which
 * passages a report has is its template's to say, when it is made. */
#include "app/workspace.h"

#include "base/file.h"
#include "base/text.h"

#include <string.h>
#include <strings.h>

enum { PARTS_LEAST = 5, PARTS_MOST = 6, PART_PERIOD = 2, PART_REPORT = 3, PART_UNIT = 4 };

/* The report that is there or meant; NULL: none is near. */
static const struct template *report_meant(const struct workspace *workspace, const char *name) {
    const char **names = ARENA_ARRAY(workspace->arena, const char *, workspace->head_count + 1);
    for (size_t h = 0; h < workspace->head_count; h++)
        names[h] = workspace->heads[h]->name;
    const int nearest = text_nearest(workspace->arena, name, names, workspace->head_count);
    return nearest < 0 ? NULL : workspace->heads[nearest];
}

/* The code of the unit that is there or meant. */
static const char *unit_meant(const struct workspace *workspace, const char *id) {
    const struct units *units = store_units(workspace->store);
    const char **ids = ARENA_ARRAY(workspace->arena, const char *, units->count + 1);
    if (units->ledger && ledger_row(units->ledger, id, strlen(id)) != NO_ROW)
        return id;
    for (uint32_t row = 0; row < units->count; row++)
        ids[row] = units_id(units, row);
    const int nearest = text_nearest(workspace->arena, id, ids, units->count);
    return nearest < 0 ? diagnose_say(workspace->diagnostics, "<mã đơn vị>", "<unit>") : ids[nearest];
}

/* Where the passage should stand, as far as that can be told. */
static const char *passage_place(const struct workspace *workspace, char **parts, size_t count) {
    const struct diagnostics *diagnostics = workspace->diagnostics;
    const bool whole = count >= PARTS_LEAST && count <= PARTS_MOST;
    const struct template *report = whole ? report_meant(workspace, parts[PART_REPORT]) : NULL;
    struct period period = {0};
    bool known = report && (period_parse(parts[PART_PERIOD], &period) || period_guess(parts[PART_PERIOD], &period));
    if (known && period.kind != report->period)
        period = period_of(report->period, period.first);
    return arena_printf(
        workspace->arena, "inputs/texts/%s/%s/%s%s%s.md",
        known ? period_name(workspace->arena, period) : diagnose_say(diagnostics, "<kỳ>", "<period>"),
        report ? report->name : diagnose_say(diagnostics, "<báo cáo>", "<report>"),
        count == PARTS_MOST ? unit_meant(workspace, parts[PART_UNIT]) : "", count == PARTS_MOST ? "/" : "",
        whole ? path_stem(workspace->arena, parts[count - 1]) : diagnose_say(diagnostics, "<đoạn>", "<passage>"));
}

/* As deep as passages are, and a text: most likely one that a report waits for. */
static bool is_near_passage(const char *path, size_t depth) {
    static const char *const kinds[] = {"md", "txt", "docx"};
    const char *extension = path_extension(path);
    bool is_text = false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        is_text = is_text || strcasecmp(extension, kinds[i]) == 0;
    return is_text && depth >= PARTS_LEAST && depth <= PARTS_MOST;
}

void texts_check(const struct workspace *workspace, bool all) {
    static const char *const folder = "inputs/texts";
    char **paths, **parts;
    int count = folder_there(workspace->diagnostics, folder)
                    ? folder_list(workspace->arena, workspace->diagnostics, folder, true, &paths)
                    : 0;
    for (int i = 0; i < count; i++) {
        const size_t depth = text_split(workspace->arena, paths[i], '/', &parts);
        const char *wanted = passage_place(workspace, parts, depth);
        const struct place place = {.file = paths[i]};
        if (strcmp(wanted, paths[i]) != 0 && (all || is_near_passage(paths[i], depth)))
            diagnose(workspace->diagnostics, TEXT_UNUSED, &place, wanted);
    }
}
