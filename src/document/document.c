/* document.c - building and reading the tree. */
#include "document/document.h"

#include "base/buffer.h"

struct block *block_new(struct arena *arena, enum block_kind kind) {
    struct block *block = ARENA_NEW(arena, struct block);
    block->kind = kind;
    return block;
}

struct inline_ *inline_new(struct arena *arena, enum inline_kind kind, const char *text) {
    struct inline_ *made = ARENA_NEW(arena, struct inline_);
    made->kind = kind;
    made->text = text;
    return made;
}

static void add_text(struct buffer *out, const struct inline_ *inlines) {
    for (; inlines; inlines = inlines->next) {
        if (inlines->kind == INLINE_BREAK)
            buffer_char(out, ' ');
        else if (inlines->text)
            buffer_text(out, inlines->text);
        add_text(out, inlines->children);
    }
}

const char *inlines_text(struct arena *arena, const struct inline_ *inlines) {
    struct buffer out = {0};
    add_text(&out, inlines);
    const char *text = arena_copy(arena, buffer_string(&out), out.length);
    buffer_free(&out);
    return text;
}
