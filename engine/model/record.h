/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * model/record.h - columns of tables become part of the scenario.
 */
#ifndef ISS_MODEL_RECORD_H
#define ISS_MODEL_RECORD_H

#include "scenario/tree.h"

/**
 * Replace `file` and `column` of each empirical distribution in the tree by the values
 * that stand there: see iss_source_splice().  One with a problem is left as it was.
 *
 * @return ISS_OK (even with problems in `diag`) or ISS_ERR_NO_MEMORY.
 */
int iss_record_splice(struct iss_source *source,
                      const struct iss_source_options *options, struct iss_diag *diag);

#endif
