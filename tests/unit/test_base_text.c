/* test_base_text.c - Vietnamese text: validity, normal form, keys, order, nearest names. */
#include "support.h"

#include "base/text.h"

static void validity_ends_at_the_first_bad_byte(void **state) {
    (void)state;
    assert_int_equal(text_valid("Đảng", strlen("Đảng")), strlen("Đảng"));
    assert_int_equal(text_valid("ab\xff"
                                "c",
                                4),
                     2);
    assert_int_equal(text_valid("a\0b", 3), 1);
    assert_int_equal(text_valid("\xe1\xba", 2), 0);         /* cut off */
    assert_int_equal(text_valid("\xc0\x80", 2), 0);         /* overlong */
    assert_int_equal(text_valid("\xed\xa0\x80", 3), 0);     /* surrogate */
    assert_int_equal(text_valid("\xf4\x90\x80\x80", 4), 0); /* beyond Unicode */
    assert_int_equal(text_valid("x\xf0\x9f\x98\x80", 5), 5);
    assert_int_equal(text_valid("", 0), 0);
}

/* As the standard defines it: well-formed sequences by their first two bytes. NUL is invalid here. */
static size_t valid_by_definition(const unsigned char *bytes, size_t length) {
    size_t at = 0;
    while (at < length) {
        unsigned first = bytes[at], low = 0x80, high = 0xbf;
        size_t more = first < 0x80 ? 0 : first < 0xc2 ? 9 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : 9;
        if (first == 0 || more == 9 || at + more >= length)
            break;
        if (first == 0xe0)
            low = 0xa0;
        else if (first == 0xed)
            high = 0x9f;
        else if (first == 0xf0)
            low = 0x90;
        else if (first == 0xf4)
            high = 0x8f;
        size_t good = 1;
        while (good <= more && bytes[at + good] >= low && bytes[at + good] <= high) {
            low = 0x80;
            high = 0xbf;
            good++;
        }
        if (good <= more)
            break;
        at += more + 1;
    }
    return at;
}

static void validity_is_that_of_the_standard(void **state) {
    (void)state;
    static const unsigned char edges[] = {0x00, 0x01, 'a',  0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2,
                                          0xdf, 0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf4, 0xf5, 0xff};
    enum { EDGES = sizeof edges };
    uint64_t random = 5;
    for (size_t n = 0; n < EDGES * EDGES * EDGES * EDGES; n++) {
        unsigned char bytes[40];
        size_t rest = n, pad = n % 29; /* the four may stand anywhere in blocks of ASCII, and across two */
        memset(bytes, 'x', sizeof bytes);
        for (size_t i = 0; i < 4; i++, rest /= EDGES)
            bytes[pad + i] = edges[rest % EDGES];
        const size_t lengths[] = {pad + 3, pad + 4, pad + 5, sizeof bytes};
        for (size_t l = 0; l < sizeof lengths / sizeof *lengths; l++) {
            size_t length = lengths[l];
            if (text_valid((const char *)bytes, length) != valid_by_definition(bytes, length))
                fail_msg("%02x %02x %02x %02x at %zu of %zu", bytes[pad], bytes[pad + 1], bytes[pad + 2],
                         bytes[pad + 3], pad, length);
        }
    }
    for (int i = 0; i < 100000; i++) {
        unsigned char bytes[64];
        size_t length = next_random(&random) % sizeof bytes;
        for (size_t b = 0; b < length; b++)
            bytes[b] = next_random(&random) % 4 ? edges[next_random(&random) % EDGES] : 'y';
        assert_int_equal(text_valid((const char *)bytes, length), valid_by_definition(bytes, length));
    }
}

static void characters_are_read_and_counted(void **state) {
    (void)state;
    const char *text = "aĐả😀";
    static const uint32_t letters[] = {'a', 0x110, 0x1ea3, 0x1f600, 0};
    size_t at = 0;
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(text_next(text, &at), letters[i]);
    assert_int_equal(at, strlen(text));
    assert_int_equal(text_characters(text, strlen(text)), 4);
}

