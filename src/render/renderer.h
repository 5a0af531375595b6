/* renderer.h - what turns a document into a file. One implementation a format, each a file or a family of files. */
#ifndef TONGKET_RENDERER_H
#define TONGKET_RENDERER_H

#include "base/diagnose.h"
#include "document/document.h"

#include <stdbool.h>

struct renderer {
    const char *name; /* of --format, and the file's extension */
    bool details;     /* shows the rows behind figures */
    /* Writes the file at the path (which is aside: the caller publishes or discards it). False after saying why. The
     * same document gives the same bytes. */
    bool (*write)(const struct document *document, const char *path, struct diagnostics *diagnostics);
};

extern const struct renderer pdf_renderer, xlsx_renderer, html_renderer, tree_renderer;

/* NULL-ended. */
extern const struct renderer *const renderers[];
const struct renderer *renderer_find(const char *name);

#endif
