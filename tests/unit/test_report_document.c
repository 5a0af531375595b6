/* test_report_document.c - a template and ledgers into a document: figures, ratios, totals, checks. */
#include "ledgers.h"

#include "report/report.h"

static const char people_csv[] = "Số thẻ,Họ và tên,Ngày sinh,Chi bộ,Giới tính,Tuổi,Đảng phí\n"
                                 "1,Trần An,1/1/1970,A1,Nam,44,\"1,5\"\n"
                                 "2,Lê Bình,2/1/1970,A1,Nữ,44,\"0,25\"\n"
                                 "3,Đỗ Cúc,3/1/1970,A2,Nữ,43,2\n"
                                 "4,Vũ Dũng,2014,B1,Nam,0,\n";

static const char office_ini[] = "[office]\nname = HUYỆN ỦY MẪU\nsuperior = TỈNH ỦY\ncode = HU\nplace = Mẫu\n"
                                 "short = Huyện ủy Mẫu\ndraft = lần 2\ndrafter = NVA\nduplex = yes\n"
                                 "[signer]\nauthority = T/M\npost = BÍ THƯ\nname = Họ Tên\n"
                                 "[recipients]\nto = Lưu | Các chi bộ\n"
                                 "[documents]\nt.2014 = 5 | 2015-01-08\n";

struct desk {
    struct bench *bench;
    struct books books;
    struct store *store;
    struct report_request request;
};

static struct desk open_desk(struct bench *bench, const char *people) {
    const char *const files[] = {"in/units.csv", units_csv, "in/people.csv", people, NULL};
    struct desk desk = {.bench = bench, .books = books_open(bench, files)};
    desk.store = store_open(desk.books.ledgers, bench->folder, &bench->diagnostics);
    assert_non_null(desk.store);
    desk.request =
        (struct report_request){.store = desk.store,
                                .ledgers = desk.books.ledgers,
                                .unit = NO_ROW,
                                .texts = bench_path(bench, "texts"),
                                .profile = profile_read(bench->arena, &bench->diagnostics, "templates/pages/hd05.ini"),
                                .version = "test"};
    assert_true(period_parse("2014", &desk.request.period));
    desk.request.first = desk.request.period.first;
    desk.request.last = desk.request.as_of = desk.request.period.last;
    desk.request.office =
        settings_parse(bench->arena, &bench->diagnostics, "office.ini", office_ini, strlen(office_ini), 1);
    return desk;
}

static void close_desk(struct desk *desk) {
    store_close(desk->store);
    books_close(&desk->books);
}

/* NULL when it was refused. */
static struct document *make(struct desk *desk, const char *body) {
    struct bench *bench = desk->bench;
    const char *text = arena_printf(
        bench->arena, "---\ntitle: BÁO CÁO\nsubject: kết quả {{period.phrase}}\nperiod: year\n---\n%s", body);
    desk->request.template = template_read(bench->arena, &bench->diagnostics, bench_put(bench, "t.md", text), "");
    assert_non_null(desk->request.template);
    return report_make(bench->arena, &bench->diagnostics, &desk->request);
}

/* The text of a document's blocks, one a line. */
static void add_blocks(struct bench *bench, struct buffer *out, const struct block *block) {
    for (; block; block = block->next) {
        if (block->inlines)
            buffer_printf(out, "%s%s", out->length ? " / " : "", inlines_text(bench->arena, block->inlines));
        add_blocks(bench, out, block->children);
    }
}

static void assert_text(struct desk *desk, const char *body, const char *wanted) {
    const struct document *document = make(desk, body);
    assert_nothing_said(desk->bench);
    assert_non_null(document);
    struct buffer out = {0};
    add_blocks(desk->bench, &out, document->blocks);
    const char *found = arena_text(desk->bench->arena, buffer_string(&out));
    buffer_free(&out);
    if (strcmp(found, wanted) != 0)
        fail_msg("«%s», not «%s»", found, wanted);
}

static const struct table *first_table(const struct document *document) {
    for (const struct block *block = document->blocks; block; block = block->next)
        if (block->kind == BLOCK_TABLE)
            return block->table;
    fail_msg("no table");
    return NULL;
}

static const char *cell(const struct table *table, size_t row, size_t column) {
    assert_true(row < table->row_count && column < table->column_count);
    return grid_row(table->rows, row).cells[column].text;
}

