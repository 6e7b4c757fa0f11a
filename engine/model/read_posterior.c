/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read_posterior.c - what counts leave to believe: { dist = "beta"; successes = 160;
 * trials = 162; } for a probability, { dist = "gamma_rate"; events = 1; exposure =
 * "25 yr"; } for a rate.
 *
 * Conjugate posteriors (Gelman et al., Bayesian Data Analysis, 2.4 and 2.8), with
 * Jeffreys' prior unless another is named:
 *
 *                 Jeffreys                              uniform
 *     beta        a = successes + 1/2                   a = successes + 1
 *                 b = trials - successes + 1/2          b = trials - successes + 1
 *     gamma_rate  shape = events + 1/2                  shape = events + 1
 *                 scale = 1 / exposure                  likewise
 */
#include <inttypes.h>
#include <string.h>

#include "base/units.h"
#include "model/read_dist.h"

#define COUNT_MAX 99999 /* keeps shapes within those that can be tabulated */

bool
iss_is_posterior(const struct iss_node *beta)
{
    static const char *const names[] = {"successes", "trials", "prior"};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (iss_node_child(beta, names[i]) != NULL) {
            return true;
        }
    }
    return false;
}

/* What the prior adds to a count. */
static bool
read_prior(const struct iss_dist_reader *reader, const struct iss_node *node,
           double *prior)
{
    static const char *const names[] = {"jeffreys", "uniform"};
    const struct iss_node *setting = iss_node_child(node, "prior");
    const char *name;
    char path[256];

    *prior = 0.5;
    if (setting == NULL) {
        return true;
    }
    if (!iss_node_text(setting, &name, reader->diag)) {
        return false;
    }
    if (strcmp(name, names[0]) == 0 || strcmp(name, names[1]) == 0) {
        *prior = strcmp(name, names[0]) == 0 ? 0.5 : 1;
        return true;
    }
    const char *near = iss_diag_suggest(name, names, 2);
    iss_diag_error(
        reader->diag, setting->origin, iss_node_path(setting, path, sizeof path),
        "no such choice; got \"%s\"; allowed \"jeffreys\", \"uniform\"%s%s%s", name,
        near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    return false;
}

/* The setting `name` of the posterior; NULL, reported, when it is missing or itself
 * uncertain. */
static const struct iss_node *
find(const struct iss_dist_reader *reader, const struct iss_node *node,
     const char *name, enum iss_dist_family family, const char *needs)
{
    const struct iss_node *setting = iss_node_child(node, name);

    if (setting == NULL) {
        iss_refuse(reader, node, needs);
    } else if (iss_model_is_uncertain(setting)) {
        iss_refuse_uncertain(reader, setting, family);
        setting = NULL;
    }
    return setting;
}

static bool
read_count(const struct iss_dist_reader *reader, const struct iss_node *node,
           int64_t *count)
{
    char path[256];

    if (!iss_node_int(node, count, reader->diag)) {
        return false;
    }
    if (*count < 0 || *count > COUNT_MAX) {
        iss_diag_error(
            reader->diag, node->origin, iss_node_path(node, path, sizeof path),
            "out of range; got %" PRId64 "; allowed 0 to %d", *count, COUNT_MAX);
        return false;
    }
    return true;
}

bool
iss_read_beta_posterior(const struct iss_dist_reader *reader,
                        const struct iss_node *node, struct iss_dist_spec *spec)
{
    static const char needs[] = "beta needs a, b, or successes, trials";
    const struct iss_node *successes =
        find(reader, node, "successes", ISS_DIST_BETA, needs);
    const struct iss_node *trials =
        successes != NULL ? find(reader, node, "trials", ISS_DIST_BETA, needs) : NULL;
    int64_t good = 0, all = 0;
    double prior;
    char path[256];

    if (trials == NULL) {
        return false;
    }
    bool read = read_count(reader, successes, &good);
    read = read_count(reader, trials, &all) && read;
    read = read_prior(reader, node, &prior) && read;
    if (read && good > all) {
        iss_diag_error(reader->diag, successes->origin,
                       iss_node_path(successes, path, sizeof path),
                       "more successes than trials; got %" PRId64
                       "; allowed 0 to %" PRId64,
                       good, all);
        return false;
    }
    spec->p[0] = (double)good + prior;
    spec->p[1] = (double)(all - good) + prior;
    return read;
}

/* The time that the events were counted in; a bare number is in the rate's unit. */
static bool
read_exposure(const struct iss_dist_reader *reader, const struct iss_node *node,
              double *exposure)
{
    char path[256], got[96];

    if (!iss_node_quantity(node, ISS_DIM_TIME, reader->unit + 1, exposure,
                           reader->diag)) {
        return false;
    }
    if (!(*exposure > 0)) {
        iss_diag_error(
            reader->diag, node->origin, iss_node_path(node, path, sizeof path),
            "must be positive; got %s", iss_node_value(node, got, sizeof got));
        return false;
    }
    return true;
}

bool
iss_read_rate_posterior(const struct iss_dist_reader *reader,
                        const struct iss_node *node, struct iss_dist_spec *spec)
{
    static const char needs[] = "gamma_rate needs events, exposure";
    enum iss_dimension dimension = iss_model_dimension(reader->unit);
    const struct iss_node *dist = iss_node_child(node, "dist");
    int64_t count = 0;
    double exposure = 1, prior;
    char path[256];

    if (dimension != ISS_DIM_RATE) {
        iss_diag_error(reader->diag, dist->origin,
                       iss_node_path(dist, path, sizeof path),
                       "gamma_rate gives a rate; got it for %s; allowed for the rate "
                       "of an exponential: rate = { uncertain = { dist = "
                       "\"gamma_rate\"; ... }; }",
                       iss_dimension_name(dimension));
        return false;
    }
    const struct iss_node *events = find(reader, node, "events", ISS_DIST_GAMMA, needs);
    const struct iss_node *during =
        events != NULL ? find(reader, node, "exposure", ISS_DIST_GAMMA, needs) : NULL;
    if (during == NULL) {
        return false;
    }
    bool read = read_count(reader, events, &count);
    read = read_exposure(reader, during, &exposure) && read;
    read = read_prior(reader, node, &prior) && read;
    spec->p[0] = (double)count + prior;
    spec->p[1] = 1 / exposure;
    return read;
}
