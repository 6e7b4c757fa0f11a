/* SPDX-License-Identifier: GPL-3.0-or-later */
/* block.c - room for a block of rows, and a block as a run of bytes. */
#include "outcome/block.h"

#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"

const char *const iss_metric_kinds[ISS_METRIC_KINDS] = {"real", "count", "yes_no"};

enum iss_metric_kind
iss_metric_kind(const char *name)
{
    for (int i = 0; name != NULL && i < ISS_METRIC_KINDS; i++) {
        if (strcmp(iss_metric_kinds[i], name) == 0) {
            return (enum iss_metric_kind)i;
        }
    }
    return ISS_METRIC_REAL;
}

size_t
iss_study_fan_size(const struct iss_study_info *info)
{
    size_t size = 0;
    for (int32_t i = 0; i < info->series_count; i++) {
        size += (size_t)info->grid_count * (size_t)info->series[i].bins;
    }
    return size;
}

int
iss_block_init(struct iss_block *block, const struct iss_study_info *info,
               uint32_t capacity)
{
    size_t rows = (size_t)capacity + 1, metrics = (size_t)info->metric_count + 1;

    *block = (struct iss_block){
        .fingerprints = calloc(rows, sizeof *block->fingerprints),
        .events = calloc(rows, sizeof *block->events),
        .status = calloc(rows, sizeof *block->status),
        .metrics = calloc(rows * metrics, sizeof *block->metrics),
        .fans = calloc(iss_study_fan_size(info) + 1, sizeof *block->fans),
    };
    if (block->fingerprints == NULL || block->events == NULL || block->status == NULL ||
        block->metrics == NULL || block->fans == NULL) {
        iss_block_clear(block);
        return ISS_ERR_NO_MEMORY;
    }
    return ISS_OK;
}

void
iss_block_clear(struct iss_block *block)
{
    free(block->fingerprints);
    free(block->events);
    free(block->status);
    free(block->metrics);
    free(block->fans);
    memset(block, 0, sizeof *block);
}

/* ---- bytes --------------------------------------------------------------------- */

enum { HEAD = 2 * sizeof(uint64_t) };

size_t
iss_block_packed_size(const struct iss_study_info *info, uint32_t count)
{
    size_t row = sizeof(uint64_t) + sizeof(uint64_t) + sizeof(int32_t) +
                 (size_t)info->metric_count * sizeof(double);
    return HEAD + count * row + iss_study_fan_size(info) * sizeof(uint32_t);
}

static char *
put(char *to, const void *from, size_t size)
{
    memcpy(to, from, size);
    return to + size;
}

void
iss_block_pack(const struct iss_study_info *info, const struct iss_block *block,
               void *bytes)
{
    const uint64_t head[] = {block->first, block->count};
    size_t rows = block->count, metrics = rows * (size_t)info->metric_count;
    char *at = put(bytes, head, sizeof head);

    at = put(at, block->fingerprints, rows * sizeof *block->fingerprints);
    at = put(at, block->events, rows * sizeof *block->events);
    at = put(at, block->metrics, metrics * sizeof *block->metrics);
    at = put(at, block->status, rows * sizeof *block->status);
    put(at, block->fans, iss_study_fan_size(info) * sizeof *block->fans);
}

static const char *
take(void *to, const char *from, size_t size)
{
    memcpy(to, from, size);
    return from + size;
}

int
iss_block_unpack(const struct iss_study_info *info, const void *bytes, size_t size,
                 uint32_t capacity, struct iss_block *block)
{
    uint64_t head[2];

    if (size < HEAD) {
        return ISS_ERR_FORMAT;
    }
    const char *at = take(head, bytes, sizeof head);
    if (head[1] > capacity || size != iss_block_packed_size(info, (uint32_t)head[1])) {
        return ISS_ERR_FORMAT;
    }
    size_t rows = head[1], metrics = rows * (size_t)info->metric_count;
    block->first = head[0];
    block->count = (uint32_t)head[1];
    at = take(block->fingerprints, at, rows * sizeof *block->fingerprints);
    at = take(block->events, at, rows * sizeof *block->events);
    at = take(block->metrics, at, metrics * sizeof *block->metrics);
    at = take(block->status, at, rows * sizeof *block->status);
    take(block->fans, at, iss_study_fan_size(info) * sizeof *block->fans);
    return ISS_OK;
}
