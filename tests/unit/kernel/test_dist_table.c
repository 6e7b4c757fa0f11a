/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "near.h"

#include "isssim/status.h"
#include "kernel/dist_table.h"

static const double sizes[] = {1e-3, 0.01, 0.1, 0.5, 1, 2, 30, 1000, 1e5};
#define SIZES ((int)(sizeof sizes / sizeof sizes[0]))

static struct iss_prob
at_logit(double t)
{
    return (struct iss_prob){1 / (1 + exp(-t)), 1 / (1 + exp(t))};
}

static double
variate(const struct iss_shape *shape, const struct iss_table *table, double t)
{
    double slope;

    return iss_shape_variate(shape, iss_table_lookup(table, at_logit(t)), &slope);
}

/* The error in t that the forward CDF sees, as an error of the variate. */
static void
check(const struct iss_shape *shape)
{
    const struct iss_table *table = NULL;
    struct iss_arena arena = {0};
    double range, last = -INFINITY;

    assert_int_equal(iss_table_build(shape, &arena, &table), ISS_OK);
    range = variate(shape, table, 13.8) - variate(shape, table, -13.8);
    for (double t = -21; t <= 21; t += 0.0103) {
        double y = iss_table_lookup(table, at_logit(t)), dt_dy, dx_dy;
        double off = iss_shape_logit(shape, y, &dt_dy) - t;

        iss_shape_variate(shape, y, &dx_dy);
        assert_near(off / dt_dy * dx_dy / range, 0, 1.5e-6);
        assert_true(y >= last);
        last = y;
    }
    iss_arena_clear(&arena);
}

static void
gamma_tables_are_as_near_as_promised(void **state)
{
    (void)state;
    for (int i = 0; i < SIZES; i++) {
        struct iss_shape shape = iss_shape(ISS_SHAPE_GAMMA, sizes[i], 0);

        check(&shape);
    }
}

static void
beta_tables_are_as_near_as_promised(void **state)
{
    (void)state;
    for (int i = 1; i < SIZES; i++) {
        for (int j = 1; j < SIZES; j++) {
            struct iss_shape shape = iss_shape(ISS_SHAPE_BETA, sizes[i], sizes[j]);

            check(&shape);
        }
    }
}

static void
beyond_the_table_the_tails_go_on(void **state)
{
    struct iss_shape shape = iss_shape(ISS_SHAPE_GAMMA, 0.5, 0);
    const struct iss_table *table = NULL;
    struct iss_arena arena = {0};

    (void)state;
    assert_int_equal(iss_table_build(&shape, &arena, &table), ISS_OK);
    for (double t = 30; t <= 600; t += 0.5) {
        double dt_dy, y = iss_table_lookup(table, at_logit(-t));

        assert_near(y, (-t + log(0.5) + shape.log_norm) / 0.5, 1e-9 * t);
        y = iss_table_lookup(table, at_logit(t));
        assert_near(iss_shape_logit(&shape, y, &dt_dy) / t, 1, 0.02);
    }
    iss_arena_clear(&arena);
}

static void
a_cdf_without_a_root_is_reported(void **state)
{
    struct iss_shape shape = iss_shape(ISS_SHAPE_GAMMA, NAN, 0);
    const struct iss_table *table = NULL;
    struct iss_arena arena = {0};

    (void)state;
    assert_int_equal(iss_table_build(&shape, &arena, &table), ISS_ERR_NUMERIC);
    assert_null(table);
    iss_arena_clear(&arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gamma_tables_are_as_near_as_promised),
        cmocka_unit_test(beta_tables_are_as_near_as_promised),
        cmocka_unit_test(beyond_the_table_the_tails_go_on),
        cmocka_unit_test(a_cdf_without_a_root_is_reported),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
