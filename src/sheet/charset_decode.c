/* charset_decode.c - bytes of the encodings that charset.h names, as UTF-8.
 *
 * The tables were read off glibc's iconv, which the unit test compares them with; of TCVN3 and VNI it knows nothing.
 * Rejected: iconv itself (its modules are missing on small systems, scoring wants a letter for a byte anyway). */
#include "sheet/charset.h"

#include "base/text.h"
#include "sheet/syllable.h"

#include <stdint.h>
#include <string.h>

/* The upper halves, from 0x80; a NUL where a byte means nothing. */
#define WINDOWS_SIGNS u"€\0‚ƒ„…†‡ˆ‰\0‹Œ\0\0\0\0‘’“”•–—˜™\0›œ\0\0Ÿ"
#define TCVN_CAPITALS u"ÀẢÃÁẠẶẬÈẺẼÉẸỆÌỈĨÍỊÒỎÕÓỌỘỜỞỠỚỢÙỦŨ"
#define TCVN_LETTERS                                                                                                                                                                               \
    u"\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò" \
    u"ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"

static const uint16_t tcvn3[] = WINDOWS_SIGNS TCVN_LETTERS;
static const uint16_t tcvn5712[] = TCVN_CAPITALS TCVN_LETTERS;
static const uint16_t viscii[] = u"ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
                                 u"ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ";
static const uint16_t cp1258[] = WINDOWS_SIGNS u"\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿ÀÁÂĂÄÅÆÇÈÉÊË\u0300ÍÎÏ"
                                               u"ĐÑ\u0309ÓÔƠÖ×ØÙÚÛÜƯ\u0303ßàáâăäåæçèéêë\u0301íîïđñ\u0323óôơö÷øùúûüư₫ÿ";
static const uint16_t cp1252[] = u"€\0‚ƒ„…†‡ˆ‰Š‹Œ\0Ž\0\0‘’“”•–—˜™š›œ\0žŸ\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿"
                                 u"ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖ×ØÙÚÛÜÝÞßàáâãäåæçèéêëìíîïðñòóôõö÷øùúûüýþÿ";
/* Letters of one byte; capitals are 0x20 below. Bytes that are only marks mean nothing alone. */
static const uint16_t vni[] =
    WINDOWS_SIGNS u"\u00a0¡¢£¤¥¦§¨©ª«¬\u00ad®¯°±²³´µ¶·¸¹º»¼½¾¿\0\0\0\0\0\0Ỉ\0\0\0\0\0ÌÍỴ\0"
                  u"\0ĐỊĨƠ\0Ư×\0\0\0\0\0\0\0ß\0\0\0\0\0\0ỉ\0\0\0\0\0ìíỵ\0\0địĩơ\0ư÷\0\0\0\0\0\0\0\0";

_Static_assert(sizeof tcvn3 == 258 && sizeof tcvn5712 == 258 && sizeof viscii == 258 && sizeof cp1258 == 258 &&
                   sizeof vni == 258 && sizeof cp1252 == 258,
               "a table has 128 letters");

/* Capitals that two standards keep among the control bytes. */
struct low_letter {
    unsigned char byte;
    uint16_t letter;
};
static const struct low_letter tcvn5712_low[] = {
    {0x01, u'Ú'}, {0x02, u'Ụ'}, {0x04, u'Ừ'}, {0x05, u'Ử'}, {0x06, u'Ữ'}, {0x11, u'Ứ'}, {0x12, u'Ự'},
    {0x13, u'Ỳ'}, {0x14, u'Ỷ'}, {0x15, u'Ỹ'}, {0x16, u'Ý'}, {0x17, u'Ỵ'}, {0, 0},
};
static const struct low_letter viscii_low[] = {{0x02, u'Ẳ'}, {0x05, u'Ẵ'}, {0x06, u'Ẫ'}, {0x14, u'Ỷ'},
                                               {0x19, u'Ỹ'}, {0x1e, u'Ỵ'}, {0, 0}};

static const struct table {
    const uint16_t *high;
    const struct low_letter *low;
} tables[CHARSET_COUNT] = {
    [CHARSET_TCVN3] = {tcvn3, NULL},   [CHARSET_TCVN5712] = {tcvn5712, tcvn5712_low}, [CHARSET_VNI] = {vni, NULL},
    [CHARSET_CP1258] = {cp1258, NULL}, [CHARSET_VISCII] = {viscii, viscii_low},       [CHARSET_CP1252] = {cp1252, NULL},
};

