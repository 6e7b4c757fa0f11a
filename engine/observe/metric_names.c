/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * metric_names.c - no two metrics of a run have one name.
 *
 * What a scenario's `metrics` are called is checked here and not with the rest of the
 * scenario, in model/: only the observers know the names that every run has.
 */
#include <stdio.h>
#include <string.h>

#include "observe/gauges.h"

/* Whether a metric before number `index` is called `name`. */
static bool
is_taken(const struct iss_model *model, int32_t index, const char *name)
{
    char buffer[ISS_METRIC_TEXT];

    for (int32_t i = 0; i < index; i++) {
        if (strcmp(iss_metric_info(model, i, buffer).name, name) == 0) {
            return true;
        }
    }
    return false;
}

void
iss_metrics_check(const struct iss_model *model, struct iss_diag *diag)
{
    /* The paths of what is uncertain, which come last, have dots. */
    int32_t own =
        iss_metric_count(model) - model->metrics.count - model->uncertain.count;

    for (int32_t i = 0; i < model->metrics.count; i++) {
        const struct iss_entity *entity = &iss_model_measure(model, i)->entity;
        char path[256];

        if (is_taken(model, own + i, entity->id)) {
            snprintf(path, sizeof path, "metrics.%s", entity->id);
            iss_diag_error(diag, entity->origin, path,
                           "every run has a metric of this name; choose another");
        }
    }
}
