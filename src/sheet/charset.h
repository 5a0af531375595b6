/* charset.h - which encoding a text file is in, and its text as UTF-8.
 *
 *   bytes ─ charset_detect() ─ charset, confidence ─ charset_decode() ─ UTF-8, line for line
 *
 * UTF-8 and UTF-16 prove themselves. The Vietnamese encodings of the time before Unicode are told apart by reading the
 * same bytes in each of them and counting how many of the words that have marks are Vietnamese syllables. */
#ifndef TONGKET_CHARSET_H
#define TONGKET_CHARSET_H

#include "base/buffer.h"

#include <stdbool.h>
#include <stddef.h>

/* TCVN3 is what .VnTime fonts show (ABC); TCVN5712 is the standard behind it, which has capitals with tones too. CP1252
 * holds what is left of Vietnamese where Excel had no letters for it. */
enum charset {
    CHARSET_UTF8,
    CHARSET_UTF16LE,
    CHARSET_UTF16BE,
    CHARSET_TCVN3,
    CHARSET_TCVN5712,
    CHARSET_VNI,
    CHARSET_CP1258,
    CHARSET_VISCII,
    CHARSET_CP1252,
    CHARSET_COUNT
};

enum { CHARSET_SURE = 90 }; /* percent; a guess below is said aloud */

struct charset_guess {
    enum charset charset;
    int confidence; /* percent; 100 when nothing was guessed */
    size_t mark;    /* bytes of the byte order mark at the beginning */
    bool unknown;   /* not UTF-8 as a whole, and nothing else either */
};

const char *charset_name(enum charset charset);
/* By its name in any case, with the usual other names (ABC, windows-1258); false when there is none. */
bool charset_named(const char *name, enum charset *charset);
/* "UTF-8, UTF-16LE, …", for messages. */
const char *charset_names(void);

/* Looks at the beginning and at samples further on; at all of it only while everything seen is ASCII. */
struct charset_guess charset_detect(const char *bytes, size_t length);
/* UTF-16 by its mark or by where the NUL bytes stand. */
bool charset_is_utf16(const char *head, size_t length, enum charset *charset);

/* Adds the text as UTF-8, Vietnamese letters composed. Line ends stay where they are. Lines that are UTF-8 already are
 * kept (pasted into an old file); bytes that mean nothing are kept too and make their line invalid UTF-8. */
void charset_decode(enum charset charset, const char *bytes, size_t length, struct buffer *out);

/* How much a cell looks as if letters had been replaced by '?'; CHARSET_LOST in a row is proof enough. */
enum { CHARSET_LOST = 4 };
unsigned charset_lost(const char *cell, size_t length);

#endif
