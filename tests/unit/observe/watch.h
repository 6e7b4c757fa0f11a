/* SPDX-License-Identifier: GPL-3.0-or-later */
/* unit/observe/watch.h - gauges that are told events by hand. */
#ifndef ISS_TESTS_UNIT_OBSERVE_WATCH_H
#define ISS_TESTS_UNIT_OBSERVE_WATCH_H

#include "unit/world/by_hand.h"

#include <math.h>

#include "observe/gauges.h"

struct watch {
    struct hand hand;
    struct iss_gauges gauges;
    double metrics[256];
};

/* The outpost with `sets` and with First, which came before the start. */
static inline void
start(struct watch *watch, const char *const *sets)
{
    hand_start(&watch->hand, sets);
    hand_dock(&watch->hand, "First", "north");
    watch->hand.world->flights[0].dock_us = DAYS(-49);
    assert_true(iss_metric_count(watch->hand.model) <= 256);
    assert_int_equal(iss_gauges_init(&watch->gauges, watch->hand.world), ISS_OK);
    iss_gauges_start(&watch->gauges, watch->hand.world);
    watch->hand.world->changed = 0;
}

static inline void
end(struct watch *watch)
{
    iss_gauges_clear(&watch->gauges);
    hand_end(&watch->hand);
}

static inline void
tell(struct watch *watch, double day, enum iss_event_kind kind, int32_t subject,
     double value)
{
    const struct iss_event event = {.time_us = DAYS(day),
                                    .value = value,
                                    .kind = (uint16_t)kind,
                                    .subject = subject,
                                    .object = -1};
    watch->hand.world->now_us = DAYS(day);
    iss_gauges_event(&watch->gauges, watch->hand.world, &event);
    watch->hand.world->changed = 0;
}

static inline double
metric(const struct watch *watch, const char *name)
{
    int32_t index = iss_metric_find(watch->hand.model, name);
    if (index < 0) {
        fail_msg("no metric %s", name);
    }
    return watch->metrics[index];
}

static inline void
finish(struct watch *watch, double day)
{
    iss_gauges_finish(&watch->gauges, watch->hand.world, DAYS(day), watch->metrics);
}

#endif
