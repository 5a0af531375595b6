/* sheet.c - choosing the reader of a file by its first bytes. */
#include "sheet/sheet.h"

#include "base/file.h"
#include "sheet/ods.h"
#include "sheet/xlsx.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Of compound files (OLE2): the old Office formats, and encrypted new ones. */
#define OLE "\xd0\xcf\x11\xe0"

const struct reader *const readers[] = {&csv_reader, &xlsx_reader, &ods_reader, NULL};

/* Files that people drop in and that no reader takes, told apart by their first bytes. */
static const char *foreign_kind(const char *head, size_t length) {
    static const struct {
        const char *magic;
        size_t length;
        const char *kind;
    } kinds[] = {
        {"PK\3\4", 4, " (ZIP)"},      {"PK\5\6", 4, " (ZIP)"},
        {"PK\7\10", 4, " (ZIP)"},     {OLE, 4, " (Word .doc, PowerPoint .ppt)"},
        {"%PDF", 4, " (PDF)"},        {"{\\rtf", 5, " (RTF)"},
        {"\xff\xfe", 2, " (UTF-16)"}, {"\xfe\xff", 2, " (UTF-16)"},
        {"\x89PNG", 4, " (PNG)"},     {"\xff\xd8\xff", 3, " (JPEG)"},
        {"Rar!", 4, " (RAR)"},        {"7z\xbc\xaf", 4, " (7-Zip)"},
        {"\x1f\x8b", 2, " (GZIP)"},   {"<html", 5, " (HTML)"},
        {"<!DOCTYPE", 9, " (HTML)"},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (length >= kinds[i].length && memcmp(head, kinds[i].magic, kinds[i].length) == 0)
            return kinds[i].kind;
    return memchr(head, '\0', length) ? " (NUL)" : "";
}

/* ---- Spreadsheets that are not read, each with its own advice --------------------------------------------------- */

/* Whether a compound file (OLE2) has a stream of this name: looked for in the whole file, as UTF-16. */
static bool file_has_name(const char *path, const char *name) {
    char wide[64], block[65536];
    size_t size = strlen(name) * 2, kept = 0, got;
    bool found = false;
    for (size_t i = 0; i < size; i++)
        wide[i] = (char)(i % 2 ? '\0' : name[i / 2]);
    FILE *file = file_stream(path);
    while (file && !found && (got = fread(block + kept, 1, sizeof block - kept, file)) > 0) {
        got += kept;
        found = memmem(block, got, wide, size) != NULL;
        kept = got < size ? got : size;
        memmove(block, block + got - kept, kept);
    }
    if (file)
        fclose(file);
    return found;
}

/* Programs on the web hand out HTML and XML of their own under the name of a workbook; Excel opens it all the same. */
static const char *markup_kind(const char *head, size_t length, const char *extension) {
    static const char *const extensions[] = {"xls", "xlsx", "xlsm", "ods", "xlt"};
    size_t at = length >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
    bool named = false;
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        named = named || strcmp(extension, extensions[i]) == 0;
    while (at < length && isspace((unsigned char)head[at]))
        at++;
    if (!named || at == length || head[at] != '<')
        return NULL;
    if (memmem(head, length, "urn:schemas-microsoft-com:office:spreadsheet", 44) ||
        memmem(head, length, "Excel.Sheet", 11))
        return "XML Spreadsheet 2003";
    if (memmem(head, length, "opendocument", 12))
        return "OpenDocument XML (.fods)";
    return length - at > 5 && memcmp(head + at, "<?xml", 5) == 0 && !memmem(head, length, "html", 4) ? "XML" : "HTML";
}

/* A workbook of before Excel 5 is a bare stream of records; its first tells the version. */
static bool is_bare_xls(const char *head, size_t length) {
    return length >= 4 && head[0] == 9 && strchr("\2\4\10", head[1]) != NULL && head[2] <= 8 && head[3] == 0;
}

static void say_foreign(const char *path, const char *head, size_t length, const char *extension,
                        struct diagnostics *diagnostics) {
    struct place place = {.file = path};
    const char *markup = markup_kind(head, length, extension);
    bool compound = length >= 4 && memcmp(head, OLE, 4) == 0;
    if (compound && file_has_name(path, "EncryptedPackage"))
        diagnose(diagnostics, FILE_ENCRYPTED, &place, "");
    else if (is_bare_xls(head, length) ||
             (compound && (file_has_name(path, "Workbook") || file_has_name(path, "Book"))))
        diagnose(diagnostics, FILE_OLD_XLS, &place, "");
    else if (markup)
        diagnose(diagnostics, FILE_HTML, &place, markup);
    else if (strcmp(extension, "xlsx") == 0 || strcmp(extension, "xlsm") == 0 || strcmp(extension, "ods") == 0)
        diagnose(diagnostics, FILE_DAMAGED, &place, path_name(path),
                 memchr(head, '\0', length)
                     ? diagnose_say(diagnostics, "không phải tệp nén như mọi tệp loại này",
                                    "it is no zip file, as such files are")
                     : diagnose_say(diagnostics, "bên trong là văn bản; nếu là CSV thì đổi đuôi tên tệp thành .csv",
                                    "it holds text; if that is CSV, change the end of the file's name to .csv"));
    else
        diagnose(diagnostics, FILE_TYPE, &place, foreign_kind(head, length));
}

/* ---- What all readers share ------------------------------------------------------------------------------------- */

const char *sheet_cell_name(struct arena *arena, unsigned row, size_t column) {
    char letters[8];
    size_t at = sizeof letters;
    letters[--at] = '\0';
    for (; column && at; column = (column - 1) / 26)
        letters[--at] = (char)('A' + (column - 1) % 26);
    return arena_printf(arena, "%s%u", letters + at, row);
}

void lost_results_add(struct lost_results *lost, unsigned row, size_t column) {
    if (!lost->count++) {
        lost->row = row;
        lost->column = column;
    }
}

void lost_results_say(const struct lost_results *lost, const struct place *place, struct diagnostics *diagnostics) {
    if (lost->count)
        diagnose(diagnostics, FORMULA_EMPTY, place, arena_printf(diagnostics->arena, "%zu", lost->count),
                 sheet_cell_name(diagnostics->arena, lost->row, lost->column));
}

/* ---- Choosing --------------------------------------------------------------------------------------------------- */

const struct reader *reader_choose(const char *path, struct diagnostics *diagnostics) {
    char head[4096], extension[16] = "";
    struct place place = {.file = path};
    FILE *file = file_stream(path);
    size_t length = file ? fread(head, 1, sizeof head, file) : 0;
    if (!file || ferror(file)) {
        diagnose(diagnostics, FILE_READ, NULL, path, file_reason(diagnostics, errno));
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
        say_foreign(path, head, length, extension, diagnostics);
    return best;
}
