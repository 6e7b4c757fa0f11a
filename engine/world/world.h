/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * world/world.h - the mutable state of one replication.
 *
 * All of it lies in one block of memory, so that a replication is reset by one memcpy()
 * from an image of the state at the scenario's start.  Processes change the world only
 * through the mutators declared here (world/flights.c, people.c, schedule.c), which
 * keep its invariants and set bits in `changed` for the observers.
 *
 * Times are microseconds since the scenario's start; ISS_NO_TIME = not yet.
 */
#ifndef ISS_WORLD_WORLD_H
#define ISS_WORLD_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kernel/calendar.h"
#include "kernel/stream.h"
#include "model/model.h"
#include "world/events.h"
#include "world/list.h"
#include "world/marks.h"
#include "world/upkeep.h"
#include "world/patients.h"
#include "world/stocks.h"
#include "world/orbit.h"

/*
 *  PLANNED -> (HELD) -> FREE_FLIGHT -> DOCKED <-> RELOCATING
 *                 |          |            |
 *             FAILED      RETURNING <-----'
 *                            |
 *                     LANDED | DISPOSED
 *
 * SPARE (room of a cadence rule) -> PLANNED; PLANNED, HELD -> CANCELLED.
 */
#define ISS_FLIGHT_PHASES(X)                                                           \
    X(PLANNED, "planned")                                                              \
    X(HELD, "held")                                                                    \
    X(FREE_FLIGHT, "free_flight")                                                      \
    X(DOCKED, "docked")                                                                \
    X(RELOCATING, "relocating")                                                        \
    X(RETURNING, "returning")                                                          \
    X(LANDED, "landed")                                                                \
    X(DISPOSED, "disposed")                                                            \
    X(FAILED, "failed")                                                                \
    X(CANCELLED, "cancelled")                                                          \
    X(SPARE, "spare")
#define ISS_FLIGHT_PHASE_ENUM(NAME, text) ISS_FLIGHT_##NAME,
enum iss_flight_phase {
    ISS_FLIGHT_PHASES(ISS_FLIGHT_PHASE_ENUM) ISS_FLIGHT_PHASE_COUNT
};
#undef ISS_FLIGHT_PHASE_ENUM

/* What stops a launch until something happens, so that no date is known or sure. */
enum iss_stop {
    ISS_STOP_NONE,
    ISS_STOP_GROUNDED, /* its rocket may fly again */
    ISS_STOP_UNPROVEN, /* its rocket's family has flown without people */
    ISS_STOP_CROWDED,  /* somebody has left the station */
    ISS_STOP_PAD,      /* a pad is opened */
    ISS_STOP_FLEET,    /* a vehicle of its fleet has landed */
    ISS_STOPS
};

/* What an arrived vehicle waits for in free flight until something happens. */
enum iss_wait {
    ISS_WAIT_NONE,
    ISS_WAIT_PORT, /* a port is free */
    ISS_WAIT_SKILL /* somebody aboard can capture it */
};

/* How far a vehicle can be trusted to bring people home. */
enum iss_condition { ISS_SOUND, ISS_EMERGENCY_ONLY, ISS_UNUSABLE };

struct iss_flight {
    int32_t plan;     /* in the model; -1 for a flight made during the mission */
    int32_t vehicle;  /* its type */
    int32_t rocket;   /* the launch system that it flies on; -1 one that never fails */
    int32_t pad;      /* from which it was launched; -1 */
    int32_t team;     /* who flies up; -1 nobody */
    int32_t relief;   /* the team whose arrival lets it go home; -1 none */
    int32_t replaces; /* the damaged flight that it is sent for; -1 none */
    int32_t port;     /* where it is docked; -1 */
    int32_t reserved; /* the port kept free for it; -1 */
    int32_t seats_taken, emergency_taken;
    int32_t crew_up, crew_down;
    int32_t flying;    /* people in it on their way, up or down */
    int32_t attempts;  /* to dock */
    int32_t scrubs;    /* attempts to launch that were called off */
    int32_t switches;  /* to another rocket */
    int32_t moves;     /* relocations done, as recorded */
    int32_t ordered;   /* relocations begun in the forecast */
    int32_t planned;   /* of the plan's relocations: the next to be made */
    int32_t profile;   /* of its rendezvous, a row of its type's; -1 */
    int32_t calls;     /* how often a replacement was called for it */
    int32_t kept_back; /* of its team, who stay on the ground to make room */
    int32_t spares;    /* the first of the orders that it carries; -1 */
    int32_t next_away; /* in the list of its fleet; -1 */
    uint8_t phase;     /* enum iss_flight_phase */
    uint8_t condition; /* enum iss_condition */
    uint8_t stopped;   /* enum iss_stop: what its launch waits for */
    uint8_t awaits;    /* enum iss_wait: what its docking waits for */
    bool loiters;      /* has arrived and isn't docked yet */
    bool early;        /* sent home early */
    bool waits;        /* its time to leave came and its people stayed */
    bool overdue;      /* its time to leave came while it changed ports */
    bool cleared;      /* it has been looked whether it could land */
    bool kept;         /* its people stay on for its relief, lest too few are left */
    bool recorded;     /* launched while the record was replayed */
    bool upcoming;     /* in the list of those */
    bool doomed;       /* its ascent is to fail: the scenario wants it */
    bool evacuated;    /* it was decided to send it home early because of somebody */
    bool reseated;   /* who goes home in it has been changed, whatever the plan says */
    double survival; /* of a return in it, when it isn't sound */
    uint64_t hash;   /* identity in the random streams */
    int64_t plan_launch_us, plan_undock_us; /* the plan; the latter may be unknown */
    int64_t slip_us;  /* how much it slips by itself, drawn when it enters the plan */
    int64_t ready_us; /* when the production line gives its vehicle */
    int64_t due_us;   /* when it is to launch as things stand */
    int64_t launch_us, dock_us, undock_us, land_us;
    int64_t limit_us; /* end of its certified life, with extension */
    int64_t back_us;  /* of a fleet, launched, in the forecast: when its vehicle is
                         there for another; ISS_NEVER: that isn't known */
};

