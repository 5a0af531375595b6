/* csv.c - printing CSV that a spreadsheet opens safely. */
#include "app/csv.h"

#include <stdio.h>
#include <string.h>

void csv_print_cell(const char *text, bool number) {
    bool formula = !number && *text && strchr("=+-@", *text);
    if (!formula && !strpbrk(text, ",\"\r\n")) {
        printf("%s", text);
        return;
    }
    printf("\"%s", formula ? "'" : "");
    for (; *text; text++)
        printf(*text == '"' ? "\"\"" : "%c", *text);
    printf("\"");
}
