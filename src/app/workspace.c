/* workspace.c - opening a workspace. */
#include "app/workspace.h"

#include "base/buffer.h"
#include "base/file.h"
#include "base/root.h"
#include "base/text.h"
#include "sheet/charset.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* ---- Progress --------------------------------------------------------------------------------------------------- */

static struct {
    struct timespec start;
    bool started, shown;
} progress;

void progress_say(const char *doing) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!progress.started) {
        progress.start = now;
        progress.started = true;
    }
    if (!isatty(STDERR_FILENO) || now.tv_sec - progress.start.tv_sec < 1)
        return;
    fprintf(stderr, "\r\033[K%.100s …", doing);
    fflush(stderr);
    progress.shown = true;
}

void progress_count(const char *doing, size_t done, size_t all) {
    static struct timespec start;
    struct timespec now;
    char left[64] = "";
    if (!isatty(STDERR_FILENO))
        return;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (!done)
        start = now;
    else
        snprintf(left, sizeof left, ", %.0f s",
                 ceil((double)(now.tv_sec - start.tv_sec) * (double)(all - done) / (double)done));
    char line[160];
    snprintf(line, sizeof line, "%.80s %zu/%zu%s", doing, done, all, left);
    progress_say(line);
}

void progress_end(void) {
    if (progress.shown)
        fputs("\r\033[K", stderr);
    progress.shown = false;
}

/* ---- Reading ---------------------------------------------------------------------------------------------------- */

static const char *const parts[] = {"inputs", "templates", "templates/ledgers"};
enum { PARTS = sizeof parts / sizeof *parts };

/* The part of a workspace that the folder lacks; NULL: it is one. */
static const char *missing_part(struct arena *arena, const char *folder) {
    for (size_t i = 0; i < PARTS; i++)
        if (!folder_exists(path_join(arena, folder, parts[i])))
            return parts[i];
    return NULL;
}

/* One who stands inside a workspace, say in its inputs/, is told the way out. */
static bool is_workspace(struct diagnostics *diagnostics) {
    enum { LEVELS = 8 };
    struct arena *arena = diagnostics->arena;
    const char *missing = missing_part(arena, "."), *above = "..", *hint = "";
    if (!missing)
        return true;
    for (int level = 0; level < LEVELS && !*hint; level++, above = path_join(arena, above, ".."))
        if (!missing_part(arena, above))
            hint = arena_printf(arena,
                                diagnose_say(diagnostics, "; thư mục làm việc ở phía trên, hãy thêm: -C %s",
                                             "; there is one above, add: -C %s"),
                                realpath(above, (char[PATH_MAX]){0}));
    diagnose(diagnostics, WORKSPACE, NULL, getcwd((char[PATH_MAX]){0}, PATH_MAX), missing, hint);
    return false;
}

/* office.ini is a setting, texts/ are passages; everything else in inputs/ is taken for a spreadsheet. */
static bool is_input(const char *path) {
    return strcmp(path, "inputs/office.ini") != 0 && !text_starts(path, "inputs/texts/");
}

/* Excel and LibreOffice leave a file beside the one that they have open. */
static void say_open(const struct workspace *workspace, const char *path) {
    static const char *const marks[][2] = {{"~$", ""}, {".~lock.", "#"}};
    const char *name = path_name(path);
    const struct place place = {.file = path};
    bool open = false;
    for (size_t i = 0; i < 2; i++)
        open = open || file_exists(arena_printf(workspace->arena, "%.*s%s%s%s", (int)(name - path), path, marks[i][0],
                                                name, marks[i][1]));
    if (open)
        diagnose(workspace->diagnostics, FILE_OPEN, &place, "");
}

static bool read_inputs(struct workspace *workspace) {
    char **paths;
    int count = folder_list(workspace->arena, workspace->diagnostics, "inputs", true, &paths);
    for (int i = 0; i < count; i++) {
        if (!is_input(paths[i]))
            continue;
        progress_say(paths[i]);
        say_open(workspace, paths[i]);
        ledgers_load(workspace->ledgers, paths[i]);
    }
    diagnostics_file(workspace->diagnostics, NULL);
    bool any = false;
    for (size_t i = 0; i < workspace->ledgers->source_count; i++)
        any = any || workspace->ledgers->sources[i].ledger;
    if (count >= 0 && !any)
        diagnose(workspace->diagnostics, INPUTS_NONE, NULL, "");
    return count >= 0;
}

