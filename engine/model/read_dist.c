/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read_dist.c - a distribution in a scenario: 12, "12 d", or
 * { dist = "weibull"; shape = 1.04; scale = 172.9; p_zero = 0.1; }.
 *
 * Values are brought to the base unit here, so that a drawn variate needs no
 * conversion.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "isssim/status.h"
#include "model/read.h"

/* How a parameter depends on the unit of the variate. */
enum scaling { IN_UNIT, PURE, LOGARITHM };

#define FAMILY_ROW(NAME, name, count, a, b, c) {#name, count, {a, b, c}},
static const struct {
    const char *name;
    int count;
    const char *parameters[3];
} families[] = {ISS_DIST_LIST(FAMILY_ROW)};
#undef FAMILY_ROW

enum iss_dimension
iss_model_dimension(const char *unit)
{
    int dimension = *unit != '\0' ? iss_unit_dimension(unit, strlen(unit)) : -1;
    return dimension < 0 ? ISS_DIM_NONE : (enum iss_dimension)dimension;
}

bool
iss_model_is_value(const struct iss_node *group)
{
    return iss_node_child(group, "dist") != NULL;
}

static enum scaling
parameter_scaling(const char *name)
{
    static const char *const pure[] = {"shape", "sigma", "a", "b", "p_zero"};
    for (size_t i = 0; i < sizeof pure / sizeof *pure; i++) {
        if (strcmp(name, pure[i]) == 0) {
            return PURE;
        }
    }
    return strcmp(name, "mu") == 0 ? LOGARITHM : IN_UNIT;
}

static bool
read_parameter(const struct iss_node *node, const char *unit, double *value,
               struct iss_diag *diag)
{
    enum iss_dimension dimension = iss_model_dimension(unit);
    switch (parameter_scaling(node->name)) {
    case PURE:
        return iss_node_quantity(node, ISS_DIM_NONE, "", value, diag);
    case LOGARITHM:
        if (!iss_node_quantity(node, ISS_DIM_NONE, "", value, diag)) {
            return false;
        }
        if (dimension != ISS_DIM_NONE) {
            *value += log(iss_unit_factor(dimension, unit, strlen(unit)));
        }
        return true;
    case IN_UNIT:
        break;
    }
    return iss_node_quantity(node, dimension, unit, value, diag);
}

/* Where the value of the parameter `name` of family `f` goes; NULL when it has none. */
static double *
parameter_slot(struct iss_dist_spec *spec, size_t f, const char *name)
{
    for (int i = 0; i < families[f].count; i++) {
        if (strcmp(families[f].parameters[i], name) == 0) {
            return &spec->p[i];
        }
    }
    if (strcmp(name, "p_zero") == 0) {
        return &spec->p_zero;
    }
    if (strcmp(name, "shift") == 0) {
        return &spec->shift;
    }
    if (strcmp(name, "lower") == 0) {
        return &spec->lower;
    }
    return strcmp(name, "upper") == 0 ? &spec->upper : NULL;
}

