/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_sense_programme.c - what the partners have agreed on changes something, on a day
 * of the forecast, and doesn't contradict itself.
 */
#include "unit/model/finding.h"

#define ENTRY(id, settings) "programme." id "={at=@50; " settings "}"
#define BARGE               "flights.Barge={vehicle='barge'; launch=@60;}"

/* The only warning about the programme is `message`. */
static void
assert_warning(const char *message, const char *const *sets)
{
    struct outpost outpost;
    int warnings = 0;

    outpost_load(&outpost, outpost_text, sets);
    for (size_t i = 0; i < outpost.diag.kept; i++) {
        const struct iss_diag_entry *entry = &outpost.diag.entries[i];
        if (entry->severity == ISS_WARNING &&
            strstr(entry->text, "programme.") != NULL) {
            warnings++;
            if (strstr(entry->text, message) == NULL) {
                fail_msg("expected: %s\ngot:      %s", message, entry->text);
            }
        }
    }
    assert_int_equal(warnings, 1);
    assert_int_equal(outpost.status, ISS_OK);
    outpost_clear(&outpost);
}

static void
an_entry_changes_something(void **state)
{
    (void)state;
    assert_finding(NULL, SET(ENTRY("few", "max_crew=2;")));
    assert_finding("programme.idle: changes nothing; allowed retires, debuts",
                   SET(ENTRY("idle", "name='a party';")));
    assert_finding("programme.idle: at is missing", SET("programme.idle={ends=true;}"));
}

static void
its_date_is_one_of_the_forecast(void **state)
{
    (void)state;
    assert_finding("programme.end.at: lies before the forecast begins",
                   SET("programme.end={at=@-5; ends=true;}"));
    assert_finding("programme.end.at: lies before the forecast begins",
                   SET(ENTRY("end", "ends=true;"), "scenario.forecast_from=@60"));
    assert_finding(NULL, SET(ENTRY("end", "ends=true;"), "scenario.forecast_from=@60",
                             "scenario.mode='replay'"));
    assert_warning("programme.end.at: lies after the scenario's end",
                   SET("programme.end={at=@400; ends=true;}"));
}

static void
what_it_names_is_known(void **state)
{
    (void)state;
    assert_finding("did you mean barge?", SET(ENTRY("end", "retires=['barges'];")));
    assert_finding("did you mean capsule?", SET(ENTRY("end", "debuts=['capsul'];")));
    assert_finding("no port has this segment; got \"cor\"; did you mean core?",
                   SET(ENTRY("end", "withdraws='cor';")));
    assert_finding("programme.end.deorbit_vehicle",
                   SET(ENTRY("end", "ends=true; deorbit_vehicle='tug';")));
    assert_finding("did you mean withdraws?",
                   SET(ENTRY("end", "withdraw='core'; max_crew=2;")));
    assert_warning("programme.end.retires[0]: no flight and no rule has this type; got "
                   "barge",
                   SET(ENTRY("end", "retires=['barge'];")));
}

static void
only_the_end_has_a_deorbit_vehicle(void **state)
{
    (void)state;
    assert_finding("programme.few.deorbit: is for ends = true only",
                   SET(ENTRY("few", "max_crew=2; deorbit=30;")));
    assert_finding("programme.few.last_crew: is for ends = true only",
                   SET(ENTRY("few", "max_crew=2; last_crew='at_once';")));
    assert_finding("could never end; got barge",
                   SET(ENTRY("end", "ends=true; deorbit_vehicle='barge';")));
    assert_finding(NULL,
                   SET(ENTRY("end", "ends=true; deorbit_vehicle='barge';"), BARGE));
    assert_warning("programme.end.deorbit_vehicle: its type has a stay",
                   SET(ENTRY("end", "ends=true; deorbit_vehicle='barge';"), BARGE));
}

static void
seats_are_exchanged_between_crews_that_differ(void **state)
{
    (void)state;
    assert_warning("programme.off.seat_exchange: no crew depends on it",
                   SET(ENTRY("off", "seat_exchange='off';")));
    assert_finding("programme.off.seat_exchange",
                   SET(ENTRY("off", "seat_exchange='none';")));
}

static void
entries_do_not_contradict_each_other(void **state)
{
    (void)state;
    assert_finding("programme.late.debuts[0]: contradicts programme.end, which retires "
                   "barge on 2030-01-31T00:00Z; got 2030-02-20T00:00Z",
                   SET(BARGE, "programme.end={at=@30; retires=['barge'];}",
                       ENTRY("late", "debuts=['barge'];")));
    assert_finding(NULL, SET(BARGE, "programme.end={at=@80; retires=['barge'];}",
                             ENTRY("late", "debuts=['barge'];")));
    assert_finding("programme.z.ends: programme.a ends the mission already",
                   SET(ENTRY("a", "ends=true;"), ENTRY("z", "ends=true;")));
    assert_finding("programme.z.withdraws: programme.a withdraws that segment already",
                   SET(ENTRY("a", "withdraws='lab';"), ENTRY("z", "withdraws='lab';")));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_changes_something),
        cmocka_unit_test(its_date_is_one_of_the_forecast),
        cmocka_unit_test(what_it_names_is_known),
        cmocka_unit_test(only_the_end_has_a_deorbit_vehicle),
        cmocka_unit_test(seats_are_exchanged_between_crews_that_differ),
        cmocka_unit_test(entries_do_not_contradict_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
