/* load.h - what the files of the load share. */
#ifndef TONGKET_LOAD_H
#define TONGKET_LOAD_H

#include "ledger/ledger.h"

enum { HEADER_ROWS = 30, MAX_COLUMNS = 512 };

/* A total that somebody wrote under the table. */
struct total {
    struct value written;
    bool present;
};

/* Cells of the row above, while a header of two rows is possible. */
struct upper_row {
    const char **labels; /* merged cells carried to the right */
    size_t count;
};

/* One sheet on its way into a ledger. */
struct load {
    struct ledgers *ledgers;
    struct diagnostics *diagnostics;
    struct arena *scratch; /* emptied every few hundred rows */
    struct arena *head;    /* until the header is found */
    const char *path;
    uint32_t source; /* number of the sheet's source */
    struct ledger *ledger;
    int fields[MAX_COLUMNS]; /* by column of the sheet: the field, or -1 */
    size_t width;
    unsigned header_column[SCHEMA_FIELDS]; /* by field, from 1; 0: not in this sheet */
    unsigned corrects;                     /* column that says where a row that came back stood, from 1; 0: none */
    struct total *totals;                  /* by field, integers only */
    unsigned total_row;
    const char *carried;   /* text of the group row above, "" before the first */
    bool begun, stopped;   /* the first row of data was seen; the table is behind */
    bool refused;          /* the header has a column that must not be there: no row is taken, none is kept */
    struct intake *intake; /* NULL before the first row of data */
    size_t seen, hidden;
    bool filled;   /* a row before the header holds anything */
    size_t beside; /* sheets of the file that are not looked at, since the ledger stands alone */
    struct lost_results lost;
    struct upper_row upper;
    int nearest;                   /* schema that came nearest to a header, -1: none */
    const char *missing, *strange; /* columns that it requires; cells of that row that name none of its columns */
    unsigned nearest_row;
    int nearest_score;
    size_t file_sources, file_ledgers; /* sheets of this file so far, and those that were ledgers */
};

struct place load_place(const struct load *load, unsigned row, unsigned column);
const char *cell_label(struct load *load, const struct cell *cell);
/* Takes the row, alone or with the row above it, for a header when it names all required columns of a schema. */
bool header_find(struct load *load, const struct row *row);
void header_forget(struct load *load);

#endif
