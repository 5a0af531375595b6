/* xml.h - a part of a package read as a stream of elements and text.
 *
 * Names come without their prefix: a workbook's words do not clash, and programs choose prefixes as they like. What is
 * refused: a DOCTYPE with declarations of its own (entity bombs have one; that of an old OpenOffice merely names a
 * file, which is never sought), nesting beyond XML_DEPTH, and whatever makes the parser keep more than XML_BYTES at
 * once (a tag of endless length, millions of different names). */
#ifndef TONGKET_XML_H
#define TONGKET_XML_H

#include "sheet/zip.h"

enum { XML_DEPTH = 256, XML_BYTES = 32 << 20 };

struct xml_handler {
    void *context;
    /* False: nothing further is wanted. Attributes are name, value, …, NULL. */
    bool (*start)(void *context, const char *name, const char **attributes);
    bool (*end)(void *context, const char *name);
    /* An element's text comes in pieces. NULL: no text is wanted. */
    void (*text)(void *context, const char *text, size_t length);
    /* Plain elements that a handler can read faster than any parser: in UTF-8 parts, behind each of the tags in
     * `take_after` (NULL-ended) it is shown the bytes that follow and answers how many of them it took, or -1 when
     * nothing further is wanted. *more: it would go on were there more bytes. The parser never sees what was taken.
     * NULL: everything is parsed. */
    long (*take)(void *context, const char *bytes, size_t length, bool *more);
    const char *const *take_after;
};

/* False after saying what is wrong; true at the end, and when the handler wanted no more. */
bool xml_read(struct package *package, const char *part, const struct xml_handler *handler,
              struct diagnostics *diagnostics);
/* The value, or NULL. */
const char *xml_attribute(const char **attributes, const char *name);
/* 1, true, on. */
bool xml_flag(const char *value);

#endif
