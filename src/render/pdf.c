/* pdf.c - the PDF renderer: the whole job, from a document to a file. */
#include "render/lines.h"
#include "render/pdf_faces.h"
#include "render/pdf_file.h"
#include "render/pdf_layout.h"
#include "render/renderer.h"

#include <string.h>

static const double POINTS_PER_MM = 72 / 25.4;
static const double LEAST_WIDTH = 100, LEAST_HEIGHT = 150; /* of the text area; less is a mistake in the profile */

static double measure(void *context, int style, const char *text, size_t length) {
    return faces_width(context, (enum face)style, text, length);
}

static void make_forms(struct layout *layout) {
    const struct profile *profile = layout->profile;
    double width = profile->page_width_mm * POINTS_PER_MM, height = profile->page_height_mm * POINTS_PER_MM;
    double left = profile->margin_left_mm * POINTS_PER_MM, right = profile->margin_right_mm * POINTS_PER_MM;
    double top = profile->margin_top_mm * POINTS_PER_MM, bottom = profile->margin_bottom_mm * POINTS_PER_MM;
    layout->upright = (struct page_form){.width = width,
                                         .height = height,
                                         .text_left = left,
                                         .text_top = top,
                                         .text_width = width - left - right,
                                         .text_height = height - top - bottom,
                                         .back_right = right - left};
    /* The sheet turned to the right: it is bound at its upper edge. */
    layout->turned = (struct page_form){.width = height,
                                        .height = width,
                                        .text_left = bottom,
                                        .text_top = left,
                                        .text_width = height - top - bottom,
                                        .text_height = width - left - right,
                                        .back_down = right - left};
}

static bool form_is_usable(const struct page_form *form) {
    return form->text_width >= LEAST_WIDTH && form->text_height >= LEAST_HEIGHT;
}

static bool profile_is_usable(const struct layout *layout) {
    const struct profile *profile = layout->profile;
    const double sizes[] = {profile->body_size,           profile->line_spacing,
                            profile->heading_size,        profile->superior_size,
                            profile->organ_size,          profile->number_size,
                            profile->party_size,          profile->motto_size,
                            profile->place_date_size,     profile->title_size,
                            profile->subject_size,        profile->caption_size,
                            profile->table_size,          profile->table_line_spacing,
                            profile->recipients_size,     profile->recipients_label_size,
                            profile->drafter_size,        profile->signature_size,
                            profile->table_smallest_size, profile->page_number_size};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (sizes[i] < 1 || sizes[i] > 200)
            return false;
    return form_is_usable(&layout->upright) && form_is_usable(&layout->turned);
}

static void add_faces(struct faces *faces, struct pdf_file *file) {
    for (int face = 0; face < FACE_COUNT; face++) {
        struct face_subset subset;
        if (!faces_used(faces, (enum face)face))
            continue;
        if (faces_subset(faces, (enum face)face, &subset))
            pdf_file_face(file, (enum face)face, &subset);
    }
}

/* "THÔNG BÁO kết quả thi hành kỷ luật đảng 6 tháng cuối năm 2017" */
static void add_properties(struct arena *arena, const struct document *document, struct pdf_file *file) {
    const char *title = document->title ? document->title : "", *subject = document->subject ? document->subject : "";
    const char *language = document->language && *document->language ? document->language : "vi";
    pdf_file_properties(file, arena_printf(arena, "%s%s%s", title, *title && *subject ? " " : "", subject),
                        arena_printf(arena, "tongket %s", document->version ? document->version : ""), language,
                        document->created);
}

/* Answers why there is no drawing, or NULL. */
static const char *draw(struct arena *arena, struct arena *scratch, const struct document *document,
                        struct faces *faces, struct pdf_file *file, struct diagnostics *diagnostics) {
    struct layout layout = {.arena = arena,
                            .scratch = scratch,
                            .document = document,
                            .profile = document->profile,
                            .faces = faces,
                            .diagnostics = diagnostics,
                            .measure = {.width = measure, .context = faces},
                            .indent = document->profile->indent_mm * POINTS_PER_MM};
    make_forms(&layout);
    layout_use_form(&layout, &layout.upright);
    if (!profile_is_usable(&layout))
        return diagnose_say(diagnostics, "khổ giấy, lề hoặc cỡ chữ trong mẫu trang không dùng được",
                            "the page profile's paper, margins or sizes cannot be used");
    frame_add_head(&layout);
    prose_add(&layout);
    frame_add_foot(&layout);
    appendices_add(&layout);
    if (!layout.count)
        return diagnose_say(diagnostics, "văn bản không có nội dung", "the document is empty");
    if (!faces_failure(faces))
        layout_draw_pages(&layout, file);
    if (!faces_failure(faces))
        add_faces(faces, file);
    add_properties(arena, document, file);
    return faces_failure(faces) ? faces_failure(faces) : pdf_file_failure(file);
}

static bool write_pdf(const struct document *document, const char *path, struct diagnostics *diagnostics) {
    struct arena *arena = arena_new(), *scratch = arena_new();
    struct faces *faces = faces_open(arena, document->profile, diagnostics);
    struct pdf_file *file = pdf_file_new(arena);
    const char *reason = pdf_file_failure(file);
    bool written = false;
    if (!reason)
        reason = draw(arena, scratch, document, faces, file, diagnostics);
    if (!reason) {
        written = pdf_file_save(file, path, diagnostics);
        reason = pdf_file_failure(file);
    }
    if (reason)
        diagnose(diagnostics, RENDER_FAILED, NULL, "PDF", document->report ? document->report : "", reason);
    pdf_file_free(file);
    arena_free(scratch);
    arena_free(arena);
    return written && !reason;
}

const struct renderer pdf_renderer = {.name = "pdf", .write = write_pdf};
