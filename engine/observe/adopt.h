/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * observe/adopt.h - a result that comes from outside, arranged as iss_tables_make()
 * would have it, so that iss_at() and its like hold.
 */
#ifndef ISS_OBSERVE_ADOPT_H
#define ISS_OBSERVE_ADOPT_H

#include "outcome/table.h"

/**
 * Bring tables and columns of `outcome` into the order of tables.def, and codes to the
 * numbers that they have here: another version may count its kinds of event otherwise.
 * What tables.def doesn't know follows behind, in the file's order.  The outcome has
 * passed iss_outcome_problem().
 *
 * @param problem  on ISS_ERR_FORMAT a sentence in the outcome's arena: what is missing,
 *                 unknown, or can't be (an event that caused itself).
 * @return ISS_OK, ISS_ERR_FORMAT or ISS_ERR_NO_MEMORY.
 */
ISS_MUST_CHECK int iss_tables_adopt(struct iss_outcome *outcome, const char **problem);

#endif
