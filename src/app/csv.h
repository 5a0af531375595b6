/* csv.h - printing CSV that a spreadsheet opens safely. */
#ifndef TONGKET_APP_CSV_H
#define TONGKET_APP_CSV_H

#include <stdbool.h>
#include <stddef.h>

/* To stdout, quoted where needed. A text that a spreadsheet would take for a formula gets an apostrophe, as
 * spreadsheets themselves write it. */
void csv_print_cell(const char *text, size_t length, bool number);

#endif
