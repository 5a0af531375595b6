/* mapping.c - a file's bytes in memory, read when they are touched. */
#include "base/mapping.h"

#include "base/root.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

static struct { uintptr_t first, end, page; } mapped;

/* Puts zeros where the file has none any more. Elsewhere the signal is what it always was. */
static void fill_hole(int number, siginfo_t *info, void *context) {
    (void)context;
    const uintptr_t address = (uintptr_t)info->si_addr;
    if (address >= mapped.first && address < mapped.end) {
        void *page =
            (void *)(address & ~(mapped.page - 1)); /* NOLINT(performance-no-int-to-ptr): an address is asked for */
        if (mmap(page, mapped.page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == page)
            return;
    }
    signal(number, SIG_DFL);
    raise(number);
}

bool mapping_open(struct mapping *mapping, const char *path) {
    struct stat status;
    int file = root_open(path, O_RDONLY);
    *mapping = (struct mapping){0};
    if (file < 0)
        return false;
    void *bytes = MAP_FAILED;
    if (fstat(file, &status) == 0) {
        errno = ENODATA;
        if (status.st_size > 0)
            bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    }
    const int error = errno;
    close(file);
    errno = error;
    if (bytes == MAP_FAILED)
        return false;
    *mapping = (struct mapping){bytes, (size_t)status.st_size};
    mapped.first = (uintptr_t)bytes;
    mapped.end = mapped.first + mapping->size;
    mapped.page = (uintptr_t)sysconf(_SC_PAGESIZE);
    struct sigaction action = {.sa_sigaction = fill_hole, .sa_flags = SA_SIGINFO};
    sigaction(SIGBUS, &action, NULL);
    return true;
}

void mapping_close(struct mapping *mapping) {
    mapped.first = mapped.end = 0;
    if (mapping->bytes)
        munmap((void *)mapping->bytes, mapping->size);
    *mapping = (struct mapping){0};
}
