/* prose.c - CommonMark with tags, through cmark, into parts and pieces.
 *
 * Values go into the parsed tree, never into the text: before cmark sees the prose each tag is replaced by one letter
 * of Unicode's private use area, which no Markdown rule touches; in cmark's tree the letters are found again. So a
 * value such as "1 * 2" can never become markup, and stays typed. */
#include "base/text.h"
#include "template/parse.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

enum { PRIVATE_FIRST = 0xe000, PRIVATE_LAST = 0xf8ff };

struct prose {
    struct parse *parse;
    const struct template_text *text;
    struct tag *tags;
    size_t count;
};

static void refuse_tag(struct prose *prose, const struct tag *tag) {
    struct place place = text_place(prose->parse->arena, prose->text, tag->start);
    diagnose(prose->parse->diagnostics, TAG_PLACE, &place,
             arena_copy(prose->parse->arena, prose->text->text + tag->start, tag->end - tag->start));
    parse_refuse(prose->parse);
}

/* The prose with a private letter for each tag that prints or branches. */
static const char *mask_tags(struct prose *prose) {
    struct buffer out = {0};
    const char *text = prose->text->text;
    size_t from = 0;
    for (size_t i = 0; i < prose->count; i++) {
        const struct tag *tag = &prose->tags[i];
        buffer_add(&out, text + from, tag->start - from);
        from = tag->end;
        if (tag->kind == TAG_PARTIAL || tag->kind == TAG_DELIMITERS || i > PRIVATE_LAST - PRIVATE_FIRST) {
            refuse_tag(prose, tag);
        } else if (tag->kind != TAG_COMMENT) {
            unsigned letter = PRIVATE_FIRST + (unsigned)i;
            const char bytes[3] = {(char)(0xe0 | letter >> 12), (char)(0x80 | (letter >> 6 & 0x3f)),
                                   (char)(0x80 | (letter & 0x3f))};
            buffer_add(&out, bytes, 3);
        }
    }
    buffer_text(&out, text + from);
    const char *masked = arena_text(prose->parse->arena, buffer_string(&out));
    buffer_free(&out);
    return masked;
}

/* ---- Pieces ----------------------------------------------------------------------------------------------------- */

struct line_of_pieces {
    struct piece **ends[SECTION_DEPTH];
    const struct tag *open[SECTION_DEPTH];
    int depth;
};

static struct piece *add_piece(struct prose *prose, struct line_of_pieces *line, enum piece_kind kind) {
    struct piece *piece = ARENA_NEW(prose->parse->arena, struct piece);
    piece->kind = kind;
    *line->ends[line->depth] = piece;
    line->ends[line->depth] = &piece->next;
    return piece;
}

static void add_text(struct prose *prose, struct line_of_pieces *line, const char *text, size_t length) {
    if (length)
        add_piece(prose, line, PIECE_TEXT)->text = arena_copy(prose->parse->arena, text, length);
}

static void close_pieces(struct prose *prose, struct line_of_pieces *line, const struct tag *tag, struct place place) {
    if (line->depth && strcmp(line->open[line->depth]->content, tag->content) == 0) {
        line->depth--;
        return;
    }
    parse_refuse_close(prose->parse, tag->content, line->depth ? line->open[line->depth]->content : NULL, place);
}

static void add_tag(struct prose *prose, struct line_of_pieces *line, const struct tag *tag) {
    struct parse *parse = prose->parse;
    struct place place = text_place(parse->arena, prose->text, tag->start);
    if (tag->kind == TAG_CLOSE) {
        close_pieces(prose, line, tag, place);
        return;
    }
    bool section = tag->kind == TAG_SECTION || tag->kind == TAG_INVERTED;
    struct piece *piece = add_piece(prose, line,
                                    !section                   ? PIECE_VALUE
                                    : tag->kind == TAG_SECTION ? PIECE_SECTION
                                                               : PIECE_INVERTED);
    piece->place = place;
    piece->expression.name = tag->content;
    if (!section) {
        if (!expression_parse(parse->arena, parse->diagnostics, &place, tag->content, parse->template->rounding,
                              &piece->expression))
            parse_refuse(parse);
    } else if (line->depth + 1 < SECTION_DEPTH) {
        piece->branch = parse_branch(parse, tag->content, tag->kind == TAG_INVERTED, place);
        line->depth++;
        line->open[line->depth] = tag;
        line->ends[line->depth] = &piece->children;
    }
}

