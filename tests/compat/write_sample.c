/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * write_sample.c - write the sample outcome, for readers to read.
 *
 *     write_sample FILE [EVENTS [bare]]
 *
 * With "bare" nothing is set that may be left out, and there is no table.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/store.h"

#include "unit/outcome/sample.h"

int
main(int argc, char **argv)
{
    struct iss_store_options options = {.force = true,
                                        .command_line = "write_sample",
                                        .elapsed_s = 1.25,
                                        .libraries = "GSL 2.7.1"};
    struct iss_outcome outcome = {0};
    char message[256] = "";
    int status;

    if (argc < 2) {
        fprintf(stderr, "usage: write_sample FILE [EVENTS [bare]]\n");
        return 64;
    }
    if (argc > 3 && strcmp(argv[3], "bare") == 0) {
        outcome.filetype = "isssim/run";
        outcome.epoch = "2022-12-15Z";
    } else {
        sample_make(&outcome, argc > 2 ? strtoul(argv[2], NULL, 10) : 10);
    }
    if (iss_outcome_problem(&outcome) != NULL) {
        fprintf(stderr, "%s\n", iss_outcome_problem(&outcome));
        return 70;
    }
    status = iss_store_write(argv[1], &outcome, &options, message, sizeof(message));
    if (status != ISS_OK) {
        fprintf(stderr, "%s\n", message);
    }
    iss_outcome_clear(&outcome);
    return iss_status_exit_code(status);
}
