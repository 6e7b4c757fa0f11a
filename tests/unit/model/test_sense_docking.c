/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_sense_docking.c - profiles, skills and planned moves that make no sense are
 * refused.
 */
#include "unit/model/finding.h"

#define B "flights.B={vehicle='barge'; launch=@10;}"

static void
a_profile_has_a_name_a_share_and_a_time(void **state)
{
#define ROW(row) "vehicles.barge.profiles=({" row "})"
    (void)state;
    assert_finding(NULL, SET(ROW("name='fast'; share=0.5; rendezvous=3;")));
    assert_finding(NULL, SET("vehicles.barge.profiles=({name='a'; share=1; "
                             "rendezvous=3; from=@5; until=@50;},{name='b'; share=1; "
                             "rendezvous=9; from=@20;})")); /* they may overlap */
    assert_finding("vehicles.barge.profiles[0].share: must be above 0; got 0",
                   SET(ROW("name='fast'; share=0; rendezvous=3;")));
    assert_finding("vehicles.barge.profiles[0].share: out of range; got -1",
                   SET(ROW("name='fast'; share=-1; rendezvous=3;")));
    assert_finding("vehicles.barge.profiles[0].name: must say something",
                   SET(ROW("name=''; share=1; rendezvous=3;")));
    assert_finding("name is missing", SET(ROW("share=1; rendezvous=3;")));
    assert_finding("vehicles.barge.profiles[0].until: must come after from",
                   SET(ROW("name='fast'; share=1; rendezvous=3; from=@9; until=@9;")));
}

static void
skills_are_words_of_ones_own(void **state)
{
    struct iss_model *model = outpost_model(SET(B, "crew.ada.skills=['arm','walks']",
                                                "crew.boris.skills=['walks']",
                                                "vehicles.barge.captured_by='arm'"));
    const struct iss_crew_member *ada = iss_model_crew_member(model, 0);
    const struct iss_crew_member *boris = iss_model_crew_member(model, 1);
    int32_t arm =
        iss_model_vehicle(model, outpost_vehicle(model, "barge"))->captured_by;

    (void)state;
    assert_int_equal(model->skills.count, 2);
    assert_string_equal(model->skills.at[arm], "arm");
    assert_int_equal(ada->skills.count, 2);
    assert_true(iss_ids_have(&ada->skills, arm));
    assert_int_equal(boris->skills.count, 1);
    assert_false(iss_ids_have(&boris->skills, arm));
    assert_int_equal(iss_model_crew_member(model, 2)->skills.count, -1);
    assert_int_equal(iss_model_vehicle(model, 0)->captured_by, -1);
    iss_model_free(model);
    assert_finding("crew.ada.skills[1]: named twice", SET("crew.ada.skills=['a','a']"));
    assert_finding("crew.ada.skills: must be a list of words",
                   SET("crew.ada.skills='arm'"));
    assert_finding("crew.ada.skills[0]", SET("crew.ada.skills=[3]"));
    assert_finding("differs from another in case only; got \"Arm\"; did you mean arm?",
                   SET("crew.ada.skills=['arm','Arm']"));
}

static void
somebody_can_capture_what_must_be_captured(void **state)
{
    (void)state;
    assert_finding(
        "vehicles.barge.captured_by: nobody has this skill, so that B could "
        "never be berthed; got \"arm\"; hint: skills = [ \"arm\" ] of somebody "
        "in crew",
        SET(B, "vehicles.barge.captured_by='arm'"));
    assert_finding(
        "got \"robotic\"; did you mean robotics?",
        SET(B, "vehicles.barge.captured_by='robotic'", "crew.ada.skills=['robotics']"));
    /* nothing of the type comes; or the record says that it was berthed */
    assert_finding(NULL, SET("vehicles.barge.captured_by='arm'"));
    assert_finding(NULL,
                   SET(B, "vehicles.barge.captured_by='arm'", "scenario.mode=replay"));
    assert_finding(NULL, SET("vehicles.barge.captured_by='arm'",
                             "flights.B={vehicle='barge'; as_flown={launch=@-5; "
                             "dock=@-4; port='south';};}"));
    assert_finding("nobody has this skill",
                   SET("vehicles.barge.captured_by='arm'",
                       "flights.B={vehicle='barge'; as_flown={launch=@-5;};}"));
}

/* Rules make flights that must be captured, and people who can. */
static void
people_of_a_rule_can_capture_too(void **state)
{
#define SUPPLY "cadence.supply={vehicle='barge'; first=@10; interval=60;}"
#define TAXI(skills)                                                                   \
    "cadence.taxi={vehicle='capsule'; first=@90; interval=150; "                       \
    "crew=({segment='core'; " skills "});}"
    (void)state;
    assert_finding("nobody has this skill, so that supply could never be berthed",
                   SET(SUPPLY, TAXI(""), "vehicles.barge.captured_by='arm'"));
    assert_finding(NULL, SET(SUPPLY, TAXI("skills=['walks','arm'];"),
                             "vehicles.barge.captured_by='arm'"));
    struct iss_model *model = outpost_model(SET(SUPPLY, TAXI("skills=['walks','arm'];"),
                                                "vehicles.barge.captured_by='arm'"));
    const struct iss_crew_member *made =
        iss_model_crew_member(model, model->crew.count - 1);
    assert_true(iss_ids_have(
        &made->skills,
        iss_model_vehicle(model, outpost_vehicle(model, "barge"))->captured_by));
    iss_model_free(model);
}

