/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_illness.c - illnesses that are certain, from the onset to the row: what they
 * cost, what they take from the kit, and who goes or dies of them.
 *
 * Ada and Boris are aboard the outpost from the start to day 100.
 */
#include <math.h>

#include "unit/outpost.h"

#include "observe/tables.h"
#include "process/medical.h"
#include "replicate/worker.h"

#define AILS "impairment_1=0.5; duration_1='10 d'; impairment_2=0.2; duration_2='20 d';"
/* Everyone gets it on day 10 and needs two of three pills. */
#define FLU(treated, untreated)                                                        \
    "conditions.flu={process='once'; incidence=1; after=10; items=({item='pill'; "     \
    "count=2;}); outcomes=({care='treated'; " treated                                  \
    "},{care='untreated'; " untreated "});}"
#define KIT "medical.kit='kit'", "kits.kit={items=({item='pill'; count=3;});}"

#define ENDLESS "medical.kit='kit'", "kits.kit={unlimited=true;}"

struct run {
    struct iss_model *model;
    struct iss_worker *worker;
    struct iss_outcome outcome;
    double *metrics;
};

static void
start(struct run *run, const char *const *sets)
{
    struct iss_trace *trace = NULL;

    *run = (struct run){.model = outpost_model(sets)};
    run->metrics = calloc((size_t)iss_metric_count(run->model), sizeof(double));
    struct iss_row row = {.metrics = run->metrics};
    assert_int_equal(iss_worker_new(run->model, &run->worker), ISS_OK);
    assert_int_equal(iss_trace_new(run->model, &run->outcome, &trace), ISS_OK);
    iss_worker_check(run->worker, iss_world_check);
    int status = iss_worker_run(run->worker, 1, 0, trace, &row);
    if (status != ISS_OK) {
        fail_msg("%s: %s", iss_status_text(status), iss_worker_finding(run->worker));
    }
    iss_trace_free(trace);
}

static void
stop(struct run *run)
{
    iss_outcome_clear(&run->outcome);
    iss_worker_free(run->worker);
    iss_model_free(run->model);
    free(run->metrics);
}

static void
assert_metric(const struct run *run, const char *name, double expected)
{
    int32_t index = iss_metric_find(run->model, name);

    assert_true(index >= 0);
    double got = run->metrics[index];
    if (!(fabs(got - expected) <= 1e-9 * (1 + fabs(expected)))) {
        fail_msg("%s is %.15g, not %.15g", name, got, expected);
    }
}

/* The row of event number `number` of the kind; -1 when there are fewer. */
static int64_t
find_event(struct run *run, enum iss_event_kind kind, int number)
{
    struct iss_outcome *outcome = &run->outcome;

    for (size_t i = 0; i < outcome->tables[ISS_TABLE_events].rows; i++) {
        if (iss_at(outcome, events, type, code)[i] == (uint8_t)kind && number-- == 0) {
            return (int64_t)i;
        }
    }
    return -1;
}

static double
value(struct run *run, enum iss_event_kind kind, int number)
{
    int64_t row = find_event(run, kind, number);
    assert_true(row >= 0);
    return iss_at(&run->outcome, events, value, real)[row];
}

static double
day(struct run *run, enum iss_event_kind kind, int number)
{
    int64_t row = find_event(run, kind, number);
    assert_true(row >= 0);
    return iss_days_from_us(iss_at(&run->outcome, events, time, time)[row]);
}

/* ---- time lost ------------------------------------------------------------------ */

static void
phases_follow_each_other_and_the_last_ends_with_the_stay(void **state)
{
    struct run run;

    (void)state;
    start(&run, SET(ENDLESS, FLU(AILS "lasting=0.1;", AILS)));
    assert_metric(&run, "medical_events", 2);
    assert_metric(&run, "quality_time_lost_d",
                  2 * (0.5 * 10 + 0.2 * 20 + 0.1 * (100 - 40)));
    assert_metric(&run, "chi", 100 * (1 - 30.0 / 200));
    assert_true(day(&run, ISS_EVENT_ILLNESS, 0) == 10);
    assert_true(value(&run, ISS_EVENT_ILLNESS, 0) == 0.5);
    stop(&run);
    start(&run, SET(ENDLESS, FLU(AILS, AILS), "medical.scale_impairment=2"));
    assert_metric(&run, "quality_time_lost_d", 2 * (0.5 * 20 + 0.2 * 40));
    stop(&run);
}

