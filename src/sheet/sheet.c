/* sheet.c - choosing the reader of a file by its first bytes. */
#include "sheet/sheet.h"

#include "base/file.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

const struct reader *const readers[] = {&csv_reader, NULL};

/* Files that people drop in and that no reader takes, told apart by their first bytes. */
static const char *foreign_kind(const char *head, size_t length) {
    static const struct {
        const char *magic;
        size_t length;
        const char *kind;
    } kinds[] = {
        {"PK\3\4", 4, " (Excel .xlsx / .ods)"},
        {"\xd0\xcf\x11\xe0", 4, " (Excel .xls)"},
        {"%PDF", 4, " (PDF)"},
        {"{\\rtf", 5, " (RTF)"},
        {"\xff\xfe", 2, " (UTF-16)"},
        {"\xfe\xff", 2, " (UTF-16)"},
        {"\x89PNG", 4, " (PNG)"},
        {"<html", 5, " (HTML)"},
        {"<!DOCTYPE", 9, " (HTML)"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (length >= kinds[i].length && memcmp(head, kinds[i].magic, kinds[i].length) == 0)
            return kinds[i].kind;
    return memchr(head, '\0', length) ? " (NUL)" : "";
}

const struct reader *reader_choose(const char *path, struct diagnostics *diagnostics) {
    char head[4096], extension[16] = "";
    struct place place = {.file = path};
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(head, 1, sizeof head, file) : 0;
    if (!file || ferror(file)) {
        diagnose(diagnostics, FILE_READ, NULL, path, strerror(errno));
        if (file)
            fclose(file);
        return NULL;
    }
    fclose(file);
    if (length == 0) {
        diagnose(diagnostics, FILE_EMPTY, &place, "");
        return NULL;
    }
    const char *dot = path_extension(path);
    for (size_t i = 0; i < sizeof extension - 1 && dot[i]; i++)
        extension[i] = (char)tolower((unsigned char)dot[i]);
    const struct reader *best = NULL;
    int highest = 0;
    for (size_t i = 0; readers[i]; i++) {
        int bid = readers[i]->bid(head, length, extension);
        if (bid > highest) {
            highest = bid;
            best = readers[i];
        }
    }
    if (!best)
        diagnose(diagnostics, FILE_TYPE, &place, foreign_kind(head, length));
    return best;
}
