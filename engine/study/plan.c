/* SPDX-License-Identifier: GPL-3.0-or-later */
/* plan.c - from a model to what its study consists of. */
#include "study/plan.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/version.h"
#include "isssim/status.h"
#include "kernel/numerics.h"
#include "observe/gauges.h"
#include "observe/series.h"

enum { NAMES = 512 };

/* ---- names --------------------------------------------------------------------- */

static const char *
series_name(const struct iss_model *model, int32_t index, char buffer[ISS_METRIC_TEXT])
{
    return iss_series_info(model, index, buffer).name;
}

static const char *
metric_name(const struct iss_model *model, int32_t index, char buffer[ISS_METRIC_TEXT])
{
    return iss_metric_info(model, index, buffer).name;
}

/* What to say of `name`, which is none of `count` names: the nearest, or that it isn't
 * one. */
static void
describe_unknown(const struct iss_model *model, const char *name, const char *what,
                 int32_t count,
                 const char *name_of(const struct iss_model *, int32_t,
                                     char[ISS_METRIC_TEXT]),
                 char *text, size_t size)
{
    char buffers[NAMES][ISS_METRIC_TEXT];
    const char *names[NAMES] = {NULL};
    size_t kept = 0;

    for (int32_t i = 0; i < count && kept < NAMES; i++) {
        names[kept] = name_of(model, i, buffers[kept]);
        kept++;
    }
    const char *near = iss_diag_suggest(name, names, kept);
    int used = snprintf(text, size, "no such %s; got \"%s\"", what, name);
    if (near != NULL) {
        snprintf(text + used, size - (size_t)used, "; did you mean %s?", near);
        return;
    }
    for (size_t i = 0; i < kept && used > 0 && (size_t)used < size; i++) {
        used += snprintf(text + used, size - (size_t)used, "%s%s",
                         i == 0 ? "; allowed " : ", ", names[i]);
    }
}

/* Bytes of a series' counts. */
static size_t
fan_bytes(const struct iss_model *model, int32_t series)
{
    char buffer[ISS_METRIC_TEXT];
    return ((size_t)model->study.grid + 1) * sizeof(uint32_t) *
           (size_t)iss_series_info(model, series, buffer).bins;
}

/* What is wrong with name `at` of a list of series, in `text`; false when nothing is.
 * `bytes` counts what the series so far need. */
static bool
series_problem(const struct iss_model *model, const char *const *names, int32_t at,
               size_t *bytes, char *text, size_t size)
{
    int32_t found = iss_series_find(model, names[at]);

    if (found < 0) {
        describe_unknown(model, names[at], "series", iss_series_count(model),
                         series_name, text, size);
        return true;
    }
    for (int32_t i = 0; i < at; i++) {
        if (strcmp(names[i], names[at]) == 0) {
            snprintf(text, size, "named twice; got \"%s\"", names[at]);
            return true;
        }
    }
    size_t before = *bytes;
    *bytes += fan_bytes(model, found);
    if (before <= ISS_PLAN_FANS && *bytes > ISS_PLAN_FANS) {
        snprintf(text, size,
                 "with \"%s\" the fans need %zu bytes; allowed %u; name fewer series, "
                 "or make study.grid smaller (it is %" PRId64 ")",
                 names[at], *bytes, ISS_PLAN_FANS, model->study.grid);
        return true;
    }
    return false;
}

/* ---- the scenario's names ------------------------------------------------------ */

/* A default has no place: then only the grid, or the number of people, is wrong. */
static void
report(const struct iss_model *model, struct iss_diag *diag,
       const struct iss_node *node, const char *text)
{
    struct iss_origin nowhere = {model->source.main_path, 0};
    char path[256];

    iss_diag_error(diag, node != NULL ? node->origin : nowhere,
                   node != NULL ? iss_node_path(node, path, sizeof path)
                                : "study.series",
                   "%s", text);
}

static void
check_series(const struct iss_model *model, struct iss_diag *diag)
{
    const struct iss_texts *series = &model->study.series;
    char text[512];
    size_t bytes = 0;

    for (int32_t i = 0; i < series->count; i++) {
        if (series_problem(model, series->at, i, &bytes, text, sizeof text)) {
            report(model, diag, series->nodes != NULL ? series->nodes[i] : NULL, text);
        }
    }
}

