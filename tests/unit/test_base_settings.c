/* test_base_settings.c - settings files: sections, lists, and what inih would lose without a word. */
#include "support.h"

#include "base/settings.h"

static const struct settings *parse(struct bench *bench, const char *text) {
    return settings_parse(bench->arena, &bench->diagnostics, "a.ini", text, strlen(text), 1);
}

static void sections_and_entries_have_their_lines(void **state) {
    struct bench *bench = *state;
    const struct settings *settings = parse(bench, "; comment\n"
                                                   "top = 1\n"
                                                   "\n"
                                                   "[empty]\n"
                                                   "[mục một]\n"
                                                   "# comment\n"
                                                   "label = Họ và tên\n"
                                                   "aliases = a | b\n"
                                                   "aliases = c\n");
    assert_non_null(settings);
    assert_nothing_said(bench);
    assert_int_equal(settings->count, 3);
    assert_string_equal(settings_get(settings_find(settings, ""), "top", "?"), "1");
    assert_int_equal(settings_find(settings, "empty")->count, 0);
    assert_int_equal(settings_find(settings, "empty")->line, 4);
    const struct settings_section *section = settings_find(settings, "mục một");
    assert_non_null(section);
    assert_int_equal(section->line, 5);
    assert_int_equal(section->entries[0].line, 7);
    assert_int_equal(section->entries[2].line, 9);
    assert_string_equal(settings_get(section, "label", "?"), "Họ và tên");
    assert_string_equal(settings_get(section, "none", "?"), "?");
    assert_string_equal(settings_get(NULL, "none", "?"), "?");
    assert_null(settings_find(settings, "none"));
    char **values;
    assert_int_equal(settings_list(bench->arena, section, "aliases", &values), 3);
    assert_string_equal(values[0], "a");
    assert_string_equal(values[1], "b");
    assert_string_equal(values[2], "c");
    assert_int_equal(settings_list(bench->arena, section, "none", &values), 0);
}

static void a_section_that_stands_again_goes_on(void **state) {
    struct bench *bench = *state;
    const struct settings *settings = parse(bench, "[a]\nx = 1\n[b]\ny = 2\n[a]\nz = 3\n");
    assert_non_null(settings);
    assert_int_equal(settings->count, 2);
    assert_string_equal(settings_get(settings_find(settings, "a"), "x", "?"), "1");
    assert_string_equal(settings_get(settings_find(settings, "a"), "z", "?"), "3");
}

static void values_are_composed(void **state) {
    struct bench *bench = *state;
    const struct settings *settings = parse(bench, "name = Nguye\xcc\x82\xcc\x83n\n");
    assert_string_equal(settings_get(settings_find(settings, ""), "name", "?"), "Nguyễn");
}

static void bom_and_line_ends_do_not_matter(void **state) {
    struct bench *bench = *state;
    const struct settings *settings = parse(bench, "\xef\xbb\xbf[a]\r\nx = 1\r\n\r\ny = hai ba\r\nz = 3");
    assert_non_null(settings);
    const struct settings_section *section = settings_find(settings, "a");
    assert_string_equal(settings_get(section, "x", "?"), "1");
    assert_string_equal(settings_get(section, "y", "?"), "hai ba");
    assert_string_equal(settings_get(section, "z", "?"), "3");
    assert_int_equal(section->entries[2].line, 5);
}

static void lines_up_to_198_bytes_are_whole(void **state) {
    struct bench *bench = *state;
    for (int length = 190; length <= 210; length++) {
        char line[256];
        memset(line, 'v', sizeof line);
        memcpy(line, "x = ", 4);
        memcpy(line + length, "\ny = 1\n", 8);
        const struct settings *settings = parse(bench, line);
        assert_true((settings != NULL) == (length <= 198));
        if (settings) {
            assert_int_equal(strlen(settings_get(settings_find(settings, ""), "x", "")), length - 4);
            assert_string_equal(settings_get(settings_find(settings, ""), "y", "?"), "1");
        }
    }
    assert_int_equal(said(bench, DIAGNOSTIC_INI_LONG), 12);
    assert_contains(finding_of(bench, DIAGNOSTIC_INI_LONG, 0)->message, "199");
}

static void assert_refused(struct bench *bench, const char *text, enum diagnostic code, unsigned line) {
    size_t before = said(bench, code);
    if (parse(bench, text))
        fail_msg("taken: %s", text);
    assert_int_equal(said(bench, code), before + 1);
    assert_int_equal(finding_of(bench, code, before)->place.row, line);
    assert_string_equal(finding_of(bench, code, before)->place.file, "a.ini");
}