#define TALLY                                                                                                          \
    "```sql t\nSELECT count(*) AS all_n, count(*) FILTER (WHERE sex = 'NU') AS women, 0 AS zero, NULL AS unknown, "    \
    "sum(age) AS ages,"                                                                                                \
    " sum(fee) AS fees FROM people\n```\n"

/* ---- Prose ------------------------------------------------------------------------------------------------------ */

static void values_stand_in_prose(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    assert_text(&desk,
                TALLY
                "Có {{t.all_n 00}} người, {{t.women}} nữ ({{t.women / t.all_n 0.0%}}); {{t.zero 00}}; {{t.fees}}.\n",
                "Có 04 người, 2 nữ (50,0%); 0; 3,75.");
    assert_text(&desk,
                TALLY
                "{{t.women / t.zero 0%}} {{period.year}} {{period.next_year}} {{as_of dd/mm/yyyy}} {{unit.name}}\n",
                "– 2014 2015 31/12/2014 Huyện Mẫu");
    assert_text(&desk, TALLY "{{t.all_n change t.women}}; {{t.women change t.all_n}}; {{t.women change t.women}}\n",
                "tăng 02 (100,0%); giảm 02 (50,0%); không đổi");
    assert_text(&desk, TALLY "{{t.women change t.zero}}; {{t.zero change t.zero}}; {{t.women change t.unknown}}\n",
                "tăng 02; không đổi; chưa có số liệu so sánh");
    close_desk(&desk);
}

static void sections_loop_over_rows(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    const char *rows = "```sql p\nSELECT name, age FROM people WHERE age > 0 ORDER BY name COLLATE vi_name\n```\n"
                       "```sql none\nSELECT name FROM people WHERE age > 200\n```\n";
    struct arena *arena = desk.bench->arena;
    assert_text(
        &desk,
        arena_printf(arena, "%s{{#p}}{{row.number}}. {{name}} {{age}}{{^row.last}}; {{/row.last}}{{/p}}\n", rows),
        "1. Trần An 44; 2. Lê Bình 44; 3. Đỗ Cúc 43");
    assert_text(&desk, arena_printf(arena, "%s{{#none}}có{{/none}}{{^none}}không có{{/none}} {{p.name}}\n", rows),
                "không có Trần An");
    assert_text(&desk, arena_printf(arena, "%s{{#p}}\n- {{name}}\n{{/p}}\n\n{{^none}}\nhết\n{{/none}}\n", rows),
                "Trần An / Lê Bình / Đỗ Cúc / hết");
    close_desk(&desk);
}

static void figures_of_the_prose_are_kept_once(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    const struct document *document =
        make(&desk, TALLY "# Phần I\n\n{{t.all_n}} và {{t.all_n}}; {{t.women / t.all_n}}\n"
                          "```figures\n[t]\nall_n = Tổng số\n```\n");
    assert_non_null(document);
    assert_int_equal(document->figure_count, 2);
    assert_string_equal(document->figures[0].label, "Tổng số");
    assert_string_equal(document->figures[0].section, "Phần I");
    assert_int_equal(document->figures[0].value.number, 4);
    assert_string_equal(document->figures[1].name, "t.women / t.all_n");
    assert_int_equal(document->figures[1].value.kind, VALUE_RATIO);
    assert_int_equal(document->figures[1].value.base, 4);
    close_desk(&desk);
}

static void the_letterhead_is_the_offices(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    const struct document *document = make(&desk, "x\n");
    assert_string_equal(document->letterhead.number, "Số 05-BC/HU");
    assert_string_equal(document->letterhead.place_date, "Mẫu, ngày 08 tháng 01 năm 2015");
    assert_string_equal(document->subject, "kết quả năm 2014");
    assert_string_equal(document->attached,
                        "(Kèm theo Báo cáo số 05-BC/HU, ngày 08 tháng 01 năm 2015 của Huyện ủy Mẫu)");
    assert_string_equal(document->letterhead.draft, "(Dự thảo lần 2)");
    assert_string_equal(document->drafter, "NVA");
    assert_true(document->duplex);
    assert_string_equal(document->signature.post, "BÍ THƯ");
    assert_int_equal(document->recipient_count, 2);
    assert_int_equal(document->created.year, 2015);
    assert_string_equal(document->period, "2014");
    assert_string_equal(document->report, "t");
    close_desk(&desk);
}

