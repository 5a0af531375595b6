/* tree.c - dumps a document as plain text, a line a thing, for tests and for looking at templates.
 *
 * Everything but the program's version is shown, so that a diff of two dumps says what changed in the document. */
#include "render/renderer.h"

#include "base/buffer.h"
#include "base/file.h"

struct dump {
    const struct document *document;
    struct arena *arena;
    struct buffer out;
    int depth;
};

static void indent(struct dump *dump) {
    for (int i = 0; i < dump->depth; i++)
        buffer_text(&dump->out, "  ");
}

/* In quotes, on one line. */
static void add_quoted(struct dump *dump, const char *text) {
    struct buffer *out = &dump->out;
    if (!text) {
        buffer_text(out, "-");
        return;
    }
    buffer_char(out, '"');
    for (; *text; text++) {
        if (*text == '"' || *text == '\\')
            buffer_char(out, '\\');
        if (*text == '\n')
            buffer_text(out, "\\n");
        else if ((unsigned char)*text < 0x20 || *text == 0x7f)
            buffer_printf(out, "\\x%02x", (unsigned char)*text);
        else
            buffer_char(out, *text);
    }
    buffer_char(out, '"');
}

static void put_word(struct dump *dump, const char *name) {
    indent(dump);
    buffer_text(&dump->out, name);
    buffer_char(&dump->out, '\n');
}

static void put_quoted(struct dump *dump, const char *name, const char *text) {
    indent(dump);
    buffer_printf(&dump->out, "%s ", name);
    add_quoted(dump, text);
    buffer_char(&dump->out, '\n');
}

static void put_date(struct dump *dump, const char *name, struct date date) {
    char iso[DATE_ISO_SIZE];
    indent(dump);
    buffer_printf(&dump->out, "%s %s\n", name, date.year ? date_iso(date, iso) : "-");
}

/* ---- Values ----------------------------------------------------------------------------------------------------- */

static void add_value(struct dump *dump, struct value value) {
    static const char *const kinds[] = {
        [VALUE_NONE] = "none", [VALUE_INTEGER] = "integer", [VALUE_DECIMAL] = "decimal", [VALUE_RATIO] = "ratio",
        [VALUE_DATE] = "date", [VALUE_TEXT] = "text",       [VALUE_HIDDEN] = "hidden",   [VALUE_GAP] = "gap"};
    buffer_text(&dump->out, kinds[value.kind]);
    if (value.kind == VALUE_NONE || value.kind == VALUE_HIDDEN || value.kind == VALUE_GAP)
        return;
    buffer_char(&dump->out, ' ');
    if (value.kind == VALUE_TEXT)
        add_quoted(dump, value.text);
    else
        buffer_text(&dump->out, value_plain(dump->arena, value));
}

/* As it is written in templates: "+#,##0.0% half_up". */
static void add_format(struct dump *dump, const struct format *format) {
    struct buffer *out = &dump->out;
    if (format->kind == FORMAT_AUTOMATIC) {
        buffer_text(out, "automatic");
    } else if (format->kind == FORMAT_DATE) {
        buffer_text(out, format->pattern);
        return;
    } else {
        buffer_text(out, format->signed_ ? "+" : "");
        buffer_text(out, format->grouped ? "#,##" : "");
        for (int i = 0; i < format->digits; i++)
            buffer_char(out, '0');
        buffer_text(out, format->decimals ? "." : "");
        for (int i = 0; i < format->decimals; i++)
            buffer_char(out, '0');
        buffer_text(out, format->kind == FORMAT_PERCENT ? "%" : "");
    }
    buffer_printf(out, " %s", rounding_name(format->rounding));
}

/* A value and its printed form. */
static void put_value(struct dump *dump, const char *name, struct value value, const char *text) {
    indent(dump);
    buffer_printf(&dump->out, "%s ", name);
    add_value(dump, value);
    if (text) {
        buffer_char(&dump->out, ' ');
        add_quoted(dump, text);
    }
    buffer_char(&dump->out, '\n');
}

/* ---- Tables and charts ------------------------------------------------------------------------------------------ */

static void put_column(struct dump *dump, const struct table_column *column) {
    static const char *const aligns[] = {[ALIGN_LEFT] = "left", [ALIGN_CENTER] = "center", [ALIGN_RIGHT] = "right"};
    static const char *const totals[] = {
        [TOTAL_NONE] = "none", [TOTAL_LABEL] = "label", [TOTAL_SUM] = "sum", [TOTAL_RATIO] = "ratio"};
    struct buffer *out = &dump->out;
    indent(dump);
    buffer_printf(out, "column %s ", column->name);
    add_quoted(dump, column->label);
    if (column->group) {
        buffer_text(out, " group ");
        add_quoted(dump, column->group);
    }
    buffer_printf(out, " %s format ", aligns[column->align]);
    add_format(dump, &column->format);
    if (column->total != TOTAL_NONE)
        buffer_printf(out, " total %s", totals[column->total]);
    if (column->is_ratio)
        buffer_printf(out, " ratio %d/%d%s", column->numerator, column->denominator,
                      column->denominator_total ? " of total" : "");
    buffer_text(out, column->counter ? " counter\n" : "\n");
}

