/* column.c - casting cells to codes, and codes to values. */
#include "ledger/cast.h"

#include "base/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FAULTY 0x80000000u

static bool refuse(struct cast *cast, enum diagnostic code, const char *expected, const char *nearest) {
    cast->fault = (struct fault){.code = code, .expected = expected, .nearest = nearest};
    return false;
}

static bool refuse_type(struct cast *cast, const char *hint) {
    return refuse(cast, DIAGNOSTIC_CELL_TYPE, field_expectation(cast->column->field, cast->diagnostics), hint);
}

/* ---- Constraints on the cast value ------------------------------------------------------------------------------ */

static int compare_values(struct value left, struct value right) {
    if (left.kind == VALUE_DATE)
        return date_compare(date_first(left.date), date_first(right.date));
    double l = value_real(left), r = value_real(right);
    return l < r ? -1 : l > r;
}

/* As it would be typed. */
static const char *typed_limit(struct arena *arena, struct value limit) {
    static const struct format day = {.kind = FORMAT_DATE, .pattern = "dd/mm/yyyy"};
    return limit.kind == VALUE_DATE ? value_string(arena, limit, &day) : value_plain(arena, limit);
}

static bool within_limits(struct cast *cast, struct value value) {
    const struct field *field = cast->column->field;
    bool low = field->has_minimum && compare_values(value, field->minimum) < 0;
    bool high = field->has_maximum && compare_values(value, field->maximum) > 0;
    if (!low && !high)
        return true;
    const struct diagnostics *diagnostics = cast->diagnostics;
    struct arena *arena = diagnostics->arena;
    const char *least = field->has_minimum ? typed_limit(arena, field->minimum) : "";
    const char *most = field->has_maximum ? typed_limit(arena, field->maximum) : "";
    const char *expected =
        !field->has_maximum ? arena_printf(arena, diagnose_say(diagnostics, "từ %s trở lên", "%s or more"), least)
        : !field->has_minimum ? arena_printf(arena, diagnose_say(diagnostics, "nhiều nhất %s", "%s at most"), most)
                              : arena_printf(arena, diagnose_say(diagnostics, "từ %s đến %s", "%s to %s"), least, most);
    return refuse(cast, DIAGNOSTIC_CELL_RANGE, expected, "");
}

static bool matches_pattern(struct cast *cast, const char *text) {
    const struct field *field = cast->column->field;
    if (!field->expression || regexec(field->expression, text, 0, NULL, 0) == 0)
        return true;
    return refuse(cast, DIAGNOSTIC_CELL_PATTERN, field_example(field, cast->diagnostics), "");
}

/* ---- Types ------------------------------------------------------------------------------------------------------ */

/* A number that a spreadsheet has turned into 1E+11 is an identifier lost. */
static bool is_exponent(const char *text) {
    size_t digits = strspn(text, "0123456789.,");
    return digits && (text[digits] == 'E' || text[digits] == 'e') && text[digits + 1] == '+' &&
           strspn(text + digits + 2, "0123456789") == strlen(text + digits + 2) && text[digits + 2];
}

static bool cast_text(struct cast *cast, const char *clean) {
    struct column *column = cast->column;
    if (column->field->type == FIELD_ID && is_exponent(clean))
        return refuse_type(cast, "");
    if (!matches_pattern(cast, clean))
        return false;
    cast->code = dictionary_add(&column->dictionary, clean, strlen(clean));
    return true;
}

static bool cast_date(struct cast *cast, const char *clean) {
    struct date date;
    enum date_result result = date_parse(clean, strlen(clean), &date);
    if (result == DATE_NO_DATE && date_parse_serial(clean, &date))
        result = DATE_OK;
    if (result == DATE_NO_DATE)
        return refuse_type(cast, "");
    if (result == DATE_IMPOSSIBLE) {
        int day, month, year;
        const char *nearest = "";
        if (sscanf(clean, "%2d%*1[/.-]%2d%*1[/.-]%4d", &day, &month, &year) == 3 && month >= 1 && month <= 12 &&
            year > 1800)
            nearest = arena_printf(cast->diagnostics->arena,
                                   diagnose_say(cast->diagnostics, "; tháng ấy có %d ngày", "; that month has %d days"),
                                   date_month_days(year, month));
        return refuse(cast, DIAGNOSTIC_DATE_IMPOSSIBLE, "", nearest);
    }
    if (cast->column->field->months) {
        if (!date.month || date.month >= DATE_QUARTER)
            return refuse(cast, DIAGNOSTIC_DATE_COARSE, "", "");
        date.day = 0; /* rows that mean one month meet in keys, and count once */
    }
    cast->code = date_pack(date);
    return within_limits(cast, value_date(date));
}

