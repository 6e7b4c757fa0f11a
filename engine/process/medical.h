/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * process/medical.h - the parts of the medical process, for each other.
 *
 *     medical.c         who is at risk, and when the forecast begins and ends
 *     medical_onset.c   when a person falls ill next, and of what
 *     medical_course.c  what an illness leads to
 */
#ifndef ISS_PROCESS_MEDICAL_H
#define ISS_PROCESS_MEDICAL_H

#include "world/world.h"

/** A uniform draw about a condition on a patient's visit. */
double iss_medical_draw(const struct iss_world *world, enum iss_draw_kind kind,
                        int32_t slot, int32_t illness, uint64_t number);

/** The probability (0 to 1) that the patient gets a condition that comes per visit,
 *  spacewalk or particle event. */
double iss_medical_chance(const struct iss_world *world, int32_t slot, int32_t illness);

/** Draw, for a patient who has just been admitted, what comes at most once. */
void iss_medical_draw_once(struct iss_world *world, int32_t slot);

/** What comes at most once has come. */
void iss_medical_cross_out(struct iss_world *world, int32_t slot, int32_t illness);

/** Count an onset; returns how many there were of it before, on this visit. */
uint64_t iss_medical_count(struct iss_world *world, int32_t slot, int32_t illness);

/* Of a block of draws, the part that says when a person may fall ill next, and of
 * what: 32 bits of the first word and all of the second. */
struct iss_medical_chance {
    uint64_t bits[2];
};

/** Let the clock begin for a patient who has just been admitted. */
void iss_medical_start(struct iss_world *world, int32_t slot);

/** The clock of what comes again and again has struck, and runs on; `next` hasn't
 *  decided anything yet. */
void iss_medical_run(struct iss_world *world, int32_t slot,
                     struct iss_medical_chance next);

/** Put the patient's next illness, which event `cause` brings about, on the calendar.
 */
void iss_medical_plan(struct iss_world *world, int32_t slot, uint32_t cause);

/** The patient falls ill now: treatment, impairment, a finding or death to come of it.
 *  Returns what is left of the draws about this onset. */
struct iss_medical_chance iss_medical_strike(struct iss_world *world, int32_t slot,
                                             int32_t illness);

/** The person has gone outside, on the spacewalk `number` (of the rule and its
 *  occurrence, whatever others there are): some conditions come of that. */
void iss_medical_expose(struct iss_world *world, int32_t person, uint64_t number);

#endif
