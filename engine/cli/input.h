/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/input.h - the scenario that a command works on.
 */
#ifndef ISS_CLI_INPUT_H
#define ISS_CLI_INPUT_H

#include "cli/options.h"
#include "model/model.h"

struct iss_input {
    struct iss_model *model;
    char *path; /* as opened */
};

/** The folder of the shipped scenarios, or NULL. */
const char *iss_input_library(void);

/**
 * Load the scenario that `arguments` name, with their --set.  A file that isn't there
 * is taken from the shipped library, with a note.  All problems go to stderr.
 *
 * @return 0, or the exit code; then *input is empty.
 */
int iss_input_load(const struct iss_arguments *arguments, struct iss_input *input);

void iss_input_clear(struct iss_input *input);

#endif
