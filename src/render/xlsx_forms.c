/* xlsx_forms.c - the sheet of a ledger as it is typed: labels, notes, dropdowns, limits.
 *
 * Columns carry the formats, not a thousand blank rows of cells: nothing is read back that nobody typed, and a row
 * below the prepared ones can be typed in as well. */
#include "render/xlsx_forms.h"

#include "base/buffer.h"
#include "base/text.h"
#include "render/serif.h"
#include "render/xlsx_parts.h"
#include "render/xlsx_text.h"

#include <stdlib.h>
#include <string.h>

enum { NOTE_WIDTH = 340, NOTE_LINE = 17, NOTE_HEIGHT_MOST = 420, NOTE_VALUES = 40, ALERT_MOST = 250 };
static const double NOTE_DIGITS = 47;  /* in a line of a note */
static const double PAGE_DIGITS = 190; /* across a page at a size that can be read */

/* The first day whose serial number is no year: 1975 typed into a date cell would be a day of the year 1905. */
static const struct date FIRST_DAY = {1906, 1, 10}, LAST_DAY = {2200, 12, 31};
static const double NUMBER_MOST = 999999999999;
static const unsigned REQUIRED_GROUND = 0xBFBFBF;

static const struct format day_format = {.kind = FORMAT_DATE, .pattern = "dd/mm/yyyy"};

/* ---- The hidden sheet ------------------------------------------------------------------------------------------- */

void xlsx_forms_open(struct xlsx_forms *forms, struct xlsx_book *book, const struct schemas *schemas) {
    static const double widths[] = {24};
    *forms = (struct xlsx_forms){.book = book, .schemas = schemas};
    forms->lists = xlsx_sheet_new(book, "_tongket", widths, 1);
    xlsx_put_text(forms->lists, 0, 0, &(struct xlsx_look){0}, "tongket");
    if (forms->lists->worksheet)
        worksheet_hide(forms->lists->worksheet);
}

/* The labels of a vocabulary stand in a column of their own below its name. */
static const char *list_range(struct xlsx_forms *forms, const struct vocabulary *vocabulary) {
    struct arena *arena = forms->book->arena;
    for (size_t i = 0; i < forms->count; i++)
        if (forms->vocabularies[i] == vocabulary)
            return forms->ranges[i];
    const struct xlsx_look look = {.number = "@"};
    const lxw_col_t column = (lxw_col_t)(forms->count + 1);
    xlsx_put_text(forms->lists, 0, column, &look, vocabulary->label);
    for (size_t i = 0; i < vocabulary->count; i++)
        xlsx_put_text(forms->lists, (lxw_row_t)i + 1, column, &look, vocabulary->labels[i]);
    forms->vocabularies =
        arena_grow(arena, forms->vocabularies, &forms->capacity, forms->count + 1, sizeof(const struct vocabulary *));
    forms->ranges = arena_grow(arena, forms->ranges, &forms->range_capacity, forms->count + 1, sizeof *forms->ranges);
    forms->vocabularies[forms->count] = vocabulary;
    forms->ranges[forms->count] = xlsx_range(forms->lists, 1, column, (lxw_row_t)vocabulary->count, column);
    return forms->ranges[forms->count++];
}

/* ---- Notes ------------------------------------------------------------------------------------------------------ */

static const char day_words[] = "Ngày/tháng/năm, ví dụ 03/02/2014. Chỉ biết năm hoặc tháng: gõ dấu nháy đơn trước, "
                                "ví dụ '1975 hoặc '11/2014, rồi chọn Có (Yes).";

static void note_type(struct buffer *out, const struct field *field) {
    static const char *const words[] = {[FIELD_TEXT] = "Chữ.",
                                        [FIELD_ID] = "Mã: chữ và số, giữ nguyên số 0 ở đầu.",
                                        [FIELD_INTEGER] = "Số nguyên.",
                                        [FIELD_DECIMAL] = "Số, phần lẻ sau dấu phẩy.",
                                        [FIELD_DATE] = day_words,
                                        [FIELD_BOOLEAN] = "x nếu có, để trống nếu không.",
                                        [FIELD_ENUM] = "Chọn một giá trị trong danh sách.",
                                        [FIELD_LIST] = "Một hoặc nhiều giá trị, cách nhau bởi dấu chấm phẩy."};
    buffer_printf(out, "%s\n", words[field->type]);
}

