/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model/model.h - the immutable model: a scenario, checked, resolved and in base units.
 *
 * A model that exists is valid; nothing downstream checks it again.  Threads share it.
 * Times are microseconds since the scenario's start (_us; negative before it), except
 * epoch_us.  Entities refer to each other by index into their set; -1 means none.
 */
#ifndef ISS_MODEL_MODEL_H
#define ISS_MODEL_MODEL_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/civil.h"
#include "base/diag.h"
#include "kernel/dist.h"
#include "kernel/pert.h"
#include "scenario/tree.h"

/* What every named thing begins with. */
struct iss_entity {
    const char *id;   /* its key in the scenario */
    const char *name; /* for people; the id when the scenario gives none */
    uint64_t hash;    /* of the id: its identity in the random streams */
    struct iss_origin origin;
    const struct iss_node *node; /* where the scenario says it */
};

struct iss_ids {
    int32_t count; /* -1 when the setting is absent */
    const int32_t *at;
};

/** Whether a list names `id`; one that is absent names nobody. */
static inline bool
iss_ids_have(const struct iss_ids *ids, int32_t id)
{
    for (int32_t i = 0; i < ids->count; i++) {
        if (ids->at[i] == id) {
            return true;
        }
    }
    return false;
}

struct iss_dates {
    int32_t count;
    const int64_t *at;
};

struct iss_rows {
    int32_t count;
    void *items;
};

/* A number that may be uncertain: what a world takes for it, iss_world_value() says. */
struct iss_value {
    double fixed;      /* the number; of an uncertain one its mean */
    int32_t uncertain; /* of model->uncertain; -1 when it is known */
};

/* A number that isn't known: drawn once an outer point, not once a use. */
struct iss_uncertain {
    const char *path;  /* "vehicles.capsule.slip.scale", also its metric's name */
    const char *doc;   /* of the metric */
    const char *units; /* of the metric: the base unit of what it is */
    uint64_t hash;     /* of the path: its identity in the random streams */
    struct iss_origin origin;
    const struct iss_dist *dist;
    double median;
};

/* A distribution some of whose numbers are uncertain: each world has its own. */
struct iss_law {
    struct iss_dist_spec spec;   /* with the means of what is uncertain */
    const struct iss_dist *dist; /* built from it; its mark is 1 + the law's index */
    int32_t count;
    struct iss_law_part {
        int32_t uncertain;
        int32_t slot;  /* enum iss_dist_slot: which number */
        bool inverse;  /* a rate, where the number is a mean */
        double offset; /* added: from the logarithm in the setting's unit to the base
                          unit's */
    } parts[ISS_DIST_LOWER];
};

struct iss_texts {
    int32_t count;
    const char *const *at;
    const struct iss_node *const *nodes; /* where each stands; NULL for a default */
};

struct iss_scenario {
    const char *title, *question, *description;
    int64_t start_us; /* 0 */
    int64_t end_us;
    int mode;                 /* enum iss_mode */
    int64_t forecast_from_us; /* ISS_NEVER in a pure replay */
    int64_t max_events;
    int64_t max_generated;
};
enum iss_mode { ISS_MODE_FORECAST, ISS_MODE_REPLAY };

struct iss_station {
    const char *name;
    int64_t min_crew, max_crew;
    int64_t caretaker_crew; /* 0: no such mode */
    int64_t spacing_us;
    int64_t workers;                      /* at one time; 0: everyone aboard */
    const struct iss_dist *uncrewed_life; /* NULL: it outlasts any time */
    int64_t expedition;                   /* number at the start; 0 not given */
};

struct iss_port {
    struct iss_entity entity;
    int32_t segment, docking;
    int64_t from_us, until_us; /* it exists in between; ISS_NO_TIME, ISS_NEVER: open */
};

/* What is done when a stock has fallen to a threshold. */
enum iss_reserve_action {
    ISS_RESERVE_NOTE,
    ISS_RESERVE_RATION,
    ISS_RESERVE_RETURN,
    ISS_RESERVE_LEAVE,
    ISS_RESERVE_SWAP
};

struct iss_reserve {
    struct iss_value days, restored; /* restored: NaN a tenth more */
    int action;                      /* enum iss_reserve_action */
    struct iss_value factor;
};

struct iss_resource {
    struct iss_entity entity;
    int32_t cargo; /* its class; -1 it can't be brought */
    int32_t down;  /* the class as which ships take it away; -1 none does */
    struct iss_value stock, capacity, per_person, use,
        target;                /* kg, kg/d, d; NaN: none */
    struct iss_value survival; /* d; NaN: people do without it */
    int32_t users;             /* a segment; -1 everyone */
    int64_t nominal_crew;      /* people; 0 not given */
    struct iss_rows reserve;   /* struct iss_reserve */
    int32_t first_threshold;   /* of model->thresholds: those of `reserve` */
};

/* A row of a resource's `reserve`, called food_45. */
struct iss_threshold {
    struct iss_entity entity;
    int32_t resource;
    const struct iss_reserve *is;
};

struct iss_consumption {
    int32_t resource;
    struct iss_value amount; /* kg for each kg made */
};

struct iss_production {
    struct iss_entity entity;
    int32_t resource;
    struct iss_value per_person, per_day; /* kg/d */
    int32_t users;                        /* a segment; -1 everyone counts */
    struct iss_value level;               /* kg; NaN: it always goes on */
    struct iss_rows consumes, yields;     /* struct iss_consumption */
    int32_t system;                       /* that must be up; -1 */
    struct iss_ids systems;               /* likewise; count -1: none */
};

