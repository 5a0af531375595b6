/* value.c - one typed value and how it is printed. */
#include "base/value.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char DASH[] = "\xe2\x80\x93", HIDDEN[] = "(*)";

struct value value_none(void) {
    return (struct value){.kind = VALUE_NONE};
}

struct value value_integer(int64_t number) {
    return (struct value){.kind = VALUE_INTEGER, .number = number};
}

struct value value_decimal(int64_t number, int scale) {
    return (struct value){.kind = VALUE_DECIMAL, .number = number, .scale = scale};
}

struct value value_ratio(int64_t numerator, int64_t denominator) {
    return (struct value){.kind = VALUE_RATIO, .number = numerator, .base = denominator};
}

/* Both numbers as whole ones of one scale; false beyond 64 bits. */
static bool same_scale(struct value *left, struct value *right) {
    while (left->scale != right->scale) {
        struct value *shorter = left->scale < right->scale ? left : right;
        if (__builtin_mul_overflow(shorter->number, 10, &shorter->number))
            return false;
        shorter->scale++;
    }
    return true;
}

static bool is_plain_number(struct value value) {
    return value.kind == VALUE_INTEGER || value.kind == VALUE_DECIMAL;
}

struct value value_divide(struct value left, struct value right) {
    struct value absent;
    if (value_absent(left, right, &absent))
        return absent;
    if (!is_plain_number(left) || !is_plain_number(right) || !same_scale(&left, &right))
        return value_none();
    return value_ratio(left.number, right.number);
}

struct value value_subtract(struct value left, struct value right) {
    struct value absent;
    if (value_absent(left, right, &absent))
        return absent;
    if (left.kind == VALUE_NONE || right.kind == VALUE_NONE)
        return value_none();
    right.number = -right.number;
    return value_add(left, right);
}

int value_sign(struct value value) {
    return value.kind == VALUE_HIDDEN || value.kind == VALUE_GAP ? 0 : (value.number > 0) - (value.number < 0);
}

struct value value_date(struct date date) {
    return (struct value){.kind = VALUE_DATE, .date = date};
}

struct value value_text(const char *text) {
    return (struct value){.kind = VALUE_TEXT, .text = text};
}

struct value value_hidden(void) {
    return (struct value){.kind = VALUE_HIDDEN};
}

struct value value_gap(enum gap gap, const char *words) {
    return (struct value){.kind = VALUE_GAP, .number = (int64_t)gap, .text = words};
}

static bool is_absent(struct value value) {
    return value.kind == VALUE_HIDDEN || value.kind == VALUE_GAP;
}

/* What is hidden stays hidden whatever else is not known. */
bool value_absent(struct value left, struct value right, struct value *absent) {
    if (!is_absent(left) && !is_absent(right))
        return false;
    *absent = !is_absent(right) ? left : !is_absent(left) ? right : right.kind == VALUE_HIDDEN ? right : left;
    if (left.kind == VALUE_GAP && right.kind == VALUE_GAP)
        *absent = right.number < left.number ? right : left;
    return true;
}

struct value value_keep(struct arena *arena, struct value value) {
    if (value.kind == VALUE_TEXT || value.kind == VALUE_GAP)
        value.text = arena_text(arena, value.text);
    return value;
}

/* What is hidden is there: only counts of something are. */
bool value_is_true(struct value value) {
    switch (value.kind) {
    case VALUE_INTEGER:
    case VALUE_DECIMAL:
        return value.number != 0;
    case VALUE_RATIO:
        return value.number != 0 && value.base != 0;
    case VALUE_DATE:
    case VALUE_HIDDEN:
        return true;
    case VALUE_TEXT:
        return value.text[0] != '\0';
    default:
        return false;
    }
}

bool value_is_number(struct value value) {
    return value.kind == VALUE_INTEGER || value.kind == VALUE_DECIMAL || value.kind == VALUE_RATIO;
}

