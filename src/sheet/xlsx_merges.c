/* xlsx_merges.c - the merged areas of a sheet of an .xlsx. */
#include "sheet/xlsx_merges.h"

#include "base/arena.h"
#include "sheet/xml.h"
#include "sheet/xml_cells.h"

#include <stdlib.h>
#include <string.h>

/* Areas do not overlap: a row of 16,384 cells meets half as many, each of two cells. */
enum { MERGES_MOST = 1 << 20, MET_MOST = CELLS_COLUMNS / 2 };

/* "$AB$12": answers what stands behind it, or NULL. */
static const char *read_corner(const char *text, unsigned *row, size_t *column) {
    size_t letters = 0;
    unsigned number = 0;
    for (text += *text == '$'; (*text | 0x20) >= 'a' && (*text | 0x20) <= 'z' && letters <= CELLS_COLUMNS; text++)
        letters = letters * 26 + (size_t)((*text | 0x20) - 'a') + 1;
    for (text += *text == '$'; *text >= '0' && *text <= '9' && number <= CELLS_ROWS; text++)
        number = number * 10 + (unsigned)(*text - '0');
    if (!letters || letters > CELLS_COLUMNS || !number || number > CELLS_ROWS)
        return NULL;
    *row = number;
    *column = letters - 1;
    return text;
}

void merges_add(struct merges *merges, const char *reference) {
    struct merge area;
    const char *at = reference ? read_corner(reference, &area.first_row, &area.first_column) : NULL;
    if (!at || *at != ':' || !read_corner(at + 1, &area.last_row, &area.last_column) ||
        area.last_row < area.first_row || area.last_column < area.first_column || merges->count == MERGES_MOST)
        return;
    if (merges->count == merges->capacity) {
        merges->capacity = merges->capacity ? merges->capacity * 2 : 64;
        merges->areas = memory_resize(merges->areas, merges->capacity * sizeof *merges->areas);
    }
    merges->areas[merges->count++] = area;
}

static int compare_areas(const void *left, const void *right) {
    const struct merge *l = left, *r = right;
    return (l->first_row > r->first_row) - (l->first_row < r->first_row);
}

void merges_sort(struct merges *merges) {
    if (merges->count)
        qsort(merges->areas, merges->count, sizeof *merges->areas, compare_areas);
}

static void meet(struct merges *merges, size_t area) {
    if (merges->met_count == MET_MOST)
        return;
    if (merges->met_count == merges->met_capacity) {
        merges->met_capacity = merges->met_capacity ? merges->met_capacity * 2 : 16;
        merges->met = memory_resize(merges->met, merges->met_capacity * sizeof *merges->met);
    }
    merges->met[merges->met_count++] = area;
}

void merges_row(struct merges *merges, unsigned row) {
    size_t kept = 0;
    if (row < merges->row)
        merges->met_count = 0;
    for (size_t i = 0; i < merges->met_count; i++)
        if (merges->areas[merges->met[i]].last_row >= row)
            merges->met[kept++] = merges->met[i];
    merges->met_count = kept;
    for (; merges->next < merges->count && merges->areas[merges->next].first_row <= row; merges->next++)
        if (merges->areas[merges->next].last_row >= row)
            meet(merges, merges->next);
    merges->row = row;
}

bool merges_cover(const struct merges *merges, size_t column) {
    for (size_t i = 0; i < merges->met_count; i++) {
        const struct merge *area = &merges->areas[merges->met[i]];
        if (column >= area->first_column && column <= area->last_column &&
            (column > area->first_column || merges->row > area->first_row))
            return true;
    }
    return false;
}

void merges_free(struct merges *merges) {
    free(merges->areas);
    free(merges->met);
    *merges = (struct merges){0};
}

/* ---- Looking for them before the rows are read ------------------------------------------------------------------ */

static bool on_start(void *context, const char *name, const char **attributes) {
    if (strcmp(name, "mergeCell") == 0)
        merges_add(context, xml_attribute(attributes, "ref"));
    return true;
}

/* Whole rows, as far as no comment or marked section may hide a tag in them. */
static long pass_rows(void *context, const char *bytes, size_t length, bool *more) {
    static const char end[] = "</row>";
    size_t taken = 0;
    const char *row;
    (void)context;
    while ((row = memmem(bytes + taken, length - taken, end, sizeof end - 1))) {
        size_t size = (size_t)(row - bytes) + sizeof end - 1 - taken;
        if (memmem(bytes + taken, size, "<!", 2) || memmem(bytes + taken, size, "</sheetData", 11))
            return (long)taken;
        taken += size;
    }
    *more = !memmem(bytes + taken, length - taken, "</sheetData", 11);
    return (long)taken;
}

void merges_look(struct package *package, const char *part, struct merges *merges, struct diagnostics *diagnostics) {
    static const char *const take_after[] = {"<sheetData>", "</row>", NULL};
    const struct xml_handler handler = {
        .context = merges, .start = on_start, .take = pass_rows, .take_after = take_after};
    package_look(package, true);
    xml_read(package, part, &handler, diagnostics);
    package_look(package, false);
    merges_sort(merges);
}
