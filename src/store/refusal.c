/* refusal.c - what SQLite says of wrong SQL, for people who may not read it.
 *
 *   no such column: decison_date
 *   không có cột «decison_date»; gần nhất: «decision_date» (SQLite: no such column: decison_date)
 *
 * Its own words are exact and stay, at the end; the sentence before them is in the language of the run and has the name
 * that was meant, sought among the names that the SQL could have used: columns of the tables that it mentions, of which
 * all are told when none is near. */
#include "base/text.h"
#include "store/sql.h"
#include "store/tables.h"

#include <string.h>

enum names { NAMES_NONE, NAMES_COLUMNS, NAMES_TABLES, NAMES_FUNCTIONS, NAMES_VOCABULARIES };

/* SQLite's words are the beginning, a name, and the end; or, where the end is NULL, just the beginning. */
static const struct known {
    const char *begin, *end;
    enum names names;
    const char *vi, *en;
} known[] = {
    {"no such column: ", "", NAMES_COLUMNS, "không có cột «%s»", "there is no column '%s'"},
    {"no such table: ", "", NAMES_TABLES, "không có sổ hay khung nhìn «%s»", "there is no ledger or view '%s'"},
    {"no such function: ", "", NAMES_FUNCTIONS, "không có hàm «%s»", "there is no function '%s'"},
    {"no such vocabulary: ", "", NAMES_VOCABULARIES, "không có danh mục «%s»", "there is no vocabulary '%s'"},
    {"ambiguous column name: ", "", NAMES_NONE, "cột «%s» có ở hơn một bảng của câu này, cần ghi tên bảng đứng trước",
     "column '%s' is in more than one table of this query; write the table before it"},
    {"near \"", "\": syntax error", NAMES_NONE, "viết sai cú pháp SQL ở «%s» hoặc ngay trước đó",
     "the SQL is wrong at '%s' or just before it"},
    {"incomplete input", NULL, NAMES_NONE, "câu SQL chưa hết: thiếu phần sau hoặc dấu đóng ngoặc",
     "the SQL ends too early: something, or a closing bracket, is missing behind it"},
    {"unrecognized token: \"", "\"", NAMES_NONE, "không hiểu «%s»; có thể thiếu dấu nháy đóng",
     "'%s' is not understood; perhaps a closing quote is missing"},
    {"wrong number of arguments to function ", "()", NAMES_NONE, "hàm «%s» không nhận chừng ấy đối số",
     "the function '%s' does not take so many arguments"},
    {"misuse of aggregate function ", "()", NAMES_NONE, "hàm gộp «%s» không đặt ở đây được",
     "the aggregate function '%s' cannot stand here"},
    {"misuse of aggregate: ", "()", NAMES_NONE, "hàm gộp «%s» không đặt ở đây được",
     "the aggregate function '%s' cannot stand here"},
    {"table ", " may not be modified", NAMES_NONE, "chỉ được đọc sổ «%s», không được sửa",
     "the ledger '%s' can be read only"},
    {"not authorized to use function: ", "", NAMES_NONE, "không được dùng hàm «%s»",
     "the function '%s' must not be used"},
    {"not authorized", NULL, NAMES_NONE, "chỉ được đọc các sổ bằng SELECT", "ledgers can only be read, by SELECT"},
    {"authorization denied", NULL, NAMES_NONE, "chỉ được đọc các sổ bằng SELECT",
     "ledgers can only be read, by SELECT"},
    {"", " is made of itself", NAMES_NONE, "cột suy ra «%s» vòng về chính nó",
     "the derived column '%s' leads to itself"},
    {"a function calls itself", NULL, NAMES_NONE, "một hàm trong templates/functions gọi lại chính nó",
     "a function of templates/functions calls itself"},
};

/* What SQLite's words are, and the name in them; NULL: others. */
static const struct known *known_words(struct arena *arena, const char *words, const char **name) {
    const size_t length = strlen(words);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const char *end = known[i].end ? known[i].end : "";
        const size_t before = strlen(known[i].begin), behind = strlen(end);
        if (length < before + behind || !text_starts(words, known[i].begin) ||
            strcmp(words + length - behind, end) != 0 || (!known[i].end && length > before))
            continue;
        *name = arena_copy(arena, words + before, length - before - behind);
        return &known[i];
    }
    return NULL;
}

/* ---- Names that there are --------------------------------------------------------------------------------------- */

struct names_there {
    struct arena *arena;
    const char **names;
    size_t count, capacity;
};

static void add_name(struct names_there *there, const char *name) {
    for (size_t i = 0; i < there->count; i++)
        if (strcmp(there->names[i], name) == 0)
            return;
    there->names = arena_grow(there->arena, there->names, &there->capacity, there->count + 1, sizeof *there->names);
    there->names[there->count++] = arena_text(there->arena, name);
}

/* Where the name, or what else SQLite stumbled over, stands in the SQL; NULL: nowhere. "d.frm" may be a name of its own
 * or a column of d. */
static const char *find_name(struct arena *arena, const char *text, const char *name) {
    const struct sql sql = sql_read(arena, text);
    const char *dot = strrchr(name, '.');
    const size_t length = strlen(name);
    const char *before = dot ? arena_copy(arena, name, (size_t)(dot - name)) : NULL;
    for (size_t at = 0; at < sql.count; at++) {
        const struct sql_token *token = &sql.tokens[at];
        const size_t quotes = token->kind == SQL_STRING || token->kind == SQL_NAME;
        const bool inside = token->length == length + 2 * quotes && memcmp(token->start + quotes, name, length) == 0;
        const bool same = token->length == length && memcmp(token->start, name, length) == 0;
        const bool qualified = before && sql_is_named(&sql, at, before) && sql_is(&sql, at + 1, ".") &&
                               sql_is_named(&sql, at + 2, dot + 1);
        if (same || inside || qualified)
            return token->start + (inside ? quotes : 0);
    }
    return NULL;
}

