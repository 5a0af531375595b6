/* schema.c - reading the schemas of ledgers. */
#include "ledger/schema.h"

#include "base/file.h"
#include "base/settings.h"
#include "base/text.h"

#include <stdlib.h>
#include <string.h>

static const char *const type_names[] = {
    [FIELD_TEXT] = "text", [FIELD_ID] = "id",           [FIELD_INTEGER] = "integer", [FIELD_DECIMAL] = "decimal",
    [FIELD_DATE] = "date", [FIELD_BOOLEAN] = "boolean", [FIELD_ENUM] = "enum",       [FIELD_LIST] = "list"};
enum { TYPES = sizeof type_names / sizeof *type_names };

struct load {
    struct arena *arena;
    struct diagnostics *diagnostics;
    struct schemas *schemas;
    const struct settings *settings;
    struct schema *schema;
    bool good;
};

static void refuse(struct load *load, unsigned line, const char *name, const char *value, const char *expected) {
    struct place place = settings_place(load->settings, line);
    diagnose(load->diagnostics, SETTING_VALUE, &place, name, value, expected);
    load->good = false;
}

const struct schema *schemas_find(const struct schemas *schemas, const char *name) {
    for (size_t i = 0; i < schemas->count; i++)
        if (strcmp(schemas->schemas[i].name, name) == 0)
            return &schemas->schemas[i];
    return NULL;
}

bool schema_in_key(const struct schema *schema, size_t field) {
    for (size_t i = 0; i < schema->uniques[0].count; i++)
        if (schema->uniques[0].fields[i] == field)
            return true;
    return false;
}

int schema_field(const struct schema *schema, const char *name) {
    for (size_t i = 0; i < schema->field_count; i++)
        if (strcmp(schema->fields[i].name, name) == 0)
            return (int)i;
    return -1;
}

const struct derivation *schema_derivation(const struct schema *schema, const char *name) {
    for (size_t i = 0; i < schema->derivation_count; i++)
        if (strcmp(schema->derivations[i].field.name, name) == 0)
            return &schema->derivations[i];
    return NULL;
}

static bool label_holds(const char *label, const char *words) {
    size_t length = strlen(words);
    for (const char *at = strstr(label, words); at; at = strstr(at + 1, words))
        if ((at == label || at[-1] == ' ') && (!at[length] || at[length] == ' '))
            return true;
    return false;
}

const struct forbidden *schema_forbidden(const struct schema *schema, const char *label) {
    for (size_t i = 0; i < schema->forbidden_count; i++)
        for (size_t n = 0; n < schema->forbidden[i].label_count; n++)
            if (label_holds(label, schema->forbidden[i].labels[n]))
                return &schema->forbidden[i];
    return NULL;
}

const char *field_expectation(const struct field *field, const struct diagnostics *diagnostics) {
    static const char *const words[][2] = {
        [FIELD_TEXT] = {"chữ", "text"},
        [FIELD_ID] = {"mã (chữ và số, không phải dạng 1E+11)", "an identifier (not 1E+11)"},
        [FIELD_INTEGER] = {"số nguyên", "a whole number"},
        [FIELD_DECIMAL] = {"số (phần lẻ sau dấu phẩy)", "a number (decimal comma)"},
        [FIELD_DATE] = {"ngày/tháng/năm", "a date (day/month/year)"},
        [FIELD_BOOLEAN] = {"x (có) hoặc để trống (không)", "x (yes) or blank (no)"},
        [FIELD_ENUM] = {"một giá trị trong danh mục", "a value of the vocabulary"},
        [FIELD_LIST] = {"danh sách, cách nhau bởi dấu chấm phẩy", "a list, separated by semicolons"}};
    if (field->months)
        return diagnose_say(diagnostics, "tháng/năm", "a month (month/year)");
    return words[field->type][diagnostics->language];
}

const char *field_example(const struct field *field, const struct diagnostics *diagnostics) {
    if (!field->example)
        return field->pattern;
    return arena_printf(diagnostics->arena, diagnose_say(diagnostics, "ví dụ: %s", "for instance: %s"), field->example);
}

/* ---- A column --------------------------------------------------------------------------------------------------- */

