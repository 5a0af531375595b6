/* test_template_parse.c - a template into parts; all that is wrong in it, in one run. */
#include "support.h"

#include "template/template.h"

static const char head[] = "---\ntitle: BÁO CÁO\nperiod: year\n---\n";

static struct template *parse(struct bench *bench, const char *body) {
    const char *path = bench_put(bench, "t.md", arena_printf(bench->arena, "%s%s", head, body));
    return template_read(bench->arena, &bench->diagnostics, path, bench_path(bench, "partials"));
}

static void add_shape(struct buffer *out, const struct piece *piece) {
    for (; piece; piece = piece->next) {
        static const char *const names[] = {"", "=", "#", "^", "strong", "emphasis", "break"};
        buffer_printf(out, " %s%s", names[piece->kind], piece->kind == PIECE_TEXT ? piece->text : "");
        if (piece->expression.name)
            buffer_text(out, piece->expression.name);
        if (piece->children) {
            buffer_text(out, "(");
            add_shape(out, piece->children);
            buffer_text(out, ")");
        }
    }
}

static void add_parts(struct buffer *out, const struct part *part) {
    static const char *const names[] = {"heading", "paragraph", "list",    "item",     "quote",
                                        "table",   "chart",     "section", "inverted", "passage"};
    for (; part; part = part->next) {
        buffer_printf(out, "%s%s", out->length && out->text[out->length - 1] != '[' ? " / " : "", names[part->kind]);
        if (part->kind == PART_HEADING || part->kind == PART_LIST)
            buffer_printf(out, " %d", part->level);
        if (part->name)
            buffer_printf(out, " %s", part->name);
        add_shape(out, part->pieces);
        if (part->children) {
            buffer_text(out, " [");
            add_parts(out, part->children);
            buffer_text(out, "]");
        }
    }
}

static void assert_shape(struct bench *bench, const char *body, const char *wanted) {
    const struct template *template = parse(bench, body);
    assert_nothing_said(bench);
    assert_non_null(template);
    struct buffer out = {0};
    add_parts(&out, template->parts);
    const char *found = arena_text(bench->arena, buffer_string(&out));
    buffer_free(&out);
    if (strcmp(found, wanted) != 0)
        fail_msg("«%s» gives «%s», not «%s»", body, found, wanted);
}

/* ---- Right templates -------------------------------------------------------------------------------------------- */

static void front_matter_is_read(void **state) {
    struct bench *bench = *state;
    const char *path = bench_put(bench, "year.md",
                                 "\xef\xbb\xbf---\r\ntitle: BÁO CÁO\r\nsubject: năm {{period.year}}\r\n"
                                 "document: TB\r\nperiod: half-year\r\nrounding: truncate\r\n"
                                 "signature: no\r\n---\r\nx\r\n");
    const struct template *template = template_read_head(bench->arena, &bench->diagnostics, path);
    assert_nothing_said(bench);
    assert_non_null(template);
    assert_string_equal(template->name, "year");
    assert_string_equal(template->title, "BÁO CÁO");
    assert_string_equal(template->subject, "năm {{period.year}}");
    assert_string_equal(template->document, "TB");
    assert_int_equal(template->period, PERIOD_HALF);
    assert_int_equal(template->rounding, ROUND_TRUNCATE);
    assert_false(template->signature);
    assert_int_equal(template->title_line, 2);
    assert_null(template->parts);
}

static void prose_is_commonmark(void **state) {
    struct bench *bench = *state;
    assert_shape(bench, "# I- KẾT QUẢ\n\nMột **hai** *ba*  \nbốn\nnăm\n",
                 "heading 1 I- KẾT QUẢ / paragraph Một  strong( hai)   emphasis( ba) break bốn   năm");
    assert_shape(bench, "- a\n- b\n\n3. c\n",
                 "list 0 [item [paragraph a] / item [paragraph b]] / list 3 [item [paragraph c]]");
    assert_shape(bench, "> q\n\n[chữ](http://x) ![ảnh](y)\n", "quote [paragraph q] / paragraph chữ   ảnh");
}

