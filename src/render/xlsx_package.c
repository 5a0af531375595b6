/* xlsx_package.c - the files that libxlsxwriter makes a workbook of: its parts, and the ZIP they are packed into.
 *
 * The library writes each of some twenty parts to a temporary file, reads it again, and has minizip pack it, at a level
 * that takes half of a small workbook's time; and it does not look whether a temporary file could be written, so that a
 * full disk would give a workbook cut short and no error. lxw_tmpfile() and the five functions of minizip that it calls
 * are therefore defined here, and being the program's own they are linked instead of the libraries'. A part stands in
 * memory, what is more than a megabyte of it on the disk; a part of a megabyte is packed at once, a longer one as a
 * stream.
 *
 *   [local header, name, packed part]…  [central header, name]…  [end of central directory]
 *
 * One workbook is made at a time, so what has failed is kept in one place. */
#include "render/xlsx_package.h"

#include "base/arena.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/root.h"
#include "render/deflate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter/third_party/zip.h>
#include <xlsxwriter/utility.h>

enum { WHOLE = 1 << 20, OUT_ROOM = 1 << 16 };

static int failure;

static void fail(int error) {
    if (!failure)
        failure = error ? error : EIO;
}

int xlsx_package_error(void) {
    int error = failure;
    failure = 0;
    return error;
}

/* ---- Parts ------------------------------------------------------------------------------------------------------ */

struct part {
    struct buffer head; /* the first megabyte */
    int rest;           /* the file that holds what is behind it; -1: none yet */
    const char *folder;
    off64_t length, at; /* all that was written; where the next byte is read */
};

/* The library writes a part from its beginning to its end, and then reads it. */
static ssize_t write_part(void *cookie, const char *bytes, size_t length) {
    struct part *part = cookie;
    size_t room = WHOLE - part->head.length, first = length < room ? length : room;
    buffer_add(&part->head, bytes, first);
    if (first < length && part->rest < 0 && (part->rest = file_scratch(part->folder)) < 0)
        fail(errno);
    for (size_t done = first; done < length && part->rest >= 0;) {
        ssize_t put = pwrite(part->rest, bytes + done, length - done, part->length + (off64_t)done - WHOLE);
        if (put <= 0) {
            fail(put ? errno : EIO);
            break;
        }
        done += (size_t)put;
    }
    part->length += (off64_t)length;
    return (ssize_t)length;
}

static ssize_t read_part(void *cookie, char *bytes, size_t length) {
    struct part *part = cookie;
    ssize_t got = 0;
    if (part->at < (off64_t)part->head.length) {
        size_t left = part->head.length - (size_t)part->at;
        got = (ssize_t)(length < left ? length : left);
        memcpy(bytes, part->head.text + part->at, (size_t)got);
    } else if (part->rest >= 0) {
        got = pread(part->rest, bytes, length, part->at - WHOLE);
        if (got < 0)
            fail(errno);
    }
    part->at += got > 0 ? got : 0;
    return got;
}

static int seek_part(void *cookie, off64_t *offset, int from) {
    struct part *part = cookie;
    off64_t at = *offset + (from == SEEK_CUR ? part->at : from == SEEK_END ? part->length : 0);
    if (at < 0)
        return -1;
    part->at = *offset = at;
    return 0;
}

static int close_part(void *cookie) {
    struct part *part = cookie;
    if (part->rest >= 0)
        close(part->rest);
    buffer_free(&part->head);
    free(part);
    return 0;
}

FILE *lxw_tmpfile(char *folder) {
    static const cookie_io_functions_t functions = {
        .read = read_part, .write = write_part, .seek = seek_part, .close = close_part};
    struct part *part = memory_resize(NULL, sizeof *part);
    *part = (struct part){.rest = -1, .folder = folder && *folder ? folder : "."};
    FILE *file = fopencookie(part, "w+", functions);
    if (!file)
        memory_fail();
    __fsetlocking(file, FSETLOCKING_BYCALLER); /* thousands of short calls, by one thread */
    return file;
}

/* ---- The archive ------------------------------------------------------------------------------------------------ */

struct archive {
    int file;
    struct buffer out, directory; /* what is not yet in the file; the central headers so far */
    uint64_t written;             /* bytes in the file and in `out` */
    unsigned count;
    /* the entry at work */
    char name[FILENAME_MAX];
    struct buffer whole, packed;
    struct deflater *deflater; /* NULL: it has not grown too long to be packed whole */
    uint32_t crc;
    uint64_t length;
};

static void flush(struct archive *archive) {
    const char *bytes = archive->out.text;
    for (size_t left = archive->out.length; left && !failure;) {
        ssize_t put = write(archive->file, bytes, left);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0) {
            fail(put ? errno : EIO);
            break;
        }
        bytes += put;
        left -= (size_t)put;
    }
    buffer_clear(&archive->out);
}

