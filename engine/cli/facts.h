/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/facts.h - what the program tells people, as JSON for programs.
 *
 * Times are ISO-8601, what has no value is null.  Functions give a new value, NULL
 * without memory; a group or list that a value can't be put into becomes NULL itself,
 * so that nothing is left out unseen and only the whole needs a check.
 */
#ifndef ISS_CLI_FACTS_H
#define ISS_CLI_FACTS_H

#include <stdint.h>

#include <jansson.h>

#include "cli/story.h"
#include "outcome/table.h"

/** Put `value` into a group, or at the end of a list. */
void iss_facts_put(json_t **group, const char *key, json_t *value);
void iss_facts_add(json_t **list, json_t *value);

/** A text, with `?` for what isn't UTF-8; null for NULL. */
json_t *iss_facts_text(const char *text);

/** "2022-12-15T00:45:52Z" of a time since the epoch; null for ISS_NO_TIME. */
json_t *iss_facts_time(int64_t epoch_us, int64_t time_us);

/** A number, or null for NaN and infinity. */
json_t *iss_facts_real(double value);

/** A whole number; above 2^63 - 1, which JSON readers don't take, as text. */
json_t *iss_facts_whole(uint64_t value);

/** Row `row` of `table`, -1 for null, by the column called `name`. */
json_t *iss_facts_name(const struct iss_outcome *outcome, const char *table,
                       int32_t row, const char *column);

/** Title, period, seed, replication, model, settings: an object for more to be put in.
 */
json_t *iss_facts_head(struct iss_outcome *outcome);

/** The lines of the story, as `run` tells them. */
json_t *iss_facts_story(struct iss_outcome *outcome, bool verbose);

/** One line of a story, as an array's element. */
json_t *iss_facts_line(int64_t epoch_us, const struct iss_story_line *line);

/** Every metric with its unit and meaning. */
json_t *iss_facts_metrics(struct iss_outcome *outcome);

/** When the mission ends, since the epoch. */
int64_t iss_facts_end(struct iss_outcome *outcome);

/** Print `root` to stdout and give it back.  The exit code. */
int iss_facts_print(json_t *root);

#endif