static void note_required(struct buffer *out, const struct field *field) {
    const char *fallback = field->fallback;
    int entry = fallback && field->vocabulary ? vocabulary_code(field->vocabulary, fallback) : -1;
    if (entry >= 0)
        fallback = field->vocabulary->labels[entry];
    if (fallback && field->type != FIELD_BOOLEAN)
        buffer_printf(out, "Để trống thì hiểu là «%s».\n", fallback);
    else
        buffer_text(out, field->required && !fallback ? "BẮT BUỘC.\n" : "Không bắt buộc.\n");
}

static void note_values(struct buffer *out, const struct vocabulary *vocabulary) {
    if (!vocabulary)
        return;
    buffer_text(out, "Giá trị: ");
    for (size_t i = 0; i < vocabulary->count && i < NOTE_VALUES; i++)
        buffer_printf(out, "%s%s", i ? "; " : "", vocabulary->labels[i]);
    if (vocabulary->count > NOTE_VALUES)
        buffer_printf(out, "; … (tất cả %zu giá trị ở danh sách)", vocabulary->count);
    buffer_text(out, ".\n");
}

static const char *limit_text(struct arena *arena, const struct field *field, struct value limit) {
    return value_string(arena, limit, field->type == FIELD_DATE ? &day_format : NULL);
}

static void note_limits(struct buffer *out, struct arena *arena, const struct field *field) {
    const char *least = field->has_minimum ? limit_text(arena, field, field->minimum) : NULL;
    const char *most = field->has_maximum ? limit_text(arena, field, field->maximum) : NULL;
    if (least && most)
        buffer_printf(out, "Từ %s đến %s.\n", least, most);
    else if (least)
        buffer_printf(out, "Từ %s trở lên.\n", least);
    else if (most)
        buffer_printf(out, "Đến %s.\n", most);
    if (field->pattern)
        buffer_printf(out, "Đúng mẫu (biểu thức chính quy): %s\n", field->pattern);
}

static void note_reference(struct buffer *out, const struct schemas *schemas, const struct field *field) {
    const struct schema *target = field->reference_ledger ? schemas_find(schemas, field->reference_ledger) : NULL;
    if (!target)
        return;
    int key = schema_field(target, field->reference_field);
    int other = field->alternative ? schema_field(target, field->alternative) : -1;
    buffer_printf(out, "Phải có trong sổ «%s», cột «%s»", target->label,
                  key < 0 ? field->reference_field : target->fields[key].label);
    if (other >= 0)
        buffer_printf(out, " hoặc «%s»", target->fields[other].label);
    buffer_text(out, ".\n");
}

static void note_uniques(struct buffer *out, const struct schema *schema, size_t field) {
    for (size_t u = 0; u < schema->unique_count; u++) {
        const struct unique *unique = &schema->uniques[u];
        bool concerned = false;
        for (size_t i = 0; i < unique->count; i++)
            concerned = concerned || unique->fields[i] == field;
        if (concerned && unique->count == 1)
            buffer_text(out, "Không được trùng với dòng khác.\n");
        else if (concerned) {
            buffer_text(out, "Không được trùng với dòng khác cùng lúc ở các cột: ");
            for (size_t i = 0; i < unique->count; i++)
                buffer_printf(out, "%s«%s»", i ? ", " : "", schema->fields[unique->fields[i]].label);
            buffer_text(out, ".\n");
        }
    }
}

static const char *field_note(const struct xlsx_forms *forms, const struct schema *schema, size_t index) {
    const struct field *field = &schema->fields[index];
    struct arena *arena = forms->book->arena;
    struct buffer out = {0};
    buffer_printf(&out, "%s\n", field->label);
    note_required(&out, field);
    note_type(&out, field);
    note_values(&out, field->vocabulary);
    note_limits(&out, arena, field);
    note_reference(&out, forms->schemas, field);
    note_uniques(&out, schema, index);
    for (size_t i = 0; i < field->alias_count; i++)
        buffer_printf(&out, "%s%s", i ? "; " : "Tên cột khác cũng được hiểu: ", field->aliases[i]);
    const char *text = arena_copy(arena, buffer_string(&out), out.length);
    buffer_free(&out);
    return text;
}