double value_real(struct value value) {
    double real = (double)value.number;
    switch (value.kind) {
    case VALUE_INTEGER:
        return real;
    case VALUE_DECIMAL:
        for (int i = 0; i < value.scale; i++)
            real /= 10;
        return real;
    case VALUE_RATIO:
        return value.base ? real / (double)value.base : 0;
    case VALUE_DATE:
        return date_serial(date_first(value.date));
    default:
        return 0;
    }
}

bool value_equal(struct value left, struct value right) {
    while (left.kind == VALUE_DECIMAL && left.scale > 0 && left.number % 10 == 0)
        left.number /= 10, left.scale--;
    while (right.kind == VALUE_DECIMAL && right.scale > 0 && right.number % 10 == 0)
        right.number /= 10, right.scale--;
    bool numbers = value_is_number(left) && value_is_number(right);
    if (left.kind == VALUE_RATIO || right.kind == VALUE_RATIO)
        return left.kind == right.kind && left.number == right.number && left.base == right.base;
    if (numbers)
        return left.number == right.number && left.scale == right.scale;
    if (left.kind != right.kind)
        return false;
    if (left.kind == VALUE_DATE)
        return date_compare(left.date, right.date) == 0;
    if (left.kind == VALUE_GAP)
        return left.number == right.number;
    return left.kind == VALUE_NONE || left.kind == VALUE_HIDDEN || strcmp(left.text, right.text) == 0;
}

struct value value_add(struct value left, struct value right) {
    struct value absent;
    if (value_absent(left, right, &absent))
        return absent;
    if (right.kind == VALUE_NONE)
        return left;
    if (left.kind == VALUE_NONE)
        return right;
    for (; left.scale < right.scale; left.scale++)
        left.number *= 10;
    for (; right.scale < left.scale; right.scale++)
        right.number *= 10;
    return left.scale ? value_decimal(left.number + right.number, left.scale)
                      : value_integer(left.number + right.number);
}

/* ---- Rounding --------------------------------------------------------------------------------------------------- */

static const char *const rounding_names[] = {
    [ROUND_HALF_UP] = "half_up", [ROUND_TRUNCATE] = "truncate", [ROUND_HALF_EVEN] = "half_even"};

bool rounding_parse(const char *text, enum rounding *rounding) {
    for (int i = 0; i <= ROUND_HALF_EVEN; i++)
        if (strcmp(text, rounding_names[i]) == 0) {
            *rounding = (enum rounding)i;
            return true;
        }
    return false;
}

const char *rounding_name(enum rounding rounding) {
    return rounding_names[rounding];
}

__extension__ typedef __int128 wide;

/* The quotient of two whole numbers, denominator positive, rounded as declared; halves away from zero with half_up. */
static wide divide(wide numerator, wide denominator, enum rounding rounding) {
    bool negative = numerator < 0;
    wide size = negative ? -numerator : numerator;
    wide quotient = size / denominator, rest = size % denominator;
    if (rounding != ROUND_TRUNCATE) {
        wide twice = rest * 2;
        bool up = twice > denominator || (twice == denominator && (rounding == ROUND_HALF_UP || quotient % 2 != 0));
        quotient += up;
    }
    return negative ? -quotient : quotient;
}

int64_t power_of_ten(int exponent) {
    int64_t power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

bool ratio_percent(int64_t numerator, int64_t denominator, int decimals, enum rounding rounding, int64_t *scaled) {
    if (denominator == 0 || decimals < 0 || decimals > 6)
        return false;
    wide top = (wide)numerator * power_of_ten(decimals + 2), bottom = denominator;
    if (bottom < 0)
        top = -top, bottom = -bottom;
    wide percent = divide(top, bottom, rounding);
    if (percent > INT64_MAX || percent < INT64_MIN)
        return false;
    *scaled = (int64_t)percent;
    return true;
}

/* ---- Formats ---------------------------------------------------------------------------------------------------- */

static bool number_pattern(const char *text, size_t length, struct format *format) {
    size_t at = 0;
    if (at < length && text[at] == '+')
        format->signed_ = true, at++;
    if (length - at >= 5 && memcmp(text + at, "#,##0", 5) == 0)
        format->grouped = true, at += 4;
    while (at < length && text[at] == '0')
        format->digits++, at++;
    if (!format->digits)
        return false;
    if (at < length && text[at] == '.')
        for (at++; at < length && text[at] == '0'; at++)
            format->decimals++;
    format->kind = FORMAT_NUMBER;
    if (at < length && text[at] == '%')
        format->kind = FORMAT_PERCENT, at++;
    return at == length && format->decimals <= 6 && format->digits <= 9;
}

bool format_parse(struct arena *arena, const char *text, enum rounding rounding, struct format *format) {
    static const char *const dates[] = {"dd/mm/yyyy", "dd/m/yyyy", "d/m/yyyy", "mm/yyyy", "yyyy", "long"};
    *format = (struct format){.rounding = rounding};
    size_t length = strcspn(text, " ");
    const char *rest = text + length + strspn(text + length, " ");
    if (*rest && !rounding_parse(rest, &format->rounding))
        return false;
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++)
        if (strlen(dates[i]) == length && memcmp(dates[i], text, length) == 0) {
            format->kind = FORMAT_DATE;
            format->pattern = arena_copy(arena, text, length);
            return true;
        }
    return number_pattern(text, length, format);
}