/* A resource that is brought from one stock to another. */
struct iss_transfer {
    struct iss_entity entity;
    int32_t from, to;
    struct iss_value per_day, level; /* kg/d; kg, NaN: any */
};

/* How much cargo of a class a vehicle carries. */
struct iss_hold {
    int32_t cargo;
    struct iss_value mass; /* kg */
};

/* What a flight brings. */
struct iss_load {
    int32_t resource;
    struct iss_value mass; /* kg */
};

/* Rockets that have so much in common that the loss of one grounds them all. */
struct iss_rocket_family {
    struct iss_entity entity;
    const struct iss_dist *stand_down;
    const struct iss_dist *external;       /* NULL: nothing else of it fails */
    const struct iss_dist *other_launches; /* NULL: only ours count */
    int64_t crew_after;
};

struct iss_pad {
    struct iss_entity entity;
    const struct iss_dist *turnaround;
};

struct iss_scrub {
    const char *cause;
    struct iss_value probability; /* an attempt */
    const struct iss_dist *recycle;
};

struct iss_launch_system {
    struct iss_entity entity;
    struct iss_value success;
    const struct iss_dist *stand_down;
    int32_t family;
    struct iss_ids pads;    /* count -1: always one ready */
    struct iss_rows scrubs; /* struct iss_scrub */
    int32_t first_scrub;    /* the number of the first among those of all rockets */
};

struct iss_line {
    struct iss_entity entity;
    struct iss_dates ready;
    const struct iss_dist *interval, *delay;
    int64_t fleet; /* vehicles that fly again; 0 or less: a production line */
    const struct iss_dist *refurbishment;
};

/* A way to the station, flown by launches in [from_us, until_us). */
struct iss_profile {
    const char *name;
    struct iss_value share; /* above 0 */
    const struct iss_dist *rendezvous;
    int64_t from_us, until_us; /* ISS_NO_TIME, ISS_NEVER: open */
};

struct iss_slip {
    int64_t up_to_us; /* for lead times up to this */
    const struct iss_dist *slip;
};

struct iss_alternative {
    int32_t rocket;
    const struct iss_dist *lead;
};

enum iss_role { ISS_ROLE_CREW, ISS_ROLE_CARGO, ISS_ROLES };

/* Whose departure in a vehicle begins an expedition. */
enum iss_expeditions {
    ISS_EXPEDITIONS_NEVER,
    ISS_EXPEDITIONS_COMMANDER,
    ISS_EXPEDITIONS_RESIDENTS
};

struct iss_vehicle {
    struct iss_entity entity;
    int role; /* enum iss_role */
    int64_t seats, emergency_seats;
    int32_t docking;
    struct iss_ids ports; /* filled with all that fit when the scenario names none */
    int32_t launch_system, line;
    int64_t least_stay_us; /* ISS_NEVER: it makes way for nobody */
    const struct iss_dist *slip, *rendezvous, *docking_retry, *handover, *stay,
        *extension, *landing_wait, *descent, *call_up_lead, *relocation;
    struct iss_rows profiles; /* struct iss_profile; on other days `rendezvous` */
    struct iss_rows slips;    /* struct iss_slip, by lead time; beyond them `slip` */
    struct iss_rows alternatives; /* struct iss_alternative */
    struct iss_value docking_success, manual, manual_success, abort_survival;
    int32_t captured_by; /* a skill; -1: it docks by itself */
    int32_t commander;   /* a skill that each crew must have; -1 */
    int expeditions;     /* enum iss_expeditions */
    int64_t free_flight_life_us, certified_life_us; /* ISS_NEVER: unlimited */
    struct iss_rows holds;                          /* struct iss_hold */
    struct iss_rows takes;        /* struct iss_hold: on the way down */
    struct iss_value cargo_total; /* kg; NaN: what the holds add up to */
    struct iss_value beta_limit;  /* degrees; NaN: none */
    struct iss_rows glare;        /* struct iss_window: no dockings */
    bool lands;
};

/** Whether it comes down in one piece. */
static inline bool
iss_vehicle_lands(const struct iss_vehicle *vehicle)
{
    return vehicle->lands || vehicle->role == ISS_ROLE_CREW;
}

struct iss_crew_member {
    struct iss_entity entity;
    const char *agency;
    int32_t segment;
    struct iss_ids skills, roles; /* count -1: none */
    struct iss_ids trained;       /* further segments */
    int sex;                      /* enum iss_sex */
    struct iss_ids risks;         /* count -1: none */
    int32_t profile;              /* in model->health */
};

/** Whether the person can run the segment. */
static inline bool
iss_crew_runs(const struct iss_crew_member *member, int32_t segment)
{
    return member->segment == segment || iss_ids_have(&member->trained, segment);
}

/* From when on an expedition had this number and this commander, by the record. */
struct iss_expedition {
    struct iss_entity entity;
    int64_t number, from_us;
    int32_t commander;
};

/* Also the first words among the risks. */
enum iss_sex { ISS_SEX_UNKNOWN = -1, ISS_SEX_MALE, ISS_SEX_FEMALE, ISS_SEXES };

