/* xlsx_parts.h - the sheets of a workbook, each written by a file of its own. */
#ifndef TONGKET_XLSX_PARTS_H
#define TONGKET_XLSX_PARTS_H

#include "render/xlsx_book.h"

/* "Tóm tắt": what the document is, its sheets, and the figures that stand in its prose. The first sheet, opened before
 * all others and written when they are known. */
struct xlsx_sheet *xlsx_open_summary(struct xlsx_book *book);
void xlsx_write_summary(struct xlsx_sheet *sheet);
/* "Bảng N"; the table is remembered for its charts. */
void xlsx_write_table(struct xlsx_book *book, const struct table *table);
/* "Chi tiết N": the rows behind a figure. */
void xlsx_write_details(struct xlsx_book *book);
/* On the sheet of its table, or on "Biểu đồ N" with its own figures. */
void xlsx_write_chart(struct xlsx_book *book, const struct chart *chart);
/* "Phiếu trình": what keeps a draft from being signed; nothing of a document that is none. */
void xlsx_write_cover(struct xlsx_book *book);
/* "Đối chiếu" and "Nguồn số liệu". */
void xlsx_write_checks(struct xlsx_book *book);
void xlsx_write_sources(struct xlsx_book *book);

/* The looks that sheets share. */
extern const struct xlsx_look xlsx_title_look, xlsx_subject_look, xlsx_note_look, xlsx_unit_look, xlsx_header_look,
    xlsx_text_look, xlsx_middle_look, xlsx_number_look, xlsx_label_look;

/* Nothing where there is no date. */
void xlsx_put_date(struct xlsx_sheet *sheet, lxw_row_t row, lxw_col_t column, struct date date);

/* A plain list: one header row, columns as wide as told. */
void xlsx_put_headers(struct xlsx_sheet *sheet, lxw_row_t row, const char *const *labels, size_t count);
/* One merged row in italics, for what has no rows. */
void xlsx_put_nothing(struct xlsx_sheet *sheet, lxw_row_t row, size_t columns, const char *text);

#endif
