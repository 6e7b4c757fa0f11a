/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/layout.h - tables become groups, columns become datasets with CF attributes.
 */
#ifndef ISS_STORE_LAYOUT_H
#define ISS_STORE_LAYOUT_H

#include "outcome/table.h"
#include "store/book.h"

#define ISS_TIME_UNITS 64

/** "microseconds since 2022-12-15 00:00:00" from an ISO-8601 date.  ISS_OK, or
 *  ISS_ERR_INVARIANT when `epoch` is none. */
ISS_MUST_CHECK int iss_layout_time_units(const char *epoch, char units[ISS_TIME_UNITS]);

/** How values of `kind` are stored. */
enum iss_h5_type iss_layout_type(enum iss_column_kind kind);

/** Give dataset `id` the attributes of `column`, which is in `table`. */
void iss_layout_attributes(struct iss_book *book, hid_t id,
                           const struct iss_table *table,
                           const struct iss_column *column, const char *time_units);

/** Lay out one of the outcome's tables, or one like them, as a group below `parent`. */
void iss_layout_table(struct iss_book *book, hid_t parent,
                      const struct iss_outcome *outcome, const struct iss_table *table,
                      const char *time_units);

#endif
