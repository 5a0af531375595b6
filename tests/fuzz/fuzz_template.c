/* fuzz_template.c - any text as a report: parsed, and filled from the ledgers of the shipped inputs.
 *
 * It runs in the project's root. Queries are stopped after a million steps: it is the template that is looked at, not
 * how long SQL may take. */
#include "base/file.h"
#include "base/text.h"
#include "document/profile.h"
#include "fuzz.h"
#include "report/report.h"

static struct {
    struct arena *arena;
    struct diagnostics diagnostics;
    struct schemas *schemas;
    struct ledgers *ledgers;
    struct report_request request;
} office;

static void close_office(void) {
    store_close(office.request.store);
    ledgers_free(office.ledgers);
    schemas_free(office.schemas);
    arena_free(office.arena);
}

static void open_office(void) {
    char **paths;
    office.arena = arena_new();
    office.diagnostics = (struct diagnostics){.arena = office.arena};
    office.schemas = schemas_read(office.arena, &office.diagnostics, "templates");
    check(office.schemas != NULL);
    office.ledgers = ledgers_open(office.arena, &office.diagnostics, office.schemas);
    int count = folder_list(office.arena, &office.diagnostics, "inputs", false, &paths);
    for (int i = 0; i < count; i++)
        if (strcmp(path_extension(paths[i]), "ini") != 0)
            ledgers_load(office.ledgers, paths[i]);
    ledgers_resolve(office.ledgers);
    office.request = (struct report_request){
        .store = store_open(office.ledgers, "templates", &office.diagnostics),
        .ledgers = office.ledgers,
        .office = settings_read(office.arena, &office.diagnostics, "inputs/office.ini"),
        .profile = profile_read(office.arena, &office.diagnostics, "templates/pages/hd05.ini"),
        .unit = NO_ROW,
        .texts = "inputs/texts",
        .version = "fuzz",
    };
    check(office.request.store && office.request.office && office.request.profile);
    check(period_parse("2014", &office.request.period));
    office.request.first = office.request.period.first;
    office.request.last = office.request.as_of = office.request.period.last;
    store_set_limit(office.request.store, 1);
    store_set_period(office.request.store, office.request.period, office.request.first, office.request.last,
                     office.request.as_of);
    store_set_unit(office.request.store, NO_ROW);
    atexit(close_office);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!office.arena)
        open_office();
    char path[64];
    int file = file_of(data, size, path);
    struct diagnostics diagnostics = {.arena = arena_new(), .language = size % 2 ? LANGUAGE_EN : LANGUAGE_VI};
    struct report_request request = office.request;
    request.template = template_read(diagnostics.arena, &diagnostics, path, "templates/partials");
    check(request.template || diagnostics.count > 0);
    if (request.template)
        check(report_make(diagnostics.arena, &diagnostics, &request) || diagnostics.count > 0);
    arena_free(diagnostics.arena);
    close(file);
    return 0;
}
