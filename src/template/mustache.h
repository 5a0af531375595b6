/* mustache.h - Mustache tags: finding them, looking names up, and filling plain text.
 *
 *   {{name}} {{{name}}} {{&name}}  {{#section}} … {{/section}}  {{^inverted}} … {{/inverted}}  {{!comment}}
 * {{>partial}}
 *   {{=<% %>=}}
 *
 * A name may be followed by what it is divided by, and by how it is printed: {{admitted.n / plan.target 0.0%}}, or by
 * the name of what tells how: {{admitted.n / plan.target as plan.format}}. Plain text is what titles and labels are;
 * prose is filled into its parsed tree by report/, with the same tags and the same look-up. Mustache-like: there are no
 * lambdas. */
#ifndef TONGKET_MUSTACHE_H
#define TONGKET_MUSTACHE_H

#include "base/arena.h"
#include "base/diagnose.h"
#include "base/value.h"

#include <stdbool.h>
#include <stddef.h>

enum tag_kind { TAG_VARIABLE, TAG_RAW, TAG_SECTION, TAG_INVERTED, TAG_CLOSE, TAG_PARTIAL, TAG_COMMENT, TAG_DELIMITERS };

struct tag {
    enum tag_kind kind;
    const char *content;         /* trimmed: a name, or an expression */
    size_t start, end;           /* bytes of the whole tag in the text */
    bool standalone;             /* alone on its line, of a kind that then takes the line with it */
    size_t line_start, line_end; /* the line, when standalone; line_end is behind its line end */
};

/* What a text is, for messages. */
struct template_text {
    const char *file;
    unsigned line; /* of the text's first byte */
    const char *text;
};

/* All tags in order; false after saying which tag is never closed or is empty. */
bool tags_scan(struct arena *arena, struct diagnostics *diagnostics, const struct template_text *text,
               struct tag **tags, size_t *count);
/* The place of a byte: line, column in characters, and the line itself. */
struct place text_place(struct arena *arena, const struct template_text *text, size_t offset);

/* ---- Expressions ---- */

enum expression_kind { EXPRESSION_NAME, EXPRESSION_RATIO, EXPRESSION_CHANGE };

/* name | name format | name / name format | name change name; a format may be `as name` */
struct expression {
    enum expression_kind kind;
    const char *name, *other; /* other: denominator, or what is compared with */
    struct format format;
    bool has_format;
    const char *format_name; /* whose text is the format; NULL */
    bool over;               /* a ratio may exceed 100 % */
};

/* False after saying what is wrong. */
bool expression_parse(struct arena *arena, struct diagnostics *diagnostics, const struct place *place,
                      const char *content, enum rounding rounding, struct expression *expression);

/* ---- Looking up ---- */

enum item_kind { ITEM_MISSING, ITEM_VALUE, ITEM_FRAME, ITEM_LIST };

/* What a name stands for. A frame is whatever the source understands: a row, a query, the root. */
struct item {
    enum item_kind kind;
    struct value value;
    const void *frame;
    size_t count; /* LIST: elements, found by source->element(frame, i) */
};

struct source_of_names {
    const void *context;
    /* The meaning of one part of a name inside a frame. */
    struct item (*find)(const void *context, const void *frame, const char *name, size_t length);
    struct item (*element)(const void *context, const struct item *list, size_t index);
    /* The text of a partial, or NULL. */
    const char *(*partial)(const void *context, const char *name);
    /* What an expression prints, NULL for nothing: ratios, changes, declared formats are the source's to know. Without
     * it a name prints its value and nothing more. */
    const char *(*print)(const void *context, const struct expression *expression, const struct place *place);
    enum rounding rounding; /* of formats that name none */
};

enum { FRAME_DEPTH = 64 };

struct frames {
    const struct source_of_names *source;
    struct item stack[FRAME_DEPTH];
    size_t depth;
};

/* "." is the innermost frame; a dotted name's first part is sought outwards, the rest inside what was found. */
struct item frames_find(const struct frames *frames, const char *name);
bool item_is_true(const struct item *item);

/* Fills plain text; a missing name is empty, as Mustache has it. `escape` writes & < > " of {{…}} as HTML entities.
 * NULL after saying what is wrong. */
const char *mustache_fill(struct arena *arena, struct diagnostics *diagnostics, const struct template_text *text,
                          struct frames *frames, bool escape);

#endif
