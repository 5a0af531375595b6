/* period.h - the periods that reports are made for, and their names in Vietnamese. */
#ifndef TONGKET_PERIOD_H
#define TONGKET_PERIOD_H

#include "base/arena.h"
#include "base/date.h"

#include <stdbool.h>

enum period_kind { PERIOD_YEAR, PERIOD_HALF, PERIOD_QUARTER, PERIOD_MONTH };

struct period {
    enum period_kind kind;
    int year, index; /* index: half 1-2, quarter 1-4, month 1-12; 0 for a year */
    struct date first, last;
};

/* 2017, 2024-H1, 2024-Q2, 2024-05. */
bool period_parse(const char *text, struct period *period);
/* The period that was meant by 11/2014, 2014/11, Q4-2014, H2.2017; false when it cannot be told. */
bool period_guess(const char *text, struct period *period);
/* last-month, last-quarter, last-half, last-year: the whole period that ended before the as-of date. */
bool period_before(const char *text, struct date as_of, struct period *period);
/* The period of that kind that the day lies in. */
struct period period_of(enum period_kind kind, struct date date);
/* The same window one year earlier; the window just before; the one just after. */
struct period period_year_earlier(struct period period);
struct period period_preceding(struct period period);
struct period period_following(struct period period);

/* The name of the output folder: 2017, 2024-H1, 2024-Q2, 2024-05. */
const char *period_name(struct arena *arena, struct period period);
/* "năm 2017", "6 tháng đầu năm 2024", "quý II năm 2024", "tháng 5 năm 2024". */
const char *period_phrase(struct arena *arena, struct period period);
/* year, half-year, quarter, month: the words of a report's front matter. */
const char *period_kind_name(enum period_kind kind);
/* "năm", "nửa năm", "quý", "tháng". */
const char *period_kind_phrase(enum period_kind kind);
bool period_kind_parse(const char *text, enum period_kind *kind);

#endif
