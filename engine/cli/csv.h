/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cli/csv.h - tables as comma-separated values: RFC 4180, but lines end as they do
 * here.
 *
 * What is missing is an empty field.  A real has as few digits as give it back, a date
 * is ISO-8601 in UTC, with microseconds where it has some.
 */
#ifndef ISS_CLI_CSV_H
#define ISS_CLI_CSV_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "outcome/table.h"

/* Where fields go: zeroed, but for what the caller sets. */
struct iss_csv {
    FILE *out;                         /* the caller's */
    const struct iss_outcome *outcome; /* the tables that others refer to */
    int64_t epoch_us;                  /* of its times */
    int error;                         /* the first that writing met, as errno; or 0 */
    int fields;                        /* of the row, so far */
    bool blank;                        /* and the last of them is empty */
};

/* One field each. */
void iss_csv_text(struct iss_csv *csv, const char *text);
void iss_csv_real(struct iss_csv *csv, double value); /* NaN is missing */
void iss_csv_whole(struct iss_csv *csv, int64_t value);
void iss_csv_hash(struct iss_csv *csv, uint64_t value);
void iss_csv_time(struct iss_csv *csv, int64_t time_us); /* since the epoch */

/** End the row.  ISS_OK, or ISS_ERR_WRITE when something couldn't be written. */
ISS_MUST_CHECK int iss_csv_end_row(struct iss_csv *csv);

/** Print a table of the outcome, or one like them: a line of names, then the rows.
 *  ISS_OK, ISS_ERR_WRITE or ISS_ERR_NO_MEMORY. */
ISS_MUST_CHECK int iss_csv_table(struct iss_csv *csv, const struct iss_table *table);

/** A real as text, with as few of 15 to 17 digits as give it back; "" for NaN. */
const char *iss_csv_real_text(double value, char text[32]);

#endif
