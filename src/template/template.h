/* template.h - a report template, parsed.
 *
 *   ---
 *   title: BÁO CÁO            front matter: settings, values may hold tags
 *   ---
 *   ```sql name … ```         a query; `check` blocks are queries of (rule, expected, found)
 *   # I- …  prose …           CommonMark with tags; a tag alone on its line opens or closes a section of whole blocks
 *   ```table name … ```       how a query's rows are shown; ```chart name … ```; ```figures … ``` names figures in
 * words
 *   {{> name}}                a part of templates/partials/NAME.md; {{> text/name}} a passage the clerk writes
 *
 *   template ─ part (heading, paragraph, list, item, quote, table, chart, section, inverted, passage) ─ part …
 *                └ piece (text, value, section, inverted, strong, emphasis, break) ─ piece … */
#ifndef TONGKET_TEMPLATE_H
#define TONGKET_TEMPLATE_H

#include "base/period.h"
#include "base/settings.h"
#include "base/shape.h"
#include "template/mustache.h"

enum piece_kind { PIECE_TEXT, PIECE_VALUE, PIECE_SECTION, PIECE_INVERTED, PIECE_STRONG, PIECE_EMPHASIS, PIECE_BREAK };

struct piece {
    enum piece_kind kind;
    const char *text;             /* TEXT */
    struct expression expression; /* VALUE; SECTION, INVERTED: the name */
    size_t branch;                /* SECTION, INVERTED: its number among the template's branches */
    struct place place;
    struct piece *children, *next;
};

enum part_kind {
    PART_HEADING,
    PART_PARAGRAPH,
    PART_LIST,
    PART_ITEM,
    PART_QUOTE,
    PART_TABLE,
    PART_CHART,
    PART_SECTION,
    PART_INVERTED,
    PART_PASSAGE
};

struct part {
    enum part_kind kind;
    int level; /* HEADING; LIST: first number, 0 for dashes */
    struct piece *pieces;
    const char *name; /* SECTION, INVERTED: looked up; PASSAGE: the passage; TABLE, CHART: the query */
    struct table_plan *table;
    struct chart_plan *chart;
    size_t branch; /* SECTION, INVERTED: its number among the template's branches */
    struct place place;
    struct part *children, *next;
    const struct part *outer; /* SECTION, INVERTED: the section around it */
};

struct query {
    const char *name, *sql;
    bool check;
    bool counts;               /* its numbers count by columns that are not public, and may be told to the public */
    const struct part *within; /* the section it stands in, NULL: none */
    struct template_text text; /* for messages about its SQL */
    struct place place;
};

/* A column of a table as the template wishes it. */
struct column_plan {
    const char *name, *label, *group;
    bool has_align, has_format, over;
    enum align align;
    struct format format;
    enum column_total total; /* TOTAL_SUM is the default for whole numbers; TOTAL_NONE when `total = no` */
    bool total_given;
    const char *numerator, *denominator; /* of `ratio = a / b` or `a / sum(b)`; NULL */
    bool denominator_total;
    const char *equals; /* the figure that its total repeats, as tally.total; "none": no figure does; NULL: not said */
    const char *across; /* the column whose values become columns of their own, filled from this one; NULL: none */
    struct place place;
};

struct table_plan {
    const char *query, *caption, *total, *unit, *counter; /* NULL where not given */
    const char *groups, *subtotal; /* the query's column whose equal values make a group of rows; label of its sum */
    bool appendix;
    struct column_plan *columns;
    size_t column_count; /* 0: all columns of the query */
    struct place place;
};

struct chart_plan {
    const char *query, *caption, *category;
    enum chart_kind kind;
    char **values, **labels;
    size_t value_count, label_count;
    struct format format;
    struct place place;
};

struct figure_label {
    const char *name, *label; /* tally.total; words */
    bool adds;                /* the sum of several units' is the whole's: no rank, index, average or quota is */
    struct place place;
};

/* A section, inverted or not: what may be printed or not. */
struct branch {
    const char *name;
    bool inverted;
    struct place place;
};

struct template {
    const char *file, *name;
    const char *title, *subject, *note, *document; /* document: the code in its number, as BC */
    const char *each; /* the ledger for each row of which a document is made; NULL: one for the whole, or a unit */
    enum period_kind period;
    enum rounding rounding;
    bool signature;
    bool skip_empty; /* not made unasked when nothing happened */
    char **small;    /* queries that count people: the public gets no small counts of them */
    size_t small_count;
    char **details; /* figures, as query.column, whose rows the office finds in the workbook */
    size_t detail_count;
    unsigned title_line, small_line, details_line;
    struct part *parts;
    struct query *queries;
    size_t query_count, query_capacity;
    struct figure_label *labels;
    size_t label_count, label_capacity;
    struct branch *branches;
    size_t branch_count, branch_capacity;
};

/* NULL after saying all that is wrong in it. `partials` is the folder of partials. */
struct template *template_read(struct arena *arena, struct diagnostics *diagnostics, const char *path,
                               const char *partials);
/* Only the front matter: what the report is and which kind of period it is made for. */
struct template *template_read_head(struct arena *arena, struct diagnostics *diagnostics, const char *path);
/* Prose, as the clerk writes passages, in which the report's figures may stand; NULL after saying what is wrong. */
struct part *prose_read(struct arena *arena, struct diagnostics *diagnostics, const char *file, const char *text,
                        enum rounding rounding);

#endif
