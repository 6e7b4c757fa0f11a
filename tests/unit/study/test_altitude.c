/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * test_altitude.c - the altitude on a study's grid is what the density makes of it.
 */
#include "unit/outpost.h"

#include "kernel/decay.h"
#include "study/compute.h"
#include "study/plan.h"

#define MU     398600.4418
#define RADIUS 6378.137
#define ORBIT                                                                          \
    "orbit={altitude=402; floor=400; target=403; mass='420 t'; drag=4000; "            \
    "density=3.7e-12; scale_height=58.5;}"

/* Once a day, as the density has it until the first reboost. */
static void
its_altitude_can_be_followed(void **state)
{
    static const char *const names[] = {"altitude"};
    struct iss_decay decay = {.reference_km = RADIUS + 400,
                              .scale_km = 58.5,
                              .rate = iss_decay_rate(3.7e-12, 4000, 420e3, MU)};
    struct iss_model *model =
        outpost_model(SET(ORBIT, "scenario.end=@8", "study.grid=9"));
    struct iss_computer computer;
    struct iss_block block;
    struct iss_plan plan;
    char message[256];

    (void)state;
    assert_int_equal(iss_plan_init(&plan, model, 1, names, 1, message, sizeof message),
                     ISS_OK);
    assert_int_equal(iss_computer_init(&computer, model, &plan.info), ISS_OK);
    assert_int_equal(iss_block_init(&block, &plan.info, 1), ISS_OK);
    block.first = 0;
    block.count = 1;
    iss_computer_fill(&computer, &block);
    assert_int_equal(block.status[0], ISS_OK);
    assert_true(iss_decay_exposure(&decay, RADIUS + 402, RADIUS + 400) > 8);
    for (int32_t at = 0; at < plan.info.grid_count; at++) {
        double axis = iss_decay_axis(&decay, RADIUS + 402,
                                     iss_days_from_us(plan.info.grid_us[at]));
        size_t bin =
            (size_t)at * (size_t)plan.info.series[0].bins + (size_t)(axis - RADIUS);
        assert_int_equal(block.fans[bin], 1);
    }
    iss_block_clear(&block);
    iss_computer_clear(&computer);
    iss_plan_clear(&plan);
    iss_model_free(model);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(its_altitude_can_be_followed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
