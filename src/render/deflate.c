/* deflate.c - packing bytes with libdeflate, and with zlib what does not come in one piece.
 *
 * Packing is a quarter of a small document's time. libdeflate's first level takes half the time of zlib's first and a
 * quarter of its sixth, and its output lies between the two; but it wants the whole piece in memory. */
#include "render/deflate.h"

#include "base/arena.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

enum { LEVEL = 1, STREAM_LEVEL = 6, STREAM_ROOM = 65536, SHORT = 8192, KNOWN = 256, SEEN = 1024 };

/* One for all documents of the process; it keeps nothing from one piece to the next. */
static struct libdeflate_compressor *compressor(void) {
    static struct libdeflate_compressor *made;
    if (!made)
        made = libdeflate_alloc_compressor(LEVEL);
    if (!made)
        memory_fail();
    return made;
}

typedef size_t packing(struct libdeflate_compressor *, const void *, size_t, void *, size_t);
typedef size_t bounding(struct libdeflate_compressor *, size_t);

static void pack_whole(struct buffer *out, const void *bytes, size_t length, packing *pack, bounding *bound) {
    size_t room = bound(compressor(), length);
    char *place = buffer_reserve(out, room);
    out->length += pack(compressor(), bytes, length, place, room);
    out->text[out->length] = '\0';
}

/* The documents of a batch have most of their short pieces in common: styles, themes, lists of contents. A piece that
 * comes a second time is kept, and from then on only compared. At the first only its checksum is noted: what no other
 * document has shall not push out what all have. */
struct known {
    packing *pack;
    struct buffer bytes, packed;
};

static bool came_before(uint32_t checksum) {
    static uint32_t seen[SEEN];
    uint32_t *place = &seen[checksum % SEEN];
    bool before = *place == checksum;
    *place = checksum;
    return before;
}

static void pack_known(struct buffer *out, const void *bytes, size_t length, packing *pack, bounding *bound) {
    static struct known all[KNOWN];
    uint32_t checksum = libdeflate_crc32(0, bytes, length);
    struct known *known = &all[checksum % KNOWN];
    if (known->pack == pack && known->bytes.length == length && memcmp(known->bytes.text, bytes, length) == 0) {
        buffer_add(out, known->packed.text, known->packed.length);
        return;
    }
    size_t from = out->length;
    pack_whole(out, bytes, length, pack, bound);
    if (!came_before(checksum))
        return;
    known->pack = pack;
    buffer_clear(&known->bytes);
    buffer_clear(&known->packed);
    buffer_add(&known->bytes, bytes, length);
    buffer_add(&known->packed, out->text + from, out->length - from);
}

static void pack_piece(struct buffer *out, const void *bytes, size_t length, packing *pack, bounding *bound) {
    (length <= SHORT ? pack_known : pack_whole)(out, bytes, length, pack, bound);
}

void deflate_raw(struct buffer *out, const void *bytes, size_t length) {
    pack_piece(out, bytes, length, libdeflate_deflate_compress, libdeflate_deflate_compress_bound);
}

void deflate_zlib(struct buffer *out, const void *bytes, size_t length) {
    pack_piece(out, bytes, length, libdeflate_zlib_compress, libdeflate_zlib_compress_bound);
}

uint32_t deflate_crc(uint32_t before, const void *bytes, size_t length) {
    return libdeflate_crc32(before, bytes, length);
}

/* ---- Streams ---------------------------------------------------------------------------------------------------- */

struct deflater {
    z_stream stream;
};

struct deflater *deflater_new(void) {
    struct deflater *deflater = memory_resize(NULL, sizeof *deflater);
    *deflater = (struct deflater){0};
    if (deflateInit2(&deflater->stream, STREAM_LEVEL, Z_DEFLATED, -MAX_WBITS, MAX_MEM_LEVEL, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        memory_fail();
    return deflater;
}

void deflater_add(struct deflater *deflater, struct buffer *out, const void *bytes, size_t length, bool last) {
    z_stream *stream = &deflater->stream;
    stream->next_in = (z_const Bytef *)bytes;
    stream->avail_in = (uInt)length;
    do {
        stream->next_out = (Bytef *)buffer_reserve(out, STREAM_ROOM);
        stream->avail_out = STREAM_ROOM;
        deflate(stream, last ? Z_FINISH : Z_NO_FLUSH);
        out->length += STREAM_ROOM - stream->avail_out;
        out->text[out->length] = '\0';
    } while (!stream->avail_out);
}

void deflater_free(struct deflater *deflater) {
    if (!deflater)
        return;
    deflateEnd(&deflater->stream);
    free(deflater);
}
