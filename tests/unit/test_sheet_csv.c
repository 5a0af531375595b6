/* test_sheet_csv.c - CSV as people and programs write it. */
#include "json.h"

#include "sheet/csv_marks.h"
#include "sheet/csv_split.h"
#include "sheet/sheet.h"

/* ---- What a file gives: rows of texts --------------------------------------------------------------------------- */

enum { ROWS = 600, CELLS = 40 };

struct kept_row {
    unsigned number;
    bool faulty;
    size_t count;
    const char *cells[CELLS];
};

struct kept {
    struct arena *arena;
    struct sheet_traits traits;
    struct kept_row rows[ROWS];
    size_t count, limit;
};

static bool keep_row(void *context, const struct row *row) {
    struct kept *kept = context;
    assert_in_range(kept->count, 0, ROWS - 1);
    struct kept_row *made = &kept->rows[kept->count++];
    *made = (struct kept_row){.number = row->number, .faulty = row->faulty, .count = row->count};
    for (size_t i = 0; i < row->count && i < CELLS; i++)
        made->cells[i] = arena_copy(kept->arena, row->cells[i].text, row->cells[i].length);
    return !kept->limit || kept->count < kept->limit;
}

static struct kept *read_path(struct bench *bench, const char *path, size_t limit) {
    struct kept *kept = ARENA_NEW(bench->arena, struct kept);
    struct sheet_sink sink = {.context = kept, .row = keep_row};
    kept->arena = bench->arena;
    kept->limit = limit;
    assert_true(csv_reader.read(path, &sink, &kept->traits, &bench->diagnostics));
    return kept;
}

static struct kept *read_text(struct bench *bench, const char *text) {
    return read_path(bench, bench_put(bench, "x.csv", text), 0);
}

/* Rows as "a|b", faulty ones as "!", each with its number before it: "1:a|b 2:!". */
static void assert_rows(struct bench *bench, const char *text, const char *wanted) {
    const struct kept *kept = read_text(bench, text);
    struct buffer out = {0};
    for (size_t r = 0; r < kept->count; r++) {
        const struct kept_row *row = &kept->rows[r];
        buffer_printf(&out, "%s%u:%s", r ? " " : "", row->number, row->faulty ? "!" : "");
        for (size_t c = 0; c < row->count; c++)
            buffer_printf(&out, "%s%s", c ? "|" : "", row->cells[c]);
    }
    bool same = strcmp(buffer_string(&out), wanted) == 0;
    const char *found = arena_text(bench->arena, buffer_string(&out));
    buffer_free(&out);
    if (!same)
        fail_msg("«%s» gives «%s», not «%s»", text, found, wanted);
}

/* ---- The spectrum of others ------------------------------------------------------------------------------------- */

/* The corpus lies in a repository that has turned CRLF into LF: turned back. */
static const char *with_carriage_returns(struct arena *arena, const char *text, size_t *length) {
    if (memchr(text, '\r', *length))
        return text;
    struct buffer out = {0};
    for (; *text; text++) {
        if (*text == '\n')
            buffer_char(&out, '\r');
        buffer_char(&out, *text);
    }
    *length = out.length;
    const char *made = arena_copy(arena, buffer_string(&out), out.length);
    buffer_free(&out);
    return made;
}

static void check_spectrum(struct bench *bench, const char *name) {
    size_t length;
    const char *answer = corpus_read(bench, arena_printf(bench->arena, "csv-spectrum/%s.json", name), &length);
    const char *bytes = corpus_read(bench, arena_printf(bench->arena, "csv-spectrum/%s.csv", name), &length);
    if (!answer || !bytes)
        return;
    if (strstr(name, "crlf"))
        bytes = with_carriage_returns(bench->arena, bytes, &length);
    const struct kept *kept = read_path(bench, bench_put_bytes(bench, "x.csv", bytes, length), 0);
    const struct json *rows = json_read(bench->arena, answer), *row = rows->first;
    if (kept->count != rows->count + 1)
        fail_msg("%s: %zu rows, not %zu", name, kept->count, rows->count + 1);
    for (size_t r = 1; r < kept->count; r++, row = row->next) {
        assert_int_equal(kept->rows[r].count, row->count);
        for (size_t c = 0; c < row->count; c++) {
            const char *wanted = json_string(row, kept->rows[0].cells[c]);
            if (strcmp(kept->rows[r].cells[c], wanted) != 0)
                fail_msg("%s, row %zu: «%s», not «%s»", name, r, kept->rows[r].cells[c], wanted);
        }
    }
    assert_nothing_said(bench);
}

