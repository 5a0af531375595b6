/* deflate.h - packing bytes: whole pieces at once, and streams that are too long for that. */
#ifndef TONGKET_DEFLATE_H
#define TONGKET_DEFLATE_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stdint.h>

/* Appends the bytes packed, as a ZIP holds them (raw) or as a PDF does (zlib). */
void deflate_raw(struct buffer *out, const void *bytes, size_t length);
void deflate_zlib(struct buffer *out, const void *bytes, size_t length);
/* The CRC-32 of what came before, 0 at first, and of the bytes. */
uint32_t deflate_crc(uint32_t before, const void *bytes, size_t length);

/* One raw stream in parts. */
struct deflater;
struct deflater *deflater_new(void);
void deflater_add(struct deflater *deflater, struct buffer *out, const void *bytes, size_t length, bool last);
void deflater_free(struct deflater *deflater);

#endif
