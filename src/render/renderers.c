/* renderers.c - the list of renderers. */
#include "render/renderer.h"

#include <string.h>

const struct renderer *const renderers[] = {&pdf_renderer, &xlsx_renderer, &html_renderer, &tree_renderer, NULL};

const struct renderer *renderer_find(const char *name) {
    for (size_t i = 0; renderers[i]; i++)
        if (strcmp(renderers[i]->name, name) == 0)
            return renderers[i];
    return NULL;
}
