/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read_dist.c - a distribution in a scenario: 12, "12 d", or
 * { dist = "weibull"; shape = 1.04; scale = 172.9; p_zero = 0.1; }.  Those made of
 * lists are read in read_parts.c.
 *
 * Values are brought to the base unit here, so that a drawn variate needs no
 * conversion.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/units.h"
#include "isssim/status.h"
#include "model/read_dist.h"

/* How a parameter depends on the unit of the variate. */
enum scaling { IN_UNIT, PURE, LOGARITHM };

#define FAMILY_ROW(NAME, name, count, a, b, c) {#name, count, {a, b, c}},
static const struct {
    const char *name;
    int count;
    const char *parameters[3];
} families[] = {ISS_DIST_LIST(FAMILY_ROW)};
#undef FAMILY_ROW

/* What a family has besides numbers, or instead of one of them. */
static const struct {
    enum iss_dist_family family;
    const char *name;
} further[] = {
    {ISS_DIST_EXPONENTIAL, "rate"}, {ISS_DIST_MIXTURE, "weights"},
    {ISS_DIST_MIXTURE, "of"},       {ISS_DIST_MINIMUM, "of"},
    {ISS_DIST_EMPIRICAL, "values"}, {ISS_DIST_EMPIRICAL, "file"},
    {ISS_DIST_EMPIRICAL, "column"}, {ISS_DIST_EMPIRICAL, "unit"},
};
#define FURTHER (sizeof further / sizeof *further)

/* What some know a family as. */
static const struct {
    enum iss_dist_family family;
    const char *name;
} aliases[] = {{ISS_DIST_MIXTURE, "categorical"}, {ISS_DIST_MINIMUM, "bathtub"}};
#define ALIASES (sizeof aliases / sizeof *aliases)

#define NAMES_MAX 12

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
parameter_scaling(size_t f, const char *name)
{
    static const char *const pure[] = {"shape", "sigma", "a", "b", "p_zero", "n", "p"};
    for (size_t i = 0; i < sizeof pure / sizeof *pure; i++) {
        if (strcmp(name, pure[i]) == 0) {
            return PURE;
        }
    }
    if (f == ISS_DIST_POISSON && strcmp(name, "mean") == 0) {
        return PURE; /* a count of the key's unit */
    }
    return strcmp(name, "mu") == 0 ? LOGARITHM : IN_UNIT;
}