static void tags_stand_in_the_tree(void **state) {
    struct bench *bench = *state;
    assert_shape(bench, "Có {{tally.total 00}} và **{{a}}**{{! thôi }}.\n",
                 "paragraph Có  =tally.total  và  strong( =a) .");
    assert_shape(bench, "{{#rows}}{{name}}, {{/rows}}{{^rows}}không{{/rows}}\n",
                 "paragraph #rows( =name , ) ^rows( không)");
    assert_shape(bench, "{{a}} * {{b}} * {{c}}\n", "paragraph =a  *  =b  *  =c");
}

static void sections_may_hold_blocks(void **state) {
    struct bench *bench = *state;
    assert_shape(bench, "{{#a}}\n# {{x}}\n\np\n\n{{#b}}\n- i\n{{/b}}\n{{/a}}\n{{^a}}\nq\n{{/a}}\nr\n",
                 "section a [heading 1 =x / paragraph p / section b [list 0 [item [paragraph i]]]] / inverted a"
                 " [paragraph q] / paragraph r");
}

static void blocks_are_queries_tables_and_charts(void **state) {
    struct bench *bench = *state;
    const struct template *template = parse(bench, "```sql by_form\nSELECT 1 AS n\n```\n"
                                                   "```check sums\nSELECT 'a', 1, 1\n```\n"
                                                   "```table by_form\ncaption = Bảng\ntotal = Tổng\ncounter = TT\n"
                                                   "[n]\nlabel = Số\nalign = center\n"
                                                   "[share]\nratio = n / sum(n)\nformat = 0.0%\ntotal = no\n```\n"
                                                   "```chart by_form\ntype = line\ncategory = n\nvalue = n | m\n```\n"
                                                   "```figures\n[by_form]\nn = Số lượng\n```\n");
    assert_nothing_said(bench);
    assert_non_null(template);
    assert_int_equal(template->query_count, 2);
    assert_string_equal(template->queries[0].sql, "SELECT 1 AS n\n");
    assert_int_equal(template->queries[0].text.line, 6);
    assert_false(template->queries[0].check);
    assert_true(template->queries[1].check);
    const struct table_plan *table = template->parts->table;
    assert_string_equal(table->total, "Tổng");
    assert_string_equal(table->counter, "TT");
    assert_int_equal(table->column_count, 2);
    assert_int_equal(table->columns[0].align, ALIGN_CENTER);
    assert_string_equal(table->columns[1].numerator, "n");
    assert_true(table->columns[1].denominator_total);
    assert_true(table->columns[1].total_given);
    const struct chart_plan *chart = template->parts->next->chart;
    assert_int_equal(chart->kind, CHART_LINE);
    assert_int_equal(chart->value_count, 2);
    assert_string_equal(template->labels[0].name, "by_form.n");
    assert_string_equal(template->labels[0].label, "Số lượng");
}

static void partials_are_put_in(void **state) {
    struct bench *bench = *state;
    bench_put(bench, "partials/end.md", "# Cuối\n\n{{#a}}\n{{> inner}}\n{{/a}}\n");
    bench_put(bench, "partials/inner.md", "trong\n");
    assert_shape(bench, "đầu\n\n{{> end}}\n{{> text/kien-nghi}}\n",
                 "paragraph đầu / heading 1 Cuối / section a [paragraph trong] / passage kien-nghi");
}

static void passages_have_tags(void **state) {
    struct bench *bench = *state;
    struct buffer out = {0};
    add_parts(&out, prose_read(bench->arena, &bench->diagnostics, "p.md", "Một {{hai}}\n\n- ba\n", ROUND_HALF_UP));
    assert_string_equal(buffer_string(&out), "paragraph Một  =hai / list 0 [item [paragraph ba]]");
    buffer_free(&out);
    assert_nothing_said(bench);
}

