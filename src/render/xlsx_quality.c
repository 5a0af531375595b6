/* xlsx_quality.c - the workbook of the command check.
 *
 * A ledger's sheet can be dropped into inputs/ as it is once its cells are mended: header and cells are those of the
 * form, cells as they were typed, and the reader knows the two columns behind them for ours. */
#include "render/xlsx_quality.h"

#include "base/buffer.h"
#include "render/serif.h"
#include "render/xlsx_forms.h"
#include "render/xlsx_parts.h"
#include "render/xlsx_text.h"
#include "render/xlsx_value.h"

#include <stdlib.h>
#include <string.h>

static const unsigned WRONG_GROUND = 0xFFC7CE;
static const double COLUMN_LEAST = 11, COLUMN_MOST = 48;
enum { SUMMARY_COLUMNS = 8, SERIAL_LEAST = 61 };

static const struct xlsx_look text_look = {.border = true, .wrap = true};
static const struct xlsx_look plain_look = {.wrap = true};
static const struct xlsx_look caption_look = {.bold = true, .wrap = true};

struct quality {
    const struct document *document;
    const struct ledgers *ledgers;
};

/* ---- Tổng hợp --------------------------------------------------------------------------------------------------- */

static void widen(double *widths, const struct table *table) {
    for (size_t c = 0; c < table->column_count && c < SUMMARY_COLUMNS; c++) {
        const struct table_column *column = &table->columns[c];
        double width = serif_word_width(column->label, true) + 3;
        for (size_t row = 0; row < table->row_count; row++) {
            const struct grid_row from = grid_row(table->rows, row);
            double cell = serif_width(from.cells[c].text, from.kind == ROW_TOTAL) + 3;
            width = cell > width ? cell : width;
        }
        width = width < COLUMN_LEAST ? COLUMN_LEAST : width > COLUMN_MOST ? COLUMN_MOST : width;
        widths[c] = width > widths[c] ? width : widths[c];
    }
}

static void put_sum(struct xlsx_sheet *sheet, lxw_row_t first, lxw_row_t row, lxw_col_t column,
                    const struct xlsx_look *look, struct value value) {
    char range[LXW_MAX_CELL_RANGE_LENGTH];
    lxw_rowcol_to_range(range, first, column, row - 1, column);
    xlsx_put_formula(sheet, row, column, look, arena_printf(sheet->book->arena, "=SUM(%s)", range), value_real(value),
                     NULL);
}

static lxw_row_t put_table(struct xlsx_sheet *sheet, lxw_row_t row, const struct table *table) {
    xlsx_put_banner(sheet, row++, &caption_look, table->caption);
    for (size_t c = 0; c < table->column_count; c++)
        xlsx_put_text(sheet, row, (lxw_col_t)c, &xlsx_header_look, table->columns[c].label);
    const lxw_row_t first = ++row;
    for (size_t r = 0; r < table->row_count; r++, row++)
        for (size_t c = 0; c < table->column_count; c++) {
            const struct grid_row from = grid_row(table->rows, r);
            const struct grid_cell *cell = &from.cells[c];
            struct xlsx_look look = text_look;
            look.align = table->columns[c].align;
            look.bold = from.kind == ROW_TOTAL;
            if (look.bold && table->columns[c].total == TOTAL_SUM && row > first) {
                strcpy(look.number, "#,##0");
                put_sum(sheet, first, row, (lxw_col_t)c, &look, cell->value);
            } else {
                xlsx_put_value(sheet, row, (lxw_col_t)c, &look, cell->value, &table->columns[c].format, cell->text,
                               NULL, NULL);
            }
        }
    return row;
}

