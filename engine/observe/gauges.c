/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * gauges.c - levels over time and counts of events.
 */
#include "observe/gauges.h"

#include <math.h>
#include <stdlib.h>

#include "base/hash.h"
#include "isssim/status.h"

/* People aboard, by what the seats say of them. */
struct seat_count {
    int32_t unsafe, emergency, improvised;
};

static struct seat_count
count_seats(const struct iss_world *world)
{
    struct seat_count count = {0};

    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t id = world->aboard[i];
        const struct iss_person *person = &world->people[id];
        bool safe = iss_person_safe(world, id);
        count.unsafe += !safe;
        count.emergency += person->seat >= 0 &&
                           world->flights[person->seat].condition == ISS_EMERGENCY_ONLY;
        count.improvised += safe && person->seat_kind == ISS_SEAT_EMERGENCY;
    }
    return count;
}

/* The same people, by what the staffing rules say of them. */
struct head_count {
    int32_t residents;
    int32_t segment[ISS_MAX_SEGMENTS]; /* who can run it; somebody may count twice */
};

static struct head_count
count_heads(const struct iss_world *world)
{
    struct head_count count = {0};

    for (int32_t i = 0; i < world->aboard_count; i++) {
        int32_t id = world->aboard[i];
        if (!world->stays[world->people[id].stay].visiting) {
            const struct iss_crew_member *member =
                iss_model_crew_member(world->model, id);
            count.residents++;
            count.segment[member->segment]++;
            for (int32_t k = 0; k < member->trained.count; k++) {
                count.segment[member->trained.at[k]]++;
            }
        }
    }
    return count;
}

/* Whether there are too few residents for full operation, and enough to keep the
 * station up. */
static bool
keep_it_up(const struct iss_model *model, const struct head_count *heads)
{
    const struct iss_station *station = &model->station;
    return station->caretaker_crew > 0 && heads->residents < station->min_crew &&
           heads->residents >= station->caretaker_crew;
}

static int64_t
count_lifeboats(const struct iss_world *world)
{
    int64_t count = 0;
    for (int32_t i = 0; i < world->model->ports.count; i++) {
        int32_t flight = world->berths[i].flight;
        count += flight >= 0 && world->flights[flight].condition == ISS_SOUND &&
                 iss_flight_vehicle(world, flight)->role == ISS_ROLE_CREW;
    }
    return count;
}

static int64_t
count_grounded(const struct iss_world *world)
{
    int64_t count = 0;
    for (int32_t i = 0; !world->lost && i < world->model->launch_systems.count; i++) {
        count += world->grounded_us[i] > world->now_us;
    }
    return count;
}

static int64_t
count_blocked(const struct iss_world *world)
{
    int64_t count = 0;
    for (int32_t i = 0; !world->lost && i < world->model->ports.count; i++) {
        count +=
            world->berths[i].blocked_us > world->now_us && iss_port_exists(world, i);
    }
    return count;
}

static int64_t
count_closed(const struct iss_world *world)
{
    int64_t count = 0;
    for (int32_t i = 0; !world->lost && i < world->model->pads.count; i++) {
        count += world->pads[i].closed_us > world->now_us;
    }
    return count;
}

static int64_t
count_suits_down(const struct iss_world *world)
{
    int64_t count = 0;
    for (int32_t i = 0; !world->lost && i < world->model->suits.count; i++) {
        count += world->suits[i].down_us > world->now_us;
    }
    return count;
}

/* ---- start --------------------------------------------------------------------- */

int
iss_gauges_init(struct iss_gauges *gauges, const struct iss_world *world)
{
    const struct iss_model *model = world->model;

    *gauges = (struct iss_gauges){
        .about = calloc((size_t)model->metrics.count + 1, sizeof *gauges->about)};
    int status = iss_accounts_init(&gauges->by, world);
    if (iss_upkeep_account_init(&gauges->upkeep, world) != ISS_OK) {
        status = ISS_ERR_NO_MEMORY;
    }
    for (int32_t i = 0; gauges->about != NULL && i < model->metrics.count; i++) {
        const struct iss_measure *measure = iss_model_measure(model, i);
        gauges->about[i] = measure->measure == ISS_MEASURE_EXCEEDS
                               ? iss_metric_find(model, measure->metric)
                               : -1;
    }
    return gauges->about != NULL ? status : ISS_ERR_NO_MEMORY;
}

