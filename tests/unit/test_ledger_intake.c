/* test_ledger_intake.c - rows cast together or one by one, by one thread or several: the same ledger, the same words.
 */
#include "ledgers.h"

#include "base/crew.h"
#include "base/text.h"
#include "ledger/pattern.h"
#include "sheet/csv_split.h"

#include <csv.h>
#include <regex.h>

/* ---- Batches ---------------------------------------------------------------------------------------------------- */

/* The first of the words mostly, another now and then. */
static const char *pick(uint64_t *random, const char *const *words, size_t count) {
    return words[next_random(random) % 8 ? 0 : next_random(random) % count];
}

/* Rows right and wrong in every way that is said of a cell, a row or a file; quoted line ends fall anywhere. */
static const char *random_people(struct bench *bench, int count) {
    static const char *const names[] = {"Trần An %d", "\"Lê \"\"Bình\"\"\"", "\"Vũ\nCường %d\"",
                                        "Tống Dung",  "Tổng cộng",           "  Ngô   Giang  %d ",
                                        "",           "Ho\xc3 ng %d"};
    static const char *const days[] = {"3/2/1970", "03/02/1970", "31/02/1971", "2015-01-01", "1970", "", "hôm qua"};
    static const char *const units[] = {"A1", "A2", "Chi bộ Bãi", "", "A9"};
    static const char *const sexes[] = {"Nam", "nữ", "", "nuu", "\"Nam\""};
    static const char *const fees[] = {"\"1,5\"", "2", "1.234", "", "-"};
    static const char *const phones[] = {"0912", "12", "0912+1", "", "\"09\n12\""};
    static const char *const ends[] = {"", ",", ",thừa", "\"", "\n\n,,,", "\n;"};
    uint64_t random = 7;
    struct buffer rows = {0};
    buffer_text(&rows, "Số thẻ,Họ và tên,Ngày sinh,Chi bộ,Giới tính,Đảng phí,Điện thoại\n1,2,3,4,5,6,7\n");
    for (int i = 0; i < count; i++) {
        const char *name = pick(&random, names, 8), *number = strstr(name, "%d");
        buffer_printf(&rows, "%d,", next_random(&random) % 8 ? i : i / 2);
        buffer_add(&rows, name, number ? (size_t)(number - name) : strlen(name));
        if (number)
            buffer_printf(&rows, "%d%s", i, number + 2);
        buffer_printf(&rows, ",%s,%s,%s,%s,%s%s\n", pick(&random, days, 7), pick(&random, units, 5),
                      pick(&random, sexes, 5), pick(&random, fees, 5), pick(&random, phones, 5),
                      pick(&random, ends, 6));
    }
    const char *text = arena_text(bench->arena, buffer_string(&rows));
    buffer_free(&rows);
    return text;
}

/* Everything that a load leaves behind, as text. */
static const char *load_all(struct bench *bench, const char *people, size_t intake_rows, size_t helpers) {
    struct diagnostics diagnostics = {.arena = bench->arena, .language = LANGUAGE_EN};
    struct schemas *schemas = schemas_read(bench->arena, &diagnostics, bench->folder);
    struct ledgers *ledgers = ledgers_open(bench->arena, &diagnostics, schemas);
    struct buffer out = {0};
    ledgers->intake_rows = intake_rows;
    ledgers->helpers = helpers;
    ledgers_load(ledgers, bench_put(bench, "in/people.csv", people));
    ledgers_load(ledgers, bench_put(bench, "in/units.csv", units_csv));
    ledgers_resolve(ledgers);
    for (size_t i = 0; i < ledgers->source_count; i++) {
        const struct ledger_source *source = &ledgers->sources[i];
        buffer_printf(&out, "%s: %zu = %zu + %zu + %zu\n", source->file, source->read, source->accepted,
                      source->rejected, source->skipped);
        assert_int_equal(source->read, source->accepted + source->rejected + source->skipped);
    }
    for (size_t i = 0; i < diagnostics.count; i++) {
        const struct finding *finding = &diagnostics.findings[i];
        buffer_printf(&out, "%u:%u %s\n", finding->place.row, finding->place.column, finding->message);
    }
    const struct ledger *ledger = ledgers_find(ledgers, "people");
    for (uint32_t row = 0; row < ledger->row_count; row++)
        for (size_t f = 0; f < ledger->schema->field_count; f++)
            buffer_printf(&out, "%u %u %s%s", ledger->origins[row].row, ledger->columns[f].codes[row],
                          value_plain(bench->arena, column_value(&ledger->columns[f], ledger->columns[f].codes[row])),
                          f + 1 < ledger->schema->field_count ? "|" : "\n");
    for (size_t i = 0; i < ledgers->reject_count; i++)
        for (size_t f = 0; f < ledgers->rejects[i].ledger->schema->field_count; f++)
            buffer_printf(&out, "%s|", ledgers->rejects[i].cells[f]);
    const char *text = arena_text(bench->arena, buffer_string(&out));
    buffer_free(&out);
    ledgers_free(ledgers);
    schemas_free(schemas);
    return text;
}

