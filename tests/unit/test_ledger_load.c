/* test_ledger_load.c - files into ledgers: headers, rows that are no data, keys, references, totals. */
#include "ledgers.h"

static const char people_head[] = "Số thẻ,Họ và tên,Ngày sinh,Chi bộ,Tuổi\n";

static struct books open_people(struct bench *bench, const char *rows) {
    const char *people = arena_printf(bench->arena, "%s%s", people_head, rows);
    const char *const files[] = {"in/units.csv", units_csv, "in/people.csv", people, NULL};
    return books_open(bench, files);
}

static struct books open_file(struct bench *bench, const char *people) {
    const char *const files[] = {"in/units.csv", units_csv, "in/people.csv", people, NULL};
    return books_open(bench, files);
}

static void assert_counts(const struct books *books, size_t source, size_t accepted, size_t rejected, size_t skipped) {
    const struct ledger_source *found = &books->ledgers->sources[source];
    if (found->accepted != accepted || found->rejected != rejected || found->skipped != skipped)
        fail_msg("accepted %zu, rejected %zu, skipped %zu", found->accepted, found->rejected, found->skipped);
}

static void assert_place(const struct finding *finding, unsigned row, unsigned column) {
    assert_contains(finding->place.file, "people.csv");
    assert_int_equal(finding->place.row, row);
    assert_int_equal(finding->place.column, column);
}

/* ---- Headers ---------------------------------------------------------------------------------------------------- */

static void headers_are_found_below_titles(void **state) {
    struct bench *bench = *state;
    struct books books = open_file(bench, "ĐẢNG BỘ HUYỆN MẪU,,,\n\nDANH SÁCH ĐẢNG VIÊN,,,\n"
                                          "STT,HỌ VÀ  TÊN:,Mã Đảng viên,Ghi chép\n1,Trần An,7,x\n2,Lê Bình,8,\n");
    assert_ptr_equal(books.ledgers->sources[1].ledger, books.people);
    assert_int_equal(books.ledgers->sources[1].header_row, 4);
    assert_counts(&books, 1, 2, 0, 4);
    assert_string_equal(book_cell(bench, books.people, 0, "name"), "Trần An");
    assert_string_equal(book_cell(bench, books.people, 1, "card"), "8");
    assert_contains(finding_of(bench, DIAGNOSTIC_HEADER_UNKNOWN, 0)->message, "'Ghi chép'");
    assert_place(finding_of(bench, DIAGNOSTIC_HEADER_UNKNOWN, 0), 4, 4);
    assert_string_equal(books.ledgers->sources[1].unused, "Ghi chép");
    assert_int_equal(strlen(books.ledgers->sources[1].sha256), 64);
    books_close(&books);
}

static void of_two_columns_with_one_meaning_the_first_counts(void **state) {
    struct bench *bench = *state;
    struct books books = open_file(bench, "Số thẻ,Họ và tên,Mã đảng viên\n1,Trần An,9\n");
    assert_string_equal(book_cell(bench, books.people, 0, "card"), "1");
    assert_place(finding_of(bench, DIAGNOSTIC_HEADER_AMBIGUOUS, 0), 1, 3);
    books_close(&books);
}

static void a_header_may_have_two_rows(void **state) {
    struct bench *bench = *state;
    struct books books = open_file(bench, "TT,Số,Họ và tên,Ngày\n,thẻ,,sinh\n1,7,Trần An,1/1/1970\n");
    assert_nothing_said(bench);
    assert_counts(&books, 1, 1, 0, 2);
    assert_int_equal(books.ledgers->sources[1].header_row, 2);
    assert_string_equal(book_cell(bench, books.people, 0, "card"), "7");
    assert_string_equal(book_cell(bench, books.people, 0, "name"), "Trần An");
    assert_string_equal(book_cell(bench, books.people, 0, "born"), "1970-01-01");
    books_close(&books);
}

static void a_file_handed_in_twice_is_read_once(void **state) {
    struct bench *bench = *state;
    const char *const files[] = {"in/a.csv", "Số thẻ,Họ và tên\n1,An\n", "in/b.csv", "Số thẻ,Họ và tên\n1,An\n", NULL};
    struct books books = books_open(bench, files);
    assert_int_equal(books.people->row_count, 1);
    assert_int_equal(said(bench, DIAGNOSTIC_KEY_REPEATED), 0);
    assert_contains(finding_of(bench, DIAGNOSTIC_FILE_TWICE, 0)->message, "in/a.csv");
    assert_contains(finding_of(bench, DIAGNOSTIC_FILE_TWICE, 0)->place.file, "in/b.csv");
    books_close(&books);
}

