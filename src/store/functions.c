/* functions.c - what SQL can ask beyond SQLite's own functions.
 *
 *   period    period_start() period_end() period_year() as_of() in_period(d) in_previous(d) in_preceding(d)
 *             previous: the same window a year earlier; preceding: the window just before
 *             opening_day(): the last day before the period, which a ledger may not reach back to
 *   dates     first_day(d) last_day(d): of a month, a quarter, a year … (see dates.c)
 *             days_between(a, b): from the last day of a to the last day of b
 *   settings  setting(section, name, fallback): the first value in inputs/office.ini, a number when it is one
 *   rows      item_id(): the key of the row a document is made for (front matter `each`), or NULL
 *   words     label(vocabulary, code)  labels(vocabulary, list, separator)  rank(vocabulary, code)
 *             in_group(vocabulary, code, group)  has(list, item)  capital(text)  lower(text)  upper(text)
 *   units     see unit_functions.c
 *   order     COLLATE vi, COLLATE vi_name (given name first)
 *
 * and one function for each file of templates/functions/: NAME.sql is a query of one value over ?1, ?2 …
 * A date too vague for the period (a year asked for a month) is in no period and is counted. */
#include "base/text.h"
#include "store/tables.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void answer_value(sqlite3_context *context, struct value value) {
    char iso[DATE_ISO_SIZE];
    switch (value.kind) {
    case VALUE_INTEGER:
        sqlite3_result_int64(context, value.number);
        break;
    case VALUE_DECIMAL:
        sqlite3_result_double(context, value_real(value));
        break;
    case VALUE_TEXT:
        sqlite3_result_text(context, value.text, -1, SQLITE_STATIC);
        break;
    case VALUE_DATE:
        sqlite3_result_text(context, date_order_text(value.date, iso), -1, SQLITE_TRANSIENT);
        break;
    default:
        sqlite3_result_null(context);
    }
}

static struct store *store_of(sqlite3_context *context) {
    return sqlite3_user_data(context);
}

static const char *text_of(sqlite3_value *value) {
    const char *text = (const char *)sqlite3_value_text(value);
    return text ? text : "";
}

static void answer_copy(sqlite3_context *context, const char *text) {
    sqlite3_result_text(context, text, -1, SQLITE_TRANSIENT);
}

/* ---- Period ----------------------------------------------------------------------------------------------------- */

void answer_code(sqlite3_context *context, struct store *store, const struct column *column, uint32_t code) {
    const struct value value = column_value(column, code);
    if (value.kind != VALUE_DATE) {
        answer_value(context, value);
        return;
    }
    const uint32_t first = date_pack((struct date){.year = DATE_YEAR_FIRST});
    if (!store->dates)
        store->dates =
            memory_zeroed(date_pack((struct date){.year = DATE_YEAR_LAST + 1}) - first, sizeof *store->dates);
    char *text = store->dates[code - first], iso[DATE_ISO_SIZE];
    if (!*text)
        memcpy(text, date_order_text(value.date, iso), DATE_TEXT);
    sqlite3_result_text(context, text, value.date.day ? 10 : value.date.month ? 7 : 4, SQLITE_STATIC);
}

static void answer_window(sqlite3_context *context, sqlite3_value *value, struct date first, struct date last) {
    struct date date;
    const char *text = (const char *)sqlite3_value_text(value);
    if (!text || !date_parse_iso(text, &date)) {
        sqlite3_result_null(context);
        return;
    }
    struct date least = date_first(date), most = date_last(date);
    bool inside = date_compare(least, first) >= 0 && date_compare(most, last) <= 0;
    bool outside = date_compare(most, first) < 0 || date_compare(least, last) > 0;
    if (!inside && !outside)
        store_of(context)->vague++;
    sqlite3_result_int(context, inside);
}

static struct date year_before(struct date date) {
    date.year--;
    if (date.day > date_month_days(date.year, date.month) || (date.month == 2 && date.day == 28))
        date.day = (int8_t)date_month_days(date.year, date.month);
    return date;
}

/* What is after the as-of day is not known yet: the period ends there. */
void window_bounds(const struct store *store, int function, struct date *first, struct date *last) {
    *first = store->first;
    *last = store->as_of.year ? store->as_of : store->last;
    if (function == WINDOW_PREVIOUS) {
        *first = year_before(store->first);
        *last = year_before(store->last);
    } else if (function == WINDOW_PRECEDING) {
        struct period preceding = period_preceding(store->period);
        *last = date_from_number(date_number(store->first) - 1);
        *first = date_compare(preceding.first, *last) <= 0 ? preceding.first : *last;
    }
}

