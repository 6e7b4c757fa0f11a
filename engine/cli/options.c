/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * options.c - options.def drives getopt_long().
 */
#include "cli/options.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/diag.h"
#include "cli/cli.h"
#include "isssim/status.h"

#define ON(command) (1u << ISS_COMMAND_##command)

#define COMMAND(id, operand, summary, text) {#id, operand, summary, text},
const struct iss_command_info iss_commands[] = {
#include "cli/options.def"
};

#define OPTION(id, letter, value, commands, help) {#id, value, help, letter, commands},
const struct iss_option_info iss_options[] = {
#include "cli/options.def"
};

enum { FIRST_CODE = 256 }; /* what getopt_long() gives for option 0 */

/* What getopt_long() wants, for one command. */
struct grammar {
    char names[ISS_OPTIONS][ISS_OPTION_NAME];
    struct option options[ISS_OPTIONS + 1];
    char letters[3 * ISS_OPTIONS + 2];
};

enum iss_command
iss_command_find(const char *name)
{
    size_t i = 0;
    while (i < ISS_COMMANDS && strcmp(iss_commands[i].name, name) != 0) {
        i++;
    }
    return (enum iss_command)i;
}

const char *
iss_option_name(enum iss_option option, char name[ISS_OPTION_NAME])
{
    snprintf(name, ISS_OPTION_NAME, "%s", iss_options[option].id);
    for (char *c = name; *c != '\0'; c++) {
        *c = (char)(*c == '_' ? '-' : *c);
    }
    return name;
}

bool
iss_option_is_of(enum iss_option option, enum iss_command command)
{
    return (iss_options[option].commands & 1u << command) != 0;
}

static int
refuse(enum iss_command command)
{
    iss_cli_complain("`isssim help %s` lists what there is",
                     iss_commands[command].name);
    return iss_status_exit_code(ISS_ERR_USAGE);
}

static void
make_grammar(struct grammar *grammar, enum iss_command command)
{
    size_t count = 0;
    char *letter = grammar->letters;

    *letter++ = ':'; /* tell a missing value from an unknown option */
    for (int i = 0; i < ISS_OPTIONS; i++) {
        const struct iss_option_info *row = &iss_options[i];
        if (!iss_option_is_of((enum iss_option)i, command)) {
            continue;
        }
        grammar->options[count++] = (struct option){
            iss_option_name((enum iss_option)i, grammar->names[i]),
            row->value ? required_argument : no_argument, NULL, FIRST_CODE + i};
        if (row->letter) {
            *letter++ = (char)row->letter;
            if (row->value) {
                *letter++ = ':';
            }
        }
    }
    *letter = '\0';
    grammar->options[count] = (struct option){0};
}

static int
unknown_option(const struct grammar *grammar, enum iss_command command,
               const char *word)
{
    const char *names[ISS_OPTIONS] = {0};
    char plain[64];
    size_t count = 0;

    if (optopt != 0 && optopt < FIRST_CODE) {
        iss_cli_complain("unknown option -%c", optopt);
        return refuse(command);
    }
    for (const struct option *option = grammar->options; option->name; option++) {
        names[count++] = option->name;
    }
    word += strspn(word, "-");
    snprintf(plain, sizeof plain, "%.*s", (int)strcspn(word, "="), word);
    const char *near = iss_diag_suggest(plain, names, count);
    if (optopt >= FIRST_CODE) {
        iss_cli_complain("option --%s takes no value", plain);
    } else if (near != NULL) {
        iss_cli_complain("unknown option --%s; did you mean --%s?", plain, near);
    } else {
        iss_cli_complain("unknown option --%s", plain);
    }
    return refuse(command);
}

static int
take_option(struct iss_arguments *arguments, enum iss_command command, int index,
            const char *value, const char **sets)
{
    if (index == ISS_OPTION_set) {
        sets[arguments->set_count++] = value;
    } else if (arguments->given[index] && iss_options[index].value != NULL) {
        iss_cli_complain("--%s is given twice", iss_options[index].id);
        return refuse(command);
    }
    arguments->given[index] = true;
    arguments->values[index] = value;
    return 0;
}

static int
index_of_letter(int letter)
{
    int i = 0;
    while (i < ISS_OPTIONS && iss_options[i].letter != letter) {
        i++;
    }
    return i;
}

/* How many operands the command takes at most. */
static int
most_operands(const char *operand)
{
    int count = *operand != '\0';

    for (const char *c = operand; *c != '\0'; c++) {
        count += *c == ' ';
    }
    return strstr(operand, "...") != NULL ? INT_MAX : count;
}

static int
too_many(enum iss_command command, int most, char **argv)
{
    if (most == 0) {
        iss_cli_complain("%s takes no argument; got \"%s\"", iss_commands[command].name,
                         argv[0]);
    } else if (most == 1) {
        iss_cli_complain("one %s is enough; got \"%s\" and \"%s\"",
                         iss_commands[command].operand, argv[0], argv[1]);
    } else {
        iss_cli_complain("%s takes %s; got \"%s\" as well", iss_commands[command].name,
                         iss_commands[command].operand, argv[most]);
    }
    return refuse(command);
}

static int
take_operand(struct iss_arguments *arguments, enum iss_command command, int argc,
             char **argv)
{
    int most = most_operands(iss_commands[command].operand);

    if (argc > most) {
        return too_many(command, most, argv);
    }
    if (most == 0) {
        return 0;
    }
    if (argc > 1) {
        arguments->more = argv + 1;
        arguments->more_count = (size_t)argc - 1;
    }
    arguments->operand = argc > 0 && *argv[0] != '\0' ? argv[0] : NULL;
    if (arguments->operand == NULL && *iss_commands[command].operand != '[' &&
        !arguments->given[ISS_OPTION_help]) {
        iss_cli_complain("%s needs a %.*s", iss_commands[command].name,
                         (int)strcspn(iss_commands[command].operand, " "),
                         iss_commands[command].operand);
        return refuse(command);
    }
    return 0;
}

int
iss_arguments_parse(struct iss_arguments *arguments, enum iss_command command, int argc,
                    char **argv, const char **sets)
{
    struct grammar grammar;
    int code;

    *arguments = (struct iss_arguments){.sets = sets};
    make_grammar(&grammar, command);
    opterr = 0;
    optind = 1;
    while ((code = getopt_long(argc, argv, grammar.letters, grammar.options, NULL)) !=
           -1) {
        if (code == '?') {
            return unknown_option(&grammar, command, argv[optind - 1]);
        }
        if (code == ':') {
            iss_cli_complain("%s needs a value", argv[optind - 1]);
            return refuse(command);
        }
        int index = code >= FIRST_CODE ? code - FIRST_CODE : index_of_letter(code);
        int refused = take_option(arguments, command, index, optarg, sets);
        if (refused) {
            return refused;
        }
    }
    return take_operand(arguments, command, argc - optind, argv + optind);
}

int
iss_arguments_number(const struct iss_arguments *arguments, enum iss_option option,
                     uint64_t most, uint64_t *value)
{
    const char *text = arguments->values[option];

    if (!arguments->given[option]) {
        return 0;
    }
    errno = 0;
    uint64_t number = strtoull(text, NULL, 10);
    if (*text == '\0' || text[strspn(text, "0123456789")] != '\0' || errno != 0 ||
        number > most) {
        iss_cli_complain("--%s: a whole number is needed; got \"%s\"; allowed 0 to "
                         "%" PRIu64,
                         iss_options[option].id, text, most);
        return iss_status_exit_code(ISS_ERR_USAGE);
    }
    *value = number;
    return 0;
}