/* 0: the byte means nothing. */
static uint32_t table_letter(const struct table *table, unsigned char byte) {
    if (byte >= 0x80)
        return table->high[byte - 0x80];
    for (const struct low_letter *low = byte < ' ' ? table->low : NULL; low && low->letter; low++)
        if (low->byte == byte)
            return low->letter;
    return byte;
}

/* Surrogates too, which makes the line invalid as it should. */
static void put_letter(struct buffer *out, uint32_t letter) {
    char bytes[4];
    size_t count = letter < 0x80 ? 1 : letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4;
    for (size_t i = count; i-- > 1; letter >>= 6)
        bytes[i] = (char)(0x80 | (letter & 0x3f));
    static const unsigned char first[] = {0, 0, 0xc0, 0xe0, 0xf0};
    bytes[0] = (char)(first[count] | letter);
    buffer_add(out, bytes, count);
}

static void cut(struct buffer *out, size_t length) {
    out->length = length;
    out->text[length] = '\0';
}

/* ---- One byte a letter ------------------------------------------------------------------------------------------ */

static void decode_line(const struct table *table, const char *line, size_t length, struct buffer *out) {
    uint32_t last = 0;
    size_t last_at = 0;
    for (size_t i = 0; i < length; i++) {
        size_t run = i;
        while (run < length && (unsigned char)line[run] >= ' ' && (unsigned char)line[run] < 0x80)
            run++;
        if (run > i) { /* plain letters but the last, which a tone may follow */
            buffer_add(out, line + i, run - i - 1);
            i = run - 1;
        }
        uint32_t letter = table_letter(table, (unsigned char)line[i]);
        enum tone tone = syllable_tone(letter);
        uint32_t composed = tone && last ? syllable_compose(last, tone) : 0;
        if (composed) {
            cut(out, last_at);
            letter = composed;
        }
        last = letter;
        last_at = out->length;
        if (letter)
            put_letter(out, letter);
        else
            buffer_char(out, line[i]);
    }
}

/* The fonts of TCVN3 have no capitals with tones, so that NGUYỄN was typed NGUYễN. A word whose plain letters are all
 * capitals, with one behind its first letter, is meant to be in capitals. Case keeps the length of these letters. */
static void mend_capitals(char *text, size_t length) {
    size_t start = 0, count = 0;
    bool inner = false, lower = false;
    for (size_t at = 0; at <= length;) {
        size_t here = at;
        bool plain = at == length || (unsigned char)text[at] < 0x80;
        uint32_t letter = at == length ? ' ' : plain ? (uint32_t)text[at++] : text_next(text, &at);
        bool big = letter != syllable_lower(letter);
        if (plain && !big && !(letter >= 'a' && letter <= 'z')) {
            for (size_t w = start; inner && !lower && w < here;) {
                size_t from = w;
                struct buffer capital = {0};
                put_letter(&capital, syllable_upper(text_next(text, &w)));
                if (capital.length == w - from)
                    memcpy(text + from, capital.text, capital.length);
                buffer_free(&capital);
            }
            if (here == length)
                return;
            start = at;
            count = 0;
            inner = lower = false;
            continue;
        }
        inner = inner || (big && count > 0);
        lower = lower || (plain && !big);
        count++;
    }
}

/* ---- VNI: a vowel and a byte for its mark ----------------------------------------------------------------------- */

/* What a mark makes of a vowel: its shape ('^' or '(' or none) and its tone. */
static uint32_t vni_compose(unsigned char base, unsigned char mark) {
    static const struct {
        unsigned char mark, shape;
        enum tone tone;
    } marks[] = {
        {0xf9, 0, TONE_RISING},   {0xf8, 0, TONE_FALLING},    {0xfb, 0, TONE_ASKING},   {0xf5, 0, TONE_TUMBLING},
        {0xef, 0, TONE_HEAVY},    {0xe2, '^', TONE_LEVEL},    {0xe1, '^', TONE_RISING}, {0xe0, '^', TONE_FALLING},
        {0xe5, '^', TONE_ASKING}, {0xe3, '^', TONE_TUMBLING}, {0xe4, '^', TONE_HEAVY},  {0xea, '(', TONE_LEVEL},
        {0xe9, '(', TONE_RISING}, {0xe8, '(', TONE_FALLING},  {0xfa, '(', TONE_ASKING}, {0xfc, '(', TONE_TUMBLING},
        {0xeb, '(', TONE_HEAVY},
    };
    static const struct {
        char base, shape;
        uint16_t letter;
    } shapes[] = {{'a', '^', u'â'}, {'e', '^', u'ê'}, {'o', '^', u'ô'}, {'a', '(', u'ă'}};
    uint32_t letter = table_letter(&tables[CHARSET_VNI], base), low = syllable_lower(letter);
    for (size_t m = 0; mark >= 0xc0 && m < sizeof marks / sizeof *marks; m++) {
        if (marks[m].mark != (mark | 0x20))
            continue;
        if (!marks[m].shape)
            return syllable_compose(letter, marks[m].tone);
        for (size_t s = 0; s < sizeof shapes / sizeof *shapes; s++)
            if ((uint32_t)shapes[s].base == low && (unsigned char)shapes[s].shape == marks[m].shape)
                return syllable_compose(low == letter ? shapes[s].letter : syllable_upper(shapes[s].letter),
                                        marks[m].tone);
    }
    return 0;
}

