/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store_rows.c - what keeping the rows of a study costs: time a row, and memory.
 *
 *     iss_store_rows [ROWS [METRICS [BLOCK [MIB]]]]
 *
 * Commits the rows to a log, makes the study's file of it, and reads that back, in
 * $TMPDIR.  The exit code is 1 when that took more than MIB of memory.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "isssim/status.h"
#include "store/log.h"
#include "store/study.h"
#include "store/study_read.h"

#include "unit/store/study_sample.h"

static char message[600];

static double
now_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* The most that the process ever had. */
static double
peak_mib(void)
{
    struct rusage usage;

    return getrusage(RUSAGE_SELF, &usage) == 0 ? (double)usage.ru_maxrss / 1024.0 : 0.0;
}

static void
must(int status)
{
    if (status != ISS_OK) {
        fprintf(stderr, "%s (%s)\n", message, iss_status_text(status));
        exit(1);
    }
}

/* Tell what a step cost since `since`. */
static double
tell(const char *step, double since, uint64_t rows)
{
    printf("%-28s %6.3f us a row   peak %5.1f MiB\n", step,
           (now_s() - since) / (double)rows * 1e6, peak_mib());
    return now_s();
}

static int
forget(void *self, const struct iss_block *block)
{
    (void)self;
    (void)block;
    return ISS_OK;
}

static void
write_file(struct iss_log *log, const struct iss_study_info *info, uint64_t rows,
           struct iss_outcome *result)
{
    const struct iss_store_options options = {.force = true};
    const struct iss_study_extent plan = {
        .info = info, .rows = iss_log_ranges(log), .requested = rows, .complete = true};
    double since = now_s();
    struct iss_study *study;
    struct iss_sink sink;

    must(iss_study_create(&study, "x.h5", &plan, result, &options, message,
                          sizeof(message)));
    sink = iss_study_sink(study);
    must(iss_log_each(log, &sink));
    since = tell("log to columns", since, rows);
    must(iss_study_finish(study, result, NULL, 0));
    tell("sync, compare, publish", since, rows);
}

static void
run(uint64_t rows, int32_t metrics, uint32_t block)
{
    struct iss_metric_info list[1000] = {0};
    char names[1000][24];
    struct iss_study_info info = study_of_sample();
    const struct iss_sink nowhere = {.commit = forget};
    struct iss_outcome result = {0};
    struct iss_log_study mine = {
        .info = &info, .message = message, .size = sizeof(message)};
    struct iss_study_reader *reader;
    struct iss_log *log;
    struct iss_sink sink;
    double since, made;

    for (int32_t i = 0; i < metrics; i++) {
        snprintf(names[i], sizeof(names[i]), "metric%d", (int)i);
        list[i] =
            (struct iss_metric_info){names[i], "1", "one of many", ISS_METRIC_REAL};
    }
    info.metric_count = metrics;
    info.metrics = list;
    must(study_result(&result) == 0 ? ISS_OK : ISS_ERR_NO_MEMORY);
    since = now_s();
    must(study_give(&info, 0, rows, block, 0, &nowhere));
    made = now_s() - since;
    must(iss_log_create(&log, "x.h5.log", &mine));
    sink = iss_log_sink(log);
    since = now_s() + made; /* making the rows isn't what is measured */
    must(study_give(&info, 0, rows, block, 0, &sink));
    tell("rows to log", since, rows);
    write_file(log, &info, rows, &result);
    iss_log_remove(log);
    since = now_s();
    must(iss_study_open(&reader, "x.h5", message, sizeof(message)));
    must(iss_study_rows(reader, &nowhere));
    tell("file to rows", since, rows);
    iss_study_close(reader);
    iss_outcome_clear(&result);
}

int
main(int argc, char **argv)
{
    uint64_t rows = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000;
    int32_t metrics = argc > 2 ? atoi(argv[2]) : 40;
    uint32_t block = argc > 3 ? (uint32_t)strtoul(argv[3], NULL, 10) : 1024;
    double limit = argc > 4 ? atof(argv[4]) : 1e9;
    const char *base = getenv("TMPDIR");
    char folder[512];
    double before = peak_mib();

    snprintf(folder, sizeof(folder), "%s/isssim-rows-XXXXXX",
             base == NULL ? "/tmp" : base);
    if (rows < 1 || block < 1 || metrics < 0 || metrics > 1000 ||
        mkdtemp(folder) == NULL || chdir(folder) != 0) {
        fprintf(stderr, "usage: iss_store_rows [ROWS [METRICS [BLOCK [MIB]]]]\n");
        return 64;
    }
    run(rows, metrics, block);
    unlink("x.h5");
    if (chdir("/") != 0 || rmdir(folder) != 0) {
        return 1;
    }
    printf("%.1f MiB more than at the start\n", peak_mib() - before);
    return peak_mib() - before > limit;
}
