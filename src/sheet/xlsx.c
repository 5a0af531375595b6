/* xlsx.c - the reader of .xlsx and .xlsm workbooks: the package's sheets one after another. */
#include "sheet/xlsx.h"

#include <string.h>

/* The part of a sheet. Without relationships it is looked for under the name that every program gives it. NULL: the
 * sheet holds no cells (a chart, a dialogue), or its part is not there, which is said. */
static const char *sheet_part(struct book *book, size_t index) {
    const struct book_sheet *sheet = &book->sheets[index];
    for (size_t i = 0; i < book->links.count; i++)
        if (strcmp(book->links.links[i].id, sheet->link) == 0)
            return book->links.links[i].kind == LINK_SHEET ? book->links.links[i].target : NULL;
    const char *guess = arena_printf(book->arena, "xl/worksheets/sheet%zu.xml", index + 1);
    if (book->links.count == 0 && package_has(book->package, guess))
        return guess;
    package_sheet(book->package, sheet->name);
    package_damaged(
        book->package, book->workbook,
        diagnose_say(book->diagnostics, "không tìm thấy phần chứa trang tính này", "this sheet has no part"));
    package_sheet(book->package, NULL);
    return NULL;
}

static bool read_lists(struct book *book) {
    const struct link *strings = links_of_kind(&book->links, LINK_STRINGS),
                      *styles = links_of_kind(&book->links, LINK_STYLES);
    const char *string_part = strings ? strings->target : "xl/sharedStrings.xml",
               *style_part = styles ? styles->target : "xl/styles.xml";
    return (!package_has(book->package, string_part) || book_read_strings(book, string_part)) &&
           (!package_has(book->package, style_part) || book_read_styles(book, style_part));
}

static bool read_sheets(struct book *book, const struct sheet_sink *sink) {
    bool any = false, good = true;
    for (size_t i = 0; i < book->sheet_count; i++) {
        const struct book_sheet *sheet = &book->sheets[i];
        const char *part = sheet_part(book, i);
        if (!part)
            continue;
        any = true;
        if (sink->sheet && !sink->sheet(sink->context, &(struct sheet){.name = sheet->name, .hidden = sheet->hidden}))
            continue;
        package_sheet(book->package, sheet->name);
        good = xlsx_read_sheet(book, part, sink) && good;
        package_sheet(book->package, NULL);
    }
    return any || good;
}

static bool xlsx_read(const char *path, const struct sheet_sink *sink, struct sheet_traits *traits,
                      struct diagnostics *diagnostics) {
    struct package *package = package_open(path, diagnostics);
    if (!package)
        return false;
    struct book book = {.arena = arena_new(), .package = package, .diagnostics = diagnostics};
    traits->encoding = "UTF-8";
    bool good = book_open(&book) && read_lists(&book) && read_sheets(&book, sink);
    book_close(&book);
    arena_free(book.arena);
    package_close(package);
    return good;
}

static int xlsx_bid(const char *head, size_t length, const char *extension) {
    static const char *const extensions[] = {"xlsx", "xlsm", "xltx", "xltm"};
    if (length < 4 || memcmp(head, "PK\3\4", 4) != 0)
        return 0;
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        if (strcmp(extension, extensions[i]) == 0)
            return 80;
    return 40;
}

const struct reader xlsx_reader = {.name = "xlsx", .bid = xlsx_bid, .read = xlsx_read};