enum iss_person_phase {
    ISS_PERSON_GROUND,
    ISS_PERSON_ASCENT,
    ISS_PERSON_ABOARD,
    ISS_PERSON_DESCENT,
    ISS_PERSON_LOST
};

enum iss_seat_kind { ISS_SEAT_NONE, ISS_SEAT_REGULAR, ISS_SEAT_EMERGENCY };

struct iss_person {
    int32_t team;      /* with which the person went up; -1 never */
    int32_t flight;    /* the vehicle flown in during ascent and descent; -1 */
    int32_t down;      /* the planned vehicle down; -1 */
    int32_t seat;      /* the flight in which a seat is held; -1 */
    int32_t stay;      /* the running stay; -1 */
    int32_t ailment;   /* the failure mode for which the person is to go home; -1 */
    uint8_t phase;     /* enum iss_person_phase */
    uint8_t seat_kind; /* enum iss_seat_kind */
    int8_t hand;       /* aboard: the bit for work; -1 */
    int16_t patient;   /* 1 + the slot of iss_clinic; 0 none */
    bool ailing;       /* struck, on this visit, by what makes people go home early */
    bool indicated;    /* it is decided that the person goes home early */
    int32_t awaited;   /* the relief that the person waits for until then; -1 */
    int64_t limit_us;  /* until when, at the most */
};

/* One person's visit, from launch to landing. */
struct iss_stay {
    int32_t person, up, down;
    int32_t first, last; /* expeditions during which the person lived aboard; 0 none */
    bool visiting, lost;
    int64_t launch_us, arrive_us, leave_us, land_us;
};

struct iss_berth_state {
    int32_t flight;     /* docked there; -1 */
    int32_t reserved;   /* for; -1 */
    int64_t blocked_us; /* until when nothing can dock; ISS_NEVER: for good */
};

/* A rule of the cadence. */
struct iss_rule_state {
    int32_t made; /* flights that have entered the plan */
    int32_t next; /* the flight that is to be next; -1 the rule makes none any more */
    bool ended;   /* no more will */
};

/* A type of vehicle, by the programme. */
struct iss_type_state {
    int64_t debut_us; /* nothing of it is launched before */
    bool retired;     /* nor any more */
};

/* How the mission ends.  An entry of the programme ends it when its date has come and,
 * if it wants one, a deorbit vehicle is docked. */
struct iss_ending {
    int32_t entry;      /* whose date has come; -1 none */
    int64_t over_us;    /* when the mission was over; ISS_NO_TIME */
    int64_t left_us;    /* when the last person left after that */
    int64_t reentry_us; /* of the station, as planned; ISS_NO_TIME */
    bool deorbited;     /* that has come */
};

struct iss_line_state {
    int32_t next;    /* unit to give out next */
    int64_t last_us; /* when the unit before it is ready */
    int32_t away;    /* of a fleet: the first of the flights whose vehicle may be; -1 */
};

/* Why a planned spacewalk can't take place. */
enum iss_eva_obstacle {
    ISS_EVA_PEOPLE, /* too few, or somebody is outside by its rule */
    ISS_EVA_SUITS,  /* they rest, or are out of use */
    ISS_EVA_REPAIR, /* one that needs the same suits (segment, where there are none) */
    ISS_EVA_SUN,    /* it stands too far from the orbit's plane */
    ISS_EVA_FREE
};

/* A rule of spacewalks: the last one, and the next. */
struct iss_eva_state {
    int64_t due_us;                       /* of the next, or the last that there is */
    int64_t begun_us, until_us;           /* the last that began; INT64_MIN none */
    int32_t made;                         /* due so far, and the next one's number */
    int32_t number;                       /* of the one that was due last */
    int32_t size, team[ISS_MAX_EVA_TEAM]; /* who went outside */
    int32_t inside;                       /* who helped; -1 nobody */
    int32_t unit;     /* whose repair the last that began is; -1: it was planned */
    uint64_t hash;    /* that one's identity in the random streams */
    bool waits;       /* the one due last has not begun, */
    bool prepared;    /* and is prepared, since people have come */
    uint8_t obstacle; /* enum iss_eva_obstacle: what it waits for */
};

/* A repair outside: of a unit, from when it has its spare. */
struct iss_errand {
    int64_t asked_us; /* when that was */
    int64_t
        ready_us; /* when it is prepared; ISS_NEVER: there were too few people yet */
    int64_t begun_us;   /* when the first outing began; ISS_NO_TIME: it hasn't */
    int64_t worked_us;  /* on its outings, of all who took part */
    int32_t left, made; /* outings; `left` counts one that is under way */
    int32_t next;       /* in the line; -1 */
    bool waits;         /* it is in the line, */
    bool outside;       /* and people are outside for it */
};

/* A pool of suits. */
struct iss_suit_state {
    int64_t back_us;  /* the end of the last outing in them; INT64_MIN none */
    int64_t down_us;  /* out of use until; INT64_MIN never so far */
    int64_t since_us; /* and since when */
    int64_t outings;  /* so far */
    int64_t begun_us[ISS_MAX_WEEKLY]; /* the last ones, by their number */
};

/* A family of rockets.  Its external failures are those of launches that have nothing
 * to do with the station. */
struct iss_family_state {
    int64_t grounded_us;     /* until when all of it is */
    int64_t owed;            /* launches that must succeed before it carries people */
    int64_t failed_us;       /* the last external failure, or ISS_NO_TIME */
    uint64_t failure;        /* that one's number in the streams */
    uint64_t struck, forced; /* external failures so far, by chance and by force */
    uint64_t others;         /* launches that counted and weren't ours */
};

