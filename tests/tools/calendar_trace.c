/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * calendar_trace.c - what a real model asks of its calendar, for bench_calendar.
 *
 *     iss_calendar_trace SCENARIO N > trace.txt
 *
 * Linked with the calendar's functions wrapped: every call of N replications is written
 * as `s slot time order`, `c slot` (a cancel that finds something) or `p` (the next
 * event is taken).  The reset between replications is written as the cancels and sets
 * that it amounts to.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"
#include "kernel/calendar.h"
#include "replicate/worker.h"

int32_t __real_iss_calendar_set(struct iss_calendar *, int32_t, int64_t, uint64_t);
int32_t __wrap_iss_calendar_set(struct iss_calendar *, int32_t, int64_t, uint64_t);
void __real_iss_calendar_cancel(struct iss_calendar *, int32_t);
void __wrap_iss_calendar_cancel(struct iss_calendar *, int32_t);
int32_t __real_iss_calendar_take(struct iss_calendar *);
int32_t __wrap_iss_calendar_take(struct iss_calendar *);

enum { SLOTS = 1 << 16 };

struct entry {
    int64_t time_us; /* 0 at order 0: not pending */
    uint64_t order;
};

static struct entry now[SLOTS], image[SLOTS];

static void
write_set(int32_t slot, int64_t time_us, uint64_t order)
{
    printf("s %" PRId32 " %" PRId64 " %" PRIu64 "\n", slot, time_us, order);
    now[slot] = (struct entry){time_us, order};
}

int32_t
__wrap_iss_calendar_set(struct iss_calendar *calendar, int32_t slot, int64_t time_us,
                        uint64_t order)
{
    write_set(slot, time_us, order);
    return __real_iss_calendar_set(calendar, slot, time_us, order);
}

static void
write_reset(void)
{
    for (int32_t slot = 0; slot < SLOTS; slot++) {
        if (now[slot].order != 0 && image[slot].order == 0) {
            printf("c %" PRId32 "\n", slot);
            now[slot].order = 0;
        } else if (image[slot].order != 0) {
            write_set(slot, image[slot].time_us, image[slot].order);
        }
    }
}

void
__wrap_iss_calendar_cancel(struct iss_calendar *calendar, int32_t slot)
{
    if (iss_calendar_room(calendar, slot) >= 0) {
        printf("c %" PRId32 "\n", slot);
    }
    now[slot].order = 0;
    __real_iss_calendar_cancel(calendar, slot);
}

int32_t
__wrap_iss_calendar_take(struct iss_calendar *calendar)
{
    int32_t slot = __real_iss_calendar_take(calendar);

    puts("p");
    now[slot].order = 0;
    return slot;
}

int
main(int argc, char **argv)
{
    struct iss_diag diag = {0};
    struct iss_model *model = NULL;
    struct iss_worker *worker = NULL;
    struct iss_model_options options = {.library = ISSSIM_SOURCE_DIR "/scenarios"};

    if (argc != 3) {
        fprintf(stderr, "usage: iss_calendar_trace SCENARIO N\n");
        return 64;
    }
    int status = iss_model_load(argv[1], &options, &diag, &model);
    if (status == ISS_OK) {
        status = iss_worker_new(model, &worker);
        memcpy(image, now, sizeof image);
    }
    double *metrics = status == ISS_OK
                          ? calloc((size_t)iss_metric_count(model), sizeof *metrics)
                          : NULL;
    for (uint64_t i = 0; metrics != NULL && i < strtoull(argv[2], NULL, 10); i++) {
        struct iss_row row = {.metrics = metrics};
        write_reset();
        status = iss_worker_run(worker, 1, i, NULL, &row);
    }
    free(metrics);
    iss_worker_free(worker);
    iss_model_free(model);
    iss_diag_clear(&diag);
    return iss_status_exit_code(status);
}
