/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_expeditions.c - expeditions and command: by the record, then by rule.  Ada and
 * Boris are aboard from the start; Second relieves First and docks on day 91, First
 * leaves on day 96; Third does likewise a hundred days later.
 */
#include "unit/replicate/run.h"

#define COUNTED "station.expedition=7"
#define BEGINS  "vehicles.capsule.expeditions='residents'"
#define BY(who) "crew." who ".roles=['commander']"
#define TOLD    "EXPEDITION_BEGINS COMMAND_HANDED_OVER"
#define RECORD(id, number, from, who)                                                  \
    "expeditions." id "={number=" number "; from=" from "; commander='" who "';}"

static void
assert_command(struct run *run, const char *expected)
{
    char got[512] = "";

    for (size_t i = 0; i < run->outcome.tables[ISS_TABLE_expeditions].rows; i++) {
        int64_t end_us = iss_at(&run->outcome, expeditions, end, time)[i];
        int32_t who = iss_at(&run->outcome, expeditions, commander, id)[i];
        sprintf(got + strlen(got), "%d %s %g-%g\n",
                (int)iss_at(&run->outcome, expeditions, number, count)[i],
                iss_at(&run->outcome, people, id, text)[who],
                iss_days_from_us(iss_at(&run->outcome, expeditions, start, time)[i]),
                end_us == ISS_NO_TIME ? -1 : iss_days_from_us(end_us));
    }
    assert_string_equal(got, expected);
}

/* The expeditions of a person's stay, as the table of crews has them. */
static const char *
expeditions_of(struct run *run, const char *person)
{
    int32_t id =
        outpost_find(&run->model->crew, sizeof(struct iss_crew_member), person);
    for (size_t i = 0; i < run->outcome.tables[ISS_TABLE_crew].rows; i++) {
        if (iss_at(&run->outcome, crew, person, id)[i] == id) {
            return iss_at(&run->outcome, crew, expeditions, text)[i];
        }
    }
    return "no stay";
}

static void
nobody_counts_unless_asked(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(SECOND, THIRD, BEGINS));
    ASSERT_STORY(&run, TOLD " EXPEDITION_DUE", "");
    ASSERT_METRIC(&run, "expeditions", 0);
    assert_command(&run, "");
    assert_string_equal(expeditions_of(&run, "ada"), "");
    run_end(&run);
}

static void
an_expedition_begins_when_residents_leave(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(SECOND, THIRD, COUNTED, BEGINS));
    ASSERT_STORY(&run, TOLD, "96 EXPEDITION_BEGINS chen\n196 EXPEDITION_BEGINS eve\n");
    assert_true(run_value(&run, ISS_EVENT_EXPEDITION_BEGINS) == 8);
    ASSERT_METRIC(&run, "expeditions", 2);
    assert_command(&run, "7 ada 0-96\n8 chen 96-196\n9 eve 196-300\n");
    assert_string_equal(expeditions_of(&run, "boris"), "7");
    assert_string_equal(expeditions_of(&run, "dana"), "7-8");
    run_end(&run);
}

static void
a_departure_of_another_type_only_passes_command_on(void **state)
{
    (void)state;
    ASSERT_TOLD(TOLD, "96 COMMAND_HANDED_OVER chen\n196 COMMAND_HANDED_OVER eve\n",
                SET(SECOND, THIRD, COUNTED));
}

/* Eve has been there for longer than Ada; Boris stays in Lab's ship. */
static void
with_the_commander_only_if_so_wanted(void **state)
{
    (void)state;
    ASSERT_TOLD(TOLD, "100 EXPEDITION_BEGINS eve\n",
                SET(COUNTED, LAB, "vehicles.capsule.expeditions='commander'"));
    ASSERT_TOLD(TOLD, "",
                SET(COUNTED, LAB, BY("eve"), "vehicles.capsule.expeditions='commander'",
                    "flights.Lab.undock=@400"));
    ASSERT_TOLD(TOLD, "100 EXPEDITION_BEGINS eve\n",
                SET(COUNTED, LAB, BY("eve"), BEGINS, "flights.Lab.undock=@400"));
}

static void
who_has_the_role_commands_before_who_has_been_there_longest(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(SECOND, COUNTED, BEGINS, LAB, BY("dana"), BY("boris")));
    assert_command(&run, "7 boris 0-96\n8 dana 96-150\n9 dana 150-200\n");
    run_end(&run);
}

static void
a_visitor_never_commands(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(SECOND, COUNTED, BEGINS, BY("chen"), BY("ada"),
                          "flights.Second.visitors=['chen']",
                          "flights.First.visitors=['ada']"));
    assert_command(&run, "7 boris 0-96\n8 dana 96-200\n");
    assert_string_equal(expeditions_of(&run, "chen"), "");
    run_end(&run);
}