static void spectrum_is_read(void **state) {
    static const char *const names[] = {"comma_in_quotes",
                                        "empty",
                                        "empty_crlf",
                                        "escaped_quotes",
                                        "json",
                                        "newlines",
                                        "newlines_crlf",
                                        "quotes_and_newlines",
                                        "simple",
                                        "simple_crlf",
                                        "utf8"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        check_spectrum(*state, names[i]);
}

/* ---- Delimiters, marks, line ends ------------------------------------------------------------------------------- */

static void delimiters_are_found(void **state) {
    struct bench *bench = *state;
    assert_rows(bench, "a,b\n1,2\n", "1:a|b 2:1|2");
    assert_rows(bench, "a;b\n1,5;2,5\n3,5;4,5\n", "1:a|b 2:1,5|2,5 3:3,5|4,5");
    assert_rows(bench, "a\tb\n1\t2\n", "1:a|b 2:1|2");
    assert_rows(bench, "a|b;c\n1|2\n", "1:a|b;c 2:1|2");
    assert_rows(bench, "DANH SÁCH, NĂM 2014\na;b;c\n1;2;3\n", "1:DANH SÁCH, NĂM 2014 2:a|b|c 3:1|2|3");
    assert_rows(bench, "a;b\n\"x,y,z\";1\n\"x,y,z\";2\n", "1:a|b 2:x,y,z|1 3:x,y,z|2");
    assert_rows(bench, "alone\n", "1:alone");
    assert_int_equal(read_text(bench, "a;b\n1;2\n")->traits.delimiter, ';');
    assert_nothing_said(bench);
}

static void a_line_may_name_the_delimiter(void **state) {
    struct bench *bench = *state;
    assert_rows(bench, "sep=;\na,b;c,d\n", "1: 2:a,b|c,d");
    assert_rows(bench, "\xef\xbb\xbfsep=|\r\na,b|c\r\n", "1: 2:a,b|c");
    assert_rows(bench, "sep=;x\na;b\n", "1:sep=|x 2:a|b");
}

static void marks_and_line_ends_do_not_matter(void **state) {
    struct bench *bench = *state;
    assert_rows(bench,
                "\xef\xbb\xbf"
                "a,b\r\n1,2\r\n",
                "1:a|b 2:1|2");
    assert_true(read_text(bench, "\xef\xbb\xbf"
                                 "a,b\n")
                    ->traits.bom);
    assert_false(read_text(bench, "a,b\n")->traits.bom);
    assert_rows(bench, "a,b\r1,2\r3,4", "1:a|b 2:1|2 3:3|4");
    assert_rows(bench, "a,b\r\"1\",2\r", "1:a|b 2:1|2");
    assert_rows(bench, "a,b\n1,2", "1:a|b 2:1|2");
    assert_rows(bench, "a,b\n\"1\",\"2\"", "1:a|b 2:1|2");
    assert_rows(bench, "a,b\n\n1,2\n\n", "1:a|b 2: 3:1|2 4:");
    assert_rows(bench, "a,b\n,\n", "1:a|b 2:|");
    assert_rows(bench, "a,b\n 1 , 2\n", "1:a|b 2: 1 | 2");
    assert_nothing_said(bench);
}

/* ---- Quotes ----------------------------------------------------------------------------------------------------- */

static void quotes_hold_anything(void **state) {
    struct bench *bench = *state;
    assert_rows(bench, "a,b\n\"x,\"\"y\"\"\",\"\"\n", "1:a|b 2:x,\"y\"|");
    assert_rows(bench, "a,b\n\"x\ny\",1\nz,2\n", "1:a|b 2:x\ny|1 4:z|2");
    assert_rows(bench, "a,b\r\n\"x\r\n\r\ny\",1\r\nz,2\r\n", "1:a|b 2:x\r\n\r\ny|1 5:z|2");
    assert_rows(bench, "\"a\",\"b\"\n\"1\",\"2\"\n", "1:a|b 2:1|2");
    assert_nothing_said(bench);
}

static void broken_quotes_cost_one_line(void **state) {
    struct bench *bench = *state;
    assert_rows(bench, "a,b\n\"x,1\ny,2\nz,3\n", "1:a|b 2:! 3:y|2 4:z|3");
    assert_int_equal(finding_of(bench, DIAGNOSTIC_CSV_QUOTE, 0)->place.row, 2);
    assert_contains(finding_of(bench, DIAGNOSTIC_CSV_QUOTE, 0)->message, "\"x,1");
    assert_rows(bench, "a,b\n\"x\"y,1\nz,2\n", "1:a|b 2:! 3:z|2");
    assert_rows(bench, "a,b\nx\"y,1\nz,2\n", "1:a|b 2:! 3:z|2");
    assert_rows(bench, "a,b\n1,\"x\n2,y\n\"3\",z\n4,\"w\n", "1:a|b 2:! 3:2|y 4:3|z 5:!");
    assert_rows(bench, "a,b\n1,\"", "1:a|b 2:!");
    assert_int_equal(said(bench, DIAGNOSTIC_CSV_QUOTE), 6);
}

static void a_mark_that_never_closes_does_not_take_the_file(void **state) {
    struct bench *bench = *state;
    struct buffer text = {0};
    buffer_text(&text, "a,b\n\"x,1\n");
    for (int i = 0; i < 500; i++)
        buffer_printf(&text, "%d,y\n", i);
    const struct kept *kept = read_text(bench, buffer_string(&text));
    assert_int_equal(kept->count, 502);
    assert_true(kept->rows[1].faulty);
    for (size_t i = 2; i < 502; i++) {
        assert_false(kept->rows[i].faulty);
        assert_int_equal(kept->rows[i].number, i + 1);
        assert_int_equal(kept->rows[i].count, 2);
    }
    assert_int_equal(said(bench, DIAGNOSTIC_CSV_QUOTE), 1);
    buffer_free(&text);
}

/* ---- Bytes ------------------------------------------------------------------------------------------------------ */

static void bytes_that_are_no_text_cost_one_row(void **state) {
    struct bench *bench = *state;
    assert_rows(bench, "a,b\nC\xf4ng,1\nx,2\n", "1:a|b 2:! 3:x|2");
    const struct finding *finding = finding_of(bench, DIAGNOSTIC_TEXT_INVALID, 0);
    assert_int_equal(finding->place.row, 2);
    assert_contains(finding->message, "0xF4");
    static const char nul[] = "a,b\nx\0y,1\nz,2\n";
    const struct kept *kept = read_path(bench, bench_put_bytes(bench, "n.csv", nul, sizeof nul - 1), 0);
    assert_int_equal(kept->count, 3);
    assert_true(kept->rows[1].faulty);
    assert_string_equal(kept->rows[2].cells[0], "z");
    assert_int_equal(said(bench, DIAGNOSTIC_TEXT_INVALID), 2);
    assert_rows(bench, "a,b\n\"x\n\xff\",1\nz,2\n", "1:a|b 2:! 4:z|2");
}

static void a_large_cell_is_whole(void **state) {
    struct bench *bench = *state;
    enum { SIZE = 100 * 1024 };
    for (int quoted = 0; quoted < 2; quoted++) {
        struct buffer text = {0};
        const char *quote = quoted ? "\"" : "";
        buffer_printf(&text, "a,b\n%s", quote);
        for (int i = 0; i < SIZE; i++)
            buffer_char(&text, (char)('a' + i % 26));
        buffer_printf(&text, "%s,end\n", quote);
        const struct kept *kept = read_text(bench, text.text);
        assert_int_equal(kept->count, 2);
        assert_int_equal(strlen(kept->rows[1].cells[0]), SIZE);
        assert_memory_equal(kept->rows[1].cells[0], text.text + 4 + quoted, SIZE);
        assert_string_equal(kept->rows[1].cells[1], "end");
        buffer_free(&text);
    }
    assert_nothing_said(bench);
}

static void many_columns_and_rows_keep_their_places(void **state) {
    struct bench *bench = *state;
    struct buffer text = {0};
    for (int row = 1; row <= 500; row++)
        for (int column = 0; column < 30; column++)
            buffer_printf(&text, "\"%d.%d\"%s", row, column, column == 29 ? "\r\n" : ";");
    const struct kept *kept = read_text(bench, text.text);
    assert_int_equal(kept->count, 500);
    for (size_t row = 0; row < 500; row++) {
        assert_int_equal(kept->rows[row].number, row + 1);
        assert_int_equal(kept->rows[row].count, 30);
        assert_string_equal(kept->rows[row].cells[29], arena_printf(bench->arena, "%zu.29", row + 1));
    }
    buffer_free(&text);
}

static void the_sink_may_stop(void **state) {
    struct bench *bench = *state;
    assert_int_equal(read_path(bench, bench_put(bench, "x.csv", "a\nb\nc\nd\n"), 2)->count, 2);
    assert_int_equal(read_path(bench, bench_put(bench, "x.csv", "a\n\"b\nc\n"), 2)->count, 2);
    assert_int_equal(read_path(bench, bench_put(bench, "x.csv", "sep=;\na\nb\n"), 1)->count, 1);
}

/* ---- Choosing a reader ------------------------------------------------------------------------------------------ */

static void files_are_told_apart_by_their_bytes(void **state) {
    struct bench *bench = *state;
    assert_ptr_equal(reader_choose(bench_put(bench, "a.csv", "a,b\n"), &bench->diagnostics), &csv_reader);
    assert_ptr_equal(reader_choose(bench_put(bench, "a.TSV", "a\tb\n"), &bench->diagnostics), &csv_reader);
    assert_nothing_said(bench);
    assert_null(reader_choose(bench_put(bench, "a.pdf", "%PDF-1.4"), &bench->diagnostics));
    assert_null(reader_choose(bench_put(bench, "b.csv", "%PDF-1.4"), &bench->diagnostics));
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_TYPE), 2);
    assert_contains(finding_of(bench, DIAGNOSTIC_FILE_TYPE, 1)->message, "(PDF)");
    assert_null(reader_choose(bench_put(bench, "c.csv", ""), &bench->diagnostics));
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_EMPTY), 1);
    assert_null(reader_choose(bench_path(bench, "none.csv"), &bench->diagnostics));
    assert_int_equal(said(bench, DIAGNOSTIC_FILE_READ), 1);
}

