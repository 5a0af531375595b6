/* listing.c - a bare table as a workbook: a document with nothing else in it. */
#include "app/listing.h"

#include "base/file.h"
#include "document/document.h"
#include "render/renderer.h"

struct table *listing_table(struct arena *arena, const char *const *names, size_t columns) {
    struct table *table = ARENA_NEW(arena, struct table);
    *table = (struct table){.name = "listing",
                            .number = 1,
                            .caption = "",
                            .unit = "",
                            .column_count = columns,
                            .rows = grid_new(arena, columns)};
    table->columns = ARENA_ARRAY(arena, struct table_column, columns);
    for (size_t c = 0; c < columns; c++)
        table->columns[c] =
            (struct table_column){.name = names[c], .label = names[c], .numerator = -1, .denominator = -1};
    return table;
}

void listing_add(struct table *table, struct grid_cell *cells) {
    struct arena *scratch = arena_new();
    for (size_t c = 0; c < table->column_count; c++) {
        cells[c].text = value_plain(scratch, cells[c].value);
        if (value_is_number(cells[c].value))
            table->columns[c].align = ALIGN_RIGHT;
    }
    grid_add(table->rows, ROW_BODY, cells);
    table->row_count++;
    arena_free(scratch);
}

bool listing_write(const struct workspace *workspace, const struct span *span, const char *path, const char *title,
                   const struct table *table) {
    struct arena *arena = workspace->arena;
    const struct profile *profile = workspace_profile(workspace);
    if (!profile)
        return false;
    struct document document = {.arena = arena,
                                .report = title,
                                .period = period_name(arena, span->period),
                                .language = "vi",
                                .letterhead = {"", "", "", "", "", "", ""},
                                .title = title,
                                .subject = period_phrase(arena, span->period),
                                .note = "",
                                .signature = {"", "", ""},
                                .profile = profile,
                                .as_of = span->as_of,
                                .created = span->as_of,
                                .version = ""};
    document.blocks = block_new(arena, BLOCK_TABLE);
    document.blocks->table = table;
    const char *aside = file_aside(arena, path);
    return renderer_find("xlsx")->write(&document, aside, workspace->diagnostics) &&
           file_publish(workspace->diagnostics, aside, path);
}