static void take_label(struct load *load, const char *label, size_t index, unsigned line) {
    bool fresh;
    const char *key = text_label(load->arena, label);
    if (!*key)
        return;
    const struct map_entry *known = map_put(&load->schema->labels, key, strlen(key), (uint32_t)index, &fresh);
    if (!fresh && known->value != index) {
        struct place place = settings_place(load->settings, line);
        diagnose(load->diagnostics, ALIAS_REPEATED, &place, label, load->schema->fields[known->value].name,
                 load->schema->fields[index].name);
        load->good = false;
    }
}

static bool read_limit(struct load *load, const struct settings_section *section, const char *name,
                       enum field_type type, struct value *limit) {
    const char *text = settings_get(section, name, NULL);
    struct date date;
    if (!text)
        return false;
    char *end;
    long long number = strtoll(text, &end, 10);
    if (type == FIELD_DATE && date_parse_iso(text, &date))
        *limit = value_date(date);
    else if ((type == FIELD_INTEGER || type == FIELD_DECIMAL) && end != text && !*end)
        *limit = value_integer(number);
    else
        refuse(load, settings_line(section, name), name, text, "số nguyên, hoặc ngày dạng 2014-12-31");
    return true;
}

static void read_pattern(struct load *load, const struct settings_section *section, struct field *field) {
    field->pattern = settings_get(section, "pattern", NULL);
    if (!field->pattern)
        return;
    field->expression = ARENA_NEW(load->arena, regex_t);
    if (regcomp(field->expression, field->pattern, REG_EXTENDED | REG_NOSUB) != 0) {
        refuse(load, settings_line(section, "pattern"), "pattern", field->pattern, "biểu thức POSIX");
        field->expression = NULL;
        return;
    }
    field->simple = pattern_compile(load->arena, field->pattern);
    field->example = settings_get(section, "example", NULL);
    if (field->example && regexec(field->expression, field->example, 0, NULL, 0) != 0)
        refuse(load, settings_line(section, "example"), "example", field->example, field->pattern);
}

static void read_reference(struct load *load, const struct settings_section *section, struct field *field) {
    const char *reference = settings_get(section, "reference", NULL);
    field->alternative = settings_get(section, "alternative", NULL);
    if (!reference)
        return;
    const char *dot = strchr(reference, '.');
    if (!dot) {
        refuse(load, settings_line(section, "reference"), "reference", reference, "sổ.cột");
        return;
    }
    field->reference_ledger = arena_copy(load->arena, reference, (size_t)(dot - reference));
    field->reference_field = dot + 1;
}

static const struct vocabulary *find_vocabulary(const struct schemas *schemas, const char *name) {
    for (size_t i = 0; i < schemas->vocabulary_count; i++)
        if (strcmp(schemas->vocabularies[i]->name, name) == 0)
            return schemas->vocabularies[i];
    return NULL;
}

static void read_vocabulary(struct load *load, const struct settings_section *section, struct field *field) {
    const char *name = settings_get(section, "vocabulary", NULL);
    if (name)
        field->vocabulary = find_vocabulary(load->schemas, name);
    if ((name && !field->vocabulary) || (!name && field->type == FIELD_ENUM))
        refuse(load, settings_line(section, "vocabulary"), "vocabulary", name ? name : "",
               "templates/vocabularies/*.ini");
}

static bool name_is_plain(const char *name) {
    return *name && strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(name);
}

static void read_type(struct load *load, const struct settings_section *section, struct field *field) {
    const char *type = settings_get(section, "type", "text");
    int found = 0;
    while (found < TYPES && strcmp(type_names[found], type) != 0)
        found++;
    if (found == TYPES)
        refuse(load, settings_line(section, "type"), "type", type,
               "text | id | integer | decimal | date | boolean | enum | list");
    else
        field->type = (enum field_type)found;
    if (!name_is_plain(field->name))
        refuse(load, section->line, "[…]", field->name, "a-z 0-9 _");
}

/* precision = month: "4/2024", "01/4/2024" and a workbook's date of that month are the same. */
static void read_precision(struct load *load, const struct settings_section *section, struct field *field) {
    const char *precision = settings_get(section, "precision", "day");
    field->months = strcmp(precision, "month") == 0;
    if (field->type != FIELD_DATE ? settings_get(section, "precision", NULL) != NULL
                                  : !field->months && strcmp(precision, "day") != 0)
        refuse(load, settings_line(section, "precision"), "precision", precision, "day | month (type = date)");
}

