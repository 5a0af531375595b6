/* syllable.h - Vietnamese letters and syllables, for telling encodings apart and composing what they decompose.
 *
 * A letter is a vowel of twelve (a ă â e ê i o ô ơ u ư y) with one of six tones, or a consonant. */
#ifndef TONGKET_SYLLABLE_H
#define TONGKET_SYLLABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum tone { TONE_LEVEL, TONE_FALLING, TONE_ASKING, TONE_TUMBLING, TONE_RISING, TONE_HEAVY, TONE_COUNT };

/* The vowel with a tone; 0 when the letter is no vowel without one. */
uint32_t syllable_compose(uint32_t letter, enum tone tone);
/* The tone of a combining mark; TONE_LEVEL when it is none. */
enum tone syllable_tone(uint32_t mark);
uint32_t syllable_upper(uint32_t letter);
uint32_t syllable_lower(uint32_t letter);
/* Whether the letters are one syllable as Vietnamese is spelled, in lower case, capitalized or in capitals. */
bool syllable_valid(const uint32_t *letters, size_t count);

#endif
