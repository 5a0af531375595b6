/* xml.c - a part of a package read as a stream of elements and text, through expat. */
#include "sheet/xml.h"

#include "base/buffer.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

enum { CHUNK = 64 * 1024, HEADER = 16, TAKE_BYTES = 1 << 20 };

struct xml {
    XML_Parser parser;
    const struct xml_handler *handler;
    struct package *package;
    const char *part;
    unsigned depth;
    bool stopped, refused; /* by the handler; by a guard, which said so */
    bool foreign;          /* not in UTF-8 */
    struct buffer bytes;   /* read, and not yet parsed from `at` on */
    size_t at;
    long parsed, taken;
};

/* ---- The parser's memory, bounded ------------------------------------------------------------------------------- */

/* Expat's allocation functions have no context, and one part is read at a time. */
static _Thread_local size_t memory_used;

static void *bounded_resize(void *block, size_t size) {
    char *start = block ? (char *)block - HEADER : NULL;
    size_t before = 0;
    if (start)
        memcpy(&before, start, sizeof before);
    if (size > XML_BYTES || memory_used - before + size > XML_BYTES)
        return NULL;
    start = memory_resize(start, size + HEADER);
    memcpy(start, &size, sizeof size);
    memory_used += size - before;
    return start + HEADER;
}

static void *bounded_new(size_t size) {
    return bounded_resize(NULL, size);
}

static void bounded_free(void *block) {
    if (!block)
        return;
    char *start = (char *)block - HEADER;
    size_t before;
    memcpy(&before, start, sizeof before);
    memory_used -= before;
    free(start);
}

/* ---- Events ----------------------------------------------------------------------------------------------------- */

static const char *local_name(const char *name) {
    for (const char *at = name; *at; at++)
        if (*at == ':')
            return at + 1;
    return name;
}

static void stop(struct xml *xml) {
    xml->stopped = true;
    XML_StopParser(xml->parser, XML_FALSE);
}

static void refuse(struct xml *xml, const char *vi, const char *en) {
    package_bomb(xml->package, xml->part, vi, en);
    xml->refused = true;
    stop(xml);
}

static void XMLCALL on_start(void *context, const XML_Char *name, const XML_Char **attributes) {
    struct xml *xml = context;
    if (xml->stopped)
        return;
    if (++xml->depth > XML_DEPTH)
        refuse(xml, "các thẻ lồng nhau quá sâu", "its elements nest too deeply");
    else if (!xml->handler->start(xml->handler->context, local_name(name), attributes))
        stop(xml);
}

static void XMLCALL on_end(void *context, const XML_Char *name) {
    struct xml *xml = context;
    if (xml->stopped)
        return;
    xml->depth--;
    if (xml->handler->end && !xml->handler->end(xml->handler->context, local_name(name)))
        stop(xml);
}

static void XMLCALL on_text(void *context, const XML_Char *text, int length) {
    struct xml *xml = context;
    if (!xml->stopped)
        xml->handler->text(xml->handler->context, text, (size_t)length);
}

static void XMLCALL on_doctype(void *context, const XML_Char *name, const XML_Char *system, const XML_Char *public,
                               int subset) {
    (void)name, (void)system, (void)public;
    if (subset)
        refuse(context, "khai báo DOCTYPE có định nghĩa riêng", "its DOCTYPE holds declarations");
}

static void XMLCALL on_declaration(void *context, const XML_Char *version, const XML_Char *encoding, int alone) {
    struct xml *xml = context;
    (void)version, (void)alone;
    xml->foreign = encoding && strcasecmp(encoding, "UTF-8") != 0 && strcasecmp(encoding, "UTF8") != 0;
}

/* ---- Reading ---------------------------------------------------------------------------------------------------- */

static const char *xml_reason(const struct diagnostics *diagnostics, enum XML_Error code) {
    static const struct reason known[] = {
        {XML_ERROR_NO_ELEMENTS, "không có nội dung XML", "it holds no XML"},
        {XML_ERROR_SYNTAX, "sai cú pháp XML", "its XML is no XML"},
        {XML_ERROR_INVALID_TOKEN, "có ký tự không được phép trong XML", "it holds letters that XML does not allow"},
        {XML_ERROR_UNCLOSED_TOKEN, "một thẻ XML bị cụt", "an XML tag is cut off"},
        {XML_ERROR_PARTIAL_CHAR, "một ký tự bị cụt", "a letter is cut off"},
        {XML_ERROR_TAG_MISMATCH, "thẻ đóng không khớp thẻ mở", "a closing tag does not fit the one it closes"},
        {XML_ERROR_DUPLICATE_ATTRIBUTE, "một thẻ có thuộc tính lặp lại", "a tag has an attribute twice"},
        {XML_ERROR_JUNK_AFTER_DOC_ELEMENT, "còn nội dung thừa sau thẻ đóng cuối",
         "something stands behind its last tag"},
        {XML_ERROR_UNDEFINED_ENTITY, "dùng một ký hiệu & chưa khai báo", "it uses an entity that nothing defines"},
        {XML_ERROR_BAD_CHAR_REF, "mã ký tự không hợp lệ", "it names a letter that there is not"},
        {XML_ERROR_MISPLACED_XML_PI, "khai báo XML đứng sai chỗ", "its XML declaration is out of place"},
        {XML_ERROR_UNKNOWN_ENCODING, "bảng mã không đọc được", "its encoding is not read"},
        {XML_ERROR_INCORRECT_ENCODING, "bảng mã khai báo sai", "its encoding is not the one it declares"},
        {XML_ERROR_UNCLOSED_CDATA_SECTION, "phần CDATA không đóng", "a CDATA section is never closed"},
    };
    const char *reason = diagnose_reason(diagnostics, known, sizeof known / sizeof *known, (int)code);
    return reason ? reason
                  : arena_printf(diagnostics->arena, diagnose_say(diagnostics, "lỗi XML số %d", "XML error %d"),
                                 (int)code);
}