/* First leaves on day 100, Second comes in spite of that on day 131. */
static void
the_next_begins_with_the_next_crew_when_nobody_is_left(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(COUNTED, BEGINS,
                          "flights.Late={vehicle='capsule'; launch=@130; undock=@170; "
                          "crew=['chen'];}"));
    ASSERT_STORY(&run, TOLD, "131 EXPEDITION_BEGINS chen\n");
    assert_command(&run, "7 ada 0-100\n8 chen 131-170\n");
    run_end(&run);
}

static void
a_commander_who_falls_ill_hands_over_on_leaving(void **state)
{
    (void)state;
    ASSERT_TOLD(
        TOLD " EARLY_RETURN", "30 EARLY_RETURN First\n37 EXPEDITION_BEGINS eve\n",
        SET(COUNTED, BEGINS, LAB,
            "failures.ill={strikes='person'; effects=({effect='evacuate';});}",
            "events.ill={at=@30; what='failure'; failure='ill'; person='ada';}"));
}

/* ---- the record ---------------------------------------------------------------- */

static void
the_record_has_the_last_word_until_the_forecast(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run,
                SET(SECOND, THIRD, BEGINS, RECORD("a", "12", "@-49", "boris"),
                    RECORD("b", "12", "@10", "ada"), RECORD("c", "13", "@20", "ada"),
                    RECORD("hindsight", "90", "@60", "boris"),
                    "scenario.forecast_from=@50"));
    ASSERT_STORY(&run, TOLD,
                 "10 COMMAND_HANDED_OVER ada\n20 EXPEDITION_BEGINS ada\n"
                 "96 EXPEDITION_BEGINS chen\n196 EXPEDITION_BEGINS eve\n");
    assert_command(&run, "12 boris 0-10\n12 ada 10-20\n13 ada 20-96\n14 chen 96-196\n"
                         "15 eve 196-300\n");
    assert_string_equal(expeditions_of(&run, "ada"), "12-13");
    run_end(&run);
}

#define FLOWN                                                                          \
    "flights.Second={vehicle='capsule'; crew=['chen','dana']; as_flown={launch=@90; "  \
    "dock=@91; port='south';};}",                                                      \
        "flights.First.as_flown.undock=@96", "scenario.mode=replay"

/* At the moment of a departure the record's entry comes first; what it leaves open the
 * rule fills after its last entry only. */
static void
in_a_replay_the_rule_goes_on_after_the_last_entry(void **state)
{
    (void)state;
    ASSERT_TOLD(TOLD " UNDOCKED",
                "96 EXPEDITION_BEGINS dana\n96 UNDOCKED First north\n",
                SET(FLOWN, BEGINS, RECORD("a", "12", "@-49", "boris"),
                    RECORD("b", "14", "@96", "dana")));
    ASSERT_TOLD(TOLD, "96 EXPEDITION_BEGINS chen\n",
                SET(FLOWN, BEGINS, RECORD("a", "12", "@-49", "boris")));
    ASSERT_TOLD(TOLD, "96 COMMAND_HANDED_OVER chen\n98 EXPEDITION_BEGINS dana\n",
                SET(FLOWN, BEGINS, RECORD("a", "12", "@-49", "boris"),
                    RECORD("b", "13", "@98", "dana")));
}

/* Whose departure begins an expedition doesn't belong to it, by the record either. */
static void
who_leaves_when_it_begins_isnt_of_it(void **state)
{
    struct run run;

    (void)state;
    run_outpost(&run, SET(FLOWN, BEGINS, RECORD("a", "12", "@-49", "boris"),
                          RECORD("b", "13", "@96", "dana")));
    assert_string_equal(expeditions_of(&run, "ada"), "12");
    assert_string_equal(expeditions_of(&run, "dana"), "12-13");
    run_end(&run);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_counts_unless_asked),
        cmocka_unit_test(an_expedition_begins_when_residents_leave),
        cmocka_unit_test(a_departure_of_another_type_only_passes_command_on),
        cmocka_unit_test(with_the_commander_only_if_so_wanted),
        cmocka_unit_test(who_has_the_role_commands_before_who_has_been_there_longest),
        cmocka_unit_test(a_visitor_never_commands),
        cmocka_unit_test(the_next_begins_with_the_next_crew_when_nobody_is_left),
        cmocka_unit_test(a_commander_who_falls_ill_hands_over_on_leaving),
        cmocka_unit_test(the_record_has_the_last_word_until_the_forecast),
        cmocka_unit_test(in_a_replay_the_rule_goes_on_after_the_last_entry),
        cmocka_unit_test(who_leaves_when_it_begins_isnt_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
