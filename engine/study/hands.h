/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study/hands.h - threads that claim, compute and finish blocks until none is left.
 */
#ifndef ISS_STUDY_HANDS_H
#define ISS_STUDY_HANDS_H

#include <pthread.h>

#include "study/order.h"

/* `run` and `order` are set by whoever hires; the rest by iss_hands_start(). */
struct iss_hands {
    const struct iss_study_run *run;
    struct iss_order *order;
    pthread_t *threads;
    int32_t count;
};

/** Make up to `count` threads; the study does without those that can't be made. */
void iss_hands_start(struct iss_hands *hands, int32_t count);

/** Compute blocks in this thread until none is left. */
void iss_hands_work(struct iss_hands *hands);

/** Wait until the threads have ended. */
void iss_hands_join(struct iss_hands *hands);

#endif