struct iss_pad_state {
    int64_t launched_us; /* the last launch from it, or ISS_NO_TIME */
    uint64_t launch;     /* that one's identity in the random streams */
    int64_t ready_us;    /* after it, in the forecast; INT64_MIN: there was none */
    int64_t closed_us;   /* until when it is out of use; ISS_NEVER: for good */
};

/* A failure mode and a target: the last time that it struck, if ever. */
struct iss_failure {
    int64_t occurs_us, detected_us, assessed_us;
    int64_t count; /* how often it has struck (a person: on this visit) */
    bool awaited;  /* forced on a vehicle that wasn't there yet: strikes when it is */
};

/* What a failure strikes: a flight, a port, a rocket, a pad, a person, or the station
 * (0). */
struct iss_target {
    enum iss_target_kind kind;
    int32_t id;
};

/* Who commands the station.  While nobody lives there the expedition is over; the next
 * begins when somebody comes. */
struct iss_captaincy {
    int32_t number; /* of the expedition, or of the last one; 0: nobody counts them */
    int32_t commander; /* a resident aboard; -1 none */
    int32_t before;    /* number of the expedition before it */
    int64_t since_us;  /* when it began */
    int32_t next;      /* of the record's expeditions: the next to begin */
    bool vacant;       /* another expedition begins when somebody comes */
};

/* Bits of iss_world.changed. */
enum iss_change {
    ISS_CHANGED_CREW = 1,
    ISS_CHANGED_SEATS = 2,
    ISS_CHANGED_PORTS = 4,
    ISS_CHANGED_FLIGHTS = 8,
    ISS_CHANGED_FAILURES = 16,
    ISS_CHANGED_COMMAND = 32,
    ISS_CHANGED_HEALTH = 64,
    ISS_CHANGED_EVAS = 128,
    ISS_CHANGED_STOCKS = 256,
    ISS_CHANGED_SYSTEMS = 512, /* what outages take */
    ISS_CHANGED_ILL = 1024 /* somebody fell ill, which by itself changes nothing else */
};

/* Slots of the calendar, by what they are for. */
enum iss_flight_slot {
    ISS_SLOT_STEP,     /* launch, docking, landing: one after the other */
    ISS_SLOT_DEPART,   /* leaving, or moving to another port as recorded */
    ISS_SLOT_MOVE,     /* moving to another port in the forecast */
    ISS_SLOT_LIFE,     /* the end of certified life */
    ISS_SLOT_DECISION, /* what to do about it, when it is damaged */
    ISS_SLOT_MODES     /* from here one a failure mode */
};

enum { ISS_EVA_SLOTS = 4 }; /* of a rule of spacewalks */

enum { ISS_STIRRED = 16 }; /* changed failures that are put back one by one */

#define ISS_RAISED 128 /* events waiting within one moment, at the least that fit */

