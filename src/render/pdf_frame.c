/* pdf_frame.c - what stands around the text: letterhead and title above it, recipients and signature below.
 *
 *     superior organ                ĐẢNG CỘNG SẢN VIỆT NAM
 *     ISSUING ORGAN                 ──────────────────────
 *           *                       Place, date
 *       Số 05-TB/HU
 *
 * What is said there and where rules are drawn is the page profile's. */
#include "render/pdf_layout.h"

#include <math.h>
#include <string.h>

static const double SIGNATURE_SHARE = 0.5; /* of the text's width */
static const size_t LINES_BEFORE_SIGNATURE = 2;
static const double RULE_DISTANCE = 0.4, RULE_ROOM = 0.6; /* of the size: below the baseline; below the line */

/* ===== Groups: texts and rules drawn together ===== */

struct part {
    const struct set_text *text; /* or NULL: a rule */
    double y, x1, x2;
};

struct group {
    struct layout *layout;
    struct part *parts;
    size_t count, capacity;
    double height;
};

static void add_part(struct group *group, struct part part) {
    group->parts = arena_grow(group->layout->arena, group->parts, &group->capacity, group->count + 1, sizeof part);
    group->parts[group->count++] = part;
}

static void draw_group(const struct box *box, struct canvas *canvas, double top) {
    const struct group *group = box->content;
    for (size_t i = 0; i < group->count; i++) {
        const struct part *part = &group->parts[i];
        if (part->text)
            text_draw(part->text, canvas, top + part->y);
        else
            canvas_rule(canvas, part->x1, top + part->y, part->x2, top + part->y, 0.75, 0);
    }
}

/* Text at *y, which moves below it. Empty text takes no room. Answers the text, NULL when it is empty. */
static const struct set_text *add_text(struct group *group, const char *text, enum face face, struct text_style style,
                                       double *y) {
    if (!text || !*text)
        return NULL;
    const struct set_text *set = text_set(group->layout, text_prepare_plain(group->layout, text, face), &style);
    if (!set->lines.count)
        return NULL;
    add_part(group, (struct part){.text = set, .y = *y});
    *y += text_height(set);
    group->height = fmax(group->height, *y);
    return set;
}

static struct group *group_new(struct layout *layout) {
    struct group *group = ARENA_NEW(layout->arena, struct group);
    group->layout = layout;
    return group;
}

static struct text_style centred(const struct layout *layout, double size, double x, double width) {
    return (struct text_style){.size = size,
                               .leading = fmax(text_leading(layout, size) * 0.9, size * 1.15),
                               .x = x,
                               .width = width,
                               .mode = LINES_BALANCED,
                               .align = ALIGN_CENTER};
}

/* A rule below the last line of a text, so many percent of that line; none for no text or no percent. */
static void add_rule(struct group *group, const struct set_text *text, double bottom, double distance, double percent) {
    if (!text || percent <= 0)
        return;
    const struct line *line = &text->lines.lines[text->lines.count - 1];
    double width = line->width * text->size / 1000 * percent / 100;
    double shift = text->align == ALIGN_CENTER ? (text->width - width) / 2 : text->first_indent;
    double y = bottom - text->leading + text->rise + distance;
    add_part(group, (struct part){.y = y, .x1 = text->x + shift, .x2 = text->x + shift + width});
}

/* ===== Above the text ===== */

/* Superior organ, organ, mark or rule, number, draft; answers where the number begins. */
static double add_issuer(struct group *group) {
    const struct layout *layout = group->layout;
    const struct profile *profile = layout->profile;
    const struct letterhead *head = &layout->document->letterhead;
    double width = layout->width * profile->left_block_percent / 100, left = layout->left, y = 0;
    add_text(group, head->superior, FACE_REGULAR, centred(layout, profile->superior_size, left, width), &y);
    const struct set_text *organ =
        add_text(group, head->organ, FACE_BOLD, centred(layout, profile->organ_size, left, width), &y);
    add_rule(group, organ, y, RULE_DISTANCE * profile->organ_size, profile->organ_rule_percent);
    y += organ && profile->organ_rule_percent > 0 ? RULE_ROOM * profile->organ_size : 0;
    double number = y;
    if (organ)
        add_text(group, profile->words.organ_mark, FACE_REGULAR, centred(layout, profile->organ_size, left, width), &y);
    add_text(group, text_with_room(layout->arena, head->number), FACE_REGULAR,
             centred(layout, profile->number_size, left, width), &y);
    add_text(group, head->draft, FACE_ITALIC, centred(layout, profile->number_size, left, width), &y);
    return number;
}

