/* main.c - the command line: options, one workspace, one command, the exit status. */
#include "app/owner.h"
#include "app/version.h"
#include "app/workspace.h"
#include "base/file.h"
#include "base/root.h"
#include "base/text.h"

#include <errno.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *name;
    bool (*run)(struct workspace *);
    bool (*open)(struct workspace *, struct arena *, struct diagnostics *, const struct options *);
    bool (*run_plain)(const struct options *, struct arena *, struct diagnostics *); /* without a workspace */
} commands[] = {{"report", command_report, workspace_open, NULL},
                {"check", command_check, workspace_open, NULL},
                {"forms", command_forms, workspace_open_schemas, NULL},
                {"query", command_query, workspace_open, NULL},
                {"list", command_list, workspace_open, NULL},
                {"explain", command_explain, workspace_open, NULL},
                {"verify", NULL, NULL, command_verify},
                {"cells", NULL, NULL, command_cells}};
enum { COMMANDS = sizeof commands / sizeof *commands };

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

/* COMMANDS after saying which was meant. */
static size_t find_command(struct diagnostics *diagnostics, const char *name) {
    const char *names[COMMANDS];
    for (size_t i = 0; i < COMMANDS; i++) {
        names[i] = commands[i].name;
        if (strcmp(names[i], name) == 0)
            return i;
    }
    diagnose(diagnostics, COMMAND_UNKNOWN, NULL, name, diagnose_nearest(diagnostics, name, names, COMMANDS));
    return COMMANDS;
}

/* A dump of memory would be a copy of the office's data that nobody keeps an eye on. Said again after the user changed,
 * which sets it anew; the sanitizers' search for leaks looks into the process from outside. */
static void keep_memory_private(void) {
#ifdef __SANITIZE_ADDRESS__
    const int dumpable = 1;
#else
    const int dumpable = 0;
#endif
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    prctl(PR_SET_DUMPABLE, dumpable);
}

/* All paths, also those on the command line, begin in the folder of -C. */
static void run(size_t command, struct diagnostics *diagnostics, const struct options *options, struct arena *arena) {
    struct workspace workspace;
    if (chdir(options->workspace) != 0) {
        diagnose(diagnostics, WORKSPACE, NULL, options->workspace, "inputs/, templates/", "");
        return;
    }
    if (!commands[command].run_plain || commands[command].run_plain == command_verify) {
        if (!owner_become(diagnostics, options->output))
            return;
        keep_memory_private();
        root_name("inputs", ROOT_LINKS_NONE);
        root_name("templates", ROOT_LINKS_OWNER);
        root_name(options->output, ROOT_LINKS_NONE);
    }
    if (commands[command].run_plain) {
        commands[command].run_plain(options, arena, diagnostics);
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
    size_t command;
    umask(077);
    keep_memory_private();
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
        else if ((command = find_command(&diagnostics, options.command)) < COMMANDS) {
            if (options.help)
                help_print(options.command, diagnostics.language);
            else
                run(command, &diagnostics, &options, arena);
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