/* What is cut by its marks is what libcsv's stand-in cuts, wherever the text lies in the bytes looked at. */
static void marks_cut_as_the_splitter_does(void **state) {
    (void)state;
    static const char letters[] = "aaab,,\"\"\r\n\n?";
    enum { LONG = 90, ROOM = 8 };
    static struct csv_marks marks;
    uint64_t random = 11;
    size_t cuts = 0, quoted = 0;
    for (int n = 0; n < 300000; n++) {
        char text[LONG];
        size_t length = 1 + next_random(&random) % (n % 2 ? 12 : LONG - 1);
        for (size_t i = 0; i < length; i++)
            text[i] = n % 3 && next_random(&random) % 4 ? 'x' : letters[next_random(&random) % (sizeof letters - 1)];
        const char *line = text, *end = text + length, *next;
        struct cell cells[ROOM], known[ROOM];
        csv_marks_open(&marks, text, ',', '\n');
        for (size_t count; line < end && (count = csv_marks_cut(&marks, line, end, cells, ROOM, &next)); line = next) {
            const char *stop = memchr(line, '\n', (size_t)(end - line));
            size_t whole = (size_t)((stop ? stop : end) - line);
            char plain[LONG], *room = plain;
            assert_ptr_equal(next, stop ? stop + 1 : end);
            while (whole && line[whole - 1] == '\r')
                whole--;
            bool marked = memchr(line, '"', whole);
            assert_int_equal(csv_split(line, whole, ',', marked ? &room : NULL, known, ROOM), count);
            for (size_t i = 0; i < count; i++)
                assert_true(cells[i].text == known[i].text && cells[i].length == known[i].length);
            cuts++;
            quoted += marked;
        }
    }
    assert_in_range(quoted, 3000, cuts / 2);
}

