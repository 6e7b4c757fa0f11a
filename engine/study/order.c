/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * order.c - see order.h.
 *
 * One lock guards the ring.  It isn't held while a block is computed or taken: the slot
 * of a claimed block belongs to who claimed it, and `taking` to the one who takes.
 */
#include "study/order.h"

#include <pthread.h>
#include <stdlib.h>

#include "isssim/status.h"

enum { ROOM = 32 << 20 }; /* bytes of blocks, unless so many are needed to go on */

struct slot {
    struct iss_block block;
    bool ready;
};

struct iss_order {
    const struct iss_study_run *run;
    pthread_mutex_t lock;
    pthread_cond_t moved; /* `taken` has, or the study is over */
    struct iss_todo todo;
    struct slot *slots;
    uint32_t slot_count;
    uint64_t claimed, taken; /* tickets */
    bool taking;             /* somebody does */
    bool over;               /* no more blocks are handed out, nor taken */
    bool stopped;            /* no more are handed out */
    int status;
    uint64_t shown; /* rows below this the stopper knows, or are nobody's business */
    struct iss_study_result result;
};

/* ---- stopper and sink ---------------------------------------------------------- */

/* Whether the study ends at the boundary `rows`. */
static bool
ask(struct iss_order *order, uint64_t rows)
{
    const struct iss_stopper *stopper = order->run->stopper;

    if (stopper == NULL || rows == 0 || rows % ISS_STUDY_UNIT != 0 ||
        !stopper->met(stopper->self, rows)) {
        return false;
    }
    order->result.met = true;
    order->result.end = rows;
    return true;
}

/* Let the stopper recall what was done before, up to `row`. */
static int
recall(struct iss_order *order, uint64_t row)
{
    const struct iss_stopper *stopper = order->run->stopper;

    while (stopper != NULL && order->shown < row && !order->result.met) {
        uint64_t end = (order->shown / ISS_STUDY_UNIT + 1) * ISS_STUDY_UNIT;
        end = end < row ? end : row;
        int status = stopper->recall(stopper->self, order->shown, end);
        if (status != ISS_OK) {
            return status;
        }
        order->shown = end;
        (void)ask(order, end);
    }
    return ISS_OK;
}

static void
count(struct iss_order *order, const struct iss_block *block)
{
    order->result.progress.done += block->count;
    for (uint32_t i = 0; i < block->count; i++) {
        order->result.progress.failed += block->status[i] != ISS_OK;
    }
    if (order->run->progress != NULL) {
        order->run->progress(order->run->progress_self, &order->result.progress);
    }
}

/* The next block in order; by one thread at a time. */
static int
take(struct iss_order *order, const struct iss_block *block)
{
    const struct iss_study_run *run = order->run;
    int status = recall(order, block->first);

    if (status != ISS_OK || order->result.met) {
        return status;
    }
    status = run->sink.commit(run->sink.self, block);
    if (status != ISS_OK) {
        return status;
    }
    count(order, block);
    order->shown = block->first + block->count;
    if (run->stopper != NULL) {
        status = run->stopper->show(run->stopper->self, block);
    }
    if (status == ISS_OK) {
        (void)ask(order, order->shown);
    }
    return status;
}

/* ---- the ring ------------------------------------------------------------------ */

static struct slot *
slot_of(struct iss_order *order, uint64_t number)
{
    return &order->slots[number % order->slot_count];
}

static bool
asked_to_stop(const struct iss_order *order)
{
    return order->run->stop != NULL &&
           atomic_load_explicit(order->run->stop, memory_order_relaxed) != 0;
}

/* With the lock held. */
static enum iss_claim
claim(struct iss_order *order, struct iss_ticket *ticket)
{
    struct iss_block *block = &slot_of(order, order->claimed)->block;

    order->stopped = order->stopped || asked_to_stop(order);
    if (order->over || order->stopped) {
        return ISS_CLAIM_NONE;
    }
    if (order->claimed - order->taken >= order->slot_count) {
        return ISS_CLAIM_LATER;
    }
    if (!iss_todo_next(&order->todo, &block->first, &block->count)) {
        return ISS_CLAIM_NONE;
    }
    *ticket = (struct iss_ticket){order->claimed++, block};
    return ISS_CLAIM_BLOCK;
}

enum iss_claim
iss_order_claim(struct iss_order *order, bool wait, struct iss_ticket *ticket)
{
    pthread_mutex_lock(&order->lock);
    enum iss_claim claimed = claim(order, ticket);
    while (wait && claimed == ISS_CLAIM_LATER) {
        pthread_cond_wait(&order->moved, &order->lock);
        claimed = claim(order, ticket);
    }
    pthread_mutex_unlock(&order->lock);
    return claimed;
}

void
iss_order_finish(struct iss_order *order, const struct iss_ticket *ticket)
{
    pthread_mutex_lock(&order->lock);
    slot_of(order, ticket->number)->ready = true;
    while (!order->taking && !order->over && slot_of(order, order->taken)->ready) {
        struct slot *slot = slot_of(order, order->taken);
        order->taking = true;
        pthread_mutex_unlock(&order->lock);
        int status = take(order, &slot->block);
        pthread_mutex_lock(&order->lock);
        order->taking = false;
        slot->ready = false;
        order->taken++;
        order->status = order->status != ISS_OK ? order->status : status;
        order->over = order->over || status != ISS_OK || order->result.met;
        pthread_cond_broadcast(&order->moved);
    }
    pthread_mutex_unlock(&order->lock);
}

