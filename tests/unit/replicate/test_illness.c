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
/* Only who is frail gets it, on day 10. */
#define FRAIL(outcome)                                                                 \
    "conditions.flu={process='once'; incidence=0.5; after=10; risks=({flag='frail'; "  \
    "factor=2;},{flag='sturdy'; factor=0;}); outcomes=({care='treated'; " outcome      \
    "});}",                                                                            \
        "crew.boris.risks=['sturdy']"
#define MORTAL FRAIL("loss=1;")
#define GONE   FRAIL("evacuation=1;")
#define KIT    "medical.kit='kit'", "kits.kit={items=({item='pill'; count=3;});}"

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

/* Who can do nothing at all for a while is as before afterwards. */
static void
total_impairments_overlap_and_pass(void **state)
{
    static const char twice[] =
        "conditions.cold={process='once'; incidence=1; after=15; outcomes=("
        "{care='treated'; impairment_1=1; duration_1='10 d'; impairment_2=0.4; "
        "duration_2='5 d';});}";
    struct run run;

    (void)state;
    /* flu 10 to 20 and 20 to 50, cold 15 to 25 and 25 to 30; nothing is left of Ada and
     * Boris from 10 to 25 */
    for (int shared = 0; shared < 2; shared++) {
        start(&run,
              SET(ENDLESS,
                  FLU("impairment_1=1; duration_1='10 d'; impairment_2=0.2; "
                      "duration_2='30 d'; lasting=0.1;",
                      ""),
                  twice,
                  shared ? "medical.by_condition=true" : "medical.by_condition=false"));
        assert_metric(&run, "quality_time_lost_d",
                      2 * (15 + 5 * (1 - 0.8 * 0.6) + 20 * 0.2 + 50 * 0.1));
        stop(&run);
    }
}

/* It is found out on day 25, ten days after the first phase has ended; nobody acts. */
static void
a_finding_costs_no_time_by_itself(void **state)
{
#define FOUND FLU(AILS "evacuation=0.25;", ""), "conditions.flu.diagnosis='return'"
    struct run run;

    (void)state;
    start(&run, SET(ENDLESS, FOUND, "medical.assessment=15",
                    "medical.by_condition=true", "policy.evacuation_threshold=1"));
    assert_metric(&run, "medical_evacuations", 2);
    assert_metric(&run, "quality_time_lost_d", 2 * (0.5 * 10 + 0.2 * 20));
    assert_metric(&run, "quality_time_lost.flu_d", 2 * (0.5 * 10 + 0.2 * 20));
    stop(&run);
}

/* One clock tells of one cold after the other, but none comes of the one before. */
static void
an_illness_comes_of_the_visit_and_not_of_the_last_illness(void **state)
{
    struct run run;
    int number = 0;
    int64_t row;

    (void)state;
    start(&run, SET(ENDLESS, "conditions.cold={incidence=0.2; outcomes=("
                             "{care='treated';},{care='untreated';});}"));
    struct iss_outcome *outcome = &run.outcome;
    for (; (row = find_event(&run, ISS_EVENT_ILLNESS, number)) >= 0; number++) {
        int32_t cause = iss_at(outcome, events, cause, id)[row];
        assert_true(cause >= 0);
        assert_int_equal(iss_at(outcome, events, type, code)[cause],
                         ISS_EVENT_FORECAST_BEGINS);
    }
    assert_true(number > 10);
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

/* Ada alone dies on day 10; by then a rash has struck her, which would be noticed the
 * day after and send everybody home. */
static void
nothing_more_is_found_out_about_the_dead(void **state)
{
    struct run run;

    (void)state;
    start(&run, SET(ENDLESS, MORTAL, "medical.assessment=1", "crew.ada.risks=['frail']",
                    "failures.rash={strikes='person'; detection=2; assessment=3; "
                    "effects=({effect='evacuate'; who='station';});}",
                    "events.e={at=@9; what='failure'; failure='rash'; person='ada';}"));
    assert_metric(&run, "medical_deaths", 1);
    assert_true(find_event(&run, ISS_EVENT_FAILURE_OCCURS, 0) >= 0);
    assert_int_equal(find_event(&run, ISS_EVENT_FAILURE_DETECTED, 0), -1);
    assert_metric(&run, "evacuations", 0);
    stop(&run);
}

/* Ada, in command, is gone on day 10; on the 30th Boris. */
static void
who_is_gone_alone_leaves_command_and_an_empty_station(void **state)
{
    static const char later[] =
        "conditions.cold={process='once'; incidence=1; after=30; outcomes=("
        "{care='treated'; evacuation=1;});}";
    struct run run;

    (void)state;
    start(&run, SET(ENDLESS, GONE, later, "medical.returns='alone'",
                    "crew.ada.risks=['frail']", "station.expedition=7",
                    "station.uncrewed_life=50"));
    assert_true(day(&run, ISS_EVENT_COMMAND_HANDED_OVER, 0) == 10);
    assert_true(day(&run, ISS_EVENT_STATION_LOST, 0) == 80);
    assert_true(iss_worker_world(run.worker)->command.vacant);
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

static int32_t
room(const char *scale)
{
    struct iss_model *model =
        outpost_model(SET(ENDLESS, scale,
                          "conditions.ache={incidence=0.1; outcomes=({care='treated'; "
                          "impairment_1=0.1; duration_1='30 d';});}"));
    int32_t ailments = iss_clinic_ailments(model);

    iss_model_free(model);
    return ailments;
}

static void
there_is_room_for_what_an_uncertain_scale_may_bring(void **state)
{
#define UNKNOWN "={uncertain={dist='uniform'; min=0; max=20;};}"
    int32_t often = room("medical.scale_incidence=20");
    int32_t longer = room("medical.scale_impairment=20");

    (void)state;
    assert_true(often > 4 * room("medical.scale_incidence=1"));
    assert_true(longer > 3 * room("medical.scale_impairment=1"));
    assert_in_range(room("medical.scale_incidence" UNKNOWN), often - 1, often);
    assert_in_range(room("medical.scale_impairment" UNKNOWN), longer - 1, longer);
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
    iss_medical_expose(world, 0, 0);
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
        cmocka_unit_test(total_impairments_overlap_and_pass),
        cmocka_unit_test(a_finding_costs_no_time_by_itself),
        cmocka_unit_test(an_illness_comes_of_the_visit_and_not_of_the_last_illness),
        cmocka_unit_test(nobody_falls_ill_while_the_record_is_replayed),
        cmocka_unit_test(what_the_kit_lacks_leaves_an_illness_between_treated_and_not),
        cmocka_unit_test(a_cargo_ship_brings_what_was_missing_at_its_launch),
        cmocka_unit_test(what_is_lost_on_its_way_is_sent_again),
        cmocka_unit_test(a_finding_comes_after_the_assessment),
        cmocka_unit_test(who_dies_is_aboard_no_more),
        cmocka_unit_test(nothing_more_is_found_out_about_the_dead),
        cmocka_unit_test(who_is_gone_alone_leaves_command_and_an_empty_station),
        cmocka_unit_test(alone_all_that_follows_is_lost),
        cmocka_unit_test(there_is_room_for_what_an_uncertain_scale_may_bring),
        cmocka_unit_test(who_goes_outside_is_exposed_to_what_comes_of_that),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