/* The date stands on the line that follows the organ's, but never close below the rule. */
static void add_party(struct group *group, double date_y) {
    const struct layout *layout = group->layout;
    const struct profile *profile = layout->profile;
    const struct letterhead *head = &layout->document->letterhead;
    double width = layout->width * profile->right_block_percent / 100, left = layout->left + layout->width - width;
    double y = 0, size = profile->party_size;
    const struct set_text *last = add_text(group, head->party, FACE_BOLD, centred(layout, size, left, width), &y);
    const struct set_text *motto =
        add_text(group, head->motto, FACE_BOLD, centred(layout, profile->motto_size, left, width), &y);
    if (motto) {
        last = motto;
        size = profile->motto_size;
    }
    add_rule(group, last, y, RULE_DISTANCE * size, profile->party_rule_percent);
    struct text_style date = centred(layout, profile->place_date_size, left, width);
    y = fmax(date_y, y + (last ? 0.8 * date.leading : 0));
    add_text(group, text_with_room(layout->arena, head->place_date), FACE_ITALIC, date, &y);
}

static void add_title(struct group *group) {
    const struct layout *layout = group->layout;
    const struct document *document = layout->document;
    const struct profile *profile = layout->profile;
    double width = layout->width * 0.86, left = layout->left + (layout->width - width) / 2, y = 0;
    const struct set_text *last =
        add_text(group, document->title, FACE_BOLD, centred(layout, profile->title_size, left, width), &y);
    y += last ? 2 : 0;
    const struct set_text *subject =
        add_text(group, document->subject, FACE_BOLD, centred(layout, profile->subject_size, left, width), &y);
    last = subject ? subject : last;
    add_rule(group, last, y, RULE_DISTANCE * profile->subject_size, profile->subject_rule_percent);
    y += last && profile->subject_rule_percent > 0 ? RULE_ROOM * profile->subject_size : 0;
    struct text_style mark = centred(layout, profile->subject_size, left, width);
    mark.leading *= 0.8;
    if (last)
        add_text(group, profile->words.subject_mark, FACE_REGULAR, mark, &y);
    y += document->note && *document->note ? profile->paragraph_gap / 2 : 0;
    add_text(group, document->note, FACE_ITALIC, centred(layout, profile->body_size, left, width), &y);
}

void frame_add_head(struct layout *layout) {
    const struct profile *profile = layout->profile;
    struct group *head = group_new(layout), *title = group_new(layout);
    add_party(head, add_issuer(head));
    add_title(title);
    if (head->count)
        layout_add(layout,
                   (struct box){.height = head->height, .keep = KEEP_MUST, .draw = draw_group, .content = head});
    if (title->count)
        layout_add(layout, (struct box){.gap = profile->line_spacing * 1.2,
                                        .height = title->height + profile->paragraph_gap,
                                        .keep = KEEP_MUST,
                                        .draw = draw_group,
                                        .content = title});
}

/* ===== Below the text ===== */

/* "- Thường trực Tỉnh ủy;" however it was typed: the dash is ours, the end the profile's. */
static void add_recipient(struct group *group, const char *text, double width, double *y) {
    struct layout *layout = group->layout;
    double size = layout->profile->recipients_size;
    double dash = faces_width(layout->faces, FACE_REGULAR, "- ", 2) * size / 1000, mark_y = *y;
    struct text_style style = {.size = size, .leading = size * 1.22, .mode = LINES_RAGGED};
    style.x = layout->left + dash;
    style.width = width - dash;
    if (add_text(group, text, FACE_REGULAR, style, y)) {
        style.x = layout->left;
        style.width = dash;
        add_text(group, "-", FACE_REGULAR, style, &mark_y);
    }
}

