/* hashing.c - the hashes of the files that ledgers are loaded from.
 *
 * A file may be replaced or written to while it is read: then rows and hash would be of two files, and the manifest
 * would vouch for a report that the next run has to make anew. So files are compared with their stamps once more when
 * all is read and hashed. */
#include "ledger/hashing.h"

#include "base/crew.h"
#include "base/sha256.h"

#include <string.h>

enum { LARGE_FILE = 1 << 20 };

struct hashing {
    const char *path;
    struct file_stamp stamp;
    bool begun;
    struct sha256_reading *reading;
    char sha256[SHA256_TEXT];
    struct hashing *next;
};

static bool hash_on(void *context) {
    struct hashing *hashing = context;
    if (!hashing->begun)
        hashing->reading = sha256_begin(hashing->path);
    hashing->begun = true;
    if (hashing->reading && sha256_go_on(hashing->reading, hashing->sha256))
        return true;
    sha256_end(hashing->reading);
    hashing->reading = NULL;
    return false;
}

static void hashing_free(void *context) {
    sha256_end(((struct hashing *)context)->reading);
}

const char *hashing_begin(struct ledgers *ledgers, const char *path, struct file_stamp stamp) {
    struct hashing *hashing = ARENA_NEW(ledgers->arena, struct hashing);
    *hashing = (struct hashing){.path = path, .stamp = stamp, .next = ledgers->hashings};
    ledgers->hashings = hashing;
    arena_defer(ledgers->arena, hashing_free, hashing);
    if (stamp.size >= LARGE_FILE)
        crew_later(ledgers_crew(ledgers), hash_on, hashing);
    while (stamp.size < LARGE_FILE && hash_on(hashing))
        ;
    return hashing->sha256;
}

const char *hashing_twin(struct ledgers *ledgers, const char *sha256, size_t size) {
    for (size_t i = 0; i < ledgers->source_count; i++) {
        const struct ledger_source *earlier = &ledgers->sources[i];
        if (earlier->size != size)
            continue;
        if (size >= LARGE_FILE)
            crew_await(ledgers_crew(ledgers));
        if (*sha256 && strcmp(earlier->sha256, sha256) == 0)
            return earlier->file;
    }
    return NULL;
}

static void compare_stamp(struct ledgers *ledgers, struct hashing *hashing) {
    const struct file_stamp now = file_stamp(hashing->path);
    if (file_stamp_equal(&now, &hashing->stamp))
        return;
    hashing->sha256[0] = '\0';
    ledgers->overwritten = true;
    diagnose(ledgers->diagnostics, FILE_READ, NULL, hashing->path,
             diagnose_say(ledgers->diagnostics, "tệp đã thay đổi trong khi được đọc; hãy chạy lại",
                          "it was changed while it was read; run again"));
}

bool ledgers_hashed(struct ledgers *ledgers) {
    if (ledgers->crew)
        crew_await(ledgers->crew);
    crew_free(ledgers->crew);
    ledgers->crew = NULL;
    for (; ledgers->hashings; ledgers->hashings = ledgers->hashings->next)
        compare_stamp(ledgers, ledgers->hashings);
    return !ledgers->overwritten;
}
