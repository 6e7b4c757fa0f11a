/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mc_wish.c - what study is asked for: options first, then the scenario's `study`.
 */
#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "cli/cli.h"
#include "cli/mc.h"
#include "isssim/status.h"
#include "observe/gauges.h"

#define MOST_ROWS (UINT64_C(1) << 53)

static int
usage(const char *format, const char *got)
{
    iss_cli_complain(format, got);
    return iss_status_exit_code(ISS_ERR_USAGE);
}

/* ---- targets --------------------------------------------------------------------- */

static int32_t
find_metric(const struct iss_study_info *info, const char *name, size_t length)
{
    for (int32_t i = 0; i < info->metric_count; i++) {
        if (strlen(info->metrics[i].name) == length &&
            strncmp(info->metrics[i].name, name, length) == 0) {
            return i;
        }
    }
    return -1;
}

/* "1 %", "0.002", and with a sign in front that says what is meant anyway. */
static bool
read_width(struct iss_precision_target *target, const char *text)
{
    static const char *const signs[] = {"\xC2\xB1", "+-"};
    char *end;

    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        size_t length = strlen(signs[i]);
        text += strncmp(text, signs[i], length) == 0 ? length : 0;
    }
    target->half_width = strtod(text, &end);
    if (end == text || !(target->half_width > 0) || target->half_width > 1e300) {
        return false;
    }
    while (*end == ' ') {
        end++;
    }
    target->relative = *end == '%';
    target->half_width /= target->relative ? 100 : 1;
    return strcmp(end + target->relative, "") == 0;
}

const char *
iss_mc_target(struct iss_precision_target *target, const char *text,
              const struct iss_study_info *info)
{
    const char *equals = strchr(text, '=');
    size_t length = equals == NULL ? 0 : (size_t)(equals - text);

    while (length > 0 && text[length - 1] == ' ') {
        length--;
    }
    target->proportion = length > 2 && strncmp(text + length - 2, ">0", 2) == 0;
    target->metric = find_metric(info, text, length - (target->proportion ? 2 : 0));
    if (equals == NULL) {
        return "allowed METRIC=1% or METRIC=0.002, and METRIC>0=0.002 for how often it "
               "isn't 0";
    }
    if (target->metric < 0) {
        return "there is no such metric; `isssim run -v` lists them";
    }
    if (!read_width(target, equals + 1 + strspn(equals + 1, " "))) {
        return "the half-width must be a positive number, or a percentage";
    }
    target->proportion =
        target->proportion || info->metrics[target->metric].kind == ISS_METRIC_YES_NO;
    return NULL;
}

static int
add_target(struct iss_mc_wish *wish, const struct iss_study_info *info,
           const char *text, bool anytime)
{
    struct iss_precision_target target = {.confidence = wish->confidence};
    const char *problem = wish->target_count == ISS_MC_TARGETS
                              ? "allowed 32 of them"
                              : iss_mc_target(&target, text, info);

    if (problem != NULL) {
        iss_cli_complain("precision: got \"%s\"; %s", text, problem);
        return iss_status_exit_code(ISS_ERR_USAGE);
    }
    target.sequence = anytime && target.proportion;
    if (anytime && !target.proportion) {
        return usage("precision: got \"%s\"; --anytime is for how often something "
                     "happens: METRIC>0, or a yes-or-no metric",
                     text);
    }
    wish->targets[wish->target_count++] = target;
    return 0;
}

