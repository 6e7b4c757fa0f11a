/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli.c - picks the command and sets up what the program needs of its surroundings.
 *
 * Of the locale only the character set is taken: numbers keep their decimal point.
 */
#include "cli/cli.h"

#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "base/version.h"
#include "isssim/status.h"

#define COMMAND(id, operand, summary, text) iss_command_##id,
static int (*const runners[])(const struct iss_arguments *) = {
#include "cli/options.def"
};

void
iss_cli_complain(const char *format, ...)
{
    va_list arguments;

    fputs("isssim: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
}

int
iss_cli_flush(void)
{
    if (fflush(stdout) != 0 || ferror(stdout)) {
        iss_cli_complain("writing to stdout failed; is the disk full?");
        return iss_status_exit_code(ISS_ERR_WRITE);
    }
    return 0;
}

static int
unknown_command(const char *name)
{
    const char *names[ISS_COMMANDS];

    for (int i = 0; i < ISS_COMMANDS; i++) {
        names[i] = iss_commands[i].name;
    }
    const char *near = iss_diag_suggest(name, names, ISS_COMMANDS);
    if (near != NULL) {
        iss_cli_complain("unknown command \"%s\"; did you mean %s?", name, near);
    } else {
        iss_cli_complain("unknown command \"%s\"; `isssim help` lists them", name);
    }
    return iss_status_exit_code(ISS_ERR_USAGE);
}

int
iss_command_help(const struct iss_arguments *arguments)
{
    enum iss_command command = ISS_COMMANDS;
    bool man = arguments->given[ISS_OPTION_man],
         bash = arguments->given[ISS_OPTION_bash];

    if (man + bash + (arguments->operand != NULL) > 1) {
        iss_cli_complain("one of --man, --bash and COMMAND is enough");
        return iss_status_exit_code(ISS_ERR_USAGE);
    }
    if (man || bash) {
        (man ? iss_manual_print : iss_completion_print)(stdout);
        return iss_cli_flush();
    }
    if (arguments->operand != NULL) {
        command = iss_command_find(arguments->operand);
        if (command == ISS_COMMANDS) {
            return unknown_command(arguments->operand);
        }
    }
    iss_help_print(stdout, command);
    return iss_cli_flush();
}

static int
print_version(void)
{
    printf("isssim %s (%.12s%s)\n", ISS_VERSION, ISS_GIT_SHA1,
           ISS_GIT_DIRTY ? ", changed since" : "");
    return iss_cli_flush();
}

static int
run_command(enum iss_command command, int argc, char **argv)
{
    struct iss_arguments arguments;
    const char **sets = calloc((size_t)argc, sizeof *sets);

    if (sets == NULL) {
        iss_cli_complain("%s", iss_status_text(ISS_ERR_NO_MEMORY));
        return iss_status_exit_code(ISS_ERR_NO_MEMORY);
    }
    int code = iss_arguments_parse(&arguments, command, argc, argv, sets);
    if (code == 0 && arguments.given[ISS_OPTION_help]) {
        iss_help_print(stdout, command);
        code = iss_cli_flush();
    } else if (code == 0) {
        code = runners[command](&arguments);
    }
    free(sets);
    return code;
}

int
iss_cli_main(int argc, char **argv)
{
    setlocale(LC_CTYPE, "");
    if (argc < 2) {
        iss_help_print(stderr, ISS_COMMANDS);
        return iss_status_exit_code(ISS_ERR_USAGE);
    }
    if (strcmp(argv[1], "--version") == 0) {
        return print_version();
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
        iss_help_print(stdout, ISS_COMMANDS);
        return iss_cli_flush();
    }
    enum iss_command command = iss_command_find(argv[1]);
    if (command == ISS_COMMANDS && *argv[1] == '-') {
        iss_cli_complain("unknown option %s; `isssim help` lists what there is",
                         argv[1]);
        return iss_status_exit_code(ISS_ERR_USAGE);
    }
    return command == ISS_COMMANDS ? unknown_command(argv[1])
                                   : run_command(command, argc - 1, argv + 1);
}