/* Text of cmark's tree, cut at the private letters. */
static void add_masked(struct prose *prose, struct line_of_pieces *line, const char *text) {
    size_t from = 0;
    for (size_t at = 0; text[at];) {
        size_t start = at;
        uint32_t letter = text_next(text, &at);
        if (letter < PRIVATE_FIRST || letter >= PRIVATE_FIRST + prose->count)
            continue;
        add_text(prose, line, text + from, start - from);
        add_tag(prose, line, &prose->tags[letter - PRIVATE_FIRST]);
        from = at;
    }
    add_text(prose, line, text + from, strlen(text + from));
}

static struct piece *read_pieces(struct prose *prose, cmark_node *first);

static void add_node(struct prose *prose, struct line_of_pieces *line, cmark_node *node) {
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_TEXT:
    case CMARK_NODE_CODE:
    case CMARK_NODE_HTML_INLINE:
        add_masked(prose, line, cmark_node_get_literal(node));
        break;
    case CMARK_NODE_SOFTBREAK:
        add_text(prose, line, " ", 1);
        break;
    case CMARK_NODE_LINEBREAK:
        add_piece(prose, line, PIECE_BREAK);
        break;
    case CMARK_NODE_STRONG:
        add_piece(prose, line, PIECE_STRONG)->children = read_pieces(prose, cmark_node_first_child(node));
        break;
    case CMARK_NODE_EMPH:
        add_piece(prose, line, PIECE_EMPHASIS)->children = read_pieces(prose, cmark_node_first_child(node));
        break;
    default: /* links and images give their text */
        for (cmark_node *child = cmark_node_first_child(node); child; child = cmark_node_next(child))
            add_node(prose, line, child);
    }
}

static struct piece *read_pieces(struct prose *prose, cmark_node *first) {
    struct piece *pieces = NULL;
    struct line_of_pieces line = {.ends = {&pieces}};
    struct parse *parse = prose->parse;
    for (cmark_node *node = first; node; node = cmark_node_next(node))
        add_node(prose, &line, node);
    for (; line.depth; line.depth--) {
        const struct tag *open = line.open[line.depth];
        struct place place = text_place(parse->arena, prose->text, open->start);
        diagnose(parse->diagnostics, SECTION_OPEN, &place, open->content,
                 arena_printf(parse->arena, "{{/%s}}", open->content));
        parse_refuse(parse);
    }
    return pieces;
}

/* ---- Parts ------------------------------------------------------------------------------------------------------ */

static struct part *read_parts(struct prose *prose, cmark_node *first);

static struct part *read_part(struct prose *prose, cmark_node *node) {
    struct parse *parse = prose->parse;
    struct part *part = ARENA_NEW(parse->arena, struct part);
    cmark_node *child = cmark_node_first_child(node);
    part->place = (struct place){.file = prose->text->file,
                                 .row = prose->text->line + (unsigned)cmark_node_get_start_line(node) - 1};
    switch (cmark_node_get_type(node)) {
    case CMARK_NODE_HEADING:
        part->kind = PART_HEADING;
        part->level = cmark_node_get_heading_level(node);
        part->pieces = read_pieces(prose, child);
        return part;
    case CMARK_NODE_PARAGRAPH:
        part->kind = PART_PARAGRAPH;
        part->pieces = read_pieces(prose, child);
        return part;
    case CMARK_NODE_LIST:
        part->kind = PART_LIST;
        part->level = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST ? cmark_node_get_list_start(node) : 0;
        break;
    case CMARK_NODE_ITEM:
        part->kind = PART_ITEM;
        break;
    case CMARK_NODE_BLOCK_QUOTE:
        part->kind = PART_QUOTE;
        break;
    default:
        diagnose(parse->diagnostics, BLOCK_UNKNOWN, &part->place, cmark_node_get_type_string(node), "");
        parse_refuse(parse);
        return NULL;
    }
    part->children = read_parts(prose, child);
    return part;
}

static struct part *read_parts(struct prose *prose, cmark_node *first) {
    struct part *parts = NULL, **end = &parts;
    for (cmark_node *node = first; node; node = cmark_node_next(node)) {
        *end = read_part(prose, node);
        if (*end)
            end = &(*end)->next;
    }
    return parts;
}

void prose_parse(struct parse *parse, const struct template_text *text, size_t length) {
    struct template_text run = {
        .file = text->file, .line = text->line, .text = arena_copy(parse->arena, text->text, length)};
    struct prose prose = {.parse = parse, .text = &run};
    if (!tags_scan(parse->arena, parse->diagnostics, &run, &prose.tags, &prose.count))
        parse_refuse(parse);
    const char *masked = mask_tags(&prose);
    cmark_node *root = cmark_parse_document(masked, strlen(masked), CMARK_OPT_DEFAULT);
    struct part *parts = read_parts(&prose, cmark_node_first_child(root));
    cmark_node_free(root);
    if (parts)
        parse_add(parse, parts);
}
