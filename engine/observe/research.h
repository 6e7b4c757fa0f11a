/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * observe/research.h - spacewalks, and the crew's hours of research with what takes
 * them.
 *
 *     hours of the residents aboard - illness - spacewalks - maintenance - handovers -
 *         traffic - outages = done
 *     hours of the nominal crew that aren't there + all of these = lost
 *
 * An outage takes its share of what all residents work, and whatever else comes while
 * it lasts takes only the share that it leaves.  Where the rest together would still
 * take more hours than the residents have, each takes its part in proportion, so that
 * nothing is left.
 */
#ifndef ISS_OBSERVE_RESEARCH_H
#define ISS_OBSERVE_RESEARCH_H

#include "kernel/tally.h"
#include "observe/accounts.h"
#include "observe/upkeep_account.h"
#include "world/world.h"

/* What takes hours from research. */
enum iss_research_cause {
    ISS_RESEARCH_CREW, /* too few are aboard */
    ISS_RESEARCH_ILLNESS,
    ISS_RESEARCH_EVA,
    ISS_RESEARCH_MAINTENANCE,
    ISS_RESEARCH_HANDOVER,
    ISS_RESEARCH_TRAFFIC,
    ISS_RESEARCH_OUTAGE, /* systems are down */
    ISS_RESEARCH_CAUSES
};

struct iss_research_account {
    struct iss_level residents, too_few, ailing, outage; /* 1e-6 h a week, so that sums
                                                            are exact */
    int64_t crew;                                        /* residents now, */
    int64_t ill;     /* and those of them who do nothing; */
    double down;     /* the share of their hours that outages take */
    bool gone;       /* the station is: nothing is lost any more */
    int64_t next_us; /* the next date of a row: until then the levels are up to date */
    double ill_h;    /* lost to illnesses of model->conditions, */
    double seen_d;   /* for so much of clinic.lost_d, */
    double a_day;    /* and what a resident's day is worth from then on */
    int64_t evas, evas_lost;
    int64_t repairs; /* of the spacewalks: to repair something */
    int64_t eva_us;  /* of spacewalks */
    /* What takes hours, each weighed with the share that outages left then: */
    double eva_people_us;                 /* of all who took part in spacewalks */
    double repair_us, task_us;            /* people's work */
    double handover_d;                    /* as planned */
    double moves;                         /* dockings and departures */
    int64_t seen_repair_us, seen_task_us; /* so much work is in there */
};

/** Whether the scenario says what people work; if not, no hours are told. */
static inline bool
iss_research_reckoned(const struct iss_world *world)
{
    return world->model->utilisation.research.count > 0;
}

/** Begin, with `residents` aboard. */
void iss_research_start(struct iss_research_account *account,
                        const struct iss_world *world, int64_t residents);

/** Who is aboard, or how they are, has changed. */
void iss_research_change(struct iss_research_account *account,
                         const struct iss_world *world, int64_t residents);

/** People have gone outside. */
void iss_research_eva(struct iss_research_account *account,
                      const struct iss_eva_state *eva);

/** A handover begins that is to last `lasts_d`. */
void iss_research_handover(struct iss_research_account *account,
                           const struct iss_world *world, double lasts_d);

/** A vehicle has come or gone. */
void iss_research_traffic(struct iss_research_account *account,
                          const struct iss_world *world);

/** Work on systems or a task has been done, and is in `upkeep`. */
void iss_research_work(struct iss_research_account *account,
                       const struct iss_upkeep_account *upkeep);

/** Close at `end_us`. */
void iss_research_stop(struct iss_research_account *account,
                       const struct iss_world *world, int64_t end_us);

/** Hours, all missing (NaN) without utilisation.research, none negative: done, and lost
 * by a cause, or by all with ISS_RESEARCH_CAUSES. */
double iss_research_done_h(const struct iss_research_account *account,
                           const struct iss_world *world);
double iss_research_lost_h(const struct iss_research_account *account,
                           const struct iss_world *world,
                           enum iss_research_cause cause);

/** How many of each experiment get done in `done_h` hours of research (NaN: none), one
 *  account an experiment. */
void iss_research_experiments(const struct iss_world *world, double done_h,
                              struct iss_account_experiments *accounts);

#endif
