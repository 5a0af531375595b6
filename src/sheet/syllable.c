/* syllable.c - Vietnamese letters and syllables: onset, vowels, coda, tone.
 *
 * Vowels are written here as one byte each: a, A (ă), 2 (â), e, E (ê), i, o, O (ô), P (ơ), u, U (ư), y; đ is D. */
#include "sheet/syllable.h"

#include <string.h>

enum { VOWELS = 12, LONGEST = 7 }; /* nghiêng */

static const char vowel_names[VOWELS + 1] = "aA2eEioOPuUy";

static const uint16_t vowels[VOWELS][TONE_COUNT] = {
    {u'a', u'à', u'ả', u'ã', u'á', u'ạ'}, {u'ă', u'ằ', u'ẳ', u'ẵ', u'ắ', u'ặ'}, {u'â', u'ầ', u'ẩ', u'ẫ', u'ấ', u'ậ'},
    {u'e', u'è', u'ẻ', u'ẽ', u'é', u'ẹ'}, {u'ê', u'ề', u'ể', u'ễ', u'ế', u'ệ'}, {u'i', u'ì', u'ỉ', u'ĩ', u'í', u'ị'},
    {u'o', u'ò', u'ỏ', u'õ', u'ó', u'ọ'}, {u'ô', u'ồ', u'ổ', u'ỗ', u'ố', u'ộ'}, {u'ơ', u'ờ', u'ở', u'ỡ', u'ớ', u'ợ'},
    {u'u', u'ù', u'ủ', u'ũ', u'ú', u'ụ'}, {u'ư', u'ừ', u'ử', u'ữ', u'ứ', u'ự'}, {u'y', u'ỳ', u'ỷ', u'ỹ', u'ý', u'ỵ'},
};

uint32_t syllable_lower(uint32_t letter) {
    bool latin = (letter >= 'A' && letter <= 'Z') || (letter >= 0xc0 && letter <= 0xde && letter != 0xd7);
    bool pairs = (letter >= 0x100 && letter <= 0x137) || (letter >= 0x14a && letter <= 0x177) ||
                 (letter >= 0x1a0 && letter <= 0x1a5) || (letter >= 0x1ea0 && letter <= 0x1ef9);
    if (latin)
        return letter + 0x20;
    if (pairs && letter % 2 == 0)
        return letter + 1;
    return letter == 0x1af ? 0x1b0 : letter;
}

uint32_t syllable_upper(uint32_t letter) {
    static const uint8_t steps[] = {0x20, 1};
    for (size_t i = 0; i < sizeof steps; i++)
        if (letter > steps[i] && syllable_lower(letter - steps[i]) == letter && syllable_lower(letter) == letter)
            return letter - steps[i];
    return letter;
}

uint32_t syllable_compose(uint32_t letter, enum tone tone) {
    uint32_t low = syllable_lower(letter);
    for (size_t v = 0; v < VOWELS; v++)
        if (vowels[v][TONE_LEVEL] == low)
            return low == letter ? vowels[v][tone] : syllable_upper(vowels[v][tone]);
    return 0;
}

enum tone syllable_tone(uint32_t mark) {
    switch (mark) {
    case 0x300:
        return TONE_FALLING;
    case 0x309:
        return TONE_ASKING;
    case 0x303:
        return TONE_TUMBLING;
    case 0x301:
        return TONE_RISING;
    case 0x323:
        return TONE_HEAVY;
    default:
        return TONE_LEVEL;
    }
}

/* ---- Syllables -------------------------------------------------------------------------------------------------- */

/* The byte that stands for a letter, and its tone; '\0' when Vietnamese has no such letter. */
static char letter_byte(uint32_t letter, enum tone *tone) {
    *tone = TONE_LEVEL;
    if (letter < 0x80)
        return letter >= 'a' && letter <= 'z' && !strchr("fjwz", (int)letter) ? (char)letter : '\0';
    if (letter == 0x111)
        return 'D';
    for (size_t v = 0; v < VOWELS; v++)
        for (int t = 0; t < TONE_COUNT; t++)
            if (vowels[v][t] == letter) {
                *tone = (enum tone)t;
                return vowel_names[v];
            }
    return '\0';
}

