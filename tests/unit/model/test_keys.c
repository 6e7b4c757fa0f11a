/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_keys.c - each type of setting takes what is right and says what is wrong.
 */
#include "unit/outpost.h"

#include <math.h>

#include "model/schema.h"

/* What a setting laid over the outpost is answered with; NULL: it is taken. */
struct answer {
    const char *set, *message;
};

static void
assert_answers(const struct answer *answers, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct outpost outpost;
        const char *expected = answers[i].message;

        outpost_load(&outpost, outpost_text, SET(answers[i].set));
        const char *got =
            outpost.diag.kept > 0 ? outpost.diag.entries[0].text : "taken";
        if (outpost.status != (expected ? ISS_ERR_SCENARIO : ISS_OK) ||
            outpost.diag.errors != (expected != NULL) ||
            (expected != NULL && strcmp(got, expected) != 0)) {
            fail_msg("%s: %zu errors\nexpected: %s\ngot:      %s", answers[i].set,
                     outpost.diag.errors, expected ? expected : "taken", got);
        }
        outpost_clear(&outpost);
    }
}

#define ASSERT_ANSWERS(list) assert_answers(list, sizeof(list) / sizeof *(list))

static void
texts_flags_and_counts_have_their_types(void **state)
{
    static const struct answer answers[] = {
        {"station.name='Mir'", NULL},
        {"station.name=7",
         "--set:1: station.name: must be a text; got 7; hint: write it in quotes"},
        {"policy.reassign=false", NULL},
        {"policy.reassign=0", "--set:1: policy.reassign: must be a boolean; got 0; "
                              "allowed true or false, without quotes"},
        {"station.min_crew=0", NULL},
        {"station.min_crew=1000", NULL},
        {"station.min_crew=-1", "--set:1: station.min_crew: out of range; got -1; "
                                "allowed 0 to 1000"},
        {"station.min_crew=1001", "--set:1: station.min_crew: out of range; got 1001; "
                                  "allowed 0 to 1000"},
        {"station.min_crew=2.5",
         "--set:1: station.min_crew: must be an integer; got 2.5"},
        {"station.min_crew='2'", "--set:1: station.min_crew: must be an integer; got "
                                 "\"2\"; hint: write it without quotes"},
        {"scenario.max_events=0", "--set:1: scenario.max_events: out of range; got 0; "
                                  "allowed 1 to 1000000000"},
    };
    (void)state;
    ASSERT_ANSWERS(answers);
}

static void
numbers_and_spans_have_units_and_ranges(void **state)
{
    static const struct answer answers[] = {
        {"launch_systems.rocket.success=0.97", NULL},
        {"launch_systems.rocket.success=1", NULL},
        {"launch_systems.rocket.success='97 %'", NULL},
        {"launch_systems.rocket.success=97", "--set:1: launch_systems.rocket.success: "
                                             "out of range; got 97; allowed 0 to 1"},
        {"launch_systems.rocket.success=-0.1",
         "--set:1: launch_systems.rocket.success: out of range; got -0.1; allowed 0 to "
         "1"},
        {"vehicles.capsule.certified_life=200", NULL},
        {"vehicles.capsule.certified_life='200 d'", NULL},
        {"vehicles.capsule.certified_life='-1 d'",
         "--set:1: vehicles.capsule.certified_life: out of range; got \"-1 d\"; "
         "allowed "
         "0 to 100000 d"},
        {"vehicles.capsule.certified_life='3 kg'",
         "--set:1: vehicles.capsule.certified_life: must be a time, not a mass; got "
         "\"3 "
         "kg\"; allowed d, h, min, s, ms, us, wk, yr"},
        {"vehicles.capsule.certified_life=true",
         "--set:1: vehicles.capsule.certified_life: must be a number; got true"},
    };
    (void)state;
    ASSERT_ANSWERS(answers);
}

