/* test_ledger_column.c - cells cast to values, type by type, and matched to vocabularies. */
#include "ledgers.h"

/* ---- Columns of the people's ledger ----------------------------------------------------------------------------- */

struct casting {
    struct bench *bench;
    struct schemas *schemas;
    struct column column;
};

static struct casting open_column(struct bench *bench, const char *field) {
    struct casting casting = {.bench = bench};
    put_schemas(bench);
    casting.schemas = schemas_read(bench->arena, &bench->diagnostics, bench->folder);
    assert_non_null(casting.schemas);
    const struct schema *schema = schemas_find(casting.schemas, "people");
    int index = schema_field(schema, field);
    assert_true(index >= 0);
    column_open(&casting.column, schema->file, &schema->fields[index], &bench->diagnostics);
    return casting;
}

static void close_column(struct casting *casting) {
    column_free(&casting->column);
    schemas_free(casting->schemas);
}

static bool cast(struct casting *casting, const char *typed, uint32_t *code, struct fault *fault) {
    struct arena *scratch = arena_new();
    bool good = column_cast(&casting->column, typed, strlen(typed), scratch, &casting->bench->diagnostics, code, fault);
    arena_free(scratch);
    return good;
}

/* Twice, because a typed form that was seen before takes another way. */
static void assert_cast(struct casting *casting, const char *typed, const char *wanted) {
    for (int times = 0; times < 2; times++) {
        uint32_t code;
        struct fault fault;
        if (!cast(casting, typed, &code, &fault))
            fail_msg("«%s» is refused: %s", typed, diagnostic_name(fault.code));
        const char *found = value_plain(casting->bench->arena, column_value(&casting->column, code));
        if (strcmp(found, wanted) != 0)
            fail_msg("«%s» gives «%s», not «%s»", typed, found, wanted);
    }
}

static void assert_fault(struct casting *casting, const char *typed, enum diagnostic wanted, const char *nearest) {
    for (int times = 0; times < 2; times++) {
        uint32_t code;
        struct fault fault;
        if (cast(casting, typed, &code, &fault))
            fail_msg("«%s» is taken", typed);
        assert_string_equal(diagnostic_name(fault.code), diagnostic_name(wanted));
        assert_contains(fault.nearest, nearest);
    }
}

/* ---- Types ------------------------------------------------------------------------------------------------------ */

static void dates_are_cast(void **state) {
    struct casting casting = open_column(*state, "born");
    assert_cast(&casting, "03/02/1962", "1962-02-03");
    assert_cast(&casting, " 3/2/1962 ", "1962-02-03");
    assert_cast(&casting, "1962", "1962");
    assert_cast(&casting,
                "\xc2\xa0"
                "3/2/1962",
                "1962-02-03");
    assert_cast(&casting, "", "");
    assert_fault(&casting, "31/02/1962", DIAGNOSTIC_DATE_IMPOSSIBLE, "28 days");
    assert_fault(&casting, "chưa rõ", DIAGNOSTIC_CELL_TYPE, "");
    assert_fault(&casting, "3/2/1862", DIAGNOSTIC_CELL_RANGE, "");
    assert_fault(&casting, "1/1/2015", DIAGNOSTIC_CELL_RANGE, "");
    assert_int_equal(column_find(&casting.column, "1962-02-03", 10), date_pack((struct date){1962, 2, 3}));
    assert_int_equal(column_code_limit(&casting.column), 0);
    close_column(&casting);
}

static void booleans_are_cast(void **state) {
    struct casting casting = open_column(*state, "party");
    static const char *const yes[] = {"x", "X", "×", "có", "Có", "CÓ", "co", "1", "✓", "yes", "Đ", "v"};
    static const char *const no[] = {"", "  ", "0", "không", "Không", "khong", "no", "-"};
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        assert_cast(&casting, yes[i], "1");
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        assert_cast(&casting, no[i], "0");
    assert_fault(&casting, "xx", DIAGNOSTIC_CELL_TYPE, "");
    assert_fault(&casting, "2", DIAGNOSTIC_CELL_TYPE, "");
    close_column(&casting);
}