static void add_out(struct archive *archive, const char *bytes, size_t length) {
    buffer_add(&archive->out, bytes, length);
    archive->written += length;
    if (archive->out.length >= OUT_ROOM)
        flush(archive);
}

static void add_16(struct buffer *out, unsigned number) {
    buffer_add(out, (const char[]){(char)(number & 0xff), (char)(number >> 8 & 0xff)}, 2);
}

static void add_32(struct buffer *out, uint64_t number) {
    if (number > UINT32_MAX)
        fail(EFBIG); /* a workbook of more than 4 GB is none that Excel opens */
    add_16(out, (unsigned)(number & 0xffff));
    add_16(out, (unsigned)(number >> 16 & 0xffff));
}

/* What a local and a central header have in common. All entries are of the first day that a ZIP can tell. */
static void add_entry(struct buffer *out, const struct archive *archive) {
    enum { VERSION = 20, DEFLATED = 8, DAY = 1 << 5 | 1 };
    add_16(out, VERSION);
    add_16(out, 0);
    add_16(out, DEFLATED);
    add_16(out, 0);
    add_16(out, DAY);
    add_32(out, archive->crc);
    add_32(out, archive->packed.length);
    add_32(out, archive->length);
    add_16(out, (unsigned)strlen(archive->name));
    add_16(out, 0);
}

zipFile zipOpen(const char *path, int append) {
    (void)append;
    struct archive *archive = memory_resize(NULL, sizeof *archive);
    *archive = (struct archive){.file = root_create(path)};
    if (archive->file < 0)
        fail(errno);
    return archive;
}

int zipOpenNewFileInZip4_64(zipFile file, const char *name, const zip_fileinfo *info, const void *local,
                            uInt local_size, const void *global, uInt global_size, const char *comment, int method,
                            int level, int raw, int window_bits, int memory_level, int strategy, const char *password,
                            uLong crc, uLong version, uLong flags, int zip64) {
    struct archive *archive = file;
    (void)info, (void)local, (void)local_size, (void)global, (void)global_size, (void)comment, (void)method;
    (void)level, (void)raw, (void)window_bits, (void)memory_level, (void)strategy, (void)password, (void)crc;
    (void)version, (void)flags, (void)zip64;
    snprintf(archive->name, sizeof archive->name, "%s", name);
    buffer_clear(&archive->whole);
    buffer_clear(&archive->packed);
    archive->crc = 0;
    archive->length = 0;
    return ZIP_OK;
}

static void pack_stream(struct archive *archive, bool last) {
    if (!archive->deflater)
        archive->deflater = deflater_new();
    deflater_add(archive->deflater, &archive->packed, archive->whole.text, archive->whole.length, last);
    buffer_clear(&archive->whole);
}

int zipWriteInFileInZip(zipFile file, const void *bytes, unsigned length) {
    struct archive *archive = file;
    buffer_add(&archive->whole, bytes, length);
    archive->length += length;
    archive->crc = deflate_crc(archive->crc, bytes, length);
    if (archive->length > WHOLE)
        pack_stream(archive, false);
    return ZIP_OK;
}

int zipCloseFileInZip(zipFile file) {
    struct archive *archive = file;
    if (archive->deflater)
        pack_stream(archive, true);
    else
        deflate_raw(&archive->packed, buffer_string(&archive->whole), archive->whole.length);
    deflater_free(archive->deflater);
    archive->deflater = NULL;

    struct buffer *directory = &archive->directory, header = {0};
    buffer_add(directory, "PK\1\2\24\0", 6);
    add_entry(directory, archive);
    buffer_add(directory, "\0\0\0\0\0\0\0\0\0\0", 10); /* no comment, disk 0, no attributes */
    add_32(directory, archive->written);
    buffer_text(directory, archive->name);
    archive->count++;

    buffer_add(&header, "PK\3\4", 4);
    add_entry(&header, archive);
    buffer_text(&header, archive->name);
    add_out(archive, header.text, header.length);
    add_out(archive, buffer_string(&archive->packed), archive->packed.length);
    buffer_free(&header);
    return ZIP_OK;
}

int zipClose(zipFile file, const char *comment) {
    (void)comment;
    struct archive *archive = file;
    struct buffer end = {0};
    buffer_add(&end, "PK\5\6\0\0\0\0", 8);
    add_16(&end, archive->count);
    add_16(&end, archive->count);
    add_32(&end, archive->directory.length);
    add_32(&end, archive->written);
    add_16(&end, 0);
    add_out(archive, buffer_string(&archive->directory), archive->directory.length);
    add_out(archive, end.text, end.length);
    if (archive->file >= 0)
        flush(archive);
    if (archive->file >= 0 && close(archive->file) != 0)
        fail(errno);
    buffer_free(&end);
    buffer_free(&archive->out);
    buffer_free(&archive->directory);
    buffer_free(&archive->whole);
    buffer_free(&archive->packed);
    free(archive);
    return ZIP_OK;
}
