/* test_template_mustache.c - plain text with Mustache tags: the official specification, and our expressions. */
#include "json.h"

#include "template/mustache.h"

/* ---- Names are looked up in JSON -------------------------------------------------------------------------------- */

struct spec {
    struct arena *arena;
    const struct json *partials;
};

static struct item item_of(struct arena *arena, const struct json *json) {
    struct item item = {.kind = ITEM_VALUE, .frame = json};
    const char *dot;
    switch (json->kind) {
    case JSON_OBJECT:
        item.kind = ITEM_FRAME;
        break;
    case JSON_ARRAY:
        item.kind = ITEM_LIST;
        item.count = json->count;
        break;
    case JSON_STRING:
        item.value = value_text(json->text);
        break;
    case JSON_NUMBER:
        dot = strchr(json->text, '.');
        if (dot) {
            const char *digits = arena_printf(arena, "%.*s%s", (int)(dot - json->text), json->text, dot + 1);
            item.value = value_decimal(strtoll(digits, NULL, 10), (int)strlen(dot + 1));
        } else {
            item.value = value_integer(strtoll(json->text, NULL, 10));
        }
        break;
    case JSON_NULL:
        item.value = value_none();
        break;
    default:
        item.value = value_integer(json->kind == JSON_TRUE);
    }
    return item;
}

static struct item find(const void *context, const void *frame, const char *name, size_t length) {
    const struct spec *spec = context;
    const struct json *found = json_get(frame, name, length);
    return found ? item_of(spec->arena, found) : (struct item){.kind = ITEM_MISSING};
}

static struct item element(const void *context, const struct item *list, size_t index) {
    const struct spec *spec = context;
    const struct json *child = ((const struct json *)list->frame)->first;
    while (index--)
        child = child->next;
    return item_of(spec->arena, child);
}

static const char *partial(const void *context, const char *name) {
    const struct spec *spec = context;
    const struct json *found = json_get(spec->partials, name, strlen(name));
    return found ? found->text : NULL;
}

static const char *fill(struct bench *bench, const char *template, const struct json *data, const struct json *partials,
                        bool escape) {
    struct spec spec = {.arena = bench->arena, .partials = partials};
    const struct source_of_names source = {.context = &spec, .find = find, .element = element, .partial = partial};
    struct frames frames = {.source = &source, .depth = 1};
    struct template_text text = {.file = "t", .line = 1, .text = template};
    frames.stack[0] = item_of(bench->arena, data);
    const char *filled = mustache_fill(bench->arena, &bench->diagnostics, &text, &frames, escape);
    assert_int_equal(frames.depth, 1);
    return filled;
}

static const char *fill_json(struct bench *bench, const char *template, const char *data) {
    return fill(bench, template, json_read(bench->arena, data), NULL, false);
}

/* ---- The specification ------------------------------------------------------------------------------------------ */

/* What we do otherwise, and why. */
static const struct { const char *module, *name, *reason; } known[] = {{"", "", ""}};

static const char *known_reason(const char *module, const char *name) {
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(known[i].module, module) == 0 && strcmp(known[i].name, name) == 0)
            return known[i].reason;
    return NULL;
}

static void check_module(struct bench *bench, const char *module) {
    size_t length, failed = 0, count = 0;
    const char *text = corpus_read(bench, arena_printf(bench->arena, "mustache/%s.json", module), &length);
    if (!text)
        return;
    const struct json *root = json_read(bench->arena, text), *tests = json_get(root, "tests", 5);
    for (const struct json *test = tests->first; test; test = test->next, count++) {
        const char *name = json_string(test, "name"), *wanted = json_string(test, "expected");
        const char *found =
            fill(bench, json_string(test, "template"), json_get(test, "data", 4), json_get(test, "partials", 8), true);
        const char *reason = known_reason(module, name);
        bool same = found && strcmp(found, wanted) == 0;
        if (reason)
            print_message("%s, %s: %s\n", module, name, reason);
        if (same == (reason != NULL)) {
            print_error("%s, %s: «%s», not «%s»\n", module, name, found ? found : "(refused)", wanted);
            failed++;
        }
    }
    assert_true(count > 10);
    assert_int_equal(failed, 0);
}

#define MODULE(name)                                                                                                   \
    static void spec_##name(void **state) {                                                                            \
        check_module(*state, #name);                                                                                   \
    }
MODULE(interpolation)
MODULE(sections)
MODULE(inverted)
MODULE(comments)
MODULE(delimiters)
MODULE(partials)

/* ---- Ours ------------------------------------------------------------------------------------------------------- */

static void values_are_printed_by_their_formats(void **state) {
    struct bench *bench = *state;
    static const char data[] = "{\"n\": 5, \"all\": 6386, \"day\": \"2014-07-05\", \"q\": {\"a\": 189, \"b\": 179}}";
    assert_string_equal(fill_json(bench, "{{n}} {{n 00}} {{all #,##0}}", data), "5 05 6.386");
    assert_string_equal(fill_json(bench, "{{q.a / q.b 0.0%}}; {{ q.a / q.b 0% truncate }}", data), "105,6%; 105%");
    assert_string_equal(fill_json(bench, "{{day dd/mm/yyyy}} {{day long}}", data),
                        "05/07/2014 ngày 05 tháng 7 năm 2014");
    assert_string_equal(fill_json(bench, "{{none 00}}{{q}}", data), "");
    assert_nothing_said(bench);
}

