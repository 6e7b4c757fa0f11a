/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/log_record.h - a block as bytes of a log: a head and a payload, each with its
 * checksum, so that a record is known to be whole.
 *
 * Bytes are in the machine's order, which the log's own head tells (store/log.c).
 */
#ifndef ISS_STORE_LOG_RECORD_H
#define ISS_STORE_LOG_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "outcome/block.h"

struct iss_record_head {
    uint32_t mark;         /* begins a record */
    uint32_t count;        /* rows */
    uint64_t first;        /* replication of the first */
    uint64_t size;         /* bytes of payload */
    uint64_t payload_hash; /* XXH3-64 of them */
    uint64_t head_hash;    /* XXH3-64 of the five fields before */
};

/** Bytes of the payload of a block of `count` rows: a multiple of 8. */
size_t iss_record_payload(const struct iss_study_info *info, uint32_t count);

/** Make head and payload of `block` at `bytes`, which is 8-byte aligned and has room
 *  for both. */
void iss_record_encode(const struct iss_study_info *info, const struct iss_block *block,
                       void *bytes);

/** Is `head` one, of a record of this study? */
bool iss_record_is_head(const struct iss_study_info *info,
                        const struct iss_record_head *head);

/** Does `payload` belong to `head`? */
bool iss_record_is_payload(const struct iss_record_head *head, const void *payload);

/** The block in `payload`, 8-byte aligned: it points into it. */
struct iss_block iss_record_block(const struct iss_study_info *info,
                                  const struct iss_record_head *head, void *payload);

#endif
