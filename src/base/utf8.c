/* utf8.c - whether bytes are UTF-8 at all: asked of every byte that is read. */
#include "base/utf8.h"

#include <stdint.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* ---- One byte after another ------------------------------------------------------------------------------------- */

/* The states of a machine that reads UTF-8: what must come next. A byte's entry holds, at the six bits that a state
 * numbers, the state behind it; 0 is the end of all that is valid. So a step is one load and one shift, whatever the
 * letters are: text of one to three bytes a letter defeats the prediction of branches. */
enum {
    BAD = 0,
    LETTER = 6,
    LAST = 12,
    LAST_TWO = 18,
    AFTER_E0 = 24,
    AFTER_ED = 30,
    AFTER_F0 = 36,
    THREE = 42,
    AFTER_F4 = 48
};

#define STEP(from, to) ((uint64_t)(to) << (from))
#define MIDDLE (STEP(LAST, LETTER) | STEP(LAST_TWO, LAST) | STEP(THREE, LAST_TWO))
#define FOUR_OF(entry) entry, entry, entry, entry
#define SIXTEEN_OF(entry) FOUR_OF(entry), FOUR_OF(entry), FOUR_OF(entry), FOUR_OF(entry)
#define ASCII STEP(LETTER, LETTER)
#define TWO_BYTES STEP(LETTER, LAST)
#define THREE_BYTES STEP(LETTER, LAST_TWO)
#define FOUR_BYTES STEP(LETTER, THREE)

static const uint64_t steps[256] = {
    BAD,
    ASCII,
    ASCII,
    ASCII,
    FOUR_OF(ASCII),
    FOUR_OF(ASCII),
    FOUR_OF(ASCII),
    SIXTEEN_OF(ASCII),
    SIXTEEN_OF(ASCII),
    SIXTEEN_OF(ASCII),
    SIXTEEN_OF(ASCII),
    SIXTEEN_OF(ASCII),
    SIXTEEN_OF(ASCII),
    SIXTEEN_OF(ASCII),
    SIXTEEN_OF(MIDDLE | STEP(AFTER_ED, LAST) | STEP(AFTER_F4, LAST_TWO)),
    SIXTEEN_OF(MIDDLE | STEP(AFTER_ED, LAST) | STEP(AFTER_F0, LAST_TWO)),
    SIXTEEN_OF(MIDDLE | STEP(AFTER_E0, LAST) | STEP(AFTER_F0, LAST_TWO)),
    SIXTEEN_OF(MIDDLE | STEP(AFTER_E0, LAST) | STEP(AFTER_F0, LAST_TWO)),
    BAD,
    BAD,
    TWO_BYTES,
    TWO_BYTES,
    FOUR_OF(TWO_BYTES),
    FOUR_OF(TWO_BYTES),
    FOUR_OF(TWO_BYTES),
    SIXTEEN_OF(TWO_BYTES),
    STEP(LETTER, AFTER_E0),
    THREE_BYTES,
    THREE_BYTES,
    THREE_BYTES,
    FOUR_OF(THREE_BYTES),
    FOUR_OF(THREE_BYTES),
    THREE_BYTES,
    STEP(LETTER, AFTER_ED),
    THREE_BYTES,
    THREE_BYTES,
    STEP(LETTER, AFTER_F0),
    FOUR_BYTES,
    FOUR_BYTES,
    FOUR_BYTES,
    STEP(LETTER, AFTER_F4),
    BAD,
    BAD,
    BAD,
    FOUR_OF(BAD),
    FOUR_OF(BAD),
};

static bool valid_by_steps(const char *text, size_t length) {
    uint64_t state = LETTER;
    for (size_t at = 0; at < length; at++)
        state = steps[(unsigned char)text[at]] >> (state & 63);
    return (state & 63) == LETTER;
}

/* ---- Sixteen bytes at a time ------------------------------------------------------------------------------------ */

#if defined(__x86_64__)
/* After Keiser and Lemire, Validating UTF-8 In Less Than One Instruction Per Byte (2021): two bytes that follow each
 * other have four halves. Three of them each rule out some of the mistakes that the two can make, and a mistake that
 * none rules out is made. Third and fourth bytes are told by what stands two and three places before them. */