void
iss_gauges_clear(struct iss_gauges *gauges)
{
    iss_accounts_clear(&gauges->by);
    iss_upkeep_account_clear(&gauges->upkeep);
    free(gauges->about);
    gauges->about = NULL;
}

void
iss_gauges_start(struct iss_gauges *gauges, const struct iss_world *world)
{
    struct head_count heads = count_heads(world);
    struct seat_count seats = count_seats(world);
    const struct iss_model *model = world->model;

    *gauges = (struct iss_gauges){
        .span_d = iss_days_from_us(model->scenario.end_us),
        .rescue_launch_d = NAN,
        .by = gauges->by,
        .upkeep = gauges->upkeep,
        .about = gauges->about,
    };
    iss_accounts_start(&gauges->by, world);
    iss_upkeep_account_start(&gauges->upkeep, world);
    gauges->residents = heads.residents;
    iss_level_start(&gauges->crew, 0, world->aboard_count);
    iss_level_start(&gauges->below_min, 0, heads.residents < model->station.min_crew);
    iss_level_start(&gauges->caretaker, 0, keep_it_up(model, &heads));
    iss_level_start(&gauges->uncrewed, 0, world->aboard_count == 0);
    iss_level_start(&gauges->unsafe, 0, seats.unsafe);
    iss_level_start(&gauges->emergency, 0, seats.emergency);
    iss_level_start(&gauges->improvised, 0, seats.improvised);
    iss_level_start(&gauges->lifeboats, 0, count_lifeboats(world));
    iss_level_start(&gauges->no_lifeboat, 0,
                    world->aboard_count > 0 && gauges->lifeboats.value == 0);
    iss_level_start(&gauges->held, 0, world->held.count);
    iss_level_start(&gauges->loitering, 0, world->loitering);
    iss_level_start(&gauges->crowded, 0, 0);
    iss_level_start(&gauges->limited, 0, 0);
    iss_level_start(&gauges->grounded, 0, count_grounded(world));
    iss_level_start(&gauges->blocked, 0, count_blocked(world));
    iss_level_start(&gauges->closed, 0, count_closed(world));
    iss_level_start(&gauges->suits_down, 0, count_suits_down(world));
    iss_research_start(&gauges->research, world, heads.residents);
    for (int32_t i = 0; i < model->segments.count; i++) {
        iss_level_start(&gauges->unstaffed[i], 0, heads.segment[i] == 0);
    }
}

/* ---- each event ---------------------------------------------------------------- */

/* A station that is gone lacks nobody. */
static void
set_crew_levels(struct iss_gauges *gauges, const struct iss_world *world)
{
    struct head_count heads = count_heads(world);
    const struct iss_model *model = world->model;
    bool up = !world->lost;
    int64_t now = world->now_us;

    gauges->residents = heads.residents;
    iss_level_set(&gauges->crew, now, world->aboard_count);
    iss_level_set(&gauges->below_min, now,
                  up && heads.residents < model->station.min_crew);
    iss_level_set(&gauges->caretaker, now, up && keep_it_up(model, &heads));
    iss_level_set(&gauges->uncrewed, now, up && world->aboard_count == 0);
    for (int32_t i = 0; i < model->segments.count; i++) {
        iss_level_set(&gauges->unstaffed[i], now, up && heads.segment[i] == 0);
    }
}

static void
set_seat_levels(struct iss_gauges *gauges, const struct iss_world *world)
{
    struct seat_count seats = count_seats(world);
    int64_t now = world->now_us;

    iss_level_set(&gauges->unsafe, now, seats.unsafe);
    iss_level_set(&gauges->emergency, now, seats.emergency);
    iss_level_set(&gauges->improvised, now, seats.improvised);
}

