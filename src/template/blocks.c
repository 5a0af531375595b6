/* blocks.c - the fenced blocks of a template: queries, tables, charts, labels of figures. */
#include "base/text.h"
#include "template/parse.h"

#include <string.h>

static bool name_good(const char *name) {
    return *name >= 'a' && *name <= 'z' && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
}

static void refuse_value(struct parse *parse, const struct settings *settings, unsigned line, const char *name,
                         const char *value, const char *expected) {
    struct place place = settings_place(settings, line);
    diagnose(parse->diagnostics, SETTING_VALUE, &place, name, value, expected);
    parse_refuse(parse);
}

/* ---- Queries ---------------------------------------------------------------------------------------------------- */

static void take_query(struct parse *parse, const char *name, const struct template_text *text, size_t length,
                       struct place place, bool check, bool counts) {
    struct template *template = parse->template;
    for (size_t i = 0; i < template->query_count; i++)
        if (strcmp(template->queries[i].name, name) == 0) {
            const char *first =
                arena_printf(parse->arena, " (%s:%u)", template->queries[i].place.file, template->queries[i].place.row);
            diagnose(parse->diagnostics, BLOCK_NAME, &place, "sql", first);
            parse_refuse(parse);
            return;
        }
    template->queries = arena_grow(parse->arena, template->queries, &template->query_capacity,
                                   template->query_count + 1, sizeof *template->queries);
    struct query *query = &template->queries[template->query_count++];
    *query = (struct query){.name = name, .check = check, .counts = counts, .place = place};
    query->within = parse->depth ? parse->open[parse->depth] : NULL;
    query->sql = arena_copy(parse->arena, text->text, length);
    query->text = (struct template_text){.file = text->file, .line = text->line, .text = query->sql};
}

/* ---- Tables ----------------------------------------------------------------------------------------------------- */

/* "members / sum(members)" or "done / total". */
static void read_ratio(struct parse *parse, const struct settings *settings, const struct settings_section *section,
                       const char *text, struct column_plan *column) {
    const char *slash = strchr(text, '/');
    const char *top = slash ? text_clean(parse->arena, text, (size_t)(slash - text)) : "";
    const char *bottom = slash ? text_clean(parse->arena, slash + 1, strlen(slash + 1)) : "";
    size_t length = strlen(bottom);
    if (text_starts(bottom, "sum(") && length > 5 && bottom[length - 1] == ')') {
        bottom = arena_copy(parse->arena, bottom + 4, length - 5);
        column->denominator_total = true;
    }
    if (!name_good(top) || !name_good(bottom)) {
        refuse_value(parse, settings, settings_line(section, "ratio"), "ratio", text, "a / b | a / sum(b)");
        return;
    }
    column->numerator = top;
    column->denominator = bottom;
}

static void read_align(struct parse *parse, const struct settings *settings, const struct settings_section *section,
                       struct column_plan *column) {
    static const char *const names[] = {[ALIGN_LEFT] = "left", [ALIGN_CENTER] = "center", [ALIGN_RIGHT] = "right"};
    const char *align = settings_get(section, "align", NULL);
    if (!align)
        return;
    for (int i = 0; i <= ALIGN_RIGHT; i++)
        if (strcmp(names[i], align) == 0) {
            column->align = (enum align)i;
            column->has_align = true;
            return;
        }
    refuse_value(parse, settings, settings_line(section, "align"), "align", align, "left | center | right");
}

static void read_column(struct parse *parse, const struct settings *settings, const struct settings_section *section,
                        struct column_plan *column) {
    static const char *const names[] = {"label", "group", "format", "ratio",  "align",
                                        "total", "over",  "across", "equals", NULL};
    if (!settings_known(settings, section, names, parse->diagnostics))
        parse_refuse(parse);
    *column = (struct column_plan){.name = section->name, .place = settings_place(settings, section->line)};
    column->label = settings_get(section, "label", section->name);
    column->group = settings_get(section, "group", NULL);
    column->equals = settings_get(section, "equals", NULL);
    column->across = settings_get(section, "across", NULL);
    column->over = settings_flag(settings, section, "over", false, parse->diagnostics);
    const char *format = settings_get(section, "format", NULL), *ratio = settings_get(section, "ratio", NULL);
    const char *total = settings_get(section, "total", NULL);
    column->has_format = format != NULL;
    column->format.rounding = parse->template->rounding;
    if (format && !format_parse(parse->arena, format, parse->template->rounding, &column->format)) {
        struct place place = settings_place(settings, settings_line(section, "format"));
        diagnose(parse->diagnostics, FORMAT_UNKNOWN, &place, format);
        parse_refuse(parse);
    }
    if (ratio)
        read_ratio(parse, settings, section, ratio, column);
    if (total) {
        column->total_given = true;
        column->total = settings_flag(settings, section, "total", true, parse->diagnostics) ? TOTAL_SUM : TOTAL_NONE;
    }
    read_align(parse, settings, section, column);
}

