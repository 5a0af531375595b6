/* utf8.h - whether bytes are UTF-8 as RFC 3629 has it, and without NUL. */
#ifndef TONGKET_UTF8_H
#define TONGKET_UTF8_H

#include <stdbool.h>
#include <stddef.h>

bool utf8_valid(const char *text, size_t length);

#endif
