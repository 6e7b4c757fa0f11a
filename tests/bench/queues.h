/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench/queues.h - the structures that were compared for the calendar.
 *
 * All offer the calendar's operations on one block of memory without pointers.
 */
#ifndef BENCH_QUEUES_H
#define BENCH_QUEUES_H

#include <stddef.h>
#include <stdint.h>

struct queue {
    const char *name;
    size_t (*size)(int32_t slots);
    void (*init)(void *memory, int32_t slots);
    void (*set)(void *memory, int32_t slot, int64_t time_us, uint64_t order);
    void (*cancel)(void *memory, int32_t slot);
    int32_t (*first)(const void *memory);
};

extern const struct queue queues[]; /* the last one does nothing */
extern const size_t queue_count;

#endif
