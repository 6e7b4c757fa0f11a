/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * completion.c - the completion for bash.
 *
 * Its first half says, as functions of bash, what options.def and keys.def say; the
 * second, complete.bash, works with that.
 */
#include <string.h>

#include "base/version.h"
#include "cli/options.h"
#include "cli/reference.h"

static const char *const body[] = {
#include "cli/complete.inc"
};

/* What a placeholder stands for; "nothing" when that is unknown. */
static const char *
word_kind(const char *word, size_t length)
{
    static const struct {
        const char *word, *kind;
    } words[] = {
#define WORD(word, kind, meaning) {word, #kind},
#include "cli/options.def"
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strlen(words[i].word) == length &&
            strncmp(words[i].word, word, length) == 0) {
            return words[i].kind;
        }
    }
    return "nothing";
}

static void
put_commands(FILE *out)
{
    fputs("_isssim_commands()\n{\n    echo '", out);
    for (int i = 0; i < ISS_COMMANDS; i++) {
        fprintf(out, "%s%s", i > 0 ? " " : "", iss_commands[i].name);
    }
    fputs("'\n}\n\n", out);
}

static void
put_options(FILE *out)
{
    char name[ISS_OPTION_NAME];

    fputs("_isssim_options() # COMMAND\n{\n    case $1 in\n", out);
    for (int command = 0; command < ISS_COMMANDS; command++) {
        fprintf(out, "    %s) echo '", iss_commands[command].name);
        for (int i = 0; i < ISS_OPTIONS; i++) {
            if (iss_option_is_of((enum iss_option)i, (enum iss_command)command)) {
                fprintf(out, "--%s ", iss_option_name((enum iss_option)i, name));
                fprintf(out, iss_options[i].letter ? "-%c " : "",
                        iss_options[i].letter);
            }
        }
        fputs("' ;;\n", out);
    }
    fputs("    esac\n}\n\n", out);
}

/* The kinds of value; and the letters of options that take none. */
static void
put_values(FILE *out)
{
    char name[ISS_OPTION_NAME];

    fputs("_isssim_value() # OPTION\n{\n    case $1 in\n", out);
    for (int i = 0; i < ISS_OPTIONS; i++) {
        const struct iss_option_info *row = &iss_options[i];
        if (row->value != NULL) {
            fprintf(out, "    --%s", iss_option_name((enum iss_option)i, name));
            fprintf(out, row->letter ? " | -%c" : "", row->letter);
            fprintf(out, ") echo %s ;;\n", word_kind(row->value, strlen(row->value)));
        }
    }
    fputs("    esac\n}\n\n_isssim_flags()\n{\n    echo '", out);
    for (int i = 0; i < ISS_OPTIONS; i++) {
        if (iss_options[i].value == NULL && iss_options[i].letter) {
            fputc(iss_options[i].letter, out);
        }
    }
    fputs("'\n}\n\n", out);
}

/* The kind of each operand of a command, by its number; "FILE [EVENT...]": the first
 * is a FILE, all others are EVENTs. */
static void
put_operands(FILE *out)
{
    fputs("_isssim_operand() # COMMAND NUMBER\n{\n    case $1:$2 in\n", out);
    for (int i = 0; i < ISS_COMMANDS; i++) {
        const char *at = iss_commands[i].operand;
        for (int number = 0; *at != '\0'; number++) {
            at += strspn(at, " [");
            size_t length = strcspn(at, " ].");
            const char *kind = word_kind(at, length);
            at += length;
            bool repeated = strncmp(at, "...", 3) == 0;
            at += strcspn(at, " ");
            fprintf(out, "    %s:", iss_commands[i].name);
            fprintf(out, repeated ? "*" : "%d", number);
            fprintf(out, ") echo %s ;;\n", kind);
        }
    }
    fputs("    esac\n}\n\n", out);
}

/* What `describe` explains. */
static void
put_settings(FILE *out)
{
    fputs("_isssim_settings()\n{\n    echo 'distributions units", out);
    for (int32_t i = 0; i < iss_section_count; i++) {
        fprintf(out, " %s", iss_sections[i].name);
    }
    for (int32_t i = 0; i < iss_key_count; i++) {
        fprintf(out, "\n        %s.%s", iss_keys[i].section, iss_keys[i].name);
    }
    fputs("'\n}\n\n", out);
}

/* What any scenario may set: there are no names in it. */
static void
put_singles(FILE *out)
{
    fputs("_isssim_singles()\n{\n    echo '", out);
    for (int32_t i = 0; i < iss_key_count; i++) {
        if (iss_schema_section(iss_keys[i].section)->shape == ISS_SHAPE_SINGLE) {
            fprintf(out, "\n        %s.%s", iss_keys[i].section, iss_keys[i].name);
        }
    }
    fputs("'\n}\n", out);
}

void
iss_completion_print(FILE *out)
{
    fputs("# Completion of isssim " ISS_VERSION
          " for bash, made by `isssim help --bash`.\n\n",
          out);
    put_commands(out);
    put_options(out);
    put_values(out);
    put_operands(out);
    put_settings(out);
    put_singles(out);
    for (size_t i = 0; i < sizeof body / sizeof *body; i++) {
        fprintf(out, "%s\n", body[i]);
    }
}
