/* fuzz_charset.c - any bytes are told an encoding, decode in all of them, and stay within bounds. */
#include "base/text.h"
#include "sheet/charset.h"

#include "fuzz.h"

static size_t count_line_ends(const char *text, size_t length) {
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += text[i] == '\n' || text[i] == '\r';
    return count;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *bytes = malloc(size + 1);
    check(bytes != NULL);
    memcpy(bytes, data, size);
    bytes[size] = '\0';
    char *exact = size ? malloc(size) : NULL; /* without the NUL: reading too far is seen */
    check(size == 0 || exact != NULL);
    if (size)
        memcpy(exact, data, size);
    struct charset_guess guess = charset_detect(exact, size);
    check(guess.charset < CHARSET_COUNT && guess.confidence >= 0 && guess.confidence <= 100 && guess.mark <= size);
    for (int c = 0; c < CHARSET_COUNT; c++) {
        struct buffer text = {0};
        charset_decode((enum charset)c, exact, size, &text);
        if (c != CHARSET_UTF16LE && c != CHARSET_UTF16BE)
            check(count_line_ends(bytes, size) == count_line_ends(buffer_string(&text), text.length));
        if (c == CHARSET_UTF8)
            check(text.length == size && (size == 0 || memcmp(text.text, bytes, size) == 0));
        if (c == CHARSET_VISCII)
            check(memchr(bytes, '\0', size) || text_valid(buffer_string(&text), text.length) == text.length);
        charset_lost(buffer_string(&text), text.length);
        buffer_free(&text);
    }
    charset_lost(exact ? exact : "", size);
    free(exact);
    free(bytes);
    return 0;
}
