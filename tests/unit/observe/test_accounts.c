/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_accounts.c - what each type of vehicle, family and port did, told event by event
 * and counted by hand.
 */
#include "unit/world/by_hand.h"

#include <math.h>

#include "observe/gauges.h"

#define FAMILY                                                                         \
    "families.kin={}", "launch_systems.sister={family='kin';}",                        \
        "vehicles.capsule.launch_system='sister'"
#define BARGE_TWO "flights.Barge2={vehicle='barge'; launch=@20;}"

struct books {
    struct hand hand;
    struct iss_gauges gauges;
    double metrics[128];
};

static void
open_books(struct books *books, const char *const *sets)
{
    hand_start(&books->hand, sets);
    hand_dock(&books->hand, "First", "north");
    books->hand.world->flights[0].dock_us = DAYS(-49);
    assert_true(iss_metric_count(books->hand.model) <= 128);
    assert_int_equal(iss_gauges_init(&books->gauges, books->hand.world), ISS_OK);
    iss_gauges_start(&books->gauges, books->hand.world);
    books->hand.world->changed = 0;
}

static void
close_books(struct books *books)
{
    iss_gauges_clear(&books->gauges);
    hand_end(&books->hand);
}

static void
tell(struct books *books, double day, enum iss_event_kind kind, int32_t subject,
     double value)
{
    const struct iss_event event = {.time_us = DAYS(day),
                                    .value = value,
                                    .kind = (uint16_t)kind,
                                    .subject = subject,
                                    .object = -1};
    books->hand.world->now_us = DAYS(day);
    iss_gauges_event(&books->gauges, books->hand.world, &event);
    books->hand.world->changed = 0;
}

static void
finish(struct books *books, double day)
{
    iss_gauges_finish(&books->gauges, books->hand.world, DAYS(day), books->metrics);
}

static double
metric(const struct books *books, const char *name)
{
    int32_t index = iss_metric_find(books->hand.model, name);
    if (index < 0) {
        fail_msg("no metric %s", name);
    }
    return books->metrics[index];
}

static int32_t
flight(const struct books *books, const char *id)
{
    return outpost_flight(books->hand.model, id);
}

/* ---- flights ------------------------------------------------------------------- */

static void
launches_and_losses_are_counted_by_type_and_role(void **state)
{
    struct books books;

    (void)state;
    open_books(&books, SET(HAND_SECOND, HAND_BARGE, BARGE_TWO));
    int32_t second = flight(&books, "Second"), barge = flight(&books, "Barge"),
            other = flight(&books, "Barge2");
    tell(&books, 1, ISS_EVENT_LAUNCHED, second, 0);
    tell(&books, 2, ISS_EVENT_LAUNCHED, barge, 0);
    tell(&books, 3, ISS_EVENT_LAUNCHED, other, 0);
    tell(&books, 4, ISS_EVENT_ASCENT_FAILED, second, 0); /* nobody is in it */
    finish(&books, 5);
    assert_true(metric(&books, "crew_aborts") == 0);
    books.hand.world->flights[second].crew_up = 2;
    tell(&books, 6, ISS_EVENT_ASCENT_FAILED, second, 2);
    tell(&books, 7, ISS_EVENT_ASCENT_FAILED, barge, 0);
    tell(&books, 8, ISS_EVENT_VEHICLE_LOST, other, 0);
    finish(&books, 9);
    assert_true(metric(&books, "launches.capsule") == 1);
    assert_true(metric(&books, "launches.barge") == 2);
    assert_true(metric(&books, "losses.capsule") == 2);
    assert_true(metric(&books, "losses.barge") == 2);
    assert_true(metric(&books, "cargo_losses") == 2);
    assert_true(metric(&books, "crew_aborts") == 1);
    close_books(&books);
}

