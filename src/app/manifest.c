/* manifest.c - what was made from what, and whether it is still so. */
#include "app/manifest.h"

#include "app/version.h"
#include "base/build.h"
#include "base/file.h"
#include "base/sha256.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

/* ---- JSON, one object a line ------------------------------------------------------------------------------------ */

static void add_text(struct buffer *out, const char *name, const char *value) {
    buffer_printf(out, "\"%s\": ", name);
    buffer_json(out, value);
}

/* The text of a member of a line written by add_text(), or NULL. */
static const char *line_text(struct arena *arena, const char *line, const char *name) {
    const char *at = strstr(line, arena_printf(arena, "\"%s\": \"", name));
    if (!at)
        return NULL;
    struct buffer out = {0};
    for (at += strlen(name) + 5; *at && *at != '"'; at++) {
        unsigned byte = 0;
        if (*at == '\\' && at[1] == 'u' && sscanf(at + 2, "%4x", &byte) == 1) {
            buffer_char(&out, (char)byte);
            at += 5;
            continue;
        }
        if (*at == '\\' && at[1])
            at++;
        buffer_char(&out, *at);
    }
    const char *text = arena_text(arena, buffer_string(&out));
    buffer_free(&out);
    return text;
}

static void keep_line(struct manifest *manifest, const char *output, const char *line) {
    bool fresh;
    const char *key = arena_text(manifest->arena, output);
    const struct map_entry *entry =
        map_put(&manifest->outputs, key, strlen(key), (uint32_t)manifest->line_count, &fresh);
    if (!fresh) {
        manifest->lines[entry->value] = arena_text(manifest->arena, line);
        return;
    }
    manifest->lines = arena_grow(manifest->arena, manifest->lines, &manifest->line_capacity, manifest->line_count + 1,
                                 sizeof *manifest->lines);
    manifest->lines[manifest->line_count++] = arena_text(manifest->arena, line);
}

/* ---- Opening ---------------------------------------------------------------------------------------------------- */

/* Something that outputs are made from: is it as it was in the last run? */
static void compare(struct manifest *manifest, const char *path, const char *hash) {
    uint32_t at = map_get_text(&manifest->sources, path);
    if (!manifest->known || (at != MAP_NONE && strcmp(manifest->hashes[at], hash) == 0))
        return;
    if (!manifest->changed)
        manifest->changed = arena_text(manifest->arena, path);
    manifest->changed_count++;
}

static bool hash_file(struct manifest *manifest, const char *path, struct diagnostics *diagnostics) {
    char hash[SHA256_TEXT];
    if (!sha256_file(path, hash)) {
        diagnose(diagnostics, FILE_READ, NULL, path, "SHA-256");
        return false;
    }
    manifest->templates = arena_grow(manifest->arena, manifest->templates, &manifest->template_capacity,
                                     manifest->template_count + 2, sizeof *manifest->templates);
    manifest->templates[manifest->template_count++] = arena_text(manifest->arena, path);
    manifest->templates[manifest->template_count++] = arena_text(manifest->arena, hash);
    return true;
}

static bool hash_folder(struct manifest *manifest, const char *folder, struct diagnostics *diagnostics) {
    char **paths;
    int count = folder_there(diagnostics, folder) ? folder_list(manifest->arena, diagnostics, folder, true, &paths) : 0;
    bool good = count >= 0;
    for (int i = 0; i < count && good; i++)
        good = hash_file(manifest, paths[i], diagnostics);
    return good;
}

static void put_run(struct manifest *manifest, struct buffer *all) {
    const struct job *job = manifest->job;
    const struct ledgers *ledgers = job->workspace->ledgers;
    char first[DATE_ISO_SIZE], last[DATE_ISO_SIZE], as_of[DATE_ISO_SIZE], program[SHA256_TEXT] = "";
    /* The program as built, not only its version: a mended one must not leave standing what the old one made. */
    build_hash(program);
    buffer_printf(all, "%s %s %s %s %s %d %d\n", TONGKET_VERSION, program, date_iso(job->span.first, first),
                  date_iso(job->span.last, last), date_iso(job->span.as_of, as_of), (int)job->span.period.kind,
                  job->workspace->options->public_);
    for (size_t i = 0; i < ledgers->source_count; i++) {
        buffer_printf(all, "%s %s\n", ledgers->sources[i].file, ledgers->sources[i].sha256);
        if (i == 0 || strcmp(ledgers->sources[i].file, ledgers->sources[i - 1].file) != 0)
            compare(manifest, ledgers->sources[i].file, ledgers->sources[i].sha256);
    }
    for (int face = 0; face < FACE_COUNT; face++)
        buffer_printf(all, "%s\n", job->profile->faces[face]);
}

