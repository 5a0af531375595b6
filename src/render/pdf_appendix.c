/* pdf_appendix.c - tables behind the signature, on turned pages under titles of their own.
 *
 *                           Phụ lục 1
 *              Bảng 3. …                             the table's caption
 *     (Kèm theo Báo cáo số 12-BC/HU, ngày … của …)
 *
 * A template may ask for it; a table that is too wide for the page comes here by itself. What is too wide even here is
 * cut into parts one behind the other, each beginning with the columns that tell what its rows are about. */
#include "render/pdf_table.h"

struct appendix {
    struct table_texts *texts;
};

static const char *number_text(struct layout *layout, size_t number) {
    return arena_printf(layout->arena, "%zu", number);
}

static size_t add_centred(struct layout *layout, const char *text, enum face face, double size, double gap,
                          enum keep keep) {
    struct text_style style = {.size = size,
                               .leading = text_leading(layout, size),
                               .x = layout->left,
                               .width = layout->width,
                               .mode = LINES_BALANCED,
                               .align = ALIGN_CENTER};
    return text_add_boxes(layout, text_set(layout, text_prepare_plain(layout, text, face), &style), gap, keep);
}

void appendix_refer(struct table_texts *texts) {
    struct layout *layout = texts->layout;
    const struct table *table = texts->table;
    const struct profile *profile = layout->profile;
    size_t number = layout->appendix_count + 1;
    layout->appendices =
        arena_grow(layout->arena, layout->appendices, &layout->appendix_capacity, number, sizeof *layout->appendices);
    layout->appendices[layout->appendix_count++].texts = texts;
    const char *values[] = {"number",   number_text(layout, (size_t)table->number),
                            "caption",  table->caption ? table->caption : "",
                            "appendix", number_text(layout, number),
                            NULL};
    add_centred(layout, profile_phrase(layout->arena, profile->words.appendix_see, values), FACE_ITALIC,
                profile->body_size, profile->paragraph_gap, KEEP_NOT);
}

static void add_titles(struct layout *layout, size_t number) {
    const struct profile *profile = layout->profile;
    const char *values[] = {"appendix", number_text(layout, number), NULL};
    const char *title = profile_phrase(layout->arena, profile->words.appendix, values);
    size_t first = add_centred(layout, title, FACE_BOLD, profile->title_size, 0, KEEP_MUST);
    if (first < layout->count) {
        layout->boxes[first].begins_page = true;
        layout->boxes[first].bookmark = 1;
        layout->boxes[first].bookmark_title = title;
    }
    if (layout->document->attached)
        add_centred(layout, text_with_room(layout->arena, layout->document->attached), FACE_ITALIC, profile->body_size,
                    0, KEEP_MUST);
}

static void add_appendix(struct layout *layout, struct table_texts *texts, size_t number) {
    const struct table *table = texts->table;
    struct table_set *whole = table_fit(texts), **parts = &whole;
    size_t count = whole ? 1 : table_split(texts, &parts);
    const char *table_number = number_text(layout, (size_t)table->number);
    add_titles(layout, number);
    for (size_t i = 0; i < count; i++)
        table_add_set(parts[i], i > 0);
    if (!whole)
        diagnose(layout->diagnostics, TABLE_SPLIT, NULL, layout->document->report, table_number,
                 number_text(layout, number), number_text(layout, count));
    else if (!table->appendix)
        diagnose(layout->diagnostics, TABLE_TURNED, NULL, layout->document->report, table_number,
                 number_text(layout, number));
}

void appendices_add(struct layout *layout) {
    if (layout->appendix_count)
        layout_use_form(layout, &layout->turned);
    for (size_t i = 0; i < layout->appendix_count; i++)
        add_appendix(layout, layout->appendices[i].texts, i + 1);
}
