/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * result.c - a file read, and its tables put in the order that tellers know.
 */
#include "cli/result.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "cli/cli.h"
#include "cli/quote.h"
#include "isssim/status.h"
#include "observe/adopt.h"
#include "store/study_read.h"

/* One mission is asked for: the words that give it. */
static int
refuse_study(const char *path)
{
    struct iss_study_reader *reader = NULL;
    char message[512] = "", first[32] = "K", *command = NULL;
    size_t size;
    int status = iss_study_open(&reader, path, message, sizeof message);

    if (status == ISS_OK) {
        status = iss_study_tables(reader);
    }
    FILE *line = status == ISS_OK ? open_memstream(&command, &size) : NULL;
    if (line != NULL) {
        const struct iss_study_facts *facts = iss_study_facts(reader);
        const struct iss_outcome *origin = &facts->origin;
        if (facts->trace_count > 0) {
            snprintf(first, sizeof first, "%" PRIu64, facts->traces[0]);
        }
        fprintf(line, "isssim run --seed %" PRIu64, origin->seed);
        for (int32_t i = 0; i < origin->override_count; i++) {
            fputs(" --set ", line);
            iss_quote_put(line, origin->overrides[i]);
        }
        fprintf(line, " --replication %s -- ", first);
        iss_quote_put(line,
                      origin->file_count > 0 ? origin->files[0].path : "SCENARIO");
        if (fclose(line) != 0) {
            free(command);
            command = NULL;
        }
        iss_cli_complain("%s: is a study of many missions, and one is needed; this "
                         "gives one of its own: %s",
                         path,
                         command != NULL ? command : "isssim run --replication K");
        free(command);
        status = ISS_ERR_FORMAT;
    } else {
        iss_cli_complain("%s", *message ? message : iss_status_text(status));
    }
    iss_study_close(reader);
    return iss_status_exit_code(status);
}

int
iss_result_load(struct iss_result *result, const char *path)
{
    const char *problem = NULL;
    char message[512] = "";

    *result = (struct iss_result){0};
    if (iss_study_is(path)) {
        return refuse_study(path);
    }
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
