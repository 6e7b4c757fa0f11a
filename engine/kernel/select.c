/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * select.c - order statistics by counting, most significant bits first.
 *
 * A double's bits, the sign flipped for positive numbers and all of them for negative
 * ones, order as unsigned integers as the numbers do.  Each pass knows of every wanted
 * order statistic the first bits of its key (its group), and its rank within the group;
 * it counts the next DIGIT_BITS of all keys in those groups, which tells the next bits.
 * After the last pass the key is known, and so is the number.
 */
#include "kernel/select.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define DIGIT_BITS 13
#define DIGITS     (1u << DIGIT_BITS)
#define CHUNK      16384 /* numbers read at a time */
#define TARGETS    (2 * ISS_SELECT_MOST)

/* A wanted order statistic. */
struct target {
    uint64_t prefix; /* the bits of its key that are known */
    uint64_t rank;   /* among the keys with this prefix, from 0 */
};

struct search {
    const struct iss_values *values;
    struct target targets[TARGETS];
    size_t target_count;
    uint64_t groups[TARGETS]; /* the different prefixes, in order */
    size_t group_count;
    uint64_t *counts; /* DIGITS a group */
    double *chunk;
    int known; /* bits of each key */
};

static uint64_t
key_of(double value)
{
    uint64_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits >> 63 ? ~bits : bits | UINT64_C(1) << 63;
}

static double
value_of(uint64_t key)
{
    uint64_t bits = key >> 63 ? key & ~(UINT64_C(1) << 63) : ~key;
    double value;
    memcpy(&value, &bits, sizeof value);
    return value;
}

/* ---- where a quantile lies ------------------------------------------------------- */

double
iss_quantile_place(uint64_t n, double prob, uint64_t *index)
{
    double place = (double)(n - 1) * prob, below = floor(place);

    *index = (uint64_t)below;
    return place - below;
}

double
iss_quantile_between(double low, double high, double share)
{
    double gap = high - low;

    if (low == high) {
        return low; /* two infinities have no gap */
    }
    return share >= 0.5 ? high - gap * (1 - share) : low + gap * share;
}

/* ---- passes ---------------------------------------------------------------------- */

static int
next_bits(const struct search *search)
{
    return 64 - search->known < DIGIT_BITS ? 64 - search->known : DIGIT_BITS;
}

/* The group of the first `known` bits of `key`, or group_count. */
static size_t
group_of(const struct search *search, uint64_t key)
{
    uint64_t prefix = search->known == 0 ? 0 : key >> (64 - search->known);
    size_t low = 0, left = search->group_count;

    while (left > 1) { /* as conditional moves: a branch here is mispredicted */
        size_t half = left / 2;
        low += search->groups[low + half] <= prefix ? half : 0;
        left -= half;
    }
    return search->groups[low] == prefix ? low : search->group_count;
}

static void
count_value(struct search *search, double value)
{
    int bits = next_bits(search);
    uint64_t key = key_of(value);
    uint64_t digit = key >> (64 - search->known - bits) & ((UINT64_C(1) << bits) - 1);
    size_t group = group_of(search, key);

    if (group < search->group_count && !isnan(value)) {
        search->counts[group * DIGITS + digit]++;
    }
}

static int
count_values(struct search *search)
{
    uint64_t rows = search->values->rows;

    memset(search->counts, 0, search->group_count * DIGITS * sizeof *search->counts);
    for (uint64_t first = 0; first < rows; first += CHUNK) {
        size_t count = rows - first < CHUNK ? (size_t)(rows - first) : CHUNK;
        int status =
            search->values->read(search->values->self, first, count, search->chunk);
        if (status != ISS_OK) {
            return status;
        }
        for (size_t i = 0; i < count; i++) {
            count_value(search, search->chunk[i]);
        }
    }
    return ISS_OK;
}

/* Find the target's next bits, and its rank among the keys that share them. */
static void
narrow(const struct search *search, struct target *target)
{
    size_t group = 0;
    uint64_t digit = 0;

    while (search->groups[group] != target->prefix) {
        group++;
    }
    const uint64_t *counts = &search->counts[group * DIGITS];
    while (digit < DIGITS - 1 && target->rank >= counts[digit]) {
        target->rank -= counts[digit++];
    }
    target->prefix = target->prefix << next_bits(search) | digit;
}

/* The targets' different prefixes, in order. */
static void
regroup(struct search *search)
{
    search->group_count = 0;
    for (size_t i = 0; i < search->target_count; i++) {
        uint64_t prefix = search->targets[i].prefix;
        size_t at = search->group_count;

        while (at > 0 && search->groups[at - 1] > prefix) {
            at--;
        }
        if (at > 0 && search->groups[at - 1] == prefix) {
            continue;
        }
        memmove(&search->groups[at + 1], &search->groups[at],
                (search->group_count - at) * sizeof *search->groups);
        search->groups[at] = prefix;
        search->group_count++;
    }
}

/* ---- the search ------------------------------------------------------------------ */

/* After the first pass: how many numbers there are, and with that which are wanted. */
static uint64_t
set_targets(struct search *search, const double *probs, size_t count)
{
    uint64_t n = 0;

    for (uint64_t digit = 0; digit < DIGITS; digit++) {
        n += search->counts[digit];
    }
    search->target_count = n == 0 ? 0 : 2 * count;
    for (size_t i = 0; n > 0 && i < count; i++) {
        uint64_t index;

        (void)iss_quantile_place(n, probs[i], &index);
        search->targets[2 * i] = (struct target){.rank = index};
        search->targets[2 * i + 1] =
            (struct target){.rank = index + 1 < n ? index + 1 : index};
    }
    return n;
}

static int
run(struct search *search, const double *probs, size_t count, double *quantiles)
{
    uint64_t n = 0, index;
    int status = count_values(search);

    if (status == ISS_OK) {
        n = set_targets(search, probs, count);
    }
    while (status == ISS_OK && n > 0 && search->known < 64) {
        for (size_t i = 0; i < search->target_count; i++) {
            narrow(search, &search->targets[i]);
        }
        search->known += next_bits(search);
        regroup(search);
        if (search->known < 64) {
            status = count_values(search);
        }
    }
    for (size_t i = 0; status == ISS_OK && i < count; i++) {
        quantiles[i] =
            n == 0 ? (double)NAN
                   : iss_quantile_between(value_of(search->targets[2 * i].prefix),
                                          value_of(search->targets[2 * i + 1].prefix),
                                          iss_quantile_place(n, probs[i], &index));
    }
    return status;
}

int
iss_select_quantiles(const struct iss_values *values, const double *probs, size_t count,
                     double *quantiles)
{
    struct search search = {.values = values, .group_count = 1};
    int status = ISS_ERR_NO_MEMORY;

    search.counts = malloc(TARGETS * DIGITS * sizeof *search.counts);
    search.chunk = malloc(CHUNK * sizeof *search.chunk);
    if (search.counts != NULL && search.chunk != NULL) {
        status = run(&search, probs, count, quantiles);
    }
    free(search.counts);
    free(search.chunk);
    return status;
}
