/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/show_diff.h - two scenarios compared, setting by setting.
 *
 * Values are compared as they are written: "90 d" and 90 differ.
 */
#ifndef ISS_CLI_SHOW_DIFF_H
#define ISS_CLI_SHOW_DIFF_H

#include "cli/input.h"

/** Print what differs: the path, `-` the left value, `+` the right one, each with its
 *  place.  ISS_OK or ISS_ERR_NO_MEMORY. */
int iss_show_difference(FILE *out, const struct iss_input *left,
                        const struct iss_input *right);

/** The same as JSON; a value that isn't there is null. */
int iss_show_difference_json(FILE *out, const struct iss_input *left,
                             const struct iss_input *right);

#endif
