/* quality.h - what the command check found, as a document. */
#ifndef TONGKET_QUALITY_H
#define TONGKET_QUALITY_H

#include "app/workspace.h"
#include "document/document.h"

/* NULL when there is nothing to say: no finding, no row rejected, no unit behind the others. */
struct document *quality_document(struct workspace *workspace, struct arena *arena);

#endif
