/* xlsx_lists.c - the lists that cells of an .xlsx point into: shared strings and cell formats. */
#include "sheet/xlsx_book.h"
#include "sheet/xml.h"
#include "sheet/xml_cells.h"

#include <stdlib.h>
#include <string.h>

enum { STRINGS_FREE = 1 << 20, STRING_BYTES_FREE = 16 << 20 };

/* ---- Texts ------------------------------------------------------------------------------------------------------ */

/* The letter of "_xHHHH_", or -1. NUL cannot be written so: no text holds one. */
static long escape_letter(const char *text, size_t length) {
    char digits[5] = "";
    if (length < 7 || text[0] != '_' || text[1] != 'x' || text[6] != '_')
        return -1;
    memcpy(digits, text + 2, 4);
    if (strspn(digits, "0123456789abcdefABCDEF") != 4)
        return -1;
    long letter = strtol(digits, NULL, 16);
    return letter ? letter : -1;
}

static void add_letter(struct buffer *out, unsigned long letter) {
    if (letter < 0x80) {
        buffer_char(out, (char)letter);
        return;
    }
    int more = letter < 0x800 ? 1 : letter < 0x10000 ? 2 : 3;
    static const unsigned marks[] = {0, 0xc0, 0xe0, 0xf0};
    buffer_char(out, (char)(marks[more] | letter >> (6 * more)));
    while (more--)
        buffer_char(out, (char)(0x80 | (letter >> (6 * more) & 0x3f)));
}

/* A letter beyond the sixteen bits is two escapes; half of one stays as it was written. */
void text_unescape(struct buffer *out, const char *text, size_t length) {
    const char *end = text + length;
    while (text < end) {
        const char *mark = memchr(text, '_', (size_t)(end - text));
        buffer_add(out, text, (size_t)((mark ? mark : end) - text));
        if (!mark)
            return;
        long letter = escape_letter(mark, (size_t)(end - mark));
        long low = letter >= 0xd800 && letter < 0xdc00 ? escape_letter(mark + 7, (size_t)(end - mark - 7)) : -1;
        if (low >= 0xdc00 && low < 0xe000) {
            add_letter(out, 0x10000 + ((unsigned long)(letter - 0xd800) << 10) + (unsigned long)(low - 0xdc00));
            text = mark + 14;
        } else if (letter < 0 || (letter >= 0xd800 && letter < 0xe000)) {
            buffer_char(out, '_');
            text = mark + 1;
        } else {
            add_letter(out, (unsigned long)letter);
            text = mark + 7;
        }
    }
}

/* ---- Shared strings --------------------------------------------------------------------------------------------- */

struct string_reading {
    struct book *book;
    struct buffer text, plain;
    bool in_text, too_much, full;
    unsigned phonetic; /* how deep inside furigana */
};

static bool on_string_start(void *context, const char *name, const char **attributes) {
    struct string_reading *reading = context;
    (void)attributes;
    if (strcmp(name, "si") == 0) {
        buffer_clear(&reading->text);
        reading->phonetic = 0;
    } else if (strcmp(name, "rPh") == 0) {
        reading->phonetic++;
    }
    reading->in_text = !reading->phonetic && strcmp(name, "t") == 0;
    return true;
}

static void on_string_text(void *context, const char *text, size_t length) {
    struct string_reading *reading = context;
    if (reading->in_text && reading->text.length + length <= CELLS_TEXT)
        buffer_add(&reading->text, text, length);
    else
        reading->too_much = reading->too_much || reading->in_text;
}

/* Different texts take up room in the file: 20 letters for a byte of it, and a text for a byte, are never reached. */
static bool strings_are_bomb(const struct book *book, size_t length) {
    size_t size = package_size(book->package);
    if (book->strings.count < STRINGS_FREE + size && book->strings.length + length < STRING_BYTES_FREE + 20 * size)
        return false;
    package_bomb(book->package, "sharedStrings", "quá nhiều chữ so với kích thước tệp",
                 "it holds far more text than a file of this size should");
    return true;
}

