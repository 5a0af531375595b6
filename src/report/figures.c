/* figures.c - the numbers that stand in the prose, by the names they have in words. */
#include "report/fill.h"

#include "base/text.h"

#include <string.h>

/* The row of the query whose section the prose stands in, when the name is one of its columns; the section inside it
 * may be of another kind. */
static const struct name_frame *row_frame(const struct fill *fill, const char *name) {
    for (size_t at = fill->frames.depth; at-- > 1;) {
        const struct name_frame *frame = fill->frames.stack[at].frame;
        if (fill->frames.stack[at].kind == ITEM_FRAME && frame->kind == FRAME_ROW)
            return result_column(frame->result, name) < 0 ? NULL : frame;
    }
    return NULL;
}

/* The name by which the figures block may put a value into words: query.column. */
static const char *figure_name(const struct fill *fill, const char *name) {
    const struct name_frame *frame = row_frame(fill, name);
    return frame ? arena_printf(fill->arena, "%s.%s", frame->query, name) : name;
}

void figures_cover(const struct fill *fill, const char *name) {
    name = figure_name(fill, name);
    for (size_t i = 0; fill->request->coverage && i < fill->template->label_count; i++)
        if (strcmp(fill->template->labels[i].name, name) == 0)
            fill->request->coverage->labels[i] = true;
}

void figures_excuse(const struct fill *fill, size_t query) {
    const struct template *template = fill->template;
    const size_t length = strlen(template->queries[query].name);
    if (!fill->request->coverage)
        return;
    fill->request->coverage->queries[query] = true;
    for (size_t i = 0; i < template->label_count; i++)
        if (strncmp(template->labels[i].name, template->queries[query].name, length) == 0 &&
            template->labels[i].name[length] == '.')
            fill->request->coverage->labels[i] = true;
}

static const char *row_words(const struct fill *fill, const struct name_frame *frame) {
    for (size_t c = 0; c < frame->result->column_count && frame->row < frame->result->row_count; c++) {
        const struct value value = result_value(frame->result, frame->row, c);
        if (value.kind == VALUE_TEXT)
            return value_keep(fill->arena, value).text;
    }
    return NULL;
}

const char *figures_label(const struct template *template, const char *name) {
    for (size_t i = 0; i < template->label_count; i++)
        if (strcmp(template->labels[i].name, name) == 0)
            return template->labels[i].label;
    return NULL;
}

static bool figure_adds(const struct template *template, const char *name) {
    for (size_t i = 0; i < template->label_count; i++)
        if (strcmp(template->labels[i].name, name) == 0)
            return template->labels[i].adds;
    return false;
}

/* Numbers that stand in the prose are listed in the workbook, by the name they have in words. */
void figures_keep(struct fill *fill, const struct figure_value *figure) {
    const struct expression *expression = &figure->expression;
    const struct value value = figure->value;
    struct document *document = fill->document;
    const bool gap = value.kind == VALUE_GAP;
    if ((!value_is_number(value) && !gap) || text_starts(expression->name, "row."))
        return;
    const struct name_frame *frame = row_frame(fill, expression->name);
    const char *name = figure_name(fill, expression->name), *row = frame ? row_words(fill, frame) : NULL, *base = "";
    const char *label = figures_label(fill->template, name);
    bool adds = figure_adds(fill->template, name);
    if (expression->kind == EXPRESSION_RATIO) {
        const char *other = figure_name(fill, expression->other);
        adds = adds && figure_adds(fill->template, other);
        base = figures_label(fill->template, other) ? figures_label(fill->template, other) : other;
        name = arena_printf(fill->arena, "%s / %s", name, other);
        label = label ? arena_printf(fill->arena, "%s (tỷ lệ)", label) : NULL;
    }
    if (expression->kind == EXPRESSION_CHANGE && label)
        label = arena_printf(fill->arena, "%s (tăng, giảm)", label);
    label = label ? label : name;
    if (row)
        label = arena_printf(fill->arena, "%s: %s", label, row);
    for (size_t i = 0; i < document->figure_count; i++)
        if (strcmp(document->figures[i].label, label) == 0 && value_equal(document->figures[i].value, value))
            return;
    document->figures = arena_grow(fill->arena, document->figures, &document->figure_capacity,
                                   document->figure_count + 1, sizeof *document->figures);
    document->figures[document->figure_count++] = (struct figure){.name = name,
                                                                  .label = label,
                                                                  .section = fill->section,
                                                                  .value = value,
                                                                  .format = expression->format,
                                                                  .text = figure->text,
                                                                  .base = base,
                                                                  .adds = adds};
}
