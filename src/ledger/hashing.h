/* hashing.h - the hashes of the files that ledgers are loaded from.
 *
 * A small file is hashed at once, a large one in slices beside whatever is done until ledgers_hashed(). */
#ifndef TONGKET_HASHING_H
#define TONGKET_HASHING_H

#include "base/file.h"
#include "ledger/ledger.h"

/* Begins before the file is read, with its stamp of then. Answers where the hash will stand: the ledgers' arena's; ""
 * until it is known, and for good when the file cannot be read. */
const char *hashing_begin(struct ledgers *ledgers, const char *path, struct file_stamp stamp);
/* The earlier file of the load with the same bytes, as a unit's sheet handed in twice; NULL: none. Only a file that is
 * as large as an earlier one is waited for. */
const char *hashing_twin(struct ledgers *ledgers, const char *sha256, size_t size);

#endif
