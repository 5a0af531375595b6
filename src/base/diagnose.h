/* diagnose.h - the one channel through which anything is said about what went wrong.
 *
 * Functions return bool or a pointer; the why is always here. Findings are printed to the stream as they come, in the
 * language of the run, and kept for the reports' data notes. */
#ifndef TONGKET_DIAGNOSE_H
#define TONGKET_DIAGNOSE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum diagnostic {
#define D(code, name, severity, status, vi, en) DIAGNOSTIC_##code,
#include "base/diagnostics.def"
#undef D
    DIAGNOSTIC_COUNT
};

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };
enum language { LANGUAGE_VI, LANGUAGE_EN };

/* Where: everything but the file may be missing. Rows, columns and lines count from 1. */
struct place {
    const char *file, *sheet;
    unsigned row, column;
    const char *line; /* the template's line, shown with a caret under the column */
};

struct finding {
    enum diagnostic code;
    struct place place;
    const char *message;
};

struct diagnostics {
    struct arena *arena;
    FILE *stream; /* NULL: keep only */
    enum language language;
    bool quiet; /* notes are not printed */
    bool json;  /* a finding a line, for machines */
    int status;
    struct finding *findings;
    size_t count, capacity;
    size_t counts[DIAGNOSTIC_COUNT];
    size_t printed[DIAGNOSTIC_COUNT]; /* of the current file, see diagnostics_file() */
    const char *file;                 /* the current file, NULL between files; the caller's */
    /* Says what is still to be said about what came before, so that findings come in order; NULL: nothing waits. */
    void (*settle)(void *context);
    void *settle_context;
};

enum { DIAGNOSTICS_PER_FILE = 50, DIAGNOSTICS_KEPT = 10000 };

/* The words are const char *; at most nine. Lasting copies are made. `place` may be NULL. Answers the message, or NULL
 * when there were more of its kind than are kept. */
#define diagnose(diagnostics, code, place, ...)                                                                        \
    diagnose_words((diagnostics), DIAGNOSTIC_##code, (place), (const char *const[]){__VA_ARGS__, NULL})
const char *diagnose_words(struct diagnostics *diagnostics, enum diagnostic code, const struct place *place,
                           const char *const *words);
/* Begins a file: of each kind of finding the first fifty are printed, then how many more there were. NULL ends the
 * last. */
void diagnostics_file(struct diagnostics *diagnostics, const char *file);
const char *diagnostic_name(enum diagnostic code);
/* The exit status that it leads to. */
int diagnostic_status(enum diagnostic code);
enum severity diagnostic_severity(enum diagnostic code);
/* The place of a byte of a text that begins in line `first` of the file: line, column in characters, the line itself.
 */
struct place place_in_text(struct arena *arena, const char *file, unsigned first, const char *text, size_t offset);
/* "tệp.xlsx[Trang]:12:3", to stand in a message. */
const char *place_words(struct arena *arena, const struct place *place);
/* "; gần nhất: «x»", for the end of a message. */
const char *diagnose_hint(const struct diagnostics *diagnostics, const char *nearest);
/* The same for the candidate nearest to the text; "" when none is near. */
const char *diagnose_nearest(struct diagnostics *diagnostics, const char *text, const char *const *candidates,
                             size_t count);
/* The one of two texts that the run's language asks for. */
const char *diagnose_say(const struct diagnostics *diagnostics, const char *vi, const char *en);
/* What a number of the system or of a library means. */
struct reason {
    int code;
    const char *vi, *en;
};
/* The reason with that code, in the run's language; NULL when none has it. */
const char *diagnose_reason(const struct diagnostics *diagnostics, const struct reason *reasons, size_t count,
                            int code);

#endif
