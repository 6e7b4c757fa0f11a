/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study/compute.h - a block of a study, computed.
 */
#ifndef ISS_STUDY_COMPUTE_H
#define ISS_STUDY_COMPUTE_H

#include "observe/series.h"
#include "outcome/block.h"
#include "replicate/worker.h"

/* What computes blocks, one after the other; one a thread. */
struct iss_computer {
    const struct iss_study_info *info;
    struct iss_worker *worker;
    struct iss_series series;
};

/** ISS_OK; ISS_ERR_NO_MEMORY; what went wrong in the prehistory; ISS_ERR_USAGE for a
 *  series that the model doesn't have.  `info` is the model's and is borrowed. */
int iss_computer_init(struct iss_computer *computer, const struct iss_model *model,
                      const struct iss_study_info *info);
void iss_computer_clear(struct iss_computer *computer);

/** Fill the rows and the fans of `block`, whose `first` and `count` are set.  A
 *  replication that fails is a row with its status, no metrics (NaN) and no part in the
 *  fans; the others don't notice it. */
void iss_computer_fill(struct iss_computer *computer, struct iss_block *block);

#endif
