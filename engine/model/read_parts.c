/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read_parts.c - distributions made of lists: { dist = "mixture"; weights = [ 0.2, 0.8
 * ]; of = ( 12, { dist = ... } ); } and { dist = "empirical"; values = [ 3, 5, 5, 9 ];
 * }; and { dist = "minimum"; of = ( ... ); }, also called "bathtub".
 *
 * A categorical distribution is a mixture of numbers, and may be called so.  A column
 * of a table has become a list of values before anything is read (record.c).
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/units.h"
#include "model/read_dist.h"

#define SUM_ERROR 1e-9

/* The list or array called `name`; NULL, reported, when it is none. */
static const struct iss_node *
find_list(const struct iss_dist_reader *reader, const struct iss_node *node,
          const char *name, enum iss_dist_family family, const char *needs)
{
    const struct iss_node *list = iss_node_child(node, name);
    char path[256], got[96];

    if (list == NULL) {
        iss_refuse(reader, node, needs);
        return NULL;
    }
    if (iss_model_is_uncertain(list)) {
        iss_refuse_uncertain(reader, list, family);
        return NULL;
    }
    if (list->type != ISS_NODE_LIST && list->type != ISS_NODE_ARRAY) {
        iss_diag_error(reader->diag, list->origin,
                       iss_node_path(list, path, sizeof path),
                       "must be a list; got %s; allowed [ ... ] or ( ... )",
                       iss_node_value(list, got, sizeof got));
        return NULL;
    }
    return list;
}

/* ---- mixtures ------------------------------------------------------------------ */

static bool
read_weights(const struct iss_dist_reader *reader, const struct iss_node *list,
             double *weights)
{
    double sum = 0, *weight = weights;
    char path[256];
    bool good = true;

    for (const struct iss_node *item = list->first; item; item = item->next) {
        good = iss_node_quantity(item, ISS_DIM_NONE, "", weight, reader->diag) && good;
        if (*weight < 0) {
            good = iss_refuse(reader, item, "a weight must not be negative");
        }
        sum += *weight++;
    }
    if (good && fabs(sum - 1) > SUM_ERROR) {
        iss_diag_error(reader->diag, list->origin,
                       iss_node_path(list, path, sizeof path),
                       "weights must sum to 1; got a sum of %.12g", sum);
        return false;
    }
    return good;
}

static bool
read_components(const struct iss_dist_reader *reader, const struct iss_node *list,
                const struct iss_dist **of)
{
    struct iss_dist_reader within = *reader;
    bool good = true;

    within.law = NULL;
    if (reader->law != NULL) {
        within.known = "no part of another distribution can be uncertain";
    }
    for (const struct iss_node *item = list->first; item; item = item->next) {
        *of = iss_read_any_dist(&within, item);
        good = *of++ != NULL && good;
    }
    return good;
}

bool
iss_read_mixture(const struct iss_dist_reader *reader, const struct iss_node *node,
                 struct iss_dist_spec *spec)
{
    static const char needs[] =
        "a mixture needs weights and of; for example { dist = \"mixture\"; weights = "
        "[ 0.9, 0.1 ]; of = ( 2, { dist = \"exponential\"; mean = 30; } ); }";
    const struct iss_node *weights =
        find_list(reader, node, "weights", ISS_DIST_MIXTURE, needs);
    const struct iss_node *of =
        weights != NULL ? find_list(reader, node, "of", ISS_DIST_MIXTURE, needs) : NULL;
    char path[256];

    if (of == NULL) {
        return false;
    }
    if (of->count != weights->count || of->count == 0) {
        iss_diag_error(reader->diag, of->origin, iss_node_path(of, path, sizeof path),
                       "must have as many components as there are weights; got %d for "
                       "%d weights",
                       of->count, weights->count);
        return false;
    }
    double *weight =
        iss_arena_array(&reader->model->arena, (size_t)of->count, sizeof *weight);
    const struct iss_dist **component = iss_arena_alloc(
        &reader->model->arena, (size_t)of->count * sizeof(const struct iss_dist *));
    if (weight == NULL || component == NULL) {
        return false;
    }
    bool good = read_weights(reader, weights, weight);
    if (!read_components(reader, of, component) || !good) {
        return false;
    }
    spec->count = of->count;
    spec->weights = weight;
    spec->of = component;
    return true;
}

/* ---- minima -------------------------------------------------------------------- */

bool
iss_read_minimum(const struct iss_dist_reader *reader, const struct iss_node *node,
                 struct iss_dist_spec *spec)
{
    const struct iss_node *of = find_list(
        reader, node, "of", ISS_DIST_MINIMUM,
        "a minimum needs of, a list of lifetimes; for example { dist = \"bathtub\"; of "
        "= "
        "( { dist = \"weibull\"; shape = 0.5; scale = 9000; }, { dist = \"weibull\"; "
        "shape = 4; scale = 700; } ); }");

    if (of == NULL) {
        return false;
    }
    if (of->count == 0) {
        return iss_refuse(reader, of,
                          "is empty; a minimum needs at least one lifetime");
    }
    const struct iss_dist **component = iss_arena_alloc(
        &reader->model->arena, (size_t)of->count * sizeof(const struct iss_dist *));
    if (component == NULL || !read_components(reader, of, component)) {
        return false;
    }
    spec->count = of->count;
    spec->of = component;
    return true;
}

/* ---- records ------------------------------------------------------------------- */

static int
compare(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

/* The unit of the record's bare numbers; false, reported, when it doesn't suit. */
static bool
read_unit(const struct iss_dist_reader *reader, const struct iss_node *node,
          const char **unit)
{
    const struct iss_node *setting = iss_node_child(node, "unit");
    enum iss_dimension dimension = iss_model_dimension(reader->unit);
    char path[256];

    *unit = reader->unit;
    if (setting == NULL) {
        return true;
    }
    if (!iss_node_text(setting, unit, reader->diag)) {
        return false;
    }
    if (iss_unit_factor(dimension, *unit, strlen(*unit)) > 0) {
        return true;
    }
    iss_diag_error(reader->diag, setting->origin,
                   iss_node_path(setting, path, sizeof path),
                   "must be the unit of %s; got \"%s\"; allowed %s",
                   iss_dimension_name(dimension), *unit, iss_unit_names(dimension));
    return false;
}

bool
iss_read_record(const struct iss_dist_reader *reader, const struct iss_node *node,
                struct iss_dist_spec *spec)
{
    const struct iss_node *list =
        find_list(reader, node, "values", ISS_DIST_EMPIRICAL,
                  "an empirical distribution needs values, or file and column");
    const char *unit;
    int32_t count = 0;
    bool good = true;

    if (list == NULL || !read_unit(reader, node, &unit)) {
        return false;
    }
    if (list->count == 0) {
        return iss_refuse(reader, list,
                          "is empty; an empirical distribution needs at least "
                          "one value");
    }
    if (list->count > ISS_RECORD_MAX) {
        return iss_refuse(reader, list, "has too many values; allowed 20000");
    }
    double *values =
        iss_arena_array(&reader->model->arena, (size_t)list->count, sizeof *values);
    if (values == NULL) {
        return false;
    }
    for (const struct iss_node *item = list->first; item; item = item->next) {
        good = iss_node_quantity(item, iss_model_dimension(unit), unit,
                                 &values[count++], reader->diag) &&
               good;
    }
    qsort(values, (size_t)count, sizeof *values, compare);
    spec->count = count;
    spec->values = values;
    return good;
}