/* What is out of use, or was, for a station that is gone. */
static void
set_outages(struct iss_gauges *gauges, const struct iss_world *world)
{
    int64_t now = world->now_us;

    iss_level_set(&gauges->grounded, now, count_grounded(world));
    iss_level_set(&gauges->blocked, now, count_blocked(world));
    iss_level_set(&gauges->closed, now, count_closed(world));
    iss_level_set(&gauges->suits_down, now, count_suits_down(world));
    iss_level_set(&gauges->limited, now, !world->lost && iss_world_limited(world));
}

/* The first failure of a vehicle; ISS_NEVER when it has had none. */
static int64_t
first_failure(const struct iss_world *world, int32_t flight)
{
    int64_t first = ISS_NEVER;
    for (int32_t mode = 0; mode < world->model->failures.count; mode++) {
        int64_t occurs = iss_world_failure(world, flight, mode)->occurs_us;
        if (occurs != ISS_NO_TIME && occurs < first) {
            first = occurs;
        }
    }
    return first;
}

static void
count_launch(struct iss_gauges *gauges, const struct iss_world *world,
             const struct iss_event *event)
{
    const struct iss_flight *flight = &world->flights[event->subject];

    gauges->launches++;
    gauges->crew_launches +=
        iss_flight_vehicle(world, event->subject)->role == ISS_ROLE_CREW;
    iss_accounts_launch(&gauges->by, world, event->subject,
                        flight->replaces < 0 ? event->value : (double)NAN);
    if (flight->replaces < 0) {
        iss_sample_add(&gauges->slips, event->value);
        return;
    }
    int64_t failed = first_failure(world, flight->replaces);
    if (isnan(gauges->rescue_launch_d) && failed != ISS_NEVER) {
        gauges->rescue_launch_d = iss_days_from_us(world->now_us - failed);
    }
}

/* A cargo flight's way up has ended. */
static void
count_cargo(struct iss_gauges *gauges, const struct iss_world *world, int32_t flight,
            bool arrived)
{
    if (iss_flight_vehicle(world, flight)->role != ISS_ROLE_CARGO) {
        return;
    }
    gauges->losses = arrived ? 0 : gauges->losses + 1;
    if (gauges->losses > gauges->losses_max) {
        gauges->losses_max = gauges->losses;
    }
}

/* Whether what was found makes people leave early: those of a vehicle, or all. */
static bool
must_leave(const struct iss_world *world, int32_t mode)
{
    const struct iss_rows *rows = &iss_model_failure_mode(world->model, mode)->effects;
    const struct iss_effect *effects = rows->items;

    for (int32_t i = 0; i < rows->count; i++) {
        if (effects[i].kind == ISS_EFFECT_EVACUATE) {
            return true;
        }
    }
    return false;
}