void
iss_order_fail(struct iss_order *order, int status)
{
    pthread_mutex_lock(&order->lock);
    order->status = order->status != ISS_OK ? order->status : status;
    order->over = true;
    pthread_cond_broadcast(&order->moved);
    pthread_mutex_unlock(&order->lock);
}

/* ---- life ---------------------------------------------------------------------- */

static bool
makes_sense(const struct iss_study_run *run)
{
    uint64_t before = 0;

    for (size_t i = 0; i < run->done_count; i++) {
        if (run->done[i].first < before || run->done[i].end < run->done[i].first) {
            return false;
        }
        before = run->done[i].end;
    }
    return run->replications <= UINT64_C(1) << 53 &&
           (run->shards <= 1 || (run->shard < run->shards && run->stopper == NULL)) &&
           (run->block == 0 || ISS_STUDY_UNIT % run->block == 0);
}

/* Blocks that may be on their way, so that nobody waits for a slow one soon. */
static uint64_t
most_slots(uint32_t computers)
{
    return (uint64_t)computers + 8;
}

/* Blocks that are wanted, that give everyone work to the end, and whose ring fits. */
static uint32_t
choose_block(const struct iss_order *order, uint32_t computers)
{
    const struct iss_study_run *run = order->run;
    uint32_t block = run->block != 0
                         ? run->block
                         : iss_study_block(order->result.progress.wanted, computers);

    while (run->block == 0 && block > 16 &&
           iss_block_packed_size(run->info, block) * most_slots(computers) > ROOM) {
        block /= 2;
    }
    return block;
}

/* At least one slot more than there are computers, so that all can be busy. */
static int
make_slots(struct iss_order *order, uint32_t computers)
{
    const struct iss_study_run *run = order->run;
    uint32_t rows = order->todo.block, least = computers + 1;
    uint64_t room = ROOM / iss_block_packed_size(run->info, rows);
    uint64_t slots = most_slots(computers) < room ? most_slots(computers) : room;

    order->slot_count = slots > least ? (uint32_t)slots : least;
    order->slots = calloc(order->slot_count, sizeof *order->slots);
    if (order->slots == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (uint32_t i = 0; i < order->slot_count; i++) {
        if (iss_block_init(&order->slots[i].block, run->info, rows) != ISS_OK) {
            return ISS_ERR_NO_MEMORY;
        }
    }
    return ISS_OK;
}

/* What is done at the beginning may be enough, before anything is computed. */
static int
begin(struct iss_order *order)
{
    struct iss_todo todo = order->todo;
    uint64_t first;
    uint32_t rows;

    if (!iss_todo_next(&todo, &first, &rows)) {
        first = order->todo.end;
    }
    int status = recall(order, first);
    order->over = order->result.met;
    return status;
}

int
iss_order_new(const struct iss_study_run *run, uint32_t computers,
              struct iss_order **order)
{
    struct iss_order *made = makes_sense(run) ? calloc(1, sizeof *made) : NULL;

    if (made == NULL) {
        return makes_sense(run) ? ISS_ERR_NO_MEMORY : ISS_ERR_USAGE;
    }
    made->run = run;
    made->todo = (struct iss_todo){.end = run->replications,
                                   .shard = run->shards > 1 ? run->shard : 0,
                                   .shards = run->shards > 1 ? run->shards : 1,
                                   .block = ISS_STUDY_UNIT,
                                   .done = run->done,
                                   .done_count = run->done_count};
    made->result.progress.wanted = iss_todo_rows(&made->todo);
    made->todo.block = choose_block(made, computers);
    made->result.block = made->todo.block;
    made->result.end = run->replications;
    pthread_mutex_init(&made->lock, NULL);
    pthread_cond_init(&made->moved, NULL);
    int status = make_slots(made, computers);
    if (status == ISS_OK) {
        status = begin(made);
    }
    if (status != ISS_OK) {
        iss_order_free(made);
        return status;
    }
    *order = made;
    return ISS_OK;
}

int
iss_order_end(struct iss_order *order, struct iss_study_result *result)
{
    struct iss_todo left = order->todo;
    uint64_t first;
    uint32_t rows;

    bool complete = !order->over && !iss_todo_next(&left, &first, &rows) &&
                    order->taken == order->claimed;
    if (complete && order->status == ISS_OK) {
        order->status = recall(order, order->run->replications);
    }
    order->result.interrupted =
        order->stopped && !complete && !order->over && order->status == ISS_OK;
    *result = order->result;
    return order->status;
}

void
iss_order_free(struct iss_order *order)
{
    if (order == NULL) {
        return;
    }
    for (uint32_t i = 0; order->slots != NULL && i < order->slot_count; i++) {
        iss_block_clear(&order->slots[i].block);
    }
    free(order->slots);
    pthread_cond_destroy(&order->moved);
    pthread_mutex_destroy(&order->lock);
    free(order);
}
