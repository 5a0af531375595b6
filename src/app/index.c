/* index.c - outputs/<period>/index.html: the reports that stand there, what they were made from, what was found.
 *
 * Written anew by every run, from the manifest, so that it also lists what earlier runs made. Of the findings only
 * those of reading the inputs are told, because they are the same whether a report was made anew or not; numbers, not
 * rows. The index beside what is published lists the reports and nothing else. */
#include "app/manifest.h"

#include "base/file.h"
#include "base/text.h"
#include "render/html_text.h"

#include <string.h>

struct index {
    struct buffer out;
    struct arena *arena;
    const struct job *job;
    char **paths;         /* of the outputs, below the folder */
    const char **reports; /* whose they are */
    size_t count;
};

/* ---- Reports ---------------------------------------------------------------------------------------------------- */

static const char *report_title(const struct index *index, const char *name) {
    const struct workspace *workspace = index->job->workspace;
    for (size_t i = 0; i < workspace->head_count; i++)
        if (strcmp(workspace->heads[i]->name, name) == 0)
            return workspace->heads[i]->title;
    return "";
}

/* The part of a path before its slash, or before its extension. */
static const char *report_of(struct arena *arena, const char *path) {
    const char *slash = strchr(path, '/');
    if (slash)
        return arena_copy(arena, path, (size_t)(slash - path));
    const char *stem = path_stem(arena, path), *kind = path_extension(stem);
    return strcmp(kind, "draft") == 0 || strcmp(kind, "cover") == 0 ? path_stem(arena, stem) : stem;
}

static void put_link(struct index *index, const char *path, const char *text) {
    buffer_text(&index->out, "<li><a href=\"");
    html_text(&index->out, path);
    buffer_text(&index->out, "\">");
    html_text(&index->out, text);
    buffer_text(&index->out, "</a></li>");
}

/* What stands beside a final document, or in its place. */
static const char *output_kind(const struct index *index, const char *path) {
    const char *kind = path_extension(path_stem(index->arena, path));
    return strcmp(kind, "draft") == 0 ? " (dự thảo)" : strcmp(kind, "cover") == 0 ? " (phiếu trình)" : "";
}

/* The files of one report: of the whole, then of units: those of a batch through the index it has of its own. */
static void put_report(struct index *index, const char *name) {
    const char *batch = arena_printf(index->arena, "%s/index.html", name);
    bool indexed = file_exists(path_join(index->arena, index->job->folder, batch));
    buffer_text(&index->out, "<tr>");
    html_element(&index->out, "td", "left", report_title(index, name));
    html_element(&index->out, "td", "left", name);
    buffer_text(&index->out, "<td class=\"left\"><ul class=\"formats\">");
    for (size_t i = 0; i < index->count; i++) {
        const char *path = index->paths[i];
        if (strcmp(index->reports[i], name) != 0)
            continue;
        if (!strchr(path, '/'))
            put_link(index, path, arena_printf(index->arena, "%s%s", path_extension(path), output_kind(index, path)));
        else if (!indexed)
            put_link(index, path, strchr(path, '/') + 1);
    }
    if (indexed)
        put_link(index, batch, "từng đơn vị");
    buffer_text(&index->out, "</ul></td></tr>\n");
}

static bool is_first_of_report(const struct index *index, size_t at) {
    const char *name = index->reports[at];
    for (size_t i = 0; i < at; i++)
        if (strcmp(index->reports[i], name) == 0)
            return false;
    return true;
}

static void put_reports(struct index *index) {
    buffer_text(&index->out,
                "<div class=\"frame\"><table>\n<thead><tr><th>Văn bản</th><th>Báo cáo</th><th>Tệp</th></tr>"
                "</thead>\n<tbody>\n");
    for (size_t i = 0; i < index->count; i++)
        if (is_first_of_report(index, i))
            put_report(index, index->reports[i]);
    buffer_text(&index->out, "</tbody>\n</table></div>\n");
}

/* ---- Inputs and findings ---------------------------------------------------------------------------------------- */

static void put_number(struct index *index, size_t number) {
    html_element(&index->out, "td", "right", value_string(index->arena, value_integer((int64_t)number), NULL));
}

