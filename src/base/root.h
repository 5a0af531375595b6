/* root.h - every file is opened below a folder that was opened once, and no link of a stranger is followed there.
 *
 * The folders that a run works in (inputs, templates, outputs) are named once. A path that begins with one of them is
 * walked folder by folder, each opened relative to the one above and never through a link, so that whoever may write
 * into the workspace cannot lead the program elsewhere, not even while it runs. Any other path (a typeface, a file on
 * the command line) is opened as it is. Rejected: openat2(RESOLVE_BENEATH), which older kernels and containers do not
 * have. */
#ifndef TONGKET_BASE_ROOT_H
#define TONGKET_BASE_ROOT_H

#include <stdbool.h>
#include <sys/stat.h>

enum root_links {
    ROOT_LINKS_NONE,  /* no link is followed: what is written and what strangers send */
    ROOT_LINKS_OWNER, /* links that whoever runs the program, or root, has made: the owner's templates */
    ROOT_LINKS_ALL    /* a setting of the owner says so */
};

/* Names a folder, as paths begin with it; again: changes what is done about links. The folder itself may be a link when
 * it is the owner's. It need not exist yet. */
void root_name(const char *folder, enum root_links links);
/* Like open(); with O_CREAT the mode is 0600. What is opened for reading is a regular file or a folder, or the error is
 * ENODEV; a FIFO does not make it wait. -1 with errno, ELOOP for a link that is not followed. */
int root_open(const char *path, int flags);
/* Like stat(), by the same walk. */
int root_stat(const char *path, struct stat *status);
/* A new file that nobody else has opened: what stands at the name is removed first. -1 with errno. */
int root_create(const char *path);
int root_unlink(const char *path);
int root_rename(const char *from, const char *to);
int root_make_folder(const char *path);
/* Whether the link or file belongs to whoever runs the program, or to root. */
bool root_is_owners(const struct stat *status);

#endif
