/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * series.c - the station at the moments of a grid.
 *
 * Before an event is handled, the moments that time has passed since the one before it
 * are filled with what holds now.  Most quantities stand ready in the gauges, so that
 * looking costs little.  Stocks and the altitude go on changing in between: they are
 * looked at moment by moment.
 */
#include "observe/series.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"
#include "model/resources.h"

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

/* ---- stocks -------------------------------------------------------------------- */

enum { MOST_DAYS = 730, PERCENT = 100 };

/* What a series of the stocks is about. */
struct of_stock {
    int32_t resource; /* -1: there is no such series */
    bool filled;      /* percent of its capacity, else days of nominal use */
};

/* Series number `index` of the stocks: those in days, then those in percent. */
static struct of_stock
find_stock(const struct iss_model *model, int32_t index)
{
    for (int filled = 0; filled < 2; filled++) {
        for (int32_t i = 0; i < model->resources.count; i++) {
            const struct iss_resource *resource = iss_model_resource(model, i);
            bool has = filled ? resource->capacity.fixed > 0
                              : iss_resource_nominal(resource) > 0;
            if (has && index-- == 0) {
                return (struct of_stock){i, filled};
            }
        }
    }
    return (struct of_stock){-1, false};
}

static int32_t
count_stocks(const struct iss_model *model)
{
    int32_t count = 0;

    while (model->scenario.mode == ISS_MODE_FORECAST &&
           find_stock(model, count).resource >= 0) {
        count++;
    }
    return count;
}

/* Nothing before the forecast, of which alone they are. */
static int64_t
stock_at(const struct iss_world *world, struct of_stock of, int64_t time_us)
{
    const struct iss_stock *stock = &world->stocks[of.resource];

    if (!world->stocked) {
        return 0;
    }
    int64_t mass = iss_stock_level_at(world, of.resource, time_us);
    if (of.filled) {
        return stock->capacity_mg > 0 ? mass * PERCENT / stock->capacity_mg : 0;
    }
    double days = stock->nominal_mg > 0 ? iss_stock_days(stock, mass) : 0;
    return days < MOST_DAYS ? (int64_t)days : MOST_DAYS;
}

/* ---- altitude ------------------------------------------------------------------ */

enum { MOST_KM = 5000 };

static bool
has_altitude(const struct iss_model *model)
{
    return model->scenario.mode == ISS_MODE_FORECAST && iss_orbit_given(&model->orbit);
}

/* A quarter above where the scenario has it. */
static int32_t
most_km(const struct iss_model *model)
{
    double high = fmax(model->orbit.altitude.fixed, model->orbit.target.fixed);
    return (int32_t)fmin(MOST_KM, ceil(1.25 * high));
}

/* 0 before the forecast, and when the station is gone. */
static int64_t
altitude_at(const struct iss_world *world, int64_t time_us)
{
    double altitude_km = iss_orbit_altitude_at(world, time_us);

    return altitude_km > 0 ? (int64_t)fmin(altitude_km, most_km(world->model)) : 0;
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
    return FIXED + model->segments.count + count_stocks(model) + has_altitude(model);
}

static struct iss_series_info
stock_info(const struct iss_model *model, struct of_stock of, char name[64])
{
    const char *id = iss_model_resource(model, of.resource)->entity.id;

    snprintf(name, 64, "%s_%s", of.filled ? "filled" : "reserve", id);
    if (of.filled) {
        return (struct iss_series_info){
            name, "%", "Stock of this resource, as a share of its capacity",
            PERCENT + 1};
    }
    return (struct iss_series_info){name, "d",
                                    "Stock of this resource in whole days of nominal "
                                    "use; more than 730 count as 730",
                                    MOST_DAYS + 1};
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
    int32_t first_stock = FIXED + m->segments.count;
    if (index >= first_stock + count_stocks(m)) {
        return (struct iss_series_info){
            "altitude", "km",
            "Altitude in whole km; what is a quarter above orbit.target, or the "
            "altitude "
            "at first, counts as that; 0 when the station is gone",
            most_km(m) + 1};
    }
    if (index >= first_stock) {
        return stock_info(m, find_stock(m, index - first_stock), name);
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

/* What changes between events: a stock or, without one, the altitude. */
static int64_t
changing_at(const struct iss_world *world, struct of_stock of, int64_t time_us)
{
    return of.resource < 0 ? altitude_at(world, time_us) : stock_at(world, of, time_us);
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
        int32_t first_stock = FIXED + world->model->segments.count;
        bool changes = series->which[i] >= first_stock;
        struct of_stock of = {-1, false};
        int64_t value = 0;
        int32_t *values = series->values + (size_t)i * (size_t)info->grid_count;
        if (changes) {
            of = find_stock(world->model, series->which[i] - first_stock);
        } else {
            value = value_of(series->which[i], gauges, world);
        }
        for (int32_t at = from; at < to; at++) {
            value = changes ? changing_at(world, of, info->grid_us[at]) : value;
            if (value < 0 || value >= info->series[i].bins) {
                return ISS_ERR_INVARIANT;
            }
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