struct iss_world {
    const struct iss_model *model;
    struct iss_stream stream;
    struct iss_cipher cipher; /* of it */
    int64_t now_us;
    int64_t forecast_from_us;
    uint32_t sequence; /* the last one given out */
    uint32_t current;  /* of the event being handled; 0 none */
    int32_t taken;     /* the slot in which that was; -1: it was raised */
    uint32_t changed;  /* enum iss_change bits since the observers were last woken */
    int status;        /* the first failure of a mutator; ends the replication */
    bool indicated;    /* somebody was to go home early, ever */
    int64_t last_launch_us, last_visit_us; /* a docking or departure; INT64_MIN none */
    int32_t flight_count, flight_capacity;
    int32_t generated; /* flights that are no plan's nor rule's */
    int32_t aboard_count;
    int32_t stay_count, stay_capacity;
    int32_t stays_over; /* of them, from the first on, at the replication's start */
    struct iss_captaincy command;
    uint32_t emptied; /* how often the last person has left in the forecast */
    bool lost;        /* the station is gone: nothing comes or goes any more */
    int64_t lost_us;  /* since then, when it is */
    struct iss_ending ending;
    int64_t max_crew;   /* the most people aboard; 0: any number */
    int64_t limits[2];  /* by outages: the most aboard, beyond whom crews go home */
    int32_t shut;       /* resources for want of which nobody is to be aboard */
    uint32_t withdrawn; /* segments whose partners have left, as bits */
    bool turned; /* seats are exchanged where the policy says no, or the reverse */
    uint32_t raised_head, raised_tail;
    uint32_t raised_room; /* a power of two */
    uint32_t raised_most; /* the most that waited at once since the reset */
    struct iss_flight *flights;
    struct iss_person *people;
    struct iss_berth_state *berths;
    struct iss_line_state *lines;
    struct iss_rule_state *rules;
    struct iss_type_state *types; /* of vehicles */
    struct iss_eva_state *evas;
    int32_t outings; /* begun, and not back: none, and nobody is outside */
    struct iss_suit_state *suits;
    struct iss_errand *errands; /* one a unit that is repaired outside */
    int32_t first_errand;       /* the unit whose repair is first in the line; -1 */
    int32_t *plan; /* flights by planned launch: the named ones, and what rules made */
    int32_t plan_count;
    struct iss_list held;       /* flights that wait for a port */
    struct iss_list upcoming;   /* planned in earnest and not launched yet, but for
                                   what the record launches */
    struct iss_list fliers;     /* people on their way, up or down */
    int32_t loitering;          /* flights that have arrived and aren't docked yet */
    int32_t coming;             /* people in free flight to the station */
    int32_t stopped[ISS_STOPS]; /* flights, by what stops their launch */
    int64_t *grounded_us;       /* until when, one a launch system */
    struct iss_family_state *families;
    struct iss_pad_state *pads;
    int32_t *team_flight;         /* the flight that each team flies; -1 none */
    struct iss_failure *failures; /* targets x modes */
    bool struck;                  /* one has occurred, or been awaited, ever */
    int32_t stirred_count;        /* of these that were changed since the reset; */
    int64_t stirred_failures[ISS_STIRRED];      /* which, as far as there is room */
    int32_t first_target[ISS_TARGET_KINDS + 1]; /* of each kind; then their number */
    int64_t *shocks;                            /* common causes so far, one a mode */
    struct iss_stay *stays;
    int32_t *aboard;           /* people on the station, in order of id */
    int32_t *chosen;           /* room for one list of people */
    struct iss_event *pending; /* one a room of the calendar */
    struct iss_event *raised;  /* ring of raised_room */
    struct iss_calendar *calendar;
    struct iss_workers workers;
    struct iss_queue queue; /* of the jobs that wait for people */
    uint64_t *skilled;      /* hands, by skill */
    struct iss_unit *units;
    struct iss_job *jobs;
    struct iss_task_state *tasks;
    struct iss_system_state *systems;
    bool *outages;        /* one of all systems' effects: it holds now */
    double research_lost; /* the share that outages take from research now */
    struct iss_part_state *parts;
    struct iss_order *orders;
    int32_t free_order; /* the first that isn't used; -1 */
    int32_t unit_slots, task_slots, flight_slots, eva_slots, thing_slots,
        stock_slots; /* where theirs begin on the calendar */
    int32_t slots_per_flight;
    struct iss_clinic clinic;
    double told;    /* what a handler has found the event's value to be; else NaN */
    bool headcount; /* people have come or gone: the stocks' rates, once the event is
                       dealt with */
    bool stocked; /* resources are followed: the forecast has begun, and there are some
                   */
    struct iss_stock *stocks;   /* one a resource */
    struct iss_stock_due *dues; /* of these */
    int32_t first_due;          /* the stock whose due comes first */
    uint32_t due_sequence; /* the sequence of the due that is on the calendar; 0 none */
    int32_t crowd[ISS_MAX_SEGMENTS + 1]; /* people aboard whose use is in the rates: of
                                            each segment, then in all */
    struct iss_threshold_state *thresholds; /* one a thing of model->thresholds */
    uint64_t *stirred; /* marks: changed otherwise than by its flows since STOCK_DUE was
                          settled */
    uint64_t *turning; /* at a level where rates may be others than just beside it */
    uint64_t *moved;   /* may be on another side of its levels than flow_key says */
    uint64_t *shown;   /* changed since the observers were last woken, which `changed`
                          says too */
    uint64_t *flow_key; /* what rates follow from, but for leaks */
    bool flow_news;     /* it isn't that which `rates` are of */
    bool leaking;       /* `rates` are with leaks */
    bool switched;      /* a system has gone down or come up since makers were told */
    struct iss_memo *rates_known;  /* rates by flow_key, another's; NULL: none kept */
    const struct iss_rates *rates; /* one a resource: of now, or soon to be */
    const uint64_t *odd; /* marks: of these, more than used and made is something */
    struct iss_rates *worked_out;   /* room for these, */
    uint64_t *odd_out;              /* and for these */
    uint64_t *odd_now;              /* the same of the stocks */
    struct iss_maker_state *makers; /* one a thing of model->makers */
    struct iss_leak_state *leaks;   /* one a thing of model->leaks */
    struct iss_freight *cargo;      /* flights x resources */
    uint64_t *laden;                /* marks, for each flight: what is still in it */
    struct iss_loading *loading;    /* room for one manifest, one a resource */
    struct iss_orbit_state orbit;
    struct iss_knot *solar; /* the factor of the density over time */
    double *values;         /* of what is uncertain, one a thing of model->uncertain */
    char *laws;             /* distributions with them, iss_dist_size() each */
};

/** The observers have seen all that has changed until now. */
static inline void
iss_world_seen(struct iss_world *world)
{
    if (world->changed & ISS_CHANGED_STOCKS) {
        iss_unmark_all(world->shown, world->model->resources.count);
    }
    world->changed = 0;
}

/** People aboard who use what is for those of a segment; -1: of all. */
static inline int32_t
iss_world_users(const struct iss_world *world, int32_t segment)
{
    return world->crowd[segment < 0 ? world->model->segments.count : segment];
}

/** The job of a unit's repair has its number; a task's has this. */
static inline int32_t
iss_job_of_task(const struct iss_world *world, int32_t task)
{
    return world->model->upkeep.units + task;
}

/** The task of a job; below 0: it is a repair. */
static inline int32_t
iss_job_task(const struct iss_world *world, int32_t job)
{
    return job - world->model->upkeep.units;
}

/* ---- life ---------------------------------------------------------------------- */

/** Bytes that a world of `model` needs. */
size_t iss_world_size(const struct iss_model *model);

/**
 * Lay a world out in `memory` (zeroed, 16-byte aligned, iss_world_size() bytes):
 * nothing flown yet, the recorded launches, the forced events, the forecast's begin and
 * the mission's end on the calendar.  The clock stands before the earliest of them.
 */
struct iss_world *iss_world_init(void *memory, const struct iss_model *model);

/** The block is as it is to be put back, and may be copied. */
void iss_world_set_out(struct iss_world *world);

/** Put a world back to what it was when its block was copied to `image`.  Costs what
 * the replication has made flights for and touched of the calendar, not what there is
 * room for. */
void iss_world_restore(struct iss_world *world, const void *image);

/** NULL, or the first invariant that is broken, in words: everyone in one place and one
 *  seat, no vehicle over its seats, one vehicle a port, counts equal to a recount,
 * every gram of a resource accounted for. */
const char *iss_world_check(const struct iss_world *world);

/* ---- time and chance ----------------------------------------------------------- */

/** From here on what is drawn is of replication `index` under `seed`. */
void iss_world_seed(struct iss_world *world, uint64_t seed, uint64_t index);

/** Put an event on the calendar in `slot`, replacing what was there. */
void iss_schedule(struct iss_world *world, int32_t slot, int64_t time_us,
                  enum iss_event_kind kind, int32_t subject, int32_t object);

/** The same with one that has had its sequence and cause for some time. */
void iss_put(struct iss_world *world, int32_t slot, const struct iss_event *event);