/* What is printed last. */
static const char *last_words(struct desk *desk, const char *body) {
    const struct document *document = make(desk, body);
    const struct block *block = document->blocks;
    while (block->next || block->children)
        block = block->next ? block->next : block->children;
    return inlines_text(desk->bench->arena, block->inlines);
}

static void the_end_is_marked_where_the_rule_asks(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    assert_string_equal(last_words(&desk, "Hết.\n"), "Hết.");
    desk.request.profile = profile_read(desk.bench->arena, &desk.bench->diagnostics, "templates/pages/nd30.ini");
    assert_string_equal(last_words(&desk, "Một.\n\nHết.\n"), "Hết./.");
    assert_string_equal(last_words(&desk, "Gồm:\n\n- một;\n- **hai**\n"), "hai./.");
    assert_string_equal(last_words(&desk, "x\n\n# Đề mục\n"), "Đề mục");
    close_desk(&desk);
}

/* ---- Tables and charts ------------------------------------------------------------------------------------------ */

#define BY_UNIT                                                                                                        \
    "```sql u\nSELECT unit, count(*) AS members, count(*) FILTER (WHERE sex = 'NU') AS women, sum(fee) AS fee"         \
    " FROM people GROUP BY unit ORDER BY unit\n```\n"

static void tables_have_totals_and_ratios(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    const struct document *document =
        make(&desk, BY_UNIT "```table u\ncaption = Theo đơn vị\ntotal = Tổng cộng\ncounter = TT\n"
                            "[unit]\nlabel = Đơn vị\n[members]\nlabel = Số\n[women]\nlabel = Nữ\ngroup = Trong đó\n"
                            "[fee]\nlabel = Phí\n"
                            "[share]\nlabel = Tỷ lệ\nratio = members / sum(members)\nformat = 0.0%\n"
                            "[rate]\nlabel = Nữ/số\nratio = women / members\nformat = 0%\n```\n");
    assert_nothing_said(desk.bench);
    const struct table *table = first_table(document);
    static const char *const wanted[][7] = {{"1", "A1", "2", "1", "1,75", "50,0%", "50%"},
                                            {"2", "A2", "1", "1", "2", "25,0%", "100%"},
                                            {"3", "B1", "1", "0", "–", "25,0%", "0%"},
                                            {"", "Tổng cộng", "4", "2", "3,75", "100,0%", "50%"}};
    assert_int_equal(table->row_count, 4);
    assert_int_equal(table->column_count, 7);
    for (size_t row = 0; row < 4; row++)
        for (size_t column = 0; column < 7; column++)
            assert_string_equal(cell(table, row, column), wanted[row][column]);
    assert_int_equal(grid_row(table->rows, 3).kind, ROW_TOTAL);
    assert_true(table->grouped);
    assert_true(table->columns[0].counter);
    assert_int_equal(table->columns[5].numerator, 2);
    assert_int_equal(table->columns[5].denominator, 2);
    assert_true(table->columns[5].denominator_total);
    assert_int_equal(table->columns[6].numerator, 3);
    assert_int_equal(table->columns[6].total, TOTAL_RATIO);
    assert_int_equal(grid_value(table->rows, 3, 6).number, 2);
    assert_int_equal(grid_value(table->rows, 3, 6).base, 4);
    assert_int_equal(table->columns[1].align, ALIGN_LEFT);
    assert_int_equal(table->columns[2].align, ALIGN_RIGHT);
    close_desk(&desk);
}

