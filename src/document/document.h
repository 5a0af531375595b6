/* document.h - one filled document: what every renderer sees, and nothing else is seen by it.
 *
 *   document ─ letterhead, title, subject, signature, profile, sources, checks, figures
 *     └ block ─ heading | paragraph | list ─ item ─ block… | quote | table | chart
 *         └ inline ─ text | value | strong ─ inline… | emphasis ─ inline… | break
 *
 * Values stay typed down to here; `text` beside a value is its printed form, made once, so that all renderers print the
 * same. Everything lies in the document's arena. Text is valid UTF-8 in NFC. */
#ifndef TONGKET_DOCUMENT_H
#define TONGKET_DOCUMENT_H

#include "base/arena.h"
#include "base/value.h"
#include "document/profile.h"
#include "document/table.h"

#include <stdbool.h>
#include <stddef.h>

enum inline_kind { INLINE_TEXT, INLINE_VALUE, INLINE_STRONG, INLINE_EMPHASIS, INLINE_BREAK };

struct inline_ {
    enum inline_kind kind;
    const char *text;   /* TEXT, VALUE: what is printed */
    struct value value; /* VALUE */
    struct inline_ *children, *next;
};

enum block_kind { BLOCK_HEADING, BLOCK_PARAGRAPH, BLOCK_LIST, BLOCK_ITEM, BLOCK_QUOTE, BLOCK_TABLE, BLOCK_CHART };

struct block {
    enum block_kind kind;
    int level;                 /* HEADING: 1… ; LIST: number of the first item, 0 for a list of dashes */
    struct inline_ *inlines;   /* HEADING, PARAGRAPH */
    struct block *children;    /* LIST: ITEMs; ITEM, QUOTE: blocks */
    const struct table *table; /* TABLE */
    const struct chart *chart; /* CHART */
    struct block *next;
};

/* A figure that stands in the prose. */
struct figure {
    const char *name;    /* as in the template: tally.total */
    const char *label;   /* in words, or the name */
    const char *section; /* the heading it stands under, "" before the first */
    struct value value;
    struct format format;
    const char *text; /* as printed */
    const char *base; /* a ratio's denominator in words, "" for other figures */
    bool adds;        /* the sum of several units' is the whole's; of a ratio: both its parts' */
};

/* Two figures that must be equal. */
struct check {
    const char *rule;
    struct value expected, found;
    bool equal;
};

/* What keeps a document from being signed, the gravest first. */
enum weight { WEIGHT_FILE, WEIGHT_ROWS, WEIGHT_DISPUTE, WEIGHT_CHECK, WEIGHT_UNKNOWN, WEIGHT_PASSAGE };

struct shortfall {
    enum weight weight;
    const char *text; /* as a clerk reads it on the cover sheet */
};

/* Where the figures come from: one table of one file. */
struct source {
    const char *file, *sheet, *ledger;
    size_t read, accepted, rejected, skipped;
    size_t corrected; /* of the rejected: rows that came back corrected, and count */
    const char *encoding, *sha256;
};

/* The rows of a ledger that a figure counts, for the office only. */
struct detail {
    const char *figure; /* as in the template: admitted.total */
    const char *label;  /* in words, or the name */
    const struct table *table;
};

struct letterhead {
    const char *superior, *organ; /* left block: TỈNH ỦY MẪU / HUYỆN ỦY MẪU SƠN */
    const char *party;            /* right block: ĐẢNG CỘNG SẢN VIỆT NAM */
    const char *number;           /* Số 05-TB/HU */
    const char *place_date;       /* Mẫu Sơn, ngày 08 tháng 01 năm 2018 */
    const char *motto;            /* below `party`, or "" */
    const char *draft;            /* (Dự thảo lần 2), or "" */
};

struct signature {
    const char *authority, *post, *name; /* T/M BAN THƯỜNG VỤ / BÍ THƯ / … ; any may be "" */
};

struct document {
    struct arena *arena;
    const char *report, *period; /* year-end, 2014 */
    const char *unit;            /* code of the unit it is about, "" when units are not known */
    const char *language;        /* vi */
    struct letterhead letterhead;
    const char *title, *subject; /* BÁO CÁO; công tác xây dựng Đảng năm 2014 */
    const char *note;            /* a line of italics below the subject, or "" */
    struct block *blocks;
    struct signature signature;
    const char *const *recipients;
    size_t recipient_count;
    const char *drafter; /* below the recipients: who typed it, or "" */
    const struct profile *profile;
    bool duplex;                /* printed on both sides: margins of even pages are mirrored */
    const char *attached;       /* below an appendix's title: (Kèm theo Báo cáo số 12-BC/HU, …) */
    struct date as_of, created; /* created: for the files' properties; never the clock */
    bool public_;               /* made for the public audience */
    struct figure *figures;
    size_t figure_count, figure_capacity;
    struct check *checks;
    size_t check_count, check_capacity;
    struct shortfall *shortfalls; /* any of them makes it a draft */
    size_t shortfall_count, shortfall_capacity;
    const struct source *sources;
    size_t source_count;
    const struct detail *details; /* only when a renderer shows them */
    size_t detail_count;
    const char *version; /* of tongket */
};

struct block *block_new(struct arena *arena, enum block_kind kind);
struct inline_ *inline_new(struct arena *arena, enum inline_kind kind, const char *text);
/* The text of inlines as it is printed, breaks as blanks. */
const char *inlines_text(struct arena *arena, const struct inline_ *inlines);

#endif
