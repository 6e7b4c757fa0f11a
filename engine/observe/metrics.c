/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * metrics.c - the row: metrics.def, then one metric a segment, then those of each.def,
 * then the scenario's own, then what was drawn for each of its uncertain settings.
 */
#include <ctype.h>
#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "isssim/status.h"
#include "observe/gauges.h"
#include "outcome/utf8.h"

#define SIZE_OF_vehicles sizeof(struct iss_vehicle)
#define SIZE_OF_families sizeof(struct iss_rocket_family)
#define SIZE_OF_ports    sizeof(struct iss_port)
#define SIZE_OF_systems  sizeof(struct iss_system)
#define SIZE_OF_parts    sizeof(struct iss_part)

#define SIZE_OF_conditions sizeof(struct iss_illness)
#define SIZE_OF_resources  sizeof(struct iss_resource)
#define SIZE_OF_thresholds sizeof(struct iss_threshold)

#define SIZE_OF_experiments sizeof(struct iss_experiment)

#define ACCOUNTS_vehicles   by.vehicles
#define ACCOUNTS_families   by.families
#define ACCOUNTS_ports      by.ports
#define ACCOUNTS_conditions by.conditions
#define ACCOUNTS_systems    upkeep.systems
#define ACCOUNTS_parts      upkeep.parts
#define ACCOUNTS_resources  by.resources
#define ACCOUNTS_thresholds by.thresholds

#define ACCOUNTS_experiments by.experiments

#define X(name, kind, units, expression, doc) {#name, units, doc, ISS_METRIC_##kind},
static const struct iss_metric_info fixed[] = {
#include "observe/metrics.def"
};
#undef X

enum { FIXED = sizeof fixed / sizeof *fixed };

