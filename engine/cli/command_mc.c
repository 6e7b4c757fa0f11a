/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * command_mc.c - `isssim mc`: a study of many replications.
 *
 *     what is asked for -> may the output be written? -> log -> compute -> file -> tell
 *
 * As one of many processes (mpirun) the program computes for rank 0, which alone keeps
 * and tells anything.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/call.h"
#include "cli/cli.h"
#include "cli/mc.h"
#include "cli/quote.h"
#include "isssim/status.h"
#include "kernel/numerics.h"
#include "observe/head.h"
#include "study/team.h"

static int
fail(int status, const char *message)
{
    iss_cli_complain("%s", *message != '\0' ? message : iss_status_text(status));
    return iss_status_exit_code(status);
}

static void
tell_of_log(const struct iss_mc *mc)
{
    iss_cli_complain("what was computed is in %s.log; go on with --resume",
                     mc->wish.output);
}

/* ---- before ---------------------------------------------------------------------- */

/* Options that are told otherwise, or that change nothing in the rows. */
static bool
is_told(const struct iss_arguments *arguments, enum iss_option option)
{
    static const bool apart[ISS_OPTIONS] = {[ISS_OPTION_seed] = true,
                                            [ISS_OPTION_replications] = true,
                                            [ISS_OPTION_max_n] = true,
                                            [ISS_OPTION_set] = true,
                                            [ISS_OPTION_output] = true};

    return arguments->given[option] && !apart[option] &&
           (iss_options[option].value != NULL || option == ISS_OPTION_anytime);
}

/* In words that can be typed again: all that the results depend on.  A number of
 * replications would silence the precision that a scenario asks for. */
static char *
make_command_line(const struct iss_mc *mc)
{
    const struct iss_arguments *arguments = mc->arguments;
    struct iss_call call;

    iss_call_begin(&call);
    FILE *line = call.line;
    if (line == NULL) {
        return NULL;
    }
    fprintf(line, "isssim mc --seed %" PRIu64, mc->wish.seed);
    if (mc->wish.target_count == 0 || arguments->given[ISS_OPTION_replications]) {
        fprintf(line, " --replications %" PRIu64, mc->wish.least);
    }
    if (mc->wish.target_count > 0) {
        fprintf(line, " --max-n %" PRIu64, mc->wish.replications);
    }
    for (int option = 0; option < ISS_OPTIONS; option++) {
        char name[ISS_OPTION_NAME];
        if (is_told(arguments, (enum iss_option)option)) {
            fprintf(line, " --%s", iss_option_name((enum iss_option)option, name));
            if (iss_options[option].value != NULL) {
                fputc(' ', line);
                iss_quote_put(line, arguments->values[option]);
            }
        }
    }
    iss_call_put_scenario(&call, arguments, mc->input.path);
    return iss_call_end(&call);
}

static struct iss_store_options
store_options(const struct iss_mc *mc, bool replace)
{
    return (struct iss_store_options){
        .force = replace || mc->arguments->given[ISS_OPTION_force],
        .reproducible = mc->arguments->given[ISS_OPTION_reproducible],
        .command_line = mc->command_line,
        .elapsed_s = mc->elapsed_s,
        .scenario_path = mc->input.path,
        .libraries = iss_numerics_library(),
    };
}

/* Meet the other processes, if there are any; all but the first fall silent. */
static int
meet(struct iss_mc *mc)
{
    if (iss_remote_started() < 2) {
        return 0;
    }
    int status = iss_remote_load(&mc->remote, mc->message, sizeof mc->message);
    if (status != ISS_OK) {
        return fail(status, mc->message);
    }
    if (mc->remote.rank > 0 && freopen("/dev/null", "w", stderr) == NULL) {
        return iss_status_exit_code(ISS_ERR_WRITE);
    }
    return 0;
}

