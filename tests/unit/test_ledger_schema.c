/* test_ledger_schema.c - what a ledger must be, and the mistakes that one can make in saying so. */
#include "ledgers.h"

static struct schemas *read_with(struct bench *bench, const char *people) {
    put_schemas(bench);
    bench_put(bench, "ledgers/people.ini", people);
    return schemas_read(bench->arena, &bench->diagnostics, bench->folder);
}

static void schemas_are_read(void **state) {
    struct bench *bench = *state;
    struct schemas *schemas = read_with(bench, people_ini);
    assert_non_null(schemas);
    assert_nothing_said(bench);
    assert_int_equal(schemas->count, 2);
    assert_int_equal(schemas->vocabulary_count, 3);
    const struct schema *people = schemas_find(schemas, "people"), *units = schemas_find(schemas, "units");
    assert_string_equal(people->label, "Danh sách đảng viên");
    assert_int_equal(people->field_count, 11);
    assert_int_equal(people->unique_count, 2);
    assert_int_equal(people->uniques[1].count, 2);
    assert_int_equal(people->unit, schema_field(people, "unit"));
    assert_int_equal(people->tree, -1);
    assert_int_equal(units->tree, schema_field(units, "parent"));
    assert_int_equal(units->title, schema_field(units, "name"));
    const struct field *born = &people->fields[schema_field(people, "born")];
    assert_int_equal(born->type, FIELD_DATE);
    assert_true(born->has_minimum && born->has_maximum);
    assert_int_equal(born->minimum.date.year, 1900);
    assert_string_equal(people->fields[schema_field(people, "unit")].reference_ledger, "units");
    assert_int_equal(map_get_text(&people->labels, "ma dang vien"), schema_field(people, "card"));
    assert_int_equal(schema_field(people, "none"), -1);
    assert_null(schemas_find(schemas, "none"));
    schemas_free(schemas);
}

static void assert_wrong(struct bench *bench, const char *lines, enum diagnostic code, const char *part) {
    size_t before = said(bench, code);
    struct schemas *schemas = read_with(bench, lines);
    if (schemas)
        fail_msg("taken: %s", lines);
    assert_true(said(bench, code) > before);
    assert_contains(finding_of(bench, code, before)->message, part);
    assert_contains(finding_of(bench, code, before)->place.file, "people.ini");
}

static void mistakes_are_said(void **state) {
    struct bench *bench = *state;
    assert_wrong(bench, "[a]\ntype = id\n", DIAGNOSTIC_SETTING_MISSING, "[ledger]");
    assert_wrong(bench, "[ledger]\nlabel = x\n[a]\n", DIAGNOSTIC_SETTING_VALUE, "key");
    assert_wrong(bench, "[ledger]\nkey = b\n[a]\n", DIAGNOSTIC_SETTING_VALUE, "'key, unique = b'");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\ntype = number\n", DIAGNOSTIC_SETTING_VALUE, "number");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\ntyp = id\n", DIAGNOSTIC_SETTING_UNKNOWN, "nearest: 'type'");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\ntype = enum\n", DIAGNOSTIC_SETTING_VALUE, "vocabulary");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\ntype = enum\nvocabulary = none\n", DIAGNOSTIC_SETTING_VALUE, "none");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\npattern = (\n", DIAGNOSTIC_SETTING_VALUE, "pattern");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\npattern = ^[0-9]+$\nexample = x1\n", DIAGNOSTIC_SETTING_VALUE, "x1");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\nminimum = x\n", DIAGNOSTIC_SETTING_VALUE, "minimum");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\n[B]\n", DIAGNOSTIC_SETTING_VALUE, "B");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\naliases = x\n[b]\naliases = X:\n", DIAGNOSTIC_ALIAS_REPEATED,
                 "[a] and [b]");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\nreference = units\n", DIAGNOSTIC_SETTING_VALUE, "reference");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\nreference = none.id\n", DIAGNOSTIC_SETTING_VALUE, "none");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\nreference = units.name\n", DIAGNOSTIC_SETTING_VALUE, "units");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\nreference = units.id\nalternative = x\n", DIAGNOSTIC_SETTING_VALUE,
                 "units");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\n[check c]\nmessage = x\n", DIAGNOSTIC_SETTING_VALUE, "rule");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\n[derive b]\ntype = text\n", DIAGNOSTIC_SETTING_VALUE, "sql");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\n[derive a]\nsql = 1\n", DIAGNOSTIC_SETTING_VALUE, "'derive = a'");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\n[derive B]\nsql = 1\n", DIAGNOSTIC_SETTING_VALUE, "B");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\n[derive b]\nsql = 1\ntype = list\n", DIAGNOSTIC_SETTING_VALUE, "list");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\n[derive b]\nsql = 1\ntype = enum\n", DIAGNOSTIC_SETTING_VALUE,
                 "vocabulary");
    assert_wrong(bench, "[ledger]\nkey = a\n[a]\n[derive b]\nsql = 1\nlabel = B\n", DIAGNOSTIC_SETTING_UNKNOWN,
                 "label");
    assert_wrong(bench, "[ledger]\nkey = a\nunit = x\n[a]\n", DIAGNOSTIC_SETTING_VALUE, "unit");
    assert_wrong(bench, "[ledger]\nkey = a + b + c + d + e\n[a]\n[b]\n[c]\n[d]\n[e]\n", DIAGNOSTIC_SETTING_VALUE,
                 "a + b + c + d + e");
    assert_int_equal(bench->diagnostics.status, 3);
}

static void rules_may_span_lines(void **state) {
    struct bench *bench = *state;
    struct schemas *schemas =
        read_with(bench, "[ledger]\nkey = a\n[a]\n[check c]\nrule = a IS NOT NULL\nrule = AND a <> 'x'\n"
                         "message = sai\n");
    assert_non_null(schemas);
    const struct schema *people = schemas_find(schemas, "people");
    assert_int_equal(people->rule_count, 1);
    assert_string_equal(people->rules[0].sql, "a IS NOT NULL AND a <> 'x' ");
    assert_string_equal(people->rules[0].message, "sai");
    schemas_free(schemas);
}

static void the_shipped_schemas_are_right(void **state) {
    struct bench *bench = *state;
    struct schemas *schemas = schemas_read(bench->arena, &bench->diagnostics, "templates");
    assert_nothing_said(bench);
    assert_non_null(schemas);
    assert_true(schemas->count >= 6);
    schemas_free(schemas);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(schemas_are_read),
        TEST(mistakes_are_said),
        TEST(rules_may_span_lines),
        TEST(the_shipped_schemas_are_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