void manifest_settle(struct manifest *manifest) {
    struct buffer all = {0};
    char hash[SHA256_TEXT];
    if (manifest->base)
        return;
    ledgers_hashed(manifest->job->workspace->ledgers);
    put_run(manifest, &all);
    for (size_t i = 0; i < manifest->template_count; i += 2) {
        buffer_printf(&all, "%s %s\n", manifest->templates[i], manifest->templates[i + 1]);
        compare(manifest, manifest->templates[i], manifest->templates[i + 1]);
    }
    sha256_bytes(buffer_string(&all), all.length, hash);
    manifest->base = arena_text(manifest->arena, hash);
    buffer_free(&all);
}

static void keep_source(struct manifest *manifest, const char *path, const char *hash, const char *ledger) {
    bool fresh;
    size_t next = manifest->sources.used;
    size_t capacity = manifest->hash_capacity;
    manifest->hashes =
        arena_grow(manifest->arena, manifest->hashes, &manifest->hash_capacity, next + 1, sizeof *manifest->hashes);
    manifest->ledgers = arena_grow(manifest->arena, manifest->ledgers, &capacity, next + 1, sizeof *manifest->ledgers);
    const struct map_entry *entry = map_put(&manifest->sources, path, strlen(path), (uint32_t)next, &fresh);
    manifest->hashes[entry->value] = hash;
    if (fresh || (ledger && *ledger))
        manifest->ledgers[entry->value] = ledger ? ledger : "";
}

static void read_line(struct manifest *manifest, const char *line) {
    struct arena *arena = manifest->arena;
    const char *output = line_text(arena, line, "output"), *input = line_text(arena, line, "input"),
               *source = input ? input : line_text(arena, line, "template"), *hash = line_text(arena, line, "sha256");
    size_t last = strlen(line) - 1;
    if (output && file_exists(output))
        keep_line(manifest, output, arena_copy(arena, line, last + (line[last] != ',')));
    else if (source && hash)
        keep_source(manifest, source, hash, input ? line_text(arena, line, "ledger") : NULL);
}

static void read_lines(struct manifest *manifest, struct diagnostics *diagnostics) {
    size_t length;
    const char *text =
        file_exists(manifest->path) ? file_read(manifest->arena, diagnostics, manifest->path, &length) : NULL;
    manifest->known = text != NULL;
    while (text && *text) {
        size_t span = strcspn(text, "\n");
        const char *line = arena_copy(manifest->arena, text, span);
        if (text_starts(line, "    {\""))
            read_line(manifest, line);
        text += span + (text[span] == '\n');
    }
}

enum holding manifest_holding(const struct workspace *workspace, const char *folder) {
    const char *path = path_join(workspace->arena, folder, "manifest.json");
    size_t length;
    const char *text = file_exists(path) ? file_read(workspace->arena, workspace->diagnostics, path, &length) : NULL;
    enum holding holding = text ? HOLDS_FINAL : HOLDS_NOTHING;
    while (text && *text && holding == HOLDS_FINAL) {
        const size_t span = strcspn(text, "\n");
        const char *output = line_text(workspace->arena, arena_copy(workspace->arena, text, span), "output");
        if (output && strcmp(path_extension(path_stem(workspace->arena, output)), "draft") == 0)
            holding = HOLDS_DRAFTS;
        text += span + (text[span] == '\n');
    }
    return holding;
}

bool manifest_open(struct manifest *manifest, const struct job *job) {
    struct diagnostics *diagnostics = job->workspace->diagnostics;
    *manifest = (struct manifest){.arena = job->workspace->arena, .job = job};
    manifest->path = arena_printf(manifest->arena, "%s/manifest.json", job->folder);
    read_lines(manifest, diagnostics);
    return hash_folder(manifest, "templates", diagnostics) && hash_folder(manifest, "inputs/texts", diagnostics) &&
           (!file_there(diagnostics, "inputs/office.ini") || hash_file(manifest, "inputs/office.ini", diagnostics));
}

void manifest_free(struct manifest *manifest) {
    map_free(&manifest->sources);
    map_free(&manifest->outputs);
}

const char *manifest_fingerprint(struct manifest *manifest, struct arena *arena, const char *report, const char *unit) {
    char hash[SHA256_TEXT];
    manifest_settle(manifest);
    const char *text = arena_printf(arena, "%s %s %s", manifest->base, report, unit);
    sha256_bytes(text, strlen(text), hash);
    return arena_text(arena, hash);
}