/** Whether something is on the calendar in `slot`. */
static inline bool
iss_scheduled(const struct iss_world *world, int32_t slot)
{
    return iss_calendar_room(world->calendar, slot) >= 0;
}

/** What is on the calendar in `slot`, in which something is. */
static inline struct iss_event *
iss_pending(const struct iss_world *world, int32_t slot)
{
    return &world->pending[iss_calendar_room(world->calendar, slot)];
}

/** Take what is in `slot`, if anything, off the calendar. */
static inline void
iss_unschedule(struct iss_world *world, int32_t slot)
{
    if (iss_scheduled(world, slot)) {
        iss_calendar_cancel(world->calendar, slot);
    }
}

/** What is on the calendar in `slot`, if anything, was brought about by event `cause`
 *  and not by the one that is being handled. */
void iss_blame(struct iss_world *world, int32_t slot, uint32_t cause);

/** What is on the calendar in `slot`, if anything, comes `by_us` later.  What brought
 *  it about stays its cause. */
void iss_postpone(struct iss_world *world, int32_t slot, int64_t by_us);

/** Whether what lasts for a life from `life`, drawn at probability `u`, certainly
 *  outlasts the mission, and its end needs neither be worked out nor put on the
 *  calendar.  False: maybe. */
bool iss_outlasts(const struct iss_world *world, const struct iss_dist *life, double u);

/** Take off the calendar what is in `slot`, as what is to be there comes only after the
 *  end of the mission.  It has a number all the same, so that others keep theirs. */
void iss_forgo(struct iss_world *world, int32_t slot);

/** Give the event that is being handled its value, which wasn't known when it was put
 * on the calendar or raised. */
static inline void
iss_tell(struct iss_world *world, double value)
{
    world->told = value;
}

/** Let an event happen now, after the present one and those already raised. */
void iss_raise(struct iss_world *world, enum iss_event_kind kind, int32_t subject,
               int32_t object, double value);

/** The next event, raised ones first; false when none is left before or at `until_us`.
 *  Sets the clock and the current cause. */
bool iss_world_next(struct iss_world *world, int64_t until_us, struct iss_event *event);

static inline int32_t
iss_slot_flight(const struct iss_world *world, int32_t flight, int32_t which)
{
    return world->flight_slots + flight * world->slots_per_flight + which;
}

int32_t iss_slot_person(const struct iss_world *world, int32_t person);
/** Of the next expedition of the record. */
int32_t iss_slot_expedition(const struct iss_world *world);
/** Of the loss of a station without people. */
int32_t iss_slot_loss(const struct iss_world *world);
/** Of the next height that matters, and of the next thing to be avoided. */
int32_t iss_slot_altitude(const struct iss_world *world);
int32_t iss_slot_avoidance(const struct iss_world *world);
/** Of the reentry of a station without people after the end of the mission. */
int32_t iss_slot_deorbit(const struct iss_world *world);
int32_t iss_slot_programme(const struct iss_world *world, int32_t entry);
/** Of the end of a person's wait for the relief; only where policy.evacuation_wait lets
 *  anybody wait. */
int32_t iss_slot_limit(const struct iss_world *world, int32_t person);
int32_t iss_slot_forced(const struct iss_world *world, int32_t forced);
int32_t iss_slot_port(const struct iss_world *world, int32_t port);
int32_t iss_slot_rocket(const struct iss_world *world, int32_t rocket);
/** Of a family's next failure that isn't a flight of ours. */
int32_t iss_slot_family(const struct iss_world *world, int32_t family);
/** Of a family's next launch that isn't ours. */
int32_t iss_slot_other(const struct iss_world *world, int32_t family);
int32_t iss_slot_pad(const struct iss_world *world, int32_t pad);
/** Of a rule's next spacewalk, and of one that waits: when it is ready, and when its
 * wait ends. */
static inline int32_t
iss_slot_eva(const struct iss_world *world, int32_t rule)
{
    return world->eva_slots + ISS_EVA_SLOTS * rule;
}

static inline int32_t
iss_slot_eva_ready(const struct iss_world *world, int32_t rule)
{
    return iss_slot_eva(world, rule) + 1;
}

static inline int32_t
iss_slot_eva_end(const struct iss_world *world, int32_t rule)
{
    return iss_slot_eva(world, rule) + 2;
}

/** Of the end of a rule's outing that is under way. */
static inline int32_t
iss_slot_eva_back(const struct iss_world *world, int32_t rule)
{
    return iss_slot_eva(world, rule) + 3;
}

/** Of when a repair outside is prepared, by its unit; of when those that wait may find
 * what they need; of when suits are in use again. */
int32_t iss_slot_errand(const struct iss_world *world, int32_t unit);
int32_t iss_slot_eva_again(const struct iss_world *world);
int32_t iss_slot_suits(const struct iss_world *world, int32_t suits);
/** Of when somebody's fitness for work may change next. */
int32_t iss_slot_fitness(const struct iss_world *world);
/** Of the next level that any of the stocks reaches. */
static inline int32_t
iss_slot_stock(const struct iss_world *world)
{
    return world->stock_slots;
}

/** Of when people have lacked it for as long as they can. */
int32_t iss_slot_want(const struct iss_world *world, int32_t resource);
/** Of when a leak is shut. */
int32_t iss_slot_leak(const struct iss_world *world, int32_t leak);
/** Of the next common cause of a mode. */
int32_t iss_slot_common(const struct iss_world *world, int32_t mode);
/** Of a mode's clock at a target, and of what is found out about it; a vehicle, which
 *  suffers a mode but once, has one slot for both. */
static inline int32_t
iss_slot_failure(const struct iss_world *world, int32_t target, int32_t mode)
{
    int32_t modes = world->model->failures.count, all = world->flight_capacity;
    return target < all ? iss_slot_flight(world, target, ISS_SLOT_MODES + mode)
                        : world->thing_slots + 2 * ((target - all) * modes + mode);
}

