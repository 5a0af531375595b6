/* quality.c - what the command check found, as a document: rows by file, findings by kind and by file, and the units
 * that have no row in a ledger.
 *
 * The document is Vietnamese, as all documents are; the messages quoted are in the language of the run. */
#include "app/quality.h"

#include "app/version.h"
#include "base/map.h"

#include <stdio.h>
#include <string.h>

static const struct format count_format = {.kind = FORMAT_NUMBER, .digits = 1, .grouped = true};

enum { COLUMNS_MOST = 6 };

struct making {
    struct workspace *workspace;
    struct grid_cell cells[COLUMNS_MOST]; /* of the row at hand */
    struct arena *arena;
    struct block **end; /* where the next block goes */
    int tables;
    bool any; /* there is something to say */
};

/* ---- Tables ----------------------------------------------------------------------------------------------------- */

static void add_block(struct making *making, struct block *block) {
    *making->end = block;
    making->end = &block->next;
}

static void add_paragraph(struct making *making, const char *text) {
    struct block *block = block_new(making->arena, BLOCK_PARAGRAPH);
    block->inlines = inline_new(making->arena, INLINE_TEXT, text);
    add_block(making, block);
}

/* A column of counts is summed when the table has a total row. */
static struct table *new_table(struct making *making, const char *caption, const char *const *labels,
                               const bool *counts, size_t columns) {
    struct table *table = ARENA_NEW(making->arena, struct table);
    *table = (struct table){.name = "",
                            .number = ++making->tables,
                            .caption = caption,
                            .unit = "",
                            .columns = ARENA_ARRAY(making->arena, struct table_column, columns),
                            .column_count = columns,
                            .rows = grid_new(making->arena, columns)};
    for (size_t c = 0; c < columns; c++)
        table->columns[c] = (struct table_column){.name = "",
                                                  .label = labels[c],
                                                  .align = counts[c] ? ALIGN_RIGHT : ALIGN_LEFT,
                                                  .total = counts[c] ? TOTAL_SUM : TOTAL_NONE,
                                                  .numerator = -1,
                                                  .denominator = -1};
    for (size_t c = 0; c < columns; c++)
        if (counts[c])
            table->columns[c].format = count_format;
    return table;
}

static void set_text(struct making *making, size_t column, const char *text) {
    making->cells[column] = (struct grid_cell){.value = value_text(text), .text = text};
}

static void set_count(struct making *making, size_t column, size_t count) {
    struct value value = value_integer((int64_t)count);
    making->cells[column] =
        (struct grid_cell){.value = value, .text = value_string(making->arena, value, &count_format)};
}

/* Before its cells are set. */
static void begin_row(struct making *making) {
    for (size_t c = 0; c < COLUMNS_MOST; c++)
        set_text(making, c, "");
}

static void end_row(struct making *making, struct table *table, enum row_kind kind) {
    grid_add(table->rows, (int)kind, making->cells);
    table->row_count++;
}

static void add_total(struct making *making, struct table *table) {
    begin_row(making);
    table->columns[0].total = TOTAL_LABEL;
    set_text(making, 0, "Tổng cộng");
    for (size_t c = 1; c < table->column_count; c++) {
        size_t sum = 0;
        if (table->columns[c].total != TOTAL_SUM)
            continue;
        for (size_t row = 0; row < table->row_count; row++)
            sum += (size_t)grid_value(table->rows, row, c).number;
        set_count(making, c, sum);
    }
    end_row(making, table, ROW_TOTAL);
}

static void add_table(struct making *making, const struct table *table) {
    struct block *block = block_new(making->arena, BLOCK_TABLE);
    block->table = table;
    add_block(making, block);
}

static const char *place_text(struct making *making, const char *file, const char *sheet) {
    if (!file)
        return "";
    return sheet ? arena_printf(making->arena, "%s [%s]", file, sheet) : file;
}

/* ---- Rows by file ----------------------------------------------------------------------------------------------- */

