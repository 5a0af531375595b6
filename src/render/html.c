/* html.c - writes a document as one page for browsers: to be read on a phone, and printed as A4.
 *
 * Figures of the prose are <data value="189/179">106%</data>: what is printed, and what it is, for programs. */
#include "render/html_chart.h"
#include "render/html_text.h"
#include "render/renderer.h"

#include "base/file.h"
#include "base/text.h"

#include <string.h>

enum { WRITTEN_AT = 64 * 1024 };

struct page {
    struct buffer out; /* what is not yet written */
    struct outfile file;
    struct arena *arena;
    const struct document *document;
};

static bool is_given(const char *text) {
    return text && *text;
}

static void write_out(struct page *page) {
    outfile_add(&page->file, buffer_string(&page->out), page->out.length);
    buffer_clear(&page->out);
}

static void put_given(struct page *page, const char *tag, const char *kind, const char *text) {
    if (is_given(text))
        html_element(&page->out, tag, kind, text);
}

/* ---- Prose ------------------------------------------------------------------------------------------------------ */

static void put_value(struct page *page, const struct inline_ *value) {
    struct buffer *out = &page->out;
    if (!value_is_number(value->value) && value->value.kind != VALUE_DATE) {
        html_text(out, value->text);
        return;
    }
    buffer_printf(out, value->value.kind == VALUE_DATE ? "<time datetime=\"%s\">" : "<data value=\"%s\">",
                  value_plain(page->arena, value->value));
    html_text(out, value->text);
    buffer_text(out, value->value.kind == VALUE_DATE ? "</time>" : "</data>");
}

static void put_inlines(struct page *page, const struct inline_ *inlines) {
    for (; inlines; inlines = inlines->next) {
        const char *tag = inlines->kind == INLINE_STRONG ? "strong" : inlines->kind == INLINE_EMPHASIS ? "em" : NULL;
        if (tag)
            buffer_printf(&page->out, "<%s>", tag);
        if (inlines->kind == INLINE_BREAK)
            buffer_text(&page->out, "<br/>");
        else if (inlines->kind == INLINE_VALUE)
            put_value(page, inlines);
        else
            html_text(&page->out, inlines->text);
        put_inlines(page, inlines->children);
        if (tag)
            buffer_printf(&page->out, "</%s>", tag);
    }
}

/* ---- Tables ----------------------------------------------------------------------------------------------------- */

static bool same_group(const struct table_column *left, const struct table_column *right) {
    return left->group && right->group && strcmp(left->group, right->group) == 0;
}

static void put_label(struct page *page, const char *attributes, const char *label) {
    buffer_printf(&page->out, "<th scope=\"col\"%s>", attributes);
    html_text(&page->out, label);
    buffer_text(&page->out, "</th>");
}

static void put_table_header(struct page *page, const struct table *table) {
    buffer_text(&page->out, "<thead>\n<tr>");
    for (size_t i = 0, last; i < table->column_count; i = last + 1) {
        const struct table_column *column = &table->columns[i];
        for (last = i; last + 1 < table->column_count && same_group(column, &table->columns[last + 1]);)
            last++;
        if (column->group)
            put_label(page, arena_printf(page->arena, " colspan=\"%zu\"", last - i + 1), column->group);
        else
            put_label(page, table->grouped ? " rowspan=\"2\"" : "", column->label);
    }
    buffer_text(&page->out, "</tr>\n");
    if (table->grouped) {
        buffer_text(&page->out, "<tr>");
        for (size_t i = 0; i < table->column_count; i++)
            if (table->columns[i].group)
                put_label(page, "", table->columns[i].label);
        buffer_text(&page->out, "</tr>\n");
    }
    buffer_text(&page->out, "</thead>\n");
}

static void put_row(struct page *page, const struct table *table, const struct grid_row *row) {
    static const char *const aligns[] = {[ALIGN_LEFT] = "left", [ALIGN_CENTER] = "center", [ALIGN_RIGHT] = "right"};
    static const char *const kinds[] = {[ROW_BODY] = "<tr>",
                                        [ROW_GROUP] = "<tr class=\"group\">",
                                        [ROW_SUBTOTAL] = "<tr class=\"subtotal\">",
                                        [ROW_TOTAL] = "<tr class=\"total\">"};
    if (row->kind == ROW_GROUP) {
        buffer_printf(&page->out, "%s<td class=\"left\" colspan=\"%zu\"><span>", kinds[row->kind], table->column_count);
        for (size_t i = 0; i < table->column_count; i++)
            html_text(&page->out, row->cells[i].text);
        buffer_text(&page->out, "</span></td></tr>\n");
        return;
    }
    buffer_text(&page->out, kinds[row->kind]);
    for (size_t i = 0; i < table->column_count; i++) {
        buffer_printf(&page->out, "<td class=\"%s\">", aligns[table->columns[i].align]);
        html_text(&page->out, row->cells[i].text);
        buffer_text(&page->out, "</td>");
    }
    buffer_text(&page->out, "</tr>\n");
}

