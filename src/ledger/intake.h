/* intake.h - rows of data on their way into a ledger, many at a time.
 *
 *   rows of a sheet → cells by field → codes by field, fields side by side in several threads → rows of the ledger
 *
 * While one part of them is cast by the crew, the reader fills the other. Rows are accepted, and what is wrong with
 * them is said, in their order by the reader's own thread: codes, findings and counts do not depend on threads or
 * parts. */
#ifndef TONGKET_INTAKE_H
#define TONGKET_INTAKE_H

#include "ledger/load.h"

struct intake;

/* For a sheet whose header was found. */
struct intake *intake_new(struct load *load);
/* `whole`: what is wrong with the row as a whole, said already; NULL: nothing. */
void intake_add(struct intake *intake, const struct row *row, const char *whole);
/* All rows so far are accepted or rejected, and everything about them is said. NULL is nothing. */
void intake_settle(struct intake *intake);
void intake_free(struct intake *intake);

#endif