static void add_files(struct making *making) {
    static const char *const labels[] = {"Tệp", "Sổ", "Đã đọc", "Được nhận", "Bị loại", "Bỏ qua"};
    static const bool counts[] = {false, false, true, true, true, true};
    const struct ledgers *ledgers = making->workspace->ledgers;
    struct table *table = new_table(making, "Số dòng đọc được theo tệp", labels, counts, 6);
    for (size_t i = 0; i < ledgers->source_count; i++) {
        const struct ledger_source *source = &ledgers->sources[i];
        begin_row(making);
        set_text(making, 0, place_text(making, source->file, source->sheet));
        set_text(making, 1, source->ledger ? source->ledger->schema->label : "không phải sổ nào");
        set_count(making, 2, source->read);
        set_count(making, 3, source->accepted);
        set_count(making, 4, source->rejected);
        set_count(making, 5, source->skipped);
        end_row(making, table, ROW_BODY);
    }
    add_total(making, table);
    add_table(making, table);
}

/* Rejected rows that are not handed back: those that could not be taken apart into cells, and those beyond the limit.
 */
static void add_lost(struct making *making) {
    const struct ledgers *ledgers = making->workspace->ledgers;
    size_t rejected = 0;
    for (size_t i = 0; i < ledgers->source_count; i++)
        rejected += ledgers->sources[i].rejected;
    making->any = making->any || rejected;
    if (rejected > ledgers->reject_count)
        add_paragraph(making, arena_printf(making->arena,
                                           "%zu dòng bị loại không có trong các trang sổ kèm theo, vì dòng hỏng không "
                                           "tách được thành ô hoặc vì quá %d dòng được giữ lại: sửa ngay ở tệp gốc.",
                                           rejected - ledgers->reject_count, REJECTS_KEPT));
}

/* ---- Findings --------------------------------------------------------------------------------------------------- */

struct group {
    const struct finding *first;
    size_t count;
};

struct groups {
    struct map map;
    struct group *groups;
    size_t count, capacity;
};

static void group_add(struct groups *groups, struct arena *arena, const char *key, const struct finding *finding) {
    bool fresh;
    const struct map_entry *entry = map_put(&groups->map, key, strlen(key), (uint32_t)groups->count, &fresh);
    if (fresh) {
        groups->groups =
            arena_grow(arena, groups->groups, &groups->capacity, groups->count + 1, sizeof *groups->groups);
        groups->groups[groups->count++] = (struct group){.first = finding};
    }
    groups->groups[entry->value].count++;
}

static const char *severity_text(enum diagnostic code) {
    static const char *const words[] = {
        [SEVERITY_NOTE] = "ghi chú", [SEVERITY_WARNING] = "cảnh báo", [SEVERITY_ERROR] = "lỗi"};
    return words[diagnostic_severity(code)];
}

static void add_kinds(struct making *making, const struct groups *groups) {
    static const char *const labels[] = {"Kiểu phát hiện", "Ví dụ", "Số lần", "Mức"};
    static const bool counts[] = {false, false, true, false};
    const struct diagnostics *diagnostics = making->workspace->diagnostics;
    struct table *table = new_table(making, "Phát hiện theo kiểu", labels, counts, 4);
    for (size_t i = 0; i < groups->count; i++) {
        const struct finding *first = groups->groups[i].first;
        begin_row(making);
        set_text(making, 0, diagnostic_name(first->code));
        set_text(making, 1, first->message);
        set_count(making, 2, diagnostics->counts[first->code]);
        set_text(making, 3, severity_text(first->code));
        end_row(making, table, ROW_BODY);
    }
    add_total(making, table);
    add_table(making, table);
}

static void add_places(struct making *making, const struct groups *groups) {
    static const char *const labels[] = {"Tệp", "Kiểu phát hiện", "Số lần", "Lần đầu ở dòng"};
    static const bool counts[] = {false, false, true, false};
    struct table *table = new_table(making, "Phát hiện theo tệp và kiểu", labels, counts, 4);
    for (size_t i = 0; i < groups->count; i++) {
        const struct finding *first = groups->groups[i].first;
        begin_row(making);
        set_text(making, 0, place_text(making, first->place.file, first->place.sheet));
        set_text(making, 1, diagnostic_name(first->code));
        set_count(making, 2, groups->groups[i].count);
        if (first->place.row)
            set_text(making, 3, arena_printf(making->arena, "%u", first->place.row));
        end_row(making, table, ROW_BODY);
    }
    table->columns[3].align = ALIGN_CENTER;
    add_table(making, table);
}