static void a_file_without_a_header_says_what_is_missing(void **state) {
    struct bench *bench = *state;
    struct books books = open_file(bench, "Họ và tên,Ngày sinh,Mã số,Chi bộ\nTrần An,1/1/1970,1,A1\n");
    assert_null(books.ledgers->sources[1].ledger);
    const char *message = finding_of(bench, DIAGNOSTIC_FILE_NOT_LEDGER, 0)->message;
    assert_contains(message, "in row 1, which misses: 'Số thẻ'");
    assert_contains(message, "not known: 'Mã số'");
    assert_counts(&books, 1, 0, 0, 2);
    books_close(&books);
    assert_int_equal(bench->diagnostics.status, 1);
}

/* ---- Rows ------------------------------------------------------------------------------------------------------- */

static void rows_that_are_no_data_are_skipped(void **state) {
    struct bench *bench = *state;
    struct books books = open_file(bench, "STT,Số thẻ,Họ và tên,Ngày sinh,Chi bộ,Tuổi\n"
                                          "(1),(2),(3),(4),(5),(6)\n"
                                          "I. Xã Ao,,,,,\n"
                                          "1,11,Trần An,1/1/1970,A1,44\n"
                                          ",,,,,\n"
                                          "2,12,Lê Bình,2/1/1970,A2,44\n"
                                          ",Tổng cộng,,,,88\n"
                                          "Người lập biểu,,,,,\n"
                                          "9,19,Hoàng Chín,1/1/1971,A1,43\n");
    assert_counts(&books, 1, 2, 0, 7);
    assert_int_equal(said(bench, DIAGNOSTIC_TOTAL_DIFFERS), 0);
    books_close(&books);
}

/* In a narrow sheet a row without its key looks like a group row: it must not vanish without a word. */
static void a_narrow_row_without_its_key_is_rejected(void **state) {
    struct bench *bench = *state;
    struct books books = open_file(bench, "Số thẻ,Họ và tên\n1,An\n,Ba\n");
    assert_counts(&books, 1, 1, 1, 1);
    assert_int_equal(said(bench, DIAGNOSTIC_CELL_MISSING), 1);
    books_close(&books);
}

static void a_group_row_fills_the_carry_column(void **state) {
    struct bench *bench = *state;
    put_schemas(bench);
    const char *carrying = arena_printf(bench->arena, "[ledger]\ncarry = unit\n%s", people_ini + strlen("[ledger]\n"));
    bench_put(bench, "ledgers/people.ini", carrying);
    struct schemas *schemas = schemas_read(bench->arena, &bench->diagnostics, bench->folder);
    assert_nothing_said(bench);
    assert_non_null(schemas);
    struct ledgers *ledgers = ledgers_open(bench->arena, &bench->diagnostics, schemas);
    ledgers_load(ledgers, bench_put(bench, "in/units.csv", units_csv));
    ledgers_load(ledgers, bench_put(bench, "in/people.csv",
                                    "TT,Số thẻ,Họ và tên,Ngày sinh,Chi bộ,Tuổi\n"
                                    "I. Chi bộ 1,,,,,\n1,1,An,,,4\n2,2,Ba,,B1,5\n"
                                    "II,Chi bộ Bãi,,,,\n3,3,Tư,,,6\n"));
    ledgers_resolve(ledgers);
    const struct ledger *people = ledgers_find(ledgers, "people");
    assert_int_equal(people->row_count, 3);
    assert_string_equal(book_cell(bench, people, 0, "unit"), "A1");
    assert_string_equal(book_cell(bench, people, 1, "unit"), "B1");
    ledgers_free(ledgers);
    schemas_free(schemas);
}

static void a_total_that_differs_is_said(void **state) {
    struct bench *bench = *state;
    struct books books = open_people(bench, "1,Trần An,1/1/1970,A1,44\n"
                                            "2,Lê Bình,31/2/1970,A2,44\n"
                                            "Tổng cộng,,,,88\n");
    assert_counts(&books, 1, 1, 1, 2);
    const struct finding *finding = finding_of(bench, DIAGNOSTIC_TOTAL_DIFFERS, 0);
    assert_place(finding, 4, 5);
    assert_contains(finding->message, "88");
    assert_contains(finding->message, "44");
    books_close(&books);
}

