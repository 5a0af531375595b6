/* test_sheet_charset.c - encodings of text files: told apart, decoded, forced; lost letters; delimiters and quotes. */
#include "support.h"

#include "base/text.h"
#include "sheet/charset.h"
#include "sheet/sheet.h"
#include "sheet/syllable.h"

#include <iconv.h>

/* ---- Writing the encodings -------------------------------------------------------------------------------------- */

static const char *const iconv_names[CHARSET_COUNT] = {
    [CHARSET_UTF16LE] = "UTF-16LE",    [CHARSET_UTF16BE] = "UTF-16BE", [CHARSET_TCVN3] = "TCVN5712-1",
    [CHARSET_TCVN5712] = "TCVN5712-1", [CHARSET_CP1258] = "CP1258",    [CHARSET_VISCII] = "VISCII",
    [CHARSET_CP1252] = "CP1252",
};

/* Vowels with the six tones, as VNI types them in lower case. */
static const struct {
    const char *letters, *base, *marks;
} vni_rows[] = {
    {"aàảãáạ", "a", " \xf8\xfb\xf5\xf9\xef"},
    {"ăằẳẵắặ", "a", "\xea\xe8\xfa\xfc\xe9\xeb"},
    {"âầẩẫấậ", "a", "\xe2\xe0\xe5\xe3\xe1\xe4"},
    {"eèẻẽéẹ", "e", " \xf8\xfb\xf5\xf9\xef"},
    {"êềểễếệ", "e", "\xe2\xe0\xe5\xe3\xe1\xe4"},
    {"oòỏõóọ", "o", " \xf8\xfb\xf5\xf9\xef"},
    {"ôồổỗốộ", "o", "\xe2\xe0\xe5\xe3\xe1\xe4"},
    {"ơờởỡớợ", "\xf4", " \xf8\xfb\xf5\xf9\xef"},
    {"uùủũúụ", "u", " \xf8\xfb\xf5\xf9\xef"},
    {"ưừửữứự", "\xf6", " \xf8\xfb\xf5\xf9\xef"},
    {"yỳỷỹý", "y", " \xf8\xfb\xf5\xf9"},
    {"iìỉĩíị", NULL, "i\xec\xe6\xf3\xed\xf2"},
    {"ỵđ", NULL, "\xee\xf1"},
};

static bool put_vni(uint32_t letter, struct buffer *out) {
    uint32_t low = syllable_lower(letter);
    unsigned char shift = low == letter ? 0 : 0x20;
    for (size_t r = 0; r < sizeof vni_rows / sizeof *vni_rows; r++) {
        size_t tone = 0;
        for (size_t at = 0; vni_rows[r].letters[at]; tone++) {
            if (text_next(vni_rows[r].letters, &at) != low)
                continue;
            if (vni_rows[r].base)
                buffer_char(out, (char)((unsigned char)*vni_rows[r].base - shift));
            if (!vni_rows[r].base || vni_rows[r].marks[tone] != ' ')
                buffer_char(out, (char)((unsigned char)vni_rows[r].marks[tone] - shift));
            return true;
        }
    }
    if (letter < 0x80)
        buffer_char(out, (char)letter);
    return letter < 0x80;
}

static bool put_iconv(iconv_t to, const char *letter, size_t length, struct buffer *out) {
    char bytes[16], *in = (char *)(uintptr_t)letter, *at = bytes;
    size_t left = length, room = sizeof bytes;
    iconv(to, NULL, NULL, NULL, NULL);
    if (iconv(to, &in, &left, &at, &room) == (size_t)-1 || iconv(to, NULL, NULL, &at, &room) == (size_t)-1)
        return false;
    buffer_add(out, bytes, (size_t)(at - bytes));
    return true;
}

/* TCVN3 has the bytes of the standard, without its capitals with tones. */
static bool put_letter(enum charset charset, iconv_t to, const char *text, size_t from, size_t length,
                       struct buffer *out) {
    size_t at = from;
    uint32_t letter = text_next(text, &at);
    if (charset == CHARSET_VNI)
        return put_vni(letter, out);
    char small[8];
    size_t before = out->length;
    if (!put_iconv(to, text + from, length, out))
        return false;
    bool capital = syllable_lower(letter) != letter && letter >= 0x80 &&
                   !strchr("\xa1\xa2\xa3\xa4\xa5\xa6\xa7", out->text[before]);
    if (charset != CHARSET_TCVN3 || !capital)
        return true;
    out->length = before;
    char *lower = small;
    letter = syllable_lower(letter);
    *lower++ = (char)(letter < 0x800 ? 0xc0 | letter >> 6 : 0xe0 | letter >> 12);
    if (letter >= 0x800)
        *lower++ = (char)(0x80 | (letter >> 6 & 0x3f));
    *lower++ = (char)(0x80 | (letter & 0x3f));
    return put_iconv(to, small, (size_t)(lower - small), out);
}