static void put_table(struct dump *dump, const struct table *table) {
    static const char *const kinds[] = {
        [ROW_BODY] = "row", [ROW_GROUP] = "group", [ROW_SUBTOTAL] = "subtotal", [ROW_TOTAL] = "total"};
    put_quoted(dump, "caption", table->caption);
    put_quoted(dump, "unit", table->unit);
    if (table->grouped)
        put_word(dump, "grouped");
    if (table->appendix)
        put_quoted(dump, "appendix", dump->document->attached);
    if (table->nothing)
        put_quoted(dump, "nothing", table->nothing);
    for (size_t i = 0; i < table->column_count; i++)
        put_column(dump, &table->columns[i]);
    for (size_t i = 0; i < table->row_count; i++) {
        const struct grid_row row = grid_row(table->rows, i);
        put_word(dump, kinds[row.kind]);
        dump->depth++;
        for (size_t j = 0; j < table->column_count; j++)
            put_value(dump, table->columns[j].name, row.cells[j].value, row.cells[j].text);
        dump->depth--;
    }
}

static void put_chart(struct dump *dump, const struct chart *chart) {
    static const char *const kinds[] = {
        [CHART_BAR] = "bar", [CHART_STACKED] = "stacked", [CHART_HORIZONTAL] = "horizontal", [CHART_LINE] = "line"};
    struct buffer *out = &dump->out;
    put_word(dump, kinds[chart->kind]);
    put_quoted(dump, "caption", chart->caption);
    indent(dump);
    if (chart->table)
        buffer_printf(out, "table %d column %d\n", chart->table->number, chart->category_column);
    else
        buffer_text(out, "table -\n");
    for (size_t i = 0; i < chart->category_count; i++)
        put_quoted(dump, "category", chart->categories[i]);
    for (size_t i = 0; i < chart->series_count; i++) {
        const struct chart_series *series = &chart->series[i];
        indent(dump);
        buffer_text(out, "series ");
        add_quoted(dump, series->label);
        buffer_printf(out, " column %d format ", series->column);
        add_format(dump, &series->format);
        buffer_char(out, '\n');
        dump->depth++;
        for (size_t j = 0; j < chart->category_count; j++)
            put_value(dump, "point", series->values[j], NULL);
        dump->depth--;
    }
}

/* ---- Blocks ----------------------------------------------------------------------------------------------------- */

static void put_inlines(struct dump *dump, const struct inline_ *inlines) {
    for (; inlines; inlines = inlines->next) {
        switch (inlines->kind) {
        case INLINE_TEXT:
            put_quoted(dump, "text", inlines->text);
            break;
        case INLINE_VALUE:
            put_value(dump, "value", inlines->value, inlines->text);
            break;
        case INLINE_BREAK:
            put_word(dump, "break");
            break;
        default:
            put_word(dump, inlines->kind == INLINE_STRONG ? "strong" : "emphasis");
            break;
        }
        dump->depth++;
        put_inlines(dump, inlines->children);
        dump->depth--;
    }
}

static void put_block_name(struct dump *dump, const struct block *block) {
    static const char *const kinds[] = {
        [BLOCK_HEADING] = "heading", [BLOCK_PARAGRAPH] = "paragraph", [BLOCK_LIST] = "list",  [BLOCK_ITEM] = "item",
        [BLOCK_QUOTE] = "quote",     [BLOCK_TABLE] = "table",         [BLOCK_CHART] = "chart"};
    struct buffer *out = &dump->out;
    indent(dump);
    buffer_text(out, kinds[block->kind]);
    if (block->kind == BLOCK_HEADING)
        buffer_printf(out, " %d", block->level);
    else if (block->kind == BLOCK_LIST && block->level)
        buffer_printf(out, " from %d", block->level);
    else if (block->kind == BLOCK_LIST)
        buffer_text(out, " of dashes");
    else if (block->kind == BLOCK_TABLE)
        buffer_printf(out, " %d %s", block->table->number, block->table->name);
    else if (block->kind == BLOCK_CHART)
        buffer_printf(out, " %d %s", block->chart->number, block->chart->name);
    buffer_char(out, '\n');
}

static void put_blocks(struct dump *dump, const struct block *block) {
    for (; block; block = block->next) {
        put_block_name(dump, block);
        dump->depth++;
        put_inlines(dump, block->inlines);
        if (block->kind == BLOCK_TABLE)
            put_table(dump, block->table);
        else if (block->kind == BLOCK_CHART)
            put_chart(dump, block->chart);
        put_blocks(dump, block->children);
        dump->depth--;
    }
}

/* ---- The document ----------------------------------------------------------------------------------------------- */

