/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * world/patients.h - the health of the people aboard.
 *
 * Everyone aboard in a forecast is a patient, from the arrival or the forecast's begin,
 * whichever is later, to the departure; a slot of the pool is theirs as long.  Where a
 * scenario has no conditions there are no patients, and all of this has no size.
 *
 * A running illness is an ailment: an impairment that is one number in a first phase,
 * another in a second, and a third from then on.  What several ailments leave of a
 * person's working power multiplies: impairments combine as 1 - (1 - f1) (1 - f2) ...
 * Quality time lost is the integral of that.  It is summed when somebody looks, as
 * nothing waits for the ends of phases on the calendar: each patient has a list of
 * them.
 */
#ifndef ISS_WORLD_PATIENTS_H
#define ISS_WORLD_PATIENTS_H

#include <stdbool.h>
#include <stdint.h>

#include "model/model.h"

#define ISS_MAX_PATIENTS 64
#define ISS_MAX_PARCELS  16 /* deliveries for the kit on their way at once */

struct iss_world;
struct iss_stream;

/* A patient and a condition, on this visit. */
struct iss_past {
    uint16_t count; /* how often it has come */
    uint16_t row;   /* 1 + of iss_patient_hazards(); 0 none */
};

/* A hazard of a patient's own: after t days weight/(b + t), with b the condition's. */
struct iss_hazard {
    double weight;
    double bound; /* /d, which it isn't above from now on */
    int32_t illness;
};

/* The end of an illness's phase: from then on so many times as much is left of the
 * patient's working power.  -1 ends a list, in which what comes first stands first. */
struct iss_turn {
    int32_t next;
    int64_t at_us;
    double factor;
};

/* A running illness by itself: where each condition's part in what is lost is to be
 * told, and as long as a finding is to come.  -1 ends a list. */
struct iss_ailment {
    int32_t next;
    int32_t illness;
    int64_t end_us[2];  /* of the first two phases */
    double left[3];     /* of the person's working power in them, and after */
    int64_t finding_us; /* when it turns out that care on the ground may be needed;
                           ISS_NEVER: it doesn't, or has */
    double need;        /* the probability that it is, as known aboard then */
};

struct iss_patient {
    int32_t person;       /* -1: nobody's slot */
    int32_t profile;      /* the person's */
    int32_t turns;        /* the first of the list; -1 */
    int32_t ailments;     /* likewise */
    int32_t hazard_count; /* of iss_patient_hazards() */
    int32_t due_illness, clock_illness, once_illness;
    int64_t begin_us; /* of the exposure */
    int64_t seen_us;  /* up to when the lost time has been summed */
    double power;     /* left to work with at the last look, 0 to 1, but for rounding */
    double lasting;   /* what of it will be left when no phase ends any more */
    int64_t clock_us; /* the next onset of what comes again and again */
    int64_t once_next_us; /* the earliest of iss_patient_once() */
    uint32_t due_cause;   /* the event that brings about the next onset of all */
    double end_d;         /* days of the visit until the mission's end */
    double scale;         /* medical.scale_incidence */
    double prior;         /* /d, with that: of the conditions that are superposed, */
    double columns;       /* of their alias table, over that, */
    double own;           /* of the bounds of iss_patient_hazards(), */
    double fixed;         /* and of the rates in iss_patient_rates() */
    uint64_t hash;        /* identity of the visit in the random streams */
    uint64_t blocks;      /* of candidates drawn so far */
};

/* Medical supplies on their way. */
struct iss_parcel {
    int32_t flight; /* -1: no parcel */
};

/* One item of the kit: initial + delivered = used + left. */
struct iss_supply {
    int32_t left, used, delivered;
};

/* A condition's part in what happened. */
struct iss_harm {
    double lost_d; /* of the quality time lost, in proportion to the impairments */
};

struct iss_clinic {
    bool open;               /* the forecast has begun, and there are conditions */
    int32_t capacity, count; /* patients */
    int32_t reach;           /* slots from here on have never been taken */
    int32_t first_slot;      /* of the calendar, of findings on them */
    int32_t onset_slot;      /* of it, of the earliest illness to come */
    int32_t ailment_room;
    int32_t free_ailment;  /* the first of the unused; -1 */
    int32_t free_turn;     /* likewise; there are two an ailment */
    int32_t ailment_count; /* in use */
    double lost_d;      /* quality time lost, up to when each patient was looked at */
    int64_t exposed_us; /* person-time in which it can be lost, likewise */
    uint64_t particle_events;
    struct iss_patient *patients;
    int64_t *due; /* one a patient, iss_due(): when each falls ill next */
    struct iss_ailment *ailments;
    struct iss_turn *turns;
    struct iss_past *past;       /* capacity x conditions */
    struct iss_hazard *hazards;  /* capacity x those that are mixed */
    int64_t *once_us;            /* capacity x those that come once */
    double *rates;               /* rows of cumulative rates: see patients.c */
    double *numbers;             /* the incidences of an outer point, one a condition */
    struct iss_supply *supplies; /* one an item */
    struct iss_parcel *parcels;  /* ISS_MAX_PARCELS */
    int32_t *parcel_items;       /* ISS_MAX_PARCELS x items */
    struct iss_harm *harms;      /* one a condition, where medical.by_condition */
};

