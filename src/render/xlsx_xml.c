/* xlsx_xml.c - the elements that libxlsxwriter writes its parts with.
 *
 * The library hands each name, sign and value of a tag to printf by itself, and clears four kilobytes for each
 * attribute: a third of what a small workbook costs. As in xlsx_package.c its functions are defined here, and being the
 * program's own they are linked instead; they write what the library's would, byte for byte. A tag is put together in
 * one place and goes to its part in one piece. */
#include "base/arena.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <xlsxwriter/xmlwriter.h>

enum { ROOM = 4096, DIGITS = 16 };

struct tag {
    FILE *out;
    size_t length;
    char text[ROOM];
};

static void flush(struct tag *tag) {
    fwrite_unlocked(tag->text, 1, tag->length, tag->out);
    tag->length = 0;
}

static void add(struct tag *tag, const char *text, size_t length) {
    if (length > ROOM - tag->length)
        flush(tag);
    if (length > ROOM) {
        fwrite_unlocked(text, 1, length, tag->out);
        return;
    }
    memcpy(tag->text + tag->length, text, length);
    tag->length += length;
}

static void add_text(struct tag *tag, const char *text) {
    add(tag, text, strlen(text));
}

static const char *entity(char letter) {
    switch (letter) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return "&#xA;";
    }
}

static void add_escaped(struct tag *tag, const char *text, const char *letters) {
    for (;;) {
        size_t plain = strcspn(text, letters);
        add(tag, text, plain);
        if (!text[plain])
            return;
        add_text(tag, entity(text[plain]));
        text += plain + 1;
    }
}

static void begin(struct tag *tag, FILE *out, const char *name, const struct xml_attribute_list *attributes) {
    const struct xml_attribute *attribute;
    tag->out = out;
    tag->length = 0;
    add(tag, "<", 1);
    add_text(tag, name);
    if (!attributes)
        return;
    STAILQ_FOREACH(attribute, attributes, list_entries) {
        add(tag, " ", 1);
        add_text(tag, attribute->key);
        add(tag, "=\"", 2);
        add_escaped(tag, attribute->value, "&<>\"\n");
        add(tag, "\"", 1);
    }
}

static void add_end(struct tag *tag, const char *name) {
    add(tag, "</", 2);
    add_text(tag, name);
    add(tag, ">", 1);
    flush(tag);
}

void lxw_xml_start_tag(FILE *out, const char *name, struct xml_attribute_list *attributes) {
    struct tag tag;
    begin(&tag, out, name, attributes);
    add(&tag, ">", 1);
    flush(&tag);
}

void lxw_xml_empty_tag(FILE *out, const char *name, struct xml_attribute_list *attributes) {
    struct tag tag;
    begin(&tag, out, name, attributes);
    add(&tag, "/>", 2);
    flush(&tag);
}

void lxw_xml_end_tag(FILE *out, const char *name) {
    struct tag tag;
    tag.out = out;
    tag.length = 0;
    add_end(&tag, name);
}

void lxw_xml_data_element(FILE *out, const char *name, const char *data, struct xml_attribute_list *attributes) {
    struct tag tag;
    begin(&tag, out, name, attributes);
    add(&tag, ">", 1);
    add_escaped(&tag, data, "&<>");
    add_end(&tag, name);
}

/* ---- Attributes ------------------------------------------------------------------------------------------------- */

/* The library frees it. */
static struct xml_attribute *new_attribute(const char *key, const char *value) {
    struct xml_attribute *made = memory_resize(NULL, sizeof *made);
    size_t length = strnlen(key, sizeof made->key - 1), size = strnlen(value, sizeof made->value - 1);
    memcpy(made->key, key, length);
    made->key[length] = '\0';
    memcpy(made->value, value, size);
    made->value[size] = '\0';
    return made;
}

struct xml_attribute *lxw_new_attribute_str(const char *key, const char *value) {
    return new_attribute(key, value);
}

/* As the library's, which takes the number for a signed one. */
struct xml_attribute *lxw_new_attribute_int(const char *key, uint32_t value) {
    char digits[DIGITS], *at = digits + DIGITS;
    const bool negative = value > INT32_MAX;
    uint32_t left = negative ? 0 - value : value;
    *--at = '\0';
    do
        *--at = (char)('0' + left % 10);
    while (left /= 10);
    if (negative)
        *--at = '-';
    return new_attribute(key, at);
}

struct xml_attribute *lxw_new_attribute_dbl(const char *key, double value) {
    char digits[LXW_ATTR_32];
    snprintf(digits, sizeof digits, "%.16G", value);
    return new_attribute(key, digits);
}