static void
a_flight_arrives_once_however_often_it_docks(void **state)
{
    struct books books;

    (void)state;
    open_books(&books, SET(HAND_SECOND, HAND_BARGE));
    int32_t second = flight(&books, "Second"), barge = flight(&books, "Barge");
    tell(&books, 1, ISS_EVENT_DOCKED, second, 2);
    tell(&books, 2, ISS_EVENT_DOCKED, second, 2);
    tell(&books, 3, ISS_EVENT_DOCKED, 0, 2); /* it came before the start */
    tell(&books, 4, ISS_EVENT_DOCKED, barge, 0);
    finish(&books, 5);
    assert_true(metric(&books, "dockings") == 4);
    assert_true(metric(&books, "arrivals") == 2);
    assert_true(metric(&books, "crew_arrivals") == 1);
    assert_true(metric(&books, "cargo_arrivals") == 1);
    assert_true(metric(&books, "arrivals.capsule") == 1);
    assert_true(metric(&books, "arrivals.barge") == 1);
    close_books(&books);
}

static void
slips_have_means_by_role_and_quantiles(void **state)
{
    struct books books;

    (void)state;
    open_books(&books, SET(HAND_SECOND, HAND_BARGE, BARGE_TWO));
    int32_t second = flight(&books, "Second"), barge = flight(&books, "Barge"),
            other = flight(&books, "Barge2");
    finish(&books, 0);
    assert_true(isnan(metric(&books, "slip_p50_d")));
    assert_true(isnan(metric(&books, "slip_max_d")));
    assert_true(isnan(metric(&books, "slip_crew_mean_d")));
    tell(&books, 1, ISS_EVENT_LAUNCHED, barge, 10);
    tell(&books, 2, ISS_EVENT_LAUNCHED, other, -1);
    tell(&books, 3, ISS_EVENT_LAUNCHED, second, 4);
    books.hand.world->flights[0].replaces = second;
    tell(&books, 4, ISS_EVENT_LAUNCHED, 0, 100); /* a replacement has no slip */
    finish(&books, 5);
    assert_true(metric(&books, "slip_p50_d") == 4);
    assert_true(fabs(metric(&books, "slip_p90_d") - 8.8) < 1e-12); /* 4 + 0.8 * 6 */
    assert_true(metric(&books, "slip_max_d") == 10);
    assert_true(metric(&books, "slip_crew_mean_d") == 4);
    assert_true(metric(&books, "slip_cargo_mean_d") == 4.5);
    close_books(&books);
}

static void
days_after_certified_life_are_counted_with_and_without_its_extension(void **state)
{
    struct books books;

    (void)state;
    open_books(&books, SET("vehicles.capsule.certified_life=100", HAND_BARGE,
                           "vehicles.barge.certified_life=1"));
    struct iss_flight *first = &books.hand.world->flights[0];
    struct iss_flight *barge = &books.hand.world->flights[flight(&books, "Barge")];
    first->launch_us = DAYS(-50); /* certified until day 50 */
    first->limit_us = DAYS(80);
    first->undock_us = DAYS(95);
    barge->launch_us = barge->dock_us = DAYS(0); /* nobody goes home in it */
    finish(&books, 360);
    assert_true(metric(&books, "extended_life_d") == 45);
    assert_true(metric(&books, "beyond_life_d") == 15);
    first->launch_us = DAYS(-150); /* only the days of the scenario */
    first->limit_us = ISS_NEVER;   /* a replay */
    finish(&books, 360);
    assert_true(metric(&books, "extended_life_d") == 95);
    assert_true(metric(&books, "beyond_life_d") == 0);
    close_books(&books);
}

/* ---- ports and families -------------------------------------------------------- */