static void add_findings(struct making *making) {
    const struct diagnostics *diagnostics = making->workspace->diagnostics;
    struct groups kinds = {0}, places = {0};
    for (size_t i = 0; i < diagnostics->count; i++) {
        const struct finding *finding = &diagnostics->findings[i];
        const char *file = finding->place.file ? finding->place.file : "";
        const char *sheet = finding->place.sheet ? finding->place.sheet : "";
        if (finding->code == DIAGNOSTIC_MORE_OF_THE_SAME) /* these are among the counts */
            continue;
        const char *name = diagnostic_name(finding->code);
        group_add(&kinds, making->arena, name, finding);
        group_add(&places, making->arena, arena_printf(making->arena, "%s\n%s\n%s", file, sheet, name), finding);
    }
    if (kinds.count) {
        making->any = true;
        add_kinds(making, &kinds);
        add_places(making, &places);
    }
    map_free(&kinds.map);
    map_free(&places.map);
}

/* ---- Units without a row ---------------------------------------------------------------------------------------- */

/* Units of a kind in the group "grassroots" of its vocabulary, who hand in sheets of their own. */
struct handing {
    const struct units *units;
    uint32_t *above; /* by unit: the grassroots unit it is or belongs to, NO_ROW: none */
    bool *expected;  /* by unit: grassroots and in being */
    size_t count;
};

static const char *grassroots_kinds(struct making *making, const struct units *units) {
    const struct schema *schema = units->ledger->schema;
    const struct vocabulary *vocabulary = schema->kind < 0 ? NULL : schema->fields[schema->kind].vocabulary;
    const char *kinds = "";
    for (size_t i = 0; vocabulary && i < vocabulary->count; i++)
        for (size_t g = 0; g < vocabulary->entries[i].group_count; g++)
            if (strcmp(vocabulary->entries[i].groups[g], "grassroots") == 0)
                kinds = arena_printf(making->arena, "%s%s%s", kinds, *kinds ? ";" : "", vocabulary->entries[i].code);
    return kinds;
}

/* The view live_units tells which units are in being on the day; without such a view all are. */
static void expect_live(struct making *making, struct handing *handing) {
    struct workspace *workspace = making->workspace;
    const struct units *units = handing->units;
    const struct schema *schema = units->ledger->schema;
    struct result result;
    struct query_error error;
    struct span span;
    if (!workspace_span(workspace, "last-year", &span))
        return;
    workspace_apply(workspace, &span, NO_ROW);
    const char *sql =
        arena_printf(making->arena, "SELECT \"%s\" FROM live_units", schema->fields[schema->uniques[0].fields[0]].name);
    bool known = store_query(workspace->store, making->arena, sql, &result, &error);
    for (size_t i = 0; i < (known ? result.row_count : units->count); i++) {
        uint32_t row = (uint32_t)i;
        if (known) {
            const char *id = value_plain(making->arena, result_value(&result, i, 0));
            row = ledger_row(units->ledger, id, strlen(id));
        }
        if (row == NO_ROW || handing->above[row] != row || handing->expected[row])
            continue;
        handing->expected[row] = true;
        handing->count++;
    }
}

/* By unit: whether a row of the ledger belongs to it or to a unit below it. Answers how many of those expected. */
static size_t mark_present(struct making *making, const struct handing *handing, const struct ledger *ledger,
                           bool **present) {
    const struct units *units = handing->units;
    size_t count = 0;
    *present = ARENA_ARRAY(making->arena, bool, units->count + 1);
    for (uint32_t row = 0; row < ledger->row_count; row++) {
        uint32_t unit = units->rows[units_position(units, ledger, row)];
        if (unit != NO_ROW && handing->above[unit] != NO_ROW)
            (*present)[handing->above[unit]] = true;
    }
    for (uint32_t unit = 0; unit < units->count; unit++)
        count += handing->expected[unit] && (*present)[unit];
    return count;
}

