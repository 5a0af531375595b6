/* xml_cells.h - the cells of one row of a workbook, put in as they are met and handed on in one piece. */
#ifndef TONGKET_XML_CELLS_H
#define TONGKET_XML_CELLS_H

#include "base/buffer.h"
#include "sheet/sheet.h"

#include <stdint.h>

/* What spreadsheet programs themselves hold; a cell's text has up to four bytes a character. */
enum { CELLS_COLUMNS = 16384, CELLS_ROWS = 1048576, CELLS_TEXT = 32767 * 4, CELLS_ROW_BYTES = 64 << 20 };

struct cells {
    struct cell *cells;
    uint32_t *starts; /* of a cell's text in the bytes; CELLS_LASTING: its text points to memory of its own */
    size_t count, capacity;
    struct buffer bytes;
};

void cells_free(struct cells *cells);
void cells_clear(struct cells *cells);
/* `column` counts from 0 and is below CELLS_COLUMNS; what was there before is replaced, gaps are blank. */
void cells_put(struct cells *cells, size_t column, enum cell_kind kind, const char *text, size_t length);
/* The same with a text that outlives the row and is not copied. */
void cells_point(struct cells *cells, size_t column, enum cell_kind kind, const char *text, size_t length);
/* Makes the texts usable and cuts blank cells off the end; answers how many remain. */
size_t cells_finish(struct cells *cells);

#endif