/* A move to another port that is planned. */
struct iss_move {
    int64_t at_us;
    int32_t port;
};

struct iss_relocation {
    int64_t undock_us, dock_us;
    int32_t port;
};

enum iss_flown_outcome {
    ISS_FLOWN_WELL,
    ISS_FLOWN_ASCENT_FAILED, /* at launch_us */
    ISS_FLOWN_LOST           /* in free flight, at land_us */
};

/* A flight as it was; ISS_NO_TIME where the record is silent. */
struct iss_flown {
    int64_t launch_us, dock_us, undock_us, land_us;
    int outcome; /* enum iss_flown_outcome */
    int32_t port, replaces;
    int32_t rocket; /* -1: the one of its type */
    struct iss_ids crew, crew_down;
    struct iss_rows relocations; /* struct iss_relocation, in order of time */
};

struct iss_flight_plan {
    struct iss_entity entity;
    int32_t vehicle;
    int64_t launch_us, undock_us;
    int32_t port;
    struct iss_rows relocations; /* struct iss_move, in order of time */
    struct iss_ids crew, crew_down, visitors;
    struct iss_ids crew_without_exchange; /* `crew` is this where policy wants it */
    struct iss_ids crew_otherwise; /* who flies when the programme changes that policy;
                                      count -1: the same */
    int32_t relieves;
    bool visiting;
    int32_t rule;                /* of cadence, that makes it; -1 for a named flight */
    const struct iss_dist *stay; /* instead of its vehicle's; NULL for that */
    struct iss_rows manifest;    /* struct iss_load; items NULL: by policy */
    struct iss_flown flown;
    int32_t team;           /* the people of `crew`, -1 when nobody flies */
    int32_t team_otherwise; /* of `crew_otherwise`; -1: it is the same */
    int32_t flown_team;     /* the people who really flew up, -1 for nobody */
};

/* Some of the people of each flight of a rule. */
struct iss_crew_place {
    const char *agency;
    int32_t segment;
    const char *role; /* NULL: they go by their number */
    struct iss_ids skills, roles, trained, risks;
    int when; /* enum iss_place_when */
    int sex;  /* enum iss_sex */
    int64_t count;
};
enum iss_place_when { ISS_PLACE_ALWAYS, ISS_PLACE_EXCHANGE, ISS_PLACE_NO_EXCHANGE };

/* From what the interval of a rule counts; the first two are one. */
enum iss_anchor { ISS_ANCHOR_CALENDAR, ISS_ANCHOR_PLAN, ISS_ANCHOR_LAST };

/* Whether the crews of a rule's flights relieve each other. */
enum iss_handover { ISS_DIRECT, ISS_INDIRECT };

/* A rule that makes flights.  Its flights are those of the model from `from` on, as
 * many as `room` says: enough for any course of the mission but one in 10^12. */
struct iss_cadence {
    struct iss_entity entity;
    int64_t number;
    int32_t vehicle;
    int64_t first_us, until_us; /* until_us: ISS_NEVER for no end */
    const struct iss_dist *interval;
    int anchor; /* enum iss_anchor */
    int64_t lead_us;
    int32_t port, relieves;      /* the first flight's */
    int32_t after;               /* the rule that this one goes on from; -1 */
    const struct iss_dist *stay; /* NULL: the vehicle's */
    struct iss_rows crew;        /* struct iss_crew_place */
    int handover;                /* enum iss_handover */
    bool visiting;
    struct iss_texts skip;
    bool skip_full, skip_grounded; /* what `skip` says */
    struct iss_rows manifest;      /* struct iss_load; items NULL: by policy */
    int32_t from, room;
};

/* The people who go up together.  A team stays together when it changes vehicles. */
struct iss_team {
    int32_t flight; /* the flight that it was named for */
    struct iss_ids members;
    struct iss_ids visitors; /* those on a short visit; with `visiting` it's everyone */
    bool visiting;
};

enum iss_exchange { ISS_EXCHANGE_OFF, ISS_EXCHANGE_ON };
enum iss_last_crew { ISS_LAST_CREW_AS_PLANNED, ISS_LAST_CREW_AT_ONCE };

/* A change of the programme, from its date on. */
struct iss_programme {
    struct iss_entity entity;
    int64_t at_us;
    const struct iss_dist *delay;
    struct iss_ids retires, debuts; /* count -1: none */
    int32_t withdraws;              /* segment; -1 */
    int seat_exchange;              /* enum iss_exchange; -1: as it was */
    int64_t max_crew;               /* 0: as it was */
    bool ends;
    int32_t deorbit_vehicle;        /* type; -1: none is needed */
    int last_crew;                  /* enum iss_last_crew */
    const struct iss_dist *deorbit; /* NULL: the station stays up */
};

#define ISS_MAX_EVA_TEAM 4

/* A spacewalk, or a rule that makes them. */
struct iss_eva_rule {
    struct iss_entity entity;
    int32_t segment;
    int64_t people;                  /* up to ISS_MAX_EVA_TEAM */
    struct iss_ids crew;             /* count -1: whoever can */
    int32_t skill, inside;           /* -1: none is needed */
    int64_t first_us, until_us;      /* until_us: ISS_NEVER for no end */
    const struct iss_dist *interval; /* NULL: there is one */
    int64_t count;                   /* 0 or less: any number */
    const struct iss_dist *preparation, *duration;
    int32_t suits;        /* -1: any number of them is there */
    struct iss_rows uses; /* struct iss_load */
};

