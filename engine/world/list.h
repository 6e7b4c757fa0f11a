/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * world/list.h - few ids out of many, in ascending order: who is aboard, who is on the
 * way, which flights wait for a port.
 *
 * Handlers that look for one of these look here instead of at everybody.  Adding and
 * removing take time in proportion to the list's length.
 */
#ifndef ISS_WORLD_LIST_H
#define ISS_WORLD_LIST_H

#include <stdint.h>

struct iss_list {
    int32_t count;
    int32_t *at; /* room for every id that there can be */
};

/** Put in an id that isn't there yet. */
void iss_list_add(struct iss_list *list, int32_t id);

/** Take out an id that is there. */
void iss_list_remove(struct iss_list *list, int32_t id);

/** The first id from `from` on; -1 when there is none.  With the last one found plus 1
 *  it goes through the list even while ids come and go. */
int32_t iss_list_next(const struct iss_list *list, int32_t from);

#endif
