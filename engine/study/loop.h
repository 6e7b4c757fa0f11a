/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study/loop.h - many replications in one thread, one row after the other.
 */
#ifndef ISS_STUDY_LOOP_H
#define ISS_STUDY_LOOP_H

#include "model/model.h"
#include "outcome/row.h"

/** Takes a row; anything but ISS_OK ends the loop. */
typedef int iss_row_sink(void *context, const struct iss_row *row);

/**
 * Run replications first .. first + count - 1 of `model` under `seed`, in order.  The
 * row passed to `sink` is good until it returns.  A replication that fails is a row
 * with its status, not the end.
 *
 * @return ISS_OK, ISS_ERR_NO_MEMORY, what the prehistory failed with, or what `sink`
 * gave.
 */
int iss_study_loop(const struct iss_model *model, uint64_t seed, uint64_t first,
                   uint64_t count, iss_row_sink *sink, void *context);

#endif
