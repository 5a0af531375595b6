/* xlsx_book.c - the workbook of an .xlsx package: relationships, sheets, the calendar in use. */
#include "sheet/xlsx_book.h"

#include "base/text.h"
#include "sheet/xml.h"

#include <stdlib.h>
#include <string.h>

/* ---- Relationships ---------------------------------------------------------------------------------------------- */

/* "xl/workbook.xml" and "../a.xml" give "a.xml"; an absolute target stands for itself. */
static const char *target_resolve(struct arena *arena, const char *part, const char *target) {
    struct buffer path = {0};
    const char *slash = strrchr(part, '/');
    if (*target != '/' && *target != '\\' && slash)
        buffer_add(&path, part, (size_t)(slash - part) + 1);
    while (*target) {
        size_t length = strcspn(target, "/\\");
        if (length == 2 && strncmp(target, "..", 2) == 0) {
            while (path.length && path.text[path.length - 1] == '/')
                path.length--;
            while (path.length && path.text[path.length - 1] != '/')
                path.length--;
        } else if (length && !(length == 1 && *target == '.')) {
            buffer_add(&path, target, length);
            if (target[length])
                buffer_char(&path, '/');
        }
        target += length + (target[length] != '\0');
    }
    const char *resolved = arena_copy(arena, buffer_string(&path), path.length);
    buffer_free(&path);
    return resolved;
}

/* Only the last word of a type counts: strict and transitional differ before it. */
static enum link_kind type_kind(const char *type) {
    static const struct {
        const char *word;
        enum link_kind kind;
    } kinds[] = {{"officeDocument", LINK_WORKBOOK},
                 {"worksheet", LINK_SHEET},
                 {"sharedStrings", LINK_STRINGS},
                 {"styles", LINK_STYLES}};
    const char *slash = strrchr(type, '/');
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(slash ? slash + 1 : type, kinds[i].word) == 0)
            return kinds[i].kind;
    return LINK_OTHER;
}

struct link_reading {
    struct book *book;
    struct links *links;
    const char *part;
};

static bool on_link(void *context, const char *name, const char **attributes) {
    struct link_reading *reading = context;
    struct arena *arena = reading->book->arena;
    const char *id = xml_attribute(attributes, "Id"), *type = xml_attribute(attributes, "Type"),
               *target = xml_attribute(attributes, "Target"), *mode = xml_attribute(attributes, "TargetMode");
    if (strcmp(name, "Relationship") != 0 || !type || !target || (mode && strcmp(mode, "External") == 0))
        return true;
    struct links *links = reading->links;
    if (links->count > (size_t)BOOK_SHEETS * 4)
        return false;
    links->links = arena_grow(arena, links->links, &links->capacity, links->count + 1, sizeof *links->links);
    links->links[links->count++] = (struct link){.id = arena_text(arena, id ? id : ""),
                                                 .target = target_resolve(arena, reading->part, target),
                                                 .kind = type_kind(type)};
    return true;
}

bool links_read(struct book *book, const char *part, struct links *links) {
    const char *slash = strrchr(part, '/'), *name = slash ? slash + 1 : part;
    const char *path = arena_printf(book->arena, "%.*s_rels/%s.rels", (int)(name - part), part, name);
    struct link_reading reading = {.book = book, .links = links, .part = part};
    const struct xml_handler handler = {.context = &reading, .start = on_link};
    *links = (struct links){0};
    return !package_has(book->package, path) || xml_read(book->package, path, &handler, book->diagnostics);
}

const struct link *links_of_kind(const struct links *links, enum link_kind kind) {
    for (size_t i = 0; i < links->count; i++)
        if (links->links[i].kind == kind)
            return &links->links[i];
    return NULL;
}

/* ---- The workbook ----------------------------------------------------------------------------------------------- */

static void add_sheet(struct book *book, const char **attributes) {
    const char *name = xml_attribute(attributes, "name"), *link = xml_attribute(attributes, "id"),
               *state = xml_attribute(attributes, "state");
    book->sheets =
        arena_grow(book->arena, book->sheets, &book->sheet_capacity, book->sheet_count + 1, sizeof *book->sheets);
    book->sheets[book->sheet_count++] =
        (struct book_sheet){.name = text_nfc(book->arena, name ? name : "", name ? strlen(name) : 0),
                            .link = arena_text(book->arena, link ? link : ""),
                            .hidden = state && strcmp(state, "visible") != 0};
}

static bool on_workbook(void *context, const char *name, const char **attributes) {
    struct book *book = context;
    if (strcmp(name, "workbook") == 0)
        book->is_workbook = true;
    if (strcmp(name, "workbookPr") == 0 && xml_flag(xml_attribute(attributes, "date1904")))
        book->from_1904 = true; /* extensions have an element of this name too, which says nothing of it */
    if (!book->is_workbook || strcmp(name, "sheet") != 0)
        return book->is_workbook;
    if (book->sheet_count == BOOK_SHEETS) {
        package_limit(book->package, 0, 0, "hơn 4096 trang tính", "more than 4096 sheets");
        return false;
    }
    add_sheet(book, attributes);
    return true;
}

/* The kind of document that a package without a workbook seems to be. */
static const char *package_kind(const struct package *package) {
    static const struct {
        const char *part, *kind;
    } kinds[] = {{"word/document.xml", " (Word .docx)"},
                 {"ppt/presentation.xml", " (PowerPoint .pptx)"},
                 {"xl/workbook.bin", " (Excel .xlsb)"},
                 {"content.xml", " (OpenDocument)"},
                 {"Index/Document.iwa", " (Apple Numbers)"}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (package_has(package, kinds[i].part))
            return kinds[i].kind;
    return " (ZIP)";
}

static bool read_workbook(struct book *book) {
    const char *dot = strrchr(book->workbook, '.');
    const struct xml_handler handler = {.context = book, .start = on_workbook};
    if (dot && strcasecmp(dot, ".xml") == 0 && package_has(book->package, book->workbook) &&
        !xml_read(book->package, book->workbook, &handler, book->diagnostics))
        return false;
    if (book->is_workbook)
        return true;
    struct place place = package_place(book->package, 0, 0);
    diagnose(book->diagnostics, FILE_TYPE, &place, package_kind(book->package));
    return false;
}

bool book_open(struct book *book) {
    struct links links;
    if (!links_read(book, "", &links))
        return false;
    const struct link *link = links_of_kind(&links, LINK_WORKBOOK);
    book->workbook = link && package_has(book->package, link->target) ? link->target : "xl/workbook.xml";
    return read_workbook(book) && links_read(book, book->workbook, &book->links);
}

void book_close(struct book *book) {
    free(book->strings.bytes);
    free(book->strings.ends);
    free(book->styles);
}
