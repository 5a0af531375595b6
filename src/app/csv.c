/* csv.c - printing CSV that a spreadsheet opens safely. */
#include "app/csv.h"

#include <stdio.h>
#include <string.h>

static bool needs_quotes(const char *text, size_t length) {
    for (const char *end = text + length; text < end; text++)
        if (*text == ',' || *text == '"' || *text == '\r' || *text == '\n')
            return true;
    return false;
}

void csv_print_cell(const char *text, size_t length, bool number) {
    bool formula = !number && length && strchr("=+-@", *text);
    if (!formula && !needs_quotes(text, length)) {
        fwrite_unlocked(text, 1, length, stdout);
        return;
    }
    fputs_unlocked(formula ? "\"'" : "\"", stdout);
    for (const char *end = text + length; text < end; text++) {
        if (*text == '"')
            putchar_unlocked('"');
        putchar_unlocked(*text);
    }
    putchar_unlocked('"');
}