static void
spans_are_kept_in_microseconds_whatever_their_unit(void **state)
{
    static const char *const spans[] = {"vehicles.capsule.certified_life=200",
                                        "vehicles.capsule.certified_life='4800 h'",
                                        "vehicles.capsule.certified_life='200 d'"};
    (void)state;
    for (size_t i = 0; i < sizeof spans / sizeof *spans; i++) {
        struct iss_model *model = outpost_model(SET(spans[i]));
        const struct iss_vehicle *capsule =
            iss_model_vehicle(model, outpost_vehicle(model, "capsule"));
        assert_int_equal(capsule->certified_life_us, DAYS(200));
        iss_model_free(model);
    }
}

static void
dates_are_utc_and_count_from_the_start(void **state)
{
    static const struct answer answers[] = {
        {"flights.First.undock='2030-02-30Z'",
         "--set:1: flights.First.undock: is no day of the calendar; got "
         "\"2030-02-30Z\"; allowed 1900 to 2200"},
        {"flights.First.undock='2030-04-11'",
         "--set:1: flights.First.undock: has no time zone; got \"2030-04-11\"; hint: "
         "write \"2030-04-11Z\" (UTC)"},
        {"flights.First.undock=100",
         "--set:1: flights.First.undock: must be a date in quotes, as in "
         "\"2022-12-15Z\"; got 100"},
    };
    struct iss_model *model = outpost_model(NULL);
    const struct iss_flight_plan *first =
        iss_model_flight_plan(model, outpost_flight(model, "First"));

    (void)state;
    assert_int_equal(model->epoch_us, OUTPOST_EPOCH_US);
    assert_int_equal(model->scenario.start_us, 0);
    assert_int_equal(model->scenario.end_us, DAYS(360));
    assert_int_equal(first->undock_us, DAYS(100));
    assert_int_equal(first->flown.launch_us, DAYS(-50));
    assert_int_equal(first->launch_us, DAYS(-50)); /* as flown: no plan is given */
    assert_int_equal(first->flown.undock_us, ISS_NO_TIME);
    iss_model_free(model);
    ASSERT_ANSWERS(answers);
}

static void
lists_of_dates_dont_go_backwards(void **state)
{
    static const struct answer answers[] = {
        {"lines.yard={ready=[@10,@10,@30];}", NULL},
        {"lines.yard={ready=[];}", NULL},
        {"lines.yard={ready=[@30,@10];}",
         "--set:1: lines.yard.ready[1]: dates must not go backwards; got "
         "\"2030-01-11T00:00:00.000000Z\""},
        {"lines.yard={ready=@30;}",
         "--set:1: lines.yard.ready: must be a list of dates; got "
         "\"2030-01-31T00:00:00.000000Z\"; write [ \"a\", \"b\" ]"},
        {"lines.yard={ready=['soon'];}",
         "--set:1: lines.yard.ready[0]: must be a date; got \"soon\"; allowed "
         "2022-12-15Z or 2022-12-15T00:45Z"},
    };
    (void)state;
    ASSERT_ANSWERS(answers);
}

static void
choices_are_listed_and_suggested(void **state)
{
    static const struct answer answers[] = {
        {"policy.return_in_damaged='never'", NULL},
        {"policy.return_in_damaged='at_onse'",
         "--set:1: policy.return_in_damaged: no such choice; got \"at_onse\"; allowed "
         "\"never\", \"at_relief\", \"at_once\"; did you mean at_once?"},
        {"scenario.mode='dream'",
         "--set:1: scenario.mode: no such choice; got \"dream\"; allowed \"forecast\", "
         "\"replay\""},
        {"scenario.mode=1",
         "--set:1: scenario.mode: no such choice; got 1; allowed \"forecast\", "
         "\"replay\""},
    };
    (void)state;
    ASSERT_ANSWERS(answers);
}