/* Findings about a file, by severity; those of no file are about the workspace. */
static void count_findings(const struct index *index, const char *file, size_t counts[3]) {
    const struct diagnostics *diagnostics = index->job->workspace->diagnostics;
    memset(counts, 0, 3 * sizeof *counts);
    for (size_t i = 0; i < index->job->findings; i++) {
        const struct finding *finding = &diagnostics->findings[i];
        if (finding->place.file && strcmp(finding->place.file, file) == 0)
            counts[diagnostic_severity(finding->code)]++;
    }
}

static bool is_first_of_file(const struct ledgers *ledgers, size_t at) {
    for (size_t i = 0; i < at; i++)
        if (strcmp(ledgers->sources[i].file, ledgers->sources[at].file) == 0)
            return false;
    return true;
}

static void put_source(struct index *index, const struct ledger_source *source, bool first) {
    size_t findings[3] = {0};
    buffer_text(&index->out, "<tr>");
    html_element(&index->out, "td", "left",
                 source->sheet ? arena_printf(index->arena, "%s / %s", source->file, source->sheet) : source->file);
    html_element(&index->out, "td", "left", source->ledger ? source->ledger->schema->label : "");
    put_number(index, source->read);
    put_number(index, source->accepted);
    put_number(index, source->rejected);
    put_number(index, source->skipped);
    if (first)
        count_findings(index, source->file, findings);
    put_number(index, findings[SEVERITY_ERROR] + findings[SEVERITY_WARNING]);
    html_element(&index->out, "td", "left", source->traits.encoding);
    buffer_text(&index->out, "<td><code>");
    html_text(&index->out, source->sha256);
    buffer_text(&index->out, "</code></td></tr>\n");
}

static void put_sources(struct index *index) {
    const struct ledgers *ledgers = index->job->workspace->ledgers;
    html_element(&index->out, "h2", NULL, "Lập từ các tệp");
    buffer_text(&index->out,
                "<div class=\"frame\"><table>\n<thead><tr><th>Tệp</th><th>Sổ</th><th>Đã đọc</th><th>Được nhận</th>"
                "<th>Bị loại</th><th>Bỏ qua</th><th>Điều phát hiện</th><th>Bảng mã</th><th>SHA-256</th></tr></thead>\n"
                "<tbody>\n");
    for (size_t i = 0; i < ledgers->source_count; i++)
        put_source(index, &ledgers->sources[i], is_first_of_file(ledgers, i));
    buffer_text(&index->out, "</tbody>\n</table></div>\n");
    html_element(
        &index->out, "p", NULL,
        "Từng ô sai và cách sửa: chạy «tongket check», xem outputs/check/quality.xlsx. Mẫu, thiết lập và mã băm "
        "của từng tệp đã lập: xem manifest.json.");
}

/* ---- The page --------------------------------------------------------------------------------------------------- */

static void take_paths(struct index *index, const struct manifest *manifest) {
    const size_t folder = strlen(index->job->folder) + 1;
    index->paths = ARENA_ARRAY(index->arena, char *, manifest->line_count + 1);
    index->reports = ARENA_ARRAY(index->arena, const char *, manifest->line_count + 1);
    for (size_t i = 0; i < manifest->line_count; i++) {
        const char *output = manifest_output(manifest, index->arena, i);
        if (!output || !text_starts(output, index->job->folder) || strlen(output) <= folder)
            continue;
        index->paths[index->count] = arena_text(index->arena, output + folder);
        index->reports[index->count] = report_of(index->arena, index->paths[index->count]);
        index->count++;
    }
}

bool index_write(const struct job *job, const struct manifest *manifest) {
    struct index index = {.arena = arena_new(), .job = job};
    const struct workspace *workspace = job->workspace;
    const struct settings_section *office = settings_find(workspace->office, "office");
    take_paths(&index, manifest);
    const char *title = arena_printf(index.arena, "Báo cáo %s", period_phrase(index.arena, job->span.period));
    html_begin(&index.out, "vi", title, NULL);
    html_element(&index.out, "h1", NULL, title);
    html_element(&index.out, "p", "subject", settings_get(office, "name", ""));
    put_reports(&index);
    if (!workspace->options->public_)
        put_sources(&index);
    html_end(&index.out);
    bool good = file_write(index.arena, workspace->diagnostics, path_join(index.arena, job->folder, "index.html"),
                           index.out.text, index.out.length);
    buffer_free(&index.out);
    arena_free(index.arena);
    return good;
}