static void read_field(struct load *load, const struct settings_section *section) {
    static const char *const names[] = {"label",       "type",      "required",  "sensitive", "aliases",
                                        "vocabulary",  "reference", "minimum",   "maximum",   "pattern",
                                        "alternative", "default",   "outside",   "example",   "public",
                                        "several",     "spare",     "precision", NULL};
    struct schema *schema = load->schema;
    size_t index = schema->field_count++;
    struct field *field = &schema->fields[index];
    load->good = settings_known(load->settings, section, names, load->diagnostics) && load->good;
    field->name = section->name;
    field->line = section->line;
    field->label = settings_get(section, "label", field->name);
    field->fallback = settings_get(section, "default", NULL);
    field->several_count = settings_list(load->arena, section, "several", &field->several);
    field->required = settings_flag(load->settings, section, "required", false, load->diagnostics);
    field->outside = settings_flag(load->settings, section, "outside", false, load->diagnostics);
    field->sensitive = settings_flag(load->settings, section, "sensitive", false, load->diagnostics);
    field->public_ = settings_flag(load->settings, section, "public", false, load->diagnostics);
    if (field->public_ && field->sensitive)
        refuse(load, settings_line(section, "public"), "public", "yes", "no (sensitive = yes)");
    read_type(load, section, field);
    read_vocabulary(load, section, field);
    read_precision(load, section, field);
    read_reference(load, section, field);
    read_pattern(load, section, field);
    field->has_minimum = read_limit(load, section, "minimum", field->type, &field->minimum);
    field->has_maximum = read_limit(load, section, "maximum", field->type, &field->maximum);
    take_label(load, field->name, index, section->line);
    take_label(load, field->label, index, section->line);
    field->alias_count = settings_list(load->arena, section, "aliases", &field->aliases);
    field->spare_count = settings_list(load->arena, section, "spare", &field->spares);
    for (size_t i = 0; i < field->alias_count; i++)
        take_label(load, field->aliases[i], index, section->line);
}

/* The lines of a value, as one; NULL when there are none. */
static const char *settings_joined(struct arena *arena, const struct settings_section *section, const char *name) {
    struct buffer joined = {0};
    for (size_t i = 0; i < section->count; i++)
        if (strcmp(section->entries[i].name, name) == 0)
            buffer_printf(&joined, "%s ", section->entries[i].value);
    const char *text = joined.length ? arena_text(arena, buffer_string(&joined)) : NULL;
    buffer_free(&joined);
    return text;
}

static void read_rule(struct load *load, const struct settings_section *section) {
    static const char *const names[] = {"rule", "message", "reject", NULL};
    struct rule *rule = &load->schema->rules[load->schema->rule_count++];
    load->good = settings_known(load->settings, section, names, load->diagnostics) && load->good;
    rule->name = section->name;
    rule->sql = settings_joined(load->arena, section, "rule");
    rule->message = settings_get(section, "message", section->name);
    rule->rejects = settings_flag(load->settings, section, "reject", true, load->diagnostics);
    rule->line = section->line;
    if (!rule->sql)
        refuse(load, settings_line(section, "rule"), "rule", "", "SQL");
}

/* [derive state] sql = CASE WHEN done_date <= deadline THEN … */
static void read_derivation(struct load *load, const struct settings_section *section) {
    static const char *const names[] = {"sql", "same", "type", "vocabulary", "public", NULL};
    struct derivation *derivation = &load->schema->derivations[load->schema->derivation_count];
    struct field *field = &derivation->field;
    load->good = settings_known(load->settings, section, names, load->diagnostics) && load->good;
    *field = (struct field){.name = section->name + strlen("derive "), .line = section->line};
    field->label = field->name;
    field->public_ = settings_flag(load->settings, section, "public", false, load->diagnostics);
    read_type(load, section, field);
    read_vocabulary(load, section, field);
    if (field->type == FIELD_LIST)
        refuse(load, settings_line(section, "type"), "type", settings_get(section, "type", ""),
               "text | id | integer | decimal | date | boolean | enum");
    if (schema_derivation(load->schema, field->name))
        refuse(load, section->line, "[…]", section->name, "mỗi cột một mục");
    derivation->sql = settings_joined(load->arena, section, "sql");
    load->schema->derivation_count++;
}