static void text_is_not_escaped_when_not_asked(void **state) {
    struct bench *bench = *state;
    static const char data[] = "{\"x\": \"<a & \\\"b\\\">\"}";
    assert_string_equal(fill_json(bench, "{{x}} {{{x}}} {{&x}}", data), "<a & \"b\"> <a & \"b\"> <a & \"b\">");
    assert_string_equal(fill(bench, "{{x}}|{{{x}}}", json_read(bench->arena, data), NULL, true),
                        "&lt;a &amp; &quot;b&quot;&gt;|<a & \"b\">");
}

static void assert_refused(struct bench *bench, const char *template, enum diagnostic code, unsigned row,
                           unsigned column) {
    size_t before = said(bench, code);
    if (fill_json(bench, template, "{\"a\": {\"b\": 1}}"))
        fail_msg("taken: %s", template);
    const struct finding *finding = finding_of(bench, code, before);
    if (finding->place.row != row || finding->place.column != column)
        fail_msg("%s: %u:%u, not %u:%u", template, finding->place.row, finding->place.column, row, column);
}

static void mistakes_are_said_with_their_place(void **state) {
    struct bench *bench = *state;
    assert_refused(bench, "x\nđả {{a", DIAGNOSTIC_TAG_OPEN, 2, 4);
    assert_refused(bench, "x {{ }}", DIAGNOSTIC_TAG_EMPTY, 1, 3);
    assert_refused(bench, "x {{#a}} y", DIAGNOSTIC_SECTION_OPEN, 1, 3);
    assert_refused(bench, "x {{/a}} y", DIAGNOSTIC_SECTION_CLOSE, 1, 3);
    assert_refused(bench, "{{#a}}\n{{#b}}\n{{/a}}\n{{/b}}", DIAGNOSTIC_SECTION_CLOSE, 3, 1);
    assert_string_equal(finding_of(bench, DIAGNOSTIC_TAG_OPEN, 0)->place.line, "đả {{a");
}

static void a_partial_that_calls_itself_ends(void **state) {
    struct bench *bench = *state;
    const struct json *partials = json_read(bench->arena, "{\"p\": \"x{{>p}}\"}");
    const char *filled = fill(bench, "{{>p}}", json_read(bench->arena, "{}"), partials, false);
    assert_non_null(filled);
    assert_in_range(strlen(filled), 2, 100);
}

static void deep_sections_end(void **state) {
    struct bench *bench = *state;
    struct buffer text = {0};
    for (int i = 0; i < 100; i++)
        buffer_text(&text, "{{#a}}");
    for (int i = 0; i < 100; i++)
        buffer_text(&text, "{{/a}}");
    fill_json(bench, text.text, "{\"a\": {\"b\": 1}}");
    buffer_free(&text);
}

/* ---- Expressions ------------------------------------------------------------------------------------------------ */

static bool parse(struct bench *bench, const char *content, struct expression *expression) {
    const struct place place = {.file = "t", .row = 1, .column = 1};
    return expression_parse(bench->arena, &bench->diagnostics, &place, content, ROUND_TRUNCATE, expression);
}

static void expressions_have_their_parts(void **state) {
    struct bench *bench = *state;
    struct expression expression;
    assert_true(parse(bench, "tally.total", &expression));
    assert_int_equal(expression.kind, EXPRESSION_NAME);
    assert_string_equal(expression.name, "tally.total");
    assert_false(expression.has_format || expression.over);
    assert_int_equal(expression.format.rounding, ROUND_TRUNCATE);
    assert_true(parse(bench, "admitted.n  /\tplan.target 0.0% half_even", &expression));
    assert_int_equal(expression.kind, EXPRESSION_RATIO);
    assert_string_equal(expression.name, "admitted.n");
    assert_string_equal(expression.other, "plan.target");
    assert_int_equal(expression.format.kind, FORMAT_PERCENT);
    assert_int_equal(expression.format.rounding, ROUND_HALF_EVEN);
    assert_false(expression.over);
    assert_true(parse(bench, "a / b 0% over", &expression));
    assert_true(expression.over && expression.has_format);
    assert_int_equal(expression.format.rounding, ROUND_TRUNCATE);
    assert_true(parse(bench, "a / b over", &expression));
    assert_true(expression.over && !expression.has_format);
    assert_true(parse(bench, "now.n change before.n", &expression));
    assert_int_equal(expression.kind, EXPRESSION_CHANGE);
    assert_string_equal(expression.other, "before.n");
    assert_true(parse(bench, "n 00", &expression));
    assert_int_equal(expression.format.digits, 2);
    assert_nothing_said(bench);
    assert_false(parse(bench, "n nonsense", &expression));
    assert_false(parse(bench, "a / b 0.0x", &expression));
    assert_false(parse(bench, "a b c", &expression));
    assert_int_equal(said(bench, DIAGNOSTIC_FORMAT_UNKNOWN), 3);
}

static void a_ratio_needs_both_names(void **state) {
    struct bench *bench = *state;
    assert_string_equal(fill_json(bench, "{{a / none 0%}}", "{\"a\": 1}"), "–");
    assert_string_equal(fill_json(bench, "{{a / b 0%}}", "{\"a\": 1, \"b\": 0}"), "–");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(spec_interpolation),
        TEST(spec_sections),
        TEST(spec_inverted),
        TEST(spec_comments),
        TEST(spec_delimiters),
        TEST(spec_partials),
        TEST(values_are_printed_by_their_formats),
        TEST(text_is_not_escaped_when_not_asked),
        TEST(mistakes_are_said_with_their_place),
        TEST(a_partial_that_calls_itself_ends),
        TEST(deep_sections_end),
        TEST(expressions_have_their_parts),
        TEST(a_ratio_needs_both_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
