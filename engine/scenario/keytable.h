/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/keytable.h - which names a layer has used in which of its groups.
 */
#ifndef ISS_SCENARIO_KEYTABLE_H
#define ISS_SCENARIO_KEYTABLE_H

#include <stddef.h>
#include <stdint.h>

#include "base/diag.h"

struct iss_key {
    const char *name; /* borrowed; NULL in a free slot */
    size_t length;
    uint32_t group;
    struct iss_origin origin;
};

/* Open addressing over (group, name in lower case); a zeroed table is empty. */
struct iss_key_table {
    struct iss_key *slots;
    size_t size; /* a power of two, or 0 */
    size_t used;
};

void iss_key_table_clear(struct iss_key_table *table);

/**
 * Enter `key`.  *same is the entry with this very name in this group, *similar one that
 * differs in case only; NULL when there is none.  A key with a *same isn't entered.
 *
 * @return ISS_OK or ISS_ERR_NO_MEMORY.
 */
int iss_key_table_enter(struct iss_key_table *table, const struct iss_key *key,
                        const struct iss_key **same, const struct iss_key **similar);

#endif
