/* template.c - a template into front matter, prose runs, fenced blocks and sections of whole blocks. */
#include "template/template.h"

#include "base/file.h"
#include "base/text.h"
#include "template/parse.h"

#include <string.h>

enum { PARTIAL_DEPTH = 8 };

void parse_add(struct parse *parse, struct part *part) {
    *parse->ends[parse->depth] = part;
    while (part->next)
        part = part->next;
    parse->ends[parse->depth] = &part->next;
}

size_t parse_branch(struct parse *parse, const char *name, bool inverted, struct place place) {
    struct template *template = parse->template;
    template->branches = arena_grow(parse->arena, template->branches, &template->branch_capacity,
                                    template->branch_count + 1, sizeof *template->branches);
    template->branches[template->branch_count] = (struct branch){.name = name, .inverted = inverted, .place = place};
    return template->branch_count++;
}

void parse_refuse(struct parse *parse) {
    parse->good = false;
}

static size_t line_span(const char *line) {
    size_t length = strcspn(line, "\n");
    return length + (line[length] == '\n');
}

static size_t trimmed_span(const char *line) {
    size_t length = strcspn(line, "\n");
    while (length && strchr(" \t\r", line[length - 1]))
        length--;
    return length;
}

/* ---- Front matter ----------------------------------------------------------------------------------------------- */

static bool take_head(struct parse *parse, const struct settings *settings) {
    static const char *const names[] = {"title",     "subject",     "note",       "document", "period",  "rounding",
                                        "signature", "small_cells", "skip_empty", "each",     "details", NULL};
    struct template *template = parse->template;
    const struct settings_section *head = settings_find(settings, "");
    struct place place = settings_place(settings, 1);
    if (!head) {
        diagnose(parse->diagnostics, SETTING_MISSING, &place, "title", "---");
        return false;
    }
    bool good = settings_known(settings, head, names, parse->diagnostics);
    template->title = settings_get(head, "title", NULL);
    template->subject = settings_get(head, "subject", "");
    template->note = settings_get(head, "note", "");
    template->document = settings_get(head, "document", "BC");
    template->each = settings_get(head, "each", NULL);
    template->signature = settings_flag(settings, head, "signature", true, parse->diagnostics);
    template->small_count = text_split(parse->arena, settings_get(head, "small_cells", ""), ',', &template->small);
    template->small_line = settings_line(head, "small_cells");
    template->detail_count = text_split(parse->arena, settings_get(head, "details", ""), ',', &template->details);
    template->details_line = settings_line(head, "details");
    template->skip_empty = settings_flag(settings, head, "skip_empty", false, parse->diagnostics);
    for (size_t i = 0; i < head->count; i++)
        if (strcmp(head->entries[i].name, "title") == 0)
            template->title_line = head->entries[i].line;
    const char *period = settings_get(head, "period", NULL), *rounding = settings_get(head, "rounding", "half_up");
    if (!template->title || !period) {
        diagnose(parse->diagnostics, SETTING_MISSING, &place, template->title ? "period" : "title", "---");
        return false;
    }
    if (!period_kind_parse(period, &template->period)) {
        place.row = settings_line(head, "period");
        diagnose(parse->diagnostics, SETTING_VALUE, &place, "period", period, "year | half-year | quarter | month");
        good = false;
    }
    if (!rounding_parse(rounding, &template->rounding)) {
        place.row = settings_line(head, "rounding");
        diagnose(parse->diagnostics, SETTING_VALUE, &place, "rounding", rounding, "half_up | truncate | half_even");
        good = false;
    }
    return good;
}

/* Reads the lines between the two "---"; *body is the text behind them. */
static bool read_head(struct parse *parse, const struct template_text *text, struct template_text *body) {
    const char *at = text->text;
    struct place place = {.file = text->file, .row = 1};
    if (trimmed_span(at) != 3 || !text_starts(at, "---")) {
        diagnose(parse->diagnostics, FRONT_MATTER, &place, "");
        return false;
    }
    const char *start = at + line_span(at);
    unsigned line = 2;
    for (at = start; *at && !(trimmed_span(at) == 3 && text_starts(at, "---")); at += line_span(at))
        line++;
    if (!*at) {
        diagnose(parse->diagnostics, FRONT_MATTER, &place, "");
        return false;
    }
    *body = (struct template_text){.file = text->file, .line = line + 1, .text = at + line_span(at)};
    const struct settings *settings =
        settings_parse(parse->arena, parse->diagnostics, text->file, start, (size_t)(at - start), 2);
    return settings && take_head(parse, settings);
}