/* Suits that are worn and go out of use together. */
struct iss_suits {
    struct iss_entity entity;
    int64_t rest_us;
    int64_t weekly; /* outings in any seven days; 0 or less: any number */
};

#define ISS_MAX_WEEKLY  14 /* outings in a week that can be counted */
#define ISS_MAX_OUTINGS 50 /* of one repair */

struct iss_research {
    int64_t crew;
    struct iss_value hours; /* a week */
    int64_t from_us;        /* ISS_NO_TIME: always */
};

struct iss_utilisation {
    struct iss_rows research; /* struct iss_research, by crew, then by from_us */
    int64_t nominal_crew;
    struct iss_value repairs, tasks;    /* of an hour's work */
    struct iss_value handover, traffic; /* h a day; h */
};

struct iss_experiment {
    struct iss_entity entity;
    struct iss_value hours;
    int64_t count; /* 0: any number */
    int64_t priority;
};

struct iss_solar {
    int64_t at_us;
    struct iss_value factor;
};

/* Times in which the sun stands too far from the orbit's plane, in order. */
struct iss_window {
    int64_t from_us, until_us; /* until_us: ISS_NEVER when not before the end */
};

struct iss_orbit {
    struct iss_value altitude; /* NaN: the orbit isn't followed */
    struct iss_value floor, target, least, leave, critical, mass, drag, density,
        reference, scale_height, solar_factor, exhaust, gravity, radius;
    struct iss_rows solar;   /* struct iss_solar, in order of time */
    int32_t propellant;      /* -1: any amount is there */
    struct iss_ids boosters; /* count -1: none */
    bool own;
    const struct iss_dist *avoidance, *avoidance_speed; /* avoidance NULL: none */
    struct iss_value inclination; /* NaN: the sun's angle isn't known */
    struct iss_value node, oblateness, beta_limit; /* none of these is uncertain */
    int64_t node_at_us;
    struct iss_rows glare; /* struct iss_window: no spacewalks */
};

/** Whether the scenario has an orbit. */
static inline bool
iss_orbit_given(const struct iss_orbit *orbit)
{
    return orbit->altitude.fixed == orbit->altitude.fixed;
}

enum iss_effect_kind {
    ISS_EFFECT_VEHICLE_UNSAFE,
    ISS_EFFECT_VEHICLE_LOST,
    ISS_EFFECT_LAUNCH_GROUNDED,
    ISS_EFFECT_PORT_BLOCKED,
    ISS_EFFECT_PAD_CLOSED,
    ISS_EFFECT_EVACUATE,
    ISS_EFFECT_CHAIN,
    ISS_EFFECT_SUITS_UNUSABLE,
    ISS_EFFECT_RESOURCE_LOSS,
    ISS_EFFECT_SIMULATED /* the kinds from here on aren't, and no model has them */
};

enum iss_evacuees { ISS_EVACUATE_VEHICLE, ISS_EVACUATE_STATION };

struct iss_effect {
    int kind;                        /* enum iss_effect_kind */
    int seats;                       /* 0 emergency only, 1 none */
    int who;                         /* enum iss_evacuees */
    struct iss_value survival;       /* NaN: as the kind has it */
    const struct iss_dist *duration; /* NULL: for good */
    const struct iss_dist *delay;    /* of a chain */
    struct iss_value probability;    /* of a chain */
    int32_t rocket, port, pad, failure, suits;
    int32_t resource;            /* resource_loss */
    struct iss_value mass, rate; /* kg, kg/d */
    int32_t leak;                /* of model->leaks; -1 none */
};

/* An effect that lets a resource leak, of all failures. */
struct iss_leak {
    int32_t mode, resource;
    const struct iss_effect *is;
};

/* What a failure mode strikes. */
enum iss_target_kind {
    ISS_TARGET_VEHICLE,
    ISS_TARGET_PORT,
    ISS_TARGET_ROCKET,
    ISS_TARGET_PAD,
    ISS_TARGET_PERSON,
    ISS_TARGET_STATION,
    ISS_TARGET_KINDS /* the kinds from here on aren't simulated */
};

enum iss_exposure { ISS_WHILE_DOCKED, ISS_WHILE_FLYING, ISS_WHILE_BOTH };

enum iss_per {
    ISS_PER_TIME,
    ISS_PER_LAUNCH,
    ISS_PER_DOCKING,
    ISS_PER_UNDOCKING,
    ISS_PER_EVA,
    ISS_PERS
};

enum iss_clock { ISS_CLOCK_EACH, ISS_CLOCK_TOGETHER };

struct iss_failure_mode {
    struct iss_entity entity;
    int strikes;                                           /* enum iss_target_kind */
    int during;                                            /* enum iss_exposure */
    int per;                                               /* enum iss_per */
    int clock;                                             /* enum iss_clock */
    struct iss_ids vehicles, ports, rockets, pads, people; /* count -1: all */
    struct iss_ids suits; /* worn on the outings that may bring it; count -1: all */
    const struct iss_dist *life, *detection, *assessment;
    struct iss_value probability; /* per event */
    struct iss_value beta_factor;
    struct iss_rows effects; /* struct iss_effect */
    bool chained;            /* another failure may lead to it */
};

