/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * command_run.c - `isssim run`: one replication, told and stored.
 *
 *     may the output be written? -> run -> write it -> tell it
 *
 * The file comes first, so that a reader who has seen enough (`| head`) still has it.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/call.h"
#include "cli/chart.h"
#include "cli/cli.h"
#include "cli/facts.h"
#include "cli/input.h"
#include "cli/story.h"
#include "cli/summary.h"
#include "isssim/status.h"
#include "kernel/numerics.h"
#include "replicate/worker.h"
#include "store/store.h"

struct run {
    const struct iss_arguments *arguments;
    struct iss_input input;
    char *output; /* NULL: no file */
    char *command_line;
    uint64_t seed, replication;
    struct iss_outcome outcome;
    struct iss_row row;
    double elapsed_s;
    char numerics[17];
};

/* ---- before -------------------------------------------------------------------- */

/* What the user asked for, in words that can be typed again. */
static char *
make_command_line(const struct run *run)
{
    struct iss_call call;

    iss_call_begin(&call);
    if (call.line == NULL) {
        return NULL;
    }
    fprintf(call.line, "isssim run --seed %" PRIu64 " --replication %" PRIu64,
            run->seed, run->replication);
    iss_call_put_scenario(&call, run->arguments, run->input.path);
    return iss_call_end(&call);
}

static struct iss_store_options
store_options(const struct run *run)
{
    return (struct iss_store_options){
        .force = run->arguments->given[ISS_OPTION_force],
        .reproducible = run->arguments->given[ISS_OPTION_reproducible],
        .command_line = run->command_line,
        .elapsed_s = run->elapsed_s,
        .scenario_path = run->input.path,
    };
}

static int
fail(int status, const char *message)
{
    iss_cli_complain("%s", *message != '\0' ? message : iss_status_text(status));
    return iss_status_exit_code(status);
}

static int
prepare(struct run *run)
{
    const struct iss_arguments *arguments = run->arguments;
    char message[512] = "";
    int code = iss_arguments_number(arguments, ISS_OPTION_replication, INT64_MAX,
                                    &run->replication);

    run->seed = (uint64_t)run->input.model->study.seed;
    code =
        code ? code
             : iss_arguments_number(arguments, ISS_OPTION_seed, UINT64_MAX, &run->seed);
    if (code != 0) {
        return code;
    }
    run->command_line = make_command_line(run);
    if (run->command_line == NULL) {
        return fail(ISS_ERR_NO_MEMORY, message);
    }
    if (arguments->given[ISS_OPTION_no_output]) {
        return 0;
    }
    run->output = arguments->given[ISS_OPTION_output]
                      ? strdup(arguments->values[ISS_OPTION_output])
                      : iss_call_output(run->input.path, ".h5");
    if (run->output == NULL) {
        return fail(ISS_ERR_NO_MEMORY, message);
    }
    struct iss_store_options options = store_options(run);
    int status = iss_store_check(run->output, &options, message, sizeof message);
    return status == ISS_OK ? 0 : fail(status, message);
}

/* ---- the replication ----------------------------------------------------------- */

/* Why a replication failed, and how far it came. */
static void
tell_failure(const struct run *run, const struct iss_worker *worker, int status)
{
    const struct iss_model *model = run->input.model;
    char limit[64] = "", when[48] = "", date[32];
    const char *finding = worker != NULL ? iss_worker_finding(worker) : NULL;

    if (worker != NULL) {
        int64_t now_us = iss_worker_world(worker)->now_us;
        snprintf(when, sizeof when, " at %s",
                 iss_civil_format(model->epoch_us + now_us, ISS_CIVIL_MINUTE, date));
    }
    if (status == ISS_ERR_EVENT_LIMIT) {
        snprintf(limit, sizeof limit, "; allowed %" PRId64 " (scenario.max_events)",
                 model->scenario.max_events);
    }
    iss_cli_complain("replication %" PRIu64 " under seed %" PRIu64 " failed%s after "
                     "%" PRIu64 " events: %s%s%s%s",
                     run->replication, run->seed, when, run->row.events,
                     iss_status_text(status), limit, finding ? "; " : "",
                     finding ? finding : "");
}

static int
replicate(struct run *run)
{
    const struct iss_model *model = run->input.model;
    struct iss_worker *worker = NULL;
    struct iss_trace *trace = NULL;
    double begun = iss_call_now_s();
    int status = ISS_ERR_NO_MEMORY;

    run->row.metrics = calloc((size_t)iss_metric_count(model), sizeof(double));
    if (run->row.metrics != NULL) {
        status = iss_worker_new(model, &worker);
    }
    if (status == ISS_OK) {
        status = iss_trace_new(model, &run->outcome, &trace);
    }
    if (status == ISS_OK) {
        status = iss_worker_run(worker, run->seed, run->replication, trace, &run->row);
    }
    run->elapsed_s = iss_call_now_s() - begun;
    if (status != ISS_OK) {
        tell_failure(run, worker, status);
    }
    iss_trace_free(trace);
    iss_worker_free(worker);
    return status;
}

