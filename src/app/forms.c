/* forms.c - the command forms: blank workbooks to be filled in, one for each ledger. */
#include "app/version.h"
#include "app/workspace.h"
#include "base/file.h"
#include "render/xlsx_forms.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static bool check_names(const struct workspace *workspace) {
    const struct options *options = workspace->options;
    const struct schemas *schemas = workspace->schemas;
    const char **names = ARENA_ARRAY(workspace->arena, const char *, schemas->count + 1);
    bool good = true;
    for (size_t s = 0; s < schemas->count; s++)
        names[s] = schemas->schemas[s].name;
    for (size_t i = 0; i < options->operand_count; i++)
        if (!schemas_find(schemas, options->operands[i])) {
            diagnose(workspace->diagnostics, LEDGER_UNKNOWN, NULL, options->operands[i],
                     diagnose_nearest(workspace->diagnostics, options->operands[i], names, schemas->count));
            good = false;
        }
    return good;
}

static bool is_asked(const struct options *options, const struct schema *schema) {
    for (size_t i = 0; i < options->operand_count; i++)
        if (strcmp(options->operands[i], schema->name) == 0)
            return true;
    return options->operand_count == 0;
}

static bool make_form(const struct workspace *workspace, const struct schema *schema, const char *folder) {
    const char *path = arena_printf(workspace->arena, "%s/%s.xlsx", folder, schema->name);
    const char *aside = file_aside(workspace->arena, path);
    progress_say(path);
    if (!xlsx_form_write(workspace->schemas, schema, TONGKET_VERSION, aside, workspace->diagnostics)) {
        file_discard(aside);
        return false;
    }
    if (!file_publish(workspace->diagnostics, aside, path))
        return false;
    progress_end();
    if (!workspace->options->quiet)
        printf("%s\n", path);
    return true;
}

bool command_forms(struct workspace *workspace) {
    if (!check_names(workspace))
        return false;
    const char *folder = path_join(workspace->arena, workspace->options->output, "forms");
    int lock = workspace_lock(workspace);
    bool good = lock >= 0 && folder_make(workspace->diagnostics, folder);
    for (size_t s = 0; good && s < workspace->schemas->count; s++)
        if (is_asked(workspace->options, &workspace->schemas->schemas[s]))
            good = make_form(workspace, &workspace->schemas->schemas[s], folder);
    if (lock >= 0)
        close(lock);
    return good;
}