/* ---- Body ------------------------------------------------------------------------------------------------------- */

static void body_parse(struct parse *parse, const struct template_text *text);

static void open_section(struct parse *parse, const struct tag *tag, struct place place) {
    struct part *part = ARENA_NEW(parse->arena, struct part);
    part->kind = tag->kind == TAG_SECTION ? PART_SECTION : PART_INVERTED;
    part->name = tag->content;
    part->place = place;
    part->outer = parse->depth ? parse->open[parse->depth] : NULL;
    part->branch = parse_branch(parse, part->name, part->kind == PART_INVERTED, place);
    parse_add(parse, part);
    if (parse->depth + 1 == SECTION_DEPTH) {
        diagnose(parse->diagnostics, SECTION_OPEN, &place, tag->content, "…");
        parse_refuse(parse);
        return;
    }
    parse->depth++;
    parse->open[parse->depth] = part;
    parse->ends[parse->depth] = &part->children;
}

void parse_refuse_close(struct parse *parse, const char *name, const char *open, struct place place) {
    const char *form = diagnose_say(parse->diagnostics, "; đang mở: {{#%s}}", "; open: {{#%s}}");
    const char *hint = open ? arena_printf(parse->arena, form, open) : "";
    diagnose(parse->diagnostics, SECTION_CLOSE, &place, arena_printf(parse->arena, "{{/%s}}", name), hint);
    parse_refuse(parse);
}

static void close_section(struct parse *parse, const struct tag *tag, struct place place) {
    if (parse->depth && strcmp(parse->open[parse->depth]->name, tag->content) == 0) {
        parse->depth--;
        return;
    }
    parse_refuse_close(parse, tag->content, parse->depth ? parse->open[parse->depth]->name : NULL, place);
}

static void take_partial(struct parse *parse, const struct tag *tag, struct place place) {
    if (text_starts(tag->content, "text/")) {
        struct part *part = ARENA_NEW(parse->arena, struct part);
        part->kind = PART_PASSAGE;
        part->name = tag->content + strlen("text/");
        part->place = place;
        parse_add(parse, part);
        return;
    }
    const char *path = arena_printf(parse->arena, "%s/%s.md", parse->partials, tag->content);
    size_t length;
    if (parse->partial_depth >= PARTIAL_DEPTH) {
        diagnose(parse->diagnostics, PARTIAL_DEEP, &place, tag->content);
        parse_refuse(parse);
    } else if (strchr(tag->content, '/') || !file_there(parse->diagnostics, path)) {
        diagnose(parse->diagnostics, PARTIAL_MISSING, &place, tag->content);
        parse_refuse(parse);
    } else {
        const char *bytes = file_read(parse->arena, parse->diagnostics, path, &length);
        struct template_text text = {.file = path, .line = 1, .text = bytes};
        parse->partial_depth++;
        if (bytes)
            body_parse(parse, &text);
        parse->partial_depth--;
    }
}

/* A line that is one section, inverted, closing, partial or comment tag and nothing else. */
static bool is_tag_line(const char *line) {
    size_t lead = strspn(line, " \t"), length = trimmed_span(line);
    if (length < lead + 5 || !text_starts(line + lead, "{{") || !strchr("#^/>!", line[lead + 2]))
        return false;
    for (size_t i = lead + 2; i + 2 < length; i++)
        if (text_starts(line + i, "{{") || text_starts(line + i, "}}"))
            return false;
    return text_starts(line + length - 2, "}}");
}

static void take_tag_line(struct parse *parse, const struct template_text *text, const char *line) {
    size_t lead = strspn(line, " \t"), count;
    struct template_text only = {.file = text->file,
                                 .line = text->line,
                                 .text = arena_copy(parse->arena, line + lead, trimmed_span(line) - lead)};
    struct tag *tags;
    struct place place = text_place(parse->arena, text, (size_t)(line - text->text) + lead);
    if (!tags_scan(parse->arena, parse->diagnostics, &only, &tags, &count))
        parse_refuse(parse);
    else if (tags->kind == TAG_SECTION || tags->kind == TAG_INVERTED)
        open_section(parse, tags, place);
    else if (tags->kind == TAG_CLOSE)
        close_section(parse, tags, place);
    else if (tags->kind == TAG_PARTIAL)
        take_partial(parse, tags, place);
}

