/* file.c - reading, listing, and writing so that a file is whole or not there. */
#include "base/file.h"

#include "base/root.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *file_reason(const struct diagnostics *diagnostics, int error) {
    static const struct reason known[] = {
        {ENOENT, "không có tệp hoặc thư mục này", "no such file or folder"},
        {EACCES, "không có quyền", "permission denied"},
        {EPERM, "không có quyền", "operation not permitted"},
        {ENOSPC, "đĩa đầy", "no space left on device"},
        {EDQUOT, "hết hạn mức đĩa", "disk quota exceeded"},
        {EROFS, "đĩa chỉ cho đọc", "read-only file system"},
        {EISDIR, "đây là thư mục", "is a folder"},
        {ENOTDIR, "có tệp ở chỗ cần thư mục", "not a folder"},
        {EEXIST, "có tệp ở chỗ cần thư mục", "a file stands where a folder is needed"},
        {EFBIG, "tệp vượt giới hạn cho phép", "file too large"},
        {EIO, "lỗi đọc ghi đĩa", "input/output error"},
        {ENOMEM, "không đủ bộ nhớ", "out of memory"},
        {EMFILE, "mở quá nhiều tệp cùng lúc", "too many open files"},
        {ENFILE, "mở quá nhiều tệp cùng lúc", "too many open files in system"},
        {ENAMETOOLONG, "tên tệp quá dài", "file name too long"},
        {ELOOP, "là một liên kết, không đi theo; hãy chép tệp thật vào chỗ này",
         "is a link, which is not followed; put the file itself here"},
        {ETXTBSY, "tệp đang được chương trình khác dùng", "the file is in use by another program"},
        {EBUSY, "tệp đang được chương trình khác dùng", "the file is in use by another program"},
        {ENODEV, "không phải tệp thường", "not an ordinary file"},
        {ENXIO, "không phải tệp thường", "not an ordinary file"},
    };
    const char *reason = diagnose_reason(diagnostics, known, sizeof known / sizeof *known, error);
    return reason ? reason : strerror(error);
}

/* What the names of files not yet whole begin with. */
#define ASIDE ".tongket-"

void file_unwritten(struct diagnostics *diagnostics, const char *path, int error) {
    const char *name = path_name(path);
    if (strncmp(name, ASIDE, sizeof ASIDE - 1) == 0)
        path = arena_printf(diagnostics->arena, "%.*s%s", (int)(name - path), path, name + sizeof ASIDE - 1);
    diagnose(diagnostics, FILE_WRITE, NULL, path, file_reason(diagnostics, error));
}

static void say(struct diagnostics *diagnostics, bool reading, const char *path, int error) {
    if (reading)
        diagnose(diagnostics, FILE_READ, NULL, path, file_reason(diagnostics, error));
    else
        file_unwritten(diagnostics, path, error);
}

char *file_read(struct arena *arena, struct diagnostics *diagnostics, const char *path, size_t *length) {
    struct stat status;
    int file = root_open(path, O_RDONLY);
    if (file < 0 || fstat(file, &status) != 0 || S_ISDIR(status.st_mode)) {
        say(diagnostics, true, path, file < 0 ? errno : EISDIR);
        if (file >= 0)
            close(file);
        return NULL;
    }
    size_t room = (size_t)status.st_size, used = 0;
    char *text = arena_alloc(arena, room + 1);
    while (used < room) {
        ssize_t got = read(file, text + used, room - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            say(diagnostics, true, path, errno);
            close(file);
            return NULL;
        }
        if (got == 0)
            break;
        used += (size_t)got;
    }
    close(file);
    text[used] = '\0';
    *length = used;
    return text;
}

struct file_stamp file_stamp(const char *path) {
    struct stat status;
    if (root_stat(path, &status) != 0)
        return (struct file_stamp){0};
    return (struct file_stamp){.device = status.st_dev,
                               .inode = status.st_ino,
                               .size = (size_t)status.st_size,
                               .second = status.st_mtim.tv_sec,
                               .nanosecond = status.st_mtim.tv_nsec};
}

bool file_stamp_equal(const struct file_stamp *left, const struct file_stamp *right) {
    return left->device == right->device && left->inode == right->inode && left->size == right->size &&
           left->second == right->second && left->nanosecond == right->nanosecond;
}

FILE *file_stream(const char *path) {
    int file = root_open(path, O_RDONLY);
    return file < 0 ? NULL : fdopen(file, "rb");
}

bool file_exists(const char *path) {
    struct stat status;
    return root_stat(path, &status) == 0 && S_ISREG(status.st_mode);
}

