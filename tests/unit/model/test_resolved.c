/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_resolved.c - the model's own text, its hash, overrides, and what follows from
 * what was said: teams and the order of launches.
 */
#include "unit/outpost.h"

static void
the_resolved_text_loads_to_the_same_model(void **state)
{
    struct iss_model *model = outpost_model(
        SET("vehicles.capsule.slip={dist='weibull'; shape=1.04; scale=172.9;}",
            "flights.B={vehicle='capsule'; launch=@50; crew=['chen'];}"));
    struct outpost again;

    (void)state;
    outpost_load(&again, model->resolved, NULL);
    assert_int_equal(again.status, ISS_OK);
    assert_string_equal(again.model->resolved, model->resolved);
    assert_string_equal(again.model->hash, model->hash);
    assert_int_equal(strlen(model->hash), 64);
    outpost_clear(&again);
    iss_model_free(model);
}

static void
the_hash_tells_models_apart_and_not_how_they_are_written(void **state)
{
    static const char commented[] = "# a remark\nstation = { min_crew = 3; };\n";
    struct iss_model *plain = outpost_model(NULL);
    struct iss_model *other = outpost_model(SET("station.min_crew=3"));
    struct outpost a, b;

    (void)state;
    assert_string_not_equal(plain->hash, other->hash);
    outpost_load(&a, "scenario={title='T';start=@0;end=@9;};station={min_crew=3;};",
                 NULL);
    char text[256];
    snprintf(text, sizeof text,
             "scenario = { title = 'T'; start = @0; end = @9; };\n%s", commented);
    outpost_load(&b, text, NULL);
    assert_int_equal(a.status, ISS_OK);
    assert_int_equal(b.status, ISS_OK);
    assert_string_equal(a.model->hash, b.model->hash);
    outpost_clear(&a);
    outpost_clear(&b);
    iss_model_free(plain);
    iss_model_free(other);
}

static void
assert_hash(bool same, const char *const *sets)
{
    struct iss_model *plain = outpost_model(SET("study.inner=2"));
    struct iss_model *other = outpost_model(sets);

    if ((strcmp(plain->hash, other->hash) == 0) != same) {
        fail_msg("%s: the hash is %s", sets[0], same ? "another" : "the same");
    }
    iss_model_free(plain);
    iss_model_free(other);
}

static void
what_changes_no_row_is_no_part_of_the_hash(void **state)
{
    (void)state;
    assert_hash(true, SET("study.replications=7", "study.inner=2"));
    assert_hash(true, SET("study.inner=2", "study.precision=['launches=1 %']"));
    assert_hash(true, SET("study.inner=2", "study.max_replications=5000"));
    assert_hash(true, SET("study.inner=2", "study.confidence=0.9"));
    assert_hash(true, SET("study.inner=2", "study.series=[]", "study.grid=9"));
    assert_hash(true, SET("study.inner=2", "study.block=64"));
    assert_hash(false, SET("study.inner=3"));
    assert_hash(false, SET("study.seed=2", "study.inner=2"));
    assert_hash(false, SET("study.inner=2", "station.min_crew=1"));
    assert_hash(false, SET("study.replications=7")); /* inner is another */
}

static void
a_study_that_changes_no_row_is_like_none(void **state)
{
    struct iss_model *none = outpost_model(NULL);
    struct iss_model *some = outpost_model(SET("study.replications=7"));

    (void)state;
    assert_string_equal(none->hash, some->hash);
    iss_model_free(none);
    iss_model_free(some);
}

static void
the_last_override_wins_and_values_are_replaced_whole(void **state)
{
    struct iss_model *model = outpost_model(
        SET("station.min_crew=3", "station.min_crew=4",
            "vehicles.capsule.slip={dist='exponential'; mean=9; p_zero=1;}",
            "vehicles.capsule.slip={dist='constant'; value=2;}", "station.name=Mir"));
    const struct iss_vehicle *capsule =
        iss_model_vehicle(model, outpost_vehicle(model, "capsule"));

    (void)state;
    assert_int_equal(model->station.min_crew, 4);
    assert_string_equal(model->station.name, "Mir");
    assert_true(iss_dist_quantile(capsule->slip, 0.5) == 2);
    assert_int_equal(capsule->seats, 2);
    iss_model_free(model);
}

static void
an_override_that_is_none_is_told(void **state)
{
    struct outpost outpost;

    (void)state;
    outpost_load(&outpost, outpost_text, SET("station.min_crew=3", "nonsense"));
    assert_int_equal(outpost.status, ISS_ERR_SCENARIO);
    assert_non_null(strstr(outpost.diag.entries[0].text, "--set:2: "));
    outpost_clear(&outpost);
}

static void
flights_are_in_order_of_launch_and_then_of_the_scenario(void **state)
{
    struct iss_model *model =
        outpost_model(SET("flights.Late={vehicle='barge'; launch=@90;}",
                          "flights.SameB={vehicle='barge'; launch=@30;}",
                          "flights.SameA={vehicle='barge'; launch=@30;}"));

    (void)state;
    assert_int_equal(model->flights.count, 4);
    assert_int_equal(model->by_launch[0], outpost_flight(model, "First"));
    assert_int_equal(model->by_launch[1], outpost_flight(model, "SameB"));
    assert_int_equal(model->by_launch[2], outpost_flight(model, "SameA"));
    assert_int_equal(model->by_launch[3], outpost_flight(model, "Late"));
    iss_model_free(model);
}

static void
crews_are_teams_and_the_record_may_name_another_one(void **state)
{
    struct iss_model *model = outpost_model(
        SET("flights.Empty={vehicle='capsule'; launch=@30; crew=['chen'];"
            " as_flown={launch=@31; crew=[];};}",
            "flights.Visit={vehicle='capsule'; launch=@40; crew=['eve']; visiting=true;"
            " as_flown={launch=@41; crew=['finn'];};}"));
    const struct iss_flight_plan *empty =
        iss_model_flight_plan(model, outpost_flight(model, "Empty"));
    const struct iss_flight_plan *visit =
        iss_model_flight_plan(model, outpost_flight(model, "Visit"));
    const struct iss_flight_plan *first =
        iss_model_flight_plan(model, outpost_flight(model, "First"));

    (void)state;
    assert_int_equal(model->teams.count, 4);
    assert_true(empty->team >= 0);
    assert_int_equal(empty->flown_team, -1);
    assert_true(visit->team != visit->flown_team);
    assert_true(iss_model_team(model, visit->flown_team)->visiting);
    assert_int_equal(iss_model_team(model, visit->flown_team)->members.at[0],
                     outpost_person(model, "finn"));
    assert_int_equal(first->flown_team, first->team);
    assert_int_equal(iss_model_team(model, first->team)->members.count, 2);
    iss_model_free(model);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_resolved_text_loads_to_the_same_model),
        cmocka_unit_test(the_hash_tells_models_apart_and_not_how_they_are_written),
        cmocka_unit_test(what_changes_no_row_is_no_part_of_the_hash),
        cmocka_unit_test(a_study_that_changes_no_row_is_like_none),
        cmocka_unit_test(the_last_override_wins_and_values_are_replaced_whole),
        cmocka_unit_test(an_override_that_is_none_is_told),
        cmocka_unit_test(flights_are_in_order_of_launch_and_then_of_the_scenario),
        cmocka_unit_test(crews_are_teams_and_the_record_may_name_another_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
