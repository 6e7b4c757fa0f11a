/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * study/order.h - hands out blocks to whoever computes, and puts them back in order.
 *
 * A ring of slots, each with room for a block: `claimed` runs ahead of `taken`, by at
 * most the length of the ring.  Whoever finishes the block that is next in order takes
 * it and those behind it that are ready to the stopper and the sink; others go on
 * computing meanwhile.
 */
#ifndef ISS_STUDY_ORDER_H
#define ISS_STUDY_ORDER_H

#include "study/runner.h"

struct iss_order;

/* A block that was handed out; `first` and `count` of the block say what it is. */
struct iss_ticket {
    uint64_t number;
    struct iss_block *block;
};

enum iss_claim {
    ISS_CLAIM_BLOCK, /* here is one */
    ISS_CLAIM_LATER, /* the ring is full: ask again when a block has been taken */
    ISS_CLAIM_NONE   /* there is nothing more to do */
};

/** Order for up to `computers` blocks in work at a time.
 *  ISS_OK; ISS_ERR_USAGE for a run that isn't one; ISS_ERR_NO_MEMORY; an error of the
 *  stopper. */
int iss_order_new(const struct iss_study_run *run, uint32_t computers,
                  struct iss_order **order);

/** The next block to compute.  `wait`: rather wait than be told ISS_CLAIM_LATER. */
enum iss_claim iss_order_claim(struct iss_order *order, bool wait,
                               struct iss_ticket *ticket);

/** The block of `ticket` is computed. */
void iss_order_finish(struct iss_order *order, const struct iss_ticket *ticket);

/** End the study early because of an error. */
void iss_order_fail(struct iss_order *order, int status);

/** When nobody computes any more: what became of the study. */
int iss_order_end(struct iss_order *order, struct iss_study_result *result);

void iss_order_free(struct iss_order *order);

#endif