static void
dangling_references_and_tags_are_told_with_a_suggestion(void **state)
{
    static const struct answer answers[] = {
        {"flights.First.port='nort'",
         "--set:1: flights.First.port: not found in ports; "
         "got \"nort\"; did you mean north?"},
        {"vehicles.capsule.line='yard'",
         "--set:1: vehicles.capsule.line: not found in lines; got \"yard\"; the "
         "scenario has no lines"},
        {"flights.First.vehicle='hovercraft'",
         "--set:1: flights.First.vehicle: not found in vehicles; got \"hovercraft\""},
        {"flights.First.crew=['ada','borys']",
         "--set:1: flights.First.crew[1]: not found in crew; got \"borys\"; did you "
         "mean boris?"},
        {"flights.First.crew=['ada','ada']",
         "--set:1: flights.First.crew[1]: named twice; got \"ada\""},
        {"flights.First.crew='ada'", "--set:1: flights.First.crew: must be a list of "
                                     "crew; got \"ada\"; write [ \"a\", \"b\" ]"},
        {"flights.First.crew=[7]",
         "--set:1: flights.First.crew[0]: must be a text; got "
         "7; hint: write it in quotes"},
        {"crew.ada.segment='cor'", "--set:1: crew.ada.segment: no port has this "
                                   "segment; got \"cor\"; did you mean core?"},
        {"vehicles.barge.docking='airlock'",
         "--set:1: vehicles.barge.docking: no port has this docking; got \"airlock\""},
    };
    (void)state;
    ASSERT_ANSWERS(answers);
}

static void
rows_are_lists_of_groups(void **state)
{
    static const struct answer answers[] = {
        {"failures.leak.effects=()", NULL},
        {"failures.leak.effects=({effect='vehicle_unsafe'; seats='none'; "
         "survival=0.5;})",
         NULL},
        {"failures.leak.effects='vehicle_unsafe'",
         "--set:1: failures.leak.effects: must be a list of groups; got "
         "\"vehicle_unsafe\"; write ( { ... }, { ... } )"},
        {"failures.leak.effects=('vehicle_unsafe')",
         "--set:1: failures.leak.effects[0]: must be a group; got \"vehicle_unsafe\"; "
         "write { ... }"},
        {"failures.leak.effects=({effect='vehicle_unsafe'; survivel=1;})",
         "--set:1: failures.leak.effects[0].survivel: unknown setting; did you mean "
         "survival?"},
        {"failures.leak.effects=({survival=1;})",
         "--set:1: failures.leak.effects[0]: effect is missing: What follows; each "
         "kind is explained under What the model does with it, Failures. capability "
         "and crew_task aren't simulated yet and are refused"},
    };
    (void)state;
    ASSERT_ANSWERS(answers);
}

static void
unknown_settings_and_groups_are_refused_with_a_suggestion(void **state)
{
    static const struct answer answers[] = {
        {"vehicles.capsule.seat=2",
         "--set:1: vehicles.capsule.seat: unknown setting; did you mean seats?"},
        {"vehicles.capsule.colour='red'",
         "--set:1: vehicles.capsule.colour: unknown setting"},
        {"flights.First.as_flown.lanch=@3", "--set:1: flights.First.as_flown.lanch: "
                                            "unknown setting; did you mean launch?"},
        {"flights.First.as_flown=@3",
         "--set:1: flights.First.as_flown: must be a group; got "
         "\"2030-01-04T00:00:00.000000Z\"; write { ... }"},
        {"vehicle.pod={seats=2;}",
         "--set:1: vehicle: unknown group; did you mean vehicles?"},
        {"weather={rain=true;}", "--set:1: weather: unknown group"},
        {"station=7", "--set:1: station: must be a group; got 7; write { ... }"},
    };
    (void)state;
    ASSERT_ANSWERS(answers);
}

static bool
has_entry(const struct outpost *outpost, const char *text)
{
    for (size_t i = 0; i < outpost->diag.kept; i++) {
        if (strcmp(outpost->diag.entries[i].text, text) == 0) {
            return true;
        }
    }
    return false;
}

static void
a_section_or_an_entry_that_is_no_group_is_told(void **state)
{
    struct outpost outpost;

    (void)state;
    outpost_load(&outpost, outpost_text, SET("ports=7"));
    assert_int_equal(outpost.status, ISS_ERR_SCENARIO);
    assert_true(has_entry(&outpost,
                          "--set:1: ports: must be a group; got 7; write { ... "
                          "}"));
    outpost_clear(&outpost);
    outpost_load(&outpost, outpost_text, SET("crew.gus=7"));
    assert_int_equal(outpost.diag.errors, 1);
    assert_string_equal(outpost.diag.entries[0].text,
                        "--set:1: crew.gus: must be a group; got 7; write { ... }");
    outpost_clear(&outpost);
}

