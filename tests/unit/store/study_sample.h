/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study_sample.h - a study whose rows are a function of the replication alone, in any
 * blocks.
 */
#ifndef STUDY_SAMPLE_H
#define STUDY_SAMPLE_H

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "outcome/block.h"
#include "outcome/table.h"

#define SAMPLE_MOMENTS 5

static const struct iss_metric_info study_metrics[] = {
    {"crew_mean", "1", "Mean number of people aboard", ISS_METRIC_REAL},
    {"stay.longest_d", "d", "Longest stay", ISS_METRIC_REAL},
    {"docked.Поиск", "1", "Dockings there", ISS_METRIC_COUNT},
};
static const struct iss_series_info study_series[] = {
    {"crew", "1", "People aboard", 8},
    {"water", "kg", "Water aboard", 3},
};
static const int64_t study_grid[SAMPLE_MOMENTS] = {0, 86400000000, 172800000000,
                                                   259200000000, 345600000000};

static inline struct iss_study_info
study_of_sample(void)
{
    return (struct iss_study_info){
        .model_hash =
            "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
        .version = "0.1.0",
        .numerics = "0123456789abcdef",
        .seed = UINT64_MAX - 1,
        .metric_count = 3,
        .series_count = 2,
        .grid_count = SAMPLE_MOMENTS,
        .metrics = study_metrics,
        .series = study_series,
        .grid_us = study_grid};
}

/* What goes with it: head, provenance, a table of results. */
static inline int
study_result(struct iss_outcome *result)
{
    static const struct iss_column columns[] = {
        {.name = "metric", .kind = ISS_COLUMN_TEXT, .long_name = "name of the metric"},
        {.name = "mean", .kind = ISS_COLUMN_REAL, .units = "1", .long_name = "mean"}};
    static const char *const overrides[] = {"seed=18446744073709551614"};
    static const struct iss_outcome_file files[] = {{"x.cfg", "aa00", "title = 1;\n"}};
    const struct iss_study_info info = study_of_sample();
    struct iss_table *table = iss_arena_array(&result->arena, 1, sizeof(*table));
    size_t row;

    result->filetype = "isssim/mc";
    result->title = "A sample of a study: Союз";
    result->epoch = "2022-12-15T00:45:52Z";
    result->seed = info.seed;
    result->model_hash = info.model_hash;
    result->numerics = info.numerics;
    result->scenario_text = "title = \"x\";\n";
    result->resolved_text = "title = \"x\";\n";
    result->overrides = overrides;
    result->override_count = 1;
    result->files = files;
    result->file_count = 1;
    result->tables = table;
    result->table_count = 1;
    if (table == NULL || iss_table_init(table, &result->arena, "summary", "Summary",
                                        "metric", columns, 2, 3) != ISS_OK) {
        return -1;
    }
    for (int i = 0; i < info.metric_count; i++) {
        if (iss_table_add(table, &result->arena, &row) != ISS_OK) {
            return -1;
        }
        table->columns[0].data.text[row] = study_metrics[i].name;
        table->columns[1].data.real[row] = 1.5 * i;
    }
    return 0;
}

static inline int
study_status(uint64_t replication)
{
    return replication % 97 == 13 ? ISS_ERR_EVENT_LIMIT : ISS_OK;
}

static inline double
study_metric(uint64_t replication, int metric)
{
    if (study_status(replication) != ISS_OK || (metric == 1 && replication % 5 == 0)) {
        return NAN;
    }
    return metric == 0 ? 6.0 + (double)(replication % 1000) / 1000.0
                       : (double)(replication * (uint64_t)metric % 3);
}

/* Fill a block that has room for `count` rows. */
static inline void
study_fill(struct iss_block *block, const struct iss_study_info *info, uint64_t first,
           uint32_t count)
{
    block->first = first;
    block->count = count;
    for (size_t i = 0; i < iss_study_fan_size(info); i++) {
        block->fans[i] = 0;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint64_t r = first + i;
        uint32_t *fan = block->fans;

        block->fingerprints[i] = r * UINT64_C(0x9E3779B97F4A7C15);
        block->events[i] = 100 + r % 50;
        block->status[i] = study_status(r);
        for (int32_t m = 0; m < info->metric_count; m++) {
            block->metrics[i * (uint32_t)info->metric_count + (uint32_t)m] =
                study_metric(r, m % 3);
        }
        for (int32_t s = 0; s < info->series_count; s++) {
            uint32_t bins = (uint32_t)info->series[s].bins;
            for (int32_t t = 0; t < info->grid_count; t++, fan += bins) {
                fan[(r + (uint32_t)t) % bins] += study_status(r) == ISS_OK;
            }
        }
    }
}

/* Give rows [first, end) in blocks of `rows` to `sink`; a shuffled order for `shuffle`.
 */
static inline int
study_give(const struct iss_study_info *info, uint64_t first, uint64_t end,
           uint32_t rows, int shuffle, const struct iss_sink *sink)
{
    uint64_t blocks = (end - first + rows - 1) / rows;
    /* Coprime to the number of blocks, so that each comes once. */
    uint64_t step = !shuffle || blocks % 7 == 0 ? 1 : 7;
    struct iss_block block;
    int status = iss_block_init(&block, info, rows);

    for (uint64_t i = 0; status == ISS_OK && i < blocks; i++) {
        uint64_t at = first + (i * step + (shuffle ? blocks / 2 : 0)) % blocks * rows;
        uint64_t left = end - at;

        study_fill(&block, info, at, left < rows ? (uint32_t)left : rows);
        status = sink->commit(sink->self, &block);
    }
    iss_block_clear(&block);
    return status;
}

#endif
