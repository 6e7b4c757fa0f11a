/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * team.c - rank 0: who may join, who computes what, and what came of it.
 *
 * This thread leads: it hands out, receives, and rests in between; threads of their own
 * compute.  They and the ranks claim from the same order.
 */
#include "study/team.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"
#include "study/hands.h"
#include "study/team_words.h"

enum { AHEAD = 2 }; /* jobs that a rank has at a time */

/* A rank but 0, and its jobs, oldest first. */
struct member {
    struct iss_ticket jobs[AHEAD];
    int32_t count;
};

struct team {
    const struct iss_study_run *run;
    const struct iss_remote *remote;
    struct iss_order *order;
    struct member *members; /* by rank */
    int32_t out;            /* jobs given and not answered */
    bool drained;           /* there are no more to give */
    char *bytes;
    size_t room;
};

/* ---- who may join -------------------------------------------------------------- */

/* What the hello of `rank` differs in from ours; ISS_OK for nothing. */
static int
judge(const struct iss_team_hello *own, const struct iss_team_hello *other,
      int32_t rank, char *text, size_t size)
{
    const struct {
        const char *what, *ours, *theirs;
    } parts[] = {
        {"version", own->version, other->version},
        {"scenario (SHA-256)", own->model, other->model},
        {"arithmetic", own->numerics, other->numerics},
        {"seed", own->seed, other->seed},
        {"set of columns", own->shape, other->shape},
    };

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strncmp(parts[i].ours, parts[i].theirs, ISS_TEAM_TEXT) != 0) {
            snprintf(text, size, "rank %d has another %s: %.*s, and rank 0 has %.*s",
                     (int)rank, parts[i].what, ISS_TEAM_TEXT - 1, parts[i].theirs,
                     ISS_TEAM_TEXT - 1, parts[i].ours);
            return ISS_ERR_MISMATCH;
        }
    }
    if (other->head.status != ISS_OK) {
        snprintf(text, size, "rank %d: %s", (int)rank,
                 iss_status_text(other->head.status));
    }
    return other->head.status;
}

/* Hear everyone, then tell everyone the first thing that is wrong, by rank;
 * `own_status` is what is wrong here. */
static int
assemble(struct team *team, int own_status, char *message, size_t size)
{
    struct iss_team_hello own, other;
    struct iss_team_verdict verdict = {
        .head = {.word = ISS_WORD_VERDICT, .status = own_status}};
    int32_t worst = own_status != ISS_OK ? 0 : team->remote->size, from;
    size_t got;

    iss_team_hello_fill(&own, team->run->info, ISS_OK);
    for (int32_t i = 1; i < team->remote->size; i++) {
        int status = iss_team_listen(team->remote, &from, &other, sizeof other, &got);
        if (status != ISS_OK || got != sizeof other) {
            return ISS_ERR_REMOTE;
        }
        char text[sizeof verdict.text];
        status = judge(&own, &other, from, text, sizeof text);
        if (status != ISS_OK && from < worst) {
            worst = from;
            verdict.head.status = status;
            memcpy(verdict.text, text, sizeof text);
        }
    }
    snprintf(message, size, "%s", verdict.text);
    for (int32_t rank = 1; rank < team->remote->size; rank++) {
        int status =
            team->remote->send(team->remote->self, rank, &verdict, sizeof verdict);
        if (status != ISS_OK) {
            return status;
        }
    }
    return verdict.head.status;
}

/* ---- jobs ---------------------------------------------------------------------- */

/* Let a rank have up to `most` jobs. */
static int
give(struct team *team, int32_t rank, int32_t most)
{
    struct member *member = &team->members[rank];

    while (member->count < most && !team->drained) {
        struct iss_ticket *ticket = &member->jobs[member->count];
        enum iss_claim claim = iss_order_claim(team->order, false, ticket);
        team->drained = claim == ISS_CLAIM_NONE;
        if (claim != ISS_CLAIM_BLOCK) {
            break;
        }
        struct iss_team_head job = {.word = ISS_WORD_JOB,
                                    .number = ticket->number,
                                    .first = ticket->block->first,
                                    .count = ticket->block->count};
        member->count++;
        team->out++;
        int status = team->remote->send(team->remote->self, rank, &job, sizeof job);
        if (status != ISS_OK) {
            return status;
        }
    }
    return ISS_OK;
}

