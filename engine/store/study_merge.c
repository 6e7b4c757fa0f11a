/* SPDX-License-Identifier: GPL-3.0-or-later */
/* study_merge.c - files that are to be parts of one study, compared. */
#include <inttypes.h>
#include <stdio.h>

#include "store/study_read.h"

/* Whose rows these are. */
static const char *
owner(struct iss_study_reader *const *readers, size_t count, uint64_t replication)
{
    struct iss_range shared;

    for (size_t i = 0; i < count; i++) {
        const struct iss_study_facts *facts = iss_study_facts(readers[i]);

        if (iss_ranges_shared(&facts->rows, replication, replication + 1, &shared)) {
            return facts->path;
        }
    }
    return "no file";
}

/* Is file `i` of the same study as the first? */
static int
check_study(struct iss_study_reader *const *readers, size_t i, char *message,
            size_t size)
{
    const struct iss_study_facts *first = iss_study_facts(readers[0]);
    const struct iss_study_facts *facts = iss_study_facts(readers[i]);
    char differences[512], in_first[200], in_this[200];
    int status;

    snprintf(in_first, sizeof(in_first), "in %s", first->path);
    snprintf(in_this, sizeof(in_this), "in %s", facts->path);
    status = iss_study_info_compare((struct iss_study_place){&first->info, in_first},
                                    (struct iss_study_place){&facts->info, in_this},
                                    differences, sizeof(differences));
    if (status != ISS_OK) {
        snprintf(message, size, "%s: is of another study: %s", facts->path,
                 differences);
    }
    return status;
}

/* Add the rows of file `i` to those of the ones before. */
static int
add_rows(struct iss_study_reader *const *readers, size_t i, struct iss_ranges *rows,
         char *message, size_t size)
{
    const struct iss_study_facts *facts = iss_study_facts(readers[i]);

    for (size_t k = 0; k < facts->rows.count; k++) {
        const struct iss_range *range = &facts->rows.items[k];
        struct iss_range shared;
        int status;

        if (iss_ranges_shared(rows, range->first, range->end, &shared)) {
            snprintf(message, size,
                     "%s: replications %" PRIu64 " to %" PRIu64 " are in %s, too",
                     facts->path, shared.first, shared.end - 1,
                     owner(readers, i, shared.first));
            return ISS_ERR_OVERLAP;
        }
        status = iss_ranges_add(rows, range->first, range->end);
        if (status != ISS_OK) {
            snprintf(message, size, "out of memory");
            return status;
        }
    }
    return ISS_OK;
}

/* What a shard that would fill gaps is called: "shard 7/64". */
static void
name_absent_shards(struct iss_study_reader *const *readers, size_t count, char *text,
                   size_t size)
{
    const uint32_t shards = iss_study_facts(readers[0])->shard.count;
    size_t used = 0;

    text[0] = '\0';
    for (uint32_t shard = 0; shard < shards && used + 16 < size; shard++) {
        bool there = false;

        for (size_t i = 0; i < count; i++) {
            const struct iss_shard found = iss_study_facts(readers[i])->shard;
            there = there || (found.count == shards && found.index == shard);
        }
        if (!there) {
            used += (size_t)snprintf(text + used, size - used, "%s%" PRIu32 "/%" PRIu32,
                                     used == 0 ? "; there is no file of shard " : ", ",
                                     shard + 1, shards);
            used = used < size ? used : size;
        }
    }
}

/* Is anything missing, of as many as the most was asked for? */
static int
check_whole(struct iss_study_reader *const *readers, size_t count,
            const struct iss_ranges *rows, char *message, size_t size)
{
    uint64_t wanted = 0;
    struct iss_range gap;
    char shards[160];

    for (size_t i = 0; i < count; i++) {
        uint64_t requested = iss_study_facts(readers[i])->requested;
        wanted = requested > wanted ? requested : wanted;
    }
    if (!iss_ranges_gap(rows, 0, wanted, &gap)) {
        return ISS_OK;
    }
    name_absent_shards(readers, count, shards, sizeof(shards));
    snprintf(message, size,
             "of %" PRIu64 " replications %" PRIu64 " are missing, first %" PRIu64
             " to %" PRIu64 "%s",
             wanted, wanted - iss_ranges_total(rows), gap.first, gap.end - 1, shards);
    return ISS_ERR_GAP;
}

int
iss_study_merge_check(struct iss_study_reader *const *readers, size_t count,
                      struct iss_ranges *rows, char *message, size_t size)
{
    int status = ISS_OK;

    for (size_t i = 1; status == ISS_OK && i < count; i++) {
        status = check_study(readers, i, message, size);
    }
    for (size_t i = 0; status == ISS_OK && i < count; i++) {
        status = add_rows(readers, i, rows, message, size);
    }
    return status == ISS_OK ? check_whole(readers, count, rows, message, size) : status;
}
