/* xlsx_value.c - typed values as cells: real numbers, real dates, ratios as live formulas. */
#include "render/xlsx_value.h"

#include <stdio.h>
#include <string.h>

static const char DASH[] = "\xe2\x80\x93";
/* Excel keeps fifteen digits, and whole numbers are exact in doubles up to 2^53. */
static const int64_t NUMBER_MOST = 999999999999999;
static const int64_t PRODUCT_MOST = INT64_C(1) << 53;
/* Excel takes 29/02/1900 for a day; serials are true from 01/3/1900. */
enum { SERIAL_LEAST = 61 };

/* One less for negative numbers, so that the least of them has a size too. */
static int64_t size_of(int64_t number) {
    return number < 0 ? -(number + 1) : number;
}

struct format xlsx_format_of(struct value value, const struct format *format) {
    if (format && (format->kind == FORMAT_NUMBER || format->kind == FORMAT_PERCENT))
        return *format;
    if (value.kind == VALUE_RATIO)
        return (struct format){.kind = FORMAT_PERCENT, .digits = 1, .decimals = 1};
    int decimals = value.kind == VALUE_DECIMAL ? value.scale : 0;
    return (struct format){.kind = FORMAT_NUMBER, .digits = 1, .decimals = decimals, .grouped = true};
}

/* ---- Numbers ---------------------------------------------------------------------------------------------------- */

static bool ratio_number(struct value value, struct format format, double *number, int *decimals) {
    int64_t scaled;
    if (!ratio_percent(value.number, value.base, format.decimals, format.rounding, &scaled) ||
        size_of(scaled) > NUMBER_MOST)
        return false;
    *decimals = format.decimals + (format.kind == FORMAT_PERCENT ? 2 : 0);
    *number = (double)scaled / (double)power_of_ten(*decimals);
    return true;
}

/* Number formats round halves away from zero; other roundings are done here. */
static bool decimal_number(struct value value, struct format format, double *number, int *decimals) {
    int scale = value.kind == VALUE_DECIMAL ? value.scale : 0;
    int64_t scaled = value.number;
    if (scale < 0 || scale > 15 || size_of(value.number) > NUMBER_MOST)
        return false;
    if (scale > format.decimals && format.rounding != ROUND_HALF_UP) {
        if (!ratio_percent(value.number, power_of_ten(scale + 2), format.decimals, format.rounding, &scaled))
            return false;
        scale = format.decimals;
    }
    *decimals = scale;
    *number = (double)scaled / (double)power_of_ten(scale);
    return true;
}

bool xlsx_number(struct value value, const struct format *format, double *number, int *decimals) {
    struct format effective = xlsx_format_of(value, format);
    if (!value_is_number(value) || value.number < -NUMBER_MOST || value.base < -NUMBER_MOST)
        return false;
    if (value.kind == VALUE_RATIO)
        return ratio_number(value, effective, number, decimals);
    return decimal_number(value, effective, number, decimals);
}

/* A number format in the making: one for each cell, so without the heap. What is too long is cut. */
struct code {
    char *text;
    size_t length;
};

static void add_char(struct code *out, char byte) {
    if (out->length + 1 < XLSX_NUMBER_SIZE)
        out->text[out->length++] = byte;
}

static void add_text(struct code *out, const char *text) {
    while (*text)
        add_char(out, *text++);
}

/* "#,##0.00": at least four places when grouped, so that the comma shows where thousands are. */
static void add_places(struct code *out, const struct format *format) {
    int places = format->grouped && format->digits < 4 ? 4 : format->digits;
    for (int place = places; place > 0; place--) {
        add_char(out, place > format->digits ? '#' : '0');
        if (format->grouped && place > 1 && place % 3 == 1)
            add_char(out, ',');
    }
    if (format->decimals)
        add_char(out, '.');
    for (int i = 0; i < format->decimals; i++)
        add_char(out, '0');
}

/* Only a ratio is a fraction that % multiplies; other values are in percent already. Excel takes its separators from
 * the machine; the code of Vietnamese makes other programs write 6.386 and 21,1 as the page does. */
static void add_section(struct code *out, const char *sign, const struct format *format, bool fraction) {
    add_text(out, "[$-42A]");
    add_text(out, sign);
    add_places(out, format);
    if (format->kind == FORMAT_PERCENT)
        add_text(out, fraction ? "%" : "\"%\"");
}

static const char *date_code(struct value value, const struct format *format) {
    if (value.kind == VALUE_DATE && format && format->kind == FORMAT_DATE) {
        if (strcmp(format->pattern, "yyyy") == 0)
            return "yyyy";
        if (strcmp(format->pattern, "mm/yyyy") == 0)
            return "mm/yyyy";
    }
    return "dd/mm/yyyy";
}

/* Whether the printed number has four places or more. */
static bool has_thousands(struct value value) {
    const double real = value_real(value) * (value.kind == VALUE_RATIO ? 100 : 1);
    return real >= 1000 || real <= -1000;
}