/* A target's name ends at its equals sign; the rest is for whoever reads the target. */
static void
check_precision(const struct iss_model *model, struct iss_diag *diag)
{
    const struct iss_texts *targets = &model->study.precision;
    char text[512], name[128];

    for (int32_t i = 0; i < targets->count; i++) {
        size_t length = strcspn(targets->at[i], "=");
        bool equals = targets->at[i][length] == '=';
        while (length > 0 && targets->at[i][length - 1] == ' ') {
            length--;
        }
        snprintf(name, sizeof name, "%.*s", (int)length, targets->at[i]);
        if (!equals) {
            snprintf(text, sizeof text,
                     "must be METRIC=1 %% or METRIC=0.002; got \"%s\"", name);
        } else if (iss_metric_find(model, name) < 0) {
            describe_unknown(model, name, "metric", iss_metric_count(model),
                             metric_name, text, sizeof text);
        } else {
            continue;
        }
        report(model, diag, targets->nodes[i], text);
    }
}

int
iss_plan_check(const struct iss_model *model, struct iss_diag *diag)
{
    size_t before = diag->errors;

    check_series(model, diag);
    check_precision(model, diag);
    iss_diag_sort(diag);
    return diag->errors == before ? ISS_OK : ISS_ERR_SCENARIO;
}

/* ---- the plan ------------------------------------------------------------------ */

static int
plan_metrics(struct iss_plan *plan, const struct iss_model *model)
{
    int32_t count = iss_metric_count(model);
    struct iss_metric_info *metrics =
        iss_arena_array(&plan->arena, (size_t)count + 1, sizeof *metrics);

    for (int32_t i = 0; metrics != NULL && i < count; i++) {
        char name[ISS_METRIC_TEXT];
        metrics[i] = iss_metric_info(model, i, name);
        metrics[i].name = iss_arena_strdup(&plan->arena, metrics[i].name);
        metrics[i].units = iss_arena_strdup(&plan->arena, metrics[i].units);
        metrics[i].doc = iss_arena_strdup(&plan->arena, metrics[i].doc);
        if (!metrics[i].name || !metrics[i].units || !metrics[i].doc) {
            return ISS_ERR_NO_MEMORY;
        }
    }
    plan->info.metrics = metrics;
    plan->info.metric_count = count;
    return metrics != NULL ? ISS_OK : ISS_ERR_NO_MEMORY;
}

static int
plan_series(struct iss_plan *plan, const struct iss_model *model,
            const char *const *names, int32_t count, char *message, size_t size)
{
    struct iss_series_info *series =
        iss_arena_array(&plan->arena, (size_t)count + 1, sizeof *series);
    size_t bytes = 0;

    for (int32_t i = 0; series != NULL && i < count; i++) {
        char name[ISS_METRIC_TEXT];
        if (series_problem(model, names, i, &bytes, message, size)) {
            return ISS_ERR_USAGE;
        }
        series[i] = iss_series_info(model, iss_series_find(model, names[i]), name);
        series[i].name = iss_arena_strdup(&plan->arena, series[i].name);
        if (series[i].name == NULL) {
            return ISS_ERR_NO_MEMORY;
        }
    }
    plan->info.series = series;
    plan->info.series_count = count;
    return series != NULL ? ISS_OK : ISS_ERR_NO_MEMORY;
}

/* end * i / n = q i + r i / n, exactly, with q and r of end / n: r i stays small. */
static int
plan_grid(struct iss_plan *plan, const struct iss_model *model)
{
    int64_t n = model->study.grid, end_us = model->scenario.end_us;
    int64_t *grid_us = iss_arena_array(&plan->arena, (size_t)n + 1, sizeof *grid_us);

    if (grid_us == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (int64_t i = 0; i <= n; i++) {
        grid_us[i] = end_us / n * i + end_us % n * i / n;
    }
    plan->info.grid_us = grid_us;
    plan->info.grid_count = (int32_t)n + 1;
    return ISS_OK;
}

int
iss_plan_init(struct iss_plan *plan, const struct iss_model *model, uint64_t seed,
              const char *const *series, int32_t count, char *message, size_t size)
{
    char numerics[17];

    *plan = (struct iss_plan){.info = {.seed = seed}};
    *message = '\0';
    iss_numerics_fingerprint(numerics);
    plan->info.numerics = iss_arena_strdup(&plan->arena, numerics);
    plan->info.model_hash = iss_arena_strdup(&plan->arena, model->hash);
    plan->info.version =
        iss_arena_printf(&plan->arena, "%s (%.12s%s)", ISS_VERSION, ISS_GIT_SHA1,
                         ISS_GIT_DIRTY ? ", changed" : "");
    if (plan->info.version == NULL || plan->info.numerics == NULL ||
        plan->info.model_hash == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    int status = plan_metrics(plan, model);
    if (status == ISS_OK) {
        status = plan_grid(plan, model);
    }
    if (status == ISS_OK && count < 0) {
        series = model->study.series.at;
        count = model->study.series.count;
    }
    return status == ISS_OK ? plan_series(plan, model, series, count, message, size)
                            : status;
}

void
iss_plan_clear(struct iss_plan *plan)
{
    iss_arena_clear(&plan->arena);
    memset(plan, 0, sizeof *plan);
}
