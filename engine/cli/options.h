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
enum iss_command {
#include "cli/options.def"
    ISS_COMMANDS
};

#define OPTION(id, letter, value, commands, help) ISS_OPTION_##id,
enum iss_option {
#include "cli/options.def"
    ISS_OPTIONS
};

struct iss_command_info {
    const char *name, *operand, *summary, *text;
};
extern const struct iss_command_info iss_commands[ISS_COMMANDS];

struct iss_option_info {
    const char *id;    /* the long name, with '_' for '-' */
    const char *value; /* NULL: takes none */
    const char *help;
    int letter;        /* 0: none */
    unsigned commands; /* bit 1 << command */
};
extern const struct iss_option_info iss_options[ISS_OPTIONS];

enum { ISS_OPTION_NAME = 24 };

/** The option's long name. */
const char *iss_option_name(enum iss_option option, char name[ISS_OPTION_NAME]);

/** Whether the command takes the option. */
bool iss_option_is_of(enum iss_option option, enum iss_command command);

struct iss_arguments {
    const char *operand; /* NULL when there is none */
    char *const *more;   /* operands behind it, where there may be any */
    size_t more_count;
    bool given[ISS_OPTIONS];         /* which options there are */
    const char *values[ISS_OPTIONS]; /* their values; of `set` see below */
    const char *const *sets;         /* --set, in order */
    size_t set_count;
};

/** The command called `name`; ISS_COMMANDS when there is none. */
enum iss_command iss_command_find(const char *name);

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

/** Print the manual page isssim(1), as roff. */
void iss_manual_print(FILE *out);

/** Print the completion for bash. */
void iss_completion_print(FILE *out);

#endif
