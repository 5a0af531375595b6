/* pdf_archive.c - the XMP packet and the ICC profile of PDF/A-2b.
 *
 * libharu's own HPDF_PDFA_* calls are not used: they misspell keys, write titles unescaped and an ID from the clock.
 * sRGB is small enough to be written down: a header of 128 bytes, a table of tags, then the tags, each beginning on a
 * multiple of four. Numbers are big-endian; s15Fixed16 is a number times 65,536. */
#include "render/pdf_archive.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

/* ===== Metadata ===== */

static void add_element(struct buffer *out, const char *before, const char *text, const char *after) {
    buffer_text(out, before);
    buffer_markup(out, text);
    buffer_text(out, after);
}

void archive_metadata(struct buffer *out, const char *title, const char *program, const char *language,
                      struct date created) {
    char iso[DATE_ISO_SIZE];
    buffer_text(out, "<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                     "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">\n"
                     "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">\n"
                     "<rdf:Description rdf:about=\"\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                     " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmlns:pdf=\"http://ns.adobe.com/pdf/1.3/\""
                     " xmlns:pdfaid=\"http://www.aiim.org/pdfa/ns/id/\">\n"
                     "<pdfaid:part>2</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>\n"
                     "<dc:format>application/pdf</dc:format>\n");
    add_element(out, "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">", title, "</rdf:li></rdf:Alt></dc:title>\n");
    add_element(out, "<dc:language><rdf:Bag><rdf:li>", language, "</rdf:li></rdf:Bag></dc:language>\n");
    add_element(out, "<xmp:CreatorTool>", program, "</xmp:CreatorTool>\n");
    if (created.day)
        buffer_printf(out, "<xmp:CreateDate>%sT00:00:00Z</xmp:CreateDate>\n", date_iso(created, iso));
    buffer_text(out, "<pdf:Producer>" ARCHIVE_PRODUCER "</pdf:Producer>\n"
                     "</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end=\"r\"?>\n");
}

/* ===== The colour space ===== */

enum { HEADER_SIZE = 128, TAG_ENTRY = 12 };

static void put_bytes(struct buffer *out, uint32_t number, int count) {
    for (int shift = 8 * (count - 1); shift >= 0; shift -= 8)
        buffer_char(out, (char)(number >> shift & 0xff));
}

static void put_fixed(struct buffer *out, double number) {
    put_bytes(out, (uint32_t)(int32_t)lround(number * 65536), 4);
}

static void put_zeros(struct buffer *out, size_t count) {
    while (count--)
        buffer_char(out, '\0');
}

static void put_type(struct buffer *out, const char *type) {
    buffer_text(out, type);
    put_bytes(out, 0, 4);
}

static void put_fixeds(struct buffer *out, const char *type, const double *numbers, size_t count) {
    put_type(out, type);
    for (size_t i = 0; i < count; i++)
        put_fixed(out, numbers[i]);
}

/* One text in English, as UTF-16. */
static void put_words(struct buffer *out, const char *words) {
    put_type(out, "mluc");
    put_bytes(out, 1, 4);
    put_bytes(out, 12, 4);
    buffer_text(out, "enUS");
    put_bytes(out, (uint32_t)(2 * strlen(words)), 4);
    put_bytes(out, 28, 4);
    for (; *words; words++)
        put_bytes(out, (unsigned char)*words, 2);
}

/* (a x + b)^g from d on, c x below. */
static void put_curve(struct buffer *out) {
    static const double numbers[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    put_type(out, "para");
    put_bytes(out, 3, 2);
    put_bytes(out, 0, 2);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        put_fixed(out, numbers[i]);
}

struct tag {
    const char *names[3]; /* tags that share the data */
    struct buffer data;
};

/* The primaries, adapted to the illuminant D50, and the adaption itself. */
static void make_tags(struct tag *tags) {
    static const double white[] = {0.9642, 1, 0.8249}, red[] = {0.43607, 0.22249, 0.01392},
                        green[] = {0.38515, 0.71687, 0.09708}, blue[] = {0.14307, 0.06061, 0.71410},
                        adaption[] = {1.04788,  0.02292,  -0.05022, 0.02959, 0.99048,
                                      -0.01707, -0.00925, 0.01508,  0.75168};
    put_words(&tags[0].data, ARCHIVE_SPACE);
    put_words(&tags[1].data, "No copyright");
    put_fixeds(&tags[2].data, "XYZ ", white, 3);
    put_fixeds(&tags[3].data, "XYZ ", red, 3);
    put_fixeds(&tags[4].data, "XYZ ", green, 3);
    put_fixeds(&tags[5].data, "XYZ ", blue, 3);
    put_curve(&tags[6].data);
    put_fixeds(&tags[7].data, "sf32", adaption, 9);
}

static void put_header(struct buffer *out, size_t size) {
    static const double illuminant[] = {0.9642, 1, 0.8249};
    put_bytes(out, (uint32_t)size, 4);
    put_zeros(out, 4);
    put_bytes(out, 0x04200000, 4); /* version 4.2 */
    buffer_text(out, "mntrRGB XYZ ");
    for (int i = 0; i < 6; i++)
        put_bytes(out, i < 3 ? (const uint32_t[]){2012, 1, 1}[i] : 0, 2);
    buffer_text(out, "acsp");
    put_zeros(out, 28);
    for (int i = 0; i < 3; i++)
        put_fixed(out, illuminant[i]);
    put_zeros(out, HEADER_SIZE - out->length);
}

static size_t padded(size_t length) {
    return (length + 3) & ~(size_t)3;
}

void archive_profile(struct buffer *out) {
    enum { TAGS = 8 };
    struct tag tags[TAGS] = {{.names = {"desc"}},
                             {.names = {"cprt"}},
                             {.names = {"wtpt"}},
                             {.names = {"rXYZ"}},
                             {.names = {"gXYZ"}},
                             {.names = {"bXYZ"}},
                             {.names = {"rTRC", "gTRC", "bTRC"}},
                             {.names = {"chad"}}};
    size_t entries = 0, offset, size;
    make_tags(tags);
    for (int i = 0; i < TAGS; i++)
        for (int j = 0; j < 3 && tags[i].names[j]; j++)
            entries++;
    offset = size = HEADER_SIZE + 4 + entries * TAG_ENTRY;
    for (int i = 0; i < TAGS; i++)
        size += padded(tags[i].data.length);
    put_header(out, size);
    put_bytes(out, (uint32_t)entries, 4);
    for (int i = 0; i < TAGS; i++) {
        for (int j = 0; j < 3 && tags[i].names[j]; j++) {
            buffer_text(out, tags[i].names[j]);
            put_bytes(out, (uint32_t)offset, 4);
            put_bytes(out, (uint32_t)tags[i].data.length, 4);
        }
        offset += padded(tags[i].data.length);
    }
    for (int i = 0; i < TAGS; i++) {
        buffer_add(out, tags[i].data.text, tags[i].data.length);
        put_zeros(out, padded(tags[i].data.length) - tags[i].data.length);
        buffer_free(&tags[i].data);
    }
}