static bool is_name_letter(char letter) {
    return letter && strchr("abcdefghijklmnopqrstuvwxyz0123456789_", letter);
}

static bool names_field(const char *sql, const char *name) {
    size_t length = strlen(name);
    for (const char *at = strstr(sql, name); at; at = strstr(at + 1, name))
        if ((at == sql || !is_name_letter(at[-1])) && !is_name_letter(at[length]))
            return true;
    return false;
}

/* The columns that each rule names, in the order of the schema, so that a row that breaks it can show its cells. */
static void link_rules(struct load *load) {
    const struct schema *schema = load->schema;
    for (size_t r = 0; r < schema->rule_count; r++) {
        size_t *fields = ARENA_ARRAY(load->arena, size_t, schema->field_count), count = 0;
        for (size_t f = 0; f < schema->field_count; f++)
            if (schema->rules[r].sql && names_field(schema->rules[r].sql, schema->fields[f].name))
                fields[count++] = f;
        schema->rules[r].fields = fields;
        schema->rules[r].field_count = count;
    }
}

/* [forbid voter] aliases = người bỏ phiếu | … ; message = why, and what to do */
static void read_forbidden(struct load *load, const struct settings_section *section) {
    static const char *const names[] = {"aliases", "message", NULL};
    struct forbidden *forbidden = &load->schema->forbidden[load->schema->forbidden_count++];
    char **aliases;
    size_t count = settings_list(load->arena, section, "aliases", &aliases);
    load->good = settings_known(load->settings, section, names, load->diagnostics) && load->good;
    forbidden->name = section->name + strlen("forbid ");
    forbidden->message = settings_get(section, "message", "");
    forbidden->labels = ARENA_ARRAY(load->arena, const char *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char *label = text_label(load->arena, aliases[i]);
        if (*label)
            forbidden->labels[forbidden->label_count++] = label;
    }
    if (!forbidden->label_count)
        refuse(load, section->line, "aliases", "", "tên cột | tên cột …");
    if (!*forbidden->message)
        refuse(load, section->line, "message", "", "vì sao không được có, phải làm gì");
}

/* ---- The ledger ------------------------------------------------------------------------------------------------- */

static int named_field(struct load *load, const struct settings_section *head, const char *name) {
    const char *value = settings_get(head, name, NULL);
    if (!value)
        return -1;
    int field = schema_field(load->schema, value);
    if (field < 0)
        refuse(load, settings_line(head, name), name, value, "một cột của sổ");
    return field;
}

static int named_date(struct load *load, const struct settings_section *head, const char *name) {
    const int field = named_field(load, head, name);
    if (field < 0 || load->schema->fields[field].type == FIELD_DATE)
        return field;
    refuse(load, settings_line(head, name), name, settings_get(head, name, ""), "một cột ngày của sổ");
    return -1;
}

static void read_unique(struct load *load, const struct settings_section *head, const char *text) {
    struct unique *unique = &load->schema->uniques[load->schema->unique_count];
    char **parts;
    size_t count = text_split(load->arena, text, '+', &parts);
    if (count > UNIQUE_FIELDS || load->schema->unique_count == SCHEMA_FIELDS) {
        refuse(load, head->line, "key, unique", text, "a + b + c + d");
        return;
    }
    for (size_t i = 0; i < count; i++) {
        int field = schema_field(load->schema, parts[i]);
        if (field < 0)
            refuse(load, head->line, "key, unique", parts[i], "một cột của sổ");
        else
            unique->fields[unique->count++] = (size_t)field;
    }
    if (unique->count)
        load->schema->unique_count++;
}

