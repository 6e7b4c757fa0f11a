/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * keytable.c - names by group, so that a duplicate is found with both its lines.
 *
 * Names that differ in case only share a hash, and so lie in one run of slots.
 */
#include "scenario/keytable.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"

#define FIRST_SIZE 64u

void
iss_key_table_clear(struct iss_key_table *table)
{
    free(table->slots);
    *table = (struct iss_key_table){NULL, 0, 0};
}

static unsigned char
lower(char c)
{
    return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* FNV-1a over the group's number and the letters in lower case. */
static size_t
hash(const struct iss_key *key)
{
    uint64_t h = UINT64_C(0xCBF29CE484222325) ^ key->group;

    h *= UINT64_C(0x100000001B3);
    for (size_t i = 0; i < key->length; i++) {
        h = (h ^ lower(key->name[i])) * UINT64_C(0x100000001B3);
    }
    return (size_t)(h ^ (h >> 32));
}

static bool
similar_keys(const struct iss_key *a, const struct iss_key *b)
{
    if (a->group != b->group || a->length != b->length) {
        return false;
    }
    for (size_t i = 0; i < a->length; i++) {
        if (lower(a->name[i]) != lower(b->name[i])) {
            return false;
        }
    }
    return true;
}

static int
grow(struct iss_key_table *table)
{
    size_t size = table->size == 0 ? FIRST_SIZE : 2 * table->size;
    struct iss_key *slots = calloc(size, sizeof(*slots));

    if (slots == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < table->size; i++) {
        size_t at = table->slots[i].name == NULL ? 0 : hash(&table->slots[i]);

        if (table->slots[i].name == NULL) {
            continue;
        }
        while (slots[at & (size - 1)].name != NULL) {
            at++;
        }
        slots[at & (size - 1)] = table->slots[i];
    }
    free(table->slots);
    table->slots = slots;
    table->size = size;
    return ISS_OK;
}

int
iss_key_table_enter(struct iss_key_table *table, const struct iss_key *key,
                    const struct iss_key **same, const struct iss_key **similar)
{
    size_t at;

    *same = NULL;
    *similar = NULL;
    if (2 * (table->used + 1) > table->size && grow(table) != ISS_OK) {
        return ISS_ERR_NO_MEMORY;
    }
    for (at = hash(key) & (table->size - 1); table->slots[at].name != NULL;
         at = (at + 1) & (table->size - 1)) {
        const struct iss_key *other = &table->slots[at];

        if (!similar_keys(key, other)) {
            continue;
        }
        if (memcmp(key->name, other->name, key->length) == 0) {
            *same = other;
            return ISS_OK;
        }
        *similar = other;
    }
    table->slots[at] = *key;
    table->used++;
    return ISS_OK;
}