/* [limits] query = millions of steps, for an office whose queries are long for a reason, or never. */
static bool read_limit(const struct workspace *workspace, unsigned *millions) {
    const struct settings_section *limits = settings_find(workspace->office, "limits");
    const char *text = settings_get(limits, "query", NULL);
    char *end;
    *millions = 0;
    if (!text)
        return true;
    unsigned long number = strtoul(text, &end, 10);
    *millions = (unsigned)number;
    if (*text >= '1' && *text <= '9' && !*end && number <= 1000000)
        return true;
    struct place place = settings_place(workspace->office, settings_line(limits, "query"));
    diagnose(workspace->diagnostics, SETTING_VALUE, &place, "query", text, "1 – 1000000");
    return false;
}

static bool open_anew(struct workspace *workspace, unsigned millions) {
    store_close(workspace->store);
    workspace->store = store_open(workspace->ledgers, "templates", workspace->diagnostics);
    if (workspace->store)
        store_set_settings(workspace->store, workspace->office);
    if (workspace->store && millions)
        store_set_limit(workspace->store, millions);
    return workspace->store != NULL;
}

/* Rules see the store, and rows they reject may leave others without what they refer to: again until nothing moves.
 * Of the rows that hold, copies are taken out. */
static bool open_store(struct workspace *workspace) {
    bool rejected = true;
    unsigned millions;
    if (!read_limit(workspace, &millions))
        return false;
    ledgers_resolve(workspace->ledgers);
    while (rejected) {
        if (!open_anew(workspace, millions) || !store_check_rules(workspace->store, &rejected))
            return false;
        if (rejected)
            ledgers_resolve(workspace->ledgers);
    }
    if (ledgers_unite(workspace->ledgers) && !open_anew(workspace, millions))
        return false;
    ledgers_count_corrected(workspace->ledgers);
    diagnostics_file(workspace->diagnostics, NULL);
    return true;
}

/* A report is named in lower case; README.md and its like stand beside the reports for people to read. */
static bool is_report(const char *path) {
    const char *name = path_name(path);
    return strcmp(path_extension(path), "md") == 0 && !(*name >= 'A' && *name <= 'Z');
}

static bool read_heads(struct workspace *workspace) {
    char **paths;
    int count = folder_list(workspace->arena, workspace->diagnostics, "templates", false, &paths);
    bool good = count >= 0;
    workspace->heads = ARENA_ARRAY(workspace->arena, struct template *, count < 0 ? 0 : count);
    for (int i = 0; i < count; i++) {
        if (!is_report(paths[i]))
            continue;
        struct template *head = template_read_head(workspace->arena, workspace->diagnostics, paths[i]);
        if (head)
            workspace->heads[workspace->head_count++] = head;
        else
            good = false;
    }
    return good;
}

/* [files] links = yes, when the file belongs to whoever runs the program: inputs may then be links, to a share for
 * instance. Of a stranger's file the setting would be the stranger's way to what only the owner can read. */
static void follow_links(const struct workspace *workspace, const char *path) {
    struct stat status;
    const char *links = settings_get(settings_find(workspace->office, "files"), "links", "no");
    if (strcmp(links, "yes") == 0 && root_stat(path, &status) == 0 && root_is_owners(&status))
        root_name("inputs", ROOT_LINKS_ALL);
}

static bool read_office(struct workspace *workspace) {
    static const char *const path = "inputs/office.ini";
    workspace->office = ARENA_NEW(workspace->arena, struct settings);
    workspace->office->file = path;
    const int status = workspace->diagnostics->status;
    if (file_there(workspace->diagnostics, path))
        workspace->office = settings_read(workspace->arena, workspace->diagnostics, path);
    if (!workspace->office || workspace->diagnostics->status > status)
        return false;
    follow_links(workspace, path);
    const struct settings_section *office = settings_find(workspace->office, "office");
    if (strcmp(settings_get(office, "messages", ""), "en") == 0)
        workspace->diagnostics->language = LANGUAGE_EN;
    return true;
}

