/* arena.h - memory that is given back all at once.
 *
 * One arena lives as long as a run, another as long as one document. Everything in the model (ledgers, templates,
 * documents) is allocated in one and never freed by parts; whoever made the arena frees it.
 * Out of memory ends the program with a message and status 4: no caller checks for NULL. */
#ifndef TONGKET_ARENA_H
#define TONGKET_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *arena);
/* Gives everything back and keeps a block, for what is allocated anew for each row of many. */
void arena_clear(struct arena *arena);
/* Calls back when the arena is freed or cleared, the last that was asked for first: for what is more than memory. */
void arena_defer(struct arena *arena, void (*release)(void *context), void *context);

/* Zeroed bytes, aligned for any type. */
void *arena_alloc(struct arena *arena, size_t size);
/* An array grown to hold at least `wanted` elements of `size` bytes; the old array stays valid, its contents are
 * copied. `capacity` is kept by the caller, beginning with 0. */
void *arena_grow(struct arena *arena, void *array, size_t *capacity, size_t wanted, size_t size);
char *arena_copy(struct arena *arena, const char *text, size_t length);
char *arena_text(struct arena *arena, const char *text);
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define ARENA_NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(count)))

/* The heap, for the few large arrays that grow and shrink during a load. Same rule on lack of memory. */
void *memory_resize(void *block, size_t size);
/* Zeros; pages of a large block that are never touched take no memory. */
void *memory_zeroed(size_t count, size_t size);
/* Ends the program with that message and status. */
_Noreturn void memory_fail(void);

#endif