/* Failure modes by what they strike, and by what brings them about. */
struct iss_modes {
    struct iss_ids striking[ISS_TARGET_KINDS], per[ISS_PERS];
};

/* Work that holds people. */
struct iss_duty {
    int64_t people;
    int64_t priority;       /* 0 to 9, the highest first */
    int32_t segment, skill; /* -1: anybody's */
    const struct iss_dist *hours;
    int64_t fixed_us; /* that it takes each time; -1 when that has to be drawn */
};

#define ISS_PRIORITIES 10

struct iss_part {
    struct iss_entity entity;
    int64_t stock, target;
    int64_t capacity; /* 0: any number */
    struct iss_value mass_kg;
    int32_t cargo; /* the class in whose room it rides; -1 it takes none */
    const struct iss_dist *lead; /* NULL without vehicles: nothing can be ordered */
    struct iss_ids vehicles;     /* count -1: it comes by itself */
    int32_t units;               /* that need it */
    int32_t delivery; /* its number among those that come by themselves; -1 */
};

/* What follows when a system has been down for so long. */
enum iss_excess { ISS_EXCESS_STAYS, ISS_EXCESS_RETURNS };

struct iss_outage_effect {
    int32_t failure;           /* -1: none, but research is lost or fewer may stay */
    struct iss_value research; /* the share of it; NaN: none */
    int64_t max_crew;          /* with neither: the most people aboard */
    int excess;                /* enum iss_excess: of those beyond it */
    int64_t after_us;
};

/* Whether it is about how many people may be aboard. */
static inline bool
iss_outage_limits(const struct iss_outage_effect *effect)
{
    return effect->failure < 0 && isnan(effect->research.fixed);
}

enum iss_repair_by { ISS_BY_IVA, ISS_BY_EVA };

struct iss_system {
    struct iss_entity entity;
    int64_t units, needs;
    const struct iss_dist *life;
    struct iss_value beta_factor;
    int32_t part;
    struct iss_duty duty; /* a repair */
    int by;               /* enum iss_repair_by */
    int32_t eva; /* by spacewalk: the rule that says who goes and for how long */
    const struct iss_dist *outings; /* and how many of them a repair takes */
    struct iss_rows effects;
    int32_t first_unit, first_effect; /* among those of all systems */
    int32_t first_errand;             /* of its units; -1: they are repaired inside */
};

struct iss_task {
    struct iss_entity entity;
    int64_t every_us, first_us;
    struct iss_duty duty;
};

/* How many there are of what the systems and tasks are made of; all 0 in a replay,
 * where none of it is simulated. */
struct iss_upkeep_size {
    int32_t units, parts, tasks, systems;
    int32_t jobs;       /* units, then tasks: all that may hold people */
    int32_t effects;    /* of outages */
    int32_t deliveries; /* parts that come by themselves */
    int32_t orders;     /* at one time, at most */
    int32_t errands;    /* units that are repaired outside */
};

/* What an incidence that is a distribution means. */
enum iss_incidence { ISS_INCIDENCE_VISIT, ISS_INCIDENCE_POINT, ISS_INCIDENCE_MEAN };

enum iss_returns { ISS_RETURNS_VEHICLE, ISS_RETURNS_ALONE };

struct iss_medical {
    int32_t kit;   /* -1 only where there are no conditions */
    int incidence; /* enum iss_incidence */
    struct iss_value scale_incidence, scale_impairment, scale_evacuation, scale_loss;
    const struct iss_dist *particle_events; /* NULL: none */
    const struct iss_dist *assessment;
    int returns; /* enum iss_returns */
    struct iss_ids resupplied_by;
    struct iss_value unfit;
    bool by_condition;
};

struct iss_kit {
    struct iss_entity entity;
    bool unlimited;
    struct iss_rows items; /* struct iss_item */
};

struct iss_item {
    int32_t item; /* of model->items */
    int64_t count;
};

enum iss_illness_process {
    ISS_ILLNESS_POISSON,
    ISS_ILLNESS_ONCE,
    ISS_ILLNESS_EVA,
    ISS_ILLNESS_PARTICLE_EVENT,
    ISS_ILLNESS_LATE
};

enum iss_diagnosis { ISS_DIAGNOSIS_ABOARD, ISS_DIAGNOSIS_RETURN };

/* A medical condition.  (A vehicle too has a condition; this is another matter.) */
struct iss_illness {
    struct iss_entity entity;
    int process; /* enum iss_illness_process */
    const struct iss_dist *incidence, *after, *worst_case;
    int diagnosis;            /* enum iss_diagnosis */
    struct iss_rows risks;    /* struct iss_risk */
    struct iss_rows items;    /* struct iss_item */
    struct iss_rows outcomes; /* struct iss_outcome_row */
};

struct iss_risk {
    int32_t flag; /* of model->risks */
    struct iss_value factor;
};

enum iss_care { ISS_CARE_TREATED, ISS_CARE_UNTREATED, ISS_CARES };
enum iss_course { ISS_COURSE_ANY, ISS_COURSE_BEST, ISS_COURSE_WORST };

struct iss_outcome_row {
    int care;     /* enum iss_care */
    int severity; /* enum iss_course */
    struct iss_pert impairment_1, duration_1, impairment_2, duration_2, lasting,
        evacuation, loss; /* durations in days */
};

enum iss_return_in_damaged {
    ISS_RETURN_NEVER,
    ISS_RETURN_AT_RELIEF,
    ISS_RETURN_AT_ONCE
};

