/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * record.c - { dist = "empirical"; file = "slips.csv"; column = "slip_d"; } becomes
 * { dist = "empirical"; values = [ 12.0, 0.0, 48.0 ]; } before the model is read.
 *
 * So the model's hash covers what the file said, and a stored scenario loads without
 * it.
 */
#include "model/record.h"

#include <string.h>

#include "isssim/status.h"

static bool
is_from_file(const struct iss_node *group)
{
    const struct iss_node *dist = iss_node_child(group, "dist");

    return dist != NULL && dist->type == ISS_NODE_TEXT &&
           strcmp(dist->value.text, "empirical") == 0 &&
           iss_node_child(group, "file") != NULL;
}

static int
splice_below(struct iss_source *source, const struct iss_source_options *options,
             struct iss_node *node, struct iss_diag *diag)
{
    if (is_from_file(node)) {
        int status = iss_source_splice(source, options, node, "values", diag);

        return status == ISS_ERR_SCENARIO ? ISS_OK : status;
    }
    for (struct iss_node *child = node->first; child != NULL; child = child->next) {
        int status = splice_below(source, options, child, diag);

        if (status != ISS_OK) {
            return status;
        }
    }
    return ISS_OK;
}

int
iss_record_splice(struct iss_source *source, const struct iss_source_options *options,
                  struct iss_diag *diag)
{
    return splice_below(source, options, source->root, diag);
}