static int
store(struct run *run)
{
    struct iss_store_options options = store_options(run);
    char message[512] = "";

    options.libraries = iss_numerics_library();
    iss_numerics_fingerprint(run->numerics);
    run->outcome.numerics = run->numerics;
    run->outcome.overrides = run->arguments->sets;
    run->outcome.override_count = (int32_t)run->arguments->set_count;
    if (run->output == NULL) {
        return ISS_OK;
    }
    int status =
        iss_store_write(run->output, &run->outcome, &options, message, sizeof message);
    if (status != ISS_OK) {
        (void)fail(status, message);
    }
    return status;
}

/* ---- telling ------------------------------------------------------------------- */

static void
print_head(const struct run *run, const struct iss_term *term)
{
    const struct iss_model *model = run->input.model;
    const struct iss_scenario *scenario = &model->scenario;
    char from[32], text[256];
    int64_t turn_us = scenario->forecast_from_us;

    iss_civil_format(model->epoch_us, ISS_CIVIL_DATE, from);
    if (scenario->mode == ISS_MODE_REPLAY) {
        snprintf(text, sizeof text, " · replay from %s", from);
    } else {
        iss_civil_format(model->epoch_us + turn_us, ISS_CIVIL_DATE, from);
        snprintf(text, sizeof text, " · %sforecast from %s",
                 turn_us > 0 ? "replay, then " : "", from);
    }
    iss_term_put(term, ISS_BOLD, scenario->title);
    iss_term_put(term, ISS_PLAIN, text);
    snprintf(text, sizeof text, " · seed %" PRIu64 " · replication %" PRIu64, run->seed,
             run->replication);
    iss_term_put(term, ISS_PLAIN, text);
    for (size_t i = 0; i < run->arguments->set_count; i++) {
        iss_term_put(term, ISS_PLAIN, i == 0 ? " · with " : ", ");
        iss_term_put(term, ISS_PLAIN, run->arguments->sets[i]);
    }
    fputc('\n', term->out);
    if (scenario->question != NULL && *scenario->question != '\0') {
        iss_term_paragraph(term, 0, scenario->question, ISS_PLAIN, "");
    }
    fputc('\n', term->out);
}

static void
print_foot(const struct run *run, const struct iss_term *term, bool stored,
           const char *left_out)
{
    char took[48] = "", text[4096];

    if (!run->arguments->given[ISS_OPTION_reproducible]) {
        bool seconds = run->elapsed_s >= 0.9995;
        snprintf(took, sizeof took, " in %.3g %s",
                 seconds ? run->elapsed_s : 1e3 * run->elapsed_s, seconds ? "s" : "ms");
    }
    snprintf(text, sizeof text, "%" PRIu64 " events%s · %s%s%s", run->row.events, took,
             stored ? run->output : "no file written", *left_out ? " · " : "",
             left_out);
    iss_term_paragraph(term, 0, text, ISS_PLAIN, "");
}

static int
tell(struct run *run, bool stored)
{
    const struct iss_model *model = run->input.model;
    bool verbose = run->arguments->given[ISS_OPTION_verbose];
    const char *left_out = "";
    struct iss_term term;
    int status = ISS_OK;

    iss_term_init(&term, stdout);
    if (!run->arguments->given[ISS_OPTION_quiet]) {
        print_head(run, &term);
        status = iss_story_tell(&run->outcome, &term, verbose, &left_out);
        putchar('\n');
        if (status == ISS_OK) {
            status = iss_chart_print(&run->outcome, &term, model->scenario.end_us);
        }
        putchar('\n');
        if (status == ISS_OK) {
            status = iss_summary_print(&run->outcome, &term, verbose);
        }
        putchar('\n');
    }
    print_foot(run, &term, stored, left_out);
    return status == ISS_OK ? iss_cli_flush() : fail(status, "");
}

/* The same for programs. */
static int
print_facts(struct run *run, bool stored)
{
    const struct iss_scenario *scenario = &run->input.model->scenario;
    bool verbose = run->arguments->given[ISS_OPTION_verbose];
    json_t *root = iss_facts_head(&run->outcome);
    char fingerprint[24];

    snprintf(fingerprint, sizeof fingerprint, "%016" PRIx64, run->row.fingerprint);
    iss_facts_put(&root, "question", iss_facts_text(scenario->question));
    iss_facts_put(&root, "file", iss_facts_text(stored ? run->output : NULL));
    iss_facts_put(&root, "events", iss_facts_whole(run->row.events));
    iss_facts_put(&root, "fingerprint", iss_facts_text(fingerprint));
    iss_facts_put(&root, "story", iss_facts_story(&run->outcome, verbose));
    iss_facts_put(&root, "metrics", iss_facts_metrics(&run->outcome));
    return iss_facts_print(root);
}

int
iss_command_run(const struct iss_arguments *arguments)
{
    struct run run = {.arguments = arguments};
    int code = iss_input_load(arguments, &run.input);

    if (code == 0) {
        code = prepare(&run);
    }
    if (code == 0) {
        code = iss_status_exit_code(replicate(&run));
    }
    if (code == 0) {
        code = iss_status_exit_code(store(&run));
        bool stored = run.output != NULL && code == 0;
        int told = arguments->given[ISS_OPTION_json] ? print_facts(&run, stored)
                                                     : tell(&run, stored);
        code = code ? code : told;
    }
    iss_outcome_clear(&run.outcome);
    free(run.row.metrics);
    free(run.command_line);
    free(run.output);
    iss_input_clear(&run.input);
    return code;
}