static void
what_is_required_is_missed(void **state)
{
    static const struct answer answers[] = {
        {"crew.gus={}", "--set:1: crew.gus: segment is missing: The segment that the "
                        "person is trained to run"},
        {"ports.west={segment='core';}", "--set:1: ports.west: docking is missing: Its "
                                         "docking or berthing system, such "
                                         "as probe_drogue, idss or cbm"},
        {"events.e={at=@1; what='failure'; failure='leak';}",
         "--set:1: events.e: this failure needs flight"},
    };
    struct outpost outpost;

    (void)state;
    ASSERT_ANSWERS(answers);
    outpost_load(&outpost, "# nothing\n", NULL);
    assert_int_equal(outpost.status, ISS_ERR_SCENARIO);
    assert_non_null(strstr(outpost.diag.entries[0].text, "s.cfg: scenario: title is "
                                                         "missing"));
    outpost_clear(&outpost);
}

static void
a_file_that_isnt_there_is_no_input(void **state)
{
    struct iss_diag diag = {0};
    struct iss_model *model = NULL;

    (void)state;
    assert_int_equal(iss_model_load("/nowhere/s.cfg", NULL, &diag, &model),
                     ISS_ERR_NO_INPUT);
    assert_null(model);
    iss_diag_clear(&diag);
}

/* ---- defaults ------------------------------------------------------------------ */

/* One thing of each section with nothing but what is required. */
static const char bare_text[] =
    "scenario = { title = 'Bare'; start = @0; end = @1; };\n"
    "ports = { p = { segment = 's'; docking = 'd'; }; };\n"
    "resources = { q = { stock = 1; };\n"
    "    u = { stock = 9; use = 1; reserve = ({ days = 1; }); }; };\n"
    "production = { t = { resource = 'q'; }; };\n"
    "families = { k = {}; };\n"
    "pads = { b = {}; };\n"
    "launch_systems = { r = { scrubs = ({ cause = 'wind'; probability = 0.1; }); }; "
    "};\n"
    "lines = { l = {}; };\n"
    "vehicles = { v = { role = 'cargo'; docking = 'd'; };\n"
    "    w = { role = 'crew'; seats = 1; docking = 'd'; }; };\n"
    "crew = { c = { segment = 's'; }; };\n"
    "flights = { f = { vehicle = 'v'; launch = @0; }; };\n"
    "failures = { m = { vehicles = ['v']; effects = ({ effect = 'vehicle_unsafe'; }); "
    "}; z = { strikes = 'station'; effects = (); }; };\n"
    "parts = { q = {}; };\n"
    "systems = { y = { life = 9; part = 'q'; effects = ({ failure = 'z'; }); }; };\n"
    "tasks = { t = { every = 1; hours = 1; }; };\n"
    "cadence = { n = { vehicle = 'w'; first = @0; interval = 9;\n"
    "    crew = ({ segment = 's'; }); }; };\n"
    "medical = { kit = 'i'; };\n"
    "kits = { i = { items = ({ item = 'p'; }); }; };\n"
    "conditions = { o = { incidence = 1; outcomes = ({ care = 'treated'; }); }; };\n"
    "programme = { q = { at = @0; max_crew = 1; }; };\n"
    "eva = { a = { segment = 's'; first = @0; }; };\n"
    "suits = { h = {}; };\n"
    "events = { e = { at = @0; what = 'failure'; failure = 'm'; flight = 'f'; }; };\n"
    "utilisation = { nominal_crew = 1; research = ({ crew = 1; hours = 1; }); };\n"
    "experiments = { p = { hours = 1; }; };\n"
    "orbit = { altitude = 400; floor = 399; target = 401; mass = 1; drag = 1; density "
    "= 1; "
    "scale_height = 9; };\n"
    "metrics = { x = { measure = 'launch'; flight = 'f'; }; };\n";