static void rows_of_a_group_have_a_name_and_a_sum(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    const struct document *document =
        make(&desk, "```sql g\nSELECT substr(unit, 1, 1) AS kind, unit, count(*) AS members FROM people GROUP BY unit "
                    "ORDER BY unit\n```\n```table g\ngroups = kind\nsubtotal = Cộng\ntotal = Tổng cộng\ncounter = TT\n"
                    "appendix = yes\n[unit]\n[members]\n[share]\nratio = members / sum(members)\nformat = 0%\n```\n");
    assert_nothing_said(desk.bench);
    const struct table *table = first_table(document);
    static const enum row_kind kinds[] = {ROW_GROUP, ROW_BODY, ROW_BODY,     ROW_SUBTOTAL,
                                          ROW_GROUP, ROW_BODY, ROW_SUBTOTAL, ROW_TOTAL};
    static const char *const wanted[][4] = {
        {"", "A", "", ""}, {"1", "A1", "2", "50%"}, {"2", "A2", "1", "25%"},  {"", "Cộng", "3", "75%"},
        {"", "B", "", ""}, {"1", "B1", "1", "25%"}, {"", "Cộng", "1", "25%"}, {"", "Tổng cộng", "4", "100%"}};
    assert_int_equal(table->row_count, 8);
    assert_true(table->appendix);
    for (size_t row = 0; row < 8; row++) {
        assert_int_equal(grid_row(table->rows, row).kind, kinds[row]);
        for (size_t column = 0; column < 4; column++)
            assert_string_equal(cell(table, row, column), wanted[row][column]);
    }
    close_desk(&desk);
}

static void a_table_may_have_no_rows_or_no_plan(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    const struct document *document =
        make(&desk, "```sql e\nSELECT name, age FROM people WHERE 0\n```\n```table e\ntotal = Tổng\n```\n");
    assert_nothing_said(desk.bench);
    const struct table *table = first_table(document);
    assert_int_equal(table->row_count, 0);
    assert_int_equal(table->column_count, 2);
    assert_string_equal(table->columns[1].label, "age");
    close_desk(&desk);
}

static void charts_find_their_table(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    const char *chart = "```chart u\ntype = bar\ncategory = unit\nvalue = members | women\nlabel = Số | Nữ\n```\n";
    const struct document *document =
        make(&desk, arena_printf(desk.bench->arena, BY_UNIT "%s```table u\n[women]\n[unit]\n```\n%s", chart, chart));
    assert_nothing_said(desk.bench);
    const struct chart *first = document->blocks->chart, *second = document->blocks->next->next->chart;
    assert_null(first->table);
    assert_int_equal(first->category_count, 3);
    assert_string_equal(first->categories[1], "A2");
    assert_string_equal(first->series[1].label, "Nữ");
    assert_int_equal(first->series[0].values[0].number, 2);
    assert_ptr_equal(second->table, document->blocks->next->table);
    assert_int_equal(second->category_column, 1);
    assert_int_equal(second->series[0].column, -1);
    assert_int_equal(second->series[1].column, 0);
    assert_int_equal(second->number, 2);
    close_desk(&desk);
}

/* ---- Judging ---------------------------------------------------------------------------------------------------- */

static void more_than_all_is_pointed_out(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    const struct document *document = make(&desk, TALLY "{{t.ages / t.all_n 0%}} {{t.ages / t.all_n 0% over}}\n");
    assert_non_null(document);
    assert_int_equal(said(desk.bench, DIAGNOSTIC_FIGURE_OVER), 1);
    assert_contains(inlines_text(desk.bench->arena, document->blocks->inlines), "3.275%");
    close_desk(&desk);
}

static void checks_compare_and_mend_nothing(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    const struct document *document =
        make(&desk, "```check c\nSELECT 'một', 4, (SELECT count(*) FROM people) UNION ALL SELECT 'hai', 5, 4"
                    " UNION ALL SELECT 'ba', 1.5, 1.50\n```\nx\n");
    assert_non_null(document);
    assert_int_equal(document->check_count, 3);
    assert_true(document->checks[0].equal);
    assert_false(document->checks[1].equal);
    assert_true(document->checks[2].equal);
    assert_int_equal(said(desk.bench, DIAGNOSTIC_CHECK_FAILED), 1);
    assert_contains(finding_of(desk.bench, DIAGNOSTIC_CHECK_FAILED, 0)->message, "hai");
    close_desk(&desk);
}

static void vague_dates_are_counted(void **state) {
    struct desk desk = open_desk(*state, "Số thẻ,Họ và tên,Ngày sinh\n1,An,2014\n2,Ba,5/2014\n3,Tư,1/5/2014\n");
    assert_true(period_parse("2014-05", &desk.request.period));
    desk.request.first = desk.request.period.first;
    desk.request.last = desk.request.period.last;
    const struct document *document =
        make(&desk, "```sql t\nSELECT count(*) AS n FROM people WHERE in_period(born)\n```\n{{t.n}}\n");
    assert_string_equal(inlines_text(desk.bench->arena, document->blocks->inlines), "2");
    assert_contains(finding_of(desk.bench, DIAGNOSTIC_DATE_VAGUE, 0)->message, "1 dates");
    close_desk(&desk);
}

