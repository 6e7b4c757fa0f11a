/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scarce.h - memory of which one allocation fails.  The linker puts these functions
 * before the C library's (--wrap=malloc, --wrap=calloc); a shared library keeps its
 * own.
 */
#ifndef ISS_TESTS_FAULT_SCARCE_H
#define ISS_TESTS_FAULT_SCARCE_H

#include <stddef.h>

static long allocations; /* since arm() */
static long failing;     /* the one that fails; 0 for none */

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);

void *
__wrap_malloc(size_t size)
{
    return ++allocations == failing ? NULL : __real_malloc(size);
}

void *
__wrap_calloc(size_t count, size_t size)
{
    return ++allocations == failing ? NULL : __real_calloc(count, size);
}

/* Let allocation `number` from now on fail; 0: none. */
static inline void
arm(long number)
{
    allocations = 0;
    failing = number;
}

#endif