static void call_window(sqlite3_context *context, sqlite3_value *value, int function) {
    struct date first, last;
    window_bounds(store_of(context), function, &first, &last);
    answer_window(context, value, first, last);
}

/* Most dates are days: their text is their own first and last day. */
static void answer_day(sqlite3_context *context, sqlite3_value *value, struct date (*day)(struct date)) {
    char iso[DATE_ISO_SIZE];
    struct date date;
    const char *text = (const char *)sqlite3_value_text(value);
    if (text && sqlite3_value_bytes(value) == 10 && text[7] == '-')
        sqlite3_result_value(context, value);
    else if (text && date_parse_iso(text, &date))
        answer_copy(context, date_iso(day(date), iso));
}

static void first_day(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    answer_day(context, values[0], date_first);
}

static void last_day(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    answer_day(context, values[0], date_last);
}

static void in_period(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    call_window(context, values[0], WINDOW_PERIOD);
}

static void in_previous(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    call_window(context, values[0], WINDOW_PREVIOUS);
}

static void in_preceding(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    call_window(context, values[0], WINDOW_PRECEDING);
}

static const struct {
    const char *name;
    void (*call)(sqlite3_context *, int, sqlite3_value **);
} windows[WINDOW_FUNCTIONS] = {[WINDOW_PERIOD] = {"in_period", in_period},
                               [WINDOW_PREVIOUS] = {"in_previous", in_previous},
                               [WINDOW_PRECEDING] = {"in_preceding", in_preceding}};

int window_function(const char *name, void (**call)(sqlite3_context *, int, sqlite3_value **)) {
    for (int i = 0; i < WINDOW_FUNCTIONS; i++)
        if (sqlite3_stricmp(windows[i].name, name) == 0) {
            *call = windows[i].call;
            return i;
        }
    return -1;
}

static void period_start(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count, (void)values;
    answer_value(context, value_date(store_of(context)->first));
}

static void period_end(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count, (void)values;
    answer_value(context, value_date(store_of(context)->last));
}

static void opening_day(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count, (void)values;
    answer_value(context, value_date(date_from_number(date_number(store_of(context)->first) - 1)));
}

static void period_year(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count, (void)values;
    sqlite3_result_int(context, store_of(context)->period.year);
}

static void as_of(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count, (void)values;
    answer_value(context, value_date(store_of(context)->as_of));
}

static void days_between(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    struct date from, to;
    if (date_parse_iso(text_of(values[0]), &from) && date_parse_iso(text_of(values[1]), &to))
        sqlite3_result_int(context, date_number(date_last(to)) - date_number(date_last(from)));
}

/* ---- Settings --------------------------------------------------------------------------------------------------- */

/* Thresholds are the office's to set: "[ballots] minimum = 5". */
static void setting(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const struct settings *settings = store_of(context)->settings;
    const struct settings_section *section = settings ? settings_find(settings, text_of(values[0])) : NULL;
    const char *value = settings_get(section, text_of(values[1]), NULL);
    if (!value)
        sqlite3_result_value(context, values[2]);
    else if (*value && strlen(value) <= 18 && strspn(value, "0123456789") == strlen(value))
        sqlite3_result_int64(context, strtoll(value, NULL, 10));
    else
        answer_copy(context, value);
}

static void item_id(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count, (void)values;
    const char *item = store_of(context)->item;
    if (item)
        answer_copy(context, item);
}

/* ---- Words ------------------------------------------------------------------------------------------------------ */

static const struct vocabulary *vocabulary_of(sqlite3_context *context, sqlite3_value *value) {
    const struct schemas *schemas = store_of(context)->ledgers->schemas;
    const char *name = text_of(value);
    for (size_t i = 0; i < schemas->vocabulary_count; i++)
        if (strcmp(schemas->vocabularies[i]->name, name) == 0)
            return schemas->vocabularies[i];
    char message[128];
    snprintf(message, sizeof message, "no such vocabulary: %.80s", name);
    sqlite3_result_error(context, message, -1);
    return NULL;
}

static const struct vocabulary_entry *entry_of(sqlite3_context *context, sqlite3_value **values) {
    const struct vocabulary *vocabulary = vocabulary_of(context, values[0]);
    int entry = vocabulary ? vocabulary_code(vocabulary, text_of(values[1])) : -1;
    return entry < 0 ? NULL : &vocabulary->entries[entry];
}

static void label(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const struct vocabulary_entry *entry = entry_of(context, values);
    if (entry)
        sqlite3_result_text(context, entry->label, -1, SQLITE_STATIC);
}