/* Digits of a number as typed into sign, digits and scale. Dots and blanks between groups of three are thousands; a
 * comma is the decimal sign, and so is a single dot that cannot be a thousands dot. "1.234" is one thousand for an
 * integer and ambiguous for a decimal. */
static bool parse_number(const char *text, bool integer, struct value *value) {
    char digits[24];
    size_t count = 0, group = 0;
    int scale = -1;
    bool negative = *text == '-', grouped = false;
    for (text += negative || *text == '+'; *text; text++) {
        bool blank = *text == ' ';
        if (*text >= '0' && *text <= '9') {
            if (count == 18)
                return false;
            digits[count++] = *text;
            group++;
            scale += scale >= 0;
        } else if ((*text == '.' || blank) && scale < 0 && count && strspn(text + 1, "0123456789") == 3 &&
                   (grouped ? group == 3 : group <= 3)) {
            if (!integer && !blank && !grouped && !strchr(text + 1, '.') && !strchr(text + 1, ','))
                return false;
            grouped = true;
            group = 0;
        } else if ((*text == ',' || *text == '.') && scale < 0 && count && text[1]) {
            scale = 0;
        } else {
            return false;
        }
    }
    if (!count)
        return false;
    digits[count] = '\0';
    long long number = strtoll(digits, NULL, 10);
    for (; scale > 0 && number % 10 == 0; scale--)
        number /= 10;
    if (integer && scale > 0)
        return false;
    *value = value_decimal(negative ? -number : number, scale > 0 ? scale : 0);
    return scale <= 9;
}

static bool cast_number(struct cast *cast, const char *clean) {
    struct value value;
    bool integer = cast->column->field->type == FIELD_INTEGER;
    if (!parse_number(clean, integer, &value)) {
        const char *hint = "";
        if (!integer && strspn(clean, "0123456789.") == strlen(clean))
            hint = diagnose_say(cast->diagnostics, "; dấu chấm ở đây có thể là hàng nghìn hoặc phần lẻ, hãy viết rõ",
                                "; the dot may be thousands or decimals here, write it clearly");
        return refuse_type(cast, hint);
    }
    if (!within_limits(cast, value))
        return false;
    const char *canonical = value_plain(cast->scratch, value);
    cast->code = dictionary_add(&cast->column->dictionary, canonical, strlen(canonical));
    return true;
}

static bool cast_boolean(struct cast *cast, const char *clean) {
    static const char *const yes[] = {"x", "×", "có", "co", "1", "✓", "✔", "√", "yes", "true", "đ", "v"};
    static const char *const no[] = {"0", "không", "khong", "no", "false", "-"};
    const char *folded =
        text_nfc(cast->scratch, text_folded(cast->scratch, clean), strlen(text_folded(cast->scratch, clean)));
    for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
        if (strcmp(folded, yes[i]) == 0)
            return cast->code = 2, true;
    for (size_t i = 0; i < sizeof no / sizeof *no; i++)
        if (strcmp(folded, no[i]) == 0)
            return cast->code = 1, true;
    return refuse_type(cast, "");
}