static struct template_text text_at(const struct template_text *text, const char *at) {
    struct template_text part = {.file = text->file, .line = text->line, .text = at};
    for (const char *c = text->text; c < at; c++)
        part.line += *c == '\n';
    return part;
}

static void take_prose(struct parse *parse, const struct template_text *text, const char *from, const char *to) {
    struct template_text run = text_at(text, from);
    if (!text_is_blank(from, (size_t)(to - from)))
        prose_parse(parse, &run, (size_t)(to - from));
}

/* The fenced block that begins at `line`; answers where it ends. */
static const char *take_block(struct parse *parse, const struct template_text *text, const char *line) {
    const char *start = line + line_span(line), *at = start;
    while (*at && !(text_starts(at, "```") && trimmed_span(at) == 3))
        at += line_span(at);
    struct place place = text_place(parse->arena, text, (size_t)(line - text->text));
    const char *info = arena_copy(parse->arena, line + 3, trimmed_span(line) - 3);
    if (!*at) {
        diagnose(parse->diagnostics, TAG_OPEN, &place, arena_printf(parse->arena, "```%s", info));
        parse_refuse(parse);
        return at;
    }
    struct template_text block = text_at(text, start);
    block_parse(parse, info, &block, (size_t)(at - start), place);
    return at + line_span(at);
}

static void body_parse(struct parse *parse, const struct template_text *text) {
    const char *prose = text->text, *line = text->text;
    while (*line) {
        bool fence = text_starts(line, "```") && trimmed_span(line) > 3;
        if (!fence && !is_tag_line(line)) {
            line += line_span(line);
            continue;
        }
        take_prose(parse, text, prose, line);
        if (fence) {
            line = take_block(parse, text, line);
        } else {
            take_tag_line(parse, text, line);
            line += line_span(line);
        }
        prose = line;
    }
    take_prose(parse, text, prose, line);
}

/* ---- Files ------------------------------------------------------------------------------------------------------ */

static bool text_good(struct parse *parse, const char *path, const char *bytes, size_t length) {
    size_t valid = text_valid(bytes, length);
    if (valid == length)
        return true;
    struct place place = {.file = path, .row = 1};
    for (size_t i = 0; i < valid; i++)
        place.row += bytes[i] == '\n';
    diagnose(parse->diagnostics, INI_TEXT, &place, "");
    return false;
}

static struct template *read_template(struct arena *arena, struct diagnostics *diagnostics, const char *path,
                                      const char *partials, bool whole) {
    struct template *template = ARENA_NEW(arena, struct template);
    struct parse parse = {
        .arena = arena, .diagnostics = diagnostics, .template = template, .partials = partials, .good = true};
    size_t length;
    const char *bytes = file_read(arena, diagnostics, path, &length);
    if (!bytes || !text_good(&parse, path, bytes, length))
        return NULL;
    template->file = arena_text(arena, path);
    template->name = path_stem(arena, path);
    if (length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0)
        bytes += 3;
    struct template_text text = {.file = template->file, .line = 1, .text = text_nfc(arena, bytes, strlen(bytes))},
                         body;
    parse.ends[0] = &template->parts;
    if (!read_head(&parse, &text, &body))
        return NULL;
    if (!whole)
        return template;
    body_parse(&parse, &body);
    for (; parse.depth; parse.depth--) {
        const struct part *open = parse.open[parse.depth];
        diagnose(diagnostics, SECTION_OPEN, &open->place, open->name, arena_printf(arena, "{{/%s}}", open->name));
        parse.good = false;
    }
    return parse.good ? template : NULL;
}

struct template *template_read(struct arena *arena, struct diagnostics *diagnostics, const char *path,
                               const char *partials) {
    return read_template(arena, diagnostics, path, partials, true);
}

struct template *template_read_head(struct arena *arena, struct diagnostics *diagnostics, const char *path) {
    return read_template(arena, diagnostics, path, "", false);
}

struct part *prose_read(struct arena *arena, struct diagnostics *diagnostics, const char *file, const char *text,
                        enum rounding rounding) {
    struct part *parts = NULL;
    struct template own = {.rounding = rounding};
    struct parse parse = {.arena = arena, .diagnostics = diagnostics, .template = &own, .good = true, .ends = {&parts}};
    struct template_text whole = {.file = file, .line = 1, .text = text};
    prose_parse(&parse, &whole, strlen(text));
    return parse.good ? parts : NULL;
}