static void rank(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const struct vocabulary *vocabulary = vocabulary_of(context, values[0]);
    int entry = vocabulary ? vocabulary_code(vocabulary, text_of(values[1])) : -1;
    if (entry >= 0)
        sqlite3_result_int(context, entry + 1);
}

static void in_group(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const struct vocabulary_entry *entry = entry_of(context, values);
    bool member = false;
    for (size_t i = 0; entry && i < entry->group_count; i++)
        member = member || strcmp(entry->groups[i], text_of(values[2])) == 0;
    if (sqlite3_value_type(values[1]) != SQLITE_NULL)
        sqlite3_result_int(context, member);
}

static void labels(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const struct vocabulary *vocabulary = vocabulary_of(context, values[0]);
    const char *list = (const char *)sqlite3_value_text(values[1]);
    if (!vocabulary || !list)
        return;
    struct buffer out = {0};
    while (*list) {
        char code[64];
        size_t length = strcspn(list, ";");
        snprintf(code, sizeof code, "%.*s", (int)(length < 63 ? length : 63), list);
        int entry = vocabulary_code(vocabulary, code);
        if (out.length)
            buffer_text(&out, text_of(values[2]));
        buffer_text(&out, entry < 0 ? code : vocabulary->entries[entry].label);
        list += length + (list[length] == ';');
    }
    answer_copy(context, buffer_string(&out));
    buffer_free(&out);
}

static void has(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    const char *list = text_of(values[0]), *item = text_of(values[1]);
    size_t length = strlen(item);
    bool found = false;
    while (*list && !found) {
        size_t part = strcspn(list, ";");
        found = part == length && memcmp(list, item, length) == 0;
        list += part + (list[part] == ';');
    }
    sqlite3_result_int(context, found);
}

static void change_case(sqlite3_context *context, sqlite3_value *value, char *(*change)(struct arena *, const char *)) {
    if (sqlite3_value_type(value) == SQLITE_NULL)
        return;
    struct arena *scratch = arena_new();
    const char *text = text_of(value);
    /* A blob that is cast to a text may end inside a letter, behind which there is nothing to be read. */
    const size_t length = text_valid(text, (size_t)sqlite3_value_bytes(value));
    answer_copy(context, change(scratch, arena_copy(scratch, text, length)));
    arena_free(scratch);
}

static void capital(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    change_case(context, values[0], text_capital);
}

static void upper(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    change_case(context, values[0], text_upper);
}

static void lower(sqlite3_context *context, int count, sqlite3_value **values) {
    (void)count;
    change_case(context, values[0], text_lower);
}

/* ---- Order ------------------------------------------------------------------------------------------------------ */

static int compare_vi(void *context, int left_length, const void *left, int right_length, const void *right) {
    (void)context;
    return text_compare(left, (size_t)left_length, right, (size_t)right_length);
}

static int compare_names(void *context, int left_length, const void *left, int right_length, const void *right) {
    (void)context;
    return text_compare_names(left, (size_t)left_length, right, (size_t)right_length);
}

bool functions_register(struct store *store) {
    /* The period changes between statements, never inside one, so its functions may be computed once a statement. */
    static const struct {
        const char *name;
        int count;
        void (*call)(sqlite3_context *, int, sqlite3_value **);
    } functions[] = {
        {"in_period", 1, in_period},
        {"in_period", 2, in_period},
        {"in_previous", 1, in_previous},
        {"in_previous", 2, in_previous},
        {"in_preceding", 1, in_preceding},
        {"in_preceding", 2, in_preceding},
        {"period_start", 0, period_start},
        {"period_end", 0, period_end},
        {"opening_day", 0, opening_day},
        {"period_year", 0, period_year},
        {"as_of", 0, as_of},
        {"first_day", 1, first_day},
        {"last_day", 1, last_day},
        {"days_between", 2, days_between},
        {"setting", 3, setting},
        {"item_id", 0, item_id},
        {"label", 2, label},
        {"labels", 3, labels},
        {"rank", 2, rank},
        {"in_group", 3, in_group},
        {"has", 2, has},
        {"capital", 1, capital},
        {"upper", 1, upper},
        {"lower", 1, lower},
    };
    bool good = true;
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        good = good && sqlite3_create_function_v2(store->database, functions[i].name, functions[i].count,
                                                  SQLITE_UTF8 | SQLITE_DETERMINISTIC, store, functions[i].call, NULL,
                                                  NULL, NULL) == SQLITE_OK;
    return good && unit_functions_register(store) &&
           sqlite3_create_collation(store->database, "vi", SQLITE_UTF8, NULL, compare_vi) == SQLITE_OK &&
           sqlite3_create_collation(store->database, "vi_name", SQLITE_UTF8, NULL, compare_names) == SQLITE_OK;
}
