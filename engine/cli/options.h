/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/options.h - the command line, parsed by the table options.def.
 */
#ifndef ISS_CLI_OPTIONS_H
#define ISS_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define COMMAND(id, operand, summary, text) ISS_COMMAND_##id,
#define OPTION(id, letter, value, commands, help)
enum iss_command {
#include "cli/options.def"
    ISS_COMMANDS
};
#undef COMMAND
#undef OPTION

#define COMMAND(id, operand, summary, text)
#define OPTION(id, letter, value, commands, help) ISS_OPTION_##id,
enum iss_option {
#include "cli/options.def"
    ISS_OPTIONS
};
#undef COMMAND
#undef OPTION

struct iss_arguments {
    const char *operand; /* NULL when there is none */
    char *const *more;   /* operands behind it, where "..." takes them */
    size_t more_count;
    bool given[ISS_OPTIONS];         /* which options there are */
    const char *values[ISS_OPTIONS]; /* their values; of `set` see below */
    const char *const *sets;         /* --set, in order */
    size_t set_count;
};

/** The command called `name`; ISS_COMMANDS when there is none. */
enum iss_command iss_command_find(const char *name);

/** The command's name; for its functions see cli/cli.h. */
const char *iss_command_name(enum iss_command command);

/**
 * Parse what follows a command: argv[0] is the command itself.  `sets` has room for
 * argc texts and must live as long as `arguments`.
 *
 * @return 0, or 64 after a complaint on stderr.
 */
int iss_arguments_parse(struct iss_arguments *arguments, enum iss_command command,
                        int argc, char **argv, const char **sets);

/** A whole number from 0 to `most`; `value` stays as it is when the option isn't given.
 *  0, or 64 after a complaint. */
int iss_arguments_number(const struct iss_arguments *arguments, enum iss_option option,
                         uint64_t most, uint64_t *value);

/** Print what a command does and takes; ISS_COMMANDS: the program. */
void iss_help_print(FILE *out, enum iss_command command);

#endif
