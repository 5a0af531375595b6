/* batch.h - rows of data on their way into a ledger, many at a time.
 *
 *   rows of a sheet → cells by field → codes by field, fields side by side in several threads → rows of the ledger
 *
 * While one batch is cast by the crew, the reader fills the other. Rows are accepted, and what is wrong with them is
 * said, in their order by the reader's own thread: codes, findings and counts do not depend on threads or batches. */
#ifndef TONGKET_BATCH_H
#define TONGKET_BATCH_H

#include "ledger/load.h"

struct batch;

/* For a sheet whose header was found. */
struct batch *batch_new(struct load *load);
/* `whole`: what is wrong with the row as a whole, said already; NULL: nothing. */
void batch_add(struct batch *batch, const struct row *row, const char *whole);
/* All rows so far are accepted or rejected, and everything about them is said. NULL is nothing. */
void batch_settle(struct batch *batch);
void batch_free(struct batch *batch);

#endif