static void list_missing(struct making *making, const struct handing *handing, const struct ledger *ledger,
                         const bool *present) {
    static const char *const labels[] = {"Đơn vị (mã)", "Đơn vị (tên gọi)"};
    static const bool counts[] = {false, false};
    const struct units *units = handing->units;
    const char *caption =
        arena_printf(making->arena, "Tổ chức cơ sở đảng chưa có dòng nào trong sổ «%s»", ledger->schema->label);
    struct table *table = new_table(making, caption, labels, counts, 2);
    for (uint32_t unit = 0; unit < units->count; unit++) {
        if (!handing->expected[unit] || present[unit])
            continue;
        begin_row(making);
        set_text(making, 0, arena_text(making->arena, units_id(units, unit)));
        set_text(making, 1, arena_text(making->arena, units_name(units, unit)));
        end_row(making, table, ROW_BODY);
    }
    add_table(making, table);
}

/* Who has not handed in, ledger by ledger. A ledger that most units have no row in tells of what happened somewhere, as
 * discipline does: its absences are listed, but are no reason to speak. */
static void add_missing(struct making *making) {
    static const char *const labels[] = {"Sổ", "Tổ chức cơ sở đảng", "Đã có dòng", "Chưa có dòng"};
    static const bool counts[] = {false, true, true, true};
    const struct ledgers *ledgers = making->workspace->ledgers;
    struct handing handing = {.units = store_units(making->workspace->store)};
    const struct units *units = handing.units;
    const char *kinds = units->ledger ? grassroots_kinds(making, units) : "";
    handing.above = ARENA_ARRAY(making->arena, uint32_t, units->count + 1);
    handing.expected = ARENA_ARRAY(making->arena, bool, units->count + 1);
    for (uint32_t unit = 0; unit < units->count; unit++)
        handing.above[unit] = units_above(units, unit, kinds);
    if (*kinds)
        expect_live(making, &handing);
    if (!handing.count)
        return;
    struct table *table =
        new_table(making, "Tổ chức cơ sở đảng có dòng trong từng sổ (chưa có: chưa gửi, hoặc không phát sinh)", labels,
                  counts, 4);
    add_table(making, table);
    for (size_t i = 0; i < ledgers->count; i++) {
        const struct ledger *ledger = &ledgers->ledgers[i];
        bool *present;
        if (ledger == units->ledger || ledger->schema->unit < 0)
            continue;
        size_t here = mark_present(making, &handing, ledger, &present), missing = handing.count - here;
        begin_row(making);
        set_text(making, 0, ledger->schema->label);
        set_count(making, 1, handing.count);
        set_count(making, 2, here);
        set_count(making, 3, missing);
        end_row(making, table, ROW_BODY);
        if (missing && here)
            list_missing(making, &handing, ledger, present);
        making->any = making->any || (missing && here * 2 > handing.count);
    }
}

/* ---- The document ----------------------------------------------------------------------------------------------- */

struct document *quality_document(struct workspace *workspace, struct arena *arena) {
    struct document *document = ARENA_NEW(arena, struct document);
    struct making making = {.workspace = workspace, .arena = arena, .end = &document->blocks};
    *document = (struct document){
        .arena = arena,
        .report = "quality",
        .period = "",
        .language = "vi",
        .letterhead = {"", settings_get(settings_find(workspace->office, "office"), "name", ""), "", "", "", "", ""},
        .title = "KẾT QUẢ KIỂM TRA SỐ LIỆU",
        .subject = "các tệp trong thư mục inputs",
        .note = "",
        .signature = {"", "", ""},
        .version = TONGKET_VERSION};
    add_files(&making);
    add_lost(&making);
    add_findings(&making);
    add_missing(&making);
    return making.any ? document : NULL;
}
