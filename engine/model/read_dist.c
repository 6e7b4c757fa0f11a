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
    const char *parameters[4];
} families[] = {ISS_DIST_LIST(FAMILY_ROW){"gamma_rate", 0, {NULL}}};
#undef FAMILY_ROW

/* Other names: a gamma that is given by counts, a mixture, and a minimum. */
enum { GAMMA_RATE = ISS_DIST_FAMILIES, CATEGORICAL, BATHTUB, NAMES };

/* What a family has besides numbers, or instead of one of them. */
static const struct {
    size_t family;
    const char *name;
} further[] = {
    {ISS_DIST_EXPONENTIAL, "rate"}, {ISS_DIST_MIXTURE, "weights"},
    {ISS_DIST_MIXTURE, "of"},       {ISS_DIST_MINIMUM, "of"},
    {ISS_DIST_EMPIRICAL, "values"}, {ISS_DIST_EMPIRICAL, "file"},
    {ISS_DIST_EMPIRICAL, "column"}, {ISS_DIST_EMPIRICAL, "unit"},
    {ISS_DIST_BETA, "successes"},   {ISS_DIST_BETA, "trials"},
    {ISS_DIST_BETA, "prior"},       {GAMMA_RATE, "events"},
    {GAMMA_RATE, "exposure"},       {GAMMA_RATE, "prior"},
};
#define FURTHER (sizeof further / sizeof *further)

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
    const struct iss_node *inner = iss_node_child(group, "uncertain");

    if (inner != NULL && group->count == 1 &&
        (inner->type != ISS_NODE_GROUP || iss_node_child(inner, "dist") != NULL)) {
        return true;
    }
    return iss_node_child(group, "dist") != NULL;
}

const char *
iss_family_name(enum iss_dist_family family)
{
    return families[family].name;
}

