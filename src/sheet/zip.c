/* zip.c - a workbook's package: parts in a zip file, through libzip. */
#include "sheet/zip.h"

#include "base/file.h"
#include "base/root.h"

#include <ctype.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

/* A sheet of a million rows by fourteen columns inflates to about 600 MB, at most 40 times its zipped size. */
static const uint64_t PART_BYTES = UINT64_C(4) << 30, FREE_BYTES = UINT64_C(128) << 20, RATIO = 50;

struct package {
    zip_t *zip;
    const char *path, *sheet;
    struct diagnostics *diagnostics;
    uint64_t size, inflated, allowed;
    bool looking;
};

struct part {
    struct package *package;
    const char *name;
    zip_file_t *file;
    uint64_t inflated;
};

void package_sheet(struct package *package, const char *sheet) {
    package->sheet = sheet;
}

struct place package_place(const struct package *package, unsigned row, size_t column) {
    return (struct place){.file = package->path, .sheet = package->sheet, .row = row, .column = (unsigned)column};
}

void package_look(struct package *package, bool looking) {
    package->looking = looking;
}

void package_damaged(struct package *package, const char *part, const char *reason) {
    struct place place = package_place(package, 0, 0);
    if (!package->looking)
        diagnose(package->diagnostics, FILE_DAMAGED, &place, part, reason);
}

void package_bomb(struct package *package, const char *part, const char *vi, const char *en) {
    struct place place = package_place(package, 0, 0);
    if (!package->looking)
        diagnose(package->diagnostics, FILE_BOMB, &place, part, diagnose_say(package->diagnostics, vi, en));
}

void package_limit(struct package *package, unsigned row, size_t column, const char *vi, const char *en) {
    struct place place = package_place(package, row, column);
    if (!package->looking)
        diagnose(package->diagnostics, FILE_LIMIT, &place, diagnose_say(package->diagnostics, vi, en));
}

/* What libzip's errors mean for whoever has to mend the file. */
static const char *zip_reason(const struct diagnostics *diagnostics, zip_error_t *error) {
    static const struct reason known[] = {
        {ZIP_ER_NOZIP, "không phải tệp nén, hoặc phần cuối tệp đã mất", "it is no zip file, or its end is missing"},
        {ZIP_ER_INCONS, "mục lục của tệp nén không khớp với nội dung", "its directory does not fit its contents"},
        {ZIP_ER_CRC, "sai tổng kiểm tra (CRC)", "its checksum is wrong (CRC)"},
        {ZIP_ER_ZLIB, "dữ liệu nén bị hỏng", "its compressed data is damaged"},
        {ZIP_ER_EOF, "tệp bị cụt", "it ends too early"},
        {ZIP_ER_READ, "lỗi đọc đĩa", "it cannot be read from the disk"},
        {ZIP_ER_SEEK, "lỗi đọc đĩa", "it cannot be read from the disk"},
        {ZIP_ER_OPEN, "không mở được tệp", "the file cannot be opened"},
        {ZIP_ER_NOENT, "không còn tệp này", "the file is gone"},
        {ZIP_ER_MULTIDISK, "tệp nén bị chia thành nhiều phần", "it is one part of a split zip file"},
        {ZIP_ER_COMPNOTSUPP, "kiểu nén này không đọc được", "it is compressed in a way that is not read"},
        {ZIP_ER_MEMORY, "không đủ bộ nhớ", "out of memory"},
    };
    int code = zip_error_code_zip(error);
    const char *reason = diagnose_reason(diagnostics, known, sizeof known / sizeof *known, code);
    return reason
               ? reason
               : arena_printf(diagnostics->arena, diagnose_say(diagnostics, "lỗi tệp nén số %d", "zip error %d"), code);
}