/* The only warning of the outpost and `sets`; "" without. */
static void
assert_only_warning(const char *message, const char *const *sets)
{
    struct outpost outpost;

    outpost_load(&outpost, outpost_text, sets);
    const char *got = outpost.diag.kept > 0 ? outpost.diag.entries[0].text : "";
    assert_int_equal(outpost.diag.errors, 0);
    assert_int_equal(outpost.diag.warnings, *message != '\0');
    assert_non_null(strstr(got, message));
    outpost_clear(&outpost);
}

/* Whoever has a name leaves one day; those whom rules make are there for ever. */
static void
one_is_warned_of_crews_that_cannot_capture(void **state)
{
#define ARM  "vehicles.barge.captured_by='arm'", "crew.ada.skills=['arm']"
#define STAY "vehicles.barge.stay=20"
    (void)state;
    assert_only_warning(
        "cadence.taxi.crew: no crew that a rule makes can capture barge, such "
        "as supply; hint: skills = [ \"arm\" ] for somebody in it",
        SET(SUPPLY, TAXI(""), ARM, STAY));
    assert_only_warning("", SET(SUPPLY, TAXI("skills=['arm'];"), ARM, STAY));
    assert_only_warning("", SET(SUPPLY, ARM, STAY));   /* no rule makes crews */
    assert_only_warning("", SET(TAXI(""), ARM, STAY)); /* nothing is captured */
    assert_only_warning("",
                        SET(TAXI(""), ARM, STAY, /* unknown to the forecast */
                            "flights.B={vehicle='barge'; as_flown={launch=@99;};}"));
    assert_only_warning("",
                        SET(SUPPLY, TAXI(""), ARM, STAY, "cadence.taxi.visiting=true",
                            "cadence.taxi.stay=9")); /* guests don't matter */
}

static void
planned_moves_are_in_order_and_fit(void **state)
{
#define MOVES(rows) "flights.First.relocations=(" rows ")"
    (void)state;
    assert_finding(NULL, SET(MOVES("{at=@9; port='south';},{at=@12; port='north';}")));
    assert_finding("flights.First.relocations[1].at: must come after the move before",
                   SET(MOVES("{at=@9; port='south';},{at=@9; port='north';}")));
    assert_finding("flights.First.relocations[0].at: must come after launch",
                   SET(MOVES("{at=@-60; port='south';}")));
    assert_finding("flights.First.relocations[0].port: capsule doesn't fit this port",
                   SET(MOVES("{at=@9; port='hatch';}"),
                       "ports.hatch={segment='core'; docking='bolt';}"));
    assert_finding("flights.First.relocations[0]: port is missing",
                   SET(MOVES("{at=@9;}")));
}

/* Likewise for who goes outside; a single spacewalk may be over before. */
static void
one_is_warned_of_crews_that_cannot_go_outside(void **state)
{
#define WALK(more) "eva.walk={segment='core'; first=@5; " more "}"
#define SUIT       "crew.ada.skills=['suit']"
    (void)state;
    assert_only_warning("cadence.taxi.crew: nobody whom a rule brings has the skill "
                        "\"suit\" that eva.walk needs",
                        SET(TAXI(""), SUIT, WALK("interval=30; skill='suit';")));
    assert_only_warning("\"suit\" that eva.walk needs",
                        SET(TAXI(""), SUIT, WALK("interval=30; inside='suit';")));
    assert_only_warning(
        "", SET(TAXI("skills=['suit'];"), SUIT, WALK("interval=30; skill='suit';")));
    assert_only_warning("", SET(TAXI(""), SUIT, WALK("skill='suit';")));
    assert_only_warning("", SET(SUIT, WALK("interval=30; skill='suit';")));
}

static void
one_is_warned_of_a_least_stay_of_people(void **state)
{
    (void)state;
    assert_only_warning("", SET("vehicles.barge.least_stay=20"));
    assert_only_warning(
        "vehicles.capsule.least_stay: has no effect: only cargo ships make way",
        SET("vehicles.capsule.least_stay=20"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_profile_has_a_name_a_share_and_a_time),
        cmocka_unit_test(skills_are_words_of_ones_own),
        cmocka_unit_test(somebody_can_capture_what_must_be_captured),
        cmocka_unit_test(people_of_a_rule_can_capture_too),
        cmocka_unit_test(one_is_warned_of_crews_that_cannot_capture),
        cmocka_unit_test(one_is_warned_of_crews_that_cannot_go_outside),
        cmocka_unit_test(planned_moves_are_in_order_and_fit),
        cmocka_unit_test(one_is_warned_of_a_least_stay_of_people),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
