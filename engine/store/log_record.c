/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * log_record.c - the columns of a block one behind the other: fingerprints, events,
 * metrics row by row, statuses, fans; the last two filled up to 8 bytes.
 */
#include "store/log_record.h"

#include <string.h>

#include "base/hash.h"

#define MARK UINT32_C(0x4B4C4249) /* "IBLK" */

/* Where the parts of a payload begin, and where it ends. */
struct parts {
    size_t fingerprints, events, metrics, status, fans, end;
};

static size_t
up_to_8(size_t size)
{
    return (size + 7) & ~(size_t)7;
}

static struct parts
parts_of(const struct iss_study_info *info, size_t count)
{
    const struct iss_block *block = NULL;
    struct parts at = {0};

    at.events = at.fingerprints + count * sizeof(*block->fingerprints);
    at.metrics = at.events + count * sizeof(*block->events);
    at.status =
        at.metrics + count * (size_t)info->metric_count * sizeof(*block->metrics);
    at.fans = at.status + up_to_8(count * sizeof(*block->status));
    at.end = at.fans + up_to_8(iss_study_fan_size(info) * sizeof(*block->fans));
    return at;
}

size_t
iss_record_payload(const struct iss_study_info *info, uint32_t count)
{
    return parts_of(info, count).end;
}

/* Copy what is between two parts, and zeros where it is shorter. */
static void
fill(char *payload, size_t at, size_t end, const void *from, size_t size)
{
    if (size > 0) {
        memcpy(payload + at, from, size);
    }
    memset(payload + at + size, 0, end - at - size);
}

void
iss_record_encode(const struct iss_study_info *info, const struct iss_block *block,
                  void *bytes)
{
    const size_t count = block->count;
    const struct parts at = parts_of(info, count);
    struct iss_record_head head = {
        .mark = MARK, .count = block->count, .first = block->first, .size = at.end};
    char *payload = (char *)bytes + sizeof(head);

    fill(payload, at.fingerprints, at.events, block->fingerprints,
         count * sizeof(*block->fingerprints));
    fill(payload, at.events, at.metrics, block->events, count * sizeof(*block->events));
    fill(payload, at.metrics, at.status, block->metrics,
         count * (size_t)info->metric_count * sizeof(*block->metrics));
    fill(payload, at.status, at.fans, block->status, count * sizeof(*block->status));
    fill(payload, at.fans, at.end, block->fans,
         iss_study_fan_size(info) * sizeof(*block->fans));
    head.payload_hash = iss_hash_bytes(payload, at.end);
    head.head_hash = iss_hash_bytes(&head, offsetof(struct iss_record_head, head_hash));
    memcpy(bytes, &head, sizeof(head));
}

bool
iss_record_is_head(const struct iss_study_info *info,
                   const struct iss_record_head *head)
{
    return head->mark == MARK &&
           head->head_hash ==
               iss_hash_bytes(head, offsetof(struct iss_record_head, head_hash)) &&
           head->count > 0 && head->first <= UINT64_MAX - head->count &&
           head->size == iss_record_payload(info, head->count);
}

bool
iss_record_is_payload(const struct iss_record_head *head, const void *payload)
{
    return head->payload_hash == iss_hash_bytes(payload, (size_t)head->size);
}

struct iss_block
iss_record_block(const struct iss_study_info *info, const struct iss_record_head *head,
                 void *payload)
{
    const struct parts at = parts_of(info, head->count);
    char *bytes = payload;

    return (struct iss_block){.first = head->first,
                              .count = head->count,
                              .fingerprints = (void *)(bytes + at.fingerprints),
                              .events = (void *)(bytes + at.events),
                              .status = (void *)(bytes + at.status),
                              .metrics = (void *)(bytes + at.metrics),
                              .fans = (void *)(bytes + at.fans)};
}
