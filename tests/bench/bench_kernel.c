/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * bench_kernel.c - what a draw, a quantile and a table cost.
 *
 *     bench_kernel
 *
 * Prints nanoseconds a call, best of several runs (docs/kernel-costs.md).
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "isssim/status.h"
#include "kernel/dist.h"
#include "kernel/stream.h"

#define RUNS   9
#define DRAWS  200000
#define BUILDS 20

static double
now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

/* Keeps the compiler from leaving out what is timed. */
static void
use(double value)
{
    __asm__ volatile("" : : "x"(value));
}

static double
draw_ns(void)
{
    const struct iss_stream stream = {.seed = 1};
    double best_ns = INFINITY;

    for (int run = 0; run < RUNS; run++) {
        double start_ns = now_ns();

        for (uint64_t i = 0; i < DRAWS; i++) {
            use(iss_stream_uniform(&stream, 1, 2, i));
        }
        best_ns = fmin(best_ns, now_ns() - start_ns);
    }
    return best_ns / DRAWS;
}

static double
quantile_ns(const struct iss_dist *dist, const double *u)
{
    double best_ns = INFINITY;

    for (int run = 0; run < RUNS; run++) {
        double start_ns = now_ns();

        for (int i = 0; i < DRAWS; i++) {
            use(iss_dist_quantile(dist, u[i]));
        }
        best_ns = fmin(best_ns, now_ns() - start_ns);
    }
    return best_ns / DRAWS;
}

static double
build_us(const struct iss_dist_spec *spec)
{
    double best_ns = INFINITY;

    for (int run = 0; run < BUILDS; run++) {
        struct iss_arena arena = {0};
        const struct iss_dist *dist;
        double start_ns = now_ns();

        if (iss_dist_build(spec, &arena, &dist) != ISS_OK) {
            return NAN;
        }
        best_ns = fmin(best_ns, now_ns() - start_ns);
        iss_arena_clear(&arena);
    }
    return best_ns / 1000;
}

static int
report(const char *name, const struct iss_dist_spec *spec, const double *u)
{
    struct iss_arena arena = {0};
    const struct iss_dist *dist;
    int status = iss_dist_build(spec, &arena, &dist);

    if (status == ISS_OK) {
        printf("%-36s %6.1f ns a quantile  %8.1f us to build\n", name,
               quantile_ns(dist, u), build_us(spec));
    } else {
        fprintf(stderr, "bench_kernel: %s can't be built\n", name);
    }
    iss_arena_clear(&arena);
    return status;
}

/* Distributions made of lists: a record of as many values as cargo flights have
 * slipped, and mixtures of numbers and of families. */
static int
report_lists(const double *u)
{
    static const double weights[] = {0.5, 0.3, 0.2};
    struct iss_dist_spec spec = iss_dist_spec(ISS_DIST_EMPIRICAL);
    static const double shapes[] = {0.5, 1, 4}, scales[] = {9000, 2000, 700};
    const struct iss_dist *numbers[3], *families[3], *bathtub[3];
    struct iss_arena arena = {0};
    double values[200];
    int status = ISS_OK;

    for (int i = 0; i < 200; i++) {
        values[i] = i;
    }
    spec.values = values;
    spec.count = 200;
    status = report("empirical of 200 values", &spec, u);
    for (int i = 0; i < 3 && status == ISS_OK; i++) {
        spec = iss_dist_spec(ISS_DIST_CONSTANT);
        spec.p[0] = i;
        status = iss_dist_build(&spec, &arena, &numbers[i]);
    }
    for (int i = 0; i < 3 && status == ISS_OK; i++) {
        spec = iss_dist_spec(ISS_DIST_EXPONENTIAL);
        spec.p[0] = 1 + i;
        status = iss_dist_build(&spec, &arena, &families[i]);
    }
    spec = iss_dist_spec(ISS_DIST_MIXTURE);
    spec.weights = weights;
    spec.count = 3;
    if (status == ISS_OK) {
        spec.of = numbers;
        status = report("mixture of 3 numbers", &spec, u);
    }
    if (status == ISS_OK) {
        spec.of = families;
        status = report("mixture of 3 exponentials", &spec, u);
    }
    spec = iss_dist_spec(ISS_DIST_MINIMUM);
    spec.of = bathtub;
    spec.count = 3;
    for (int i = 0; i < 3 && status == ISS_OK; i++) {
        struct iss_dist_spec part = iss_dist_spec(ISS_DIST_WEIBULL);
        part.p[0] = shapes[i];
        part.p[1] = scales[i];
        status = iss_dist_build(&part, &arena, &bathtub[i]);
    }
    if (status == ISS_OK) {
        status = report("bathtub of 3 weibulls", &spec, u);
    }
    iss_arena_clear(&arena);
    return status;
}

