/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_sense_medical.c - what is said of medical conditions, kits and risks is read as
 * meant, or refused.
 */
#include <math.h>

#include "unit/model/finding.h"

#define KIT            "medical.kit='kit'", "kits.kit={}"
#define TREATED        "outcomes=({care='treated';})"
#define BARE(settings) "conditions.flu={" settings " " TREATED ";}"
#define FLU(settings)  BARE("incidence=0.01; " settings)

static void
conditions_need_a_kit(void **state)
{
    (void)state;
    assert_finding(NULL, SET(KIT, FLU("")));
    assert_finding("medical.kit: is missing", SET(FLU("")));
    assert_finding("medical.kit", SET("medical.kit='kit'", FLU("")));
    assert_finding(NULL, SET("kits.kit={}"));
}

static void
a_kit_lists_each_thing_once_or_has_everything(void **state)
{
    (void)state;
    assert_finding("kits.kit.items[1].item: pill is named twice",
                   SET("kits.kit={items=({item='pill';},{item='pill';});}"));
    assert_finding("kits.kit.items: means nothing",
                   SET("kits.kit={unlimited=true; items=({item='pill';});}"));
    assert_finding("conditions.flu.items[1].item: pill is named twice",
                   SET(KIT, "conditions.flu={incidence=1; items=({item='pill';},"
                            "{item='pill';}); outcomes=({care='treated';},"
                            "{care='untreated';});}"));
}

static void
outcomes_say_each_thing_once(void **state)
{
#define OUTCOMES(rows) "conditions.flu={incidence=0.01; outcomes=(" rows ");}"
    (void)state;
    assert_finding(NULL, SET(KIT, OUTCOMES("{care='treated'; severity='best';},"
                                           "{care='treated'; severity='worst';}")));
    assert_finding("needs a row with care = \"treated\" for each severity",
                   SET(KIT, OUTCOMES("{care='treated'; severity='best';}")));
    assert_finding("needs a row with care = \"treated\"",
                   SET(KIT, OUTCOMES("{care='untreated';}")));
    assert_finding("outcomes[1]: says again what outcomes[0] says",
                   SET(KIT, OUTCOMES("{care='treated';},{care='treated'; "
                                     "severity='best';}")));
    assert_finding("needs a row with care = \"untreated\"",
                   SET(KIT, FLU("items=({item='pill';});")));
}

static void
particle_events_are_not_without_end(void **state)
{
    (void)state;
    assert_finding(NULL, SET(KIT, FLU(""), "medical.particle_events=90"));
    assert_finding("medical.particle_events: makes too many",
                   SET(KIT, FLU(""), "medical.particle_events=0"));
}

static void
an_incidence_fits_its_process(void **state)
{
    (void)state;
    assert_finding("conditions.flu.incidence: is a probability; got values up to 1.5",
                   SET(KIT, BARE("process='once'; incidence=1.5;")));
    assert_finding(NULL, SET(KIT, BARE("process='poisson'; incidence='1.5 /wk';")));
    assert_finding(
        "conditions.flu.incidence: can't be uncertain",
        SET(KIT, BARE("incidence={uncertain={dist='uniform'; min=0; max=1;};}"
                      ";")));
    assert_finding("conditions.flu.after: is for process", SET(KIT, FLU("after=3;")));
    assert_finding("conditions.flu.after: must be one number",
                   SET(KIT, FLU("process='late'; after={dist='uniform'; min=3; "
                                "max=4;};")));
    assert_finding("conditions.flu.process: no such choice",
                   SET(KIT, FLU("process='twice';")));
}