static void parts_and_threads_change_nothing(void **state) {
    static const size_t sizes[] = {2, 3, 7, 64, 2048};
    struct bench *bench = *state;
    put_schemas(bench);
    const char *people = random_people(bench, 3000), *wanted = load_all(bench, people, 1, 0);
    assert_contains(wanted, "|3/2/1970|"); /* of a rejected row */
    assert_contains(wanted, " 1970-02-03|");
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (size_t helpers = 0; helpers < 4; helpers += 3)
            assert_string_equal(load_all(bench, people, sizes[i], helpers), wanted);
}

static void count_up(void *context, size_t number) {
    ((size_t *)context)[number] += number + 1;
}

static void a_crew_does_each_task_once(void **state) {
    (void)state;
    size_t done[100] = {0};
    struct crew *crew = crew_new(3);
    for (size_t round = 1; round <= 50; round++) {
        crew_start(crew, count_up, done, round * 2);
        crew_finish(crew);
    }
    crew_start(crew, count_up, done, 100);
    crew_free(crew);
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(done[i], (i + 1) * (50 - i / 2 + 1));
}

struct work {
    size_t left, done;
};

static bool work_on(void *context) {
    struct work *work = context;
    work->done++;
    return --work->left > 0;
}

/* Beside rounds of tasks, with helpers and without; what nobody waits for is dropped. */
static void a_crew_does_later_what_can_wait(void **state) {
    (void)state;
    for (size_t helpers = 0; helpers < 3; helpers++) {
        struct work works[5];
        size_t done[100] = {0};
        struct crew *crew = crew_new(helpers);
        for (size_t i = 0; i < 5; i++) {
            works[i] = (struct work){.left = 1 + i * 300};
            crew_later(crew, work_on, &works[i]);
            crew_start(crew, count_up, done, 100);
        }
        crew_finish(crew);
        for (size_t i = 0; i < 100; i++)
            assert_int_equal(done[i], (i + 1) * 5);
        crew_await(crew);
        for (size_t i = 0; i < 5; i++) {
            assert_int_equal(works[i].left, 0);
            assert_int_equal(works[i].done, 1 + i * 300);
        }
        works[0] = (struct work){.left = SIZE_MAX};
        crew_later(crew, work_on, &works[0]);
        crew_free(crew);
    }
}

/* ---- Patterns --------------------------------------------------------------------------------------------------- */

static void simple_patterns_match_as_regular_expressions_do(void **state) {
    struct bench *bench = *state;
    static const char *const simple[] = {
        "^[0-9]{12}$", "^NV[0-9]{8}$", "^[A-Z]{2}[.][0-9]+$", "^[0-9]{2,4}$", "^A?$", "^[A-Za-z0-9._-]*$", "^x{3,}$",
        "^$"};
    static const char *const others[] = {"[0-9]{12}",     "^a|b$", "^[^0-9]$", "^(ab)+$", "^.$",       "^[0-9]+x$",
                                         "^[[:digit:]]$", "^\\.$", "^Đ[0-9]$", "^[ -~]$", "^a{1,2}b$", "^a$b$"};
    static const char letters[] = "0129AZazNVx._-+ \n";
    uint64_t random = 5;
    for (size_t p = 0; p < sizeof simple / sizeof *simple; p++) {
        const struct pattern *pattern = pattern_compile(bench->arena, simple[p]);
        regex_t expression;
        assert_non_null(pattern);
        assert_int_equal(regcomp(&expression, simple[p], REG_EXTENDED | REG_NOSUB), 0);
        for (int i = 0; i < 20000; i++) {
            char text[16] = "";
            size_t length = next_random(&random) % 14, kind = next_random(&random) % 3;
            for (size_t at = 0; at < length; at++)
                text[at] = letters[next_random(&random) % (kind ? (kind == 1 ? 4 : 9) : sizeof letters - 1)];
            if (pattern_matches(pattern, text, length) != (regexec(&expression, text, 0, NULL, 0) == 0))
                fail_msg("%s: «%s»", simple[p], text);
        }
        assert_true(p != 0 || pattern_matches(pattern, "001086000123", 12));
        assert_true(p != 1 || pattern_matches(pattern, "NV00000001", 10));
        regfree(&expression);
    }
    for (size_t p = 0; p < sizeof others / sizeof *others; p++)
        if (pattern_compile(bench->arena, others[p]))
            fail_msg("taken for simple: %s", others[p]);
}

