/* date.c - calendar dates that keep their precision. */
#include "base/date.h"

#include <string.h>

enum { PIVOT = 30, EXCEL_EPOCH = 693899 };

int date_month_days(int year, int month) {
    static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static enum date_result date_make(int year, int month, int day, struct date *date) {
    if (year < 100 && year >= 0)
        year += year < PIVOT ? 2000 : 1900;
    if (year < DATE_YEAR_FIRST || year > DATE_YEAR_LAST)
        return DATE_IMPOSSIBLE;
    if (month < 0 || month > 12 || day < 0 || (day && !month) || (month && day > date_month_days(year, month)))
        return DATE_IMPOSSIBLE;
    *date = (struct date){.year = (int16_t)year, .month = (int8_t)month, .day = (int8_t)day};
    return DATE_OK;
}

/* A quarter or a half-year, by its number. */
static enum date_result date_make_part(int year, int part, int number, struct date *date) {
    const enum date_result result = date_make(year, 0, 0, date);
    if (result != DATE_OK)
        return result;
    date->month = (int8_t)part;
    date->day = (int8_t)number;
    return DATE_OK;
}

static int digit_pair(const char *text) {
    unsigned tens = (unsigned)(text[0] - '0'), ones = (unsigned)(text[1] - '0');
    return tens < 10 && ones < 10 ? (int)(tens * 10 + ones) : -1;
}

/* What a word says of the number before or after it. */
enum span { SPAN_NONE, SPAN_QUARTER, SPAN_FIRST_HALF, SPAN_SECOND_HALF, SPAN_CODE };

/* Words that may stand in a typed date; each is skipped. A quarter or half-year is told by its word. */
static bool skip_word(const char *text, size_t length, size_t *at, enum span *span) {
    static const struct {
        const char *word;
        enum span span;
    } words[] = {
        {"trước ngày", SPAN_NONE}, {"Trước ngày", SPAN_NONE}, {"đến ngày", SPAN_NONE},  {"Đến ngày", SPAN_NONE},
        {"ngày", SPAN_NONE},       {"Ngày", SPAN_NONE},       {"tháng", SPAN_NONE},     {"Tháng", SPAN_NONE},
        {"năm", SPAN_NONE},        {"Năm", SPAN_NONE},        {"quý", SPAN_QUARTER},    {"Quý", SPAN_QUARTER},
        {"quí", SPAN_QUARTER},     {"Quí", SPAN_QUARTER},     {"đầu", SPAN_FIRST_HALF}, {"cuối", SPAN_SECOND_HALF}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i].word);
        if (length - *at >= size && memcmp(text + *at, words[i].word, size) == 0) {
            *at += size;
            *span = words[i].span ? words[i].span : *span;
            return true;
        }
    }
    return false;
}

/* "2024-H1", "Q2/2024": the names that periods have in outputs/. */
static bool skip_code(const char *text, size_t length, size_t *at, enum span *span, struct date *part) {
    bool half = text[*at] == 'H',
         alone = length - *at == 2 || (length - *at > 2 && !(text[*at + 2] >= '0' && text[*at + 2] <= '9'));
    if (*span || length - *at < 2 || !alone || (!half && text[*at] != 'Q'))
        return false;
    int number = text[*at + 1] - '0';
    if (number < 1 || number > (half ? 2 : 4))
        return false;
    *span = SPAN_CODE;
    *part = (struct date){.month = half ? DATE_HALF : DATE_QUARTER, .day = (int8_t)number};
    *at += 2;
    return true;
}

static int roman_quarter(const char *text, size_t length, size_t *at) {
    static const char *const numerals[] = {"IV", "III", "II", "I"};
    static const int quarters[] = {4, 3, 2, 1};
    for (int i = 0; i < 4; i++) {
        size_t size = strlen(numerals[i]);
        if (length - *at >= size && memcmp(text + *at, numerals[i], size) == 0) {
            *at += size;
            return quarters[i];
        }
    }
    return 0;
}

/* Digits are judged together: six more than any of them stays below 16. */
uint32_t date_read_day(const char text[static 10]) {
    static const int8_t places[] = {0, 1, 3, 4, 6, 7, 8, 9};
    unsigned digits[8], beyond = 0;
    for (int i = 0; i < 8; i++) {
        digits[i] = (unsigned)text[places[i]] - '0';
        beyond |= digits[i] | (digits[i] + 6);
    }
    if (beyond > 15 || text[2] != text[5] || (text[2] != '/' && text[2] != '-' && text[2] != '.'))
        return 0;
    int day = (int)(digits[0] * 10 + digits[1]), month = (int)(digits[2] * 10 + digits[3]);
    int year = (int)(digits[4] * 1000 + digits[5] * 100 + digits[6] * 10 + digits[7]);
    if (year < DATE_YEAR_FIRST || year > DATE_YEAR_LAST || month < 1 || month > 12 || day < 1 ||
        (day > 28 && day > date_month_days(year, month)))
        return 0;
    return date_pack((struct date){.year = (int16_t)year, .month = (int8_t)month, .day = (int8_t)day});
}

