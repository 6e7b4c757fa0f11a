/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_sense_crews.c - crews without whom their vehicle or the station needs, and
 * commanders who aren't there, are found; what is rather a mistake is told.
 */
#include "unit/model/finding.h"

#define PILOTED "vehicles.capsule.commander='pilot'"
#define PILOT   "crew.chen.skills=['arm', 'pilot']"
#define SECOND                                                                         \
    "flights.Second={vehicle='capsule'; launch=@90; crew=['chen', 'dana']; "           \
    "relieves='First';}"
#define TAXI(crew)                                                                     \
    "cadence.taxi={vehicle='capsule'; first=@90; interval=90; relieves='First'; "      \
    "crew=(" crew ");}"
#define ALONE                                                                          \
    "flights.Lab={vehicle='capsule'; crew=['eve']; as_flown={launch=@-30; "            \
    "dock=@-29; port='annex';};}"
#define EXPEDITION(id, number, from, who)                                              \
    "expeditions." id "={number=" number "; from=" from "; commander='" who "';}"

/* The only warning of the outpost and `sets`; "" without. */
static void
assert_warning(const char *message, const char *const *sets)
{
    struct outpost outpost;

    outpost_load(&outpost, outpost_text, sets);
    const char *got = outpost.diag.kept > 0 ? outpost.diag.entries[0].text : "";
    assert_int_equal(outpost.status, ISS_OK);
    if (strstr(got, message) == NULL || (*message == '\0') != (*got == '\0')) {
        fail_msg("expected: %s\ngot:      %s", message, got);
    }
    assert_int_equal(outpost.diag.warnings, *message != '\0');
    outpost_clear(&outpost);
}

/* ---- the vehicle's commander --------------------------------------------------- */

static void
a_planned_crew_has_whom_its_vehicle_needs(void **state)
{
    (void)state;
    assert_finding("flights.Second.crew: nobody in it has the skill pilot, without "
                   "which capsule doesn't fly",
                   SET(PILOTED, SECOND));
    assert_finding(NULL, SET(PILOTED, SECOND, PILOT));
    assert_finding(NULL,
                   SET(PILOTED, "flights.Empty={vehicle='capsule'; launch=@90;}"));
}

/* First of the outpost, launched before the start, has nobody with the skill. */
static void
a_crew_of_the_record_is_taken_at_its_word(void **state)
{
    (void)state;
    assert_finding(NULL, SET(PILOTED));
    assert_finding(NULL, SET(PILOTED, SECOND,
                             "flights.Second.as_flown={launch=@90; "
                             "dock=@91; port='south';}",
                             "scenario.forecast_from=@100"));
    assert_finding(
        "flights.Second.crew: nobody",
        SET(PILOTED, SECOND,
            "flights.Second.as_flown={launch=@90; dock=@91; port='south';}"));
    assert_finding(NULL, SET(PILOTED, SECOND, "scenario.mode=replay"));
}

static void
a_crew_that_a_rule_makes_has_whom_its_vehicle_needs(void **state)
{
    (void)state;
    assert_finding("cadence.taxi.crew: nobody in it has the skill pilot",
                   SET(PILOTED, TAXI("{segment='core'; count=2;}")));
    assert_finding(NULL, SET(PILOTED, TAXI("{segment='core';}, {segment='core'; "
                                           "skills=['pilot'];}")));
    assert_finding("cadence.taxi.crew: nobody in it has the skill pilot",
                   SET(PILOTED, TAXI("{segment='core';}, {segment='core'; "
                                     "skills=['pilot']; when='no_exchange';}")));
    assert_finding(NULL, SET(PILOTED,
                             TAXI("{segment='core';}, {segment='core'; "
                                  "skills=['pilot']; when='no_exchange';}"),
                             "policy.seat_exchange=false"));
}

/* ---- segments and seat exchange ------------------------------------------------ */

#define CORE                                                                           \
    "cadence.core={vehicle='capsule'; first=@95; interval=90; crew=({segment='core'; " \
    "count=2;});}"
#define LAB(more)                                                                      \
    "cadence.lab={vehicle='capsule'; first=@80; interval=90; crew=({segment='lab'; "   \
    "count=2; " more "});}"

static void
an_exchange_that_leaves_a_segment_to_one_vehicle_is_told(void **state)
{
    (void)state;
    assert_finding(NULL, SET(CORE, LAB("")));
    assert_warning("cadence.core.crew: has nobody trained for lab, which the crews of "
                   "lab run",
                   SET(CORE, LAB("trained=['core'];")));
    assert_warning("", SET(CORE, LAB(""), "policy.seat_exchange=false"));
    assert_warning("", SET(CORE, LAB("trained=['core'];"),
                           "cadence.core.crew=({segment='core';}, {segment='lab';})"));
    assert_warning(
        "", SET(CORE, LAB(""), "cadence.lab.visiting=true", "cadence.lab.stay=9"));
}

