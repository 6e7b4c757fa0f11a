/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * identity.c - a model's hash: that of its text, without the settings of a study that
 * change no row.  So a study can be resumed with more replications or another
 * precision.
 */
#include "model/identity.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "isssim/status.h"

/* Settings of `study` that change no row: how many there are, what is told of them and
 * how they are computed.  What must be equal of the series and their grid, the studies
 * compare by themselves. */
static bool
changes_no_row(const struct iss_node *setting)
{
    static const char *const names[] = {"replications", "precision", "max_replications",
                                        "confidence",   "series",    "grid",
                                        "block"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(setting->name, names[i]) == 0) {
            return true;
        }
    }
    return false;
}

static bool
is_study(const struct iss_node *group)
{
    return strcmp(group->name, "study") == 0;
}

/* Copy the children of `from` that `is_left_out` doesn't want away; what is below them
 * is shared. */
static int
copy_children(struct iss_arena *arena, const struct iss_node *from,
              bool is_left_out(const struct iss_node *child), struct iss_node *to)
{
    struct iss_node **end = &to->first;

    *to = *from;
    to->first = NULL;
    to->count = 0;
    for (const struct iss_node *child = from->first; child; child = child->next) {
        if (is_left_out(child)) {
            continue;
        }
        *end = iss_arena_alloc(arena, sizeof **end);
        if (*end == NULL) {
            return ISS_ERR_NO_MEMORY;
        }
        **end = *child;
        (*end)->next = NULL;
        end = &(*end)->next;
        to->count++;
    }
    return ISS_OK;
}

int
iss_model_identify(struct iss_model *model)
{
    const struct iss_node *root = model->source.root;
    const struct iss_node *study = iss_node_child(root, "study");
    struct iss_node copy, kept;
    int status = copy_children(&model->arena, root, is_study, &copy);

    if (status == ISS_OK && study != NULL) {
        status = copy_children(&model->arena, study, changes_no_row, &kept);
    }
    if (status == ISS_OK && study != NULL && kept.count > 0) {
        kept.next = copy.first;
        copy.first = &kept;
        copy.count++;
    }
    char *text = status == ISS_OK ? iss_node_print(&copy) : NULL;
    if (text == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    status = iss_sha256(text, strlen(text), model->hash);
    free(text);
    return status;
}
