/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * command_check.c - `isssim check`: is the scenario one?
 */
#include <inttypes.h>

#include "cli/cli.h"
#include "cli/input.h"
#include "cli/term.h"

static void
put_count(int32_t count, const char *thing, const char *end)
{
    printf("%" PRId32 " %s%s%s", count, thing, count == 1 ? "" : "s", end);
}

int
iss_command_check(const struct iss_arguments *arguments)
{
    struct iss_input input;
    struct iss_term term;
    char from[32], to[32];
    int code = iss_input_load(arguments, &input);

    if (code != 0) {
        return code;
    }
    const struct iss_model *model = input.model;
    iss_term_init(&term, stdout);
    iss_term_put(&term, ISS_BOLD, model->scenario.title);
    iss_term_put(&term, ISS_PLAIN, " · ");
    printf(
        "%s to %s", iss_civil_format(model->epoch_us, ISS_CIVIL_DATE, from),
        iss_civil_format(model->epoch_us + model->scenario.end_us, ISS_CIVIL_DATE, to));
    iss_term_put(&term, ISS_PLAIN, " · ");
    put_count(model->named_flights, "flight", ", ");
    if (model->cadence.count > 0) {
        put_count(model->cadence.count, "rule", " for more, ");
    }
    printf("%" PRId32 " %s, ", model->named_people,
           model->named_people == 1 ? "person" : "people");
    put_count(model->vehicles.count, "type", " of vehicle, ");
    put_count(model->ports.count, "port", "\n");
    iss_input_clear(&input);
    return iss_cli_flush();
}
