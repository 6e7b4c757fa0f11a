/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/override.h - settings from the command line, "path=value".
 */
#ifndef ISS_SCENARIO_OVERRIDE_H
#define ISS_SCENARIO_OVERRIDE_H

#include "scenario/tree.h"

/**
 * Set in source->root what the override number `ordinal` (from 1) says.  The value is
 * scenario text; what isn't is taken as a text, also in an array, so that quotes can be
 * left out.  Missing groups are made; a group is laid over the one that is there.
 * `remove=...` takes away what it names, as a layer's list does.
 *
 * @return ISS_OK; ISS_ERR_SCENARIO, reported; ISS_ERR_NO_MEMORY.
 */
int iss_override(struct iss_source *source, const char *override, int ordinal,
                 const struct iss_source_options *options, struct iss_diag *diag);

#endif