static void rejected_rows_make_a_draft_and_no_note_on_the_page(void **state) {
    struct desk desk = open_desk(*state, "Số thẻ,Họ và tên\n1,An\n1,Ba\n,Tư\n");
    const struct document *document = make(&desk, "```sql t\nSELECT count(*) AS n FROM people\n```\n{{t.n}}\n");
    const struct block *last = document->blocks;
    while (last->next)
        last = last->next;
    assert_string_equal(inlines_text(desk.bench->arena, last->inlines), "1");
    assert_int_equal(document->shortfall_count, 1);
    assert_contains(document->shortfalls[0].text, "2 dòng");
    assert_int_equal(document->source_count, 2);
    assert_int_equal(document->sources[1].rejected, 2);
    assert_int_equal(document->sources[1].accepted, 1);
    close_desk(&desk);
}

/* ---- Ledgers that an office does not keep ----------------------------------------------------------------------- */

static void a_section_needs_its_ledger(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    assert_text(&desk,
                "{{#ledger.people}}\n```sql p\nSELECT count(*) AS n FROM people\n```\n"
                "Có {{p.n}} người.\n{{/ledger.people}}\n"
                "{{^ledger.people}}\nChưa có danh sách.\n{{/ledger.people}}\n",
                "Có 4 người.");
    close_desk(&desk);
}

static void without_the_ledger_its_queries_are_not_run(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    struct bench *bench = desk.bench;
    const struct document *document =
        make(&desk, TALLY "{{#t.all_n}}\n{{#ledger.boats}}\n```sql b\nSELECT count(*) AS n FROM boats\n```\n"
                          "```check c\nSELECT 'a', n, 0 FROM boats\n```\n```table b\n[n]\n```\n"
                          "{{b.n}} thuyền, bảng {{table.b}}.\n{{/ledger.boats}}\n{{/t.all_n}}\n"
                          "Có {{#ledger.boats}}{{b.n}}{{/ledger.boats}}{{^ledger.boats}}không{{/ledger.boats}}.\n");
    assert_non_null(document);
    assert_string_equal(inlines_text(bench->arena, document->blocks->inlines), "Có không.");
    assert_int_equal(document->check_count, 0);
    assert_int_equal(said(bench, DIAGNOSTIC_LEDGER_ABSENT), 3);
    assert_int_equal(bench->diagnostics.status, 0);
    close_desk(&desk);
}

static void prose_names_the_tables_that_stand(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    assert_text(&desk,
                TALLY "```sql p\nSELECT name FROM people\n```\n{{#t.zero}}\n```table p\n```\n{{/t.zero}}\n"
                      "Bảng {{table.t}}{{#table.p}}, {{table.p}}{{/table.p}}.\n\n"
                      "```table t\n[all_n]\n```\n",
                "Bảng 1.");
    close_desk(&desk);
}

static void a_format_may_be_declared_by_the_data(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    assert_text(&desk,
                "```sql t\nSELECT 5 AS a, 6 AS b, '0.0% truncate' AS cut, NULL AS free\n```\n"
                "{{t.a / t.b 0.0%}} {{t.a / t.b as t.cut}} {{t.b / t.a as t.cut over}} {{t.a as t.free}}\n",
                "83,3% 83,3% 120,0% 5");
    assert_text(
        &desk,
        "```sql t\nSELECT 2 AS a, 3 AS b, '0.0% truncate' AS cut\n```\n{{t.a / t.b 0.0%}} {{t.a / t.b as t.cut}}\n",
        "66,7% 66,6%");
    assert_null(make(&desk, "```sql t\nSELECT 2 AS a, 3 AS b, 'so' AS cut\n```\n{{t.a / t.b as t.cut}}\n"));
    assert_int_equal(said(desk.bench, DIAGNOSTIC_FORMAT_UNKNOWN), 1);
    close_desk(&desk);
}

