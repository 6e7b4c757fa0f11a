/* SPDX-License-Identifier: GPL-3.0-or-later */
/* call.c - what every command that computes says of itself. */
#include "cli/call.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/quote.h"

void
iss_call_begin(struct iss_call *call)
{
    *call = (struct iss_call){0};
    call->line = open_memstream(&call->text, &call->size);
}

void
iss_call_put_scenario(const struct iss_call *call,
                      const struct iss_arguments *arguments, const char *scenario)
{
    for (size_t i = 0; i < arguments->set_count; i++) {
        fputs(" --set ", call->line);
        iss_quote_put(call->line, arguments->sets[i]);
    }
    fputs(*scenario == '-' ? " -- " : " ", call->line);
    iss_quote_put(call->line, scenario);
}

char *
iss_call_end(struct iss_call *call)
{
    if (fclose(call->line) != 0) {
        free(call->text);
        return NULL;
    }
    return call->text;
}

char *
iss_call_output(const char *scenario, const char *ending)
{
    const char *slash = strrchr(scenario, '/');
    const char *name = slash != NULL ? slash + 1 : scenario;
    const char *dot = strrchr(name, '.');
    size_t length = dot != NULL && dot != name ? (size_t)(dot - name) : strlen(name);
    size_t size = length + strlen(ending) + 1;
    char *output = malloc(size);

    if (output != NULL) {
        snprintf(output, size, "%.*s%s", (int)length, name, ending);
    }
    return output;
}

double
iss_call_now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}
