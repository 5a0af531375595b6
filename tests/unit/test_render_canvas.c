/* test_render_canvas.c - what stands on a page: numbers, and the rules of columns. */
#include "support.h"

#include "render/pdf_canvas.h"

enum { HEIGHT = 100 };

static struct canvas new_canvas(void) {
    return canvas_begin(NULL, HEIGHT);
}

static void assert_drawn(struct canvas *canvas, const char *wanted) {
    canvas_end(canvas);
    assert_string_equal(buffer_string(&canvas->out), wanted);
    canvas_free(canvas);
}

static void numbers_have_two_decimals_at_most(void **state) {
    (void)state;
    struct canvas canvas = new_canvas();
    canvas_rule(&canvas, 0.004, HEIGHT, -0.004, HEIGHT, 0.5, 0);
    canvas_rule(&canvas, -12.345, HEIGHT - 7.1, 1234.006, HEIGHT + 0.25, 0.5, 0);
    canvas_rule(&canvas, 1e300, HEIGHT, -1e300, HEIGHT, 0.5, 0);
    assert_drawn(&canvas, "0.5 w 0 G 0 0 m 0 0 l S\n"
                          "-12.35 7.1 m 1234.01 -0.25 l S\n"
                          "10000000 0 m -10000000 0 l S\n");
}

static void a_rule_goes_on_from_row_to_row(void **state) {
    (void)state;
    struct canvas canvas = new_canvas();
    for (int row = 0; row < 3; row++) {
        canvas_upright(&canvas, 10, 20 + 10 * row, 30 + 10 * row, 0.5);
        canvas_upright(&canvas, 50, 20 + 10 * row, 30 + 10 * row, 0.5);
    }
    assert_drawn(&canvas, "0.5 w 0 G 10 80 m 10 50 l S\n50 80 m 50 50 l S\n");
}

/* Another place, a gap between them, another width: a rule of its own. */
static void rules_apart_stay_apart(void **state) {
    (void)state;
    struct canvas canvas = new_canvas();
    canvas_upright(&canvas, 10, 20, 30, 0.5);
    canvas_upright(&canvas, 10.01, 30, 40, 0.5);
    canvas_upright(&canvas, 10, 31, 40, 0.5);
    canvas_upright(&canvas, 10, 40, 50, 1);
    assert_drawn(&canvas, "0.5 w 0 G 10 80 m 10 70 l S\n10.01 70 m 10.01 60 l S\n10 69 m 10 60 l S\n"
                          "1 w 10 60 m 10 50 l S\n");
}

/* More than are kept at first, and all of them drawn once. */
static void many_columns_are_kept(void **state) {
    (void)state;
    enum { COLUMNS = 100 };
    struct canvas canvas = new_canvas();
    struct buffer wanted = {0};
    for (int row = 0; row < 2; row++)
        for (int column = 0; column < COLUMNS; column++)
            canvas_upright(&canvas, column, 10 * row, 10 * row + 10, 0.5);
    buffer_text(&wanted, "0.5 w 0 G ");
    for (int column = 0; column < COLUMNS; column++)
        buffer_printf(&wanted, "%d 100 m %d 80 l S\n", column, column);
    assert_drawn(&canvas, wanted.text);
    buffer_free(&wanted);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(numbers_have_two_decimals_at_most),
        TEST(a_rule_goes_on_from_row_to_row),
        TEST(rules_apart_stay_apart),
        TEST(many_columns_are_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