static void
risks_multiply_and_people_with_the_same_share_a_profile(void **state)
{
    struct iss_model *model =
        outpost_model(SET(KIT, "crew.ada.sex='female'", "crew.ada.risks=['diver']",
                          "crew.boris.sex='male'", "crew.chen.sex='male'",
                          FLU("risks=({flag='female'; factor=2;},{flag='diver'; "
                              "factor=3;});")));
    const double *factors = model->health.factors;

    (void)state;
    assert_int_equal(model->health.profiles, 2);
    assert_true(factors[iss_model_crew_member(model, 0)->profile] == 6);
    assert_true(factors[iss_model_crew_member(model, 1)->profile] == 1);
    assert_int_equal(iss_model_crew_member(model, 1)->profile,
                     iss_model_crew_member(model, 2)->profile);
    assert_true(fabs(model->health.clocks[0].prior - 0.06) < 1e-15);
    iss_model_free(model);
    assert_finding("crew.ada.risks: male is said by sex",
                   SET("crew.ada.risks=['male']"));
    assert_finding("conditions.flu.risks[1].flag: diver is named twice",
                   SET(KIT, FLU("risks=({flag='diver'; factor=2;},{flag='diver'; "
                                "factor=2;});")));
}

static void
a_pert_is_three_numbers_or_one(void **state)
{
#define ROW(row) "conditions.flu={incidence=1; outcomes=({care='treated'; " row "});}"
    struct iss_model *model = outpost_model(SET(
        KIT,
        ROW("impairment_1={dist='pert'; min=0; mode='10 %'; max=0.4;}; "
            "duration_1=36; duration_2={dist='pert'; min=1; mode='1 d'; max=48;};")));
    const struct iss_course_table *course =
        &model->health.illnesses[0].courses[0][ISS_CARE_TREATED];

    (void)state;
    assert_true(course->phases.min[0] == 0 && course->phases.mode[0] == 0.1);
    assert_true(course->phases.min[2] == 1.5 && course->phases.max[2] == 1.5);
    assert_true(course->phases.mode[3] == 1 && course->phases.max[3] == 2);
    assert_true(course->phases.max[1] == 0);
    iss_model_free(model);
    assert_finding("impairment_1.dist: only a PERT distribution can be used here; got "
                   "\"uniform\"",
                   SET(KIT, ROW("impairment_1={dist='uniform'; min=0; max=1;};")));
    assert_finding("impairment_1: pert needs min, mode, max",
                   SET(KIT, ROW("impairment_1={dist='pert'; min=0; max=1;};")));
    assert_finding("impairment_1: min, mode and max must not go down",
                   SET(KIT, ROW("impairment_1={dist='pert'; min=0; mode=0.5; "
                                "max=0.4;};")));
    assert_finding("impairment_1: out of range; got 1.5; allowed 0 to 1",
                   SET(KIT, ROW("impairment_1=1.5;")));
    assert_finding("impairment_1.shape: unknown parameter of pert",
                   SET(KIT, ROW("impairment_1={dist='pert'; min=0; mode=0; max=1; "
                                "shape=2;};")));
}

/* How many warnings; the first says `message`, if there is any. */
static void
assert_warnings(int count, const char *message, const char *const *sets)
{
    struct outpost outpost;

    outpost_load(&outpost, outpost_text, sets);
    assert_int_equal(outpost.status, ISS_OK);
    assert_int_equal(outpost.diag.warnings, count);
    if (count > 0) {
        assert_non_null(strstr(outpost.diag.entries[0].text, message));
    }
    outpost_clear(&outpost);
}

static void
a_return_for_a_mere_possibility_is_warned_of(void **state)
{
    const char *unsure = FLU("diagnosis='return';");

    (void)state;
    assert_warnings(1, "conditions.flu.diagnosis: sends people home however",
                    SET(KIT, unsure));
    assert_warnings(0, "", SET(KIT, FLU("")));
    assert_warnings(0, "", SET(KIT, unsure, "policy.evacuation_threshold=0.02"));
    assert_warnings(0, "", SET(KIT, unsure, "medical.returns='alone'"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conditions_need_a_kit),
        cmocka_unit_test(a_kit_lists_each_thing_once_or_has_everything),
        cmocka_unit_test(outcomes_say_each_thing_once),
        cmocka_unit_test(particle_events_are_not_without_end),
        cmocka_unit_test(an_incidence_fits_its_process),
        cmocka_unit_test(risks_multiply_and_people_with_the_same_share_a_profile),
        cmocka_unit_test(a_pert_is_three_numbers_or_one),
        cmocka_unit_test(a_return_for_a_mere_possibility_is_warned_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
