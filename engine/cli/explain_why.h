/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/explain_why.h - the parts of a metric.
 */
#ifndef ISS_CLI_EXPLAIN_WHY_H
#define ISS_CLI_EXPLAIN_WHY_H

#include "cli/explain.h"

/* A metric that is being taken apart. */
struct iss_why {
    struct iss_explain *self;
    double value; /* of the metric */
    int64_t end_us;
    double sum; /* of the parts so far */
    int32_t parts;
    const char *segment; /* of unstaffed_<segment>_d: "ros_d"; NULL none */
    int32_t thing;       /* that a column of observe/each.def is about; -1 none */
};

/* Which flights are meant: with ISS_WHY_TYPE and ISS_WHY_PORT those of the type, or at
 * the port, why->thing. */
enum iss_why_scope {
    ISS_WHY_EVERYONE,
    ISS_WHY_CREW,
    ISS_WHY_CARGO,
    ISS_WHY_TYPE,
    ISS_WHY_PORT
};

/* What became of units: of the system why->thing, or of all. */
enum iss_why_units { ISS_WHY_FAILED, ISS_WHY_REPAIRED };

/* Spacewalks, by what they are for. */
enum iss_why_outings { ISS_WHY_PLANNED, ISS_WHY_REPAIRS };

enum iss_why_life { ISS_WHY_CERTIFIED, ISS_WHY_EXTENDED };

/* What of a resource that ran out, or that flights carried. */
enum iss_why_stock { ISS_WHY_TIMES, ISS_WHY_DAYS, ISS_WHY_PORTIONS };
enum iss_why_freight { ISS_WHY_CAME, ISS_WHY_MISSED, ISS_WHY_REFUSED };

enum iss_why_seats {
    ISS_WHY_ANYHOW,
    ISS_WHY_UNSAFE,
    ISS_WHY_EMERGENCY,
    ISS_WHY_IMPROVISED
};

/* The ways of explain.def, one a function; `which` is its third argument. */
#define SUM(metric, function, third)                                                   \
    void iss_why_##function(struct iss_why *why, int which);
#define MEAN SUM
#define WHEN SUM
#define SEE(metric, sentence)
#define EACH(section, name, function, third) SUM(name, function, third)
#include "cli/explain.def"
#undef SUM
#undef MEAN
#undef WHEN
#undef SEE
#undef EACH

/** Days with no resident trained for why->segment. */
void iss_why_unstaffed(struct iss_why *why, int which);

/* ---- for the ways --------------------------------------------------------------- */

/** The end of the station, lost or deorbited, or of the mission: until then somebody or
 * something may be missing there. */
int64_t iss_why_station_end(const struct iss_why *why);

/** The end of an interval, or why->end_us when it has none by then. */
int64_t iss_why_end_or(const struct iss_why *why, int64_t time_us);

/** Close the line with what it adds. */
void iss_why_add(struct iss_why *why, int64_t from_us, int64_t until_us, int32_t event,
                 double amount);

void iss_why_say_until(struct iss_why *why, int64_t end_us);

/** A part that is an event; told by its name and party. */
void iss_why_add_event(struct iss_why *why, const struct iss_happening *event,
                       double amount);

#endif