enum iss_shifted_launch { ISS_SHIFTED_AS_PLANNED, ISS_SHIFTED_WHEN_READY };

enum iss_first { ISS_FIRST_WAITING, ISS_FIRST_PLAN, ISS_FIRST_CREW, ISS_FIRST_CARGO };

enum iss_swap { ISS_SWAP_NONE, ISS_SWAP_READY };

enum iss_evacuation_vehicle { ISS_EVACUATE_OWN, ISS_EVACUATE_FEWEST };

enum iss_after_abort { ISS_FLIES_AGAIN, ISS_FLIES_NEVER };

enum iss_manifest { ISS_MANIFEST_AUTO, ISS_MANIFEST_EXPLICIT };

struct iss_policy {
    int64_t keep_crew;
    const struct iss_dist *decision, *seat_move, *early_return, *damaged_stay,
        *advance_lead;
    bool reassign, call_up, make_room, relocate, seat_exchange;
    int shifted_launch;    /* enum iss_shifted_launch */
    int return_in_damaged; /* enum iss_return_in_damaged */
    int first;             /* enum iss_first */
    int swap;              /* enum iss_swap */
    int after_abort;       /* enum iss_after_abort */
    int64_t abort_wait;    /* flights */
    int manifest;          /* enum iss_manifest */
    int64_t swap_ahead_us, advance_us;
    struct iss_value evacuation_threshold; /* of a probability */
    int64_t evacuation_wait_us;
    int evacuation_vehicle; /* enum iss_evacuation_vehicle */
    bool eva_contingency_waiver;
};

enum iss_forced_kind {
    ISS_FORCED_FAILURE,
    ISS_FORCED_SEAT_MOVE,
    ISS_FORCED_ASCENT_FAILURE,
    ISS_FORCED_FAMILY_FAILURE,
    ISS_FORCED_STAND_DOWN,
    ISS_FORCED_UNIT_FAILURE
};
enum iss_forced_when {
    ISS_FORCED_ALWAYS,
    ISS_FORCED_IN_REPLAY,
    ISS_FORCED_IN_FORECAST
};

struct iss_forced {
    struct iss_entity entity;
    int64_t at_us;
    int what, when;
    int32_t failure, flight, person, port, rocket, pad, family, system;
};

enum iss_measure_kind {
    ISS_MEASURE_STAY,
    ISS_MEASURE_DOCKED_STAY,
    ISS_MEASURE_LAUNCH,
    ISS_MEASURE_DOCK,
    ISS_MEASURE_UNDOCK,
    ISS_MEASURE_LANDING,
    ISS_MEASURE_EXCEEDS
};

struct iss_measure {
    struct iss_entity entity;
    int measure; /* enum iss_measure_kind */
    int32_t person, flight;
    const char *metric; /* a name that the observers know (observe/gauges.h) */
    struct iss_value above;
    const char *doc;
};

/* What a study is unless the command line says otherwise.  The names in `precision`
 * and `series` belong to the observers, who check them (study/plan.h). */
struct iss_study_plan {
    int64_t seed, replications, max_replications;
    int64_t inner;               /* replications that share an outer point */
    struct iss_value confidence; /* never uncertain */
    struct iss_texts precision, series;
    int64_t grid, block;
};

#define ISS_MAX_SEGMENTS   8
#define ISS_MAX_MODES      256
#define ISS_MAX_EFFECTS    64 /* of one failure */
#define ISS_MAX_ILLNESSES  512
#define ISS_MAX_RESERVES   16 /* thresholds of one resource */
#define ISS_MAX_PRODUCTION 64

/* The words of one name space (segments, docking systems, skills, risks, medical items,
 * cargo), in order of appearance; of the risks the sexes come first. */
struct iss_tags {
    int32_t count;
    const char **at;
};

