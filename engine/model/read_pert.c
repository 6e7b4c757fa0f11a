/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read_pert.c - a number or a PERT distribution, as three numbers: 12, "12 h", or
 * { dist = "pert"; min = 4; mode = 24; max = 96; }.
 *
 * Where a distribution is made only while a mission runs, between two that the scenario
 * gives, there is nothing to build here.
 */
#include <string.h>

#include "base/units.h"
#include "model/read.h"
#include "model/reader.h"

static bool
read_number(struct iss_reader *reader, const struct iss_key *key,
            const struct iss_node *node, double *value)
{
    return iss_node_quantity(node, iss_model_dimension(key->arg), key->arg, value,
                             reader->diag);
}

/* The group's three numbers; false, reported, when it isn't a PERT. */
static bool
read_group(struct iss_reader *reader, const struct iss_key *key,
           const struct iss_node *group, struct iss_pert *pert)
{
    static const char form[] =
        "write { dist = \"pert\"; min; mode; max; }, or a number";
    const struct iss_node *dist = iss_node_child(group, "dist");
    const char *family = "";
    int32_t given = 0;
    bool good = true;

    if (dist == NULL || dist->type != ISS_NODE_TEXT ||
        !iss_node_text(dist, &family, reader->diag) || strcmp(family, "pert") != 0) {
        iss_reader_report(reader, dist != NULL ? dist : group,
                          "only a PERT distribution can be used here", form);
        return false;
    }
    for (const struct iss_node *child = group->first; child; child = child->next) {
        double *number = strcmp(child->name, "min") == 0    ? &pert->min
                         : strcmp(child->name, "mode") == 0 ? &pert->mode
                         : strcmp(child->name, "max") == 0  ? &pert->max
                                                            : NULL;
        if (number != NULL) {
            good = read_number(reader, key, child, number) && good;
            given++;
        } else if (child != dist) {
            iss_reader_report(reader, child, "unknown parameter of pert", form);
            good = false;
        }
    }
    if (good && given != 3) {
        iss_reader_report(reader, group, "pert needs min, mode, max", form);
        return false;
    }
    return good;
}

static bool
in_range(const struct iss_key *key, double value)
{
    return key->lowest >= key->highest ||
           (value >= key->lowest && value <= key->highest);
}

void
iss_read_pert(struct iss_reader *reader, const struct iss_key *key,
              const struct iss_node *node, char *field)
{
    struct iss_pert pert;

    if (node->type == ISS_NODE_GROUP) {
        if (!read_group(reader, key, node, &pert)) {
            return;
        }
    } else if (read_number(reader, key, node, &pert.min)) {
        pert.mode = pert.max = pert.min;
    } else {
        return;
    }
    if (!(pert.min <= pert.mode && pert.mode <= pert.max)) {
        iss_reader_report(reader, node, "min, mode and max must not go down", "");
    } else if (!in_range(key, pert.min) || !in_range(key, pert.max)) {
        iss_reader_report_range(reader, key, node);
    } else {
        memcpy(field, &pert, sizeof pert);
    }
}
