/* expression.c - what stands inside a tag: names, what they are divided by or compared with, and formats. */
#include "template/mustache.h"

#include "base/text.h"

#include <string.h>

/* Cuts the next word off. */
static char *next_word(char **rest) {
    char *word = *rest + strspn(*rest, " \t\r\n");
    size_t length = strcspn(word, " \t\r\n");
    *rest = word + length;
    if (**rest)
        *(*rest)++ = '\0';
    return word;
}

static bool take_format(struct arena *arena, struct diagnostics *diagnostics, const struct place *place, char *rest,
                        enum rounding rounding, struct expression *expression) {
    rest += strspn(rest, " \t\r\n");
    size_t length = strlen(rest);
    while (length && strchr(" \t\r\n", rest[length - 1]))
        rest[--length] = '\0';
    if (length >= 4 && strcmp(rest + length - 4, "over") == 0 && (length == 4 || rest[length - 5] == ' ')) {
        expression->over = true;
        length = length == 4 ? 0 : length - 5;
        rest[length] = '\0';
    }
    if (!*rest)
        return true;
    if (text_starts(rest, "as ")) {
        rest += strlen("as ");
        expression->format_name = next_word(&rest);
        return true;
    }
    expression->has_format = true;
    if (format_parse(arena, rest, rounding, &expression->format))
        return true;
    diagnose(diagnostics, FORMAT_UNKNOWN, place, rest);
    return false;
}

bool expression_parse(struct arena *arena, struct diagnostics *diagnostics, const struct place *place,
                      const char *content, enum rounding rounding, struct expression *expression) {
    char *rest = arena_text(arena, content);
    *expression = (struct expression){.name = next_word(&rest)};
    expression->format.rounding = rounding;
    char *look = rest + strspn(rest, " \t\r\n");
    if (*look == '/' && look[1] && strchr(" \t", look[1])) {
        rest = look + 1;
        expression->kind = EXPRESSION_RATIO;
        expression->other = next_word(&rest);
    } else if (text_starts(look, "change ")) {
        rest = look + strlen("change ");
        expression->kind = EXPRESSION_CHANGE;
        expression->other = next_word(&rest);
    }
    return take_format(arena, diagnostics, place, rest, rounding, expression);
}
