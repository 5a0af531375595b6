/* xlsx.c - writes a document as a workbook: summary, tables, charts, checks, sources. */
#include "render/renderer.h"
#include "render/xlsx_package.h"
#include "render/xlsx_parts.h"
#include "render/xlsx_text.h"

#include "base/file.h"

#include <locale.h>
#include <string.h>

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
    if (!book->document->public_)
        xlsx_write_cover(book);
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
    (void)xlsx_package_error(); /* it is not the next workbook's */
}

/* Writes and frees the book. */
static bool close_book(struct xlsx_book *book, const char *path, struct diagnostics *diagnostics) {
    lxw_error result = workbook_close(book->workbook);
    int error = xlsx_package_error();
    if (result == LXW_NO_ERROR && !error)
        return true;
    file_discard(path);
    if (error)
        file_unwritten(diagnostics, path, error);
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
    xlsx_book_open(&book, path);
    if (!book.failure) {
        set_properties(&book);
        fill(&book, context);
    }
    if (book.failure) {
        diagnose(diagnostics, RENDER_FAILED, NULL, xlsx_renderer.name, document->report, book.failure);
        discard_book(&book);
    } else {
        good = close_book(&book, path, diagnostics);
    }
    arena_free(book.scratch);
    arena_free(book.arena);
    return good;
}

static bool write_document(const struct document *document, const char *path, struct diagnostics *diagnostics) {
    return xlsx_book_write(document, path, diagnostics, fill_book, NULL);
}

const struct renderer xlsx_renderer = {.name = "xlsx", .details = true, .write = write_document};
