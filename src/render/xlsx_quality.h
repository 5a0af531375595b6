/* xlsx_quality.h - the workbook of the command check: what was found, and the rejected rows to be corrected.
 *
 *   _tongket (hidden)   as in forms
 *   Tổng hợp            the blocks of the document: paragraphs and tables one below the other
 *   a ledger's label    its rejected rows, as on its form; wrong cells in colour with the reason as a comment
 *   Nên xem lại         rows that were accepted but look odd */
#ifndef TONGKET_XLSX_QUALITY_H
#define TONGKET_XLSX_QUALITY_H

#include "document/document.h"
#include "ledger/ledger.h"

/* The findings are those of the ledgers' diagnostics; failures are said to `diagnostics`. */
bool xlsx_quality_write(const struct document *document, const struct ledgers *ledgers, const char *path,
                        struct diagnostics *diagnostics);

#endif
