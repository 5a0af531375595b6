/* words.c - what a tag prints: the one evaluator of prose, titles, captions, labels, notes and passages. */
#include "report/fill.h"

#include "base/text.h"

#include <string.h>

/* Nothing known is not zero: there is no change to tell. */
static const char *change_words(struct fill *fill, struct value now, struct value before) {
    static const struct format percent = {.kind = FORMAT_PERCENT, .digits = 1, .decimals = 1};
    static const struct format two = {.kind = FORMAT_NUMBER, .digits = 2, .grouped = true};
    const struct value difference = value_subtract(now, before);
    if (difference.kind == VALUE_NONE)
        return "chưa có số liệu so sánh";
    const int sign = value_sign(difference);
    if (!sign)
        return "không đổi";
    struct value size = difference;
    size.number = sign * size.number;
    const char *share =
        value_sign(before) > 0
            ? arena_printf(fill->arena, " (%s)", value_string(fill->arena, value_divide(size, before), &percent))
            : "";
    const bool few = size.kind == VALUE_INTEGER && size.number < 10;
    return arena_printf(fill->arena, "%s %s%s", sign > 0 ? "tăng" : "giảm",
                        value_string(fill->arena, size, few ? &two : NULL), share);
}

/* The format that the ledgers declare, as "0.0% truncate"; false after saying that it is none. */
static bool take_declared_format(struct fill *fill, struct expression *expression, const struct place *place) {
    if (!expression->format_name)
        return true;
    struct value value = frames_find(&fill->frames, expression->format_name).value;
    if (value.kind != VALUE_TEXT || !*value.text)
        return true;
    expression->has_format = true;
    if (format_parse(fill->arena, value.text, fill->template->rounding, &expression->format))
        return true;
    diagnose(fill->diagnostics, FORMAT_UNKNOWN, place, value.text);
    fill->good = false;
    return false;
}

static bool is_operand(struct value value) {
    return value.kind == VALUE_INTEGER || value.kind == VALUE_DECIMAL || value.kind == VALUE_NONE ||
           value.kind == VALUE_HIDDEN || value.kind == VALUE_GAP;
}

/* Two numbers, of which one is divided by, or compared with, the other. */
static bool operate(struct fill *fill, struct figure_value *figure, const struct place *place) {
    const struct expression *expression = &figure->expression;
    const struct value left = frames_find(&fill->frames, expression->name).value;
    const struct value right = frames_find(&fill->frames, expression->other).value;
    const struct format *format = expression->has_format ? &expression->format : NULL;
    if (!is_operand(left) || !is_operand(right)) {
        diagnose(fill->diagnostics, RATIO_TEXT, place, is_operand(left) ? expression->other : expression->name);
        return fill->good = false;
    }
    if (value_absent(left, right, &figure->value)) {
        figure->text = value_string(fill->arena, figure->value, NULL);
    } else if (expression->kind == EXPRESSION_CHANGE) {
        figure->value = value_subtract(left, right);
        figure->text = change_words(fill, left, right);
    } else {
        figure->value = value_divide(left, right);
        figure->text = value_string(fill->arena, figure->value, format);
        ratio_watch(fill, figure->value, expression->over, expression->name, place);
    }
    return true;
}

static bool find_value(struct fill *fill, const struct expression *expression, const struct place *place,
                       struct figure_value *figure) {
    *figure = (struct figure_value){.expression = *expression};
    if (!take_declared_format(fill, &figure->expression, place))
        return false;
    if (expression->kind != EXPRESSION_NAME)
        return operate(fill, figure, place) && *figure->text;
    figure->value = frames_find(&fill->frames, expression->name).value;
    figure->text =
        value_string(fill->arena, figure->value, figure->expression.has_format ? &figure->expression.format : NULL);
    return *figure->text;
}

bool expression_value(struct fill *fill, const struct expression *expression, const struct place *place,
                      struct figure_value *figure) {
    if (!find_value(fill, expression, place, figure))
        return false;
    if (gap_is(figure->value, GAP_UNKNOWN)) {
        gaps_tell(fill, expression->name);
        if (expression->other)
            gaps_tell(fill, expression->other);
    }
    return true;
}

/* A name that has no value of its own, as a query's, prints nothing that anybody meant. */
static void check_value(struct fill *fill, const char *name, const struct place *place) {
    const struct item item = names_find(fill, name, place);
    figures_cover(fill, name);
    if (item.kind != ITEM_LIST && item.kind != ITEM_FRAME)
        return;
    diagnose(fill->diagnostics, NAME_NO_VALUE, place, name);
    fill->good = false;
}

void expression_check(struct fill *fill, const struct expression *expression, const struct place *place) {
    check_value(fill, expression->name, place);
    if (expression->other)
        check_value(fill, expression->other, place);
    if (expression->format_name)
        names_find(fill, expression->format_name, place);
}

const char *words_print(const void *context, const struct expression *expression, const struct place *place) {
    struct fill *fill = (struct fill *)context;
    struct figure_value figure;
    return expression_value(fill, expression, place, &figure) ? figure.text : NULL;
}

const char *words_fill(struct fill *fill, const char *words, const struct place *place) {
    struct template_text text = {.file = place->file, .line = place->row, .text = words};
    struct tag *tags;
    size_t count;
    if (!words || !strstr(words, "{{"))
        return words;
    if (!tags_scan(fill->arena, fill->diagnostics, &text, &tags, &count)) {
        fill->good = false;
        return words;
    }
    for (size_t i = 0; i < count; i++) {
        struct expression expression;
        if (tags[i].kind != TAG_VARIABLE && tags[i].kind != TAG_RAW)
            continue;
        if (expression_parse(fill->arena, fill->diagnostics, place, tags[i].content, fill->template->rounding,
                             &expression))
            expression_check(fill, &expression, place);
        else
            fill->good = false;
    }
    const char *filled = mustache_fill(fill->arena, fill->diagnostics, &text, &fill->frames, false);
    return filled ? filled : words;
}
