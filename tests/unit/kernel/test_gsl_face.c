/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "near.h"

#include <gsl/gsl_randist.h>

#include "kernel/gsl_face.h"

#define DRAWS 100000

static const struct iss_stream stream = {
    .seed = 42, .domain = ISS_DOMAIN_EPISTEMIC, .replication = 7};

static int
make(void **state)
{
    *state = gsl_rng_alloc(iss_gsl_rng);
    return *state == NULL;
}

static int
drop(void **state)
{
    gsl_rng_free(*state);
    return 0;
}

static void
describes_itself_as_64_bits(void **state)
{
    gsl_rng *rng = *state;

    assert_string_equal(gsl_rng_name(rng), "isssim-philox4x64");
    assert_true(gsl_rng_min(rng) == 0);
    assert_true(gsl_rng_max(rng) == UINT64_MAX);
}

static void
seed_selects_the_mission_stream_of_replication_0(void **state)
{
    const struct iss_stream seeded = {.seed = 5, .domain = ISS_DOMAIN_MISSION};
    gsl_rng *rng = *state;

    gsl_rng_set(rng, 5);
    for (uint64_t number = 0; number < 10; number++) {
        assert_true(gsl_rng_get(rng) == iss_stream_bits(&seeded, 0, 0, number));
    }
    gsl_rng_set(rng, 5);
    assert_true(gsl_rng_get(rng) == iss_stream_bits(&seeded, 0, 0, 0));
}

static void
pointing_walks_the_draws_about_one_thing(void **state)
{
    gsl_rng *rng = *state;

    iss_gsl_rng_point(rng, &stream, 11, 13);
    for (uint64_t number = 0; number < 10; number++) {
        assert_near(gsl_rng_uniform(rng), iss_stream_uniform(&stream, 11, 13, number),
                    0);
    }
}

static void
a_clone_goes_on_alike(void **state)
{
    gsl_rng *rng = *state, *clone;

    iss_gsl_rng_point(rng, &stream, 11, 13);
    gsl_rng_get(rng);
    clone = gsl_rng_clone(rng);
    assert_true(gsl_rng_get(rng) == gsl_rng_get(clone));
    gsl_rng_free(clone);
}

static void
gsl_gaussians_have_the_moments_of_a_gaussian(void **state)
{
    gsl_rng *rng = *state;
    double sum[5] = {0};

    iss_gsl_rng_point(rng, &stream, 11, 13);
    for (int i = 0; i < DRAWS; i++) {
        double x = gsl_ran_gaussian(rng, 1);

        for (int power = 1; power <= 4; power++) {
            sum[power] += pow(x, power);
        }
    }
    assert_near(sum[1] / sqrt(DRAWS), 0, 4);
    assert_near((sum[2] - DRAWS) / sqrt(2.0 * DRAWS), 0, 4);
    assert_near(sum[3] / sqrt(15.0 * DRAWS), 0, 4);
    assert_near((sum[4] - 3.0 * DRAWS) / sqrt(96.0 * DRAWS), 0, 4);
}

static void
gsl_poissons_have_the_moments_of_a_poisson(void **state)
{
    gsl_rng *rng = *state;
    double sum = 0, squares = 0;

    iss_gsl_rng_point(rng, &stream, 17, 19);
    for (int i = 0; i < DRAWS; i++) {
        double off = gsl_ran_poisson(rng, 3.5) - 3.5;

        sum += off;
        squares += off * off;
    }
    assert_near(sum / sqrt(3.5 * DRAWS), 0, 4);
    assert_near((squares - 3.5 * DRAWS) / sqrt((3.5 + 2 * 3.5 * 3.5) * DRAWS), 0, 4);
}

int
main(void)
{
#define WITH_RNG(test) cmocka_unit_test_setup_teardown(test, make, drop)
    const struct CMUnitTest tests[] = {
        WITH_RNG(describes_itself_as_64_bits),
        WITH_RNG(seed_selects_the_mission_stream_of_replication_0),
        WITH_RNG(pointing_walks_the_draws_about_one_thing),
        WITH_RNG(a_clone_goes_on_alike),
        WITH_RNG(gsl_gaussians_have_the_moments_of_a_gaussian),
        WITH_RNG(gsl_poissons_have_the_moments_of_a_poisson),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