static void integers_are_cast(void **state) {
    struct casting casting = open_column(*state, "age");
    assert_cast(&casting, "45", "45");
    assert_cast(&casting, "+45", "45");
    assert_cast(&casting, "45,0", "45");
    assert_cast(&casting, "45.00", "45");
    assert_cast(&casting, "0", "0");
    assert_cast(&casting, "007", "7");
    assert_cast(&casting, "", "");
    assert_fault(&casting, "-1", DIAGNOSTIC_CELL_RANGE, "");
    assert_fault(&casting, "121", DIAGNOSTIC_CELL_RANGE, "");
    assert_fault(&casting, "1.234", DIAGNOSTIC_CELL_RANGE, "");
    assert_fault(&casting, "1 234", DIAGNOSTIC_CELL_RANGE, "");
    assert_fault(&casting, "4,5", DIAGNOSTIC_CELL_TYPE, "");
    assert_fault(&casting, "45 tuổi", DIAGNOSTIC_CELL_TYPE, "");
    assert_fault(&casting, "4 5", DIAGNOSTIC_CELL_TYPE, "");
    assert_fault(&casting, "-", DIAGNOSTIC_CELL_TYPE, "");
    assert_fault(&casting, "45-", DIAGNOSTIC_CELL_TYPE, "");
    assert_fault(&casting, "1234567890123456789", DIAGNOSTIC_CELL_TYPE, "");
    close_column(&casting);
}

static void decimals_have_a_comma(void **state) {
    struct casting casting = open_column(*state, "fee");
    assert_cast(&casting, "1,5", "1.5");
    assert_cast(&casting, "1.5", "1.5");
    assert_cast(&casting, "-0,05", "-0.05");
    assert_cast(&casting, "1,50", "1.5");
    assert_cast(&casting, "1.234,5", "1234.5");
    assert_cast(&casting, "1 234,5", "1234.5");
    assert_cast(&casting, "1.234.567", "1234567");
    assert_cast(&casting, "1234.567", "1234.567");
    assert_cast(&casting, "1,234", "1.234");
    assert_cast(&casting, "0,125", "0.125");
    assert_cast(&casting, "12", "12");
    assert_fault(&casting, "1,2,3", DIAGNOSTIC_CELL_TYPE, "");
    assert_fault(&casting, "1.23.456", DIAGNOSTIC_CELL_TYPE, "");
    assert_fault(&casting, ",5", DIAGNOSTIC_CELL_TYPE, "");
    assert_fault(&casting, "5,", DIAGNOSTIC_CELL_TYPE, "");
    close_column(&casting);
}

/* Also when 1,234 was typed before: its own form is "1.234". */
static void a_dot_that_may_be_thousands_is_refused(void **state) {
    struct casting casting = open_column(*state, "fee");
    assert_fault(&casting, "1.234", DIAGNOSTIC_CELL_TYPE, "the dot may be thousands");
    assert_cast(&casting, "1,234", "1.234");
    assert_fault(&casting, "1.234", DIAGNOSTIC_CELL_TYPE, "the dot may be thousands");
    assert_fault(&casting, "123.456", DIAGNOSTIC_CELL_TYPE, "the dot may be thousands");
    close_column(&casting);
}

static void identifiers_that_became_exponents_are_refused(void **state) {
    struct casting casting = open_column(*state, "card");
    assert_cast(&casting, "00123", "00123");
    assert_cast(&casting, "12E+", "12E+");
    assert_cast(&casting, "A1E+11", "A1E+11");
    assert_fault(&casting, "1E+11", DIAGNOSTIC_CELL_TYPE, "");
    assert_fault(&casting, "1,23E+11", DIAGNOSTIC_CELL_TYPE, "");
    assert_fault(&casting, "1.2e+05", DIAGNOSTIC_CELL_TYPE, "");
    assert_fault(&casting, "", DIAGNOSTIC_CELL_MISSING, "");
    assert_fault(&casting, " \xc2\xa0 ", DIAGNOSTIC_CELL_MISSING, "");
    close_column(&casting);
}

static void texts_are_clean_and_match_their_pattern(void **state) {
    struct casting casting = open_column(*state, "name");
    assert_cast(&casting, "Nguye\xcc\x82\xcc\x83n  Va\xcc\x86n A", "Nguyễn Văn A");
    close_column(&casting);
    casting = open_column(*state, "phone");
    assert_cast(&casting, "0912", "0912");
    assert_fault(&casting, "091", DIAGNOSTIC_CELL_PATTERN, "");
    assert_fault(&casting, "0912x", DIAGNOSTIC_CELL_PATTERN, "");
    close_column(&casting);
}

static void words_are_matched(void **state) {
    struct casting casting = open_column(*state, "sex");
    assert_cast(&casting, "Nam", "NAM");
    assert_cast(&casting, "NAM", "NAM");
    assert_cast(&casting, "nữ", "NU");
    assert_cast(&casting, "nu", "NU");
    assert_cast(&casting, "N", "NU");
    assert_cast(&casting, "Gái", "NU");
    assert_fault(&casting, "khác", DIAGNOSTIC_CELL_ENUM, "one of: Nam, Nữ");
    assert_fault(&casting, "Namm", DIAGNOSTIC_CELL_ENUM, "nearest: 'Nam'");
    assert_int_equal(column_find(&casting.column, "NU", 2), 2);
    assert_int_equal(column_find(&casting.column, "nu", 2), 0);
    assert_int_equal(column_code_limit(&casting.column), 3);
    close_column(&casting);
}

