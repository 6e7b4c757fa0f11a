/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * dist.c - a distribution as a scenario asks for it: a family, shifted, conditioned to
 * an interval, and mixed with zeros.
 *
 *     u --take out the zeros--> conditional probability --stretch into [F(lower),
 *     F(upper)]--> probability of the family --quantile--> z --shift--> variate
 *
 * Probabilities travel as pairs (p, 1 - p), so that no step rounds a small tail away.
 * A family without spread (min = max, sd = 0) is the constant that it tends to.
 */
#include "kernel/dist.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "isssim/status.h"
#include "kernel/dist_family.h"

#define MEAN_REACH 300.0 /* in t = logit u; covers lognormals up to sigma = 20 */
#define MEAN_STEP  0.0625

struct iss_dist_spec
iss_dist_spec(enum iss_dist_family family)
{
    return (struct iss_dist_spec){
        .family = family, .lower = -INFINITY, .upper = INFINITY, .unit = 1};
}

static struct iss_dist_spec
constant_like(const struct iss_dist_spec *spec, double value)
{
    struct iss_dist_spec constant = *spec;

    constant.family = ISS_DIST_CONSTANT;
    constant.p[0] = value;
    return constant;
}

static struct iss_dist_spec
without_spread(const struct iss_dist_spec *spec)
{
    const double *p = spec->p;

    switch (spec->family) {
    case ISS_DIST_UNIFORM:
        return p[0] == p[1] ? constant_like(spec, p[0]) : *spec;
    case ISS_DIST_TRIANGULAR:
    case ISS_DIST_PERT:
        return p[0] == p[2] ? constant_like(spec, p[0]) : *spec;
    case ISS_DIST_NORMAL:
        return p[1] == 0 ? constant_like(spec, p[0]) : *spec;
    case ISS_DIST_LOGNORMAL:
        return p[1] == 0 ? constant_like(spec, exp(p[0])) : *spec;
    case ISS_DIST_POISSON:
        return p[0] == 0 ? constant_like(spec, 0) : *spec;
    case ISS_DIST_BINOMIAL:
        return p[0] == 0 || p[1] == 0 || p[1] == 1
                   ? constant_like(spec, p[0] * p[1] * spec->unit)
                   : *spec;
    default:
        return *spec;
    }
}

/* The family's CDF anywhere, the infinities included. */
static struct iss_prob
family_cdf(const struct iss_dist *dist, double z)
{
    if (isinf(z)) {
        return z < 0 ? (struct iss_prob){0, 1} : (struct iss_prob){1, 0};
    }
    return dist->family->cdf(dist, z);
}

/* P(Z < z) and P(Z >= z). */
static struct iss_prob
family_below(const struct iss_dist *dist, double z)
{
    if (isinf(z) || dist->family->atoms == NULL) {
        return family_cdf(dist, z);
    }
    return dist->family->atoms->below(dist, z);
}

/* By how much x - shift may miss the atom z of x = z + shift. */
static double
slack(const struct iss_dist *dist, double x)
{
    if (dist->family->atoms == NULL || dist->shift == 0 || isinf(x)) {
        return 0;
    }
    return 4 * DBL_EPSILON * (fabs(x) + fabs(dist->shift));
}

/* The family's probability on condition that it lies between the limits.  Where a limit
 * cuts off more than half, only the tail on its other side is exact. */
static struct iss_prob
condition(const struct iss_dist *dist, struct iss_prob prob)
{
    prob.p = fmin(1, fmax(0, (prob.p - dist->at_lower.p) / dist->mass));
    prob.q = fmin(1, fmax(0, (prob.q - dist->at_upper.q) / dist->mass));
    if (dist->at_lower.p > 0.5) {
        prob.p = 1 - prob.q;
    } else if (dist->at_upper.q > 0.5) {
        prob.q = 1 - prob.p;
    }
    return prob;
}

