/* date.h - calendar dates that keep their precision: a day, a month, a quarter, a half-year or a year.
 *
 * Gregorian, years 1800..2200. A date packs into 32 bits so that a column of dates needs no dictionary. */
#ifndef TONGKET_DATE_H
#define TONGKET_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct date {
    int16_t year; /* 0: no date */
    int8_t month; /* 0: only the year is known; DATE_QUARTER, DATE_HALF: only the one that `day` tells */
    int8_t day;   /* 0: only year and month are known */
};

/* In place of a month; dates packed so come behind the days of their year. */
enum { DATE_QUARTER = 13, DATE_HALF = 14 };

enum { DATE_YEAR_FIRST = 1800, DATE_YEAR_LAST = 2200 };

enum date_result { DATE_OK, DATE_NO_DATE, DATE_IMPOSSIBLE };

/* What Vietnamese offices type: 3/2/2014, 03-02-14, 3.2.2014, 2014-02-03, 11/2014, 2014, "ngày 3 tháng 2 năm 2014",
 * "tháng 6/2024", "quý II/2024", "6 tháng đầu năm 2024", "2024-H1", "trước ngày …". Day before month always. Two-digit
 * years below 30 are of this century. DATE_IMPOSSIBLE: the shape of a date but no such day, as 31/02/2014. */
enum date_result date_parse(const char *text, size_t length, struct date *date);
/* A spreadsheet's day number of five digits, 10000 (1927) to 73050 (2099), as it is left when a date lost its format.
 */
bool date_parse_serial(const char *text, struct date *date);
/* 2014, 2014-02, 2014-02-03, 2014-Q1, 2014-H1, and what date_order_text() writes. */
bool date_parse_iso(const char *text, struct date *date);

/* A day as most people write it, 03/02/2014, packed; 0: it is none, or takes more reading. */
uint32_t date_read_day(const char text[static 10]);

uint32_t date_pack(struct date date);
struct date date_unpack(uint32_t packed);
/* A date of which the day is known. */
static inline bool date_is_day(struct date date) {
    return date.day && date.month < DATE_QUARTER;
}
/* A packed date of which it is not. */
static inline bool date_is_vague(uint32_t packed) {
    return packed && (!(packed & 31) || (packed >> 5 & 15) >= DATE_QUARTER);
}
enum { DATE_ISO_SIZE = 24 };
/* "2014-02-03", "2014-02", "2014-Q1", "2014-H1" or "2014". Answers the buffer. */
const char *date_iso(struct date date, char buffer[DATE_ISO_SIZE]);

/* The same, but a quarter as "2014-01,03" and a half-year as "2014-01,06": bytes are then in the order of first days.
 */
const char *date_order_text(struct date date, char buffer[DATE_ISO_SIZE]);

/* The first and the last day that the date can mean. */
struct date date_first(struct date date);
struct date date_last(struct date date);
int date_compare(struct date left, struct date right);
/* Days since 0000-03-01 of a full date, and back. */
int32_t date_number(struct date date);
struct date date_from_number(int32_t number);
int date_month_days(int year, int month);
/* Excel's serial of the 1900 system (45839 is 01/7/2025). */
int32_t date_serial(struct date date);

#endif