static int
prepare(struct iss_mc *mc)
{
    bool resume = mc->arguments->given[ISS_OPTION_resume];
    int code = iss_mc_wish(&mc->wish, &mc->plan, mc->arguments, &mc->input);

    iss_mc_catch(); /* before there is a log that a signal could leave behind */
    if (code != 0 || mc->remote.rank > 0) {
        return code;
    }
    mc->command_line = make_command_line(mc);
    if (mc->command_line == NULL) {
        return fail(ISS_ERR_NO_MEMORY, "");
    }
    struct iss_store_options options = store_options(mc, resume);
    int status =
        iss_store_check(mc->wish.output, &options, mc->message, sizeof mc->message);
    if (status != ISS_OK) {
        return fail(status, mc->message);
    }
    const struct iss_log_study study = {&mc->plan.info, mc->wish.shard, mc->message,
                                        sizeof mc->message};
    code = iss_mc_keep(&mc->log, mc->wish.output, resume, options.force, &study,
                       mc->wish.replications);
    if (code == 0 && iss_mc_stopper_init(&mc->stopper, &mc->wish, &mc->plan.info,
                                         mc->log) != ISS_OK) {
        code = fail(ISS_ERR_NO_MEMORY, "");
    }
    return code;
}

/* ---- computing ------------------------------------------------------------------- */

static int
serve(struct iss_mc *mc, struct iss_study_run *run)
{
    int status =
        iss_team_run(run, &mc->remote, &mc->result, mc->message, sizeof mc->message);
    mc->leave = status != ISS_ERR_REMOTE;
    return iss_status_exit_code(status);
}

/* The log's own change while it grows. */
static int
copy_ranges(struct iss_ranges *copy, const struct iss_ranges *ranges)
{
    int status = ISS_OK;

    for (size_t i = 0; status == ISS_OK && i < ranges->count; i++) {
        status = iss_ranges_add(copy, ranges->items[i].first, ranges->items[i].end);
    }
    return status;
}

static int
compute(struct iss_mc *mc)
{
    bool precise = mc->wish.target_count > 0;
    struct iss_study_run run = {.model = mc->input.model,
                                .info = &mc->plan.info,
                                .replications = mc->wish.replications,
                                .shard = mc->wish.shard.index,
                                .shards = mc->wish.shard.count,
                                .block = mc->wish.block,
                                .threads = mc->wish.threads,
                                .stop = iss_mc_caught()};
    struct iss_ranges done = {0};

    if (mc->remote.rank > 0) {
        return serve(mc, &run);
    }
    int status = copy_ranges(&done, iss_log_ranges(mc->log));
    run.done = done.items;
    run.done_count = done.count;
    run.sink = iss_log_sink(mc->log);
    run.stopper = precise ? &mc->stopper.stopper : NULL;
    run.progress = iss_mc_progress_tell;
    run.progress_self = &mc->progress;
    iss_mc_progress_init(&mc->progress, precise ? &mc->stopper : NULL,
                         mc->arguments->given[ISS_OPTION_quiet],
                         iss_ranges_total(&done));
    if (status == ISS_OK) {
        status = mc->remote.size > 1 ? iss_team_run(&run, &mc->remote, &mc->result,
                                                    mc->message, sizeof mc->message)
                                     : iss_study_run(&run, &mc->result);
        mc->leave = status != ISS_ERR_REMOTE;
    }
    iss_mc_progress_end(&mc->progress);
    mc->elapsed_s = iss_call_now_s() - mc->progress.begun_s;
    iss_ranges_clear(&done);
    if (status == ISS_OK && (status = iss_log_sync(mc->log)) == ISS_OK) {
        return 0;
    }
    (void)fail(status, mc->message);
    tell_of_log(mc);
    return iss_status_exit_code(status);
}

/* ---- the file -------------------------------------------------------------------- */

static int
each_block(void *source, const struct iss_sink *sink)
{
    return iss_log_each(source, sink);
}

