/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/parse.h - the one place that calls libconfig: flat text to our own nodes.
 */
#ifndef ISS_SCENARIO_PARSE_H
#define ISS_SCENARIO_PARSE_H

#include "scenario/flat.h"

/**
 * Parse `flat` into nodes that live in `arena`.  The root is a group named "" with the
 * origin `origin`.
 *
 * @return ISS_OK; ISS_ERR_SCENARIO, reported; ISS_ERR_NO_MEMORY.
 */
int iss_parse(const struct iss_flat *flat, struct iss_origin origin,
              struct iss_arena *arena, struct iss_diag *diag, struct iss_node **root);

#endif