static void sources_are_what_the_report_reads(void **state) {
    struct desk desk = open_desk(*state, "Số thẻ,Họ và tên\n1,An\n1,Ba\n,Tư\n");
    bench_put(desk.bench, "views/known.sql", "SELECT * FROM people WHERE name IS NOT NULL");
    bench_put(desk.bench, "functions/people_count.sql", "SELECT count(*) FROM people");
    store_close(desk.store);
    desk.request.store = desk.store = store_open(desk.books.ledgers, desk.bench->folder, &desk.bench->diagnostics);
    /* Not read: neither named nor noted on the page. The units are always there. */
    const struct document *document =
        make(&desk, "```sql t\nSELECT count(*) AS people FROM units\n```\n{{t.people}}\n");
    assert_int_equal(document->source_count, 1);
    assert_null(document->blocks->next);
    static const char *const reading[] = {"SELECT count(*) AS n FROM known", "SELECT people_count() AS n",
                                          "SELECT sum(n) AS n FROM people_tally"};
    for (size_t i = 0; i < sizeof reading / sizeof *reading; i++) {
        document = make(&desk, arena_printf(desk.bench->arena, "```sql t\n%s\n```\n{{t.n}}\n", reading[i]));
        assert_int_equal(document->source_count, 2);
    }
    close_desk(&desk);
}

/* ---- Mistakes --------------------------------------------------------------------------------------------------- */

static void all_wrong_names_are_said_in_one_run(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    assert_null(make(&desk, TALLY "{{t.al_n}} {{#t.zero}}{{nothing}}{{/t.zero}}\n\n"
                                  "```table tt\n[a]\n```\n"
                                  "```table t\n[womn]\n[r]\nratio = women / al_n\n```\n"
                                  "```chart t\ncategory = al_n\nvalue = women\n```\n"
                                  "```sql bad\nSELECT x FROM people\n```\n"));
    struct bench *bench = desk.bench;
    assert_int_equal(said(bench, DIAGNOSTIC_NAME_UNKNOWN), 2);
    assert_contains(finding_of(bench, DIAGNOSTIC_NAME_UNKNOWN, 0)->message, "nearest: 't.all_n'");
    assert_int_equal(finding_of(bench, DIAGNOSTIC_NAME_UNKNOWN, 0)->place.row, 9);
    assert_int_equal(finding_of(bench, DIAGNOSTIC_NAME_UNKNOWN, 1)->place.column, 23);
    assert_contains(finding_of(bench, DIAGNOSTIC_QUERY_UNKNOWN, 0)->message, "'tt'");
    assert_int_equal(said(bench, DIAGNOSTIC_COLUMN_UNKNOWN), 3);
    assert_contains(finding_of(bench, DIAGNOSTIC_COLUMN_UNKNOWN, 0)->message, "nearest: 'women'");
    assert_int_equal(said(bench, DIAGNOSTIC_QUERY_FAILED), 1);
    assert_int_equal(finding_of(bench, DIAGNOSTIC_QUERY_FAILED, 0)->place.line[0], 'S');
    close_desk(&desk);
}

static void a_ratio_of_text_is_refused(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    assert_null(make(&desk, "```sql q\nSELECT 'x' AS a, 2 AS b\n```\n{{q.b / q.a 0%}}\n"));
    assert_int_equal(said(desk.bench, DIAGNOSTIC_RATIO_TEXT), 1);
    close_desk(&desk);
}

static void passages_are_the_clerks(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    bench_put(desk.bench, "texts/2014/t/kien-nghi.md", "Kiến nghị {{t.all_n 00}}.\n\n- hai\n");
    assert_text(&desk, TALLY "{{> text/kien-nghi}}\n", "Kiến nghị 04. / hai");
    const struct document *document = make(&desk, "{{> text/khac}}\n");
    assert_contains(inlines_text(desk.bench->arena, document->blocks->inlines), "[Cần bổ sung: khac]");
    assert_contains(finding_of(desk.bench, DIAGNOSTIC_TEXT_MISSING, 0)->message, "texts/2014/t/khac.md");
    close_desk(&desk);
}

static void a_unit_has_its_own_report(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    desk.request.unit = ledger_row(desk.books.units, "A", 1);
    assert_text(&desk, TALLY "{{unit.name}}: {{t.all_n}}\n", "Xã Ao: 3");
    desk.request.unit = NO_ROW;
    assert_text(&desk, TALLY "{{unit.name}}: {{t.all_n}}\n", "Huyện Mẫu: 4");
    close_desk(&desk);
}

/* ---- Columns that are data ----------------------------------------------------------------------------------------
 */