static void every_fault_of_a_row_is_said(void **state) {
    struct bench *bench = *state;
    struct books books = open_people(bench, ",Trần An,31/02/1970,A1,x\n3,,1/1/1970,A1,44\n4,Lê Ba,,A1,44,thừa\n");
    assert_counts(&books, 1, 0, 3, 1);
    assert_place(finding_of(bench, DIAGNOSTIC_CELL_MISSING, 0), 2, 1);
    assert_place(finding_of(bench, DIAGNOSTIC_DATE_IMPOSSIBLE, 0), 2, 3);
    assert_place(finding_of(bench, DIAGNOSTIC_CELL_TYPE, 0), 2, 5);
    assert_place(finding_of(bench, DIAGNOSTIC_CELL_MISSING, 1), 3, 2);
    assert_place(finding_of(bench, DIAGNOSTIC_ROW_LONG, 0), 4, 6);
    assert_int_equal(books.people->row_count, 0);
    books_close(&books);
}

static void faulty_and_short_rows_are_counted(void **state) {
    struct bench *bench = *state;
    struct books books = open_people(bench, "1,\"Trần An,1/1/1970,A1,44\n2,Lê Bình\n3,Lê \xff,,,\n");
    assert_counts(&books, 1, 1, 2, 1);
    assert_string_equal(book_cell(bench, books.people, 0, "age"), "");
    assert_string_equal(book_cell(bench, books.people, 0, "party"), "0");
    assert_int_equal(ledger_place(books.ledgers, books.people, 0, -1).row, 3);
    books_close(&books);
}

static void blank_cells_take_their_default(void **state) {
    struct bench *bench = *state;
    struct books books = open_people(bench, "");
    assert_string_equal(book_cell(bench, books.units, 1, "kind"), "XA");
    assert_string_equal(book_cell(bench, books.units, 0, "kind"), "HUYEN");
    books_close(&books);
}

static void a_default_that_will_not_do_names_its_file(void **state) {
    struct bench *bench = *state;
    bench_put(bench, "ledgers/a.ini", "[ledger]\nkey = a\n[a]\ntype = integer\ndefault = x\n");
    struct schemas *schemas = schemas_read(bench->arena, &bench->diagnostics, bench->folder);
    assert_non_null(schemas);
    struct ledgers *ledgers = ledgers_open(bench->arena, &bench->diagnostics, schemas);
    const struct finding *finding = finding_of(bench, DIAGNOSTIC_SETTING_VALUE, 0);
    assert_contains(finding->place.file, "ledgers/a.ini");
    assert_int_equal(finding->place.row, 3);
    ledgers_free(ledgers);
    schemas_free(schemas);
}

/* ---- Keys ------------------------------------------------------------------------------------------------------- */

static void keys_and_uniques_stand_once(void **state) {
    struct bench *bench = *state;
    struct books books = open_people(bench, "1,Trần An,1/1/1970,A1,44\n"
                                            "1,Lê Bình,2/1/1970,A2,44\n"
                                            "2,Trần An,1/1/1970,A1,44\n"
                                            "3,Trần An,,A1,44\n"
                                            "4,Trần An,,A1,44\n"
                                            "5,Trần An,2/1/1970,A1,44\n");
    assert_counts(&books, 1, 4, 2, 1);
    const struct finding *key = finding_of(bench, DIAGNOSTIC_KEY_REPEATED, 0);
    assert_place(key, 3, 1);
    assert_contains(key->message, "people.csv:2");
    const struct finding *unique = finding_of(bench, DIAGNOSTIC_UNIQUE_REPEATED, 0);
    assert_place(unique, 4, 2);
    assert_contains(unique->message, "Trần An + 1970-01-01");
    assert_int_equal(ledger_row(books.people, "5", 1), 3);
    assert_int_equal(ledger_row(books.people, "9", 1), NO_ROW);
    books_close(&books);
}

static void many_rows_keep_their_keys(void **state) {
    struct bench *bench = *state;
    struct buffer rows = {0};
    for (int i = 0; i < 3000; i++)
        buffer_printf(&rows, "K%d,Người %d,,A1,%d\n", i, i, i % 130);
    struct books books = open_people(bench, rows.text);
    assert_int_equal(books.people->row_count + books.ledgers->sources[1].rejected, 3000);
    for (uint32_t row = 0; row < books.people->row_count; row++) {
        const char *key = book_cell(bench, books.people, row, "card");
        assert_int_equal(ledger_row(books.people, key, strlen(key)), row);
    }
    buffer_free(&rows);
    books_close(&books);
}

