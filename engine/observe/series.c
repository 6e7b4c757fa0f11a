/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * series.c - the station at the moments of a grid.
 *
 * Before an event is handled, the moments that time has passed since the one before it
 * are filled with what holds now.  Most quantities stand ready in the gauges, so that
 * looking costs little.
 */
#include "observe/series.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"

/* ---- quantities ---------------------------------------------------------------- */

/* Seats of the largest vehicle, once at every port. */
static int32_t
most_seats(const struct iss_model *model)
{
    int64_t most = 0;
    for (int32_t i = 0; i < model->vehicles.count; i++) {
        int64_t seats = iss_model_vehicle(model, i)->seats;
        most = seats > most ? seats : most;
    }
    return (int32_t)(most * model->ports.count);
}

static int64_t
docked(const struct iss_world *world)
{
    int64_t count = 0;
    for (int32_t i = 0; i < world->model->ports.count; i++) {
        count += world->berths[i].flight >= 0;
    }
    return count;
}

static int64_t
trained_for(const struct iss_world *world, int32_t segment)
{
    int64_t count = 0;
    for (int32_t i = 0; i < world->aboard_count; i++) {
        count += iss_crew_runs(iss_model_crew_member(world->model, world->aboard[i]),
                               segment);
    }
    return count;
}

/* ---- the list ------------------------------------------------------------------ */

#define X(name, units, bins, expression, doc) SERIES_##name,
enum fixed {
#include "observe/series.def"
    FIXED
};
#undef X

static int64_t
value_of(int32_t which, const struct iss_gauges *g, const struct iss_world *w)
{
    switch (which) {
#define X(name, units, bins, expression, doc)                                          \
    case SERIES_##name:                                                                \
        return (expression);
#include "observe/series.def"
#undef X
    default:
        return trained_for(w, which - FIXED);
    }
}

int32_t
iss_series_count(const struct iss_model *model)
{
    return FIXED + model->segments.count;
}

struct iss_series_info
iss_series_info(const struct iss_model *m, int32_t index, char name[64])
{
    switch (index) {
#define X(title, units, bins, expression, doc)                                         \
    case SERIES_##title:                                                               \
        return (struct iss_series_info){#title, units, doc, (bins)};
#include "observe/series.def"
#undef X
    default:
        break;
    }
    snprintf(name, 64, "crew_%s", m->segments.at[index - FIXED]);
    for (char *c = name; *c != '\0'; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
    return (struct iss_series_info){name, "1",
                                    "People aboard who are trained to run this segment",
                                    m->crew.count + 1};
}

int32_t
iss_series_find(const struct iss_model *model, const char *name)
{
    char buffer[64];
    for (int32_t i = 0; i < iss_series_count(model); i++) {
        if (strcmp(iss_series_info(model, i, buffer).name, name) == 0) {
            return i;
        }
    }
    return -1;
}

/* ---- following ----------------------------------------------------------------- */

int
iss_series_init(struct iss_series *series, const struct iss_model *model,
                const struct iss_study_info *info)
{
    size_t count = (size_t)info->series_count, moments = (size_t)info->grid_count;

    *series = (struct iss_series){
        .info = info,
        .which = calloc(count + 1, sizeof *series->which),
        .values = calloc(count * moments + 1, sizeof *series->values),
        .due_us = ISS_NEVER,
    };
    if (series->which == NULL || series->values == NULL) {
        iss_series_clear(series);
        return ISS_ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        series->which[i] = iss_series_find(model, info->series[i].name);
        if (series->which[i] < 0) {
            iss_series_clear(series);
            return ISS_ERR_USAGE;
        }
    }
    return ISS_OK;
}

void
iss_series_clear(struct iss_series *series)
{
    free(series->which);
    free(series->values);
    memset(series, 0, sizeof *series);
}

void
iss_series_start(struct iss_series *series)
{
    bool any = series->info->series_count > 0 && series->info->grid_count > 0;
    series->next = 0;
    series->due_us = any ? series->info->grid_us[0] : ISS_NEVER;
}

int
iss_series_until(struct iss_series *series, const struct iss_gauges *gauges,
                 const struct iss_world *world, int64_t time_us)
{
    const struct iss_study_info *info = series->info;
    int32_t from = series->next, to = from;

    if (series->due_us == ISS_NEVER) {
        return ISS_OK;
    }
    while (to < info->grid_count && info->grid_us[to] < time_us) {
        to++;
    }
    for (int32_t i = 0; i < info->series_count && from < to; i++) {
        int64_t value = value_of(series->which[i], gauges, world);
        if (value < 0 || value >= info->series[i].bins) {
            return ISS_ERR_INVARIANT;
        }
        int32_t *values = series->values + (size_t)i * (size_t)info->grid_count;
        for (int32_t at = from; at < to; at++) {
            values[at] = (int32_t)value;
        }
    }
    series->next = to;
    series->due_us = to < info->grid_count ? info->grid_us[to] : ISS_NEVER;
    return ISS_OK;
}

void
iss_series_count_in(const struct iss_series *series, uint32_t *fans)
{
    const struct iss_study_info *info = series->info;
    const int32_t *value = series->values;

    for (int32_t i = 0; i < info->series_count; i++) {
        size_t bins = (size_t)info->series[i].bins;
        for (int32_t at = 0; at < info->grid_count; at++) {
            fans[*value++]++;
            fans += bins;
        }
    }
}
