/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "near.h"

#include <string.h>

#include "kernel/stream.h"

#define DRAWS 100000
#define CELLS 64

static const struct iss_stream stream = {
    .seed = 42, .domain = ISS_DOMAIN_MISSION, .replication = 7};

/* Known answers published with the paper's own code (Random123, kat_vectors). */
static void
philox_gives_the_published_answers(void **state)
{
    static const struct {
        uint64_t counter[4], key[2], out[4];
    } known[] = {
        {{0, 0, 0, 0},
         {0, 0},
         {0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b,
          0x7e68b68aec7ba23b}},
        {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX},
         {UINT64_MAX, UINT64_MAX},
         {0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6,
          0xa09caebf594f0ba0}},
        {{0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0,
          0x082efa98ec4e6c89},
         {0x452821e638d01377, 0xbe5466cf34e90c6c},
         {0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5,
          0x57bd43b5e52b7fe6}},
    };
    uint64_t out[4];

    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        iss_philox4x64(known[i].counter, known[i].key, out);
        assert_memory_equal(out, known[i].out, sizeof out);
    }
}

static void
a_draw_is_the_first_word_at_its_coordinates(void **state)
{
    const uint64_t counter[4] = {7, 11, 13, 17}, key[2] = {42, ISS_DOMAIN_MISSION};
    uint64_t out[4];

    (void)state;
    iss_philox4x64(counter, key, out);
    assert_true(iss_stream_bits(&stream, 11, 13, 17) == out[0]);
    assert_near(iss_stream_uniform(&stream, 11, 13, 17), iss_unit_uniform(out[0]), 0);
}

static void
every_coordinate_changes_the_draw(void **state)
{
    uint64_t base = iss_stream_bits(&stream, 1, 2, 3);
    struct iss_stream other[3] = {stream, stream, stream};

    (void)state;
    other[0].seed++;
    other[1].domain = ISS_DOMAIN_EPISTEMIC;
    other[2].replication++;
    for (int i = 0; i < 3; i++) {
        assert_true(iss_stream_bits(&other[i], 1, 2, 3) != base);
    }
    assert_true(iss_stream_bits(&stream, 2, 2, 3) != base);
    assert_true(iss_stream_bits(&stream, 1, 3, 3) != base);
    assert_true(iss_stream_bits(&stream, 1, 2, 4) != base);
    assert_true(iss_stream_bits(&stream, 2, 1, 3) != base);
}

static void
uniforms_never_reach_0_or_1(void **state)
{
    (void)state;
    assert_near(iss_unit_uniform(0), 0x1p-53, 0);
    assert_near(iss_unit_uniform(UINT64_MAX), 1 - 0x1p-53, 0);
    assert_true(iss_unit_uniform(UINT64_MAX) < 1);
}

/* z of a chi-squared sum with CELLS - 1 degrees of freedom. */
static double
chi_squared_z(const int64_t *counts)
{
    double expected = (double)DRAWS / CELLS, sum = 0;

    for (int i = 0; i < CELLS; i++) {
        sum += ((double)counts[i] - expected) * ((double)counts[i] - expected);
    }
    return (sum / expected - (CELLS - 1)) / sqrt(2.0 * (CELLS - 1));
}

/* Draws along each coordinate in turn, as the engine and the studies walk them. */
static void
uniforms_are_uniform_along_every_coordinate(void **state)
{
    (void)state;
    for (int along = 0; along < 4; along++) {
        int64_t counts[CELLS] = {0};

        for (uint64_t i = 0; i < DRAWS; i++) {
            struct iss_stream at = stream;

            at.replication = along == 0 ? i : 7;
            counts[(int)(CELLS * iss_stream_uniform(&at, along == 1 ? i : 5,
                                                    along == 2 ? i : 6,
                                                    along == 3 ? i : 0))]++;
        }
        assert_near(chi_squared_z(counts), 0, 4);
    }
}

static void
neighbouring_replications_are_uncorrelated(void **state)
{
    double sum = 0;

    (void)state;
    for (uint64_t i = 0; i < DRAWS; i++) {
        struct iss_stream a = stream, b = stream;

        a.replication = i;
        b.replication = i + 1;
        sum += (iss_stream_uniform(&a, 5, 6, 0) - 0.5) *
               (iss_stream_uniform(&b, 5, 6, 0) - 0.5);
    }
    assert_near(sum * 12 / sqrt(DRAWS), 0, 4);
}

static void
a_cipher_draws_what_its_stream_does(void **state)
{
    const struct iss_stream whole = {.seed = 3, .domain = 1, .replication = 5};
    struct iss_cipher cipher;
    uint64_t expected[4], got[4];

    (void)state;
    iss_cipher_init(&cipher, &whole);
    for (uint64_t i = 0; i < 100; i++) {
        iss_stream_block(&whole, 7 * i, ~i, i, expected);
        iss_cipher_block(&cipher, 7 * i, ~i, i, got);
        assert_memory_equal(expected, got, sizeof got);
        assert_true(iss_cipher_bits(&cipher, 7 * i, ~i, i) == expected[0]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(philox_gives_the_published_answers),
        cmocka_unit_test(a_draw_is_the_first_word_at_its_coordinates),
        cmocka_unit_test(every_coordinate_changes_the_draw),
        cmocka_unit_test(uniforms_never_reach_0_or_1),
        cmocka_unit_test(uniforms_are_uniform_along_every_coordinate),
        cmocka_unit_test(neighbouring_replications_are_uncorrelated),
        cmocka_unit_test(a_cipher_draws_what_its_stream_does),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