/* "a=1%,b=0.002" one by one. */
static int
add_targets(struct iss_mc_wish *wish, const struct iss_study_info *info,
            const char *text, bool anytime)
{
    char *copy = strdup(text), *rest = NULL;
    int code = copy == NULL ? iss_status_exit_code(ISS_ERR_NO_MEMORY) : 0;

    for (char *one = copy ? strtok_r(copy, ",", &rest) : NULL; code == 0 && one != NULL;
         one = strtok_r(NULL, ",", &rest)) {
        code = add_target(wish, info, one, anytime);
    }
    free(copy);
    return code;
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
        return usage("--shard: got %s; allowed K/N with K from 1 to N, as in 7/64",
                     text);
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
        return usage("--confidence: got %s; allowed more than 0 and less than 1", text);
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
        code = usage("--block: got %s; allowed 1, 2, 4 ... 1024",
                     arguments->values[ISS_OPTION_block]);
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
        code = usage("%s: got 0; allowed 1 to 9007199254740992",
                     count == 0 ? "--replications" : "--max-n");
    }
    if (code == 0 && arguments->given[ISS_OPTION_max_n] && !precise) {
        code = usage("--max-n%s", " bounds a study with --precision; without it say "
                                  "--replications");
    }
    if (code == 0 && precise && wish->shard.count > 0) {
        code = usage("--shard%s", " and a precision don't go together: a shard doesn't "
                                  "know the others' rows");
    }
    wish->least = count;
    wish->replications = !precise ? count : most > count ? most : count;
    return code;
}

/* ---- names ----------------------------------------------------------------------- */

/* "soyuz_leak-mc.h5", "soyuz_leak-mc-07of64.h5", in the current folder. */
static char *
default_output(const struct iss_mc_wish *wish, const char *scenario)
{
    const char *slash = strrchr(scenario, '/');
    const char *name = slash != NULL ? slash + 1 : scenario;
    const char *dot = strrchr(name, '.');
    int length =
        (int)(dot != NULL && dot != name ? (size_t)(dot - name) : strlen(name));
    size_t size = (size_t)length + 64;
    char *output = malloc(size), digits[24];

    if (output != NULL && wish->shard.count > 0) {
        int width = snprintf(digits, sizeof digits, "%" PRIu32, wish->shard.count);
        snprintf(output, size, "%.*s-mc-%0*" PRIu32 "of%s.h5", length, name, width,
                 wish->shard.index + 1, digits);
    } else if (output != NULL) {
        snprintf(output, size, "%.*s-mc.h5", length, name);
    }
    return output;
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
    for (char *one = strtok_r(copy, ",", &rest); one != NULL && count < MAX_SERIES;
         one = strtok_r(NULL, ",", &rest)) {
        names[count++] = one;
    }
    int status = iss_plan_init(plan, model, wish->seed, names,
                               arguments->given[ISS_OPTION_series] ? count : -1,
                               message, sizeof message);
    if (status != ISS_OK) {
        iss_cli_complain("%s", *message != '\0' ? message : iss_status_text(status));
    }
    free(copy);
    return iss_status_exit_code(status);
}

static int
read_targets(struct iss_mc_wish *wish, const struct iss_study_info *info,
             const struct iss_arguments *arguments, const struct iss_study_plan *study)
{
    bool anytime = arguments->given[ISS_OPTION_anytime];
    int code = 0;

    if (arguments->given[ISS_OPTION_precision]) {
        return add_targets(wish, info, arguments->values[ISS_OPTION_precision],
                           anytime);
    }
    for (int32_t i = 0; code == 0 && i < study->precision.count &&
                        !arguments->given[ISS_OPTION_replications];
         i++) {
        code = add_target(wish, info, study->precision.at[i], anytime);
    }
    return code;
}

int
iss_mc_wish(struct iss_mc_wish *wish, struct iss_plan *plan,
            const struct iss_arguments *arguments, const struct iss_input *input)
{
    const struct iss_model *model = input->model;
    char message[512] = "";

    *wish = (struct iss_mc_wish){0};
    *plan = (struct iss_plan){0};
    int code = read_numbers(wish, arguments, &model->study);
    if (code == 0) {
        code = plan_study(plan, wish, arguments, model);
    }
    if (code == 0) {
        code = read_targets(wish, &plan->info, arguments, &model->study);
    }
    if (code == 0) {
        code = read_counts(wish, arguments, &model->study);
    }
    if (code == 0 && arguments->given[ISS_OPTION_traces] &&
        iss_traces_parse(&wish->traces, arguments->values[ISS_OPTION_traces],
                         &plan->info, message, sizeof message) != ISS_OK) {
        code = usage("--traces: %s", message);
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