/* A column of everything used of one section. */
static const struct each {
    size_t used, set; /* where the ids and the things stand in the model */
    size_t size;      /* of a thing */
    const char *name, *ending, *units, *doc;
    enum iss_metric_kind kind;
} each[] = {
#define EACH(section, name, ending, kind, units, expression, doc)                      \
    {offsetof(struct iss_model, used.section),                                         \
     offsetof(struct iss_model, section),                                              \
     SIZE_OF_##section,                                                                \
     #name ".",                                                                        \
     ending,                                                                           \
     units,                                                                            \
     doc,                                                                              \
     ISS_METRIC_##kind},
#include "observe/each.def"
#undef EACH
};

enum { EACH_COUNT = sizeof each / sizeof *each };

/* How many things the scenario uses of the section of a column. */
static const struct iss_ids *
used_by(const struct iss_model *model, const struct each *column)
{
    return (const void *)((const char *)model + column->used);
}

/* Where the scenario's own metrics begin. */
static int32_t
first_own(const struct iss_model *model)
{
    int32_t count = FIXED + model->segments.count;

    for (size_t i = 0; i < EACH_COUNT; i++) {
        count += used_by(model, &each[i])->count;
    }
    return count;
}

/* ---- values -------------------------------------------------------------------- */

static double
stay_length(const struct iss_world *world, const struct iss_stay *stay, bool docked)
{
    int64_t from = docked ? stay->arrive_us : stay->launch_us;
    int64_t to = docked ? stay->leave_us : stay->land_us;

    if (from == ISS_NO_TIME) {
        return 0;
    }
    if (to == ISS_NO_TIME) {
        to = world->model->scenario.end_us;
    }
    return to < 0 ? 0 : iss_days_from_us(to - from);
}

/* The longest stay of those that reach into the scenario; of `person`, -1 of anyone. */
static double
longest_stay_of(const struct iss_world *world, int32_t person, bool docked)
{
    double longest = person < 0 ? 0 : NAN;
    for (int32_t i = 0; i < world->stay_count; i++) {
        const struct iss_stay *stay = &world->stays[i];
        if (person >= 0 && stay->person != person) {
            continue;
        }
        double length = stay_length(world, stay, docked);
        if (!(length <= longest)) {
            longest = length;
        }
    }
    return longest;
}

static double
longest_stay(const struct iss_world *world, bool docked)
{
    return longest_stay_of(world, -1, docked);
}

/* The end of a flight's certified life, with its extension when one was drawn. */
static int64_t
end_of_life(const struct iss_world *world, int32_t flight, bool extended)
{
    const struct iss_flight *self = &world->flights[flight];

    return extended ? self->limit_us
                    : iss_us_add(self->launch_us,
                                 iss_flight_vehicle(world, flight)->certified_life_us);
}

/* Days of docked crew vehicles after their certified life, from the start to the
 * horizon. */
static double
days_after_life(const struct iss_world *world, bool extended)
{
    int64_t total = 0;
    for (int32_t i = 0; i < world->flight_count; i++) {
        const struct iss_flight *flight = &world->flights[i];
        if (flight->dock_us == ISS_NO_TIME ||
            iss_flight_vehicle(world, i)->role != ISS_ROLE_CREW) {
            continue;
        }
        int64_t to = flight->undock_us != ISS_NO_TIME ? flight->undock_us
                     : flight->land_us != ISS_NO_TIME ? flight->land_us /* with it */
                                                      : world->model->scenario.end_us;
        int64_t from = iss_us_later(end_of_life(world, i, extended), 0);
        total += from < to ? to - from : 0;
    }
    return iss_days_from_us(total);
}

/* Of the end of the mission, when its day has come and the station hasn't been lost
 * before. */
static double
end_delay(const struct iss_world *world)
{
    int32_t entry = world->ending.entry;

    if (entry < 0 || (world->lost && !iss_mission_over(world))) {
        return NAN;
    }
    int64_t until_us =
        iss_mission_over(world) ? world->ending.over_us : world->model->scenario.end_us;
    return iss_days_from_us(until_us - iss_model_programme(world->model, entry)->at_us);
}

static double
days(int64_t us)
{
    return iss_days_from_us(us);
}

static double
slip_mean(const struct iss_gauges *gauges, enum iss_role role)
{
    const struct iss_sample *slips = &gauges->by.roles[role].slips;
    return slips->count > 0 ? slips->mean : (double)NAN;
}

static double
arrivals(const struct iss_gauges *gauges)
{
    int64_t count = 0;
    for (int32_t role = 0; role < ISS_ROLES; role++) {
        count += gauges->by.roles[role].arrivals;
    }
    return (double)count;
}

static double
measured(const struct iss_world *world, const struct iss_measure *measure)
{
    const struct iss_flight *flight =
        measure->flight >= 0 ? &world->flights[measure->flight] : NULL;
    int64_t time_us = ISS_NO_TIME;

    switch ((enum iss_measure_kind)measure->measure) {
    case ISS_MEASURE_STAY:
        return longest_stay_of(world, measure->person, false);
    case ISS_MEASURE_DOCKED_STAY:
        return longest_stay_of(world, measure->person, true);
    case ISS_MEASURE_LAUNCH:
        time_us = flight->launch_us;
        break;
    case ISS_MEASURE_DOCK:
        time_us = flight->dock_us;
        break;
    case ISS_MEASURE_UNDOCK:
        time_us = flight->undock_us;
        break;
    case ISS_MEASURE_LANDING:
        time_us = flight->land_us;
        break;
    case ISS_MEASURE_EXCEEDS:
        break; /* when the metric that it is about is there */
    }
    return time_us == ISS_NO_TIME ? NAN : iss_days_from_us(time_us);
}

/* Windows end at the horizon. */
static double
beta_closed(const struct iss_world *world)
{
    const struct iss_rows *rows = &world->model->orbit.glare;
    const struct iss_window *windows = rows->items;
    int64_t closed_us = 0, end_us = world->model->scenario.end_us;

    for (int32_t i = 0; i < rows->count; i++) {
        int64_t until_us = windows[i].until_us < end_us ? windows[i].until_us : end_us;
        closed_us += until_us - windows[i].from_us;
    }
    return iss_days_from_us(closed_us);
}

/* Experiments done, of all kinds. */
static double
experiments(const struct iss_gauges *gauges, const struct iss_world *world)
{
    int64_t count = 0;

    for (int32_t i = 0; i < world->model->experiments.count; i++) {
        count += gauges->by.experiments[i].done;
    }
    return (double)count;
}

static void
stop_levels(struct iss_gauges *gauges, const struct iss_world *world, int64_t end_us)
{
    struct iss_level *levels[] = {
        &gauges->crew,       &gauges->below_min, &gauges->caretaker,
        &gauges->uncrewed,   &gauges->unsafe,    &gauges->emergency,
        &gauges->improvised, &gauges->lifeboats, &gauges->held,
        &gauges->crowded,    &gauges->loitering, &gauges->no_lifeboat,
        &gauges->grounded,   &gauges->blocked,   &gauges->closed,
        &gauges->suits_down, &gauges->limited};
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        iss_level_stop(levels[i], end_us);
    }
    for (int32_t i = 0; i < world->model->segments.count; i++) {
        iss_level_stop(&gauges->unstaffed[i], end_us);
    }
    iss_accounts_stop(&gauges->by, world, end_us);
    iss_upkeep_account_stop(&gauges->upkeep, world, iss_station_end(world, end_us));
    iss_research_stop(&gauges->research, world, end_us);
    iss_research_experiments(world, iss_research_done_h(&gauges->research, world),
                             gauges->by.experiments);
}