static inline int32_t
iss_slot_finding(const struct iss_world *world, int32_t target, int32_t mode)
{
    return iss_slot_failure(world, target, mode) + (target >= world->flight_capacity);
}

/** Of a system's next common cause; of what follows when it has been down for long,
 *  one of all systems' effects; of the next part of those that come by themselves. */
int32_t iss_slot_shock(const struct iss_world *world, int32_t system);
int32_t iss_slot_outage(const struct iss_world *world, int32_t effect);
int32_t iss_slot_delivery(const struct iss_world *world, int32_t delivery);

/** Of a unit's next failure, or the end of its repair. */
static inline int32_t
iss_slot_unit(const struct iss_world *world, int32_t unit)
{
    return world->unit_slots + unit;
}

/** Of when a task is due next, or done. */
static inline int32_t
iss_slot_task(const struct iss_world *world, int32_t task)
{
    return world->task_slots + task;
}
/** Take everything off the calendar but the mission's end, landings of what is on its
 *  way home, and the ends of outages. */
void iss_unschedule_station(struct iss_world *world);
/** Of the next finding on a patient, and of the next solar particle event. */
static inline int32_t
iss_slot_indication(const struct iss_world *world, int32_t patient)
{
    return world->clinic.first_slot + patient;
}
int32_t iss_slot_particle_event(const struct iss_world *world);

/** A uniform draw of `kind` about the entity `hash`, number `number`. */
double iss_draw(const struct iss_world *world, enum iss_draw_kind kind, uint64_t hash,
                uint64_t number);

/** All the bits of a draw of `kind` that has to do with two entities, `about` (a hash,
 * or 0) and `hash`: for what is drawn together (kernel/stream.h). */
static inline void
iss_draw_block(const struct iss_world *world, enum iss_draw_kind kind, uint64_t about,
               uint64_t hash, uint64_t number, uint64_t bits[4])
{
    iss_cipher_block(&world->cipher, world->model->draw_cause[kind] ^ about, hash,
                     number, bits);
}

/** A duration drawn from `dist` (days); 0 for NULL. */
int64_t iss_draw_us(const struct iss_world *world, enum iss_draw_kind kind,
                    uint64_t hash, uint64_t number, const struct iss_dist *dist);

/* ---- what is uncertain (uncertain.c) ------------------------------------------- */

/** Give everything uncertain the value that the outer point `outer` has under `seed`:
 *  the same in all replications of that point.  Until then it has its median. */
void iss_world_draw_values(struct iss_world *world, uint64_t seed, uint64_t outer);

/** Give everything uncertain its median. */
void iss_world_set_medians(struct iss_world *world);

/** What a number of the model is in this world. */
static inline double
iss_world_value(const struct iss_world *world, const struct iss_value *value)
{
    return value->uncertain < 0 ? value->fixed : world->values[value->uncertain];
}

/** What a distribution of the model (or NULL) is in this world. */
static inline const struct iss_dist *
iss_world_dist(const struct iss_world *world, const struct iss_dist *dist)
{
    if (world->model->laws.count == 0 || dist == NULL || iss_dist_mark(dist) == 0) {
        return dist;
    }
    return (const void *)(world->laws +
                          (size_t)(iss_dist_mark(dist) - 1) * iss_dist_size());
}

/** Whether the model acts, rather than the record. */
bool iss_world_forecasting(const struct iss_world *world);

/** A recorded time of a flight if it lies in the replayed part, else ISS_NEVER. */
int64_t iss_world_recorded(const struct iss_world *world, int64_t flown_us);

/** From when on the station's spacing allows another launch, or docking or departure,
 *  after the last one at `last_us`; now at the earliest. */
int64_t iss_world_spaced(const struct iss_world *world, int64_t last_us);

/* ---- look-ups ------------------------------------------------------------------ */

/** The slot of a person in the clinic; -1 none. */
static inline int32_t
iss_person_patient(const struct iss_world *world, int32_t person)
{
    return world->people[person].patient - 1;
}

/** Whether it is said how much cargo a vehicle carries. */
bool iss_vehicle_carries(const struct iss_vehicle *vehicle);

/** The room for cargo of a class (-1: of all together) that the spares in a flight
 *  leave, in milligrams. */
double iss_flight_room_mg(const struct iss_world *world, int32_t flight, int32_t cargo);

static inline const struct iss_vehicle *
iss_flight_vehicle(const struct iss_world *world, int32_t flight)
{
    return iss_model_vehicle(world->model, world->flights[flight].vehicle);
}

/** The family of the flight's rocket; -1 none. */
int32_t iss_flight_family(const struct iss_world *world, int32_t flight);
/** NULL for a flight made during the mission. */
static inline const struct iss_flight_plan *
iss_flight_plan_of(const struct iss_world *world, int32_t flight)
{
    int32_t plan = world->flights[flight].plan;
    return plan < 0 ? NULL : iss_model_flight_plan(world->model, plan);
}
/** The rule of the cadence that made the flight; NULL for any other. */
const struct iss_cadence *iss_flight_rule(const struct iss_world *world,
                                          int32_t flight);
bool iss_flight_attached(const struct iss_flight *flight); /* docked or relocating */
bool iss_flight_over(const struct iss_flight *flight);
/** Whether it has failed, or is on its way home, without having docked. */
bool iss_flight_missed(const struct iss_flight *flight);
bool iss_team_visiting(const struct iss_world *world, int32_t team);
static inline const struct iss_failure *
iss_world_failure(const struct iss_world *world, int32_t target, int32_t mode)
{
    return &world->failures[(int64_t)target * world->model->failures.count + mode];
}
/** The same, to be changed. */
struct iss_failure *iss_failure_stir(struct iss_world *world, int32_t target,
                                     int32_t mode);