static void
impairments_that_overlap_combine(void **state)
{
    static const char twice[] =
        "conditions.cold={process='once'; incidence=1; after=15; outcomes=("
        "{care='treated'; impairment_1=0.4; duration_1='10 d';});}";
    struct run run;

    (void)state;
    start(&run, SET(ENDLESS, FLU("impairment_1=0.5; duration_1='10 d';", ""), twice,
                    "medical.by_condition=true"));
    /* flu alone, both, the cold alone: five days each */
    assert_metric(&run, "quality_time_lost_d", 2 * 5 * (0.5 + 0.7 + 0.4));
    assert_metric(&run, "quality_time_lost.flu_d", 2 * 5 * (0.5 + 0.7 * 5 / 9));
    assert_metric(&run, "quality_time_lost.cold_d", 2 * 5 * (0.4 + 0.7 * 4 / 9));
    assert_metric(&run, "medical_events.cold", 2);
    stop(&run);
}

static void
nobody_falls_ill_while_the_record_is_replayed(void **state)
{
    struct run run;

    (void)state;
    start(&run, SET(KIT, FLU(AILS, AILS), "scenario.forecast_from=@95"));
    assert_metric(&run, "medical_events", 0); /* ten days later they are gone */
    assert_metric(&run, "chi", 100);
    stop(&run);
    start(&run, SET(KIT, FLU(AILS, AILS), "scenario.mode='replay'"));
    assert_metric(&run, "medical_events", 0);
    stop(&run);
}

/* ---- the kit -------------------------------------------------------------------- */

static void
what_the_kit_lacks_leaves_an_illness_between_treated_and_not(void **state)
{
    struct run run;

    (void)state;
    start(&run, SET(KIT, FLU("impairment_1=0.1; duration_1='1 d';",
                             "impairment_1=0.9; duration_1='11 d';")));
    /* The first takes two pills, the second the last one of the two that it needs. */
    assert_true(value(&run, ISS_EVENT_ILLNESS, 0) == 0.1);
    assert_true(value(&run, ISS_EVENT_ILLNESS, 1) == 0.5);
    assert_metric(&run, "quality_time_lost_d", 0.1 * 1 + 0.5 * 6);
    const struct iss_supply *pills = &iss_worker_world(run.worker)->clinic.supplies[0];
    assert_int_equal(pills->left, 0);
    assert_int_equal(pills->used, 3);
    stop(&run);
    start(&run, SET("medical.kit='none'", "kits.none={}",
                    FLU("impairment_1=0.1; duration_1='1 d';",
                        "impairment_1=0.9; duration_1='11 d';")));
    assert_metric(&run, "quality_time_lost_d", 2 * 0.9 * 11);
    stop(&run);
}

static void
a_cargo_ship_brings_what_was_missing_at_its_launch(void **state)
{
    struct run run;

    (void)state;
    start(&run, SET(KIT, FLU(AILS, AILS), "medical.resupplied_by=['barge']",
                    "flights.B={vehicle='barge'; launch=@20;}",
                    "flights.C={vehicle='barge'; launch=@20.5; port='annex';}"));
    assert_true(value(&run, ISS_EVENT_KIT_RESUPPLIED, 0) == 3);
    assert_true(day(&run, ISS_EVENT_KIT_RESUPPLIED, 0) == 21);
    assert_int_equal(find_event(&run, ISS_EVENT_KIT_RESUPPLIED, 1), -1);
    const struct iss_supply *pills = &iss_worker_world(run.worker)->clinic.supplies[0];
    assert_int_equal(pills->left, 3);
    assert_int_equal(pills->delivered, 3);
    stop(&run);
}

static void
what_is_lost_on_its_way_is_sent_again(void **state)
{
    struct run run;

    (void)state;
    start(&run, SET(KIT, FLU(AILS, AILS), "medical.resupplied_by=['barge']",
                    "flights.B={vehicle='barge'; launch=@20;}",
                    "flights.C={vehicle='barge'; launch=@30; port='annex';}",
                    "launch_systems.fragile={success=1;}",
                    "vehicles.barge.launch_system='fragile'",
                    "events.loss={at=@1; what='ascent_failure'; flight='B';}"));
    assert_true(value(&run, ISS_EVENT_KIT_RESUPPLIED, 0) == 3);
    assert_true(day(&run, ISS_EVENT_KIT_RESUPPLIED, 0) == 31);
    stop(&run);
}

/* ---- what it leads to ------------------------------------------------------------ */