/* The object of a section in which a default must stand. */
static const char *
bare_object(const struct iss_model *model, const char *name)
{
    const struct iss_section *section = iss_schema_section(name);
    const char *base = (const char *)model + section->offset;

    if (section->shape == ISS_SHAPE_SINGLE) {
        return base;
    }
    if (section->shape == ISS_SHAPE_ROWS) {
        return strcmp(name, "effects") == 0
                   ? iss_model_failure_mode(model, 0)->effects.items
               : strcmp(name, "scrubs") == 0
                   ? iss_model_launch_system(model, 0)->scrubs.items
               : strcmp(name, "outages") == 0
                   ? iss_model_system(model, 0)->effects.items
               : strcmp(name, "items") == 0 ? iss_model_kit(model, 0)->items.items
               : strcmp(name, "outcomes") == 0
                   ? iss_model_illness(model, 0)->outcomes.items
               : strcmp(name, "places") == 0 ? iss_model_cadence(model, 0)->crew.items
               : strcmp(name, "reserves") == 0
                   ? iss_model_resource(model, 1)->reserve.items
                   : NULL;
    }
    return ((const struct iss_rows *)(const void *)base)->items;
}

/* [ "crew", "unsafe" ] */
static void
assert_default_texts(const struct iss_texts *texts, const char *fallback)
{
    char written[256] = "[ ";

    assert_null(texts->nodes);
    for (int32_t i = 0; i < texts->count; i++) {
        sprintf(written + strlen(written), "%s\"%s\"", i > 0 ? ", " : "", texts->at[i]);
    }
    assert_string_equal(strcat(written, " ]"), fallback);
}

static void
assert_default(const struct iss_key *key, const char *field)
{
    const char *fallback = key->fallback;
    int64_t whole;
    double real;
    const struct iss_dist *dist;
    struct iss_pert pert;
    const char *text;
    bool flag;
    int choice;

    switch (key->type) {
    case ISS_KEY_TEXT:
        memcpy(&text, field, sizeof text);
        assert_int_equal(strlen(text), strlen(fallback) - 2);
        assert_memory_equal(text, fallback + 1, strlen(text));
        return;
    case ISS_KEY_FLAG:
        memcpy(&flag, field, sizeof flag);
        assert_string_equal(flag ? "true" : "false", fallback);
        return;
    case ISS_KEY_COUNT:
        memcpy(&whole, field, sizeof whole);
        assert_int_equal(whole, strtoll(fallback, NULL, 10));
        return;
    case ISS_KEY_REAL:
        memcpy(&real, field, sizeof real);
        assert_true(real == strtod(fallback, NULL));
        return;
    case ISS_KEY_SPAN:
        memcpy(&whole, field, sizeof whole);
        assert_int_equal(whole, DAYS(strtod(fallback, NULL)));
        return;
    case ISS_KEY_CHOICE:
        memcpy(&choice, field, sizeof choice);
        text = key->arg;
        for (; choice > 0; choice--) {
            text = strchr(text, '|') + 1;
        }
        assert_int_equal(strcspn(text, "|"), strlen(fallback) - 2);
        assert_memory_equal(text, fallback + 1, strlen(fallback) - 2);
        return;
    case ISS_KEY_TEXTS:
        assert_default_texts((const void *)field, fallback);
        return;
    case ISS_KEY_DIST:
        memcpy(&dist, field, sizeof dist);
        assert_non_null(dist);
        real = iss_dist_quantile(dist, 0.5) * (strcmp(key->arg, "h") == 0 ? 24 : 1);
        assert_true(fabs(real - strtod(fallback, NULL)) < 1e-9);
        return;
    case ISS_KEY_PERT:
        memcpy(&pert, field, sizeof pert);
        real = strtod(fallback, NULL);
        assert_true(pert.min == real && pert.mode == real && pert.max == real);
        return;
    default:
        fail_msg("%s.%s: a default of this type isn't tested", key->section, key->name);
    }
}

