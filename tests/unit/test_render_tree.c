/* test_render_tree.c - the dump of a document shows everything in it. */
#include "support.h"

#include "render/renderer.h"

static struct inline_ *value_inline(struct bench *bench, struct value value, const char *text) {
    struct inline_ *made = inline_new(bench->arena, INLINE_VALUE, text);
    made->value = value;
    return made;
}

static struct document *small_document(struct bench *bench) {
    static const char *const recipients[] = {"Lưu", "Các \"chi bộ\""};
    struct document *document = ARENA_NEW(bench->arena, struct document);
    *document =
        (struct document){.arena = bench->arena,
                          .report = "r",
                          .period = "2014",
                          .language = "vi",
                          .letterhead = {"TỈNH ỦY", "HUYỆN ỦY", "ĐẢNG", "Số 05", "Mẫu, ngày 05", "", "(Dự thảo)"},
                          .title = "BÁO CÁO",
                          .subject = "năm 2014",
                          .note = "",
                          .signature = {"T/M", "BÍ THƯ", ""},
                          .recipients = recipients,
                          .recipient_count = 2,
                          .as_of = {2014, 12, 31},
                          .version = "9"};
    struct block *heading = block_new(bench->arena, BLOCK_HEADING), *list = block_new(bench->arena, BLOCK_LIST),
                 *item = block_new(bench->arena, BLOCK_ITEM), *paragraph = block_new(bench->arena, BLOCK_PARAGRAPH);
    heading->level = 2;
    heading->inlines = inline_new(bench->arena, INLINE_TEXT, "I-\n\x01");
    heading->next = list;
    list->children = item;
    item->children = paragraph;
    paragraph->inlines = inline_new(bench->arena, INLINE_STRONG, NULL);
    paragraph->inlines->children = value_inline(bench, value_ratio(189, 179), "105,6%");
    paragraph->inlines->next = inline_new(bench->arena, INLINE_BREAK, "");
    document->blocks = heading;
    return document;
}

static const char *dumped(struct bench *bench, const struct document *document) {
    size_t length;
    const char *path = bench_path(bench, "out.tree");
    assert_true(tree_renderer.write(document, path, &bench->diagnostics));
    assert_nothing_said(bench);
    return file_read(bench->arena, &bench->diagnostics, path, &length);
}

static void a_document_is_dumped(void **state) {
    struct bench *bench = *state;
    assert_string_equal(dumped(bench, small_document(bench)), "document r 2014\n"
                                                              "  language \"vi\"\n"
                                                              "  profile -\n"
                                                              "  as-of 2014-12-31\n"
                                                              "  created -\n"
                                                              "  audience internal\n"
                                                              "  superior \"TỈNH ỦY\"\n"
                                                              "  organ \"HUYỆN ỦY\"\n"
                                                              "  party \"ĐẢNG\"\n"
                                                              "  number \"Số 05\"\n"
                                                              "  place-date \"Mẫu, ngày 05\"\n"
                                                              "  draft \"(Dự thảo)\"\n"
                                                              "  title \"BÁO CÁO\"\n"
                                                              "  subject \"năm 2014\"\n"
                                                              "  note \"\"\n"
                                                              "blocks\n"
                                                              "  heading 2\n"
                                                              "    text \"I-\\n\\x01\"\n"
                                                              "  list of dashes\n"
                                                              "    item\n"
                                                              "      paragraph\n"
                                                              "        strong\n"
                                                              "          value ratio 189/179 \"105,6%\"\n"
                                                              "        break\n"
                                                              "signature\n"
                                                              "  authority \"T/M\"\n"
                                                              "  post \"BÍ THƯ\"\n"
                                                              "  name \"\"\n"
                                                              "recipients\n"
                                                              "  recipient \"Lưu\"\n"
                                                              "  recipient \"Các \\\"chi bộ\\\"\"\n"
                                                              "figures\n"
                                                              "checks\n"
                                                              "sources\n");
}