static void put_front(struct dump *dump, const struct document *document) {
    const struct letterhead *letterhead = &document->letterhead;
    buffer_printf(&dump->out, "document %s %s\n", document->report, document->period);
    dump->depth++;
    put_quoted(dump, "language", document->language);
    put_quoted(dump, "profile", document->profile ? document->profile->name : NULL);
    put_date(dump, "as-of", document->as_of);
    put_date(dump, "created", document->created);
    put_word(dump, document->public_ ? "audience public" : "audience internal");
    put_quoted(dump, "superior", letterhead->superior);
    put_quoted(dump, "organ", letterhead->organ);
    put_quoted(dump, "party", letterhead->party);
    put_quoted(dump, "number", letterhead->number);
    put_quoted(dump, "place-date", letterhead->place_date);
    if (letterhead->motto && *letterhead->motto)
        put_quoted(dump, "motto", letterhead->motto);
    if (letterhead->draft && *letterhead->draft)
        put_quoted(dump, "draft", letterhead->draft);
    if (document->duplex)
        put_word(dump, "duplex");
    put_quoted(dump, "title", document->title);
    put_quoted(dump, "subject", document->subject);
    put_quoted(dump, "note", document->note);
    dump->depth--;
}

static void put_end(struct dump *dump, const struct document *document) {
    buffer_text(&dump->out, "signature\n");
    dump->depth++;
    put_quoted(dump, "authority", document->signature.authority);
    put_quoted(dump, "post", document->signature.post);
    put_quoted(dump, "name", document->signature.name);
    dump->depth--;
    buffer_text(&dump->out, "recipients\n");
    dump->depth++;
    for (size_t i = 0; i < document->recipient_count; i++)
        put_quoted(dump, "recipient", document->recipients[i]);
    if (document->drafter && *document->drafter)
        put_quoted(dump, "drafter", document->drafter);
    dump->depth--;
}

static void put_figures(struct dump *dump, const struct document *document) {
    buffer_text(&dump->out, "figures\n");
    dump->depth++;
    for (size_t i = 0; i < document->figure_count; i++) {
        const struct figure *figure = &document->figures[i];
        put_value(dump, figure->name, figure->value, figure->text);
        dump->depth++;
        put_quoted(dump, "label", figure->label);
        put_quoted(dump, "section", figure->section);
        if (figure->base && *figure->base)
            put_quoted(dump, "base", figure->base);
        indent(dump);
        buffer_text(&dump->out, "format ");
        add_format(dump, &figure->format);
        buffer_char(&dump->out, '\n');
        dump->depth--;
    }
    dump->depth--;
}

static void put_checks(struct dump *dump, const struct document *document) {
    buffer_text(&dump->out, "checks\n");
    dump->depth++;
    for (size_t i = 0; i < document->check_count; i++) {
        const struct check *check = &document->checks[i];
        put_quoted(dump, check->equal ? "equal" : "differs", check->rule);
        dump->depth++;
        put_value(dump, "expected", check->expected, NULL);
        put_value(dump, "found", check->found, NULL);
        dump->depth--;
    }
    dump->depth--;
}

/* What is listed, not the lists: a ledger's rows are no part of what a report says. */
static void put_details(struct dump *dump, const struct document *document) {
    for (size_t i = 0; i < document->detail_count; i++) {
        const struct detail *detail = &document->details[i];
        indent(dump);
        buffer_printf(&dump->out, "details %s rows %zu columns %zu\n", detail->figure, detail->table->row_count,
                      detail->table->column_count);
    }
}

static void put_sources(struct dump *dump, const struct document *document) {
    buffer_text(&dump->out, "sources\n");
    dump->depth++;
    for (size_t i = 0; i < document->source_count; i++) {
        const struct source *source = &document->sources[i];
        put_quoted(dump, "file", source->file);
        dump->depth++;
        put_quoted(dump, "sheet", source->sheet);
        put_quoted(dump, "ledger", source->ledger);
        indent(dump);
        buffer_printf(&dump->out, "rows read %zu accepted %zu rejected %zu skipped %zu\n", source->read,
                      source->accepted, source->rejected, source->skipped);
        put_quoted(dump, "encoding", source->encoding);
        put_quoted(dump, "sha256", source->sha256);
        dump->depth--;
    }
    dump->depth--;
}

static bool write_document(const struct document *document, const char *path, struct diagnostics *diagnostics) {
    struct dump dump = {.document = document, .arena = document->arena};
    put_front(&dump, document);
    buffer_text(&dump.out, "blocks\n");
    dump.depth++;
    put_blocks(&dump, document->blocks);
    dump.depth--;
    put_end(&dump, document);
    put_figures(&dump, document);
    put_checks(&dump, document);
    put_details(&dump, document);
    put_sources(&dump, document);
    bool good = file_write(document->arena, diagnostics, path, dump.out.text, dump.out.length);
    buffer_free(&dump.out);
    return good;
}

const struct renderer tree_renderer = {.name = "tree", .details = true, .write = write_document};
