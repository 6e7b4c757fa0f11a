/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * store/read_table.h - a group becomes a table: the way back from store/layout.h.
 */
#ifndef ISS_STORE_READ_TABLE_H
#define ISS_STORE_READ_TABLE_H

#include <stdbool.h>

#include <hdf5.h>

#include "base/arena.h"
#include "outcome/table.h"

/**
 * Read the group `name` of `parent` into `table`, in `arena`.
 *
 * @param where  set on failure to what couldn't be read, "/events/time".
 * @return ISS_OK, ISS_ERR_FORMAT or ISS_ERR_NO_MEMORY.
 */
ISS_MUST_CHECK int iss_read_table(hid_t parent, const char *name,
                                  struct iss_table *table, struct iss_arena *arena,
                                  char where[96]);

/** How many links `group` has; the name of link `index` in the order of creation, in
 *  `arena`, or NULL. */
hsize_t iss_read_links(hid_t group);
const char *iss_read_link(hid_t group, hsize_t index, struct iss_arena *arena);

#endif
