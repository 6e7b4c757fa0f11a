/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * command_describe.c - `isssim describe`: what may a scenario say?
 */
#include "cli/cli.h"
#include "cli/reference.h"
#include "isssim/status.h"

int
iss_command_describe(const struct iss_arguments *arguments)
{
    struct iss_topic topic;
    struct iss_term term;
    char problem[ISS_REFERENCE_TEXT];

    if (iss_topic_find(arguments->operand, &topic, problem) != 0) {
        iss_cli_complain("%s", problem);
        return iss_status_exit_code(ISS_ERR_USAGE);
    }
    if (arguments->given[ISS_OPTION_markdown]) {
        if (topic.kind != ISS_TOPIC_ALL) {
            iss_cli_complain("--markdown is the whole page; leave out \"%s\"",
                             arguments->operand);
            return iss_status_exit_code(ISS_ERR_USAGE);
        }
        iss_reference_page(stdout);
    } else if (arguments->given[ISS_OPTION_json]) {
        int status = iss_reference_json(stdout, &topic);
        if (status != ISS_OK) {
            iss_cli_complain("%s", iss_status_text(status));
            return iss_status_exit_code(status);
        }
    } else {
        iss_term_init(&term, stdout);
        iss_reference_tell(&term, &topic);
    }
    return iss_cli_flush();
}