/* What is drawn; the name's hash is the cause in the stream's coordinates. */
#define ISS_DRAW_LIST(X)                                                               \
    X(CADENCE, "launch interval")                                                      \
    X(SLIP, "launch slip")                                                             \
    X(READY, "vehicle ready")                                                          \
    X(INTERVAL, "production interval")                                                 \
    X(ASCENT, "ascent")                                                                \
    X(STAND_DOWN, "stand-down")                                                        \
    X(EXTERNAL, "external failure")                                                    \
    X(OTHER_LAUNCH, "other launch")                                                    \
    X(ADVANCE, "launch brought forward")                                               \
    X(TURNAROUND, "pad turnaround")                                                    \
    X(REFURBISHMENT, "refurbishment")                                                  \
    X(SCRUB, "launch attempt")                                                         \
    X(RECYCLE, "launch recycle")                                                       \
    X(SWITCH, "rocket switch")                                                         \
    X(ABORT, "abort survival")                                                         \
    X(PROFILE, "rendezvous profile")                                                   \
    X(RENDEZVOUS, "rendezvous")                                                        \
    X(DOCKING, "docking attempt")                                                      \
    X(MANUAL, "manual docking")                                                        \
    X(MANUAL_DOCKING, "manual docking attempt")                                        \
    X(RETRY, "docking retry")                                                          \
    X(RELOCATION, "relocation")                                                        \
    X(HANDOVER, "handover")                                                            \
    X(STAY, "stay")                                                                    \
    X(EXTENSION, "life extension")                                                     \
    X(LANDING_WAIT, "landing opportunity")                                             \
    X(DESCENT, "descent")                                                              \
    X(CALL_UP, "call-up lead")                                                         \
    X(LIFE, "failure life")                                                            \
    X(DETECTION, "failure detection")                                                  \
    X(ASSESSMENT, "failure assessment")                                                \
    X(PER_EVENT, "failure at an event")                                                \
    X(EVA_INTERVAL, "spacewalk interval")                                              \
    X(EVA_PREPARATION, "spacewalk preparation")                                        \
    X(EVA_DURATION, "spacewalk duration")                                              \
    X(EVA_OUTINGS, "spacewalks of a repair")                                           \
    X(WHOM, "whom it strikes")                                                         \
    X(COMMON, "common cause")                                                          \
    X(CHAIN, "failure chain")                                                          \
    X(CHAIN_DELAY, "failure chain delay")                                              \
    X(OUTAGE, "outage")                                                                \
    X(LOSS, "loss survival")                                                           \
    X(DECISION, "lifeboat decision")                                                   \
    X(SEAT_MOVE, "seat move")                                                          \
    X(EARLY_RETURN, "early return preparation")                                        \
    X(DAMAGED_STAY, "damaged vehicle stay")                                            \
    X(SURVIVAL, "return survival")                                                     \
    X(UNIT_LIFE, "unit life")                                                          \
    X(SHARED, "shared cause")                                                          \
    X(REPAIR, "repair")                                                                \
    X(LEAD, "spare lead")                                                              \
    X(WORK, "task")                                                                    \
    X(UNCREWED, "uncrewed life")                                                       \
    X(PROGRAMME, "programme delay")                                                    \
    X(DEORBIT, "deorbit")                                                              \
    X(RATE, "illness rate")                                                            \
    X(ONSET, "illness onset")                                                          \
    X(ONCE, "illness once")                                                            \
    X(OUTING, "illness at a spacewalk")                                                \
    X(PARTICLE, "solar particle event")                                                \
    X(EXPOSED, "illness at a particle event")                                          \
    X(COURSE, "illness course")                                                        \
    X(MEDICAL, "medical assessment")                                                   \
    X(AVOIDANCE, "avoidance manoeuvre")                                                \
    X(AVOIDANCE_SPEED, "avoidance speed")

#define ISS_DRAW_ENUM(NAME, text) ISS_DRAW_##NAME,
enum iss_draw_kind { ISS_DRAW_LIST(ISS_DRAW_ENUM) ISS_DRAW_KINDS };
#undef ISS_DRAW_ENUM

/* The sets of named things, in the order in which they are read. */
#define ISS_SET_LIST(X)                                                                \
    X(ports, iss_port, port)                                                           \
    X(resources, iss_resource, resource)                                               \
    X(production, iss_production, production)                                          \
    X(transfers, iss_transfer, transfer)                                               \
    X(families, iss_rocket_family, family)                                             \
    X(pads, iss_pad, pad)                                                              \
    X(launch_systems, iss_launch_system, launch_system)                                \
    X(lines, iss_line, line)                                                           \
    X(vehicles, iss_vehicle, vehicle)                                                  \
    X(crew, iss_crew_member, crew_member)                                              \
    X(flights, iss_flight_plan, flight_plan)                                           \
    X(expeditions, iss_expedition, expedition)                                         \
    X(cadence, iss_cadence, cadence)                                                   \
    X(programme, iss_programme, programme)                                             \
    X(suits, iss_suits, suits_pool)                                                    \
    X(eva, iss_eva_rule, eva_rule)                                                     \
    X(experiments, iss_experiment, experiment)                                         \
    X(kits, iss_kit, kit)                                                              \
    X(conditions, iss_illness, illness)                                                \
    X(failures, iss_failure_mode, failure_mode)                                        \
    X(parts, iss_part, part)                                                           \
    X(systems, iss_system, system)                                                     \
    X(tasks, iss_task, task)                                                           \
    X(events, iss_forced, forced)                                                      \
    X(metrics, iss_measure, measure)

/* What takes part in the scenario, of all that it defines, in the order of ids: the
 * types of vehicle of its flights, the families of the rockets that those fly on or can
 * switch to, and the ports that they fit; systems, and the parts that they need; the
 * conditions with medical.by_condition.  In a forecast all resources and their
 * thresholds, in a replay none. */
struct iss_used {
    struct iss_ids vehicles, families, ports, systems, parts, resources, thresholds,
        conditions, experiments;
};

/* ---- what follows from the medical settings (medical.c) ------------------------- */

/* One course of a condition with one kind of care. */
struct iss_course_table {
    struct iss_pert_lanes phases; /* enum iss_course_lane */
    struct iss_pert lasting;      /* impairment */
    double evacuation, loss;      /* probabilities: the means */
};

/* Impairments in the first two phases, and how long those are, in days. */
enum iss_course_lane {
    ISS_LANE_IMPAIRMENT_1,
    ISS_LANE_IMPAIRMENT_2,
    ISS_LANE_DURATION_1,
    ISS_LANE_DURATION_2
};

