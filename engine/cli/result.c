/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * result.c - a file read, and its tables put in the order that tellers know.
 */
#include "cli/result.h"

#include "cli/cli.h"
#include "isssim/status.h"
#include "observe/adopt.h"

int
iss_result_load(struct iss_result *result, const char *path)
{
    const char *problem = NULL;
    char message[512] = "";

    *result = (struct iss_result){0};
    int status = iss_store_read(path, &result->outcome, &result->making, message,
                                sizeof message);
    if (status == ISS_OK) {
        status = iss_tables_adopt(&result->outcome, &problem);
    }
    if (problem != NULL) {
        iss_cli_complain("%s: no run that this isssim knows: %s", path, problem);
    } else if (status != ISS_OK) {
        iss_cli_complain("%s", *message ? message : iss_status_text(status));
    }
    if (status != ISS_OK) {
        iss_result_clear(result);
    }
    return iss_status_exit_code(status);
}

void
iss_result_clear(struct iss_result *result)
{
    iss_outcome_clear(&result->outcome);
    *result = (struct iss_result){0};
}