enum date_result date_parse(const char *text, size_t length, struct date *date) {
    *date = date_unpack(length == 10 ? date_read_day(text) : 0);
    if (date->day)
        return DATE_OK;
    int parts[3] = {0}, digits[3] = {0}, count = 0;
    enum span span = SPAN_NONE;
    struct date part = {0};
    for (size_t at = 0; at < length;) {
        char byte = text[at];
        if (byte >= '0' && byte <= '9') {
            if (count == 3)
                return DATE_NO_DATE;
            for (; at < length && text[at] >= '0' && text[at] <= '9'; at++, digits[count]++) {
                if (digits[count] == 4)
                    return DATE_NO_DATE;
                parts[count] = parts[count] * 10 + (text[at] - '0');
            }
            count++;
        } else if (byte == '/' || byte == '-' || byte == '.' || byte == ' ' || byte == ',') {
            at++;
        } else if (span == SPAN_QUARTER && count == 0 && (byte == 'I' || byte == 'i')) {
            parts[0] = roman_quarter(text, length, &at);
            if (!parts[0])
                return DATE_NO_DATE;
            digits[count++] = 1;
        } else if (!skip_code(text, length, &at, &span, &part) && !skip_word(text, length, &at, &span)) {
            return DATE_NO_DATE;
        }
    }
    if (span == SPAN_CODE)
        return count == 1 && digits[0] == 4 ? date_make_part(parts[0], part.month, part.day, date) : DATE_NO_DATE;
    if (span == SPAN_FIRST_HALF || span == SPAN_SECOND_HALF) /* "6 tháng đầu năm 2014" */
        return count == 2 && parts[0] == 6 && digits[1] == 4
                   ? date_make_part(parts[1], DATE_HALF, span == SPAN_FIRST_HALF ? 1 : 2, date)
                   : DATE_NO_DATE;
    if (span == SPAN_QUARTER)
        return count == 2 && parts[0] >= 1 && parts[0] <= 4 ? date_make_part(parts[1], DATE_QUARTER, parts[0], date)
                                                            : DATE_NO_DATE;
    if (count == 3 && digits[0] == 4 && digits[1] <= 2 && digits[2] <= 2)
        return parts[1] && parts[2] ? date_make(parts[0], parts[1], parts[2], date) : DATE_IMPOSSIBLE;
    if (count == 3 && digits[0] <= 2 && digits[1] <= 2 && (digits[2] == 4 || digits[2] == 2))
        return parts[0] && parts[1] ? date_make(parts[2], parts[1], parts[0], date) : DATE_IMPOSSIBLE;
    if (count == 2 && digits[0] <= 2 && digits[1] == 4)
        return parts[0] ? date_make(parts[1], parts[0], 0, date) : DATE_IMPOSSIBLE;
    if (count == 2 && digits[0] == 4 && digits[1] <= 2)
        return parts[1] ? date_make(parts[0], parts[1], 0, date) : DATE_IMPOSSIBLE;
    if (count == 1 && digits[0] == 4)
        return date_make(parts[0], 0, 0, date);
    return DATE_NO_DATE;
}

/* "-Q1", "-H2", "-01,03", "-07,12": what stands behind a year that is not known better. */
static bool read_part(const char *text, int year, struct date *date) {
    static const struct {
        const char *code, *months;
        int part, number;
    } known[] = {{"-Q1", "-01,03", DATE_QUARTER, 1}, {"-Q2", "-04,06", DATE_QUARTER, 2},
                 {"-Q3", "-07,09", DATE_QUARTER, 3}, {"-Q4", "-10,12", DATE_QUARTER, 4},
                 {"-H1", "-01,06", DATE_HALF, 1},    {"-H2", "-07,12", DATE_HALF, 2}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(text, known[i].code) == 0 || strcmp(text, known[i].months) == 0)
            return date_make_part(year, known[i].part, known[i].number, date) == DATE_OK;
    return false;
}