static void what_would_be_lost_is_refused(void **state) {
    struct bench *bench = *state;
    assert_refused(bench, "a = 1\nb = x ;y\n", DIAGNOSTIC_INI_SEMICOLON, 2);
    assert_refused(bench, "a = 1\nb = x\t; y\n", DIAGNOSTIC_INI_SEMICOLON, 2);
    assert_refused(bench, "a = 1\n  b = 2\n", DIAGNOSTIC_INI_SYNTAX, 2);
    assert_refused(bench, "[a\nb = 2\n", DIAGNOSTIC_INI_SYNTAX, 1);
    assert_refused(bench, "a = 1\n\njust words\n", DIAGNOSTIC_INI_SYNTAX, 3);
    assert_refused(bench, "[aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa]\n", DIAGNOSTIC_INI_SYNTAX, 1);
    assert_refused(bench, "a = 1\nb = \xff\n", DIAGNOSTIC_INI_TEXT, 2);
    assert_non_null(parse(bench, "a = x;y\n; b = x ; y\n"));
}

static void all_errors_are_said_in_one_run(void **state) {
    struct bench *bench = *state;
    assert_null(parse(bench, "a = 1 ;\n b = 2\nc = 3 ;\n[d\n"));
    assert_int_equal(said(bench, DIAGNOSTIC_INI_SEMICOLON), 2);
    assert_int_equal(said(bench, DIAGNOSTIC_INI_SYNTAX), 2);
}

static void lines_count_from_where_the_block_stands(void **state) {
    struct bench *bench = *state;
    static const char text[] = "a = 1\nb 2\n";
    assert_null(settings_parse(bench->arena, &bench->diagnostics, "t.md", text, strlen(text), 40));
    assert_int_equal(finding_of(bench, DIAGNOSTIC_INI_SYNTAX, 0)->place.row, 41);
}

static void unknown_names_are_said_with_the_nearest(void **state) {
    struct bench *bench = *state;
    static const char *const names[] = {"label", "aliases", NULL};
    const struct settings *settings = parse(bench, "label = a\nalias = b\n");
    assert_false(settings_known(settings, settings_find(settings, ""), names, &bench->diagnostics));
    const struct finding *finding = finding_of(bench, DIAGNOSTIC_SETTING_UNKNOWN, 0);
    assert_int_equal(finding->place.row, 2);
    assert_contains(finding->message, "'alias'");
    assert_contains(finding->message, "nearest: 'aliases'");
}

static void flags_are_words(void **state) {
    struct bench *bench = *state;
    const struct settings *settings = parse(bench, "a = yes\nb = không\nc = có\nd = maybe\n");
    const struct settings_section *section = settings_find(settings, "");
    assert_true(settings_flag(settings, section, "a", false, &bench->diagnostics));
    assert_false(settings_flag(settings, section, "b", true, &bench->diagnostics));
    assert_true(settings_flag(settings, section, "c", false, &bench->diagnostics));
    assert_true(settings_flag(settings, section, "none", true, &bench->diagnostics));
    assert_nothing_said(bench);
    settings_flag(settings, section, "d", true, &bench->diagnostics);
    assert_int_equal(said(bench, DIAGNOSTIC_SETTING_VALUE), 1);
}

static void files_are_read(void **state) {
    struct bench *bench = *state;
    const struct settings *settings =
        settings_read(bench->arena, &bench->diagnostics, bench_put(bench, "x.ini", "[a]\nb = 1\n"));
    assert_string_equal(settings_get(settings_find(settings, "a"), "b", "?"), "1");
    assert_null(settings_read(bench->arena, &bench->diagnostics, bench_path(bench, "none.ini")));
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_READ), 1);
    assert_non_null(settings_read(bench->arena, &bench->diagnostics, bench_put(bench, "empty.ini", "")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(sections_and_entries_have_their_lines),
        TEST(a_section_that_stands_again_goes_on),
        TEST(values_are_composed),
        TEST(bom_and_line_ends_do_not_matter),
        TEST(lines_up_to_198_bytes_are_whole),
        TEST(what_would_be_lost_is_refused),
        TEST(all_errors_are_said_in_one_run),
        TEST(lines_count_from_where_the_block_stands),
        TEST(unknown_names_are_said_with_the_nearest),
        TEST(flags_are_words),
        TEST(files_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
