/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * csv.c - fields, separated and quoted.
 *
 * The first error is kept, as later calls may change errno; after it nothing is
 * written.
 */
#include "cli/csv.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/civil.h"
#include "isssim/status.h"

static void
put(struct iss_csv *csv, const char *text)
{
    if (csv->error == 0 && fputs(text, csv->out) == EOF) {
        csv->error = errno != 0 ? errno : EIO;
    }
}

static void
put_char(struct iss_csv *csv, char c)
{
    put(csv, (const char[]){c, '\0'});
}

/* A field that needs no quotes. */
static void
put_plain(struct iss_csv *csv, const char *text)
{
    if (csv->fields++ > 0) {
        put_char(csv, ',');
    }
    csv->blank = *text == '\0';
    put(csv, text);
}

void
iss_csv_text(struct iss_csv *csv, const char *text)
{
    if (strpbrk(text, ",\"\r\n") == NULL) {
        put_plain(csv, text);
        return;
    }
    put_plain(csv, "\"");
    for (const char *c = text; *c != '\0'; c++) {
        if (*c == '"') {
            put_char(csv, '"');
        }
        put_char(csv, *c);
    }
    put_char(csv, '"');
}

const char *
iss_csv_real_text(double value, char text[32])
{
    *text = '\0';
    if (isnan(value)) {
        return text;
    }
    if (fabs(value) < 1e15 && value == trunc(value) && !signbit(value)) {
        snprintf(text, 32, "%" PRId64, (int64_t)value);
        return text;
    }
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, 32, "%.*g", digits, value);
        if (strtod(text, NULL) == value) {
            break;
        }
    }
    return text;
}

void
iss_csv_real(struct iss_csv *csv, double value)
{
    char text[32];
    put_plain(csv, iss_csv_real_text(value, text));
}

void
iss_csv_whole(struct iss_csv *csv, int64_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%" PRId64, value);
    put_plain(csv, text);
}

void
iss_csv_hash(struct iss_csv *csv, uint64_t value)
{
    char text[32];
    snprintf(text, sizeof text, "%016" PRIx64, value);
    put_plain(csv, text);
}

void
iss_csv_time(struct iss_csv *csv, int64_t time_us)
{
    char text[32];
    int64_t us = iss_us_add(csv->epoch_us, time_us);
    enum iss_civil_style style =
        us % ISS_US_PER_S == 0 ? ISS_CIVIL_SECOND : ISS_CIVIL_FULL;

    put_plain(csv, time_us == ISS_NO_TIME ? "" : iss_civil_format(us, style, text));
}

int
iss_csv_end_row(struct iss_csv *csv)
{
    if (csv->fields == 1 && csv->blank) {
        put(csv, "\"\""); /* an empty line would be no row */
    }
    put_char(csv, '\n');
    csv->fields = 0;
    return csv->error == 0 ? ISS_OK : ISS_ERR_WRITE;
}