static void lists_are_matched_item_by_item(void **state) {
    struct casting casting = open_column(*state, "posts");
    assert_cast(&casting, "Bí thư", "BT");
    assert_cast(&casting, "BT; CT", "BT;CT");
    assert_cast(&casting, "PBT, Chủ tịch", "PBT;CT");
    assert_cast(&casting, "PBT - chủ tịch", "PBT;CT");
    assert_cast(&casting, "PBT – chủ tịch", "PBT;CT");
    assert_cast(&casting, "Trưởng phòng, ban", "TPB");
    assert_cast(&casting, "BT; trưởng phòng, ban", "BT;TPB");
    assert_cast(&casting, "Ba; Bà", "BA;BAF");
    assert_cast(&casting, "bà", "BAF");
    assert_fault(&casting, "bá", DIAGNOSTIC_CELL_ENUM, "");
    assert_fault(&casting, "BT; Bí thu3", DIAGNOSTIC_CELL_ENUM, "nearest: 'Bí thư'");
    close_column(&casting);
    casting = open_column(*state, "tags");
    assert_cast(&casting, "a; b ;; c d", "a;b;c d");
    assert_cast(&casting, "a, b", "a, b");
    close_column(&casting);
}

/* ---- Vocabularies ----------------------------------------------------------------------------------------------- */

static void forms_are_matched_and_doubt_is_no_match(void **state) {
    struct bench *bench = *state;
    struct vocabulary *vocabulary =
        vocabulary_read(bench->arena, &bench->diagnostics,
                        bench_put(bench, "v.ini",
                                  "[vocabulary]\nlabel = Từ\n"
                                  "[HOA]\nlabel = Hòa\n[HOA2]\nlabel = Hỏa\n[X]\nlabel = Đông\n"
                                  "aliases = miền đông | dong bac\ngroup = a | b\n"));
    assert_non_null(vocabulary);
    assert_string_equal(vocabulary->label, "Từ");
    assert_string_equal(vocabulary->name, "v");
    assert_int_equal(vocabulary->count, 3);
    assert_int_equal(vocabulary_match(vocabulary, bench->arena, "hoà"), 0);
    assert_int_equal(vocabulary_match(vocabulary, bench->arena, "HỎA"), 1);
    assert_int_equal(vocabulary_match(vocabulary, bench->arena, "hõa"), -1); /* Hòa or Hỏa? */
    assert_int_equal(vocabulary_match(vocabulary, bench->arena, "dong"), 2);
    assert_int_equal(vocabulary_match(vocabulary, bench->arena, "Miền  Đông"), 2);
    assert_int_equal(vocabulary_match(vocabulary, bench->arena, "Đông Bắc"), 2);
    assert_int_equal(vocabulary_match(vocabulary, bench->arena, "tây"), -1);
    assert_int_equal(vocabulary_code(vocabulary, "X"), 2);
    assert_int_equal(vocabulary_code(vocabulary, "x"), -1);
    assert_int_equal(vocabulary->entries[2].group_count, 2);
    vocabulary_free(vocabulary);
}

static void an_alias_may_be_an_opening(void **state) {
    struct bench *bench = *state;
    struct vocabulary *vocabulary =
        vocabulary_read(bench->arena, &bench->diagnostics,
                        bench_put(bench, "v.ini",
                                  "[UBKT]\nlabel = UBKT\naliases = UBKT Huyện ủy *\n"
                                  "[DU]\nlabel = đảng ủy\naliases = Đảng ủy *\n"
                                  "[BP]\nlabel = đảng ủy bộ phận\naliases = đảng ủy bộ phận *\n"));
    assert_non_null(vocabulary);
    assert_int_equal(vocabulary_match(vocabulary, bench->arena, "ubkt huyện uỷ Ao"), 0);
    assert_int_equal(vocabulary_match(vocabulary, bench->arena, "UBKT Huyện ủyAo"), -1);
    assert_int_equal(vocabulary_match(vocabulary, bench->arena, "UBKT Tỉnh ủy"), -1);
    assert_int_equal(vocabulary_match(vocabulary, bench->arena, "Dang uy xa Bai"), 1);
    assert_int_equal(vocabulary_match(vocabulary, bench->arena, "Đảng ủy"), 1);
    assert_int_equal(vocabulary_match(vocabulary, bench->arena, "Đảng ủy bộ phận Nhà máy"), 2); /* the longest */
    vocabulary_free(vocabulary);
    assert_null(vocabulary_read(bench->arena, &bench->diagnostics,
                                bench_put(bench, "w.ini", "[A]\naliases = ban *\n[B]\naliases = Bản *\n")));
    assert_int_equal(said(bench, DIAGNOSTIC_ALIAS_REPEATED), 1);
}