static void
time_at_a_port_is_the_ports_and_the_types(void **state)
{
    struct books books;

    (void)state;
    open_books(&books, SET(HAND_BARGE));
    struct iss_world *world = books.hand.world;
    int32_t barge = flight(&books, "Barge");
    int32_t south = outpost_port(books.hand.model, "south"),
            annex = outpost_port(books.hand.model, "annex");
    iss_port_occupy(world, barge, south);
    tell(&books, 10, ISS_EVENT_DOCKED, barge, 0);
    iss_port_leave(world, barge);
    tell(&books, 25, ISS_EVENT_RELOCATION_DUE, barge, 0);
    iss_port_occupy(world, barge, annex);
    tell(&books, 26, ISS_EVENT_RELOCATED, barge, 0);
    iss_port_leave(world, 0);
    tell(&books, 30, ISS_EVENT_UNDOCKED, 0, 2);
    finish(&books, 40);
    assert_true(metric(&books, "occupied.north_d") == 30);
    assert_true(metric(&books, "occupied.south_d") == 15);
    assert_true(metric(&books, "occupied.annex_d") == 14);
    assert_true(metric(&books, "docked.capsule_d") == 30);
    assert_true(metric(&books, "docked.barge_d") == 29);
    assert_true(metric(&books, "docked_days") == 59);
    close_books(&books);
}

static void
a_stand_down_counts_from_the_failure_until_the_family_flies_or_the_end(void **state)
{
    struct books books;

    (void)state;
    open_books(&books, SET(FAMILY, HAND_SECOND));
    struct iss_family_state *kin = &books.hand.world->families[0];
    kin->grounded_us = DAYS(15);
    tell(&books, 10, ISS_EVENT_FAMILY_FAILED, 0, 0);
    kin->grounded_us = DAYS(25); /* another one, before that is over */
    tell(&books, 12, ISS_EVENT_ASCENT_FAILED, flight(&books, "Second"), 0);
    kin->grounded_us = DAYS(60);
    tell(&books, 40, ISS_EVENT_FAMILY_FAILED, 0, 0);
    finish(&books, 50);
    assert_true(metric(&books, "stand_down.kin_d") == 15 + 10);
    assert_true(metric(&books, "launch_failures.kin") == 3);
    close_books(&books);
}

static void
a_stand_down_that_the_start_finds_or_the_forecast_brings_counts(void **state)
{
    struct books books;

    (void)state;
    open_books(&books, SET(FAMILY));
    books.hand.world->families[0].grounded_us = DAYS(7);
    iss_gauges_start(&books.gauges, books.hand.world);
    finish(&books, 20);
    assert_true(metric(&books, "stand_down.kin_d") == 7);
    books.hand.world->families[0].grounded_us = INT64_MIN;
    iss_gauges_start(&books.gauges, books.hand.world);
    books.hand.world->families[0].grounded_us = ISS_NEVER;
    tell(&books, 5, ISS_EVENT_FORECAST_BEGINS, -1, 0);
    finish(&books, 20);
    assert_true(metric(&books, "stand_down.kin_d") == 15);
    assert_true(metric(&books, "launch_failures.kin") == 0);
    close_books(&books);
}

/* ---- names --------------------------------------------------------------------- */

static bool
has_metric(const char *const *sets, const char *name)
{
    struct iss_model *model = outpost_model(sets);
    int32_t index = iss_metric_find(model, name);

    iss_model_free(model);
    return index >= 0;
}

static void
only_what_flies_has_columns(void **state)
{
    (void)state;
    assert_true(has_metric(NULL, "launches.capsule"));
    assert_false(has_metric(NULL, "launches.barge"));
    assert_true(has_metric(SET(HAND_BARGE), "launches.barge"));
    assert_false(has_metric(SET("families.kin={}"), "stand_down.kin_d"));
    assert_true(has_metric(SET(FAMILY), "stand_down.kin_d"));
    assert_true(has_metric(
        SET("families.kin={}", "launch_systems.spare={family='kin';}",
            "vehicles.capsule.alternatives=({launch_system='spare'; lead=1;})"),
        "launch_failures.kin"));
    assert_true(has_metric(NULL, "occupied.annex_d"));
    assert_false(has_metric(SET("ports.side={segment='core'; docking='hook';}"),
                            "occupied.side_d"));
}