static void
words_of_a_person_are_checked(void **state)
{
    (void)state;
    assert_finding(NULL,
                   SET("crew.ada.trained=['lab']", "crew.ada.roles=['commander']"));
    assert_finding("crew.ada.trained[0]: no port has this segment",
                   SET("crew.ada.trained=['lap']"));
    assert_finding(
        "crew.boris.roles[0]: differs from another in case only",
        SET("crew.ada.roles=['commander']", "crew.boris.roles=['Commander']"));
    assert_finding("cadence.taxi.crew[0].when: ",
                   SET(TAXI("{segment='core'; when='sometimes';}")));
}

static void
without_the_exchange_a_flight_has_its_other_crew(void **state)
{
    struct outpost outpost;
    const char *const with[] = {
        SECOND, "flights.Second.crew_without_exchange=['eve', 'finn']", NULL};
    const char *const without[] = {with[0], with[1], "policy.seat_exchange=false",
                                   NULL};

    (void)state;
    for (int exchange = 0; exchange < 2; exchange++) {
        outpost_load(&outpost, outpost_text, exchange ? with : without);
        assert_int_equal(outpost.status, ISS_OK);
        const struct iss_flight_plan *plan = iss_model_flight_plan(outpost.model, 1);
        assert_int_equal(plan->crew.count, 2);
        assert_string_equal(
            iss_model_crew_member(outpost.model, plan->crew.at[0])->entity.id,
            exchange ? "chen" : "eve");
        outpost_clear(&outpost);
    }
    assert_finding("flights.Second.crew_without_exchange: nobody in it has the skill",
                   SET(PILOTED, PILOT, SECOND, with[1], "policy.seat_exchange=false"));
}

/* ---- the station --------------------------------------------------------------- */

static void
limits_that_the_first_day_breaks_are_told(void **state)
{
    (void)state;
    assert_warning("", SET(ALONE, "station.max_crew=3"));
    assert_warning("station.max_crew: 3 people are aboard at the start; got 2",
                   SET(ALONE, "station.max_crew=2"));
    assert_warning("",
                   SET(ALONE, "flights.Lab.as_flown.undock=@-5", "station.max_crew=2"));
    assert_warning("", SET("station.caretaker_crew=2"));
    assert_warning("station.caretaker_crew: is above min_crew",
                   SET("station.caretaker_crew=3"));
}

static void
a_stay_that_a_relief_overrides_is_told(void **state)
{
    (void)state;
    assert_warning("cadence.taxi.stay: is without effect",
                   SET(TAXI("{segment='core';}"), "cadence.taxi.stay=60"));
    assert_warning("", SET(TAXI("{segment='core';}"), "cadence.taxi.stay=60",
                           "cadence.taxi.until=@200"));
}

/* ---- expeditions --------------------------------------------------------------- */

static void
who_commands_by_the_record_lives_aboard(void **state)
{
    (void)state;
    assert_finding(NULL, SET(EXPEDITION("third", "3", "@-40", "ada")));
    assert_finding(NULL, SET(EXPEDITION("third", "3", "@-49", "ada")));
    assert_finding("expeditions.third.commander: ada doesn't live aboard on 2029-11-12",
                   SET(EXPEDITION("third", "3", "@-50", "ada")));
    assert_finding("expeditions.third.commander: chen doesn't live aboard",
                   SET(EXPEDITION("third", "3", "@-40", "chen")));
    assert_finding(
        "expeditions.third.commander: ada doesn't live aboard",
        SET(EXPEDITION("third", "3", "@-40", "ada"), "flights.First.visitors=['ada']"));
    /* What the forecast doesn't know isn't looked at. */
    assert_finding(NULL, SET(EXPEDITION("third", "3", "@40", "chen")));
}

static void
numbers_of_expeditions_go_up(void **state)
{
    (void)state;
    assert_finding(NULL, SET(EXPEDITION("later", "3", "@-20", "boris"),
                             EXPEDITION("third", "3", "@-40", "ada")));
    assert_finding("expeditions.later.number: is below that of third, which begins "
                   "before it; got 2; allowed from 3 on",
                   SET(EXPEDITION("later", "2", "@-20", "boris"),
                       EXPEDITION("third", "3", "@-40", "ada")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_planned_crew_has_whom_its_vehicle_needs),
        cmocka_unit_test(a_crew_of_the_record_is_taken_at_its_word),
        cmocka_unit_test(a_crew_that_a_rule_makes_has_whom_its_vehicle_needs),
        cmocka_unit_test(an_exchange_that_leaves_a_segment_to_one_vehicle_is_told),
        cmocka_unit_test(words_of_a_person_are_checked),
        cmocka_unit_test(without_the_exchange_a_flight_has_its_other_crew),
        cmocka_unit_test(limits_that_the_first_day_breaks_are_told),
        cmocka_unit_test(a_stay_that_a_relief_overrides_is_told),
        cmocka_unit_test(who_commands_by_the_record_lives_aboard),
        cmocka_unit_test(numbers_of_expeditions_go_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