int
main(void)
{
    static const struct {
        const char *name;
        struct iss_dist_spec spec;
    } cases[] = {
#define CASE(text, family_, ...)                                                       \
    {                                                                                  \
        text,                                                                          \
        {                                                                              \
            .family = ISS_DIST_##family_, .p = __VA_ARGS__, .lower = -INFINITY,        \
            .upper = INFINITY, .unit = 1                                               \
        }                                                                              \
    }
        CASE("constant 1", CONSTANT, {1}),
        CASE("uniform 0, 1", UNIFORM, {0, 1}),
        CASE("triangular 1, 2, 5", TRIANGULAR, {1, 2, 5}),
        CASE("pert 1, 2, 5", PERT, {1, 2, 5}),
        CASE("normal 0, 1", NORMAL, {0, 1}),
        CASE("lognormal 0, 1", LOGNORMAL, {0, 1}),
        CASE("exponential 1", EXPONENTIAL, {1}),
        CASE("weibull 1.5, 1", WEIBULL, {1.5, 1}),
        CASE("gamma 0.01, 1", GAMMA, {0.01, 1}),
        CASE("gamma 0.5, 1", GAMMA, {0.5, 1}),
        CASE("gamma 2, 1", GAMMA, {2, 1}),
        CASE("gamma 100, 1", GAMMA, {100, 1}),
        CASE("gamma 100000, 1", GAMMA, {1e5, 1}),
        CASE("beta 0.01, 0.01", BETA, {0.01, 0.01}),
        CASE("beta 0.5, 0.5", BETA, {0.5, 0.5}),
        CASE("beta 2, 5", BETA, {2, 5}),
        CASE("beta 300.5, 0.5", BETA, {300.5, 0.5}),
        CASE("poisson 0.1", POISSON, {0.1}),
        CASE("poisson 10", POISSON, {10}),
        CASE("poisson 1000", POISSON, {1000}),
        CASE("poisson 1000000", POISSON, {1e6}),
        CASE("binomial 20, 0.3", BINOMIAL, {20, 0.3}),
        CASE("binomial 1000000, 0.5", BINOMIAL, {1e6, 0.5}),
        {"gamma 2, 1; p_zero 0.3; within 1, 4",
         {.family = ISS_DIST_GAMMA,
          .p = {2, 1},
          .p_zero = 0.3,
          .lower = 1,
          .upper = 4}},
    };
    const struct iss_stream stream = {.seed = 1};
    double *u = malloc(DRAWS * sizeof *u);
    int status = u != NULL ? ISS_OK : ISS_ERR_NO_MEMORY;

    if (status == ISS_OK) {
        printf("%-36s %6.1f ns\n", "a uniform (Philox 4x64-10)", draw_ns());
        for (uint64_t i = 0; i < DRAWS; i++) {
            u[i] = iss_stream_uniform(&stream, 1, 2, i);
        }
    }
    for (size_t i = 0; i < sizeof cases / sizeof cases[0] && status == ISS_OK; i++) {
        status = report(cases[i].name, &cases[i].spec, u);
    }
    if (status == ISS_OK) {
        status = report_lists(u);
    }
    free(u);
    return status == ISS_OK ? EXIT_SUCCESS : EXIT_FAILURE;
}