#define SPREAD                                                                                                         \
    "```sql s\nSELECT p.unit, v.label AS sex, sum(p.sex = v.code) AS people FROM vocabulary v, people p"               \
    " WHERE v.vocabulary = 'sex' AND p.sex IS NOT NULL GROUP BY p.unit, v.code ORDER BY p.unit, v.position\n```\n"

static void values_become_columns(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    const struct table *table = first_table(
        make(&desk, SPREAD
             "```table s\ntotal = Cộng\n[unit]\nlabel = Chi bộ\n[people]\nlabel = Số người\nacross = sex\n```\n"));
    assert_nothing_said(desk.bench);
    assert_int_equal(table->column_count, 3);
    assert_string_equal(table->columns[1].label, "Nam");
    assert_string_equal(table->columns[2].label, "Nữ");
    assert_int_equal(table->row_count, 4); /* A1, A2, B1, total */
    assert_string_equal(cell(table, 0, 1), "1");
    assert_string_equal(cell(table, 0, 2), "1");
    assert_string_equal(cell(table, 1, 1), "0");
    assert_string_equal(cell(table, 3, 1), "2");
    assert_string_equal(cell(table, 3, 2), "2");
    close_desk(&desk);
}

static void no_rows_no_spread_columns(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    const struct table *table =
        first_table(make(&desk, "```sql s\nSELECT unit, sex, 1 AS people FROM people WHERE age > 200\n```\n"
                                "```table s\n[unit]\nlabel = Chi bộ\n[people]\nacross = sex\n```\n"));
    assert_int_equal(table->column_count, 1);
    assert_int_equal(table->row_count, 0);
    close_desk(&desk);
}

static void spread_over_nothing_is_said(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    assert_null(make(&desk, SPREAD "```table s\n[unit]\nlabel = Chi bộ\n[people]\nacross = sax\n```\n"));
    assert_int_equal(desk.bench->diagnostics.counts[DIAGNOSTIC_COLUMN_UNKNOWN], 1);
    close_desk(&desk);
}

/* ---- What a template uses -----------------------------------------------------------------------------------------
 */

static void coverage_tells_what_was_used(void **state) {
    struct desk desk = open_desk(*state, people_csv);
    bool branches[4] = {false}, queries[3] = {false}, labels[3] = {false};
    struct coverage coverage = {.branches = branches, .queries = queries, .labels = labels};
    desk.request.coverage = &coverage;
    assert_non_null(make(&desk, TALLY "```sql unused\nSELECT 1 AS one\n```\n"
                                      "```figures\n[t]\nwomen = Nữ\nmen = Nam\n```\n"
                                      "{{#t.zero}}Không.{{/t.zero}}{{^t.zero}}{{t.women}}{{/t.zero}}\n\n"
                                      "{{#t.women}}\nCó nữ.\n{{/t.women}}\n"));
    assert_true(queries[0] && !queries[1]);
    assert_true(labels[0] && !labels[1]);
    assert_true(!branches[0] && branches[1] && branches[2]);
    close_desk(&desk);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(values_stand_in_prose),
        TEST(sections_loop_over_rows),
        TEST(figures_of_the_prose_are_kept_once),
        TEST(the_letterhead_is_the_offices),
        TEST(the_end_is_marked_where_the_rule_asks),
        TEST(tables_have_totals_and_ratios),
        TEST(rows_of_a_group_have_a_name_and_a_sum),
        TEST(a_table_may_have_no_rows_or_no_plan),
        TEST(charts_find_their_table),
        TEST(more_than_all_is_pointed_out),
        TEST(checks_compare_and_mend_nothing),
        TEST(vague_dates_are_counted),
        TEST(rejected_rows_make_a_draft_and_no_note_on_the_page),
        TEST(a_section_needs_its_ledger),
        TEST(without_the_ledger_its_queries_are_not_run),
        TEST(prose_names_the_tables_that_stand),
        TEST(a_format_may_be_declared_by_the_data),
        TEST(sources_are_what_the_report_reads),
        TEST(all_wrong_names_are_said_in_one_run),
        TEST(a_ratio_of_text_is_refused),
        TEST(passages_are_the_clerks),
        TEST(a_unit_has_its_own_report),
        TEST(values_become_columns),
        TEST(no_rows_no_spread_columns),
        TEST(spread_over_nothing_is_said),
        TEST(coverage_tells_what_was_used),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