struct iss_prob
iss_dist_tails(const struct iss_dist *dist, double x)
{
    if (x < dist->lower) {
        return (struct iss_prob){0, 1};
    }
    if (x >= dist->upper) {
        return (struct iss_prob){1, 0};
    }
    return condition(dist, family_cdf(dist, x - dist->shift + slack(dist, x)));
}

/* P(X < 0) of the conditioned family. */
static double
conditional_below_zero(const struct iss_dist *dist)
{
    if (dist->lower >= 0 || dist->upper < 0) {
        return dist->lower >= 0 ? 0 : 1;
    }
    return condition(dist, family_below(dist, -dist->shift - slack(dist, 0))).p;
}

void
iss_dist_limit(struct iss_dist *dist)
{
    const struct iss_atoms *atoms = dist->family->atoms;

    dist->plain = isinf(dist->lower) && isinf(dist->upper);
    dist->constant =
        dist->family == iss_families[ISS_DIST_CONSTANT] && dist->p_zero == 0;
    dist->low = dist->lower - dist->shift;
    dist->high = dist->upper - dist->shift;
    dist->at_lower = (struct iss_prob){0, 1};
    dist->at_upper = (struct iss_prob){1, 0};
    dist->mass = 1;
    if (dist->plain) {
        return;
    }
    if (atoms != NULL && !isinf(dist->low)) {
        dist->low = atoms->at_least(dist, dist->low - slack(dist, dist->lower));
        dist->lower = fmin(dist->upper, fmax(dist->lower, dist->low + dist->shift));
    }
    if (atoms != NULL && !isinf(dist->high)) {
        dist->high = atoms->at_most(dist, dist->high + slack(dist, dist->upper));
        dist->upper = fmax(dist->lower, fmin(dist->upper, dist->high + dist->shift));
    }
    dist->at_lower = family_below(dist, dist->low);
    dist->at_upper = family_cdf(dist, dist->high);
    dist->mass = dist->at_lower.p > 0.5 ? dist->at_lower.q - dist->at_upper.q
                                        : dist->at_upper.p - dist->at_lower.p;
    if (dist->low > dist->high) {
        dist->mass = 0;
    }
}

/* The numbers that a spec gives. */
static void
set_numbers(struct iss_dist *dist, const struct iss_dist_spec *spec)
{
    dist->family = iss_families[spec->family];
    memcpy(dist->p, spec->p, sizeof dist->p);
    dist->unit = spec->unit;
    dist->mark = spec->mark;
    dist->p_zero = spec->p_zero;
    dist->shift = spec->shift;
    dist->lower = spec->lower;
    dist->upper = spec->upper;
}

/* What follows from the numbers; mass is 0 when the limits leave nothing. */
static void
set_limits(struct iss_dist *dist)
{
    iss_dist_limit(dist);
    dist->below_zero =
        dist->mass > 0 ? (1 - dist->p_zero) * conditional_below_zero(dist) : 0;
}

/* All of a distribution but the table of a quantile. */
static int
prepare(const struct iss_dist_spec *wanted, struct iss_arena *arena,
        struct iss_dist *dist)
{
    struct iss_dist_spec spec = without_spread(wanted);

    *dist = (struct iss_dist){0};
    set_numbers(dist, &spec);
    if (dist->family->shape != NULL) {
        dist->shape = dist->family->shape(dist->p);
    }
    if (dist->family->prepare != NULL) {
        int status = dist->family->prepare(dist, &spec, arena);

        if (status != ISS_OK || dist->mixture != NULL) {
            return status;
        }
    }
    set_limits(dist);
    return ISS_OK;
}

/* Whether a spec that is proper otherwise leaves nothing between its limits; without
 * memory that is for the building to say. */
static bool
is_empty(const struct iss_dist_spec *spec)
{
    struct iss_arena scratch = {0};
    struct iss_dist dist;
    bool empty;

    if (isinf(spec->lower) && isinf(spec->upper)) {
        return false;
    }
    empty = prepare(spec, &scratch, &dist) == ISS_OK && !(dist.mass > 0);
    iss_arena_clear(&scratch);
    return empty;
}

