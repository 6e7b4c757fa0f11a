/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * oracle.c - a scenario must reproduce a number that is known in closed form, and must
 * stop doing so when one of its rates is changed a little.
 *
 *     oracle SCENARIO METRIC mean|positive EXPECTED N MUTATION
 *
 * `positive` takes the share of replications in which the metric is above 0, with the
 * binomial standard error under the expected value; `mean` takes the mean, with the
 * sample's.  Passes when |z| <= 4 and the scenario with MUTATION (PATH=VALUE) applied
 * gives |z| > 4: a test that can't see the mutation would prove nothing.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"
#include "kernel/tally.h"
#include "observe/gauges.h"
#include "rows.h"

struct estimate {
    int32_t metric;
    bool positive;
    struct iss_sample sample;
    uint64_t failed;
};

static int
take_row(void *context, const struct iss_row *row)
{
    struct estimate *estimate = context;
    double value = row->metrics[estimate->metric];

    estimate->failed += row->status != ISS_OK;
    iss_sample_add(&estimate->sample, estimate->positive ? value > 0 : value);
    return ISS_OK;
}

static double
z_score(const struct estimate *estimate, double expected)
{
    double n = (double)estimate->sample.count;
    double variance = estimate->positive ? expected * (1 - expected)
                                         : iss_sample_variance(&estimate->sample);
    return (estimate->sample.mean - expected) / sqrt(variance / n);
}

/* The z score of the scenario with `mutation` (NULL for none) applied. */
static int
score(char **argv, const char *mutation, double *z)
{
    struct iss_diag diag = {0};
    struct iss_model *model = NULL;
    struct iss_model_options options = {.library = ISSSIM_SOURCE_DIR "/scenarios",
                                        .overrides = &mutation,
                                        .override_count = mutation != NULL};
    struct estimate estimate = {.positive = strcmp(argv[3], "positive") == 0};
    int status = iss_model_load(argv[1], &options, &diag, &model);

    for (size_t i = 0; i < diag.kept; i++) {
        fprintf(stderr, "%s\n", diag.entries[i].text);
    }
    if (status == ISS_OK) {
        estimate.metric = iss_metric_find(model, argv[2]);
        status = estimate.metric < 0
                     ? ISS_ERR_USAGE
                     : rows_run(model, (uint64_t)model->study.seed,
                                strtoull(argv[5], NULL, 10), take_row, &estimate);
    }
    if (status == ISS_OK) {
        *z = z_score(&estimate, strtod(argv[4], NULL));
        printf("%s%s%s: %.9g, expected %s, z = %+.2f, %llu failed\n", argv[2],
               mutation ? " with " : "", mutation ? mutation : "", estimate.sample.mean,
               argv[4], *z, (unsigned long long)estimate.failed);
        status = estimate.failed > 0 ? ISS_ERR_INVARIANT : ISS_OK;
    }
    iss_model_free(model);
    iss_diag_clear(&diag);
    return status;
}

int
main(int argc, char **argv)
{
    double z, mutated;

    if (argc != 7) {
        fprintf(stderr, "usage: oracle SCENARIO METRIC mean|positive EXPECTED N "
                        "MUTATION\n");
        return 64;
    }
    if (score(argv, NULL, &z) != ISS_OK || score(argv, argv[6], &mutated) != ISS_OK) {
        fprintf(stderr, "the scenario doesn't run\n");
        return 1;
    }
    if (!(fabs(z) <= 4)) {
        printf("FAILED: off by more than 4 standard errors\n");
        return 1;
    }
    if (!(fabs(mutated) > 4)) {
        printf("FAILED: the mutation isn't seen\n");
        return 1;
    }
    return 0;
}