/* ---- References ------------------------------------------------------------------------------------------------- */

static void references_are_found_by_key_or_name(void **state) {
    struct bench *bench = *state;
    struct books books = open_people(bench, "1,Trần An,,A1,\n"
                                            "2,Lê Ba,,Chi bộ Bãi,\n"
                                            "3,Lê Tư,,chi bo  bai,\n"
                                            "4,Lê Năm,,Chi bộ 3x,\n"
                                            "5,Lê Sáu,,,\n");
    assert_counts(&books, 1, 4, 1, 1);
    assert_string_equal(book_cell(bench, books.people, 1, "unit"), "B1");
    assert_string_equal(book_cell(bench, books.people, 2, "unit"), "B1");
    assert_string_equal(book_cell(bench, books.people, 3, "card"), "5");
    const struct finding *finding = finding_of(bench, DIAGNOSTIC_REFERENCE_UNKNOWN, 0);
    assert_int_equal(finding->place.row, 5);
    assert_contains(finding->message, "'Chi bộ 3x'");
    assert_string_equal(book_cell(bench, books.units, 2, "parent"), "H");
    assert_string_equal(book_cell(bench, books.units, 5, "parent"), "B");
    books_close(&books);
}

static void a_name_that_two_rows_have_is_no_reference(void **state) {
    struct bench *bench = *state;
    const char *const files[] = {"in/units.csv", "Mã đơn vị,Tên đơn vị,Trực thuộc\nH,Huyện,\nA,Chi bộ,H\nB,Chi bộ,H\n",
                                 "in/people.csv", "Số thẻ,Họ và tên,Chi bộ\n1,An,Chi bộ\n2,Ba,B\n", NULL};
    struct books books = books_open(bench, files);
    assert_counts(&books, 1, 1, 1, 1);
    assert_int_equal(said(bench, DIAGNOSTIC_REFERENCE_UNKNOWN), 1);
    books_close(&books);
}

/* A reference needs the code, not the row's perfection: a unit stays one whatever its other cells are, and a rejected
 * person is one all the same to what names him. */
static void what_refers_to_a_faulty_row_stays(void **state) {
    struct bench *bench = *state;
    const char *const files[] = {
        "in/units.csv",
        "Mã đơn vị,Tên đơn vị,Cấp,Trực thuộc\nH,,Huyện,\nA,Xã,Làng,Z\nA1,Chi bộ,,A\n,Không mã,,H\n",
        "in/people.csv",
        "Số thẻ,Họ và tên,Chi bộ\n1,An,A1\n2,,H\n3,Tư,Z\n",
        "in/moves.csv",
        "Số quyết định,Số thẻ\nQ1,2\nQ2,2\nQ3,9\n",
        NULL};
    bench_put(bench, "ledgers/moves.ini",
              "[ledger]\nlabel = Biến động\nkey = number\n[number]\nlabel = Số quyết định\ntype = id\nrequired = yes\n"
              "[card]\nlabel = Số thẻ\ntype = id\nrequired = yes\nreference = people.card\n");
    struct books books = books_open(bench, files);
    assert_counts(&books, 0, 3, 1, 1);
    assert_counts(&books, 1, 1, 2, 1);
    assert_counts(&books, 2, 2, 1, 1);
    assert_int_equal(said(bench, DIAGNOSTIC_CELL_MISSING), 3);
    assert_int_equal(said(bench, DIAGNOSTIC_CELL_ENUM), 1);
    assert_int_equal(said(bench, DIAGNOSTIC_REFERENCE_UNKNOWN), 3);
    assert_int_equal(said(bench, DIAGNOSTIC_REFERENCE_REJECTED), 1);
    assert_string_equal(book_cell(bench, books.units, 1, "kind"), "");
    assert_string_equal(book_cell(bench, books.units, 1, "parent"), "Z");
    books_close(&books);
}

