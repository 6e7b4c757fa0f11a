/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/settings.h - a loaded scenario as a row of settings, each one value with the
 * place where it was written.
 */
#ifndef ISS_CLI_SETTINGS_H
#define ISS_CLI_SETTINGS_H

#include <jansson.h>

#include "cli/input.h"

#define ISS_SETTINGS_PATH  512
#define ISS_SETTINGS_PLACE 512

/** Whether `node` is one value (a scalar, array, list, distribution or an empty group)
 *  and not a group of settings. */
bool iss_setting_is_value(const struct iss_node *node);

/** Call `visit` for each value below `group`, in order, until it gives false; whether
 * it never did. */
bool iss_settings_visit(const struct iss_node *group, void *context,
                        bool (*visit)(void *context, const struct iss_node *value));

/** The value of `other`'s tree at the same path; NULL when there is none. */
const struct iss_node *iss_setting_in(const struct iss_node *other,
                                      const struct iss_node *value);

/** "library/vehicles-2022.cfg:28", relative to the main file's folder or the library;
 *  also the places of members that --set has changed. */
char *iss_setting_place(const struct iss_input *input, const struct iss_node *value,
                        char place[ISS_SETTINGS_PLACE]);

/** Whether all of `value` was written in the main file. */
bool iss_setting_is_own(const struct iss_input *input, const struct iss_node *value);

/** The value as scenario text on one line, for the caller to free; NULL without memory.
 */
char *iss_setting_text(const struct iss_node *value);

/** { path (if wanted), value, origin } as JSON; NULL without memory. */
json_t *iss_setting_json(const struct iss_input *input, const struct iss_node *value,
                         bool with_path);

#endif
