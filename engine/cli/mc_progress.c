/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mc_progress.c - how far a study is, on stderr: a line that changes on a terminal, a
 * line every half minute elsewhere.
 */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/call.h"
#include "cli/mc.h"

#define TERMINAL_S  0.2
#define ELSEWHERE_S 30

void
iss_mc_progress_init(struct iss_mc_progress *self, const struct iss_mc_stopper *stopper,
                     bool quiet, uint64_t had)
{
    *self = (struct iss_mc_progress){.stopper = stopper,
                                     .quiet = quiet,
                                     .terminal = isatty(STDERR_FILENO),
                                     .had = had};
    self->begun_s = iss_call_now_s();
    self->told_s = self->begun_s;
}

/* "35 s", "12 min", "3.5 h". */
static void
put_duration(double seconds, char text[32])
{
    if (seconds < 100) {
        snprintf(text, 32, "%.0f s", ceil(seconds));
    } else if (seconds < 6000) {
        snprintf(text, 32, "%.0f min", ceil(seconds / 60));
    } else {
        snprintf(text, 32, "%.1f h", seconds / 3600);
    }
}

/* The target that is furthest from being met. */
static void
put_precision(const struct iss_mc_stopper *stopper, char *text, size_t size)
{
    double worst = 0;

    *text = '\0';
    for (int32_t i = 0; stopper != NULL && i < stopper->precision.count; i++) {
        struct iss_precision_state now = iss_precision_now(&stopper->precision, i);
        const struct iss_precision_target *target = &stopper->precision.targets[i];
        double ratio = now.half_width / now.wanted;
        double shown = target->relative ? 100 * now.half_width / fabs(now.estimate)
                                        : now.half_width;
        if (now.enough && ratio > worst && isfinite(shown)) {
            worst = ratio;
            snprintf(text, size, " \xC2\xB7 %s%s \xC2\xB1%.3g%s",
                     stopper->info->metrics[target->metric].name,
                     target->proportion ? ">0" : "", shown,
                     target->relative ? " %" : "");
        }
    }
}

void
iss_mc_progress_tell(void *context, const struct iss_progress *progress)
{
    struct iss_mc_progress *self = context;
    double now_s = iss_call_now_s(), spent_s = now_s - self->begun_s;
    char left[32] = "", precision[160], failed[48] = "";

    if (self->quiet ||
        now_s - self->told_s < (self->terminal ? TERMINAL_S : ELSEWHERE_S) ||
        spent_s <= 0) {
        return;
    }
    self->told_s = now_s;
    double rate = (double)progress->done / spent_s;
    put_duration((double)(progress->wanted - progress->done) / rate, left);
    put_precision(self->stopper, precision, sizeof precision);
    if (progress->failed > 0) {
        snprintf(failed, sizeof failed, " \xC2\xB7 %" PRIu64 " failed",
                 progress->failed);
    }
    fprintf(stderr,
            "%s%" PRIu64 " of %s%" PRIu64
            " missions (%.0f %%) \xC2\xB7 %.0f/s \xC2\xB7 "
            "%s left%s%s%s",
            self->terminal ? "\r\033[K" : "", self->had + progress->done,
            self->stopper != NULL ? "at most " : "", self->had + progress->wanted,
            100 * (double)(self->had + progress->done) /
                (double)(self->had + progress->wanted),
            rate, left, precision, failed, self->terminal ? "" : "\n");
}

void
iss_mc_progress_end(struct iss_mc_progress *self)
{
    if (self->terminal && !self->quiet) {
        fputs("\r\033[K", stderr);
    }
}
