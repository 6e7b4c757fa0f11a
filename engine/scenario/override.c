/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * override.c - "flights.MS-23.crew=[]" or "effects[2].factor=0.5", one step at a time;
 * "remove=[...]" as the one that takes away.
 */
#include "scenario/override.h"

#include <stdlib.h>
#include <string.h>

#include "isssim/status.h"
#include "scenario/flat.h"
#include "scenario/merge.h"
#include "scenario/node.h"
#include "scenario/parse.h"
#include "scenario/quote.h"

struct step {
    const char *name; /* NULL for an index */
    size_t length;
    int32_t index;
};

struct overriding {
    const char *text; /* the whole override */
    struct iss_origin origin;
    struct iss_arena *arena;
    struct iss_diag *diag;
};

static int
refuse(const struct overriding *o, const char *problem, const char *rest)
{
    iss_diag_error(o->diag, o->origin, "", "%s; got %.200s%s", problem, o->text, rest);
    return ISS_ERR_SCENARIO;
}

/* "[12]" */
static bool
read_index(const char **path, const char *end, struct step *step)
{
    const char *c = *path + 1;
    long index = 0;

    *step = (struct step){NULL, 0, 0};
    for (; c < end && *c >= '0' && *c <= '9' && index < 1000000; c++) {
        index = 10 * index + (*c - '0');
    }
    if (c == *path + 1 || c >= end || *c != ']') {
        return false;
    }
    step->index = (int32_t)index;
    *path = c + 1;
    return true;
}

/* The next step of the path that ends at `end`; false for bad syntax. */
static bool
read_step(const char **path, const char *end, bool first, struct step *step)
{
    const char *c = *path;

    if (!first && *c == '[') {
        return read_index(path, end, step);
    }
    if (!first) {
        if (*c != '.') {
            return false;
        }
        c++;
    }
    *step = (struct step){c, 0, 0};
    while (c < end && *c != '.' && *c != '[') {
        c++;
    }
    step->length = (size_t)(c - step->name);
    *path = c;
    return iss_lexer_is_name(step->name, step->length);
}

static struct iss_node *
member(const struct iss_node *node, int32_t index)
{
    struct iss_node *child = node->first;

    while (child != NULL && index > 0) {
        child = child->next;
        index--;
    }
    return child;
}

/* Go down one step, making a group that isn't there. */
static int
descend(const struct overriding *o, const struct step *step, struct iss_node **node)
{
    bool group = (*node)->type == ISS_NODE_GROUP;
    struct iss_node *child;
    char *name;

    if (group != (step->name != NULL) || (*node)->type >= ISS_NODE_INT) {
        return refuse(o, "path leads into something that has no such members",
                      group ? "; hint: a group's members have names" : "");
    }
    child = group ? *iss_node_link(*node, step->name, step->length)
                  : member(*node, step->index);
    if (child == NULL && !group) {
        return refuse(o, "there is no such member of the list", "");
    }
    if (child == NULL) {
        name = iss_arena_printf(o->arena, "%.*s", (int)step->length, step->name);
        child = iss_node_new_group(o->arena, name, o->origin);
        if (name == NULL || child == NULL) {
            return ISS_ERR_NO_MEMORY;
        }
        iss_node_append(*node, child);
    }
    *node = child;
    return ISS_OK;
}

/* The value as one setting in a group of its own. */
static int
parse_value(const struct overriding *o, const char *name, const char *value,
            struct iss_node **layer)
{
    struct iss_diag quiet = {0};
    struct iss_flat flat = {0};
    bool syntax = false;
    const char *quoted = iss_quote_members(o->arena, value);
    const char *text =
        quoted == NULL ? NULL : iss_arena_printf(o->arena, "%s = %s\n", name, quoted);
    int status = text == NULL
                     ? ISS_ERR_NO_MEMORY
                     : iss_flat_read_text(&flat, text, o->origin, &quiet, &syntax);

    *layer = NULL;
    if (status == ISS_ERR_SCENARIO && !syntax) {
        iss_flat_clear(&flat);
        status = iss_flat_read_text(&flat, text, o->origin, o->diag, &syntax);
    } else if (status == ISS_ERR_SCENARIO) {
        status = ISS_OK; /* not scenario text: a text */
    } else if (status == ISS_OK) {
        status = iss_parse(&flat, o->origin, o->arena, o->diag, layer);
    }
    iss_flat_clear(&flat);
    iss_diag_clear(&quiet);
    return status;
}

/* A group with the one setting that the override makes. */
static int
make_layer(const struct overriding *o, const struct step *step, const char *value,
           struct iss_node **layer)
{
    const char *name =
        step->name == NULL
            ? "value"
            : iss_arena_printf(o->arena, "%.*s", (int)step->length, step->name);
    struct iss_node *text;
    int status = name == NULL ? ISS_ERR_NO_MEMORY : parse_value(o, name, value, layer);

