/* sha256.h - SHA-256 (FIPS 180-4), for naming inputs and outputs exactly. */
#ifndef TONGKET_SHA256_H
#define TONGKET_SHA256_H

#include <stdbool.h>
#include <stddef.h>

enum { SHA256_TEXT = 65 };

/* Hexadecimal digits and a NUL. */
void sha256_bytes(const void *bytes, size_t length, char text[SHA256_TEXT]);
bool sha256_file(const char *path, char text[SHA256_TEXT]);

#endif
