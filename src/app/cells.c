/* cells.c - the command cells: a spreadsheet as the reader sees it, as CSV.
 *
 * Dates are ISO, numbers as stored, errors their code. Rows that the file leaves out are printed as blank lines, so
 * that a line's number is the row's. */
#include "app/workspace.h"

#include "app/csv.h"
#include "base/buffer.h"
#include "base/text.h"
#include "sheet/sheet.h"

#include <stdio.h>
#include <string.h>

struct printing {
    const char *wanted; /* --sheet; NULL: the first */
    bool found, done;
    unsigned row;
    struct buffer sheets; /* their names, with " | " between */
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct place place; /* the sheet that is printed */
};

static bool on_sheet(void *context, const struct sheet *sheet) {
    struct printing *printing = context;
    const char *name = sheet->name ? sheet->name : "";
    buffer_printf(&printing->sheets, "%s%s", printing->sheets.length ? " | " : "", name);
    bool wanted = printing->wanted ? strcmp(name, printing->wanted) == 0 : !printing->found;
    printing->found = printing->found || wanted;
    printing->row = 0;
    if (wanted)
        printing->place.sheet = sheet->name ? arena_text(printing->arena, name) : NULL;
    return wanted;
}

static bool on_row(void *context, const struct row *row) {
    struct printing *printing = context;
    while (++printing->row < row->number)
        fputs_unlocked("\r\n", stdout);
    for (size_t c = 0; c < row->count; c++) {
        const struct cell *cell = &row->cells[c];
        if (c)
            putchar_unlocked(',');
        csv_print_cell(cell->text, cell->length, cell->kind == CELL_NUMBER);
    }
    fputs_unlocked("\r\n", stdout);
    return true;
}

static void on_lost(void *context, const struct lost_results *lost) {
    struct printing *printing = context;
    lost_results_say(lost, &printing->place, printing->diagnostics);
}

bool command_cells(const struct options *options, struct arena *arena, struct diagnostics *diagnostics) {
    /* Readers hand names on in normal form; what was typed or pasted (on macOS) may be another. */
    const char *wanted = options->sheet ? text_nfc(arena, options->sheet, strlen(options->sheet)) : NULL;
    struct printing printing = {.wanted = wanted, .arena = arena, .diagnostics = diagnostics};
    struct sheet_traits traits = {0};
    const struct sheet_sink sink = {.context = &printing, .sheet = on_sheet, .row = on_row, .lost = on_lost};
    if (options->operand_count != 1) {
        diagnose(diagnostics, OPTION_MISSING, NULL, "cells", diagnose_say(diagnostics, "TỆP", "FILE"));
        return false;
    }
    const char *path = options->operands[0];
    printing.place.file = path;
    const struct reader *reader = reader_choose(path, diagnostics);
    bool good = reader && reader->read(path, &sink, &traits, diagnostics);
    if (good && !printing.found && options->sheet) {
        diagnose(diagnostics, OPTION_VALUE, NULL, options->sheet, "--sheet", buffer_string(&printing.sheets));
        good = false;
    } else if (!good && diagnostics->status < 4) {
        /* What is a warning among many inputs is a failure of the one file that was asked for. */
        diagnostics->status = 4;
    }
    buffer_free(&printing.sheets);
    return good;
}
