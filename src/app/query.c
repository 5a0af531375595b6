/* query.c - the command query: a question over the checked ledgers, answered as a table, CSV, JSON or a workbook. */
#include "app/csv.h"
#include "app/listing.h"
#include "app/workspace.h"
#include "base/buffer.h"
#include "base/file.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char *cell_text(struct arena *arena, const struct result *result, size_t row, size_t column) {
    return value_plain(arena, result_value(result, row, column));
}

static void print_padded(const char *text, size_t width, bool right) {
    size_t length = text_characters(text, strlen(text)), gap = width > length ? width - length : 0;
    printf("%*s%s%*s", right ? (int)gap : 0, "", text, right ? 0 : (int)gap, "");
}

static void print_table(struct arena *arena, const struct result *result) {
    size_t *widths = ARENA_ARRAY(arena, size_t, result->column_count);
    for (size_t c = 0; c < result->column_count; c++) {
        widths[c] = text_characters(result->names[c], strlen(result->names[c]));
        for (size_t r = 0; r < result->row_count; r++) {
            const char *text = cell_text(arena, result, r, c);
            size_t length = text_characters(text, strlen(text));
            widths[c] = length > widths[c] ? length : widths[c];
        }
    }
    for (size_t r = 0; r <= result->row_count; r++) {
        for (size_t c = 0; c < result->column_count; c++) {
            bool number = r > 0 && value_is_number(result_value(result, r - 1, c));
            printf("%s", c ? "  " : "");
            print_padded(r ? cell_text(arena, result, r - 1, c) : result->names[c],
                         c + 1 < result->column_count || number ? widths[c] : 0, number);
        }
        printf("\n");
        for (size_t c = 0; r == 0 && c < result->column_count; c++) {
            printf("%s", c ? "  " : "");
            for (size_t i = 0; i < widths[c]; i++)
                printf("-");
        }
        printf("%s", r == 0 ? "\n" : "");
    }
}

static void print_csv(struct arena *arena, const struct result *result) {
    for (size_t r = 0; r <= result->row_count; r++)
        for (size_t c = 0; c < result->column_count; c++) {
            bool number = r > 0 && value_is_number(result_value(result, r - 1, c));
            const char *text = r ? cell_text(arena, result, r - 1, c) : result->names[c];
            csv_print_cell(text, strlen(text), number);
            printf("%s", c + 1 < result->column_count ? "," : "\r\n");
        }
}

static void print_json(struct arena *arena, const struct result *result) {
    struct buffer out = {0};
    buffer_char(&out, '[');
    for (size_t r = 0; r < result->row_count; r++) {
        buffer_text(&out, r ? ",\n {" : "{");
        for (size_t c = 0; c < result->column_count; c++) {
            const struct value value = result_value(result, r, c);
            buffer_text(&out, c ? ", " : "");
            buffer_json(&out, result->names[c]);
            buffer_text(&out, ": ");
            if (value.kind == VALUE_NONE)
                buffer_text(&out, "null");
            else if (value.kind == VALUE_INTEGER || value.kind == VALUE_DECIMAL)
                buffer_text(&out, value_plain(arena, value));
            else
                buffer_json(&out, value_plain(arena, value));
        }
        buffer_char(&out, '}');
    }
    printf("%s]\n", buffer_string(&out));
    buffer_free(&out);
}

static const struct {
    const char *name;
    void (*print)(struct arena *, const struct result *); /* NULL: a workbook, which is written to a file */
} printers[] = {{"table", print_table}, {"csv", print_csv}, {"json", print_json}, {"xlsx", NULL}};
enum { PRINTERS = sizeof printers / sizeof *printers };

static bool write_workbook(const struct workspace *workspace, const struct span *span, const struct result *result) {
    struct arena *arena = workspace->arena;
    struct table *table = listing_table(arena, (const char *const *)result->names, result->column_count);
    struct grid_cell *cells = ARENA_ARRAY(arena, struct grid_cell, result->column_count);
    for (size_t i = 0; i < result->row_count; i++) {
        memcpy(cells, grid_row(result->rows, i).cells, result->column_count * sizeof *cells);
        listing_add(table, cells);
    }
    const char *path = path_join(arena, workspace->options->output, "query.xlsx");
    int lock = workspace_lock(workspace);
    bool good = lock >= 0 && listing_write(workspace, span, path, "query", table);
    if (lock >= 0)
        close(lock);
    if (good)
        printf("%s\n", path);
    return good;
}

bool command_query(struct workspace *workspace) {
    const struct options *options = workspace->options;
    struct diagnostics *diagnostics = workspace->diagnostics;
    const char *format = options->format ? options->format : "table";
    struct span span;
    uint32_t unit;
    struct result result;
    struct query_error error;
    size_t printer = 0;
    while (printer < PRINTERS && strcmp(printers[printer].name, format) != 0)
        printer++;
    if (printer == PRINTERS) {
        diagnose(diagnostics, OPTION_VALUE, NULL, format, "--format", "table | csv | json | xlsx");
        return false;
    }
    if (options->operand_count != 1) {
        diagnose(diagnostics, OPTION_MISSING, NULL, "query", "\"SELECT …\"");
        return false;
    }
    if (!workspace_span(workspace, "last-year", &span) || !workspace_unit(workspace, &unit))
        return false;
    workspace_apply(workspace, &span, unit);
    if (!store_set_public(workspace->store, options->public_))
        return false;
    const char *sql = options->operands[0];
    if (!store_query(workspace->store, workspace->arena, sql, &result, &error)) {
        struct place place = {.file = "query", .row = 1};
        if (error.offset >= 0 && (size_t)error.offset <= strlen(sql)) {
            struct template_text text = {.file = "query", .line = 1, .text = sql};
            place = text_place(workspace->arena, &text, (size_t)error.offset);
        }
        const char *const words[] = {"query", error.message, NULL};
        diagnose_words(diagnostics, error.code, &place, words);
        return false;
    }
    progress_end();
    if (printers[printer].print)
        printers[printer].print(workspace->arena, &result);
    else if (!write_workbook(workspace, &span, &result))
        return false;
    size_t vague = store_take_vague(workspace->store);
    if (vague)
        diagnose(diagnostics, DATE_VAGUE, NULL, arena_printf(workspace->arena, "%zu", vague),
                 period_name(workspace->arena, span.period));
    return true;
}