static void put_summary(struct xlsx_book *book) {
    const struct document *document = book->document;
    double *widths = ARENA_ARRAY(book->arena, double, SUMMARY_COLUMNS);
    size_t columns = 1;
    for (const struct block *block = document->blocks; block; block = block->next)
        if (block->kind == BLOCK_TABLE) {
            widen(widths, block->table);
            columns = block->table->column_count > columns ? block->table->column_count : columns;
        }
    struct xlsx_sheet *sheet = xlsx_sheet_new(book, "Tổng hợp", widths, columns);
    lxw_row_t row = 0;
    xlsx_put_banner(sheet, row++, &xlsx_title_look, document->title);
    xlsx_put_banner(sheet, row++, &xlsx_subject_look, document->subject);
    for (const struct block *block = document->blocks; block; block = block->next) {
        if (block->kind == BLOCK_TABLE)
            row = put_table(sheet, row + 1, block->table);
        else
            xlsx_put_banner(sheet, row++, &plain_look, inlines_text(book->arena, block->inlines));
    }
    xlsx_sheet_finish(sheet, 0, 0);
    if (sheet->worksheet) {
        worksheet_activate(sheet->worksheet);
        worksheet_set_first_sheet(sheet->worksheet);
    }
}

/* ---- Rejected rows ---------------------------------------------------------------------------------------------- */

static int compare_rejects(const void *left, const void *right) {
    const struct origin *l = &(*(const struct reject *const *)left)->origin;
    const struct origin *r = &(*(const struct reject *const *)right)->origin;
    if (l->source != r->source)
        return l->source < r->source ? -1 : 1;
    return l->row < r->row ? -1 : l->row > r->row;
}

/* Those of a ledger, in the order of the files. */
static const struct reject **ledger_rejects(struct arena *arena, const struct ledgers *ledgers,
                                            const struct ledger *ledger, size_t *count) {
    const struct reject **rejects = ARENA_ARRAY(arena, const struct reject *, ledgers->reject_count + 1);
    *count = 0;
    for (size_t i = 0; i < ledgers->reject_count; i++)
        if (ledgers->rejects[i].ledger == ledger)
            rejects[(*count)++] = &ledgers->rejects[i];
    qsort(rejects, *count, sizeof(const struct reject *), compare_rejects);
    return rejects;
}

static const char *fault_message(const struct reject *reject, int field) {
    for (size_t i = 0; i < reject->fault_count; i++)
        if (reject->faults[i].field == field)
            return reject->faults[i].message;
    return NULL;
}

/* What a workbook had as a real day comes as ISO text and goes back as a day; a number's dot goes back as the comma
 * that is typed, since 1.250 typed could be a thousand. All else stays as it was typed. */
static void put_typed(struct xlsx_form *form, lxw_row_t row, lxw_col_t column, const struct xlsx_look *look,
                      const struct field *field, const char *typed) {
    struct arena *arena = form->sheet->book->arena;
    struct date date;
    const char *iso = arena_copy(arena, typed, strcspn(typed, "T"));
    size_t digits = strspn(typed, "-0123456789");
    if (field->type == FIELD_DATE && date_parse_iso(iso, &date) && date_is_day(date) &&
        date_serial(date) >= SERIAL_LEAST) {
        xlsx_put_number(form->sheet, row, column, look, date_serial(date));
        return;
    }
    if (field->type == FIELD_DECIMAL && digits && typed[digits] == '.' &&
        strspn(typed + digits + 1, "0123456789") == strlen(typed + digits + 1)) {
        char *comma = arena_text(arena, typed);
        comma[digits] = ',';
        typed = comma;
    }
    xlsx_put_text(form->sheet, row, column, look, typed);
}

static const char *reject_reasons(struct arena *arena, const struct reject *reject) {
    struct buffer out = {0};
    for (size_t i = 0; i < reject->fault_count; i++)
        buffer_printf(&out, "%s%s", out.length ? "\n" : "", reject->faults[i].message);
    const char *text = arena_copy(arena, buffer_string(&out), out.length);
    buffer_free(&out);
    return text;
}

