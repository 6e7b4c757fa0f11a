/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * metric_names.c - no two metrics of a run have one name, and those about another have
 * that.
 *
 * What a scenario's `metrics` are called is checked here and not with the rest of the
 * scenario, in model/: only the observers know the names that every run has.
 */
#include <stdio.h>
#include <string.h>

#include "isssim/status.h"
#include "model/checker.h"
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

/* A name that was cut could be another's too. */
static void
check_lengths(const struct iss_model *model, struct iss_diag *diag)
{
    struct iss_origin nowhere = {model->source.main_path, 0};
    char buffer[ISS_METRIC_TEXT];

    for (int32_t i = 0; i < iss_metric_count(model); i++) {
        const char *name = iss_metric_info(model, i, buffer).name;
        if (name == buffer && strlen(name) == ISS_METRIC_TEXT - 1) {
            iss_diag_error(diag, nowhere, name,
                           "this key is too long for the name of a column; allowed %d "
                           "characters in all",
                           ISS_METRIC_TEXT - 2);
        }
    }
}

static void
check_names(const struct iss_model *model, struct iss_diag *diag)
{
    /* The paths of what is uncertain, which come last, have dots, as those of each.def,
     * which come before: no key has any. */
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

/* The name of a metric like `name`, in `near`; "" for none. */
static void
suggest(const struct iss_model *model, const char *name, char near[ISS_METRIC_TEXT])
{
    const char *one;
    char buffer[ISS_METRIC_TEXT];

    *near = '\0';
    for (int32_t i = 0; i < iss_metric_count(model) && *near == '\0'; i++) {
        one = iss_metric_info(model, i, buffer).name;
        if (iss_diag_suggest(name, &one, 1) != NULL) {
            snprintf(near, ISS_METRIC_TEXT, "%s", one);
        }
    }
}

static void
check_subjects(const struct iss_model *model, struct iss_diag *diag)
{
    const struct iss_checker checker = {model, diag};
    char buffer[ISS_METRIC_TEXT];

    for (int32_t i = 0; i < model->metrics.count; i++) {
        const struct iss_measure *measure = iss_model_measure(model, i);
        if (measure->measure != ISS_MEASURE_EXCEEDS) {
            continue;
        }
        int32_t about = iss_metric_find(model, measure->metric);
        if (about < 0) {
            suggest(model, measure->metric, buffer);
            iss_checker_report(&checker, "metrics", &measure->entity, "metric",
                               "no such metric; got \"%s\"%s%s%s", measure->metric,
                               *buffer != '\0' ? "; did you mean " : "", buffer,
                               *buffer != '\0' ? "?" : "");
        } else if (iss_metric_info(model, about, buffer).kind == ISS_METRIC_YES_NO) {
            iss_checker_report(&checker, "metrics", &measure->entity, "metric",
                               "%s is yes or no itself", measure->metric);
        }
    }
}

int
iss_metrics_check(const struct iss_model *model, struct iss_diag *diag)
{
    size_t errors = diag->errors;

    check_lengths(model, diag);
    check_names(model, diag);
    check_subjects(model, diag);
    return diag->errors > errors ? ISS_ERR_SCENARIO : ISS_OK;
}