static void
count_event(struct iss_gauges *gauges, const struct iss_world *world,
            const struct iss_event *event)
{
    switch ((enum iss_event_kind)event->kind) {
    case ISS_EVENT_LAUNCHED:
        count_launch(gauges, world, event);
        return;
    case ISS_EVENT_DOCKED:
        gauges->dockings++;
        iss_research_traffic(&gauges->research, world);
        iss_accounts_arrive(&gauges->by, world, event->subject);
        count_cargo(gauges, world, event->subject, true);
        return;
    case ISS_EVENT_DOCKING_FAILED:
        gauges->docking_failures++;
        return;
    case ISS_EVENT_DOCKING_MANUAL:
        gauges->manual_dockings++;
        return;
    case ISS_EVENT_RELOCATED:
        gauges->relocations++;
        iss_research_traffic(&gauges->research, world);
        return;
    case ISS_EVENT_SUN_WAIT:
        gauges->sun_waits++;
        return;
    case ISS_EVENT_HANDOVER_BEGINS:
        iss_research_handover(&gauges->research, world, event->value);
        return;
    case ISS_EVENT_ASCENT_FAILED:
        gauges->ascent_failures++;
        iss_accounts_fail(&gauges->by, world, event->subject);
        count_cargo(gauges, world, event->subject, false);
        return;
    case ISS_EVENT_DOCKING_ABANDONED:
        count_cargo(gauges, world, event->subject, false);
        return;
    case ISS_EVENT_LAUNCH_SKIPPED:
        gauges->skipped++;
        return;
    case ISS_EVENT_LAUNCH_CANCELLED:
        gauges->cancelled++;
        return;
    case ISS_EVENT_DEPARTURE_WAVED_OFF:
        gauges->wave_offs++;
        return;
    case ISS_EVENT_LAUNCH_SCRUBBED:
        gauges->scrubs++;
        return;
    case ISS_EVENT_ROCKET_SWITCHED:
        gauges->switches++;
        return;
    case ISS_EVENT_LAUNCH_ADVANCED:
        gauges->advanced++;
        return;
    case ISS_EVENT_LAUNCH_SWAPPED:
        gauges->swapped++;
        return;
    case ISS_EVENT_FAMILY_FAILED:
        gauges->external_failures++;
        iss_accounts_fail_outside(&gauges->by, world, event->subject);
        return;
    case ISS_EVENT_FAMILY_STANDS_DOWN:
    case ISS_EVENT_FORECAST_BEGINS:
        iss_accounts_ground(&gauges->by, world);
        return;
    case ISS_EVENT_FAILURE_OCCURS:
        gauges->failures += (world->changed & ISS_CHANGED_FAILURES) != 0;
        return;
    case ISS_EVENT_VEHICLE_UNSAFE:
        gauges->unsafe_vehicles +=
            iss_flight_vehicle(world, event->subject)->role == ISS_ROLE_CREW;
        return;
    case ISS_EVENT_VEHICLE_LOST:
        gauges->lost_vehicles++;
        iss_accounts_lose(&gauges->by, world, event->subject);
        count_cargo(gauges, world, event->subject, false);
        return;
    case ISS_EVENT_ROCKET_GROUNDED:
    case ISS_EVENT_ROCKET_CLEARED:
        iss_level_set(&gauges->grounded, world->now_us, count_grounded(world));
        return;
    case ISS_EVENT_PORT_BLOCKED:
    case ISS_EVENT_PORT_OPENED:
        iss_level_set(&gauges->blocked, world->now_us, count_blocked(world));
        return;
    case ISS_EVENT_PAD_CLOSED:
    case ISS_EVENT_PAD_OPENED:
        iss_level_set(&gauges->closed, world->now_us, count_closed(world));
        return;
    case ISS_EVENT_FAILURE_ASSESSED:
        gauges->evacuations_unsafe += world->aboard_count > 0 &&
                                      gauges->lifeboats.value == 0 &&
                                      must_leave(world, event->object);
        return;
    case ISS_EVENT_EVACUATION:
        gauges->evacuations++;
        return;
    case ISS_EVENT_MANIFEST_SWAPPED:
        gauges->manifests_swapped++;
        return;
    case ISS_EVENT_RESCUE_CALLED:
        gauges->rescues++;
        return;
    case ISS_EVENT_EARLY_RETURN:
        gauges->early_returns++;
        return;
    case ISS_EVENT_EXPEDITION_BEGINS:
        gauges->expeditions++;
        return;
    case ISS_EVENT_EVA_BEGINS:
        iss_research_eva(&gauges->research, &world->evas[event->subject]);
        iss_upkeep_account_event(&gauges->upkeep, world, event);
        return;
    case ISS_EVENT_STATION_LOST:
    case ISS_EVENT_STATION_DEORBITED:
        set_outages(gauges, world);
        return;
    case ISS_EVENT_CREW_LIMITED:
    case ISS_EVENT_OUTAGE_OVER:
    case ISS_EVENT_RESERVE_LOW:
    case ISS_EVENT_LIFE_UNSUPPORTED:
    case ISS_EVENT_LIFE_SUPPORTED:
        iss_level_set(&gauges->limited, world->now_us,
                      !world->lost && iss_world_limited(world));
        return;
    case ISS_EVENT_SUITS_DOWN:
    case ISS_EVENT_SUITS_CLEARED:
        iss_level_set(&gauges->suits_down, world->now_us, count_suits_down(world));
        return;
    case ISS_EVENT_EVA_LOST:
        gauges->research.evas_lost++;
        return;
    case ISS_EVENT_PERSON_LOST:
        gauges->lost++;
        iss_health_die(&gauges->health, &gauges->by, event);
        return;
    case ISS_EVENT_ILLNESS:
        iss_health_ail(&gauges->health, &gauges->by, world, event);
        return;
    case ISS_EVENT_EVACUATION_INDICATED:
        iss_health_indicate(&gauges->health, &gauges->by, event);
        gauges->evacuations_unsafe +=
            world->people[event->subject].phase == ISS_PERSON_ABOARD &&
            world->people[event->subject].indicated && gauges->lifeboats.value == 0;
        return;
    case ISS_EVENT_UNDOCKED:
        iss_research_traffic(&gauges->research, world);
        if (world->flights[event->subject].condition != ISS_SOUND) {
            gauges->at_risk += world->flights[event->subject].crew_down;
        }
        return;
    case ISS_EVENT_UNIT_FAILED:
    case ISS_EVENT_SPARE_AWAITED:
    case ISS_EVENT_SPARES_LOST:
    case ISS_EVENT_UNIT_REPAIRED:
    case ISS_EVENT_TASK_DONE:
        iss_upkeep_account_event(&gauges->upkeep, world, event);
        if (iss_research_reckoned(world)) {
            iss_research_work(&gauges->research, &gauges->upkeep);
        }
        return;
    default:
        return;
    }
}