static bool refuse_word(struct cast *cast, const char *word) {
    const struct vocabulary *vocabulary = cast->column->field->vocabulary;
    struct diagnostics *diagnostics = cast->diagnostics;
    const char *nearest = diagnose_nearest(diagnostics, word, vocabulary->labels, vocabulary->count);
    if (!*nearest && vocabulary->count <= 8) {
        struct buffer all = {0};
        for (size_t i = 0; i < vocabulary->count; i++)
            buffer_printf(&all, "%s%s", i ? ", " : diagnose_say(diagnostics, "; cần một trong: ", "; one of: "),
                          vocabulary->labels[i]);
        nearest = arena_text(diagnostics->arena, buffer_string(&all));
        buffer_free(&all);
    }
    if (!*nearest)
        nearest = arena_printf(diagnostics->arena,
                               diagnose_say(diagnostics, "; xem các giá trị trong templates/vocabularies/%s.ini",
                                            "; the values are in templates/vocabularies/%s.ini"),
                               vocabulary->name);
    const char *label = arena_printf(diagnostics->arena, diagnose_say(diagnostics, "«%s»", "'%s'"), vocabulary->label);
    return refuse(cast, DIAGNOSTIC_CELL_ENUM, label, nearest);
}

static bool cast_enum(struct cast *cast, const char *clean) {
    int entry = vocabulary_match(cast->column->field->vocabulary, cast->scratch, clean);
    if (entry < 0)
        return refuse_word(cast, clean);
    cast->code = (uint32_t)entry + 1;
    return true;
}

static bool list_item(struct cast *cast, const char *item, struct buffer *joined) {
    const struct vocabulary *vocabulary = cast->column->field->vocabulary;
    int entry = vocabulary ? vocabulary_match(vocabulary, cast->scratch, item) : 0;
    if (entry >= 0)
        buffer_printf(joined, "%s%s", joined->length ? ";" : "", vocabulary ? vocabulary->entries[entry].code : item);
    return entry >= 0;
}

/* Semicolons part items. An item that the vocabulary does not know as a whole may be several, typed "PBT, CT UBND" or
 * "PBT - CT UBND"; "trưởng phòng, ban" is one, and is found first. */
static bool list_items(struct cast *cast, char *text, struct buffer *joined) {
    char **parts;
    for (char *at = text; *at; at++) {
        if (*at == ',')
            *at = ';';
        else if (strncmp(at, " - ", 3) == 0)
            at[1] = ';';
        else if (strncmp(at, "\xe2\x80\x93", 3) == 0)
            memcpy(at, ";  ", 3);
    }
    size_t count = text_split(cast->scratch, text, ';', &parts);
    for (size_t i = 0; i < count; i++)
        if (!list_item(cast, parts[i], joined))
            return refuse_word(cast, parts[i]);
    return true;
}

static bool cast_list(struct cast *cast, const char *clean) {
    struct buffer joined = {0};
    char **parts;
    bool good = true;
    size_t count = text_split(cast->scratch, clean, ';', &parts);
    for (size_t i = 0; i < count && good; i++)
        good = list_item(cast, parts[i], &joined) || list_items(cast, parts[i], &joined);
    if (good)
        cast->code = dictionary_add(&cast->column->dictionary, buffer_string(&joined), joined.length);
    buffer_free(&joined);
    return good;
}

static bool cast_clean(struct cast *cast, const char *clean) {
    switch (cast->column->field->type) {
    case FIELD_DATE:
        return cast_date(cast, clean);
    case FIELD_INTEGER:
    case FIELD_DECIMAL:
        return cast_number(cast, clean);
    case FIELD_BOOLEAN:
        return cast_boolean(cast, clean);
    case FIELD_ENUM:
        return cast_enum(cast, clean);
    case FIELD_LIST:
        return cast_list(cast, clean);
    default:
        return cast_text(cast, clean);
    }
}

/* ---- Cells ------------------------------------------------------------------------------------------------------ */

static bool cast_blank(struct cast *cast) {
    cast->code = cast->column->fallback;
    if (cast->code || !cast->column->field->required)
        return true;
    return refuse(cast, DIAGNOSTIC_CELL_MISSING, field_expectation(cast->column->field, cast->diagnostics), "");
}

/* What is clean and fits the pattern needs no copy before it is added. */
static bool text_is_ready(const struct cast *cast) {
    const struct field *field = cast->column->field;
    bool fits = !field->expression || (field->simple && pattern_matches(field->simple, cast->raw, cast->length));
    bool exponent = field->type == FIELD_ID && memchr(cast->raw, '+', cast->length);
    return fits && !exponent && text_is_clean(cast->raw, cast->length);
}

