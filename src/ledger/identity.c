/* identity.c - rows about the same case, and rows about the same person.
 *
 *   same = member_id, decision_no, decision_date             surest first: two rows with a card number each are told
 *   same = full_name, org_id, decision_no, decision_date     apart by it, and only where one has none by the name
 *
 * A case comes in twice: from the unit and from the office above it, in the books of two months, with another spelling
 * of its number. Values are compared as they are meant: texts without case, blanks, punctuation, leading zeros and the
 * place of tone marks, decision numbers without the words that their column's name has ("QĐ số 12-QĐ/HU"), references
 * by the row they lead to, dates by their day.
 *
 * Texts are folded only where two rows may be the same: all rows are put into tables by hashes of what no spelling
 * changes. Rejected: to fold every text first, which costs more than the load itself. */
#include "ledger/identity.h"

#include "base/text.h"

#include <stdlib.h>
#include <string.h>

enum { AHEAD = 24 };

/* ---- What a cell means ------------------------------------------------------------------------------------------ */

static bool has_dictionary(const struct column *column) {
    enum field_type type = column->field->type;
    return type != FIELD_DATE && type != FIELD_BOOLEAN && type != FIELD_ENUM;
}

static uint32_t target_row(const struct column *column, uint32_t code) {
    return column->field->reference_ledger && code < column->target_count ? column->targets[code] : NO_ROW;
}

static bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

/* The same for every spelling of a text: consonants and digits from the first digit on, without zeros. */
static uint32_t loose_hash(const char *text) {
    const char *digit = text + strcspn(text, "0123456789");
    uint32_t hash = 2166136261u;
    for (text = *digit ? digit : text; *text; text++) {
        unsigned char letter = (unsigned char)*text;
        if (letter >= 'A' && letter <= 'Z')
            letter |= 0x20;
        if ((letter >= '1' && letter <= '9') || (letter >= 'a' && letter <= 'z' && !strchr("aeiouy", letter)))
            hash = (hash ^ letter) * 16777619u;
    }
    return hash;
}

