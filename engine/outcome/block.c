/* SPDX-License-Identifier: GPL-3.0-or-later */
/* block.c - room for a block of rows. */
#include "outcome/block.h"

#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"

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