/* ---- Lines ------------------------------------------------------------------------------------------------------ */

static const char *split(struct bench *bench, const char *line) {
    struct cell cells[6];
    struct buffer out = {0};
    char *plain = arena_alloc(bench->arena, strlen(line));
    size_t count = csv_split(line, strlen(line), ',', strchr(line, '"') ? &plain : NULL, cells, 6);
    for (size_t i = 0; i < count; i++)
        buffer_printf(&out, "[%.*s]", (int)cells[i].length, cells[i].text);
    const char *text = arena_text(bench->arena, buffer_string(&out));
    buffer_free(&out);
    return text;
}

static void well_formed_lines_are_cut_where_they_lie(void **state) {
    struct bench *bench = *state;
    static const char *const lines[][2] = {
        {"", "[]"},
        {"a", "[a]"},
        {",", "[][]"},
        {"một,hai ba,,bốn\rnăm", "[một][hai ba][][bốn\rnăm]"},
        {"1234567,12345678,123456789,,", "[1234567][12345678][123456789][][]"},
        {"\"a,b\",c", "[a,b][c]"},
        {"\"\",\"x\"", "[][x]"},
        {"a,\"b\"", "[a][b]"},
        {"\"a\",", "[a][]"},
        {"\"a\"\"b\",\"\"\"\",\"\"\"c\"\"d\"\"\"", "[a\"b][\"][\"c\"d\"]"},
        {"\"a,\nb\",\"\n\"\"\"", "[a,\nb][\n\"]"},
        /* left to the parser */
        {"a,b,c,d,e,f,g", ""},
        {"\"a", ""},
        {"\"a\"b,c", ""},
        {"a\"b,c", ""},
        {"a,\"b\rc\"", ""},
        {"\"a\",b\nc", ""},
        {"\"a\"\"", ""},
        {"\"a\"\"b\"c", ""},
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        assert_string_equal(split(bench, lines[i][0]), lines[i][1]);
}

struct parsed {
    struct buffer out;
    size_t records;
};

static void on_parsed_field(void *text, size_t length, void *context) {
    buffer_printf(&((struct parsed *)context)->out, "[%.*s]", (int)length, (const char *)text);
}

static void on_parsed_record(int end, void *context) {
    (void)end;
    ((struct parsed *)context)->records++;
}

static int no_blank(unsigned char byte) {
    (void)byte;
    return 0;
}

/* Whatever is cut without the parser is one record to it, of the same fields. */
static void what_is_cut_is_what_the_parser_gives(void **state) {
    struct bench *bench = *state;
    static const char letters[] = "a,\"\n\",\"";
    uint64_t random = 1;
    size_t cut = 0;
    for (int i = 0; i < 50000; i++) {
        char line[16] = "\"";
        struct csv_parser parser;
        struct parsed parsed = {.records = 0};
        size_t length = 1 + next_random(&random) % 12;
        for (size_t at = next_random(&random) % 2; at < length; at++)
            line[at] = letters[next_random(&random) % (sizeof letters - 1)];
        const char *found = strchr(line, '"') ? split(bench, line) : "";
        if (!*found)
            continue;
        cut++;
        assert_int_equal(csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI), 0);
        csv_set_space_func(&parser, no_blank);
        assert_int_equal(csv_parse(&parser, line, length, on_parsed_field, on_parsed_record, &parsed), length);
        assert_int_equal(csv_fini(&parser, on_parsed_field, on_parsed_record, &parsed), 0);
        csv_free(&parser);
        assert_string_equal(found, buffer_string(&parsed.out));
        assert_int_equal(parsed.records, 1);
        buffer_free(&parsed.out);
    }
    assert_in_range(cut, 5000, 50000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(parts_and_threads_change_nothing),         TEST(a_crew_does_each_task_once),
        TEST(a_crew_does_later_what_can_wait),          TEST(simple_patterns_match_as_regular_expressions_do),
        TEST(well_formed_lines_are_cut_where_they_lie), TEST(what_is_cut_is_what_the_parser_gives),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
