/* SPDX-License-Identifier: GPL-3.0-or-later */
/* hands.c - one computer a thread. */
#include "study/hands.h"

#include <stdlib.h>

#include "isssim/status.h"
#include "study/compute.h"

void
iss_hands_work(struct iss_hands *hands)
{
    struct iss_computer computer;
    struct iss_ticket ticket;
    int status = iss_computer_init(&computer, hands->run->model, hands->run->info);

    if (status != ISS_OK) {
        iss_order_fail(hands->order, status);
        return;
    }
    while (iss_order_claim(hands->order, true, &ticket) == ISS_CLAIM_BLOCK) {
        iss_computer_fill(&computer, ticket.block);
        iss_order_finish(hands->order, &ticket);
    }
    iss_computer_clear(&computer);
}

static void *
work(void *hands)
{
    iss_hands_work(hands);
    return NULL;
}

void
iss_hands_start(struct iss_hands *hands, int32_t count)
{
    int32_t made = 0;

    hands->threads = count > 0 ? calloc((size_t)count, sizeof *hands->threads) : NULL;
    while (hands->threads != NULL && made < count &&
           pthread_create(&hands->threads[made], NULL, work, hands) == 0) {
        made++;
    }
    hands->count = made;
}

void
iss_hands_join(struct iss_hands *hands)
{
    for (int32_t i = 0; i < hands->count; i++) {
        pthread_join(hands->threads[i], NULL);
    }
    free(hands->threads);
    hands->threads = NULL;
}
