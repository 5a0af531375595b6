/* test_render_xlsx_xml.c - elements as libxlsxwriter would write them itself, and that it does call ours. */
#include "support.h"

#include <dlfcn.h>
#include <elf.h>
#include <link.h>
#include <xlsxwriter/xmlwriter.h>

static const char *const names[] = {
    "lxw_xml_start_tag",     "lxw_xml_empty_tag",     "lxw_xml_end_tag",       "lxw_xml_data_element",
    "lxw_new_attribute_str", "lxw_new_attribute_int", "lxw_new_attribute_dbl", NULL};

/* The library's own functions, which ours stand in front of. */
struct own {
    void (*start)(FILE *, const char *, struct xml_attribute_list *);
    void (*empty)(FILE *, const char *, struct xml_attribute_list *);
    void (*end)(FILE *, const char *);
    void (*data)(FILE *, const char *, const char *, struct xml_attribute_list *);
    struct xml_attribute *(*text)(const char *, const char *);
    struct xml_attribute *(*whole)(const char *, uint32_t);
    struct xml_attribute *(*real)(const char *, double);
};

static const struct own ours = {lxw_xml_start_tag,    lxw_xml_empty_tag,     lxw_xml_end_tag,
                                lxw_xml_data_element, lxw_new_attribute_str, lxw_new_attribute_int,
                                lxw_new_attribute_dbl};

static void *library(void) {
    Dl_info place;
    assert_true(dladdr(dlsym(RTLD_DEFAULT, "workbook_close"), &place));
    void *opened = dlopen(place.dli_fname, RTLD_LAZY | RTLD_NOLOAD);
    assert_non_null(opened);
    return opened;
}

static struct own theirs(void) {
    void *opened = library(), *found[sizeof names / sizeof *names - 1];
    struct own own;
    for (size_t i = 0; names[i]; i++) {
        found[i] = dlsym(opened, names[i]);
        assert_non_null(found[i]);
        assert_ptr_not_equal(found[i], dlsym(RTLD_DEFAULT, names[i]));
    }
    assert_int_equal(sizeof own, sizeof found);
    memcpy(&own, found, sizeof own);
    dlclose(opened);
    return own;
}

/* What is written, as the function hands it to a file. */
struct written {
    char *text;
    size_t length;
};

static const char *const texts[] = {"",  "plain",      "Đảng bộ \"Tây Châu\" & <Bình Phong>", "&&&", "a\nb\tc\rd",
                                    "'", ">>>\"\"\n\n"};
static const uint32_t wholes[] = {0, 9, 10, 1048576, INT32_MAX, (uint32_t)INT32_MAX + 1, UINT32_MAX};
static const double reals[] = {0, 1, 12.7109375, 0.1, 1e-7, -3.5, 1e20, 123456789.123456789};

static void push(struct xml_attribute_list *list, struct xml_attribute *attribute) {
    STAILQ_INSERT_TAIL(list, attribute, list_entries);
}

static struct xml_attribute_list attributes_of(const struct own *own) {
    struct xml_attribute_list list = STAILQ_HEAD_INITIALIZER(list);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        push(&list, own->text("text", texts[i]));
    for (size_t i = 0; i < sizeof wholes / sizeof *wholes; i++)
        push(&list, own->whole("whole", wholes[i]));
    for (size_t i = 0; i < sizeof reals / sizeof *reals; i++)
        push(&list, own->real("real", reals[i]));
    return list;
}

static void free_attributes(struct xml_attribute_list *list) {
    while (!STAILQ_EMPTY(list)) {
        struct xml_attribute *attribute = STAILQ_FIRST(list);
        STAILQ_REMOVE_HEAD(list, list_entries);
        free(attribute);
    }
}

static struct written write_all(const struct own *own, const char *data) {
    struct written written = {0};
    struct xml_attribute_list list = attributes_of(own);
    FILE *out = open_memstream(&written.text, &written.length);
    assert_non_null(out);
    own->start(out, "start", &list);
    own->start(out, "bare", NULL);
    own->empty(out, "empty", &list);
    own->empty(out, "nothing", NULL);
    own->data(out, "data", data, &list);
    own->data(out, "v", data, NULL);
    own->end(out, "end");
    assert_int_equal(fclose(out), 0);
    free_attributes(&list);
    return written;
}

static void assert_same(const char *data) {
    const struct own own = theirs();
    struct written mine = write_all(&ours, data), library = write_all(&own, data);
    assert_int_equal(mine.length, library.length);
    assert_memory_equal(mine.text, library.text, mine.length);
    free(mine.text);
    free(library.text);
}

static void elements_are_those_of_the_library(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        assert_same(texts[i]);
}

/* Longer than what is put together at once, with marks at its edges. */
static void long_texts_are_those_of_the_library(void **state) {
    struct bench *bench = *state;
    static const size_t lengths[] = {2078, 2079, 2080, 4095, 4096, 4097, 40000};
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        char *text = arena_alloc(bench->arena, lengths[i] + 1);
        memset(text, 'x', lengths[i]);
        text[0] = text[lengths[i] - 1] = '&';
        assert_same(text);
    }
}

/* A value is cut where the library cuts it. */
static void long_attributes_are_those_of_the_library(void **state) {
    struct bench *bench = *state;
    const struct own own = theirs();
    char *text = arena_alloc(bench->arena, 5001);
    memset(text, '"', 5000);
    struct xml_attribute *mine = lxw_new_attribute_str(text, text), *library = own.text(text, text);
    assert_int_equal(strlen(mine->value), LXW_MAX_ATTRIBUTE_LENGTH - 1);
    assert_string_equal(mine->key, library->key);
    assert_string_equal(mine->value, library->value);
    free(mine);
    free(library);
}

/* The tables that the library is linked by. */
struct links {
    const ElfW(Rela) * calls;
    size_t size;
    const ElfW(Sym) * symbols;
    const char *strings;
};

static struct links links_of(void *opened) {
    struct links links = {0};
    struct link_map *map = NULL;
    assert_int_equal(dlinfo(opened, RTLD_DI_LINKMAP, &map), 0);
    for (const ElfW(Dyn) *entry = map->l_ld; entry->d_tag != DT_NULL; entry++) {
        if (entry->d_tag == DT_JMPREL)
            links.calls = (const ElfW(Rela) *)entry->d_un.d_ptr;
        else if (entry->d_tag == DT_PLTRELSZ)
            links.size = entry->d_un.d_val;
        else if (entry->d_tag == DT_SYMTAB)
            links.symbols = (const ElfW(Sym) *)entry->d_un.d_ptr;
        else if (entry->d_tag == DT_STRTAB)
            links.strings = (const char *)entry->d_un.d_ptr;
    }
    return links;
}

/* A library that calls its own directly would pass ours by without a word. */
static void the_library_calls_them_by_name(void **state) {
    (void)state;
    void *opened = library();
    const struct links links = links_of(opened);
    for (size_t i = 0; names[i]; i++) {
        size_t found = 0;
        for (size_t at = 0; at < links.size / sizeof *links.calls; at++) {
            const size_t symbol = ELF64_R_SYM(links.calls[at].r_info);
            found += strcmp(links.strings + links.symbols[symbol].st_name, names[i]) == 0;
        }
        assert_int_equal(found, 1);
    }
    dlclose(opened);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(elements_are_those_of_the_library),
        TEST(long_texts_are_those_of_the_library),
        TEST(long_attributes_are_those_of_the_library),
        TEST(the_library_calls_them_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