/* The metrics that are about others; missing when the other is. */
static void
set_exceeding(const struct iss_gauges *gauges, const struct iss_world *world,
              double *metrics)
{
    const struct iss_model *model = world->model;
    double *own = metrics + first_own(model);

    for (int32_t i = 0; i < model->metrics.count; i++) {
        const struct iss_measure *measure = iss_model_measure(model, i);
        if (measure->measure == ISS_MEASURE_EXCEEDS) {
            int32_t about = gauges->about[i];
            double value = about < 0 ? (double)NAN : metrics[about];
            own[i] =
                isnan(value) ? value : value > iss_world_value(world, &measure->above);
        }
    }
}

void
iss_gauges_finish(struct iss_gauges *g, const struct iss_world *w, int64_t end_us,
                  double *metrics)
{
    int32_t at = 0;

    stop_levels(g, w, end_us);
#define X(name, kind, units, expression, doc) metrics[at++] = (expression);
#include "observe/metrics.def"
#undef X
    for (int32_t i = 0; i < w->model->segments.count; i++) {
        metrics[at++] = iss_level_days(&g->unstaffed[i]);
    }
#define EACH(section, name, ending, kind, units, expression, doc)                      \
    for (int32_t i = 0; i < w->model->used.section.count; i++) {                       \
        const struct iss_account_##section *of =                                       \
            &g->ACCOUNTS_##section[w->model->used.section.at[i]];                      \
        metrics[at++] = (expression);                                                  \
    }
#include "observe/each.def"
#undef EACH
    for (int32_t i = 0; i < w->model->metrics.count; i++) {
        metrics[at++] = measured(w, iss_model_measure(w->model, i));
    }
    for (int32_t i = 0; i < w->model->uncertain.count; i++) {
        metrics[at++] = w->values[i];
    }
    set_exceeding(g, w, metrics);
}

/* ---- descriptions -------------------------------------------------------------- */

int32_t
iss_metric_count(const struct iss_model *model)
{
    return first_own(model) + model->metrics.count + model->uncertain.count;
}

/* Never half a character. */
static void
cut(char *text)
{
    text[iss_utf8_prefix(text)] = '\0';
}

