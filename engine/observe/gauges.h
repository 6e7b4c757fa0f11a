/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * observe/gauges.h - watches a replication and sums it up in a row of metrics.
 *
 * An observer reads the const world after each event and can't schedule.  It looks only
 * at what the world says has changed.
 */
#ifndef ISS_OBSERVE_GAUGES_H
#define ISS_OBSERVE_GAUGES_H

#include "kernel/tally.h"
#include "observe/accounts.h"
#include "observe/upkeep_account.h"
#include "observe/research.h"
#include "observe/health.h"
#include "outcome/row.h"
#include "world/world.h"

struct iss_gauges {
    struct iss_level crew, below_min, caretaker, uncrewed, unsafe, emergency,
        improvised, lifeboats, no_lifeboat, held, crowded, loitering, grounded, blocked,
        closed, suits_down, limited;
    struct iss_level unstaffed[ISS_MAX_SEGMENTS]; /* one a segment; 1 while nobody is */
    struct iss_accounts by;                       /* type, family, port, role */
    struct iss_upkeep_account upkeep;             /* systems, spares, work */
    struct iss_research_account research;
    struct iss_sample slips;
    struct iss_health_count health;
    int64_t residents; /* aboard now, visitors left out */
    double span_d;     /* start to horizon */
    double rescue_launch_d;
    int64_t early_returns, at_risk, lost, launches, crew_launches, dockings,
        docking_failures, ascent_failures, failures, unsafe_vehicles, lost_vehicles,
        rescues, manifests_swapped, evacuations, evacuations_unsafe, external_failures,
        scrubs, wave_offs, switches, expeditions, skipped, cancelled, advanced, swapped,
        manual_dockings, relocations, sun_waits;
    int64_t losses, losses_max; /* cargo flights in a row that never arrived */
    uint64_t fingerprint, events;
    int32_t
        *about; /* of each of the scenario's metrics: the column it is about, or -1 */
};

/** Gauges for replications of the world's model, one after the other.  ISS_OK or
 *  ISS_ERR_NO_MEMORY; clear them in any case. */
int iss_gauges_init(struct iss_gauges *gauges, const struct iss_world *world);
void iss_gauges_clear(struct iss_gauges *gauges);

/** Read the world as it stands at the scenario's start. */
void iss_gauges_start(struct iss_gauges *gauges, const struct iss_world *world);

/** Take note of `event`, after which `world->changed` says what is different. */
void iss_gauges_event(struct iss_gauges *gauges, const struct iss_world *world,
                      const struct iss_event *event);

/** Close the accounts at `end_us`, those of the station at its end if that is earlier,
 * and fill `metrics`, iss_metric_count() numbers. */
void iss_gauges_finish(struct iss_gauges *gauges, const struct iss_world *world,
                       int64_t end_us, double *metrics);

/** How many metrics rows of this model have. */
int32_t iss_metric_count(const struct iss_model *model);

enum { ISS_METRIC_TEXT = 160 };

/** What metric `index` is.  What has to be made up, the name of the metric of a segment
 * or of another thing or the meaning of one of the scenario's, is written to `text`,
 * cut when it's too long. */
struct iss_metric_info iss_metric_info(const struct iss_model *model, int32_t index,
                                       char text[ISS_METRIC_TEXT]);

/** The index of the metric called `name`, or -1. */
int32_t iss_metric_find(const struct iss_model *model, const char *name);

/** Whether `name` is that of a column of observe/each.def; if so, and `id` isn't NULL,
 *  what it is about is written there: "soyuz_ms" of docked.soyuz_ms_d. */
bool iss_metric_is_each(const char *name, char id[ISS_METRIC_TEXT]);

/** Report to `diag` what can't be of the scenario's own metrics: one with the name of
 * one that every run has, one about a metric that there isn't.  The model can't: it
 * doesn't know the observers' metrics.  ISS_OK or ISS_ERR_SCENARIO. */
int iss_metrics_check(const struct iss_model *model, struct iss_diag *diag);

#endif
