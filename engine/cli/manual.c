/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * manual.c - the manual page isssim(1) in roff, from options.def, manual.def and
 * isssim/status.h.
 *
 * Only what man(7) has had for ever is used, so that groff and mandoc both read it.
 */
#include <string.h>

#include "base/version.h"
#include "cli/options.h"
#include "isssim/status.h"

/* ---- roff ---------------------------------------------------------------------- */

/* One character, which at the start of a line mustn't be taken for a request. */
static void
put_character(FILE *out, char c, bool starts)
{
    static const struct {
        char c;
        const char *roff;
    } special[] = {{'\\', "\\e"},  {'-', "\\-"},   {'\'', "\\(aq"}, {'`', "\\(ga"},
                   {'^', "\\(ha"}, {'~', "\\(ti"}, {'"', "\\(dq"}};

    for (size_t i = 0; i < sizeof special / sizeof *special; i++) {
        if (special[i].c == c) {
            fputs(special[i].roff, out);
            return;
        }
    }
    fprintf(out, starts && c == '.' ? "\\&%c" : "%c", c);
}

/* A line of literal text. */
static void
put_line(FILE *out, const char *text)
{
    for (const char *c = text; *c != '\0'; c++) {
        put_character(out, *c, c == text);
    }
    fputc('\n', out);
}

/* Prose: what stands between backquotes is bold, an empty line ends a paragraph. */
static void
put_prose(FILE *out, const char *text)
{
    bool code = false, starts = true;

    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '`') {
            code = !code;
            fputs(code ? "\\fB" : "\\fR", out);
        } else if (*c == '\n') {
            fputs(c[1] == '\n' ? "\n.sp" : "\n", out);
        } else {
            put_character(out, *c, starts);
        }
        starts = *c == '\n';
    }
    fputc('\n', out);
}

/* "FILE [EVENT...]": the words italic, the rest as it is. */
static void
put_operand(FILE *out, const char *operand)
{
    bool italic = false;

    for (const char *c = operand; *c != '\0'; c++) {
        bool word = strchr("[]. ", *c) == NULL;
        if (word != italic) {
            fputs(word ? "\\fI" : "\\fR", out);
            italic = word;
        }
        put_character(out, *c, false);
    }
    fputs(italic ? "\\fR" : "", out);
}

static void
put_entry(FILE *out, const char *style, const char *name, const char *meaning)
{
    fprintf(out, ".TP\n%s", style);
    put_line(out, name);
    fputs("\\fR", out);
    put_prose(out, meaning);
}

/* ---- sections ------------------------------------------------------------------ */

static void
put_head(FILE *out)
{
    fputs(".\\\" Made by `isssim help --man`.\n"
          ".TH ISSSIM 1 \"\" \"isssim " ISS_VERSION "\" \"User Commands\"\n"
          ".SH NAME\n"
          "isssim \\- simulate the missions of a crewed space station\n"
          ".SH SYNOPSIS\n"
          ".nf\n",
          out);
    for (int i = 0; i < ISS_COMMANDS; i++) {
        fprintf(out, "\\fBisssim %s\\fR [options]", iss_commands[i].name);
        fputs(*iss_commands[i].operand != '\0' ? " " : "", out);
        put_operand(out, iss_commands[i].operand);
        fputc('\n', out);
    }
    fputs("\\fBisssim \\-\\-help\\fR | \\fB\\-\\-version\\fR\n"
          ".fi\n"
          ".SH DESCRIPTION\n",
          out);
    put_prose(
        out,
        "isssim simulates a crewed space station, its vehicles, crews and failures "
        "as a sequence of events, from a scenario that is written as text, and "
        "answers with a story, numbers and an HDF5 file.  The same scenario, seed "
        "and replication give the same result.\n\n"
        "Results go to stdout, all else to stderr.");
}

static void
put_option(FILE *out, enum iss_option option)
{
    const struct iss_option_info *row = &iss_options[option];
    char name[ISS_OPTION_NAME];

    fputs(".TP\n\\fB", out);
    if (row->letter) {
        fprintf(out, "\\-%c\\fR, \\fB", row->letter);
    }
    fputs("\\-\\-", out);
    for (const char *c = iss_option_name(option, name); *c != '\0'; c++) {
        put_character(out, *c, false);
    }
    fputs("\\fR", out);
    if (row->value != NULL) {
        fputc(' ', out);
        put_operand(out, row->value);
    }
    fputc('\n', out);
    put_prose(out, row->help);
}

static void
put_command(FILE *out, enum iss_command command)
{
    const struct iss_command_info *row = &iss_commands[command];

    fprintf(out, ".SS isssim %s", row->name);
    fputs(*row->operand != '\0' ? " " : "", out);
    for (const char *c = row->operand; *c != '\0'; c++) {
        put_character(out, *c, false);
    }
    fputc('\n', out);
    put_prose(out, row->text);
    for (int i = 0; i < ISS_OPTIONS; i++) {
        if (iss_option_is_of((enum iss_option)i, command)) {
            put_option(out, (enum iss_option)i);
        }
    }
}

static void
put_words(FILE *out)
{
    static const struct {
        const char *word, *meaning;
    } words[] = {
#define WORD(word, kind, meaning) {word, meaning},
#include "cli/options.def"
    };

    fputs(".SH ARGUMENTS\n", out);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        put_entry(out, "\\fI", words[i].word, words[i].meaning);
    }
}

/* The exit codes in order, each with the statuses that end in it. */
static void
put_exit_codes(FILE *out)
{
    static const struct {
        int code;
        const char *text;
    } statuses[] = {
#define STATUS(name, value, exit_code, text) {exit_code, text},
        ISS_STATUS_LIST(STATUS)
#undef STATUS
    };
    enum { COUNT = sizeof statuses / sizeof *statuses };

    fputs(".SH EXIT STATUS\n", out);
    for (int code = 0, next; code <= UINT8_MAX; code = next) {
        bool first = true;

        next = UINT8_MAX + 1;
        for (int i = 0; i < COUNT; i++) {
            if (statuses[i].code > code && statuses[i].code < next) {
                next = statuses[i].code;
            } else if (statuses[i].code == code) {
                fprintf(out, first ? ".TP\n\\fB%d\\fR\n" : "; or\n", code);
                fputs(statuses[i].text, out);
                first = false;
            }
        }
        fputs(".\n", out);
    }
}

static void
put_surroundings(FILE *out)
{
    fputs(".SH ENVIRONMENT\n", out);
#define ENVIRONMENT(name, meaning) put_entry(out, "\\fB", name, meaning);
#include "cli/manual.def"
    fputs(".SH FILES\n", out);
#define PLACE(name, meaning) put_entry(out, "\\fI", name, meaning);
#include "cli/manual.def"
    fputs(".SH EXAMPLES\n", out);
#define EXAMPLE(command, meaning) put_entry(out, "\\fB", command, meaning);
#include "cli/manual.def"
}

void
iss_manual_print(FILE *out)
{
    put_head(out);
    fputs(".SH COMMANDS\n", out);
    for (int i = 0; i < ISS_COMMANDS; i++) {
        put_command(out, (enum iss_command)i);
    }
    put_words(out);
    put_exit_codes(out);
    put_surroundings(out);
    fputs(".SH SEE ALSO\n.BR ncdump (1),\n.BR h5dump (1)\n", out);
}
