/* xml_cells.c - the cells of one row of a workbook. */
#include "sheet/xml_cells.h"

#include "base/arena.h"

#include <stdlib.h>

#define CELLS_LASTING UINT32_MAX

void cells_free(struct cells *cells) {
    free(cells->cells);
    free(cells->starts);
    buffer_free(&cells->bytes);
    *cells = (struct cells){0};
}

void cells_clear(struct cells *cells) {
    cells->count = 0;
    cells->bytes.length = 0;
}

static void cells_reach(struct cells *cells, size_t column) {
    if (column >= cells->capacity) {
        cells->capacity = column < 32 ? 64 : column * 2;
        cells->cells = memory_resize(cells->cells, cells->capacity * sizeof *cells->cells);
        cells->starts = memory_resize(cells->starts, cells->capacity * sizeof *cells->starts);
    }
    for (; cells->count <= column; cells->count++) {
        cells->cells[cells->count] = (struct cell){.text = "", .kind = CELL_TEXT};
        cells->starts[cells->count] = CELLS_LASTING;
    }
}

void cells_point(struct cells *cells, size_t column, enum cell_kind kind, const char *text, size_t length) {
    cells_reach(cells, column);
    cells->cells[column] = (struct cell){.text = text, .length = length, .kind = kind};
    cells->starts[column] = CELLS_LASTING;
}

void cells_put(struct cells *cells, size_t column, enum cell_kind kind, const char *text, size_t length) {
    cells_reach(cells, column);
    cells->cells[column] = (struct cell){.length = length, .kind = kind};
    cells->starts[column] = (uint32_t)cells->bytes.length;
    buffer_add(&cells->bytes, text, length);
}

size_t cells_finish(struct cells *cells) {
    while (cells->count && cells->cells[cells->count - 1].length == 0)
        cells->count--;
    for (size_t i = 0; i < cells->count; i++)
        if (cells->starts[i] != CELLS_LASTING)
            cells->cells[i].text = cells->bytes.text + cells->starts[i];
    return cells->count;
}
