/* test_base_memory.c - arena, buffer, map. */
#include "support.h"

#include "base/map.h"

static void arena_gives_zeroed_aligned_bytes(void **state) {
    struct bench *bench = *state;
    for (size_t size = 0; size < 5000; size = size * 2 + 1) {
        unsigned char *bytes = arena_alloc(bench->arena, size);
        assert_int_equal((uintptr_t)bytes % 16, 0);
        for (size_t i = 0; i < size; i++)
            assert_int_equal(bytes[i], 0);
        memset(bytes, 0xff, size);
    }
}

static void arena_gives_blocks_larger_than_its_own(void **state) {
    struct bench *bench = *state;
    char *large = arena_alloc(bench->arena, 3 * 1024 * 1024), *small = arena_alloc(bench->arena, 8);
    memset(large, 'x', 3 * 1024 * 1024);
    assert_int_equal(small[0], 0);
}

static void arena_grow_copies_and_keeps_the_old(void **state) {
    struct bench *bench = *state;
    size_t capacity = 0;
    int *numbers = NULL;
    for (int i = 0; i < 100; i++) {
        const int *before = numbers;
        size_t had = capacity;
        numbers = arena_grow(bench->arena, numbers, &capacity, (size_t)i + 1, sizeof *numbers);
        numbers[i] = i;
        if (before && before != numbers)
            for (size_t n = 0; n < had; n++)
                assert_int_equal(before[n], (int)n);
    }
    for (int i = 0; i < 100; i++)
        assert_int_equal(numbers[i], i);
    size_t kept = capacity;
    assert_ptr_equal(arena_grow(bench->arena, numbers, &capacity, 50, sizeof *numbers), numbers);
    assert_int_equal(capacity, kept);
}

static void arena_copies_texts(void **state) {
    struct bench *bench = *state;
    assert_string_equal(arena_copy(bench->arena, "đảng viên", 5), "đả");
    assert_string_equal(arena_copy(bench->arena, NULL, 0), "");
    assert_string_equal(arena_text(bench->arena, "x"), "x");
    assert_string_equal(arena_printf(bench->arena, "%s-%03d", "a", 7), "a-007");
    char *wide = arena_printf(bench->arena, "%0*d", 40000, 1);
    assert_int_equal(strlen(wide), 40000);
}

static void note_release(void *context) {
    struct buffer *order = context;
    buffer_char(order, (char)('0' + order->length));
}

static void arena_clears_and_releases_what_was_deferred(void **state) {
    (void)state;
    struct arena *arena = arena_new();
    struct buffer first = {0}, second = {0};
    arena_defer(arena, note_release, &first);
    arena_clear(arena);
    assert_string_equal(buffer_string(&first), "0");
    for (int i = 0; i < 100; i++) {
        unsigned char *bytes = arena_alloc(arena, 70000);
        assert_int_equal(bytes[0] | bytes[69999], 0);
        memset(bytes, 0xff, 70000);
        if (i % 10 == 9)
            arena_clear(arena);
    }
    arena_defer(arena, note_release, &second);
    arena_free(arena);
    assert_string_equal(buffer_string(&first), "0");
    assert_string_equal(buffer_string(&second), "0");
    buffer_free(&first);
    buffer_free(&second);
}

static void buffer_grows_and_ends_with_nul(void **state) {
    (void)state;
    struct buffer buffer = {0};
    assert_string_equal(buffer_string(&buffer), "");
    for (int i = 0; i < 3000; i++)
        buffer_printf(&buffer, "%d,", i % 10);
    buffer_char(&buffer, '!');
    buffer_text(&buffer, "end");
    buffer_add(&buffer, "abcdef", 2);
    buffer_add(&buffer, NULL, 0);
    assert_int_equal(buffer.length, 6006);
    assert_int_equal(strlen(buffer.text), buffer.length);
    assert_string_equal(buffer.text + 6000, "!endab");
    buffer_clear(&buffer);
    assert_string_equal(buffer_string(&buffer), "");
    buffer_text(&buffer, "again");
    assert_string_equal(buffer_string(&buffer), "again");
    buffer_free(&buffer);
    assert_null(buffer.text);
}

static void buffer_writes_strings_of_json(void **state) {
    (void)state;
    struct buffer buffer = {0};
    buffer_json(&buffer, "");
    buffer_json(&buffer, "tổng \"kết\"\\\n\x01\x7f");
    assert_string_equal(buffer_string(&buffer), "\"\"\"tổng \\\"kết\\\"\\\\\\u000a\\u0001\\u007f\"");
    buffer_free(&buffer);
}

static void buffer_escapes_markup(void **state) {
    (void)state;
    struct buffer buffer = {0};
    buffer_markup(&buffer, "");
    buffer_markup(&buffer, "<Đ&\"ỷ'>\t\n");
    assert_string_equal(buffer_string(&buffer), "&lt;Đ&amp;&quot;ỷ&#39;&gt;\t\n");
    buffer_clear(&buffer);
    buffer_markup(&buffer, "a\x01\r\x7f\xef\xbf\xbf");
    assert_string_equal(buffer_string(&buffer), "a\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
    buffer_free(&buffer);
}

static void map_keeps_the_first_number_of_a_key(void **state) {
    struct bench *bench = *state;
    struct map map = {0};
    bool fresh;
    assert_int_equal(map_get_text(&map, "a"), MAP_NONE);
    for (uint32_t i = 0; i < 5000; i++) {
        const char *key = arena_printf(bench->arena, "key %u", i);
        assert_int_equal(map_put(&map, key, strlen(key), i, &fresh)->value, i);
        assert_true(fresh);
    }
    assert_int_equal(map.used, 5000);
    for (uint32_t i = 0; i < 5000; i++)
        assert_int_equal(map_get_text(&map, arena_printf(bench->arena, "key %u", i)), i);
    assert_int_equal(map_put(&map, "key 7", 5, 99, &fresh)->value, 7);
    assert_false(fresh);
    assert_int_equal(map.used, 5000);
    assert_int_equal(map_get_text(&map, "key 5000"), MAP_NONE);
    map_free(&map);
}

static void map_tells_apart_keys_that_differ_in_length_or_zeros(void **state) {
    (void)state;
    struct map map = {0};
    bool fresh;
    map_put(&map, "", 0, 1, &fresh);
    map_put(&map, "\0", 1, 2, &fresh);
    assert_true(fresh);
    map_put(&map, "\0\0", 2, 3, &fresh);
    assert_true(fresh);
    assert_int_equal(map_get(&map, "", 0), 1);
    assert_int_equal(map_get(&map, "\0", 1), 2);
    assert_int_equal(map_get(&map, "\0\0", 2), 3);
    assert_int_not_equal(map_hash("12345678", 8), map_hash("12345679", 8));
    map_free(&map);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(arena_gives_zeroed_aligned_bytes),
        TEST(arena_gives_blocks_larger_than_its_own),
        TEST(arena_grow_copies_and_keeps_the_old),
        TEST(arena_copies_texts),
        TEST(arena_clears_and_releases_what_was_deferred),
        TEST(buffer_grows_and_ends_with_nul),
        TEST(buffer_writes_strings_of_json),
        TEST(buffer_escapes_markup),
        TEST(map_keeps_the_first_number_of_a_key),
        TEST(map_tells_apart_keys_that_differ_in_length_or_zeros),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
