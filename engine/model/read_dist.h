/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model/read_dist.h - the parts of the reader of distributions, for each other.
 */
#ifndef ISS_MODEL_READ_DIST_H
#define ISS_MODEL_READ_DIST_H

#include "model/read.h"

/* Values in a list or a column: more would not load again from a resolved scenario. */
#define ISS_RECORD_MAX 20000

struct iss_dist_reader {
    const char *unit; /* of a bare number */
    struct iss_model *model;
    struct iss_diag *diag;
    const struct iss_key *key; /* of the setting that it is all for */
    struct iss_law *law;       /* takes note of what is uncertain */
    const char *known;         /* where there is no law: why nothing may be uncertain */
};

/** The distribution that `node` describes, whatever its range; NULL with a problem in
 *  the diagnostics, or without one when there is no memory. */
const struct iss_dist *iss_read_any_dist(const struct iss_dist_reader *reader,
                                         const struct iss_node *node);

/** Fill the components of a mixture or a minimum, the values of an empirical
 *  distribution.  False likewise. */
bool iss_read_mixture(const struct iss_dist_reader *reader, const struct iss_node *node,
                      struct iss_dist_spec *spec);
bool iss_read_minimum(const struct iss_dist_reader *reader, const struct iss_node *node,
                      struct iss_dist_spec *spec);
bool iss_read_record(const struct iss_dist_reader *reader, const struct iss_node *node,
                     struct iss_dist_spec *spec);

/* ---- posteriors (read_posterior.c) --------------------------------------------- */

/** Whether a beta is given by successes and trials. */
bool iss_is_posterior(const struct iss_node *beta);

/** Fill the parameters of the beta or gamma that counts leave: { dist = "beta";
 *  successes; trials; }, { dist = "gamma_rate"; events; exposure; }.  False with a
 *  problem in the diagnostics. */
bool iss_read_beta_posterior(const struct iss_dist_reader *reader,
                             const struct iss_node *node, struct iss_dist_spec *spec);
bool iss_read_rate_posterior(const struct iss_dist_reader *reader,
                             const struct iss_node *node, struct iss_dist_spec *spec);

/* ---- what is uncertain (read_uncertain.c) -------------------------------------- */

/** Add what `node`, { uncertain = DISTRIBUTION; }, says to model->uncertain.
 *
 * @param unit       of its bare numbers.
 * @param parameter  its name, when it is one of the key's distribution; else NULL.
 * @return its index; -1 with a problem in the diagnostics, or without one when there is
 *         no memory.
 */
int32_t iss_read_uncertain(const struct iss_dist_reader *reader,
                           const struct iss_node *node, const char *unit,
                           const char *parameter);

/** Let the number `part->slot` of the law's `spec` be what `node` says; the other
 *  members of `part` tell how.  False likewise. */
bool iss_read_law_part(const struct iss_dist_reader *reader,
                       const struct iss_node *node, const char *unit,
                       struct iss_law_part part, struct iss_dist_spec *spec);

/** Whether the law makes a proper distribution of whatever may be drawn for it and,
 * once it has its own, none with values below the key's range; reports it if not. */
bool iss_check_law(const struct iss_dist_reader *reader, const struct iss_node *node,
                   const struct iss_law *law);

/** Whether the key allows both values; reports it if not, with a `hint` ("" for none).
 */
bool iss_check_extent(const struct iss_dist_reader *reader, const struct iss_node *node,
                      double least, double greatest, const char *hint);

/** Report that `node` can't be uncertain, and what of `family` can; false. */
bool iss_refuse_uncertain(const struct iss_dist_reader *reader,
                          const struct iss_node *node, enum iss_dist_family family);

/** A problem with `node`; false. */
bool iss_refuse(const struct iss_dist_reader *reader, const struct iss_node *node,
                const char *problem);

/** The names of the numbers that `family` is built from, NULL behind the last. */
const char *const *iss_family_parameters(enum iss_dist_family family);

/** The name of a family in a scenario. */
const char *iss_family_name(enum iss_dist_family family);

#endif