static bool
read_parameter(const struct iss_node *node, size_t f, const char *unit, double *value,
               struct iss_diag *diag)
{
    enum iss_dimension dimension = iss_model_dimension(unit);
    switch (parameter_scaling(f, node->name)) {
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

/* The rate of an exponential, one over its mean: 0.02 (a day, for a time in days) or
 * "0.7 /yr". */
static bool
read_rate(const struct iss_node *node, const char *unit, double *mean,
          struct iss_diag *diag)
{
    bool timed = iss_model_dimension(unit) == ISS_DIM_TIME;
    char per[16], path[256], got[96];
    double rate;

    snprintf(per, sizeof per, "%s%s", timed ? "/" : "", timed ? unit : "");
    if (!iss_node_quantity(node, timed ? ISS_DIM_RATE : ISS_DIM_NONE, per, &rate,
                           diag)) {
        return false;
    }
    if (!(rate > 0)) {
        iss_diag_error(diag, node->origin, iss_node_path(node, path, sizeof path),
                       "rate must be positive; got %s",
                       iss_node_value(node, got, sizeof got));
        return false;
    }
    *mean = 1 / rate;
    return true;
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

/* "min, max, p_zero" of `count` names; in `buffer`. */
static const char *
join(const char *const *names, size_t count, char buffer[256])
{
    size_t used = 0;

    buffer[0] = '\0';
    for (size_t i = 0; i < count && used < 256; i++) {
        used += (size_t)snprintf(buffer + used, 256 - used, "%s%s", i > 0 ? ", " : "",
                                 names[i]);
    }
    return buffer;
}

static bool
is_further(size_t f, const char *name)
{
    for (size_t i = 0; i < FURTHER; i++) {
        if (further[i].family == f && strcmp(further[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void
report_parameter(const struct iss_node *node, size_t f, struct iss_diag *diag)
{
    static const char *const around[] = {"p_zero", "shift", "lower", "upper"};
    const char *names[NAMES_MAX];
    char path[256], list[256];
    size_t count = 0;
    for (int i = 0; i < families[f].count; i++) {
        names[count++] = families[f].parameters[i];
    }
    for (size_t i = 0; i < FURTHER; i++) {
        if (further[i].family == f) {
            names[count++] = further[i].name;
        }
    }
    for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
        names[count++] = around[i];
    }
    const char *near = iss_diag_suggest(node->name, names, count);
    iss_diag_error(diag, node->origin, iss_node_path(node, path, sizeof path),
                   "unknown parameter of %s; allowed %s%s%s%s", families[f].name,
                   join(names, count, list), near ? "; did you mean " : "",
                   near ? near : "", near ? "?" : "");
}

static bool
find_family(const struct iss_node *node, size_t *f, struct iss_diag *diag)
{
    const char *names[ISS_DIST_FAMILIES + ALIASES];
    const struct iss_node *dist = iss_node_child(node, "dist");
    const char *name;
    char path[256], list[256];

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
    for (size_t i = 0; i < ALIASES; i++) {
        names[ISS_DIST_FAMILIES + i] = aliases[i].name;
        if (strcmp(aliases[i].name, name) == 0) {
            *f = aliases[i].family;
            return true;
        }
    }
    const char *near = iss_diag_suggest(name, names, ISS_DIST_FAMILIES + ALIASES);
    iss_diag_error(diag, dist->origin, iss_node_path(dist, path, sizeof path),
                   "no such distribution; got \"%s\"; allowed %s%s%s%s", name,
                   join(names, ISS_DIST_FAMILIES + ALIASES, list),
                   near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
    return false;
}

/* The numbers of a family, and those around it. */
static bool
read_numbers(const struct iss_dist_reader *reader, const struct iss_node *node,
             size_t f, struct iss_dist_spec *spec)
{
    struct iss_diag *diag = reader->diag;
    int given = 0;
    bool good = true;
    char path[256], list[256];

    for (const struct iss_node *child = node->first; child; child = child->next) {
        double *slot = parameter_slot(spec, f, child->name);
        if (strcmp(child->name, "dist") == 0) {
            continue;
        }
        if (slot != NULL) {
            good = read_parameter(child, f, reader->unit, slot, diag) && good;
            given += slot < spec->p + 3 && slot >= spec->p;
        } else if (f == ISS_DIST_EXPONENTIAL && strcmp(child->name, "rate") == 0) {
            good = read_rate(child, reader->unit, &spec->p[0], diag) && good;
            given++;
        } else if (!is_further(f, child->name)) {
            report_parameter(child, f, diag);
            good = false;
        }
    }
    if (good && given != families[f].count) {
        iss_diag_error(diag, node->origin, iss_node_path(node, path, sizeof path),
                       "%s needs %s%s", families[f].name,
                       join(families[f].parameters, (size_t)families[f].count, list),
                       f == ISS_DIST_EXPONENTIAL ? " or rate, one of them" : "");
        return false;
    }
    return good;
}

static bool
read_spec(const struct iss_dist_reader *reader, const struct iss_node *node,
          struct iss_dist_spec *spec)
{
    enum iss_dimension dimension = iss_model_dimension(reader->unit);
    double factor = iss_unit_factor(dimension, reader->unit, strlen(reader->unit));
    size_t f;

    *spec = iss_dist_spec(ISS_DIST_CONSTANT);
    if (node->type != ISS_NODE_GROUP) {
        return iss_node_quantity(node, dimension, reader->unit, &spec->p[0],
                                 reader->diag);
    }
    if (!find_family(node, &f, reader->diag)) {
        return false;
    }
    if (f == ISS_DIST_EMPIRICAL && iss_node_child(node, "file") != NULL) {
        return true; /* what is wrong with the file has been said: see record.c */
    }
    *spec = iss_dist_spec((enum iss_dist_family)f);
    spec->unit = factor > 0 ? factor : 1;
    bool good = read_numbers(reader, node, f, spec);
    if (f == ISS_DIST_MIXTURE) {
        good = iss_read_mixture(reader, node, spec) && good;
    } else if (f == ISS_DIST_MINIMUM) {
        good = iss_read_minimum(reader, node, spec) && good;
    } else if (f == ISS_DIST_EMPIRICAL) {
        good = iss_read_record(reader, node, spec) && good;
    }
    return good;
}

/* "; got min = 3, max = 1": the numbers as the scenario has them. */
static const char *
given_text(const struct iss_node *node, char buffer[256])
{
    char got[96];
    size_t used = 0;

    buffer[0] = '\0';
    for (const struct iss_node *child = node->first; child; child = child->next) {
        if (child->type >= ISS_NODE_INT && strcmp(child->name, "dist") != 0 &&
            used < 256) {
            used += (size_t)snprintf(buffer + used, 256 - used, "%s%s = %s",
                                     used > 0 ? ", " : "; got ", child->name,
                                     iss_node_value(child, got, sizeof got));
        }
    }
    return buffer;
}

const struct iss_dist *
iss_read_any_dist(const struct iss_dist_reader *reader, const struct iss_node *node)
{
    struct iss_dist_spec spec;
    const struct iss_dist *dist = NULL;
    char path[256], given[256];

    if (!read_spec(reader, node, &spec)) {
        return NULL;
    }
    iss_node_path(node, path, sizeof path);
    const char *problem = iss_dist_problem(&spec);
    if (problem != NULL) {
        iss_diag_error(reader->diag, node->origin, path, "%s%s", problem,
                       node->type == ISS_NODE_GROUP ? given_text(node, given) : "");
        return NULL;
    }
    int status = iss_dist_build(&spec, reader->arena, &dist);
    if (status == ISS_ERR_NO_MEMORY) {
        return NULL;
    }
    if (status != ISS_OK) {
        iss_diag_error(reader->diag, node->origin, path, "cannot be built: %s",
                       iss_status_text(status));
        return NULL;
    }
    return dist;
}

const struct iss_dist *
iss_model_read_dist(const struct iss_node *node, const struct iss_key *key,
                    struct iss_arena *arena, struct iss_diag *diag)
{
    const struct iss_dist_reader reader = {key->arg, arena, diag};
    const struct iss_dist *dist = iss_read_any_dist(&reader, node);
    char path[256];
    double low, high;

    if (dist == NULL) {
        return NULL;
    }
    iss_dist_extent(dist, &low, &high);
    if (low < key->lowest || high > key->highest) {
        bool constant = node->type != ISS_NODE_GROUP;
        iss_diag_error(diag, node->origin, iss_node_path(node, path, sizeof path),
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