const char *manifest_ledger(const struct manifest *manifest, const char *input) {
    const uint32_t at = map_get_text(&manifest->sources, input);
    return at == MAP_NONE || !*manifest->ledgers[at] ? NULL : manifest->ledgers[at];
}

const char *manifest_why_none(const struct diagnostics *diagnostics) {
    return diagnose_say(diagnostics, "chưa có", "there was none");
}

bool manifest_has(const struct manifest *manifest, const char *output) {
    return map_get_text(&manifest->outputs, output) != MAP_NONE;
}

const char *manifest_why(const struct manifest *manifest, struct arena *arena, const struct diagnostics *diagnostics,
                         const char *output, const char *fingerprint) {
    char hash[SHA256_TEXT];
    uint32_t at = map_get_text(&manifest->outputs, output);
    const char *from = line_text(arena, manifest->lines[at], "made_from"),
               *known = line_text(arena, manifest->lines[at], "sha256");
    if (!known || !sha256_file(output, hash) || strcmp(hash, known) != 0)
        return diagnose_say(diagnostics, "tệp đã bị sửa sau khi lập", "the file was changed after it was made");
    if (from && strcmp(from, fingerprint) == 0)
        return NULL;
    if (manifest->changed_count > 1)
        return arena_printf(arena,
                            diagnose_say(diagnostics, "%s và %zu tệp khác đã thay đổi", "%s and %zu more changed"),
                            manifest->changed, manifest->changed_count - 1);
    if (manifest->changed)
        return arena_printf(arena, diagnose_say(diagnostics, "%s đã thay đổi", "%s changed"), manifest->changed);
    return diagnose_say(diagnostics, "bớt tệp nguồn, hoặc đổi ngày số liệu, đối tượng đọc, chương trình",
                        "an input less, or another as-of date, audience or program");
}

void manifest_add(struct manifest *manifest, const char *output, const char *fingerprint) {
    char hash[SHA256_TEXT];
    struct buffer line = {0};
    manifest->added++;
    if (!sha256_file(output, hash))
        return;
    buffer_text(&line, "    {");
    add_text(&line, "output", output);
    buffer_text(&line, ", ");
    add_text(&line, "sha256", hash);
    buffer_text(&line, ", ");
    add_text(&line, "made_from", fingerprint);
    buffer_char(&line, '}');
    keep_line(manifest, output, buffer_string(&line));
    buffer_free(&line);
}

const char *manifest_output(const struct manifest *manifest, struct arena *arena, size_t line) {
    return line_text(arena, manifest->lines[line], "output");
}

/* ---- Writing ---------------------------------------------------------------------------------------------------- */

/* An input that cannot be read now is what it was when it could be. */
static const char *ledger_name(const struct manifest *manifest, const struct ledger_source *source) {
    const char *before = source->ledger ? NULL : manifest_ledger(manifest, source->file);
    return source->ledger ? source->ledger->schema->name : before ? before : "";
}

static void write_inputs(const struct manifest *manifest, struct buffer *out, const struct ledgers *ledgers) {
    buffer_text(out, "  \"inputs\": [\n");
    for (size_t i = 0; i < ledgers->source_count; i++) {
        const struct ledger_source *source = &ledgers->sources[i];
        buffer_text(out, "    {");
        add_text(out, "input", source->file);
        buffer_text(out, ", ");
        add_text(out, "sheet", source->sheet ? source->sheet : "");
        buffer_text(out, ", ");
        add_text(out, "ledger", ledger_name(manifest, source));
        buffer_text(out, ", ");
        add_text(out, "encoding", source->traits.encoding ? source->traits.encoding : "");
        buffer_printf(out, ", \"read\": %zu, \"accepted\": %zu, \"rejected\": %zu, \"skipped\": %zu, ", source->read,
                      source->accepted, source->rejected, source->skipped);
        add_text(out, "sha256", source->sha256);
        buffer_text(out, i + 1 < ledgers->source_count ? "},\n" : "}\n");
    }
    buffer_text(out, "  ],\n");
}