/* ---- Wrong ones ------------------------------------------------------------------------------------------------- */

/* Where it is said: the body begins at line 5 of the file. */
static void assert_said(struct bench *bench, enum diagnostic code, size_t n, unsigned row, unsigned column) {
    const struct finding *finding = finding_of(bench, code, n);
    if (finding->place.row != row || (column && finding->place.column != column))
        fail_msg("%s: %u:%u, not %u:%u", diagnostic_name(code), finding->place.row, finding->place.column, row, column);
}

static void all_mistakes_are_said_in_one_run(void **state) {
    struct bench *bench = *state;
    assert_null(parse(bench, "đầu {{a 0x}}\n"                                         /* 5 */
                             "\n"                                                     /* 6 */
                             "dòng {{> p}} giữa\n"                                    /* 7 */
                             "\n"                                                     /* 8 */
                             "{{#mở}}\n"                                              /* 9 */
                             "x {{/khác}}\n"                                          /* 10 */
                             "\n"                                                     /* 11 */
                             "{{> không-có}}\n"                                       /* 12 */
                             "```sqll a\nSELECT 1\n```\n"                             /* 13 */
                             "```sql A\nSELECT 1\n```\n"                              /* 16 */
                             "```sql q\nSELECT 1\n```\n"                              /* 19 */
                             "```sql q\nSELECT 2\n```\n"                              /* 22 */
                             "```table q\ncaptoin = x\n"                              /* 25 */
                             "[n]\nformat = 0,0\nratio = n / \nalign = middle\n```\n" /* 27 */
                             "```chart q\ntype = pie\n```\n"                          /* 32 */
                             "{{/thừa}}\n"                                            /* 35 */
                             "```sql z\nSELECT 1\n"));                                /* 36 */
    assert_said(bench, DIAGNOSTIC_FORMAT_UNKNOWN, 0, 5, 5);
    assert_said(bench, DIAGNOSTIC_TAG_PLACE, 0, 7, 6);
    assert_said(bench, DIAGNOSTIC_SECTION_CLOSE, 0, 10, 3);
    assert_said(bench, DIAGNOSTIC_PARTIAL_MISSING, 0, 12, 1);
    assert_said(bench, DIAGNOSTIC_BLOCK_UNKNOWN, 0, 13, 1);
    assert_contains(finding_of(bench, DIAGNOSTIC_BLOCK_UNKNOWN, 0)->message, "nearest: 'sql'");
    assert_said(bench, DIAGNOSTIC_BLOCK_NAME, 0, 16, 1);
    assert_said(bench, DIAGNOSTIC_BLOCK_NAME, 1, 22, 1);
    assert_contains(finding_of(bench, DIAGNOSTIC_BLOCK_NAME, 1)->message, "t.md:19");
    assert_said(bench, DIAGNOSTIC_SETTING_UNKNOWN, 0, 26, 0);
    assert_contains(finding_of(bench, DIAGNOSTIC_SETTING_UNKNOWN, 0)->message, "nearest: 'caption'");
    assert_said(bench, DIAGNOSTIC_FORMAT_UNKNOWN, 1, 28, 0);
    assert_said(bench, DIAGNOSTIC_SETTING_VALUE, 0, 29, 0);
    assert_said(bench, DIAGNOSTIC_SETTING_VALUE, 1, 30, 0);
    assert_int_equal(said(bench, DIAGNOSTIC_SETTING_VALUE), 3);
    assert_said(bench, DIAGNOSTIC_SETTING_MISSING, 0, 32, 1);
    assert_said(bench, DIAGNOSTIC_SECTION_CLOSE, 1, 35, 1);
    assert_said(bench, DIAGNOSTIC_TAG_OPEN, 0, 36, 1);
    assert_said(bench, DIAGNOSTIC_SECTION_OPEN, 0, 9, 1);
    assert_string_equal(finding_of(bench, DIAGNOSTIC_SECTION_OPEN, 0)->place.line, "{{#mở}}");
    assert_int_equal(bench->diagnostics.status, 3);
}