/** Whether a finding on a damaged flight has been reached. */
bool iss_flight_assessed(const struct iss_world *world, int32_t flight);
/** Whether a failure has been noticed, and the finding or the decision is still open.
 */
bool iss_flight_undecided(const struct iss_world *world, int32_t flight);
/** Whether a failure of the flight has been noticed. */
bool iss_flight_detected(const struct iss_world *world, int32_t flight);
/** Whether the person has a seat in a sound vehicle at the station. */
static inline bool
iss_person_safe(const struct iss_world *world, int32_t person)
{
    int32_t seat = world->people[person].seat;
    return seat >= 0 && world->flights[seat].condition == ISS_SOUND;
}
/** People aboard without a safe seat. */
int32_t iss_world_unsafe(const struct iss_world *world);
/** Seats in sound vehicles at the ports. */
int64_t iss_world_safe_seats(const struct iss_world *world);
/** The first person from number `from` on who flies in `flight`, up or down; -1 none.
 */
int32_t iss_flight_flier(const struct iss_world *world, int32_t flight, int32_t from);
/** People aboard whose planned vehicle down is `flight`. */
int32_t iss_flight_passengers(const struct iss_world *world, int32_t flight);
/** Whether somebody aboard has a skill; none (-1) is always there. */
bool iss_world_skilled(const struct iss_world *world, int32_t skill);
/** The flight on its way or planned to replace `flight`; -1 none. */
int32_t iss_flight_replacement(const struct iss_world *world, int32_t flight);

/* ---- targets of failures, targets.c --------------------------------------------- */

/** Lay them out; for the layout of a world only. */
void iss_targets_place(struct iss_world *world);
int32_t iss_target_count(const struct iss_world *world);
/** Pairs of a target and a failure mode. */
size_t iss_failure_count(const struct iss_model *model);
/** The number of a thing as a target; a flight's is its own. */
static inline int32_t
iss_target(const struct iss_world *world, enum iss_target_kind kind, int32_t id)
{
    return world->first_target[kind] + id;
}
/** What the number means. */
struct iss_target iss_target_of(const struct iss_world *world, int32_t target);
/** Its identity in the random streams; a person's is that of the present visit. */
uint64_t iss_target_hash(const struct iss_world *world, int32_t target);

/** A rocket doesn't fly, a port takes nobody, nothing is launched from a pad until
 *  `until_us` (ISS_NEVER: for good).
 *  False when nothing changes: that is past, or it was out for longer already.  Who was
 *  to dock at the port must find another; who is docked there stays. */
bool iss_rocket_ground(struct iss_world *world, int32_t rocket, int64_t until_us);
bool iss_port_block(struct iss_world *world, int32_t port, int64_t until_us);
bool iss_pad_close(struct iss_world *world, int32_t pad, int64_t until_us);

/* ---- pads, pads.c -------------------------------------------------------------- */

/** The forecast begins: when the pads are ready is drawn. */
void iss_pads_begin(struct iss_world *world);

/** From when on something can be launched from a pad in the forecast: neither closed
 *  nor being made ready after its last launch; ISS_NEVER when it is closed for good. */
static inline int64_t
iss_pad_free_from(const struct iss_world *world, int32_t pad)
{
    const struct iss_pad_state *state = &world->pads[pad];

    return iss_us_later(state->ready_us, state->closed_us);
}

/** The flight is launched from the pad (-1: from none in particular). */
void iss_pad_take(struct iss_world *world, int32_t flight, int32_t pad);

/** NULL, or what is wrong with when they are ready. */
const char *iss_pads_check(const struct iss_world *world);

/** The most people who may be aboard now; INT64_MAX any number. */
int64_t iss_world_most_crew(const struct iss_world *world);

/** Whether something aboard lets fewer people be there than the station takes. */
static inline bool
iss_world_limited(const struct iss_world *world)
{
    return world->shut > 0 || world->limits[ISS_EXCESS_STAYS] < INT64_MAX;
}

/** Whether a port is there: some come with a module, some go with one. */
bool iss_port_exists(const struct iss_world *world, int32_t port);

/* ---- flights and ports --------------------------------------------------------- */

void iss_flight_phase(struct iss_world *world, int32_t flight, enum iss_flight_phase);
/** From here on `why` stops the flight's launch; ISS_STOP_NONE: nothing any more. */
void iss_flight_stop(struct iss_world *world, int32_t flight, enum iss_stop why);
/** A flight of a rule is planned for `planned_us`: it takes its place in world->plan.
 */
void iss_flight_enter_plan(struct iss_world *world, int32_t flight, int64_t planned_us);
/** It has arrived and stays in free flight, for what it awaits or another attempt. */
void iss_flight_loiter(struct iss_world *world, int32_t flight, enum iss_wait awaits);
/** Its time to leave is `time_us` (ISS_NEVER: not settled). */
void iss_flight_depart_at(struct iss_world *world, int32_t flight, int64_t time_us);
/** Whether the mission is over by the programme. */
bool iss_mission_over(const struct iss_world *world);
/** The end of the station, lost or deorbited, or `end_us` if that is earlier. */
int64_t iss_station_end(const struct iss_world *world, int64_t end_us);
/** Whether the flight is planned in earnest, with a vehicle, as what a rule makes is
 * from its lead time on. */
bool iss_flight_prepared(const struct iss_world *world, int32_t flight);
/** From here on it is, with a vehicle that the line gives at `ready_us`. */
void iss_flight_prepare(struct iss_world *world, int32_t flight, int64_t ready_us);
/** Keep `port` for a flight; -1 gives up what it had. */
void iss_port_reserve(struct iss_world *world, int32_t flight, int32_t port);
void iss_port_occupy(struct iss_world *world, int32_t flight, int32_t port);
void iss_port_leave(struct iss_world *world, int32_t flight);
void iss_flight_damage(struct iss_world *world, int32_t flight,
                       enum iss_condition condition, double survival);
/** Which team of the model's flight `plan` flies it, as far as the exchange of seats
 * goes. */
