/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study/team.h - a study on many processes.
 *
 *     rank 0                                rank 1 ...
 *       |<------------- hello ----------------|   what it would compute, and with what
 *       |-------------- verdict ------------->|   go on, or why not
 *       |-------------- job, job ------------>|   one ahead, so that nobody waits
 *       |<------------- block ----------------|
 *       |-------------- job ... end --------->|
 *
 * Every process has loaded the same scenario; those whose scenario, version,
 * arithmetic, seed or series differ are refused.  Rank 0 hands blocks out as they are
 * asked for and takes them in order, as iss_study_run() does: the sink gets the same
 * blocks.
 */
#ifndef ISS_STUDY_TEAM_H
#define ISS_STUDY_TEAM_H

#include "study/remote.h"
#include "study/runner.h"

/**
 * Run the study together with the other processes of `remote`; each calls this with an
 * equal `run`.  Sink, stopper, stop and progress are those of rank 0; the others only
 * compute, on one thread, and ignore them.  Rank 0 computes on run->threads threads (0:
 * one) beside leading.  The caller closes `remote` afterwards, but not after
 * ISS_ERR_REMOTE: then it ends, and whoever started the processes ends the others.
 *
 * @param message  for ISS_ERR_MISMATCH: which rank differs in what, both values.
 * @return as iss_study_run(), on rank 0 for the whole study, with result->threads the
 *         number of all computing threads; elsewhere ISS_OK when it served to the end,
 *         with an empty result.  ISS_ERR_MISMATCH; ISS_ERR_REMOTE when a message
 *         isn't understood.
 */
int iss_team_run(const struct iss_study_run *run, const struct iss_remote *remote,
                 struct iss_study_result *result, char *message, size_t size);

#endif
