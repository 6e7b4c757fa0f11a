/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a distribution with other numbers promises: it is the one that would have been
 * built from them, whatever it was made from.
 */
#include "near.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"
#include "kernel/dist.h"

static const double grid[] = {0x1p-53, 1e-9, 1e-3, 0.1,      0.3,        0.5,
                              0.7,     0.9,  0.99, 1 - 1e-9, 1 - 0x1p-53};

static const double values[] = {3, 3, 5, 9};

/* Numbers before and after, NaN where they stay. */
static const struct change {
    enum iss_dist_family family;
    double p[3], to[ISS_DIST_LOWER];
} changes[] = {
    {ISS_DIST_CONSTANT, {3}, {5, NAN, NAN, 0.2, 1}},
    {ISS_DIST_UNIFORM, {2, 4}, {3, 9, NAN, NAN, NAN}},
    {ISS_DIST_UNIFORM, {4, 4}, {3, 9, NAN, NAN, NAN}},
    {ISS_DIST_UNIFORM, {2, 4}, {4, 4, NAN, 0.3, NAN}},
    {ISS_DIST_TRIANGULAR, {1, 2, 4}, {0, 3, 9, 0.5, 2}},
    {ISS_DIST_NORMAL, {10, 1}, {12, 3, NAN, 0.1, -11}},
    {ISS_DIST_NORMAL, {10, 1}, {12, 0, NAN, NAN, NAN}},
    {ISS_DIST_LOGNORMAL, {1, 0.5}, {2, 0.8, NAN, 0.1, 1}},
    {ISS_DIST_EXPONENTIAL, {10}, {300, NAN, NAN, 0.4, 2}},
    {ISS_DIST_WEIBULL, {1, 20}, {2.5, 40, NAN, 0.1, 3}},
    {ISS_DIST_GAMMA, {4, 5}, {NAN, 0.3, NAN, 0.1, 3}},
    {ISS_DIST_BETA, {4, 5}, {NAN, NAN, NAN, 0.1, -0.4}},
    {ISS_DIST_PERT, {4, 5, 9}, {NAN, NAN, NAN, 0.1, -5}},
    {ISS_DIST_POISSON, {4}, {NAN, NAN, NAN, 0.1, 2}},
    {ISS_DIST_BINOMIAL, {10, 0.3}, {NAN, NAN, NAN, 0.1, 2}},
    {ISS_DIST_EMPIRICAL, {0}, {NAN, NAN, NAN, 0.1, -4}},
};
#define CHANGES (sizeof changes / sizeof changes[0])

static struct iss_dist_spec
spec_before(const struct change *change)
{
    struct iss_dist_spec spec = iss_dist_spec(change->family);

    memcpy(spec.p, change->p, sizeof spec.p);
    if (change->family == ISS_DIST_EMPIRICAL) {
        spec.values = values;
        spec.count = 4;
    }
    return spec;
}

static const struct iss_dist *
build(struct iss_arena *arena, const struct iss_dist_spec *spec)
{
    const struct iss_dist *dist = NULL;

    assert_null(iss_dist_problem(spec));
    assert_int_equal(iss_dist_build(spec, arena, &dist), ISS_OK);
    return dist;
}

static void
check_same(const struct iss_dist *remade, const struct iss_dist *built)
{
    for (size_t i = 0; i < sizeof grid / sizeof grid[0]; i++) {
        double x = iss_dist_quantile(built, grid[i]);
        assert_true(iss_dist_quantile(remade, grid[i]) == x);
        assert_true(iss_dist_cdf(remade, x) == iss_dist_cdf(built, x));
        assert_true(iss_dist_quantile_beyond(remade, grid[i], 3) ==
                    iss_dist_quantile_beyond(built, grid[i], 3));
    }
    assert_true(iss_dist_mean(remade) == iss_dist_mean(built));
    assert_int_equal(iss_dist_mark(remade), iss_dist_mark(built));
}