/* A character that parts words: ASCII that is no letter or digit, and the dashes and quotes of General Punctuation. */
static bool parts_words(uint32_t letter) {
    bool ascii = (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z');
    return letter < 0x80 ? !ascii : letter < 0xc0 || (letter >= 0x2000 && letter < 0x2070);
}

/* Words and numbers, parted by one blank, numbers without leading zeros. */
static void fold_words(struct arena *scratch, const char *text, struct buffer *out) {
    const char *folded = text_folded(scratch, text);
    char last = ' ';
    for (size_t at = 0; folded[at];) {
        const size_t from = at;
        const uint32_t letter = text_next(folded, &at);
        const char first = folded[from];
        if (parts_words(letter)) {
            last = ' ';
            continue;
        }
        const bool fresh = last == ' ' || is_digit(last) != is_digit(first);
        if (fresh && out->length)
            buffer_char(out, ' ');
        last = first;
        if (fresh && first == '0' && is_digit(folded[at])) {
            last = ' ';
            continue;
        }
        buffer_add(out, folded + from, at - from);
    }
}

static bool is_word_of(struct arena *scratch, const struct field *field, const char *word, size_t length) {
    for (size_t i = 0; i <= field->alias_count; i++) {
        struct buffer words = {0};
        fold_words(scratch, i ? field->aliases[i - 1] : field->label, &words);
        const char *text = arena_text(scratch, buffer_string(&words));
        buffer_free(&words);
        for (const char *at = text; *at; at += strspn(at, " ")) {
            const size_t own = strcspn(at, " ");
            if (own == length && memcmp(at, word, length) == 0)
                return true;
            at += own;
        }
    }
    return false;
}

/* "QĐ số 012-QĐ/HU" and "12/QĐ-HU" as "12 qđ hu": words of the column's name before a number say nothing. */
static const char *meaning(struct arena *scratch, const struct field *field, const char *text) {
    struct buffer words = {0};
    fold_words(scratch, text, &words);
    const char *all = arena_text(scratch, buffer_string(&words)), *at = all;
    buffer_free(&words);
    while (*at && !is_digit(*at)) {
        const size_t length = strcspn(at, " ");
        if (!is_word_of(scratch, field, at, length))
            return all;
        at += length;
        at += strspn(at, " ");
    }
    return *at ? at : all;
}

/* `resolved`: references lead to rows; else what they lead to is not known yet, and any two may mean the same. */
static bool codes_agree(struct arena *scratch, const struct column *column, uint32_t left, uint32_t right,
                        bool resolved) {
    if (left == right)
        return true;
    if (!left || !right || !has_dictionary(column))
        return false;
    if (column->field->type == FIELD_INTEGER || column->field->type == FIELD_DECIMAL)
        return false;
    if (column->field->reference_ledger) {
        const uint32_t from = resolved ? target_row(column, left) : NO_ROW;
        const uint32_t to = resolved ? target_row(column, right) : NO_ROW;
        if (!resolved || from != NO_ROW || to != NO_ROW)
            return from == to;
    }
    const char *first = meaning(scratch, column->field, dictionary_text(&column->dictionary, left));
    return strcmp(first, meaning(scratch, column->field, dictionary_text(&column->dictionary, right))) == 0;
}

/* ---- Whole rows ------------------------------------------------------------------------------------------------- */

static bool is_complete(const struct ledger *ledger, const struct identity *identity, uint32_t row) {
    for (size_t i = 0; i < identity->count; i++)
        if (!identity->optional[i] && !ledger->columns[identity->fields[i]].codes[row])
            return false;
    return true;
}

static bool rows_agree(struct arena *scratch, const struct ledger *ledger, const struct identity *identity,
                       uint32_t left, uint32_t right, bool resolved) {
    bool agree = true;
    for (size_t i = 0; i < identity->count && agree; i++) {
        const struct column *column = &ledger->columns[identity->fields[i]];
        agree = codes_agree(scratch, column, column->codes[left], column->codes[right], resolved);
    }
    arena_clear(scratch);
    return agree;
}

/* Whether the rows are the same by the identity at `which`, and no surer one tells them apart. */
static bool rows_same(struct arena *scratch, const struct ledger *ledger, const struct identity *identities,
                      size_t which, uint32_t left, uint32_t right, bool resolved) {
    for (size_t i = 0; i < which; i++)
        if (is_complete(ledger, &identities[i], left) && is_complete(ledger, &identities[i], right) &&
            !rows_agree(scratch, ledger, &identities[i], left, right, resolved))
            return false;
    return is_complete(ledger, &identities[which], left) && is_complete(ledger, &identities[which], right) &&
           rows_agree(scratch, ledger, &identities[which], left, right, resolved);
}

static bool same_case(struct arena *scratch, const struct ledger *ledger, uint32_t left, uint32_t right,
                      bool resolved) {
    for (size_t i = 0; i < ledger->schema->same_count; i++)
        if (rows_same(scratch, ledger, ledger->schema->same, i, left, right, resolved))
            return true;
    return false;
}

bool identity_may_copy(const struct ledger *ledger, uint32_t from, uint32_t earlier) {
    if (!ledger->schema->same_count)
        return false;
    struct arena *scratch = arena_new();
    const bool same = same_case(scratch, ledger, from, earlier, false);
    arena_free(scratch);
    return same;
}

/* ---- Tables of rows by what they are about ----------------------------------------------------------------------- */

/* Slots hold row + 1; hashes are by row, 0 where the row is not complete. */
struct row_table {
    const struct identity *identity;
    uint32_t *hashes, *slots, mask;
};

/* By code, of each column that stands in an identity. */
static uint32_t *hash_codes(struct arena *arena, const struct column *column) {
    if (!has_dictionary(column))
        return NULL;
    const uint32_t count = column->dictionary.count + 1;
    uint32_t *hashes = ARENA_ARRAY(arena, uint32_t, count);
    for (uint32_t code = 1; code < count; code++) {
        const uint32_t row = target_row(column, code);
        hashes[code] = row == NO_ROW ? loose_hash(dictionary_text(&column->dictionary, code)) : row;
    }
    return hashes;
}

static void hash_rows(struct arena *arena, const struct ledger *ledger, uint32_t **by_code, struct row_table *table) {
    const struct identity *identity = table->identity;
    for (uint32_t row = 0; row < ledger->row_count; row++)
        table->hashes[row] = 0x9e3779b9u;
    for (size_t i = 0; i < identity->count; i++) {
        const size_t field = identity->fields[i];
        const uint32_t *codes = ledger->columns[field].codes;
        if (!by_code[field])
            by_code[field] = hash_codes(arena, &ledger->columns[field]);
        const uint32_t *hashes = by_code[field];
        for (uint32_t row = 0; row < ledger->row_count; row++) {
            const uint32_t code = codes[row];
            const uint32_t own = hashes ? hashes[code] : code;
            const uint64_t mixed = (uint64_t)(table->hashes[row] ^ own) * 0xff51afd7ed558ccdu;
            const uint32_t next = (uint32_t)(mixed >> 32) | 1;
            table->hashes[row] = !table->hashes[row] || (!code && !identity->optional[i]) ? 0 : next;
        }
    }
}

static void table_open(struct arena *arena, const struct ledger *ledger, uint32_t **by_code, struct row_table *table,
                       const struct identity *identity) {
    uint32_t size = 64;
    while (size < ledger->row_count + ledger->row_count / 2)
        size *= 2;
    *table = (struct row_table){.identity = identity, .mask = size - 1};
    table->slots = memory_resize(NULL, size * sizeof *table->slots);
    memset(table->slots, 0, size * sizeof *table->slots);
    table->hashes = memory_resize(NULL, (ledger->row_count + 1) * sizeof *table->hashes);
    hash_rows(arena, ledger, by_code, table);
}

static void table_close(struct row_table *table) {
    free(table->slots);
    free(table->hashes);
}

/* The first slot from *at on whose row may be the same; a free one when there is none. */
static uint32_t table_next(const struct row_table *table, uint32_t row, uint32_t *at) {
    const uint32_t hash = table->hashes[row];
    while (table->slots[*at] && table->hashes[table->slots[*at] - 1] != hash)
        *at = (*at + 1) & table->mask;
    return table->slots[*at];
}

static uint32_t table_first(const struct row_table *table, uint32_t row) {
    return (table->hashes[row] >> 1) * 0x9e3779b1u & table->mask;
}

static void expect_slots(const struct row_table *tables, size_t count, const struct ledger *ledger, uint32_t row) {
    for (size_t i = 0; i < count && row < ledger->row_count; i++)
        __builtin_prefetch(&tables[i].slots[table_first(&tables[i], row)]);
}

/* ---- Cases ------------------------------------------------------------------------------------------------------ */

static bool both_have(const struct ledgers *ledgers, const struct ledger *ledger, size_t field, uint32_t left,
                      uint32_t right) {
    const unsigned *first = ledgers->sources[ledger->origins[left].source].columns;
    const unsigned *second = ledgers->sources[ledger->origins[right].source].columns;
    return first && second && first[field] && second[field];
}

static bool is_key(const struct schema *schema, size_t field) {
    for (size_t i = 0; i < schema->uniques[0].count; i++)
        if (schema->uniques[0].fields[i] == field)
            return true;
    return false;
}

/* A card number that one copy lacks is no contradiction: the other columns told that they are copies. */
static bool only_lacks(const struct schema *schema, const struct column *column, size_t field, uint32_t left,
                       uint32_t right) {
    bool identifies = false;
    for (size_t s = 0; s < schema->same_count; s++)
        for (size_t i = 0; i < schema->same[s].count; i++)
            identifies = identifies || schema->same[s].fields[i] == field;
    return identifies && (!column->codes[left] || !column->codes[right]);
}

static const char *said_there(const struct ledgers *ledgers, struct arena *scratch, const struct column *column,
                              uint32_t row) {
    const struct diagnostics *diagnostics = ledgers->diagnostics;
    if (!column->codes[row])
        return diagnose_say(diagnostics, "để trống", "is blank");
    return arena_printf(scratch, diagnose_say(diagnostics, "ghi «%s»", "says '%s'"),
                        ledger_typed(scratch, column, column->codes[row]));
}

/* Codes that offices number their rows by are not what a case is about; all else should agree. */
static bool tell_disputes(struct ledgers *ledgers, struct arena *scratch, const struct ledger *ledger, uint32_t row,
                          uint32_t first) {
    bool any = false;
    for (size_t f = 0; f < ledger->schema->field_count; f++) {
        const struct column *column = &ledger->columns[f];
        if (is_key(ledger->schema, f) || !both_have(ledgers, ledger, f, row, first) ||
            codes_agree(scratch, column, column->codes[row], column->codes[first], true) ||
            only_lacks(ledger->schema, column, f, row, first))
            continue;
        struct place place = ledger_place(ledgers, ledger, row, (int)f);
        struct place other = ledger_place(ledgers, ledger, first, (int)f);
        diagnose(ledgers->diagnostics, ROW_DISPUTED, &place, column->field->label,
                 said_there(ledgers, scratch, column, row), said_there(ledgers, scratch, column, first),
                 place_words(scratch, &other));
        any = true;
    }
    return any;
}

static void drop_copy(struct ledgers *ledgers, struct arena *scratch, struct ledger *ledger, uint32_t row,
                      uint32_t first) {
    if (tell_disputes(ledgers, scratch, ledger, row, first)) {
        ledger->disputed++;
    } else {
        struct place place = ledger_place(ledgers, ledger, row, -1);
        struct place other = ledger_place(ledgers, ledger, first, -1);
        diagnose(ledgers->diagnostics, ROW_COPY, &place, place_words(scratch, &other));
    }
    arena_clear(scratch);
    ledger_drop_copy(ledgers, ledger, row);
}

/* The row that stands for the row's case, or NO_ROW; *at is where it was sought. */
static uint32_t find_case(struct arena *scratch, const struct ledger *ledger, const struct row_table *tables,
                          uint32_t row, uint32_t *at) {
    const struct identity *same = ledger->schema->same;
    for (size_t i = 0; i < ledger->schema->same_count; i++) {
        at[i] = table_first(&tables[i], row);
        if (!tables[i].hashes[row])
            continue;
        for (uint32_t slot; (slot = table_next(&tables[i], row, &at[i])); at[i] = (at[i] + 1) & tables[i].mask)
            if (rows_same(scratch, ledger, same, i, slot - 1, row, true))
                return slot - 1;
    }
    return NO_ROW;
}

static void unite_cases(struct ledgers *ledgers, struct ledger *ledger) {
    const size_t count = ledger->schema->same_count;
    struct arena *arena = arena_new(), *scratch = arena_new();
    uint32_t **by_code = ARENA_ARRAY(arena, uint32_t *, ledger->schema->field_count + 1);
    struct row_table *tables = ARENA_ARRAY(arena, struct row_table, count);
    uint32_t *at = ARENA_ARRAY(arena, uint32_t, count);
    for (size_t i = 0; i < count; i++)
        table_open(arena, ledger, by_code, &tables[i], &ledger->schema->same[i]);
    for (uint32_t row = 0; row < ledger->row_count; row++) {
        expect_slots(tables, count, ledger, row + AHEAD);
        const uint32_t first = find_case(scratch, ledger, tables, row, at);
        if (first != NO_ROW) {
            drop_copy(ledgers, scratch, ledger, row, first);
            continue;
        }
        for (size_t i = 0; i < count; i++)
            if (tables[i].hashes[row])
                tables[i].slots[at[i]] = row + 1;
    }
    for (size_t i = 0; i < count; i++)
        table_close(&tables[i]);
    arena_free(scratch);
    arena_free(arena);
}

/* ---- Persons ---------------------------------------------------------------------------------------------------- */

enum { AMBIGUOUS = NO_ROW - 1 };

/* A class of rows that agree by one identity: its first row, and the person that surer identities found in it. */
struct classes {
    struct row_table table;
    uint32_t *leaders; /* by first row of a class: NO_ROW, AMBIGUOUS, or the first row about the person */
};

/* The first row of the class that the row belongs to; the row itself when it is the first. */
static uint32_t class_of(struct arena *scratch, const struct ledger *ledger, struct row_table *table, uint32_t row) {
    uint32_t at = table_first(table, row);
    for (uint32_t slot; (slot = table_next(table, row, &at)); at = (at + 1) & table->mask)
        if (slot - 1 == row || rows_agree(scratch, ledger, table->identity, slot - 1, row, true))
            return slot - 1;
    table->slots[at] = row + 1;
    return row;
}

static void doubt_person(struct ledgers *ledgers, const struct ledger *ledger, const struct derivation *derivation,
                         size_t which, uint32_t row, uint32_t leader) {
    const struct diagnostics *diagnostics = ledgers->diagnostics;
    const size_t name = derivation->same[which].fields[0];
    const struct column *column = &ledger->columns[name];
    const struct field *sure = &ledger->schema->fields[derivation->same[0].fields[0]];
    struct arena *scratch = arena_new();
    struct place place = ledger_place(ledgers, ledger, row, (int)name);
    const char *where = "", *verdict = diagnose_say(diagnostics, "trùng tên với nhiều người, tính là một người khác",
                                                    "several people bear the name, and it is counted as another's");
    if (leader != AMBIGUOUS) {
        struct place other = ledger_place(ledgers, ledger, leader, (int)name);
        where = arena_printf(scratch, " %s", place_words(scratch, &other));
        verdict = diagnose_say(diagnostics, "coi là cùng một người với", "taken for the same person as");
    }
    diagnose(ledgers->diagnostics, PERSON_DOUBT, &place, ledger_typed(scratch, column, column->codes[row]), where,
             verdict, sure->label);
    arena_free(scratch);
}

/* Rows that surer identities know lead their class, unless they are several people; the others follow. */
static void follow_leaders(struct ledgers *ledgers, struct arena *scratch, struct ledger *ledger,
                           const struct derivation *derivation, size_t which, struct classes *classes,
                           uint32_t *firsts) {
    for (uint32_t row = 0; row < ledger->row_count; row++)
        classes->leaders[row] = NO_ROW;
    for (uint32_t row = 0; row < ledger->row_count; row++) {
        if (firsts[row] == NO_ROW || !classes->table.hashes[row])
            continue;
        uint32_t *leader = &classes->leaders[class_of(scratch, ledger, &classes->table, row)];
        *leader = *leader == NO_ROW || *leader == firsts[row] ? firsts[row] : (uint32_t)AMBIGUOUS;
    }
    for (uint32_t row = 0; row < ledger->row_count; row++) {
        if (firsts[row] != NO_ROW || !classes->table.hashes[row])
            continue;
        const uint32_t first = class_of(scratch, ledger, &classes->table, row), leader = classes->leaders[first];
        if (which && leader != NO_ROW && firsts[first] != NO_ROW && first != row)
            doubt_person(ledgers, ledger, derivation, which, row, leader);
        if (leader == NO_ROW || leader == AMBIGUOUS) {
            firsts[row] = row;
            classes->leaders[first] = row;
        } else {
            firsts[row] = leader;
        }
    }
}

static void number_groups(struct ledgers *ledgers, struct ledger *ledger, const struct derivation *derivation,
                          uint32_t *firsts) {
    struct arena *arena = arena_new(), *scratch = arena_new();
    uint32_t **by_code = ARENA_ARRAY(arena, uint32_t *, ledger->schema->field_count + 1);
    struct classes classes = {.leaders = memory_resize(NULL, (ledger->row_count + 1) * sizeof(uint32_t))};
    for (uint32_t row = 0; row < ledger->row_count; row++)
        firsts[row] = NO_ROW;
    for (size_t i = 0; i < derivation->same_count; i++) {
        table_open(arena, ledger, by_code, &classes.table, &derivation->same[i]);
        follow_leaders(ledgers, scratch, ledger, derivation, i, &classes, firsts);
        table_close(&classes.table);
    }
    for (uint32_t row = 0; row < ledger->row_count; row++)
        if (firsts[row] == NO_ROW)
            firsts[row] = row;
    free(classes.leaders);
    arena_free(scratch);
    arena_free(arena);
}

/* Whether one of the field's marks stands in the text; a word between blanks, a sign anywhere. */
static bool names_several(const struct field *field, const char *text) {
    for (size_t i = 0; i < field->several_count; i++) {
        const char *mark = field->several[i];
        const size_t length = strlen(mark);
        const bool word = (mark[0] & 0x80) || (mark[0] >= 'a' && mark[0] <= 'z');
        for (const char *at = strstr(text, mark); at; at = strstr(at + 1, mark))
            if (!word || (at > text && at[-1] == ' ' && at[length] == ' '))
                return true;
    }
    return false;
}

static void ask_several(const struct ledgers *ledgers, const struct ledger *ledger, size_t f) {
    const struct column *column = &ledger->columns[f];
    const uint32_t count = column->dictionary.count;
    bool *several = memory_resize(NULL, count + 1), any = false;
    for (uint32_t code = 1; code <= count; code++) {
        several[code] = names_several(column->field, dictionary_text(&column->dictionary, code));
        any = any || several[code];
    }
    for (uint32_t row = 0; any && row < ledger->row_count; row++) {
        const uint32_t code = column->codes[row];
        if (!code || !several[code])
            continue;
        const struct place place = ledger_place(ledgers, ledger, row, (int)f);
        diagnose(ledgers->diagnostics, NAMES_SEVERAL, &place, column->field->label,
                 dictionary_text(&column->dictionary, code));
    }
    free(several);
}

/* Whether rows that agree by the identity have the same key: then only rows that repeat a key can be copies. */
static bool holds_key(const struct schema *schema, const struct identity *identity) {
    size_t held = 0;
    for (size_t k = 0; k < schema->uniques[0].count; k++)
        for (size_t i = 0; i < identity->count; i++)
            held += identity->fields[i] == schema->uniques[0].fields[k];
    return held == schema->uniques[0].count;
}

static bool all_hold_key(const struct schema *schema, const struct identity *identities, size_t count) {
    while (count && holds_key(schema, &identities[count - 1]))
        count--;
    return !count;
}

static void number_derived(struct ledgers *ledgers, struct ledger *ledger, size_t d) {
    const struct derivation *derivation = &ledger->schema->derivations[d];
    if (derivation->same_count && !all_hold_key(ledger->schema, derivation->same, derivation->same_count)) {
        ledger->firsts[d] = memory_resize(ledger->firsts[d], (ledger->row_count + 1) * sizeof **ledger->firsts);
        number_groups(ledgers, ledger, derivation, ledger->firsts[d]);
    }
}

/* ---- All of it -------------------------------------------------------------------------------------------------- */

bool ledgers_unite(struct ledgers *ledgers) {
    bool any = false;
    for (size_t i = 0; i < ledgers->count; i++) {
        struct ledger *ledger = &ledgers->ledgers[i];
        const struct schema *schema = ledger->schema;
        if (ledger->repeated || !all_hold_key(schema, schema->same, schema->same_count))
            unite_cases(ledgers, ledger);
        ledger_reject_repeated(ledgers, ledger);
        any = any || ledger->incomplete;
    }
    if (any)
        ledgers_resolve(ledgers);
    for (size_t i = 0; i < ledgers->count; i++) {
        struct ledger *ledger = &ledgers->ledgers[i];
        for (size_t d = 0; d < ledger->schema->derivation_count; d++)
            number_derived(ledgers, ledger, d);
        for (size_t f = 0; f < ledger->schema->field_count; f++)
            if (ledger->schema->fields[f].several_count)
                ask_several(ledgers, ledger, f);
    }
    return any;
}