/* The typed form was seen before: true, and *good tells how it went then. */
static bool cast_known(struct cast *cast, bool *good) {
    struct column *column = cast->column;
    uint32_t known;
    *good = true;
    switch (column->field->type) {
    case FIELD_DATE:
        return false;
    case FIELD_BOOLEAN:
        cast->code = 2;
        return cast->length == 1 && (*cast->raw == 'x' || *cast->raw == 'X' || *cast->raw == '1');
    case FIELD_ENUM:
    case FIELD_LIST:
        known = map_get(&column->raw, cast->raw, cast->length);
        if (known == MAP_NONE)
            return false;
        *good = !(known & FAULTY);
        if (*good)
            cast->code = known;
        else
            cast->fault = column->faults[known & ~FAULTY];
        return true;
    case FIELD_INTEGER:
    case FIELD_DECIMAL:
        if (column->field->type == FIELD_DECIMAL && memchr(cast->raw, '.', cast->length))
            return false; /* the dictionary's dot is the decimal sign, the clerk's may be thousands */
        cast->code = dictionary_find_hashed(&column->dictionary, cast->hash, cast->raw, cast->length);
        return cast->code != 0;
    case FIELD_TEXT:
    case FIELD_ID:
        cast->code = dictionary_find_hashed(&column->dictionary, cast->hash, cast->raw, cast->length);
        if (!cast->code && text_is_ready(cast))
            cast->code = dictionary_add_new(&column->dictionary, cast->hash, cast->raw, cast->length);
        if (!cast->code && (known = map_get(&column->raw, cast->raw, cast->length)) != MAP_NONE)
            cast->code = known;
        return cast->code != 0;
    }
    return false;
}

/* `before`: texts that the dictionary had. A text that needed cleaning is remembered when it comes again, so that
 * cells which are all different are not kept twice. */
static void remember(struct cast *cast, bool good, uint32_t before) {
    struct column *column = cast->column;
    enum field_type type = column->field->type;
    bool words = type == FIELD_ENUM || type == FIELD_LIST, text = type == FIELD_TEXT || type == FIELD_ID;
    if (!words && !(text && good && cast->code <= before))
        return;
    bool fresh;
    uint32_t value = cast->code;
    if (!good) {
        column->faults = arena_grow(column->arena, column->faults, &column->fault_capacity, column->fault_count + 1,
                                    sizeof *column->faults);
        value = FAULTY | (uint32_t)column->fault_count;
        column->faults[column->fault_count++] = cast->fault;
    }
    struct map_entry *entry = map_put(&column->raw, cast->raw, cast->length, value, &fresh);
    if (fresh)
        entry->key = arena_copy(column->arena, cast->raw, cast->length);
}

bool cast_finish(struct cast *cast) {
    bool good;
    if (cast->length == 0)
        return cast_blank(cast);
    if (cast_known(cast, &good))
        return good;
    const char *clean = text_clean(cast->scratch, cast->raw, cast->length);
    if (!*clean)
        return cast_blank(cast);
    uint32_t before = cast->column->dictionary.count;
    good = cast_clean(cast, clean);
    remember(cast, good, before);
    return good;
}

bool column_hashes(const struct column *column) {
    enum field_type type = column->field->type;
    return type == FIELD_TEXT || type == FIELD_ID || type == FIELD_INTEGER || type == FIELD_DECIMAL;
}

void cast_begin(struct cast *cast) {
    const char *text = cast->raw;
    size_t length = cast->length;
    while (length && (text[0] == ' ' || text[0] == '\t'))
        text++, length--;
    while (length && (text[length - 1] == ' ' || text[length - 1] == '\t'))
        length--;
    cast->raw = text;
    cast->length = length;
    cast->hash = column_hashes(cast->column) ? dictionary_hash(text, length) : 0;
}

