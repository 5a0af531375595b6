/* letterhead.c - who issues the document, its number, place and date, title, signer and recipients. */
#include "report/fill.h"

#include "base/text.h"

#include <string.h>

/* A number gets zeros in front, as many digits as the rule asks for. */
static const char *padded(const struct fill *fill, const char *number) {
    size_t length = strlen(number), wanted = (size_t)fill->document->profile->number_digits;
    if (length >= wanted || strspn(number, "0123456789") != length)
        return number;
    return arena_printf(fill->arena, "%0*d%s", (int)(wanted - length), 0, number);
}

/* Of which document an appendix is one: (Kèm theo Báo cáo số 12-BC/HU, ngày … của Huyện ủy Mẫu Sơn). */
static void fill_attached(struct fill *fill, const struct settings_section *office, const char *when) {
    struct document *document = fill->document;
    const char *number = document->letterhead.number, *name = settings_get(office, "name", "");
    if (text_starts(number, "S"))
        number = arena_printf(fill->arena, "s%s", number + 1);
    const char *title = text_capital(fill->arena, text_lower(fill->arena, document->title));
    const char *values[] = {
        "title", title, "number", number, "date", when, "office", settings_get(office, "short", name), NULL};
    document->attached = profile_phrase(fill->arena, document->profile->words.appendix_of, values);
}

/* [documents] has "report.period = number | date of signing", as 2014-12-31 or 31/12/2014; without it the clerk fills
 * number and date in by hand, on the blanks that the rule leaves for them. Answers the date in words. */
static const char *fill_number(struct fill *fill, const struct settings_section *office, bool blank) {
    const struct report_request *request = fill->request;
    struct document *document = fill->document;
    const char *key = arena_printf(fill->arena, "%s.%s", document->report, document->period);
    if (request->unit != NO_ROW)
        key = arena_printf(fill->arena, "%s.%s", key, units_id(store_units(request->store), request->unit));
    char **words;
    size_t count = settings_list(fill->arena, settings_find(request->office, "documents"), key, &words);
    const char *code = settings_get(office, "code", ""), *place = settings_get(office, "place", "");
    struct date date;
    count = blank ? 0 : count;
    bool dated = count > 1 && date_parse(words[1], strlen(words[1]), &date) == DATE_OK && date_is_day(date);
    const char *values[] = {
        "number", count ? padded(fill, words[0]) : "      ", "type", fill->template->document, "code", code, NULL};
    document->letterhead.number = profile_phrase(fill->arena, document->profile->words.number, values);
    struct format format = {.kind = FORMAT_DATE, .pattern = "long"};
    const char *when = dated ? value_string(fill->arena, value_date(date), &format)
                             : arena_printf(fill->arena, "ngày      tháng      năm %d", request->last.year);
    document->letterhead.place_date = arena_printf(fill->arena, "%s, %s", place, when);
    document->created = dated ? date : request->as_of;
    return when;
}

/* A setting as the profile says it; "" stays "". */
static const char *office_phrase(const struct fill *fill, const struct settings_section *office, const char *name,
                                 const char *words) {
    const char *value = settings_get(office, name, ""), *values[] = {name, value, NULL};
    return *value ? profile_phrase(fill->arena, words, values) : "";
}

void letterhead_fill(struct fill *fill) {
    const struct settings *settings = fill->request->office;
    const struct settings_section *office = settings_find(settings, "office"),
                                  *signer = settings_find(settings, "signer");
    struct document *document = fill->document;
    const struct template *template = fill->template;
    struct place place = {.file = template->file, .row = template->title_line};
    document->language = settings_get(office, "language", "vi");
    document->letterhead.superior = settings_get(office, "superior", "");
    document->letterhead.organ = settings_get(office, "name", "");
    document->letterhead.party = settings_get(office, "party", document->profile->words.party);
    document->letterhead.motto = settings_get(office, "motto", document->profile->words.motto);
    document->letterhead.draft = office_phrase(fill, office, "draft", document->profile->words.draft);
    document->drafter = office_phrase(fill, office, "drafter", document->profile->words.drafter);
    document->duplex = settings_flag(settings, office, "duplex", false, fill->diagnostics);
    const char *when = fill_number(fill, office, false);
    document->title = words_fill(fill, template->title, &place);
    document->subject = words_fill(fill, template->subject, &place);
    document->note = words_fill(fill, template->note, &place);
    fill_attached(fill, office, when);
    if (fill->request->unit != NO_ROW && !*document->note)
        document->note =
            arena_printf(fill->arena, "(%s)", units_name(store_units(fill->request->store), fill->request->unit));
    document->signature = (struct signature){"", "", ""};
    if (template->signature)
        document->signature = (struct signature){settings_get(signer, "authority", ""),
                                                 settings_get(signer, "post", ""), settings_get(signer, "name", "")};
    char **recipients;
    /* A report may have recipients of its own: [recipients contact-notice]. */
    const struct settings_section *own =
        settings_find(settings, arena_printf(fill->arena, "recipients %s", template->name));
    document->recipient_count =
        settings_list(fill->arena, own ? own : settings_find(settings, "recipients"), "to", &recipients);
    document->recipients = (const char *const *)recipients;
}

void letterhead_blank(struct fill *fill) {
    const struct settings_section *office = settings_find(fill->request->office, "office");
    fill_attached(fill, office, fill_number(fill, office, true));
}

/* ===== Where the text ends ===== */

/* The paragraph that the document ends with, NULL when it ends with anything else. */
static struct block *last_paragraph(struct block *blocks) {
    while (blocks) {
        while (blocks->next)
            blocks = blocks->next;
        if (blocks->kind == BLOCK_PARAGRAPH)
            return blocks;
        blocks = blocks->kind == BLOCK_LIST || blocks->kind == BLOCK_ITEM ? blocks->children : NULL;
    }
    return NULL;
}

/* Of a stop that is there already only the rest is missing: "hết." and "./." make "hết./.". */
void letterhead_mark_end(struct fill *fill) {
    struct document *document = fill->document;
    const char *mark = document->profile->words.end_mark;
    struct block *last = last_paragraph(document->blocks);
    if (!*mark || !last || !fill->template->signature)
        return;
    const char *text = inlines_text(fill->arena, last->inlines);
    size_t length = strlen(text);
    struct inline_ **end = &last->inlines;
    while (*end)
        end = &(*end)->next;
    *end = inline_new(fill->arena, INLINE_TEXT, mark + (length && text[length - 1] == *mark));
}
