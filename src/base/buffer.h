/* buffer.h - text that grows at its end. Always NUL-terminated once anything was added; freed by its owner. */
#ifndef TONGKET_BUFFER_H
#define TONGKET_BUFFER_H

#include <stddef.h>

struct buffer {
    char *text;
    size_t length, capacity;
};

void buffer_free(struct buffer *buffer);
void buffer_clear(struct buffer *buffer);
void buffer_add(struct buffer *buffer, const char *text, size_t length);
void buffer_text(struct buffer *buffer, const char *text);
void buffer_char(struct buffer *buffer, char byte);
void buffer_printf(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The text in quotes, as a string of JSON. */
void buffer_json(struct buffer *buffer, const char *text);
/* Valid UTF-8 as content or in an attribute of XML and HTML: markup escaped, what XML cannot hold replaced by U+FFFD.
 */
void buffer_markup(struct buffer *buffer, const char *text);
/* The text so far, never NULL. */
const char *buffer_string(const struct buffer *buffer);

#endif
