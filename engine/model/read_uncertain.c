/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * read_uncertain.c - a number that isn't known: { uncertain = { dist = "uniform"; min =
 * 40; max = 60; }; } in place of it.
 *
 * It may stand for a number, for the constant that a distribution can be, and for a
 * number of a distribution.  The latter makes a law: a distribution that each world
 * builds anew from what it has drawn.  So that nothing can go wrong there, the numbers
 * are checked at all corners of what they can be.  (Between them nothing is worse: a
 * quantile moves one way with each number that may be uncertain, and what limits leave
 * of a family falls off towards the ends.)
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "isssim/status.h"
#include "model/read_dist.h"

bool
iss_model_is_uncertain(const struct iss_node *node)
{
    return node->type == ISS_NODE_GROUP && iss_node_child(node, "uncertain") != NULL;
}

double
iss_law_number(const struct iss_law_part *part, double value)
{
    return (part->inverse ? 1 / value : value) + part->offset;
}

/* ---- messages ------------------------------------------------------------------ */

bool
iss_refuse(const struct iss_dist_reader *reader, const struct iss_node *node,
           const char *problem)
{
    char path[256];

    iss_diag_error(reader->diag, node->origin, iss_node_path(node, path, sizeof path),
                   "%s", problem);
    return false;
}

bool
iss_refuse_uncertain(const struct iss_dist_reader *reader, const struct iss_node *node,
                     enum iss_dist_family family)
{
    const char *const *names = iss_family_parameters(family);
    char path[256], list[256] = "";
    int used = 0;

    if (reader->law == NULL) {
        return iss_refuse(reader, node, reader->known);
    }
    if (family == ISS_DIST_MIXTURE) {
        return iss_refuse(reader, node, "nothing in a mixture can be uncertain");
    }
    for (int32_t slot = 0; slot < ISS_DIST_P_ZERO; slot++) {
        if (iss_dist_can_remake(family, slot) && names[slot] != NULL &&
            *names[slot] != '\0') {
            used +=
                snprintf(list + used, sizeof list - (size_t)used, "%s, ", names[slot]);
        }
    }
    iss_diag_error(reader->diag, node->origin, iss_node_path(node, path, sizeof path),
                   "can't be uncertain; allowed of %s: %s%sp_zero, shift",
                   iss_family_name(family), list,
                   family == ISS_DIST_EXPONENTIAL ? "rate, " : "");
    return false;
}

bool
iss_check_extent(const struct iss_dist_reader *reader, const struct iss_node *node,
                 double least, double greatest, const char *hint)
{
    const struct iss_key *key = reader->key;
    bool constant = node->type != ISS_NODE_GROUP, below = least < key->lowest;
    char path[256];

    if (!below && !(greatest > key->highest)) {
        return true;
    }
    iss_diag_error(reader->diag, node->origin, iss_node_path(node, path, sizeof path),
                   "out of range; got %s%g; allowed %.12g to %.12g%s%s%s%s",
                   constant ? ""
                   : below  ? "values down to "
                            : "values of ",
                   below ? least : greatest, key->lowest, key->highest,
                   *key->arg != '\0' ? " " : "",
                   iss_unit_base(iss_model_dimension(key->arg)),
                   below && greatest > 0 && !constant && key->lowest == 0 &&
                           !iss_model_is_uncertain(node)
                       ? "; hint: give lower = 0"
                       : "",
                   hint);
    return false;
}

/* ---- one ----------------------------------------------------------------------- */

static int32_t
count_uncertain(const struct iss_node *node)
{
    int32_t count = 0;

    for (const struct iss_node *child = node->first; child; child = child->next) {
        count += count_uncertain(child);
    }
    return count + (node->name != NULL && strcmp(node->name, "uncertain") == 0);
}

int
iss_model_expect_uncertain(struct iss_model *model)
{
    size_t count = (size_t)count_uncertain(model->source.root) + 1;

    model->uncertain.items =
        iss_arena_array(&model->arena, count, sizeof(struct iss_uncertain));
    model->laws.items = iss_arena_array(&model->arena, count, sizeof(struct iss_law));
    return model->uncertain.items != NULL && model->laws.items != NULL
               ? ISS_OK
               : ISS_ERR_NO_MEMORY;
}

