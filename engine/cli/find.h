/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/find.h - what a person typed, found among the names of a result.
 */
#ifndef ISS_CLI_FIND_H
#define ISS_CLI_FIND_H

#include <stdbool.h>
#include <stdint.h>

#include "observe/tables.h"
#include "outcome/table.h"
#include "world/events.h"

/**
 * The row of the flight or person called `text`: by key, whole name, or the
 * end of the name ("Rubio"), upper and lower case being equal.
 *
 * @return the row, or -1 after a complaint with the nearest name, or with all that it
 *         could mean.
 */
int32_t iss_find_flight(struct iss_outcome *outcome, const char *text);
int32_t iss_find_person(struct iss_outcome *outcome, const char *text);

/** The same for whatever events of a kind are about, *party; a unit may also be meant
 * by its system, and who has no table is looked for among flights: *party is then that.
 */
int32_t iss_find_party(struct iss_outcome *outcome, enum iss_party *party,
                       const char *text);

/** The row of the metric called `text`, or -1 after a complaint. */
int32_t iss_find_metric(struct iss_outcome *outcome, const char *text);

/** The kind of event called `text` ("undocked", "failure-occurs"), or -1 after a
 *  complaint. */
int32_t iss_find_kind(const char *text);

/** A date of the mission: of a day alone, its last moment.  Since the epoch;
 * ISS_NO_TIME after a complaint. */
int64_t iss_find_time(struct iss_outcome *outcome, const char *text, bool *whole_day);

#endif
