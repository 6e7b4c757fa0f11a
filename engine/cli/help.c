/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * help.c - what options.def says, for people.
 */
#include <string.h>

#include "cli/cli.h"
#include "cli/options.h"
#include "cli/term.h"

#define ON(command) (1u << ISS_COMMAND_##command)

#define COMMAND(id, operand, summary, text) {#id, operand, summary, text},
#define OPTION(id, letter, value, commands, help)
static const struct {
    const char *name, *operand, *summary, *text;
} commands_told[] = {
#include "cli/options.def"
};
#undef COMMAND
#undef OPTION

#define COMMAND(id, operand, summary, text)
#define OPTION(id, letter, value, commands, help) {#id, value, help, letter, commands},
static const struct {
    const char *id, *value, *help;
    int letter;
    unsigned commands;
} options_told[] = {
#include "cli/options.def"
};
#undef COMMAND
#undef OPTION

enum { COLUMN = 26, PAGE = 80 }; /* where explanations begin, and lines end */

static void
print_program(FILE *out)
{
    fputs("isssim simulates the missions of a crewed space station, event by event.\n\n"
          "    isssim run SCENARIO        for a start: isssim run soyuz_leak.cfg\n\n"
          "Commands:\n",
          out);
    for (size_t i = 0; i < ISS_COMMANDS; i++) {
        fprintf(out, "  %-8s %-15s  %s\n", commands_told[i].name,
                commands_told[i].operand, commands_told[i].summary);
    }
    fputs("\nOptions of the program:\n"
          "  -h, --help               this text; isssim COMMAND --help explains a "
          "command\n"
          "      --version            which program this is\n\n"
          "Results go to stdout, all else to stderr.  Exit codes: 0 fine, 64 wrong "
          "command\n"
          "line, 65 wrong scenario or result, 66 no such file, 70 internal, 73 and "
          "74\n"
          "output.\n"
          "ISSSIM_LIBRARY names the folder of the shipped scenarios; NO_COLOR is "
          "honoured.\n",
          out);
}

static void
print_option(FILE *out, size_t index)
{
    char left[64];
    int used = options_told[index].letter ? snprintf(left, sizeof left, "  -%c, --",
                                                     options_told[index].letter)
                                          : snprintf(left, sizeof left, "      --");

    for (const char *c = options_told[index].id; *c != '\0'; c++) {
        left[used++] = (char)(*c == '_' ? '-' : *c);
    }
    snprintf(left + used, sizeof left - (size_t)used, "%s%s",
             options_told[index].value ? " " : "",
             options_told[index].value ? options_told[index].value : "");
    fprintf(out, "%-*s ", COLUMN, left);
    if (strlen(left) > COLUMN) {
        fprintf(out, "\n%-*s ", COLUMN, "");
    }
    const struct iss_term page = {.out = out, .width = PAGE};
    iss_term_paragraph(&page, COLUMN + 1, options_told[index].help, ISS_PLAIN, "");
}

void
iss_help_print(FILE *out, enum iss_command command)
{
    if (command == ISS_COMMANDS) {
        print_program(out);
        return;
    }
    const char *operand = commands_told[command].operand;
    fprintf(out, "isssim %s%s%s: %s\n\n%s\n\nOptions:\n", commands_told[command].name,
            *operand ? " " : "", operand, commands_told[command].summary,
            commands_told[command].text);
    for (size_t i = 0; i < ISS_OPTIONS; i++) {
        if (options_told[i].commands & 1u << command) {
            print_option(out, i);
        }
    }
}
