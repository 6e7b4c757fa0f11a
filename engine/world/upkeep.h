/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * world/upkeep.h - systems and what keeps them up: units, spares, jobs, hands.
 *
 * A part of world/world.h.  Everything has a static place: a unit one slot on the
 * calendar for its next failure or the end of its repair, a part one list of orders, a
 * job one place in the queue.  People who can work are bits of a word ("hands"), so
 * that who is idle, trained and able is found without looking at anybody.
 */
#ifndef ISS_WORLD_UPKEEP_H
#define ISS_WORLD_UPKEEP_H

#include <stdbool.h>
#include <stdint.h>

#include "model/model.h"

struct iss_world;

enum iss_unit_phase {
    ISS_UNIT_RUNS,
    ISS_UNIT_LACKS,   /* failed, and waits for a spare */
    ISS_UNIT_QUEUES,  /* has it, if it needs one, and waits for people */
    ISS_UNIT_REPAIRED /* is being */
};

struct iss_unit {
    uint64_t hash;     /* identity in the random streams */
    int64_t failed_us; /* the last time; ISS_NO_TIME never */
    int64_t spare_us;  /* when it had what its repair takes; ISS_NO_TIME not yet */
    int64_t failures;  /* so far */
    int32_t system;
    int32_t next; /* of those that wait for a spare of the kind; -1 */
    uint8_t phase;
};

struct iss_system_state {
    int64_t down_us; /* the last time that it went down; ISS_NO_TIME never */
    int64_t shocks;  /* common causes so far */
    int32_t running; /* units */
};

struct iss_part_state {
    int32_t stock;      /* aboard */
    int32_t ordered;    /* and not yet in a ship */
    int32_t loaded;     /* in ships under way */
    int32_t waiting;    /* units that wait for one */
    int32_t head, tail; /* of these, who has waited longest first; -1 */
    int32_t first;      /* of what is ordered, by when it is ready; -1 */
    int64_t orders;     /* placed so far */
};

struct iss_order {
    int64_t ready_us; /* to be launched, or aboard */
    int32_t part;
    int32_t next; /* of its part, or in its ship; -1 */
    int64_t mass_mg;
};

struct iss_task_state {
    int64_t due_us; /* the last time that it was due, or the first */
    int64_t number; /* of times begun with */
};

/* Jobs: the repairs, one a unit, then the tasks. */
struct iss_job {
    const struct iss_duty *duty;
    uint64_t hands;    /* who is at it; 0: nobody */
    int64_t queued_us; /* when it began to wait for people */
    int64_t since_us;  /* when it was begun, or taken up again */
    int64_t waited_us; /* for people before that */
    int64_t work_us;   /* that it takes; ISS_NO_TIME before it is begun */
    int64_t left_us;   /* of it, at since_us */
    int32_t next;      /* in the queue; -1 */
    bool waits, goes_on;
};

enum { ISS_WORKERS = 64 };

enum iss_absence { ISS_ABSENT_OUTSIDE, ISS_ABSENT_ILL, ISS_ABSENCES };

struct iss_workers {
    uint64_t aboard, idle;
    uint64_t absent[ISS_ABSENCES]; /* aboard, and don't work inside */
    uint64_t trained[ISS_MAX_SEGMENTS];
    int32_t at[ISS_WORKERS]; /* the job of who isn't idle */
    int32_t busy;            /* how many aren't */
    int32_t limit;           /* how many may not be, at one time */
};

struct iss_queue {
    uint32_t levels; /* priorities at which somebody waits, as bits */
    int32_t head[ISS_PRIORITIES], tail[ISS_PRIORITIES];
};

/* ---- units (world/units.c) ----------------------------------------------------- */

/** Put everything of the systems, parts and tasks into its first state. */
void iss_upkeep_place(struct iss_world *world);

/** A running unit fails; whether its system goes down with it. */
bool iss_unit_fail(struct iss_world *world, int32_t unit);

/** A failed unit has what its repair takes. */
void iss_unit_equip(struct iss_world *world, int32_t unit);

/** A failed unit runs again; whether its system comes up with it. */
bool iss_unit_restore(struct iss_world *world, int32_t unit);

/** The part of iss_world_check() that is about all this. */
const char *iss_world_check_upkeep(const struct iss_world *world);

bool iss_system_down(const struct iss_world *world, int32_t system);

/** How long the last repair of a unit has waited for people or, outside, for its first
 *  outing, until `now_us`. */
int64_t iss_unit_waited_us(const struct iss_world *world, int32_t unit, int64_t now_us);

/** An effect of an outage, one of all systems', holds from now on, or does no more. */
void iss_outage_hold(struct iss_world *world, int32_t effect, bool holds);

/* ---- spares (world/spares.c) --------------------------------------------------- */

/** Whether one is aboard, which is then taken. */
bool iss_part_take(struct iss_world *world, int32_t part);

/** The unit waits for a spare; behind those that wait already. */
void iss_part_wait(struct iss_world *world, int32_t unit);

/** Give a spare to the unit that has waited longest; -1 when none is there or nobody
 *  waits. */
int32_t iss_part_serve(struct iss_world *world, int32_t part);

/** What one weighs. */
int64_t iss_part_mass_mg(const struct iss_world *world, int32_t part);

/** How many have to be ordered for the part to be at its target; 0 for one that can't
 *  be. */
int32_t iss_part_missing(const struct iss_world *world, int32_t part);

/** One is ordered and ready at `ready_us`, which may be ISS_NEVER. */
void iss_order_place(struct iss_world *world, int32_t part, int64_t ready_us);

/** What of the part is ready now comes aboard. */
void iss_order_deliver(struct iss_world *world, int32_t part);

/** What is ready now, and fits, goes into the flight, if it brings such parts. */
void iss_order_load(struct iss_world *world, int32_t flight);

/** The mass of the spares in a flight that take room among cargo of a class (-1: of all
 *  together). */
int64_t iss_flight_spares_mg(const struct iss_world *world, int32_t flight,
                             int32_t cargo);

/** Take one out of the flight: aboard, or lost.  Its part; -1 when the flight has none.
 */
int32_t iss_order_unload(struct iss_world *world, int32_t flight, bool aboard);

/* ---- jobs and hands (world/jobs.c) --------------------------------------------- */

/** A job comes up anew, now. */
void iss_job_open(struct iss_world *world, int32_t job);

/** It waits for people. */
void iss_job_queue(struct iss_world *world, int32_t job);

/** Take the job behind `before` (-1: the first) of a priority off the queue. */
void iss_job_take(struct iss_world *world, int32_t level, int32_t before);

/** `hands` begin with the job, or go on with it, now. */
void iss_job_begin(struct iss_world *world, int32_t job, uint64_t hands);

/** The job is done; who was at it is idle. */
void iss_job_end(struct iss_world *world, int32_t job);

/** Who comes can work, unless 64 people can already.  Whoever leaves drops the work,
 *  which waits for others, before all of its priority. */
void iss_workers_join(struct iss_world *world, int32_t person);
void iss_workers_leave(struct iss_world *world, int32_t person);

/** From now on somebody aboard can't work inside, or can again: is outside, or helps;
 * is ill.  What they were at waits for others, as when they leave. */
void iss_workers_absent(struct iss_world *world, int32_t person, enum iss_absence why,
                        bool absent);

#endif
