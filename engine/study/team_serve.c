/* SPDX-License-Identifier: GPL-3.0-or-later */
/* team_serve.c - the processes that compute for rank 0, and what both sides say. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/hash.h"
#include "isssim/status.h"
#include "study/compute.h"
#include "study/team_words.h"

/* ---- what both sides say ------------------------------------------------------- */

size_t
iss_team_room(const struct iss_study_info *info)
{
    size_t block =
        sizeof(struct iss_team_head) + iss_block_packed_size(info, ISS_STUDY_UNIT);
    return block > sizeof(struct iss_team_hello) ? block
                                                 : sizeof(struct iss_team_hello);
}

void
iss_team_hello_fill(struct iss_team_hello *hello, const struct iss_study_info *info,
                    int status)
{
    uint64_t names = 0;

    for (int32_t i = 0; i < info->series_count; i++) {
        names = iss_hash_fold(names, iss_hash_name(info->series[i].name));
    }
    memset(hello, 0, sizeof *hello);
    hello->head.word = ISS_WORD_HELLO;
    hello->head.status = status;
    snprintf(hello->model, ISS_TEAM_TEXT, "%s", info->model_hash);
    snprintf(hello->version, ISS_TEAM_TEXT, "%s", info->version);
    snprintf(hello->numerics, ISS_TEAM_TEXT, "%s", info->numerics);
    snprintf(hello->seed, ISS_TEAM_TEXT, "%" PRIu64, info->seed);
    snprintf(hello->shape, ISS_TEAM_TEXT,
             "%d metrics, %d series (%016" PRIx64 ") at %d moments",
             (int)info->metric_count, (int)info->series_count, names,
             (int)info->grid_count);
}

/* Short against a block, long enough to leave the CPU to those who compute. */
void
iss_team_rest(void)
{
    const struct timespec rest = {0, 100000};
    nanosleep(&rest, NULL);
}

int
iss_team_listen(const struct iss_remote *remote, int32_t *from, void *bytes,
                size_t room, size_t *size)
{
    int status;
    while ((status = remote->receive(remote->self, from, bytes, room, size)) ==
               ISS_OK &&
           *size == 0) {
        iss_team_rest();
    }
    return status != ISS_OK                       ? status
           : *size < sizeof(struct iss_team_head) ? ISS_ERR_REMOTE
                                                  : ISS_OK;
}

/* ---- serving ------------------------------------------------------------------- */

/* Introduce ourselves; the verdict. */
static int
meet(const struct iss_study_run *run, const struct iss_remote *remote, int status,
     char *message, size_t size)
{
    struct iss_team_hello hello;
    struct iss_team_verdict verdict;
    int32_t from;
    size_t got;

    iss_team_hello_fill(&hello, run->info, status);
    status = remote->send(remote->self, 0, &hello, sizeof hello);
    if (status == ISS_OK) {
        status = iss_team_listen(remote, &from, &verdict, sizeof verdict, &got);
    }
    if (status != ISS_OK) {
        return status;
    }
    if (got != sizeof verdict || verdict.head.word != ISS_WORD_VERDICT) {
        return ISS_ERR_REMOTE;
    }
    snprintf(message, size, "%s", verdict.text);
    return verdict.head.status;
}

static int
answer(struct iss_computer *computer, const struct iss_remote *remote,
       const struct iss_team_head *job, struct iss_block *block, char *bytes)
{
    struct iss_team_head head = *job;

    head.word = ISS_WORD_BLOCK;
    block->first = job->first;
    block->count = job->count;
    iss_computer_fill(computer, block);
    memcpy(bytes, &head, sizeof head);
    iss_block_pack(computer->info, block, bytes + sizeof head);
    return remote->send(remote->self, 0, bytes,
                        sizeof head +
                            iss_block_packed_size(computer->info, job->count));
}

static int
serve(struct iss_computer *computer, const struct iss_remote *remote,
      struct iss_block *block, char *bytes)
{
    struct iss_team_head job;
    int32_t from;
    size_t got;

    for (;;) {
        int status = iss_team_listen(remote, &from, &job, sizeof job, &got);
        if (status != ISS_OK || job.word == ISS_WORD_END) {
            return status;
        }
        if (job.word != ISS_WORD_JOB || job.count > ISS_STUDY_UNIT) {
            return ISS_ERR_REMOTE;
        }
        status = answer(computer, remote, &job, block, bytes);
        if (status != ISS_OK) {
            return status;
        }
    }
}

int
iss_team_serve(const struct iss_study_run *run, const struct iss_remote *remote,
               char *message, size_t size)
{
    struct iss_computer computer = {0};
    struct iss_block block = {0};
    char *bytes = malloc(iss_team_room(run->info));
    int status = bytes == NULL ? ISS_ERR_NO_MEMORY
                               : iss_block_init(&block, run->info, ISS_STUDY_UNIT);

    if (status == ISS_OK) {
        status = iss_computer_init(&computer, run->model, run->info);
    }
    status = meet(run, remote, status, message, size);
    if (status == ISS_OK) {
        status = serve(&computer, remote, &block, bytes);
    }
    iss_computer_clear(&computer);
    iss_block_clear(&block);
    free(bytes);
    return status;
}