static void take_table(struct parse *parse, const char *name, const struct settings *settings, struct place place) {
    static const char *const names[] = {"caption", "total", "unit", "counter", "groups", "subtotal", "appendix", NULL};
    struct table_plan *table = ARENA_NEW(parse->arena, struct table_plan);
    const struct settings_section *head = settings_find(settings, "");
    *table = (struct table_plan){.query = name, .place = place};
    if (head && !settings_known(settings, head, names, parse->diagnostics))
        parse_refuse(parse);
    table->caption = settings_get(head, "caption", NULL);
    table->total = settings_get(head, "total", NULL);
    table->unit = settings_get(head, "unit", NULL);
    table->counter = settings_get(head, "counter", NULL);
    table->groups = settings_get(head, "groups", NULL);
    table->subtotal = settings_get(head, "subtotal", NULL);
    table->appendix = settings_flag(settings, head, "appendix", false, parse->diagnostics);
    if (table->subtotal && !table->groups) {
        diagnose(parse->diagnostics, SETTING_MISSING, &place, "groups", "table");
        parse_refuse(parse);
    }
    table->columns = ARENA_ARRAY(parse->arena, struct column_plan, settings->count);
    for (size_t i = 0; i < settings->count; i++)
        if (settings->sections[i].name[0])
            read_column(parse, settings, &settings->sections[i], &table->columns[table->column_count++]);
    struct part *part = ARENA_NEW(parse->arena, struct part);
    *part = (struct part){.kind = PART_TABLE, .name = name, .table = table, .place = place};
    parse_add(parse, part);
}

/* ---- Charts ----------------------------------------------------------------------------------------------------- */

static void take_chart(struct parse *parse, const char *name, const struct settings *settings, struct place place) {
    static const char *const names[] = {"type", "category", "value", "label", "caption", "format", NULL};
    static const char *const kinds[] = {
        [CHART_BAR] = "bar", [CHART_STACKED] = "stacked", [CHART_HORIZONTAL] = "horizontal", [CHART_LINE] = "line"};
    const struct settings_section *head = settings_find(settings, "");
    struct chart_plan *chart = ARENA_NEW(parse->arena, struct chart_plan);
    *chart = (struct chart_plan){.query = name, .place = place};
    if (!head || !settings_known(settings, head, names, parse->diagnostics)) {
        parse_refuse(parse);
        return;
    }
    const char *type = settings_get(head, "type", "bar"), *format = settings_get(head, "format", NULL);
    int kind = 0;
    while (kind <= CHART_LINE && strcmp(kinds[kind], type) != 0)
        kind++;
    if (kind > CHART_LINE)
        refuse_value(parse, settings, settings_line(head, "type"), "type", type, "bar | stacked | horizontal | line");
    else
        chart->kind = (enum chart_kind)kind;
    chart->caption = settings_get(head, "caption", "");
    chart->category = settings_get(head, "category", NULL);
    chart->value_count = settings_list(parse->arena, head, "value", &chart->values);
    chart->label_count = settings_list(parse->arena, head, "label", &chart->labels);
    chart->format.rounding = parse->template->rounding;
    if (format && !format_parse(parse->arena, format, parse->template->rounding, &chart->format)) {
        struct place at = settings_place(settings, settings_line(head, "format"));
        diagnose(parse->diagnostics, FORMAT_UNKNOWN, &at, format);
        parse_refuse(parse);
    }
    if (!chart->category || !chart->value_count) {
        diagnose(parse->diagnostics, SETTING_MISSING, &place, chart->category ? "value" : "category", "chart");
        parse_refuse(parse);
    }
    struct part *part = ARENA_NEW(parse->arena, struct part);
    *part = (struct part){.kind = PART_CHART, .name = name, .chart = chart, .place = place};
    parse_add(parse, part);
}

/* rank = Xếp hạng | not added */
static void take_label(struct parse *parse, const struct settings *settings, const char *query,
                       const struct settings_entry *entry) {
    struct template *template = parse->template;
    char **words;
    const size_t count = text_split(parse->arena, entry->value, '|', &words);
    if (count > 2 || (count == 2 && strcmp(words[1], "not added") != 0))
        refuse_value(parse, settings, entry->line, entry->name, entry->value, "… | not added");
    template->labels = arena_grow(parse->arena, template->labels, &template->label_capacity, template->label_count + 1,
                                  sizeof *template->labels);
    template->labels[template->label_count++] =
        (struct figure_label){.name = arena_printf(parse->arena, "%s.%s", query, entry->name),
                              .label = count ? words[0] : "",
                              .adds = count == 1,
                              .place = settings_place(settings, entry->line)};
}

static void take_labels(struct parse *parse, const struct settings *settings) {
    for (size_t s = 0; s < settings->count; s++)
        for (size_t e = 0; e < settings->sections[s].count; e++)
            take_label(parse, settings, settings->sections[s].name, &settings->sections[s].entries[e]);
}

void block_parse(struct parse *parse, const char *info, const struct template_text *text, size_t length,
                 struct place place) {
    static const char *const kinds[] = {"sql", "check", "table", "chart", "figures"};
    char **words;
    size_t count = text_split(parse->arena, info, ' ', &words), kind = 0;
    while (kind < 5 && (!count || strcmp(words[0], kinds[kind]) != 0))
        kind++;
    if (kind == 5) {
        const char *name = count ? words[0] : "";
        diagnose(parse->diagnostics, BLOCK_UNKNOWN, &place, name, diagnose_nearest(parse->diagnostics, name, kinds, 5));
        parse_refuse(parse);
        return;
    }
    bool counts = kind < 2 && count == 3 && strcmp(words[2], "counts") == 0;
    if (kind != 4 && (count != (counts ? 3 : 2) || !name_good(words[1]))) {
        diagnose(parse->diagnostics, BLOCK_NAME, &place, kinds[kind], "");
        parse_refuse(parse);
        return;
    }
    if (kind < 2) {
        take_query(parse, words[1], text, length, place, kind == 1, counts);
        return;
    }
    const struct settings *settings =
        settings_parse(parse->arena, parse->diagnostics, text->file, text->text, length, text->line);
    if (!settings)
        parse_refuse(parse);
    else if (kind == 2)
        take_table(parse, words[1], settings, place);
    else if (kind == 3)
        take_chart(parse, words[1], settings, place);
    else
        take_labels(parse, settings);
}
