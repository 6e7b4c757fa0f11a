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
};

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
#include "cli/explain.def"
#undef SUM
#undef MEAN
#undef WHEN
#undef SEE

/** Days with no resident trained for why->segment. */
void iss_why_unstaffed(struct iss_why *why, int which);

#endif
