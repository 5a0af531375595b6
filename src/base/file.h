/* file.h - reading, listing, and writing so that a file is whole or not there. */
#ifndef TONGKET_FILE_H
#define TONGKET_FILE_H

#include "base/arena.h"
#include "base/diagnose.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* What an errno means, in the language of the run. */
const char *file_reason(const struct diagnostics *diagnostics, int error);
/* FILE_WRITE about a file; of one that is written aside (see file_aside()) the place it was meant for is named. */
void file_unwritten(struct diagnostics *diagnostics, const char *path, int error);
/* The whole file with a NUL behind it; NULL after saying why not. */
char *file_read(struct arena *arena, struct diagnostics *diagnostics, const char *path, size_t *length);
/* What tells whether a file is another or was written to; all 0 when it cannot be told. */
struct file_stamp {
    uint64_t device, inode;
    size_t size;
    int64_t second, nanosecond;
};
struct file_stamp file_stamp(const char *path);
bool file_stamp_equal(const struct file_stamp *left, const struct file_stamp *right);
/* Opened for reading; NULL with errno. */
FILE *file_stream(const char *path);
bool file_exists(const char *path);
bool folder_exists(const char *path);
/* The same where what is not there changes a report: an error that is not absence is said (FILE_READ). */
bool file_there(struct diagnostics *diagnostics, const char *path);
bool folder_there(struct diagnostics *diagnostics, const char *path);

/* All regular files under a folder, sorted by their path; hidden ones and office programs' lock files (~$…) are left
 * out. Paths begin with the folder. -1 after saying why not. */
int folder_list(struct arena *arena, struct diagnostics *diagnostics, const char *folder, bool deep, char ***paths);
/* Makes the folder and those above it, 0700. */
bool folder_make(struct diagnostics *diagnostics, const char *path);

/* Where to write aside: "<folder>/.tongket-<name>". The caller writes there, then publishes or discards. */
const char *file_aside(struct arena *arena, const char *path);
/* Syncs what was written aside, sets 0600 and renames it to its place; on failure removes it and says why. */
bool file_publish(struct diagnostics *diagnostics, const char *aside, const char *path);
/* The same for what folder_sync() has synced already. */
bool file_place(struct diagnostics *diagnostics, const char *aside, const char *path);
/* Syncs the folder of a file that has taken its place: only then the name stays, whatever happens to the machine. */
void file_settle(const char *path);
/* Syncs all that was written to the file system the folder is on. */
bool folder_sync(const char *folder);
void file_discard(const char *aside);
/* A file without a name in the folder, to write and read, gone when it is closed; -1 with errno. */
int file_scratch(const char *folder);
/* Removes what an interrupted run wrote aside in a folder and below it. Only for whoever holds the folder's lock. */
void folder_sweep(const char *folder);
/* A file in the making, written aside. After a failure nothing more is written; closing says why. */
struct outfile {
    struct arena *arena;
    struct diagnostics *diagnostics;
    const char *path;
    int file, error; /* error: errno, 0: none */
};

struct outfile outfile_open(struct arena *arena, struct diagnostics *diagnostics, const char *path);
void outfile_add(struct outfile *out, const char *bytes, size_t length);
/* Publishes it; false after discarding it and saying why. */
bool outfile_close(struct outfile *out);
/* Writes and publishes bytes. */
bool file_write(struct arena *arena, struct diagnostics *diagnostics, const char *path, const char *bytes,
                size_t length);

/* "a/b.csv": folder "a", name "b.csv", stem "b", extension "csv". */
const char *path_join(struct arena *arena, const char *folder, const char *name);
const char *path_name(const char *path);
const char *path_stem(struct arena *arena, const char *path);
const char *path_extension(const char *path);

#endif
