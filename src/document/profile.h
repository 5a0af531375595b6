/* profile.h - how a page is set: all numbers of the office's format rule, read from templates/pages/NAME.ini.
 *
 * Lengths are points unless the name says mm; sizes are font sizes in points. The default profile is Hướng dẫn
 * 05-HD/VPTW; another rule is another file. */
#ifndef TONGKET_PROFILE_H
#define TONGKET_PROFILE_H

#include "base/arena.h"
#include "base/diagnose.h"

#include <stdbool.h>

enum face { FACE_REGULAR, FACE_BOLD, FACE_ITALIC, FACE_BOLD_ITALIC, FACE_COUNT };

/* X(member, settings name): every number of the profile; the file must give them all. */
#define PROFILE_NUMBERS(X)                                                                                             \
    X(page_width_mm)                                                                                                   \
    X(page_height_mm)                                                                                                  \
    X(margin_top_mm)                                                                                                   \
    X(margin_bottom_mm)                                                                                                \
    X(margin_left_mm)                                                                                                  \
    X(margin_right_mm)                                                                                                 \
    X(page_number_top_mm)                                                                                              \
    X(page_number_size)                                                                                                \
    X(body_size)                                                                                                       \
    X(line_spacing)                                                                                                    \
    X(line_spacing_least)                                                                                              \
    X(paragraph_gap)                                                                                                   \
    X(indent_mm)                                                                                                       \
    X(heading_size)                                                                                                    \
    X(heading_gap)                                                                                                     \
    X(left_block_percent)                                                                                              \
    X(right_block_percent)                                                                                             \
    X(superior_size)                                                                                                   \
    X(organ_size)                                                                                                      \
    X(number_size)                                                                                                     \
    X(number_digits)                                                                                                   \
    X(party_size)                                                                                                      \
    X(motto_size)                                                                                                      \
    X(organ_rule_percent)                                                                                              \
    X(party_rule_percent)                                                                                              \
    X(subject_rule_percent)                                                                                            \
    X(place_date_size)                                                                                                 \
    X(title_size)                                                                                                      \
    X(subject_size)                                                                                                    \
    X(caption_size)                                                                                                    \
    X(table_size)                                                                                                      \
    X(table_comfortable_size)                                                                                          \
    X(table_smallest_size)                                                                                             \
    X(table_line_spacing)                                                                                              \
    X(table_padding)                                                                                                   \
    X(recipients_label_size)                                                                                           \
    X(recipients_rule_percent)                                                                                         \
    X(recipients_size)                                                                                                 \
    X(drafter_size)                                                                                                    \
    X(signature_size)                                                                                                  \
    X(signature_lines)                                                                                                 \
    X(widow_lines)                                                                                                     \
    X(table_lines_together)                                                                                            \
    X(page_filled_percent)                                                                                             \
    X(last_page_percent)                                                                                               \
    X(chart_height_mm)

/* X(member, settings name): what the page says by itself; {…} stands for what is put there. A value may be empty. */
#define PROFILE_WORDS(X)                                                                                               \
    X(party)                                                                                                           \
    X(motto)                                                                                                           \
    X(number)                                                                                                          \
    X(organ_mark)                                                                                                      \
    X(subject_mark)                                                                                                    \
    X(draft)                                                                                                           \
    X(recipients_label)                                                                                                \
    X(recipient)                                                                                                       \
    X(recipient_last)                                                                                                  \
    X(drafter)                                                                                                         \
    X(end_mark)                                                                                                        \
    X(table)                                                                                                           \
    X(chart)                                                                                                           \
    X(appendix)                                                                                                        \
    X(appendix_see)                                                                                                    \
    X(appendix_of)                                                                                                     \
    X(continued)                                                                                                       \
    X(nothing)

/* Words for figures that are none, and what a profile that does not give them says. */
#define PROFILE_GAP_WORDS(X)                                                                                           \
    X(draft_mark, "*")                                                                                                 \
    X(cover_title, "")                                                                                                 \
    X(cover_subject, "{title}")                                                                                        \
    X(short_file, "{file}")                                                                                            \
    X(short_rows, "{file}: {rows}")                                                                                    \
    X(short_disputed, "{ledger}: {rows}")                                                                              \
    X(short_check, "{rule}: {expected} / {found}")                                                                     \
    X(short_unknown, "{what}")                                                                                         \
    X(short_passage, "{passage}")                                                                                      \
    X(unknown, "\xe2\x80\x93")                                                                                         \
    X(unknown_part, "")                                                                                                \
    X(unknown_column, "{column} / {ledger}")                                                                           \
    X(unkept, "\xe2\x80\x93")                                                                                          \
    X(incomparable, "\xe2\x80\x93")

/* X(member, settings name): the faces of what differs from rule to rule. */
#define PROFILE_STYLES(X)                                                                                              \
    X(post)                                                                                                            \
    X(recipients_label)

struct profile {
    const char *name;
    const char *faces[FACE_COUNT]; /* paths of TrueType files */
    struct {
#define X(word) const char *word;
        PROFILE_WORDS(X)
#undef X
#define X(word, fallback) const char *word;
        PROFILE_GAP_WORDS(X)
#undef X
    } words;
    struct {
#define X(style) enum face style;
        PROFILE_STYLES(X)
#undef X
    } styles;
#define X(number) double number;
    PROFILE_NUMBERS(X)
#undef X
};

/* Reads templates/pages/NAME.ini; NULL after saying what is wrong. */
const struct profile *profile_read(struct arena *arena, struct diagnostics *diagnostics, const char *path);
/* A profile's words with "{name}" replaced; `values` are names and values by turns, NULL at the end. */
const char *profile_phrase(struct arena *arena, const char *words, const char *const *values);
/* "Bảng 2. …" by words.table, words.chart. */
const char *profile_caption(struct arena *arena, const char *words, int number, const char *caption);
/* A recipient as the profile ends its line; dashes and stops that were typed are not doubled. */
const char *profile_recipient(struct arena *arena, const struct profile *profile, const char *typed, bool last);

#endif