/* same = full_name, org_id, decision_date, form?: one way to tell; "?" behind what may be blank in both. */
static void read_identity(struct load *load, const struct settings_entry *entry, struct identity *identity) {
    char **parts;
    size_t count = text_split(load->arena, entry->value, ',', &parts);
    *identity = (struct identity){0};
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(parts[i]);
        bool optional = parts[i][length - 1] == '?';
        parts[i][length - optional] = '\0';
        int field = schema_field(load->schema, parts[i]);
        if (field < 0 || identity->count == IDENTITY_FIELDS) {
            refuse(load, entry->line, entry->name, parts[i], field < 0 ? "một cột của sổ" : "a, b, c, d, e, f, g, h");
            return;
        }
        identity->optional[identity->count] = optional;
        identity->fields[identity->count++] = (size_t)field;
    }
}

static size_t read_identities(struct load *load, const struct settings_section *section, struct identity **identities) {
    size_t count = 0;
    *identities = ARENA_ARRAY(load->arena, struct identity, section->count + 1);
    for (size_t i = 0; i < section->count; i++)
        if (strcmp(section->entries[i].name, "same") == 0)
            read_identity(load, &section->entries[i], &(*identities)[count++]);
    return count;
}

/* [derive person] same = …: behind all columns, which it may name. */
static void link_derivations(struct load *load) {
    size_t at = 0;
    for (size_t i = 0; i < load->settings->count; i++) {
        const struct settings_section *section = &load->settings->sections[i];
        if (!text_starts(section->name, "derive "))
            continue;
        struct derivation *derivation = &load->schema->derivations[at++];
        derivation->same_count = read_identities(load, section, &derivation->same);
        if (!derivation->sql == !derivation->same_count)
            refuse(load, section->line, "sql, same", "", "sql = … | same = a, b");
        if (derivation->same_count && derivation->field.type != FIELD_INTEGER)
            refuse(load, section->line, "type", "", "integer");
    }
}

static void read_head(struct load *load, const struct settings_section *head) {
    static const char *const names[] = {"label", "key",  "unique", "unit",   "carry",       "tree",  "name",     "same",
                                        "kind",  "from", "to",     "merged", "public_rows", "alone", "synonyms", NULL};
    struct schema *schema = load->schema;
    load->good = settings_known(load->settings, head, names, load->diagnostics) && load->good;
    schema->label = settings_get(head, "label", schema->name);
    schema->uniques = ARENA_ARRAY(load->arena, struct unique, head->count + 1);
    const char *key = settings_get(head, "key", NULL);
    if (key)
        read_unique(load, head, key);
    else
        refuse(load, settings_line(head, "key"), "key", "", "cột mã của sổ");
    for (size_t i = 0; i < head->count; i++)
        if (strcmp(head->entries[i].name, "unique") == 0)
            read_unique(load, head, head->entries[i].value);
    schema->alone = settings_flag(load->settings, head, "alone", false, load->diagnostics);
    schema->public_rows = settings_joined(load->arena, head, "public_rows");
    schema->public_line = settings_line(head, "public_rows");
    schema->carry = named_field(load, head, "carry");
    schema->unit = named_field(load, head, "unit");
    schema->tree = named_field(load, head, "tree");
    schema->title = named_field(load, head, "name");
    schema->kind = named_field(load, head, "kind");
    schema->from = named_date(load, head, "from");
    schema->to = named_date(load, head, "to");
    schema->merged = named_field(load, head, "merged");
    schema->same_count = read_identities(load, head, &schema->same);
    schema->synonym_count = settings_list(load->arena, head, "synonyms", &schema->synonyms);
}

static bool read_schema(struct load *load, const char *path) {
    load->settings = settings_read(load->arena, load->diagnostics, path);
    if (!load->settings)
        return false;
    const struct settings *settings = load->settings;
    struct schema *schema = load->schema;
    *schema = (struct schema){.file = settings->file, .name = path_stem(load->arena, path)};
    const struct settings_section *head = settings_find(settings, "ledger");
    const struct place place = settings_place(settings, 1);
    if (!head) {
        diagnose(load->diagnostics, SETTING_MISSING, &place, "[ledger]", path);
        return false;
    }
    if (settings->count > SCHEMA_FIELDS) {
        diagnose(load->diagnostics, SETTING_VALUE, &place, "[…]", arena_printf(load->arena, "%zu", settings->count),
                 arena_printf(load->arena, "1 – %d", SCHEMA_FIELDS));
        return false;
    }
    schema->fields = ARENA_ARRAY(load->arena, struct field, settings->count);
    schema->rules = ARENA_ARRAY(load->arena, struct rule, settings->count);
    schema->derivations = ARENA_ARRAY(load->arena, struct derivation, settings->count);
    schema->forbidden = ARENA_ARRAY(load->arena, struct forbidden, settings->count);
    for (size_t i = 0; i < settings->count; i++) {
        const struct settings_section *section = &settings->sections[i];
        if (text_starts(section->name, "check "))
            read_rule(load, section);
        else if (text_starts(section->name, "derive "))
            read_derivation(load, section);
        else if (text_starts(section->name, "forbid "))
            read_forbidden(load, section);
        else if (section != head && section->name[0])
            read_field(load, section);
    }
    read_head(load, head);
    link_rules(load);
    link_derivations(load);
    for (size_t i = 0; i < schema->derivation_count; i++)
        if (schema_field(schema, schema->derivations[i].field.name) >= 0)
            refuse(load, schema->derivations[i].field.line, "derive", schema->derivations[i].field.name,
                   "tên khác các cột của sổ");
    return load->good;
}

