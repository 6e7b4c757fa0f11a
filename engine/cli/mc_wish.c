/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mc_wish.c - what study is asked for: options first, then the scenario's `study`.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "cli/call.h"
#include "cli/cli.h"
#include "cli/mc.h"
#include "isssim/status.h"
#include "observe/gauges.h"

#define MOST_ROWS (UINT64_C(1) << 53)

/* Complain about an option: "--shard: got 9/3; allowed ...". */
static int
refuse(enum iss_option option, const char *got, const char *allowed)
{
    char name[ISS_OPTION_NAME];

    iss_cli_complain("--%s: got %s; %s", iss_option_name(option, name), got, allowed);
    return iss_status_exit_code(ISS_ERR_USAGE);
}

static int
complain(int status, const char *message)
{
    iss_cli_complain("%s", *message != '\0' ? message : iss_status_text(status));
    return iss_status_exit_code(status);
}

/* ---- numbers --------------------------------------------------------------------- */

/* "7/64", counted from 1. */
static int
read_shard(struct iss_mc_wish *wish, const char *text)
{
    char *slash, *end;
    unsigned long index = strtoul(text, &slash, 10), count = 0;

    if (*slash == '/' && isdigit((unsigned char)*text) &&
        isdigit((unsigned char)slash[1])) {
        count = strtoul(slash + 1, &end, 10);
    }
    if (count == 0 || *end != '\0' || index < 1 || index > count || count > 1000000) {
        return refuse(ISS_OPTION_shard, text,
                      "allowed K/N with K from 1 to N, as in 7/64");
    }
    wish->shard = (struct iss_shard){(uint32_t)index - 1, (uint32_t)count};
    return 0;
}

static int
read_confidence(struct iss_mc_wish *wish, const char *text)
{
    char *end;

    wish->confidence = strtod(text, &end);
    if (*end == '%' && end != text) {
        wish->confidence /= 100;
        end++;
    }
    if (end == text || *end != '\0' ||
        !(wish->confidence > 0 && wish->confidence < 1)) {
        return refuse(ISS_OPTION_confidence, text,
                      "allowed more than 0 and less than 1");
    }
    return 0;
}

static int
read_numbers(struct iss_mc_wish *wish, const struct iss_arguments *arguments,
             const struct iss_study_plan *study)
{
    uint64_t threads = 0, block = (uint64_t)study->block;
    int code = 0;

    wish->seed = (uint64_t)study->seed;
    wish->confidence = study->confidence.fixed;
    code = iss_arguments_number(arguments, ISS_OPTION_seed, UINT64_MAX, &wish->seed);
    if (code == 0) {
        code = iss_arguments_number(arguments, ISS_OPTION_threads, 4096, &threads);
    }
    if (code == 0) {
        code = iss_arguments_number(arguments, ISS_OPTION_block, 1024, &block);
    }
    if (code == 0 && block != 0 && (block & (block - 1)) != 0) {
        code = refuse(ISS_OPTION_block, arguments->values[ISS_OPTION_block],
                      "allowed 1, 2, 4 ... 1024");
    }
    if (code == 0 && arguments->given[ISS_OPTION_confidence]) {
        code = read_confidence(wish, arguments->values[ISS_OPTION_confidence]);
    }
    if (code == 0 && arguments->given[ISS_OPTION_shard]) {
        code = read_shard(wish, arguments->values[ISS_OPTION_shard]);
    }
    wish->threads = (int32_t)threads;
    wish->block = (uint32_t)block;
    return code;
}

/* How many: with a precision as many as it takes, between two bounds. */
static int
read_counts(struct iss_mc_wish *wish, const struct iss_arguments *arguments,
            const struct iss_study_plan *study)
{
    bool precise = wish->target_count > 0;
    uint64_t most = (uint64_t)study->max_replications;
    uint64_t count = precise ? 1 : (uint64_t)study->replications;
    int code =
        iss_arguments_number(arguments, ISS_OPTION_replications, MOST_ROWS, &count);

    if (code == 0) {
        code = iss_arguments_number(arguments, ISS_OPTION_max_n, MOST_ROWS, &most);
    }
    if (code == 0 && (count == 0 || most == 0)) {
        code = refuse(count == 0 ? ISS_OPTION_replications : ISS_OPTION_max_n, "0",
                      "allowed 1 to 9007199254740992");
    }
    if (code == 0 && arguments->given[ISS_OPTION_max_n] && !precise) {
        code = complain(ISS_ERR_USAGE, "--max-n bounds a study with --precision; "
                                       "without it say --replications");
    }
    if (code == 0 && arguments->given[ISS_OPTION_anytime] && !precise) {
        code = complain(ISS_ERR_USAGE, "--anytime says how --precision is judged; "
                                       "there is none");
    }
    if (code == 0 && precise && wish->shard.count > 0) {
        code = complain(ISS_ERR_USAGE, "--shard and a precision don't go together: a "
                                       "shard doesn't know the others' rows; say "
                                       "--replications");
    }
    wish->least = count;
    wish->replications = !precise ? count : most > count ? most : count;
    return code;
}