static void decomposed_text_is_composed(void **state) {
    struct bench *bench = *state;
    const char *loose = "Tro\xcc\x9b\xcc\x9b"; /* twice a horn: only one can be composed */
    assert_string_equal(text_nfc(bench->arena, "Nguye\xcc\x82\xcc\x83n", 11), "Nguyễn");
    assert_string_equal(text_nfc(bench->arena, "e\xcc\xa3\xcc\x82", 5), "ệ");
    assert_string_equal(text_nfc(bench->arena, "e\xcc\x82\xcc\xa3", 5), "ệ");
    assert_true(strlen(text_nfc(bench->arena, loose, strlen(loose))) > 0);
    struct buffer wide = {0};
    for (int i = 0; i < 2000; i++)
        buffer_text(&wide, "a\xcc\x81");
    const char *composed = text_nfc(bench->arena, wide.text, wide.length);
    assert_int_equal(strlen(composed), 4000);
    assert_memory_equal(composed, "áá", 4);
    buffer_free(&wide);
}

static void blanks_of_all_kinds_collapse(void **state) {
    struct bench *bench = *state;
    const char *text = "\xef\xbb\xbf \xc2\xa0Trần\t\xe2\x80\x89\r\n Văn\xe2\x80\x8b  A \xe3\x80\x80";
    assert_string_equal(text_clean(bench->arena, text, strlen(text)), "Trần Văn A");
    assert_string_equal(text_clean(bench->arena, " \t", 2), "");
    assert_true(text_is_blank("\xc2\xa0 \t\xe2\x80\x8b", 7));
    assert_true(text_is_blank("", 0));
    assert_false(text_is_blank(" . ", 3));
}

/* What is taken for clean must be what cleaning gives. */
static void what_looks_clean_is_clean(void **state) {
    struct bench *bench = *state;
    size_t clean = 0;
    for (uint32_t letter = 1; letter < 0x11000; letter++) {
        if (letter >= 0xd800 && letter < 0xe000)
            continue;
        char text[16] = "a";
        size_t length = 1;
        if (letter < 0x80)
            text[length++] = (char)letter;
        else if (letter < 0x800)
            length += (size_t)sprintf(text + 1, "%c%c", 0xc0 | letter >> 6, 0x80 | (letter & 0x3f));
        else if (letter < 0x10000)
            length += (size_t)sprintf(text + 1, "%c%c%c", 0xe0 | letter >> 12, 0x80 | (letter >> 6 & 0x3f),
                                      0x80 | (letter & 0x3f));
        else
            length += (size_t)sprintf(text + 1, "%c%c%c%c", 0xf0 | letter >> 18, 0x80 | (letter >> 12 & 0x3f),
                                      0x80 | (letter >> 6 & 0x3f), 0x80 | (letter & 0x3f));
        if (!text_is_clean(text, length))
            continue;
        clean++;
        if (strcmp(text_clean(bench->arena, text, length), text) != 0)
            fail_msg("U+%04X is changed", letter);
    }
    assert_in_range(clean, 800, 2000);
    assert_true(text_is_clean("Nguyễn Thị Đào – Ủy viên", strlen("Nguyễn Thị Đào – Ủy viên")));
    assert_true(text_is_clean("", 0));
    static const char *const other[] = {" a", "a ", "a  b", "a\tb", "e\xcc\x81", "a\xc2\xa0", " "};
    for (size_t i = 0; i < sizeof other / sizeof *other; i++)
        assert_false(text_is_clean(other[i], strlen(other[i])));
}