/* A condition as the mission needs it. */
struct iss_illness_table {
    bool mixed;    /* its rate is known, or a person's own of a gamma distribution */
    bool learns;   /* of these: the latter */
    bool lasts;    /* some course of it leaves something for good */
    int course;    /* of `courses`, which it takes; -1: by chance */
    uint64_t hash; /* its identity in the random streams */
    struct iss_rows needs; /* struct iss_item: of a kit that has an end */
    double mean;           /* of its incidence */
    double worst;          /* probability of its worst course */
    struct iss_course_table courses[2][ISS_CARES]; /* best and worst */
};

/* One of two conditions: the first with probability `cut`. */
struct iss_alias {
    double cut;
    int32_t first, second;
};

/* Conditions of one kind, by number. */
struct iss_health_sets {
    struct iss_ids mixed; /* poisson, late: one clock */
    struct iss_ids fixed; /* poisson, late: whose rates are drawn beforehand */
    struct iss_ids once;
    struct iss_ids eva;
    struct iss_ids particle_event;
};

/* How the mixed conditions of a profile share the clock. */
struct iss_clock_table {
    double prior;         /* /d, sum of the mean rates of those that are superposed */
    int32_t count;        /* of these */
    struct iss_ids quick; /* the others: each has a hazard of its own from the first */
    const struct iss_alias *aliases; /* `count` of them */
};

/* What follows from the conditions; all counts are 0 when there are none. */
struct iss_health {
    const struct iss_illness_table *illnesses; /* one a condition */
    struct iss_health_sets sets;
    int32_t profiles;      /* people with the same factors share one */
    const double *factors; /* profiles x conditions: incidence times this */
    const struct iss_clock_table *clocks; /* one a profile */
    const double *rates_d; /* one a condition: of the gamma, in person-days; else so
                              great that nothing changes the hazard */
    const double *lags_d;  /* one a condition: `after` of late ones, else 0 */
    const int64_t *kit;    /* what the kit has of each of model->items */
    const struct iss_pert_table *quantiles;
};

struct iss_model {
    struct iss_source source; /* the text that it was made from */
    struct iss_arena arena;
    char hash[65];    /* SHA-256 of the resolved text, without what changes no row */
    char *resolved;   /* the merged scenario as text */
    int64_t epoch_us; /* the start, absolute */
    struct iss_scenario scenario;
    struct iss_station station;
    struct iss_medical medical;
    struct iss_policy policy;
    struct iss_utilisation utilisation;
    struct iss_orbit orbit;
    struct iss_study_plan study;
#define ISS_SET_FIELD(set, type, one) struct iss_rows set;
    ISS_SET_LIST(ISS_SET_FIELD)
#undef ISS_SET_FIELD
    struct iss_rows teams;    /* struct iss_team */
    int32_t named_flights;    /* the first of the flights; the others are of rules */
    int32_t named_people;     /* likewise */
    const int32_t *by_launch; /* these in order of planned launch, then of id */
    struct iss_used used;
    struct iss_upkeep_size upkeep;
    struct iss_tags segments, dockings, skills, roles, risks, items, cargo;
    int32_t commander_role;     /* of roles: who is to command; -1: nobody is */
    int32_t known_expeditions;  /* of the expeditions, in order of time: those before
                                   the forecast and the end */
    struct iss_rows thresholds; /* struct iss_threshold, resource by resource */
    struct iss_rows makers;     /* struct iss_production: those, then transfers */
    const int32_t *production_order; /* of the makers: what makes a thing before what
                                        consumes it */
    struct iss_rows leaks;           /* struct iss_leak */
    struct iss_modes modes;
    struct iss_rows uncertain; /* struct iss_uncertain, in the order of the keys */
    struct iss_rows laws;      /* struct iss_law */
    struct iss_health health;
    uint64_t draw_cause[ISS_DRAW_KINDS];
};

/* iss_model_port(model, id), iss_model_vehicle(model, id) ...: one thing of a set. */
#define ISS_SET_ACCESSOR(set, type, one)                                               \
    static inline const struct type *iss_model_##one(const struct iss_model *model,    \
                                                     int32_t id)                       \
    {                                                                                  \
        return (const struct type *)model->set.items + id;                             \
    }
ISS_SET_LIST(ISS_SET_ACCESSOR)
ISS_SET_ACCESSOR(teams, iss_team, team)
ISS_SET_ACCESSOR(thresholds, iss_threshold, threshold)
ISS_SET_ACCESSOR(makers, iss_production, maker)
ISS_SET_ACCESSOR(leaks, iss_leak, leak)
ISS_SET_ACCESSOR(uncertain, iss_uncertain, unknown)
ISS_SET_ACCESSOR(laws, iss_law, law)
#undef ISS_SET_ACCESSOR

/** The number that the part `part` of a law has where what is uncertain is `value`.
 */
double iss_law_number(const struct iss_law_part *part, double value);

/* What may be said when a model is loaded. */
struct iss_model_options {
    const char *library;          /* folder of the shipped scenarios, or NULL */
    const char *const *overrides; /* "path=value" */
    size_t override_count;
};

/**
 * Read, check and resolve the scenario at `path`.
 *
 * @return ISS_OK; ISS_ERR_NO_INPUT; ISS_ERR_SCENARIO with the problems in `diag`;
 *         ISS_ERR_NO_MEMORY.  *model is set on success only; warnings may stand in
 *         `diag` even then.
 */
int iss_model_load(const char *path, const struct iss_model_options *options,
                   struct iss_diag *diag, struct iss_model **model);

void iss_model_free(struct iss_model *model);

#endif