bool date_parse_iso(const char *text, struct date *date) {
    *date = (struct date){0};
    size_t length = strnlen(text, 11);
    if ((length == 7 && text[5] > '9') || (length == 10 && text[7] == ','))
        return digit_pair(text) >= 0 && digit_pair(text + 2) >= 0 &&
               read_part(text + 4, digit_pair(text) * 100 + digit_pair(text + 2), date);
    if (length != 4 && length != 7 && length != 10)
        return false;
    int high = digit_pair(text), low = digit_pair(text + 2), month = 0, day = 0;
    if (length >= 7)
        month = text[4] == '-' ? digit_pair(text + 5) : -1;
    if (length == 10)
        day = text[7] == '-' ? digit_pair(text + 8) : -1;
    if (high < 0 || low < 0 || month < 0 || day < 0 || (length >= 7 && !month) || (length == 10 && !day))
        return false;
    return date_make(high * 100 + low, month, day, date) == DATE_OK;
}

uint32_t date_pack(struct date date) {
    return (uint32_t)date.year << 9 | (uint32_t)date.month << 5 | (uint32_t)date.day;
}

struct date date_unpack(uint32_t packed) {
    return (struct date){
        .year = (int16_t)(packed >> 9), .month = (int8_t)(packed >> 5 & 15), .day = (int8_t)(packed & 31)};
}

bool date_parse_serial(const char *text, struct date *date) {
    int32_t serial = 0;
    for (int i = 0; i < 5; i++) {
        if (text[i] < '0' || text[i] > '9')
            return false;
        serial = serial * 10 + (text[i] - '0');
    }
    if (text[5] || serial < 10000 || serial > 73050)
        return false;
    *date = date_from_number(serial + EXCEL_EPOCH);
    return true;
}

static char *put_pair(char *at, int number) {
    *at++ = (char)('0' + number / 10 % 10);
    *at++ = (char)('0' + number % 10);
    return at;
}

/* By hand: a tally hands SQLite thousands of dates, and printf would take a fifth of a report's time. */
const char *date_iso(struct date date, char buffer[DATE_ISO_SIZE]) {
    char *at = put_pair(put_pair(buffer, date.year / 100), date.year);
    if (date.month >= DATE_QUARTER) {
        *at++ = '-';
        *at++ = date.month == DATE_QUARTER ? 'Q' : 'H';
        *at++ = (char)('0' + date.day);
        *at = '\0';
        return buffer;
    }
    if (date.month) {
        *at++ = '-';
        at = put_pair(at, date.month);
    }
    if (date.month && date.day) {
        *at++ = '-';
        at = put_pair(at, date.day);
    }
    *at = '\0';
    return buffer;
}

const char *date_order_text(struct date date, char buffer[DATE_ISO_SIZE]) {
    if (date.month < DATE_QUARTER)
        return date_iso(date, buffer);
    char *at = put_pair(put_pair(buffer, date.year / 100), date.year);
    *at++ = '-';
    at = put_pair(at, date_first(date).month);
    *at++ = ',';
    *put_pair(at, date_last(date).month) = '\0';
    return buffer;
}

/* Months of a quarter or a half-year. */
static int8_t part_months(struct date date) {
    return date.month == DATE_QUARTER ? 3 : 6;
}

struct date date_first(struct date date) {
    if (date.month >= DATE_QUARTER)
        date = (struct date){.year = date.year, .month = (int8_t)((date.day - 1) * part_months(date) + 1)};
    if (!date.month)
        date.month = 1;
    if (!date.day)
        date.day = 1;
    return date;
}

struct date date_last(struct date date) {
    if (date.month >= DATE_QUARTER)
        date = (struct date){.year = date.year, .month = (int8_t)(date.day * part_months(date))};
    if (!date.month)
        date.month = 12;
    if (!date.day)
        date.day = (int8_t)date_month_days(date.year, date.month);
    return date;
}

int date_compare(struct date left, struct date right) {
    uint32_t l = date_pack(left), r = date_pack(right);
    return l < r ? -1 : l > r;
}

/* Days from civil, with March as the first month so that the leap day is the last of its year. */
int32_t date_number(struct date date) {
    int32_t year = date.month <= 2 ? date.year - 1 : date.year;
    int32_t month = (date.month + 9) % 12;
    return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + date.day - 1;
}

struct date date_from_number(int32_t number) {
    int32_t year = (int32_t)(((int64_t)number * 10000 + 14780) / 3652425);
    int32_t day = number - (365 * year + year / 4 - year / 100 + year / 400);
    if (day < 0) {
        year--;
        day = number - (365 * year + year / 4 - year / 100 + year / 400);
    }
    int32_t month = (100 * day + 52) / 3060;
    return (struct date){.year = (int16_t)(year + (month + 2) / 12),
                         .month = (int8_t)((month + 2) % 12 + 1),
                         .day = (int8_t)(day - (month * 306 + 5) / 10 + 1)};
}

int32_t date_serial(struct date date) {
    return date_number(date) - EXCEL_EPOCH;
}
