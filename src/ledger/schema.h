/* schema.h - what a ledger must be, read from templates/ledgers/NAME.ini in the words of Frictionless Table Schema. */
#ifndef TONGKET_SCHEMA_H
#define TONGKET_SCHEMA_H

#include "base/arena.h"
#include "base/diagnose.h"
#include "base/map.h"
#include "base/value.h"
#include "ledger/pattern.h"
#include "ledger/vocabulary.h"

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

enum field_type {
    FIELD_TEXT,
    FIELD_ID,
    FIELD_INTEGER,
    FIELD_DECIMAL,
    FIELD_DATE,
    FIELD_BOOLEAN,
    FIELD_ENUM,
    FIELD_LIST
};

struct field {
    const char *name, *label;
    enum field_type type;
    bool required, sensitive;
    bool months;          /* of a date: a month, whatever day of it was typed */
    bool public_;         /* the public audience may see it; all other columns are blank to it */
    const char *fallback; /* taken for a blank cell; NULL: none */
    const struct vocabulary *vocabulary;
    bool has_minimum, has_maximum;
    struct value minimum, maximum;
    const char *pattern, *example; /* example: what fits the pattern, as the clerk is told it; NULL: none */
    regex_t *expression;
    const struct pattern *simple; /* the same pattern, when it needs no regular expression; else NULL */
    const char *reference_ledger, *reference_field; /* NULL: none */
    char **aliases;                                 /* as written: other names of the column */
    size_t alias_count;
    char **several; /* of a name: signs and words that stand between two of them */
    size_t several_count;
    char **spares; /* names of another column that are this one's when two cells of a header name that one */
    size_t spare_count;
    bool outside; /* of a reference: what the other ledger lacks is kept as typed, as something outside of it */
    const char *alternative; /* column of the referenced ledger tried when no key fits */
    unsigned line;
};

enum { UNIQUE_FIELDS = 4 };

struct unique {
    size_t fields[UNIQUE_FIELDS];
    size_t count;
};

enum { IDENTITY_FIELDS = 8 };

/* Columns that together tell what a row is about. Two rows are about the same when each of these is filled in in both
 * and means the same, however it is spelled; what is optional may be blank in both. */
struct identity {
    size_t fields[IDENTITY_FIELDS];
    bool optional[IDENTITY_FIELDS];
    size_t count;
};

/* A row for which the expression is false is rejected, or only pointed out. */
struct rule {
    const char *name, *sql, *message;
    const size_t *fields; /* the columns that it names */
    size_t field_count;
    bool rejects;
    unsigned line;
};

/* A column that no file has: made of the others of its row, and of the period, by SQL. */
struct derivation {
    struct field field;
    const char *sql;       /* NULL: a number of whom or what the row is about, told by `same` */
    struct identity *same; /* surest first */
    size_t same_count;
};

/* A column that must not be there at all, as a voter's name beside a secret ballot: a table with a header that holds
 * one of these names is not read. */
struct forbidden {
    const char *name, *message;
    const char **labels; /* text_label of each name */
    size_t label_count;
};

struct schema {
    const char *file, *name, *label;
    struct field *fields;
    size_t field_count;
    struct unique *uniques; /* the first is the key */
    size_t unique_count;
    struct identity *same; /* ways to tell that two rows are one case, surest first */
    size_t same_count;
    int carry;             /* field that takes the text of the group row above when its own cell is blank, -1: none */
    int unit;              /* field by which a row belongs to a unit, -1: none */
    int tree, title, kind; /* of the ledger of units: parent, name, kind; -1 elsewhere */
    char **synonyms; /* words that begin a unit's name and mean the same, as «đảng ủy» and «đảng bộ» */
    size_t synonym_count;
    int from, to, merged;    /* and its first day, its last, the unit it was merged into; -1: not kept */
    bool alone;              /* other sheets of its file are not looked at: a report's own workbook */
    const char *public_rows; /* SQL: which rows the public may see one by one; NULL: all */
    unsigned public_line;
    struct rule *rules;
    size_t rule_count;
    struct derivation *derivations;
    size_t derivation_count;
    struct forbidden *forbidden;
    size_t forbidden_count;
    struct map labels; /* header names (text_label) to the field's index */
};

struct schemas {
    struct schema *schemas;
    size_t count;
    struct vocabulary **vocabularies;
    size_t vocabulary_count;
};

enum { SCHEMA_FIELDS = 62 }; /* SQLite tells used columns in 64 bits, the last of which stands for all beyond */

/* Reads <folder>/vocabularies and <folder>/ledgers; NULL after saying all that is wrong. */
struct schemas *schemas_read(struct arena *arena, struct diagnostics *diagnostics, const char *folder);
void schemas_free(struct schemas *schemas);
const struct schema *schemas_find(const struct schemas *schemas, const char *name);
int schema_field(const struct schema *schema, const char *name);
bool schema_in_key(const struct schema *schema, size_t field);
const struct derivation *schema_derivation(const struct schema *schema, const char *name);
/* The forbidden column that a header name (text_label) holds as whole words; NULL: none. */
const struct forbidden *schema_forbidden(const struct schema *schema, const char *label);
/* What a cell of the field must be, in words: "ngày", "số nguyên", … */
const char *field_expectation(const struct field *field, const struct diagnostics *diagnostics);
/* What fits the field's pattern: its example, else the pattern itself. */
const char *field_example(const struct field *field, const struct diagnostics *diagnostics);

#endif