static void tables_charts_and_figures_are_dumped(void **state) {
    struct bench *bench = *state;
    struct document *document = small_document(bench);
    static struct table_column columns[2] = {
        {.name = "unit", .label = "Đơn vị", .total = TOTAL_LABEL, .numerator = -1, .denominator = -1},
        {.name = "share",
         .label = "Tỷ\nlệ",
         .group = "Trong đó",
         .align = ALIGN_RIGHT,
         .is_ratio = true,
         .numerator = 3,
         .denominator = -1,
         .denominator_total = true,
         .total = TOTAL_RATIO,
         .format = {.kind = FORMAT_PERCENT, .digits = 1, .decimals = 1, .signed_ = true, .rounding = ROUND_TRUNCATE}}};
    struct grid_cell cells[2] = {{value_text("A"), "A"}, {value_ratio(1, 3), "+33,3%"}};
    struct grid *rows = grid_new(bench->arena, 2);
    grid_add(rows, ROW_BODY, cells);
    grid_add(rows, ROW_TOTAL, cells);
    struct table table = {.name = "q",
                          .number = 3,
                          .caption = "Bảng",
                          .unit = "",
                          .columns = columns,
                          .column_count = 2,
                          .grouped = true,
                          .rows = rows,
                          .row_count = 2};
    struct value points[1] = {value_decimal(-15, 1)};
    struct chart_series series = {.label = "Số", .values = points, .column = 1};
    static const char *const categories[] = {"A"};
    struct chart chart = {.kind = CHART_LINE,
                          .name = "q",
                          .number = 1,
                          .caption = "",
                          .categories = categories,
                          .category_count = 1,
                          .series = &series,
                          .series_count = 1,
                          .table = &table};
    struct figure figure = {.name = "t.n",
                            .label = "Tổng",
                            .section = "I",
                            .value = value_integer(4),
                            .text = "04",
                            .format = {.kind = FORMAT_NUMBER, .digits = 2}};
    struct check check = {.rule = "một", .expected = value_integer(1), .found = value_none()};
    struct source source = {.file = "a.csv",
                            .sheet = "",
                            .ledger = "Sổ",
                            .read = 4,
                            .accepted = 1,
                            .rejected = 2,
                            .skipped = 1,
                            .encoding = "UTF-8",
                            .sha256 = "ab"};
    document->blocks = block_new(bench->arena, BLOCK_TABLE);
    document->blocks->table = &table;
    document->blocks->next = block_new(bench->arena, BLOCK_CHART);
    document->blocks->next->chart = &chart;
    document->figures = &figure;
    document->checks = &check;
    document->sources = &source;
    document->figure_count = document->check_count = document->source_count = 1;
    const char *dump = dumped(bench, document);
    assert_contains(dump, "  table 3 q\n    caption \"Bảng\"\n    unit \"\"\n    grouped\n"
                          "    column unit \"Đơn vị\" left format automatic half_up total label\n"
                          "    column share \"Tỷ\\nlệ\" group \"Trong đó\" right format +0.0% truncate total ratio"
                          " ratio 3/-1 of total\n"
                          "    row\n      unit text \"A\" \"A\"\n      share ratio 1/3 \"+33,3%\"\n    total\n");
    assert_contains(dump, "  chart 1 q\n    line\n    caption \"\"\n    table 3 column 0\n    category \"A\"\n"
                          "    series \"Số\" column 1 format automatic half_up\n      point decimal -1.5\n");
    assert_contains(dump,
                    "figures\n  t.n integer 4 \"04\"\n    label \"Tổng\"\n    section \"I\"\n    format 00 half_up\n");
    assert_contains(dump, "checks\n  differs \"một\"\n    expected integer 1\n    found none\n");
    assert_contains(dump,
                    "    rows read 4 accepted 1 rejected 2 skipped 1\n    encoding \"UTF-8\"\n    sha256 \"ab\"\n");
}

static void the_dump_does_not_depend_on_the_version(void **state) {
    struct bench *bench = *state;
    struct document *document = small_document(bench);
    const char *first = dumped(bench, document);
    document->version = "10";
    assert_string_equal(dumped(bench, document), first);
}

static void what_cannot_be_written_is_said(void **state) {
    struct bench *bench = *state;
    bench_put(bench, "file", "");
    assert_false(tree_renderer.write(small_document(bench), bench_path(bench, "file/out.tree"), &bench->diagnostics));
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_WRITE), 1);
}

static void renderers_are_found_by_name(void **state) {
    (void)state;
    assert_ptr_equal(renderer_find("tree"), &tree_renderer);
    assert_ptr_equal(renderer_find("pdf"), &pdf_renderer);
    assert_ptr_equal(renderer_find("xlsx"), &xlsx_renderer);
    assert_null(renderer_find("doc"));
    for (size_t i = 0; renderers[i]; i++)
        assert_ptr_equal(renderer_find(renderers[i]->name), renderers[i]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_document_is_dumped),
        TEST(tables_charts_and_figures_are_dumped),
        TEST(the_dump_does_not_depend_on_the_version),
        TEST(what_cannot_be_written_is_said),
        TEST(renderers_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