bool format_groups(const struct format *format) {
    return format->grouped || format->decimals || format->digits > 1 || format->kind == FORMAT_PERCENT;
}

static void print_digits(struct buffer *out, int64_t scaled, int decimals, const struct format *format) {
    char digits[32];
    uint64_t size = scaled < 0 ? 0 - (uint64_t)scaled : (uint64_t)scaled;
    int least = (size ? format->digits : 1) + decimals; /* 03 but 0: nothing is not written with two digits */
    if (least > 24)
        least = 24;
    int length = snprintf(digits, sizeof digits, "%0*llu", least, (unsigned long long)size);
    int whole = length - decimals;
    if (scaled < 0)
        buffer_text(out, "\xe2\x88\x92");
    else if (format->signed_ && scaled > 0)
        buffer_char(out, '+');
    for (int i = 0; i < whole; i++) {
        if (format_groups(format) && i && (whole - i) % 3 == 0)
            buffer_char(out, '.');
        buffer_char(out, digits[i]);
    }
    if (decimals) {
        buffer_char(out, ',');
        buffer_add(out, digits + whole, (size_t)decimals);
    }
}

static void print_number(struct buffer *out, struct value value, const struct format *format) {
    bool percent = format->kind == FORMAT_PERCENT;
    int decimals = format->decimals;
    int64_t scaled = 0;
    if (value.kind == VALUE_RATIO) {
        if (!ratio_percent(value.number, value.base, decimals, format->rounding, &scaled)) {
            buffer_text(out, DASH);
            return;
        }
    } else {
        if (format->kind == FORMAT_AUTOMATIC && value.kind == VALUE_DECIMAL)
            decimals = value.scale;
        if (value.scale > 18 || decimals > 6) {
            buffer_text(out, DASH);
            return;
        }
        wide exact = divide((wide)value.number * power_of_ten(decimals), power_of_ten(value.scale), format->rounding);
        if (exact > INT64_MAX || exact < INT64_MIN) {
            buffer_text(out, DASH);
            return;
        }
        scaled = (int64_t)exact;
    }
    print_digits(out, scaled, decimals, format);
    if (percent)
        buffer_char(out, '%');
}

static int pattern_letters(const char *pattern, char letter) {
    int count = 0;
    for (; *pattern; pattern++)
        count += *pattern == letter;
    return count;
}

/* The offices write 05/7/2014 but 05/02/2014: a month below three gets its zero, as in "ngày 05 tháng 02". */
/* At least so many digits; lists hold a date or two in each row, and printf takes its time. */
static void print_date_part(struct buffer *out, unsigned number, int least) {
    char digits[16];
    size_t at = sizeof digits;
    for (; number || least > 0; number /= 10, least--)
        digits[--at] = (char)('0' + number % 10);
    buffer_add(out, digits + at, sizeof digits - at);
}

