/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mc_keep.c - the log that a study's rows go to, OUTPUT.log.
 *
 * It outlives whatever ends the program.  A finished study has no log any more; to
 * extend one, its rows are taken from the file.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/mc.h"
#include "isssim/status.h"
#include "store/study_read.h"

char *
iss_mc_log_path(const char *output)
{
    size_t size = strlen(output) + sizeof ".log";
    char *path = malloc(size);

    if (path != NULL) {
        snprintf(path, size, "%s.log", output);
    }
    return path;
}

static int
complain(int status, const char *message)
{
    iss_cli_complain("%s", *message != '\0' ? message : iss_status_text(status));
    return iss_status_exit_code(status);
}

/* Whether the file's study can be gone on with, as `study`. */
static int
suits(const struct iss_study_facts *facts, const struct iss_log_study *study,
      uint64_t replications, char *text, size_t size)
{
    const struct iss_study_place there = {&facts->info, "in the file"};
    const struct iss_study_place here = {study->info, "here"};
    int status = iss_study_info_compare(there, here, text, size);

    if (status == ISS_OK && (facts->shard.index != study->shard.index ||
                             facts->shard.count != study->shard.count)) {
        snprintf(text, size, "shard %u/%u in the file, %u/%u here",
                 facts->shard.index + 1, facts->shard.count, study->shard.index + 1,
                 study->shard.count);
        return ISS_ERR_MISMATCH;
    }
    uint64_t end =
        facts->rows.count > 0 ? facts->rows.items[facts->rows.count - 1].end : 0;
    if (status == ISS_OK && end > replications) {
        snprintf(text, size,
                 "it has replications up to %" PRIu64 ", and %" PRIu64
                 " are asked for: it can be extended, not cut",
                 end - 1, replications);
        return ISS_ERR_MISMATCH;
    }
    return status;
}

/* Take the rows of the finished file into a new log. */
static int
import(struct iss_log **log, const char *path, const char *output,
       const struct iss_log_study *study, uint64_t replications)
{
    struct iss_study_reader *reader = NULL;
    char text[512] = "";
    int status = iss_study_open(&reader, output, study->message, study->size);

    if (status == ISS_OK) {
        status = suits(iss_study_facts(reader), study, replications, text, sizeof text);
        if (status != ISS_OK) {
            snprintf(study->message, study->size, "%s: %s", output, text);
        }
    }
    if (status == ISS_OK) {
        status = iss_log_create(log, path, study);
    }
    if (status == ISS_OK) {
        const struct iss_sink sink = iss_log_sink(*log);
        status = iss_study_rows(reader, &sink);
    }
    iss_study_close(reader);
    return status;
}

static int
go_on(struct iss_log **log, const char *path, const char *output,
      const struct iss_log_study *study, uint64_t replications)
{
    struct iss_log_damage damage;

    if (access(path, F_OK) == 0) {
        int status = iss_log_resume(log, path, study, &damage);
        if (status == ISS_OK && *study->message != '\0') {
            iss_cli_complain("%s", study->message);
        }
        return status;
    }
    if (access(output, F_OK) == 0) {
        return import(log, path, output, study, replications);
    }
    iss_cli_complain("note: neither %s nor %s is there; the study begins", output,
                     path);
    return iss_log_create(log, path, study);
}

int
iss_mc_keep(struct iss_log **log, const char *output, bool resume, bool force,
            const struct iss_log_study *study, uint64_t replications)
{
    char *path = iss_mc_log_path(output);
    int status;

    if (path == NULL) {
        return complain(ISS_ERR_NO_MEMORY, "");
    }
    *study->message = '\0';
    if (resume) {
        status = go_on(log, path, output, study, replications);
    } else {
        status = iss_log_create(log, path, study);
        if (status == ISS_ERR_EXISTS && force) {
            unlink(path);
            status = iss_log_create(log, path, study);
        } else if (status == ISS_ERR_EXISTS) {
            snprintf(study->message, study->size,
                     "%s has the rows of a study that didn't end; go on with --resume, "
                     "or begin anew with --force",
                     path);
        }
    }
    free(path);
    return status == ISS_OK ? 0 : complain(status, study->message);
}
