/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study_info.c - the identity of a study, in JSON.
 *
 * Numbers of 64 bits are texts there: JSON's end at 2^53.  Keys keep their order, so
 * that equal studies have equal texts.
 */
#include "store/study_info.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "outcome/utf8.h"

#define HASH_SHOWN 16 /* digits of a hash that tell two apart */

/* ---- to text ------------------------------------------------------------------- */

static json_t *
text_value(const char *text, struct iss_arena *arena)
{
    const char *clean = iss_utf8_clean(arena, text == NULL ? "" : text);

    return clean == NULL ? NULL : json_string(clean);
}

static json_t *
whole_value(int64_t value)
{
    char text[24];

    snprintf(text, sizeof(text), "%" PRId64, value);
    return json_string(text);
}

static json_t *
seed_value(uint64_t value)
{
    char text[24];

    snprintf(text, sizeof(text), "%" PRIu64, value);
    return json_string(text);
}

static json_t *
metrics_value(const struct iss_study_info *info, struct iss_arena *arena)
{
    json_t *list = json_array();

    for (int32_t i = 0; i < info->metric_count; i++) {
        const struct iss_metric_info *metric = &info->metrics[i];
        json_t *item = json_pack(
            "{so so so ss}", "name", text_value(metric->name, arena), "units",
            text_value(metric->units, arena), "doc", text_value(metric->doc, arena),
            "kind", iss_metric_kinds[metric->kind]);
        if (json_array_append_new(list, item) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *
series_value(const struct iss_study_info *info, struct iss_arena *arena)
{
    json_t *list = json_array();

    for (int32_t i = 0; i < info->series_count; i++) {
        const struct iss_series_info *series = &info->series[i];
        json_t *item =
            json_pack("{so so so si}", "name", text_value(series->name, arena), "units",
                      text_value(series->units, arena), "doc",
                      text_value(series->doc, arena), "bins", series->bins);
        if (json_array_append_new(list, item) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

static json_t *
grid_value(const struct iss_study_info *info)
{
    json_t *list = json_array();

    for (int32_t i = 0; i < info->grid_count; i++) {
        if (json_array_append_new(list, whole_value(info->grid_us[i])) != 0) {
            json_decref(list);
            return NULL;
        }
    }
    return list;
}

const char *
iss_study_info_text(const struct iss_study_info *info, struct iss_shard shard,
                    struct iss_arena *arena)
{
    json_t *root = json_pack(
        "{so so so so s[II] so so so}", "model_hash",
        text_value(info->model_hash, arena), "version",
        text_value(info->version, arena), "numerics", text_value(info->numerics, arena),
        "seed", seed_value(info->seed), "shard", (json_int_t)shard.index,
        (json_int_t)shard.count, "metrics", metrics_value(info, arena), "series",
        series_value(info, arena), "grid_us", grid_value(info));
    char *text = root == NULL ? NULL : json_dumps(root, JSON_COMPACT);
    const char *kept = text == NULL ? NULL : iss_arena_strdup(arena, text);

    free(text);
    json_decref(root);
    return kept;
}

/* ---- from text ----------------------------------------------------------------- */

struct parsing {
    struct iss_arena *arena;
    int status; /* the first failure */
};

static const char *
take_text(struct parsing *self, const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    const char *kept;

    if (text == NULL) {
        self->status = ISS_ERR_FORMAT;
        return "";
    }
    kept = iss_arena_strdup(self->arena, text);
    if (kept == NULL) {
        self->status = ISS_ERR_NO_MEMORY;
        return "";
    }
    return kept;
}

/* Room for the items of list `key`; their number goes to *count. */
static void *
take_list(struct parsing *self, const json_t *root, const char *key, size_t size,
          int32_t *count)
{
    const json_t *list = json_object_get(root, key);
    size_t items = json_array_size(list);
    void *room = NULL;

    *count = 0;
    if (!json_is_array(list) || items > INT32_MAX) {
        self->status = ISS_ERR_FORMAT;
        return NULL;
    }
    room = iss_arena_array(self->arena, items + 1, size);
    if (room == NULL) {
        self->status = ISS_ERR_NO_MEMORY;
        return NULL;
    }
    *count = (int32_t)items;
    return room;
}

static void
take_metrics(struct parsing *self, const json_t *root, struct iss_study_info *info)
{
    struct iss_metric_info *metrics =
        take_list(self, root, "metrics", sizeof(*metrics), &info->metric_count);

    for (int32_t i = 0; i < info->metric_count; i++) {
        const json_t *item =
            json_array_get(json_object_get(root, "metrics"), (size_t)i);
        metrics[i].name = take_text(self, item, "name");
        metrics[i].units = take_text(self, item, "units");
        metrics[i].doc = take_text(self, item, "doc");
        metrics[i].kind =
            iss_metric_kind(json_string_value(json_object_get(item, "kind")));
    }
    info->metrics = metrics;
}

static void
take_series(struct parsing *self, const json_t *root, struct iss_study_info *info)
{
    struct iss_series_info *series =
        take_list(self, root, "series", sizeof(*series), &info->series_count);

    for (int32_t i = 0; i < info->series_count; i++) {
        const json_t *item = json_array_get(json_object_get(root, "series"), (size_t)i);
        json_int_t bins = json_integer_value(json_object_get(item, "bins"));

        series[i].name = take_text(self, item, "name");
        series[i].units = take_text(self, item, "units");
        series[i].doc = take_text(self, item, "doc");
        series[i].bins = bins < 0 || bins > INT32_MAX ? 0 : (int32_t)bins;
    }
    info->series = series;
}

static void
take_grid(struct parsing *self, const json_t *root, struct iss_study_info *info)
{
    int64_t *grid = take_list(self, root, "grid_us", sizeof(*grid), &info->grid_count);

    for (int32_t i = 0; i < info->grid_count; i++) {
        const char *text = json_string_value(
            json_array_get(json_object_get(root, "grid_us"), (size_t)i));
        grid[i] = text == NULL ? 0 : strtoll(text, NULL, 10);
    }
    info->grid_us = grid;
}

int
iss_study_info_parse(const char *text, size_t length, struct iss_study_info *info,
                     struct iss_shard *shard, struct iss_arena *arena)
{
    struct parsing self = {.arena = arena};
    json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, NULL);
    const json_t *part = json_object_get(root, "shard");

    *info = (struct iss_study_info){0};
    if (!json_is_object(root)) {
        json_decref(root);
        return ISS_ERR_FORMAT;
    }
    info->model_hash = take_text(&self, root, "model_hash");
    info->version = take_text(&self, root, "version");
    info->numerics = take_text(&self, root, "numerics");
    info->seed = strtoull(take_text(&self, root, "seed"), NULL, 10);
    shard->index = (uint32_t)json_integer_value(json_array_get(part, 0));
    shard->count = (uint32_t)json_integer_value(json_array_get(part, 1));
    take_metrics(&self, root, info);
    take_series(&self, root, info);
    take_grid(&self, root, info);
    json_decref(root);
    return self.status;
}

/* ---- comparing ----------------------------------------------------------------- */

/* What differs, as text. */
struct finding {
    const char *where_a, *where_b;
    char *text;
    size_t size;
    bool differs;
};

static void
differ(struct finding *finding, const char *what, const char *a, const char *b)
{
    size_t used = strlen(finding->text);

    snprintf(finding->text + used, finding->size - used, "%s%s %s %s, %s %s",
             finding->differs ? "; " : "", what, a, finding->where_a, b,
             finding->where_b);
    finding->differs = true;
}

static const char *
or_none(const char *text)
{
    return text == NULL ? "" : text;
}

static void
compare_texts(struct finding *finding, const char *what, const char *a, const char *b)
{
    if (strcmp(or_none(a), or_none(b)) != 0) {
        differ(finding, what, or_none(a), or_none(b));
    }
}

/* Hashes differ at their beginning, and nobody reads all of one. */
static void
compare_hashes(struct finding *finding, const char *what, const char *a, const char *b)
{
    char short_a[HASH_SHOWN + 1], short_b[HASH_SHOWN + 1];

    snprintf(short_a, sizeof(short_a), "%.*s", HASH_SHOWN, or_none(a));
    snprintf(short_b, sizeof(short_b), "%.*s", HASH_SHOWN, or_none(b));
    if (strcmp(short_a, short_b) != 0) {
        differ(finding, what, short_a, short_b);
    } else {
        compare_texts(finding, what, a, b);
    }
}

static void
compare_numbers(struct finding *finding, const char *what, uint64_t a, uint64_t b)
{
    char text_a[24], text_b[24];

    if (a != b) {
        snprintf(text_a, sizeof(text_a), "%" PRIu64, a);
        snprintf(text_b, sizeof(text_b), "%" PRIu64, b);
        differ(finding, what, text_a, text_b);
    }
}

static void
compare_metrics(struct finding *finding, const struct iss_study_info *a,
                const struct iss_study_info *b)
{
    if (a->metric_count != b->metric_count) {
        compare_numbers(finding, "number of metrics", (uint64_t)a->metric_count,
                        (uint64_t)b->metric_count);
        return;
    }
    for (int32_t i = 0; i < a->metric_count && !finding->differs; i++) {
        compare_texts(finding, "metric", a->metrics[i].name, b->metrics[i].name);
        compare_texts(finding, "units of a metric", a->metrics[i].units,
                      b->metrics[i].units);
        compare_texts(finding, "kind of a metric", iss_metric_kinds[a->metrics[i].kind],
                      iss_metric_kinds[b->metrics[i].kind]);
    }
}

static void
compare_series(struct finding *finding, const struct iss_study_info *a,
               const struct iss_study_info *b)
{
    if (a->series_count != b->series_count) {
        compare_numbers(finding, "number of series", (uint64_t)a->series_count,
                        (uint64_t)b->series_count);
        return;
    }
    for (int32_t i = 0; i < a->series_count && !finding->differs; i++) {
        compare_texts(finding, "series", a->series[i].name, b->series[i].name);
        compare_numbers(finding, "values of a series", (uint64_t)a->series[i].bins,
                        (uint64_t)b->series[i].bins);
    }
}

static void
compare_grids(struct finding *finding, const struct iss_study_info *a,
              const struct iss_study_info *b)
{
    if (a->grid_count != b->grid_count) {
        compare_numbers(finding, "number of moments", (uint64_t)a->grid_count,
                        (uint64_t)b->grid_count);
        return;
    }
    for (int32_t i = 0; i < a->grid_count && !finding->differs; i++) {
        compare_numbers(finding, "moment of the series, in us", (uint64_t)a->grid_us[i],
                        (uint64_t)b->grid_us[i]);
    }
}

int
iss_study_info_compare(struct iss_study_place a, struct iss_study_place b, char *text,
                       size_t size)
{
    struct finding finding = {
        .where_a = a.where, .where_b = b.where, .text = text, .size = size};

    text[0] = '\0';
    compare_hashes(&finding, "scenario", a.info->model_hash, b.info->model_hash);
    compare_numbers(&finding, "seed", a.info->seed, b.info->seed);
    compare_texts(&finding, "version", a.info->version, b.info->version);
    compare_hashes(&finding, "numerics", a.info->numerics, b.info->numerics);
    /* Of one model they are the same but for the choice of series. */
    compare_metrics(&finding, a.info, b.info);
    compare_series(&finding, a.info, b.info);
    if (a.info->series_count > 0) {
        compare_grids(&finding, a.info, b.info);
    }
    return finding.differs ? ISS_ERR_MISMATCH : ISS_OK;
}
