/* explain.c - the command explain: where a printed figure comes from.
 *
 *   tongket explain year-end admitted.total --period 2014
 *
 * prints the figure, its query, and for each ledger the query reads how many rows of which file were in scope; the rows
 * behind a query over rows are named by file and row. */
#include "app/workspace.h"

#include "store/store.h"

#include <stdio.h>
#include <string.h>

static const struct query *find_query(struct workspace *workspace, const struct template *template, const char *name) {
    size_t length = strcspn(name, ".");
    const char **names = ARENA_ARRAY(workspace->arena, const char *, template->query_count + 1);
    for (size_t i = 0; i < template->query_count; i++) {
        names[i] = template->queries[i].name;
        if (strlen(names[i]) == length && memcmp(names[i], name, length) == 0)
            return &template->queries[i];
    }
    const char *query = arena_copy(workspace->arena, name, length);
    struct place place = {.file = template->file};
    diagnose(workspace->diagnostics, QUERY_UNKNOWN, &place, query,
             diagnose_nearest(workspace->diagnostics, query, names, template->query_count));
    return NULL;
}

static void print_result(struct arena *arena, const struct result *result, const char *column) {
    for (size_t row = 0; row < result->row_count; row++) {
        for (size_t c = 0; c < result->column_count; c++)
            if (!*column || strcmp(result->names[c], column) == 0)
                printf("  %s = %s", result->names[c], value_plain(arena, result_value(result, row, c)));
        printf("\n");
    }
}

/* Of the query just asked. */
static void print_sources(const struct workspace *workspace) {
    for (size_t i = 0; i < workspace->ledgers->source_count; i++) {
        const struct ledger_source *source = &workspace->ledgers->sources[i];
        if (source->ledger && store_has_read(workspace->store, source->ledger))
            printf("  %s%s%s: %s, %zu %s\n", source->file, source->sheet ? " / " : "",
                   source->sheet ? source->sheet : "", source->ledger->schema->label, source->accepted,
                   diagnose_say(workspace->diagnostics, "dòng được nhận", "rows accepted"));
    }
}

/* The rows that the query's own filter keeps: its WHERE, over the rows of the one ledger it tallies. */
static void print_rows(struct workspace *workspace, const struct query *query, const char *column) {
    struct behind behind;
    if (!store_rows_behind(workspace->store, workspace->arena, query->sql, column, &behind))
        return;
    printf("%s (%zu)\n", diagnose_say(workspace->diagnostics, "Các dòng", "Rows"), behind.count);
    const struct schema *schema = behind.ledger->schema;
    const struct column *key = &behind.ledger->columns[schema->uniques[0].fields[0]];
    for (size_t i = 0; i < behind.count; i++) {
        const struct origin *origin = &behind.ledger->origins[behind.rows[i]];
        printf("  %s:%u  %s\n", workspace->ledgers->sources[origin->source].file, origin->row,
               value_plain(workspace->arena, column_value(key, key->codes[behind.rows[i]])));
    }
}

bool command_explain(struct workspace *workspace) {
    const struct options *options = workspace->options;
    struct span span;
    uint32_t unit;
    if (options->operand_count != 2 || !options->period) {
        diagnose(workspace->diagnostics, OPTION_MISSING, NULL, "explain",
                 diagnose_say(workspace->diagnostics, "BÁO_CÁO TRUY_VẤN.CỘT --period 2017",
                              "REPORT QUERY.COLUMN --period 2017"));
        return false;
    }
    if (options->public_) { /* rows by file and key are the office's */
        diagnose(workspace->diagnostics, OPTION_VALUE, NULL, "public", "explain --audience", "internal");
        return false;
    }
    const char *path = arena_printf(workspace->arena, "templates/%s.md", options->operands[0]);
    const struct template *template = NULL;
    for (size_t i = 0; i < workspace->head_count && !template; i++)
        if (strcmp(workspace->heads[i]->name, options->operands[0]) == 0)
            template = template_read(workspace->arena, workspace->diagnostics, path, "templates/partials");
    if (!template) {
        if (workspace->diagnostics->status == 0)
            workspace_refuse_report(workspace, options->operands[0]);
        return false;
    }
    const char *figure = options->operands[1], *dot = strchr(figure, '.'), *column = dot ? dot + 1 : "";
    const struct query *query = find_query(workspace, template, figure);
    if (!query || !workspace_span(workspace, "", &span) || !workspace_unit(workspace, &unit))
        return false;
    workspace_apply(workspace, &span, unit);
    struct result result;
    struct query_error error;
    if (!store_query(workspace->store, workspace->arena, query->sql, &result, &error)) {
        const char *const words[] = {query->name, error.message, NULL};
        diagnose_words(workspace->diagnostics, error.code, &query->place, words);
        return false;
    }
    if (*column && result_column(&result, column) < 0) {
        diagnose(workspace->diagnostics, COLUMN_UNKNOWN, &query->place, query->name, column,
                 diagnose_nearest(workspace->diagnostics, column, result.names, result.column_count));
        return false;
    }
    progress_end();
    printf("%s\n", figure);
    print_result(workspace->arena, &result, column);
    printf("\n%s:%u\n%s\n", query->place.file, query->place.row, query->sql);
    printf("%s\n", diagnose_say(workspace->diagnostics, "Nguồn", "Sources"));
    print_sources(workspace);
    print_rows(workspace, query, column);
    return true;
}