/* The text in the encoding; letters that it has not are left out of `kept` too. */
static void encode(enum charset charset, const char *text, size_t length, struct buffer *out, struct buffer *kept) {
    iconv_t to = iconv_names[charset] ? iconv_open(iconv_names[charset], "UTF-8") : (iconv_t)-1;
    assert_true(charset == CHARSET_VNI || to != (iconv_t)-1);
    for (size_t at = 0; at < length;) {
        size_t from = at;
        text_next(text, &at);
        if (put_letter(charset, to, text, from, at - from, out))
            buffer_add(kept, text + from, at - from);
    }
    if (to != (iconv_t)-1)
        iconv_close(to);
}

/* ---- Reading ---------------------------------------------------------------------------------------------------- */

/* "12|cell|cell\n" for every row, "!" for a faulty one. */
static bool keep_row(void *context, const struct row *row) {
    struct buffer *out = context;
    buffer_printf(out, "%u%s", row->number, row->faulty ? "!" : "");
    for (size_t i = 0; i < row->count; i++) {
        buffer_char(out, '|');
        buffer_add(out, row->cells[i].text, row->cells[i].length);
    }
    buffer_char(out, '\n');
    return true;
}

static const char *read_file(struct bench *bench, const char *path, struct sheet_traits *traits) {
    struct buffer out = {0};
    struct sheet_sink sink = {.context = &out, .row = keep_row};
    assert_true(csv_reader.read(path, &sink, traits, &bench->diagnostics));
    const char *rows = arena_text(bench->arena, buffer_string(&out));
    buffer_free(&out);
    return rows;
}

static const char *read_bytes(struct bench *bench, const char *bytes, size_t length, struct sheet_traits *traits) {
    return read_file(bench, bench_put_bytes(bench, "data.csv", bytes, length), traits);
}

#define READ(bench, text) read_bytes((bench), (text), sizeof(text) - 1, &(struct sheet_traits){.encoding = NULL})

/* ---- Tables and syllables --------------------------------------------------------------------------------------- */

static void tables_are_those_of_iconv(void **state) {
    (void)state;
    static const enum charset charsets[] = {CHARSET_TCVN5712, CHARSET_VISCII, CHARSET_CP1258, CHARSET_CP1252};
    for (size_t c = 0; c < sizeof charsets / sizeof *charsets; c++) {
        iconv_t from = iconv_open("UTF-8", iconv_names[charsets[c]]);
        assert_true(from != (iconv_t)-1);
        for (unsigned byte = 1; byte < 256; byte++) {
            char one = (char)byte, *in = &one, wanted[16], *at = wanted;
            size_t left = 1, room = sizeof wanted;
            struct buffer got = {0};
            charset_decode(charsets[c], &one, 1, &got);
            iconv(from, NULL, NULL, NULL, NULL);
            if (iconv(from, &in, &left, &at, &room) == (size_t)-1) {
                assert_int_equal(got.length, 1);
                assert_int_equal((unsigned char)got.text[0], byte);
            } else {
                iconv(from, NULL, NULL, &at, &room);
                assert_int_equal(got.length, at - wanted);
                assert_memory_equal(got.text, wanted, got.length);
            }
            buffer_free(&got);
        }
        iconv_close(from);
    }
}

static bool is_syllable(const char *text) {
    uint32_t letters[32];
    size_t count = 0;
    for (size_t at = 0; text[at];)
        letters[count++] = text_next(text, &at);
    return syllable_valid(letters, count);
}

