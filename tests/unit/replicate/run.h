/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * run.h - one replication of the outpost, and its story: the events of some kinds, a
 * line each, as in "30 RESCUE_CALLED Second First".
 */
#ifndef ISS_TESTS_UNIT_REPLICATE_RUN_H
#define ISS_TESTS_UNIT_REPLICATE_RUN_H

#include "unit/outpost.h"

#include "observe/tables.h"
#include "replicate/worker.h"

struct run {
    struct iss_model *model;
    struct iss_worker *worker;
    struct iss_outcome outcome;
    struct iss_row row;
    double metrics[256];
};

/* Run replication `index` of a model that the run then owns; the world is checked after
 * every event. */
static inline void
run_model(struct run *run, struct iss_model *model, uint64_t index)
{
    struct iss_trace *trace = NULL;

    *run = (struct run){.model = model};
    run->row.metrics = run->metrics;
    assert_true(iss_metric_count(model) <= 256);
    assert_int_equal(iss_worker_new(model, &run->worker), ISS_OK);
    iss_worker_check(run->worker, iss_world_check);
    assert_int_equal(iss_trace_new(model, &run->outcome, &trace), ISS_OK);
    int status = iss_worker_run(run->worker, 1, index, trace, &run->row);
    if (status != ISS_OK) {
        const char *finding = iss_worker_finding(run->worker);
        fail_msg("%s: %s", iss_status_text(status), finding ? finding : "");
    }
    iss_trace_free(trace);
    const char *problem = iss_outcome_problem(&run->outcome);
    assert_string_equal(problem ? problem : "", "");
}

/* Run the outpost with the settings `sets`. */
static inline void
run_outpost(struct run *run, const char *const *sets)
{
    run_model(run, outpost_model(sets), 0);
}

static inline void
run_end(struct run *run)
{
    iss_outcome_clear(&run->outcome);
    iss_worker_free(run->worker);
    iss_model_free(run->model);
}

/* ---- the story ----------------------------------------------------------------- */

/* Whether `kind` is one of the words of `kinds`. */
static inline bool
run_tells(const char *kinds, const char *kind)
{
    size_t length = strlen(kind);
    for (const char *at = kinds; (at = strstr(at, kind)) != NULL; at++) {
        if ((at == kinds || at[-1] == ' ') && (at[length] == ' ' || !at[length])) {
            return true;
        }
    }
    return false;
}

static inline void
run_name(struct run *run, char *line, enum iss_column_id column,
         enum iss_table_id table, const char **names, size_t event)
{
    int32_t id = iss_tables_column(&run->outcome, column)->data.id[event];
    if (id >= 0) {
        assert_true((size_t)id < run->outcome.tables[table].rows);
        strcat(strcat(line, " "), names[id]);
    }
}

static inline void
run_line(struct run *run, size_t event, char line[128])
{
    struct iss_outcome *outcome = &run->outcome;
    const char **flights = iss_at(outcome, flights, id, text);

    sprintf(line, "%g %s", iss_days_from_us(iss_at(outcome, events, time, time)[event]),
            iss_event_infos[iss_at(outcome, events, type, code)[event]].name);
    run_name(run, line, ISS_COLUMN_events_flight, ISS_TABLE_flights, flights, event);
    run_name(run, line, ISS_COLUMN_events_other, ISS_TABLE_flights, flights, event);
    run_name(run, line, ISS_COLUMN_events_port, ISS_TABLE_ports,
             iss_at(outcome, ports, id, text), event);
    run_name(run, line, ISS_COLUMN_events_person, ISS_TABLE_people,
             iss_at(outcome, people, id, text), event);
    run_name(run, line, ISS_COLUMN_events_eva, ISS_TABLE_evas,
             iss_at(outcome, evas, id, text), event);
    run_name(run, line, ISS_COLUMN_events_resource, ISS_TABLE_resources,
             iss_at(outcome, resources, id, text), event);
    run_name(run, line, ISS_COLUMN_events_threshold, ISS_TABLE_thresholds,
             iss_at(outcome, thresholds, id, text), event);
}

