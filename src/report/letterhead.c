/* letterhead.c - who issues the document, its number, place and date, title, signer and recipients. */
#include "report/fill.h"

#include "base/text.h"

#include <string.h>

/* [documents] has "report.period = number | date of signing"; without it the clerk fills number and date in by hand, on
 * the blanks that the rule leaves for them. */
static void fill_number(struct fill *fill, const struct settings_section *office) {
    const struct report_request *request = fill->request;
    struct document *document = fill->document;
    const char *key = arena_printf(fill->arena, "%s.%s", document->report, document->period);
    if (request->unit != NO_ROW)
        key = arena_printf(fill->arena, "%s.%s", key, units_id(store_units(request->store), request->unit));
    char **words;
    size_t count = settings_list(fill->arena, settings_find(request->office, "documents"), key, &words);
    const char *code = settings_get(office, "code", ""), *place = settings_get(office, "place", "");
    struct date date;
    bool dated = count > 1 && date_parse_iso(words[1], &date) && date.day;
    document->letterhead.number =
        arena_printf(fill->arena, "Số %s-%s/%s", count ? words[0] : "      ", fill->template->document, code);
    struct format format = {.kind = FORMAT_DATE, .pattern = "long"};
    const char *when = dated ? value_string(fill->arena, value_date(date), &format)
                             : arena_printf(fill->arena, "ngày      tháng      năm %d", request->last.year);
    document->letterhead.place_date = arena_printf(fill->arena, "%s, %s", place, when);
    document->created = dated ? date : request->as_of;
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
    document->letterhead.party = settings_get(office, "party", "ĐẢNG CỘNG SẢN VIỆT NAM");
    fill_number(fill, office);
    document->title = words_fill(fill, template->title, &place);
    document->subject = words_fill(fill, template->subject, &place);
    document->note = words_fill(fill, template->note, &place);
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