/* ---- life (patients.c) ---------------------------------------------------------- */

/** How many patients, and ailments, a world of the model has room for. */
int32_t iss_clinic_capacity(const struct iss_model *model);
int32_t iss_clinic_ailments(const struct iss_model *model);
/** Rows of clinic.rates: one a patient, or one a profile. */
int32_t iss_clinic_rate_rows(const struct iss_model *model);

/** Nobody is a patient, the kit is full. */
void iss_clinic_init(struct iss_world *world);

/** Set clinic.numbers, and the rates that follow, to what they are in an outer point;
 *  NULL: to their means. */
void iss_clinic_draw(struct iss_world *world, const struct iss_stream *stream);

/** The person, aboard, becomes a patient.  Returns the slot; -1 and a failed
 * replication (ISS_ERR_CAPACITY) when none is left. */
int32_t iss_patient_admit(struct iss_world *world, int32_t person);

/** The person, who has just left or died, is one no more: sums up, frees the slot and
 *  takes what was planned off the calendar. */
void iss_patient_discharge(struct iss_world *world, int32_t person);

/* A time and a slot in one, so that the earliest is found by comparing numbers;
 * ISS_NEVER for a time that doesn't come, or that is 4,500 years away. */
static inline int64_t
iss_due(int64_t time_us, int32_t slot)
{
    return time_us < ISS_NEVER / ISS_MAX_PATIENTS ? time_us * ISS_MAX_PATIENTS + slot
                                                  : ISS_NEVER;
}

/** When somebody falls ill next has changed: put the earliest of all onsets on the
 *  calendar. */
void iss_clinic_call(struct iss_world *world);

/* ---- what runs (ailments.c) ------------------------------------------------------ */

/** What share of the person's working power is lost now. */
double iss_person_impairment(const struct iss_world *world, int32_t person);

/** When the next phase of a running illness ends; ISS_NEVER. */
int64_t iss_person_turn(const struct iss_world *world, int32_t person);

/** Whether the person can work: impaired by less than medical.unfit, not struck by
 *  what makes people go home early, and not to go home early. */
bool iss_person_fit(const struct iss_world *world, int32_t person);

/** Sum up what the patient has lost until now. */
void iss_patient_look(struct iss_world *world, int32_t slot);

/** The patient falls ill: `ailment` (its `next` doesn't matter) runs from now on.  A
 *  pool without room fails the replication (ISS_ERR_CAPACITY). */
void iss_patient_ail(struct iss_world *world, int32_t slot,
                     const struct iss_ailment *ailment);

/** What was to turn out now about an ailment of the patient's has done so. */
void iss_patient_find_out(struct iss_world *world, int32_t slot, int32_t illness);

/** Nothing of what ails the patient matters any more. */
void iss_patient_forget(struct iss_world *world, int32_t slot);

/** The person is gone though the mission goes on: all the time from now to the horizon
 *  is lost. */
void iss_clinic_write_off(struct iss_world *world);

/* ---- what comes (patients.c) ----------------------------------------------------- */

/** Give the patient a hazard of the condition; returns its row, which is new and all
 *  zero but for the condition. */
struct iss_hazard *iss_patient_expose(struct iss_world *world, int32_t slot,
                                      int32_t illness);

/** The number that a patient's incidence of a condition is on this visit, when it is
 *  drawn: without risks and scale. */
double iss_patient_rate(const struct iss_world *world, int32_t slot, int32_t illness);

static inline struct iss_past *
iss_patient_past(const struct iss_clinic *clinic, const struct iss_model *model,
                 int32_t slot)
{
    return clinic->past + (size_t)slot * (size_t)model->conditions.count;
}

static inline struct iss_hazard *
iss_patient_hazards(const struct iss_clinic *clinic, const struct iss_model *model,
                    int32_t slot)
{
    return clinic->hazards + (size_t)slot * (size_t)model->health.sets.mixed.count;
}

/** When each condition that comes at most once will; ISS_NEVER. */
static inline int64_t *
iss_patient_once(const struct iss_clinic *clinic, const struct iss_model *model,
                 int32_t slot)
{
    return clinic->once_us + (size_t)slot * (size_t)model->health.sets.once.count;
}

/** Sums of the rates (/d) of the first, the first two ... of model->health.sets.fixed,
 *  the person's risks taken into account, medical.scale_incidence not. */
const double *iss_patient_rates(const struct iss_world *world, int32_t slot);

/* ---- the kit (kit.c) --------------------------------------------------------------
 */

/** Treat an illness: take what it needs, as far as it is there.  Returns how much of it
 *  that was, 0 to 1: the mean over the items of the share that there was. */
double iss_kit_treat(struct iss_world *world, int32_t illness);

/** NULL, or which invariant of patients and kit is broken. */
const char *iss_clinic_check(const struct iss_world *world);

#endif