static void units_above_themselves_are_rejected(void **state) {
    struct bench *bench = *state;
    const char *const files[] = {
        "in/units.csv", "Mã đơn vị,Tên đơn vị,Trực thuộc\nH,Huyện,\nA,Xã A,C\nB,Xã B,A\nC,Xã C,B\nS,Xã S,S\n", NULL};
    struct books books = books_open(bench, files);
    assert_counts(&books, 0, 1, 4, 1);
    assert_int_equal(said(bench, DIAGNOSTIC_TREE_CYCLE), 4);
    books_close(&books);
}

/* ---- Whatever stands in the files ------------------------------------------------------------------------------- */

static void read_is_accepted_rejected_and_skipped(void **state) {
    struct bench *bench = *state;
    static const char *const cells[] = {"1",      "2",    "An",      "Bình",     "",          "31/02/1970", "1/1/1970",
                                        "A1",     "Z",    "Tổng",    "\"",       "\"\"",      "44",         "(1)",
                                        "II. Xã", "\xff", "\"a,b\"", "\"x\ny\"", "Người lập", "x"};
    uint64_t random = 7;
    for (int file = 0; file < 60; file++) {
        struct buffer rows = {0};
        for (int row = 0; row < 40; row++)
            for (int cell = 0; cell < 6; cell++)
                buffer_printf(&rows, "%s%s", cells[next_random(&random) % (sizeof cells / sizeof *cells)],
                              cell == 5 || next_random(&random) % 9 == 0 ? "\n" : ",");
        struct books books = open_people(bench, rows.text); /* which asserts it */
        assert_true(books.ledgers->sources[1].read > 10);
        assert_int_equal(books.ledgers->sources[1].accepted, books.people->row_count);
        books_close(&books);
        buffer_free(&rows);
        bench->diagnostics = (struct diagnostics){.arena = bench->arena, .language = LANGUAGE_EN};
    }
}

/* ---- Hashes ----------------------------------------------------------------------------------------------------- */

static void change_while_reading(struct bench *bench, int count) {
    struct buffer rows = {0};
    buffer_text(&rows, "Số thẻ,Họ và tên\n");
    for (int i = 1; i <= count; i++)
        buffer_printf(&rows, "%d,Người thứ %d\n", i, i);
    for (int changed = 0; changed < 2; changed++) {
        struct books books = open_file(bench, buffer_string(&rows));
        assert_int_equal(books.people->row_count, count);
        if (changed)
            bench_put(bench, "in/people.csv", "Số thẻ,Họ và tên\n1,Lê Bình\n");
        for (int again = 0; again < 2; again++) {
            assert_int_equal(ledgers_hashed(books.ledgers), !changed);
            assert_int_equal(said(bench, DIAGNOSTIC_FILE_READ), changed);
        }
        assert_int_equal(strlen(books.ledgers->sources[0].sha256), 64);
        assert_int_equal(strlen(books.ledgers->sources[1].sha256), changed ? 0 : 64);
        books_close(&books);
    }
    assert_contains(finding_of(bench, DIAGNOSTIC_FILE_READ, 0)->message, "people.csv");
    buffer_free(&rows);
}

static void a_small_file_that_changes_while_it_is_read_is_told(void **state) {
    change_while_reading(*state, 3);
}

/* It is hashed late. */
static void so_is_a_large_one(void **state) {
    change_while_reading(*state, 60000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(headers_are_found_below_titles),
        TEST(of_two_columns_with_one_meaning_the_first_counts),
        TEST(a_header_may_have_two_rows),
        TEST(a_file_handed_in_twice_is_read_once),
        TEST(a_narrow_row_without_its_key_is_rejected),
        TEST(a_group_row_fills_the_carry_column),
        TEST(a_file_without_a_header_says_what_is_missing),
        TEST(rows_that_are_no_data_are_skipped),
        TEST(a_total_that_differs_is_said),
        TEST(every_fault_of_a_row_is_said),
        TEST(faulty_and_short_rows_are_counted),
        TEST(blank_cells_take_their_default),
        TEST(a_default_that_will_not_do_names_its_file),
        TEST(keys_and_uniques_stand_once),
        TEST(many_rows_keep_their_keys),
        TEST(references_are_found_by_key_or_name),
        TEST(a_name_that_two_rows_have_is_no_reference),
        TEST(what_refers_to_a_faulty_row_stays),
        TEST(units_above_themselves_are_rejected),
        TEST(read_is_accepted_rejected_and_skipped),
        TEST(a_small_file_that_changes_while_it_is_read_is_told),
        TEST(so_is_a_large_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
