/* xlsx.c - writes a document as a workbook: summary, tables, charts, checks, sources.
 *
 * The library does not look whether its temporary files could be written, so that a full disk would give a workbook cut
 * short and no error. Room for the whole of it is therefore claimed, and given back, just before it is written. */
#include "render/renderer.h"
#include "render/xlsx_parts.h"
#include "render/xlsx_text.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <string.h>
#include <unistd.h>

static void write_tables(struct xlsx_book *book, const struct block *block) {
    for (; block; block = block->next) {
        if (block->kind == BLOCK_TABLE)
            xlsx_write_table(book, block->table);
        write_tables(book, block->children);
    }
}

/* After all tables, because a chart may stand before its table. */
static void write_charts(struct xlsx_book *book, const struct block *block) {
    for (; block; block = block->next) {
        if (block->kind == BLOCK_CHART)
            xlsx_write_chart(book, block->chart);
        write_charts(book, block->children);
    }
}

/* Without a day of its own the library would take the clock. */
static time_t created_time(struct date created) {
    static const struct date epoch = {1970, 1, 1};
    if (!created.year)
        return 1;
    time_t days = date_number(date_first(created)) - date_number(epoch);
    return days > 0 ? days * 86400 : 1;
}

static void set_properties(struct xlsx_book *book) {
    const struct document *document = book->document;
    const char *title = arena_printf(book->arena, "%s %s", document->title ? document->title : "",
                                     document->subject ? document->subject : "");
    lxw_doc_properties properties = {.title = xlsx_text_cut(book->arena, xlsx_text_clean(book->arena, title), 250),
                                     .created = created_time(document->created)};
    xlsx_check(book, workbook_set_properties(book->workbook, &properties));
}

static void fill_book(struct xlsx_book *book, const void *context) {
    (void)context;
    struct xlsx_sheet *summary = xlsx_open_summary(book);
    write_tables(book, book->document->blocks);
    write_charts(book, book->document->blocks);
    /* What is published carries nothing of how it was made. */
    if (!book->document->public_) {
        xlsx_write_details(book);
        xlsx_write_checks(book);
        xlsx_write_sources(book);
    }
    xlsx_write_summary(summary);
}

/* The library leaves open what it streams to. */
static void discard_book(struct xlsx_book *book) {
    for (size_t i = 0; i < book->sheet_count; i++) {
        lxw_worksheet *worksheet = book->sheets[i]->worksheet;
        if (worksheet && worksheet->optimize_tmpfile)
            fclose(worksheet->optimize_tmpfile);
        if (worksheet)
            worksheet->optimize_tmpfile = NULL;
    }
    if (book->workbook)
        lxw_workbook_free(book->workbook);
}

static void say_unwritten(struct diagnostics *diagnostics, const char *path, int error) {
    file_unwritten(diagnostics, path, error);
}

/* The temporary file of one part and the compressed parts before it lie on the disk together. */
static int claim_room(const char *path, size_t bytes) {
    int file = open(path, O_WRONLY | O_CLOEXEC);
    if (file < 0)
        return errno;
    int error = posix_fallocate(file, 0, (off_t)(bytes + bytes / 4 + 131072));
    if (ftruncate(file, 0) != 0 && !error)
        error = errno;
    if (close(file) != 0 && !error)
        error = errno;
    /* A file system that cannot reserve is no reason to refuse. */
    return error == EOPNOTSUPP || error == EINVAL ? 0 : error;
}

/* An empty file first: the library would report a folder that refuses it on the terminal. Writes and frees the book. */
static bool close_book(struct xlsx_book *book, const char *path, struct diagnostics *diagnostics) {
    int error = 0;
    if (!file_write(book->arena, diagnostics, path, "", 0)) {
        discard_book(book);
        return false;
    }
    error = claim_room(path, book->bytes);
    if (error) {
        discard_book(book);
        file_discard(path);
        say_unwritten(diagnostics, path, error);
        return false;
    }
    errno = 0;
    lxw_error result = workbook_close(book->workbook);
    error = errno;
    if (result == LXW_NO_ERROR)
        return true;
    file_discard(path);
    if (error)
        say_unwritten(diagnostics, path, error);
    else
        diagnose(diagnostics, RENDER_FAILED, NULL, xlsx_renderer.name, book->document->report, lxw_strerror(result));
    return false;
}

bool xlsx_book_write(const struct document *document, const char *path, struct diagnostics *diagnostics,
                     void (*fill)(struct xlsx_book *book, const void *context), const void *context) {
    if (strcmp(localeconv()->decimal_point, ".") != 0) {
        diagnose(diagnostics, RENDER_FAILED, NULL, xlsx_renderer.name, document->report, "LC_NUMERIC");
        return false;
    }
    struct xlsx_book book = {.document = document, .arena = arena_new(), .scratch = arena_new()};
    bool good = false;
    const char *parts = arena_printf(book.arena, "%s.parts", path);
    if (!folder_make(diagnostics, parts)) {
        arena_free(book.scratch);
        arena_free(book.arena);
        return false;
    }
    xlsx_book_open(&book, path, parts);
    if (!book.failure) {
        set_properties(&book);
        fill(&book, context);
    }
    if (book.failure || book.error) {
        if (book.failure)
            diagnose(diagnostics, RENDER_FAILED, NULL, xlsx_renderer.name, document->report, book.failure);
        else
            say_unwritten(diagnostics, path, book.error);
        discard_book(&book);
    } else {
        good = close_book(&book, path, diagnostics);
    }
    folder_discard(parts);
    arena_free(book.scratch);
    arena_free(book.arena);
    return good;
}

static bool write_document(const struct document *document, const char *path, struct diagnostics *diagnostics) {
    return xlsx_book_write(document, path, diagnostics, fill_book, NULL);
}

const struct renderer xlsx_renderer = {.name = "xlsx", .details = true, .write = write_document};
