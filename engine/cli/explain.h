/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/explain.h - the questions that `isssim explain` answers from a finished file.
 *
 * Each function fills an account.  Its story says names; it tells to the account.
 */
#ifndef ISS_CLI_EXPLAIN_H
#define ISS_CLI_EXPLAIN_H

#include "cli/account.h"
#include "cli/story.h"

struct iss_explain {
    struct iss_outcome *outcome;
    struct iss_account account;
    struct iss_story story; /* listens to: the account */
};

/** What led to the event in `row`, and what it led to. */
void iss_explain_event(struct iss_explain *self, int32_t row);

/** The events in `rows`, `count` of them, to choose from. */
void iss_explain_choice(struct iss_explain *self, const int32_t *rows, int32_t count);

/** The station at a moment; `whole_day`: it is the end of a day. */
void iss_explain_at(struct iss_explain *self, int64_t time_us, bool whole_day);

/** A life. */
void iss_explain_person(struct iss_explain *self, int32_t person);
void iss_explain_flight(struct iss_explain *self, int32_t flight);

/** What made the metric in `row` what it is. */
void iss_explain_why(struct iss_explain *self, int32_t row);

/* ---- for them ------------------------------------------------------------------ */

/** Compose one line of the account: between open and close, iss_story_say() and its
 *  like write on self->story. */
void iss_explain_open(struct iss_explain *self);
void iss_explain_close(struct iss_explain *self, int64_t from_us, int64_t until_us,
                       int32_t event, double amount);

/** Whether [start, end), open when end is ISS_NO_TIME, contains the moment. */
bool iss_explain_covers(int64_t start_us, int64_t end_us, int64_t time_us);

/** When the flight became unsafe: the row of VEHICLE_UNSAFE, or -1. */
int32_t iss_explain_damage(const struct iss_explain *self, int32_t flight);

/** Tell the event in `row`, its causes before it. */
void iss_explain_causes(struct iss_explain *self, int32_t row);

/** The event that made `person`'s seat what it is from `time_us` on: of those at that
 *  moment the one about the person, or about `flight`; -1 none. */
int32_t iss_explain_turn(const struct iss_explain *self, int64_t time_us,
                         int32_t person, int32_t flight);

#endif
