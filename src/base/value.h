/* value.h - one typed value, from the store to the renderers, and how it is printed.
 *
 * Counts are 64-bit integers. A decimal is an integer with a scale. A ratio stays a pair of integers until it is
 * printed. Nothing here uses floating point except value_real(), for charts and the cells of a workbook. */
#ifndef TONGKET_VALUE_H
#define TONGKET_VALUE_H

#include "base/arena.h"
#include "base/buffer.h"
#include "base/date.h"

#include <stdbool.h>
#include <stdint.h>

enum value_kind {
    VALUE_NONE,
    VALUE_INTEGER,
    VALUE_DECIMAL,
    VALUE_RATIO,
    VALUE_DATE,
    VALUE_TEXT,
    VALUE_HIDDEN,
    VALUE_GAP
};

/* Why there is no figure where one should stand: nothing was read that could tell; the office does not keep such a
 * ledger; what it is compared with was before the ledger was kept. What is made with one is one: the first of these. */
enum gap { GAP_UNKNOWN, GAP_UNKEPT, GAP_INCOMPARABLE };

struct value {
    enum value_kind kind;
    int64_t number; /* integer; digits of a decimal; numerator; which gap */
    int64_t base;   /* denominator of a ratio */
    int scale;      /* decimal places of a decimal: number / 10^scale */
    struct date date;
    const char *text;
};

enum rounding { ROUND_HALF_UP, ROUND_TRUNCATE, ROUND_HALF_EVEN };

/* What a value looks like. Written in templates as
 *   0  00  #,##0  0.0  #,##0.00      numbers: least digits, grouping by dots, decimals by a comma
 *   0%  0.0%  0.00%                  a ratio in percent, the sign printed ("62,4%")
 *   +0  +0.0%                        with its sign, zero as 0
 *   dd/mm/yyyy  d/m/yyyy  mm/yyyy  yyyy  long     dates; dd/m/yyyy is the offices' own: 05/7/2014, 05/02/2014
 * and behind it, optionally, half_up, truncate or half_even. A ratio without % is printed in percent without the sign.
 */
struct format {
    enum { FORMAT_AUTOMATIC, FORMAT_NUMBER, FORMAT_PERCENT, FORMAT_DATE } kind;
    int digits, decimals;
    bool grouped, signed_;
    enum rounding rounding;
    const char *pattern; /* of a date */
};

struct value value_none(void);
struct value value_integer(int64_t number);
struct value value_decimal(int64_t number, int scale);
struct value value_ratio(int64_t numerator, int64_t denominator);
/* The ratio of two numbers, whole or decimal, exactly: 1,5 of 2,25 is 150 of 225. Of nothing, or beyond 64 bits: none.
 */
struct value value_divide(struct value left, struct value right);
/* What the left is more than the right; none when one of them is none. */
struct value value_subtract(struct value left, struct value right);
/* -1, 0 or 1. */
int value_sign(struct value value);
struct value value_date(struct date date);
struct value value_text(const char *text);
/* A number that its reader must not know: it is not in here. Printed as a mark, and whatever is made with it is hidden.
 */
struct value value_hidden(void);
/* A gap is no zero. `words` are printed for it, and stay the caller's. */
struct value value_gap(enum gap gap, const char *words);
/* Whether there is no figure though there may be something: hidden, or a gap. *absent is the one of the two that rules
 * what is made of both. */
bool value_absent(struct value left, struct value right, struct value *absent);

/* The value with a text of its own in the arena. */
struct value value_keep(struct arena *arena, struct value value);

/* Nothing, zero, empty text, a gap and a ratio without base are false in a section. */
bool value_is_true(struct value value);
bool value_is_number(struct value value);
/* As a double: a ratio as a fraction (0.055), a date as Excel's serial. NONE and TEXT give 0. */
double value_real(struct value value);
bool value_equal(struct value left, struct value right);
/* The sum of two numbers, whole or decimal; nothing counts as nothing. */
struct value value_add(struct value left, struct value right);

bool rounding_parse(const char *text, enum rounding *rounding);
const char *rounding_name(enum rounding rounding);
/* False when the text is no format. `rounding` is what holds when the text names none. */
bool format_parse(struct arena *arena, const char *text, enum rounding rounding, struct format *format);
/* Whether thousands are parted by dots: always, but for what is only digits ("0"), which may be a year. */
bool format_groups(const struct format *format);
/* Exponents up to 18. */
int64_t power_of_ten(int exponent);
/* A ratio's percentage, as digits scaled by 10^decimals: 189/179 with 1 decimal gives 1056. False: no base (zero), or
 * beyond 64 bits. */
bool ratio_percent(int64_t numerator, int64_t denominator, int decimals, enum rounding rounding, int64_t *scaled);
/* The printed form, appended; nothing known is a dash. */
void value_print(struct buffer *out, struct value value, const struct format *format);
const char *value_string(struct arena *arena, struct value value, const struct format *format);
/* The printed form without any format: for queries, logs and Mustache's plain text. */
const char *value_plain(struct arena *arena, struct value value);

#endif
