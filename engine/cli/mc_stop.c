/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * mc_stop.c - when a study ends: precise enough, or somebody asked for it.
 *
 * What signals do is the process's; so this is the one place with a variable of its
 * own.
 */
#include <signal.h>

#include "cli/mc.h"
#include "isssim/status.h"

/* ---- precision ------------------------------------------------------------------- */

static void
show_rows(struct iss_mc_stopper *self, const struct iss_block *block, uint64_t first,
          uint64_t end)
{
    for (uint64_t i = 0; i < block->count; i++) {
        uint64_t row = block->first + i;
        if (row >= first && row < end) {
            iss_precision_add(&self->precision,
                              block->metrics + i * (uint64_t)self->info->metric_count);
        }
    }
}

static int
show(void *context, const struct iss_block *block)
{
    show_rows(context, block, 0, UINT64_MAX);
    return ISS_OK;
}

struct recall {
    struct iss_mc_stopper *stopper;
    uint64_t first, end, next;
};

/* A study with a precision commits in the order of replications, so its log has them in
 * that order. */
static int
recall_block(void *context, const struct iss_block *block)
{
    struct recall *recall = context;
    uint64_t end = block->first + block->count;

    if (end <= recall->next || block->first >= recall->end) {
        return ISS_OK;
    }
    if (block->first > recall->next) {
        return ISS_ERR_GAP;
    }
    show_rows(recall->stopper, block, recall->next, recall->end);
    recall->next = end;
    return ISS_OK;
}

static int
recall(void *context, uint64_t first, uint64_t end)
{
    struct iss_mc_stopper *self = context;
    struct recall recall = {self, first, end, first};
    const struct iss_sink sink = {&recall, recall_block};
    int status = iss_log_each(self->log, &sink);

    return status == ISS_OK && recall.next < end ? ISS_ERR_GAP : status;
}

static bool
met(void *context, uint64_t rows)
{
    struct iss_mc_stopper *self = context;
    return rows >= self->least && iss_precision_met(&self->precision);
}

int
iss_mc_stopper_init(struct iss_mc_stopper *self, const struct iss_mc_wish *wish,
                    const struct iss_study_info *info, struct iss_log *log)
{
    *self = (struct iss_mc_stopper){.info = info, .log = log, .least = wish->least};
    self->stopper = (struct iss_stopper){self, show, recall, met};
    return iss_precision_init(&self->precision, wish->targets, wish->target_count);
}

void
iss_mc_stopper_clear(struct iss_mc_stopper *self)
{
    iss_precision_clear(&self->precision);
}

/* ---- signals --------------------------------------------------------------------- */

static atomic_int caught;

static const int asked_by[] = {SIGINT, SIGTERM};

static void
answer_with(void (*handler)(int))
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};

    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < sizeof asked_by / sizeof *asked_by; i++) {
        sigaction(asked_by[i], &action, NULL);
    }
}

/* Whoever asks a second time, in whichever way, doesn't want to wait. */
static void
note(int number)
{
    atomic_store(&caught, number);
    answer_with(SIG_DFL);
}

void
iss_mc_catch(void)
{
    answer_with(note);
}

const atomic_int *
iss_mc_caught(void)
{
    return &caught;
}

int
iss_mc_signal_code(void)
{
    int number = atomic_load(&caught);
    return number == 0 ? 0 : 128 + number;
}
