/* root.c - every file is opened below a folder that was opened once, and no link of a stranger is followed there. */
#include "base/root.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { ROOTS = 4 };

/* Like the working folder these are the process's; workers of a batch have them from their parent. */
static struct root {
    char name[PATH_MAX];
    enum root_links links;
    int folder; /* -1: not opened yet */
} roots[ROOTS];
static size_t root_count;

bool root_is_owners(const struct stat *status) {
    return status->st_uid == geteuid() || status->st_uid == 0;
}

void root_name(const char *folder, enum root_links links) {
    for (size_t i = 0; i < root_count; i++)
        if (strcmp(roots[i].name, folder) == 0) {
            roots[i].links = links;
            return;
        }
    if (root_count == ROOTS || strlen(folder) >= PATH_MAX)
        return;
    struct root *root = &roots[root_count++];
    snprintf(root->name, sizeof root->name, "%s", folder);
    root->links = links;
    root->folder = -1;
}

/* The root that the path lies in, and what of the path is below it ("" for the root itself); NULL: none. */
static struct root *find_root(const char *path, const char **below) {
    for (size_t i = 0; i < root_count; i++) {
        size_t length = strlen(roots[i].name);
        if (strncmp(path, roots[i].name, length) != 0 || (path[length] && path[length] != '/'))
            continue;
        for (*below = path + length; **below == '/';)
            ++*below;
        return &roots[i];
    }
    return NULL;
}

static bool follows(const struct root *root, const struct stat *link) {
    return root->links == ROOT_LINKS_ALL || (root->links == ROOT_LINKS_OWNER && root_is_owners(link));
}

/* An entry of a folder. A link is followed only where the root allows it. */
static int open_entry(const struct root *root, int folder, const char *name, int flags) {
    struct stat link;
    int opened = openat(folder, name, flags | O_NOFOLLOW | O_CLOEXEC, 0600), error = errno;
    if (opened >= 0 || (error != ELOOP && error != ENOTDIR))
        return opened;
    if (fstatat(folder, name, &link, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISLNK(link.st_mode)) {
        errno = error;
        return -1;
    }
    if (!(flags & O_CREAT) && follows(root, &link))
        return openat(folder, name, flags | O_CLOEXEC);
    errno = ELOOP;
    return -1;
}

static bool open_root(struct root *root) {
    const struct root own = {.links = ROOT_LINKS_OWNER};
    if (root->folder < 0)
        root->folder = open_entry(&own, AT_FDCWD, root->name, O_PATH | O_DIRECTORY);
    return root->folder >= 0;
}

/* The folder that the path's last name stands in, to be closed with leave(); the last name, "." for the root itself. */
static int enter(struct root *root, const char *below, char name[NAME_MAX + 1]) {
    if (!open_root(root))
        return -1;
    int folder = root->folder;
    snprintf(name, NAME_MAX + 1, ".");
    while (*below) {
        size_t length = strcspn(below, "/");
        const char *next = below + length + strspn(below + length, "/");
        if (length > NAME_MAX || (length == 2 && memcmp(below, "..", 2) == 0)) {
            errno = length > NAME_MAX ? ENAMETOOLONG : EACCES;
        } else {
            memcpy(name, below, length);
            name[length] = '\0';
            if (!*next)
                return folder;
            int inner = open_entry(root, folder, name, O_PATH | O_DIRECTORY), error = errno;
            if (folder != root->folder)
                close(folder);
            if (inner >= 0) {
                folder = inner;
                below = next;
                continue;
            }
            errno = error;
            return -1;
        }
        int error = errno;
        if (folder != root->folder)
            close(folder);
        errno = error;
        return -1;
    }
    return folder;
}

static int leave(const struct root *root, int folder, int result) {
    int error = errno;
    if (folder != root->folder)
        close(folder);
    errno = error;
    return result;
}

/* What is read must be a file or a folder: a FIFO or a device would make the run wait for ever. */
static int only_ordinary(int opened, int flags) {
    struct stat status;
    if (opened < 0 || (flags & (O_WRONLY | O_RDWR | O_PATH)))
        return opened;
    bool known = fstat(opened, &status) == 0;
    if (known && (S_ISREG(status.st_mode) || S_ISDIR(status.st_mode)))
        return opened;
    int error = known ? ENODEV : errno;
    close(opened);
    errno = error;
    return -1;
}

int root_open(const char *path, int flags) {
    const char *below;
    char name[NAME_MAX + 1];
    struct root *root = find_root(path, &below);
    flags |= O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    if (!root)
        return only_ordinary(open(path, flags, 0600), flags);
    int folder = enter(root, below, name);
    if (folder < 0)
        return -1;
    return only_ordinary(leave(root, folder, open_entry(root, folder, name, flags)), flags);
}

int root_stat(const char *path, struct stat *status) {
    const char *below;
    char name[NAME_MAX + 1];
    struct root *root = find_root(path, &below);
    if (!root)
        return stat(path, status);
    int folder = enter(root, below, name);
    if (folder < 0)
        return -1;
    int result = fstatat(folder, name, status, AT_SYMLINK_NOFOLLOW);
    if (result == 0 && S_ISLNK(status->st_mode)) {
        bool followed = follows(root, status);
        result = followed ? fstatat(folder, name, status, 0) : -1;
        if (!followed)
            errno = ELOOP;
    }
    return leave(root, folder, result);
}

int root_create(const char *path) {
    enum { TRIES = 3 }; /* somebody may put the name back as fast as it is removed */
    int created = -1;
    for (int i = 0; i < TRIES && created < 0; i++) {
        created = root_open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW);
        if (created < 0 && (errno != EEXIST || root_unlink(path) != 0))
            break;
    }
    return created;
}

int root_unlink(const char *path) {
    const char *below;
    char name[NAME_MAX + 1];
    struct root *root = find_root(path, &below);
    if (!root)
        return unlink(path);
    int folder = enter(root, below, name);
    return folder < 0 ? -1 : leave(root, folder, unlinkat(folder, name, 0));
}

int root_rename(const char *from, const char *to) {
    const char *below_from, *below_to;
    char name_from[NAME_MAX + 1], name_to[NAME_MAX + 1];
    struct root *root_from = find_root(from, &below_from), *root_to = find_root(to, &below_to);
    if (!root_from || !root_to)
        return rename(from, to);
    int old = enter(root_from, below_from, name_from);
    if (old < 0)
        return -1;
    int new = enter(root_to, below_to, name_to);
    int result = new < 0 ? -1 : renameat(old, name_from, new, name_to);
    if (new >= 0)
        leave(root_to, new, 0);
    return leave(root_from, old, result);
}

int root_make_folder(const char *path) {
    const char *below;
    char name[NAME_MAX + 1];
    struct root *root = find_root(path, &below);
    if (!root || !*below)
        return mkdir(path, 0700);
    int folder = enter(root, below, name);
    return folder < 0 ? -1 : leave(root, folder, mkdirat(folder, name, 0700));
}