static void columns_of_places_are_characters(void **state) {
    struct bench *bench = *state;
    assert_null(parse(bench, "- một\n- đảng ủy {{a 0x}}\n"));
    assert_said(bench, DIAGNOSTIC_FORMAT_UNKNOWN, 0, 6, 11);
    assert_null(parse(bench, "a {{b\n\nc }} {{#d}}\n"));
    assert_true(said(bench, DIAGNOSTIC_SECTION_OPEN) + said(bench, DIAGNOSTIC_TAG_OPEN) > 0);
}

static void front_matter_is_wanted(void **state) {
    struct bench *bench = *state;
    static const struct {
        const char *text;
        enum diagnostic code;
    } wrong[] = {{"# x\n", DIAGNOSTIC_FRONT_MATTER},
                 {"", DIAGNOSTIC_FRONT_MATTER},
                 {"---\ntitle: x\n", DIAGNOSTIC_FRONT_MATTER},
                 {"---\n---\n", DIAGNOSTIC_SETTING_MISSING},
                 {"---\ntitle: x\n---\n", DIAGNOSTIC_SETTING_MISSING},
                 {"---\ntitle: x\nperiod: week\n---\n", DIAGNOSTIC_SETTING_VALUE},
                 {"---\ntitle: x\nperiod: year\nrounding: up\n---\n", DIAGNOSTIC_SETTING_VALUE},
                 {"---\ntitle: x\nperiod: year\ntitel: y\n---\n", DIAGNOSTIC_SETTING_UNKNOWN},
                 {"---\ntitle: \xff\n---\n", DIAGNOSTIC_INI_TEXT}};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        size_t before = said(bench, wrong[i].code);
        assert_null(template_read_head(bench->arena, &bench->diagnostics, bench_put(bench, "w.md", wrong[i].text)));
        assert_int_equal(said(bench, wrong[i].code), before + 1);
    }
}

static void partials_that_call_themselves_end(void **state) {
    struct bench *bench = *state;
    bench_put(bench, "partials/a.md", "{{> a}}\n");
    assert_null(parse(bench, "{{> a}}\n{{> ../t}}\n"));
    assert_int_equal(said(bench, DIAGNOSTIC_PARTIAL_DEEP), 1);
    assert_int_equal(said(bench, DIAGNOSTIC_PARTIAL_MISSING), 1);
}

static void what_a_report_cannot_show_is_refused(void **state) {
    struct bench *bench = *state;
    assert_null(parse(bench, "x\n\n    code\n\n---\n\n<div>\n"));
    assert_int_equal(said(bench, DIAGNOSTIC_BLOCK_UNKNOWN), 3);
    assert_said(bench, DIAGNOSTIC_BLOCK_UNKNOWN, 0, 7, 0);
}

static void the_shipped_templates_are_right(void **state) {
    struct bench *bench = *state;
    static const char *const names[] = {"year-end", "monthly-tasks", "discipline-bulletin"};
    for (size_t i = 0; i < 3; i++) {
        const struct template *template =
            template_read(bench->arena, &bench->diagnostics, arena_printf(bench->arena, "templates/%s.md", names[i]),
                          "templates/partials");
        assert_nothing_said(bench);
        assert_non_null(template);
        assert_true(template->query_count > 3);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(front_matter_is_read),
        TEST(prose_is_commonmark),
        TEST(tags_stand_in_the_tree),
        TEST(sections_may_hold_blocks),
        TEST(blocks_are_queries_tables_and_charts),
        TEST(partials_are_put_in),
        TEST(passages_have_tags),
        TEST(all_mistakes_are_said_in_one_run),
        TEST(columns_of_places_are_characters),
        TEST(front_matter_is_wanted),
        TEST(partials_that_call_themselves_end),
        TEST(what_a_report_cannot_show_is_refused),
        TEST(the_shipped_templates_are_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