static void
report_parameter(const struct iss_node *node, size_t f, struct iss_diag *diag)
{
    char path[256];
    const char *names[7] = {"p_zero", "shift", "lower", "upper"};
    size_t count = 4;
    for (int i = 0; i < families[f].count; i++) {
        names[count++] = families[f].parameters[i];
    }
    const char *near = iss_diag_suggest(node->name, names, count);
    iss_diag_error(diag, node->origin, iss_node_path(node, path, sizeof path),
                   "unknown parameter of %s; allowed %s%s%s%s%s, p_zero, shift, lower, "
                   "upper%s%s%s",
                   families[f].name, families[f].parameters[0],
                   families[f].count > 1 ? ", " : "",
                   families[f].count > 1 ? families[f].parameters[1] : "",
                   families[f].count > 2 ? ", " : "",
                   families[f].count > 2 ? families[f].parameters[2] : "",
                   near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

static bool
find_family(const struct iss_node *node, size_t *f, struct iss_diag *diag)
{
    const char *names[ISS_DIST_FAMILIES];
    const struct iss_node *dist = iss_node_child(node, "dist");
    const char *name;
    char path[256];

    if (dist == NULL) {
        iss_diag_error(
            diag, node->origin, iss_node_path(node, path, sizeof path),
            "must be a number, a quantity or a distribution; got a group "
            "without dist; for example { dist = \"exponential\"; mean = 9; }");
        return false;
    }
    if (!iss_node_text(dist, &name, diag)) {
        return false;
    }
    for (size_t i = 0; i < ISS_DIST_FAMILIES; i++) {
        names[i] = families[i].name;
        if (strcmp(names[i], name) == 0) {
            *f = i;
            return true;
        }
    }
    const char *near = iss_diag_suggest(name, names, ISS_DIST_FAMILIES);
    iss_diag_error(diag, dist->origin, iss_node_path(dist, path, sizeof path),
                   "no such distribution; got \"%s\"; allowed constant, uniform, "
                   "triangular, pert, normal, lognormal, exponential, weibull, gamma, "
                   "beta%s%s%s",
                   name, near ? "; did you mean " : "", near ? near : "",
                   near ? "?" : "");
    return false;
}

static bool
read_spec(const struct iss_node *node, const char *unit, struct iss_dist_spec *spec,
          struct iss_diag *diag)
{
    size_t f;
    int given = 0;
    bool good = true;
    char path[256];

    if (node->type != ISS_NODE_GROUP) {
        *spec = iss_dist_spec(ISS_DIST_CONSTANT);
        return iss_node_quantity(node, iss_model_dimension(unit), unit, &spec->p[0],
                                 diag);
    }
    if (!find_family(node, &f, diag)) {
        return false;
    }
    *spec = iss_dist_spec((enum iss_dist_family)f);
    for (const struct iss_node *child = node->first; child; child = child->next) {
        if (strcmp(child->name, "dist") == 0) {
            continue;
        }
        double *slot = parameter_slot(spec, f, child->name);
        if (slot == NULL) {
            report_parameter(child, f, diag);
            good = false;
        } else {
            good = read_parameter(child, unit, slot, diag) && good;
            given += slot < spec->p + 3 && slot >= spec->p;
        }
    }
    if (good && given < families[f].count) {
        iss_diag_error(diag, node->origin, iss_node_path(node, path, sizeof path),
                       "%s needs %s%s%s%s%s", families[f].name,
                       families[f].parameters[0], families[f].count > 1 ? ", " : "",
                       families[f].count > 1 ? families[f].parameters[1] : "",
                       families[f].count > 2 ? ", " : "",
                       families[f].count > 2 ? families[f].parameters[2] : "");
        return false;
    }
    return good;
}

/* The parameters as the scenario gives them, for a message: "min = 3, mode = 2". */
static const char *
written(const struct iss_node *node, char buffer[256])
{
    int length = 0;

    snprintf(buffer, 256, "no parameters");
    for (const struct iss_node *child = node->first; child; child = child->next) {
        char value[64];
        if (strcmp(child->name, "dist") != 0 && length < 160) {
            length += snprintf(buffer + length, 256 - (size_t)length, "%s%.24s = %s",
                               length > 0 ? ", " : "", child->name,
                               iss_node_value(child, value, sizeof value));
        }
    }
    return buffer;
}

const struct iss_dist *
iss_model_read_dist(const struct iss_node *node, const struct iss_key *key,
                    struct iss_arena *arena, struct iss_diag *diag)
{
    struct iss_dist_spec spec;
    const struct iss_dist *dist = NULL;
    char path[256], got[256];

    if (!read_spec(node, key->arg, &spec, diag)) {
        return NULL;
    }
    iss_node_path(node, path, sizeof path);
    const char *problem = iss_dist_problem(&spec);
    if (problem != NULL) {
        iss_diag_error(diag, node->origin, path, "%s; got %s", problem,
                       written(node, got));
        return NULL;
    }
    int status = iss_dist_build(&spec, arena, &dist);
    if (status == ISS_ERR_NO_MEMORY) {
        return NULL;
    }
    if (status != ISS_OK) {
        iss_diag_error(diag, node->origin, path, "cannot be built: %s",
                       iss_status_text(status));
        return NULL;
    }
    double low = iss_dist_quantile(dist, 0x1p-53);
    double high = iss_dist_quantile(dist, 0.5);
    if (low < key->lowest || high > key->highest) {
        bool constant = node->type != ISS_NODE_GROUP;
        iss_diag_error(diag, node->origin, path,
                       "out of range; got %s%g; allowed %.12g to %.12g%s%s",
                       constant            ? ""
                       : low < key->lowest ? "values down to "
                                           : "values of ",
                       low < key->lowest ? low : high, key->lowest, key->highest,
                       *key->arg != '\0' ? " " : "",
                       iss_unit_base(iss_model_dimension(key->arg)));
        return NULL;
    }
    return dist;
}
