/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_sense_cadence.c - rules that make no sense are refused, and what they make. */
#include "unit/model/finding.h"

#include "model/cadence.h"

#define SUPPLY "cadence.supply={vehicle='barge'; first=@10; interval=80;}"
#define TAXI                                                                           \
    "cadence.taxi={vehicle='capsule'; first=@90; interval=90; relieves='First'; "      \
    "crew=({segment='core';}, {segment='lab';});}"

static void
a_rule_takes_time_and_begins_in_the_forecast(void **state)
{
    (void)state;
    assert_finding(NULL, SET(SUPPLY));
    assert_finding("first is missing", SET("cadence.supply={vehicle='barge'; "
                                           "interval=80;}"));
    assert_finding("interval is missing",
                   SET("cadence.supply={vehicle='barge'; first=@10;}"));
    assert_finding("cadence.supply.interval: must take time",
                   SET(SUPPLY, "cadence.supply.interval=0"));
    assert_finding("cadence.supply.interval: must take time",
                   SET(SUPPLY, "cadence.supply.interval={dist='exponential'; mean=80; "
                               "p_zero=0.01;}"));
    assert_finding(
        "cadence.supply.interval: may make 3.6e+05 flights; allowed 4096",
        SET(SUPPLY, "cadence.supply.interval=0.001", "cadence.supply.first=@0"));
    assert_finding("cadence.supply.first: comes before the forecast begins",
                   SET(SUPPLY, "cadence.supply.first=@-1"));
    assert_finding("cadence.supply.first: comes before the forecast begins",
                   SET(SUPPLY, "scenario.forecast_from=@11"));
    assert_finding("cadence.supply.until: comes before first",
                   SET(SUPPLY, "cadence.supply.until=@9"));
    assert_finding("cadence.supply.anchor: ",
                   SET(SUPPLY, "cadence.supply.anchor=first"));
    assert_finding("\"busy\" is no reason to skip a launch; allowed \"full\"",
                   SET(SUPPLY, "cadence.supply.skip=['full', 'busy']"));
    assert_finding("cadence.supply.port: barge doesn't fit this port",
                   SET(SUPPLY, "ports.odd={segment='lab'; docking='hook';}",
                       "cadence.supply.port='odd'"));
}

static void
the_people_of_a_rule_have_seats_and_a_reason(void **state)
{
    (void)state;
    assert_finding(NULL, SET(TAXI));
    assert_finding("cadence.taxi.crew: more people than seats; got 3; allowed 2",
                   SET(TAXI, "cadence.taxi.crew=({segment='core'; count=3;})"));
    assert_finding("cadence.supply.crew: more people than seats; got 1; allowed 0",
                   SET(SUPPLY, "cadence.supply.crew=({segment='core';})"));
    assert_finding("cadence.taxi.relieves: needs a crew",
                   SET(TAXI, "cadence.taxi.crew=()"));
    assert_finding("cadence.supply.visiting: needs a crew",
                   SET(SUPPLY, "cadence.supply.visiting=true"));
    assert_finding("cadence.taxi.visiting: a short visit relieves nobody",
                   SET(TAXI, "cadence.taxi.visiting=true", "cadence.taxi.stay=9"));
    assert_finding("cadence.taxi.relieves: Second already relieves First",
                   SET(TAXI, "flights.Second={vehicle='capsule'; launch=@80; "
                             "crew=['chen']; relieves='First';}"));
    assert_finding(
        "cadence.taxi.first: comes before the launch of Second, which its crew "
        "relieves",
        SET(TAXI,
            "flights.Second={vehicle='capsule'; launch=@95; "
            "crew=['chen']; relieves='First';}",
            "cadence.taxi.relieves='Second'"));
    assert_finding(NULL, SET(TAXI,
                             "flights.Second={vehicle='capsule'; launch=@85; "
                             "crew=['chen']; relieves='First';}",
                             "cadence.taxi.relieves='Second'"));
    assert_finding("cadence.tug.relieves: taxi already relieves First",
                   SET(TAXI, "cadence.tug={vehicle='capsule'; first=@91; interval=90; "
                             "relieves='First'; crew=({segment='core';});}"));
    assert_finding("no port has this segment",
                   SET(TAXI, "cadence.taxi.crew=({segment='cor';})"));
}

#define FERRY                                                                          \
    "cadence.ferry={vehicle='capsule'; first=@200; interval=90; after='taxi'; "        \
    "crew=({segment='core';});}"

static void
a_rule_goes_on_from_one_that_ends(void **state)
{
    (void)state;
    assert_finding(NULL, SET(TAXI, FERRY, "cadence.taxi.until=@199"));
    assert_finding("cadence.ferry.after: taxi doesn't end before this rule begins",
                   SET(TAXI, FERRY));
    assert_finding("cadence.ferry.after: taxi doesn't end before this rule begins",
                   SET(TAXI, FERRY, "cadence.taxi.until=@200"));
    assert_finding("cadence.ferry.after: needs crews that stay",
                   SET(TAXI, "cadence.taxi.until=@199",
                       "cadence.ferry={vehicle='barge'; first=@200; interval=90; "
                       "after='taxi';}"));
    assert_finding(
        "cadence.tug.relieves: its first crew relieves the last one of taxi",
        SET("cadence.taxi={vehicle='capsule'; first=@9; interval=90; until=@99; "
            "crew=({segment='core';});}",
            "cadence.tug={vehicle='capsule'; first=@200; interval=90; "
            "after='taxi'; relieves='First'; crew=({segment='core';});}"));
    assert_finding("cadence.z.after: ferry already goes on from taxi",
                   SET(TAXI, FERRY, "cadence.taxi.until=@199",
                       "cadence.z={vehicle='capsule'; first=@210; interval=90; "
                       "after='taxi'; crew=({segment='core';});}"));
}

