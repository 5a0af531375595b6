/* grid.c - packed rows.
 *
 *   row   length in bytes (4), kind (1), cells
 *   cell  what it holds (1: value_kind, TEXT_GIVEN, TEXT_SAME), then
 *         integer: digits; decimal: scale (1), digits; ratio: two numbers; date: four bytes; text: its length, bytes,
 *         NUL; gap: which, and its words as a text; then the printed form when TEXT_GIVEN: its length, bytes, NUL
 *         digits and lengths: seven bits a byte, the lowest first; signs are in the lowest bit
 *
 * Every BLOCK bytes the place of a row is noted: from there on a row is found by the lengths of those before it. */
#include "base/grid.h"

#include "base/buffer.h"
#include "base/spill.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 32 * 1024, TEXT_GIVEN = 8, TEXT_SAME = 16, KIND_MASK = 7, HEAD = 5 };

struct block {
    size_t row, from; /* its first row, and where that begins */
};

struct grid {
    struct spill *spill;
    size_t columns, count;
    struct block *blocks;
    size_t block_count, block_capacity;
    struct buffer packed; /* of the row that is added */
    struct buffer read;   /* rows that were read */
    struct buffer own;    /* see own_memory() */
    size_t first, end;    /* those rows */
    size_t next, at;      /* the row behind the last one asked for, and where it begins in `read` */
    size_t row;           /* unpacked in `cells`, when there is any */
    int kind;
    struct grid_cell *cells;
};

static void grid_close(void *context) {
    struct grid *grid = context;
    free(grid->blocks);
    free(grid->cells);
    buffer_free(&grid->packed);
    buffer_free(&grid->read);
    buffer_free(&grid->own);
}

struct grid *grid_new(struct arena *arena, size_t columns) {
    struct grid *grid = ARENA_NEW(arena, struct grid);
    grid->spill = spill_new(arena);
    grid->columns = columns;
    grid->row = SIZE_MAX;
    arena_defer(arena, grid_close, grid);
    return grid;
}

size_t grid_count(const struct grid *grid) {
    return grid->count;
}

/* ---- Packing ---------------------------------------------------------------------------------------------------- */

static void put_digits(struct buffer *out, uint64_t digits) {
    for (; digits >= 0x80; digits >>= 7)
        buffer_char(out, (char)(digits | 0x80));
    buffer_char(out, (char)digits);
}

static void put_number(struct buffer *out, int64_t number) {
    put_digits(out, (uint64_t)number << 1 ^ (number < 0 ? UINT64_MAX : 0));
}

static void put_text(struct buffer *out, const char *text) {
    size_t length = strlen(text);
    put_digits(out, length);
    buffer_add(out, text, length + 1);
}

static void put_cell(struct buffer *out, const struct grid_cell *cell) {
    const struct value *value = &cell->value;
    bool same = cell->text && value->kind == VALUE_TEXT && strcmp(cell->text, value->text) == 0;
    bool given = cell->text && !same;
    buffer_char(out, (char)((int)value->kind | (given ? TEXT_GIVEN : 0) | (same ? TEXT_SAME : 0)));
    switch (value->kind) {
    case VALUE_DECIMAL:
        buffer_char(out, (char)value->scale);
        put_number(out, value->number);
        break;
    case VALUE_INTEGER:
        put_number(out, value->number);
        break;
    case VALUE_RATIO:
        put_number(out, value->number);
        put_number(out, value->base);
        break;
    case VALUE_DATE:
        buffer_add(out, (const char *)&value->date, sizeof value->date);
        break;
    case VALUE_TEXT:
        put_text(out, value->text);
        break;
    case VALUE_GAP:
        put_number(out, value->number);
        put_text(out, value->text);
        break;
    default:
        break;
    }
    if (given)
        put_text(out, cell->text);
}

void grid_add(struct grid *grid, int kind, const struct grid_cell *cells) {
    struct buffer *out = &grid->packed;
    const size_t size = spill_size(grid->spill);
    buffer_clear(out);
    buffer_add(out, (const char[HEAD]){[HEAD - 1] = (char)kind}, HEAD);
    for (size_t i = 0; i < grid->columns; i++)
        put_cell(out, &cells[i]);
    const uint32_t length = (uint32_t)out->length;
    memcpy(out->text, &length, sizeof length);
    if (!grid->block_count || size - grid->blocks[grid->block_count - 1].from >= BLOCK) {
        if (grid->block_count == grid->block_capacity) {
            grid->block_capacity = grid->block_capacity ? 2 * grid->block_capacity : 1;
            grid->blocks = memory_resize(grid->blocks, grid->block_capacity * sizeof *grid->blocks);
        }
        grid->blocks[grid->block_count++] = (struct block){.row = grid->count, .from = size};
    }
    spill_add(grid->spill, out->text, out->length);
    grid->count++;
}