static void
a_column_is_told_from_a_path(void **state)
{
    char id[ISS_METRIC_TEXT] = "";

    (void)state;
    assert_true(iss_metric_is_each("docked.soyuz_ms_d", id));
    assert_string_equal(id, "soyuz_ms");
    assert_true(iss_metric_is_each("launches.a-b_d", id));
    assert_string_equal(id, "a-b_d");
    assert_true(iss_metric_is_each("stand_down.soyuz_d", NULL));
    assert_false(iss_metric_is_each("stand_down.soyuz", NULL)); /* no such column */
    assert_false(iss_metric_is_each("launches.", NULL));
    assert_false(iss_metric_is_each("launches", NULL));
    assert_false(iss_metric_is_each("vehicles.capsule.slip.scale", NULL));
}

/* Else what is drawn for failures.leak.life.mean could be taken for a column. */
static void
no_column_begins_with_the_name_of_a_section(void **state)
{
    static const char *const sections[] = {
#define SINGLE(section, type, doc)  #section,
#define SECTION(section, type, doc) #section,
#define ROWS(section, type, doc)
#define KEY(section, type, field, name, kind, arg, lowest, highest, usual, doc)
#include "model/keys.def"
    };
    static const char *const names[] = {
#define EACH(section, name, ending, kind, units, expression, doc) #name,
#include "observe/each.def"
    };

    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        for (size_t k = 0; k < sizeof sections / sizeof *sections; k++) {
            assert_string_not_equal(names[i], sections[k]);
        }
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(names[i], names[k]);
        }
    }
}

static void
a_metric_can_be_about_one_of_them(void **state)
{
    struct books books;

    (void)state;
    open_books(&books, SET(HAND_BARGE, "metrics.came={measure='exceeds'; "
                                       "metric='arrivals.barge'; above=0;}"));
    finish(&books, 1);
    assert_true(metric(&books, "came") == 0);
    tell(&books, 2, ISS_EVENT_DOCKED, flight(&books, "Barge"), 0);
    finish(&books, 3);
    assert_true(metric(&books, "came") == 1);
    close_books(&books);
}

static void
a_name_that_does_not_fit_is_refused(void **state)
{
    char set[400] = "ports.";
    struct iss_diag diag = {0};

    (void)state;
    memset(set + 6, 'a', ISS_METRIC_TEXT);
    strcpy(set + 6 + ISS_METRIC_TEXT, "={segment='core'; docking='latch';}");
    struct iss_model *model = outpost_model(SET(set));
    assert_int_equal(iss_metrics_check(model, &diag), ISS_ERR_SCENARIO);
    assert_non_null(strstr(diag.entries[0].text, "too long for the name of a column"));
    iss_diag_clear(&diag);
    iss_model_free(model);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(launches_and_losses_are_counted_by_type_and_role),
        cmocka_unit_test(a_flight_arrives_once_however_often_it_docks),
        cmocka_unit_test(slips_have_means_by_role_and_quantiles),
        cmocka_unit_test(
            days_after_certified_life_are_counted_with_and_without_its_extension),
        cmocka_unit_test(time_at_a_port_is_the_ports_and_the_types),
        cmocka_unit_test(
            a_stand_down_counts_from_the_failure_until_the_family_flies_or_the_end),
        cmocka_unit_test(
            a_stand_down_that_the_start_finds_or_the_forecast_brings_counts),
        cmocka_unit_test(only_what_flies_has_columns),
        cmocka_unit_test(a_column_is_told_from_a_path),
        cmocka_unit_test(no_column_begins_with_the_name_of_a_section),
        cmocka_unit_test(a_metric_can_be_about_one_of_them),
        cmocka_unit_test(a_name_that_does_not_fit_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