/* The events of the kinds that the words of `kinds` name; the caller frees it. */
static inline char *
run_story(struct run *run, const char *kinds)
{
    size_t rows = run->outcome.tables[ISS_TABLE_events].rows;
    char *story = calloc(rows + 1, 128);

    assert_non_null(story);
    for (size_t row = 0; row < rows; row++) {
        uint8_t kind = iss_at(&run->outcome, events, type, code)[row];
        if (run_tells(kinds, iss_event_infos[kind].name)) {
            char line[128];
            run_line(run, row, line);
            strcat(strcat(story, line), "\n");
        }
    }
    return story;
}

static inline void
run_assert_story(struct run *run, const char *kinds, const char *expected,
                 const char *file, int line)
{
    char *story = run_story(run, kinds);
    bool same = strcmp(story, expected) == 0;
    if (!same) {
        fprintf(stderr, "%s:%d: expected\n%sgot\n%s", file, line, expected, story);
    }
    free(story);
    assert_true(same);
}

#define ASSERT_STORY(run, kinds, expected)                                             \
    run_assert_story(run, kinds, expected, __FILE__, __LINE__)

/* Run the outpost with `sets` and check the story of some kinds of event. */
#define ASSERT_TOLD(kinds, expected, sets)                                             \
    do {                                                                               \
        struct run told;                                                               \
        run_outpost(&told, sets);                                                      \
        run_assert_story(&told, kinds, expected, __FILE__, __LINE__);                  \
        run_end(&told);                                                                \
    } while (0)

/* ---- figures ------------------------------------------------------------------- */

static inline double
run_metric(const struct run *run, const char *name)
{
    int32_t index = iss_metric_find(run->model, name);
    if (index < 0) {
        fail_msg("no metric %s", name);
    }
    return run->metrics[index];
}

static inline void
run_assert_metric(const struct run *run, const char *name, double expected,
                  const char *file, int line)
{
    double got = run_metric(run, name);
    if (!(got >= expected - 1e-9 && got <= expected + 1e-9)) {
        fail_msg("%s:%d: %s: expected %.12g, got %.12g", file, line, name, expected,
                 got);
    }
}

#define ASSERT_METRIC(run, name, expected)                                             \
    run_assert_metric(run, name, expected, __FILE__, __LINE__)

/* The value of the first event of `kind`; fails the test when there is none. */
static inline double
run_value(struct run *run, enum iss_event_kind kind)
{
    for (size_t row = 0; row < run->outcome.tables[ISS_TABLE_events].rows; row++) {
        if (iss_at(&run->outcome, events, type, code)[row] == kind) {
            return iss_at(&run->outcome, events, value, real)[row];
        }
    }
    fail_msg("no %s", iss_event_infos[kind].name);
    return 0;
}

/* ---- usual additions ----------------------------------------------------------- */

/* Reliefs of First and of one another, and a leak in First on day 20. */
#define SECOND                                                                         \
    "flights.Second={vehicle='capsule'; launch=@90; undock=@200; "                     \
    "crew=['chen','dana']; relieves='First';}"
#define THIRD                                                                          \
    "flights.Third={vehicle='capsule'; launch=@190; undock=@300; "                     \
    "crew=['eve','finn']; relieves='Second';}"
#define LEAK "events.the_leak={at=@20; what='failure'; failure='leak'; flight='First';}"
/* Eve's ship, with a seat and an improvised place to spare, at the lab's port. */
#define LAB                                                                            \
    "flights.Lab={vehicle='capsule'; crew=['eve']; undock=@150; as_flown={"            \
    "launch=@-30; dock=@-29; port='annex';};}"
/* A barge at the south port until day 120. */
#define BARGE                                                                          \
    "flights.Barge={vehicle='barge'; port='south'; undock=@120; as_flown={"            \
    "launch=@-10; dock=@-9;};}"
#define TWO_PORTS                                                                      \
    "vehicles.capsule.ports=['north','south']", "vehicles.barge.ports=['south']"

#define VOYAGES "LAUNCHED DOCKED UNDOCKED LANDED DISPOSED"

#endif
