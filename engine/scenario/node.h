/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * scenario/node.h - making and changing nodes, for the scenario layer alone.
 */
#ifndef ISS_SCENARIO_NODE_H
#define ISS_SCENARIO_NODE_H

#include "scenario/tree.h"

/** An empty group called `name` (borrowed); NULL without memory. */
struct iss_node *iss_node_new_group(struct iss_arena *arena, const char *name,
                                    struct iss_origin origin);

/** The link that holds the child called `name`, whose target is NULL when there is
 * none. `length` bytes of the name count. */
struct iss_node **iss_node_link(struct iss_node *group, const char *name,
                                size_t length);

/** Make `child` the last of `parent`. */
void iss_node_append(struct iss_node *parent, struct iss_node *child);

/** Take the child at `link` out of its parent; returned. */
struct iss_node *iss_node_detach(struct iss_node **link);

/** Give `node` the value, children and origin of `from`; its name and place stay. */
void iss_node_assume(struct iss_node *node, const struct iss_node *from);

/** The name among the children of `group` that `name` was meant to be, or NULL. */
const char *iss_node_suggest(const struct iss_node *group, const char *name,
                             struct iss_arena *arena);

#define ISS_REAL_TEXT 32

/** The shortest text with a point that reads as `value`, which is finite. */
char *iss_real_format(double value, char buffer[ISS_REAL_TEXT]);

#endif
