/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * research.c - hours of research by how many live aboard, and what takes them.
 *
 * Who is struck by what makes people go home does nothing more.  What other illnesses
 * cost is the quality time that the patients lose, at the worth of a resident's day: as
 * far as it has been summed up when somebody comes or goes.
 *
 * Hours are taken from what outages leave of them: a spacewalk during an outage that
 * takes all research costs none.
 */
#include "observe/research.h"

#include <math.h>

/* What `crew` residents work at `time_us`, in 1e-6 h a week.  The last row that applies
 * has the most residents and, of those with as many, the latest date. */
static int64_t
rate_of(const struct iss_world *world, int64_t crew, int64_t time_us)
{
    const struct iss_rows *table = &world->model->utilisation.research;
    const struct iss_research *rows = table->items;
    const struct iss_research *row = NULL;

    for (int32_t i = 0; i < table->count && rows[i].crew <= crew; i++) {
        if (rows[i].from_us <= time_us) {
            row = &rows[i];
        }
    }
    return row == NULL ? 0 : llround(iss_world_value(world, &row->hours) * 1e6);
}

/* The first date of a row after `time_us`; ISS_NEVER none. */
static int64_t
next_date(const struct iss_world *world, int64_t time_us)
{
    const struct iss_rows *table = &world->model->utilisation.research;
    const struct iss_research *rows = table->items;
    int64_t next_us = ISS_NEVER;

    for (int32_t i = 0; i < table->count; i++) {
        if (rows[i].from_us > time_us && rows[i].from_us < next_us) {
            next_us = rows[i].from_us;
        }
    }
    return next_us;
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

/* From `time_us` on the hours are those of who is aboard. */
static void
set_rates(struct iss_research_account *account, const struct iss_world *world,
          int64_t time_us)
{
    int64_t rate = rate_of(world, account->crew, time_us);
    int64_t nominal =
        account->gone ? 0
                      : rate_of(world, world->model->utilisation.nominal_crew, time_us);

    int64_t outage = llround((double)rate * account->down), left = rate - outage;

    account->a_day = account->crew > 0 ? (double)(left / account->crew) / 7 * 1e-6 : 0;
    iss_level_set(&account->residents, time_us, rate);
    iss_level_set(&account->too_few, time_us, nominal > rate ? nominal - rate : 0);
    iss_level_set(&account->ailing, time_us,
                  account->crew > 0 ? left * account->ill / account->crew : 0);
    iss_level_set(&account->outage, time_us, outage);
    account->next_us = next_date(world, time_us);
}

/* Rows that begin meanwhile change the hours of who was aboard. */
static void
catch_up(struct iss_research_account *account, const struct iss_world *world,
         int64_t until_us)
{
    while (account->next_us <= until_us) {
        set_rates(account, world, account->next_us);
    }
}

void
iss_research_start(struct iss_research_account *account, const struct iss_world *world,
                   int64_t residents)
{
    *account = (struct iss_research_account){.seen_d = world->clinic.lost_d,
                                             .next_us = next_date(world, 0)};
    iss_level_start(&account->residents, 0, 0);
    iss_level_start(&account->too_few, 0, 0);
    iss_level_start(&account->ailing, 0, 0);
    iss_level_start(&account->outage, 0, 0);
    account->crew = -1; /* so that the first change is one */
    iss_research_change(account, world, residents);
}

void
iss_research_change(struct iss_research_account *account, const struct iss_world *world,
                    int64_t residents)
{
    if (!iss_research_reckoned(world)) {
        return;
    }
    int64_t ill = count_ailing(world);

    see_patients(account, world);
    catch_up(account, world, world->now_us);
    if (account->crew == residents && account->ill == ill &&
        account->down == world->research_lost && account->gone == world->lost) {
        return;
    }
    account->crew = residents;
    account->ill = ill;
    account->down = world->research_lost;
    account->gone = world->lost;
    set_rates(account, world, world->now_us);
}

void
iss_research_eva(struct iss_research_account *account, const struct iss_eva_state *eva)
{
    int64_t lasts_us = eva->until_us - eva->begun_us;

    account->evas++;
    account->repairs += eva->unit >= 0;
    account->eva_us += lasts_us;
    account->eva_people_us +=
        (double)((eva->size + (eva->inside >= 0)) * lasts_us) * (1 - account->down);
}

void
iss_research_handover(struct iss_research_account *account,
                      const struct iss_world *world, double lasts_d)
{
    double left_d = iss_days_from_us(world->model->scenario.end_us - world->now_us);
    account->handover_d += fmin(lasts_d, left_d) * (1 - account->down);
}

void
iss_research_traffic(struct iss_research_account *account,
                     const struct iss_world *world)
{
    account->moves += world->aboard_count > 0 ? 1 - account->down : 0;
}

/* An outage that a repair has just ended lasted as long as the work. */
void
iss_research_work(struct iss_research_account *account,
                  const struct iss_upkeep_account *upkeep)
{
    int64_t repair_us = upkeep->repair_us - upkeep->outings_us;

    account->repair_us +=
        (double)(repair_us - account->seen_repair_us) * (1 - account->down);
    account->task_us +=
        (double)(upkeep->task_us - account->seen_task_us) * (1 - account->down);
    account->seen_repair_us = repair_us;
    account->seen_task_us = upkeep->task_us;
}

void
iss_research_stop(struct iss_research_account *account, const struct iss_world *world,
                  int64_t end_us)
{
    if (iss_research_reckoned(world)) {
        see_patients(account, world);
        catch_up(account, world, end_us);
    }
    iss_level_stop(&account->residents, end_us);
    iss_level_stop(&account->too_few, end_us);
    iss_level_stop(&account->ailing, end_us);
    iss_level_stop(&account->outage, end_us);
}

/* ---- hours --------------------------------------------------------------------- */

static double
hours(const struct iss_level *level)
{
    return iss_level_days(level) / 7 * 1e-6;
}

static double
hours_from_us(double time_us)
{
    return time_us / (double)ISS_US_PER_D * 24;
}

/* What a cause would take of the hours that outages leave, were there enough. */
static double
wanted(const struct iss_research_account *account, const struct iss_world *world,
       enum iss_research_cause cause)
{
    const struct iss_utilisation *use = &world->model->utilisation;

    switch (cause) {
    case ISS_RESEARCH_ILLNESS:
        return hours(&account->ailing) + account->ill_h;
    case ISS_RESEARCH_EVA:
        return hours_from_us(account->eva_people_us);
    case ISS_RESEARCH_MAINTENANCE:
        return iss_world_value(world, &use->repairs) *
                   hours_from_us(account->repair_us) +
               iss_world_value(world, &use->tasks) * hours_from_us(account->task_us);
    case ISS_RESEARCH_HANDOVER:
        return iss_world_value(world, &use->handover) * account->handover_d;
    case ISS_RESEARCH_TRAFFIC:
        return iss_world_value(world, &use->traffic) * account->moves;
    case ISS_RESEARCH_CREW:
    case ISS_RESEARCH_OUTAGE:
    case ISS_RESEARCH_CAUSES:
        break;
    }
    return 0;
}

/* What outages leave of the hours of who is aboard, and what all else wants of it. */
struct demand {
    double left_h, wanted_h;
};

static struct demand
sum_up(const struct iss_research_account *account, const struct iss_world *world)
{
    struct demand sum = {hours(&account->residents) - hours(&account->outage), 0};

    for (int cause = 0; cause < ISS_RESEARCH_CAUSES; cause++) {
        sum.wanted_h += wanted(account, world, (enum iss_research_cause)cause);
    }
    return sum;
}

double
iss_research_done_h(const struct iss_research_account *account,
                    const struct iss_world *world)
{
    struct demand sum = sum_up(account, world);

    return iss_research_reckoned(world) ? fmax(sum.left_h - sum.wanted_h, 0) : NAN;
}

double
iss_research_lost_h(const struct iss_research_account *account,
                    const struct iss_world *world, enum iss_research_cause cause)
{
    struct demand sum = sum_up(account, world);

    if (!iss_research_reckoned(world)) {
        return NAN;
    }
    switch (cause) {
    case ISS_RESEARCH_CREW:
        return hours(&account->too_few);
    case ISS_RESEARCH_OUTAGE:
        return hours(&account->outage);
    case ISS_RESEARCH_CAUSES:
        return hours(&account->too_few) + hours(&account->outage) +
               fmin(sum.wanted_h, sum.left_h);
    default:
        return wanted(account, world, cause) *
               (sum.wanted_h > sum.left_h ? sum.left_h / sum.wanted_h : 1);
    }
}

/* ---- experiments --------------------------------------------------------------- */

/* How many get done in `left_h`, rounding aside. */
static int64_t
count_done(const struct iss_experiment *self, double each_h, double left_h)
{
    double most = left_h > 0 ? floor(left_h / each_h * (1 + 1e-12)) : 0;

    return self->count > 0 && most > (double)self->count ? self->count : (int64_t)most;
}

/* One that isn't done by the end has the rest of the hours, and those after it none. */
void
iss_research_experiments(const struct iss_world *world, double done_h,
                         struct iss_account_experiments *accounts)
{
    const struct iss_model *model = world->model;
    int32_t count = model->experiments.count;

    for (int64_t priority = ISS_PRIORITIES - 1; priority >= 0; priority--) {
        for (int32_t i = 0; i < count; i++) {
            const struct iss_experiment *self = iss_model_experiment(model, i);
            double each_h = iss_world_value(world, &self->hours);
            if (self->priority == priority) {
                accounts[i].done = count_done(self, each_h, done_h);
                done_h = accounts[i].done == self->count
                             ? done_h - (double)self->count * each_h
                             : 0;
            }
        }
    }
}