static void two_entries_with_one_form_are_wrong(void **state) {
    struct bench *bench = *state;
    const char *path = bench_put(bench, "v.ini", "[A]\nlabel = Hòa\n[B]\nlabel = Bé\naliases = hoà\n");
    assert_null(vocabulary_read(bench->arena, &bench->diagnostics, path));
    const struct finding *finding = finding_of(bench, DIAGNOSTIC_ALIAS_REPEATED, 0);
    assert_contains(finding->message, "[A] and [B]");
    assert_int_equal(finding->place.row, 3);
    path = bench_put(bench, "w.ini", "[A]\nlabel = Hòa\nalias = x\n");
    assert_null(vocabulary_read(bench->arena, &bench->diagnostics, path));
    assert_int_equal(said(bench, DIAGNOSTIC_SETTING_UNKNOWN), 1);
}

/* ---- The dictionary --------------------------------------------------------------------------------------------- */

static void a_dictionary_keeps_each_text_once(void **state) {
    struct bench *bench = *state;
    struct dictionary dictionary = {0};
    assert_int_equal(dictionary_find(&dictionary, "x", 1), 0);
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t i = 0; i < 3000; i++) {
            const char *text = arena_printf(bench->arena, "text %u", i);
            assert_int_equal(dictionary_add(&dictionary, text, strlen(text)), i + 1);
        }
    assert_int_equal(dictionary.count, 3000);
    assert_string_equal(dictionary_text(&dictionary, 2999), "text 2998");
    assert_int_equal(dictionary_find(&dictionary, "text 2998!", 9), 2999);
    assert_int_equal(dictionary_find(&dictionary, "text", 4), 0);
    assert_int_equal(dictionary_add(&dictionary, "", 0), 3001);
    assert_string_equal(dictionary_text(&dictionary, 3001), "");
    dictionary_free(&dictionary);
}

/* Keys as an office counts them: without leading zeros, with the same words behind them. */
static void a_dictionary_that_ascends_needs_no_slots(void **state) {
    struct bench *bench = *state;
    struct dictionary dictionary = {0};
    for (uint32_t i = 0; i < 3000; i++) {
        const char *text = arena_printf(bench->arena, "%u-QĐ/UBKT", i * 2);
        assert_int_equal(dictionary_add(&dictionary, text, strlen(text)), i + 1);
    }
    assert_null(dictionary.slots);
    for (uint32_t i = 0; i < 6000; i++) {
        const char *text = arena_printf(bench->arena, "%u-QĐ/UBKT", i);
        assert_int_equal(dictionary_find(&dictionary, text, strlen(text)), i % 2 ? 0 : i / 2 + 1);
    }
    assert_int_equal(dictionary_find(&dictionary, "", 0), 0);
    assert_int_equal(dictionary_find(&dictionary, "6000-QĐ/UBKT", 13), 0);
    assert_null(dictionary.slots);

    assert_int_equal(dictionary_add(&dictionary, "7-QĐ/UBKT", strlen("7-QĐ/UBKT")), 3001);
    assert_non_null(dictionary.slots);
    assert_int_equal(dictionary_add(&dictionary, "12-QĐ/UBKT", strlen("12-QĐ/UBKT")), 7);
    for (uint32_t i = 0; i < 3000; i++) {
        const char *text = arena_printf(bench->arena, "%u-QĐ/UBKT", i * 2);
        assert_int_equal(dictionary_find(&dictionary, text, strlen(text)), i + 1);
    }
    dictionary_free(&dictionary);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(dates_are_cast),
        TEST(booleans_are_cast),
        TEST(integers_are_cast),
        TEST(decimals_have_a_comma),
        TEST(a_dot_that_may_be_thousands_is_refused),
        TEST(identifiers_that_became_exponents_are_refused),
        TEST(texts_are_clean_and_match_their_pattern),
        TEST(words_are_matched),
        TEST(lists_are_matched_item_by_item),
        TEST(forms_are_matched_and_doubt_is_no_match),
        TEST(an_alias_may_be_an_opening),
        TEST(two_entries_with_one_form_are_wrong),
        TEST(a_dictionary_keeps_each_text_once),
        TEST(a_dictionary_that_ascends_needs_no_slots),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