/* Lower case, Capitalized or CAPITALS; đ and Đ count as any other. */
static bool case_plausible(const uint32_t *letters, size_t count) {
    size_t upper = 0;
    for (size_t i = 0; i < count; i++)
        upper += syllable_lower(letters[i]) != letters[i];
    return upper == 0 || upper == count || (upper == 1 && syllable_lower(letters[0]) != letters[0]);
}

static bool word_in(const char *words, const char *word, size_t length) {
    for (const char *at = words; *at; at += strcspn(at, " "), at += *at == ' ')
        if (strcspn(at, " ") == length && memcmp(at, word, length) == 0)
            return true;
    return false;
}

/* Codas that may follow each cluster of vowels: - none, g ng, h nh, k ch, K the k of Đắk Lắk, the rest as they are. */
static const struct {
    char vowels[4], codas[12];
} clusters[] = {
    {"a", "-ckmnghpt"},  {"A", "ckKmngpt"}, {"2", "cmngpt"}, {"e", "-ckmnghpt"}, {"E", "-kmnhpt"}, {"i", "-ckmnhpt"},
    {"o", "-ckmngpt"},   {"O", "-cmngpt"},  {"P", "-mnpt"},  {"u", "-cmngpt"},   {"U", "-cmngt"},  {"y", "-khnt"},
    {"ai", "-"},         {"ao", "-"},       {"au", "-"},     {"ay", "-"},        {"2u", "-"},      {"2y", "-"},
    {"eo", "-"},         {"Eu", "-"},       {"ia", "-"},     {"iE", "cmngpt"},   {"iEu", "-"},     {"iu", "-"},
    {"oa", "-ckmnghpt"}, {"oA", "cmngt"},   {"oai", "-"},    {"oao", "-"},       {"oay", "-"},     {"oe", "-nmt"},
    {"oeo", "-"},        {"oi", "-"},       {"oo", "cng"},   {"Oi", "-"},        {"Pi", "-"},      {"ua", "-"},
    {"u2", "nt"},        {"u2y", "-"},      {"uE", "-khn"},  {"ui", "-"},        {"uO", "cmngt"},  {"uOi", "-"},
    {"uP", "-"},         {"Ua", "-"},       {"Ui", "-"},     {"UP", "cmngpt"},   {"UPi", "-"},     {"UPu", "-"},
    {"Uu", "-"},         {"uy", "-hktnp"},  {"uya", "-"},    {"uyE", "nt"},      {"uyu", "-"},     {"yE", "mngt"},
    {"yEu", "-"},
};

static bool rhyme_valid(const char *rhyme, size_t length, enum tone tone) {
    size_t vowel_count = 0;
    while (vowel_count < length && strchr(vowel_names, rhyme[vowel_count]))
        vowel_count++;
    static const char *const codas[] = {"", "c", "k", "ch", "m", "n", "ng", "nh", "p", "t"};
    static const char names[] = "-cKkmnghpt";
    const char *coda = rhyme + vowel_count;
    size_t coda_length = length - vowel_count, which = 0;
    while (which < 10 && !(strlen(codas[which]) == coda_length && memcmp(codas[which], coda, coda_length) == 0))
        which++;
    if (which == 10 || vowel_count == 0 || vowel_count > 3)
        return false;
    if (strchr("cKkpt", names[which]) && tone != TONE_RISING && tone != TONE_HEAVY)
        return false;
    for (size_t i = 0; i < sizeof clusters / sizeof *clusters; i++)
        if (strlen(clusters[i].vowels) == vowel_count && memcmp(clusters[i].vowels, rhyme, vowel_count) == 0)
            return strchr(clusters[i].codas, names[which]) != NULL;
    return false;
}

bool syllable_valid(const uint32_t *letters, size_t count) {
    static const char onsets[] = "b c ch d D g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x";
    char bytes[LONGEST];
    enum tone tone = TONE_LEVEL;
    if (count == 0 || count > LONGEST || !case_plausible(letters, count))
        return false;
    for (size_t i = 0; i < count; i++) {
        enum tone here;
        bytes[i] = letter_byte(syllable_lower(letters[i]), &here);
        if (!bytes[i] || (here && tone))
            return false;
        tone = here ? here : tone;
    }
    for (size_t onset = count - 1 < 3 ? count - 1 : 3;; onset--) {
        bool known = onset == 0 || word_in(onsets, bytes, onset);
        if (known && rhyme_valid(bytes + onset, count - onset, tone))
            return true;
        if (onset == 0)
            return false;
    }
}