static const char *
measure_doc(const struct iss_model *model, const struct iss_measure *measure,
            char text[ISS_METRIC_TEXT])
{
    static const char *const docs[] = {
        "Longest stay of %s, launch to landing",
        "Longest stay of %s, docking to undocking",
        "Launch of %s, after the scenario's start",
        "Docking of %s, after the scenario's start",
        "Undocking of %s, after the scenario's start",
        "Landing of %s, after the scenario's start",
        "1 when %s is above a limit, else 0",
    };
    const char *of = measure->person >= 0
                         ? iss_model_crew_member(model, measure->person)->entity.name
                     : measure->flight >= 0
                         ? iss_model_flight_plan(model, measure->flight)->entity.name
                         : "";
    if (measure->doc != NULL) {
        return measure->doc;
    }
    snprintf(text, ISS_METRIC_TEXT, docs[measure->measure], of);
    cut(text);
    return text;
}

static struct iss_metric_info
segment_info(const struct iss_model *model, int32_t segment, char text[ISS_METRIC_TEXT])
{
    snprintf(text, ISS_METRIC_TEXT, "unstaffed_%s_d", model->segments.at[segment]);
    for (char *c = text; *c != '\0'; c++) {
        *c = (char)tolower((unsigned char)*c);
    }
    return (struct iss_metric_info){
        text, "d", "Days with no resident trained for this segment", ISS_METRIC_REAL};
}

/* Metric `index` of those that each.def adds.  Things begin with an iss_entity. */
static struct iss_metric_info
each_info(const struct iss_model *model, int32_t index, char text[ISS_METRIC_TEXT])
{
    const struct each *column = each;

    for (; index >= used_by(model, column)->count; column++) {
        index -= used_by(model, column)->count;
    }
    const struct iss_rows *set = (const void *)((const char *)model + column->set);
    size_t id = (size_t)used_by(model, column)->at[index];
    const struct iss_entity *thing =
        (const void *)((const char *)set->items + id * column->size);
    snprintf(text, ISS_METRIC_TEXT, "%s%s%s", column->name, thing->id, column->ending);
    return (struct iss_metric_info){text, column->units, column->doc, column->kind};
}

struct iss_metric_info
iss_metric_info(const struct iss_model *model, int32_t index,
                char text[ISS_METRIC_TEXT])
{
    int32_t own = index - first_own(model);

    if (index < FIXED) {
        return fixed[index];
    }
    if (index < FIXED + model->segments.count) {
        return segment_info(model, index - FIXED, text);
    }
    if (own < 0) {
        return each_info(model, index - FIXED - model->segments.count, text);
    }
    if (own >= model->metrics.count) {
        const struct iss_uncertain *unknown =
            iss_model_unknown(model, own - model->metrics.count);
        return (struct iss_metric_info){unknown->path, unknown->units, unknown->doc,
                                        ISS_METRIC_REAL};
    }
    const struct iss_measure *measure = iss_model_measure(model, own);
    bool exceeds = measure->measure == ISS_MEASURE_EXCEEDS;
    return (struct iss_metric_info){measure->entity.id, exceeds ? "1" : "d",
                                    measure_doc(model, measure, text),
                                    exceeds ? ISS_METRIC_YES_NO : ISS_METRIC_REAL};
}

bool
iss_metric_is_each(const char *name, char id[ISS_METRIC_TEXT])
{
    size_t length = strlen(name);

    for (size_t i = 0; i < EACH_COUNT; i++) {
        size_t head = strlen(each[i].name), tail = strlen(each[i].ending);
        if (length <= head + tail || strncmp(name, each[i].name, head) != 0 ||
            strcmp(name + length - tail, each[i].ending) != 0) {
            continue;
        }
        if (id != NULL) {
            snprintf(id, ISS_METRIC_TEXT, "%.*s", (int)(length - head - tail),
                     name + head);
        }
        return true;
    }
    return false;
}

int32_t
iss_metric_find(const struct iss_model *model, const char *name)
{
    char buffer[ISS_METRIC_TEXT];
    for (int32_t i = 0; i < iss_metric_count(model); i++) {
        if (strcmp(iss_metric_info(model, i, buffer).name, name) == 0) {
            return i;
        }
    }
    return -1;
}