static void
assert_warning(const char *message, const char *const *sets)
{
    struct outpost outpost;

    outpost_load(&outpost, outpost_text, sets);
    assert_int_equal(outpost.status, ISS_OK);
    assert_int_equal(outpost.diag.kept, 1);
    if (strstr(outpost.diag.entries[0].text, message) == NULL) {
        fail_msg("expected: %s\ngot:      %s", message, outpost.diag.entries[0].text);
    }
    outpost_clear(&outpost);
}

static void
what_is_rather_forgotten_is_told(void **state)
{
    (void)state;
    assert_warning(
        "cadence.tug: crew is missing",
        SET("cadence.tug={vehicle='capsule'; first=@91; interval=90; stay=9;}"));
    assert_warning(
        "cadence.taxi: stay is missing, so that its flights keep their ports",
        SET(TAXI, "cadence.taxi.relieves={}", "remove=['cadence.taxi.relieves']",
            "cadence.taxi.visiting=true"));
}

static double
room(const char *interval, const char *setting)
{
    char text[160];
    snprintf(text, sizeof text, "cadence.supply.interval=%s", interval);
    struct iss_model *model = outpost_model(SET(SUPPLY, text, setting));
    int32_t count = iss_model_cadence(model, 0)->room;

    assert_int_equal(count, model->flights.count - model->named_flights);
    iss_model_free(model);
    return count;
}

static void
a_rule_has_room_for_what_it_may_make(void **state)
{
    (void)state;
    /* 350 days: 0, 80 ... 320 days after the first, and one beyond the end */
    assert_true(room("80", "scenario.end=@360") == 6);
    assert_true(room("350", "scenario.end=@360") == 3);
    assert_true(room("80", "cadence.supply.until=@100") == 3);
    assert_true(room("80", "cadence.supply.first=@361") == 0);
    assert_true(room("80", "scenario.mode='replay'") == 0);
    /* a Poisson number with mean 10: 10^-12 is exceeded at 43 */
    double random = room("{dist='exponential'; mean=35;}", "scenario.end=@360");
    assert_true(random > 43 && random < 60);
    double known = room("{dist='uniform'; min=70; max=90;}", "scenario.end=@360");
    assert_true(known >= 6 && known <= 8);
    double unknown =
        room("{dist='exponential'; mean={uncertain={dist='uniform'; min=30; "
             "max=40;};};}",
             "scenario.end=@360");
    assert_true(unknown > 3 * random);
}

static void
flights_and_people_are_called_by_rule_and_number(void **state)
{
    struct iss_model *model = outpost_model(
        SET(TAXI, "cadence.taxi.name='Taxi'", "cadence.taxi.number=81",
            "cadence.taxi.crew=({segment='lab'; agency='A'; role='commander';}, "
            "{segment='core';})"));
    const struct iss_cadence *rule = iss_model_cadence(model, 0);
    const struct iss_flight_plan *first = iss_model_flight_plan(model, rule->from);
    const struct iss_flight_plan *second = iss_model_flight_plan(model, rule->from + 1);
    const struct iss_crew_member *ada =
        iss_model_crew_member(model, second->crew.at[0]);
    const struct iss_crew_member *bob =
        iss_model_crew_member(model, second->crew.at[1]);

    (void)state;
    assert_string_equal(first->entity.id, "taxi/1");
    assert_string_equal(first->entity.name, "Taxi 81");
    assert_int_equal(first->relieves, 0);
    assert_string_equal(second->entity.id, "taxi/2");
    assert_string_equal(second->entity.name, "Taxi 82");
    assert_int_equal(second->relieves, rule->from);
    assert_string_equal(ada->entity.id, "taxi/2/1");
    assert_string_equal(ada->entity.name, "Taxi 82, commander");
    assert_string_equal(ada->agency, "A");
    assert_string_equal(bob->entity.name, "Taxi 82, second");
    assert_true(ada->segment != bob->segment);
    assert_int_equal(model->crew.count - model->named_people, 2 * rule->room);
    iss_model_free(model);
    model = outpost_model(SET(TAXI, "cadence.taxi.name='Taxi-'"));
    rule = iss_model_cadence(model, 0);
    assert_string_equal(iss_model_flight_plan(model, rule->from)->entity.name,
                        "Taxi-1");
    iss_model_free(model);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rule_takes_time_and_begins_in_the_forecast),
        cmocka_unit_test(the_people_of_a_rule_have_seats_and_a_reason),
        cmocka_unit_test(a_rule_goes_on_from_one_that_ends),
        cmocka_unit_test(what_is_rather_forgotten_is_told),
        cmocka_unit_test(a_rule_has_room_for_what_it_may_make),
        cmocka_unit_test(flights_and_people_are_called_by_rule_and_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
