/* Where pages end: what is weighed against what. Pages are 100 points high; boxes are lines, rows and charts. */
#include "support.h"

#include "render/pdf_plan.h"

#include <string.h>

static struct profile profile;
static struct page_form form = {.width = 100, .height = 100, .text_width = 100, .text_height = 100}, other;
static struct box boxes[64];
static struct layout layout = {.profile = &profile, .boxes = boxes};

static void begin(void) {
    memset(boxes, 0, sizeof boxes);
    layout.count = layout.total = 0;
    profile.page_filled_percent = 75;
    profile.last_page_percent = 40;
}

static struct box *add(double height, enum keep keep) {
    struct box *box = &boxes[layout.count];
    *box = (struct box){.height = height, .keep = keep, .form = &form, .index = layout.count++};
    layout.total = layout.count;
    return box;
}

static void add_lines(size_t count, double height) {
    for (size_t i = 0; i < count; i++)
        add(height, KEEP_NOT);
}

/* Ten rows of 5 that would rather stay together, at least two on each side. */
static void add_table(void) {
    for (size_t i = 0; i < 10; i++)
        add(5, i == 9 ? KEEP_NOT : i == 0 || i == 8 ? KEEP_FIRMLY : KEEP_RATHER);
}

static void expect(const size_t *ends, size_t count) {
    struct page_plan plan = page_plan_make(&layout, 0);
    assert_int_equal(plan.count, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(plan.ends[i], ends[i]);
    page_plan_free(&plan);
}

static void test_text_fills_pages(void **state) {
    (void)state;
    begin();
    add_lines(25, 10);
    expect((const size_t[]){10, 20, 25}, 3);
}

static void test_gaps_count_inside_a_page_only(void **state) {
    (void)state;
    begin();
    add_lines(20, 9.5);
    for (size_t i = 0; i < 20; i++)
        boxes[i].gap = i == 10 ? 50 : 0.5;
    expect((const size_t[]){10, 20}, 2);
}

static void test_a_table_is_whole_where_little_stays_empty(void **state) {
    (void)state;
    begin();
    add_lines(8, 10);
    add_table();
    add_lines(4, 10);
    expect((const size_t[]){8, 22}, 2);
}

static void test_a_table_is_parted_where_much_would_stay_empty(void **state) {
    (void)state;
    begin();
    add_lines(6, 10);
    add_table();
    add_lines(6, 10);
    expect((const size_t[]){14, 22}, 2);
}

static void test_rows_do_not_stand_alone(void **state) {
    (void)state;
    begin();
    add_lines(6, 9); /* room for nine rows, but then one would be left */
    add_table();
    add_lines(6, 10);
    expect((const size_t[]){14, 22}, 2);
}

static void test_a_heading_stays_with_its_text(void **state) {
    (void)state;
    begin();
    add_lines(9, 10);
    add(10, KEEP_MUST);
    add_lines(5, 10);
    expect((const size_t[]){9, 15}, 2);
}

static void test_lines_are_carried_over_to_a_short_last_page(void **state) {
    (void)state;
    begin();
    add_lines(11, 10);
    add(20, KEEP_NOT); /* the signature: with one line, 30 of 100 */
    expect((const size_t[]){9, 12}, 2);
}

static void test_lines_are_drawn_together_to_save_a_page(void **state) {
    (void)state;
    begin();
    add_lines(8, 10);
    add(25, KEEP_NOT);
    for (size_t i = 0; i < 8; i++)
        boxes[i].shrink = 1;
    boxes[7].keep = KEEP_MUST;
    struct page_plan plan = page_plan_make(&layout, 0);
    assert_int_equal(plan.count, 1);
    assert_true(plan.tightness > 0.5 && plan.tightness < 1); /* 105 to 100, by two a step */
    page_plan_free(&plan);
    boxes[8].height = 30; /* all that lines can give is not enough: they stay as they are */
    plan = page_plan_make(&layout, 0);
    assert_int_equal(plan.count, 2);
    assert_true(plan.tightness == 0);
    page_plan_free(&plan);
}

static void test_what_is_kept_and_too_high_is_parted(void **state) {
    (void)state;
    begin();
    for (size_t i = 0; i < 25; i++)
        add(10, KEEP_MUST);
    expect((const size_t[]){10, 20, 25}, 3);
    begin();
    add(10, KEEP_NOT);
    add(250, KEEP_NOT); /* cannot be cut: it stands alone */
    add(10, KEEP_NOT);
    expect((const size_t[]){1, 2, 3}, 3);
}

static bool cut(struct box *box, double room, struct box *rest) {
    (void)box, (void)room, (void)rest;
    return false;
}

static void test_a_plan_ends_where_pages_must(void **state) {
    (void)state;
    begin();
    add_lines(12, 10);
    other = form;
    boxes[5].begins_page = true;
    expect((const size_t[]){5}, 1);
    boxes[5].begins_page = false;
    boxes[4].form = &other;
    expect((const size_t[]){4}, 1);
    boxes[4].form = &form;
    boxes[11].height = 300;
    boxes[11].split = cut;
    struct page_plan plan = page_plan_make(&layout, 0);
    assert_true(plan.open);
    assert_int_equal(plan.count, 2);
    assert_int_equal(plan.ends[1], 11);
    page_plan_free(&plan);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_text_fills_pages),
        cmocka_unit_test(test_gaps_count_inside_a_page_only),
        cmocka_unit_test(test_a_table_is_whole_where_little_stays_empty),
        cmocka_unit_test(test_a_table_is_parted_where_much_would_stay_empty),
        cmocka_unit_test(test_rows_do_not_stand_alone),
        cmocka_unit_test(test_a_heading_stays_with_its_text),
        cmocka_unit_test(test_lines_are_carried_over_to_a_short_last_page),
        cmocka_unit_test(test_lines_are_drawn_together_to_save_a_page),
        cmocka_unit_test(test_what_is_kept_and_too_high_is_parted),
        cmocka_unit_test(test_a_plan_ends_where_pages_must),
    };
    return cmocka_run_group_tests_name("render_plan", tests, NULL, NULL);
}
