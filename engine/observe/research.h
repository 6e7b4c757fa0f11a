/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * observe/research.h - spacewalks, and the crew's hours of research with what takes
 * them.
 *
 *     hours of the residents aboard - illness - spacewalks - outages = done
 *     hours of the nominal crew that aren't there + illness + spacewalks + outages =
 * lost
 */
#ifndef ISS_OBSERVE_RESEARCH_H
#define ISS_OBSERVE_RESEARCH_H

#include "kernel/tally.h"
#include "world/world.h"

struct iss_research_account {
    struct iss_level residents, too_few, ailing, outage; /* 1e-6 h a week, so that sums
                                                            are exact */
    double ill_h;  /* lost to illnesses of model->conditions, */
    double seen_d; /* for so much of clinic.lost_d, */
    double a_day;  /* and what a resident's day is worth from then on */
    int64_t evas, evas_lost;
    int64_t repairs;               /* of the spacewalks: to repair something */
    int64_t eva_us, eva_people_us; /* of spacewalks; of all who took part */
};

/** Begin, with `residents` aboard. */
void iss_research_start(struct iss_research_account *account,
                        const struct iss_world *world, int64_t residents);

/** Who is aboard, or how they are, has changed. */
void iss_research_change(struct iss_research_account *account,
                         const struct iss_world *world, int64_t residents);

/** People have gone outside. */
void iss_research_eva(struct iss_research_account *account,
                      const struct iss_eva_state *eva);

/** Close at `end_us`. */
void iss_research_stop(struct iss_research_account *account,
                       const struct iss_world *world, int64_t end_us);

/** Hours, all missing (NaN) without utilisation.research: done; lost because too few
 *  were aboard, to illness, and to spacewalks, of all who took part. */
double iss_research_done_h(const struct iss_research_account *account,
                           const struct iss_world *world);
double iss_research_crew_h(const struct iss_research_account *account,
                           const struct iss_world *world);
double iss_research_illness_h(const struct iss_research_account *account,
                              const struct iss_world *world);
double iss_research_eva_h(const struct iss_research_account *account,
                          const struct iss_world *world);
/** Lost while systems were down, of the hours of the residents aboard. */
double iss_research_outage_h(const struct iss_research_account *account,
                             const struct iss_world *world);

#endif
