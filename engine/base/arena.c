/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * arena.c - a stack of blocks, each twice the one before; pieces are cut off the
 * newest.
 *
 * A piece too large for the next block gets a block of its own, put behind the newest,
 * so that what is left of the newest stays in use.
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PIECE_ALIGN 16u
#define FIRST_BLOCK ((size_t)4 << 10)
#define LAST_BLOCK  ((size_t)1 << 20)

struct iss_arena_block {
    struct iss_arena_block *older;
    size_t size; /* of data[] */
    size_t used;
    _Alignas(PIECE_ALIGN) unsigned char data[];
};

static struct iss_arena_block *
block_new(size_t size)
{
    struct iss_arena_block *block;

    if (size > SIZE_MAX - sizeof(*block)) {
        return NULL;
    }
    block = calloc(1, sizeof(*block) + size);
    if (block != NULL) {
        block->size = size;
    }
    return block;
}

static size_t
next_block_size(const struct iss_arena_block *head)
{
    size_t size = head == NULL ? FIRST_BLOCK : 2 * head->size;

    return size > LAST_BLOCK ? LAST_BLOCK : size;
}

/* A block with room for `size` bytes; NULL without memory. */
static struct iss_arena_block *
block_with_room(struct iss_arena *arena, size_t size)
{
    struct iss_arena_block *head = arena->head;
    size_t next = next_block_size(head);
    bool own = size > next / 2;
    struct iss_arena_block *block;

    if (head != NULL && size <= head->size - head->used) {
        return head;
    }
    block = block_new(own ? size : next);
    if (block == NULL) {
        return NULL;
    }
    if (own && head != NULL) {
        block->older = head->older;
        head->older = block;
    } else {
        block->older = head;
        arena->head = block;
    }
    return block;
}

void *
iss_arena_alloc(struct iss_arena *arena, size_t size)
{
    struct iss_arena_block *block;
    void *piece;

    if (size > SIZE_MAX - PIECE_ALIGN) {
        return NULL;
    }
    size =
        size == 0 ? PIECE_ALIGN : (size + PIECE_ALIGN - 1) & ~(size_t)(PIECE_ALIGN - 1);
    block = block_with_room(arena, size);
    if (block == NULL) {
        return NULL;
    }
    piece = block->data + block->used;
    block->used += size;
    return piece;
}

void *
iss_arena_array(struct iss_arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size) {
        return NULL;
    }
    return iss_arena_alloc(arena, count * size);
}

char *
iss_arena_strdup(struct iss_arena *arena, const char *text)
{
    size_t size = strlen(text) + 1;
    char *copy = iss_arena_alloc(arena, size);

    if (copy != NULL) {
        memcpy(copy, text, size);
    }
    return copy;
}

char *
iss_arena_printf(struct iss_arena *arena, const char *format, ...)
{
    va_list arguments;
    int length;
    char *text;

    va_start(arguments, format);
    length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (length < 0) {
        return NULL;
    }
    text = iss_arena_alloc(arena, (size_t)length + 1);
    if (text == NULL) {
        return NULL;
    }
    va_start(arguments, format);
    vsnprintf(text, (size_t)length + 1, format, arguments);
    va_end(arguments);
    return text;
}

void
iss_arena_clear(struct iss_arena *arena)
{
    while (arena->head != NULL) {
        struct iss_arena_block *older = arena->head->older;

        free(arena->head);
        arena->head = older;
    }
}