/* Asks SQLite itself, past the guard; names are the first column of the answer or, `labels`, its columns. */
static void add_asked(struct store *store, struct names_there *there, const char *sql, bool labels) {
    sqlite3_stmt *statement = NULL;
    const bool guarded = store->guarded;
    store->guarded = false;
    if (sqlite3_prepare_v2(store->database, sql, -1, &statement, NULL) == SQLITE_OK) {
        for (int c = 0; labels && c < sqlite3_column_count(statement); c++)
            add_name(there, sqlite3_column_name(statement, c));
        while (!labels && sqlite3_step(statement) == SQLITE_ROW)
            add_name(there, (const char *)sqlite3_column_text(statement, 0));
    }
    sqlite3_finalize(statement);
    store->guarded = guarded;
}

static void add_tables(struct store *store, struct names_there *there) {
    add_asked(store, there,
              "SELECT name FROM sqlite_temp_master WHERE type = 'view' UNION ALL"
              " SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1",
              false);
}

/* Of the tables that the SQL names, their own first; those that only a reference leads to when the wrong name has a
 * point as they do. Without such a table: of all ledgers. */
static void add_columns(struct store *store, struct names_there *there, const char *sql, const char *wrong) {
    struct names_there tables = {.arena = there->arena};
    add_tables(store, &tables);
    for (size_t i = 0; i < tables.count; i++)
        if (find_name(there->arena, sql, tables.names[i]))
            add_asked(store, there, arena_printf(there->arena, "SELECT * FROM \"%s\" LIMIT 0", tables.names[i]), true);
    const bool none = !there->count;
    for (size_t i = 0; i < store->ledgers->count; i++) {
        const struct table *table = &store->tables[i];
        const char *name = table->ledger->schema->name;
        const bool named = find_name(there->arena, sql, name) ||
                           find_name(there->arena, sql, arena_printf(there->arena, "%s_tally", name));
        for (size_t c = 0; (none || named) && c < table->column_count; c++)
            if (!table->columns[c].through || strchr(wrong, '.'))
                add_name(there, table->columns[c].name);
    }
}

static void add_names(struct store *store, struct names_there *there, enum names names, const char *sql,
                      const char *wrong) {
    const struct schemas *schemas = store->ledgers->schemas;
    switch (names) {
    case NAMES_COLUMNS:
        add_columns(store, there, sql, wrong);
        break;
    case NAMES_TABLES:
        add_tables(store, there);
        break;
    case NAMES_FUNCTIONS:
        add_asked(store, there, "SELECT DISTINCT name FROM pragma_function_list ORDER BY 1", false);
        break;
    case NAMES_VOCABULARIES:
        for (size_t v = 0; v < schemas->vocabulary_count; v++)
            add_name(there, schemas->vocabularies[v]->name);
        break;
    default:
        break;
    }
}

/* "; gần nhất: «x»", or all columns that there are when none is near. "d.frm" is a column of d, whatever d is. */
static const char *hint(struct store *store, struct arena *arena, const struct known *meant, const char *sql,
                        const char *wrong) {
    struct names_there there = {.arena = arena};
    const char *dot = strrchr(wrong, '.');
    add_names(store, &there, meant->names, sql, wrong);
    const char *nearest = diagnose_nearest(store->diagnostics, wrong, there.names, there.count);
    if (!*nearest && dot)
        nearest = diagnose_nearest(store->diagnostics, dot + 1, there.names, there.count);
    if (*nearest || meant->names != NAMES_COLUMNS || !there.count)
        return nearest;
    const char *all = "";
    for (size_t i = 0; i < there.count; i++)
        all = arena_printf(arena, "%s%s%s", all, i ? ", " : "", there.names[i]);
    return arena_printf(arena, diagnose_say(store->diagnostics, "; các cột có: %s", "; there are: %s"), all);
}

/* "; nếu là chữ thì đặt trong nháy đơn: 'CC'": SQL takes "CC" for a column. */
static const char *quotes_hint(struct store *store, struct arena *arena, const struct known *meant, const char *sql,
                               const char *wrong) {
    if (meant->names != NAMES_COLUMNS || !strstr(sql, arena_printf(arena, "\"%s\"", wrong)))
        return "";
    char *literal = sqlite3_mprintf("%Q", wrong);
    const char *words = diagnose_say(store->diagnostics, "; nếu là chữ thì đặt trong nháy đơn: %s",
                                     "; if it is a text, write it in single quotes: %s");
    const char *said = literal ? arena_printf(arena, words, literal) : "";
    sqlite3_free(literal);
    return said;
}

/* ---- Saying it -------------------------------------------------------------------------------------------------- */

const char *refusal_words(struct store *store, struct arena *arena, const char *sql, const char *words, int *offset) {
    const char *name = "";
    const struct known *meant = known_words(arena, words, &name);
    words = arena_text(arena, words); /* what is asked below makes SQLite forget them */
    if (!meant)
        return arena_printf(arena, diagnose_say(store->diagnostics, "SQLite báo: %s", "SQLite says: %s"), words);
    const char *at = find_name(arena, sql, name);
    if (*offset < 0 && at && meant->names != NAMES_NONE)
        *offset = (int)(at - sql);
    const char *sentence = arena_printf(arena, diagnose_say(store->diagnostics, meant->vi, meant->en), name);
    return arena_printf(arena, "%s%s%s (SQLite: %s)", sentence, quotes_hint(store, arena, meant, sql, name),
                        hint(store, arena, meant, sql, name), words);
}