void xlsx_form_note(struct xlsx_form *form, lxw_row_t row, lxw_col_t column, const char *text) {
    struct xlsx_book *book = form->sheet->book;
    bool cut = false;
    const char *fit = xlsx_text_cell(book->arena, text, &cut);
    unsigned height = (serif_lines(fit, NOTE_DIGITS, false) + 1) * NOTE_LINE;
    lxw_comment_options options = {.width = NOTE_WIDTH,
                                   .height = (uint16_t)(height < NOTE_HEIGHT_MOST ? height : NOTE_HEIGHT_MOST),
                                   .font_name = "Times New Roman",
                                   .font_size = 11,
                                   .font_family = 1};
    /* The comment, its drawing and what escaping adds. */
    if (form->sheet->worksheet)
        xlsx_check(book, worksheet_write_comment_opt(form->sheet->worksheet, row, column, fit, &options));
}

/* ---- What may be typed ------------------------------------------------------------------------------------------ */

static lxw_datetime day_of(struct date date) {
    date = date_first(date);
    return (lxw_datetime){.year = date.year, .month = date.month, .day = date.day};
}

static void limit_day(lxw_data_validation *validation, const struct field *field) {
    struct date least = FIRST_DAY, most = LAST_DAY;
    if (field->has_minimum && date_compare(date_first(field->minimum.date), least) > 0)
        least = field->minimum.date;
    if (field->has_maximum && date_compare(date_last(field->maximum.date), most) < 0)
        most = date_last(field->maximum.date);
    validation->validate = LXW_VALIDATION_TYPE_DATE;
    validation->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
    validation->minimum_datetime = day_of(least);
    validation->maximum_datetime = day_of(most);
    /* A year alone is typed as text: a warning lets it pass. */
    validation->error_type = LXW_VALIDATION_ERROR_TYPE_WARNING;
}

static void limit_number(lxw_data_validation *validation, const struct field *field) {
    validation->validate = field->type == FIELD_INTEGER ? LXW_VALIDATION_TYPE_INTEGER : LXW_VALIDATION_TYPE_DECIMAL;
    validation->criteria = LXW_VALIDATION_CRITERIA_BETWEEN;
    validation->minimum_number = field->has_minimum ? value_real(field->minimum) : -NUMBER_MOST;
    validation->maximum_number = field->has_maximum ? value_real(field->maximum) : NUMBER_MOST;
}

/* The library copies the formula of a list twice and frees it once. It is therefore given a list of one word, whose
 * place the formula takes. */
static void take_formula(struct xlsx_form *form, const char *formula) {
    lxw_data_val_obj *made = STAILQ_FIRST(form->sheet->worksheet->data_validations);
    char *copy = strdup(formula);
    while (made && STAILQ_NEXT(made, list_pointers))
        made = STAILQ_NEXT(made, list_pointers);
    if (!made || !copy) {
        free(copy);
        xlsx_fail(form->sheet->book, "libxlsxwriter");
        return;
    }
    free(made->value_formula);
    made->value_formula = copy;
}

static const char *alert_text(struct arena *arena, const struct field *field) {
    struct buffer out = {0};
    buffer_printf(&out, "Cột «%s». ", field->label);
    note_type(&out, field);
    note_limits(&out, arena, field);
    const char *text = xlsx_text_cut(arena, xlsx_text_clean(arena, buffer_string(&out)), ALERT_MOST);
    buffer_free(&out);
    return text;
}

