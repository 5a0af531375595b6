/* outbox.h - documents that are whole and stand aside, until they take their places together.
 *
 * To sync each file costs more than to make it. A batch syncs the file system once for some dozens of documents and
 * only then renames them, so that as before a name never stands for less than the whole file; a run that is killed
 * loses those that still stood aside, and the next one makes them. */
#ifndef TONGKET_OUTBOX_H
#define TONGKET_OUTBOX_H

#include "app/job.h"

enum { OUTBOX_ROOM = 64 };

/* What is in it lives in its arena. */
struct outbox {
    struct job *job;
    const struct template *template;
    struct arena *arena;
    struct posted {
        const char *stem, *why;
        enum made made;
        unsigned char *told;
    } posted[OUTBOX_ROOM];
    size_t count;
};

struct outbox outbox_open(struct job *job, const struct template *template);
/* Takes a document: MADE_WRITTEN when its files stand aside. What becomes of it is told, and logged in the order of
 * adding, when it is sent: the first OUTBOX_ROOM of them when they are too many, or by outbox_close(). */
void outbox_add(struct outbox *outbox, const char *stem, enum made made, const char *why, unsigned char *told);
void outbox_close(struct outbox *outbox);

#endif