enum {
    TOO_SHORT = 1,   /* a first byte and no continuation */
    TOO_LONG = 2,    /* ASCII and a continuation */
    OVERLONG_3 = 4,  /* E0 80 … E0 9F */
    TOO_LARGE = 8,   /* F4 90 and more */
    SURROGATE = 16,  /* ED A0 … ED BF */
    OVERLONG_2 = 32, /* C0, C1 */
    OUTSIDE = 64,    /* F0 80 … F0 8F; F5 80 and more */
    CONTINUED = 128, /* two continuations: no mistake in a third or fourth byte, and needed there */
    ANY = TOO_SHORT | TOO_LONG | CONTINUED,
    LARGE = ANY | TOO_LARGE | OUTSIDE,
    LATER = TOO_LONG | OVERLONG_2 | CONTINUED
};

static const unsigned char first_high[16] = {TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             TOO_LONG,
                                             CONTINUED,
                                             CONTINUED,
                                             CONTINUED,
                                             CONTINUED,
                                             TOO_SHORT | OVERLONG_2,
                                             TOO_SHORT,
                                             TOO_SHORT | OVERLONG_3 | SURROGATE,
                                             TOO_SHORT | TOO_LARGE | OUTSIDE};
static const unsigned char first_low[16] = {ANY | OVERLONG_3 | OVERLONG_2 | OUTSIDE,
                                            ANY | OVERLONG_2,
                                            ANY,
                                            ANY,
                                            ANY | TOO_LARGE,
                                            LARGE,
                                            LARGE,
                                            LARGE,
                                            LARGE,
                                            LARGE,
                                            LARGE,
                                            LARGE,
                                            LARGE,
                                            LARGE | SURROGATE,
                                            LARGE,
                                            LARGE};
static const unsigned char second_high[16] = {TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              LATER | OVERLONG_3 | OUTSIDE,
                                              LATER | OVERLONG_3 | TOO_LARGE,
                                              LATER | SURROGATE | TOO_LARGE,
                                              LATER | SURROGATE | TOO_LARGE,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT,
                                              TOO_SHORT};

#define NATIVE __attribute__((target("ssse3")))

NATIVE static __m128i look(const unsigned char table[16], __m128i halves) {
    return _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)table), _mm_and_si128(halves, _mm_set1_epi8(0x0f)));
}

/* Not 0 where the bytes are wrong behind the sixteen before them. */
NATIVE static __m128i mistakes(__m128i bytes, __m128i before) {
    __m128i first = _mm_alignr_epi8(bytes, before, 15);
    __m128i made = _mm_and_si128(_mm_and_si128(look(first_high, _mm_srli_epi16(first, 4)), look(first_low, first)),
                                 look(second_high, _mm_srli_epi16(bytes, 4)));
    __m128i third = _mm_subs_epu8(_mm_alignr_epi8(bytes, before, 14), _mm_set1_epi8(0xe0 - 0x80));
    __m128i fourth = _mm_subs_epu8(_mm_alignr_epi8(bytes, before, 13), _mm_set1_epi8(0xf0 - 0x80));
    __m128i needed = _mm_and_si128(_mm_or_si128(third, fourth), _mm_set1_epi8((char)CONTINUED));
    return _mm_or_si128(_mm_xor_si128(made, needed), _mm_cmpeq_epi8(bytes, _mm_setzero_si128()));
}

NATIVE static bool valid_natively(const char *text, size_t length) {
    __m128i before = _mm_setzero_si128(), wrong = _mm_setzero_si128();
    size_t at = 0;
    for (; length - at >= sizeof before; at += sizeof before) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(text + at));
        wrong = _mm_or_si128(wrong, mistakes(bytes, before));
        before = bytes;
    }
    char last[sizeof before]; /* blanks at the end make an unfinished letter show */
    memset(last, ' ', sizeof last);
    memcpy(last, text + at, length - at);
    wrong = _mm_or_si128(wrong, mistakes(_mm_loadu_si128((const __m128i *)last), before));
    return _mm_movemask_epi8(_mm_cmpeq_epi8(wrong, _mm_setzero_si128())) == 0xffff;
}

static bool native(void) {
    return __builtin_cpu_supports("ssse3");
}
#else
static bool valid_natively(const char *text, size_t length) {
    return valid_by_steps(text, length);
}

static bool native(void) {
    return false;
}
#endif

bool utf8_valid(const char *text, size_t length) {
    return length >= 16 && native() ? valid_natively(text, length) : valid_by_steps(text, length);
}