static void decode_vni(const char *line, size_t length, struct buffer *out) {
    const unsigned char *bytes = (const unsigned char *)line;
    for (size_t i = 0; i < length; i++) {
        uint32_t letter = i + 1 < length && bytes[i + 1] >= 0xc0 ? vni_compose(bytes[i], bytes[i + 1]) : 0;
        if (letter)
            i++;
        else
            letter = table_letter(&tables[CHARSET_VNI], bytes[i]);
        if (letter)
            put_letter(out, letter);
        else
            buffer_char(out, line[i]);
    }
}

/* ---- UTF-16 ----------------------------------------------------------------------------------------------------- */

static void decode_utf16(bool big, const char *text, size_t length, struct buffer *out) {
    const unsigned char *bytes = (const unsigned char *)text;
    for (size_t i = 0; i + 1 < length; i += 2) {
        uint32_t unit = (uint32_t)(big ? bytes[i] << 8 | bytes[i + 1] : bytes[i + 1] << 8 | bytes[i]);
        if ((unit & 0xfc00) == 0xd800 && i + 3 < length) {
            uint32_t low = (uint32_t)(big ? bytes[i + 2] << 8 | bytes[i + 3] : bytes[i + 3] << 8 | bytes[i + 2]);
            if ((low & 0xfc00) == 0xdc00) {
                unit = 0x10000 + ((unit & 0x3ff) << 10 | (low & 0x3ff));
                i += 2;
            }
        }
        put_letter(out, unit);
    }
    /* Half a letter at the end: a line end that a tool of bytes has added, or the file was cut. */
    if (length % 2)
        buffer_char(out, bytes[length - 1] == '\n' || bytes[length - 1] == '\r' ? '\n' : (char)0xff);
}

/* ---- Lines ------------------------------------------------------------------------------------------------------ */

/* UTF-8 with letters of Latin script or signs among them; a chance hit in an old encoding looks otherwise. */
static bool line_is_utf8(const char *line, size_t length) {
    bool any = false;
    if (text_valid(line, length) < length)
        return false;
    for (size_t at = 0; at < length;) {
        uint32_t letter = text_next(line, &at);
        any = any || letter >= 0x80;
        if ((letter >= 0x250 && letter < 0x300) || (letter >= 0x370 && letter < 0x1e00) || letter >= 0x2800)
            return false;
    }
    return any;
}

void charset_decode(enum charset charset, const char *bytes, size_t length, struct buffer *out) {
    if (charset == CHARSET_UTF16LE || charset == CHARSET_UTF16BE) {
        decode_utf16(charset == CHARSET_UTF16BE, bytes, length, out);
        return;
    }
    if (length == 0)
        return;
    for (const char *line = bytes, *end = bytes + length; line < end;) {
        const char *stop = line;
        while (stop < end && *stop != '\n' && *stop != '\r')
            stop++;
        size_t size = (size_t)(stop - line), start = out->length;
        if (charset == CHARSET_UTF8 || line_is_utf8(line, size))
            buffer_add(out, line, size);
        else if (charset == CHARSET_VNI)
            decode_vni(line, size, out);
        else
            decode_line(&tables[charset], line, size, out);
        if (charset == CHARSET_TCVN3 && size &&
            text_valid(out->text + start, out->length - start) == out->length - start)
            mend_capitals(out->text + start, out->length - start);
        for (line = stop; line < end && (*line == '\n' || *line == '\r'); line++)
            buffer_char(out, *line);
    }
}
