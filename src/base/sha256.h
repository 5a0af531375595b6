/* sha256.h - SHA-256 (FIPS 180-4), for naming inputs and outputs exactly. */
#ifndef TONGKET_SHA256_H
#define TONGKET_SHA256_H

#include <stdbool.h>
#include <stddef.h>

enum { SHA256_TEXT = 65 };

/* Hexadecimal digits and a NUL. */
void sha256_bytes(const void *bytes, size_t length, char text[SHA256_TEXT]);
bool sha256_file(const char *path, char text[SHA256_TEXT]);

/* The same in slices. */
struct sha256_reading;
/* NULL: the file cannot be opened. */
struct sha256_reading *sha256_begin(const char *path);
/* Reads on for some microseconds. False: that was the last of it, and `text` is what sha256_file() makes
 * of it, or "" when it could not be read to its end. */
bool sha256_go_on(struct sha256_reading *reading, char text[SHA256_TEXT]);
void sha256_end(struct sha256_reading *reading);

#endif