bool workspace_open_schemas(struct workspace *workspace, struct arena *arena, struct diagnostics *diagnostics,
                            const struct options *options) {
    *workspace = (struct workspace){.arena = arena, .diagnostics = diagnostics, .options = options};
    if (!is_workspace(diagnostics) || !read_office(workspace))
        return false;
    workspace->schemas = schemas_read(arena, diagnostics, "templates");
    return workspace->schemas != NULL;
}

/* [files] encoding = TCVN3, for offices whose files are all of one old encoding and too short to be guessed. */
static bool read_encoding(const struct workspace *workspace) {
    const struct settings_section *files = settings_find(workspace->office, "files");
    const char *name = settings_get(files, "encoding", NULL);
    enum charset charset;
    workspace->ledgers->encoding = name;
    if (!name || charset_named(name, &charset))
        return true;
    struct place place = settings_place(workspace->office, settings_line(files, "encoding"));
    diagnose(workspace->diagnostics, SETTING_VALUE, &place, "encoding", name, charset_names());
    return false;
}

bool workspace_open(struct workspace *workspace, struct arena *arena, struct diagnostics *diagnostics,
                    const struct options *options) {
    *workspace = (struct workspace){.arena = arena, .diagnostics = diagnostics, .options = options};
    if (!is_workspace(diagnostics) || !read_office(workspace))
        return false;
    bool heads = read_heads(workspace);
    workspace->schemas = schemas_read(arena, diagnostics, "templates");
    if (!heads || !workspace->schemas)
        return false;
    workspace->ledgers = ledgers_open(arena, diagnostics, workspace->schemas);
    if (!read_encoding(workspace))
        return false;
    return diagnostics->status < 2 && read_inputs(workspace) && open_store(workspace);
}

void workspace_close(struct workspace *workspace) {
    store_close(workspace->store);
    ledgers_free(workspace->ledgers);
    schemas_free(workspace->schemas);
}

void workspace_refuse_report(const struct workspace *workspace, const char *name) {
    const char **names = ARENA_ARRAY(workspace->arena, const char *, workspace->head_count + 1);
    for (size_t i = 0; i < workspace->head_count; i++)
        names[i] = workspace->heads[i]->name;
    diagnose(workspace->diagnostics, REPORT_UNKNOWN, NULL, name,
             diagnose_nearest(workspace->diagnostics, name, names, workspace->head_count));
}

/* ---- Writing ---------------------------------------------------------------------------------------------------- */

/* "hd05, hd36, nd30" */
static const char *page_names(const struct workspace *workspace) {
    char **paths;
    struct buffer names = {0};
    const int count = folder_list(workspace->arena, workspace->diagnostics, "templates/pages", false, &paths);
    for (int i = 0; i < count; i++)
        buffer_printf(&names, "%s%s", names.length ? ", " : "", path_stem(workspace->arena, paths[i]));
    const char *text = arena_text(workspace->arena, buffer_string(&names));
    buffer_free(&names);
    return text;
}

const struct profile *workspace_profile(const struct workspace *workspace) {
    const struct settings_section *office = settings_find(workspace->office, "office");
    const char *name = settings_get(office, "page", "hd05");
    const char *path = arena_printf(workspace->arena, "templates/pages/%s.ini", name);
    if (file_exists(path))
        return profile_read(workspace->arena, workspace->diagnostics, path);
    struct place place = settings_place(workspace->office, settings_line(office, "page"));
    diagnose(workspace->diagnostics, SETTING_VALUE, &place, "page", name, page_names(workspace));
    return NULL;
}

int workspace_lock(const struct workspace *workspace) {
    const char *output = workspace->options->output;
    if (!folder_make(workspace->diagnostics, output))
        return -1;
    const char *path = arena_printf(workspace->arena, "%s/.lock", output);
    int lock = root_open(path, O_RDWR | O_CREAT);
    if (lock < 0) {
        diagnose(workspace->diagnostics, FILE_WRITE, NULL, output, file_reason(workspace->diagnostics, errno));
        return -1;
    }
    if (flock(lock, LOCK_EX | LOCK_NB) == 0)
        return lock;
    diagnose(workspace->diagnostics, WORKSPACE_LOCKED, NULL, path);
    close(lock);
    return -1;
}

/* ---- Period and unit -------------------------------------------------------------------------------------------- */

