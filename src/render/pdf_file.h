/* pdf_file.h - the PDF file through libharu: pages, faces, bookmarks, properties. */
#ifndef TONGKET_PDF_FILE_H
#define TONGKET_PDF_FILE_H

#include "base/buffer.h"
#include "base/date.h"
#include "base/diagnose.h"
#include "render/pdf_faces.h"

#include <stdbool.h>

struct pdf_file;

struct pdf_file *pdf_file_new(struct arena *arena);
void pdf_file_free(struct pdf_file *file);
/* Why libharu refused something, or NULL. After the first refusal nothing more is done. */
const char *pdf_file_failure(const struct pdf_file *file);

void pdf_file_properties(struct pdf_file *file, const char *title, const char *program, const char *language,
                         struct date created);
/* Adds a page with these operators. */
void pdf_file_page(struct pdf_file *file, double width, double height, const struct buffer *operators);
/* A bookmark to a height on the last page; deeper levels hang under the last shallower one. */
void pdf_file_bookmark(struct pdf_file *file, int level, const char *title, double y);
/* The face as /F0 … /F3 of every page. */
void pdf_file_face(struct pdf_file *file, enum face face, const struct face_subset *subset);
/* Writes the file; false after saying why. */
bool pdf_file_save(struct pdf_file *file, const char *path, struct diagnostics *diagnostics);

#endif
