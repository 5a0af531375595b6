/* pdf_frame.c - what stands around the text: letterhead and title above it, recipients and signature below.
 *
 *     superior organ                ĐẢNG CỘNG SẢN VIỆT NAM
 *     ISSUING ORGAN                 ──────────────────────
 *           *                       Place, date
 *       Số 05-TB/HU
 */
#include "render/pdf_layout.h"

#include <math.h>
#include <string.h>

static const double LEFT_SHARE = 0.44, RIGHT_SHARE = 0.54; /* of the text's width */
static const double SIGNATURE_SHARE = 0.5;
static const size_t LINES_BEFORE_SIGNATURE = 2;

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

/* "Số      -BC/ĐU": several blanks in a draft are room for the pen, so they hold. */
static const char *with_room(struct arena *arena, const char *text) {
    if (!text || !strstr(text, "  "))
        return text;
    char *copy = arena_alloc(arena, 2 * strlen(text) + 1), *out = copy;
    for (const char *at = text; *at; at++) {
        bool several = *at == ' ' && (at[1] == ' ' || (at > text && at[-1] == ' '));
        if (several)
            *out++ = '\xc2';
        *out++ = several ? '\xa0' : *at;
    }
    return copy;
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

/* A rule below the last line of centred text, as long as that line. */
static void add_rule(struct group *group, const struct set_text *text, double bottom, double distance) {
    const struct line *line = &text->lines.lines[text->lines.count - 1];
    double width = line->width * text->size / 1000, indent = text->lines.count == 1 ? text->first_indent : 0;
    double shift = text->align == ALIGN_CENTER ? (text->width - width) / 2 : indent;
    double y = bottom - text->leading + text->rise + distance;
    add_part(group, (struct part){.y = y, .x1 = text->x + shift, .x2 = text->x + shift + width});
}

/* ===== Above the text ===== */

static void add_letterhead(struct layout *layout) {
    const struct profile *profile = layout->profile;
    const struct letterhead *head = &layout->document->letterhead;
    struct group *group = group_new(layout);
    double left = layout->left, left_width = layout->width * LEFT_SHARE, right_width = layout->width * RIGHT_SHARE;
    double right = layout->left + layout->width - right_width, y = 0, star, y_right = 0;
    add_text(group, head->superior, FACE_REGULAR, centred(layout, profile->superior_size, left, left_width), &y);
    add_text(group, head->organ, FACE_BOLD, centred(layout, profile->organ_size, left, left_width), &y);
    star = y;
    if (y > 0)
        add_text(group, "*", FACE_REGULAR, centred(layout, profile->organ_size, left, left_width), &y);
    add_text(group, with_room(layout->arena, head->number), FACE_REGULAR,
             centred(layout, profile->number_size, left, left_width), &y);
    const struct set_text *party =
        add_text(group, head->party, FACE_BOLD, centred(layout, profile->party_size, right, right_width), &y_right);
    if (party)
        add_rule(group, party, y_right, 0.32 * profile->party_size);
    /* The date stands on the line of the star, but never close below the rule. */
    struct text_style date = centred(layout, profile->place_date_size, right, right_width);
    y_right = fmax(star, y_right + (party ? 0.8 * date.leading : 0));
    add_text(group, with_room(layout->arena, head->place_date), FACE_ITALIC, date, &y_right);
    if (group->count)
        layout_add(layout, (struct box){.height = group->height, .keep = true, .draw = draw_group, .content = group});
}

void frame_add_head(struct layout *layout) {
    const struct document *document = layout->document;
    const struct profile *profile = layout->profile;
    struct group *group = group_new(layout);
    double width = layout->width * 0.86, left = layout->left + (layout->width - width) / 2, y = 0;
    add_letterhead(layout);
    add_text(group, document->title, FACE_BOLD, centred(layout, profile->title_size, left, width), &y);
    y += y > 0 ? 2 : 0;
    add_text(group, document->subject, FACE_BOLD, centred(layout, profile->subject_size, left, width), &y);
    if (y > 0) {
        struct text_style dashes = centred(layout, profile->subject_size, left, width);
        dashes.leading *= 0.8;
        add_text(group, "-----", FACE_REGULAR, dashes, &y);
    }
    if (document->note && *document->note) {
        y += profile->paragraph_gap / 2;
        add_text(group, document->note, FACE_ITALIC, centred(layout, profile->body_size, left, width), &y);
    }
    if (group->count)
        layout_add(layout, (struct box){.gap = profile->line_spacing * 1.2,
                                        .height = group->height + profile->paragraph_gap,
                                        .keep = true,
                                        .draw = draw_group,
                                        .content = group});
}

/* ===== Below the text ===== */

/* "- Thường trực Tỉnh ủy;" however it was typed: the dash and the end are ours. */
static const char *recipient_text(struct arena *arena, const char *typed, bool last) {
    size_t length = strlen(typed);
    while (length && strchr(" ;,.-", *typed))
        typed++, length--;
    while (length && strchr(" ;,.", typed[length - 1]))
        length--;
    return arena_printf(arena, "%.*s%s", (int)length, typed, last ? "." : ";");
}

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
    if (!document->recipient_count)
        return;
    struct text_style style = {.size = size,
                               .leading = text_leading(layout, size) * 0.9,
                               .x = layout->left,
                               .width = width,
                               .mode = LINES_RAGGED};
    const struct set_text *label = add_text(group, "Nơi nhận:", FACE_REGULAR, style, &y);
    if (label)
        add_rule(group, label, y, 0.11 * size);
    for (size_t i = 0; i < document->recipient_count; i++) {
        bool last = i + 1 == document->recipient_count;
        add_recipient(group, recipient_text(layout->arena, document->recipients[i], last), width, &y);
    }
}

static void add_signature(struct group *group) {
    struct layout *layout = group->layout;
    const struct signature *signature = &layout->document->signature;
    double width = layout->width * SIGNATURE_SHARE, y = 0;
    struct text_style style =
        centred(layout, layout->profile->signature_size, layout->left + layout->width - width, width);
    add_text(group, signature->authority, FACE_BOLD, style, &y);
    add_text(group, signature->post, FACE_REGULAR, style, &y);
    if (y <= 0 && !(signature->name && *signature->name))
        return;
    y += layout->profile->signature_lines * style.leading;
    group->height = fmax(group->height, y); /* room for the hand, name or not */
    add_text(group, signature->name, FACE_BOLD, style, &y);
}

/* The signature never stands alone on a page: some lines before it are kept with it. */
static void keep_lines_before(struct layout *layout) {
    size_t lines = 0;
    for (size_t i = layout->count; i-- > 0 && lines < LINES_BEFORE_SIGNATURE;) {
        layout->boxes[i].keep = true;
        lines += layout->boxes[i].lines;
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
