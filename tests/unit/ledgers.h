/* ledgers.h - a small set of ledgers for tests: units, people and their moves, written to the bench's folder. */
#ifndef TONGKET_TEST_LEDGERS_H
#define TONGKET_TEST_LEDGERS_H

#include "support.h"

#include "ledger/ledger.h"

static const char units_ini[] = "[ledger]\n"
                                "label = Danh mục đơn vị\n"
                                "key = id\n"
                                "tree = parent\n"
                                "name = name\n"
                                "kind = kind\n"
                                "[id]\n"
                                "label = Mã đơn vị\n"
                                "type = id\n"
                                "required = yes\n"
                                "[name]\n"
                                "label = Tên đơn vị\n"
                                "required = yes\n"
                                "aliases = đơn vị | tên\n"
                                "[kind]\n"
                                "label = Cấp\n"
                                "type = enum\n"
                                "vocabulary = kind\n"
                                "default = XA\n"
                                "[parent]\n"
                                "label = Trực thuộc\n"
                                "type = id\n"
                                "reference = units.id\n"
                                "alternative = name\n";

static const char people_ini[] = "[ledger]\n"
                                 "label = Danh sách đảng viên\n"
                                 "key = card\n"
                                 "unique = name + born\n"
                                 "unit = unit\n"
                                 "[card]\n"
                                 "label = Số thẻ\n"
                                 "type = id\n"
                                 "required = yes\n"
                                 "aliases = mã đảng viên\n"
                                 "[name]\n"
                                 "label = Họ và tên\n"
                                 "required = yes\n"
                                 "[born]\n"
                                 "label = Ngày sinh\n"
                                 "type = date\n"
                                 "minimum = 1900-01-01\n"
                                 "maximum = 2014-12-31\n"
                                 "[unit]\n"
                                 "label = Chi bộ\n"
                                 "type = id\n"
                                 "reference = units.id\n"
                                 "alternative = name\n"
                                 "[sex]\n"
                                 "label = Giới tính\n"
                                 "type = enum\n"
                                 "vocabulary = sex\n"
                                 "[posts]\n"
                                 "label = Chức vụ\n"
                                 "type = list\n"
                                 "vocabulary = post\n"
                                 "[tags]\n"
                                 "label = Nhãn\n"
                                 "type = list\n"
                                 "[party]\n"
                                 "label = Đảng viên\n"
                                 "type = boolean\n"
                                 "[age]\n"
                                 "label = Tuổi\n"
                                 "type = integer\n"
                                 "minimum = 0\n"
                                 "maximum = 120\n"
                                 "[fee]\n"
                                 "label = Đảng phí\n"
                                 "type = decimal\n"
                                 "[phone]\n"
                                 "label = Điện thoại\n"
                                 "pattern = ^[0-9]{4,}$\n";

static const char sex_ini[] =
    "[vocabulary]\nlabel = Giới tính\n[NAM]\nlabel = Nam\n[NU]\nlabel = Nữ\naliases = n | gái\n";
static const char kind_ini[] = "[HUYEN]\nlabel = Huyện\n[XA]\nlabel = Xã\ngroup = base\n[CHI]\nlabel = Chi bộ\n"
                               "group = base | small\n";
static const char post_ini[] = "[BT]\nlabel = Bí thư\naliases = bt\n[PBT]\nlabel = Phó bí thư\n"
                               "aliases = pbt\n[CT]\nlabel = Chủ tịch\n"
                               "[TPB]\nlabel = Trưởng phòng, ban\n[BA]\nlabel = Ba\n[BAF]\nlabel = Bà\n";

static const char units_csv[] = "Mã đơn vị,Tên đơn vị,Cấp,Trực thuộc\n"
                                "H,Huyện Mẫu,Huyện,\n"
                                "A,Xã Ao,,H\n"
                                "B,Xã Bãi,Xã,Huyện Mẫu\n"
                                "A1,Chi bộ 1,Chi bộ,A\n"
                                "A2,Chi bộ 2,Chi bộ,A\n"
                                "B1,Chi bộ Bãi,Chi bộ,xa bai\n";

static inline void put_schemas(struct bench *bench) {
    bench_put(bench, "ledgers/units.ini", units_ini);
    bench_put(bench, "ledgers/people.ini", people_ini);
    bench_put(bench, "vocabularies/sex.ini", sex_ini);
    bench_put(bench, "vocabularies/kind.ini", kind_ini);
    bench_put(bench, "vocabularies/post.ini", post_ini);
}

/* Ledgers with the files' rows in them: names and contents, NULL-ended; resolved. `more`, `more_units`: sections for
 * the schemas of people and units beside the shared ones. */
struct books {
    struct schemas *schemas;
    struct ledgers *ledgers;
    struct ledger *units, *people;
};

static inline struct books books_open_of(struct bench *bench, const char *const *files, const char *more,
                                         const char *more_units) {
    struct books books = {0};
    put_schemas(bench);
    bench_put(bench, "ledgers/units.ini", arena_printf(bench->arena, "%s%s", units_ini, more_units));
    bench_put(bench, "ledgers/people.ini", arena_printf(bench->arena, "%s%s", people_ini, more));
    books.schemas = schemas_read(bench->arena, &bench->diagnostics, bench->folder);
    assert_nothing_said(bench);
    assert_non_null(books.schemas);
    books.ledgers = ledgers_open(bench->arena, &bench->diagnostics, books.schemas);
    for (; *files; files += 2)
        ledgers_load(books.ledgers, bench_put(bench, files[0], files[1]));
    ledgers_resolve(books.ledgers);
    books.units = ledgers_find(books.ledgers, "units");
    books.people = ledgers_find(books.ledgers, "people");
    for (size_t i = 0; i < books.ledgers->source_count; i++) {
        const struct ledger_source *source = &books.ledgers->sources[i];
        assert_int_equal(source->read, source->accepted + source->rejected + source->skipped);
    }
    return books;
}

static inline struct books books_open_with(struct bench *bench, const char *const *files, const char *more) {
    return books_open_of(bench, files, more, "");
}

static inline struct books books_open(struct bench *bench, const char *const *files) {
    return books_open_with(bench, files, "");
}

static inline void books_close(const struct books *books) {
    ledgers_free(books->ledgers);
    schemas_free(books->schemas);
}

/* A cell as it is printed in logs. */
static inline const char *book_cell(struct bench *bench, const struct ledger *ledger, uint32_t row, const char *field) {
    int column = schema_field(ledger->schema, field);
    assert_true(column >= 0 && row < ledger->row_count);
    return value_plain(bench->arena, column_value(&ledger->columns[column], ledger->columns[column].codes[row]));
}

#endif
