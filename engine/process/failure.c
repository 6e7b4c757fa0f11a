/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * failure.c - failure modes strike vehicles at the station.
 *
 *     at risk --FAILURE_OCCURS--> unnoticed --FAILURE_DETECTED--> examined --> assessed
 *
 * A mode's clock runs while the vehicle is docked, and each vehicle suffers a mode at
 * most once.  The effects hold from the occurrence on, noticed or not.
 *
 * Owns world->failures.  Draws LIFE, DETECTION and ASSESSMENT about the pair of mode
 * and flight, so that another mode or another flight changes none of them.
 */
#include "base/hash.h"
#include "process/process.h"

static int32_t
mode_slot(const struct iss_world *world, int32_t flight, int32_t mode)
{
    return iss_slot_flight(world, flight, ISS_SLOT_MODES + mode);
}

/* The identity of (mode, flight) in the random streams. */
static uint64_t
pair_hash(const struct iss_world *world, int32_t flight, int32_t mode)
{
    return iss_hash_occurrence(iss_model_failure_mode(world->model, mode)->entity.hash,
                               world->flights[flight].hash);
}

static bool
is_at_risk(const struct iss_world *world, int32_t flight, int32_t mode)
{
    const struct iss_ids *vehicles =
        &iss_model_failure_mode(world->model, mode)->vehicles;
    for (int32_t i = 0; i < vehicles->count; i++) {
        if (vehicles->at[i] == world->flights[flight].vehicle) {
            return iss_world_failure(world, flight, mode)->occurs_us == ISS_NO_TIME;
        }
    }
    return false;
}

/* Start the clocks of a vehicle that has been docked for some time already. */
static void
arm(struct iss_world *world, int32_t flight)
{
    double age_d = iss_days_from_us(world->now_us - world->flights[flight].dock_us);

    for (int32_t mode = 0; mode < world->model->failures.count; mode++) {
        const struct iss_dist *life =
            iss_world_dist(world, iss_model_failure_mode(world->model, mode)->life);
        if (life == NULL || !is_at_risk(world, flight, mode)) {
            continue;
        }
        double u = iss_draw(world, ISS_DRAW_LIFE, pair_hash(world, flight, mode), 0);
        double life_d = age_d > 0 ? iss_dist_quantile_beyond(life, u, age_d) - age_d
                                  : iss_dist_quantile(life, u);
        iss_schedule(world, mode_slot(world, flight, mode),
                     iss_us_add(world->now_us, iss_us_from_days(life_d)),
                     ISS_EVENT_FAILURE_OCCURS, flight, mode);
    }
}

/* When a failure is noticed, and when a finding on it is reached. */
static int64_t
detection_time(struct iss_world *world, int32_t flight, int32_t mode)
{
    const struct iss_failure_mode *kind = iss_model_failure_mode(world->model, mode);
    return iss_us_add(iss_world_failure(world, flight, mode)->occurs_us,
                      iss_draw_us(world, ISS_DRAW_DETECTION,
                                  pair_hash(world, flight, mode), 0, kind->detection));
}

static int64_t
assessment_time(struct iss_world *world, int32_t flight, int32_t mode)
{
    const struct iss_failure_mode *kind = iss_model_failure_mode(world->model, mode);
    return iss_us_add(detection_time(world, flight, mode),
                      iss_draw_us(world, ISS_DRAW_ASSESSMENT,
                                  pair_hash(world, flight, mode), 0, kind->assessment));
}

/* Who notices and what is found is the model's to say; the record doesn't tell. */
static void
plan_detection(struct iss_world *world, int32_t flight, int32_t mode)
{
    if (iss_world_forecasting(world)) {
        iss_schedule(world, mode_slot(world, flight, mode),
                     detection_time(world, flight, mode), ISS_EVENT_FAILURE_DETECTED,
                     flight, mode);
    }
}

void
iss_failure_on_forecast(struct iss_world *world, const struct iss_event *event)
{
    (void)event;
    for (int32_t i = 0; i < world->flight_count; i++) {
        if (!iss_flight_attached(&world->flights[i])) {
            continue;
        }
        for (int32_t mode = 0; mode < world->model->failures.count; mode++) {
            if (iss_world_failure(world, i, mode)->occurs_us != ISS_NO_TIME) {
                plan_detection(world, i, mode);
            }
        }
        arm(world, i);
    }
}

void
iss_failure_on_docked(struct iss_world *world, const struct iss_event *event)
{
    if (iss_world_forecasting(world)) {
        arm(world, event->subject);
    }
}

static void
apply_effect(struct iss_world *world, int32_t flight, int32_t mode,
             const struct iss_effect *effect)
{
    switch ((enum iss_effect_kind)effect->kind) {
    case ISS_EFFECT_VEHICLE_UNSAFE:
        if (iss_flight_vehicle(world, flight)->role != ISS_ROLE_CREW) {
            return; /* nobody goes home in it anyway */
        }
        iss_flight_damage(world, flight,
                          effect->seats == 0 ? ISS_EMERGENCY_ONLY : ISS_UNUSABLE,
                          iss_world_value(world, &effect->survival));
        iss_raise(world, ISS_EVENT_VEHICLE_UNSAFE, flight, mode,
                  iss_world_unsafe(world));
        return;
    }
}

void
iss_failure_on_occurs(struct iss_world *world, const struct iss_event *event)
{
    int32_t flight = event->subject, mode_id = event->object;
    const struct iss_failure_mode *mode = iss_model_failure_mode(world->model, mode_id);
    const struct iss_effect *effects = mode->effects.items;
    struct iss_failure *failure = iss_world_failure(world, flight, mode_id);

    if (failure->occurs_us != ISS_NO_TIME ||
        !iss_flight_attached(&world->flights[flight])) {
        return;
    }
    failure->occurs_us = world->now_us;
    for (int32_t i = 0; i < mode->effects.count; i++) {
        apply_effect(world, flight, mode_id, &effects[i]);
    }
    plan_detection(world, flight, mode_id);
}

void
iss_failure_on_detected(struct iss_world *world, const struct iss_event *event)
{
    int32_t flight = event->subject, mode = event->object;

    iss_world_failure(world, flight, mode)->detected_us = world->now_us;
    iss_schedule(world, mode_slot(world, flight, mode),
                 assessment_time(world, flight, mode), ISS_EVENT_FAILURE_ASSESSED,
                 flight, mode);
}

/* A vehicle that has left is at risk no more, and no longer examined. */
void
iss_failure_on_undocked(struct iss_world *world, const struct iss_event *event)
{
    for (int32_t mode = 0; mode < world->model->failures.count; mode++) {
        iss_unschedule(world, mode_slot(world, event->subject, mode));
    }
}