static bool
is_moderate(double value)
{
    return fabs(value) <= ISS_DIST_LARGEST;
}

const char *
iss_dist_problem(const struct iss_dist_spec *spec)
{
    const struct iss_family *family = iss_families[spec->family];
    const char *problem;

    for (int i = 0; i < 3; i++) {
        if (!is_moderate(spec->p[i])) {
            return "parameters must be finite and below 1e100";
        }
    }
    problem = family->problem(spec);
    if (problem != NULL) {
        return problem;
    }
    if (!(spec->p_zero >= 0 && spec->p_zero <= 1)) {
        return "p_zero must be from 0 to 1";
    }
    if (!is_moderate(spec->shift)) {
        return "shift must be finite and below 1e100";
    }
    if (isnan(spec->lower) || isnan(spec->upper)) {
        return "lower and upper must be numbers";
    }
    if (spec->lower > spec->upper) {
        return "lower above upper";
    }
    if (is_empty(spec)) {
        return "no probability between lower and upper";
    }
    return NULL;
}

int
iss_dist_build(const struct iss_dist_spec *spec, struct iss_arena *arena,
               const struct iss_dist **result)
{
    struct iss_dist *dist = iss_arena_alloc(arena, sizeof *dist);
    int status;

    if (dist == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    status = prepare(spec, arena, dist);
    if (status == ISS_OK && !(dist->mass > 0)) {
        status = ISS_ERR_NUMERIC;
    }
    if (status == ISS_OK && dist->family->shape != NULL) {
        status = iss_table_build(&dist->shape, arena, &dist->table);
    }
    if (status == ISS_OK) {
        *result = dist;
    }
    return status;
}

/* ---- with other numbers -------------------------------------------------------- */

double *
iss_dist_slot(struct iss_dist_spec *spec, int32_t slot)
{
    double *around[] = {&spec->p_zero, &spec->shift, &spec->lower, &spec->upper};

    return slot < ISS_DIST_P_ZERO ? &spec->p[slot] : around[slot - ISS_DIST_P_ZERO];
}

bool
iss_dist_can_remake(enum iss_dist_family family, int32_t slot)
{
    if (family == ISS_DIST_MIXTURE || slot > ISS_DIST_SHIFT) {
        return false;
    }
    if (slot >= ISS_DIST_P_ZERO) {
        return true;
    }
    if (family == ISS_DIST_GAMMA) {
        return slot == 1; /* the table is that of the shape, for scale 1 */
    }
    return iss_families[family]->shape == NULL && iss_families[family]->prepare == NULL;
}

size_t
iss_dist_size(void)
{
    return sizeof(struct iss_dist);
}

int
iss_dist_remake(const struct iss_dist *like, const struct iss_dist_spec *wanted,
                struct iss_dist *dist)
{
    struct iss_dist_spec spec = without_spread(wanted);

    *dist = *like;
    set_numbers(dist, &spec);
    set_limits(dist);
    return dist->mass > 0 ? ISS_OK : ISS_ERR_NUMERIC;
}

int32_t
iss_dist_mark(const struct iss_dist *dist)
{
    return dist->mark;
}

/* ---- drawing ------------------------------------------------------------------- */

double
iss_dist_at(const struct iss_dist *dist, struct iss_prob prob)
{
    double x;

    if (dist->plain) {
        return dist->family->quantile(dist, prob) + dist->shift;
    }
    prob.p = dist->at_lower.p + prob.p * dist->mass;
    prob.q = dist->at_upper.q + prob.q * dist->mass;
    x = dist->family->quantile(dist, prob) + dist->shift;
    return fmin(dist->upper, fmax(dist->lower, x));
}

/* The variates below zero, then the zeros, then those above. */
static double
quantile(const struct iss_dist *dist, struct iss_prob prob)
{
    double zero = dist->p_zero, other = 1 - zero;

    if (zero == 0) {
        return dist->plain ? dist->family->quantile(dist, prob) + dist->shift
                           : iss_dist_at(dist, prob);
    }
    if (prob.p < dist->below_zero) {
        prob.p = prob.p / other;
        prob.q = fmax(1 - prob.p, (prob.q - zero) / other);
        return fmin(0, iss_dist_at(dist, prob));
    }
    if (prob.p <= dist->below_zero + zero) {
        return 0;
    }
    prob.p = (prob.p - zero) / other;
    prob.q = prob.q / other;
    return fmax(0, iss_dist_at(dist, prob));
}

double
iss_dist_quantile(const struct iss_dist *dist, double u)
{
    return quantile(dist, (struct iss_prob){u, 1 - u});
}

/* -log(1 - u) >= u, and never above 37; the rest is room for rounding, of 1 - u too. */
bool
iss_dist_certainly(const struct iss_dist *dist, double u, double low, double high)
{
    return dist->family == &iss_family_exponential && dist->plain &&
           dist->p_zero == 0 && dist->shift == 0 &&
           dist->p[0] * (u - 1e-15) * (1 - 1e-9) > low && dist->p[0] * 40 < high;
}

bool
iss_dist_is_constant(const struct iss_dist *dist, double *value)
{
    if (!dist->constant) {
        return false;
    }
    *value = dist->p[0] + dist->shift;
    return true;
}

static struct iss_prob
cdf(const struct iss_dist *dist, double x)
{
    struct iss_prob prob = iss_dist_tails(dist, x);
    double zero = dist->p_zero, other = 1 - zero;

    prob.p = (x >= 0 ? zero : 0) + other * prob.p;
    prob.q = (x < 0 ? zero : 0) + other * prob.q;
    return prob;
}

double
iss_dist_cdf(const struct iss_dist *dist, double x)
{
    return cdf(dist, x).p;
}

/* Exponential and Weibull lives beyond any age: hazard adds up, nothing underflows. */
static bool
has_hazard(const struct iss_dist *dist, double age)
{
    return dist->plain && age >= dist->shift &&
           (dist->p_zero == 0 || (age >= 0 && dist->p_zero < 1)) &&
           (dist->family == &iss_family_exponential ||
            dist->family == &iss_family_weibull);
}

/* The family's own, of which it is `more` further on than at `age`. */
static double
closed_life(const struct iss_dist *dist, double more, double age)
{
    if (dist->family == &iss_family_exponential) {
        return age + dist->p[0] * more;
    }
    more += pow((age - dist->shift) / dist->p[1], dist->p[0]);
    return fmax(age, dist->shift + dist->p[1] * pow(more, 1 / dist->p[0]));
}

/* The life given that it exceeds `age`, of which the share u of the lives beyond `age`
 * is shorter, v = 1 - u longer. */
static double
life_beyond(const struct iss_dist *dist, double u, double v, double age)
{
    struct iss_prob prob = cdf(dist, age);

    if (!(prob.q > 0)) {
        return age;
    }
    prob.p += u * prob.q;
    prob.q *= v;
    return fmax(age, quantile(dist, prob));
}

static bool
is_bare_minimum(const struct iss_dist *dist)
{
    return dist->minimum != NULL && dist->plain && dist->p_zero == 0;
}

double
iss_dist_quantile_beyond(const struct iss_dist *dist, double u, double age)
{
    if (dist->mixture != NULL) {
        return iss_mixture_beyond(dist, u, age);
    }
    if (has_hazard(dist, age)) {
        return closed_life(dist, -log1p(-u), age);
    }
    if (is_bare_minimum(dist)) {
        return iss_dist_life(dist, -log1p(-u), age);
    }
    return life_beyond(dist, u, 1 - u, age);
}

double
iss_dist_life(const struct iss_dist *dist, double hazard, double age)
{
    double u = -expm1(-hazard);

    if (dist->mixture != NULL) {
        return isinf(age) ? iss_dist_quantile(dist, u)
                          : iss_mixture_beyond(dist, u, age);
    }
    if (has_hazard(dist, age)) {
        return closed_life(dist, hazard, age);
    }
    if (dist->family == &iss_family_exponential && dist->plain && dist->p_zero == 0) {
        return dist->shift + dist->p[0] * hazard; /* not older than its shift */
    }
    if (is_bare_minimum(dist)) {
        hazard += iss_minimum_hazard(dist, age - dist->shift);
        return fmax(age, iss_minimum_life(dist, hazard) + dist->shift);
    }
    return life_beyond(dist, u, exp(-hazard), age);
}

double
iss_dist_hazard(const struct iss_dist *dist, double x)
{
    double zeros = dist->p_zero > 0 && x >= 0 ? -log1p(-dist->p_zero) : 0;
    struct iss_prob prob;

    if (dist->mixture == NULL && has_hazard(dist, x)) {
        x -= dist->shift;
        return zeros + (dist->family == &iss_family_exponential
                            ? x / dist->p[0]
                            : pow(x / dist->p[1], dist->p[0]));
    }
    if (is_bare_minimum(dist)) {
        return iss_minimum_hazard(dist, x - dist->shift);
    }
    prob = cdf(dist, x);
    return prob.p < 0.5 ? -log1p(-prob.p) : -log(prob.q);
}

void
iss_dist_extent(const struct iss_dist *dist, double *least, double *median)
{
    *least = iss_dist_quantile(dist, 0x1p-53);
    *median = iss_dist_quantile(dist, 0.5);
    for (int32_t i = 0; dist->mixture != NULL && i < iss_mixture_count(dist); i++) {
        const struct iss_dist *part = iss_mixture_part(dist, i);

        *least = fmin(*least, iss_dist_quantile(part, 0x1p-53));
        *median = fmax(*median, iss_dist_quantile(part, 0.5));
    }
}

void
iss_dist_bounds(const struct iss_dist *dist, double *least, double *greatest)
{
    *least = iss_dist_quantile(dist, 0x1p-53);
    *greatest = iss_dist_quantile(dist, 1 - 0x1p-53);
    for (int32_t i = 0; dist->mixture != NULL && i < iss_mixture_count(dist); i++) {
        const struct iss_dist *part = iss_mixture_part(dist, i);

        *least = fmin(*least, iss_dist_quantile(part, 0x1p-53));
        *greatest = fmax(*greatest, iss_dist_quantile(part, 1 - 0x1p-53));
    }
}

/* E X = integral of the quantile over u, by the trapezoidal rule in t = logit u, where
 * the integrand dies off at both ends and the rule converges exponentially. */
static double
conditional_mean(const struct iss_dist *dist)
{
    double sum = 0;

    for (double t = -MEAN_REACH; t <= MEAN_REACH; t += MEAN_STEP) {
        struct iss_prob prob = {1 / (1 + exp(-t)), 1 / (1 + exp(t))};

        sum += iss_dist_at(dist, prob) * prob.p * prob.q;
    }
    return sum * MEAN_STEP;
}

bool
iss_dist_is_gamma(const struct iss_dist *dist, double *shape, double *scale)
{
    if (dist->family != &iss_family_gamma || !dist->plain || dist->p_zero != 0 ||
        dist->shift != 0) {
        return false;
    }
    *shape = dist->p[0];
    *scale = dist->p[1];
    return true;
}

double
iss_dist_mean(const struct iss_dist *dist)
{
    double mean;

    if (dist->p_zero == 1) {
        return 0;
    }
    if (dist->plain && dist->family->mean != NULL) {
        mean = dist->family->mean(dist) + dist->shift;
    } else if (dist->family->atoms != NULL) {
        mean = dist->family->atoms->mean_within(dist) + dist->shift;
    } else {
        mean = conditional_mean(dist);
    }
    return (1 - dist->p_zero) * mean;
}
