/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * help.c - what options.def says, for people.
 */
#include <string.h>

#include "cli/cli.h"
#include "cli/options.h"
#include "cli/term.h"

enum { COLUMN = 26, PAGE = 80 }; /* where explanations begin, and lines end */

static void
print_program(FILE *out)
{
    fputs("isssim simulates the missions of a crewed space station, event by event.\n\n"
          "    isssim run SCENARIO        for a start: isssim run soyuz_leak.cfg\n\n"
          "Commands:\n",
          out);
    for (size_t i = 0; i < ISS_COMMANDS; i++) {
        fprintf(out, "  %-8s %-15s  %s\n", iss_commands[i].name,
                iss_commands[i].operand, iss_commands[i].summary);
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
print_option(FILE *out, enum iss_option option)
{
    const struct iss_option_info *row = &iss_options[option];
    char left[64], name[ISS_OPTION_NAME], letter[8] = "    ";

    if (row->letter) {
        snprintf(letter, sizeof letter, "-%c, ", row->letter);
    }
    snprintf(left, sizeof left, "  %s--%s%s%s", letter, iss_option_name(option, name),
             row->value ? " " : "", row->value ? row->value : "");
    fprintf(out, "%-*s ", COLUMN, left);
    if (strlen(left) > COLUMN) {
        fprintf(out, "\n%-*s ", COLUMN, "");
    }
    const struct iss_term page = {.out = out, .width = PAGE};
    iss_term_paragraph(&page, COLUMN + 1, row->help, ISS_PLAIN, "");
}

void
iss_help_print(FILE *out, enum iss_command command)
{
    if (command == ISS_COMMANDS) {
        print_program(out);
        return;
    }
    const char *operand = iss_commands[command].operand;
    fprintf(out, "isssim %s%s%s: %s\n\n%s\n\nOptions:\n", iss_commands[command].name,
            *operand ? " " : "", operand, iss_commands[command].summary,
            iss_commands[command].text);
    for (int i = 0; i < ISS_OPTIONS; i++) {
        if (iss_option_is_of((enum iss_option)i, command)) {
            print_option(out, (enum iss_option)i);
        }
    }
}
