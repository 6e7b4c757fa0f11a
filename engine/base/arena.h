/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * base/arena.h - memory that is released all at once.
 *
 * An arena hands out zeroed, 16-byte aligned pieces from growing blocks.  A model, a
 * scenario tree and a worker each own one; nothing in an arena is freed singly.
 */
#ifndef ISS_BASE_ARENA_H
#define ISS_BASE_ARENA_H

#include <stddef.h>

struct iss_arena {
    struct iss_arena_block *head; /* newest block; a zeroed arena is empty and valid */
};

/** `size` zeroed bytes that live until iss_arena_clear(); NULL without memory. */
void *iss_arena_alloc(struct iss_arena *arena, size_t size);

/** Like iss_arena_alloc() for `count` items of `size` bytes; NULL on overflow too. */
void *iss_arena_array(struct iss_arena *arena, size_t count, size_t size);

/** A copy of the string `text`; NULL without memory. */
char *iss_arena_strdup(struct iss_arena *arena, const char *text);

/** printf into the arena; NULL without memory. */
char *iss_arena_printf(struct iss_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/** Release everything; the arena is then empty and may be used again. */
void iss_arena_clear(struct iss_arena *arena);

#endif
