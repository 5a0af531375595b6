/* identity.h - which rows are about the same case. */
#ifndef TONGKET_IDENTITY_H
#define TONGKET_IDENTITY_H

#include "ledger/ledger.h"

/* Whether the codes at `from`, of a row that repeats a key, may be another copy of an earlier row's case. References
 * do not tell the two apart yet. */
bool identity_may_copy(const struct ledger *ledger, uint32_t from, uint32_t earlier);

#endif
