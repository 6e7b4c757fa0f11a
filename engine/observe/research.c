/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * research.c - hours of research by how many live aboard, and what takes them.
 *
 * Who is struck by what makes people go home does nothing more.  What other illnesses
 * cost is the quality time that the patients lose, at the worth of a resident's day: as
 * far as it has been summed up when somebody comes or goes.
 */
#include "observe/research.h"

#include <math.h>

static bool
is_reckoned(const struct iss_world *world)
{
    return world->model->utilisation.research.count > 0;
}

/* What `crew` residents work, in 1e-6 h a week. */
static int64_t
rate_of(const struct iss_world *world, int64_t crew)
{
    const struct iss_rows *table = &world->model->utilisation.research;
    const struct iss_research *rows = table->items;
    int64_t rate = 0;

    for (int32_t i = 0; i < table->count && rows[i].crew <= crew; i++) {
        rate = llround(iss_world_value(world, &rows[i].hours) * 1e6);
    }
    return rate;
}

static int64_t
count_ailing(const struct iss_world *world)
{
    int64_t count = 0;

    for (int32_t i = 0; i < world->aboard_count; i++) {
        const struct iss_person *person = &world->people[world->aboard[i]];
        count += person->ailing && !world->stays[person->stay].visiting;
    }
    return count;
}

static void
see_patients(struct iss_research_account *account, const struct iss_world *world)
{
    account->ill_h += account->a_day * (world->clinic.lost_d - account->seen_d);
    account->seen_d = world->clinic.lost_d;
}

void
iss_research_start(struct iss_research_account *account, const struct iss_world *world,
                   int64_t residents)
{
    *account = (struct iss_research_account){.seen_d = world->clinic.lost_d};
    iss_level_start(&account->residents, 0, 0);
    iss_level_start(&account->too_few, 0, 0);
    iss_level_start(&account->ailing, 0, 0);
    iss_level_start(&account->outage, 0, 0);
    iss_research_change(account, world, residents);
}

void
iss_research_change(struct iss_research_account *account, const struct iss_world *world,
                    int64_t residents)
{
    if (!is_reckoned(world)) {
        return;
    }
    int64_t rate = rate_of(world, residents);
    int64_t nominal = world->ending.deorbited
                          ? 0 /* nothing is lost any more */
                          : rate_of(world, world->model->utilisation.nominal_crew);
    int64_t ailing = residents > 0 ? rate * count_ailing(world) / residents : 0;

    see_patients(account, world);
    account->a_day = residents > 0 ? (double)(rate / residents) / 7 * 1e-6 : 0;
    iss_level_set(&account->residents, world->now_us, rate);
    iss_level_set(&account->too_few, world->now_us,
                  nominal > rate ? nominal - rate : 0);
    iss_level_set(&account->ailing, world->now_us, ailing);
    iss_level_set(&account->outage, world->now_us,
                  llround((double)rate * world->research_lost));
}

void
iss_research_eva(struct iss_research_account *account, const struct iss_eva_state *eva)
{
    int64_t lasts_us = eva->until_us - eva->begun_us;

    account->evas++;
    account->repairs += eva->unit >= 0;
    account->eva_us += lasts_us;
    account->eva_people_us += (eva->size + (eva->inside >= 0)) * lasts_us;
}

void
iss_research_stop(struct iss_research_account *account, const struct iss_world *world,
                  int64_t end_us)
{
    see_patients(account, world);
    iss_level_stop(&account->residents, end_us);
    iss_level_stop(&account->too_few, end_us);
    iss_level_stop(&account->ailing, end_us);
    iss_level_stop(&account->outage, end_us);
}

/* ---- hours --------------------------------------------------------------------- */

static double
hours(const struct iss_world *world, const struct iss_level *level)
{
    return is_reckoned(world) ? iss_level_days(level) / 7 * 1e-6 : (double)NAN;
}

double
iss_research_done_h(const struct iss_research_account *account,
                    const struct iss_world *world)
{
    return hours(world, &account->residents) - iss_research_illness_h(account, world) -
           iss_research_eva_h(account, world) - iss_research_outage_h(account, world);
}

double
iss_research_crew_h(const struct iss_research_account *account,
                    const struct iss_world *world)
{
    return hours(world, &account->too_few);
}

double
iss_research_illness_h(const struct iss_research_account *account,
                       const struct iss_world *world)
{
    return hours(world, &account->ailing) + account->ill_h;
}

double
iss_research_eva_h(const struct iss_research_account *account,
                   const struct iss_world *world)
{
    return is_reckoned(world) ? iss_days_from_us(account->eva_people_us) * 24
                              : (double)NAN;
}

double
iss_research_outage_h(const struct iss_research_account *account,
                      const struct iss_world *world)
{
    return hours(world, &account->outage);
}