/* One job each before anyone has two: a short study reaches everybody. */
static int
give_all(struct team *team)
{
    int status = ISS_OK;
    for (int32_t most = 1; most <= AHEAD; most++) {
        for (int32_t rank = 1; status == ISS_OK && rank < team->remote->size; rank++) {
            status = give(team, rank, most);
        }
    }
    return status;
}

/* The answer of `rank` to its oldest job. */
static int
accept(struct team *team, int32_t rank, size_t got)
{
    struct member *member = &team->members[rank];
    struct iss_ticket ticket = member->jobs[0];
    struct iss_team_head head;

    if (got < sizeof head || member->count == 0) {
        return ISS_ERR_REMOTE;
    }
    memcpy(&head, team->bytes, sizeof head);
    uint64_t first = ticket.block->first;
    uint32_t count = ticket.block->count;
    if (head.word != ISS_WORD_BLOCK || head.number != ticket.number ||
        iss_block_unpack(team->run->info, team->bytes + sizeof head, got - sizeof head,
                         count, ticket.block) != ISS_OK ||
        ticket.block->first != first || ticket.block->count != count) {
        return ISS_ERR_REMOTE;
    }
    member->count--;
    memmove(member->jobs, member->jobs + 1, (size_t)member->count * sizeof ticket);
    team->out--;
    iss_order_finish(team->order, &ticket);
    return ISS_OK;
}

static int
lead(struct team *team)
{
    team->drained = team->remote->size == 1; /* nobody to give to */
    int status = give_all(team);

    while (status == ISS_OK && (team->out > 0 || !team->drained)) {
        int32_t from = 0;
        size_t got = 0;
        status = team->remote->receive(team->remote->self, &from, team->bytes,
                                       team->room, &got);
        if (status == ISS_OK && got > 0) {
            status = accept(team, from, got);
        } else if (status == ISS_OK) {
            iss_team_rest();
        }
        status = status == ISS_OK ? give_all(team) : status;
    }
    return status;
}

/* ---- the whole ----------------------------------------------------------------- */

static int
dismiss(struct team *team)
{
    const struct iss_team_head end = {.word = ISS_WORD_END};
    int status = ISS_OK;

    for (int32_t rank = 1; status == ISS_OK && rank < team->remote->size; rank++) {
        status = team->remote->send(team->remote->self, rank, &end, sizeof end);
    }
    return status;
}

/* With everyone assembled. */
static int
conduct(struct team *team, struct iss_study_result *result)
{
    int32_t own = team->run->threads > 0 ? team->run->threads : 1;
    int32_t others = team->remote->size - 1;
    struct iss_hands hands = {.run = team->run};
    int status =
        iss_order_new(team->run, (uint32_t)(own + AHEAD * others), &team->order);

    if (status == ISS_OK) {
        hands.order = team->order;
        iss_hands_start(&hands, own);
        status = lead(team);
        if (status != ISS_OK) {
            iss_order_fail(team->order, status);
        }
        iss_hands_join(&hands);
        status = iss_order_end(team->order, result);
        result->threads = hands.count + others;
        iss_order_free(team->order);
    }
    /* Who doesn't understand the others can't part from them in order either. */
    int ended = status != ISS_ERR_REMOTE ? dismiss(team) : ISS_OK;
    return status != ISS_OK ? status : ended;
}

int
iss_team_run(const struct iss_study_run *run, const struct iss_remote *remote,
             struct iss_study_result *result, char *message, size_t size)
{
    struct team team = {.run = run, .remote = remote, .room = iss_team_room(run->info)};

    *message = '\0';
    *result = (struct iss_study_result){.end = run->replications};
    if (remote->rank != 0) {
        return iss_team_serve(run, remote, message, size);
    }
    team.bytes = malloc(team.room);
    team.members = calloc((size_t)remote->size, sizeof *team.members);
    int status =
        team.bytes == NULL || team.members == NULL ? ISS_ERR_NO_MEMORY : ISS_OK;
    status = assemble(&team, status, message, size);
    if (status == ISS_OK) {
        status = conduct(&team, result);
    }
    free(team.members);
    free(team.bytes);
    return status;
}
