/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * command_export.c - `isssim export`: a table of a finished file as CSV.
 *
 * The table is found before the output is begun, and the rows of a study go from file
 * to file in blocks, so that any number of them takes the same memory.  A reader that
 * has seen enough, as head, is no failure.
 */
#include <errno.h>

#include "base/civil.h"
#include "cli/cli.h"
#include "cli/csv.h"
#include "cli/export.h"
#include "isssim/status.h"
#include "store/text_file.h"

/* ---- a study's rows ------------------------------------------------------------ */

struct rows {
    struct iss_csv *csv;
    size_t metric_count;
};

static const char *
status_name(int status)
{
    switch (status) {
#define STATUS_NAME(name, value, exit_code, text)                                      \
    case value:                                                                        \
        return #name;
        ISS_STATUS_LIST(STATUS_NAME)
    }
    return "";
}

static int
print_block(void *self, const struct iss_block *block)
{
    const struct rows *rows = self;
    int status = ISS_OK;

    for (uint32_t i = 0; status == ISS_OK && i < block->count; i++) {
        const double *metrics = block->metrics + i * rows->metric_count;

        iss_csv_whole(rows->csv, (int64_t)(block->first + i));
        iss_csv_hash(rows->csv, block->fingerprints[i]);
        iss_csv_whole(rows->csv, (int64_t)block->events[i]);
        iss_csv_text(rows->csv, status_name(block->status[i]));
        for (size_t m = 0; m < rows->metric_count; m++) {
            iss_csv_real(rows->csv, metrics[m]);
        }
        status = iss_csv_end_row(rows->csv);
    }
    return status;
}

static int
print_rows(struct iss_export *export, struct iss_csv *csv)
{
    const struct iss_study_info *info = &iss_study_facts(export->reader)->info;
    struct rows rows = {csv, (size_t)info->metric_count};
    const struct iss_sink sink = {&rows, print_block};

    iss_csv_text(csv, "replication");
    iss_csv_text(csv, "fingerprint");
    iss_csv_text(csv, "events");
    iss_csv_text(csv, "status");
    for (int32_t i = 0; i < info->metric_count; i++) {
        iss_csv_text(csv, info->metrics[i].name);
    }
    int status = iss_csv_end_row(csv);
    return status == ISS_OK ? iss_study_rows(export->reader, &sink) : status;
}

/* ---- all ----------------------------------------------------------------------- */

static int
print(struct iss_export *export, struct iss_csv *csv)
{
    (void)iss_civil_parse(export->outcome->epoch, &csv->epoch_us);
    csv->outcome = export->outcome;
    if (export->rows) {
        return print_rows(export, csv);
    }
    if (export->table != NULL) {
        return iss_csv_table(csv, export->table);
    }
    iss_export_list(export, csv->out);
    return ISS_OK;
}

static int
tell(const struct iss_export *export, int status)
{
    iss_cli_complain("%s",
                     *export->message ? export->message : iss_status_text(status));
    return iss_status_exit_code(status);
}

static int
to_stdout(struct iss_export *export)
{
    struct iss_csv csv = {.out = stdout};
    int status = print(export, &csv);

    if (fflush(stdout) != 0 && csv.error == 0) {
        csv.error = errno;
    }
    if (csv.error == EPIPE) {
        return 0;
    }
    if (status != ISS_OK && status != ISS_ERR_WRITE) {
        return tell(export, status);
    }
    return iss_cli_flush();
}

static int
to_file(struct iss_export *export, const char *path, bool force)
{
    struct iss_text_file file;
    char message[512] = "";
    int status =
        iss_text_file_begin(&file, path, export->path, force, message, sizeof message);

    if (status == ISS_OK) {
        struct iss_csv csv = {.out = file.out};
        int printed = print(export, &csv);
        bool is_read = printed == ISS_OK || printed == ISS_ERR_WRITE;

        status = iss_text_file_end(&file, is_read);
        if (!is_read) {
            return tell(export, printed);
        }
    }
    if (status != ISS_OK) {
        iss_cli_complain("%s", message);
    }
    return iss_status_exit_code(status);
}

int
iss_command_export(const struct iss_arguments *arguments)
{
    const char *table = arguments->more_count > 0 ? arguments->more[0] : NULL,
               *output = arguments->values[ISS_OPTION_output];
    struct iss_export export;

    int code = iss_export_open(&export, arguments->operand);
    if (code == 0) {
        code = iss_export_find(&export, table);
    }
    if (code == 0 && output != NULL && !export.rows && export.table == NULL) {
        iss_cli_complain("--output needs a TABLE to be written");
        code = iss_status_exit_code(ISS_ERR_USAGE);
    }
    if (code == 0) {
        code = output == NULL
                   ? to_stdout(&export)
                   : to_file(&export, output, arguments->given[ISS_OPTION_force]);
    }
    iss_export_close(&export);
    return code;
}
