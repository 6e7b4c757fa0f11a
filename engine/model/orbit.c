/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * orbit.c - windows in which the sun stands too far from the orbit's plane.
 *
 * They follow from the plane's motion at a mean altitude, so that they are the same in
 * all replications and are known when the scenario is.
 */
#include "model/orbit.h"

#include <math.h>

#include "isssim/status.h"
#include "kernel/sun.h"

#define J2000_US INT64_C(946728000000000) /* 2000-01-01T12:00Z */

static struct iss_plane
plane_of(const struct iss_model *model)
{
    const struct iss_orbit *orbit = &model->orbit;
    double axis_km =
        orbit->radius.fixed + (orbit->floor.fixed + orbit->target.fixed) / 2;
    double motion =
        iss_plane_precession(orbit->inclination.fixed, axis_km, orbit->radius.fixed,
                             orbit->gravity.fixed, orbit->oblateness.fixed);
    int64_t at_us = orbit->node_at_us == ISS_NO_TIME ? 0 : orbit->node_at_us;

    return (struct iss_plane){
        .inclination_deg = orbit->inclination.fixed,
        .node_deg = orbit->node.fixed - motion * iss_days_from_us(at_us),
        .node_deg_per_d = motion,
        .j2000_d = iss_days_from_us(model->epoch_us - J2000_US),
    };
}

/* Fill in the windows of a limit, or only count them without `windows`. */
static int32_t
walk(const struct iss_plane *plane, double limit_deg, double end_d,
     struct iss_window *windows)
{
    bool shut = fabs(iss_plane_beta(plane, 0)) > limit_deg;
    struct iss_window window = {0, ISS_NEVER};
    int32_t count = 0;
    double at_d = 0;

    while (iss_plane_passes(plane, limit_deg, at_d, end_d, &at_d)) {
        if (shut) {
            window.until_us = iss_us_from_days(at_d);
            if (windows != NULL) {
                windows[count] = window;
            }
            count++;
        }
        shut = !shut;
        window = (struct iss_window){iss_us_from_days(at_d), ISS_NEVER};
    }
    if (shut && windows != NULL) {
        windows[count] = window;
    }
    return count + shut;
}

static int
fill(struct iss_model *model, const struct iss_value *limit, struct iss_rows *rows)
{
    double end_d = iss_days_from_us(model->scenario.end_us);

    *rows = (struct iss_rows){0, NULL};
    if (isnan(limit->fixed) || !iss_orbit_given(&model->orbit)) {
        return ISS_OK;
    }
    struct iss_plane plane = plane_of(model);
    rows->count = walk(&plane, limit->fixed, end_d, NULL);
    rows->items = iss_arena_array(&model->arena, (size_t)rows->count + 1,
                                  sizeof(struct iss_window));
    if (rows->items == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    walk(&plane, limit->fixed, end_d, rows->items);
    return ISS_OK;
}

int
iss_orbit_settle(struct iss_model *model)
{
    struct iss_vehicle *vehicles = model->vehicles.items;
    int status = fill(model, &model->orbit.beta_limit, &model->orbit.glare);

    for (int32_t i = 0; status == ISS_OK && i < model->vehicles.count; i++) {
        status = fill(model, &vehicles[i].beta_limit, &vehicles[i].glare);
    }
    return status;
}