static void put_table(struct page *page, const struct table *table) {
    buffer_printf(&page->out, "<figure class=\"table\" id=\"bang-%d\">\n", table->number);
    if (is_given(table->caption))
        html_element(&page->out, "figcaption", NULL,
                     profile_caption(page->arena, page->document->profile->words.table, table->number, table->caption));
    put_given(page, "p", "unit", table->unit);
    buffer_printf(&page->out, "<div class=\"frame\" tabindex=\"0\">\n<table class=\"%s\">\n",
                  table->columns[0].counter ? "counted" : "plain");
    put_table_header(page, table);
    buffer_text(&page->out, "<tbody>\n");
    for (size_t i = 0; i < table->row_count; i++) {
        const struct grid_row row = grid_row(table->rows, i);
        put_row(page, table, &row);
        if (page->out.length >= WRITTEN_AT)
            write_out(page);
    }
    if (!table->row_count)
        buffer_printf(&page->out, "<tr><td class=\"nothing\" colspan=\"%zu\">%s</td></tr>\n", table->column_count,
                      table->nothing ? table->nothing : page->document->profile->words.nothing);
    buffer_text(&page->out, "</tbody>\n</table>\n</div>\n</figure>\n");
}

static void put_chart(struct page *page, const struct chart *chart) {
    buffer_printf(&page->out, "<figure class=\"chart\" id=\"bieu-do-%d\">\n<div class=\"drawing\">\n", chart->number);
    html_chart(&page->out, page->arena, chart);
    buffer_text(&page->out, "</div>\n");
    if (!chart->category_count)
        html_element(&page->out, "p", "note", chart->nothing ? chart->nothing : page->document->profile->words.nothing);
    if (is_given(chart->caption))
        html_element(&page->out, "figcaption", NULL,
                     profile_caption(page->arena, page->document->profile->words.chart, chart->number, chart->caption));
    buffer_text(&page->out, "</figure>\n");
}

/* ---- Blocks ----------------------------------------------------------------------------------------------------- */

static void put_blocks(struct page *page, const struct block *block);

static void put_holder(struct page *page, const char *open, const char *close, const struct block *block) {
    buffer_text(&page->out, open);
    put_inlines(page, block->inlines);
    put_blocks(page, block->children);
    buffer_text(&page->out, close);
}

static void put_block(struct page *page, const struct block *block) {
    /* The report's title is the page's only <h1>. */
    const int level = block->level < 1 ? 2 : block->level > 3 ? 4 : block->level + 1;
    switch (block->kind) {
    case BLOCK_HEADING:
        put_holder(page, arena_printf(page->arena, "<h%d>", level), arena_printf(page->arena, "</h%d>\n", level),
                   block);
        break;
    case BLOCK_PARAGRAPH:
        put_holder(page, "<p class=\"body\">", "</p>\n", block);
        break;
    case BLOCK_LIST:
        if (block->level)
            put_holder(page, arena_printf(page->arena, "<ol start=\"%d\">\n", block->level), "</ol>\n", block);
        else
            put_holder(page, "<ul class=\"dashes\">\n", "</ul>\n", block);
        break;
    case BLOCK_ITEM:
        put_holder(page, "<li>", "</li>\n", block);
        break;
    case BLOCK_QUOTE:
        put_holder(page, "<blockquote>\n", "</blockquote>\n", block);
        break;
    case BLOCK_TABLE:
        put_table(page, block->table);
        break;
    case BLOCK_CHART:
        put_chart(page, block->chart);
        break;
    }
}

static void put_blocks(struct page *page, const struct block *block) {
    for (; block; block = block->next)
        put_block(page, block);
}

/* ---- Front and end ---------------------------------------------------------------------------------------------- */

static void put_front(struct page *page) {
    const struct document *document = page->document;
    const struct letterhead *letterhead = &document->letterhead;
    const struct profile *profile = document->profile;
    buffer_text(&page->out, "<header>\n<div class=\"letterhead\">\n<div>\n");
    put_given(page, "p", NULL, letterhead->superior);
    put_given(page, "p", profile->organ_rule_percent > 0 ? "strong ruled" : "strong", letterhead->organ);
    put_given(page, "p", NULL, profile->words.organ_mark);
    put_given(page, "p", NULL, letterhead->number);
    put_given(page, "p", "note", letterhead->draft);
    buffer_text(&page->out, "</div>\n<div>\n");
    put_given(page, "p", is_given(letterhead->motto) ? "strong" : "strong ruled", letterhead->party);
    put_given(page, "p", "strong ruled", letterhead->motto);
    put_given(page, "p", "place", letterhead->place_date);
    buffer_text(&page->out, "</div>\n</div>\n");
    put_given(page, "h1", NULL, document->title);
    put_given(page, "p", profile->subject_rule_percent > 0 ? "subject ruled" : "subject", document->subject);
    put_given(page, "p", "rule", profile->words.subject_mark);
    put_given(page, "p", "note", document->note);
    buffer_text(&page->out, "</header>\n");
}