static void add_validation(struct xlsx_form *form, size_t index, lxw_row_t last) {
    static char yes[] = "x", *words[] = {yes, NULL};
    struct xlsx_book *book = form->sheet->book;
    const struct field *field = &form->schema->fields[index];
    const char *formula = field->vocabulary ? list_range(form->forms, field->vocabulary) : NULL;
    lxw_data_validation validation = {.error_title = "Xem lại ô này"};
    validation.error_message = arena_text(book->arena, alert_text(book->arena, field));
    if (field->type == FIELD_DATE) {
        limit_day(&validation, field);
    } else if (field->type == FIELD_INTEGER || field->type == FIELD_DECIMAL) {
        limit_number(&validation, field);
    } else if (field->type == FIELD_BOOLEAN || formula) {
        validation.validate = LXW_VALIDATION_TYPE_LIST;
        validation.value_list = words;
        /* Several values may be typed where one is chosen. */
        if (field->type == FIELD_LIST)
            validation.show_error = LXW_VALIDATION_OFF;
    } else {
        return;
    }
    if (!form->sheet->worksheet)
        return;
    lxw_error error = worksheet_data_validation_range(form->sheet->worksheet, FORM_FIRST, (lxw_col_t)index, last,
                                                      (lxw_col_t)index, &validation);
    xlsx_check(book, error);
    if (error == LXW_NO_ERROR && formula)
        take_formula(form, formula);
}

/* ---- Sheets ----------------------------------------------------------------------------------------------------- */

struct xlsx_look xlsx_form_look(const struct field *field) {
    struct xlsx_look look = {.border = true, .unlocked = true, .number = "@"};
    switch (field->type) {
    case FIELD_DATE:
        look.align = ALIGN_CENTER;
        strcpy(look.number, "dd/mm/yyyy");
        break;
    case FIELD_INTEGER:
        look.align = ALIGN_RIGHT;
        strcpy(look.number, "0");
        break;
    case FIELD_DECIMAL:
        look.align = ALIGN_RIGHT;
        look.number[0] = '\0';
        break;
    case FIELD_BOOLEAN:
        look.align = ALIGN_CENTER;
        look.number[0] = '\0';
        break;
    default:
        look.wrap = field->type != FIELD_ID;
    }
    return look;
}

/* Wide enough for what is usually typed, and for the label in three lines beside the filter's button. */
static double field_width(const struct field *field) {
    static const double usual[] = {[FIELD_TEXT] = 26, [FIELD_ID] = 17,     [FIELD_INTEGER] = 11, [FIELD_DECIMAL] = 11,
                                   [FIELD_DATE] = 13, [FIELD_BOOLEAN] = 9, [FIELD_ENUM] = 12,    [FIELD_LIST] = 28};
    double width = usual[field->type];
    const double word = serif_word_width(field->label, true) + 4, third = serif_width(field->label, true) / 3 + 4;
    for (size_t i = 0; field->type == FIELD_ENUM && i < field->vocabulary->count; i++) {
        double label = serif_width(field->vocabulary->labels[i], false) + 4;
        width = label > width ? label : width;
    }
    width = width > 32 ? 32 : width;
    width = word > width ? word : width;
    return third > width ? third : width;
}

static void put_header(struct xlsx_form *form, size_t index) {
    const struct field *field = &form->schema->fields[index];
    struct xlsx_look look = xlsx_header_look;
    if (field->required && !field->fallback)
        look.colour = REQUIRED_GROUND;
    xlsx_put_text(form->sheet, FORM_HEADER, (lxw_col_t)index, &look, field->label);
    xlsx_form_note(form, FORM_HEADER, (lxw_col_t)index, field_note(form->forms, form->schema, index));
}

/* Title and hint flow over the cells to their right, which must not look as if they could be filled. */
static void put_heading(struct xlsx_form *form, const char *hint) {
    static const struct xlsx_look title = {.bold = true, .size = 13}, plain = {.size = 12}, note = {.italic = true};
    xlsx_put_text(form->sheet, FORM_TITLE, 0, &title, text_upper(form->sheet->book->arena, form->schema->label));
    xlsx_put_text(form->sheet, FORM_HINT, 0, &note, hint);
    for (size_t c = 1; form->sheet->worksheet && c < form->columns; c++)
        for (lxw_row_t row = FORM_TITLE; row <= FORM_HINT; row++)
            xlsx_check(form->sheet->book, worksheet_write_blank(form->sheet->worksheet, row, (lxw_col_t)c,
                                                                xlsx_look_format(form->sheet->book, &plain)));
}

