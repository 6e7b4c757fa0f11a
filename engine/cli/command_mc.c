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

#include "cli/cli.h"
#include "cli/facts.h"
#include "cli/mc.h"
#include "cli/quote.h"
#include "isssim/status.h"
#include "kernel/numerics.h"
#include "observe/head.h"
#include "study/team.h"

struct mc {
    const struct iss_arguments *arguments;
    struct iss_input input;
    struct iss_mc_wish wish;
    struct iss_plan plan;
    struct iss_remote remote; /* size 0: alone */
    struct iss_log *log;
    struct iss_mc_stopper stopper;
    struct iss_mc_progress progress;
    struct iss_study_result result;
    struct iss_ranges rows; /* that the file gets */
    struct iss_outcome outcome;
    struct iss_summary_result summary;
    char *command_line;
    double elapsed_s;
    char message[1024];
};

static int
fail(int status, const char *message)
{
    iss_cli_complain("%s", *message != '\0' ? message : iss_status_text(status));
    return iss_status_exit_code(status);
}

/* ---- before ---------------------------------------------------------------------- */

/* In words that can be typed again: all that the results depend on. */
static char *
make_command_line(const struct mc *mc)
{
    char *text = NULL;
    size_t size;
    FILE *line = open_memstream(&text, &size);

    if (line == NULL) {
        return NULL;
    }
    fprintf(line, "isssim mc --seed %" PRIu64 " --replications %" PRIu64, mc->wish.seed,
            mc->wish.least);
    if (mc->wish.target_count > 0) {
        fprintf(line, " --max-n %" PRIu64, mc->wish.replications);
    }
    for (int option = 0; option < ISS_OPTIONS; option++) {
        char name[ISS_OPTION_NAME];
        if (mc->arguments->given[option] && option != ISS_OPTION_seed &&
            option != ISS_OPTION_replications && option != ISS_OPTION_max_n &&
            option != ISS_OPTION_set && option != ISS_OPTION_output &&
            iss_options[option].value != NULL) {
            fprintf(line, " --%s ", iss_option_name((enum iss_option)option, name));
            iss_quote_put(line, mc->arguments->values[option]);
        }
    }
    for (size_t i = 0; i < mc->arguments->set_count; i++) {
        fputs(" --set ", line);
        iss_quote_put(line, mc->arguments->sets[i]);
    }
    fputs(*mc->input.path == '-' ? " -- " : " ", line);
    iss_quote_put(line, mc->input.path);
    if (fclose(line) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

static struct iss_store_options
store_options(const struct mc *mc, bool replace)
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
meet(struct mc *mc)
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
prepare(struct mc *mc)
{
    bool resume = mc->arguments->given[ISS_OPTION_resume];
    int code = iss_mc_wish(&mc->wish, &mc->plan, mc->arguments, &mc->input);

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
serve(struct mc *mc, struct iss_study_run *run)
{
    int status =
        iss_team_run(run, &mc->remote, &mc->result, mc->message, sizeof mc->message);
    return iss_status_exit_code(status);
}

static int
compute(struct mc *mc)
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
    int status = ISS_OK;

    iss_mc_catch();
    if (mc->remote.rank > 0) {
        return serve(mc, &run);
    }
    const struct iss_ranges *had = iss_log_ranges(mc->log);
    for (size_t i = 0; status == ISS_OK && i < had->count; i++) {
        status = iss_ranges_add(&done, had->items[i].first, had->items[i].end);
    }
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
    }
    iss_mc_progress_end(&mc->progress);
    mc->elapsed_s = iss_mc_now_s() - mc->progress.begun_s;
    iss_ranges_clear(&done);
    if (status == ISS_OK && (status = iss_log_sync(mc->log)) == ISS_OK) {
        return 0;
    }
    (void)fail(status, mc->message);
    iss_cli_complain("what was computed is in %s.log; go on with --resume",
                     mc->wish.output);
    return iss_status_exit_code(status);
}

/* ---- the file -------------------------------------------------------------------- */

static int
each_block(void *source, const struct iss_sink *sink)
{
    return iss_log_each(source, sink);
}

/* The rows of the log up to where the study ended. */
static int
choose_rows(struct mc *mc)
{
    const struct iss_ranges *had = iss_log_ranges(mc->log);
    uint64_t end = mc->result.end;
    int status = ISS_OK;

    for (size_t i = 0; status == ISS_OK && i < had->count; i++) {
        if (had->items[i].first < end) {
            uint64_t last = had->items[i].end < end ? had->items[i].end : end;
            status = iss_ranges_add(&mc->rows, had->items[i].first, last);
        }
    }
    return status;
}

static int
build(struct mc *mc)
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
        return fail(status, "");
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

/* ---- telling --------------------------------------------------------------------- */

static void
tell_head(const struct mc *mc, const struct iss_term *term)
{
    char text[160];

    iss_term_put(term, ISS_BOLD, mc->outcome.title);
    snprintf(text, sizeof text, " \xC2\xB7 %" PRIu64 " missions \xC2\xB7 seed %" PRIu64,
             mc->summary.rows, mc->wish.seed);
    iss_term_put(term, ISS_PLAIN, text);
    for (size_t i = 0; i < mc->arguments->set_count; i++) {
        iss_term_put(term, ISS_PLAIN, i == 0 ? " \xC2\xB7 with " : ", ");
        iss_term_put(term, ISS_PLAIN, mc->arguments->sets[i]);
    }
    fputs("\n\n", term->out);
}

static void
tell_foot(const struct mc *mc, const struct iss_term *term)
{
    char text[160];

    snprintf(text, sizeof text, "%" PRIu64 " missions computed in %.3g s",
             mc->result.progress.done, mc->elapsed_s);
    if (!mc->arguments->given[ISS_OPTION_reproducible]) {
        iss_term_put(term, ISS_PLAIN, text);
        iss_term_put(term, ISS_PLAIN, " \xC2\xB7 ");
    }
    iss_term_put(term, ISS_PLAIN, mc->wish.output);
    fputc('\n', term->out);
}

/* What the user has to know besides the numbers; on stderr. */
static void
warn(const struct mc *mc)
{
    if (mc->result.interrupted) {
        iss_cli_complain("interrupted after %" PRIu64 " of %" PRIu64
                         " missions; %s is marked incomplete, go on with --resume",
                         mc->summary.rows, mc->wish.replications, mc->wish.output);
    }
    if (mc->summary.failed > 0) {
        iss_cli_complain("%" PRIu64 " of %" PRIu64
                         " missions failed; the table /failed "
                         "names them, and `isssim run --replication K` tells why",
                         mc->summary.failed, mc->summary.rows);
    }
    for (int32_t i = 0; i < mc->wish.target_count; i++) {
        struct iss_precision_state now = iss_precision_now(&mc->stopper.precision, i);
        const struct iss_precision_target *target = &mc->wish.targets[i];
        if (!mc->result.met && !mc->result.interrupted && !now.met) {
            iss_cli_complain(
                "%s%s isn't as precise as asked after %" PRIu64
                " missions: +-%.3g, wanted +-%.3g%s; a larger --max-n with "
                "--resume goes on",
                mc->plan.info.metrics[target->metric].name,
                target->proportion ? ">0" : "", mc->summary.rows, now.half_width,
                now.wanted, now.enough ? "" : " (too few events to judge)");
        }
    }
}

static json_t *
facts_of_summary(const struct iss_table *summary, size_t row)
{
    json_t *group = json_object();

    for (int32_t i = 0; i < summary->column_count; i++) {
        const struct iss_column *column = &summary->columns[i];
        json_t *value = NULL;
        if (column->kind == ISS_COLUMN_TEXT) {
            value = iss_facts_text(column->data.text[row]);
        } else if (column->kind == ISS_COLUMN_COUNT) {
            value = iss_facts_whole((uint64_t)column->data.count[row]);
        } else if (column->kind == ISS_COLUMN_CODE) {
            value = iss_facts_text(column->meanings[column->data.code[row]]);
        } else if (iss_column_row_values(column) == 1) {
            value = iss_facts_real(column->data.real[row]);
        } else {
            value = json_array();
            for (size_t k = 0; k < iss_column_row_values(column); k++) {
                iss_facts_add(
                    &value,
                    iss_facts_real(
                        column->data.real[row * iss_column_row_values(column) + k]));
            }
        }
        iss_facts_put(&group, column->name, value);
    }
    return group;
}

static int
print_facts(const struct mc *mc)
{
    const struct iss_table *summary = iss_outcome_table(&mc->outcome, "summary");
    const struct iss_table *quantiles = iss_outcome_table(&mc->outcome, "quantiles");
    json_t *root = json_object(), *metrics = json_array(), *list = json_array();

    iss_facts_put(&root, "title", iss_facts_text(mc->outcome.title));
    iss_facts_put(&root, "file", iss_facts_text(mc->wish.output));
    iss_facts_put(&root, "seed", iss_facts_whole(mc->wish.seed));
    iss_facts_put(&root, "model_hash", iss_facts_text(mc->outcome.model_hash));
    iss_facts_put(&root, "replications", iss_facts_whole(mc->summary.rows));
    iss_facts_put(&root, "failed", iss_facts_whole(mc->summary.failed));
    iss_facts_put(&root, "complete", json_boolean(!mc->result.interrupted));
    iss_facts_put(&root, "confidence", iss_facts_real(mc->wish.confidence));
    if (mc->wish.target_count > 0) {
        iss_facts_put(&root, "precise", json_boolean(mc->result.met));
    }
    for (size_t i = 0; i < quantiles->rows; i++) {
        iss_facts_add(&list, iss_facts_real(quantiles->columns->data.real[i]));
    }
    iss_facts_put(&root, "quantiles", list);
    for (size_t row = 0; row < summary->rows; row++) {
        iss_facts_add(&metrics, facts_of_summary(summary, row));
    }
    iss_facts_put(&root, "metrics", metrics);
    return iss_facts_print(root);
}

static int
tell(const struct mc *mc)
{
    struct iss_term term;
    int status = ISS_OK;

    if (mc->arguments->given[ISS_OPTION_json]) {
        return print_facts(mc);
    }
    iss_term_init(&term, stdout);
    if (!mc->arguments->given[ISS_OPTION_quiet]) {
        tell_head(mc, &term);
        status = iss_mc_tell(&mc->outcome, &term, mc->wish.confidence,
                             mc->arguments->given[ISS_OPTION_verbose]);
        fputc('\n', stdout);
    }
    tell_foot(mc, &term);
    return status == ISS_OK ? iss_cli_flush() : fail(status, "");
}

/* A finished study needs its log no more; an unfinished one is gone on with from it. */
static int
finish(struct mc *mc)
{
    int code = build(mc);

    if (code != 0) {
        return code;
    }
    if (!mc->result.interrupted) {
        iss_log_remove(mc->log);
        mc->log = NULL;
    }
    code = tell(mc);
    warn(mc);
    if (code == 0 && mc->result.interrupted) {
        return iss_mc_signal_code();
    }
    return code == 0 && mc->summary.failed > 0 ? iss_status_exit_code(ISS_ERR_INVARIANT)
                                               : code;
}

int
iss_command_mc(const struct iss_arguments *arguments)
{
    struct mc mc = {.arguments = arguments};
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
    if (mc.remote.close != NULL && code != iss_status_exit_code(ISS_ERR_REMOTE)) {
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
