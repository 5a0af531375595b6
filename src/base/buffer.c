/* buffer.c - text that grows at its end. */
#include "base/buffer.h"

#include "base/arena.h"
#include "base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void buffer_free(struct buffer *buffer) {
    free(buffer->text);
    *buffer = (struct buffer){0};
}

void buffer_clear(struct buffer *buffer) {
    buffer->length = 0;
    if (buffer->text)
        buffer->text[0] = '\0';
}

static void buffer_room(struct buffer *buffer, size_t length) {
    size_t wanted = buffer->length + length + 1;
    if (wanted <= buffer->capacity)
        return;
    size_t fresh = buffer->capacity ? buffer->capacity * 2 : 256;
    buffer->capacity = fresh < wanted ? wanted : fresh;
    buffer->text = memory_resize(buffer->text, buffer->capacity);
}

void buffer_add(struct buffer *buffer, const char *text, size_t length) {
    buffer_room(buffer, length);
    if (length)
        memcpy(buffer->text + buffer->length, text, length);
    buffer->length += length;
    buffer->text[buffer->length] = '\0';
}

void buffer_text(struct buffer *buffer, const char *text) {
    buffer_add(buffer, text, strlen(text));
}

void buffer_char(struct buffer *buffer, char byte) {
    buffer_add(buffer, &byte, 1);
}

void buffer_printf(struct buffer *buffer, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length > 0) {
        buffer_room(buffer, (size_t)length);
        vsnprintf(buffer->text + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

void buffer_json(struct buffer *buffer, const char *text) {
    buffer_char(buffer, '"');
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '"' || byte == '\\')
            buffer_printf(buffer, "\\%c", byte);
        else if (byte < 0x20 || byte == 0x7f)
            buffer_printf(buffer, "\\u%04x", byte);
        else
            buffer_char(buffer, *text);
    }
    buffer_char(buffer, '"');
}

static bool is_xml(uint32_t letter) {
    return letter == '\t' || letter == '\n' ||
           (letter >= 0x20 && letter != 0x7f && letter != 0xfffe && letter != 0xffff);
}

void buffer_markup(struct buffer *buffer, const char *text) {
    static const char letters[] = "<>&\"'";
    static const char *const entities[] = {"&lt;", "&gt;", "&amp;", "&quot;", "&#39;"};
    for (size_t at = 0; text[at];) {
        size_t start = at;
        const char *markup = strchr(letters, text[at]);
        uint32_t letter = text_next(text, &at);
        if (markup)
            buffer_text(buffer, entities[markup - letters]);
        else if (is_xml(letter))
            buffer_add(buffer, text + start, at - start);
        else
            buffer_text(buffer, "\xef\xbf\xbd");
    }
}

const char *buffer_string(const struct buffer *buffer) {
    return buffer->text ? buffer->text : "";
}