/* The only reading of the clock. */
static struct date today(void) {
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    return (struct date){(int16_t)(local.tm_year + 1900), (int8_t)(local.tm_mon + 1), (int8_t)local.tm_mday};
}

/* An office that closes its books early says so: [periods] 2014 = 2013-12-01 | 2014-11-30. */
static bool read_window(const struct workspace *workspace, struct span *span) {
    const struct settings_section *periods = settings_find(workspace->office, "periods");
    char **dates;
    const char *name = period_name(workspace->arena, span->period);
    size_t count = settings_list(workspace->arena, periods, name, &dates);
    span->first = span->period.first;
    span->last = span->period.last;
    if (!count)
        return true;
    if (count == 2 && date_parse_iso(dates[0], &span->first) && date_parse_iso(dates[1], &span->last) &&
        date_is_day(span->first) && date_is_day(span->last) && date_compare(span->first, span->last) <= 0)
        return true;
    struct place place = settings_place(workspace->office, settings_line(periods, name));
    diagnose(workspace->diagnostics, SETTING_VALUE, &place, name, settings_get(periods, name, ""),
             diagnose_say(workspace->diagnostics, "ngày đầu | ngày cuối, như 2013-12-01 | 2014-11-30",
                          "first day | last day, such as 2013-12-01 | 2014-11-30"));
    return false;
}

static void refuse_period(const struct workspace *workspace, const char *asked) {
    static const char known[] =
        "2017 | 2024-H1 | 2024-Q2 | 2024-05 | last-month | last-quarter | last-half | last-year";
    struct period meant;
    const char *hint = "";
    if (period_guess(asked, &meant))
        hint = diagnose_hint(workspace->diagnostics, period_name(workspace->arena, meant));
    diagnose(workspace->diagnostics, OPTION_VALUE, NULL, asked, "--period",
             arena_printf(workspace->arena, "%s%s", known, hint));
}

static void refuse_as_of(const struct workspace *workspace, const char *asked) {
    const struct diagnostics *diagnostics = workspace->diagnostics;
    struct date meant;
    const char *hint = "";
    if (date_parse(asked, strlen(asked), &meant) == DATE_OK && date_is_day(meant))
        hint = diagnose_hint(diagnostics, date_iso(meant, (char[DATE_ISO_SIZE]){0}));
    diagnose(workspace->diagnostics, OPTION_VALUE, NULL, asked, "--as-of",
             arena_printf(workspace->arena, "%s%s",
                          diagnose_say(diagnostics, "năm-tháng-ngày, như 2024-06-30", "a day such as 2024-06-30"),
                          hint));
}

/* Of a period that has not begun there is nothing to report. */
static void refuse_early(const struct workspace *workspace, const struct span *span) {
    char as_of[DATE_ISO_SIZE], first[DATE_ISO_SIZE];
    diagnose(workspace->diagnostics, PERIOD_AHEAD, NULL, period_name(workspace->arena, span->period),
             date_iso(span->first, first), date_iso(span->as_of, as_of));
}

bool workspace_span(const struct workspace *workspace, const char *fallback, struct span *span) {
    const struct options *options = workspace->options;
    const char *asked = options->period ? options->period : fallback;
    bool relative = text_starts(asked, "last-");
    *span = (struct span){0};
    if (options->as_of && (!date_parse_iso(options->as_of, &span->as_of) || !date_is_day(span->as_of))) {
        refuse_as_of(workspace, options->as_of);
        return false;
    }
    if (relative && !options->as_of)
        span->as_of = today();
    bool good = relative ? period_before(asked, span->as_of, &span->period) : period_parse(asked, &span->period);
    if (!good) {
        refuse_period(workspace, asked);
        return false;
    }
    if (!workspace_span_of(workspace, span->period, span))
        return false;
    if (options->as_of && date_compare(span->as_of, span->first) < 0) {
        refuse_early(workspace, span);
        return false;
    }
    return true;
}

bool workspace_span_of(const struct workspace *workspace, struct period period, struct span *span) {
    span->period = period;
    if (!read_window(workspace, span))
        return false;
    if (!workspace->options->as_of)
        span->as_of = today();
    if (date_compare(span->last, span->as_of) < 0)
        span->as_of = span->last;
    return true;
}

/* A part of a name tells a unit from three letters on; of many units that are called so, the first few are told. */
enum { CALLED_LETTERS = 3, CALLED_TOLD = 5 };