const char *const *
iss_family_parameters(enum iss_dist_family family)
{
    return families[family].parameters;
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

/* The parameter `name` of family `f`, number `slot` of the spec. */
static bool
read_parameter(const struct iss_dist_reader *reader, const struct iss_node *node,
               size_t f, int32_t slot, struct iss_dist_spec *spec)
{
    const char *unit = reader->unit;
    enum iss_dimension dimension = iss_model_dimension(unit);
    enum scaling scaling = parameter_scaling(f, node->name);
    struct iss_law_part part = {.slot = slot};
    double value;

    if (scaling == LOGARITHM && dimension != ISS_DIM_NONE) {
        part.offset = log(iss_unit_factor(dimension, unit, strlen(unit)));
    }
    if (scaling != IN_UNIT) {
        dimension = ISS_DIM_NONE;
        unit = "";
    }
    if (iss_model_is_uncertain(node)) {
        return iss_read_law_part(reader, node, unit, part, spec);
    }
    if (!iss_node_quantity(node, dimension, unit, &value, reader->diag)) {
        return false;
    }
    *iss_dist_slot(spec, slot) = iss_law_number(&part, value);
    return true;
}

/* The rate of an exponential, one over its mean: 0.02 (a day, for a time in days) or
 * "0.7 /yr". */
static bool
read_rate(const struct iss_dist_reader *reader, const struct iss_node *node,
          struct iss_dist_spec *spec)
{
    bool timed = iss_model_dimension(reader->unit) == ISS_DIM_TIME;
    const struct iss_law_part part = {.slot = 0, .inverse = true};
    char per[16], path[256], got[96];
    double rate;

    snprintf(per, sizeof per, "%s%s", timed ? "/" : "", timed ? reader->unit : "");
    if (iss_model_is_uncertain(node)) {
        return iss_read_law_part(reader, node, per, part, spec);
    }
    if (!iss_node_quantity(node, timed ? ISS_DIM_RATE : ISS_DIM_NONE, per, &rate,
                           reader->diag)) {
        return false;
    }
    if (!(rate > 0)) {
        iss_diag_error(
            reader->diag, node->origin, iss_node_path(node, path, sizeof path),
            "rate must be positive; got %s", iss_node_value(node, got, sizeof got));
        return false;
    }
    spec->p[0] = iss_law_number(&part, rate);
    return true;
}

/* Which number of a spec the parameter `name` of family `f` is; -1 when it has none. */
static int32_t
parameter_slot(size_t f, const char *name)
{
    static const char *const around[] = {"p_zero", "shift", "lower", "upper"};

    for (int32_t i = 0; i < families[f].count; i++) {
        if (strcmp(families[f].parameters[i], name) == 0) {
            return i;
        }
    }
    for (int32_t i = ISS_DIST_P_ZERO; i < ISS_DIST_SLOTS; i++) {
        if (strcmp(around[i - ISS_DIST_P_ZERO], name) == 0) {
            return i;
        }
    }
    return -1;
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

/* A group without `dist`, which should have one. */
static void
report_no_family(const struct iss_dist_reader *reader, const struct iss_node *node)
{
    static const char *const meant[] = {"dist", "uncertain"};
    const struct iss_source *source = &reader->model->source;
    bool layered =
        source->files->next != NULL || strcmp(node->origin.file, "--set") == 0;
    const char *near = NULL;
    char path[256];

    for (const struct iss_node *child = node->first; child && !near;
         child = child->next) {
        near = iss_diag_suggest(child->name, meant, 2);
    }
    iss_diag_error(
        reader->diag, node->origin, iss_node_path(node, path, sizeof path),
        "must be a number, a quantity or a distribution; got a group "
        "without dist; %s%s%s%s",
        near ? "did you mean " : "for example ",
        near ? near : "{ dist = \"exponential\"; mean = 9; }", near ? "?" : "",
        near == NULL && layered ? "; hint: a later layer replaces a distribution whole"
                                : "");
}

static bool
find_family(const struct iss_dist_reader *reader, const struct iss_node *node,
            size_t *f)
{
    struct iss_diag *diag = reader->diag;
    const char *names[NAMES];
    const struct iss_node *dist = iss_node_child(node, "dist");
    const char *name;
    char path[256], list[256];

    if (dist == NULL) {
        report_no_family(reader, node);
        return false;
    }
    if (!iss_node_text(dist, &name, diag)) {
        return false;
    }
    for (size_t i = 0; i < NAMES; i++) {
        names[i] = i == CATEGORICAL ? "categorical"
                   : i == BATHTUB   ? "bathtub"
                                    : families[i].name;
        if (strcmp(names[i], name) == 0) {
            *f = i == CATEGORICAL ? ISS_DIST_MIXTURE
                 : i == BATHTUB   ? ISS_DIST_MINIMUM
                                  : i;
            return true;
        }
    }
    const char *near = iss_diag_suggest(name, names, NAMES);
    iss_diag_error(diag, dist->origin, iss_node_path(dist, path, sizeof path),
                   "no such distribution; got \"%s\"; allowed %s%s%s%s", name,
                   join(names, NAMES, list), near ? "; did you mean " : "",
                   near ? near : "", near ? "?" : "");
    return false;
}

/* A family that isn't given by all its parameters. */
static void
report_incomplete(const struct iss_dist_reader *reader, const struct iss_node *node,
                  size_t f)
{
    char path[256], list[256];

    iss_diag_error(reader->diag, node->origin, iss_node_path(node, path, sizeof path),
                   "%s needs %s%s", families[f].name,
                   join(families[f].parameters, (size_t)families[f].count, list),
                   f == ISS_DIST_EXPONENTIAL ? " or rate, one of them"
                   : f == ISS_DIST_BETA      ? ", or successes, trials"
                                             : "");
}

/* The numbers of a family, and those around it. */
static bool
read_numbers(const struct iss_dist_reader *reader, const struct iss_node *node,
             size_t f, struct iss_dist_spec *spec)
{
    bool counted = f == ISS_DIST_BETA && iss_is_posterior(node), good = true;
    int given = 0;

    for (const struct iss_node *child = node->first; child; child = child->next) {
        int32_t slot = parameter_slot(f, child->name);
        if (strcmp(child->name, "dist") == 0) {
            continue;
        }
        if (slot >= 0) {
            good = read_parameter(reader, child, f, slot, spec) && good;
            given += slot < ISS_DIST_P_ZERO;
        } else if (f == ISS_DIST_EXPONENTIAL && strcmp(child->name, "rate") == 0) {
            good = read_rate(reader, child, spec) && good;
            given++;
        } else if (!is_further(f, child->name)) {
            report_parameter(child, f, reader->diag);
            good = false;
        }
    }
    if (good && given != (counted ? 0 : families[f].count)) {
        report_incomplete(reader, node, f);
        return false;
    }
    return good;
}

/* What a family has besides numbers, or instead of them. */
static bool
read_further(const struct iss_dist_reader *reader, const struct iss_node *node,
             size_t f, struct iss_dist_spec *spec)
{
    switch (f) {
    case ISS_DIST_MIXTURE:
        return iss_read_mixture(reader, node, spec);
    case ISS_DIST_MINIMUM:
        return iss_read_minimum(reader, node, spec);
    case ISS_DIST_EMPIRICAL:
        return iss_read_record(reader, node, spec);
    case ISS_DIST_BETA:
        return !iss_is_posterior(node) || iss_read_beta_posterior(reader, node, spec);
    case GAMMA_RATE:
        return iss_read_rate_posterior(reader, node, spec);
    default:
        return true;
    }
}

static bool
read_spec(const struct iss_dist_reader *reader, const struct iss_node *node,
          struct iss_dist_spec *spec)
{
    enum iss_dimension dimension = iss_model_dimension(reader->unit);
    double factor = iss_unit_factor(dimension, reader->unit, strlen(reader->unit));
    size_t f;

    *spec = iss_dist_spec(ISS_DIST_CONSTANT);
    if (iss_model_is_uncertain(node)) {
        return iss_read_law_part(reader, node, reader->unit, (struct iss_law_part){0},
                                 spec);
    }
    if (node->type != ISS_NODE_GROUP) {
        return iss_node_quantity(node, dimension, reader->unit, &spec->p[0],
                                 reader->diag);
    }
    if (!find_family(reader, node, &f)) {
        return false;
    }
    if (f == ISS_DIST_EMPIRICAL && iss_node_child(node, "file") != NULL) {
        return true; /* what is wrong with the file has been said: see record.c */
    }
    *spec = iss_dist_spec(f == GAMMA_RATE ? ISS_DIST_GAMMA : (enum iss_dist_family)f);
    spec->unit = factor > 0 ? factor : 1;
    bool good = read_numbers(reader, node, f, spec);
    if (!good && (f == ISS_DIST_BETA || f == GAMMA_RATE)) {
        return false; /* what has another name isn't missing */
    }
    return read_further(reader, node, f, spec) && good;
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
    struct iss_law *law = reader->law;
    struct iss_dist_spec spec;
    const struct iss_dist *dist = NULL;
    char path[256], given[256];

    if (!read_spec(reader, node, &spec)) {
        return NULL;
    }
    if (law != NULL) {
        spec.mark = law->count > 0 ? 1 + reader->model->laws.count : 0;
        law->spec = spec;
    }
    iss_node_path(node, path, sizeof path);
    const char *problem = iss_dist_problem(&spec);
    if (problem != NULL && law != NULL && law->count > 0 &&
        !iss_check_law(reader, node, law)) {
        return NULL;
    }
    if (problem != NULL) {
        iss_diag_error(reader->diag, node->origin, path, "%s%s", problem,
                       node->type == ISS_NODE_GROUP ? given_text(node, given) : "");
        return NULL;
    }
    int status = iss_dist_build(&spec, &reader->model->arena, &dist);
    if (status == ISS_ERR_NO_MEMORY) {
        return NULL;
    }
    if (status != ISS_OK) {
        iss_diag_error(reader->diag, node->origin, path, "cannot be built: %s",
                       iss_status_text(status));
        return NULL;
    }
    if (law != NULL) {
        law->dist = dist;
    }
    return dist;
}

const struct iss_dist *
iss_model_read_dist(const struct iss_node *node, const struct iss_key *key,
                    struct iss_model *model, struct iss_diag *diag)
{
    /* Behind the last law there is room to note one more. */
    struct iss_law *law = (struct iss_law *)model->laws.items + model->laws.count;
    const struct iss_dist_reader reader = {
        .unit = key->arg, .model = model, .diag = diag, .key = key, .law = law};
    double low, high;

    *law = (struct iss_law){.count = 0};
    const struct iss_dist *dist = iss_read_any_dist(&reader, node);
    if (dist == NULL) {
        return NULL;
    }
    iss_dist_extent(dist, &low, &high);
    if (!iss_check_extent(&reader, node, low, high, "")) {
        return NULL;
    }
    if (law->count > 0) {
        if (!iss_check_law(&reader, node, law)) {
            return NULL;
        }
        model->laws.count++;
    }
    return dist;
}
