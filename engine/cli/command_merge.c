/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * command_merge.c - `isssim merge`: the shards of a study become the study.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "cli/call.h"
#include "cli/cli.h"
#include "cli/mc.h"
#include "cli/quote.h"
#include "isssim/status.h"
#include "kernel/numerics.h"
#include "store/study_read.h"

struct merge {
    const struct iss_arguments *arguments;
    struct iss_study_reader **readers;
    size_t count;
    struct iss_ranges rows;
    char *command_line;
    char message[2048];
};

static int
fail(const struct merge *merge, int status)
{
    iss_cli_complain("%s", *merge->message != '\0' ? merge->message
                                                   : iss_status_text(status));
    return iss_status_exit_code(status);
}

static int
open_all(struct merge *merge)
{
    const struct iss_arguments *arguments = merge->arguments;
    size_t files = 1 + arguments->more_count;
    int status = ISS_OK;

    merge->readers = calloc(files, sizeof(struct iss_study_reader *));
    if (merge->readers == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (size_t i = 0; status == ISS_OK && i < files; i++) {
        status = iss_study_open(&merge->readers[i],
                                i == 0 ? arguments->operand : arguments->more[i - 1],
                                merge->message, sizeof merge->message);
        merge->count += status == ISS_OK;
    }
    return status == ISS_OK
               ? iss_study_merge_check(merge->readers, merge->count, &merge->rows,
                                       merge->message, sizeof merge->message)
               : status;
}

static int
each_block(void *source, const struct iss_sink *sink)
{
    struct merge *merge = source;
    int status = ISS_OK;

    for (size_t i = 0; status == ISS_OK && i < merge->count; i++) {
        status = iss_study_rows(merge->readers[i], sink);
    }
    return status;
}

/* In words that can be typed again. */
static char *
make_command_line(const struct iss_arguments *arguments)
{
    struct iss_call call;

    iss_call_begin(&call);
    FILE *line = call.line;
    if (line == NULL) {
        return NULL;
    }
    fputs("isssim merge --output ", line);
    iss_quote_put(line, arguments->values[ISS_OPTION_output]);
    fputs(" -- ", line);
    iss_quote_put(line, arguments->operand);
    for (size_t i = 0; i < arguments->more_count; i++) {
        fputc(' ', line);
        iss_quote_put(line, arguments->more[i]);
    }
    return iss_call_end(&call);
}

static int
join(struct merge *merge)
{
    const struct iss_arguments *arguments = merge->arguments;
    const struct iss_study_facts *facts = iss_study_facts(merge->readers[0]);
    const char *output = arguments->values[ISS_OPTION_output];
    struct iss_outcome result = facts->origin;
    struct iss_summary_result summary = {0};
    struct iss_term term;

    result.arena = (struct iss_arena){0}; /* its texts stay the reader's */
    const struct iss_mc_build build = {
        .info = &facts->info,
        .rows = &merge->rows,
        .requested = facts->requested,
        .complete = true,
        .confidence = facts->confidence,
        .each = each_block,
        .source = merge,
        .options = {.force = arguments->given[ISS_OPTION_force],
                    .reproducible = arguments->given[ISS_OPTION_reproducible],
                    .command_line = merge->command_line,
                    .libraries = iss_numerics_library()},
    };
    int code = iss_mc_build(output, &build, &result, &summary);
    if (code == 0) {
        iss_term_init(&term, stdout);
        printf("%zu file%s, %" PRIu64 " missions, %" PRIu64 " failed \xC2\xB7 ",
               merge->count, merge->count == 1 ? "" : "s", summary.rows,
               summary.failed);
        iss_term_put(&term, ISS_PLAIN, output);
        putchar('\n');
        code = iss_cli_flush();
    }
    iss_outcome_clear(&result);
    return code == 0 && summary.failed > 0 ? ISS_MC_SOME_FAILED : code;
}

int
iss_command_merge(const struct iss_arguments *arguments)
{
    struct merge merge = {.arguments = arguments};
    int code;

    if (!arguments->given[ISS_OPTION_output]) {
        iss_cli_complain("merge needs --output: the file to be made");
        return iss_status_exit_code(ISS_ERR_USAGE);
    }
    merge.command_line = make_command_line(arguments);
    int status = merge.command_line == NULL ? ISS_ERR_NO_MEMORY : open_all(&merge);
    code = status == ISS_OK ? join(&merge) : fail(&merge, status);
    for (size_t i = 0; i < merge.count; i++) {
        iss_study_close(merge.readers[i]);
    }
    free(merge.readers);
    free(merge.command_line);
    iss_ranges_clear(&merge.rows);
    return code;
}