static void say_broken(const struct xml *xml, struct diagnostics *diagnostics) {
    enum XML_Error code = XML_GetErrorCode(xml->parser);
    if (code == XML_ERROR_NO_MEMORY) {
        package_bomb(xml->package, xml->part, "một thẻ dài quá mức, hoặc quá nhiều tên thẻ khác nhau",
                     "a tag is of excessive length, or there are too many different names");
        return;
    }
    /* Of what was taken the parser knows nothing: its place would be a wrong one. */
    const char *place = xml->taken
                            ? ""
                            : arena_printf(diagnostics->arena,
                                           diagnose_say(diagnostics, "dòng %lu, cột %lu: ", "line %lu, column %lu: "),
                                           (unsigned long)XML_GetCurrentLineNumber(xml->parser),
                                           (unsigned long)XML_GetCurrentColumnNumber(xml->parser) + 1);
    package_damaged(xml->package, xml->part,
                    arena_printf(diagnostics->arena, "%s%s", place, xml_reason(diagnostics, code)));
}

/* Adds the part's next bytes to those at hand. 0 at its end, -1 after saying what is wrong. */
static long read_more(struct xml *xml, struct part *part) {
    struct buffer *bytes = &xml->bytes;
    bytes->length -= xml->at;
    if (bytes->length)
        memmove(bytes->text, bytes->text + xml->at, bytes->length);
    xml->at = 0;
    if (bytes->capacity < bytes->length + CHUNK) {
        bytes->capacity = bytes->length + CHUNK;
        bytes->text = memory_resize(bytes->text, bytes->capacity);
    }
    long got = part_read(part, bytes->text + bytes->length, CHUNK);
    bytes->length += got > 0 ? (size_t)got : 0;
    return got;
}

/* How many bytes of those at hand may be parsed until the handler wants to look: through the next tag to take after,
 * or all. */
static size_t find_stop(const struct xml *xml, bool *found) {
    const char *start = xml->bytes.text + xml->at;
    size_t length = xml->bytes.length - xml->at;
    *found = false;
    for (const char *const *tag = xml->handler->take ? xml->handler->take_after : NULL; tag && *tag; tag++) {
        const char *place = memmem(start, length, *tag, strlen(*tag));
        *found = *found || place;
        if (place)
            length = (size_t)(place - start) + strlen(*tag);
    }
    return length;
}

/* False when nothing further is wanted. */
static bool take(struct xml *xml, bool *more) {
    *more = false;
    long taken =
        xml->handler->take(xml->handler->context, xml->bytes.text + xml->at, xml->bytes.length - xml->at, more);
    if (taken < 0)
        return false;
    xml->taken += taken;
    xml->at += (size_t)taken;
    *more = *more && xml->bytes.length - xml->at < TAKE_BYTES;
    return true;
}

/* The parser stands behind a whole tag: what it has seen it has told, unlike in the midst of a comment. */
static bool told_all(const struct xml *xml) {
    return XML_GetCurrentByteIndex(xml->parser) == xml->parsed;
}

static bool feed(struct xml *xml, struct part *part, struct diagnostics *diagnostics) {
    bool ended = false, more = true, taking = false;
    for (;;) {
        if (more && !ended) {
            long got = read_more(xml, part);
            if (got < 0)
                return false;
            ended = got == 0;
        }
        if (taking && !take(xml, &more))
            return true;
        taking = taking && more && !ended;
        if (taking)
            continue;
        size_t size = find_stop(xml, &taking);
        bool last = ended && size == xml->bytes.length - xml->at;
        xml->parsed += (long)size;
        if (XML_Parse(xml->parser, xml->bytes.text + xml->at, (int)size, last) != XML_STATUS_OK) {
            if (!xml->stopped)
                say_broken(xml, diagnostics);
            return xml->stopped && !xml->refused;
        }
        if (last)
            return true;
        xml->at += size;
        taking = taking && !xml->foreign && told_all(xml);
        more = xml->at == xml->bytes.length;
    }
}

bool xml_read(struct package *package, const char *name, const struct xml_handler *handler,
              struct diagnostics *diagnostics) {
    static const XML_Memory_Handling_Suite bounded = {bounded_new, bounded_resize, bounded_free};
    struct part *part = part_open(package, name);
    if (!part)
        return false;
    struct xml xml = {.handler = handler, .package = package, .part = name};
    xml.parser = XML_ParserCreate_MM(NULL, &bounded, NULL);
    bool good = xml.parser != NULL;
    if (good) {
        XML_SetUserData(xml.parser, &xml);
        XML_SetElementHandler(xml.parser, on_start, on_end);
        if (handler->text)
            XML_SetCharacterDataHandler(xml.parser, on_text);
        XML_SetStartDoctypeDeclHandler(xml.parser, on_doctype);
        XML_SetXmlDeclHandler(xml.parser, on_declaration);
        good = feed(&xml, part, diagnostics);
        XML_ParserFree(xml.parser);
    }
    buffer_free(&xml.bytes);
    part_close(part);
    return good;
}

const char *xml_attribute(const char **attributes, const char *name) {
    for (; *attributes; attributes += 2)
        if (strcmp(local_name(attributes[0]), name) == 0)
            return attributes[1];
    return NULL;
}

bool xml_flag(const char *value) {
    return value && (strcmp(value, "1") == 0 || strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}