/* "quý I/2024", "6 tháng đầu năm 2024". */
static void print_part(struct buffer *out, struct date date) {
    static const char *const quarters[] = {"I", "II", "III", "IV"};
    if (date.month == DATE_QUARTER)
        buffer_printf(out, "quý %s/%d", quarters[date.day - 1], date.year);
    else
        buffer_printf(out, "6 tháng %s năm %d", date.day == 1 ? "đầu" : "cuối", date.year);
}

static void print_date(struct buffer *out, struct date date, const char *pattern) {
    bool long_form = strcmp(pattern, "long") == 0;
    if (date.month >= DATE_QUARTER && strcmp(pattern, "yyyy") != 0) {
        print_part(out, date);
    } else if (long_form && date.day) {
        buffer_printf(out, "ngày %02d tháng %0*d năm %d", date.day, date.month < 3 ? 2 : 1, date.month, date.year);
    } else if (!date.month || strcmp(pattern, "yyyy") == 0) {
        buffer_printf(out, "%d", date.year);
    } else if (!date.day || strcmp(pattern, "mm/yyyy") == 0) {
        buffer_printf(out, "%02d/%d", date.month, date.year);
    } else {
        int day = pattern_letters(pattern, 'd'), month = pattern_letters(pattern, 'm');
        if (month == 1 && day == 2 && date.month < 3)
            month = 2;
        print_date_part(out, (unsigned)date.day, day);
        buffer_char(out, '/');
        print_date_part(out, (unsigned)date.month, month);
        buffer_char(out, '/');
        print_date_part(out, (unsigned)date.year, 1);
    }
}

void value_print(struct buffer *out, struct value value, const struct format *format) {
    static const struct format automatic = {.digits = 1, .grouped = true};
    static const struct format percent = {.kind = FORMAT_PERCENT, .digits = 1, .decimals = 1};
    switch (value.kind) {
    case VALUE_INTEGER:
    case VALUE_DECIMAL:
        print_number(out, value,
                     format && (format->kind == FORMAT_NUMBER || format->kind == FORMAT_PERCENT) ? format : &automatic);
        break;
    case VALUE_RATIO:
        print_number(out, value,
                     format && (format->kind == FORMAT_NUMBER || format->kind == FORMAT_PERCENT) ? format : &percent);
        break;
    case VALUE_DATE:
        print_date(out, value.date, format && format->kind == FORMAT_DATE ? format->pattern : "dd/m/yyyy");
        break;
    case VALUE_TEXT: {
        struct date date;
        if (format && format->kind == FORMAT_DATE && date_parse_iso(value.text, &date))
            print_date(out, date, format->pattern);
        else
            buffer_text(out, value.text);
        break;
    }
    case VALUE_HIDDEN:
        buffer_text(out, HIDDEN);
        break;
    case VALUE_GAP:
        buffer_text(out, value.text);
        break;
    default:
        buffer_text(out, DASH);
    }
}

const char *value_string(struct arena *arena, struct value value, const struct format *format) {
    struct buffer out = {0};
    if (value.kind == VALUE_TEXT && (!format || format->kind != FORMAT_DATE))
        return arena_text(arena, value.text);
    value_print(&out, value, format);
    const char *text = arena_copy(arena, buffer_string(&out), out.length);
    buffer_free(&out);
    return text;
}

const char *value_plain(struct arena *arena, struct value value) {
    char iso[DATE_ISO_SIZE];
    switch (value.kind) {
    case VALUE_INTEGER:
        return arena_printf(arena, "%lld", (long long)value.number);
    case VALUE_DECIMAL: {
        bool negative = value.number < 0;
        long long power = power_of_ten(value.scale), size = llabs((long long)value.number);
        if (!value.scale)
            return arena_printf(arena, "%lld", (long long)value.number);
        return arena_printf(arena, "%s%lld.%0*lld", negative ? "-" : "", size / power, value.scale, size % power);
    }
    case VALUE_RATIO:
        return arena_printf(arena, "%lld/%lld", (long long)value.number, (long long)value.base);
    case VALUE_DATE:
        return arena_text(arena, date_iso(value.date, iso));
    case VALUE_TEXT:
    case VALUE_GAP:
        return value.text;
    case VALUE_HIDDEN:
        return HIDDEN;
    default:
        return "";
    }
}
