/* parse.h - what the files of template/ share while a template is parsed. */
#ifndef TONGKET_TEMPLATE_PARSE_H
#define TONGKET_TEMPLATE_PARSE_H

#include "template/template.h"

enum { SECTION_DEPTH = 32 };

struct parse {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct template *template;
    const char *partials;
    struct part **ends[SECTION_DEPTH]; /* where the next part of each open section goes; 0 is the template */
    struct part *open[SECTION_DEPTH];
    int depth;
    int partial_depth;
    bool good;
};

void parse_add(struct parse *parse, struct part *part);
/* Numbers a section. */
size_t parse_branch(struct parse *parse, const char *name, bool inverted, struct place place);
void parse_refuse(struct parse *parse); /* remembers that something was said */

/* Says that a tag closes no section, or not the one that is open (NULL: none is). */
void parse_refuse_close(struct parse *parse, const char *name, const char *open, struct place place);

/* prose.c: a run of prose lines into parts. */
void prose_parse(struct parse *parse, const struct template_text *text, size_t length);
/* blocks.c: a fenced block; `info` is what stands behind the fence. */
void block_parse(struct parse *parse, const char *info, const struct template_text *text, size_t length,
                 struct place place);

#endif
