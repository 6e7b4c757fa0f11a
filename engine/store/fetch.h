/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/fetch.h - values out of a file of which nothing is known beforehand.
 *
 * Absent and unlike what is asked for are the same: nothing is found.
 */
#ifndef ISS_STORE_FETCH_H
#define ISS_STORE_FETCH_H

#include <stdbool.h>
#include <stddef.h>

#include <hdf5.h>

#include "base/arena.h"
#include "store/h5.h"

/** The text attribute `name` in `arena`; "" when there is none, NULL without memory. */
const char *iss_fetch_text(hid_t object, const char *name, struct iss_arena *arena);

/** Whether `object` has the attribute `name`. */
bool iss_fetch_has(hid_t object, const char *name);

/** `count` numbers of the attribute `name`, 1 for a scalar; false when it hasn't that
 *  many, or other ones. */
bool iss_fetch_numbers(hid_t object, const char *name, enum iss_h5_type type,
                       size_t count, void *values);

/** Type, rank and dimensions of dataset `id`; false when isssim writes none like it. */
bool iss_fetch_form(hid_t id, struct iss_h5_array *form);

/** Read the whole of dataset `id`, of the given form, into `values`; texts go to
 *  `arena`.  ISS_OK, ISS_ERR_FORMAT or ISS_ERR_NO_MEMORY. */
int iss_fetch_values(hid_t id, const struct iss_h5_array *form, void *values,
                     struct iss_arena *arena);

#endif
