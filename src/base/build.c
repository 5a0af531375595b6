/* build.c - which build of the program is running.
 *
 * The linker leaves a hash of all it made as a note in the program (--build-id, which Debian's gcc asks for), mapped
 * with it; to read three megabytes of file and hash them anew takes as long as a tenth of a small report. Without a
 * note that is done. A note is: length of name, length of bytes, type, name, bytes, the last two padded to four bytes.
 */
#include "base/build.h"

#include <link.h>
#include <stdio.h>
#include <string.h>

static size_t padded(size_t length) {
    return (length + 3) & ~(size_t)3;
}

static void read_notes(const char *at, const char *end, char text[SHA256_TEXT]) {
    ElfW(Nhdr) note;
    while ((size_t)(end - at) > sizeof note) {
        memcpy(&note, at, sizeof note);
        const char *name = at + sizeof note, *bytes = name + padded(note.n_namesz);
        if (note.n_type == NT_GNU_BUILD_ID && note.n_namesz == sizeof "GNU" && memcmp(name, "GNU", sizeof "GNU") == 0)
            for (size_t i = 0; i < note.n_descsz && i < SHA256_TEXT / 2; i++)
                snprintf(text + i * 2, 3, "%02x", (unsigned char)bytes[i]);
        at = bytes + padded(note.n_descsz);
    }
}

static int read_program(struct dl_phdr_info *object, size_t size, void *text) {
    (void)size;
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const char *start = (const char *)(object->dlpi_addr + object->dlpi_phdr[i].p_vaddr);
        if (object->dlpi_phdr[i].p_type == PT_NOTE)
            read_notes(start, start + object->dlpi_phdr[i].p_memsz, text);
    }
    return 1; /* the first object is the program itself */
}

void build_hash(char text[SHA256_TEXT]) {
    text[0] = '\0';
    dl_iterate_phdr(read_program, text);
    if (!text[0])
        sha256_file("/proc/self/exe", text);
}