static bool add_string(struct book *book, const char *text, size_t length) {
    struct book_strings *strings = &book->strings;
    if (strings_are_bomb(book, length))
        return false;
    if (strings->count >= BOOK_STRINGS || strings->length + length > BOOK_STRING_BYTES) {
        package_limit(book->package, 0, 0, "hơn 512 MB chữ khác nhau (hoặc hơn 33 triệu chuỗi)",
                      "more than 512 MB of different texts (or more than 33 million of them)");
        return false;
    }
    if (strings->count == strings->capacity) {
        strings->capacity = strings->capacity ? strings->capacity * 2 : 1024;
        strings->ends = memory_resize(strings->ends, strings->capacity * sizeof *strings->ends);
    }
    if (strings->length + length > strings->room) {
        strings->room = (strings->length + length) * 3 / 2 + 65536;
        strings->bytes = memory_resize(strings->bytes, strings->room);
    }
    if (length)
        memcpy(strings->bytes + strings->length, text, length);
    strings->length += length;
    strings->ends[strings->count++] = (uint32_t)strings->length;
    return true;
}

static bool on_string_end(void *context, const char *name) {
    struct string_reading *reading = context;
    reading->in_text = false;
    if (strcmp(name, "rPh") == 0 && reading->phonetic)
        reading->phonetic--;
    if (strcmp(name, "si") != 0)
        return true;
    const struct buffer *text = &reading->text;
    if (text->length && memchr(text->text, '_', text->length)) {
        buffer_clear(&reading->plain);
        text_unescape(&reading->plain, text->text, text->length);
        text = &reading->plain;
    }
    reading->full = !add_string(reading->book, text->text, text->length);
    return !reading->full;
}

bool book_read_strings(struct book *book, const char *part) {
    struct string_reading reading = {.book = book};
    const struct xml_handler handler = {
        .context = &reading, .start = on_string_start, .end = on_string_end, .text = on_string_text};
    bool good = xml_read(book->package, part, &handler, book->diagnostics);
    if (reading.too_much)
        package_limit(book->package, 0, 0, "một ô có hơn 32.767 chữ; phần sau bị cắt",
                      "a cell has more than 32,767 letters; the rest is cut off");
    buffer_free(&reading.text);
    buffer_free(&reading.plain);
    return good && !reading.full;
}

/* ---- Cell formats ----------------------------------------------------------------------------------------------- */

struct format_kind {
    unsigned id;
    enum number_kind kind;
};

struct style_reading {
    struct book *book;
    struct format_kind *formats;
    size_t count, capacity;
    bool in_cells; /* within cellXfs: the others are named styles and their like */
};

static enum number_kind style_kind(const struct style_reading *reading, unsigned id) {
    for (size_t i = reading->count; i-- > 0;)
        if (reading->formats[i].id == id)
            return reading->formats[i].kind;
    return number_format_builtin(id);
}

static void add_style(struct style_reading *reading, unsigned id) {
    struct book *book = reading->book;
    if (book->style_count == BOOK_STYLES)
        return;
    if (book->style_count == book->style_capacity) {
        book->style_capacity = book->style_capacity ? book->style_capacity * 2 : 256;
        book->styles = memory_resize(book->styles, book->style_capacity);
    }
    book->styles[book->style_count++] = (uint8_t)style_kind(reading, id);
}

static bool on_style_start(void *context, const char *name, const char **attributes) {
    struct style_reading *reading = context;
    const char *id = xml_attribute(attributes, "numFmtId");
    unsigned number = id ? (unsigned)strtoul(id, NULL, 10) : 0;
    if (strcmp(name, "cellXfs") == 0) {
        reading->in_cells = true;
    } else if (reading->in_cells && strcmp(name, "xf") == 0) {
        add_style(reading, number);
    } else if (strcmp(name, "numFmt") == 0 && !reading->book->style_count) {
        const char *code = xml_attribute(attributes, "formatCode");
        struct arena *arena = reading->book->arena;
        if (!code || !id || reading->count > 4096)
            return true;
        reading->formats =
            arena_grow(arena, reading->formats, &reading->capacity, reading->count + 1, sizeof *reading->formats);
        reading->formats[reading->count++] = (struct format_kind){.id = number, .kind = number_format_kind(code)};
    }
    return true;
}

static bool on_style_end(void *context, const char *name) {
    struct style_reading *reading = context;
    if (strcmp(name, "cellXfs") == 0)
        reading->in_cells = false;
    return true;
}

bool book_read_styles(struct book *book, const char *part) {
    struct style_reading reading = {.book = book};
    const struct xml_handler handler = {.context = &reading, .start = on_style_start, .end = on_style_end};
    return xml_read(book->package, part, &handler, book->diagnostics);
}