struct package *package_open(const char *path, struct diagnostics *diagnostics) {
    int code = ZIP_ER_OPEN, file = root_open(path, O_RDONLY);
    struct stat status;
    const bool known = file >= 0 && fstat(file, &status) == 0;
    zip_t *zip = file < 0 ? NULL : zip_fdopen(file, 0, &code); /* takes the file when it succeeds */
    if (!zip) {
        if (file >= 0)
            close(file);
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        diagnose(diagnostics, FILE_DAMAGED, (&(struct place){.file = path}), path_name(path),
                 zip_reason(diagnostics, &error));
        zip_error_fini(&error);
        return NULL;
    }
    struct package *package = memory_resize(NULL, sizeof *package);
    *package = (struct package){.zip = zip, .path = path, .diagnostics = diagnostics, .allowed = FREE_BYTES};
    if (known && status.st_size > 0)
        package->size = (uint64_t)status.st_size;
    package->allowed += package->size * RATIO;
    return package;
}

void package_close(struct package *package) {
    if (!package)
        return;
    zip_discard(package->zip);
    free(package);
}

/* ---- Parts ------------------------------------------------------------------------------------------------------ */

static int name_letter(char letter) {
    return letter == '\\' ? '/' : tolower((unsigned char)letter);
}

static bool name_equal(const char *left, const char *right) {
    left += strspn(left, "/\\");
    right += strspn(right, "/\\");
    while (*left && name_letter(*left) == name_letter(*right)) {
        left++;
        right++;
    }
    return !*left && !*right;
}

/* The last of the name: what stands later in a zip replaces what stands before. */
static zip_int64_t part_find(const struct package *package, const char *name) {
    for (zip_int64_t i = zip_get_num_entries(package->zip, 0) - 1; i >= 0; i--) {
        const char *entry = zip_get_name(package->zip, (zip_uint64_t)i, 0);
        if (entry && name_equal(entry, name))
            return i;
    }
    return -1;
}

size_t package_size(const struct package *package) {
    return package->size;
}

bool package_has(const struct package *package, const char *name) {
    return part_find(package, name) >= 0;
}

uint64_t package_part_size(const struct package *package, const char *name) {
    zip_int64_t index = part_find(package, name);
    zip_stat_t status;
    zip_stat_init(&status);
    bool known = index >= 0 && zip_stat_index(package->zip, (zip_uint64_t)index, 0, &status) == 0;
    return known && (status.valid & ZIP_STAT_SIZE) ? status.size : 0;
}

struct part *part_open(struct package *package, const char *name) {
    zip_int64_t index = part_find(package, name);
    if (index < 0) {
        package_damaged(package, name,
                        diagnose_say(package->diagnostics, "không có phần này", "there is no such part"));
        return NULL;
    }
    zip_stat_t status;
    zip_stat_init(&status);
    if (zip_stat_index(package->zip, (zip_uint64_t)index, 0, &status) == 0 &&
        (status.valid & ZIP_STAT_ENCRYPTION_METHOD) && status.encryption_method != ZIP_EM_NONE) {
        struct place place = package_place(package, 0, 0);
        if (!package->looking)
            diagnose(package->diagnostics, FILE_ENCRYPTED, &place, "");
        return NULL;
    }
    zip_file_t *file = zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
    if (!file) {
        package_damaged(package, name, zip_reason(package->diagnostics, zip_get_error(package->zip)));
        return NULL;
    }
    struct part *part = memory_resize(NULL, sizeof *part);
    *part = (struct part){.package = package, .name = name, .file = file};
    return part;
}

long part_read(struct part *part, void *bytes, size_t size) {
    struct package *package = part->package;
    zip_int64_t got = zip_fread(part->file, bytes, size);
    if (got < 0) {
        package_damaged(package, part->name, zip_reason(package->diagnostics, zip_file_get_error(part->file)));
        return -1;
    }
    part->inflated += (uint64_t)got;
    package->inflated += package->looking ? 0 : (uint64_t)got;
    if (part->inflated > PART_BYTES || package->inflated > package->allowed) {
        package_bomb(package, part->name, "giải nén ra quá lớn so với kích thước tệp",
                     "it inflates to far more than a file of this size should hold");
        return -1;
    }
    return (long)got;
}

void part_close(struct part *part) {
    zip_fclose(part->file);
    free(part);
}