static void
a_finding_comes_after_the_assessment(void **state)
{
    struct run run;

    (void)state;
    start(&run, SET(KIT, FLU(AILS "evacuation=1;", AILS "evacuation=1;"),
                    "medical.assessment=3"));
    assert_metric(&run, "medical_evacuations", 2);
    assert_metric(&run, "medical_evacuated", 1);
    assert_true(day(&run, ISS_EVENT_EVACUATION_INDICATED, 0) == 13);
    assert_true(value(&run, ISS_EVENT_EVACUATION_INDICATED, 0) == 1);
    stop(&run);
    start(&run, SET(KIT, FLU(AILS "evacuation=0.25;", AILS "evacuation=0.25;"),
                    "conditions.flu.diagnosis='return'", "medical.scale_evacuation=2"));
    assert_metric(&run, "medical_evacuations", 2);
    assert_true(value(&run, ISS_EVENT_EVACUATION_INDICATED, 0) == 0.5);
    assert_true(day(&run, ISS_EVENT_EVACUATION_INDICATED, 0) == 10);
    stop(&run);
}

static void
who_dies_is_aboard_no_more(void **state)
{
    struct run run;

    (void)state;
    start(&run,
          SET(KIT, FLU(AILS "loss=1;", AILS "loss=1;"), "medical.by_condition=true"));
    assert_metric(&run, "medical_deaths", 2);
    assert_metric(&run, "medical_deaths.flu", 2);
    assert_metric(&run, "medical_lost", 1);
    assert_metric(&run, "crew_lost", 2);
    assert_metric(&run, "crew_days", 20);
    assert_metric(&run, "quality_time_lost_d", 0);
    assert_int_equal(iss_worker_world(run.worker)->people[0].phase, ISS_PERSON_LOST);
    stop(&run);
}

static void
alone_all_that_follows_is_lost(void **state)
{
    struct run run;

    (void)state;
    start(&run, SET(KIT, FLU(AILS "evacuation=1;", AILS "evacuation=1;"),
                    "medical.returns='alone'", "medical.assessment=3"));
    assert_metric(&run, "crew_days", 20);
    assert_metric(&run, "quality_time_lost_d", 2 * (360 - 10));
    assert_metric(&run, "chi", 100 * (1 - 700.0 / 720));
    assert_metric(&run, "medical_evacuations", 2);
    assert_true(day(&run, ISS_EVENT_EVACUATION_INDICATED, 0) == 10);
    stop(&run);
    start(&run,
          SET(KIT, FLU(AILS "loss=1;", AILS "loss=1;"), "medical.returns='alone'"));
    assert_metric(&run, "quality_time_lost_d", 2 * (360 - 10));
    assert_metric(&run, "medical_evacuations", 0);
    assert_metric(&run, "medical_deaths", 2);
    stop(&run);
}

static void
who_goes_outside_is_exposed_to_what_comes_of_that(void **state)
{
    static const char bends[] =
        "conditions.bends={process='eva'; incidence=0.25; risks=({flag='diver'; "
        "factor=4;}); outcomes=({care='treated'; impairment_1=1; duration_1=24;});}";
    struct run run;

    (void)state;
    start(&run, SET(KIT, bends, "crew.ada.risks=['diver']", "scenario.end=@50"));
    assert_metric(&run, "medical_events", 0);
    struct iss_world *world =
        (struct iss_world *)(uintptr_t)iss_worker_world(run.worker);
    assert_true(iss_person_fit(world, 0));
    iss_medical_expose(world, 0);
    assert_int_equal(world->raised_tail - world->raised_head, 1);
    assert_int_equal(world->raised[world->raised_head % world->raised_room].kind,
                     ISS_EVENT_ILLNESS);
    stop(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(phases_follow_each_other_and_the_last_ends_with_the_stay),
        cmocka_unit_test(impairments_that_overlap_combine),
        cmocka_unit_test(nobody_falls_ill_while_the_record_is_replayed),
        cmocka_unit_test(what_the_kit_lacks_leaves_an_illness_between_treated_and_not),
        cmocka_unit_test(a_cargo_ship_brings_what_was_missing_at_its_launch),
        cmocka_unit_test(what_is_lost_on_its_way_is_sent_again),
        cmocka_unit_test(a_finding_comes_after_the_assessment),
        cmocka_unit_test(who_dies_is_aboard_no_more),
        cmocka_unit_test(alone_all_that_follows_is_lost),
        cmocka_unit_test(who_goes_outside_is_exposed_to_what_comes_of_that),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
