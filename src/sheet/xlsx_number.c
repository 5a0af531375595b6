/* xlsx_number.c - the numbers of workbooks as text: shortest digits, and days as ISO dates.
 *
 * Day 1 of the 1900 system is 1900-01-01, and day 60 is 1900-02-29, which never was: programs keep it so since Lotus.
 * It is handed on as written, for whoever reads it to refuse. The 1904 system counts from 1904-01-01 as day 0. */
#include "sheet/xlsx_number.h"

#include "base/date.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SECONDS = 86400, LEAP_BUG = 60, LAST_YEAR = 9999, SAFE_DIGITS = 15 };

/* ---- Digits ----------------------------------------------------------------------------------------------------- */

/* Most numbers under a date format are a few digits, which need no strtod(). */
static bool read_digits(const char *text, size_t length, double *number) {
    long whole = 0;
    if (length == 0 || length > SAFE_DIGITS)
        return false;
    for (size_t i = 0; i < length; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        whole = whole * 10 + (text[i] - '0');
    }
    *number = (double)whole;
    return true;
}

bool number_read(const char *text, size_t length, double *number) {
    static const char beginnings[] = "+-.0123456789", inside[] = "+-.eE0123456789";
    char copy[64], *end;
    if (read_digits(text, length, number))
        return true;
    while (length && strchr(" \t\r\n", *text)) {
        text++;
        length--;
    }
    while (length && strchr(" \t\r\n", text[length - 1]))
        length--;
    if (length == 0 || length >= sizeof copy || !memchr(beginnings, *text, sizeof beginnings - 1))
        return false;
    for (size_t i = 0; i < length; i++)
        if (!memchr(inside, text[i], sizeof inside - 1))
            return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    *number = strtod(copy, &end);
    return !*end && isfinite(*number);
}

/* Digits without a point, and where it belongs, laid out as ECMAScript does: plain up to 21 places. */
static size_t digits_lay_out(const char *digits, int count, int point, char *at) {
    const char *start = at;
    if (point > 21 || point < -5) {
        *at++ = digits[0];
        if (count > 1)
            *at++ = '.';
        memcpy(at, digits + 1, (size_t)count - 1);
        at += count - 1;
        return (size_t)(at - start) + (size_t)sprintf(at, "E%+d", point - 1);
    }
    if (point <= 0) {
        *at++ = '0';
        *at++ = '.';
        for (int i = point; i < 0; i++)
            *at++ = '0';
        memcpy(at, digits, (size_t)count);
        return (size_t)(at + count - start);
    }
    for (int i = 0; i < count || i < point; i++) {
        if (i == point)
            *at++ = '.';
        *at++ = '0';
        if (i < count)
            at[-1] = digits[i];
    }
    return (size_t)(at - start);
}

size_t number_digits(double number, char digits[NUMBER_SIZE]) {
    char trial[NUMBER_SIZE], plain[NUMBER_SIZE] = {0};
    if (number == 0) {
        digits[0] = '0';
        return 1;
    }
    for (int precision = SAFE_DIGITS - 1; precision < 17; precision++) {
        snprintf(trial, sizeof trial, "%.*e", precision, fabs(number));
        if (strtod(trial, NULL) == fabs(number))
            break;
    }
    char *exponent = strchr(trial, 'e');
    int count = 0, point = (int)strtol(exponent + 1, NULL, 10) + 1;
    for (const char *at = trial; at < exponent; at++)
        if (*at != '.')
            plain[count++] = *at;
    while (count > 1 && plain[count - 1] == '0')
        count--;
    size_t sign = number < 0;
    digits[0] = '-';
    return sign + digits_lay_out(plain, count, point, digits + sign);
}

/* 12, -3.25: at most fifteen digits, no zero that could be left out. Such a text is its own shortest form. */
static bool text_is_shortest(const char *text, size_t length) {
    size_t at = text[0] == '-', digits = 0, point = 0;
    if (length - at > SAFE_DIGITS + 1 || at == length || !isdigit((unsigned char)text[at]))
        return false;
    if (text[at] == '0' && (length != at + 1 || at))
        return false;
    for (; at < length; at++) {
        if (text[at] == '.' && !point)
            point = at;
        else if (isdigit((unsigned char)text[at]))
            digits++;
        else
            return false;
    }
    return digits <= SAFE_DIGITS && (!point || (text[length - 1] != '0' && text[length - 1] != '.'));
}

size_t number_text(const char *text, size_t length, char digits[NUMBER_SIZE]) {
    double number;
    if (length && text_is_shortest(text, length)) {
        memcpy(digits, text, length);
        return length;
    }
    return number_read(text, length, &number) ? number_digits(number, digits) : 0;
}

/* ---- Days ------------------------------------------------------------------------------------------------------- */

static char *put_time(char *at, long seconds) {
    return at + sprintf(at, "%02ld:%02ld:%02ld", seconds / 3600, seconds / 60 % 60, seconds % 60);
}