static void put_reject(struct xlsx_form *form, lxw_row_t row, const struct ledgers *ledgers,
                       const struct reject *reject) {
    const struct schema *schema = form->schema;
    struct arena *arena = form->sheet->book->arena;
    for (size_t f = 0; f < schema->field_count; f++) {
        const struct field *field = &schema->fields[f];
        const char *message = fault_message(reject, (int)f), *typed = reject->cells[f];
        struct xlsx_look look = xlsx_form_look(field);
        if (!*typed && !message)
            continue;
        look.colour = message ? WRONG_GROUND : 0;
        if (message) {
            xlsx_put_text(form->sheet, row, (lxw_col_t)f, &look, typed);
            xlsx_form_note(form, row, (lxw_col_t)f, *message ? message : "Ô này sai.");
        } else {
            put_typed(form, row, (lxw_col_t)f, &look, field, typed);
        }
    }
    struct xlsx_look reason = text_look;
    reason.colour = fault_message(reject, -1) ? WRONG_GROUND : 0;
    xlsx_put_text(form->sheet, row, (lxw_col_t)schema->field_count, &text_look, reject_place(arena, ledgers, reject));
    xlsx_put_text(form->sheet, row, (lxw_col_t)schema->field_count + 1, &reason, reject_reasons(arena, reject));
}

static void put_rejects(struct xlsx_forms *forms, const struct ledgers *ledgers, const struct ledger *ledger) {
    static const struct xlsx_beside beside[] = {{"Tệp, dòng", 30}, {"Lý do", 60}};
    size_t count;
    const struct reject **rejects = ledger_rejects(forms->book->arena, ledgers, ledger, &count);
    if (!count)
        return;
    struct xlsx_form form = xlsx_form_begin(forms, ledger->schema,
                                            "Các dòng bị loại. Sửa ô tô màu (lý do hiện khi đưa con trỏ lên ô), lưu "
                                            "lại rồi chép tệp này vào thư mục inputs; hai cột cuối để nguyên.",
                                            count, beside, 2);
    for (size_t i = 0; i < count; i++)
        put_reject(&form, (lxw_row_t)(FORM_FIRST + i), ledgers, rejects[i]);
    xlsx_form_end(&form, (lxw_row_t)(FORM_FIRST + count - 1), false);
}

/* ---- Nên xem lại ------------------------------------------------------------------------------------------------ */

static void put_suspicions(struct xlsx_book *book, const struct diagnostics *diagnostics) {
    static const char *const labels[] = {"Tệp", "Trang", "Dòng", "Điều nên xem lại"};
    static const double widths[] = {34, 22, 10, 80};
    lxw_row_t row = 2;
    if (!diagnostics->counts[DIAGNOSTIC_ROW_SUSPECT])
        return;
    struct xlsx_sheet *sheet = xlsx_sheet_new(book, "Nên xem lại", widths, 4);
    xlsx_put_banner(sheet, 0, &xlsx_title_look, "Các dòng được nhận nhưng nên xem lại");
    xlsx_put_headers(sheet, 1, labels, 4);
    for (size_t i = 0; i < diagnostics->count; i++) {
        const struct finding *finding = &diagnostics->findings[i];
        if (finding->code != DIAGNOSTIC_ROW_SUSPECT)
            continue;
        xlsx_put_text(sheet, row, 0, &text_look, finding->place.file);
        xlsx_put_text(sheet, row, 1, &text_look, finding->place.sheet);
        xlsx_put_number(sheet, row, 2, &text_look, finding->place.row);
        xlsx_put_text(sheet, row++, 3, &text_look, finding->message);
    }
    xlsx_sheet_finish(sheet, 1, 1);
    if (sheet->worksheet)
        xlsx_check(book, worksheet_autofilter(sheet->worksheet, 1, 0, row - 1, 3));
}

/* ---- The book --------------------------------------------------------------------------------------------------- */

static void fill_book(struct xlsx_book *book, const void *context) {
    const struct quality *quality = context;
    struct xlsx_forms forms;
    xlsx_forms_open(&forms, book, quality->ledgers->schemas);
    put_summary(book);
    for (size_t i = 0; i < quality->ledgers->count; i++)
        put_rejects(&forms, quality->ledgers, &quality->ledgers->ledgers[i]);
    put_suspicions(book, quality->ledgers->diagnostics);
}

bool xlsx_quality_write(const struct document *document, const struct ledgers *ledgers, const char *path,
                        struct diagnostics *diagnostics) {
    const struct quality quality = {.document = document, .ledgers = ledgers};
    return xlsx_book_write(document, path, diagnostics, fill_book, &quality);
}