bool manifest_write(struct manifest *manifest) {
    const struct job *job = manifest->job;
    struct buffer out = {0};
    char first[DATE_ISO_SIZE], last[DATE_ISO_SIZE], as_of[DATE_ISO_SIZE];
    manifest_settle(manifest);
    buffer_text(&out, "{\n  ");
    add_text(&out, "tongket", TONGKET_VERSION);
    buffer_text(&out, ",\n  ");
    add_text(&out, "period", period_name(manifest->arena, job->span.period));
    buffer_printf(&out, ", \"first\": \"%s\", \"last\": \"%s\", \"as_of\": \"%s\",\n", date_iso(job->span.first, first),
                  date_iso(job->span.last, last), date_iso(job->span.as_of, as_of));
    write_inputs(manifest, &out, job->workspace->ledgers);
    buffer_text(&out, "  \"templates\": [\n");
    for (size_t i = 0; i < manifest->template_count; i += 2) {
        buffer_text(&out, "    {");
        add_text(&out, "template", manifest->templates[i]);
        buffer_text(&out, ", ");
        add_text(&out, "sha256", manifest->templates[i + 1]);
        buffer_text(&out, i + 2 < manifest->template_count ? "},\n" : "}\n");
    }
    buffer_text(&out, "  ],\n  \"outputs\": [\n");
    bool any = false;
    for (size_t i = 0; i < manifest->line_count; i++) {
        const char *output = manifest_output(manifest, manifest->arena, i);
        if (output && !file_exists(output))
            continue; /* a draft that gave way to the final document */
        buffer_printf(&out, "%s%s", any ? ",\n" : "", manifest->lines[i]);
        any = true;
    }
    buffer_text(&out, any ? "\n" : "");
    buffer_text(&out, "  ]\n}\n");
    bool good =
        file_write(manifest->arena, job->workspace->diagnostics, manifest->path, buffer_string(&out), out.length);
    buffer_free(&out);
    return good;
}

/* ---- The command verify ----------------------------------------------------------------------------------------- */

static void verify_line(struct arena *arena, struct diagnostics *diagnostics, const char *manifest, const char *line) {
    const char *input = line_text(arena, line, "input"), *template = line_text(arena, line, "template");
    const char *output = line_text(arena, line, "output"), *known = line_text(arena, line, "sha256");
    const char *file = input ? input : template ? template : output;
    char hash[SHA256_TEXT];
    if (!file || !known || !*known)
        return;
    bool there = file_exists(file);
    if (there && sha256_file(file, hash) && strcmp(hash, known) == 0)
        return;
    const char *what = there ? diagnose_say(diagnostics, "đã thay đổi", "has changed")
                             : diagnose_say(diagnostics, "không còn", "is gone");
    if (output)
        diagnose(diagnostics, MANIFEST_OUTPUT, NULL, manifest, file, what);
    else
        diagnose(diagnostics, MANIFEST_INPUT, NULL, manifest, file, what);
}

static void verify_manifest(struct arena *arena, struct diagnostics *diagnostics, const char *path) {
    size_t length, files = 0;
    int before = diagnostics->status;
    size_t findings = diagnostics->count;
    const char *text = file_read(arena, diagnostics, path, &length);
    while (text && *text) {
        size_t span = strcspn(text, "\n");
        const char *line = arena_copy(arena, text, span);
        if (text_starts(line, "    {\"")) {
            files++;
            verify_line(arena, diagnostics, path, line);
        }
        text += span + (text[span] == '\n');
    }
    if (diagnostics->count == findings && diagnostics->status == before)
        printf(diagnose_say(diagnostics, "%s: %zu tệp còn nguyên\n", "%s: %zu files are as they were\n"), path, files);
}

/* "outputs/2017-H2/manifest.json", and "outputs/2017-H2/public/manifest.json" of what is published: --period and
 * --audience each leave only theirs. */
static bool is_wanted(const struct options *options, struct arena *arena, const char *path) {
    static const char published[] = "/public/manifest.json";
    const size_t length = strlen(path), tail = sizeof published - 1;
    const bool public_ = length > tail && strcmp(path + length - tail, published) == 0;
    const char *period = options->period ? path_join(arena, options->output, options->period) : "";
    return strcmp(path_name(path), "manifest.json") == 0 && (!options->audience || public_ == options->public_) &&
           (!options->period || text_starts(path, arena_printf(arena, "%s/", period)));
}

bool command_verify(const struct options *options, struct arena *arena, struct diagnostics *diagnostics) {
    char **paths;
    int count =
        folder_there(diagnostics, options->output) ? folder_list(arena, diagnostics, options->output, true, &paths) : 0;
    size_t found = 0;
    for (int i = 0; i < count; i++) {
        const bool wanted = is_wanted(options, arena, paths[i]);
        if (wanted)
            verify_manifest(arena, diagnostics, paths[i]);
        found += wanted;
    }
    if (!found && count >= 0)
        diagnose(diagnostics, MANIFEST_NONE, NULL, options->output);
    return found > 0;
}