static size_t put_day(long day, bool from_1904, char *text) {
    static const struct date epoch_1900 = {1899, 12, 30}, epoch_1904 = {1904, 1, 1};
    if (day == LEAP_BUG && !from_1904) {
        static const char leap[] = "1900-02-29";
        memcpy(text, leap, sizeof leap);
        return sizeof leap - 1;
    }
    if (day < LEAP_BUG && !from_1904)
        day++;
    int32_t number = date_number(from_1904 ? epoch_1904 : epoch_1900) + (int32_t)day;
    return strlen(date_iso(date_from_number(number), text));
}

size_t number_day(double number, enum number_kind kind, bool from_1904, char text[NUMBER_SIZE],
                  enum cell_kind *cell_kind) {
    static const struct date last = {LAST_YEAR, 12, 31};
    long days_1904 = from_1904 ? 1462 : 0, first = from_1904 ? 0 : 1;
    double whole = floor(number);
    long seconds = 0;
    *cell_kind = CELL_NUMBER;
    if (!(number >= 0 && number <= (double)(date_serial(last) - days_1904 + 1)))
        return number_digits(number, text);
    if (number != whole)
        seconds = (long)floor((number - whole) * SECONDS + 0.5);
    long day = (long)whole;
    if (kind == NUMBER_ELAPSED || (kind == NUMBER_TIME && day < 1) || (day < first && number != whole)) {
        *cell_kind = CELL_TEXT;
        return (size_t)(put_time(text, day * SECONDS + seconds) - text);
    }
    if (seconds == SECONDS) {
        seconds = 0;
        day++;
    }
    if (day < first || day > date_serial(last) - days_1904)
        return number_digits(number, text);
    *cell_kind = CELL_DATE;
    size_t length = put_day(day, from_1904, text);
    if (!seconds)
        return length;
    text[length] = 'T';
    return (size_t)(put_time(text + length + 1, seconds) - text);
}

static bool shape(const char *text, size_t length, const char *pattern) {
    size_t size = strlen(pattern);
    if (length < size)
        return false;
    for (size_t i = 0; i < size; i++)
        if (pattern[i] == '9' ? !isdigit((unsigned char)text[i]) : text[i] != pattern[i])
            return false;
    return true;
}

size_t number_iso(const char *text, size_t length, char iso[NUMBER_SIZE]) {
    if (!shape(text, length, "9999-99-99"))
        return 0;
    memcpy(iso, text, 10);
    if (length == 10)
        return 10;
    if (!shape(text + 10, length - 10, "T99:99"))
        return 0;
    memcpy(iso + 10, "T00:00:00", 10);
    memcpy(iso + 10, text + 10, 6);
    if (shape(text + 16, length - 16, ":99"))
        memcpy(iso + 16, text + 16, 3);
    return strcmp(iso + 10, "T00:00:00") == 0 ? 10 : 19;
}

/* ---- Formats ---------------------------------------------------------------------------------------------------- */

/* [h], [mm], [ss]: hours that do not stop at 24. Other brackets hold colours, conditions, languages. */
static bool bracket_is_elapsed(const char *bracket, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (tolower((unsigned char)bracket[i]) != tolower((unsigned char)bracket[0]) || !strchr("hmsHMS", bracket[i]))
            return false;
    return length > 0;
}

/* Only the format of positive numbers counts: it ends at the first semicolon. A letter in quotes, behind a backslash,
 * an underscore or a star is printed as it stands. */
enum number_kind number_format_kind(const char *code) {
    bool days = false, hours = false, months = false;
    for (const char *at = code; *at && *at != ';'; at++) {
        switch (*at) {
        case '"':
        case '[': {
            const char *end = strchr(at + 1, *at == '[' ? ']' : '"');
            if (!end)
                return NUMBER_PLAIN;
            if (*at == '[' && bracket_is_elapsed(at + 1, (size_t)(end - at - 1)))
                return NUMBER_ELAPSED;
            at = end;
            break;
        }
        case '\\':
        case '_':
        case '*':
            if (at[1])
                at++;
            break;
        case 'G':
        case 'g':
            if (strncasecmp(at, "General", 7) == 0)
                return NUMBER_PLAIN;
            days = days || at[0] == 'g';
            break;
        case '0':
        case '#':
        case '?':
            if (!hours && !days && !months)
                return NUMBER_PLAIN;
            break;
        default:
            days = days || strchr("yYdDeE", *at);
            months = months || strchr("mM", *at);
            hours = hours || strchr("hHsS", *at);
        }
    }
    return days || (months && !hours) ? NUMBER_DATE : hours ? NUMBER_TIME : NUMBER_PLAIN;
}

/* 27-36 and 50-58 are dates in the languages of East Asia, and general formats elsewhere; who meets them has a date. */
enum number_kind number_format_builtin(unsigned id) {
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
        id == 57 || id == 58)
        return NUMBER_DATE;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id == 45 || id == 47 || id == 55 || id == 56)
        return NUMBER_TIME;
    return id == 46 ? NUMBER_ELAPSED : NUMBER_PLAIN;
}