/* Records that lie across the end of the bytes looked at. */
static void records_longer_than_a_look_are_left_alone(void **state) {
    (void)state;
    static struct csv_marks marks;
    static char text[MARKS_BYTES * 3];
    struct cell cells[4];
    const char *end = text + sizeof text, *next;
    memset(text, 'x', sizeof text);
    text[MARKS_BYTES - 5] = '\n';
    text[MARKS_BYTES + 7] = ',';
    text[MARKS_BYTES * 2 - 6] = '\n';
    csv_marks_open(&marks, text, ',', '\n');
    assert_int_equal(csv_marks_cut(&marks, text, end, cells, 4, &next), 1);
    assert_ptr_equal(next, text + MARKS_BYTES - 4);
    assert_int_equal(csv_marks_cut(&marks, next, end, cells, 4, &next), 2);
    assert_int_equal(cells[0].length, 11);
    assert_ptr_equal(next, text + MARKS_BYTES * 2 - 5);
    assert_int_equal(csv_marks_cut(&marks, next, end, cells, 4, &next), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(spectrum_is_read),
        TEST(delimiters_are_found),
        TEST(a_line_may_name_the_delimiter),
        TEST(marks_and_line_ends_do_not_matter),
        TEST(quotes_hold_anything),
        TEST(broken_quotes_cost_one_line),
        TEST(a_mark_that_never_closes_does_not_take_the_file),
        TEST(bytes_that_are_no_text_cost_one_row),
        TEST(a_large_cell_is_whole),
        TEST(many_columns_and_rows_keep_their_places),
        TEST(the_sink_may_stop),
        TEST(files_are_told_apart_by_their_bytes),
        TEST(marks_cut_as_the_splitter_does),
        TEST(records_longer_than_a_look_are_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