struct xlsx_form xlsx_form_begin(struct xlsx_forms *forms, const struct schema *schema, const char *hint, size_t rows,
                                 const struct xlsx_beside *beside, size_t beside_count) {
    struct xlsx_book *book = forms->book;
    struct xlsx_form form = {.forms = forms, .schema = schema, .columns = schema->field_count + beside_count};
    form.widths = ARENA_ARRAY(book->arena, double, form.columns);
    for (size_t f = 0; f < schema->field_count; f++)
        form.widths[f] = field_width(&schema->fields[f]);
    for (size_t i = 0; i < beside_count; i++)
        form.widths[schema->field_count + i] = beside[i].width;
    form.sheet = xlsx_sheet_new(book, schema->label, form.widths, form.columns);
    put_heading(&form, hint);
    for (size_t f = 0; f < schema->field_count; f++) {
        put_header(&form, f);
        add_validation(&form, f, (lxw_row_t)(FORM_FIRST + rows - 1));
    }
    for (size_t i = 0; i < beside_count; i++)
        xlsx_put_text(form.sheet, FORM_HEADER, (lxw_col_t)(schema->field_count + i), &xlsx_header_look,
                      beside[i].label);
    return form;
}

void xlsx_form_end(struct xlsx_form *form, lxw_row_t last, bool protect) {
    struct xlsx_book *book = form->sheet->book;
    lxw_worksheet *worksheet = form->sheet->worksheet;
    xlsx_sheet_finish(form->sheet, FORM_HEADER, FORM_HEADER);
    if (!worksheet)
        return;
    for (size_t f = 0; f < form->schema->field_count; f++) {
        const struct xlsx_look look = xlsx_form_look(&form->schema->fields[f]);
        xlsx_check(book, worksheet_set_column(worksheet, (lxw_col_t)f, (lxw_col_t)f, form->widths[f],
                                              xlsx_look_format(book, &look)));
    }
    worksheet_freeze_panes(worksheet, FORM_FIRST, 1);
    /* A wide ledger is printed over several pages side by side, each with the key. */
    worksheet_fit_to_pages(worksheet, (uint16_t)(xlsx_sheet_width(form->sheet) / PAGE_DIGITS + 1), 0);
    xlsx_check(book, worksheet_repeat_columns(worksheet, 0, 0));
    xlsx_check(book, worksheet_autofilter(worksheet, FORM_HEADER, 0, last, (lxw_col_t)(form->columns - 1)));
    if (protect) {
        lxw_protection allowed = {
            .format_cells = 1, .format_columns = 1, .format_rows = 1, .insert_rows = 1, .sort = 1, .autofilter = 1};
        worksheet_protect(worksheet, NULL, &allowed);
    }
}

/* ---- The blank form --------------------------------------------------------------------------------------------- */

struct blank {
    const struct schemas *schemas;
    const struct schema *schema;
};

static void fill_blank(struct xlsx_book *book, const void *context) {
    const struct blank *blank = context;
    struct xlsx_forms forms;
    xlsx_forms_open(&forms, book, blank->schemas);
    struct xlsx_form form = xlsx_form_begin(&forms, blank->schema,
                                            "Mỗi dòng một mục, từ dòng 4. Cột nền sẫm là bắt buộc. Đưa con trỏ lên "
                                            "tên cột để xem cách điền. Điền xong, chép tệp vào thư mục inputs.",
                                            FORM_ROWS, NULL, 0);
    xlsx_form_end(&form, FORM_FIRST + FORM_ROWS - 1, true);
    if (form.sheet->worksheet) {
        worksheet_activate(form.sheet->worksheet);
        worksheet_set_first_sheet(form.sheet->worksheet);
        worksheet_set_selection(form.sheet->worksheet, FORM_FIRST, 0, FORM_FIRST, 0);
    }
}

bool xlsx_form_write(const struct schemas *schemas, const struct schema *schema, const char *version, const char *path,
                     struct diagnostics *diagnostics) {
    const struct blank blank = {.schemas = schemas, .schema = schema};
    const struct document document = {
        .report = schema->name, .title = "Biểu nhập số liệu:", .subject = schema->label, .version = version};
    return xlsx_book_write(&document, path, diagnostics, fill_blank, &blank);
}
