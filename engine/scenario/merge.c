/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * merge.c - groups grow into one another, name by name; the rest is replaced.
 */
#include "scenario/merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"
#include "scenario/node.h"

/* The children of a group by name: a search through siblings for each of 5,000 settings
 * of a layer takes a fifth of a second. */
struct by_name {
    struct iss_node *
        *nodes; /* sorted; NULL without memory: then siblings are searched */
    size_t count;
};

static int
compare_names(const void *a, const void *b)
{
    const struct iss_node *const *left = a;
    const struct iss_node *const *right = b;

    return strcmp((*left)->name, (*right)->name);
}

static struct by_name
index_children(const struct iss_node *group, struct iss_arena *arena)
{
    size_t count = (size_t)group->count;
    struct by_name index = {iss_arena_array(arena, count, sizeof(*index.nodes)), 0};

    if (index.nodes != NULL) {
        for (struct iss_node *child = group->first; child != NULL;
             child = child->next) {
            index.nodes[index.count++] = child;
        }
        qsort(index.nodes, index.count, sizeof(*index.nodes), compare_names);
    }
    return index;
}

static struct iss_node *
find(const struct by_name *index, struct iss_node *group, const struct iss_node *like)
{
    struct iss_node **found;

    if (index->nodes == NULL) {
        return *iss_node_link(group, like->name, strlen(like->name));
    }
    found = bsearch(&like, index->nodes, index->count, sizeof(*index->nodes),
                    compare_names);
    return found == NULL ? NULL : *found;
}

static bool
is_open_group(const struct iss_node *node,
              bool (*is_value)(const struct iss_node *group))
{
    return node->type == ISS_NODE_GROUP && (is_value == NULL || !is_value(node));
}

void
iss_merge(struct iss_node *into, struct iss_node *layer,
          bool (*is_value)(const struct iss_node *group), struct iss_arena *arena)
{
    struct by_name index;
    struct iss_node **end = &into->first;

    if (into->first == NULL) {
        iss_node_assume(into, layer);
        return;
    }
    into->origin = layer->origin;
    index = index_children(into, arena);
    while (*end != NULL) {
        end = &(*end)->next;
    }
    /* A layer's names differ, so what is appended needn't be found again. */
    while (layer->first != NULL) {
        struct iss_node *child = iss_node_detach(&layer->first);
        struct iss_node *old = find(&index, into, child);

        if (old == NULL) {
            *end = child;
            end = &child->next;
            child->parent = into;
            into->count++;
        } else if (is_open_group(old, is_value) && is_open_group(child, is_value)) {
            iss_merge(old, child, is_value, arena);
        } else {
            iss_node_assume(old, child);
        }
    }
}

/* "there is no setting `name` in `group` to remove", with what was meant. */
static int
refuse(const struct iss_node *group, const char *name, const struct iss_node *by,
       struct iss_diag *diag)
{
    char path[512], inside[512];
    const char *near = group->type == ISS_NODE_GROUP
                           ? iss_node_suggest(group, name, &diag->arena)
                           : NULL;
    bool root = group->parent == NULL;

    iss_diag_error(diag, by->origin, iss_node_path(by, path, sizeof(path)),
                   "nothing to remove; got \"%s\", but %s%s has no %s%s%s%s",
                   by->value.text, root ? "the scenario" : "",
                   iss_node_path(group, inside, sizeof(inside)), name,
                   near != NULL ? "; did you mean " : "", near != NULL ? near : "",
                   near != NULL ? "?" : "");
    return ISS_ERR_SCENARIO;
}

static int
note_removal(struct iss_source *source, const struct iss_node *by)
{
    struct iss_removal *removal = iss_arena_alloc(&source->arena, sizeof(*removal));

    if (removal == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    *removal = (struct iss_removal){by->value.text, by->origin, source->removals};
    source->removals = removal;
    return ISS_OK;
}

int
iss_remove(struct iss_source *source, const struct iss_node *by, struct iss_diag *diag)
{
    struct iss_node *group = source->root;
    const char *path = by->value.text;

    if (strchr(path, '[') != NULL) {
        char setting[64];

        iss_diag_error(diag, by->origin, iss_node_path(by, setting, sizeof(setting)),
                       "the members of a list can't be removed; got \"%s\"; hint: give "
                       "the whole list anew",
                       path);
        return ISS_ERR_SCENARIO;
    }
    for (;;) {
        size_t length = strcspn(path, ".");
        struct iss_node **link = iss_node_link(group, path, length);
        char name[128];

        if (*link == NULL || length == 0) {
            snprintf(name, sizeof(name), "%.*s", (int)length, path);
            return refuse(group, name, by, diag);
        }
        if (path[length] == '\0') {
            iss_node_detach(link);
            return note_removal(source, by);
        }
        path += length + 1;
        if ((*link)->type != ISS_NODE_GROUP) {
            return refuse(*link, path, by, diag);
        }
        group = *link;
    }
}
