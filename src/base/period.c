/* period.c - the periods that reports are made for. */
#include "base/period.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name, *last, *phrase;
    char letter;
    int months;
} kinds[] = {
    [PERIOD_YEAR] = {"year", "last-year", "năm", 0, 12},
    [PERIOD_HALF] = {"half-year", "last-half", "nửa năm", 'H', 6},
    [PERIOD_QUARTER] = {"quarter", "last-quarter", "quý", 'Q', 3},
    [PERIOD_MONTH] = {"month", "last-month", "tháng", 0, 1},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static struct period period_make(enum period_kind kind, int year, int index) {
    int months = kinds[kind].months, last = (index ? index : 1) * months;
    struct period period = {.kind = kind, .year = year, .index = index};
    period.first = (struct date){(int16_t)year, (int8_t)(last - months + 1), 1};
    period.last = (struct date){(int16_t)year, (int8_t)last, (int8_t)date_month_days(year, last)};
    return period;
}

bool period_parse(const char *text, struct period *period) {
    int year = 0, index = 0, used = 0;
    char letter = 0;
    size_t length = strlen(text);
    if (length < 4 || strspn(text, "0123456789") != 4 || sscanf(text, "%4d", &year) != 1 || year < 1900 || year > 2199)
        return false;
    enum period_kind kind = PERIOD_YEAR;
    if (length == 7 && sscanf(text + 4, "-%c%1d%n", &letter, &index, &used) == 2 && used == 3 &&
        (letter == 'H' || letter == 'Q'))
        kind = letter == 'H' ? PERIOD_HALF : PERIOD_QUARTER;
    else if (length == 7 && text[4] == '-' && strspn(text + 5, "0123456789") == 2 &&
             sscanf(text + 5, "%2d", &index) == 1)
        kind = PERIOD_MONTH;
    else if (length != 4)
        return false;
    if (kind != PERIOD_YEAR && (index < 1 || index > 12 / kinds[kind].months))
        return false;
    *period = period_make(kind, year, index);
    return true;
}

struct period period_of(enum period_kind kind, struct date date) {
    return period_make(kind, date.year, kind == PERIOD_YEAR ? 0 : (date.month - 1) / kinds[kind].months + 1);
}

struct period period_preceding(struct period period) {
    if (period.kind == PERIOD_YEAR)
        return period_make(PERIOD_YEAR, period.year - 1, 0);
    if (period.index > 1)
        return period_make(period.kind, period.year, period.index - 1);
    return period_make(period.kind, period.year - 1, 12 / kinds[period.kind].months);
}

struct period period_following(struct period period) {
    if (period.kind == PERIOD_YEAR)
        return period_make(PERIOD_YEAR, period.year + 1, 0);
    if (period.index < 12 / kinds[period.kind].months)
        return period_make(period.kind, period.year, period.index + 1);
    return period_make(period.kind, period.year + 1, 1);
}

bool period_guess(const char *text, struct period *period) {
    int year = 0, index = 0;
    char letter = 0, name[16];
    while (*text) {
        const size_t digits = strspn(text, "0123456789");
        if (digits == 4)
            year = (int)strtol(text, NULL, 10);
        else if (digits == 1 || digits == 2)
            index = (int)strtol(text, NULL, 10);
        else if (!digits && strchr("HhQq", *text))
            letter = strchr("Hh", *text) ? 'H' : 'Q';
        else if (digits || !strchr("-/. ", *text))
            return false;
        text += digits ? digits : 1;
    }
    if (letter)
        snprintf(name, sizeof name, "%d-%c%d", year, letter, index);
    else
        snprintf(name, sizeof name, "%d-%02d", year, index);
    return period_parse(name, period);
}

bool period_before(const char *text, struct date as_of, struct period *period) {
    for (int kind = 0; kind < KINDS; kind++)
        if (strcmp(text, kinds[kind].last) == 0) {
            *period = period_preceding(period_of((enum period_kind)kind, as_of));
            return true;
        }
    return false;
}

struct period period_year_earlier(struct period period) {
    return period_make(period.kind, period.year - 1, period.index);
}

const char *period_name(struct arena *arena, struct period period) {
    if (period.kind == PERIOD_YEAR)
        return arena_printf(arena, "%d", period.year);
    if (period.kind == PERIOD_MONTH)
        return arena_printf(arena, "%d-%02d", period.year, period.index);
    return arena_printf(arena, "%d-%c%d", period.year, kinds[period.kind].letter, period.index);
}

const char *period_phrase(struct arena *arena, struct period period) {
    static const char *const roman[] = {"", "I", "II", "III", "IV"};
    switch (period.kind) {
    case PERIOD_HALF:
        return arena_printf(arena, "6 tháng %s năm %d", period.index == 1 ? "đầu" : "cuối", period.year);
    case PERIOD_QUARTER:
        return arena_printf(arena, "quý %s năm %d", roman[period.index], period.year);
    case PERIOD_MONTH:
        return arena_printf(arena, "tháng %d năm %d", period.index, period.year);
    default:
        return arena_printf(arena, "năm %d", period.year);
    }
}

const char *period_kind_name(enum period_kind kind) {
    return kinds[kind].name;
}

const char *period_kind_phrase(enum period_kind kind) {
    return kinds[kind].phrase;
}

bool period_kind_parse(const char *text, enum period_kind *kind) {
    for (int i = 0; i < KINDS; i++)
        if (strcmp(text, kinds[i].name) == 0) {
            *kind = (enum period_kind)i;
            return true;
        }
    return false;
}