static void put_end(struct page *page) {
    const struct document *document = page->document;
    const struct profile *profile = document->profile;
    buffer_text(&page->out, "<footer class=\"signature\">\n<div class=\"recipients\">\n");
    if (document->recipient_count) {
        html_element(&page->out, "p", profile->recipients_rule_percent > 0 ? "label ruled" : "label",
                     profile->words.recipients_label);
        buffer_text(&page->out, "<ul>\n");
        for (size_t i = 0; i < document->recipient_count; i++)
            html_element(
                &page->out, "li", NULL,
                profile_recipient(page->arena, profile, document->recipients[i], i + 1 == document->recipient_count));
        buffer_text(&page->out, "</ul>\n");
    }
    put_given(page, "p", "drafter", document->drafter);
    buffer_text(&page->out, "</div>\n<div class=\"signer\">\n");
    put_given(page, "p", NULL, document->signature.authority);
    put_given(page, "p", NULL, document->signature.post);
    put_given(page, "p", "name", document->signature.name);
    buffer_text(&page->out, "</div>\n</footer>\n");
}

/* ---- What it was made from -------------------------------------------------------------------------------------- */

static void put_cell(struct page *page, const char *kind, const char *text) {
    buffer_printf(&page->out, "<td class=\"%s\">", kind);
    html_text(&page->out, text);
    buffer_text(&page->out, "</td>");
}

static void put_checks(struct page *page) {
    const struct document *document = page->document;
    html_element(&page->out, "h2", NULL, "Đối chiếu số liệu");
    buffer_text(&page->out, "<div class=\"frame\"><table>\n<thead><tr><th>Quy tắc</th><th>Phải bằng</th><th>Tính "
                            "được</th><th>Kết quả</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < document->check_count; i++) {
        const struct check *check = &document->checks[i];
        buffer_text(&page->out, "<tr>");
        put_cell(page, "left", check->rule);
        put_cell(page, "right", value_string(page->arena, check->expected, NULL));
        put_cell(page, "right", value_string(page->arena, check->found, NULL));
        put_cell(page, "center", check->equal ? "Khớp" : "LỆCH");
        buffer_text(&page->out, "</tr>\n");
    }
    buffer_text(&page->out, "</tbody>\n</table></div>\n");
}

static void put_sources(struct page *page) {
    const struct document *document = page->document;
    html_element(&page->out, "h2", NULL, "Nguồn số liệu");
    buffer_text(&page->out, "<div class=\"frame\"><table>\n<thead><tr><th>Tệp</th><th>Sổ</th><th>Đã đọc</th><th>Được "
                            "nhận</th><th>Bị loại</th><th>Bỏ qua</th><th>SHA-256</th></tr></thead>\n<tbody>\n");
    for (size_t i = 0; i < document->source_count; i++) {
        const struct source *source = &document->sources[i];
        const size_t counts[] = {source->read, source->accepted, source->rejected, source->skipped};
        buffer_text(&page->out, "<tr>");
        put_cell(page, "left",
                 is_given(source->sheet) ? arena_printf(page->arena, "%s / %s", source->file, source->sheet)
                                         : source->file);
        put_cell(page, "left", source->ledger);
        for (size_t j = 0; j < 4; j++)
            put_cell(page, "right", value_string(page->arena, value_integer((int64_t)counts[j]), NULL));
        buffer_text(&page->out, "<td><code>");
        html_text(&page->out, source->sha256);
        buffer_text(&page->out, "</code></td></tr>\n");
    }
    buffer_text(&page->out, "</tbody>\n</table></div>\n");
}

/* Not printed, and not in what is published. */
static void put_origin(struct page *page) {
    if (page->document->public_ || !page->document->source_count)
        return;
    buffer_text(&page->out, "<details>\n<summary>Đối chiếu và nguồn số liệu</summary>\n");
    if (page->document->check_count)
        put_checks(page);
    put_sources(page);
    buffer_text(&page->out, "</details>\n");
}

static bool write_document(const struct document *document, const char *path, struct diagnostics *diagnostics) {
    struct page page = {.arena = arena_new(), .document = document};
    page.file = outfile_open(page.arena, diagnostics, path);
    html_begin(&page.out, is_given(document->language) ? document->language : "vi",
               arena_printf(page.arena, "%s %s", document->title ? document->title : "",
                            document->subject ? document->subject : ""),
               document->profile);
    put_front(&page);
    buffer_text(&page.out, "<main>\n");
    put_blocks(&page, document->blocks);
    buffer_text(&page.out, "</main>\n");
    put_end(&page);
    put_origin(&page);
    html_end(&page.out);
    write_out(&page);
    bool good = outfile_close(&page.file);
    buffer_free(&page.out);
    arena_free(page.arena);
    return good;
}

const struct renderer html_renderer = {.name = "html", .write = write_document};
