/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mc_target.c - how precise a study is to be: "crew_mean=1%,crew_lost>0=0.002".
 */
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/mc.h"
#include "isssim/status.h"

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

static const char *
read_target(struct iss_precision_target *target, const char *text,
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
                              : read_target(&target, text, info);

    if (problem != NULL) {
        iss_cli_complain("precision: got \"%s\"; %s", text, problem);
        return iss_status_exit_code(ISS_ERR_USAGE);
    }
    target.sequence = anytime && target.proportion;
    if (anytime && !target.proportion) {
        iss_cli_complain("precision: got \"%s\"; --anytime is for how often something "
                         "happens: METRIC>0, or a yes-or-no metric",
                         text);
        return iss_status_exit_code(ISS_ERR_USAGE);
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

int
iss_mc_targets(struct iss_mc_wish *wish, const struct iss_study_info *info,
               const struct iss_arguments *arguments,
               const struct iss_study_plan *study)
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
