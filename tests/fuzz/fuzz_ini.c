/* fuzz_ini.c - any text as settings, as a ledger's schema with its vocabulary, and rows read by that schema.
 *
 *   schema ␌ vocabulary ␌ table (csv)
 *
 * The schema is templates/ledgers/l.ini, so its references are to `l`; its vocabularies are called `v`. */
#include "base/file.h"
#include "base/settings.h"
#include "base/text.h"
#include "fuzz.h"
#include "ledger/ledger.h"

static const char *folder, *schema_file, *vocabulary_file, *table_file;

static void remove_all(void) {
    unlink(schema_file);
    unlink(vocabulary_file);
    unlink(table_file);
    for (const char *const *name = (const char *const[]){"/ledgers", "/vocabularies", "", NULL}; *name; name++) {
        char path[128];
        snprintf(path, sizeof path, "%s%s", folder, *name);
        rmdir(path);
    }
}

static void make_folder(void) {
    static char base[] = "/tmp/tongket-fuzz-XXXXXX", files[3][128];
    static const char *const names[] = {"ledgers/l.ini", "vocabularies/v.ini", "table.csv"};
    struct diagnostics diagnostics = {.arena = arena_new()};
    folder = mkdtemp(base);
    check(folder != NULL);
    for (size_t i = 0; i < 3; i++)
        snprintf(files[i], sizeof files[i], "%s/%s", base, names[i]);
    schema_file = files[0];
    vocabulary_file = files[1];
    table_file = files[2];
    check(folder_make(&diagnostics, arena_printf(diagnostics.arena, "%s/ledgers", base)) &&
          folder_make(&diagnostics, arena_printf(diagnostics.arena, "%s/vocabularies", base)));
    arena_free(diagnostics.arena);
    atexit(remove_all);
}

static void put(const char *path, const char *text) {
    FILE *file = fopen(path, "wb");
    check(file && fputs(text, file) >= 0 && fclose(file) == 0);
}

/* What every reader of settings does with them. */
static void read_settings(struct diagnostics *diagnostics, const char *text) {
    const struct settings *settings = settings_parse(diagnostics->arena, diagnostics, "x.ini", text, strlen(text), 1);
    check(settings || diagnostics->count > 0);
    for (size_t s = 0; settings && s < settings->count; s++) {
        const struct settings_section *section = &settings->sections[s];
        check(settings_find(settings, section->name) != NULL);
        for (size_t e = 0; e < section->count; e++) {
            const char *name = section->entries[e].name;
            char **values;
            check(settings_get(section, name, NULL) && settings_line(section, name));
            settings_list(diagnostics->arena, section, name, &values);
            settings_flag(settings, section, name, false, diagnostics);
        }
    }
}

static void read_rows(struct diagnostics *diagnostics, const struct schemas *schemas) {
    struct ledgers *ledgers = ledgers_open(diagnostics->arena, diagnostics, schemas);
    ledgers_load(ledgers, table_file);
    ledgers_resolve(ledgers);
    for (size_t i = 0; i < ledgers->source_count; i++) {
        const struct ledger_source *source = &ledgers->sources[i];
        check(source->read == source->accepted + source->rejected + source->skipped);
    }
    for (size_t i = 0; i < ledgers->count; i++) {
        const struct ledger *ledger = &ledgers->ledgers[i];
        for (size_t f = 0; f < ledger->schema->field_count; f++)
            for (uint32_t row = 0; row < ledger->row_count; row++)
                value_plain(diagnostics->arena, column_value(&ledger->columns[f], ledger->columns[f].codes[row]));
    }
    ledgers_free(ledgers);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (!folder)
        make_folder();
    char *text = text_of(data, size), *rest = text;
    struct diagnostics diagnostics = {.arena = arena_new(), .language = size % 2 ? LANGUAGE_EN : LANGUAGE_VI};
    const char *schema = next_part(&rest);
    put(schema_file, schema);
    put(vocabulary_file, next_part(&rest));
    put(table_file, next_part(&rest));
    read_settings(&diagnostics, schema);
    diagnostics.count = 0;
    struct schemas *schemas = schemas_read(diagnostics.arena, &diagnostics, folder);
    check(schemas || diagnostics.count > 0);
    if (schemas)
        read_rows(&diagnostics, schemas);
    schemas_free(schemas);
    arena_free(diagnostics.arena);
    free(text);
    return 0;
}
