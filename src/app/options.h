/* options.h - the words on the command line. */
#ifndef TONGKET_OPTIONS_H
#define TONGKET_OPTIONS_H

#include "base/diagnose.h"
#include "base/period.h"

#include <stdbool.h>
#include <stddef.h>

struct options {
    const char *command;
    char **operands; /* behind the command */
    size_t operand_count;
    const char *workspace;      /* -C */
    const char *output;         /* --output, "outputs" */
    const char *period, *as_of; /* as given; NULL: not */
    const char *unit, *format;  /* same */
    const char *each;           /* --each KIND */
    unsigned jobs;              /* --jobs, at least 1 */
    bool skip_empty, catch_up;
    bool templates;       /* --templates of check: also what its authors may want to know */
    const char *sheet;    /* --sheet of cells */
    const char *audience; /* internal or public; NULL: not given */
    bool public_, quiet, json, help, version;
};

/* False after saying what is wrong. */
bool options_parse(struct options *options, int count, char **words, struct diagnostics *diagnostics);
/* The help of a command, or of the whole when it is NULL. */
void help_print(const char *command, enum language language);

#endif
