/* fill.h - what the files of report/ share while a document is made. */
#ifndef TONGKET_FILL_H
#define TONGKET_FILL_H

#include "report/report.h"

enum frame_kind {
    FRAME_ROOT,
    FRAME_QUERY,
    FRAME_ROW,
    FRAME_ROW_STATE,
    FRAME_SETTINGS,
    FRAME_PERIOD,
    FRAME_UNIT,
    FRAME_LEDGERS,
    FRAME_TABLES
};

/* What names are looked up in; made as names are resolved. */
struct name_frame {
    enum frame_kind kind;
    const struct result *result;
    const char *query;
    size_t row;
    const struct settings_section *section;
};

struct fill {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const struct report_request *request;
    const struct template *template;
    struct document *document;
    struct result *results;     /* parallel to the template's queries */
    const struct lacks **lacks; /* same; NULL: it lacks nothing */
    bool *failed;               /* by query: it was said, and its columns are not known */
    struct value **sums;        /* by query: of its columns, where small counts are hidden; else NULL */
    int64_t least;              /* the least count that was told, 0 when nothing was hidden */
    int *numbers;               /* parallel to them: of the first table of the query, 0: none stands in the document */
    bool *reads;                /* by ledger: some query reads it */
    struct frames frames;
    const char *section;                /* text of the last heading */
    const char *gap_section, *gap_text; /* what was last said not to be known, and below which heading */
    int tables, charts;
    bool checking; /* names are looked up, figures are not judged yet */
    bool passage;  /* the clerk's own words are filled: their branches are not the template's */
    bool good;
};

/* names.c */
void names_open(struct fill *fill, struct source_of_names *source);
/* What the name means; says NAME_UNKNOWN when nothing, unless that follows from what was said before. */
struct item names_find(struct fill *fill, const char *name, const struct place *place);
const struct result *names_result(const struct fill *fill, const char *query);
/* The result of a table's or chart's query; NULL after saying that there is none, or that it failed. */
const struct result *names_query(struct fill *fill, const char *query, const struct place *place);
int names_column(struct fill *fill, const char *query, const struct result *result, const char *name,
                 const struct place *place);

/* gaps.c */
/* Puts gaps for what the query's answer lacks. */
void gaps_find(struct fill *fill, size_t query);
/* What is not known of a name query.column or query, for people: ledgers and columns. */
const char *gaps_words(const struct fill *fill, const char *name);
/* The name's figure is printed and not known: a shortfall. */
void gaps_tell(struct fill *fill, const char *name);
/* The gap that a section's name stands for; NONE: it stands for something. */
struct value item_gap(const struct item *item);
bool gap_is(struct value value, enum gap gap);
/* What the page says in place of blocks that rest on what is not known; NULL: it was just said. */
struct block *gaps_block(struct fill *fill, const char *name);

/* Whether no figure of a paragraph is known; *said then stands in its place, or nothing. */
bool gaps_replace(struct fill *fill, const struct piece *pieces, const struct inline_ *inlines, struct block **said);

/* sections.c */
/* How often a section (or what stands inverted) is filled: once a row of a list. */
size_t section_times(const struct item *item, bool section);
/* Names are now sought in the item first, a list's in the row given; false when sections nest too deeply. The caller
 * takes one off frames.depth. */
bool section_enter(struct fill *fill, const struct item *item, size_t row);
/* True for {{#ledger.NAME}} without that ledger, and for {{^ledger.NAME}} with it. */
bool section_left_out(const struct fill *fill, const char *name, bool section);
bool query_left_out(const struct fill *fill, const struct query *query);
/* Gives the tables their numbers before prose that names them is filled. */
void tables_number(struct fill *fill);

/* words.c: what a tag prints, wherever it stands. */
struct figure_value {
    struct expression expression; /* with the format that was declared for it */
    struct value value;
    const char *text;
};
/* False when nothing is printed: an empty text, or after saying what is wrong. */
bool expression_value(struct fill *fill, const struct expression *expression, const struct place *place,
                      struct figure_value *figure);
/* Looks its names up, and says what is wrong with them. */
void expression_check(struct fill *fill, const struct expression *expression, const struct place *place);
/* The same for plain text: source_of_names.print. */
const char *words_print(const void *context, const struct expression *expression, const struct place *place);
/* Tags in a title, a label, a caption: filled as plain text; unknown names are said. */
const char *words_fill(struct fill *fill, const char *words, const struct place *place);

/* spread.c: the plan and rows of a table whose columns are data; the same ones for any other table. */
const struct table_plan *table_spread(struct fill *fill, const struct table_plan *plan, const struct result **result);

/* tables.c: NULL after saying why; while names are checked a table gets no rows */
struct table *table_make(struct fill *fill, const struct table_plan *plan);
struct chart *chart_make(struct fill *fill, const struct chart_plan *plan);
/* Says when a ratio is over 100 % and nobody said it may be. */
void ratio_watch(struct fill *fill, struct value value, bool over, const char *name, const struct place *place);

/* public.c */
/* A query that does not only show columns that are not public, but filters or counts by them, gives the public other
 * figures: says so, or takes those of the office when the template says that the query only counts. */
void public_compare(struct fill *fill, const struct query *query, struct result *result);
/* Hides small counts in the results of the queries that the template names for it; for the public audience only. */
void public_suppress(struct fill *fill);
/* The sum of a column, where it is not the sum of what is shown; NULL elsewhere. */
const struct value *public_sum(const struct fill *fill, const struct result *result, size_t column);
/* The text with the digits of phone and identity numbers replaced; how many there were is added to *masked. */
const char *public_mask(struct arena *arena, const char *text, size_t *masked);
/* Masks what is printed, and takes out what only the office needs. */
void public_finish(struct fill *fill);

/* figures.c: a number of the prose, listed in the workbook by the name it has in words. */
void figures_keep(struct fill *fill, const struct figure_value *figure);
/* Notes that the prose prints the name, if anybody asks. */
void figures_cover(const struct fill *fill, const char *name);
/* Notes that a query was not asked here, so that nobody takes it, or the names of its figures, for useless. */
void figures_excuse(const struct fill *fill, size_t query);

/* The name that the template's `figures` gives it; NULL: none. */
const char *figures_label(const struct template *template, const char *name);

/* report.c: two figures that must be equal, for the reconciliation; says when they are not. */
void check_add(struct fill *fill, const struct place *place, const char *rule, struct value expected,
               struct value found);

/* details.c: the rows behind the figures that the template names. */
void details_make(struct fill *fill);

/* draft.c */
/* Notes, once, what keeps the document from being signed. */
void shortfall_add(struct fill *fill, enum weight weight, const char *text);
/* What its sources lack; then a document that lacks anything is marked as a draft, without number and date. */
void draft_settle(struct fill *fill);

/* letterhead.c */
/* Number and date are left for whoever signs. */
void letterhead_blank(struct fill *fill);
void letterhead_fill(struct fill *fill);
/* The profile's mark behind the last words of the text: "./." for a state body. */
void letterhead_mark_end(struct fill *fill);

#endif
