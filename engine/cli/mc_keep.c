/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mc_keep.c - the log that a study's rows go to, OUTPUT.log.
 *
 * It outlives whatever ends the program.  A finished study has no log any more; to
 * extend one, its rows are taken from the file, whole or not at all: OUTPUT.log.new
 * gets them and is renamed, because the file doesn't know which rows its fans are of.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/mc.h"
#include "isssim/status.h"
#include "store/study_read.h"

/* What the log is for, and where. */
struct keeping {
    const char *output;
    char *path, *new_path;
    const struct iss_log_study *study;
    uint64_t replications; /* at most */
};

static char *
join(const char *output, const char *ending)
{
    size_t size = strlen(output) + strlen(ending) + 1;
    char *path = malloc(size);

    if (path != NULL) {
        snprintf(path, size, "%s%s", output, ending);
    }
    return path;
}

/* Rows beyond what is asked for aren't cut off: they would be lost work. */
static int
check_end(const struct keeping *keeping, const char *where,
          const struct iss_ranges *rows)
{
    uint64_t end = rows->count > 0 ? rows->items[rows->count - 1].end : 0;

    if (end <= keeping->replications) {
        return ISS_OK;
    }
    snprintf(keeping->study->message, keeping->study->size,
             "%s: has replications up to %" PRIu64 ", and %" PRIu64
             " are asked for; a study can be extended, not cut",
             where, end - 1, keeping->replications);
    return ISS_ERR_MISMATCH;
}

/* Whether the file's study is the one that is gone on with. */
static int
check_file(const struct keeping *keeping, const struct iss_study_facts *facts)
{
    const struct iss_log_study *study = keeping->study;
    const struct iss_study_place there = {&facts->info, "there"};
    const struct iss_study_place here = {study->info, "here"};
    char text[512] = "";

    if (iss_study_info_compare(there, here, text, sizeof text) != ISS_OK) {
        snprintf(study->message, study->size, "%s: is of another study: %s",
                 keeping->output, text);
        return ISS_ERR_MISMATCH;
    }
    if (facts->shard.index != study->shard.index ||
        facts->shard.count != study->shard.count) {
        snprintf(study->message, study->size,
                 "%s: is another part of the study: shard %u/%u there, %u/%u here",
                 keeping->output, facts->shard.index + (facts->shard.count > 0),
                 facts->shard.count, study->shard.index + (study->shard.count > 0),
                 study->shard.count);
        return ISS_ERR_MISMATCH;
    }
    return check_end(keeping, keeping->output, &facts->rows);
}

/* The rows of the file as a new log that isn't in its place yet. */
static int
copy_rows(const struct keeping *keeping, struct iss_study_reader *reader)
{
    struct iss_log *log = NULL;

    unlink(keeping->new_path);
    int status = iss_log_create(&log, keeping->new_path, keeping->study);
    if (status != ISS_OK) {
        return status;
    }
    const struct iss_sink sink = iss_log_sink(log);
    status = iss_study_rows(reader, &sink);
    if (status == ISS_OK) {
        status = iss_log_sync(log);
    }
    if (status != ISS_OK) {
        iss_log_remove(log);
        return status;
    }
    iss_log_close(log);
    return rename(keeping->new_path, keeping->path) == 0 ? ISS_OK : ISS_ERR_WRITE;
}

static int
resume_log(struct iss_log **log, const struct keeping *keeping)
{
    struct iss_log_damage damage;
    int status = iss_log_resume(log, keeping->path, keeping->study, &damage);

    if (status == ISS_OK && *keeping->study->message != '\0') {
        iss_cli_complain("%s", keeping->study->message);
    }
    return status == ISS_OK ? check_end(keeping, keeping->path, iss_log_ranges(*log))
                            : status;
}

/* There is a file: it has to be of this study, and without a log its rows are taken. */
static int
look_at_file(const struct keeping *keeping, bool has_log)
{
    struct iss_study_reader *reader = NULL;
    int status = iss_study_open(&reader, keeping->output, keeping->study->message,
                                keeping->study->size);

    if (status == ISS_OK) {
        status = check_file(keeping, iss_study_facts(reader));
    }
    if (status == ISS_OK && !has_log) {
        status = copy_rows(keeping, reader);
    }
    iss_study_close(reader);
    return status;
}

static int
go_on(struct iss_log **log, const struct keeping *keeping)
{
    bool has_log = access(keeping->path, F_OK) == 0;
    bool has_file = access(keeping->output, F_OK) == 0;
    int status = has_file ? look_at_file(keeping, has_log) : ISS_OK;

    if (status != ISS_OK) {
        return status;
    }
    if (has_log || has_file) {
        return resume_log(log, keeping);
    }
    iss_cli_complain("note: neither %s nor %s is there; the study begins",
                     keeping->output, keeping->path);
    return iss_log_create(log, keeping->path, keeping->study);
}

static int
begin(struct iss_log **log, const struct keeping *keeping, bool force)
{
    const struct iss_log_study *study = keeping->study;
    int status = iss_log_create(log, keeping->path, study);

    if (status == ISS_ERR_EXISTS && force) {
        unlink(keeping->path);
        return iss_log_create(log, keeping->path, study);
    }
    if (status == ISS_ERR_EXISTS) {
        snprintf(study->message, study->size,
                 "%s has the rows of a study that didn't end; go on with --resume, or "
                 "begin anew with --force",
                 keeping->path);
    }
    return status;
}

int
iss_mc_keep(struct iss_log **log, const char *output, bool resume, bool force,
            const struct iss_log_study *study, uint64_t replications)
{
    const struct keeping keeping = {output, join(output, ".log"),
                                    join(output, ".log.new"), study, replications};
    int status = ISS_ERR_NO_MEMORY;

    *study->message = '\0';
    if (keeping.path != NULL && keeping.new_path != NULL) {
        status = resume ? go_on(log, &keeping) : begin(log, &keeping, force);
    }
    if (status != ISS_OK) {
        iss_cli_complain("%s", *study->message != '\0' ? study->message
                                                       : iss_status_text(status));
    }
    free(keeping.path);
    free(keeping.new_path);
    return iss_status_exit_code(status);
}