/* Besides `uncertain` the group holds nothing. */
static bool
is_alone(const struct iss_dist_reader *reader, const struct iss_node *node)
{
    bool good = true;

    for (const struct iss_node *child = node->first; child; child = child->next) {
        if (strcmp(child->name, "uncertain") != 0) {
            good = iss_refuse(reader, child,
                              "unknown setting; beside uncertain nothing may stand");
        }
    }
    return good;
}

static const char *
metric_units(const char *unit)
{
    enum iss_dimension dimension = iss_model_dimension(unit);

    return dimension == ISS_DIM_NONE   ? "1"
           : dimension == ISS_DIM_RATE ? "1/d"
                                       : iss_unit_base(dimension);
}

/* Its path, and what its metric says; false without memory. */
static bool
describe(const struct iss_dist_reader *reader, const struct iss_node *node,
         const char *parameter, struct iss_uncertain *self)
{
    char path[1024], doc[1024];

    snprintf(doc, sizeof doc, "Drawn value of %s%s%s: %s", reader->key->name,
             parameter != NULL ? "." : "", parameter != NULL ? parameter : "",
             reader->key->doc);
    self->path =
        iss_arena_strdup(&reader->model->arena, iss_node_path(node, path, sizeof path));
    self->doc = iss_arena_strdup(&reader->model->arena, doc);
    self->hash = iss_hash_name(path);
    self->origin = node->origin;
    return self->path != NULL && self->doc != NULL;
}

int32_t
iss_read_uncertain(const struct iss_dist_reader *reader, const struct iss_node *node,
                   const char *unit, const char *parameter)
{
    struct iss_rows *all = &reader->model->uncertain;
    struct iss_uncertain *self = (struct iss_uncertain *)all->items + all->count;
    const struct iss_node *inner = iss_node_child(node, "uncertain");
    struct iss_dist_reader within = *reader;

    if (!is_alone(reader, node)) {
        return -1;
    }
    within.unit = unit;
    within.law = NULL;
    within.known = "can't be uncertain; what an uncertain value is drawn from must be "
                   "known";
    self->dist = iss_read_any_dist(&within, inner);
    if (self->dist == NULL) {
        return -1;
    }
    if (!(fabs(iss_dist_mean(self->dist)) <= 1e100)) {
        iss_refuse(reader, inner, "an uncertain value needs a mean below 1e100");
        return -1;
    }
    self->median = iss_dist_quantile(self->dist, 0.5);
    self->units = metric_units(unit);
    return describe(reader, node, parameter, self) ? all->count++ : -1;
}

bool
iss_model_read_uncertain(const struct iss_node *node, const struct iss_key *key,
                         struct iss_model *model, struct iss_diag *diag,
                         struct iss_value *value)
{
    const struct iss_dist_reader reader = {
        .unit = key->arg, .model = model, .diag = diag, .key = key};
    int32_t index = iss_read_uncertain(&reader, node, key->arg, NULL);
    double least, greatest;

    if (index < 0) {
        return false;
    }
    const struct iss_dist *dist = iss_model_unknown(model, index)->dist;
    iss_dist_bounds(dist, &least, &greatest);
    if (key->lowest < key->highest &&
        !iss_check_extent(&reader, node, least, greatest,
                          "; lower and upper in it keep it there")) {
        return false;
    }
    *value = (struct iss_value){iss_dist_mean(dist), index};
    return true;
}

/* ---- laws ---------------------------------------------------------------------- */

bool
iss_read_law_part(const struct iss_dist_reader *reader, const struct iss_node *node,
                  const char *unit, struct iss_law_part part,
                  struct iss_dist_spec *spec)
{
    struct iss_law *law = reader->law;
    bool whole = reader->law != NULL && !iss_model_is_value(node->parent);
    double least, greatest;
    char path[256];