static bool check_references(struct load *load) {
    for (size_t s = 0; s < load->schemas->count; s++) {
        const struct schema *schema = &load->schemas->schemas[s];
        for (size_t f = 0; f < schema->field_count; f++) {
            const struct field *field = &schema->fields[f];
            if (!field->reference_ledger)
                continue;
            const struct schema *target = schemas_find(load->schemas, field->reference_ledger);
            bool key = target && target->uniques[0].count == 1 &&
                       strcmp(target->fields[target->uniques[0].fields[0]].name, field->reference_field) == 0;
            bool other = !field->alternative || (target && schema_field(target, field->alternative) >= 0);
            if (key && other)
                continue;
            struct place place = {.file = schema->file, .row = field->line};
            diagnose(load->diagnostics, SETTING_VALUE, &place, "reference", field->reference_ledger,
                     "sổ.cột mã của sổ đó");
            load->good = false;
        }
    }
    return load->good;
}

static bool read_vocabularies(struct load *load, const char *folder) {
    char **paths;
    const char *place = path_join(load->arena, folder, "vocabularies");
    int count =
        folder_there(load->diagnostics, place) ? folder_list(load->arena, load->diagnostics, place, false, &paths) : 0;
    load->schemas->vocabularies = ARENA_ARRAY(load->arena, struct vocabulary *, count < 0 ? 0 : count);
    for (int i = 0; i < count; i++) {
        if (strcmp(path_extension(paths[i]), "ini") != 0)
            continue;
        struct vocabulary *vocabulary = vocabulary_read(load->arena, load->diagnostics, paths[i]);
        if (vocabulary)
            load->schemas->vocabularies[load->schemas->vocabulary_count++] = vocabulary;
        else
            load->good = false;
    }
    return count >= 0;
}

struct schemas *schemas_read(struct arena *arena, struct diagnostics *diagnostics, const char *folder) {
    struct schemas *schemas = ARENA_NEW(arena, struct schemas);
    struct load load = {.arena = arena, .diagnostics = diagnostics, .schemas = schemas, .good = true};
    char **paths;
    bool good = read_vocabularies(&load, folder);
    int count = good ? folder_list(arena, diagnostics, path_join(arena, folder, "ledgers"), false, &paths) : -1;
    schemas->schemas = ARENA_ARRAY(arena, struct schema, count < 0 ? 0 : count);
    for (int i = 0; i < count; i++) {
        if (strcmp(path_extension(paths[i]), "ini") != 0)
            continue;
        load.schema = &schemas->schemas[schemas->count++];
        good = read_schema(&load, paths[i]) && good;
    }
    if (good && count >= 0 && check_references(&load))
        return schemas;
    schemas_free(schemas);
    return NULL;
}

void schemas_free(struct schemas *schemas) {
    if (!schemas)
        return;
    for (size_t s = 0; s < schemas->count; s++) {
        struct schema *schema = &schemas->schemas[s];
        map_free(&schema->labels);
        for (size_t f = 0; f < schema->field_count; f++)
            if (schema->fields[f].expression)
                regfree(schema->fields[f].expression);
    }
    for (size_t v = 0; v < schemas->vocabulary_count; v++)
        vocabulary_free(schemas->vocabularies[v]);
}
