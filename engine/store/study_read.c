/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study_read.c - /replications, handed on in blocks.
 *
 * Reading is left to HDF5, as the file may have been repacked.
 */
#include "store/study_read.h"

#include <string.h>

#include "store/study_reader.h"

#define BLOCK_ROWS 1024

/* As much of the fans as a block can carry. */
static void
load_fans(struct iss_study_reader *self, struct iss_block *block)
{
    size_t size = iss_study_fan_size(&self->facts.info);

    for (size_t i = 0; i < size; i++) {
        int64_t left = self->fans_left[i];

        block->fans[i] = left > UINT32_MAX ? UINT32_MAX : (uint32_t)left;
        self->fans_left[i] -= block->fans[i];
    }
}

static int
load_statuses(const struct iss_study_reader *self, uint64_t at, struct iss_block *block)
{
    uint8_t codes[BLOCK_ROWS];
    int status = iss_study_read_values(self, ISS_ROW_STATUS, at, block->count,
                                       ISS_H5_UINT8, codes);

    for (uint32_t i = 0; status == ISS_OK && i < block->count; i++) {
        int value = codes[i] < self->status_count ? self->statuses[codes[i]] : 1;

        if (value > 0) {
            return iss_study_damaged(self, ISS_ROWS,
                                     iss_study_row_names[ISS_ROW_STATUS]);
        }
        block->status[i] = value;
    }
    return status;
}

static int
load_metrics(const struct iss_study_reader *self, uint64_t at, struct iss_block *block)
{
    const size_t metrics = (size_t)self->facts.info.metric_count;
    double values[BLOCK_ROWS];
    int status = ISS_OK;

    for (size_t m = 0; status == ISS_OK && m < metrics; m++) {
        status = iss_study_read_values(self, (int32_t)m + ISS_ROW_METRICS, at,
                                       block->count, ISS_H5_REAL, values);
        for (uint32_t i = 0; status == ISS_OK && i < block->count; i++) {
            block->metrics[i * metrics + m] = values[i];
        }
    }
    return status;
}

/* The rows of `block`, from row `at` of the file. */
static int
load_rows(struct iss_study_reader *self, uint64_t at, struct iss_block *block)
{
    int status = iss_study_read_values(self, ISS_ROW_FINGERPRINT, at, block->count,
                                       ISS_H5_UINT64, block->fingerprints);

    if (status == ISS_OK) {
        status = iss_study_read_values(self, ISS_ROW_EVENTS, at, block->count,
                                       ISS_H5_UINT64, block->events);
    }
    if (status == ISS_OK) {
        status = load_statuses(self, at, block);
    }
    if (status == ISS_OK) {
        status = load_metrics(self, at, block);
    }
    load_fans(self, block);
    return status;
}

/* The rows of one range, from row *at of the file. */
static int
give_range(struct iss_study_reader *self, const struct iss_range *range, uint64_t *at,
           struct iss_block *block, const struct iss_sink *sink)
{
    int status = ISS_OK;

    for (uint64_t first = range->first; status == ISS_OK && first < range->end;
         first += block->count) {
        uint64_t left = range->end - first;

        block->first = first;
        block->count = left < BLOCK_ROWS ? (uint32_t)left : BLOCK_ROWS;
        status = load_rows(self, *at, block);
        if (status == ISS_OK) {
            status = sink->commit(sink->self, block);
        }
        *at += block->count;
    }
    return status;
}

int
iss_study_rows(struct iss_study_reader *reader, const struct iss_sink *sink)
{
    const struct iss_study_facts *facts = &reader->facts;
    struct iss_h5_report report;
    struct iss_block block;
    uint64_t at = 0;
    int status = iss_block_init(&block, &facts->info, BLOCK_ROWS);

    if (status != ISS_OK) {
        return iss_reading_no_memory(&reader->reading);
    }
    memcpy(reader->fans_left, facts->fans,
           iss_study_fan_size(&facts->info) * sizeof(*facts->fans));
    iss_h5_quiet(&report);
    for (size_t i = 0; status == ISS_OK && i < facts->rows.count; i++) {
        status = give_range(reader, &facts->rows.items[i], &at, &block, sink);
    }
    iss_h5_loud(&report);
    iss_block_clear(&block);
    return status;
}