bool folder_exists(const char *path) {
    struct stat status;
    return root_stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

static bool is_there(struct diagnostics *diagnostics, const char *path, mode_t kind) {
    struct stat status;
    if (root_stat(path, &status) == 0)
        return (status.st_mode & S_IFMT) == kind;
    if (errno != ENOENT && errno != ENOTDIR)
        say(diagnostics, true, path, errno);
    return false;
}

bool file_there(struct diagnostics *diagnostics, const char *path) {
    return is_there(diagnostics, path, S_IFREG);
}

bool folder_there(struct diagnostics *diagnostics, const char *path) {
    return is_there(diagnostics, path, S_IFDIR);
}

struct listing {
    struct arena *arena;
    struct diagnostics *diagnostics;
    char **paths;
    size_t count, capacity;
    struct entered { /* the folders from the first one down to the one that is listed */
        const struct entered *above;
        dev_t device;
        ino_t inode;
    } const *entered;
};

enum { LISTED_DEPTH = 16 };

static bool was_entered(const struct entered *entered, const struct stat *folder) {
    for (; entered; entered = entered->above)
        if (entered->device == folder->st_dev && entered->inode == folder->st_ino)
            return true;
    return false;
}

static bool list_into(struct listing *listing, const char *folder, int depth);

/* An entry that cannot be looked at, a link that is not followed, and what is neither file nor folder are all said: an
 * input that is left out without a word makes a report of other figures. */
static bool list_entry(struct listing *listing, const char *folder, const char *name, int depth) {
    char *path = arena_printf(listing->arena, "%s/%s", folder, name);
    struct stat status;
    if (root_stat(path, &status) != 0) {
        int error = errno;
        /* A link back to a folder above has nothing new to show. */
        if (error == ELOOP && stat(path, &status) == 0 && was_entered(listing->entered, &status))
            return true;
        say(listing->diagnostics, true, path, error);
        return false;
    }
    if (S_ISDIR(status.st_mode)) {
        if (depth == 0 || was_entered(listing->entered, &status))
            return true;
        const struct entered entered = {listing->entered, status.st_dev, status.st_ino}, *above = listing->entered;
        listing->entered = &entered;
        bool good = list_into(listing, path, depth - 1);
        listing->entered = above;
        return good;
    }
    if (!S_ISREG(status.st_mode)) {
        say(listing->diagnostics, true, path, ENODEV);
        return false;
    }
    listing->paths =
        arena_grow(listing->arena, listing->paths, &listing->capacity, listing->count + 1, sizeof *listing->paths);
    listing->paths[listing->count++] = path;
    return true;
}

static bool list_into(struct listing *listing, const char *folder, int depth) {
    int opened = root_open(folder, O_RDONLY | O_DIRECTORY);
    DIR *open_folder = opened < 0 ? NULL : fdopendir(opened);
    if (!open_folder) {
        say(listing->diagnostics, true, folder, errno);
        return false;
    }
    bool good = true;
    for (;;) {
        errno = 0;
        const struct dirent *entry = readdir(open_folder);
        if (!entry && errno) {
            say(listing->diagnostics, true, folder, errno);
            good = false;
        }
        if (!entry)
            break;
        if (entry->d_name[0] != '.' && strncmp(entry->d_name, "~$", 2) != 0)
            good = list_entry(listing, folder, entry->d_name, depth) && good;
    }
    closedir(open_folder);
    return good;
}

static int compare_paths(const void *left, const void *right) {
    return strcmp(*(char *const *)left, *(char *const *)right);
}

int folder_list(struct arena *arena, struct diagnostics *diagnostics, const char *folder, bool deep, char ***paths) {
    struct listing listing = {.arena = arena, .diagnostics = diagnostics};
    struct stat status;
    struct entered entered = {0};
    if (root_stat(folder, &status) == 0)
        entered = (struct entered){NULL, status.st_dev, status.st_ino};
    listing.entered = &entered;
    if (!list_into(&listing, folder, deep ? LISTED_DEPTH : 0))
        return -1;
    if (listing.count)
        qsort(listing.paths, listing.count, sizeof *listing.paths, compare_paths);
    *paths = listing.paths;
    return (int)listing.count;
}

bool folder_make(struct diagnostics *diagnostics, const char *path) {
    if (folder_exists(path)) /* as for all documents of a batch but the first */
        return true;
    char *copy = strdup(path);
    if (!copy)
        return false;
    bool good = true;
    for (char *slash = copy + 1; good; slash++) {
        if (*slash && *slash != '/')
            continue;
        char kept = *slash;
        *slash = '\0';
        const int error = root_make_folder(copy) == 0 ? 0 : errno;
        if (error && (error != EEXIST || !folder_exists(copy))) {
            say(diagnostics, false, copy, error);
            good = false;
        }
        *slash = kept;
        if (!kept)
            break;
    }
    free(copy);
    return good;
}

const char *file_aside(struct arena *arena, const char *path) {
    const char *name = path_name(path);
    return arena_printf(arena, "%.*s%s%s", (int)(name - path), path, ASIDE, name);
}

void file_discard(const char *aside) {
    root_unlink(aside);
}

int file_scratch(const char *folder) {
    int file = root_open(folder, O_TMPFILE | O_RDWR);
    if (file >= 0 || (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL))
        return file;
    /* A file system that knows only files with names: a killed run leaves one that the next one sweeps up. */
    char *path = NULL;
    if (asprintf(&path, "%s/" ASIDE "scratch-%ld", folder, (long)getpid()) < 0)
        return -1;
    file = root_create(path);
    if (file >= 0)
        root_unlink(path);
    free(path);
    return file;
}

enum { SWEPT_DEPTH = 3 }; /* no deeper than outputs are made: <period>/public/<report> */

static void sweep(const char *folder, int depth) {
    int opened = root_open(folder, O_RDONLY | O_DIRECTORY);
    DIR *open_folder = opened < 0 ? NULL : fdopendir(opened);
    const struct dirent *entry;
    while (open_folder && (entry = readdir(open_folder))) {
        char *path = NULL;
        struct stat status;
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0 ||
            asprintf(&path, "%s/%s", folder, entry->d_name) < 0)
            continue;
        if (strncmp(entry->d_name, ASIDE, strlen(ASIDE)) == 0)
            file_discard(path);
        else if (depth > 0 && entry->d_name[0] != '.' && root_stat(path, &status) == 0 && S_ISDIR(status.st_mode))
            sweep(path, depth - 1);
        free(path);
    }
    if (open_folder)
        closedir(open_folder);
}