void xlsx_number_format(char out[XLSX_NUMBER_SIZE], struct value value, const struct format *format) {
    struct code code = {.text = out};
    if (value.kind == VALUE_DATE) {
        add_text(&code, date_code(value, format));
    } else if (value_is_number(value)) {
        struct format effective = xlsx_format_of(value, format);
        bool fraction = value.kind == VALUE_RATIO;
        effective.grouped = effective.grouped || (format_groups(&effective) && has_thousands(value));
        struct format nothing = effective; /* 03 but 0, as on the page */
        if (nothing.digits > 1 && !nothing.decimals)
            nothing.digits = 1;
        add_section(&code, effective.signed_ ? "+" : "", &effective, fraction);
        if (effective.signed_ || nothing.digits != effective.digits) {
            add_char(&code, ';');
            add_section(&code, "-", &effective, fraction);
            add_char(&code, ';');
            add_section(&code, "", &nothing, fraction);
        }
    }
    out[code.length] = '\0';
}

/* ---- Ratios ----------------------------------------------------------------------------------------------------- */

static bool parts_exact(struct value ratio, int places) {
    return size_of(ratio.base) <= NUMBER_MOST && size_of(ratio.number) <= PRODUCT_MOST / power_of_ten(places) / 2;
}

static const char *divided(struct arena *arena, const char *expression, int places) {
    return places ? arena_printf(arena, "%s/%lld", expression, (long long)power_of_ten(places)) : expression;
}

/* Whole numbers first, one division at the end: TRUNC() and MOD() then see no error of a division. */
static const char *rounded(struct arena *arena, const struct format *format, const char *numerator,
                           const char *denominator) {
    bool percent = format->kind == FORMAT_PERCENT;
    int places = percent ? format->decimals + 2 : format->decimals;
    long long scale = power_of_ten(format->decimals + 2);
    switch (format->rounding) {
    case ROUND_TRUNCATE:
        return divided(arena, arena_printf(arena, "TRUNC(%s*%lld/%s)", numerator, scale, denominator), places);
    case ROUND_HALF_EVEN: {
        const char *top = arena_printf(arena, "ABS(%s)*%lld", numerator, scale);
        const char *whole = arena_printf(arena, "QUOTIENT(%s,%s)", top, denominator);
        return divided(arena,
                       arena_printf(arena, "SIGN(%s)*(%s+IF(2*MOD(%s,%s)+MOD(%s,2)>%s,1,0))", numerator, whole, top,
                                    denominator, whole, denominator),
                       places);
    }
    default:
        return arena_printf(arena, percent ? "ROUND(%s/%s,%d)" : "ROUND(%s*100/%s,%d)", numerator, denominator, places);
    }
}

const char *xlsx_ratio_formula(struct arena *arena, struct value ratio, const struct format *format,
                               const char *numerator, const char *denominator) {
    struct format effective = xlsx_format_of(ratio, format);
    if (!parts_exact(ratio, effective.decimals + 2) || (effective.rounding == ROUND_HALF_EVEN && ratio.base < 0))
        return NULL;
    bool literal = !denominator;
    if (!numerator)
        numerator = arena_printf(arena, "%lld", (long long)ratio.number);
    if (!denominator)
        denominator = arena_printf(arena, "%lld", (long long)ratio.base);
    if (literal)
        return ratio.base ? arena_printf(arena, "=%s", rounded(arena, &effective, numerator, denominator)) : NULL;
    return arena_printf(arena, "=IF(%s=0,\"%s\",%s)", denominator, DASH,
                        rounded(arena, &effective, numerator, denominator));
}

static bool put_ratio(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, const struct xlsx_look *look,
                      struct value value, const struct format *format, const char *numerator, const char *denominator) {
    double number = 0;
    int decimals = 0;
    bool known = xlsx_number(value, format, &number, &decimals);
    const char *formula = xlsx_ratio_formula(sheet->book->scratch, value, format, numerator, denominator);
    if (formula && (known || value.base == 0))
        xlsx_put_formula(sheet, row, column, look, formula, number, value.base == 0 ? DASH : NULL);
    else if (known)
        xlsx_put_number(sheet, row, column, look, number);
    else
        return false;
    return true;
}

/* ---- Cells ------------------------------------------------------------------------------------------------------ */

/* A text in a date column may be an ISO date; value_print() prints it as a date. */
static struct value date_of_text(struct value value, const struct format *format) {
    struct date date;
    if (value.kind == VALUE_TEXT && format && format->kind == FORMAT_DATE && date_parse_iso(value.text, &date))
        return value_date(date);
    return value;
}

static bool date_is_serial(struct date date) {
    return date.year && date_is_day(date) && date_serial(date) >= SERIAL_LEAST;
}

void xlsx_put_value(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, const struct xlsx_look *look,
                    struct value value, const struct format *format, const char *text, const char *numerator,
                    const char *denominator) {
    struct xlsx_look own = *look;
    double number = 0;
    int decimals = 0;
    if (!text)
        text = value_string(sheet->book->scratch, value, format);
    value = date_of_text(value, format);
    xlsx_number_format(own.number, value, format);
    if (value.kind == VALUE_RATIO) {
        if (put_ratio(sheet, row, column, &own, value, format, numerator, denominator))
            return;
    } else if (xlsx_number(value, format, &number, &decimals)) {
        xlsx_put_number(sheet, row, column, &own, number);
        return;
    } else if (value.kind == VALUE_DATE && date_is_serial(value.date)) {
        xlsx_put_number(sheet, row, column, &own, date_serial(value.date));
        return;
    }
    own.number[0] = '\0';
    xlsx_put_text(sheet, row, column, &own, text);
}
