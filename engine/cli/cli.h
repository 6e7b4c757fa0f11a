/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/cli.h - the program: a command, its options, an exit code.
 */
#ifndef ISS_CLI_CLI_H
#define ISS_CLI_CLI_H

#include "cli/options.h"

/** Run the program.  The exit code: 0; 64 wrong command line; 65 wrong scenario; 66 no
 *  input; 69 something to be installed; 70 internal; 73, 74 output. */
int iss_cli_main(int argc, char **argv);

/* The commands of options.def.  Each takes a parsed command line and gives an exit
 * code. */
#define COMMAND(id, operand, summary, text)                                            \
    int iss_command_##id(const struct iss_arguments *arguments);
#include "cli/options.def"

/** What was wrong goes to stderr as one line, "isssim: ...". */
void iss_cli_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

/** What has been written to stdout has arrived there: 0, else a complaint and 74. */
int iss_cli_flush(void);

#endif
