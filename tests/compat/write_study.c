/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * write_study.c - write the sample of a study, for readers to read.
 *
 *     write_study FILE [ROWS [REQUESTED]]
 *
 * With more replications requested than rows it is incomplete.  One trace is with it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "isssim/status.h"
#include "store/study.h"

#include "unit/outcome/sample.h"
#include "unit/store/study_sample.h"

int
main(int argc, char **argv)
{
    const struct iss_store_options options = {.force = true};
    const struct iss_study_info info = study_of_sample();
    uint64_t rows = argc > 2 ? strtoull(argv[2], NULL, 10) : 3000;
    struct iss_ranges all = {0};
    struct iss_study_extent plan = {.info = &info, .rows = &all, .requested = rows};
    struct iss_outcome result = {0}, trace = {0};
    struct iss_study *study;
    struct iss_sink sink;
    char message[300] = "";
    int status;

    if (argc < 2 || study_result(&result) != 0 || iss_ranges_add(&all, 0, rows) != 0) {
        fprintf(stderr, "usage: write_study FILE [ROWS [REQUESTED]]\n");
        return 64;
    }
    plan.requested = argc > 3 ? strtoull(argv[3], NULL, 10) : rows;
    plan.complete = plan.requested == rows;
    sample_make(&trace, 10);
    trace.epoch = result.epoch;
    status = iss_study_create(&study, argv[1], &plan, &result, &options, message,
                              sizeof(message));
    if (status == ISS_OK) {
        sink = iss_study_sink(study);
        status = study_give(&info, 0, rows, 1024, 1, &sink);
        if (status == ISS_OK) {
            status = iss_study_finish(study, &result, &trace, 1);
        } else {
            iss_study_abandon(study);
        }
    }
    if (status != ISS_OK) {
        fprintf(stderr, "%s\n", message);
    }
    iss_ranges_clear(&all);
    iss_outcome_clear(&result);
    iss_outcome_clear(&trace);
    return iss_status_exit_code(status);
}
