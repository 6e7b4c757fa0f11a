/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_sense_launch.c - rockets, families and pads that don't go together are refused.
 */
#include "unit/model/finding.h"

#define KIN "families.kin={}", "launch_systems.light={family='kin';}"

/* The warning about the outpost with `sets`; it has no error. */
static void
assert_warning(const char *message, const char *const *sets)
{
    struct outpost outpost;

    outpost_load(&outpost, outpost_text, sets);
    assert_int_equal(outpost.status, ISS_OK);
    if (message == NULL) {
        assert_int_equal(outpost.diag.kept, 0);
    } else {
        assert_true(outpost.diag.kept > 0);
        if (strstr(outpost.diag.entries[0].text, message) == NULL) {
            fail_msg("expected: %s\ngot:      %s", message,
                     outpost.diag.entries[0].text);
        }
    }
    outpost_clear(&outpost);
}

static void
a_family_says_how_long_its_rockets_stand_down(void **state)
{
    (void)state;
    assert_finding(NULL, SET(KIN));
    assert_finding("launch_systems.light.stand_down: is for rockets without a family; "
                   "this one's is families.kin.stand_down",
                   SET(KIN, "launch_systems.light.stand_down=3"));
    assert_finding("families.kin.external: must take time",
                   SET(KIN, "families.kin.external=0"));
    assert_finding(
        "launch_systems.light.family: not found in families; got \"kim\"; did "
        "you mean kin?",
        SET(KIN, "launch_systems.light.family='kim'"));
}

static void
crews_that_would_wait_for_ever_are_told(void **state)
{
    (void)state;
    assert_warning("families.kin.crew_after: no cargo vehicle flies on this family",
                   SET(KIN, "families.kin.crew_after=1"));
    assert_warning(NULL, SET(KIN, "families.kin.crew_after=1",
                             "vehicles.barge.launch_system='light'"));
    assert_warning(NULL, SET(KIN, "families.kin={crew_after=1; other_launches=5;}"));
}

static void
other_launches_take_time(void **state)
{
    (void)state;
    assert_finding("families.kin.other_launches: must take time; got 0 d in the mean",
                   SET(KIN, "families.kin.other_launches=0"));
    assert_finding(NULL, SET(KIN, "families.kin.other_launches=0.1"));
}

static void
a_crew_fits_the_station(void **state)
{
    (void)state;
    assert_finding(
        "flights.B.crew: more people than station.max_crew; got 2; allowed 1",
        SET("station.max_crew=1", "flights.First.crew=['ada']",
            "flights.B={vehicle='capsule'; launch=@90; undock=@95; "
            "crew=['chen','dana'];}"));
    assert_finding(NULL, SET("station.max_crew=2",
                             "flights.B={vehicle='capsule'; launch=@90; undock=@95; "
                             "crew=['chen','dana'];}"));
}

static void
scrubs_leave_a_chance_and_take_time(void **state)
{
    (void)state;
    assert_finding(NULL, SET("launch_systems.rocket.scrubs=({cause='rain'; "
                             "probability=0.9;})"));
    assert_finding(
        "launch_systems.rocket.scrubs: leave too little chance of a launch; got "
        "probabilities that sum to 1.2; allowed 0.99",
        SET("launch_systems.rocket.scrubs=({cause='rain'; probability=0.9;},"
            "{cause='wind'; probability=0.3;})"));
    assert_finding("launch_systems.rocket.scrubs[0].recycle: must take time",
                   SET("launch_systems.rocket.scrubs=({cause='rain'; probability=0.5; "
                       "recycle=0;})"));
}

static void
a_fleet_has_no_dates_and_comes_back(void **state)
{
    (void)state;
    assert_finding(NULL, SET("lines.pool={fleet=2; refurbishment=9;}",
                             "vehicles.capsule.line='pool'"));
    assert_finding("lines.pool.fleet: stands instead of ready and interval; got both",
                   SET("lines.pool={fleet=2; interval=9;}"));
    assert_warning("lines.pool.refurbishment: is for a fleet; say how many vehicles it "
                   "has (fleet)",
                   SET("lines.pool={refurbishment=9;}"));
    assert_finding(
        "vehicles.barge.line: is a fleet, and this vehicle doesn't come back "
        "(lands); got pool",
        SET("lines.pool={fleet=2;}", "vehicles.barge.line='pool'"));
}