void folder_sweep(const char *folder) {
    sweep(folder, SWEPT_DEPTH);
}

void file_settle(const char *path) {
    char *folder = strndup(path, (size_t)(path_name(path) - path));
    int opened = folder ? root_open(*folder ? folder : ".", O_RDONLY | O_DIRECTORY) : -1;
    if (opened >= 0) {
        fsync(opened);
        close(opened);
    }
    free(folder);
}

bool file_place(struct diagnostics *diagnostics, const char *aside, const char *path) {
    if (root_rename(aside, path) == 0)
        return true;
    int error = errno;
    file_discard(aside);
    say(diagnostics, false, path, error);
    return false;
}

bool file_publish(struct diagnostics *diagnostics, const char *aside, const char *path) {
    int file = root_open(aside, O_RDONLY);
    bool good = file >= 0 && fchmod(file, 0600) == 0 && fsync(file) == 0;
    int error = errno;
    if (file >= 0)
        close(file);
    if (good) {
        good = file_place(diagnostics, aside, path);
        file_settle(path);
        return good;
    }
    file_discard(aside);
    say(diagnostics, false, path, error);
    return false;
}

bool folder_sync(const char *folder) {
    int opened = root_open(folder, O_RDONLY | O_DIRECTORY);
    bool good = opened >= 0 && syncfs(opened) == 0;
    if (opened >= 0)
        close(opened);
    return good;
}

struct outfile outfile_open(struct arena *arena, struct diagnostics *diagnostics, const char *path) {
    struct outfile out = {.arena = arena, .diagnostics = diagnostics, .path = path};
    out.file = root_create(file_aside(arena, path));
    out.error = out.file < 0 ? errno : 0;
    return out;
}

void outfile_add(struct outfile *out, const char *bytes, size_t length) {
    while (!out->error && length) {
        ssize_t put = write(out->file, bytes, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0) {
            out->error = errno;
            return;
        }
        bytes += put;
        length -= (size_t)put;
    }
}

bool outfile_close(struct outfile *out) {
    const char *aside = file_aside(out->arena, out->path);
    if (out->file >= 0 && close(out->file) != 0 && !out->error)
        out->error = errno;
    if (out->error) {
        file_discard(aside);
        say(out->diagnostics, false, out->path, out->error);
        return false;
    }
    return file_publish(out->diagnostics, aside, out->path);
}

bool file_write(struct arena *arena, struct diagnostics *diagnostics, const char *path, const char *bytes,
                size_t length) {
    struct outfile out = outfile_open(arena, diagnostics, path);
    outfile_add(&out, bytes, length);
    return outfile_close(&out);
}

const char *path_join(struct arena *arena, const char *folder, const char *name) {
    return strcmp(folder, ".") == 0 ? arena_text(arena, name) : arena_printf(arena, "%s/%s", folder, name);
}

const char *path_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *path_extension(const char *path) {
    const char *dot = strrchr(path_name(path), '.');
    return dot ? dot + 1 : "";
}

const char *path_stem(struct arena *arena, const char *path) {
    const char *name = path_name(path), *dot = strrchr(name, '.');
    return arena_copy(arena, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}