static void
every_default_reads_as_it_is_written(void **state)
{
    struct outpost outpost;
    int tested = 0;

    (void)state;
    outpost_load(&outpost, bare_text, NULL);
    if (outpost.status != ISS_OK) {
        fail_msg("%s", outpost.diag.entries[0].text);
    }
    for (int32_t i = 0; i < iss_key_count; i++) {
        const struct iss_key *key = &iss_keys[i];
        if (key->fallback != NULL && *key->fallback != '\0') {
            const char *object = bare_object(outpost.model, key->section);
            assert_non_null(object);
            assert_default(key, object + key->offset);
            tested++;
        }
    }
    assert_true(tested > 25);
    outpost_clear(&outpost);
}

static void
what_may_be_absent_is_absent(void **state)
{
    struct outpost outpost;

    (void)state;
    outpost_load(&outpost, bare_text, NULL);
    const struct iss_model *model = outpost.model;
    const struct iss_vehicle *vehicle = iss_model_vehicle(model, 0);
    const struct iss_flight_plan *plan = iss_model_flight_plan(model, 0);

    assert_null(model->scenario.question);
    assert_string_equal(iss_model_port(model, 0)->entity.name, "p");
    assert_int_equal(vehicle->launch_system, -1);
    assert_int_equal(vehicle->line, -1);
    assert_int_equal(vehicle->free_flight_life_us, ISS_NEVER);
    assert_int_equal(vehicle->certified_life_us, ISS_NEVER);
    assert_null(vehicle->call_up_lead);
    assert_null(vehicle->stay);
    assert_int_equal(iss_model_line(model, 0)->ready.count, 0);
    assert_null(iss_model_line(model, 0)->interval);
    assert_int_equal(plan->undock_us, ISS_NO_TIME);
    assert_int_equal(plan->port, -1);
    assert_int_equal(plan->relieves, -1);
    assert_int_equal(plan->crew.count, -1);
    assert_int_equal(plan->flown.crew_down.count, -1);
    assert_int_equal(plan->flown.relocations.count, 0);
    assert_int_equal(plan->team, -1);
    assert_null(iss_model_failure_mode(model, 0)->life);
    assert_int_equal(iss_model_forced(model, 0)->person, -1);
    outpost_clear(&outpost);
}

static void
every_key_has_a_section_a_doc_and_a_target(void **state)
{
    (void)state;
    for (int32_t i = 0; i < iss_key_count; i++) {
        const struct iss_key *key = &iss_keys[i];
        assert_non_null(iss_schema_section(key->section));
        assert_true(strlen(key->doc) > 3);
        assert_true(key->lowest <= key->highest);
        if (key->type == ISS_KEY_REF || key->type == ISS_KEY_REFS ||
            key->type == ISS_KEY_ROWS) {
            assert_non_null(iss_schema_section(key->arg));
        }
        for (int32_t j = 0; j < i; j++) {
            assert_true(strcmp(iss_keys[j].section, key->section) != 0 ||
                        strcmp(iss_keys[j].name, key->name) != 0);
        }
    }
    assert_null(iss_schema_section("weather"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(texts_flags_and_counts_have_their_types),
        cmocka_unit_test(numbers_and_spans_have_units_and_ranges),
        cmocka_unit_test(spans_are_kept_in_microseconds_whatever_their_unit),
        cmocka_unit_test(dates_are_utc_and_count_from_the_start),
        cmocka_unit_test(lists_of_dates_dont_go_backwards),
        cmocka_unit_test(choices_are_listed_and_suggested),
        cmocka_unit_test(dangling_references_and_tags_are_told_with_a_suggestion),
        cmocka_unit_test(rows_are_lists_of_groups),
        cmocka_unit_test(unknown_settings_and_groups_are_refused_with_a_suggestion),
        cmocka_unit_test(a_section_or_an_entry_that_is_no_group_is_told),
        cmocka_unit_test(what_is_required_is_missed),
        cmocka_unit_test(a_file_that_isnt_there_is_no_input),
        cmocka_unit_test(every_default_reads_as_it_is_written),
        cmocka_unit_test(what_may_be_absent_is_absent),
        cmocka_unit_test(every_key_has_a_section_a_doc_and_a_target),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
