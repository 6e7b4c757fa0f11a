/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/call.h - how a command was called, in words that can be typed again; what it
 * writes when it isn't told; and how long it takes.
 */
#ifndef ISS_CLI_CALL_H
#define ISS_CLI_CALL_H

#include <stdio.h>

#include "cli/options.h"

/* A command line that is being written down. */
struct iss_call {
    FILE *line; /* to write on: the program's name, the command and its options */
    char *text;
    size_t size;
};

/** Begin; call->line is NULL without memory. */
void iss_call_begin(struct iss_call *call);

/** Write " --set PATH=VALUE" for each, and the scenario last. */
void iss_call_put_scenario(const struct iss_call *call,
                           const struct iss_arguments *arguments, const char *scenario);

/** The text, which the caller frees; NULL without memory. */
char *iss_call_end(struct iss_call *call);

/** The scenario's file without folder and extension, with `ending`: "leak-mc.h5".  The
 *  caller frees it; NULL without memory. */
char *iss_call_output(const char *scenario, const char *ending);

/** Seconds of a clock that only runs forward. */
double iss_call_now_s(void);

#endif