/* Traces are of a whole study; those listed must be in it. */
static int
read_traces(struct iss_mc_wish *wish, const struct iss_study_info *info,
            const char *text)
{
    char message[512] = "";

    if (wish->shard.count > 0) {
        return complain(ISS_ERR_USAGE,
                        "--traces and --shard don't go together; `isssim run "
                        "--replication K` gives any mission of the study");
    }
    if (iss_traces_parse(&wish->traces, text, info, message, sizeof message) !=
        ISS_OK) {
        iss_cli_complain("--traces: %s", message);
        return iss_status_exit_code(ISS_ERR_USAGE);
    }
    for (int32_t i = 0; i < wish->traces.range_count; i++) {
        if (wish->traces.ranges[i].end > wish->replications) {
            iss_cli_complain("--traces: replication %" PRIu64
                             " isn't in the study, which has %" PRIu64 " from 0",
                             wish->traces.ranges[i].end - 1, wish->replications);
            return iss_status_exit_code(ISS_ERR_USAGE);
        }
    }
    return 0;
}

/* ---- names ----------------------------------------------------------------------- */

/* "soyuz_leak-mc.h5", "soyuz_leak-mc-07of64.h5", in the current folder. */
static char *
default_output(const struct iss_mc_wish *wish, const char *scenario)
{
    char ending[64] = "-mc.h5", digits[24];

    if (wish->shard.count > 0) {
        int width = snprintf(digits, sizeof digits, "%" PRIu32, wish->shard.count);
        snprintf(ending, sizeof ending, "-mc-%0*" PRIu32 "of%s.h5", width,
                 wish->shard.index + 1, digits);
    }
    return iss_call_output(scenario, ending);
}

#define MAX_SERIES 64

/* Plan with the series of --series, or those of the scenario. */
static int
plan_study(struct iss_plan *plan, const struct iss_mc_wish *wish,
           const struct iss_arguments *arguments, const struct iss_model *model)
{
    char *copy = strdup(arguments->given[ISS_OPTION_series]
                            ? arguments->values[ISS_OPTION_series]
                            : "");
    const char *names[MAX_SERIES];
    char *rest = NULL, message[512] = "";
    int32_t count = 0;

    if (copy == NULL) {
        return iss_status_exit_code(ISS_ERR_NO_MEMORY);
    }
    for (char *one = strtok_r(copy, ",", &rest); one != NULL;
         one = strtok_r(NULL, ",", &rest)) {
        if (count == MAX_SERIES) {
            free(copy);
            return refuse(ISS_OPTION_series, "more", "allowed 64 of them");
        }
        names[count++] = one;
    }
    int status = iss_plan_init(plan, model, wish->seed, names,
                               arguments->given[ISS_OPTION_series] ? count : -1,
                               message, sizeof message);
    free(copy);
    return status == ISS_OK ? 0 : complain(status, message);
}

int
iss_mc_wish(struct iss_mc_wish *wish, struct iss_plan *plan,
            const struct iss_arguments *arguments, const struct iss_input *input)
{
    const struct iss_model *model = input->model;

    *wish = (struct iss_mc_wish){0};
    *plan = (struct iss_plan){0};
    int code = read_numbers(wish, arguments, &model->study);
    if (code == 0) {
        code = plan_study(plan, wish, arguments, model);
    }
    if (code == 0) {
        code = iss_mc_targets(wish, &plan->info, arguments, &model->study);
    }
    if (code == 0) {
        code = read_counts(wish, arguments, &model->study);
    }
    if (code == 0 && arguments->given[ISS_OPTION_traces]) {
        code = read_traces(wish, &plan->info, arguments->values[ISS_OPTION_traces]);
    }
    if (code == 0) {
        wish->output = arguments->given[ISS_OPTION_output]
                           ? strdup(arguments->values[ISS_OPTION_output])
                           : default_output(wish, input->path);
        code = wish->output == NULL ? iss_status_exit_code(ISS_ERR_NO_MEMORY) : 0;
    }
    return code;
}

void
iss_mc_wish_clear(struct iss_mc_wish *wish)
{
    free(wish->output);
    wish->output = NULL;
}