static void both_ways_of_placing_a_tone_give_one_key(void **state) {
    struct bench *bench = *state;
    static const char *const pairs[][2] = {{"hoà", "hòa"},   {"HOÀ", "hòa"},        {"uỷ", "ủy"}, {"Uỷ ban", "ỦY  BAN"},
                                           {"khoẻ", "khỏe"}, {"Thuý", "Thúy"},      {"oẹ", "ọe"}, {"loã", "lõa"},
                                           {"toạ", "tọa"},   {"Tỉnh uỷ", "tỉnh ủy"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_string_equal(text_folded(bench->arena, pairs[i][0]), text_folded(bench->arena, pairs[i][1]));
    assert_string_not_equal(text_folded(bench->arena, "hoa"), text_folded(bench->arena, "hòa"));
    assert_string_not_equal(text_folded(bench->arena, "hỏa"), text_folded(bench->arena, "hòa"));
    assert_string_not_equal(text_folded(bench->arena, "đa"), text_folded(bench->arena, "da"));
    assert_string_not_equal(text_folded(bench->arena, "tân"), text_folded(bench->arena, "tăn"));
}

static void stripped_text_has_no_marks(void **state) {
    struct bench *bench = *state;
    assert_string_equal(text_stripped(bench->arena, "ĐẢNG BỘ  Hưng Yên"), "dang bo hung yen");
    assert_string_equal(text_stripped(bench->arena, "Ăâđêôơư ẶẬỆỘỢỰ"), "aadeoou aaeoou");
    assert_string_equal(text_stripped(bench->arena, "Nguye\xcc\x82\xcc\x83n"), "nguyen");
}

static void labels_have_no_punctuation(void **state) {
    struct bench *bench = *state;
    assert_string_equal(text_label(bench->arena, "Họ và tên:"), "ho va ten");
    assert_string_equal(text_label(bench->arena, " (Họ,\nvà  tên) * "), "ho va ten");
    assert_string_equal(text_label(bench->arena, "Số QĐ/ngày"), "so qd ngay");
    assert_string_equal(text_label(bench->arena, "---"), "");
}

static void case_changes_know_vietnamese(void **state) {
    struct bench *bench = *state;
    assert_string_equal(text_capital(bench->arena, "đảng ủy Ấ"), "Đảng ủy Ấ");
    assert_string_equal(text_upper(bench->arena, "đảng ủy xã ỡ"), "ĐẢNG ỦY XÃ Ỡ");
    assert_string_equal(text_lower(bench->arena, "ĐẢNG ỦY XÃ Ỡ"), "đảng ủy xã ỡ");
    assert_string_equal(text_capital(bench->arena, ""), "");
}

static int compare(const char *left, const char *right) {
    int order = text_compare(left, strlen(left), right, strlen(right));
    int back = text_compare(right, strlen(right), left, strlen(left));
    assert_true((order < 0) == (back > 0) && (order > 0) == (back < 0));
    return order;
}

static void alphabet_is_in_its_order(void **state) {
    (void)state;
    static const char *const letters[] = {"a", "ă", "â", "b", "c", "d", "đ", "e", "ê", "g", "h", "i", "k", "l", "m",
                                          "n", "o", "ô", "ơ", "p", "q", "r", "s", "t", "u", "ư", "v", "x", "y"};
    enum { COUNT = sizeof letters / sizeof *letters };
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++) {
            int order = compare(letters[i], letters[j]);
            assert_true(i < j ? order < 0 : i > j ? order > 0 : order == 0);
        }
}

static void tones_come_behind_letters(void **state) {
    (void)state;
    static const char *const tones[][6] = {{"ma", "mà", "mả", "mã", "má", "mạ"},
                                           {"tê", "tề", "tể", "tễ", "tế", "tệ"},
                                           {"mư", "mừ", "mử", "mữ", "mứ", "mự"},
                                           {"lơ", "lờ", "lở", "lỡ", "lớ", "lợ"}};
    for (size_t set = 0; set < 4; set++)
        for (size_t i = 0; i + 1 < 6; i++)
            assert_true(compare(tones[set][i], tones[set][i + 1]) < 0);
    assert_true(compare("má", "mab") < 0);
    assert_true(compare("mạ", "măn") < 0);
    assert_true(compare("mạn", "mao") < 0);
    assert_true(compare("đa", "da") > 0);
    assert_true(compare("đa", "dư") > 0);
    assert_true(compare("Đa", "đa") > 0);
    assert_true(compare("Đa", "đá") < 0);
    assert_true(compare("An", "Anh") < 0);
    assert_true(compare("Tổ 9", "Tổ A") < 0);
    assert_int_equal(compare("Ủy", "Ủy"), 0);
}

static int compare_names(const char *left, const char *right) {
    return text_compare_names(left, strlen(left), right, strlen(right));
}

static void names_are_ordered_by_the_given_name(void **state) {
    (void)state;
    static const char *const people[] = {"Trần Văn An",     "Bùi Thị Ân",  "Lê Văn Bình", "Nguyễn Thị Bình",
                                         "Nguyễn Văn Bình", "An Văn Dũng", "An Văn Đạt",  "Đỗ Ý"};
    for (size_t i = 0; i + 1 < sizeof people / sizeof *people; i++) {
        assert_true(compare_names(people[i], people[i + 1]) < 0);
        assert_true(compare_names(people[i + 1], people[i]) > 0);
    }
    assert_int_equal(compare_names("Ý", "Ý"), 0);
    assert_true(compare_names("Bình", "Lê Bình") < 0);
    assert_true(compare_names("", "A") < 0);
}

static void nearest_name_is_near_or_none(void **state) {
    struct bench *bench = *state;
    static const char *const names[] = {"Khiển trách", "Cảnh cáo", "Cách chức", "Khai trừ"};
    assert_int_equal(text_nearest(bench->arena, "canh cao", names, 4), 1);
    assert_int_equal(text_nearest(bench->arena, "Cãnh cáo", names, 4), 1);
    assert_int_equal(text_nearest(bench->arena, "khai tru ra", names, 4), 3);
    assert_int_equal(text_nearest(bench->arena, "khien trach", names, 4), 0);
    assert_int_equal(text_nearest(bench->arena, "hoàn toàn khác", names, 4), -1);
    assert_int_equal(text_nearest(bench->arena, "", names, 4), -1);
    assert_int_equal(text_nearest(bench->arena, "a", names, 0), -1);
    static const char *const one[] = {"a"};
    assert_int_equal(text_nearest(bench->arena, "b", one, 1), -1);
    static const char *const swapped[] = {"note", "name", "date"}; /* two letters that changed places are one slip */
    assert_int_equal(text_nearest(bench->arena, "nmae", swapped, 3), 1);
    assert_int_equal(text_nearest(bench->arena, "adte", swapped, 3), 2);
}

static void texts_are_split_and_trimmed(void **state) {
    struct bench *bench = *state;
    char **parts;
    assert_int_equal(text_split(bench->arena,
                                " a | | b c|\xc2\xa0"
                                "d",
                                '|', &parts),
                     3);
    assert_string_equal(parts[0], "a");
    assert_string_equal(parts[1], "b c");
    assert_string_equal(parts[2], "d");
    assert_int_equal(text_split(bench->arena, " | ", '|', &parts), 0);
    assert_true(text_starts("last-year", "last-"));
    assert_false(text_starts("las", "last-"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(validity_ends_at_the_first_bad_byte),
        TEST(characters_are_read_and_counted),
        TEST(what_looks_clean_is_clean),
        TEST(validity_is_that_of_the_standard),
        TEST(decomposed_text_is_composed),
        TEST(blanks_of_all_kinds_collapse),
        TEST(both_ways_of_placing_a_tone_give_one_key),
        TEST(stripped_text_has_no_marks),
        TEST(labels_have_no_punctuation),
        TEST(case_changes_know_vietnamese),
        TEST(alphabet_is_in_its_order),
        TEST(tones_come_behind_letters),
        TEST(names_are_ordered_by_the_given_name),
        TEST(nearest_name_is_near_or_none),
        TEST(texts_are_split_and_trimmed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