    if (status != ISS_OK || (*layer != NULL && (*layer)->count == 1)) {
        return status;
    }
    *layer = iss_node_new_group(o->arena, "", o->origin);
    text = iss_node_new_group(o->arena, name, o->origin);
    if (*layer == NULL || text == NULL) {
        return ISS_ERR_NO_MEMORY;
    }
    text->type = ISS_NODE_TEXT;
    text->value.text = iss_arena_strdup(o->arena, value);
    iss_node_append(*layer, text);
    return text->value.text == NULL ? ISS_ERR_NO_MEMORY : ISS_OK;
}

/* Levels of brackets in `node`. */
static int
levels(const struct iss_node *node)
{
    int deepest = 0;

    if (node->type >= ISS_NODE_INT) {
        return 0;
    }
    for (const struct iss_node *child = node->first; child != NULL;
         child = child->next) {
        int inside = levels(child);

        deepest = inside > deepest ? inside : deepest;
    }
    return deepest + 1;
}

/* A group is laid over the one that is there: an empty one leaves it as it was, which
 * hardly anybody means. */
static void
warn_of_nothing(const struct overriding *o, const struct step *step,
                const struct iss_node *layer, const struct iss_node *node,
                const struct iss_source_options *options)
{
    const struct iss_node *old =
        *iss_node_link((struct iss_node *)(uintptr_t)node, step->name, step->length);

    if (old != NULL && old->type == ISS_NODE_GROUP && old->count > 0 &&
        (options->is_value == NULL || !options->is_value(old)) &&
        layer->first->type == ISS_NODE_GROUP && layer->first->count == 0) {
        char path[512];
        iss_node_path(old, path, sizeof path);
        iss_diag_warning(
            o->diag, o->origin, path,
            "an empty group changes nothing; hint: remove=%s takes it away", path);
    }
}

/* Put the value where the path's last step leads. */
static int
place(const struct overriding *o, const struct step *step, struct iss_node *layer,
      struct iss_node *node, const struct iss_source_options *options)
{
    struct iss_origin origin = node->origin;
    struct iss_node *old;

    if (step->name != NULL && node->type == ISS_NODE_GROUP) {
        warn_of_nothing(o, step, layer, node, options);
        iss_merge(node, layer, options->is_value, o->arena);
        node->origin = origin; /* its other settings stand where they stood */
        return ISS_OK;
    }
    old = node;
    if (descend(o, step, &old) != ISS_OK) {
        return ISS_ERR_SCENARIO;
    }
    if (node->type == ISS_NODE_ARRAY && old->type != layer->first->type) {
        return refuse(o, "the members of an array must be alike", "");
    }
    iss_node_assume(old, layer->first);
    return ISS_OK;
}

/* `remove` takes one path, or a list of them. */
static int
take_away(const struct overriding *o, struct iss_source *source, struct iss_node *list)
{
    bool many = list->type == ISS_NODE_ARRAY || list->type == ISS_NODE_LIST;
    const struct iss_node *item = many ? list->first : list;
    const char *text;
    int status = ISS_OK;

    for (; item != NULL && status != ISS_ERR_NO_MEMORY;
         item = many ? item->next : NULL) {
        int result = iss_node_text(item, &text, o->diag)
                         ? iss_remove(source, item, o->diag)
                         : ISS_ERR_SCENARIO;
        status = result != ISS_OK ? result : status;
    }
    return status;
}

static bool
is_called(const struct step *step, const char *name)
{
    return step->name != NULL && step->length == strlen(name) &&
           memcmp(step->name, name, step->length) == 0;
}

int
iss_override(struct iss_source *source, const char *override, int ordinal,
             const struct iss_source_options *options, struct iss_diag *diag)
{
    const struct overriding o = {override, {"--set", ordinal}, &source->arena, diag};
    struct iss_node *root = source->root;
    const char *equals = strchr(override, '=');
    const char *path = override;
    struct iss_node *node = root, *layer;
    struct step step;
    int status, depth = 0;

    if (equals == NULL) {
        return refuse(&o, "an override is path=value", "");
    }
    for (bool first = true;; first = false) {
        if (!read_step(&path, equals, first, &step)) {
            return refuse(&o, "not a path", "; allowed as in flights.MS-23.launch");
        }
        if (path == equals) {
            break;
        }
        status = ++depth < ISS_NESTING_MAX ? descend(&o, &step, &node)
                                           : refuse(&o, "path is too deep", "");
        if (status != ISS_OK) {
            return status;
        }
    }
    if (node == root && is_called(&step, "base")) {
        return refuse(&o, "layers can't be set from outside", "");
    }
    status = make_layer(&o, &step, equals + 1, &layer);
    if (status == ISS_OK && depth + levels(layer) > ISS_NESTING_MAX) {
        return refuse(&o, "value is nested too deep", "");
    }
    if (status == ISS_OK && node == root && is_called(&step, "remove")) {
        return take_away(&o, source, layer->first);
    }
    return status == ISS_OK ? place(&o, &step, layer, node, options) : status;
}