static void syllables_are_spelled(void **state) {
    (void)state;
    static const char *const good[] = {"nghiêng", "Nguyễn", "NGUYỄN", "Quỳnh", "khuỷu", "gì",   "giết", "quốc",
                                       "Đắk",     "ở",      "thuở",   "ước",   "loét",  "hoặc", "ỷ",    "xoong"};
    static const char *const bad[] = {"été", "NGUYễN", "thế́",   "bàc",    "ngồch",  "fố",
                                      "wì",  "Ðảng",   "kôngk", "mañana", "nguyễnn"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (!is_syllable(good[i]))
            fail_msg("no syllable: %s", good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (is_syllable(bad[i]))
            fail_msg("a syllable: %s", bad[i]);
}

/* ---- Whole files ------------------------------------------------------------------------------------------------ */

static void a_ledger_reads_the_same_in_every_encoding(void **state) {
    struct bench *bench = *state;
    static const char *const ledgers[] = {"inputs/discipline.csv", "inputs/plans.csv"};
    for (size_t l = 0; l < sizeof ledgers / sizeof *ledgers; l++) {
        size_t length;
        const char *text = file_read(bench->arena, &bench->diagnostics, ledgers[l], &length);
        assert_non_null(text);
        for (int c = CHARSET_UTF16LE; c <= CHARSET_VISCII; c++) {
            struct buffer bytes = {0}, kept = {0};
            encode((enum charset)c, text, length, &bytes, &kept);
            struct sheet_traits plain = {0}, told = {0}, forced = {.forced_encoding = charset_name((enum charset)c)};
            const char *wanted = read_bytes(bench, kept.text, kept.length, &plain);
            const char *got = read_bytes(bench, bytes.text, bytes.length, &told);
            const char *again = read_bytes(bench, bytes.text, bytes.length, &forced);
            print_message("%s: %s\n", ledgers[l], told.encoding);
            assert_string_equal(plain.encoding, "UTF-8");
            assert_true(text_starts(told.encoding, charset_name((enum charset)c)));
            assert_string_equal(forced.encoding, charset_name((enum charset)c));
            assert_string_equal(got, again);
            assert_int_equal(told.delimiter, plain.delimiter);
            if (c == CHARSET_TCVN3) { /* its capitals are the font's */
                wanted = text_lower(bench->arena, wanted);
                got = text_lower(bench->arena, got);
            }
            assert_string_equal(got, wanted);
            buffer_free(&bytes);
            buffer_free(&kept);
        }
    }
    assert_int_equal(said(bench, DIAGNOSTIC_TEXT_INVALID), 0);
    assert_int_equal(said(bench, DIAGNOSTIC_ENCODING_DOUBTFUL), 2); /* VNI only */
    assert_int_equal(said(bench, DIAGNOSTIC_ENCODING_GUESSED), 8);
}

static void marks_are_no_text(void **state) {
    struct bench *bench = *state;
    struct sheet_traits traits = {0};
    assert_string_equal(read_bytes(bench, "\xef\xbb\xbfsep=;\r\na;b\r\n", 15, &traits), "1\n2|a|b\n");
    assert_true(traits.bom);
    traits = (struct sheet_traits){0};
    assert_string_equal(read_bytes(bench,
                                   "\xff\xfe"
                                   "a\0\t\0\xa3\x1e\n\0",
                                   10, &traits),
                        "1|a|ả\n");
    assert_string_equal(traits.encoding, "UTF-16LE");
    assert_int_equal(traits.delimiter, '\t');
    assert_true(traits.bom);
    traits = (struct sheet_traits){.forced_encoding = "TCVN3"};
    assert_string_equal(read_bytes(bench, "\xfe\xff\0a\0;\x1e\xa3\0\n", 10, &traits), "1|a|ả\n");
    assert_string_equal(traits.encoding, "UTF-16BE");
    assert_nothing_said(bench);
    /* Half a pair, and half a letter. */
    traits = (struct sheet_traits){0};
    assert_string_equal(read_bytes(bench,
                                   "\xff\xfe"
                                   "a\0\n\0\x00\xd8\n\0b\0;\0c\0\n\0",
                                   18, &traits),
                        "1|a\n2!\n3|b|c\n");
    assert_int_equal(said(bench, DIAGNOSTIC_TEXT_INVALID), 1);
}

static void readers_bid_for_text_only(void **state) {
    (void)state;
    assert_true(csv_reader.bid("a;b\n", 4, "csv") > 0);
    assert_true(csv_reader.bid("\xff\xfe"
                               "a\0;\0",
                               6, "txt") > 0);
    assert_true(csv_reader.bid("a\0;\0b\0\n\0", 8, "csv") > 0);
    assert_int_equal(csv_reader.bid("\xff\xfe\0\0a\0\0\0", 8, "csv"), 0);
    assert_int_equal(csv_reader.bid("\x89PNG\r\n\x1a\n\0\0\0\r", 12, "csv"), 0);
    assert_int_equal(csv_reader.bid("a;b\n", 4, "doc"), 0);
}

static void composed_and_compound_letters_become_one(void **state) {
    struct bench *bench = *state;
    static const char *const forms[] = {"Vi\xe1\xbb\x87t", "Vie\xcc\xa3\xcc\x82t", "Vie\xcc\x82\xcc\xa3t",
                                        "Vi\xc3\xaa\xcc\xa3t", "Vi\xe1\xba\xb9\xcc\x82t"};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        assert_string_equal(text_clean(bench->arena, forms[i], strlen(forms[i])), "Việt");
        assert_string_equal(text_folded(bench->arena, forms[i]), text_folded(bench->arena, "VIỆT"));
    }
    struct buffer text = {0};
    charset_decode(CHARSET_CP1258, "Vi\xea\xf2t", 5, &text);
    assert_string_equal(text.text, "Việt");
    buffer_free(&text);
}

static void known_bytes_give_known_words(void **state) {
    (void)state;
    static const struct {
        enum charset charset;
        const char *bytes, *text;
    } known[] = {
        {CHARSET_TCVN3,
         "U\xfb ban nh\xa9n d\xa9n, khi\xd3n tr\xb8"
         "ch",
         "Uỷ ban nhân dân, khiển trách"},
        {CHARSET_TCVN3, "NGUY\xd4N V\xa1N H\xb6I, \x93ngo\xb9i\x94", "NGUYỄN VĂN HẢI, “ngoại”"},
        {CHARSET_VNI, "U\xdbY BAN NHA\xc2N DA\xc2N", "ỦY BAN NHÂN DÂN"},
        {CHARSET_VNI,
         "\xd1"
         "a\xebng Th\xf2 H\xf6\xf4ng, tr\xf6\xf4\xf9"
         "c, kha\xeb"
         "c",
         "Đặng Thị Hương, trước, khặc"},
        {CHARSET_CP1258, "Nguy\xea\xden Thi\xf2", "Nguyễn Thị"},
        {CHARSET_VISCII, "Nguy\xadn Vi\xaet", "Nguyễn Việt"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct buffer text = {0};
        charset_decode(known[i].charset, known[i].bytes, strlen(known[i].bytes), &text);
        assert_string_equal(buffer_string(&text), known[i].text);
        buffer_free(&text);
    }
}

/* ---- Detection -------------------------------------------------------------------------------------------------- */

struct lines {
    const char **starts;
    size_t count, capacity;
};

static void add_lines(struct bench *bench, struct lines *lines, const char *path) {
    size_t length;
    char *text = file_read(bench->arena, &bench->diagnostics, path, &length);
    assert_non_null(text);
    for (char *line = text, *end; (end = strchr(line, '\n')); line = end + 1) {
        *end = '\0';
        lines->starts =
            arena_grow(bench->arena, lines->starts, &lines->capacity, lines->count + 1, sizeof *lines->starts);
        lines->starts[lines->count++] = line;
    }
}

static size_t count_marked(const char *text) {
    size_t count = 0;
    bool word = false;
    for (; *text; text++) {
        bool letter = (unsigned char)*text >= 0x80 || (*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z');
        if ((unsigned char)*text >= 0x80 && !word)
            count++;
        word = letter && (word || (unsigned char)*text >= 0x80);
    }
    return count;
}

static void short_samples_are_told_apart(void **state) {
    struct bench *bench = *state;
    static const size_t sizes[] = {1, 3, 5, 10, 20, 50, 100, 200};
    struct lines lines = {0};
    add_lines(bench, &lines, "inputs/discipline.csv");
    add_lines(bench, &lines, "inputs/rotations.csv");
    add_lines(bench, &lines, "inputs/tasks.csv");
    add_lines(bench, &lines, "inputs/organizations.csv");
    if (!lines.starts || lines.count < 200)
        fail_msg("the shipped ledgers are gone");
    const char *const *starts = lines.starts ? lines.starts : &(const char *){""};
    uint64_t random = 20260101;
    size_t all = 0, right = 0, long_all = 0, long_right = 0;
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        size_t here = 0, good = 0, sum = 0, rounds = sizes[s] > 20 ? 10 : 40;
        for (size_t n = 0; n < rounds; n++) {
            struct buffer text = {0};
            size_t start = next_random(&random) % (lines.count - sizes[s]);
            for (size_t i = 0; i < sizes[s]; i++)
                buffer_printf(&text, "%s\n", starts[start + i]);
            size_t words = count_marked(text.text);
            for (int c = CHARSET_TCVN3; c <= CHARSET_VISCII && words; c++) {
                struct buffer bytes = {0}, kept = {0}, back = {0};
                encode((enum charset)c, text.text, text.length, &bytes, &kept);
                struct charset_guess guess = charset_detect(bytes.text, bytes.length);
                charset_decode(guess.charset, bytes.text, bytes.length, &back);
                bool same = guess.charset == (enum charset)c ||
                            (!guess.unknown && strcmp(buffer_string(&back), buffer_string(&kept)) == 0);
                here++, good += same, sum += (size_t)guess.confidence;
                long_all += words >= 10;
                long_right += words >= 10 && same;
                if (!same && words >= 10)
                    print_message("  %zu words of %s taken for %s (%d%%)\n", words, charset_name((enum charset)c),
                                  charset_name(guess.charset), guess.confidence);
                buffer_free(&bytes), buffer_free(&kept), buffer_free(&back);
            }
            buffer_free(&text);
        }
        print_message("%zu lines: %zu of %zu right, confidence %zu%%\n", sizes[s], good, here, sum / (here ? here : 1));
        all += here, right += good;
    }
    print_message("all %zu of %zu; of ten words and more %zu of %zu\n", right, all, long_right, long_all);
    assert_true(long_right * 1000 >= long_all * 998);
    assert_true(right * 100 >= all * 97);
}

static void other_languages_are_not_taken_for_vietnamese(void **state) {
    (void)state;
    static const char *const others[] = {
        /* French, German, Portuguese, Spanish in Latin-1; Czech in CP1250; Russian in CP1251; Chinese in GBK */
        "Nom;Pr\xe9nom;D\xe9"
        "cision\nL\xe9"
        "a;R\xe9gnier;d\xe9j\xe0 n\xe9 \xe0 No\xebl, l\xe0 o\xf9 \xe9tait l'\xe9t\xe9\n",
        "Stra\xdf"
        "e;M\xfcller;Gr\xf6\xdf"
        "e \xfc"
        "ber alles, f\xfcr K\xe4se sch\xf6n; \xdc"
        "bung t\xe4glich fr\xfch\n",
        "S\xe3o Paulo;n\xe3o h\xe1 informa\xe7\xe3o, j\xe1 \xe9 tr\xeas;Concei\xe7\xe3o;est\xe1 \xe0 m\xe3o, p\xe3o e "
        "m\xe3"
        "e\n",
        "Jos\xe9;m\xe1s est\xe1 aqu\xed, qu\xe9 ser\xe1 \xe9l s\xed, as\xed tambi\xe9n;ma\xf1"
        "ana habr\xe1 caf\xe9\n",
        "Ji\xf8\xed Dvo\xf8\xe1k;\x8elu\x9dou\xe8k\xfd k\xf9\xf2 \xfap\xecl \xef\xe1"
        "belsk\xe9 \xf3"
        "dy;P\xf8\xedli\x9a tich\xfd ve\xe8"
        "er\n",
        "\xc8\xe2\xe0\xed;\xcc\xee\xf1\xea\xe2\xe0, \xef\xe5\xf0\xe2\xfb\xe9 \xee\xf2\xe4\xe5\xeb\n",
        "\xcd\xf5\xce\xb0;\xb1\xb1\xbe\xa9\xca\xd0\xba\xa3\xb5\xed\xc7\xf8\n",
        "plain;ASCII\n1;2\n",
        "\xc3\xa0;\xe1\xba\xa3\n",
        "",
    };
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        struct charset_guess guess = charset_detect(others[i], strlen(others[i]));
        print_message("text %zu: %s %d%%%s\n", i, charset_name(guess.charset), guess.confidence,
                      guess.unknown ? ", unknown" : "");
        assert_int_equal(guess.charset, CHARSET_UTF8);
        assert_int_equal(guess.unknown, i < 7);
    }
}

static void a_bad_row_does_not_change_a_file_of_utf8(void **state) {
    struct bench *bench = *state;
    struct sheet_traits traits = {0};
    static const char text[] = "Tên;Số\nLò Thị Bình;1\nNguy\xd4n V\xa8n A;2\nVàng A Páo;3\n";
    assert_string_equal(read_bytes(bench, text, sizeof text - 1, &traits),
                        "1|Tên|Số\n2|Lò Thị Bình|1\n3!\n4|Vàng A Páo|3\n");
    assert_string_equal(traits.encoding, "UTF-8");
    assert_int_equal(said_all(bench), 1);
    assert_int_equal(said(bench, DIAGNOSTIC_TEXT_INVALID), 1);
}

static void a_pasted_row_of_utf8_stays_in_an_old_file(void **state) {
    struct bench *bench = *state;
    struct sheet_traits traits = {0};
    static const char text[] =
        "T\xaan;S\xe8\nNguy\xd4n V\xa8n H\xb6i;1\nLò Thị Bình;2\nU\xfb ban nh\xa9n d\xa9n huy\xd6n;3\n";
    assert_string_equal(read_bytes(bench, text, sizeof text - 1, &traits),
                        "1|Tên|Số\n2|Nguyễn Văn Hải|1\n3|Lò Thị Bình|2\n4|Uỷ ban nhân dân huyện|3\n");
    assert_true(text_starts(traits.encoding, "TCVN3 ("));
}

static void letters_far_down_decide_too(void **state) {
    (void)state;
    struct buffer text = {0};
    for (int i = 0; i < 40000; i++)
        buffer_printf(&text, "%d;khong dau\n", i);
    buffer_text(&text, "40000;Nguy\xd4n V\xa8n H\xb6i\n40001;U\xfb ban nh\xa9n d\xa9n huy\xd6n\n");
    struct charset_guess guess = charset_detect(text.text, text.length);
    assert_int_equal(guess.charset, CHARSET_TCVN3);
    buffer_free(&text);
}

static void names_of_encodings(void **state) {
    (void)state;
    enum charset charset;
    for (int c = 0; c < CHARSET_COUNT; c++) {
        assert_true(charset_named(charset_name((enum charset)c), &charset));
        assert_int_equal(charset, c);
        assert_contains(charset_names(), charset_name((enum charset)c));
    }
    assert_true(charset_named("abc", &charset));
    assert_int_equal(charset, CHARSET_TCVN3);
    assert_true(charset_named("Windows-1258", &charset));
    assert_int_equal(charset, CHARSET_CP1258);
    assert_false(charset_named("latin-1", &charset));
}

/* ---- Lost letters ----------------------------------------------------------------------------------------------- */

static bool lost(const char *cell) {
    return charset_lost(cell, strlen(cell)) >= CHARSET_LOST;
}

static void lost_letters_are_seen(void **state) {
    (void)state;
    static const char *const gone[] = {"Nguy?n V?n A", "??ng b? huy?n",    "NGUY?N TH? HOA",
                                       "Ph?m",         "H? t?ch, t? ch?c", "06-Q?/?U",
                                       "C?nh cáo",     "? ? t? tr??ng",    "chi b? s? m?t"};
    static const char *const kept[] = {"Đã xong chưa?",
                                       "Da xong chua? Ai lam? Bao gio?",
                                       "KH-01?",
                                       "?",
                                       "???",
                                       "http://x.vn/tim?q=a&b?c=d",
                                       "A1?B2",
                                       "Ai chủ trì?Khi nào?",
                                       "Ai làm? để ai? vì ai?",
                                       "how? why?",
                                       "Le Van A ?",
                                       ""};
    for (size_t i = 0; i < sizeof gone / sizeof *gone; i++)
        if (!lost(gone[i]))
            fail_msg("not seen: %s (%u)", gone[i], charset_lost(gone[i], strlen(gone[i])));
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (lost(kept[i]))
            fail_msg("wrongly seen: %s (%u)", kept[i], charset_lost(kept[i], strlen(kept[i])));
}

/* What Excel writes as "CSV" where Windows is Western: every letter that CP1252 lacks becomes '?'. */
static void rows_with_lost_letters_are_refused(void **state) {
    struct bench *bench = *state;
    static const char *const ledgers[] = {"inputs/discipline.csv", "inputs/members.csv", "inputs/tasks.csv"};
    size_t spoiled = 0, rows_said = 0;
    for (size_t l = 0; l < sizeof ledgers / sizeof *ledgers; l++) {
        size_t length;
        const char *text = file_read(bench->arena, &bench->diagnostics, ledgers[l], &length);
        struct buffer out = {0};
        bool hit = false;
        for (size_t at = 0; at < length;) {
            uint32_t letter = text_next(text, &at);
            bool western = letter < 0x100, sign = letter >= 0x2000;
            hit = hit || (!western && !sign);
            buffer_char(&out, western ? (char)letter : sign ? '-' : '?');
            if (letter == '\n') {
                spoiled += hit;
                hit = false;
            }
        }
        size_t before = said(bench, DIAGNOSTIC_TEXT_LOST);
        struct sheet_traits traits = {0};
        read_bytes(bench, out.text, out.length, &traits);
        rows_said += said(bench, DIAGNOSTIC_TEXT_LOST) - before;
        print_message("%s: %s\n", ledgers[l], traits.encoding);
        assert_true(text_starts(traits.encoding, "CP1252"));
        struct sheet_traits good = {0};
        before = said(bench, DIAGNOSTIC_TEXT_LOST);
        read_file(bench, ledgers[l], &good);
        assert_int_equal(said(bench, DIAGNOSTIC_TEXT_LOST), before);
        buffer_free(&out);
    }
    print_message("%zu of %zu spoiled rows refused\n", rows_said, spoiled);
    assert_true(rows_said <= spoiled && rows_said * 100 >= spoiled * 98);
    assert_contains(finding_of(bench, DIAGNOSTIC_TEXT_LOST, 0)->message, "?");
}

/* ---- Delimiters and quotes -------------------------------------------------------------------------------------- */

static void delimiters_are_found(void **state) {
    struct bench *bench = *state;
    assert_string_equal(READ(bench, "sep=\t\na;b\tc\n"), "1\n2|a;b|c\n");
    assert_string_equal(READ(bench, "\"sep=|\"\na;b|c\n"), "1\n2|a;b|c\n");
    assert_string_equal(READ(bench, "sep=x\na;b\n"), "1|sep=x\n2|a|b\n");
    assert_string_equal(READ(bench, "T;x;y\nA;1,5;2,5\nB;3,5;4,5\n"), "1|T|x|y\n2|A|1,5|2,5\n3|B|3,5|4,5\n");
    assert_string_equal(READ(bench, "T\tx\nA, B, C\t1\nD, E, F\t2\n"), "1|T|x\n2|A, B, C|1\n3|D, E, F|2\n");
    assert_string_equal(READ(bench, "\"Mã\nsố\";\"Họ,\ntên\"\n1;A,B\n2;C,D\n"),
                        "1|Mã\nsố|Họ,\ntên\n4|1|A,B\n5|2|C,D\n");
    assert_nothing_said(bench);
}

static void line_ends_of_all_kinds(void **state) {
    struct bench *bench = *state;
    assert_string_equal(READ(bench, "a,b\r\n\"c\r\nd\",e\r\nf,g"), "1|a|b\n2|c\r\nd|e\n4|f|g\n");
    assert_string_equal(READ(bench, "a,b\rc,\"d\re\"\rf,g\r"), "1|a|b\n2|c|d\re\n4|f|g\n");
    assert_string_equal(READ(bench, "a,b\rc\nd,\"e\"\rf\n"), "1|a|b\rc\n2|d|e\rf\n");
    assert_string_equal(READ(bench, "a,b\n\x1a"), "1|a|b\n");
    assert_string_equal(READ(bench, "a,b\n\nc,d"), "1|a|b\n2|\n3|c|d\n");
    assert_nothing_said(bench);
}

static void quotes_gone_wrong_spoil_one_record(void **state) {
    struct bench *bench = *state;
    assert_string_equal(READ(bench, "a,b\n\"a\"x,1\nc,d\n"), "1|a|b\n2!\n3|c|d\n");
    assert_string_equal(READ(bench, "a,b\nx\"y,1\nc,\"d\"\n"), "1|a|b\n2!\n3|c|d\n");
    assert_string_equal(READ(bench, "a,b\nc,\"open\nd,e\nf,g"), "1|a|b\n2!\n3|d|e\n4|f|g\n");
    assert_string_equal(READ(bench, "a,b\nc,\"open"), "1|a|b\n2!\n");
    assert_int_equal(said(bench, DIAGNOSTIC_CSV_QUOTE), 4);
    /* A record of three lines with a mark too many inside is one finding. */
    assert_string_equal(READ(bench, "a,b,c\n1,\"the \"old\" thing of\nyesterday\nand today\",x\n2,y,z\n"),
                        "1|a|b|c\n2!\n5|2|y|z\n");
    assert_int_equal(said(bench, DIAGNOSTIC_CSV_QUOTE), 5);
    /* What came before does not leak into the next record. */
    assert_string_equal(READ(bench, "a,b\n\"kept\",\"x\"y\n\"c\",d\n"), "1|a|b\n2!\n3|c|d\n");
    assert_int_equal(said_all(bench), 6);
}

static void long_quotes_are_mistakes(void **state) {
    struct bench *bench = *state;
    struct buffer text = {0};
    buffer_text(&text, "a,b\n1,\"open\n");
    for (int i = 0; i < 300; i++)
        buffer_printf(&text, "%d,x\n", i);
    buffer_text(&text, "z,\"closed\"\n");
    struct sheet_traits traits = {0};
    const char *rows = read_bytes(bench, text.text, text.length, &traits);
    assert_contains(rows, "2!\n3|0|x\n");
    assert_contains(rows, "\n303|z|closed\n");
    assert_int_equal(said_all(bench), 1);
    buffer_clear(&text);
    buffer_text(&text, "a,b\n1,\"");
    for (int i = 0; i < 150; i++)
        buffer_printf(&text, "line %d\n", i);
    buffer_text(&text, "end\"\n2,c\n");
    rows = read_bytes(bench, text.text, text.length, &traits);
    assert_contains(rows, "\n153|2|c\n");
    assert_int_equal(said_all(bench), 1);
    buffer_free(&text);
}

static void bad_bytes_spoil_one_record(void **state) {
    struct bench *bench = *state;
    static const char nul[] = "a,b\nc\0d,e\nf,g\n";
    struct sheet_traits traits = {0};
    assert_string_equal(read_bytes(bench, nul, sizeof nul - 1, &traits), "1|a|b\n2!\n3|f|g\n");
    static const char quoted[] = "đ,b\n\"ề\nx\xff\nế\",e\nf,\xc4\x91\n";
    assert_string_equal(read_bytes(bench, quoted, sizeof quoted - 1, &traits), "1|đ|b\n2!\n5|f|đ\n");
    assert_int_equal(said(bench, DIAGNOSTIC_TEXT_INVALID), 2);
    assert_int_equal(said_all(bench), 2);
}

static void rows_have_a_limit(void **state) {
    struct bench *bench = *state;
    struct buffer text = {0};
    buffer_text(&text, "a,b\n");
    for (int i = 0; i < 17000; i++)
        buffer_char(&text, ',');
    buffer_text(&text, "\nc,d\n");
    for (int i = 0; i < (1 << 24) + 5; i++)
        buffer_char(&text, 'x');
    buffer_text(&text, ",1\ne,f\n");
    struct sheet_traits traits = {0};
    assert_string_equal(read_bytes(bench, text.text, text.length, &traits), "1|a|b\n2!\n3|c|d\n4!\n5|e|f\n");
    assert_int_equal(said(bench, DIAGNOSTIC_ROW_HUGE), 2);
    buffer_free(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(tables_are_those_of_iconv),
        TEST(syllables_are_spelled),
        TEST(a_ledger_reads_the_same_in_every_encoding),
        TEST(marks_are_no_text),
        TEST(readers_bid_for_text_only),
        TEST(composed_and_compound_letters_become_one),
        TEST(known_bytes_give_known_words),
        TEST(short_samples_are_told_apart),
        TEST(other_languages_are_not_taken_for_vietnamese),
        TEST(a_bad_row_does_not_change_a_file_of_utf8),
        TEST(a_pasted_row_of_utf8_stays_in_an_old_file),
        TEST(letters_far_down_decide_too),
        TEST(names_of_encodings),
        TEST(lost_letters_are_seen),
        TEST(rows_with_lost_letters_are_refused),
        TEST(delimiters_are_found),
        TEST(line_ends_of_all_kinds),
        TEST(quotes_gone_wrong_spoil_one_record),
        TEST(long_quotes_are_mistakes),
        TEST(bad_bytes_spoil_one_record),
        TEST(rows_have_a_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
