/* main.c - the command line: options, one workspace, one command, the exit status. */
#include "app/version.h"
#include "app/workspace.h"
#include "base/file.h"
#include "base/text.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *name;
    bool (*run)(struct workspace *);
    bool (*open)(struct workspace *, struct arena *, struct diagnostics *, const struct options *);
} commands[] = {{"report", command_report, workspace_open},       {"check", command_check, workspace_open},
                {"forms", command_forms, workspace_open_schemas}, {"query", command_query, workspace_open},
                {"list", command_list, workspace_open},           {"explain", command_explain, workspace_open}};

/* Vietnamese, unless the environment asks for English. */
static enum language language_of_environment(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < 3; i++) {
        const char *value = getenv(names[i]);
        if (value && *value)
            return text_starts(value, "en") ? LANGUAGE_EN : LANGUAGE_VI;
    }
    return LANGUAGE_VI;
}

/* False after saying which was meant. */
static bool is_command(struct diagnostics *diagnostics, const char *name) {
    size_t names = 0;
    for (; command_names[names]; names++)
        if (strcmp(command_names[names], name) == 0)
            return true;
    diagnose(diagnostics, COMMAND_UNKNOWN, NULL, name, diagnose_nearest(diagnostics, name, command_names, names));
    return false;
}

static void run(struct diagnostics *diagnostics, const struct options *options, struct arena *arena) {
    struct workspace workspace;
    if (strcmp(options->command, "cells") == 0) {
        command_cells(options, arena, diagnostics);
        return;
    }
    if (strcmp(options->command, "verify") == 0) {
        if (chdir(options->workspace) == 0)
            command_verify(options, arena, diagnostics);
        else
            diagnose(diagnostics, WORKSPACE, NULL, options->workspace, "outputs/", "");
        return;
    }
    size_t command = 0;
    while (strcmp(commands[command].name, options->command) != 0)
        command++;
    if (chdir(options->workspace) != 0) {
        diagnose(diagnostics, WORKSPACE, NULL, options->workspace, "inputs/, templates/", "");
        return;
    }
    progress_say("");
    bool good = commands[command].open(&workspace, arena, diagnostics, options) && commands[command].run(&workspace);
    if (!good && diagnostics->status == 0)
        diagnostics->status = 4;
    progress_end();
    workspace_close(&workspace);
}

int main(int count, char **words) {
    struct arena *arena = arena_new();
    struct diagnostics diagnostics = {.arena = arena, .stream = stderr, .language = language_of_environment()};
    struct options options;
    umask(077);
    /* Memory that one part of a document leaves is the next one's, and one document's the next: to give it back in
     * between and get it anew, page by page, takes a twentieth of a small report. */
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    /* Every large piece would first have the small free ones gathered that are kept for their size: a twentieth more.
     */
    mallopt(M_MXFAST, 0);
    signal(SIGXFSZ, SIG_IGN); /* a file grown too large is a write that fails, and is said */
    if (options_parse(&options, count, words, &diagnostics)) {
        diagnostics.quiet = options.quiet;
        diagnostics.json = options.json;
        if (options.version)
            printf("tongket %s\n", TONGKET_VERSION);
        else if (!options.command)
            help_print(NULL, diagnostics.language);
        else if (is_command(&diagnostics, options.command)) {
            if (options.help)
                help_print(options.command, diagnostics.language);
            else
                run(&diagnostics, &options, arena);
        }
        if (!options.version && !options.help && !options.command)
            diagnostics.status = 2;
    }
    if (fflush(stdout) != 0 || ferror(stdout))
        diagnose(&diagnostics, FILE_WRITE, NULL, "stdout", file_reason(&diagnostics, errno));
    int status = diagnostics.status;
    arena_free(arena);
    return status;
}