bool column_cast(struct column *column, const char *text, size_t length, struct arena *scratch,
                 struct diagnostics *diagnostics, uint32_t *code, struct fault *fault) {
    struct cast cast = {
        .column = column, .raw = text, .length = length, .scratch = scratch, .diagnostics = diagnostics};
    cast_begin(&cast);
    bool good = cast_finish(&cast);
    *code = cast.code;
    *fault = cast.fault;
    return good;
}

struct cell cell_as_typed(const struct field *field, const struct cell *cell, struct arena *scratch) {
    struct cell typed = *cell;
    if (cell->kind == CELL_DATE && memchr(cell->text, 'T', cell->length)) {
        typed.length = (size_t)((const char *)memchr(cell->text, 'T', cell->length) - cell->text);
    } else if (cell->kind == CELL_NUMBER && field->type == FIELD_DECIMAL) {
        char *comma = arena_copy(scratch, cell->text, cell->length);
        typed.text = comma;
        comma = strchr(comma, '.');
        if (comma)
            *comma = ',';
    }
    return typed;
}

/* ---- Columns ---------------------------------------------------------------------------------------------------- */

void column_open(struct column *column, const char *file, const struct field *field, struct diagnostics *diagnostics) {
    *column = (struct column){.field = field, .arena = arena_new()};
    struct fault fault;
    if (field->type == FIELD_BOOLEAN)
        column->fallback = 1;
    if (!field->fallback)
        return;
    struct arena *scratch = arena_new();
    if (!column_cast(column, field->fallback, strlen(field->fallback), scratch, diagnostics, &column->fallback,
                     &fault)) {
        struct place place = {.file = file, .row = field->line};
        diagnose(diagnostics, SETTING_VALUE, &place, "default", field->fallback, fault.expected);
    }
    arena_free(scratch);
}

void column_free(struct column *column) {
    free(column->codes);
    free(column->targets);
    free(column->told);
    free(column->recent);
    arena_free(column->arena);
    dictionary_free(&column->dictionary);
    map_free(&column->raw);
}

static struct value number_value(const char *text) {
    const char *dot = strchr(text, '.');
    if (!dot)
        return value_integer(strtoll(text, NULL, 10));
    int scale = (int)strlen(dot + 1);
    long long whole = strtoll(text, NULL, 10), part = strtoll(dot + 1, NULL, 10), power = 1;
    for (int i = 0; i < scale; i++)
        power *= 10;
    return value_decimal(*text == '-' ? whole * power - part : whole * power + part, scale);
}

struct value column_value(const struct column *column, uint32_t code) {
    if (!code)
        return value_none();
    switch (column->field->type) {
    case FIELD_DATE:
        return value_date(date_unpack(code));
    case FIELD_BOOLEAN:
        return value_integer(code - 1);
    case FIELD_ENUM:
        return value_text(column->field->vocabulary->entries[code - 1].code);
    case FIELD_INTEGER:
    case FIELD_DECIMAL:
        return number_value(dictionary_text(&column->dictionary, code));
    default:
        return value_text(dictionary_text(&column->dictionary, code));
    }
}

uint32_t column_unknown(struct column *column) {
    const uint32_t code = dictionary_find(&column->dictionary, "?", 1);
    return code ? code : dictionary_add(&column->dictionary, "?", 1);
}

uint32_t column_find(const struct column *column, const char *text, size_t length) {
    struct date date;
    switch (column->field->type) {
    case FIELD_DATE:
        return date_parse_iso(text, &date) ? date_pack(date) : 0;
    case FIELD_BOOLEAN:
        return strcmp(text, "0") == 0 ? 1 : strcmp(text, "1") == 0 ? 2 : 0;
    case FIELD_ENUM:
        return (uint32_t)(vocabulary_code(column->field->vocabulary, text) + 1);
    default:
        return dictionary_find(&column->dictionary, text, length);
    }
}

uint32_t column_code_limit(const struct column *column) {
    switch (column->field->type) {
    case FIELD_DATE:
        return 0;
    case FIELD_BOOLEAN:
        return 3;
    case FIELD_ENUM:
        return (uint32_t)column->field->vocabulary->count + 1;
    default:
        return column->dictionary.count + 1;
    }
}
