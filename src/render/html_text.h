/* html_text.h - text and frame of a page for browsers, shared by reports and indexes. */
#ifndef TONGKET_HTML_TEXT_H
#define TONGKET_HTML_TEXT_H

#include "base/buffer.h"
#include "document/profile.h"

/* Text as content or in an attribute: markup escaped, what XML cannot hold replaced by U+FFFD. NULL is nothing. */
void html_text(struct buffer *out, const char *text);
/* <tag class="kind">text</tag>; `kind` may be NULL. */
void html_element(struct buffer *out, const char *tag, const char *kind, const char *text);
/* Everything before the content: one file that asks for nothing outside of it, with the page's margins from the
 * profile (which may be NULL). */
void html_begin(struct buffer *out, const char *language, const char *title, const struct profile *profile);
void html_end(struct buffer *out);

#endif