static void
check_change(const struct change *change, bool limited)
{
    struct iss_arena arena = {0};
    struct iss_dist_spec before = spec_before(change), after = before;
    struct iss_dist *remade = malloc(iss_dist_size());

    assert_non_null(remade);
    if (limited) {
        before.lower = after.lower = 0.1;
        before.upper = after.upper = 30;
    }
    after.mark = 7;
    for (int32_t slot = 0; slot < ISS_DIST_LOWER; slot++) {
        if (!isnan(change->to[slot])) {
            assert_true(iss_dist_can_remake(change->family, slot));
            *iss_dist_slot(&after, slot) = change->to[slot];
        }
    }
    const struct iss_dist *like = build(&arena, &before);
    assert_int_equal(iss_dist_remake(like, &after, remade), ISS_OK);
    check_same(remade, build(&arena, &after));
    assert_int_equal(iss_dist_mark(like), 0);
    free(remade);
    iss_arena_clear(&arena);
}

static void
it_is_the_one_that_would_be_built(void **state)
{
    (void)state;
    for (size_t i = 0; i < CHANGES; i++) {
        check_change(&changes[i], false);
        if (changes[i].family != ISS_DIST_EMPIRICAL) {
            check_change(&changes[i], true);
        }
    }
}

/* What a table depends on stays, and the limits do. */
static void
tables_and_limits_stay(void **state)
{
    static const enum iss_dist_family tabled[] = {ISS_DIST_PERT, ISS_DIST_BETA,
                                                  ISS_DIST_POISSON, ISS_DIST_BINOMIAL,
                                                  ISS_DIST_EMPIRICAL};

    (void)state;
    for (size_t i = 0; i < sizeof tabled / sizeof tabled[0]; i++) {
        for (int32_t slot = 0; slot < ISS_DIST_P_ZERO; slot++) {
            assert_false(iss_dist_can_remake(tabled[i], slot));
        }
    }
    assert_false(iss_dist_can_remake(ISS_DIST_GAMMA, 0));
    for (int32_t slot = 0; slot < ISS_DIST_SLOTS; slot++) {
        assert_false(iss_dist_can_remake(ISS_DIST_MIXTURE, slot));
    }
    for (int family = 0; family < ISS_DIST_FAMILIES; family++) {
        assert_false(iss_dist_can_remake((enum iss_dist_family)family, ISS_DIST_LOWER));
        assert_false(iss_dist_can_remake((enum iss_dist_family)family, ISS_DIST_UPPER));
    }
}

static void
limits_that_leave_nothing_are_told(void **state)
{
    struct iss_arena arena = {0};
    struct iss_dist_spec spec = iss_dist_spec(ISS_DIST_UNIFORM);
    struct iss_dist *remade = malloc(iss_dist_size());

    (void)state;
    assert_non_null(remade);
    spec.p[1] = 4;
    spec.upper = 3;
    const struct iss_dist *like = build(&arena, &spec);
    spec.p[0] = 3.5;
    assert_int_equal(iss_dist_remake(like, &spec, remade), ISS_ERR_NUMERIC);
    free(remade);
    iss_arena_clear(&arena);
}

static void
bounds_are_the_ends_of_what_can_be_drawn(void **state)
{
    struct iss_arena arena = {0};
    struct iss_dist_spec two = iss_dist_spec(ISS_DIST_CONSTANT);
    struct iss_dist_spec nine = two, mixture = iss_dist_spec(ISS_DIST_MIXTURE);
    const double weights[] = {0.5, 0.5};
    double least, greatest;

    (void)state;
    two.p[0] = 2;
    nine.p[0] = 9;
    /* The greatest stands first: the quantile isn't monotone. */
    const struct iss_dist *of[] = {build(&arena, &nine), build(&arena, &two)};
    mixture.count = 2;
    mixture.weights = weights;
    mixture.of = of;
    iss_dist_bounds(build(&arena, &mixture), &least, &greatest);
    assert_near(least, 2, 0);
    assert_near(greatest, 9, 0);
    struct iss_dist_spec normal = iss_dist_spec(ISS_DIST_NORMAL);
    normal.p[1] = 1;
    iss_dist_bounds(build(&arena, &normal), &least, &greatest);
    assert_near(least, -greatest, 1e-12);
    assert_near(greatest, 8.2095, 1e-4);
    iss_arena_clear(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_one_that_would_be_built),
        cmocka_unit_test(tables_and_limits_stay),
        cmocka_unit_test(limits_that_leave_nothing_are_told),
        cmocka_unit_test(bounds_are_the_ends_of_what_can_be_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