int32_t iss_plan_team(const struct iss_world *world, int32_t plan);
/** It is in the list of those to come, world->upcoming. */
void iss_flight_expect(struct iss_world *world, int32_t flight);
/** The next flight of a rule, `plan` of the model, as room that isn't planned yet;
 * there is as much as the model has plans.  Its number. */
int32_t iss_flight_make(struct iss_world *world, int32_t plan);
/** A flight that no plan names, of type `vehicle` and identity `hash` (from the rule
 * that makes it and its occurrence); -1 (and a failed replication) when
 *  scenario.max_generated is used up. */
int32_t iss_flight_generate(struct iss_world *world, int32_t vehicle, uint64_t hash);
/** Take the next unit off the vehicle's line: when it is ready, not before the debut of
 *  its type; ISS_NEVER if none comes, or the type is retired.  A fleet's are ready as
 * far as that goes: iss_fleet_free_from. */
int64_t iss_line_take(struct iss_world *world, int32_t vehicle);
/** From when on a vehicle of the type can be launched as far as its fleet goes, which
 *  may be now or earlier; ISS_NEVER while none is on the ground, or being refurbished,
 *  for it.  Always now for a type without a fleet. */
int64_t iss_fleet_free_from(const struct iss_world *world, int32_t vehicle);
/** The flight is launched now; its vehicle is away from its fleet, if it is of one. */
void iss_fleet_launch(struct iss_world *world, int32_t flight);
/** The flight has landed. */
void iss_fleet_land(struct iss_world *world, int32_t flight);
/** The forecast begins: when the vehicles of fleets are back is drawn. */
void iss_fleets_begin(struct iss_world *world);
/** NULL, or what is wrong with the lists of those away. */
const char *iss_fleet_check(const struct iss_world *world);

/* ---- spacewalks, evas.c -------------------------------------------------------- */

/** `count` people go outside by a rule until `until_us`; `inside` (-1: nobody) helps.
 *  `unit` (-1: none) is what they repair, `hash` the outing's identity.  None of them
 *  works inside meanwhile. */
void iss_eva_begin(struct iss_world *world, int32_t rule, const int32_t *people,
                   int32_t count, int32_t inside, int64_t until_us, int32_t unit,
                   uint64_t hash);

/** They are back. */
void iss_eva_finish(struct iss_world *world, int32_t rule);

/** Whether somebody is outside now by the rule. */
bool iss_eva_under_way(const struct iss_world *world, int32_t rule);

/** From when on an outing in the suits (-1: any) can begin, which may be now or
 * earlier; ISS_NEVER when they are out of use for good, unless that is waived. */
int64_t iss_suits_free_from(const struct iss_world *world, int32_t suits, bool waived);

/** Nobody is to go outside in the suits until `until_us`; false when nothing changes.
 */
bool iss_suits_stand_down(struct iss_world *world, int32_t suits, int64_t until_us);

/** The errand of a unit that is repaired outside, by its number; NULL for any other. */
static inline struct iss_errand *
iss_unit_errand(const struct iss_world *world, int32_t unit)
{
    if (world->model->upkeep.errands == 0) {
        return NULL;
    }
    const struct iss_system *system =
        iss_model_system(world->model, world->units[unit].system);

    return system->first_errand < 0
               ? NULL
               : &world->errands[system->first_errand + unit - system->first_unit];
}

/** A unit's repair outside comes up, now, and takes so many outings: into the line,
 *  behind those of its priority or a higher one. */
void iss_errand_open(struct iss_world *world, int32_t unit, int32_t outings);

/** It is done. */
void iss_errand_close(struct iss_world *world, int32_t unit);

/* ---- people and seats ---------------------------------------------------------- */

/** Whether the person is on the ground, and of a partner who still takes part. */
bool iss_person_flies(const struct iss_world *world, int32_t person);
/** A team sits down in its vehicle and is launched, without those who aren't on the
 *  ground (still up because their stay became longer) or alive. */
void iss_team_board(struct iss_world *world, int32_t team, int32_t flight);
void iss_person_arrive(struct iss_world *world, int32_t person);
/** Leave the station in `flight`, giving up any seat elsewhere. */
void iss_person_leave(struct iss_world *world, int32_t person, int32_t flight);
/** The stay ends on the ground, alive or not. */
void iss_person_land(struct iss_world *world, int32_t person, bool alive);
/** Whether the person lives aboard, and isn't on a short visit. */
bool iss_person_resides(const struct iss_world *world, int32_t person);
/** Whether an expedition begins by rule when a crew leaves: somebody counts them, and
 *  the record, which has the last word until the forecast begins, says no more. */
bool iss_command_by_rule(const struct iss_world *world);
/** Command goes to a resident aboard; in an expedition with this number.  All residents
 *  belong to it from then on. */
void iss_command_take(struct iss_world *world, int32_t number, int32_t person);
/** The person, aboard, dies there. */
void iss_person_die(struct iss_world *world, int32_t person);
/** The person, aboard, is on the ground at once: without a vehicle. */
void iss_person_vanish(struct iss_world *world, int32_t person);
/** Hold a seat in `flight` and none elsewhere; ISS_SEAT_NONE to hold none at all.
 *  A vehicle without such a seat left fails the replication (ISS_ERR_INVARIANT). */
void iss_seat_take(struct iss_world *world, int32_t person, int32_t flight,
                   enum iss_seat_kind kind);
/** Somebody aboard is struck by what makes people go home early. */
void iss_person_ail(struct iss_world *world, int32_t person);
/** Somebody aboard is to go home early, for the failure `mode` (-1: another reason),
 * and waits for a relief no longer than until `limit_us`. */
void iss_person_indicate(struct iss_world *world, int32_t person, int32_t mode,
                         int64_t limit_us);
/** Seats of `kind` free in `flight`. */
int32_t iss_seats_free(const struct iss_world *world, int32_t flight,
                       enum iss_seat_kind kind);

#endif
