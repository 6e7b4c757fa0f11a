/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/result.h - the finished file that a command looks at.
 */
#ifndef ISS_CLI_RESULT_H
#define ISS_CLI_RESULT_H

#include "outcome/table.h"
#include "store/read.h"

struct iss_result {
    struct iss_outcome outcome; /* its tables in the order of observe/tables.def */
    struct iss_store_making making;
};

/** Load the run in `path`; complains on stderr.  0, or the exit code and nothing to
 *  clear. */
int iss_result_load(struct iss_result *result, const char *path);

void iss_result_clear(struct iss_result *result);

#endif