/* All rows of the log.  It has more than where the study ended only when a less precise
 * one was asked for than before; what the fans are of can't be cut then. */
static int
choose_rows(struct iss_mc *mc)
{
    const struct iss_ranges *had = iss_log_ranges(mc->log);
    uint64_t end = had->count == 0 ? 0 : had->items[had->count - 1].end;

    if (end > mc->result.end) {
        snprintf(mc->message, sizeof mc->message,
                 "%s.log: has replications up to %" PRIu64 ", and %" PRIu64
                 " are precise enough; a study can be extended, not cut: ask with "
                 "--replications for at least %" PRIu64,
                 mc->wish.output, end - 1, mc->result.end, end);
        return ISS_ERR_MISMATCH;
    }
    return copy_ranges(&mc->rows, had);
}

static int
build(struct iss_mc *mc)
{
    bool resume = mc->arguments->given[ISS_OPTION_resume];
    const struct iss_traces *traces =
        mc->arguments->given[ISS_OPTION_traces] && !mc->result.interrupted
            ? &mc->wish.traces
            : NULL;
    int status = choose_rows(mc);

    if (status == ISS_OK) {
        status =
            iss_head_make(&mc->outcome, mc->input.model, "isssim/mc", mc->wish.seed);
    }
    if (status != ISS_OK) {
        return fail(status, mc->message);
    }
    mc->outcome.numerics = mc->plan.info.numerics;
    mc->outcome.overrides = mc->arguments->sets;
    mc->outcome.override_count = (int32_t)mc->arguments->set_count;
    const struct iss_mc_build wanted = {
        .info = &mc->plan.info,
        .rows = &mc->rows,
        .requested = mc->result.met ? mc->result.end : mc->wish.replications,
        .complete = !mc->result.interrupted,
        .shard = mc->wish.shard,
        .confidence = mc->wish.confidence,
        .each = each_block,
        .source = mc->log,
        .model = mc->input.model,
        .traces = traces,
        .options = store_options(mc, resume),
    };
    return iss_mc_build(mc->wish.output, &wanted, &mc->outcome, &mc->summary);
}

/* ---- all ------------------------------------------------------------------------- */

/* A finished study needs its log no more; an unfinished one is gone on with from it. */
static int
finish(struct iss_mc *mc)
{
    int code = build(mc);

    if (code == iss_status_exit_code(ISS_ERR_WRITE)) {
        tell_of_log(mc);
    }
    if (code != 0) {
        return code;
    }
    if (!mc->result.interrupted) {
        iss_log_remove(mc->log);
        mc->log = NULL;
    }
    code = iss_mc_report(mc);
    iss_mc_warn(mc);
    if (code == 0 && mc->result.interrupted) {
        return iss_mc_signal_code();
    }
    return code == 0 && mc->summary.failed > 0 ? ISS_MC_SOME_FAILED : code;
}

int
iss_command_mc(const struct iss_arguments *arguments)
{
    struct iss_mc mc = {.arguments = arguments};
    int code = meet(&mc);

    if (code == 0) {
        code = iss_input_load(arguments, &mc.input);
    }
    if (code == 0) {
        code = prepare(&mc);
    }
    if (code == 0) {
        code = compute(&mc);
    }
    if (code == 0 && mc.remote.rank == 0) {
        code = finish(&mc);
    }
    /* To take leave is to wait for all; when one gives up before the work, whoever
     * started the processes ends the others. */
    if (mc.remote.close != NULL && mc.leave) {
        mc.remote.close(mc.remote.self);
    }
    iss_log_close(mc.log);
    iss_mc_stopper_clear(&mc.stopper);
    iss_ranges_clear(&mc.rows);
    iss_outcome_clear(&mc.outcome);
    iss_plan_clear(&mc.plan);
    iss_mc_wish_clear(&mc.wish);
    free(mc.command_line);
    iss_input_clear(&mc.input);
    return code;
}