static void add_recipients(struct group *group, double width) {
    struct layout *layout = group->layout;
    const struct document *document = layout->document;
    double size = layout->profile->recipients_label_size, y = 0;
    struct text_style style = {.size = size,
                               .leading = text_leading(layout, size) * 0.9,
                               .x = layout->left,
                               .width = width,
                               .mode = LINES_RAGGED};
    const struct set_text *label = document->recipient_count
                                       ? add_text(group, layout->profile->words.recipients_label,
                                                  layout->profile->styles.recipients_label, style, &y)
                                       : NULL;
    add_rule(group, label, y, 0.11 * size, layout->profile->recipients_rule_percent);
    for (size_t i = 0; i < document->recipient_count; i++) {
        bool last = i + 1 == document->recipient_count;
        add_recipient(group, profile_recipient(layout->arena, layout->profile, document->recipients[i], last), width,
                      &y);
    }
    style.size = layout->profile->drafter_size;
    style.leading = 2 * style.size;
    add_text(group, document->drafter, FACE_REGULAR, style, &y);
}

static void add_signature(struct group *group) {
    struct layout *layout = group->layout;
    const struct signature *signature = &layout->document->signature;
    double width = layout->width * SIGNATURE_SHARE, y = 0;
    struct text_style style =
        centred(layout, layout->profile->signature_size, layout->left + layout->width - width, width);
    add_text(group, signature->authority, FACE_BOLD, style, &y);
    add_text(group, signature->post, layout->profile->styles.post, style, &y);
    if (y <= 0 && !(signature->name && *signature->name))
        return;
    y += layout->profile->signature_lines * style.leading;
    group->height = fmax(group->height, y); /* room for the hand, name or not */
    add_text(group, signature->name, FACE_BOLD, style, &y);
}

/* Answers their lines; `lines` are kept behind them. */
static size_t keep_rows(struct box_run *run, size_t lines) {
    size_t kept = 0;
    for (; run->kept < run->count && lines + kept < LINES_BEFORE_SIGNATURE; run->kept++)
        kept += run->make(run->content, run->count - run->kept - 1).lines;
    return kept;
}

/* The signature never stands alone on a page: some lines before it are kept with it. */
static void keep_lines_before(struct layout *layout) {
    size_t lines = 0;
    for (size_t i = layout->count; i-- > 0 && lines < LINES_BEFORE_SIGNATURE;) {
        struct box *box = &layout->boxes[i];
        box->keep = KEEP_MUST;
        lines += box->run ? keep_rows(box->run, lines) : box->lines;
    }
}

static void add_group(struct layout *layout, struct group *group, double gap) {
    if (group->count)
        layout_add(layout, (struct box){.gap = gap, .height = group->height, .draw = draw_group, .content = group});
}

/* Recipients and signature are one block, beside each other. Only when the recipients alone nearly fill a page do they
 * follow the signature, part by part. */
void frame_add_foot(struct layout *layout) {
    struct group *right = group_new(layout), *left = group_new(layout);
    double gap = layout->profile->line_spacing;
    add_signature(right);
    add_recipients(left, layout->width * (1 - SIGNATURE_SHARE) - 6);
    keep_lines_before(layout);
    if (left->height <= layout->height * 0.8) {
        for (size_t i = 0; i < left->count; i++)
            add_part(right, left->parts[i]);
        right->height = fmax(right->height, left->height);
        add_group(layout, right, gap);
        return;
    }
    add_group(layout, right, gap);
    for (size_t i = 0; i < left->count;) {
        struct group *line = group_new(layout);
        double y = left->parts[i].y;
        for (; i < left->count && (left->parts[i].y == y || !left->parts[i].text); i++) {
            struct part part = left->parts[i];
            part.y -= y;
            add_part(line, part);
            line->height = fmax(line->height, part.text ? text_height(part.text) : 0);
        }
        add_group(layout, line, y > 0 ? 0 : gap);
    }
}