/* The units whose names, without marks, are the words or hold them. */
static size_t find_called(const struct workspace *workspace, const char *words, bool whole, uint32_t *rows) {
    const struct units *units = store_units(workspace->store);
    size_t count = 0;
    for (uint32_t row = 0; row < units->count; row++) {
        const char *name = text_stripped(workspace->arena, units_name(units, row));
        if (whole ? strcmp(name, words) == 0 : strstr(name, words) != NULL)
            rows[count++] = row;
    }
    return count;
}

/* The units of that name; else those whose names hold the words; else those of the nearest name: a clerk may know
 * names better than codes. */
static size_t units_called(const struct workspace *workspace, const char *asked, uint32_t *rows) {
    struct arena *arena = workspace->arena;
    const struct units *units = store_units(workspace->store);
    const char **names = ARENA_ARRAY(arena, const char *, units->count + 1), *words = text_stripped(arena, asked);
    if (text_characters(words, strlen(words)) < CALLED_LETTERS)
        return 0;
    size_t count = find_called(workspace, words, true, rows);
    if (!count)
        count = find_called(workspace, words, false, rows);
    for (uint32_t row = 0; row < units->count; row++)
        names[row] = units_name(units, row);
    const int nearest = count ? -1 : text_nearest(arena, asked, names, units->count);
    return nearest < 0 ? count : find_called(workspace, text_stripped(arena, names[nearest]), true, rows);
}

/* "; có thể là một trong 8 đơn vị: MS.01.02 Chi bộ thôn Mỏ Nước (Đảng bộ xã Mẫu Hòa); …" */
static const char *tell_called(const struct workspace *workspace, const uint32_t *rows, size_t count) {
    const struct diagnostics *diagnostics = workspace->diagnostics;
    const struct units *units = store_units(workspace->store);
    if (count == 1)
        return arena_printf(workspace->arena,
                            diagnose_say(diagnostics, "; «%s» có mã «%s»", "; '%s' has the code '%s'"),
                            units_name(units, rows[0]), units_id(units, rows[0]));
    struct buffer out = {0};
    buffer_printf(&out, diagnose_say(diagnostics, "; có thể là một trong %zu đơn vị", "; it may be one of %zu units"),
                  count);
    for (size_t i = 0; i < count && i < CALLED_TOLD; i++) {
        const uint32_t above = units->parents[rows[i]];
        buffer_printf(&out, "%s%s %s", i ? "; " : ": ", units_id(units, rows[i]), units_name(units, rows[i]));
        if (above != NO_ROW)
            buffer_printf(&out, " (%s)", units_name(units, above));
    }
    if (count > CALLED_TOLD)
        buffer_text(&out, "; …");
    const char *text = arena_text(workspace->arena, buffer_string(&out));
    buffer_free(&out);
    return text;
}

static void refuse_unit(const struct workspace *workspace, const char *asked) {
    struct diagnostics *diagnostics = workspace->diagnostics;
    const struct units *units = store_units(workspace->store);
    const char **ids = ARENA_ARRAY(workspace->arena, const char *, units->count + 1);
    uint32_t *called = ARENA_ARRAY(workspace->arena, uint32_t, units->count + 1);
    for (uint32_t row = 0; row < units->count; row++)
        ids[row] = units_id(units, row);
    const char *hint = diagnose_nearest(diagnostics, asked, ids, units->count);
    const size_t count = *hint ? 0 : units_called(workspace, asked, called);
    diagnose(diagnostics, UNIT_UNKNOWN, NULL, asked, count ? tell_called(workspace, called, count) : hint);
}

bool workspace_unit(const struct workspace *workspace, uint32_t *unit) {
    const char *asked = workspace->options->unit;
    const struct units *units = store_units(workspace->store);
    *unit = NO_ROW;
    if (!asked)
        return true;
    if (units->ledger)
        *unit = ledger_row(units->ledger, asked, strlen(asked));
    if (*unit == NO_ROW)
        refuse_unit(workspace, asked);
    return *unit != NO_ROW;
}

void workspace_apply(struct workspace *workspace, const struct span *span, uint32_t unit) {
    store_set_period(workspace->store, span->period, span->first, span->last, span->as_of);
    store_set_unit(workspace->store, unit);
}
