/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * load.c - text to model: read, check, and work out what follows from what was said.
 */
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "isssim/status.h"
#include "model/cadence.h"
#include "model/check.h"
#include "model/identity.h"
#include "model/medical.h"
#include "model/modes.h"
#include "model/orbit.h"
#include "model/read.h"
#include "model/record.h"
#include "model/resources.h"
#include "model/upkeep.h"
#include "model/used.h"

/* The crew of a flight as a team; -1 when nobody flies. */
static int32_t
add_team(struct iss_model *model, int32_t flight, const struct iss_ids *members)
{
    if (members->count <= 0) {
        return -1;
    }
    struct iss_team *team = (struct iss_team *)model->teams.items + model->teams.count;
    team->flight = flight;
    team->members = *members;
    team->visitors = iss_model_flight_plan(model, flight)->visitors;
    team->visiting = iss_model_flight_plan(model, flight)->visiting;
    return model->teams.count++;
}

static int
make_teams(struct iss_model *model)
{
    struct iss_flight_plan *plans = model->flights.items;

    model->teams.items = iss_arena_array(
        &model->arena, 3 * (size_t)model->flights.count + 1, sizeof(struct iss_team));
    if (model->teams.items == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (int32_t i = 0; i < model->flights.count; i++) {
        plans[i].team = add_team(model, i, &plans[i].crew);
        plans[i].team_otherwise = add_team(model, i, &plans[i].crew_otherwise);
        plans[i].flown_team = plans[i].flown.crew.count < 0
                                  ? plans[i].team
                                  : add_team(model, i, &plans[i].flown.crew);
    }
    return ISS_OK;
}

/* A vehicle without a list of ports may use every one that fits, in order. */
static int
fill_ports(struct iss_model *model)
{
    struct iss_vehicle *vehicles = model->vehicles.items;

    for (int32_t i = 0; i < model->vehicles.count; i++) {
        struct iss_vehicle *vehicle = &vehicles[i];
        if (vehicle->ports.count >= 0) {
            continue;
        }
        int32_t *at =
            iss_arena_array(&model->arena, (size_t)model->ports.count + 1, sizeof *at);
        if (at == NULL) {
            return ISS_ERR_NO_MEMORY;
        }
        vehicle->ports.count = 0;
        vehicle->ports.at = at;
        for (int32_t port = 0; port < model->ports.count; port++) {
            if (iss_model_port(model, port)->docking == vehicle->docking) {
                at[vehicle->ports.count++] = port;
            }
        }
    }
    return ISS_OK;
}

/* Insertion keeps flights planned for one moment in the order of the scenario. */
static int
order_flights(struct iss_model *model)
{
    int32_t *order =
        iss_arena_array(&model->arena, (size_t)model->named_flights + 1, sizeof *order);
    if (order == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (int32_t i = 0; i < model->named_flights; i++) {
        int64_t launch = iss_model_flight_plan(model, i)->launch_us;
        int32_t at = i;
        while (at > 0 &&
               iss_model_flight_plan(model, order[at - 1])->launch_us > launch) {
            order[at] = order[at - 1];
            at--;
        }
        order[at] = i;
    }
    model->by_launch = order;
    return ISS_OK;
}

/* A flight without a plan has the record's; one that the record launches after the
 * forecast has begun wasn't known then, and doesn't fly: no hindsight. */
static void
fill_plan(const struct iss_model *model, struct iss_flight_plan *plan)
{
    if (plan->launch_us == ISS_NO_TIME) {
        plan->launch_us = plan->flown.launch_us < model->scenario.forecast_from_us
                              ? plan->flown.launch_us
                              : ISS_NEVER;
    }
    if (plan->flown.port < 0) {
        plan->flown.port = plan->port;
    }
}

/* In order of time; those of one moment in that of the scenario.  The forecast knows
 * none that lie behind its beginning, and a mission none behind its end. */
static void
order_expeditions(struct iss_model *model)
{
    struct iss_expedition *all = model->expeditions.items;

    for (int32_t i = 1; i < model->expeditions.count; i++) {
        struct iss_expedition moved = all[i];
        int32_t at = i;
        for (; at > 0 && all[at - 1].from_us > moved.from_us; at--) {
            all[at] = all[at - 1];
        }
        all[at] = moved;
    }
    model->known_expeditions = 0;
    for (int32_t i = 0; i < model->expeditions.count; i++) {
        model->known_expeditions += all[i].from_us < model->scenario.forecast_from_us &&
                                    all[i].from_us <= model->scenario.end_us;
    }
}

/* The role of those who command the station before others. */
static void
find_commander_role(struct iss_model *model)
{
    model->commander_role = model->roles.count - 1;
    while (model->commander_role >= 0 &&
           strcmp(model->roles.at[model->commander_role], "commander") != 0) {
        model->commander_role--;
    }
}

/* Who flies by the policy, and who flies when the programme changes that. */
static void
choose_crew(const struct iss_model *model, struct iss_flight_plan *plan)
{
    struct iss_ids with = plan->crew, without = plan->crew_without_exchange;

    plan->crew_otherwise = (struct iss_ids){-1, NULL};
    if (without.count < 0) {
        return;
    }
    plan->crew = model->policy.seat_exchange ? with : without;
    if (iss_exchange_changes(model)) {
        plan->crew_otherwise = model->policy.seat_exchange ? without : with;
    }
}

/* A profile without an end is flown for ever. */
static void
fill_profiles(struct iss_model *model)
{
    for (int32_t i = 0; i < model->vehicles.count; i++) {
        const struct iss_rows *rows = &iss_model_vehicle(model, i)->profiles;
        struct iss_profile *profiles = rows->items;
        for (int32_t k = 0; k < rows->count; k++) {
            if (profiles[k].until_us == ISS_NO_TIME) {
                profiles[k].until_us = ISS_NEVER;
            }
        }
    }
}

static void
fill_times(struct iss_model *model)
{
    struct iss_scenario *scenario = &model->scenario;
    struct iss_flight_plan *plans = model->flights.items;
    struct iss_port *ports = model->ports.items;

    if (scenario->mode == ISS_MODE_REPLAY) {
        scenario->forecast_from_us = ISS_NEVER;
    } else if (scenario->forecast_from_us == ISS_NO_TIME) {
        scenario->forecast_from_us = 0;
    }
    for (int32_t i = 0; i < model->ports.count; i++) {
        if (ports[i].until_us == ISS_NO_TIME) {
            ports[i].until_us = ISS_NEVER;
        }
    }
    model->named_flights = model->flights.count;
    model->named_people = model->crew.count;
    fill_profiles(model);
    order_expeditions(model);
    find_commander_role(model);
    for (int32_t i = 0; i < model->flights.count; i++) {
        plans[i].rule = -1;
        choose_crew(model, &plans[i]);
        fill_plan(model, &plans[i]);
    }
    struct iss_eva_rule *evas = model->eva.items;
    for (int32_t i = 0; i < model->eva.count; i++) {
        if (evas[i].until_us == ISS_NO_TIME) {
            evas[i].until_us = ISS_NEVER;
        }
    }
    struct iss_cadence *rules = model->cadence.items;
    for (int32_t i = 0; i < model->cadence.count; i++) {
        if (rules[i].until_us == ISS_NO_TIME) {
            rules[i].until_us = ISS_NEVER;
        }
    }
}

/* Number the causes of scrubs through. */
static void
number_scrubs(struct iss_model *model)
{
    struct iss_launch_system *rockets = model->launch_systems.items;
    int32_t count = 0;

    for (int32_t i = 0; i < model->launch_systems.count; i++) {
        rockets[i].first_scrub = count;
        count += rockets[i].scrubs.count;
    }
}

static void
hash_draws(struct iss_model *model)
{
#define HASH_DRAW(NAME, text) model->draw_cause[ISS_DRAW_##NAME] = iss_hash_name(text);
    ISS_DRAW_LIST(HASH_DRAW)
#undef HASH_DRAW
}

static int
compare_hashes(const void *a, const void *b)
{
    const struct iss_entity *const *one = a, *const *other = b;
    return ((*one)->hash > (*other)->hash) - ((*one)->hash < (*other)->hash);
}

/* Two ids with one hash would share their draws. */
static int
check_hashes(struct iss_model *model, struct iss_diag *diag)
{
    const struct iss_rows *sets[] = {
        &model->flights,  &model->crew,  &model->failures,   &model->lines,
        &model->ports,    &model->pads,  &model->cadence,    &model->launch_systems,
        &model->families, &model->eva,   &model->conditions, &model->parts,
        &model->systems,  &model->tasks, &model->programme};
    const size_t sizes[] = {
        sizeof(struct iss_flight_plan),   sizeof(struct iss_crew_member),
        sizeof(struct iss_failure_mode),  sizeof(struct iss_line),
        sizeof(struct iss_port),          sizeof(struct iss_pad),
        sizeof(struct iss_cadence),       sizeof(struct iss_launch_system),
        sizeof(struct iss_rocket_family), sizeof(struct iss_eva_rule),
        sizeof(struct iss_illness),       sizeof(struct iss_part),
        sizeof(struct iss_system),        sizeof(struct iss_task),
        sizeof(struct iss_programme)};

    for (size_t s = 0; s < sizeof sets / sizeof *sets; s++) {
        size_t count = (size_t)sets[s]->count;
        const struct iss_entity **sorted =
            iss_arena_array(&model->arena, count + 1, sizeof *sorted);
        if (sorted == NULL) {
            return ISS_ERR_NO_MEMORY;
        }
        for (size_t i = 0; i < count; i++) {
            sorted[i] = (const void *)((const char *)sets[s]->items + i * sizes[s]);
        }
        qsort(sorted, count, sizeof *sorted, compare_hashes);
        for (size_t i = 1; i < count; i++) {
            if (sorted[i]->hash == sorted[i - 1]->hash) {
                iss_diag_error(diag, sorted[i]->origin, sorted[i]->id,
                               "has the same hash as %s; rename one of them",
                               sorted[i - 1]->id);
            }
        }
    }
    return ISS_OK;
}

static int
resolve_text(struct iss_model *model)
{
    model->resolved = iss_node_print(model->source.root);
    return model->resolved != NULL ? iss_model_identify(model) : ISS_ERR_NO_MEMORY;
}

static int
build(struct iss_model *model, struct iss_diag *diag)
{
    int status = iss_model_read(model, diag);
    if (status != ISS_OK) {
        return status;
    }
    fill_times(model);
    iss_upkeep_fill(model);
    iss_model_check(model, diag);
    if (diag->errors == 0) {
        status = iss_cadence_expand(model);
    }
    if (status == ISS_OK) {
        status = check_hashes(model, diag);
    }
    if (status == ISS_OK) {
        status = iss_model_check_uncertain(model, diag);
    }
    if (status != ISS_OK) {
        return status;
    }
    iss_diag_sort(diag);
    if (diag->errors > 0) {
        return ISS_ERR_SCENARIO;
    }
    status = fill_ports(model);
    if (status == ISS_OK) {
        status = make_teams(model);
    }
    if (status == ISS_OK) {
        status = order_flights(model);
    }
    if (status == ISS_OK) {
        status = iss_resources_settle(model);
    }
    if (status == ISS_OK) {
        status = iss_modes_settle(model);
    }
    if (status == ISS_OK) {
        status = iss_model_find_used(model);
    }
    if (status == ISS_OK) {
        status = iss_medical_settle(model);
    }
    if (status == ISS_OK) {
        status = iss_orbit_settle(model);
    }
    number_scrubs(model);
    hash_draws(model);
    return status == ISS_OK ? resolve_text(model) : status;
}

int
iss_model_load(const char *path, const struct iss_model_options *options,
               struct iss_diag *diag, struct iss_model **model)
{
    struct iss_source_options source_options = {
        .library = options ? options->library : NULL,
        .overrides = options ? options->overrides : NULL,
        .override_count = options ? options->override_count : 0,
        .is_value = iss_model_is_value,
    };
    struct iss_model *loading = calloc(1, sizeof *loading);

    if (loading == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    int status = iss_source_load(&loading->source, path, &source_options, diag);
    if (status == ISS_OK || (status == ISS_ERR_SCENARIO && loading->source.root)) {
        status = iss_record_splice(&loading->source, &source_options, diag);
    }
    if (status == ISS_OK) {
        status = build(loading, diag);
    }
    if (status != ISS_OK) {
        iss_model_free(loading);
        return status;
    }
    *model = loading;
    return ISS_OK;
}

void
iss_model_free(struct iss_model *model)
{
    if (model == NULL) {
        return;
    }
    free(model->resolved);
    iss_arena_clear(&model->arena);
    iss_source_clear(&model->source);
    free(model);
}