static void
slips_are_listed_by_lead_time(void **state)
{
    (void)state;
    assert_finding(NULL, SET("vehicles.barge.slips=({up_to=90; slip=1;},{up_to=180; "
                             "slip=2;})"));
    assert_finding(
        "vehicles.barge.slips[1].up_to: must be longer than the one before; got "
        "90 d after 90 d",
        SET("vehicles.barge.slips=({up_to=90; slip=1;},{up_to=90; slip=2;})"));
}

static void
an_alternative_is_another_rocket(void **state)
{
    (void)state;
    assert_finding(NULL, SET("launch_systems.light={}",
                             "vehicles.capsule.alternatives=({launch_system='light'; "
                             "lead=9;})"));
    assert_finding(
        "vehicles.capsule.alternatives[0].launch_system: is the rocket that it "
        "flies on anyway; got rocket",
        SET("vehicles.capsule.alternatives=({launch_system='rocket'; "
            "lead=9;})"));
    assert_finding("vehicles.barge.alternatives: needs launch_system",
                   SET("vehicles.barge.alternatives=({launch_system='rocket'; "
                       "lead=9;})"));
    assert_warning(
        "vehicles.barge.alternatives[0].launch_system: is of the family of "
        "light, so that both are grounded together; got heavy",
        SET(KIN, "launch_systems.heavy={family='kin';}",
            "vehicles.barge.launch_system='light'",
            "vehicles.barge.alternatives=({launch_system='heavy'; lead=9;})"));
}

static void
pads_fail_per_launch_and_are_named(void **state)
{
#define PAD        "pads.east={}"
#define FAIL(more) "failures.f={strikes='pad'; " more "}"
#define CLOSED     "effects=({effect='pad_closed';});"

    (void)state;
    assert_finding(NULL, SET(PAD, FAIL(CLOSED)));
    assert_finding(NULL, SET(PAD, FAIL("per='launch'; probability=0.1; " CLOSED)));
    assert_finding("failures.f.per: can't happen to what it strikes",
                   SET(PAD, FAIL("per='docking'; probability=0.1; " CLOSED)));
    assert_finding("failures.f.effects[0]: needs pad: which pad is closed",
                   SET(PAD, "failures.f={strikes='station'; " CLOSED "}"));
    assert_finding("failures.f.effects[0].port: is for port_blocked only",
                   SET(PAD, FAIL("effects=({effect='pad_closed'; port='north';});")));
    assert_finding(
        "failures.f.effects[0]: needs who = \"station\": nobody lives on a pad",
        SET(PAD, FAIL("effects=({effect='evacuate';});")));
    assert_finding("failures.leak.pads: is for strikes = \"pad\" only",
                   SET(PAD, "failures.leak.pads=['east']"));
    assert_finding("this failure needs pad", SET(PAD, FAIL(CLOSED),
                                                 "events.e={at=@9; what='failure'; "
                                                 "failure='f';}"));
    assert_finding(
        "events.e.pad: isn't at risk of f; allowed what failures.f.pads names",
        SET(PAD, "pads.west={}", FAIL("pads=['west']; " CLOSED),
            "events.e={at=@9; what='failure'; failure='f'; pad='east';}"));
    assert_finding("a family_failure needs family",
                   SET("events.e={at=@9; what='family_failure';}"));
    assert_finding("a stand_down needs family",
                   SET("events.e={at=@9; what='stand_down';}"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_family_says_how_long_its_rockets_stand_down),
        cmocka_unit_test(crews_that_would_wait_for_ever_are_told),
        cmocka_unit_test(other_launches_take_time),
        cmocka_unit_test(a_crew_fits_the_station),
        cmocka_unit_test(scrubs_leave_a_chance_and_take_time),
        cmocka_unit_test(a_fleet_has_no_dates_and_comes_back),
        cmocka_unit_test(slips_are_listed_by_lead_time),
        cmocka_unit_test(an_alternative_is_another_rocket),
        cmocka_unit_test(pads_fail_per_launch_and_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
