/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * outpost.h - a small station in which everything is certain, as text and as a model.
 *
 * Scenario text in these tests may say 'word' for "word" and @20 for the date 20 days
 * after the start, 2030-01-01Z; tests add settings to the outpost as with --set.
 * The text is loaded as the file s.cfg of a temporary folder that the test runs in.
 */
#ifndef ISS_TESTS_UNIT_OUTPOST_H
#define ISS_TESTS_UNIT_OUTPOST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "isssim/status.h"
#include "model/model.h"

#define OUTPOST_EPOCH_US INT64_C(1893456000000000) /* 2030-01-01Z */
#define DAYS(days)       ((int64_t)((days)*86400000000.0))

/* Three ports of one kind; Ada and Boris are aboard, their ship flies home on day 100.
 * A capsule takes a day up and a day down.  Nobody stays on lest the outpost be empty.
 */
static const char outpost_text[] =
    "scenario = { title = 'Outpost'; start = @0; end = @360; };\n"
    "station = { name = 'Outpost'; min_crew = 2; };\n"
    "ports = {\n"
    "    north = { segment = 'core'; docking = 'latch'; };\n"
    "    south = { segment = 'core'; docking = 'latch'; };\n"
    "    annex = { segment = 'lab'; docking = 'latch'; };\n"
    "};\n"
    "launch_systems = { rocket = { stand_down = 40; }; };\n"
    "vehicles = {\n"
    "    capsule = { role = 'crew'; seats = 2; emergency_seats = 1; docking = "
    "'latch';\n"
    "        launch_system = 'rocket'; rendezvous = 24; descent = 24; handover = 5;\n"
    "        call_up_lead = 30; };\n"
    "    barge = { role = 'cargo'; docking = 'latch'; stay = 30; rendezvous = 24;\n"
    "        descent = 24; };\n"
    "};\n"
    "crew = {\n"
    "    ada = { segment = 'core'; }; boris = { segment = 'core'; };\n"
    "    chen = { segment = 'core'; }; dana = { segment = 'core'; };\n"
    "    eve = { segment = 'lab'; }; finn = { segment = 'lab'; };\n"
    "};\n"
    "flights = {\n"
    "    First = { vehicle = 'capsule'; crew = ['ada', 'boris']; undock = @100;\n"
    "        as_flown = { launch = @-50; dock = @-49; port = 'north'; }; };\n"
    "};\n"
    "failures = {\n"
    "    leak = { vehicles = ['capsule']; assessment = 5;\n"
    "        effects = ({ effect = 'vehicle_unsafe'; }); };\n"
    "};\n"
    "policy = { decision = 5; damaged_stay = 10; keep_crew = 0; };\n";

/* ---- text ---------------------------------------------------------------------- */

/* `text` with ' and @ spelled out; the caller frees it. */
static inline char *
outpost_spell(const char *text)
{
    char *spelled = malloc(40 * strlen(text) + 1), *to = spelled;

    assert_non_null(spelled);
    while (*text != '\0') {
        if (*text == '@') {
            char *end, date[32];
            double days = strtod(text + 1, &end);
            iss_civil_format(OUTPOST_EPOCH_US + DAYS(days), ISS_CIVIL_FULL, date);
            to += sprintf(to, "\"%s\"", date);
            text = end;
        } else {
            *to++ = *text == '\'' ? '"' : *text;
            text++;
        }
    }
    *to = '\0';
    return spelled;
}

/* ---- loading ------------------------------------------------------------------- */

struct outpost {
    struct iss_model *model;
    struct iss_diag diag;
    int status;
};

#define OUTPOST_SETS 32

/* Load `text` with the settings of the list `sets`, which ends with NULL or is NULL. */
static inline void
outpost_load(struct outpost *outpost, const char *text, const char *const *sets)
{
    char folder[] = "/tmp/iss_outpost_XXXXXX";
    char *spelled = outpost_spell(text), *overrides[OUTPOST_SETS];
    struct iss_model_options options = {.overrides = (const char *const *)overrides};
    FILE *file;

    *outpost = (struct outpost){0};
    for (; sets != NULL && sets[options.override_count]; options.override_count++) {
        assert_true(options.override_count < OUTPOST_SETS);
        overrides[options.override_count] = outpost_spell(sets[options.override_count]);
    }
    assert_non_null(mkdtemp(folder));
    assert_int_equal(chdir(folder), 0);
    file = fopen("s.cfg", "w");
    assert_non_null(file);
    assert_true(fputs(spelled, file) >= 0);
    assert_int_equal(fclose(file), 0);
    outpost->status =
        iss_model_load("s.cfg", &options, &outpost->diag, &outpost->model);
    assert_int_equal(unlink("s.cfg"), 0);
    assert_int_equal(chdir("/"), 0);
    assert_int_equal(rmdir(folder), 0);
    for (size_t i = 0; i < options.override_count; i++) {
        free(overrides[i]);
    }
    free(spelled);
}

static inline void
outpost_clear(struct outpost *outpost)
{
    iss_model_free(outpost->model);
    iss_diag_clear(&outpost->diag);
    outpost->model = NULL;
}

/* The outpost with further settings; fails the test when it has problems. */
static inline struct iss_model *
outpost_model(const char *const *sets)
{
    struct outpost outpost;

    outpost_load(&outpost, outpost_text, sets);
    if (outpost.status != ISS_OK) {
        fail_msg("%s: %s", iss_status_text(outpost.status),
                 outpost.diag.kept > 0 ? outpost.diag.entries[0].text : "?");
    }
    iss_diag_clear(&outpost.diag);
    return outpost.model;
}

/* outpost_model(SET("policy.reassign=false", ...)) */
#define SET(...) ((const char *const[]){__VA_ARGS__, NULL})

/* ---- who is who ---------------------------------------------------------------- */

static inline int32_t
outpost_find(const struct iss_rows *rows, size_t size, const char *id)
{
    for (int32_t i = 0; i < rows->count; i++) {
        const struct iss_entity *entity =
            (const void *)((const char *)rows->items + (size_t)i * size);
        if (strcmp(entity->id, id) == 0) {
            return i;
        }
    }
    fail_msg("the model has no %s", id);
    return -1;
}

static inline int32_t
outpost_flight(const struct iss_model *model, const char *id)
{
    return outpost_find(&model->flights, sizeof(struct iss_flight_plan), id);
}

static inline int32_t
outpost_person(const struct iss_model *model, const char *id)
{
    return outpost_find(&model->crew, sizeof(struct iss_crew_member), id);
}

static inline int32_t
outpost_port(const struct iss_model *model, const char *id)
{
    return outpost_find(&model->ports, sizeof(struct iss_port), id);
}

static inline int32_t
outpost_vehicle(const struct iss_model *model, const char *id)
{
    return outpost_find(&model->vehicles, sizeof(struct iss_vehicle), id);
}

#endif