/* ---- Unpacking -------------------------------------------------------------------------------------------------- */

static uint64_t take_digits(const char **at) {
    uint64_t digits = 0;
    unsigned char byte;
    int shift = 0;
    do {
        byte = (unsigned char)*(*at)++;
        digits |= (uint64_t)(byte & 0x7f) << shift;
        shift += 7;
    } while (byte & 0x80);
    return digits;
}

static int64_t take_number(const char **at) {
    uint64_t digits = take_digits(at);
    return (int64_t)(digits >> 1 ^ (digits & 1 ? UINT64_MAX : 0));
}

static const char *take_text(const char **at) {
    size_t length = take_digits(at);
    const char *text = *at;
    *at += length + 1;
    return text;
}

static void take_cell(const char **at, struct grid_cell *cell) {
    const int holds = (unsigned char)*(*at)++;
    struct value *value = &cell->value;
    *cell = (struct grid_cell){.value.kind = (enum value_kind)(holds & KIND_MASK)};
    switch (value->kind) {
    case VALUE_DECIMAL:
        value->scale = (unsigned char)*(*at)++;
        value->number = take_number(at);
        break;
    case VALUE_INTEGER:
        value->number = take_number(at);
        break;
    case VALUE_RATIO:
        value->number = take_number(at);
        value->base = take_number(at);
        break;
    case VALUE_DATE:
        memcpy(&value->date, *at, sizeof value->date);
        *at += sizeof value->date;
        break;
    case VALUE_TEXT:
        value->text = take_text(at);
        break;
    case VALUE_GAP:
        value->number = take_number(at);
        value->text = take_text(at);
        break;
    default:
        break;
    }
    cell->text = holds & TEXT_GIVEN ? take_text(at) : holds & TEXT_SAME ? value->text : NULL;
}

static size_t row_length(const char *row) {
    uint32_t length;
    memcpy(&length, row, sizeof length);
    return length;
}

/* The block with the row, as far as there are rows now. */
static void read_block(struct grid *grid, size_t row) {
    size_t low = 0, high = grid->block_count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (grid->blocks[middle].row <= row)
            low = middle;
        else
            high = middle;
    }
    const bool last = low + 1 == grid->block_count;
    const struct block *block = &grid->blocks[low];
    const size_t end = last ? spill_size(grid->spill) : block[1].from, length = end - block->from;
    if (grid->read.capacity < length) {
        grid->read.capacity = length;
        grid->read.text = memory_resize(grid->read.text, length);
    }
    spill_read(grid->spill, block->from, grid->read.text, length);
    grid->first = grid->next = block->row;
    grid->end = last ? grid->count : block[1].row;
    grid->at = 0;
}

/* Under AddressSanitizer every row has memory of its own, so that whoever keeps one too long is seen. */
static const char *own_memory(struct grid *grid, const char *row) {
#ifdef __SANITIZE_ADDRESS__
    const size_t length = row_length(row);
    buffer_free(&grid->own);
    free(grid->cells);
    grid->cells = NULL;
    buffer_add(&grid->own, row, length);
    row = grid->own.text;
#endif
    if (!grid->cells)
        grid->cells = memory_resize(NULL, grid->columns * sizeof *grid->cells);
    return row;
}

struct grid_row grid_row(struct grid *grid, size_t row) {
    if (row != grid->row) {
        if (row < grid->first || row >= grid->end)
            read_block(grid, row);
        if (row < grid->next) {
            grid->next = grid->first;
            grid->at = 0;
        }
        for (; grid->next < row; grid->next++)
            grid->at += row_length(grid->read.text + grid->at);
        const char *packed = own_memory(grid, grid->read.text + grid->at), *at = packed + HEAD;
        grid->at += row_length(packed);
        grid->next = row + 1;
        grid->kind = (unsigned char)packed[HEAD - 1];
        for (size_t i = 0; i < grid->columns; i++)
            take_cell(&at, &grid->cells[i]);
        grid->row = row;
    }
    return (struct grid_row){.kind = grid->kind, .cells = grid->cells};
}

struct value grid_value(struct grid *grid, size_t row, size_t column) {
    return grid_row(grid, row).cells[column].value;
}