static uint64_t
fold_event(uint64_t fingerprint, const struct iss_event *event)
{
    uint64_t parties =
        (uint64_t)(uint32_t)event->subject << 32 | (uint32_t)event->object;
    fingerprint = iss_hash_fold(fingerprint, (uint64_t)event->time_us);
    fingerprint = iss_hash_fold(fingerprint, event->kind);
    return iss_hash_fold(fingerprint, parties);
}

void
iss_gauges_event(struct iss_gauges *gauges, const struct iss_world *world,
                 const struct iss_event *event)
{
    gauges->events++;
    gauges->fingerprint = fold_event(gauges->fingerprint, event);
    count_event(gauges, world, event);
    if ((world->changed & ~(uint32_t)ISS_CHANGED_ILL) == 0) {
        return;
    }
    if (world->changed & (ISS_CHANGED_CREW | ISS_CHANGED_SEATS)) {
        set_seat_levels(gauges, world);
        if (world->changed & ISS_CHANGED_CREW) {
            set_crew_levels(gauges, world);
        }
    }
    if (world->changed &
        (ISS_CHANGED_CREW | ISS_CHANGED_HEALTH | ISS_CHANGED_SYSTEMS)) {
        iss_research_change(&gauges->research, world, gauges->residents);
    }
    if (world->changed & ISS_CHANGED_PORTS) {
        iss_accounts_dock(&gauges->by, world);
    }
    if (world->changed & (ISS_CHANGED_PORTS | ISS_CHANGED_SEATS)) {
        iss_level_set(&gauges->lifeboats, world->now_us, count_lifeboats(world));
    }
    iss_level_set(&gauges->no_lifeboat, world->now_us,
                  world->aboard_count > 0 && gauges->lifeboats.value == 0);
    if ((world->changed & ISS_CHANGED_STOCKS) && !world->lost) {
        iss_accounts_stock(&gauges->by, world);
    }
    if (world->changed & ISS_CHANGED_FLIGHTS) {
        iss_level_set(&gauges->held, world->now_us, world->held.count);
        iss_level_set(&gauges->loitering, world->now_us, world->loitering);
        if (iss_world_most_crew(world) < INT64_MAX || gauges->crowded.value > 0) {
            iss_level_set(&gauges->crowded, world->now_us,
                          world->stopped[ISS_STOP_CROWDED]);
        }
    }
}