    if (law == NULL || !iss_dist_can_remake(spec->family, part.slot)) {
        return iss_refuse_uncertain(reader, node, spec->family);
    }
    part.uncertain = iss_read_uncertain(reader, node, unit, whole ? NULL : node->name);
    if (part.uncertain < 0) {
        return false;
    }
    const struct iss_dist *dist =
        iss_model_unknown(reader->model, part.uncertain)->dist;
    iss_dist_bounds(dist, &least, &greatest);
    if (part.inverse && !(least > 0)) {
        iss_diag_error(reader->diag, node->origin,
                       iss_node_path(node, path, sizeof path),
                       "rate must be positive; got values down to %g", least);
        return false;
    }
    law->parts[law->count++] = part;
    *iss_dist_slot(spec, part.slot) = iss_law_number(&part, iss_dist_mean(dist));
    return true;
}

/* The law's numbers where part i has its greatest value if bit i of `corner` is set,
 * else its least; and what they are called. */
static struct iss_dist_spec
spec_at(const struct iss_model *model, const struct iss_law *law, unsigned corner,
        char text[256])
{
    struct iss_dist_spec spec = law->spec;
    int used = 0;

    *text = '\0';
    for (int32_t i = 0; i < law->count; i++) {
        const struct iss_uncertain *unknown =
            iss_model_unknown(model, law->parts[i].uncertain);
        const char *dot = strrchr(unknown->path, '.');
        double least, greatest, value;
        iss_dist_bounds(unknown->dist, &least, &greatest);
        value = corner >> i & 1 ? greatest : least;
        *iss_dist_slot(&spec, law->parts[i].slot) =
            iss_law_number(&law->parts[i], value);
        if (used < 200) {
            used += snprintf(text + used, 256 - (size_t)used, "%s%.32s = %g%s%s",
                             i > 0 ? ", " : "", dot + 1, value,
                             strcmp(unknown->units, "1") == 0 ? "" : " ",
                             strcmp(unknown->units, "1") == 0 ? "" : unknown->units);
        }
    }
    return spec;
}

bool
iss_check_law(const struct iss_dist_reader *reader, const struct iss_node *node,
              const struct iss_law *law)
{
    struct iss_dist *dist = iss_arena_alloc(&reader->model->arena, iss_dist_size());
    double least = INFINITY;
    char text[256], path[256];

    for (unsigned corner = 0; dist != NULL && corner < 1u << law->count; corner++) {
        struct iss_dist_spec spec = spec_at(reader->model, law, corner, text);
        const char *problem = iss_dist_problem(&spec);
        double low, median;
        if (problem == NULL && law->dist != NULL &&
            iss_dist_remake(law->dist, &spec, dist) != ISS_OK) {
            problem = "no probability between lower and upper";
        }
        if (problem != NULL) {
            iss_diag_error(reader->diag, node->origin,
                           iss_node_path(node, path, sizeof path),
                           "%s with %s, which may be drawn", problem, text);
            return false;
        }
        if (law->dist != NULL) {
            iss_dist_extent(dist, &low, &median);
            least = fmin(least, low);
        }
    }
    return dist != NULL && iss_check_extent(reader, node, least, -INFINITY, "");
}

/* ---- identities ---------------------------------------------------------------- */

static int
compare_hashes(const void *a, const void *b)
{
    const struct iss_uncertain *const *one = a, *const *other = b;
    return ((*one)->hash > (*other)->hash) - ((*one)->hash < (*other)->hash);
}

/* Two paths with one hash would share their draws. */
int
iss_model_check_uncertain(struct iss_model *model, struct iss_diag *diag)
{
    size_t count = (size_t)model->uncertain.count;
    const struct iss_uncertain **sorted =
        iss_arena_array(&model->arena, count + 1, sizeof *sorted);

    if (sorted == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    for (size_t i = 0; i < count; i++) {
        sorted[i] = iss_model_unknown(model, (int32_t)i);
    }
    qsort(sorted, count, sizeof *sorted, compare_hashes);
    for (size_t i = 1; i < count; i++) {
        if (sorted[i]->hash == sorted[i - 1]->hash) {
            iss_diag_error(diag, sorted[i]->origin, sorted[i]->path,
                           "has the same hash as %s; rename one of them",
                           sorted[i - 1]->path);
        }
    }
    return ISS_OK;
}
